"""Workbooks of Excel 2007 and later (.xlsx, .xlsm), read row by row with openpyxl."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ..errors import AidError
from .cells import UNCOMPUTED, DateText, number_text
from .source import Merge, Row, trimmed, unreadable

# openpyxl warns about extensions that it does not keep; nothing is written back here
warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")

MOST_BYTES = 1536 * 2**20
MOST_RATIO = 250
RATIO_FROM = 100 * 2**20
_CHUNK = 2**20
_OVERLAP = 256
_UNNUMBERED = -1
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_UNCOMPUTED = re.compile(
    rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ROW_NUMBER = re.compile(rb'<row\s[^>]*?\br="(\d+)"')


class XlsxSheet:
    """One sheet of an open workbook; see `source.Sheet`."""

    def __init__(self, path: Path, worksheet: Any, facts: SheetFacts, date1904: bool) -> None:
        self.name: str = worksheet.title
        self.hidden = worksheet.sheet_state != "visible"
        self.date1904 = date1904
        self.merges = facts.merges
        self._path = path
        self._worksheet = worksheet
        self._last_row = facts.last_row
        self._uncomputed = facts.uncomputed

    def rows(self) -> Iterator[Row]:
        if self._last_row == 0:
            return
        self._worksheet.reset_dimensions()  # some programs write a wrong one, and rows would be lost
        try:
            found = self._worksheet.iter_rows(max_row=self._last_row, values_only=True)
            for number, values in enumerate(found, start=1):
                cells = [_text(value) for value in values]
                for place in self._uncomputed.get(number, ()):
                    if place < len(cells) and not cells[place]:
                        cells[place] = UNCOMPUTED
                yield number, trimmed(cells)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, zipfile.BadZipFile) as error:
            raise unreadable(self._path, f"工作表“{self.name}”的内容已损坏") from error
        except SyntaxError as error:  # ElementTree.ParseError
            raise unreadable(self._path, f"工作表“{self.name}”的内容不完整") from error


class SheetFacts(NamedTuple):
    """What reading row by row does not tell: merged areas that span rows, and the last row with a value.

    `last_row` is None where the sheet's text does not show it. `uncomputed`: row → columns (from 0) of
    formulas without a result.
    """

    merges: tuple[Merge, ...]
    last_row: int | None
    uncomputed: dict[int, set[int]]


def read_xlsx(path: Path, content: bytes) -> list[XlsxSheet]:
    """The worksheets of a workbook. Raises `AidError` (``zip_bomb``, ``unreadable_workbook``)."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise unreadable(path, "看到的是不完整的压缩包，可能没有下载完") from error
    with archive:
        _check_size(path, archive)
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names and not any(name.endswith("workbook.xml") for name in names):
            raise unreadable(path, "看到的是压缩包或其他文档", "如果是压缩包，请先解压，再导入里面的表格")
        try:
            workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        except Exception as error:  # a damaged workbook shows itself in any of a dozen types
            raise unreadable(path, "看到的是损坏的或其他程序写得不规范的工作簿") from error
        date1904 = workbook.epoch == CALENDAR_MAC_1904
        return [
            XlsxSheet(path, sheet, _scan(path, archive, sheet._worksheet_path), date1904)  # type: ignore[attr-defined]
            for sheet in workbook.worksheets
        ]


def _check_size(path: Path, archive: zipfile.ZipFile) -> None:
    whole = sum(entry.file_size for entry in archive.infolist())
    packed = sum(entry.compress_size for entry in archive.infolist()) or 1
    if whole > MOST_BYTES or (whole > RATIO_FROM and whole / packed > MOST_RATIO):
        raise AidError(
            "zip_bomb",
            f"文件“{path.name}”解压后有{whole // 2**20}兆，是压缩后的{whole // packed}倍，不像正常的表格，没有读取",
            file=path.name,
            hint="请把需要的行复制到新的工作簿中另存，再导入",
        )


def _scan(path: Path, archive: zipfile.ZipFile, part: str) -> SheetFacts:
    """Reads the sheet's text once for merged areas and for the last row that holds a value."""
    merges: list[Merge] = []
    uncomputed: dict[int, set[int]] = {}
    last_row = row = 0
    tail = b""
    plain = False
    try:
        with archive.open(part.lstrip("/")) as stream:
            while chunk := stream.read(_CHUNK):
                text = tail + chunk
                plain = plain or b"<row" in text
                value = max(text.rfind(b"</v>"), text.rfind(b"</is>"))
                if value >= 0:
                    last_row = _row_before(text, value, row) or _UNNUMBERED
                row = _row_before(text, len(text), row)
                merges += _merges(text)
                if b"<f" in text or b":f" in text:
                    _note_uncomputed(text, uncomputed)
                tail = text[-_OVERLAP:]
    except (KeyError, zipfile.BadZipFile, OSError) as error:
        raise unreadable(path, "看到的是不完整的工作簿，可能没有下载完") from error
    known = plain and last_row != _UNNUMBERED
    return SheetFacts(tuple(sorted(set(merges))), last_row if known else None, uncomputed)


def _row_before(text: bytes, end: int, otherwise: int) -> int:
    start = text.rfind(b"<row", 0, end)
    found = _ROW_NUMBER.match(text, start) if start >= 0 else None
    return int(found.group(1)) if found else otherwise


def _merges(text: bytes) -> Iterator[Merge]:
    for found in _MERGE.finditer(text):
        left, top, right, bottom = range_boundaries(found.group(1).decode("ascii"))
        if left and top and right and bottom and bottom > top:
            yield Merge(top, bottom, left - 1, right - 1)


def _note_uncomputed(text: bytes, found: dict[int, set[int]]) -> None:
    for cell in _UNCOMPUTED.finditer(text):
        column, row = coordinate_from_string(cell.group(1).decode("ascii"))
        found.setdefault(row, set()).add(column_index_from_string(column) - 1)


def _text(value: object) -> str:
    """A cell's value as text that remembers whether it was a number or a date."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("_x000D_", "")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return DateText(value.date().isoformat() if midnight else value.isoformat(" ", "seconds"))
    if isinstance(value, date | time):
        return DateText(value.isoformat())
    if isinstance(value, timedelta):
        return DateText(str(value))
    return str(value)
