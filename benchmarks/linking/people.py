"""An invented population: districts, townships, villages, households and the people in them.

Nobody is real: every number begins with 9901, an area that does not exist, and every telephone number is
counted up. What matters for linkage is kept as it is in life: few surnames, fashions in given names, clan
villages with signs of a generation, twins with neighbouring numbers, siblings and fathers with names alike,
a telephone for the whole household, children who live with a guardian.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from aidcli.idnumber import check_digit

from . import frequencies as words
from .naming import MEN, WOMEN, full_name, sounding_like, village_name

TODAY = date(2026, 10, 8)

PEOPLE_A_DISTRICT = 150_000
PEOPLE_A_VILLAGE = 420
VILLAGES_A_TOWNSHIP = 18

BORN_ELSEWHERE = 0.12  # the number begins with another district's code
TWINS = 0.02
SAME_DAY_OF_YEAR = 0.004
SHARED_SIGN = 0.35  # brothers and sisters outside clans with one sign in common
NAMED_LIKE_FATHER, SOUNDS_LIKE_FATHER = 0.003, 0.01
NAMESAKE_BORN_THE_SAME_DAY = 0.0006  # of heads, within a village
FORMER_NAME = 0.03
CLAN_VILLAGE, CLAN_SHARE = 0.35, 0.7
OTHER_PEOPLES = {"uyghur": 0.012, "tibetan": 0.012, "yi": 0.012}  # shares of villages

KINDS = ("single", "couple", "family", "three", "grandparents", "parent")
KIND_WEIGHTS = (0.14, 0.17, 0.34, 0.2, 0.06, 0.09)


@dataclass(slots=True, eq=False)
class Person:
    """`guardian` is who answers for a child; `former` a name borne before."""

    number: int
    household: int
    relation: str
    name: str
    id: str
    birth: date
    sex: str
    village: Village
    phone: str = ""
    former: str = ""
    father: Person | None = None
    mother: Person | None = None
    guardian: Person | None = None
    registered: bool = False

    @property
    def age(self) -> int:
        return TODAY.year - self.birth.year - ((TODAY.month, TODAY.day) < (self.birth.month, self.birth.day))


@dataclass(slots=True, eq=False)
class Village:
    name: str
    township: str
    district: str
    clan: str
    people: str
    first_generation: int
    heads: list[Person] = field(default_factory=list)


class Numbers:
    """Hands out identity numbers and telephone numbers; nobody gets one twice."""

    def __init__(self, random_: Random) -> None:
        self._random = random_
        self._given: set[str] = set()
        self._phones = 0

    def new(self, area: str, birth: date, sex: str) -> str:
        while True:
            number = self._number(area, birth, 2 * self._random.randrange(500) + (sex == MEN))
            if number is not None:
                return number

    def beside(self, other: str, birth: date, sex: str) -> str:
        """For a twin: the next free number behind the first one's."""
        for sequence in range(int(other[14:17]) + 1, 1000):
            if sequence % 2 == (sex == MEN):
                number = self._number(other[:6], birth, sequence)
                if number is not None:
                    return number
        return self.new(other[:6], birth, sex)

    def phone(self) -> str:
        self._phones += 1
        return f"199{self._phones * 61_803_399 % 100_000_000:08d}"

    def _number(self, area: str, birth: date, sequence: int) -> str | None:
        first = f"{area}{birth:%Y%m%d}{sequence:03d}"
        if sequence == 0 or first in self._given:
            return None
        self._given.add(first)
        return first + check_digit(first)


class Population:
    """Makes households one after another; `households` never ends."""

    def __init__(self, random_: Random, expected: int) -> None:
        self._random = random_
        self._numbers = Numbers(random_)
        self._people = 0
        self._households = 0
        self.villages = list(_villages(random_, expected))
        districts = {village.district for village in self.villages}
        self._areas = [*sorted(districts), *(f"9901{code:02d}" for code in range(80, 92))]

    def households(self) -> Iterator[list[Person]]:
        while True:
            village = self.villages[int(len(self.villages) * self._random.random())]
            yield self._household(village)

    # ------------------------------------------------------------ households

    def _household(self, village: Village) -> list[Person]:
        kind = self._random.choices(KINDS, KIND_WEIGHTS)[0]
        self._households += 1
        if kind == "single":
            members = [self._head(village, 1934, 1972)]
        elif kind == "couple":
            members = self._couple(village, 1934, 1968)
        elif kind == "family":
            members = self._couple(village, 1962, 1997)
            members += self._children(members, ("儿子", "女儿"))
        elif kind == "parent":
            head = self._head(village, 1962, 1997)
            members = [head, *self._children([head], ("儿子", "女儿"))]
        elif kind == "grandparents":
            members = self._couple(village, 1946, 1964)[: self._random.choice((1, 2, 2))]
            members += self._grandchildren(members)
        else:
            members = self._couple(village, 1942, 1962)
            members += self._young_family(members)
        self._telephones(members)
        return members

    def _head(self, village: Village, first: int, last: int) -> Person:
        sex = MEN if self._random.random() < 0.72 else WOMEN
        if village.heads and self._random.random() < NAMESAKE_BORN_THE_SAME_DAY:
            other = self._random.choice(village.heads)
            if first <= other.birth.year <= last:
                return self._person(village, "本人", other.name, other.birth, other.sex)
        surname = self._surname(village, at_home=sex == MEN)
        birth = self._day(first, last)
        head = self._person(village, "本人", self._name(village, surname, birth.year, sex), birth, sex)
        village.heads.append(head)
        return head

    def _couple(self, village: Village, first: int, last: int) -> list[Person]:
        head = self._head(village, first, last)
        sex = WOMEN if head.sex == MEN else MEN
        birth = self._near(head.birth, -5, 4)
        surname = self._surname(village, at_home=sex == MEN)
        partner = self._person(
            village, "配偶", self._name(village, surname, birth.year, sex), birth, sex, married_in=True
        )
        return [head, partner]

    def _children(self, parents: list[Person], relations: tuple[str, str], later: int = 0) -> list[Person]:
        father = next((one for one in parents if one.sex == MEN), None)
        mother = next((one for one in parents if one.sex == WOMEN), None)
        named_after = father or parents[0]
        if mother and father and self._random.random() < 0.05:
            named_after = mother
        born = self._near((mother or parents[0]).birth, 20 + later, 32 + later)
        sign = self._sign(named_after.village, born.year)
        children: list[Person] = []
        for _ in range(self._random.choices((1, 2, 3), (0.45, 0.4, 0.15))[0]):
            if born > TODAY:
                break
            sex = MEN if self._random.random() < 0.52 else WOMEN
            twin = children[-1] if children and self._random.random() < TWINS else None
            birth = twin.birth if twin else self._another_day(born, children)
            name = self._child_name(named_after, birth.year, sex, sign, father, children)
            child = self._person(named_after.village, relations[sex == WOMEN], name, birth, sex, twin=twin)
            child.father, child.mother = father, mother
            child.guardian = mother if mother and (father is None or self._random.random() < 0.5) else father
            children.append(child)
            born = self._near(birth, 2, 5)
        return children

    def _grandchildren(self, grandparents: list[Person]) -> list[Person]:
        """Their parents work far away and are on nobody's list."""
        children = self._children(grandparents, ("孙子", "孙女"), later=26)
        for child in children:
            child.guardian, child.father, child.mother = grandparents[0], None, None
        return children

    def _young_family(self, elders: list[Person]) -> list[Person]:
        father = next(one for one in elders if one.sex == MEN)
        village = father.village
        birth = self._near(elders[0].birth, 22, 30)
        sign = self._sign(village, birth.year)
        name = self._child_name(father, birth.year, MEN, sign, father, [])
        son = self._person(village, "儿子", name, birth, MEN)
        son.father = father
        wife_birth = self._near(birth, -2, 4)
        wife_name = self._name(village, self._surname(village, at_home=False), wife_birth.year, WOMEN)
        wife = self._person(village, "儿媳", wife_name, wife_birth, WOMEN, married_in=True)
        return [son, wife, *self._children([son, wife], ("孙子", "孙女"))]

    def _telephones(self, members: list[Person]) -> None:
        """One for the household, which most members leave everywhere; some adults have their own."""
        shared = self._numbers.phone()
        for person in members:
            own = person.age >= 16 and person is not members[0] and self._random.random() < 0.35
            person.phone = self._numbers.phone() if own else shared

    # ------------------------------------------------------------ persons

    def _person(
        self,
        village: Village,
        relation: str,
        name: str,
        birth: date,
        sex: str,
        *,
        married_in: bool = False,
        twin: Person | None = None,
    ) -> Person:
        if twin:
            number = self._numbers.beside(twin.id, birth, sex)
        else:
            away = self._random.random() < BORN_ELSEWHERE * (3 if married_in else 0.5)
            area = self._random.choice(self._areas) if away else village.district
            number = self._numbers.new(area, birth, sex)
        self._people += 1
        person = Person(self._people, self._households, relation, name, number, birth, sex, village)
        if self._random.random() < FORMER_NAME:
            person.former = self.other_name(person, self._random)
        return person

    def other_name(self, person: Person, random_: Random) -> str:
        """Another name that a person may have borne: the given name of the same fashion, all new."""
        village = person.village
        surname = words.surname_of(person.name)
        while True:
            name = full_name(random_, village.people, surname, person.birth.year, person.sex, "")
            if name != person.name:
                return name

    def _surname(self, village: Village, at_home: bool) -> str:
        if village.clan and self._random.random() < (CLAN_SHARE if at_home else 0.1):
            return village.clan
        return self._random.choices(words.SURNAMES, cum_weights=words.SURNAME_SUMS)[0]

    def _name(self, village: Village, surname: str, year: int, sex: str) -> str:
        sign = ""
        if surname == village.clan and self._random.random() < (0.6 if sex == MEN else 0.2):
            sign = self._sign(village, year)
        return full_name(self._random, village.people, surname, year, sex, sign)

    def _child_name(
        self,
        parent: Person,
        year: int,
        sex: str,
        sign: str,
        father: Person | None,
        siblings: list[Person],
    ) -> str:
        random_ = self._random
        if parent.village.people != "han":
            return full_name(random_, parent.village.people, words.surname_of(parent.name), year, sex, "")
        surname = words.surname_of(parent.name)
        like = random_.random()
        if father is parent and sex == MEN and like < NAMED_LIKE_FATHER:
            return father.name
        if father is parent and sex == MEN and like < NAMED_LIKE_FATHER + SOUNDS_LIKE_FATHER:
            return sounding_like(random_, father.name) or father.name
        shared = sign if surname == parent.village.clan and random_.random() < 0.6 else ""
        if not shared and random_.random() < SHARED_SIGN:
            shared = sign
        while True:
            name = full_name(random_, "han", surname, year, sex, shared)
            if all(name != other.name for other in siblings):
                return name

    def _sign(self, village: Village, year: int) -> str:
        """The sign of a generation in a clan village; elsewhere one that these parents like."""
        if village.clan:
            place = village.first_generation + (year - 1900) // 25
            return words.GENERATION_SIGNS[place % len(words.GENERATION_SIGNS)]
        return self._random.choice(words.GENERATION_SIGNS)

    # ------------------------------------------------------------ days

    def _day(self, first: int, last: int) -> date:
        days = (date(last, 12, 31) - date(first, 1, 1)).days
        return date(first, 1, 1) + timedelta(days=int(days * self._random.random()))

    def _near(self, day: date, least: int, most: int) -> date:
        return day + timedelta(days=int(365.25 * (least + (most - least) * self._random.random())))

    def _another_day(self, day: date, siblings: list[Person]) -> date:
        """Rarely the very day of the year on which a brother or sister was born."""
        if siblings and self._random.random() < SAME_DAY_OF_YEAR:
            return _moved(siblings[0].birth, day.year - siblings[0].birth.year)
        return day


def _moved(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28))


def _villages(random_: Random, expected: int) -> Iterator[Village]:
    """Villages of all districts; a township's name occurs once, a village's only once in its township."""
    townships = [one + other for one in words.PLACE_SIGNS for other in ("镇", "乡", "街道")]
    townships += [
        one + other + "镇" for one in words.PLACE_SIGNS for other in words.PLACE_SIGNS if one != other
    ]
    head, tail = townships[: len(words.PLACE_SIGNS) * 3], townships[len(words.PLACE_SIGNS) * 3 :]
    random_.shuffle(head)
    random_.shuffle(tail)
    townships = head + tail
    count = max(expected // PEOPLE_A_VILLAGE, 4)
    for number in range(count):
        township = townships[number // VILLAGES_A_TOWNSHIP % len(townships)]
        if number % VILLAGES_A_TOWNSHIP == 0:
            taken: set[str] = set()
        district = f"9901{1 + number * PEOPLE_A_VILLAGE // PEOPLE_A_DISTRICT:02d}"
        clan = ""
        if random_.random() < CLAN_VILLAGE:
            clan = random_.choices(words.SURNAMES, cum_weights=words.SURNAME_SUMS)[0]
        people = random_.choices(
            ("han", *OTHER_PEOPLES), (1 - sum(OTHER_PEOPLES.values()), *OTHER_PEOPLES.values())
        )[0]
        while True:
            name = village_name(random_, clan, township)
            if name not in taken:
                break
        taken.add(name)
        clan = clan if people == "han" else ""
        yield Village(name, township, district, clan, people, random_.randrange(40))
