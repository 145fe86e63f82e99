"""A register in memory: what a test writes down is what the rules see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from aidcli.model import PersonFact, PersonPaid, RosterHousehold, RosterPerson
from aidcli.monitoring import RunResult, run_rules
from aidcli.policy import Profile, load_profile
from aidcli.resources import data_dir

AS_OF = date(2026, 10, 8)


@dataclass
class FakeView:
    """Implements `MonitoringView`; sightings are numbered as rows are added."""

    people: list[RosterPerson] = field(default_factory=list)
    homes: list[RosterHousehold] = field(default_factory=list)
    told: list[PersonFact] = field(default_factory=list)
    paid: list[PersonPaid] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    next_sighting: int = 1
    streams: list[str] = field(default_factory=list)

    def fact_kinds(self) -> frozenset[str]:
        return frozenset(self.kinds)

    def roster(self) -> Iterator[RosterPerson]:
        return iter(self.people)

    def households(self) -> Iterator[RosterHousehold]:
        return iter(self.homes)

    def facts(self, kind: str, first_day: str = "", last_day: str = "9999-12-31") -> Iterator[PersonFact]:
        self.streams.append(kind)
        return (fact for fact in self.told if fact.kind == kind and first_day <= fact.day <= last_day)

    def paid_twice(self) -> Iterator[PersonPaid]:
        return iter(self.paid)

    def payment(
        self, person: str, payment: str, household: str, month: str = "2026-09", programme: str = "dibao"
    ) -> None:
        """An approved payment of 500 yuan to a household."""
        self.paid.append(
            PersonPaid(
                person,
                f"姓名{person}",
                "示例镇",
                "东村",
                programme,
                month,
                payment,
                1,
                household,
                f"户主{household}",
                50000,
                self._sighting(),
            )
        )

    def household(
        self,
        key: str,
        programme: str,
        *members: str,
        residence: str = "rural",
        mode: str = "",
        account: str = "",
    ) -> None:
        """A household on a roster; the first member is its head and, as in real rosters, stands there once."""
        self.kinds |= {"enrolled", *(["account"] if account else [])}
        sighting = self._sighting()
        head = members[0]
        self.homes.append(
            RosterHousehold(
                household=key,
                head=head,
                head_name=f"户主{head}",
                programme=programme,
                residence=residence,
                mode=mode,
                month="2026-09",
                township="示例镇",
                village="东村",
                case_number="",
                covered=len(members),
                total_fen=50000,
                amounts={"base": 50000},
                account=account,
                account_holder=f"户主{head}" if account else "",
                bank="",
                institution="",
                batch=1,
                sighting=sighting,
            )
        )
        for number, person in enumerate(members):
            self.member(key, programme, person, residence, mode, sighting if number == 0 else None)

    def member(
        self,
        key: str,
        programme: str,
        person: str,
        residence: str = "rural",
        mode: str = "",
        sighting: int | None = None,
    ) -> None:
        self.people.append(
            RosterPerson(
                person=person,
                household=key,
                programme=programme,
                residence=residence,
                mode=mode,
                month="2026-09",
                township="示例镇",
                village="东村",
                name=f"姓名{person}",
                relation="本人" if sighting else "家庭成员",
                is_head=sighting is not None,
                sighting=sighting or self._sighting(),
            )
        )

    def fact(
        self,
        person: str,
        kind: str,
        *,
        day: str = "",
        month: str = "",
        fen: int | None = None,
        num: int | None = None,
        code: str = "",
        text: str = "",
    ) -> int:
        self.kinds.add(kind)
        sighting = self._sighting()
        self.told.append(
            PersonFact(
                person,
                f"姓名{person}",
                "示例镇",
                "东村",
                kind,
                day,
                month,
                fen,
                num,
                code,
                text,
                "来源",
                sighting,
            )
        )
        return sighting

    def _sighting(self) -> int:
        self.next_sighting += 1
        return self.next_sighting - 1


def sample_profile(region: str = "990101", *extra: Path) -> Profile:
    return load_profile(region, [*extra, data_dir("templates/policies")])


def run(view: FakeView, rule: str, as_of: date = AS_OF, region: str = "990101") -> RunResult:
    return run_rules(view, sample_profile(region), as_of, only=(rule,))
