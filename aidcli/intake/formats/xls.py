"""Workbooks of Excel 97 to 2003 and WPS (.xls, .et), read with xlrd."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Any

import xlrd

from ..coercion.cells import DateText, number_text
from .source import Merge, Row, password_protected, trimmed, unreadable, with_gaps

_FILLED = (
    xlrd.XL_CELL_TEXT,
    xlrd.XL_CELL_NUMBER,
    xlrd.XL_CELL_DATE,
    xlrd.XL_CELL_BOOLEAN,
    xlrd.XL_CELL_ERROR,
)


class XlsSheet:
    """One sheet of an open workbook; see `source.Sheet`."""

    def __init__(self, path: Path, sheet: Any, datemode: int) -> None:
        self.name: str = sheet.name
        self.hidden = bool(sheet.visibility)
        self.date1904 = datemode == 1
        self.merges = tuple(
            Merge(first + 1, after, left, right - 1)
            for first, after, left, right in sorted(sheet.merged_cells)
            if after - first > 1
        )
        self.hidden_rows = frozenset(
            row + 1 for row, found in sheet.rowinfo_map.items() if found.hidden and row < sheet.nrows
        )
        self.hidden_columns = frozenset(
            place for place, found in sheet.colinfo_map.items() if found.hidden and place < 256
        )
        self._path = path
        self._sheet = sheet
        self._datemode = datemode

    def rows(self) -> Iterator[Row]:
        return with_gaps(self._filled())

    def _filled(self) -> Iterator[Row]:
        sheet = self._sheet
        for row in range(sheet.nrows):
            kinds = sheet.row_types(row)
            if not any(kind in _FILLED for kind in kinds):
                continue
            values = sheet.row_values(row)
            try:
                cells = trimmed([_text(*cell, self._datemode) for cell in zip(kinds, values, strict=True)])
            except (ValueError, TypeError, ArithmeticError) as error:
                raise unreadable(self._path, f"工作表“{self.name}”第{row + 1}行的内容已损坏") from error
            if cells:
                yield row + 1, cells


def read_xls(path: Path, content: bytes) -> list[XlsSheet]:
    """The worksheets of a workbook. Raises `AidError` (``password_protected``, ``unreadable_workbook``)."""
    try:
        book = _open(content)
        return [XlsSheet(path, sheet, book.datemode) for sheet in book.sheets()]
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise password_protected(path) from error
        raise unreadable(path, "看到的是旧版 Office 文档，但里面没有表格") from error
    except Exception as error:  # a damaged workbook shows itself in any of a dozen types
        raise unreadable(path, "看到的是损坏的旧版工作簿") from error


def _open(content: bytes) -> Any:
    quiet = io.StringIO()  # xlrd writes its doubts about a file to stdout
    try:
        return xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=quiet
        )
    except xlrd.XLRDError:
        raise
    except Exception:  # formats that xlrd cannot follow: the values may still be readable
        return xlrd.open_workbook(file_contents=content, ragged_rows=True, logfile=quiet)


def _text(kind: int, value: Any, datemode: int) -> str:
    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind == xlrd.XL_CELL_NUMBER:
        return number_text(value)
    if kind == xlrd.XL_CELL_DATE:
        return _date_text(value, datemode)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#VALUE!"))
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
