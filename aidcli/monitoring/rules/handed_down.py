"""Which alerts a higher platform handed down and nobody has answered yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...canon import sha256_text
from ...model import Alert, MonitoringView, PersonFact
from ...policy import Profile
from ..rule import Rule


def find(view: MonitoringView, profile: Profile, as_of: date) -> Iterator[Alert]:
    """One alert per number handed down; answered ones, in this list or a later one, are left out."""
    numbers = {fact.sighting: fact.text for fact in view.facts("platform_alert_number")}
    sent = {fact.sighting: fact.day for fact in view.facts("platform_alert_sent")}
    answered = {fact.sighting for fact in view.facts("platform_answer") if fact.text}
    closed = {numbers[sighting] for sighting in answered if sighting in numbers}
    homes: dict[str, str] = {}
    for row in view.roster():
        homes.setdefault(row.person, row.household)
    handed: dict[tuple[str, str], list[PersonFact]] = {}
    for fact in view.facts("platform_alert"):
        number = numbers.get(fact.sighting, "")
        if fact.sighting not in answered and number not in closed:
            handed.setdefault((fact.person, number or sha256_text(fact.text)[:16]), []).append(fact)
    for (person, threshold), facts in handed.items():
        fact = facts[-1]
        number = numbers.get(fact.sighting, "")
        yield Alert(
            rule=RULE.key,
            household=homes.get(person, ""),
            person=person,
            period="",
            threshold=threshold,
            priority=RULE.priority,
            route=RULE.route,
            department=RULE.department,
            due=fact.day,
            reason=_reason(fact, number, sent.get(fact.sighting, ""), person in homes),
            citation=f"上级平台预警下发清单{f'，编号{number}' if number else ''}",
            evidence=tuple(sorted({one.sighting for one in facts})),
            detail={"number": number, "kind": fact.code, "sent": sent.get(fact.sighting, "")},
        )


def _reason(fact: PersonFact, number: str, sent: str, on_roster: bool) -> str:
    told = f"上级平台{f'{sent}' if sent else ''}下发预警{f'（{number}）' if number else ''}"
    place = "" if on_roster else "；本地名册里没有此人"
    by = f"，要求{fact.day}前反馈" if fact.day else ""
    return f"{told}：{fact.text}{place}。请核查后在清单的反馈栏填写{by}"


RULE = Rule(
    key="platform_alert",
    label="上级平台预警",
    family="上级下发",
    question="上级平台下发的预警，哪些还没有反馈？",
    needs=("platform_alert",),
    parameters=(),
    priority=2,
    route="watch",
    department="civil_affairs",
    find=find,
)
