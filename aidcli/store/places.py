"""Provenance to the cell: where a sighting stands, and what was written there."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import NamedTuple

from .session import Session

# Which column a reader would look at first for a fact of each kind.
_COLUMNS = {
    "death": ("death_day", "cremation_day", "registered_day"),
    "medical_self": ("medical_self",),
    "disability": ("disability_grade", "disability_card"),
    "account": ("account",),
    "enrolled": ("total",),
    "unemployed": ("unemployed_day",),
    "pay_result": ("pay_reason", "pay_code"),
}


class Place(NamedTuple):
    """One cell: batch, file, sheet, row as Excel counts, column letter, heading and what stands there."""

    batch: int
    file: str
    sheet: str
    row: int
    column: str
    heading: str
    value: str

    def as_dict(self) -> dict[str, object]:
        return dict(self._asdict())


def of_sightings(session: Session, sightings: Iterable[int], kind: str = "") -> dict[int, Place]:
    """Sighting → its place; with a fact kind the column is that fact's, else the number's or the name's."""
    wanted = list(dict.fromkeys(sightings))
    found: dict[int, Place] = {}
    sheets: dict[tuple[int, int], dict[str, list[str]]] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        rows = session.conn.execute(
            "SELECT s.id, s.batch_id, b.file, h.name, s.row, s.sheet_no, h.columns, s.role FROM sighting AS s "
            "JOIN batch AS b ON b.id = s.batch_id "
            "JOIN batch_sheet AS h ON h.batch_id = s.batch_id AND h.sheet_no = s.sheet_no "
            f"WHERE s.id IN ({','.join('?' * len(part))})",
            part,
        ).fetchall()
        for number, batch, file, sheet, row, sheet_no, columns, role in rows:
            if (batch, sheet_no) not in sheets:
                sheets[batch, sheet_no] = json.loads(columns)
            letter, heading = _column(sheets[batch, sheet_no], kind, role)
            cells = row_cells(session, batch, sheet_no, row)
            index = _index(letter)
            value = cells[index] if letter and index < len(cells) else ""
            found[number] = Place(batch, file, sheet, row, letter, heading, value)
    return found


def row_cells(session: Session, batch: int, sheet_no: int, row: int) -> list[str]:
    """The original cells of a row, empty when the batch was undone."""
    chunk = session.conn.execute(
        "SELECT data FROM raw_chunk WHERE batch_id = ? AND sheet_no = ? AND first_row <= ? AND last_row >= ?",
        (batch, sheet_no, row, row),
    ).fetchone()
    if chunk is None:
        return []
    for number, cells in json.loads(zlib.decompress(chunk[0])):
        if number == row:
            return [str(cell) for cell in cells]
    return []


def fact_kinds_of(session: Session, sighting: int) -> list[str]:
    rows = session.conn.execute(
        "SELECT DISTINCT kind FROM fact WHERE sighting_id = ? ORDER BY kind", (sighting,)
    )
    return [str(row[0]) for row in rows]


def _column(columns: dict[str, list[str]], kind: str, role: str) -> tuple[str, str]:
    several = ("member_ids", "member_names") if role == "member" else ()
    for field in (*several, *_COLUMNS.get(kind, ()), "id", "name", *columns):
        if field in columns:
            return columns[field][0], columns[field][1]
    return "", ""


def _index(letter: str) -> int:
    number = 0
    for sign in letter:
        number = number * 26 + ord(sign) - 64
    return number - 1
