"""The cases of the rules and the near misses beside them, one set for every two hundred households."""

from __future__ import annotations

from datetime import date, timedelta

from .cases import Bill, CardEntry, Death, Planted, Planter
from .district import District
from .identities import plant_identities
from .people import Person

WINDOW_FIRST = date(2025, 10, 9)  # the twelve months that end on TODAY


def plant(district: District) -> Planted:
    """Plants every case `households // 200` times, at least once; changes `district` where needed."""
    total = sum(len(homes) for homes in district.households.values())
    rules = _Rules(district)
    for _ in range(max(1, total // 200)):
        rules.exclusive()
        rules.deaths()
        rules.disabilities()
        rules.medical()
        rules.accounts()
        rules.failures()
        plant_identities(rules)
    return rules.planted


class _Rules(Planter):
    """What each rule must find, and what is nearly that."""

    def deaths(self) -> None:
        """roster_after_death: head, member, urban, 特困 of both modes; and who must be left alone."""
        rule, rng, deaths = "roster_after_death", self.rng, self.planted.deaths

        def day(first: date = date(2026, 7, 2), last: date = date(2026, 8, 28)) -> date:
            return first + timedelta(days=rng.randrange((last - first).days))

        home, head = self.head("rural")
        died = day()
        deaths.append(Death(head, died, police=died + timedelta(days=1)))
        self.alert(rule, head, [home])
        home, member = self.several("rural")
        deaths.append(Death(member, day(), rows=2, note="（已故）"))
        self.alert(rule, member, [home])
        home, head = self.head("rural", lambda home: home.size == 1)
        deaths.append(Death(head, day(), cremation=False, police=day(), id_kind="wide"))
        self.alert(rule, head, [home])
        home, head = self.head("urban")
        died = day()
        deaths.append(Death(head, died, cremation=False, police=died))
        self.alert(rule, head, [home])
        home, head = self.head("tekun", lambda home: home.mode == "home")
        died = day()
        deaths.append(Death(head, died, police=died, id_kind="old15"))
        self.alert(rule, head, [home])
        home, head = self.head("tekun", lambda home: home.mode == "institution")
        deaths.append(Death(head, day(date(2026, 9, 1), date(2026, 9, 25))))
        self.alert(rule, head, [home])

        _, head = self.head("rural")
        place = (head.township, head.village, head.urban)
        namesake = self.district.registry.make((60, 90), place, male=head.male, name=head.name)
        self.mark(namesake)
        died = day()
        deaths.append(Death(namesake, died, police=died))
        self.miss(rule, "living_namesake", head)
        _, head = self.head("rural")
        mother = self.district.registry.make(
            (84, 94), (head.township, head.village, False), male=False, common=True
        )
        deaths.append(Death(self.mark(mother), day(), shown=head, kind="others_number"))
        self.miss(rule, "same_id_other_name", head)
        home, member = self.several("rural", id_dirt="cut")
        deaths.append(Death(member, day(), id_kind="cut"))
        self.alert(rule, member, [home])
        outsider = self.district.registry.make((70, 93), place, common=True)
        died = day()
        deaths.append(Death(self.mark(outsider), died, police=died - timedelta(days=1), rows=2))
        self.miss(rule, "on_no_roster", outsider)

    def exclusive(self) -> None:
        """exclusive_programmes: two 低保, 低保 and 特困, 低保 and 低保边缘; 单人保 is allowed."""
        rule = "exclusive_programmes"
        first, person = self.several("rural")
        second = self.take("urban")
        self.join(second, person)
        self.alert(rule, person, [first, second])
        second, person = self.head("urban", lambda home: home.size == 1)
        first = self.take("rural", lambda home: home.size >= 2)
        self.join(first, person)
        self.alert(rule, person, [first, second])
        first, person = self.several("rural", 58)
        second = self.take("tekun", lambda home: home.mode == "home")
        second.give_to(person)
        self.alert(rule, person, [first, second])
        first, person = self.several("rural")
        margin = self.take("margin", lambda home: home.size >= 2)
        self.join(margin, person)
        self.alert(rule, person, [first, margin])
        for disability in ((4, 1), None):
            _, member = self.several("margin")
            single = self.take("rural", lambda home: home.size == 1)
            single.give_to(member)
            member.disability, member.card = disability, "正常"
            self.miss(rule, "single_person_dibao", member)
            if disability:
                self.miss("severe_disability_not_in_dibao", "already_single_person_dibao", member)

    def disabilities(self) -> None:
        """severe_disability_not_in_dibao in margin households, one person a household."""
        rule = "severe_disability_not_in_dibao"
        for disability in ((4, 1), (1, 2), (5, 3), (6, 3)):
            home, person = self.several("margin", 3)
            person.disability, person.card = disability, "正常"
            self.alert(rule, person, [home])
        for kind, disability in (
            ("grade_3_hearing", (2, 3)),
            ("grade_3_limb", (4, 3)),
            ("card_cancelled", (4, 2)),
        ):
            _, person = self.several("margin", 3)
            person.disability = disability
            person.card = "注销" if kind == "card_cancelled" else "正常"
            self.miss(rule, kind, person)
        home, person = self.several("margin", 3, "number")
        person.disability, person.card = (4, 1), "正常"
        self.planted.cards[person.key] = CardEntry("number", "number", with_place=False)
        self.alert(rule, person, [home])

    def medical(self) -> None:
        """medical_self_paid_12m: on both sides of the threshold, of the window, of 全自费."""
        rule = "medical_self_paid_12m"
        home, person = self.several("rural")
        self._bill(person, (date(2025, 12, 3), 902_150, 51_000), (date(2026, 3, 17), 1_100_020, 0))
        self._bill(person, (date(2026, 8, 30), 796_865, 100_000))
        self.alert(rule, person, [home])
        home, person = self.several("margin")
        self._bill(person, (date(2026, 1, 20), 1_300_000, 100_000), (date(2026, 5, 6), 800_000, 0))
        self.alert(rule, person, [home])
        home, person = self.head("rural", lambda home: home.head.born_before_2000)
        self._bill(person, (date(2025, 11, 11), 700_000, 0), (date(2026, 2, 2), 430_000, 30_000))
        self._bill(person, (date(2026, 6, 15), 1_050_000, 0), id_kind="old15")
        self.alert(rule, person, [home])
        home, person = self.several("urban")
        self._bill(person, (WINDOW_FIRST, 800_000, 0), (date(2026, 7, 1), 1_250_000, 50_000))
        self._bill(person, (date(2025, 10, 8), 64_000, 0))
        self.alert(rule, person, [home])
        home, person = self.head("tekun", lambda home: home.mode == "home")
        self._bill(person, (date(2026, 4, 4), 2_300_505, 20_000))
        self.alert(rule, person, [home])
        person = self.outsider()
        self._bill(person, (date(2025, 10, 31), 1_750_000, 0), (date(2026, 9, 29), 1_900_010, 0))
        self.alert(rule, person, [])

        _, person = self.head("urban")
        self._bill(person, (date(2026, 1, 20), 1_199_999, 0), (date(2026, 5, 6), 1_000_000, 200_000))
        self.miss(rule, "one_fen_under", person)
        _, person = self.head("rural")
        self._bill(person, (date(2025, 12, 12), 1_600_000, 700_000), (date(2026, 4, 9), 1_400_000, 700_000))
        self.miss(rule, "above_only_with_excluded", person)
        _, person = self.several("margin")
        self._bill(person, (date(2025, 10, 8), 1_200_000, 0), (date(2026, 4, 25), 900_000, 0))
        self.miss(rule, "above_only_before_window", person)
        _, person = self.head("rural")
        mother = self.district.registry.make((80, 92), (person.township, person.village, False), common=True)
        self._bill(person, (date(2026, 2, 24), 1_500_000, 0))
        self.planted.bills[self.mark(mother).key].append(
            Bill(date(2026, 5, 19), 900_000, shown=person, kind="others_number")
        )
        self.district.outsiders.append(mother)
        self.miss(rule, "same_id_other_name", person)

    def _bill(self, person: Person, *bills: tuple[date, int, int], id_kind: str = "plain") -> None:
        for day, borne, excluded in bills:
            self.planted.bills[person.key].append(Bill(day, borne, excluded, id_kind))

    def accounts(self) -> None:
        """account_shared: by two and by three households; a household's own rows do not count."""
        rule = "account_shared"
        two = [self.take("rural"), self.take("rural")]
        three = [
            self.take("rural"),
            self.take("urban"),
            self.take("tekun", lambda home: home.mode == "home"),
        ]
        for homes in (two, three):
            for home in homes[1:]:
                home.account = homes[0].account
            self.alert(rule, None, homes, homes[0].account)
        home = self.take("rural", lambda home: len(home.covered()) == 2)
        self.miss(rule, "one_household_two_members", account=home.account)
        if not any(miss["kind"] == "institution_account" for miss in self.planted.near_misses):
            for account in self.district.institution_accounts:
                self.miss(rule, "institution_account", account=account)

    def failures(self) -> None:
        """Last month's failed payments: three rural, two urban households that were paid in September."""
        for kind in ("rural", "rural", "urban", "rural", "urban"):
            self.planted.failed.append(self.take(kind, lambda home: home.since < "202610"))
