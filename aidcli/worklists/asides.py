"""The workbook of rows that were set aside: the department's own columns, in front of them why and which row.

It goes back to who wrote the list, so numbers are whole. Its hidden sheet says which files the rows come
from, so that the corrected workbook can be taken in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from .. import canon
from ..terms import SET_ASIDE
from . import archive, text
from .printing import A4
from .styles import BODY, LINE_POINTS, MOST_POINTS
from .workbook import META

MARK = "aidcli_set_aside"
FORMAT = "1"
REASON, ROW = SET_ASIDE
LEAD = 2  # columns in front of the department's own
LONGEST = 32_000  # Excel holds 32,767 letters in a cell
_HOW = "请在右边各列改正标了颜色的格子，保存后把本文件交回民政局导入。\n不要改动“原表行号”和列名；改不了的行可以留着或删去。"
_WRONG = PatternFill("solid", fgColor="FFFFC7CE")
_REASON = PatternFill("solid", fgColor="FFFFF2CC")
_HEAD = PatternFill("solid", fgColor="FFE0E0E0")
_LINE = Side(style="thin", color="FFBFBFBF")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAPPED = Alignment(vertical="center", wrap_text=True)
_PLAIN, _BOLD = Font(name=BODY, size=10), Font(name=BODY, size=10, bold=True)
_REASON_WIDTH, _NARROWEST, _WIDEST = 48, 8, 36  # letters
_MOST_LINES = 8
_PAGE = 260  # letters that a page across still shows readably


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


def content_of(sheets: Iterable[tuple[str, Iterable[tuple[int | None, Sequence[str]]]]]) -> str:
    """A hash of what the rows say, by sheet (number in the original, cells): whether somebody wrote into them."""
    told = [
        [title, [[row, _trimmed(cells)] for row, cells in rows]]
        for title, rows in sorted(sheets, key=itemgetter(0))
    ]
    return canon.sha256_text(canon.canonical_json(told))


def _trimmed(cells: Sequence[str]) -> list[str]:
    found = [as_written(cell) for cell in cells]
    while found and not found[-1]:
        found.pop()
    return found


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
    headings = (REASON, ROW, *sheet.headings, *[""] * (width - len(sheet.headings)))
    widths = [_REASON_WIDTH, len(ROW) * 2 + 2, *_widths(sheet, headings[LEAD:])]
    _line(ws, 1, headings, widths, {}, head=True)
    ws.cell(1, 1).comment = _note(_HOW)
    for number, row in enumerate(sheet.rows, start=2):
        said = "\n".join(dict.fromkeys(message for _, message in row.reasons))
        wrong: dict[int, list[str]] = {}
        for place, message in row.reasons:
            if place is not None:
                wrong.setdefault(LEAD + place, []).append(message)
        cells = (said, str(row.row), *row.cells, *[""] * (width - len(row.cells)))
        _line(ws, number, cells, widths, wrong)
    _finish(ws, widths)


def _widths(sheet: AsideSheet, headings: Sequence[str]) -> list[int]:
    """How wide each of the department's columns is, in letters."""
    shown = [row.cells for row in sheet.rows[:200]]
    return [
        min(
            max([_NARROWEST, *(text.width(each) + 2 for each in (heading, *(_at(c, place) for c in shown)))]),
            _WIDEST,
        )
        for place, heading in enumerate(headings)
    ]


def _line(
    ws: Worksheet,
    row: int,
    cells: Sequence[str],
    widths: Sequence[int],
    wrong: Mapping[int, Sequence[str]],
    head: bool = False,
) -> None:
    """One row with its height; what is wrong with a cell stands in its note too."""
    lines = 1
    for place, value in enumerate(cells):
        shown = as_written(value)
        fill = _HEAD if head else _REASON if place == 0 else _WRONG if place in wrong else None
        _text(ws, row, place + 1, shown, fill, bold=head)
        if place in wrong:
            ws.cell(row, place + 1).comment = _note("；".join(dict.fromkeys(wrong[place])))
        most = _MOST_LINES if place else 2 * _MOST_LINES
        lines = max(lines, min(text.line_count(shown[:2000], widths[place] - 1), most))
    ws.row_dimensions[row].height = min(lines * LINE_POINTS + 4, MOST_POINTS)


def _finish(ws: Worksheet, widths: Sequence[int]) -> None:
    for place, width in enumerate(widths, start=1):
        ws.column_dimensions[get_column_letter(place)].width = width
    ws.freeze_panes = "C2"
    ws.page_setup.paperSize = A4
    ws.page_setup.orientation = "landscape"
    ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    ws.page_setup.fitToWidth = -(-sum(widths) // _PAGE)
    ws.page_setup.fitToHeight = 0
    ws.print_title_rows, ws.print_title_cols = "1:1", "A:B"
    ws.page_margins.left = ws.page_margins.right = 0.4


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _text(ws: Worksheet, row: int, column: int, shown: str, fill: PatternFill | None, *, bold: bool) -> None:
    cell = ws.cell(row, column)
    cell.number_format = "@"  # typed into an empty cell, an ID number stays what it is
    cell.alignment = _WRAPPED
    cell.border = _BOX
    cell.font = _BOLD if bold else _PLAIN
    if fill is not None:
        cell.fill = fill
    if shown:
        cell.value = shown
        cell.data_type = "s"  # whatever it begins with, it is no formula


def _note(words: str) -> Comment:
    return Comment(words[:1000], "aidcli", height=120, width=320)


def _add_meta(ws: Worksheet, sheets: Sequence[AsideSheet], titles: Sequence[str]) -> None:
    ws.sheet_state = "veryHidden"
    told = zip(titles, ([(row.row, row.cells) for row in sheet.rows] for sheet in sheets), strict=True)
    lines = [
        ("file", "", "format", MARK),
        ("file", "", "version", FORMAT),
        ("file", "", "content", content_of(told)),
    ]
    for sheet, title in zip(sheets, titles, strict=True):
        lines += [("sheet", title, key, value) for key, value in sheet.meta.items()]
        lines += [("column", title, str(place), heading) for place, heading in enumerate(sheet.headings)]
    for row, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            if value:
                cell = ws.cell(row, column, text.clean(value))
                cell.data_type = "s"
                cell.number_format = "@"
