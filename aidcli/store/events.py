"""The event log: hash-chained, append-only; bodies stand apart so that they can be forgotten."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import NamedTuple

from ..canon import canonical_json, sha256_text
from .session import Actor, Session

FIRST = "0" * 64


class Event(NamedTuple):
    """One line of the log; `summary` holds counts and references, never personal data.

    `reason`: what somebody wrote down for it, from the body; '' where there is none or it was forgotten.
    """

    seq: int
    at: str
    operator: str
    kind: str
    ref: str
    summary: str
    reason: str


def record(session: Session, actor: Actor, kind: str, ref: str, summary: str, body: object = None) -> int:
    """Appends an event and returns its sequence number. `body` is any canonical JSON value."""
    last = session.conn.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = (int(last[0]) + 1, str(last[1])) if last else (1, FIRST)
    salt = secrets.token_hex(16)
    text = canonical_json(body)
    body_hash = sha256_text(salt + text)
    line = (seq, actor.at, actor.operator, actor.os_user, actor.host, kind, ref, summary, body_hash, previous)
    session.conn.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*line, _chain(line)))
    session.conn.execute("INSERT INTO event_body VALUES (?, ?, ?)", (seq, salt, text))
    return seq


def last(session: Session) -> int:
    """The number of the newest event."""
    return int(session.conn.execute("SELECT coalesce(max(seq), 0) FROM event").fetchone()[0])


def listing(session: Session, limit: int | None = None) -> list[Event]:
    """The newest events first, all of them without a limit."""
    rows = session.conn.execute(
        "SELECT e.seq, e.at, e.operator, e.kind, e.ref, e.summary, "
        "coalesce(json_extract(b.json, '$.why'), json_extract(b.json, '$.reason'), '') "
        "FROM event AS e LEFT JOIN event_body AS b USING (seq) ORDER BY e.seq DESC LIMIT ?",
        (-1 if limit is None else limit,),
    )
    return [Event(*row) for row in rows]


def verify(session: Session) -> Iterator[str]:
    """What is wrong with the chain, in Chinese, one sentence a fault; nothing when it is whole."""
    previous = FIRST
    expected = 1
    rows = session.conn.execute(
        "SELECT e.seq, e.at, e.operator, e.os_user, e.host, e.kind, e.ref, e.summary, e.body_hash, "
        "e.previous_hash, e.hash, b.salt, b.json FROM event AS e LEFT JOIN event_body AS b USING (seq) "
        "ORDER BY e.seq"
    )
    for row in rows:
        if row[0] != expected:
            yield f"第{expected}条至第{row[0] - 1}条记录缺失"
        if row[9] != previous:
            yield f"第{row[0]}条与前一条不衔接"
        if _chain(row[:10]) != row[10]:
            yield f"第{row[0]}条记录被改动"
        if row[11] is not None and sha256_text(row[11] + row[12]) != row[8]:
            yield f"第{row[0]}条的内容被改动"
        previous, expected = row[10], row[0] + 1


def _chain(line: tuple[object, ...]) -> str:
    return sha256_text("\x1f".join(str(part) for part in line))
