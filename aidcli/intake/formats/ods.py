"""OpenDocument spreadsheets (.ods, and .fods in one piece): content.xml read as it streams."""

from __future__ import annotations

from pathlib import Path

from ..coercion.cells import UNCOMPUTED
from .grid import GridSheet, repeats
from .package import Malformed, Package, Readable
from .safexml import CellText, local, parse, plain
from .serials import iso_text, numeral_text
from .source import password_protected, unreadable

MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_HIDDEN = ("collapse", "filter")
_SKIPPED = frozenset(("annotation", "shapes", "forms", "tracked-changes", "dde-links"))


def read_ods(path: Path, package: Package) -> list[GridSheet]:
    """The sheets of a package. Raises `AidError`: ``password_protected``, ``unreadable_workbook``, ``zip_bomb``."""
    try:
        manifest = package.read("META-INF/manifest.xml") if package.has("META-INF/manifest.xml") else b""
        if b"encryption-data" in manifest:
            raise password_protected(
                path, "OpenDocument 表格的密码解不开，请用 WPS 或 LibreOffice 取消密码后另存"
            )
        return read_flat_ods(path, package.open("content.xml"))
    except Malformed as error:
        raise unreadable(path, f"看到的 OpenDocument 表格里{error}") from error


def read_flat_ods(path: Path, stream: Readable) -> list[GridSheet]:
    """The sheets of a stream of XML. Raises `AidError` (``unreadable_workbook``)."""
    reader = _Reader()
    try:
        parse(stream, reader.start, reader.end, reader.words)
    except (ValueError, IndexError) as error:
        found = str(error) if isinstance(error, Malformed) else "内容已损坏"
        raise unreadable(path, f"看到的 OpenDocument 表格里{found}") from error
    if not reader.sheets:
        raise unreadable(path, "看到的 OpenDocument 文件里没有工作表")
    return reader.sheets


class _Reader:
    """The handlers of the XML parser."""

    def __init__(self) -> None:
        self.sheets: list[GridSheet] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheet: GridSheet | None = None
        self._tables = 0
        self._skipping = 0
        self._row = self._times = 1
        self._place = 0
        self._column = 0
        self._cells: dict[int, str] = {}
        self._cell: dict[str, str] = {}
        self._paragraphs: list[str] = []
        self._deep = 0
        self._text = CellText()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if self._skipping or tag in _SKIPPED:
            self._skipping += 1
        elif tag == "table-cell" or tag == "covered-table-cell":
            self._cell = plain(attributes)
            self._cell["covered"] = "1" if tag == "covered-table-cell" else ""
            self._paragraphs = []
        elif tag == "p":
            self._deep += 1
        elif self._deep and tag in ("s", "tab", "line-break"):
            count = repeats(plain(attributes).get("c"), 1000)
            self._text.add({"s": " " * count, "tab": "\t"}.get(tag, "\n"))
        elif tag == "table-row":
            self._start_row(plain(attributes))
        elif tag == "table-column" and self._sheet and self._tables == 1:
            given = plain(attributes)
            last = self._column + repeats(given.get("number-columns-repeated")) - 1
            if given.get("visibility") in _HIDDEN:
                self._sheet.hide_columns(self._column, last)
            self._column = last + 1
        elif tag == "table":
            self._start_table(plain(attributes))
        elif tag == "style":
            self._style = plain(attributes).get("name", "")
        elif tag == "table-properties" and plain(attributes).get("display") == "false":
            self._hidden_styles.add(self._style)

    def words(self, words: str) -> None:
        if self._deep and not self._skipping:
            self._text.add(words)

    def end(self, name: str) -> None:
        tag = local(name)
        if self._skipping:
            self._skipping -= 1
        elif tag == "p":
            self._deep -= 1
            if not self._deep:
                self._paragraphs.append(self._text.take())
        elif tag == "table-cell" or tag == "covered-table-cell":
            self._end_cell()
        elif tag == "table-row" and self._sheet and self._tables == 1:
            self._sheet.add_row(self._row, self._cells, self._times)
            self._row += self._times
        elif tag == "table":
            self._tables -= 1

    def _start_table(self, given: dict[str, str]) -> None:
        self._tables += 1
        if self._tables == 1:
            hidden = given.get("style-name", "") in self._hidden_styles
            self._sheet = GridSheet(given.get("name", ""), hidden=hidden)
            self.sheets.append(self._sheet)
            self._row, self._column = 1, 0

    def _start_row(self, given: dict[str, str]) -> None:
        self._times = repeats(given.get("number-rows-repeated"))
        self._place, self._cells = 0, {}
        if self._sheet and given.get("visibility") in _HIDDEN:
            self._sheet.hide_rows(self._row, self._row + self._times - 1)

    def _end_cell(self) -> None:
        if self._sheet is None or self._tables != 1:
            return
        given = self._cell
        times = repeats(given.get("number-columns-repeated"))
        said = "" if given["covered"] else self._said(given)
        if said:
            if self._place + times > 16384:
                raise Malformed("有一行的格子超出了表格的最后一列（XFD）")
            for place in range(self._place, self._place + times):
                self._cells[place] = said
        rows, columns = (
            repeats(given.get("number-rows-spanned")),
            repeats(given.get("number-columns-spanned")),
        )
        self._sheet.add_merge(self._row, rows, self._place, columns)
        self._place += times

    def _said(self, given: dict[str, str]) -> str:
        """The text of a cell by its type; what is shown where the type says nothing more."""
        shown = "\n".join(self._paragraphs)
        kind = given.get("value-type", "")
        if kind in ("float", "percentage", "currency"):
            # an error has the value 0 and says what it is in words
            return shown.strip() if shown.startswith("#") else numeral_text(given.get("value", "").strip())
        if kind == "date":
            return iso_text(given.get("date-value", "").strip())
        if kind == "time":
            return iso_text(given.get("time-value", "").strip())
        if kind == "boolean":
            return "TRUE" if given.get("boolean-value") == "true" else "FALSE"
        if kind == "string" and not shown:
            return given.get("string-value", "")
        if not shown and not kind and given.get("formula"):
            return UNCOMPUTED
        return shown
