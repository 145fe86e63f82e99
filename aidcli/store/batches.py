"""Files that were taken in: batches, their sheets, original rows, sightings, facts and set-aside cells."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..errors import Problem
from ..model import Named, Record, RowRead, SheetPlan
from .session import Session

CHUNK = 1000


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


class Keyed(NamedTuple):
    """A person of a row with what linkage made of them."""

    named: Named
    key: str
    anchor_rank: int
    anchor: str
    blocks: tuple[str, ...]


class BatchWriter:
    """Writes one file's rows in pieces; counts as it goes. Lives inside one transaction."""

    def __init__(self, session: Session, head: BatchHead, at: str, operator: str, seq: int) -> None:
        self._conn = session.conn
        cursor = self._conn.execute(
            "INSERT INTO batch (source, source_label, kind, programme, file, sha256, template_hash, period, "
            "coverage, imported_at, operator, imported_seq, rows_read, rows_kept, rows_set_aside, status) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 'kept')",
            (*head, at, operator, seq),
        )
        self.id = int(cursor.lastrowid or 0)
        self._source = head.source
        self._next_mention = _next_id(session, "mention")
        self._next_sighting = _next_id(session, "sighting")
        self._known: dict[str, int] = {}
        self._raw: list[tuple[int, tuple[str, ...]]] = []
        self._sightings: list[tuple[object, ...]] = []
        self._facts: list[tuple[object, ...]] = []
        self.townships: set[str] = set()
        self.rows_read = self.rows_kept = self.rows_set_aside = 0

    def sheet(self, number: int, plan: SheetPlan) -> None:
        self._conn.execute(
            "INSERT INTO batch_sheet VALUES (?, ?, ?, ?, ?)",
            (self.id, number, plan.name, plan.header_row, json.dumps(plan.columns, ensure_ascii=False)),
        )

    def row(self, sheet_no: int, read: RowRead, persons: Sequence[Keyed]) -> None:
        """One row with its original cells; `persons` belongs to ``read.record`` in the same order."""
        self._raw.append((read.row, read.cells))
        if read.outcome != "skipped":
            self.rows_read += 1
        if read.outcome == "set_aside":
            self.rows_set_aside += 1
        self._problems(sheet_no, read.problems)
        if read.record is not None:
            self.rows_kept += 1
            self._record(sheet_no, read.row, read.record, persons)
        if len(self._raw) >= CHUNK:
            self.flush(sheet_no)

    def flush(self, sheet_no: int) -> None:
        """Writes what is pending of a sheet; call at the end of each sheet."""
        if self._raw:
            packed = zlib.compress(json.dumps(self._raw, ensure_ascii=False).encode("utf-8"), 3)
            self._conn.execute(
                "INSERT INTO raw_chunk VALUES (?, ?, ?, ?, ?)",
                (self.id, sheet_no, self._raw[0][0], self._raw[-1][0], packed),
            )
        self._conn.executemany("INSERT INTO sighting VALUES (?, ?, ?, ?, ?, ?, ?)", self._sightings)
        self._conn.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self._facts)
        self._raw, self._sightings, self._facts = [], [], []

    def finish(self, scope: Iterable[str]) -> None:
        self._conn.executemany(
            "INSERT INTO batch_scope VALUES (?, ?)", [(self.id, township) for township in sorted(set(scope))]
        )
        self._conn.execute(
            "UPDATE batch SET rows_read = ?, rows_kept = ?, rows_set_aside = ? WHERE id = ?",
            (self.rows_read, self.rows_kept, self.rows_set_aside, self.id),
        )

    def _problems(self, sheet_no: int, problems: Iterable[Problem]) -> None:
        self._conn.executemany(
            "INSERT OR IGNORE INTO aside VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            [(self.id, sheet_no, p.row, p.column, p.code, p.value, p.message, p.severity) for p in problems],
        )

    def _record(self, sheet_no: int, row: int, record: Record, persons: Sequence[Keyed]) -> None:
        ids = []
        for person in persons:
            sighting = self._next_sighting
            self._next_sighting += 1
            ids.append(sighting)
            mention = self._mention(person)
            named = person.named
            self._sightings.append((sighting, self.id, sheet_no, row, named.ordinal, named.role, mention))
            self.townships.add(named.identity.township)
        counts: dict[tuple[int, str], int] = {}
        for fact in record.facts:
            n = counts.get((fact.person, fact.kind), 0)
            counts[fact.person, fact.kind] = n + 1
            self._facts.append(
                (
                    ids[fact.person],
                    fact.kind,
                    n,
                    fact.month,
                    fact.day,
                    fact.fen,
                    fact.num,
                    fact.code,
                    fact.text,
                )
            )

    def _mention(self, person: Keyed) -> int:
        known = self._known.get(person.key)
        if known is not None:
            return known
        row = self._conn.execute("SELECT id FROM mention WHERE key = ?", (person.key,)).fetchone()
        if row is None:
            number = self._next_mention
            self._next_mention += 1
            i = person.named.identity
            self._conn.execute(
                "INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    person.key,
                    self._source,
                    i.name,
                    i.id_kind,
                    i.id_value,
                    i.birth,
                    i.sex,
                    i.township,
                    i.village,
                    i.phone,
                    i.former_name,
                    i.row_key,
                    person.anchor,
                    person.anchor_rank,
                ),
            )
            self._conn.executemany(
                "INSERT INTO block VALUES (?, ?)", [(block, number) for block in person.blocks]
            )
            self._conn.execute("INSERT INTO dirty VALUES (?)", (number,))
        else:
            number = int(row[0])
        self._known[person.key] = number
        return number


def by_content(session: Session, sha256: str, source: str) -> int | None:
    """The kept batch that read this very content as this source; a workbook may hold several sources."""
    row = session.conn.execute(
        "SELECT id FROM batch WHERE sha256 = ? AND source = ? AND status = 'kept'", (sha256, source)
    ).fetchone()
    return int(row[0]) if row else None


def get(session: Session, batch: int) -> BatchRow | None:
    row = session.conn.execute(
        "SELECT id, source, source_label, kind, programme, file, period, coverage, status, rows_read, "
        "rows_kept, rows_set_aside FROM batch WHERE id = ?",
        (batch,),
    ).fetchone()
    return BatchRow(*row) if row else None


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


def remove(session: Session, batch: int) -> tuple[int, set[str]]:
    """Takes a batch's rows out; returns how many sightings went and which persons lost a mention.

    Mentions that nobody sights any more go too; those they may have held together become dirty.
    """
    conn = session.conn
    conn.execute("CREATE TEMP TABLE IF NOT EXISTS going (id INTEGER PRIMARY KEY)")
    conn.execute("DELETE FROM going")
    for table in ("roster_household", "roster_member"):
        conn.execute(f"DELETE FROM {table} WHERE batch_id = ?", (batch,))
    conn.execute(
        "INSERT INTO going SELECT DISTINCT mention_id FROM sighting AS s WHERE batch_id = ?1 AND NOT EXISTS "
        "(SELECT 1 FROM sighting WHERE mention_id = s.mention_id AND batch_id <> ?1)",
        (batch,),
    )
    conn.execute(
        "DELETE FROM fact WHERE sighting_id IN (SELECT id FROM sighting WHERE batch_id = ?)", (batch,)
    )
    rows = conn.execute("DELETE FROM sighting WHERE batch_id = ?", (batch,)).rowcount
    for table in ("raw_chunk", "aside", "batch_sheet", "batch_scope"):
        conn.execute(f"DELETE FROM {table} WHERE batch_id = ?", (batch,))
    conn.execute(
        "INSERT OR IGNORE INTO dirty SELECT other.mention_id FROM going "
        "JOIN block ON block.mention_id = going.id JOIN block AS other ON other.key = block.key "
        "WHERE other.mention_id NOT IN (SELECT id FROM going)"
    )
    conn.execute(
        "INSERT OR IGNORE INTO dirty SELECT m.id FROM going JOIN mention AS g ON g.id = going.id "
        "JOIN judgement AS j ON g.key IN (j.left_key, j.right_key) "
        "JOIN mention AS m ON m.key IN (j.left_key, j.right_key) "
        "WHERE m.id NOT IN (SELECT id FROM going)"
    )
    persons = {
        str(row[0])
        for row in conn.execute("SELECT person_id FROM link WHERE mention_id IN (SELECT id FROM going)")
    }
    conn.execute(
        "DELETE FROM pair WHERE left_key IN (SELECT key FROM mention WHERE id IN (SELECT id FROM going)) "
        "OR right_key IN (SELECT key FROM mention WHERE id IN (SELECT id FROM going))"
    )
    for table in ("link", "block", "dirty"):
        conn.execute(f"DELETE FROM {table} WHERE mention_id IN (SELECT id FROM going)")
    conn.execute("DELETE FROM mention WHERE id IN (SELECT id FROM going)")
    conn.execute("UPDATE batch SET status = 'undone' WHERE id = ?", (batch,))
    return rows, persons


def _next_id(session: Session, table: str) -> int:
    row = session.conn.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()
    return int(row[0])
