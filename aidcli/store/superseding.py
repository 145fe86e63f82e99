"""Rows put in the place of others: what the earlier row had yielded is kept, so that undo brings it back.

A row is known by its *place*: sheet and row number in the batch that first brought it. What it yields may
stand there or, once somebody corrected it, in a batch that supplements that one. Where two corrections lie
on one place, the later goes first.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..errors import Problem
from . import rawrows, removal
from .session import Actor, Session

_MENTION = (
    "key, source, name, id_kind, id_value, birth, sex, township, village, phone, former_name, row_key, "
    "anchor, anchor_rank"
)


class Place(NamedTuple):
    """Where what a row yields stands: batch, sheet, row."""

    batch: int
    sheet_no: int
    row: int


class Doubt(NamedTuple):
    """A cell or row that was set aside and that no later batch has resolved, at its first place."""

    sheet_no: int
    row: int
    column: str
    code: str
    message: str
    severity: str
    standing: Place


class PatchHead(NamedTuple):
    """What is known of a batch that supplements another."""

    file: str
    sha256: str
    template_hash: str
    lead: int  # columns in front of the department's own


class PatchRow(NamedTuple):
    """A row of such a batch: where it stands in its file, its cells there, what is noted of it."""

    sheet_no: int
    row: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...]


def open_patch(
    session: Session,
    base: int,
    head: PatchHead,
    sheets: Mapping[int, tuple[str, int, str]],
    patched: Iterable[PatchRow],
    actor: Actor,
    seq: int,
) -> int:
    """Writes a batch that supplements `base`, with its cells and notes; what the rows yield is put apart.

    `sheets`: number → name, header row, columns as JSON. It has the source, period and coverage of `base`.
    """
    conn = session.conn
    listed = sorted(patched)
    cursor = conn.execute(
        "INSERT INTO batch (source, source_label, kind, programme, file, sha256, template_hash, period, "
        "coverage, imported_at, operator, imported_seq, rows_read, rows_kept, rows_set_aside, status, "
        "supplements) SELECT source, source_label, kind, programme, ?, ?, ?, period, coverage, ?, ?, ?, "
        "?, ?, 0, 'kept', id FROM batch WHERE id = ?",
        (*head[:3], actor.at, actor.operator, seq, len(listed), len(listed), base),
    )
    number = int(cursor.lastrowid or 0)
    layout = zlib.compress(json.dumps({"lead": head.lead}).encode("utf-8"))
    for sheet_no, (name, header_row, columns) in sheets.items():
        conn.execute(
            "INSERT INTO batch_sheet VALUES (?, ?, ?, ?, ?)", (number, sheet_no, name, header_row, columns)
        )
        conn.execute("INSERT INTO sheet_layout VALUES (?, ?, ?)", (number, sheet_no, layout))
        own = [(one.row, one.cells) for one in listed if one.sheet_no == sheet_no]
        conn.execute(
            "INSERT INTO raw_chunk VALUES (?, ?, ?, ?, ?)",
            (number, sheet_no, own[0][0], own[-1][0], rawrows.pack(own)),
        )
    conn.executemany(
        "INSERT OR IGNORE INTO aside VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",
        [
            (number, one.sheet_no, p.row, p.column, p.code, p.value, p.message, p.severity)
            for one in listed
            for p in one.problems
        ],
    )
    return number


def standing(session: Session, batch: int, places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Place]:
    """(sheet, row) of a batch → where what it yields stands now."""
    found = {place: Place(batch, *place) for place in places}
    rows = session.conn.execute(
        "SELECT sheet_no, row, new_batch, new_row FROM superseded WHERE batch_id = ? ORDER BY by_batch",
        (batch,),
    )
    for sheet_no, row, new_batch, new_row in rows:
        if (sheet_no, row) in found:
            found[sheet_no, row] = Place(new_batch, sheet_no, new_row)
    return found


def first_place(session: Session, place: Place) -> tuple[int, int]:
    """(sheet, row) in the batch that first brought what stands at a place."""
    row = session.conn.execute(
        "SELECT sheet_no, row FROM superseded WHERE by_batch = ? AND new_batch = by_batch "
        "AND sheet_no = ? AND new_row = ?",
        place,
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else (place.sheet_no, place.row)


def yields(session: Session, place: Place) -> list[dict[str, Any]]:
    """The sightings at a place with mention and facts, and the entry where the row is no person, as kept."""
    content: list[dict[str, Any]] = [
        {"entry": list(entry)}
        for entry in session.conn.execute(
            "SELECT kind, label, json FROM entry WHERE batch_id = ? AND sheet_no = ? AND row = ?", place
        )
    ]
    rows = session.conn.execute(
        f"SELECT s.id, s.ordinal, s.role, {_MENTION} FROM sighting AS s "
        "JOIN mention AS m ON m.id = s.mention_id "
        "WHERE s.batch_id = ? AND s.sheet_no = ? AND s.row = ? ORDER BY s.id",
        place,
    ).fetchall()
    for sighting, ordinal, role, *mention in rows:
        facts = session.conn.execute(
            "SELECT kind, n, month, day, fen, num, code, text FROM fact "
            f"WHERE {removal.OF_ANY_KIND} AND sighting_id = ? ORDER BY kind, n",
            (sighting,),
        )
        content.append(
            {
                "sighting": sighting,
                "ordinal": ordinal,
                "role": role,
                "mention": mention,
                "facts": [list(fact) for fact in facts.fetchall()],
            }
        )
    return content


def supersede(
    session: Session, batch: int, by: int, moves: Mapping[tuple[int, int], tuple[Place, Place]]
) -> None:
    """Takes away what stands at the old places of (sheet, row) → (old, new), and remembers it for `by`.

    The cells and rows that were set aside there count as resolved by `by`.
    """
    conn = session.conn
    for (sheet_no, row), (old, new) in moves.items():
        content = yields(session, old)
        conn.execute(
            "INSERT INTO superseded VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                batch,
                sheet_no,
                row,
                by,
                old.batch,
                old.row,
                new.batch,
                new.row,
                json.dumps(content, ensure_ascii=False),
            ),
        )
        _lift(session, old, content)
        conn.executemany(
            "UPDATE aside SET resolved_by = ? "
            "WHERE batch_id = ? AND sheet_no = ? AND row = ? AND resolved_by IS NULL",
            {(by, batch, sheet_no, row), (by, *old)},
        )


def _lift(session: Session, place: Place, content: Iterable[Mapping[str, Any]]) -> None:
    """Takes away what stands at a place."""
    removal.lift(session, [(one["sighting"],) for one in content if "sighting" in one])
    session.conn.execute("DELETE FROM entry WHERE batch_id = ? AND sheet_no = ? AND row = ?", place)


def put(session: Session, place: Place, content: Iterable[Mapping[str, Any]]) -> None:
    """Lets what `yields` gives stand at a place. Mentions not there are made anew."""
    conn = session.conn
    for one in content:
        if "entry" in one:
            conn.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", (*place, *one["entry"]))
            continue
        sighting = _free(session, "sighting", one.get("sighting"))
        number = _mention(session, list(one["mention"]))
        conn.execute(
            "INSERT INTO sighting VALUES (?, ?, ?, ?, ?, ?, ?)",
            (sighting, *place, one["ordinal"], one["role"], number),
        )
        conn.executemany(
            "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(kind, sighting, *slots) for kind, *slots in one["facts"]],
        )
        conn.executemany("INSERT OR IGNORE INTO fact_kind VALUES (?)", {(kind,) for kind, *_ in one["facts"]})


def bring_back(session: Session, by: int) -> None:
    """Undoes what a batch put in the place of others; its own rows go with `removal.remove`."""
    conn = session.conn
    rows = conn.execute(
        "SELECT batch_id, sheet_no, row, old_batch, old_row, new_batch, new_row, data FROM superseded "
        "WHERE by_batch = ? ORDER BY batch_id, sheet_no, row",
        (by,),
    ).fetchall()
    for batch, sheet_no, row, old_batch, old_row, new_batch, new_row, data in rows:
        new = Place(new_batch, sheet_no, new_row)
        _lift(session, new, yields(session, new))
        put(session, Place(old_batch, sheet_no, old_row), json.loads(data))
        conn.execute(
            "DELETE FROM superseded WHERE batch_id = ? AND sheet_no = ? AND row = ? AND by_batch = ?",
            (batch, sheet_no, row, by),
        )
    conn.execute("UPDATE aside SET resolved_by = NULL WHERE resolved_by = ?", (by,))


def later_on(session: Session, by: int) -> list[int]:
    """Batches that put rows in the place of those that `by` had put there."""
    rows = session.conn.execute(
        "SELECT DISTINCT later.by_batch FROM superseded AS mine JOIN superseded AS later "
        "ON later.batch_id = mine.batch_id AND later.sheet_no = mine.sheet_no AND later.row = mine.row "
        "AND later.by_batch > mine.by_batch WHERE mine.by_batch = ? ORDER BY 1",
        (by,),
    )
    return [int(row[0]) for row in rows]


def history(session: Session, batch: int) -> list[tuple[int, Place, Place]]:
    """(the later batch, old place, new place) of every row of a batch, or by it, that was put right."""
    rows = session.conn.execute(
        "SELECT by_batch, sheet_no, old_batch, old_row, new_batch, new_row FROM superseded "
        "WHERE ?1 IN (batch_id, by_batch) AND new_batch = by_batch ORDER BY by_batch, sheet_no, row",
        (batch,),
    )
    return [
        (int(by), Place(old, sheet_no, old_row), Place(new, sheet_no, new_row))
        for by, sheet_no, old, old_row, new, new_row in rows
    ]


def reason_of(session: Session, by: int) -> str:
    """Why a correction was made, as its event tells; '' for what came back as a whole workbook."""
    row = session.conn.execute(
        "SELECT e.json FROM batch AS b JOIN event_body AS e ON e.seq = b.imported_seq WHERE b.id = ?", (by,)
    ).fetchone()
    told = json.loads(row[0]) if row else None
    return str(told.get("reason", "")) if isinstance(told, dict) else ""


def paid_at(session: Session, place: Place) -> list[str]:
    """Approved payments, not reversed, that stand on the persons named at a place."""
    rows = session.conn.execute(
        "SELECT DISTINCT c.payment_id FROM sighting AS s JOIN claim AS c ON c.mention_id = s.mention_id "
        "JOIN payment AS p ON p.id = c.payment_id "
        "JOIN run_batch AS r ON r.run_id = p.run_id AND r.batch_id = s.batch_id "
        "WHERE s.batch_id = ? AND s.sheet_no = ? AND s.row = ? ORDER BY 1",
        place,
    )
    return [str(row[0]) for row in rows]


def doubts(session: Session, batch: int) -> list[Doubt]:
    """What is set aside in a batch and its supplements and not resolved, in file order; notes are left out."""
    rows = session.conn.execute(
        "SELECT a.sheet_no, a.row, a.column, a.code, a.message, a.severity, a.batch_id, a.row FROM aside AS a "
        "WHERE a.batch_id = ?1 AND a.resolved_by IS NULL AND a.severity IN ('row', 'cell') "
        "UNION ALL "
        "SELECT x.sheet_no, x.row, a.column, a.code, a.message, a.severity, a.batch_id, a.row "
        "FROM superseded AS x JOIN aside AS a ON a.batch_id = x.new_batch AND a.sheet_no = x.sheet_no "
        "AND a.row = x.new_row WHERE x.batch_id = ?1 AND x.new_batch = x.by_batch "
        "AND a.resolved_by IS NULL AND a.severity IN ('row', 'cell') ORDER BY 1, 2, 3, 4",
        (batch,),
    )
    return [
        Doubt(int(n), int(row), column, code, message, severity, Place(standing, int(n), int(place)))
        for n, row, column, code, message, severity, standing, place in rows
    ]


def cut_cells(session: Session, batch: int) -> set[tuple[int, int, str]]:
    """(sheet, row, column) of the cells that a batch read as numbers which had lost digits."""
    rows = session.conn.execute(
        "SELECT sheet_no, row, column FROM aside WHERE batch_id = ? AND "
        "code IN ('id_cut', 'account_cut', 'case_cut', 'bad_month')",
        (batch,),
    )
    return {(int(n), int(row), str(column)) for n, row, column in rows}


def _free(session: Session, table: str, wanted: int | None) -> int:
    """The number a row had, where it is free, else a new one."""
    if wanted is not None:
        taken = session.conn.execute(f"SELECT 1 FROM {table} WHERE id = ?", (wanted,)).fetchone()
        if taken is None:
            return wanted
    return int(session.conn.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def _mention(session: Session, mention: list[Any]) -> int:
    row = session.conn.execute("SELECT id FROM mention WHERE key = ?", (mention[0],)).fetchone()
    if row is not None:
        return int(row[0])
    number = _free(session, "mention", None)
    marks = ", ".join("?" * (len(mention) + 1))
    session.conn.execute(f"INSERT INTO mention (id, {_MENTION}) VALUES ({marks})", (number, *mention))
    session.conn.execute("INSERT OR IGNORE INTO dirty VALUES (?, 1)", (number,))
    return number
