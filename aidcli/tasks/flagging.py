"""`flag`: runs the rules, opens what is new, proposes closing what has lost its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from ..errors import AidError
from ..model import Alert
from ..monitoring import LACKING, Skipped, Undetermined, alert_id, run_rules
from ..months import month_of
from ..store import Actor, Session, alerts, blobs, events, links, places
from .setup import profile_of
from .view import StoreView

# The fact whose cell is the one to look at.
_EVIDENCE = {
    "roster_after_death": "death",
    "severe_disability_not_in_dibao": "disability",
    "medical_self_paid_12m": "medical_self",
    "account_shared": "account",
    "platform_alert": "platform_alert",
}
_WAITING = ("open", "assigned", "visited")


class RuleCount(NamedTuple):
    """What one rule came to."""

    rule: str
    opened: int
    still_open: int
    close_proposed: int


class Flagged(NamedTuple):
    """What a run of the rules came to; `open` counts every alert that waits for a person."""

    rules: list[RuleCount]
    skipped: list[Skipped]
    undetermined: list[Undetermined]
    open: int


def flag(
    session: Session, actor: Actor, as_of: date, only: Collection[str] = (), wait: float = 0.0
) -> Flagged:
    """Runs the rules in one transaction. Running again on the same data changes nothing."""
    profile = profile_of(session)
    with session.transaction(actor, wait):
        refuse_unmatched(session)
        result = run_rules(StoreView(session, month_of(as_of)), profile, as_of, only)
        seq = events.record(
            session,
            actor,
            "flag",
            profile.region,
            f"运行{len(result.ran)}条规则，命中{len(result.alerts)}条",
            {"profile": blobs.keep(session, profile.content), "rules": list(result.ran)},
        )
        # A rule whose source is gone (undone) has no evidence left either.
        lacking = {s.rule for s in result.skipped if s.reason.startswith(LACKING)}
        counts = _settle(session, result.alerts, set(result.ran) | lacking, seq, as_of.isoformat())
        rules = [
            RuleCount(rule, counts[rule, "opened"], counts[rule, "still"], counts[rule, "proposed"])
            for rule in [*result.ran, *sorted(rule for rule in lacking if counts[rule, "proposed"])]
        ]
        still = len(alerts.listing(session, (*_WAITING, "close_proposed")))
    return Flagged(rules, result.skipped, result.undetermined, still)


def refuse_unmatched(session: Session) -> None:
    """Raises `AidError` while imported records wait for matching: rules and money read people, not rows."""
    waiting = len(links.dirty(session))
    if waiting:
        raise AidError(
            "not_matched", f"还有{waiting}条新记录没有匹配到人", hint="请先运行 aidcli match，再重试"
        )


def _settle(
    session: Session, found: list[Alert], ran: set[str], seq: int, day: str
) -> Counter[tuple[str, str]]:
    # Two alerts come to have one identity when their persons are found to be one.
    known: dict[tuple[str, ...], list[alerts.AlertRow]] = {}
    for old in alerts.listing(session):
        if old.rule in ran:
            known.setdefault((old.rule, old.about, old.subject, old.period, old.threshold), []).append(old)
    counts: Counter[tuple[str, str]] = Counter()
    stands = _places(session, found)
    seen = set()
    for alert in found:
        identity = (alert.rule, alert.household, alert.person, alert.period, alert.threshold)
        row = min(known.get(identity, ()), key=_acted_on, default=None)
        body = _body(alert, stands)
        if row is None:
            alerts.open_new(session, alert_id(alert), alert, seq, day, body)
            counts[alert.rule, "opened"] += 1
            continue
        seen.add(row.id)
        status = row.status
        if status == "close_proposed":
            alerts.set_status(session, row.id, "open", seq, day, {"reason": "依据重新出现"})
            status = "open"
        if status in _WAITING:
            alerts.see_again(session, row.id, alert, status, day, body)
            counts[alert.rule, "still"] += 1
    for other in (row for rows in known.values() for row in rows):
        if other.id not in seen and other.status in _WAITING:
            alerts.set_status(session, other.id, "close_proposed", seq, day, {"reason": "依据已不存在"})
            counts[other.rule, "proposed"] += 1
    return counts


def _acted_on(row: alerts.AlertRow) -> tuple[bool, str]:
    """Sorts what a person has dealt with first."""
    return row.status in ("open", "close_proposed"), row.id


def _places(session: Session, found: Iterable[Alert]) -> dict[tuple[str, int], places.Place]:
    """(kind of fact, sighting) → the cell to look at, for the evidence of all alerts at once."""
    wanted: dict[str, set[int]] = {}
    for alert in found:
        wanted.setdefault(_EVIDENCE.get(alert.rule, ""), set()).update(alert.evidence)
    return {
        (kind, number): place
        for kind, numbers in wanted.items()
        for number, place in places.of_sightings(session, sorted(numbers), kind).items()
    }


def _body(alert: Alert, stands: dict[tuple[str, int], places.Place]) -> dict[str, object]:
    kind = _EVIDENCE.get(alert.rule, "")
    evidence = [stands[kind, number] for number in alert.evidence if (kind, number) in stands]
    return {"evidence": places.in_order(evidence), "detail": alert.detail}
