"""Who was paid one programme twice for one month, because two records were only later found to be one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ... import terms
from ...model import Alert, MonitoringView, PersonPaid
from ...money import yuan
from ...policy import Profile
from ..rule import Rule

_DEFAULT = "产品默认：同一人同一类救助，一个月只领一份"
_LISTED = 10


def find(view: MonitoringView, profile: Profile, as_of: date) -> Iterator[Alert]:
    """One alert per (person, programme, month) that more than one household's payment was for."""
    several: dict[tuple[str, str, str], dict[tuple[str, str], PersonPaid]] = {}
    for paid in view.paid_twice():
        of_month = several.setdefault((paid.person, paid.programme, paid.month), {})
        of_month.setdefault((paid.payment, paid.household), paid)
    grounds = _grounds(profile, as_of)
    for (_, programme, _), found in several.items():
        if len({household for _, household in found}) > 1:
            yield _alert([found[key] for key in sorted(found)], grounds.get(programme, _DEFAULT))


def _grounds(profile: Profile, as_of: date) -> dict[str, str]:
    """Programme → why nobody may have it in two households, where the profile says so."""
    value = profile.get("programme.exclusive", as_of)
    pairs = value.value if value else ()
    return {
        pair.one.programme: pair.ground
        for pair in pairs
        if pair.one == pair.other and not pair.one.residence and pair.ground
    }


def _alert(paid: Sequence[PersonPaid], citation: str) -> Alert:
    first = paid[0]
    label = terms.SHORT_PROGRAMMES.get(first.programme, first.programme)
    listed = "；".join(
        f"{one.payment[:10]}（发放批次r{one.run}，付给{one.payee}{yuan(one.fen)}元）"
        for one in paid[:_LISTED]
    )
    return Alert(
        rule=RULE.key,
        household="",
        person=first.person,
        period=first.month,
        threshold=first.programme,
        priority=RULE.priority,
        route=RULE.route,
        department=RULE.department,
        due="",
        reason=f"{first.name}{first.month}的{label}已发{len(paid)}笔：{listed}。这几笔名册上的记录后来认定是同一个人；"
        "请核实：确是一人的，冲销多发的一笔，按规定追回或抵扣；不是一人的，把两人分开",
        citation=citation,
        evidence=tuple(sorted({one.sighting for one in paid if one.sighting})),
        detail={
            "payments": [one.payment for one in paid],
            "runs": sorted({one.run for one in paid}),
            "households": sorted({one.household for one in paid}),
            "fen": sum(one.fen for one in paid),
        },
    )


RULE = Rule(
    key="paid_twice_same_person",
    label="一人发了两份",
    family="发放安全",
    question="哪些人后来才认出是同一个人，同一个月的同一种救助已经发了两份？",
    needs=("enrolled",),
    parameters=(),
    grounds=("programme.exclusive",),
    priority=1,
    route="adjust",
    department="civil_affairs",
    find=find,
)
