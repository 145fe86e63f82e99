"""Who is still on a roster although a department has recorded their death."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from ... import terms
from ...model import Alert, MonitoringView, PersonFact, RosterHousehold, RosterPerson
from ...months import add_months_to_day
from ...policy import Profile, Value
from ..rosters import by_household, households_of, rows_of, sightings, standing_text
from ..rule import Rule


def find(view: MonitoringView, profile: Profile, as_of: date) -> Iterator[Alert]:
    """One alert per (household, person); due `death.check_months` after the earliest day of death told."""
    limit = profile.get("death.check_months", as_of)
    assert limit is not None
    deaths: dict[str, list[PersonFact]] = {}
    for fact in view.facts("death", last_day=as_of.isoformat()):
        deaths.setdefault(fact.person, []).append(fact)
    standing = rows_of(view, deaths)
    households = households_of(view, {row.household for rows in standing.values() for row in rows})
    for person, rows in standing.items():
        for household, here in by_household(rows).items():
            yield _alert(person, here, households.get(household), deaths[person], limit, profile, as_of)


def _alert(
    person: str,
    rows: Sequence[RosterPerson],
    household: RosterHousehold | None,
    deaths: Sequence[PersonFact],
    limit: Value,
    profile: Profile,
    as_of: date,
) -> Alert:
    told = sorted(
        {(fact.code, fact.source if not fact.code else "", _when(fact)) for fact in deaths}, key=_place
    )
    days = sorted({fact.day for fact in deaths if fact.day})
    due = add_months_to_day(date.fromisoformat(days[0]), limit.value).isoformat() if days else ""
    row = rows[0]
    return Alert(
        rule=RULE.key,
        household=row.household,
        person=person,
        period="",
        threshold="",
        priority=RULE.priority,
        route=RULE.route,
        department=RULE.department,
        due=due,
        reason=_reason(row, household, told, days, due, as_of),
        citation=_citation(rows, limit, profile, as_of),
        evidence=tuple(sorted({*sightings(rows), *(fact.sighting for fact in deaths)})),
        detail={
            "deaths": [[code or source, day] for code, source, day in told],
            "programmes": sorted({row.programme for row in rows}),
            "check_months": limit.value,
        },
    )


def _when(fact: PersonFact) -> str:
    """The day of death; else the month (the year) alone that is told, or the day of what came after it; '' for nothing."""
    if fact.day or not fact.text:
        return fact.day
    if len(fact.text) == len("2026-08-03"):
        return f"（不晚于{fact.text}）"
    return f"{fact.text}（未写明{'日' if '-' in fact.text else '月日'}）"


def _place(told: tuple[str, str, str]) -> tuple[int, str, str]:
    order = list(terms.DEATH_SOURCES)
    return (order.index(told[0]) if told[0] in order else len(order), told[1], told[2])


def _reason(
    row: RosterPerson,
    household: RosterHousehold | None,
    told: Sequence[tuple[str, str, str]],
    days: Sequence[str],
    due: str,
    as_of: date,
) -> str:
    """``殡葬火化登记死亡日期2026-08-03；公安死亡注销登记2026-08-05，两处不一致``, and what to do about it."""
    parts = []
    for number, ((code, source), group) in enumerate(groupby(told, key=lambda item: item[:2])):
        label = terms.DEATH_SOURCES.get(code, source or code)
        day = "、".join(item[2] or "（未载明日期）" for item in group)
        parts.append(f"{label}登记{'死亡日期' if number == 0 else ''}{day}")
    agreement = ""
    if len(told) > 1:
        places = f"{'两' if len(told) == 2 else len(told)}处"
        agreement = (
            f"，{places}{'一致' if days and {item[2] for item in told} == set(days[:1]) else '不一致'}"
        )
    deadline = f"请在{due}（含）以前核查并办结" if due else "来源没有写明死亡的日子，无法推算期限，请尽快核查"
    if due and due < as_of.isoformat():
        deadline += "，现已逾期"
    return (
        f"{row.name}仍在{standing_text(row, household)}：{'；'.join(parts)}{agreement}。"
        f"{deadline}。这是核查提示，不是停发决定：核实本人和死亡日期后再办理增发、减发或停发"
    )


def _citation(rows: Sequence[RosterPerson], limit: Value, profile: Profile, as_of: date) -> str:
    """The three months are written for 低保 families; for others they are taken over, and that is said."""
    programmes = {row.programme for row in rows}
    if "dibao" in programmes:
        return limit.citation
    ending = profile.get("tekun.end_on_death", as_of) if "tekun" in programmes else None
    borrowed = f"核查期限{limit.text}为产品默认，比照低保：{limit.citation}"
    return f"{ending.citation}；{borrowed}" if ending else borrowed


RULE = Rule(
    key="roster_after_death",
    label="死亡后仍在册",
    family="状态变化",
    question="哪些人已有死亡登记，却仍在救助名册上？",
    needs=("enrolled", "death"),
    parameters=("death.check_months",),
    grounds=("tekun.end_on_death",),
    priority=1,
    route="stop",
    department="civil_affairs",
    find=find,
)
