"""Web pages that systems hand out as .xls: each table is a sheet; also the single-file page (.mht) of Excel."""

from __future__ import annotations

import email
import email.policy
import re
from html.parser import HTMLParser
from pathlib import Path

from ..coercion.cells import number_text
from .grid import GridSheet, repeats
from .package import Malformed
from .source import unreadable

PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style|div|form|script|center|font|p|tr)\b",
    re.IGNORECASE | re.DOTALL,
)
MIME = re.compile(rb"\s*(?:From:|MIME-Version:)[^\0]{0,2000}multipart/related", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,60})</x:Name>")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d{16,}\Z|\d(?:\.\d+)?[Ee]\+?0?\d{2}\Z", re.ASCII)
_MOST_ROWS_SPANNED = 65_534
_MOST_COLUMNS_SPANNED = 1000
_MOST_TABLES = 1000
_BREAKING = frozenset(("p", "div", "li", "h1", "h2", "h3"))


def read_pages(path: Path, texts: list[str]) -> list[GridSheet]:
    """The tables of one or several pages as sheets. Raises `AidError` (``unreadable_workbook``)."""
    found: list[GridSheet] = []
    names: list[str] = []
    for text in texts:
        reader = _Reader()
        try:
            reader.feed(text)
            reader.close()
        except (ValueError, AssertionError, IndexError, RecursionError) as error:
            said = str(error) if isinstance(error, Malformed) else "表格标记已损坏"
            raise unreadable(path, f"看到的网页里{said}") from error
        found += [sheet for sheet in reader.sheets if next(sheet.rows(), None)]
        names += _SHEET_NAME.findall(text)
    if not found:
        raise unreadable(path, "看到的是没有表格的网页", "请回到导出它的系统，选“导出 Excel”或“导出 CSV”")
    if len(names) != len(found):
        names = [path.stem] if len(found) == 1 else [f"表{place + 1}" for place in range(len(found))]
    for sheet, name in zip(found, names, strict=True):
        sheet.name = name
    return found


def page_encodings(content: bytes) -> list[str]:
    """The encodings to try for a page, as it says itself first."""
    declared = _CHARSET.search(content[:8192])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    name = "gb18030" if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk") else name
    return [*([name] if name else []), "utf-8", "gb18030"]


def read_mime(path: Path, content: bytes) -> list[GridSheet]:
    """The tables of a single-file page. Raises `AidError` (``unreadable_workbook``)."""
    try:
        whole = email.message_from_bytes(content, policy=email.policy.compat32)
        parts = [part for part in whole.walk() if part.get_content_type() == "text/html"]
        pages = []
        for part in parts:
            raw = part.get_payload(decode=True)
            if isinstance(raw, bytes):
                pages.append(decoded(raw, [str(part.get_content_charset() or ""), *page_encodings(raw)]))
    except (ValueError, LookupError, AssertionError, RecursionError, TypeError) as error:
        raise unreadable(path, "看到的是损坏的单个文件网页（.mht）") from error
    return read_pages(path, [page for page in pages if page is not None])


def decoded(content: bytes, encodings: list[str]) -> str | None:
    """The text in the first encoding that fits, None where none does."""
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except (UnicodeError, LookupError, ValueError):
            continue
    return None


class _Table:
    """A table being read: the rows so far, and the cells of rows above that reach down."""

    def __init__(self) -> None:
        self.sheet = GridSheet("")
        self.row = 0
        self.place = 0
        self.column = 0
        self.cells: dict[int, str] = {}
        self.reaching: dict[int, int] = {}  # column → last row that a cell above takes up
        self.cell: dict[str, str] | None = None
        self.words: list[str] = []

    def begin_row(self, hidden: bool) -> None:
        self.end_row()
        self.row += 1
        self.place = 0
        if hidden:
            self.sheet.hide_rows(self.row, self.row)

    def end_row(self) -> None:
        self.end_cell()
        self.sheet.add_row(self.row, self.cells)
        self.cells = {}

    def begin_cell(self, given: dict[str, str]) -> None:
        self.end_cell()
        if not self.row:
            self.begin_row(False)
        self.cell, self.words = given, []

    def end_cell(self) -> None:
        if self.cell is None:
            return
        given, self.cell = self.cell, None
        while self.reaching.get(self.place, 0) >= self.row:
            self.place += 1
        rows = repeats(given.get("rowspan"), _MOST_ROWS_SPANNED)
        columns = repeats(given.get("colspan"), _MOST_COLUMNS_SPANNED)
        said = _said("".join(self.words), given)
        if said:
            self.cells[self.place] = said
        if rows > 1:
            self.sheet.add_merge(self.row, rows, self.place, columns)
            for place in range(self.place, self.place + columns):
                self.reaching[place] = self.row + rows - 1
        self.place += columns


class _Reader(HTMLParser):
    """The tables of a page, nested ones by themselves."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[GridSheet] = []
        self._open: list[_Table] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script", "title"):
            self._silent = tag
        elif tag == "table":
            self._begin_table()
        elif not self._open:
            return
        elif tag in ("td", "th"):
            self._open[-1].begin_cell({name: value or "" for name, value in attrs})
        elif tag == "tr":
            style = dict(attrs).get("style") or ""
            self._open[-1].begin_row(bool(_HIDDEN.search(style)) or "hidden" in dict(attrs))
        elif tag == "br" or tag in _BREAKING:
            self._break()
        elif tag == "col":
            self._column({name: value or "" for name, value in attrs})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in ("br", "col", "meta", "link", "img", "input"):
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self._open and not self._silent and self._open[-1].cell is not None:
            self._open[-1].words.append(_BLANKS.sub(" ", data))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif not self._open:
            return
        elif tag in ("td", "th"):
            self._open[-1].end_cell()
        elif tag == "tr":
            self._open[-1].end_row()
        elif tag == "table":
            self._open.pop().end_row()

    def close(self) -> None:
        super().close()
        while self._open:
            self._open.pop().end_row()

    def _begin_table(self) -> None:
        if len(self.sheets) >= _MOST_TABLES:
            raise Malformed("表格多得不合理")
        self._open.append(_Table())
        self.sheets.append(self._open[-1].sheet)

    def _break(self) -> None:
        if self._open[-1].cell is not None and any(word.strip() for word in self._open[-1].words):
            self._open[-1].words.append("\n")

    def _column(self, given: dict[str, str]) -> None:
        table = self._open[-1]
        last = table.column + repeats(given.get("span"), _MOST_COLUMNS_SPANNED) - 1
        if _HIDDEN.search(given.get("style", "")):
            table.sheet.hide_columns(table.column, last)
        table.column = last + 1


def _said(words: str, given: dict[str, str]) -> str:
    """The text of a cell; one of more than fifteen digits that the page itself calls a number has lost the rest."""
    text = "\n".join(line.replace("\xa0", " ").strip() for line in words.split("\n")).strip()
    number = given.get(
        "x:num", given.get("sdval")
    )  # as Excel and LibreOffice mark the cells that hold numbers
    if number is not None and _LONG_NUMBER.match(text):
        try:
            return number_text(float(number or text))
        except (ValueError, OverflowError):
            return text
    return text
