"""The workbook of rows that were set aside: the department's own columns, in front of them why and which row.

It goes back to who wrote the list, so numbers are whole. Its hidden sheet says which files the rows come
from, so that the corrected workbook can be taken in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from . import archive, text
from .workbook import META

MARK = "aidcli_set_aside"
FORMAT = "1"
REASON, ROW = "搁置原因", "原表行号"
LEAD = 2  # columns in front of the department's own
LONGEST = 32_000  # Excel holds 32,767 letters in a cell
_HOW = "请在右边各列改正标了颜色的格子，保存后把本文件交回民政局导入。\n不要改动“原表行号”和列名；改不了的行可以留着或删去。"
_WRONG = PatternFill("solid", fgColor="FFFFC7CE")
_REASON = PatternFill("solid", fgColor="FFFFF2CC")
_HEAD = PatternFill("solid", fgColor="FFE0E0E0")
_WIDEST = 36


class AsideRow(NamedTuple):
    """One row: its number in the original, its cells, and why (column from 0, or None for the whole row)."""

    row: int
    cells: tuple[str, ...]
    reasons: tuple[tuple[int | None, str], ...]


class AsideSheet(NamedTuple):
    """The rows of one original sheet; `meta` is what tells it when it comes back."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[AsideRow, ...]
    meta: Mapping[str, str]


def as_written(cell: str) -> str:
    """What the workbook can hold of a cell; the same for what comes back, so that the two can be compared."""
    return text.clean(cell)[:LONGEST].strip()


def write_asides(sheets: Sequence[AsideSheet], out: Path, as_of: date) -> tuple[str, ...]:
    """Writes the workbook, whole or not at all; returns the names of its sheets. Raises `AidError`."""
    archive.check_target(out)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    taken: set[str] = set()
    titles = []
    for sheet in sheets:
        titles.append(text.sheet_title(sheet.name, taken))
        _draw(workbook.create_sheet(titles[-1]), sheet)
    _add_meta(workbook.create_sheet(META), sheets, titles)
    archive.put(archive.pinned_bytes(workbook, as_of), out)
    return tuple(titles)


def _draw(ws: Worksheet, sheet: AsideSheet) -> None:
    width = max([len(sheet.headings), *(len(row.cells) for row in sheet.rows)])
    headings = [*sheet.headings, *[""] * (width - len(sheet.headings))]
    for column, heading in enumerate((REASON, ROW, *headings), start=1):
        _text(ws, 1, column, heading, _HEAD, bold=True)
    ws.cell(1, 1).comment = _note(_HOW)
    for number, row in enumerate(sheet.rows, start=2):
        said = dict.fromkeys(message for _, message in row.reasons)
        _text(ws, number, 1, "；".join(said), _REASON, wrap=True)
        _text(ws, number, 2, str(row.row))
        wrong: dict[int, list[str]] = {}
        for place, message in row.reasons:
            if place is not None:
                wrong.setdefault(place, []).append(message)
        for place in range(width):
            cell = row.cells[place] if place < len(row.cells) else ""
            _text(ws, number, LEAD + place + 1, cell, _WRONG if place in wrong else None)
            if place in wrong:
                ws.cell(number, LEAD + place + 1).comment = _note("；".join(dict.fromkeys(wrong[place])))
    _finish(ws, sheet, headings)


def _finish(ws: Worksheet, sheet: AsideSheet, headings: Sequence[str]) -> None:
    ws.freeze_panes = "C2"
    ws.column_dimensions["A"].width = 48
    ws.column_dimensions["B"].width = 10
    for place, heading in enumerate(headings):
        longest = max([text.width(heading), *(text.width(_at(row.cells, place)) for row in sheet.rows[:200])])
        ws.column_dimensions[get_column_letter(LEAD + place + 1)].width = min(max(longest + 2, 8), _WIDEST)


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _text(
    ws: Worksheet,
    row: int,
    column: int,
    value: str,
    fill: PatternFill | None = None,
    *,
    bold: bool = False,
    wrap: bool = False,
) -> None:
    cell = ws.cell(row, column)
    cell.number_format = "@"  # typed into an empty cell, an ID number stays what it is
    cell.alignment = Alignment(vertical="center", wrap_text=wrap)
    if bold:
        cell.font = Font(bold=True)
    if fill is not None:
        cell.fill = fill
    shown = as_written(value)
    if shown:
        cell.value = shown
        cell.data_type = "s"  # whatever it begins with, it is no formula


def _note(words: str) -> Comment:
    return Comment(words[:1000], "aidcli", height=120, width=320)


def _add_meta(ws: Worksheet, sheets: Sequence[AsideSheet], titles: Sequence[str]) -> None:
    ws.sheet_state = "veryHidden"
    lines = [("file", "", "format", MARK), ("file", "", "version", FORMAT)]
    for sheet, title in zip(sheets, titles, strict=True):
        lines += [("sheet", title, key, value) for key, value in sheet.meta.items()]
        lines += [("column", title, str(place), heading) for place, heading in enumerate(sheet.headings)]
    for row, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            if value:
                cell = ws.cell(row, column, text.clean(value))
                cell.data_type = "s"
                cell.number_format = "@"
