"""Small readings of the rosters that several rules need, and how they are put into words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from .. import terms
from ..model import MonitoringView, RosterHousehold, RosterPerson


def rows_of(view: MonitoringView, persons: Collection[str]) -> dict[str, list[RosterPerson]]:
    """Person → their rows on the rosters that hold, for these persons only."""
    found: dict[str, list[RosterPerson]] = {}
    for row in view.roster():
        if row.person in persons:
            found.setdefault(row.person, []).append(row)
    return found


def households_of(view: MonitoringView, wanted: Collection[str]) -> dict[str, RosterHousehold]:
    """Household → its (first) row on the rosters that hold, for these households only."""
    found: dict[str, RosterHousehold] = {}
    for row in view.households():
        if row.household in wanted:
            found.setdefault(row.household, row)
    return found


def by_household(rows: Iterable[RosterPerson]) -> dict[str, list[RosterPerson]]:
    """Household → the rows in it, by household: a head who also stands in the member sheet counts once."""
    found: dict[str, list[RosterPerson]] = {}
    for row in sorted(rows, key=lambda row: (row.household, row.programme, row.sighting)):
        found.setdefault(row.household, []).append(row)
    return found


def death_notes(view: MonitoringView, persons: Collection[str], as_of: date) -> dict[str, str]:
    """Person → a warning that a death is on record, so that nobody is sent to offer aid to the dead."""
    found: dict[str, str] = {}
    for fact in view.facts("death", last_day=as_of.isoformat()):
        if fact.person in persons:
            label = terms.DEATH_SOURCES.get(fact.code, fact.code or fact.source)
            found.setdefault(fact.person, f"注意：另有{label}记录{fact.day}，请先核实本人是否在世。")
    return found


def programme_text(programme: str, residence: str = "") -> str:
    """``农村低保``; the bare programme where the residence is not known or makes no difference."""
    label = terms.SHORT_PROGRAMMES.get(programme, programme)
    return terms.RESIDENCES.get(residence, "") + label if programme in ("dibao", "tekun") else label


def standing_text(row: RosterPerson, household: RosterHousehold | None) -> str:
    """Where a person stands: ``农村低保（户主王一，示例镇东村，2026-09名册）``."""
    head = [f"户主{household.head_name}"] if household and household.head_name else []
    place = [row.township + row.village] if row.township or row.village else []
    month = [f"{row.month}名册"] if row.month else []
    inside = "，".join([*head, *place, *month])
    return programme_text(row.programme, row.residence) + (f"（{inside}）" if inside else "")


def sightings(rows: Iterable[RosterPerson]) -> tuple[int, ...]:
    return tuple(sorted({row.sighting for row in rows}))
