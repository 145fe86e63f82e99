"""The true district: who lives where, who is in which programme, for how much. No dirt, no files."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import words
from .people import TODAY, Person, Registry, is_common, surname_of

# Sums of the invented district, fen a month.
STANDARD = {"rural": 76_000, "urban": 98_000}
LIVING = {"rural": 98_800, "urban": 127_400}
CARE = {"home": (12_000, 42_000, 98_050), "institution": (26_000, 78_000, 135_050)}


@dataclass(slots=True, eq=False)
class Household:
    """A household on a roster; for 特困 one person.

    `kind`: rural, urban (低保), tekun, margin. `members` leaves the head out; the last `uncovered` of them
    are family but not on the aid. `base` is 户月保障金额 or 基本生活总费用, `care` 照料护理总费用,
    `family_extra` and `person_extra` the two 分类施保 sums, all in fen a month.
    """

    kind: str
    case: str
    head: Person
    members: list[tuple[Person, str]]
    township: int
    village: int
    urban: bool
    address: str
    since: str
    account: str = ""
    holder: str = ""
    income: int = 0
    uncovered: int = 0
    base: int = 0
    care: int = 0
    family_extra: int = 0
    person_extra: int = 0
    mode: str = ""
    institution: int | None = None
    grade: int = 0
    carer: Person | None = None
    head_listed: bool = False
    planted: bool = False

    @property
    def size(self) -> int:
        return 1 + len(self.members)

    @property
    def total(self) -> int:
        return self.base + self.care + self.family_extra + self.person_extra

    def covered(self) -> list[tuple[Person, str]]:
        """Those on the aid, head first, with their relation to the head."""
        kept = self.members[: len(self.members) - self.uncovered]
        return [(self.head, "户主"), *kept]

    def give_to(self, head: Person) -> None:
        """Makes `head` the head, and the account theirs where it was the old head's."""
        if self.holder == self.head.name:
            self.holder = head.name
        self.head = head


@dataclass
class District:
    """Everything that is true; `outsiders` live here but are on no roster."""

    rng: random.Random
    registry: Registry
    households: dict[str, list[Household]] = field(default_factory=dict)
    outsiders: list[Person] = field(default_factory=list)
    towns: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    institution_accounts: list[str] = field(default_factory=list)
    _accounts: int = 0
    _cases: int = 0

    def place_name(self, who: Person | Household) -> tuple[str, str]:
        """Township and village (or community) by name."""
        town, rural, urban = self.towns[who.township]
        return town, (urban if who.urban else rural)[who.village]

    def new_account(self) -> str:
        """Nineteen digits with a right Luhn digit; no bank's cards begin with 9901."""
        self._accounts += 1
        body = f"9901{self._accounts * 7919 % 10**10:010d}{self._accounts % 10**4:04d}"
        total = 0
        for index, letter in enumerate(reversed(body)):
            digit = int(letter) * (2 if index % 2 == 0 else 1)
            total += digit - 9 if digit > 9 else digit
        return body + str(-total % 10)

    def new_case(self, kind: str) -> str:
        """低保（特困）证号: 990101, the programme's digit, a serial number; fifteen digits in all."""
        self._cases += 1
        return f"{words.REGION}{('rural', 'urban', 'tekun').index(kind) + 1}{self._cases:08d}"

    def rostered(self) -> list[Person]:
        """Every person on a roster once, in roster order."""
        seen: dict[int, Person] = {}
        for kind in ("rural", "urban", "tekun", "margin"):
            for home in self.households[kind]:
                for person in (home.head, *(member for member, _ in home.members)):
                    seen.setdefault(person.key, person)
        return list(seen.values())


def build(households: int, seed: int) -> District:
    """A district of `households` households without any planted case."""
    rng = random.Random(f"{seed}/district")
    district = District(rng, Registry(rng))
    per_town = max(5, min(160, households // 360))
    district.towns = [
        (
            name,
            words.villages(number, per_town),
            words.communities(number, max(2, per_town // (1 if street else 3))),
        )
        for number, (name, street) in enumerate(words.TOWNSHIPS)
    ]
    district.institution_accounts = [district.new_account() for _ in words.INSTITUTIONS]
    counts = {"urban": households // 5, "tekun": households // 10, "margin": households // 10}
    counts["rural"] = households - sum(counts.values())
    for kind in ("rural", "urban", "tekun", "margin"):
        made = [_household(district, kind, index) for index in range(counts[kind])]
        district.households[kind] = made
    for _ in range(households * 7 // 10):
        district.outsiders.append(_person(district, (18, 92), _somewhere(district, "margin")))
    _name_carers(district)
    return district


def _somewhere(district: District, kind: str) -> tuple[int, int, bool]:
    """Township, village, urban: rural households in the four towns, most urban ones in the streets."""
    rng = district.rng
    urban = kind == "urban" or (kind != "rural" and rng.random() < 0.25)
    township = rng.choice((4, 5, 4, 5, 4, 5, 0, 1, 2, 3) if urban else (0, 1, 2, 3, 0, 1, 2, 3, 4))
    names = district.towns[township][2 if urban else 1]
    return township, rng.randrange(len(names)), urban


def _person(
    district: District,
    ages: tuple[int, int],
    place: tuple[int, int, bool],
    *,
    male: bool | None = None,
    surname: str = "",
    common: bool = False,
) -> Person:
    """A person, disabled or not; the severe grades are given out by `planted` in margin households."""
    rng = district.rng
    person = district.registry.make(ages, place, male=male, surname=surname, common=common)
    if rng.random() < 0.13:
        category = rng.choices(range(1, 8), (10, 9, 3, 50, 12, 12, 4))[0]
        person.disability = (category, rng.choices((1, 2, 3, 4), (15, 27, 30, 28))[0])
        if rng.random() < 0.05:
            person.card = "注销"
    return person


def _household(district: District, kind: str, index: int) -> Household:
    rng = district.rng
    place = _somewhere(district, kind)
    sizes = {"rural": (36, 31, 19, 10, 4), "urban": (44, 31, 19, 6, 0), "margin": (0, 30, 42, 28, 0)}
    size = rng.choices((1, 2, 3, 4, 5), sizes.get(kind, (1, 0, 0, 0, 0)))[0]
    ages = (61, 93) if kind == "tekun" else (33, 82)
    head = _person(district, ages, place, common=kind == "tekun")
    town, village = district.place_name(head)
    home = Household(
        kind=kind,
        case="" if kind == "margin" else district.new_case(kind),
        head=head,
        members=_family(district, head, size, place),
        township=place[0],
        village=place[1],
        urban=place[2],
        address=f"{words.DISTRICT}{town}{village}{rng.randint(1, 9)}组{rng.randint(1, 180)}号",
        since=f"{rng.randint(2015, 2025)}{rng.randint(1, 12):02d}",
    )
    if kind == "tekun":
        _settle_tekun(district, home, index)
    elif kind == "margin":
        _soften(home)
        home.income = rng.randrange(STANDARD["rural"], int(STANDARD["rural"] * 1.5), 50)
    else:
        _settle_dibao(district, home)
    return home


def _family(
    district: District, head: Person, size: int, place: tuple[int, int, bool]
) -> list[tuple[Person, str]]:
    """The other `size` - 1 persons, of fitting age and surname."""
    rng = district.rng
    age, surname = 2026 - int(head.id_number[6:10]), surname_of(head.name)
    family: list[tuple[Person, str]] = []
    if size > 1 and rng.random() < 0.62:
        spouse = _person(district, (max(22, age - 6), age + 5), place, male=not head.male)
        family.append((spouse, "配偶"))
    while len(family) < size - 1:
        roll, boy = rng.random(), rng.random() < 0.5
        parents = {word for _, word in family} & {"父亲", "母亲"}
        if roll < 0.14 and age < 63 and not parents:
            relation, ages = ("父亲", "母亲")[not boy], (age + 22, min(95, age + 32))
        elif roll < 0.3 and age > 58:
            relation, ages = ("孙子", "孙女")[not boy], (max(1, age - 56), age - 44)
        else:
            relation, ages = ("儿子", "女儿")[not boy], (max(1, age - 34), max(3, age - 22))
        inherited = "" if relation == "母亲" else surname
        person = _person(district, ages, place, male=boy, surname=inherited)
        if person.name not in {head.name, *(other.name for other, _ in family)}:  # no two alike in one home
            family.append((person, relation))
    return family


def _settle_dibao(district: District, home: Household) -> None:
    """Income, covered persons and the approved monthly sums of a 低保 household."""
    rng = district.rng
    standard = STANDARD[home.kind]
    if home.size >= 3 and rng.random() < 0.2:
        home.uncovered = 1
    covered = home.size - home.uncovered
    home.income = rng.randrange(0, int(standard * 0.7), 50)
    home.base = (standard - home.income) * covered
    if rng.random() < 0.1:
        home.family_extra = 5_000
    for person, _ in home.covered():
        severe = person.disability is not None and person.card == "正常" and person.disability[1] <= 2
        home.person_extra += 15_200 if severe else 7_600 if person.age_on(TODAY) >= 70 else 0
    home.account, home.holder = district.new_account(), home.head.name
    if home.members and rng.random() < 0.04:
        home.holder = home.members[0][0].name
    home.head_listed = rng.random() < 0.4
    if home.kind == "rural" and rng.random() < 0.03:
        home.since = "202610"


def _settle_tekun(district: District, home: Household, index: int) -> None:
    """Mode, grade, sums and account of a 特困 person: two in five live in an institution."""
    rng = district.rng
    home.mode = "institution" if index % 5 < 2 else "home"
    home.grade = rng.choices((0, 1, 2), (5, 3, 2))[0]
    home.base = LIVING["urban" if home.urban else "rural"]
    home.care = CARE[home.mode][home.grade]
    if home.mode == "institution":
        home.institution = index // 5 % 2
        home.account = district.institution_accounts[home.institution]
        home.holder = words.INSTITUTIONS[home.institution][0]
    else:
        home.account, home.holder = district.new_account(), home.head.name


def _soften(home: Household) -> None:
    """No severe disability by chance in a margin household: those are planted, one by one."""
    for person in (home.head, *(member for member, _ in home.members)):
        if person.disability is not None:
            person.disability = (4, 4) if person.key % 2 else (2, 3)


def _name_carers(district: District) -> None:
    """特困 persons who need care: at home a 低保 neighbour or an outsider, else the institution's staff."""
    rng = district.rng
    staff = []
    for _, town in words.INSTITUTIONS:
        place = ([name for name, _ in words.TOWNSHIPS].index(town), 0, False)
        staff.append([district.registry.make((30, 58), place, common=True) for _ in range(2)])
    neighbours = [
        home
        for home in district.households["rural"]
        if home.head.age_on(TODAY) < 66 and is_common(home.head.name)
    ]
    for home in district.households["tekun"]:
        if home.grade == 0:
            continue
        if home.institution is not None:
            home.carer = rng.choice(staff[home.institution])
        else:
            neighbour = rng.choice(neighbours)
            neighbour.planted = True  # no planted case befalls a carer
            home.carer = neighbour.head


def in_order(homes: Sequence[Household]) -> list[Household]:
    """By township, rural before urban, village; stable."""
    return sorted(homes, key=lambda home: (home.township, home.urban, home.village))
