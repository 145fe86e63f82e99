"""How far the persons of a file are known already: what tells a wrong file from a right one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from .session import Session

_WHOLE = "('valid', 'legacy15')"
_SAMPLE = 2000


class Hits(NamedTuple):
    """Persons with a whole number and a name in a batch, and how many of them other batches name too."""

    persons: int
    known: int


def hits(session: Session, batch: int, *, on_rosters: bool = False, every: int = 1) -> Hits:
    """Who of a batch is named elsewhere: by any batch, or by rosters alone. Looks at each `every`-th row."""
    rosters = "AND b.kind = 'roster'" if on_rosters else ""
    row = session.conn.execute(
        "WITH mine AS (SELECT DISTINCT m.anchor FROM sighting AS s JOIN mention AS m ON m.id = s.mention_id "
        f"WHERE s.batch_id = ?1 AND m.id_kind IN {_WHOLE} AND m.name <> '' AND s.row % ?2 = 0) "
        "SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM mention AS o JOIN sighting AS x "
        "ON x.mention_id = o.id JOIN batch AS b ON b.id = x.batch_id "
        f"WHERE o.anchor = mine.anchor AND x.batch_id <> ?1 {rosters})), 0) FROM mine",
        (batch, every),
    ).fetchone()
    return Hits(int(row[0]), int(row[1]))


class Named(NamedTuple):
    """A row with a whole number: the name that it gives, and those that other batches give this number."""

    sheet: int
    row: int
    name: str
    others: frozenset[str]


def named(session: Session, batch: int) -> list[Named]:
    """The first couple of thousand rows of a batch whose numbers other batches know, in their order."""
    rows = session.conn.execute(
        "SELECT s.sheet_no, s.row, m.name, (SELECT json_group_array(o.name) FROM mention AS o "
        "WHERE o.id_value = m.id_value AND o.id_value <> '' AND o.id <> m.id AND o.name <> '' "
        "AND EXISTS (SELECT 1 FROM sighting AS x "
        "WHERE x.mention_id = o.id AND x.batch_id <> ?1)), "
        "EXISTS (SELECT 1 FROM sighting AS x WHERE x.mention_id = m.id AND x.batch_id <> ?1) "
        "FROM (SELECT sheet_no, row, mention_id FROM sighting WHERE batch_id = ?1 AND ordinal = 0 "
        "ORDER BY sheet_no, row LIMIT ?2) AS s JOIN mention AS m ON m.id = s.mention_id "
        f"WHERE m.id_kind IN {_WHOLE} AND m.name <> '' ORDER BY s.sheet_no, s.row",
        (batch, _SAMPLE),
    )
    found = []
    for sheet, row, name, others, again in rows:
        known = frozenset(json.loads(others)) | ({name} if again else frozenset())
        if known:
            found.append(Named(int(sheet), int(row), str(name), known))
    return found


def sampled_hits(session: Session, batch: int, *, on_rosters: bool = False) -> Hits:
    """The same over a couple of thousand persons where the batch is large."""
    row = session.conn.execute("SELECT count(*) FROM sighting WHERE batch_id = ?", (batch,)).fetchone()
    return hits(session, batch, on_rosters=on_rosters, every=max(int(row[0]) // _SAMPLE, 1))


def has_register(session: Session, batch: int) -> bool:
    """Whether any roster but this batch is here."""
    row = session.conn.execute(
        "SELECT 1 FROM batch WHERE kind = 'roster' AND status = 'kept' AND id <> ? LIMIT 1", (batch,)
    ).fetchone()
    return row is not None


def before(session: Session, source: str, batch: int) -> list[int]:
    """The kept batches of a source but this one, the newest period first."""
    rows = session.conn.execute(
        "SELECT id FROM batch WHERE source = ? AND status = 'kept' AND supplements IS NULL AND id <> ? "
        "ORDER BY period DESC, id DESC",
        (source, batch),
    )
    return [int(row[0]) for row in rows]


def last_full(session: Session, source: str, period: str, scope: Iterable[str]) -> tuple[str, int] | None:
    """Period and rows of the newest full list of a source before a period, where `scope` covers all of it."""
    row = session.conn.execute(
        "SELECT max(period) FROM batch WHERE status = 'kept' AND coverage = 'full' AND source = ? AND period < ?",
        (source, period),
    ).fetchone()
    if row[0] is None:
        return None
    covered = session.conn.execute(
        "SELECT DISTINCT s.township FROM batch AS b JOIN batch_scope AS s ON s.batch_id = b.id "
        "WHERE b.status = 'kept' AND b.coverage = 'full' AND b.source = ? AND b.period = ?",
        (source, row[0]),
    )
    if not {str(township) for (township,) in covered} <= set(scope):
        return None
    counted = session.conn.execute(
        "SELECT sum(rows_kept) FROM batch WHERE status = 'kept' AND coverage = 'full' AND source = ? "
        "AND period = ? AND supplements IS NULL",
        (source, row[0]),
    ).fetchone()
    return str(row[0]), int(counted[0] or 0)
