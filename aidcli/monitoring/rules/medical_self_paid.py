"""Whose own share of medical bills over twelve months has reached the profile's line."""

from __future__ import annotations

import heapq
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ...model import Alert, MonitoringView, PersonFact, RosterHousehold, RosterPerson
from ...months import add_months_to_day
from ...policy import Profile, Value
from ...policy.vocabulary import show_yuan
from ..rosters import death_notes, households_of, rows_of, sightings, standing_text
from ..rule import Rule

SHOWN = 20
_SIGHTING_BITS = 48


class _Sum:
    """One person's settlements: sums in fen, and the largest ones packed as ``fen << 48 | sighting``.

    A packed number costs a third of a tuple, and a district has hundreds of thousands of patients.
    """

    __slots__ = ("count", "excluded", "first", "largest", "last", "name", "paid", "place")

    def __init__(self, fact: PersonFact) -> None:
        self.name = fact.name
        self.place = sys.intern(fact.township + fact.village)
        self.count = 0
        self.paid = 0
        self.excluded = 0
        self.first = "9999-12-31"
        self.last = ""
        self.largest: list[int] = []

    @property
    def compliant(self) -> int:
        return self.paid - self.excluded

    def add(self, fen: int, day: str, sighting: int) -> None:
        self.count += 1
        self.paid += fen
        self.first = min(self.first, day)
        self.last = max(self.last, day)
        packed = max(fen, 0) << _SIGHTING_BITS | sighting
        if len(self.largest) < SHOWN:
            heapq.heappush(self.largest, packed)
        else:
            heapq.heappushpop(self.largest, packed)

    def evidence(self) -> tuple[int, ...]:
        return tuple(sorted({packed & ((1 << _SIGHTING_BITS) - 1) for packed in self.largest}))


def find(view: MonitoringView, profile: Profile, as_of: date) -> Iterator[Alert]:
    """One alert per (person, year of `as_of`); each stream of facts is read once.

    The sum is 个人负担 less 全自费 over the twelve months up to and with `as_of`.
    """
    limit = profile.get("medical.self_paid_12m", as_of)
    assert limit is not None
    window = ((add_months_to_day(as_of, -12) + timedelta(days=1)).isoformat(), as_of.isoformat())
    sums = _sums(view, window)
    hits = {person: total for person, total in sums.items() if total.compliant >= limit.value}
    costs = dict.fromkeys(hits, 0)
    for fact in view.facts("medical_total", *window):
        if fact.person in costs:
            costs[fact.person] += fact.fen or 0
    standing = rows_of(view, hits)
    households = households_of(view, {row.household for rows in standing.values() for row in rows})
    deaths = death_notes(view, hits, as_of)
    kinds = view.fact_kinds()
    notes = () if "medical_excluded" in kinds else ("来源没有全自费金额，合规自付暂按个人负担全额计",)
    for person, total in hits.items():
        rows = standing.get(person, [])
        cost = costs[person] if "medical_total" in kinds else None
        standing_now = deaths.get(person, "") + _standing(rows, households)
        text = _reason(total, cost, limit, window, standing_now, notes)
        yield _alert(person, total, cost, rows, limit, as_of, text)


def _sums(view: MonitoringView, window: tuple[str, str]) -> dict[str, _Sum]:
    sums: dict[str, _Sum] = {}
    for fact in view.facts("medical_self", *window):
        total = sums.get(fact.person)
        if total is None:
            total = sums[fact.person] = _Sum(fact)
        total.add(fact.fen or 0, fact.day, fact.sighting)
    for fact in view.facts("medical_excluded", *window):
        if fact.person in sums:
            sums[fact.person].excluded += fact.fen or 0
    return sums


def _standing(rows: Sequence[RosterPerson], households: dict[str, RosterHousehold]) -> str:
    places = {
        (row.household, row.programme): standing_text(row, households.get(row.household))
        for row in sorted(rows, key=lambda row: (row.household, row.programme, row.sighting))
    }
    if places:
        return f"现在册：{'；'.join(places.values())}，请核实现有救助能否覆盖"
    return "不在任何救助名册上，可能需要救助，请主动上门了解"


def _reason(
    total: _Sum,
    cost: int | None,
    limit: Value,
    window: tuple[str, str],
    standing: str,
    notes: Sequence[str],
) -> str:
    all_costs = f"医疗总费用{show_yuan(cost)}" if cost is not None else "来源没有医疗总费用"
    extra = "".join(f"（{note}）" for note in notes)
    who = total.name + (f"（{total.place}）" if total.place else "")
    return (
        f"{who}在{window[0]}至{window[1]}的12个月内，合规自付{show_yuan(total.compliant)}"
        f"（个人负担{show_yuan(total.paid)}，其中全自费{show_yuan(total.excluded)}不计），"
        f"达到预警线{limit.text}；{all_costs}；共{total.count}笔结算，"
        f"首笔{total.first}，末笔{total.last}{extra}。{standing}"
    )


def _alert(
    person: str,
    total: _Sum,
    cost: int | None,
    rows: Sequence[RosterPerson],
    limit: Value,
    as_of: date,
    reason: str,
) -> Alert:
    return Alert(
        rule=RULE.key,
        household="",  # joining a roster makes it no other alert
        person=person,
        period=f"{as_of.year:04d}",
        threshold=str(limit.value),
        priority=3 if rows else RULE.priority,
        route="push" if rows else RULE.route,
        department="medical_insurance" if rows else RULE.department,
        due="",
        reason=reason,
        citation=limit.citation,
        evidence=(*total.evidence(), *sightings(rows)),
        detail={
            "households": sorted({row.household for row in rows}),
            "compliant_fen": total.compliant,
            "self_fen": total.paid,
            "excluded_fen": total.excluded,
            "total_fen": cost,
            "settlements": total.count,
            "settlements_shown": min(total.count, SHOWN),
            "first_day": total.first,
            "last_day": total.last,
        },
    )


RULE = Rule(
    key="medical_self_paid_12m",
    label="医疗自付过高",
    family="支出骤增",
    question="哪些人近12个月的医疗合规自付费用达到了预警线？",
    needs=("enrolled", "medical_self"),
    parameters=("medical.self_paid_12m",),
    priority=2,
    route="apply",
    department="civil_affairs",
    find=find,
)
