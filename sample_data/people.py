"""Invented persons. Region code 990101 is not assigned, so no number here can be a real person's."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from aidcli.idnumber import check_digit

from . import words

TODAY = date(2026, 10, 8)


@dataclass(slots=True, eq=False)
class Person:
    """One invented person; `key` is the truth that no file shows.

    `disability` is (category 1..7, grade 1..4); `card` the state of the card in the 残联 list.
    `planted`: stands in a planted case, so only dirt that leaves number and name whole may touch them.
    """

    key: int
    name: str
    id_number: str
    male: bool
    township: int
    village: int
    urban: bool
    phone: str
    disability: tuple[int, int] | None = None
    card: str = "正常"
    planted: bool = False

    @property
    def birth(self) -> date:
        text = self.id_number
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14]))

    @property
    def born_before_2000(self) -> bool:
        return self.id_number[6:8] == "19"

    @property
    def id_15(self) -> str:
        """The number as it was before 2000: without the century and the check digit."""
        return self.id_number[:6] + self.id_number[8:17]

    @property
    def card_number(self) -> str:
        """残疾人证号: the ID, the category's digit, the grade's digit."""
        if self.disability is None:
            return ""
        return f"{self.id_number}{self.disability[0]}{self.disability[1]}"

    def age_on(self, day: date) -> int:
        born = self.birth
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class Registry:
    """Makes persons, all of whom are in `people`; no ID number twice."""

    def __init__(self, rng: random.Random) -> None:
        self.people: list[Person] = []
        self._rng = rng
        self._used: set[str] = set()
        self._surnames = list(words.SURNAMES)
        self._weights = list(words.SURNAMES.values())

    def make(
        self,
        ages: tuple[int, int],
        place: tuple[int, int, bool],
        *,
        male: bool | None = None,
        surname: str = "",
        name: str = "",
        common: bool = False,
    ) -> Person:
        """A new person with an age in `ages` (both ends included) at `place` (township, village, urban).

        `common` keeps to characters that every department's encoding has.
        """
        rng = self._rng
        man = rng.random() < 0.5 if male is None else male
        number = self._number(ages, man)
        return self._add(name or self._name(man, int(number[6:10]), surname, common), number, man, place)

    def beside(self, person: Person, name: str) -> Person:
        """Another of the same birth date, sex and place; the two numbers agree in the first fifteen digits."""
        start = person.id_number[:15]
        for sequence in range(int(person.id_number[16]) % 2, 100, 2):
            body = f"{start}{sequence:02d}"
            number = body + check_digit(body)
            if number not in self._used and sequence:
                self._used.add(number)
                place = (person.township, person.village, person.urban)
                return self._add(name, number, person.male, place)
        raise ValueError("no number is left beside this one")

    def forget(self, person: Person) -> None:
        """Takes back the person made last."""
        assert self.people.pop() is person

    def _add(self, name: str, number: str, male: bool, place: tuple[int, int, bool]) -> Person:
        person = Person(
            key=len(self.people) + 1,
            name=name,
            id_number=number,
            male=male,
            township=place[0],
            village=place[1],
            urban=place[2],
            # 129 is nobody's mobile prefix
            phone=f"129{self._rng.randrange(10**8):08d}",
        )
        self.people.append(person)
        return person

    def _number(self, ages: tuple[int, int], male: bool) -> str:
        rng = self._rng
        first = date(TODAY.year - ages[1], 1, 1).toordinal()
        last = date(TODAY.year - ages[0], 9, 30).toordinal()
        while True:
            born = date.fromordinal(rng.randint(first, last))
            sequence = rng.randrange(1, 500) * 2 - (1 if male else 0)
            body = f"{words.REGION}{born:%Y%m%d}{sequence:03d}"
            number = body + check_digit(body)
            if number not in self._used:
                self._used.add(number)
                return number

    def _name(self, male: bool, year: int, surname: str, common: bool) -> str:
        rng = self._rng
        if not surname and rng.random() < 0.025:
            return rng.choice(words.DOTTED_NAMES)
        family = surname or rng.choices(self._surnames, self._weights)[0]
        if not surname and rng.random() < 0.004:
            family = rng.choice(words.COMPOUND_SURNAMES)
        letters = words.MALE_GIVEN if male else words.FEMALE_GIVEN
        if year > 1998:
            letters += words.YOUNG_GIVEN * 2
        given = rng.choice(letters)
        if rng.random() < 0.72:
            given += rng.choice(letters)
        if rng.random() < 0.012:
            rare = words.RARE_GIVEN if common else words.RARE_GIVEN + words.RARER_GIVEN
            given = rng.choice(rare)
        return family + given


def surname_of(name: str) -> str:
    """The surname a child of this person bears; '' where there is none to hand on."""
    if "·" in name:
        return ""
    return name[:2] if name[:2] in words.COMPOUND_SURNAMES else name[0]


def is_common(name: str) -> bool:
    """Whether a department that writes GBK can spell the name."""
    try:
        name.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def is_dead_outsider(person: Person) -> bool:
    """Two in five of the old outsiders are dead; nobody on a roster is, but by plan."""
    return not person.planted and person.key % 5 < 2 and person.birth.year < 1965 and is_common(person.name)
