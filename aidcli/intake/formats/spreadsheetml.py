"""The XML of Excel 2002 and 2003 (“XML 电子表格”), which many systems still write under the ending .xls."""

from __future__ import annotations

import io
from pathlib import Path

from ..coercion.cells import UNCOMPUTED
from .grid import GridSheet, repeats
from .package import Malformed
from .safexml import CellText, local, parse, plain
from .serials import iso_text, numeral_text
from .source import unreadable

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_ZERO_DAY = "1899-12-31T"  # a time of day without a day


def read_spreadsheetml(path: Path, text: str) -> list[GridSheet]:
    """The sheets of a text of this XML. Raises `AidError` (``unreadable_workbook``)."""
    reader = _Reader()
    try:
        stream = io.BytesIO(text.encode("utf-8", "surrogatepass"))
        parse(stream, reader.start, reader.end, reader.words, "utf-8")
    except (ValueError, IndexError) as error:
        found = str(error) if isinstance(error, Malformed) else "内容已损坏"
        raise unreadable(path, f"看到的 XML 表格里{found}") from error
    if not reader.sheets:
        raise unreadable(path, "看到的 XML 表格里没有工作表")
    return reader.sheets


class _Reader:
    """The handlers of the XML parser."""

    def __init__(self) -> None:
        self.sheets: list[GridSheet] = []
        self._date1904 = False
        self._row = self._place = self._column = 0
        self._cells: dict[int, str] = {}
        self._kind = ""
        self._formula = False
        self._wide = 1
        self._more_rows = 0
        self._in_cell = self._comment = self._keeping = False
        self._setting = ""
        self._text = CellText()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag, given = local(name), plain(attributes)
        if tag == "Cell":
            self._start_cell(given)
        elif tag == "Data" and self._in_cell and not self._comment:
            self._kind, self._keeping = given.get("Type", "String"), True
        elif tag == "Row" and self.sheets:
            self._row = self._index(given, self._row)
            self._place, self._cells = 0, {}
            self._more_rows = self._span(given)
            if given.get("Hidden") == "1":
                self.sheets[-1].hide_rows(self._row, self._row + self._more_rows)
        elif tag == "Column" and self.sheets:
            self._column = self._index(given, self._column)
            last = self._column + self._span(given)
            if given.get("Hidden") == "1":
                self.sheets[-1].hide_columns(self._column - 1, last - 1)
            self._column = last
        elif tag == "Worksheet":
            self.sheets.append(GridSheet(given.get("Name", ""), date1904=self._date1904))
            self._row = self._column = 0
        elif tag == "Comment":
            self._comment = True
        elif tag == "Date1904":
            self._date1904 = True
        elif tag == "Visible":
            self._setting = tag

    def words(self, words: str) -> None:
        if self._keeping:
            self._text.add(words)
        elif self._setting and self.sheets and words.startswith(("SheetHidden", "SheetVeryHidden")):
            self.sheets[-1].hidden = True

    def end(self, name: str) -> None:
        tag = local(name)
        if tag == "Data" and self._keeping:
            self._keeping = False
            self._cells[self._place] = self._said(self._text.take())
        elif tag == "Cell":
            if self._formula and self._place not in self._cells:
                self._cells[self._place] = UNCOMPUTED
            self._in_cell = False
            self._place += self._wide
        elif tag == "Row" and self.sheets:
            self.sheets[-1].add_row(self._row, self._cells)
            self._row += self._more_rows
        elif tag == "Comment":
            self._comment = False
        elif tag == "Visible":
            self._setting = ""

    def _start_cell(self, given: dict[str, str]) -> None:
        index = repeats(given.get("Index"), 10**8)
        self._place = max(self._place, index - 1) if "Index" in given else self._place
        self._in_cell, self._formula, self._kind = True, "Formula" in given, ""
        across, down = self._span(given, "MergeAcross"), self._span(given, "MergeDown")
        self._wide = across + 1
        if self.sheets:
            self.sheets[-1].add_merge(self._row, down + 1, self._place, self._wide)

    def _said(self, raw: str) -> str:
        if self._kind == "Number":
            return numeral_text(raw.strip())
        if self._kind == "DateTime":
            return iso_text(raw.strip().removeprefix(_ZERO_DAY))
        if self._kind == "Boolean":
            return "TRUE" if raw.strip() == "1" else "FALSE"
        return raw

    @staticmethod
    def _index(given: dict[str, str], before: int) -> int:
        """The number of a row or column, which never goes back."""
        return max(before + 1, repeats(given.get("Index"), 10**8)) if "Index" in given else before + 1

    @staticmethod
    def _span(given: dict[str, str], name: str = "Span") -> int:
        return repeats(given.get(name)) if given.get(name, "0") != "0" else 0
