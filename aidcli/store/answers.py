"""Answers in force about records, and where in a list these stand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from .session import Session

Spot = tuple[str, int, str, str, str, str]  # sheet, row, name, kind of number, number, birth


class Answered(NamedTuple):
    """An answer in force, with what it rests on, who gave it, when and why."""

    left: str
    right: str
    verdict: str
    code: str
    operator: str
    at: str
    why: str


def about(session: Session, keys: Iterable[str]) -> list[Answered]:
    """The answers in force about some records, oldest first; what was withdrawn is none."""
    rows = session.conn.execute(
        "SELECT left_key, right_key, verdict, code, operator, at, why, max(seq) AS last FROM judgement "
        "WHERE left_key IN (SELECT value FROM json_each(?1)) OR right_key IN (SELECT value FROM json_each(?1)) "
        "GROUP BY left_key, right_key ORDER BY last",
        (json.dumps(list(keys)),),
    )
    return [Answered(*row[:-1]) for row in rows.fetchall() if row[2] != "withdrawn"]


def is_given(session: Session, left: str, right: str) -> bool:
    """Whether anything was ever said of this very pair."""
    found = session.conn.execute(
        "SELECT 1 FROM judgement WHERE left_key = ? AND right_key = ? LIMIT 1", (left, right)
    ).fetchone()
    return found is not None


def records_at(session: Session, batch: int, only: str = "") -> dict[str, Spot]:
    """The records of a batch and of what lies on it: where each stands first, and who it is."""
    rows = session.conn.execute(
        "SELECT m.key, h.name, s.row, m.name, m.id_kind, m.id_value, m.birth FROM sighting AS s "
        "JOIN mention AS m ON m.id = s.mention_id "
        "JOIN batch_sheet AS h ON h.batch_id = s.batch_id AND h.sheet_no = s.sheet_no "
        "WHERE (s.batch_id = ?1 OR s.batch_id IN (SELECT id FROM batch WHERE supplements = ?1)) "
        f"{only} ORDER BY s.id DESC",
        (batch,),
    )
    return {str(key): (sheet, row, *who) for key, sheet, row, *who in rows}


def judged_in(session: Session, batch: int) -> dict[str, Spot]:
    """Those of `records_at` about which somebody answered."""
    among = "(SELECT left_key FROM judgement UNION SELECT right_key FROM judgement)"
    return records_at(session, batch, f"AND m.key IN {among}")
