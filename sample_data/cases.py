"""What is planted in the district: how it is picked, and how the files are told to show it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from .dirt import possible
from .district import District, Household
from .people import TODAY, Person, is_common, surname_of


@dataclass(slots=True)
class Death:
    """A death and the lists it stands in; `shown` is the person whose number was typed by mistake.

    `kind` is the row's dirt where it is not that of its number, `about` the one it may be taken for.
    """

    person: Person
    died: date
    cremation: bool = True
    police: date | None = None  # the day of death the police have
    rows: int = 1
    note: str = ""
    id_kind: str = ""
    shown: Person | None = None
    kind: str = ""
    about: Person | None = None


@dataclass(slots=True)
class Bill:
    """One settlement: what the person bears, and how much of it is 全自费; `kind` as in `Death`."""

    day: date
    borne: int
    excluded: int = 0
    id_kind: str = "plain"
    shown: Person | None = None
    kind: str = ""
    name: str = ""


@dataclass(slots=True)
class CardEntry:
    """How the 残联 list writes a person: the row's dirt, the number's, and whose number it is."""

    kind: str
    id_kind: str = "plain"
    name: str = ""
    number_of: Person | None = None
    about: Person | None = None
    with_place: bool = True


@dataclass
class Planted:
    """What the rules must find, what they must not, and what the files need to know to show it."""

    alerts: list[dict[str, object]] = field(default_factory=list)
    near_misses: list[dict[str, object]] = field(default_factory=list)
    deaths: list[Death] = field(default_factory=list)
    bills: dict[int, list[Bill]] = field(default_factory=lambda: defaultdict(list))
    cards: dict[int, CardEntry] = field(default_factory=dict)
    twice: set[int] = field(default_factory=set)  # whose number has a slip in the margin list
    failed: list[Household] = field(default_factory=list)


class Planter:
    """Finds households and persons that nothing was planted in yet, and writes down what was."""

    def __init__(self, district: District) -> None:
        self.district, self.rng, self.planted = district, district.rng, Planted()
        self._pools = {kind: list(homes) for kind, homes in district.households.items()}
        for pool in self._pools.values():
            self.rng.shuffle(pool)
        self._outsiders = list(district.outsiders)
        self.rng.shuffle(self._outsiders)

    # ------------------------------------------------------------ picking

    def take(self, kind: str, fits: Callable[[Household], bool] = lambda home: True) -> Household:
        """A household that nothing was planted in yet."""
        pool = self._pools[kind]
        for index in range(len(pool) - 1, -1, -1):
            if not pool[index].planted and fits(pool[index]):
                home = pool.pop(index)
                home.planted = True
                return home
        raise ValueError(f"not enough {kind} households to plant every case: ask for more households")

    def several(self, kind: str, youngest: int = 18, id_dirt: str = "plain") -> tuple[Household, Person]:
        """A household and a covered member, not the head, of an age and with a number that `id_dirt` can befall."""

        def fitting(home: Household) -> Iterator[Person]:
            for who, _ in home.covered()[1:]:
                if who.age_on(TODAY) >= youngest and is_common(who.name) and possible(who, id_dirt):
                    yield who

        home = self.take(kind, lambda home: next(fitting(home), None) is not None)
        return home, self.mark(next(fitting(home)))

    def head(
        self, kind: str, fits: Callable[[Household], bool] = lambda home: True
    ) -> tuple[Household, Person]:
        home = self.take(kind, lambda home: is_common(home.head.name) and fits(home))
        return home, self.mark(home.head)

    def outsider(self) -> Person:
        return self.mark(self._outsiders.pop())

    @staticmethod
    def mark(person: Person) -> Person:
        person.planted = True
        return person

    def neighbours(self, kind: str) -> tuple[Household, Household]:
        """Two households of one village."""

        def village(home: Household) -> tuple[int, int, bool]:
            return home.township, home.village, home.urban

        free = Counter(village(home) for home in self._pools[kind] if not home.planted)
        first = self.take(kind, lambda home: free[village(home)] > 1 and is_common(home.head.name))
        return first, self.take(kind, lambda home: village(home) == village(first))

    def add(
        self,
        home: Household,
        ages: tuple[int, int],
        *,
        name: str = "",
        male: bool | None = None,
        id_dirt: str = "plain",
    ) -> Person:
        """A new member of a household, with its surname; see `several` for `id_dirt`."""
        registry, surname = self.district.registry, surname_of(home.head.name)
        place = (home.township, home.village, home.urban)
        taken = {home.head.name, *(other.name for other, _ in home.members)}
        if name in taken:
            raise ValueError(f"{name} lives in this household already")
        while True:
            person = registry.make(ages, place, male=male, surname=surname, name=name, common=True)
            if person.name not in taken and possible(person, id_dirt):
                self.join(home, person)
                return self.mark(person)
            registry.forget(person)

    # ------------------------------------------------------------ writing down

    def alert(
        self, rule: str, person: Person | None, homes: list[Household], account: str | None = None
    ) -> None:
        self.planted.alerts.append(
            {
                "rule": rule,
                "id_number": person.id_number if person else None,
                "case_number": next((home.case for home in homes if home.case), None) if person else None,
                "account": account,
                "households": len(homes),
            }
        )

    def miss(self, rule: str, kind: str, person: Person | None = None, account: str | None = None) -> None:
        self.planted.near_misses.append(
            {
                "rule": rule,
                "kind": kind,
                "id_number": person.id_number if person else None,
                "account": account,
            }
        )

    @staticmethod
    def join(home: Household, person: Person) -> None:
        """Adds a covered member; those not covered stay at the end."""
        home.members.insert(len(home.members) - home.uncovered, (person, "其他亲属"))
