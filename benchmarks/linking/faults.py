"""What goes wrong between a person and the row of a spreadsheet: one function a class of error.

A fault changes the raw text of a `Row` exactly as a spreadsheet would show it and says whether it could: a
number that ends in X cannot be cut by Excel, nobody born after 1999 has an old number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random

from . import frequencies as words
from .naming import MEN, WOMEN, sounding_like
from .people import Person, Population

Fault = Callable[["Row"], bool]

DIGITS = "0123456789"
NOTES = ("已故", "低保", "户主", "残", "五保", "代", "2026年新增", "儿子代领", "外出", "重名")
NOTHING = ("", "", "", "", "无", "-", "不详", "未提供")


@dataclass(slots=True, eq=False)
class Row:
    """A row in the making. `household` are the people one lives with, oneself included."""

    person: Person
    household: Sequence[Person]
    population: Population
    random: Random
    day_forms: Sequence[str] = ("%Y-%m-%d",)
    name: str = ""
    id_number: str = ""
    birth: str = ""
    sex: str = ""
    township: str = ""
    village: str = ""
    phone: str = ""
    former_name: str = ""
    guardian_name: str = ""
    guardian_id: str = ""
    classes: list[str] = field(default_factory=list)

    def others(self) -> list[Person]:
        return [one for one in self.household if one is not self.person]


# ---------------------------------------------------------------- identity numbers


def id_cut(row: Row) -> bool:
    """Typed as a number: beyond fifteen digits Excel keeps zeros."""
    if not row.id_number.isdigit() or len(row.id_number) < 18:
        return False
    row.id_number = row.id_number[:15] + "0" * (len(row.id_number) - 15)
    return True


def id_scientific(row: Row) -> bool:
    """Typed as a number into a narrow column and saved as text: six digits are left."""
    return _told_apart(row) and _scientific(row, 5)


def id_scientific_long(row: Row) -> bool:
    """The same in a wide column: up to fifteen digits are left."""
    return _scientific(row, row.random.choice((13, 13, 14)))


def _scientific(row: Row, decimals: int) -> bool:
    if not row.id_number.isdigit() or len(row.id_number) < 18:
        return False
    kept = Decimal(row.id_number[:15] + "0" * (len(row.id_number) - 15))
    row.id_number = f"{kept:.{decimals}E}"
    return True


def id_digit(row: Row) -> bool:
    """One digit wrong, the number one digit off what it should be."""
    at = row.random.choice([place for place, sign in enumerate(row.id_number) if sign in DIGITS])
    wrong = row.random.choice([digit for digit in DIGITS if digit != row.id_number[at]])
    row.id_number = row.id_number[:at] + wrong + row.id_number[at + 1 :]
    return True


def id_swapped(row: Row) -> bool:
    """Two neighbouring digits swapped."""
    number = row.id_number
    places = [at for at in range(len(number) - 1) if number[at] != number[at + 1]]
    at = row.random.choice(places)
    row.id_number = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    return True


def id_15(row: Row) -> bool:
    """The old number of fifteen digits, for those who had one."""
    number = row.id_number
    if len(number) != 18 or number[6:8] != "19":
        return False
    row.id_number = number[:6] + number[8:17]
    return True


def id_lost(row: Row) -> bool:
    """One digit lost."""
    at = row.random.randrange(len(row.id_number))
    row.id_number = row.id_number[:at] + row.id_number[at + 1 :]
    return True


def id_masked(row: Row) -> bool:
    """Hidden in the middle."""
    first, last = row.random.choice(((6, 4), (6, 4), (6, 4), (10, 4), (3, 4)))
    number = row.id_number
    row.id_number = number[:first] + "*" * (len(number) - first - last) + number[-last:]
    return True


def id_masked_tail(row: Row) -> bool:
    """Hidden at the end."""
    first = row.random.choice((14, 14, 12, 10))
    row.id_number = row.id_number[:first] + "*" * (len(row.id_number) - first)
    return True


def id_missing(row: Row) -> bool:
    if not _told_apart(row):
        return False
    row.id_number = row.random.choice(NOTHING)
    return True


def _told_apart(row: Row) -> bool:
    """Whether more than a name is left without the number; no office sends a list of names alone."""
    return bool(row.birth or row.village or row.phone)


def id_member(row: Row) -> bool:
    """The number of somebody else in the household."""
    others = row.others()
    if not others:
        return False
    row.id_number = row.random.choice(others).id
    return True


def id_guardian(row: Row) -> bool:
    """A child's row with the guardian's number in it."""
    guardian = row.person.guardian
    if guardian is None or row.person.age >= 18:
        return False
    row.id_number = guardian.id
    return True


# ---------------------------------------------------------------- names


def name_homophone(row: Row) -> bool:
    found = sounding_like(row.random, row.name)
    row.name = found or row.name
    return bool(found)


def name_look_alike(row: Row) -> bool:
    return replaced(row, words.LOOK_ALIKE)


def name_traditional(row: Row) -> bool:
    """Every sign that has a traditional form is written in it."""
    written = "".join(words.TRADITIONAL.get(sign, sign) for sign in row.name)
    changed, row.name = written != row.name, written
    return changed


def name_spaced(row: Row) -> bool:
    """Blanks inside, so that short names are as wide as long ones."""
    if len(row.name) > 4:
        return False
    row.name = row.random.choice((" ", "\u3000", "  ")).join(row.name)
    return True


def name_short(row: Row) -> bool:
    """One sign left out."""
    first = len(words.surname_of(row.name))
    if len(row.name) - first < 2 or words.DOT in row.name:
        return False
    at = row.random.randrange(first, len(row.name))
    row.name = row.name[:at] + row.name[at + 1 :]
    return True


def name_renamed(row: Row) -> bool:
    """The name borne before, or one taken since; a column for former names may say the other one."""
    known = row.name
    row.name = row.person.former or row.population.other_name(row.person, row.random)
    row.former_name = known if row.random.random() < 0.4 else ""
    return True


def name_note(row: Row) -> bool:
    """A note in brackets behind the name."""
    left, right = row.random.choice(("（）", "（）", "()"))
    row.name += left + row.random.choice(NOTES) + right
    return True


def name_masked(row: Row) -> bool:
    name = row.name
    if len(name) > 4:
        return False
    forms = ["*" + name[1:], name[0] + "*" * (len(name) - 1)]
    if len(name) > 2:
        forms += [name[0] + "*" * (len(name) - 2) + name[-1]] * 3
    row.name = row.random.choice(forms)
    return True


def name_dotted(row: Row) -> bool:
    """Another sign for the middle dot, none, or only the first part of the name."""
    if words.DOT not in row.name:
        return False
    first, second = row.name.split(words.DOT, 1)
    forms = [first + dot + second for dot in ("．", "•", ".", " ", "・", "")]
    row.name = row.random.choice([*forms, first])
    return True


def name_infant(row: Row) -> bool:
    """A newborn without a name yet, called after the mother."""
    mother = row.person.mother or row.person.father
    if mother is None or row.person.age > 1:
        return False
    row.name = mother.name + ("之子" if row.person.sex == MEN else "之女")
    row.id_number = "" if row.random.random() < 0.7 else mother.id
    return True


def replaced(row: Row, table: dict[str, str]) -> bool:
    """One sign of the name replaced by one that the table holds for it; the surname rarely."""
    first = len(words.surname_of(row.name)) if row.random.random() < 0.9 else 0
    places = [at for at in range(first, len(row.name)) if table.get(row.name[at])]
    if not places:
        return False
    at = row.random.choice(places)
    row.name = row.name[:at] + row.random.choice(table[row.name[at]]) + row.name[at + 1 :]
    return True


# ---------------------------------------------------------------- what stands beside


def birth_other(row: Row) -> bool:
    """The birthday that the family keeps, not the one in the number."""
    born = row.person.birth
    if not row.birth:
        return False
    other = date(born.year, row.random.randrange(1, 13), row.random.randrange(1, 29))
    row.birth = other.strftime(row.random.choice(row.day_forms))
    return other != born


def village_other(row: Row) -> bool:
    """Lives, or is looked after, elsewhere."""
    if not row.village and not row.township:
        return False
    place = row.random.choice(row.population.villages)
    row.village, row.township = row.village and place.name, row.township and place.township
    return True


def phone_other(row: Row) -> bool:
    if not row.phone:
        return False
    row.phone = f"198{row.random.randrange(100_000_000):08d}"
    return True


def sex_other(row: Row) -> bool:
    if not row.sex:
        return False
    row.sex = WOMEN if row.person.sex == MEN else MEN
    return True


FAULTS: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (
        *(id_cut, id_scientific, id_scientific_long, id_digit, id_swapped, id_15, id_lost),
        *(id_masked, id_masked_tail, id_missing, id_member, id_guardian),
        *(name_homophone, name_look_alike, name_traditional, name_spaced, name_short, name_renamed),
        *(name_note, name_masked, name_dotted, name_infant),
        *(birth_other, village_other, phone_other, sex_other),
    )
}
