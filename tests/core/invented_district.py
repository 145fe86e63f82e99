"""Invented households of a district, month by month, and departments that write the same people down badly."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from aidcli import idnumber
from aidcli.model import Identity

AREA = "990101"
VILLAGES = (
    *(("青禾镇", f"{name}村") for name in ("河东", "河西", "柳树", "石井")),
    *(("白塘镇", f"{name}村") for name in ("前进", "白塘", "上沟", "下沟")),
    *(("石桥街道", f"{name}社区") for name in ("桥头", "新建")),
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙仇单曾"
MALE = "军明国华伟平志文永福"
FEMALE = "芳兰秀英红玲萍莉凤梅"
GENERATIONS = "建家世春晓"
MIDDLE_DOT = ("阿依古丽·买买提", "买买提·吐尔逊", "热依汗·艾力", "艾力·买买提")
SOUNDS = dict(zip("芳兰秀英建明军家志文永平", "方蓝绣鹰健鸣君佳智雯勇萍", strict=True))
LOOKS = dict(zip("玲萍莉梅伟清", "铃苹利悔炜青", strict=True))
TRADITIONAL = dict(zip("刘陈张华国杨军兰凤赵红孙吴单", "劉陳張華國楊軍蘭鳳趙紅孫吳單", strict=True))


class Person(NamedTuple):
    """Somebody as they are; `number` is '' for a child who has none yet."""

    name: str
    number: str
    born: str  # ISO
    sex: str
    village: int
    phone: str
    former: str = ""


class Home(NamedTuple):
    """A household in one month: the case number and who is listed, the head first."""

    case: str
    people: tuple[Person, ...]
    without_case: bool = False  # its rows name the head's number only


class Columns(NamedTuple):
    """What a department's list has columns for, and how much of it is wrong."""

    number: str = "whole"  # whole, masked, or '' for none
    birth: bool = False
    sex: bool = False
    place: int = 0  # 1 township, 2 village as well
    phone: bool = False
    former: bool = False
    hidden_names: bool = False
    faults: float = 0.35


def _number(born: str, sequence: int) -> str:
    body = f"{AREA}{born.replace('-', '')}{sequence:03d}"
    return body + idnumber.check_digit(body)


class Population:
    """People in households, and how these change from month to month."""

    def __init__(self, random_: random.Random, households: int) -> None:
        self._random = random_
        self.households = [self._household(n) for n in range(households)]
        self._namesakes()
        self.everybody = [person for home in self.households for person in home.people]
        self.relatives = {person: home.people for home in self.households for person in home.people}

    def _person(self, name: str, year: int, sex: str, village: int, phone: str, **more: str) -> Person:
        random_ = self._random
        born = f"{year}-{random_.randint(1, 12):02d}-{random_.randint(1, 28):02d}"
        number = _number(born, 2 * random_.randint(1, 200) + (sex == "male"))
        return Person(name, number, born, sex, village, phone, **more)

    def _household(self, n: int) -> Home:
        random_ = self._random
        village, phone = n % len(VILLAGES), f"139{90000000 + n * 37:08d}"
        if n % 17 == 3:  # names of several parts, shared by father and child
            names = random_.sample(MIDDLE_DOT, 3)
            return Home(
                f"C{n:04d}",
                tuple(
                    self._person(name, 1960 + 12 * k, "male", village, phone) for k, name in enumerate(names)
                ),
            )
        surname = random_.choice(SURNAMES)
        year = random_.randint(1938, 1985)
        head = self._person(surname + self._given(MALE), year, "male", village, phone)
        people = [head]
        if random_.random() < 0.7:
            wife = self._person(
                random_.choice(SURNAMES) + self._given(FEMALE), year + 2, "female", village, phone
            )
            people.append(wife._replace(former=wife.name[0] + self._given(FEMALE)) if n % 6 == 0 else wife)
        people += self._children(n, head, year + 25)
        if n % 11 == 5:  # the grandson bears his grandfather's name
            people.append(self._person(head.name, min(year + 50, 2024), "male", village, ""))
        return Home(f"C{n:04d}", tuple(people), without_case=n % 5 == 1)

    def _given(self, letters: str) -> str:
        return "".join(self._random.choice(letters) for _ in range(self._random.choice((1, 2, 2))))

    def _children(self, n: int, head: Person, year: int) -> list[Person]:
        random_ = self._random
        generation = random_.choice(GENERATIONS)
        children = []
        for k, letter in enumerate(random_.sample(MALE + FEMALE, random_.randint(0, 3))):
            sex = "male" if letter in MALE else "female"
            child = self._person(
                head.name[0] + generation + letter, min(year + 2 * k, 2020), sex, head.village, head.phone
            )
            if children and n % 4 == 0:  # twins
                first = children[-1]
                sequence = int(first.number[14:17]) + 2
                child = child._replace(born=first.born, number=_number(first.born, sequence), sex=first.sex)
            children.append(child)
        if n % 9 == 2:  # born this year, not yet registered
            children.append(
                Person(
                    f"{head.name}之{random_.choice('子女')}",
                    "",
                    f"2026-0{1 + n % 3}-1{n % 9}",
                    "",
                    head.village,
                    "",
                )
            )
        return children

    def _namesakes(self) -> None:
        """Some heads of one village get one name and one birth date, with numbers of their own."""
        for n in range(0, len(self.households) - len(VILLAGES), 23):
            one, other = self.households[n], self.households[n + len(VILLAGES)]
            model, head = one.people[0], other.people[0]
            sequence = (int(model.number[14:17]) + 26) % 900
            twin = head._replace(
                name=model.name, born=model.born, number=_number(model.born, sequence), sex=model.sex
            )
            self.households[n + len(VILLAGES)] = other._replace(people=(twin, *other.people[1:]))

    def months(self, count: int, listed: int) -> list[list[Home]]:
        """The first `listed` households as they stand in each month: who moves, leaves, is numbered anew."""
        random_ = self._random
        homes = self.households[:listed]
        found = []
        for month in range(count):
            for n in range(len(homes)):
                roll = random_.random()
                home = homes[n]
                if roll < 0.05:
                    homes[n] = home._replace(case=f"N{month}{n:03d}")
                elif roll < 0.10 and len(home.people) > 1:
                    to = random_.randrange(len(homes))
                    if to != n:
                        homes[to] = homes[to]._replace(people=(*homes[to].people, home.people[-1]))
                        homes[n] = home._replace(people=home.people[:-1])
                elif roll < 0.14 and len(home.people) > 2:  # the head dies, the next one takes over
                    homes[n] = home._replace(people=home.people[1:])
                elif roll < 0.18:
                    homes[n] = home._replace(without_case=not home.without_case)
                elif roll < 0.24:
                    homes[n] = home._replace(people=tuple(self._named(one, home) for one in home.people))
            found.append([home for home in homes if random_.random() > 0.05])
        return found

    def _named(self, person: Person, home: Home) -> Person:
        """A child without a number gets a name and one."""
        if person.number:
            return person
        name = home.people[0].name[0] + self._given(MALE)
        return person._replace(name=name, number=_number(person.born, 2 * self._random.randint(1, 200)))


def as_listed(random_: random.Random, person: Person, *, careful: float = 0.93) -> Identity:
    """A person as the register has them; now and then a clerk's slip stands there for good."""
    township, village = VILLAGES[person.village]
    number = person.number
    name = person.name
    if random_.random() > careful:
        roll = random_.random()
        number = _slip(random_, number) if roll < 0.4 else "" if roll < 0.6 else number
        name = _written_otherwise(random_, person) if roll >= 0.6 else name
    kind, value = idnumber.read(number)
    birth = person.born if kind != "valid" else ""
    return Identity(name, kind, value, birth, "", township, village, person.phone, person.former)


def as_written(
    random_: random.Random, person: Person, family: Sequence[Person], columns: Columns
) -> Identity:
    """The same person on a department's list."""
    number, name, birth = person.number, person.name, person.born
    if random_.random() < columns.faults:
        roll = random_.random()
        if roll < 0.12:
            number = number[:15] + "000" if number else ""
        elif roll < 0.24 and number:
            number = f"{number[0]}.{number[1 : random_.choice((6, 12, 15))]}E+17"
        elif roll < 0.36:
            number = _slip(random_, number)
        elif roll < 0.50:
            number = random_.choice(family).number
        elif roll < 0.56 and person.born < "2000":
            number = number[:6] + number[8:17]
        elif roll < 0.66:
            number = ""
        elif roll < 0.92:
            name = _written_otherwise(random_, person)
        else:
            birth = f"{int(birth[:4]) + 1}{birth[4:]}"
    if columns.number == "masked" and len(number) == 18:
        number = random_.choice((number[:6] + "********" + number[14:], number[:14] + "****"))
    if columns.hidden_names and len(name) in (2, 3):
        name = name[0] + "*" + name[2:]
    kind, value = idnumber.read(number if columns.number else "")
    township, village = VILLAGES[person.village]
    return Identity(
        name,
        kind,
        value,
        birth if columns.birth else "",
        person.sex if columns.sex else "",
        township if columns.place else "",
        (village if random_.random() < 0.8 else village[:2]) if columns.place == 2 else "",
        person.phone if columns.phone else "",
        person.former if columns.former else "",
    )


def _slip(random_: random.Random, number: str) -> str:
    """One digit wrong, or two beside each other swapped."""
    if len(number) != 18:
        return number
    at = random_.randrange(6, 17)
    if random_.random() < 0.5 and at < 16 and number[at] != number[at + 1]:
        return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    return number[:at] + str((int(number[at]) + random_.randint(1, 9)) % 10) + number[at + 1 :]


def _written_otherwise(random_: random.Random, person: Person) -> str:
    """By ear, by eye, in traditional characters, without a part, or the former name."""
    name = person.name
    ways = [person.former] if person.former else []
    for table in (SOUNDS, LOOKS):
        other = name[0] + "".join(table.get(letter, letter) for letter in name[1:])
        ways.append(other)
    ways.append("".join(TRADITIONAL.get(letter, letter) for letter in name))
    if "·" in name:
        ways += [name.split("·")[0], name.replace("·", "")]
    elif len(name) == 3:
        ways.append(name[0] + name[2])
    ways = [way for way in ways if way != name]
    return random_.choice(ways) if ways else name
