"""The planted cases and the near misses beside them, one set for every two hundred households."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from .dirt import possible
from .district import District, Household
from .people import TODAY, Person, is_common

WINDOW_FIRST = date(2025, 10, 9)  # the twelve months that end on TODAY
THRESHOLD = 2_000_000


@dataclass(slots=True)
class Death:
    """A death and the lists it stands in; `shown` is the person whose number was typed by mistake."""

    person: Person
    died: date
    cremation: bool = True
    police: date | None = None  # the day of death the police have
    rows: int = 1
    note: str = ""
    id_kind: str = ""
    shown: Person | None = None


@dataclass(slots=True)
class Bill:
    """One settlement: what the person bears, and how much of it is 全自费."""

    day: date
    borne: int
    excluded: int = 0
    id_kind: str = "plain"
    shown: Person | None = None


@dataclass
class Planted:
    """What the rules must find, what they must not, and what the files need to know to show it."""

    alerts: list[dict[str, object]] = field(default_factory=list)
    near_misses: list[dict[str, object]] = field(default_factory=list)
    deaths: list[Death] = field(default_factory=list)
    bills: dict[int, list[Bill]] = field(default_factory=lambda: defaultdict(list))
    card_ids: dict[int, str] = field(default_factory=dict)  # person → dirt in the 残联 list
    failed: list[Household] = field(default_factory=list)


def plant(district: District) -> Planted:
    """Plants every case `households // 200` times, at least once; changes `district` where needed."""
    total = sum(len(homes) for homes in district.households.values())
    planter = _Planter(district)
    for _ in range(max(1, total // 200)):
        planter.exclusive()
        planter.deaths()
        planter.disabilities()
        planter.medical()
        planter.accounts()
        planter.failures()
    return planter.planted


class _Planter:
    def __init__(self, district: District) -> None:
        self.district, self.rng, self.planted = district, district.rng, Planted()
        self._pools = {kind: list(homes) for kind, homes in district.households.items()}
        for pool in self._pools.values():
            self.rng.shuffle(pool)
        self._outsiders = list(district.outsiders)
        self.rng.shuffle(self._outsiders)

    # ------------------------------------------------------------ picking

    def _take(self, kind: str, fits: Callable[[Household], bool] = lambda home: True) -> Household:
        """A household that nothing was planted in yet."""
        pool = self._pools[kind]
        for index in range(len(pool) - 1, -1, -1):
            if not pool[index].planted and fits(pool[index]):
                home = pool.pop(index)
                home.planted = True
                return home
        raise ValueError(f"not enough {kind} households to plant every case: ask for more households")

    def _several(self, kind: str, youngest: int = 18, id_dirt: str = "plain") -> tuple[Household, Person]:
        """A household and a covered member, not the head, of an age and with a number that `id_dirt` can befall."""

        def fitting(home: Household) -> Iterator[Person]:
            for who, _ in home.covered()[1:]:
                if who.age_on(TODAY) >= youngest and is_common(who.name) and possible(who, id_dirt):
                    yield who

        home = self._take(kind, lambda home: next(fitting(home), None) is not None)
        return home, self._mark(next(fitting(home)))

    def _head(
        self, kind: str, fits: Callable[[Household], bool] = lambda home: True
    ) -> tuple[Household, Person]:
        home = self._take(kind, lambda home: is_common(home.head.name) and fits(home))
        return home, self._mark(home.head)

    def _outsider(self) -> Person:
        return self._mark(self._outsiders.pop())

    @staticmethod
    def _mark(person: Person) -> Person:
        person.planted = True
        return person

    # ------------------------------------------------------------ writing down

    def _alert(
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

    def _miss(self, rule: str, kind: str, person: Person | None = None, account: str | None = None) -> None:
        self.planted.near_misses.append(
            {
                "rule": rule,
                "kind": kind,
                "id_number": person.id_number if person else None,
                "account": account,
            }
        )

    # ------------------------------------------------------------ the rules' cases

    def deaths(self) -> None:
        """roster_after_death: head, member, urban, 特困 of both modes; and who must be left alone."""
        rule, rng, deaths = "roster_after_death", self.rng, self.planted.deaths

        def day(first: date = date(2026, 7, 2), last: date = date(2026, 8, 28)) -> date:
            return first + timedelta(days=rng.randrange((last - first).days))

        home, head = self._head("rural")
        died = day()
        deaths.append(Death(head, died, police=died + timedelta(days=1)))
        self._alert(rule, head, [home])
        home, member = self._several("rural")
        deaths.append(Death(member, day(), rows=2, note="（已故）"))
        self._alert(rule, member, [home])
        home, head = self._head("rural", lambda home: home.size == 1)
        deaths.append(Death(head, day(), cremation=False, police=day(), id_kind="wide"))
        self._alert(rule, head, [home])
        home, head = self._head("urban")
        died = day()
        deaths.append(Death(head, died, cremation=False, police=died))
        self._alert(rule, head, [home])
        home, head = self._head("tekun", lambda home: home.mode == "home")
        died = day()
        deaths.append(Death(head, died, police=died, id_kind="old15"))
        self._alert(rule, head, [home])
        home, head = self._head("tekun", lambda home: home.mode == "institution")
        deaths.append(Death(head, day(date(2026, 9, 1), date(2026, 9, 25))))
        self._alert(rule, head, [home])

        _, head = self._head("rural")
        place = (head.township, head.village, head.urban)
        namesake = self.district.registry.make((60, 90), place, male=head.male, name=head.name)
        self._mark(namesake)
        died = day()
        deaths.append(Death(namesake, died, police=died))
        self._miss(rule, "living_namesake", head)
        _, head = self._head("rural")
        mother = self.district.registry.make(
            (84, 94), (head.township, head.village, False), male=False, common=True
        )
        deaths.append(Death(self._mark(mother), day(), shown=head))
        self._miss(rule, "same_id_other_name", head)
        _, member = self._several("rural", id_dirt="cut")
        deaths.append(Death(member, day(), id_kind="cut"))
        self._miss(rule, "id_cut_in_death_list", member)
        outsider = self.district.registry.make((70, 93), place, common=True)
        died = day()
        deaths.append(Death(self._mark(outsider), died, police=died - timedelta(days=1), rows=2))
        self._miss(rule, "on_no_roster", outsider)

    def exclusive(self) -> None:
        """exclusive_programmes: two 低保, 低保 and 特困, 低保 and 低保边缘; 单人保 is allowed."""
        rule = "exclusive_programmes"
        first, person = self._several("rural")
        second = self._take("urban")
        self._join(second, person)
        self._alert(rule, person, [first, second])
        second, person = self._head("urban", lambda home: home.size == 1)
        first = self._take("rural", lambda home: home.size >= 2)
        self._join(first, person)
        self._alert(rule, person, [first, second])
        first, person = self._several("rural", 58)
        second = self._take("tekun", lambda home: home.mode == "home")
        second.give_to(person)
        self._alert(rule, person, [first, second])
        first, person = self._several("rural")
        margin = self._take("margin", lambda home: home.size >= 2)
        self._join(margin, person)
        self._alert(rule, person, [first, margin])
        for disability in ((4, 1), None):
            _, member = self._several("margin")
            single = self._take("rural", lambda home: home.size == 1)
            single.give_to(member)
            member.disability, member.card = disability, "正常"
            self._miss(rule, "single_person_dibao", member)
            if disability:
                self._miss("severe_disability_not_in_dibao", "already_single_person_dibao", member)

    @staticmethod
    def _join(home: Household, person: Person) -> None:
        """Adds a covered member; those not covered stay at the end."""
        home.members.insert(len(home.members) - home.uncovered, (person, "其他亲属"))

    def disabilities(self) -> None:
        """severe_disability_not_in_dibao in margin households, one person a household."""
        rule = "severe_disability_not_in_dibao"
        for disability in ((4, 1), (1, 2), (5, 3), (6, 3)):
            home, person = self._several("margin", 3)
            person.disability, person.card = disability, "正常"
            self._alert(rule, person, [home])
        for kind, disability in (
            ("grade_3_hearing", (2, 3)),
            ("grade_3_limb", (4, 3)),
            ("card_cancelled", (4, 2)),
            ("id_cut_without_card_number", (4, 1)),
        ):
            dirt = "number" if kind == "id_cut_without_card_number" else "plain"
            _, person = self._several("margin", 3, dirt)
            person.disability = disability
            person.card = "注销" if kind == "card_cancelled" else "正常"
            self.planted.card_ids[person.key] = dirt
            self._miss(rule, kind, person)

    def medical(self) -> None:
        """medical_self_paid_12m: on both sides of the threshold, of the window, of 全自费."""
        rule = "medical_self_paid_12m"
        home, person = self._several("rural")
        self._bill(person, (date(2025, 12, 3), 902_150, 51_000), (date(2026, 3, 17), 1_100_020, 0))
        self._bill(person, (date(2026, 8, 30), 796_865, 100_000))
        self._alert(rule, person, [home])
        home, person = self._several("margin")
        self._bill(person, (date(2026, 1, 20), 1_300_000, 100_000), (date(2026, 5, 6), 800_000, 0))
        self._alert(rule, person, [home])
        home, person = self._head("rural", lambda home: home.head.born_before_2000)
        self._bill(person, (date(2025, 11, 11), 700_000, 0), (date(2026, 2, 2), 430_000, 30_000))
        self._bill(person, (date(2026, 6, 15), 1_050_000, 0), id_kind="old15")
        self._alert(rule, person, [home])
        home, person = self._several("urban")
        self._bill(person, (WINDOW_FIRST, 800_000, 0), (date(2026, 7, 1), 1_250_000, 50_000))
        self._bill(person, (date(2025, 10, 8), 64_000, 0))
        self._alert(rule, person, [home])
        home, person = self._head("tekun", lambda home: home.mode == "home")
        self._bill(person, (date(2026, 4, 4), 2_300_505, 20_000))
        self._alert(rule, person, [home])
        person = self._outsider()
        self._bill(person, (date(2025, 10, 31), 1_750_000, 0), (date(2026, 9, 29), 1_900_010, 0))
        self._alert(rule, person, [])

        _, person = self._head("urban")
        self._bill(person, (date(2026, 1, 20), 1_199_999, 0), (date(2026, 5, 6), 1_000_000, 200_000))
        self._miss(rule, "one_fen_under", person)
        _, person = self._head("rural")
        self._bill(person, (date(2025, 12, 12), 1_600_000, 700_000), (date(2026, 4, 9), 1_400_000, 700_000))
        self._miss(rule, "above_only_with_excluded", person)
        _, person = self._several("margin")
        self._bill(person, (date(2025, 10, 8), 1_200_000, 0), (date(2026, 4, 25), 900_000, 0))
        self._miss(rule, "above_only_before_window", person)
        _, person = self._head("rural")
        mother = self.district.registry.make((80, 92), (person.township, person.village, False), common=True)
        self._bill(person, (date(2026, 2, 24), 1_500_000, 0))
        self.planted.bills[self._mark(mother).key].append(Bill(date(2026, 5, 19), 900_000, shown=person))
        self.district.outsiders.append(mother)
        self._miss(rule, "same_id_other_name", person)

    def _bill(self, person: Person, *bills: tuple[date, int, int], id_kind: str = "plain") -> None:
        for day, borne, excluded in bills:
            self.planted.bills[person.key].append(Bill(day, borne, excluded, id_kind))

    def accounts(self) -> None:
        """account_shared: by two and by three households; a household's own rows do not count."""
        rule = "account_shared"
        two = [self._take("rural"), self._take("rural")]
        three = [
            self._take("rural"),
            self._take("urban"),
            self._take("tekun", lambda home: home.mode == "home"),
        ]
        for homes in (two, three):
            for home in homes[1:]:
                home.account = homes[0].account
            self._alert(rule, None, homes, homes[0].account)
        home = self._take("rural", lambda home: len(home.covered()) == 2)
        self._miss(rule, "one_household_two_members", account=home.account)
        if not any(miss["kind"] == "institution_account" for miss in self.planted.near_misses):
            for account in self.district.institution_accounts:
                self._miss(rule, "institution_account", account=account)

    def failures(self) -> None:
        """Last month's failed payments: three rural, two urban households that were paid in September."""
        for kind in ("rural", "rural", "urban", "rural", "urban"):
            self.planted.failed.append(self._take(kind, lambda home: home.since < "202610"))
