"""Provenance to the cell: where a sighting stands, and what was written there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from . import rawrows
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
    "platform_alert": ("alert_text",),
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


def in_order(places: Iterable[Place]) -> list[dict[str, object]]:
    """Places as they are kept and shown: by file, sheet and row, whatever the order of imports."""
    return [place.as_dict() for place in sorted(places, key=lambda p: (p.file, p.sheet, p.row, p.column))]


def of_sightings(session: Session, sightings: Iterable[int], kind: str = "") -> dict[int, Place]:
    """Sighting → its place; with a fact kind the column is that fact's, else the number's or the name's."""
    wanted = list(dict.fromkeys(sightings))
    sheets: dict[tuple[int, int], dict[str, list[str]]] = {}
    stands = []
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        rows = session.conn.execute(
            "SELECT s.batch_id, s.sheet_no, s.row, s.id, b.file, h.name, h.columns, s.role FROM sighting AS s "
            "JOIN batch AS b ON b.id = s.batch_id "
            "JOIN batch_sheet AS h ON h.batch_id = s.batch_id AND h.sheet_no = s.sheet_no "
            f"WHERE s.id IN ({','.join('?' * len(part))})",
            part,
        ).fetchall()
        for batch, sheet_no, row, number, file, sheet, columns, role in rows:
            if (batch, sheet_no) not in sheets:
                sheets[batch, sheet_no] = json.loads(columns)
            stands.append((batch, sheet_no, row, number, file, sheet, role))
    found: dict[int, Place] = {}
    raw = _RawRows(session)
    for batch, sheet_no, row, number, file, sheet, role in sorted(stands):
        letter, heading = _column(sheets[batch, sheet_no], kind, role)
        cells = raw.cells(batch, sheet_no, row)
        index = _index(letter)
        value = cells[index] if letter and index < len(cells) else ""
        found[number] = Place(batch, file, sheet, row, letter, heading, value)
    return found


class _RawRows:
    """Original rows, asked for in file order: each stored piece is unpacked once."""

    def __init__(self, session: Session) -> None:
        self._conn = session.conn
        self._sheet = (0, 0)
        self._last = 0
        self._rows: dict[int, tuple[str, ...]] = {}

    def cells(self, batch: int, sheet_no: int, row: int) -> tuple[str, ...]:
        """The cells of a row, none when the batch was undone."""
        if (batch, sheet_no) != self._sheet or row > self._last:
            self._load(batch, sheet_no, row)
        return self._rows.get(row, ())

    def _load(self, batch: int, sheet_no: int, row: int) -> None:
        chunk = self._conn.execute(
            "SELECT last_row, data FROM raw_chunk "
            "WHERE batch_id = ? AND sheet_no = ? AND first_row <= ? AND last_row >= ?",
            (batch, sheet_no, row, row),
        ).fetchone()
        self._sheet, self._last, self._rows = (batch, sheet_no), row, {}
        if chunk is not None:
            self._last = int(chunk[0])
            self._rows = rawrows.unpack(chunk[1])


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
