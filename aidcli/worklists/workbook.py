"""A worklist as an Excel workbook: front sheet, a sheet for each group, what reading back needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from . import archive, overview, text
from .content import SheetData, Written
from .layout import MAIN, Layout, Table
from .printing import Choices, finish
from .sheet import Drawn, Sheet
from .styles import Styles

META = "_meta"
META_FORMAT = "1"


def write_workbook(
    layout: Layout, sheets: Iterable[SheetData], out: Path, *, heading: Mapping[str, str], as_of: date
) -> Written:
    """Writes the sheets in their order to `out` (.xlsx), whole or not at all; an existing file is replaced.

    `heading` fills the patterns of titles and subtitles beside ``group``, ``rows`` and ``as_of``. The same
    arguments give the same bytes. Raises `AidError` where the file cannot be written, the data lack a
    column of the layout, or a control sum differs.
    """
    archive.check_target(out)
    book = _Book(layout, heading, as_of)
    parts = list(sheets)
    if not any(data.table == MAIN for data in parts):
        parts.insert(0, SheetData("全部", ()))
    main_sheets = sum(data.table == MAIN for data in parts)
    if overview.wanted(layout, main_sheets):
        book.reserve_overview()
    for data in parts:
        book.add(data)
    book.add_overview()
    book.add_meta()
    archive.put(archive.pinned_bytes(book.workbook, as_of), out)
    visible = tuple(ws.title for ws in book.workbook.worksheets if ws.sheet_state == "visible")
    return Written(out, visible, sum(len(data.rows) for data in parts if data.table == MAIN))


class _Book:
    def __init__(self, layout: Layout, heading: Mapping[str, str], as_of: date) -> None:
        self.layout, self.as_of = layout, as_of
        self.fields = {**heading, "as_of": f"{as_of.year}年{as_of.month}月{as_of.day}日"}
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self.workbook.properties.title = layout.label
        self._styles = Styles(self.workbook)
        self._choices = Choices(self.workbook)
        self._taken: set[str] = set()
        self._front: str | None = None
        self._done: list[tuple[SheetData, Drawn]] = []

    def reserve_overview(self) -> None:
        """Its place and name come first, its content last."""
        if self.layout.overview is not None:
            self._front = text.sheet_title(self.layout.overview.name, self._taken)
            self.workbook.create_sheet(self._front)

    def add(self, data: SheetData) -> None:
        self.workbook.create_sheet(text.sheet_title(data.name, self._taken))
        sheet, drawn = self._draw(-1, self.layout.tables[data.table], data)
        self._choices.attach(sheet, drawn, self.as_of)
        self._done.append((data, drawn))

    def add_overview(self) -> None:
        front = self.layout.overview
        if front is None or self._front is None:
            return
        main = [(data, drawn) for data, drawn in self._done if data.table == MAIN]
        data = SheetData(front.name, overview.rows_of(front, main), table="overview")
        sheet, drawn = self._draw(0, overview.table_of(self.layout, front), data)
        overview.link(sheet, drawn, front)

    def _draw(self, index: int, table: Table, data: SheetData) -> tuple[Sheet, Drawn]:
        sheet = Sheet(self.workbook.worksheets[index], table, self._styles)
        drawn = sheet.draw(data, self.fields)
        finish(sheet, drawn, self.layout)
        return sheet, drawn

    def add_meta(self) -> None:
        """What, sheet, name, value: enough to find every row and column when the file comes back."""
        ws = self.workbook.create_sheet(META)
        ws.sheet_state = "veryHidden"
        for row, line in enumerate(self._meta_lines(), 1):
            for column, value in enumerate(line, 1):
                if value:
                    cell = ws.cell(row, column, value)
                    cell.data_type = "s"
                    cell.number_format = "@"

    def _meta_lines(self) -> Iterable[tuple[str, str, str, str]]:
        yield "file", "", "format", META_FORMAT
        yield "file", "", "layout", self.layout.key
        yield "file", "", "version", str(self.layout.version)
        yield "file", "", "as_of", self.as_of.isoformat()
        for _, drawn in self._done:
            yield "sheet", drawn.sheet, "table", drawn.table
            yield "sheet", drawn.sheet, "header_row", str(drawn.header_row)
            for key, letter in drawn.columns.items():
                yield "column", drawn.sheet, key, letter
            for number, key in enumerate(drawn.keys, drawn.first_row):
                yield "row", drawn.sheet, str(number), key
