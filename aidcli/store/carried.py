"""Links that were found elsewhere beside those that this database finds, and what is noted where they differ."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .session import Session


class Standing(NamedTuple):
    """To whom a mention belongs here, and how: ``own``, ``auto`` or ``confirmed``."""

    person: str
    status: str
    score: int
    code: str


def standing(session: Session, keys: Iterable[str]) -> dict[str, Standing]:
    """Mention key → where it stands; mentions that are not here are missing."""
    conn = session.conn
    conn.execute("CREATE TEMP TABLE IF NOT EXISTS asked (key TEXT PRIMARY KEY)")
    conn.execute("DELETE FROM asked")
    conn.executemany("INSERT OR IGNORE INTO asked VALUES (?)", [(key,) for key in keys])
    rows = conn.execute(
        "SELECT m.key, l.person_id, l.status, l.score, l.code FROM asked CROSS JOIN mention AS m "
        "ON m.key = asked.key JOIN link AS l ON l.mention_id = m.id"
    )
    return {str(key): Standing(*rest) for key, *rest in rows}


def note(session: Session, batch: int, notes: Iterable[tuple[int, str, str, str]]) -> None:
    """Notes on rows of the first sheet of a batch: (row, value, code, message)."""
    session.conn.executemany(
        f"INSERT OR IGNORE INTO aside VALUES ({int(batch)}, 0, ?, '', ?, ?, ?, 'note', NULL)",
        [(row, code, value, message) for row, value, code, message in notes],
    )
