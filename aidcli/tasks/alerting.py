"""`alerts`: listing and closing."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ..errors import AidError, WrongUsage
from ..monitoring import find_rule
from ..store import Actor, Session, alerts, events, people
from ..terms import ALERT_STATUSES, ROUTES

UNFINISHED = ("open", "assigned", "visited", "close_proposed")
RESULTS = (*ROUTES.values(), "缓发", "核查无变化", "不属实")


class Listed(NamedTuple):
    """An alert with the name and place of whom it is about (the head, where it is about a household)."""

    row: alerts.AlertRow
    name: str
    place: str


def listing(session: Session, statuses: tuple[str, ...], rules: tuple[str, ...]) -> list[Listed]:
    """Alerts by priority and due day; unfinished ones unless statuses (or ``all``) are named."""
    with session.snapshot():
        found = alerts.listing(session, _statuses(statuses), tuple(find_rule(word).key for word in rules))
        who = people.infos(session, {row.person for row in found if row.person})
        homes = people.households(session, {row.household for row in found if row.household})
    result = []
    for row in found:
        person, home = who.get(row.person), homes.get(row.household)
        name = person.name if person else (home.head_name if home else "")
        stands = home or person
        result.append(Listed(row, name, stands.township + stands.village if stands else ""))
    return result


def close(
    session: Session, actor: Actor, ref: str, result: str, reason: str, as_of: date, wait: float = 0.0
) -> str:
    """Closes an alert with a result word from `RESULTS`; returns its whole id."""
    if result not in RESULTS:
        raise WrongUsage("bad_result", f"“{result}”不是处置结果，可用：{'、'.join(RESULTS)}")
    with session.transaction(actor, wait):
        kind, number = people.expand(session, ref)
        if kind != "a":
            raise WrongUsage("not_an_alert", f"“{ref}”不是疑点编号，应以 a- 开头")
        detail: dict[str, object] = {"result": result, "reason": reason}
        seq = events.record(session, actor, "close_alert", number, f"关闭疑点：{result}", detail)
        if not alerts.close(session, number, result, actor.operator, as_of.isoformat(), seq, detail):
            raise AidError("already_closed", f"疑点 {number[:10]} 已经关闭")
    return number


def _statuses(words: tuple[str, ...]) -> tuple[str, ...]:
    if not words:
        return UNFINISHED
    if "all" in words:
        return ()
    labels = {label: key for key, label in ALERT_STATUSES.items()}
    for word in words:
        if word not in ALERT_STATUSES and word not in labels:
            raise WrongUsage("bad_status", f"没有状态“{word}”，可用：{'、'.join(labels)}、all")
    return tuple(labels.get(word, word) for word in words)
