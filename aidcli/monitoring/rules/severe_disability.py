"""Members of marginal households whose disability lets them apply for 低保 on their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ... import terms
from ...model import Alert, MonitoringView, PersonFact, RosterHousehold, RosterPerson
from ...months import months_of
from ...policy import DisabilityGroup, Profile, Value
from ..rosters import by_household, death_notes, households_of, sightings, standing_text
from ..rule import Finding, Rule, Undetermined

_CANCELLED = ("注销", "过期", "作废", "失效")
_GRADES = {1: "一级", 2: "二级", 3: "三级", 4: "四级"}


def find(view: MonitoringView, profile: Profile, as_of: date) -> Iterator[Finding]:
    """One alert per (marginal household, person); what a card leaves open is undetermined, not cleared."""
    limit = profile.get("margin.single_dibao_disability", as_of)
    assert limit is not None
    members: dict[str, list[RosterPerson]] = {}
    covered: set[str] = set()
    programmes: set[str] = set()
    for row in view.roster():
        programmes.add(row.programme)
        if row.programme == "dibao_margin":
            members.setdefault(row.person, []).append(row)
        elif row.programme in ("dibao", "tekun"):
            covered.add(row.person)
    latest: dict[str, PersonFact] = {}
    for fact in view.facts("disability"):
        if fact.person not in members or fact.person in covered:
            continue
        known = latest.get(fact.person)
        if known is None or _age(fact) >= _age(known):
            latest[fact.person] = fact
    unsure = _unsure([terms.SHORT_PROGRAMMES[key] for key in ("dibao", "tekun") if key not in programmes])
    households = households_of(view, {row.household for person in latest for row in members[person]})
    deaths = death_notes(view, latest, as_of)
    for person, fact in latest.items():
        if any(word in fact.text for word in _CANCELLED):
            continue
        met = qualifies(limit.value, fact.code, fact.num)
        if met is None:
            yield Undetermined(RULE.key, person, _open_question(fact))
        elif met:
            yield from _alerts(members[person], households, fact, limit, unsure + deaths.get(person, ""))


def _age(fact: PersonFact) -> tuple[str, int]:
    """For ordering: a quarterly list counts as of its last month."""
    return (months_of(fact.month)[-1] if fact.month else "", fact.sighting)


def qualifies(groups: Sequence[DisabilityGroup], category: str, grade: int | None) -> bool | None:
    """Whether a category and grade are in one of the groups; None where the card does not say enough.

    多重 names no component: where the grade counts for some categories only, it stays open (民发〔2021〕57号
    第8条 names 三级智力 and 三级精神).
    """
    if grade is None:
        return None
    at_grade = [group for group in groups if grade in group.grades]
    if not at_grade:
        return False
    everything = frozenset(terms.DISABILITY_CATEGORIES)
    if any(category in group.categories or group.categories == everything for group in at_grade):
        return True
    return None if category in ("", "multiple") else False


def _open_question(fact: PersonFact) -> str:
    if fact.num is None:
        return f"{fact.name}的残疾证没有载明等级，无法判断，请查看残疾证"
    label = terms.DISABILITY_CATEGORIES.get(fact.code, "类别不明")
    return f"{fact.name}为{label}{_GRADES.get(fact.num, '')}残疾，所含类别未载明，无法判断，请查看残疾证"


def _unsure(absent: Sequence[str]) -> str:
    return f"注意：没有导入{'、'.join(absent)}名册，请先核对是否已在保。" if absent else ""


def _alerts(
    rows: Sequence[RosterPerson],
    households: dict[str, RosterHousehold],
    fact: PersonFact,
    limit: Value,
    warning: str,
) -> Iterator[Alert]:
    label = terms.DISABILITY_CATEGORIES.get(fact.code, "类别不明")
    what = f"{label}{_GRADES.get(fact.num or 0, '')}残疾" + (f"，残疾证{fact.text}" if fact.text else "")
    for household, here in by_household(rows).items():
        place = standing_text(here[0], households.get(household))
        yield Alert(
            rule=RULE.key,
            household=household,
            person=fact.person,
            period="",
            threshold=f"{fact.code}:{fact.num}",
            priority=RULE.priority,
            route=RULE.route,
            department=RULE.department,
            due="",
            reason=f"{here[0].name}列入{place}，{what}，不在低保、特困名册上。{warning}"
            "可以单独提出低保申请，请告知政策，愿意申请的帮助办理",
            citation=limit.citation,
            evidence=tuple(sorted({*sightings(here), fact.sighting})),
            detail={"category": fact.code, "grade": fact.num, "card": fact.text, "reported": fact.month},
        )


RULE = Rule(
    key="severe_disability_not_in_dibao",
    label="边缘家庭重残未保",
    family="主动发现",
    question="低保边缘家庭里，哪些残疾人可以单独申请低保却还没有在保？",
    needs=("enrolled", "disability"),
    rosters=("dibao_margin",),
    parameters=("margin.single_dibao_disability",),
    priority=2,
    route="apply",
    department="civil_affairs",
    find=find,
)
