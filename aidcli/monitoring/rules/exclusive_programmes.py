"""Who stands on two rosters of which only one may hold, or in two households of one programme."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ...model import Alert, MonitoringView, RosterHousehold, RosterPerson
from ...policy import ExclusivePair, Profile, Side
from ..rosters import households_of, rows_of, sightings, standing_text
from ..rule import Rule


class _Standing(NamedTuple):
    household: str
    programme: str
    residence: str


def find(view: MonitoringView, profile: Profile, as_of: date) -> Iterator[Alert]:
    """One alert per (person, pair of the profile)."""
    value = profile.get("programme.exclusive", as_of)
    assert value is not None
    several, lone = _survey(view)
    split = {side.programme for pair in value.value for side in (pair.one, pair.other) if side.residence}
    standing = rows_of(view, several)
    households = households_of(view, {row.household for rows in standing.values() for row in rows})
    for person, rows in standing.items():
        for pair in value.value:
            clash = _clash(pair, rows, lone, split)
            if clash:
                yield _alert(person, pair, clash, households)


def _survey(view: MonitoringView) -> tuple[set[str], set[str]]:
    """Persons with more than one standing, and 低保 households of exactly one person.

    Only the first standing of each person is kept, so that a large district fits.
    """
    first: dict[str, _Standing] = {}
    several: set[str] = set()
    member: dict[str, str] = {}
    crowded: set[str] = set()
    for row in view.roster():
        standing = _Standing(row.household, row.programme, row.residence)
        if first.setdefault(row.person, standing) != standing:
            several.add(row.person)
        if row.programme == "dibao" and member.setdefault(row.household, row.person) != row.person:
            crowded.add(row.household)
    return several, member.keys() - crowded


def _clash(
    pair: ExclusivePair, rows: Sequence[RosterPerson], lone: Collection[str], split: Collection[str]
) -> list[RosterPerson]:
    """The rows of one person that make the pair, or none."""
    if pair.one == pair.other:
        return _two_households(pair.one, rows, split)
    ones = [row for row in rows if _on(pair.one, row)]
    others = [row for row in rows if _on(pair.other, row)]
    if pair.unless == "single_person_dibao":
        ones = [row for row in ones if not (row.programme == "dibao" and row.household in lone)]
        others = [row for row in others if not (row.programme == "dibao" and row.household in lone)]
    return _once([*ones, *others]) if ones and others else []


def _two_households(side: Side, rows: Sequence[RosterPerson], split: Collection[str]) -> list[RosterPerson]:
    """Rows in two or more households of one programme.

    Where the profile tells its urban and rural halves apart, both must be of one half (a residence that is
    not told fits any): urban and rural at once is that other pair's finding.
    """
    here = [row for row in rows if _on(side, row)]
    halves = {row.residence for row in here} - {""} if side.programme in split else set()
    for half in sorted(halves) or [""]:
        alike = [row for row in here if not half or row.residence in (half, "")]
        if len({row.household for row in alike}) > 1:
            return _once(alike)
    return []


def _on(side: Side, row: RosterPerson) -> bool:
    return row.programme == side.programme and side.residence in ("", row.residence)


def _once(rows: Sequence[RosterPerson]) -> list[RosterPerson]:
    return sorted(set(rows), key=lambda row: (row.programme, row.residence, row.household, row.sighting))


def _alert(
    person: str,
    pair: ExclusivePair,
    rows: Sequence[RosterPerson],
    households: dict[str, RosterHousehold],
) -> Alert:
    places = {
        _Standing(row.household, row.programme, row.residence): standing_text(
            row, households.get(row.household)
        )
        for row in rows
    }
    what = (
        "同时在两户或多户名册上" if pair.one == pair.other else f"同时享受{pair.one.text}和{pair.other.text}"
    )
    return Alert(
        rule=RULE.key,
        household="",
        person=person,
        period="",
        threshold=pair.key,
        priority=RULE.priority,
        route=RULE.route,
        department=RULE.department,
        due="",
        reason=f"{rows[0].name}{what}：{'；'.join(places.values())}。请核实是否同一人，再定保留哪一项",
        citation=pair.ground,
        evidence=sightings(rows),
        detail={
            "pair": pair.text,
            "basis": pair.basis,
            "households": sorted({row.household for row in rows}),
        },
    )


RULE = Rule(
    key="exclusive_programmes",
    label="重复享受",
    family="重复救助",
    question="哪些人同时在两个不能同时享受的名册上，或在同一类救助的两户里？",
    needs=("enrolled",),
    parameters=("programme.exclusive",),
    priority=2,
    route="stop",
    department="civil_affairs",
    find=find,
)
