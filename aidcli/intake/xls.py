"""Workbooks of Excel 97 to 2003 and WPS (.xls, .et), read with xlrd."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Any

import xlrd

from .cells import DateText, number_text
from .source import Merge, Row, password_protected, trimmed, unreadable

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class XlsSheet:
    """One sheet of an open workbook; see `source.Sheet`."""

    def __init__(self, sheet: Any, datemode: int) -> None:
        self.name: str = sheet.name
        self.hidden = bool(sheet.visibility)
        self.date1904 = datemode == 1
        self.merges = tuple(
            Merge(first + 1, after, left, right - 1)
            for first, after, left, right in sorted(sheet.merged_cells)
            if after - first > 1
        )
        self._sheet = sheet
        self._datemode = datemode
        self._last_row = next(
            (row + 1 for row in range(sheet.nrows - 1, -1, -1) if any(map(_filled, sheet.row(row)))), 0
        )

    def rows(self) -> Iterator[Row]:
        for row in range(self._last_row):
            yield row + 1, trimmed([_text(cell, self._datemode) for cell in self._sheet.row(row)])


def read_xls(path: Path, content: bytes) -> list[XlsSheet]:
    """The worksheets of a workbook. Raises `AidError` (``password_protected``, ``unreadable_workbook``)."""
    if _ENCRYPTED in content:
        raise password_protected(path)
    try:
        book = _open(content)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise password_protected(path) from error
        raise unreadable(path, "看到的是旧版 Office 文档，但里面没有表格") from error
    except Exception as error:  # a damaged workbook shows itself in any of a dozen types
        raise unreadable(path, "看到的是损坏的旧版工作簿") from error
    return [XlsSheet(sheet, book.datemode) for sheet in book.sheets()]


def _open(content: bytes) -> Any:
    quiet = io.StringIO()  # xlrd writes its doubts about a file to stdout
    try:
        return xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=quiet)
    except xlrd.XLRDError:
        raise
    except Exception:  # formats that xlrd cannot follow: the values may still be readable
        return xlrd.open_workbook(file_contents=content, logfile=quiet)


def _filled(cell: Any) -> bool:
    return cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) and cell.value != ""


def _text(cell: Any, datemode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return number_text(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date_text(cell.value, datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#VALUE!"))
    return ""


def _date_text(value: float, datemode: int) -> str:
    try:
        moment = xlrd.xldate.xldate_as_datetime(value, datemode)
    except (xlrd.xldate.XLDateError, OverflowError, ValueError):
        return number_text(value)
    if value < 1:
        return DateText(moment.time().isoformat())
    whole = moment.time() == time(0)
    return DateText(moment.date().isoformat() if whole else moment.isoformat(" ", "seconds"))
