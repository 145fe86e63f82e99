"""Files that were taken in: which batches there are, what they cover, and taking one out again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from ..model import Named
from .session import Session


class BatchHead(NamedTuple):
    """What is known of a file before its rows are read."""

    source: str
    source_label: str
    kind: str
    programme: str
    file: str
    sha256: str
    template_hash: str
    period: str
    coverage: str


class BatchRow(NamedTuple):
    """A batch as it stands."""

    id: int
    source: str
    source_label: str
    kind: str
    programme: str
    file: str
    period: str
    coverage: str
    status: str
    rows_read: int
    rows_kept: int
    rows_set_aside: int


_ROW = (
    "id, source, source_label, kind, programme, file, period, coverage, status, rows_read, rows_kept, "
    "rows_set_aside"
)


class Keyed(NamedTuple):
    """A person of a row with what linkage made of them."""

    named: Named
    key: str
    anchor_rank: int
    anchor: str


def by_content(session: Session, sha256: str, source: str, period: str = "") -> int | None:
    """The kept batch that read this very content as this source; a workbook may hold several sources.

    One of this `period` goes before the others: two months' lists may be the same to the letter.
    """
    row = session.conn.execute(
        "SELECT id FROM batch WHERE sha256 = ? AND source = ? AND status = 'kept' ORDER BY period <> ?, id",
        (sha256, source, period),
    ).fetchone()
    return int(row[0]) if row else None


def of_content(session: Session, sha256: str, source: str) -> list[BatchRow]:
    """Every kept batch that read this very content as this source, each for a period of its own."""
    found = session.conn.execute(
        f"SELECT {_ROW} FROM batch WHERE sha256 = ? AND source = ? AND status = 'kept' "
        "AND supplements IS NULL ORDER BY id",
        (sha256, source),
    )
    return [BatchRow(*row) for row in found]


def get(session: Session, batch: int) -> BatchRow | None:
    row = session.conn.execute(f"SELECT {_ROW} FROM batch WHERE id = ?", (batch,)).fetchone()
    return BatchRow(*row) if row else None


def span(session: Session) -> tuple[int, int] | None:
    """The first and the last number there is; None before anything was taken in."""
    first, last = session.conn.execute("SELECT min(id), max(id) FROM batch").fetchone()
    return None if first is None else (int(first), int(last))


def by_event(session: Session, events: Iterable[int]) -> dict[int, int]:
    """Event → the batch that it tells of, for those that took something in."""
    wanted = json.dumps(sorted(set(events)))
    found = session.conn.execute(
        "SELECT imported_seq, id FROM batch WHERE imported_seq IN (SELECT value FROM json_each(?))", (wanted,)
    )
    return {int(seq): int(batch) for seq, batch in found}


class Line(NamedTuple):
    """A batch in the list of all; `supplements` and `replaces` name the batch that it came upon or after."""

    id: int
    source_label: str
    period: str
    file: str
    imported_at: str
    operator: str
    rows_kept: int
    status: str
    supplements: int | None
    replaces: int | None


def listing(session: Session, limit: int) -> list[Line]:
    """Every batch, the newest first, undone ones too."""
    found = session.conn.execute(
        "SELECT id, source_label, period, file, imported_at, operator, rows_kept, status, supplements, replaces "
        "FROM batch ORDER BY id DESC LIMIT ?",
        (limit,),
    )
    return [Line(*row) for row in found]


def scope(session: Session, batch: int) -> list[str]:
    rows = session.conn.execute(
        "SELECT township FROM batch_scope WHERE batch_id = ? ORDER BY township", (batch,)
    )
    return [str(row[0]) for row in rows]


def covered_before(session: Session, source: str, period: str) -> set[str]:
    """Townships of the newest full lists of a source before a period."""
    rows = session.conn.execute(
        "SELECT DISTINCT s.township FROM batch AS b JOIN batch_scope AS s ON s.batch_id = b.id "
        "WHERE b.status = 'kept' AND b.coverage = 'full' AND b.source = ?1 AND b.period = "
        "(SELECT max(period) FROM batch WHERE status = 'kept' AND coverage = 'full' AND source = ?1 "
        " AND period < ?2)",
        (source, period),
    )
    return {str(row[0]) for row in rows}


def overlapping(session: Session, source: str, period: str, townships: Iterable[str]) -> list[int]:
    """Kept full lists of the same source and period that cover one of these townships."""
    wanted = list(set(townships))
    marks = ",".join("?" * len(wanted))
    rows = session.conn.execute(
        "SELECT DISTINCT b.id FROM batch AS b JOIN batch_scope AS s ON s.batch_id = b.id "
        "WHERE b.status = 'kept' AND b.coverage = 'full' AND b.source = ? AND b.period = ? "
        f"AND s.township IN ({marks}) ORDER BY b.id",
        (source, period, *wanted),
    )
    return [int(row[0]) for row in rows]
