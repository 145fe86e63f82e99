"""Indexes that are cheaper to build once than to keep up row by row, for files that outgrow the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from .session import Session

_FROM = 20_000  # sightings of one file from which it may pay
_INDEXES = ("mention_anchor", "mention_number", "sighting_place", "sighting_mention")
_KEYS = "mention_key"


class Deferred:
    """Drops indexes once a file has brought more than was there before, and builds them anew at the end.

    All inside the transaction of the import: a rollback brings them back. `keep_keys`: mentions have to be
    looked up by their key while the file is read.
    """

    def __init__(self, session: Session, first_sighting: int, *, keep_keys: bool) -> None:
        self._conn = session.conn
        self._first = first_sighting
        self._indexes = _INDEXES if keep_keys else (_KEYS, *_INDEXES)
        self._waiting: list[str] = []
        self._dropped = False

    def consider(self, next_sighting: int) -> None:
        """Decides by how many sightings there are before the one to come."""
        brought = next_sighting - self._first
        if self._dropped or brought < _FROM or brought < self._first:
            return
        self._dropped = True
        for name in self._indexes:
            self._waiting.append(_dropped(self._conn, name))

    def restore(self) -> None:
        for sql in self._waiting:
            self._conn.execute(sql)
        self._waiting.clear()


@contextmanager
def rested(session: Session, table: str, index: str, coming: int) -> Iterator[None]:
    """Leaves an index out while `coming` rows go into its table, where these are more than are there."""
    conn = session.conn
    there = conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] if coming >= _FROM else coming
    sql = _dropped(conn, index) if coming > there else ""
    yield
    if sql:
        conn.execute(sql)


def _dropped(conn: sqlite3.Connection, name: str) -> str:
    """Drops an index; the statement that builds it anew."""
    found = conn.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    conn.execute(f"DROP INDEX {name}")
    return str(found[0])
