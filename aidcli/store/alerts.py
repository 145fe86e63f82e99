"""Alerts and what became of them: the identity is fixed, the story is appended, the state can be derived."""

from __future__ import annotations

import json
from typing import NamedTuple

from ..model import Alert
from .session import Session


class AlertRow(NamedTuple):
    """An alert with its state.

    `about` is the household of its identity; `household` the one to show, which may be where the person
    stands now. `subject` is who the person is now, after redirects.
    """

    id: str
    rule: str
    about: str
    household: str
    person: str
    subject: str
    period: str
    threshold: str
    status: str
    first_seen: str
    last_seen: str
    priority: int
    route: str
    department: str
    due: str
    reason: str
    citation: str
    result: str
    body: dict[str, object]


def listing(session: Session, statuses: tuple[str, ...] = (), rules: tuple[str, ...] = ()) -> list[AlertRow]:
    """Alerts by priority, due day and id; all of them without filters."""
    rows = session.conn.execute(
        "SELECT a.id, a.rule, a.household_id, s.shown_household, a.person_id, "
        "coalesce((SELECT coalesce(redirect_to, id) FROM person WHERE id = a.person_id), a.person_id), "
        "a.period, a.threshold, s.status, s.first_seen, s.last_seen, s.priority, s.route, s.department, s.due, "
        "s.reason, s.citation, s.result, s.body FROM alert AS a JOIN alert_state AS s ON s.alert_id = a.id "
        "ORDER BY s.priority, s.due = '', s.due, a.rule, a.id"
    )
    return [
        AlertRow._make((*row[:18], json.loads(row[18])))
        for row in rows
        if (not statuses or row[8] in statuses) and (not rules or row[1] in rules)
    ]


def open_new(
    session: Session, number: str, alert: Alert, seq: int, as_of: str, body: dict[str, object]
) -> None:
    session.conn.execute(
        "INSERT INTO alert VALUES (?, ?, ?, ?, ?, ?)",
        (number, alert.rule, alert.household, alert.person, alert.period, alert.threshold),
    )
    session.conn.execute(
        "INSERT INTO alert_state VALUES (?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '', ?)",
        (
            number,
            _shown(alert),
            as_of,
            as_of,
            alert.priority,
            alert.route,
            alert.department,
            alert.due,
            alert.reason,
            alert.citation,
            json.dumps(body, ensure_ascii=False, sort_keys=True),
        ),
    )
    _story(session, number, "opened", seq, as_of, {"reason": alert.reason, **body})


def see_again(
    session: Session, number: str, alert: Alert, status: str, as_of: str, body: dict[str, object]
) -> None:
    """Refreshes the detail of an alert; the story gets no line, for a sum that grew is no news."""
    session.conn.execute(
        "UPDATE alert_state SET status = ?, shown_household = ?, last_seen = ?, route = ?, department = ?, "
        "priority = ?, due = ?, reason = ?, citation = ?, body = ? WHERE alert_id = ?",
        (
            status,
            _shown(alert),
            as_of,
            alert.route,
            alert.department,
            alert.priority,
            alert.due,
            alert.reason,
            alert.citation,
            json.dumps(body, ensure_ascii=False, sort_keys=True),
            number,
        ),
    )


def set_status(
    session: Session, number: str, status: str, seq: int, as_of: str, detail: dict[str, object]
) -> None:
    session.conn.execute("UPDATE alert_state SET status = ? WHERE alert_id = ?", (status, number))
    _story(session, number, status, seq, as_of, detail)


def close(
    session: Session, number: str, result: str, by: str, day: str, seq: int, detail: dict[str, object]
) -> bool:
    """Closes an alert with its result; False when it was closed before."""
    changed = session.conn.execute(
        "UPDATE alert_state SET status = 'closed', result = ?, decided_by = ?, decided_at = ? "
        "WHERE alert_id = ? AND status <> 'closed'",
        (result, by, day, number),
    ).rowcount
    if changed:
        _story(session, number, "closed", seq, day, detail)
    return bool(changed)


def story(session: Session, number: str) -> list[tuple[int, str, str, dict[str, object]]]:
    """(event, kind, day, detail) of an alert, oldest first."""
    rows = session.conn.execute(
        "SELECT seq, kind, as_of, json FROM alert_event WHERE alert_id = ? ORDER BY seq", (number,)
    )
    return [(int(seq), str(kind), str(day), json.loads(text)) for seq, kind, day, text in rows]


def _shown(alert: Alert) -> str:
    """The household of the identity, else the first that the detail names."""
    named = alert.detail.get("households")
    return alert.household or (str(named[0]) if isinstance(named, list) and named else "")


def _story(session: Session, number: str, kind: str, seq: int, as_of: str, detail: dict[str, object]) -> None:
    session.conn.execute(
        "INSERT INTO alert_event VALUES (?, ?, ?, ?, ?)",
        (seq, number, kind, as_of, json.dumps(detail, ensure_ascii=False, sort_keys=True)),
    )
