"""Rows of batches as they stand: the original cells, how their sheets are laid out, what they yielded.

A batch that supplements another (corrected rows that came back, a single corrected cell) belongs to it as
one list; the two together are its *family*.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..model import Fact, Identity, Named, Record
from . import rawrows, removal, superseding
from .session import Session
from .superseding import Place

_IDENTITY = (
    "m.name, m.id_kind, m.id_value, m.birth, m.sex, m.township, m.village, m.phone, m.former_name, m.row_key"
)

_FAMILY = "(SELECT id FROM batch WHERE status = 'kept' AND (id = ?1 OR supplements = ?1))"
# The row of the first file of a family that a sighting stands for.
_FIRST_ROW = "ifnull(x.row, s.row)"
_FIRST = (
    "LEFT JOIN superseded AS x ON x.by_batch = s.batch_id AND x.sheet_no = s.sheet_no "
    "AND x.new_batch = s.batch_id AND x.new_row = s.row"
)


class Stand(NamedTuple):
    """What one row of a batch yields, and where it stands."""

    batch: int
    sheet: str
    row: int
    record: Record


class Unnumbered(NamedTuple):
    """A sighting of somebody without number and row key: where it stands, and in which row of the first file."""

    place: Place
    first_row: int
    sighting: int
    named: Named
    key: str


class Patch(NamedTuple):
    """A batch that supplements another; `superseded` counts the rows that it put in the place of others."""

    id: int
    file: str
    imported_at: str
    operator: str
    rows_kept: int
    superseded: int


def periods(session: Session) -> list[tuple[str, str, tuple[str, ...]]]:
    """(source, label, periods in order) of everything that is in use."""
    rows = session.conn.execute(
        "SELECT source, max(source_label), json_group_array(DISTINCT period) FROM batch "
        "WHERE status = 'kept' GROUP BY source ORDER BY source"
    )
    return [(str(key), str(label), tuple(sorted(json.loads(told)))) for key, label, told in rows]


def content_of(session: Session, batch: int) -> tuple[str, str]:
    """The hash of the file that a batch was read from, and of the template that read it."""
    row = session.conn.execute("SELECT sha256, template_hash FROM batch WHERE id = ?", (batch,)).fetchone()
    return str(row[0]), str(row[1])


def with_content(session: Session, sha256: str) -> list[int]:
    """The batches in use that were read from a file of this content, one for each list in it."""
    rows = session.conn.execute(
        "SELECT id FROM batch WHERE sha256 = ? AND status = 'kept' AND supplements IS NULL ORDER BY id",
        (sha256,),
    )
    return [int(row[0]) for row in rows]


def root_of(session: Session, batch: int) -> int:
    """The batch that this one supplements, else itself."""
    row = session.conn.execute("SELECT ifnull(supplements, id) FROM batch WHERE id = ?", (batch,)).fetchone()
    return int(row[0]) if row else batch


def patches_of(session: Session, batch: int) -> list[Patch]:
    """The kept batches that supplement one, the oldest first."""
    rows = session.conn.execute(
        "SELECT b.id, b.file, b.imported_at, b.operator, b.rows_kept, "
        "(SELECT count(*) FROM superseded WHERE by_batch = b.id AND data <> '[]') "
        "FROM batch AS b WHERE b.supplements = ? AND b.status = 'kept' ORDER BY b.id",
        (batch,),
    )
    return [Patch(*row) for row in rows]


def save_layouts(session: Session, batch: int, layouts: Mapping[int, object]) -> None:
    """How the sheets of a batch are laid out, by number, for reading single rows again."""
    session.conn.executemany(
        "INSERT INTO sheet_layout VALUES (?, ?, ?)",
        [
            (batch, number, zlib.compress(json.dumps(layout, ensure_ascii=False).encode("utf-8")))
            for number, layout in layouts.items()
        ],
    )


def layouts(session: Session, batch: int) -> dict[int, tuple[str, dict[str, object]]]:
    """Sheet number → its name and layout."""
    rows = session.conn.execute(
        "SELECT l.sheet_no, s.name, l.data FROM sheet_layout AS l "
        "JOIN batch_sheet AS s ON s.batch_id = l.batch_id AND s.sheet_no = l.sheet_no "
        "WHERE l.batch_id = ? ORDER BY l.sheet_no",
        (batch,),
    )
    return {int(n): (str(name), json.loads(zlib.decompress(data))) for n, name, data in rows}


def raw(
    session: Session, batch: int, sheet_no: int, wanted: Iterable[int] | None = None
) -> dict[int, tuple[str, ...]]:
    """Row → its original cells; all rows of the sheet, or those `wanted`."""
    only = None if wanted is None else set(wanted)
    found: dict[int, tuple[str, ...]] = {}
    if only is not None and not only:
        return found
    first, last = (min(only), max(only)) if only else (0, 2**31)
    chunks = session.conn.execute(
        "SELECT first_row, last_row, data FROM raw_chunk WHERE batch_id = ? AND sheet_no = ? "
        "AND last_row >= ? AND first_row <= ? ORDER BY first_row",
        (batch, sheet_no, first, last),
    )
    for low, high, data in chunks:
        if only is not None and not any(low <= row <= high for row in only):
            continue
        piece = rawrows.unpack(data)
        found.update(piece if only is None else {row: piece[row] for row in only & piece.keys()})
    return found


def records(session: Session, batch: int) -> Iterator[Stand]:
    """What the rows of a batch and of those that supplement it yield, in the order of the first one's file."""
    facts: dict[int, list[Fact]] = {}
    told = session.conn.execute(
        "SELECT f.sighting_id, f.kind, f.n, f.month, f.day, f.fen, f.num, f.code, f.text "
        "FROM sighting AS s CROSS JOIN fact_kind AS k "
        f"CROSS JOIN fact AS f ON f.kind = k.kind AND f.sighting_id = s.id WHERE s.batch_id IN {_FAMILY} "
        "ORDER BY f.sighting_id, f.kind, f.n",
        (batch,),
    )
    for sighting, *fact in told:
        facts.setdefault(int(sighting), []).append(Fact(0, *fact))
    rows = session.conn.execute(
        f"SELECT s.batch_id, h.name, s.sheet_no, s.row, {_FIRST_ROW}, s.id, s.role, s.ordinal, "
        f"{_IDENTITY} FROM sighting AS s JOIN mention AS m ON m.id = s.mention_id "
        "JOIN batch_sheet AS h ON h.batch_id = s.batch_id AND h.sheet_no = s.sheet_no "
        f"{_FIRST} WHERE s.batch_id IN {_FAMILY} ORDER BY s.sheet_no, 5, s.batch_id, s.row, s.id",
        (batch,),
    )
    place: tuple[int, int, int] | None = None
    sheet, persons, own = "", list[Named](), list[Fact]()
    for standing, name, sheet_no, row, _, sighting, role, ordinal, *identity in rows:
        if place != (standing, sheet_no, row):
            if place is not None:
                yield Stand(place[0], sheet, place[2], Record(tuple(persons), tuple(own)))
            place, sheet, persons, own = (standing, sheet_no, row), name, [], []
        own += [fact._replace(person=len(persons)) for fact in facts.pop(int(sighting), ())]
        persons.append(Named(role, ordinal, Identity(*identity)))
    if place is not None:
        yield Stand(place[0], sheet, place[2], Record(tuple(persons), tuple(own)))


def without_number(session: Session, batch: int) -> Iterator[Unnumbered]:
    """Whom the rows of a family name without number and row key, in the order of the first one's file."""
    found = session.conn.execute(
        f"SELECT s.batch_id, s.sheet_no, s.row, {_FIRST_ROW} AS first, s.id, s.role, s.ordinal, m.key, {_IDENTITY} "
        f"FROM sighting AS s JOIN mention AS m ON m.id = s.mention_id {_FIRST} "
        f"WHERE s.batch_id IN {_FAMILY} AND m.id_kind = 'missing' AND m.row_key = '' "
        "ORDER BY s.sheet_no, first, s.id",
        (batch,),
    )
    for standing, sheet_no, row, first, sighting, role, ordinal, key, *who in found:
        named = Named(role, ordinal, Identity(*who))
        yield Unnumbered(Place(standing, sheet_no, row), first, sighting, named, key)


def rename(session: Session, one: Unnumbered, key: str, anchor: str, rank: int) -> None:
    """Gives a sighting a mention of the same words under another key; the one it had waits for `removal.sweep`."""
    (content,) = (
        each for each in superseding.yields(session, one.place) if each.get("sighting") == one.sighting
    )
    content["mention"] = [key, *content["mention"][1:-2], anchor, rank]
    removal.lift(session, [(one.sighting,)])
    superseding.put(session, one.place, [content])


def townships(session: Session, batch: int) -> set[str]:
    """Townships that the rows of a family name."""
    rows = session.conn.execute(
        "SELECT DISTINCT m.township FROM sighting AS s JOIN mention AS m ON m.id = s.mention_id "
        "JOIN batch AS b ON b.id = s.batch_id WHERE b.status = 'kept' AND (b.id = ?1 OR b.supplements = ?1)",
        (batch,),
    )
    return {str(row[0]) for row in rows}


def set_scope(session: Session, batch: int, scope: Iterable[str]) -> None:
    session.conn.execute("DELETE FROM batch_scope WHERE batch_id = ?", (batch,))
    session.conn.executemany(
        "INSERT INTO batch_scope VALUES (?, ?)", [(batch, township) for township in sorted(set(scope))]
    )


def mark_replaces(session: Session, batch: int, old: int) -> None:
    session.conn.execute("UPDATE batch SET replaces = ? WHERE id = ?", (old, batch))


def replaced_by(session: Session, batch: int) -> int | None:
    """The batch that was imported in the place of one."""
    row = session.conn.execute("SELECT max(id) FROM batch WHERE replaces = ?", (batch,)).fetchone()
    return int(row[0]) if row[0] is not None else None


def family_of(session: Session, batch: int) -> tuple[int | None, int | None]:
    """(the batch that this one supplements, the batch in whose place it came)."""
    row = session.conn.execute("SELECT supplements, replaces FROM batch WHERE id = ?", (batch,)).fetchone()
    return (row[0], row[1]) if row else (None, None)


def undone(session: Session, batches: Iterable[int]) -> list[tuple[int, str]]:
    """(batch, file) of those among some batches that are no longer in use."""
    wanted = json.dumps(sorted(set(batches)))
    rows = session.conn.execute(
        "SELECT id, file FROM batch WHERE status = 'undone' AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (wanted,),
    )
    return [(int(number), str(file)) for number, file in rows]


def gone_from(session: Session, mention: str) -> list[tuple[int, str, str]]:
    """(batch, source, file) of the undone imports that a record stood in and with which it went."""
    if session.conn.execute("SELECT 1 FROM mention WHERE key = ?", (mention,)).fetchone():
        return []
    rows = session.conn.execute(
        "SELECT b.id, b.source_label, b.file FROM gone_mention AS g JOIN batch AS b ON b.id = g.batch_id "
        "WHERE g.key = ? ORDER BY b.id DESC",
        (mention,),
    )
    return [(int(number), str(label), str(file)) for number, label, file in rows]
