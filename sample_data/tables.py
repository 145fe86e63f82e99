"""Files that come out the same every time: workbooks with a pinned clock, old .xls, csv."""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import xlwt
from openpyxl import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.writer.excel import ExcelWriter

CLOCK = (2026, 10, 8, 9, 0, 0)
XLS_ROWS = 65_000
XLSX_ROWS = 1_000_000
Cell = str | float | int | None


def headings(text: str) -> list[str]:
    """Column headings from one text, separated by blanks and line ends."""
    return text.split()


class Place(NamedTuple):
    """Where a row stands; `row` as Excel counts (csv: the line, the header being 1)."""

    file: str
    sheet: str
    row: int


class Part(Protocol):
    """One open file of a table."""

    def append(self, cells: Sequence[Cell]) -> None: ...
    def close(self) -> None: ...


class _PinnedZip(zipfile.ZipFile):
    """A zip whose entries all bear the same time."""

    @staticmethod
    def _pinned(name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(name, CLOCK)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        return info

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        super().writestr(self._pinned(str(zinfo_or_arcname)), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        with Path(filename).open("rb") as source, self.open(self._pinned(str(arcname)), "w") as target:
            shutil.copyfileobj(source, target)


class Book:
    """An .xlsx written row by row; sheets come in the order in which they are asked for."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self._path = path
        self._book = Workbook(write_only=True)
        self._rows: dict[str, int] = {}
        self._sheets: dict[str, Any] = {}

    def append(self, sheet: str, cells: Sequence[Cell]) -> Place:
        if sheet not in self._sheets:
            self._sheets[sheet] = self._book.create_sheet(sheet)
            self._rows[sheet] = 0
        self._sheets[sheet].append(list(cells))
        self._rows[sheet] += 1
        return Place(self.file, sheet, self._rows[sheet])

    def merge(self, sheet: str, cells: str) -> None:
        self._sheets[sheet].merged_cells.ranges.add(CellRange(cells))

    def close(self) -> None:
        self._book.properties.creator = "sample_data"
        self._book.properties.created = self._book.properties.modified = datetime(*CLOCK)
        ExcelWriter(self._book, _PinnedZip(self._path, "w", allowZip64=True)).save()


class _XlsxPart:
    def __init__(self, path: Path, sheet: str) -> None:
        self._book, self._sheet = Book(path), sheet

    def append(self, cells: Sequence[Cell]) -> None:
        self._book.append(self._sheet, cells)

    def close(self) -> None:
        self._book.close()


class _XlsPart:
    def __init__(self, path: Path, sheet: str) -> None:
        self._path, self._row = path, 0
        self._book = xlwt.Workbook(encoding="utf-8")
        self._sheet = self._book.add_sheet(sheet)

    def append(self, cells: Sequence[Cell]) -> None:
        for column, value in enumerate(cells):
            if value is not None and value != "":
                self._sheet.write(self._row, column, value)
        self._row += 1
        if self._row % 1000 == 0:
            self._sheet.flush_row_data()

    def close(self) -> None:
        self._book.save(str(self._path))


class _CsvPart:
    def __init__(self, path: Path, encoding: str) -> None:
        self._stream = path.open("w", encoding=encoding, newline="")
        self._writer = csv.writer(self._stream, lineterminator="\r\n")

    def append(self, cells: Sequence[Cell]) -> None:
        self._writer.writerow(["" if cell is None else cell for cell in cells])

    def close(self) -> None:
        self._stream.close()


class Table:
    """A header in row 1 and records under it; goes on in ``名称_2.xls`` … when a file is full."""

    def __init__(
        self, folder: Path, name: str, header: Sequence[str], *, encoding: str = "", limit: int = 0
    ) -> None:
        self._folder, self._name, self._header, self._encoding = folder, name, header, encoding
        self.sheet = Path(name).stem if name.endswith(".csv") else "Sheet1"
        self._limit = limit or {".xls": XLS_ROWS, ".xlsx": XLSX_ROWS}.get(Path(name).suffix, 0)
        self._number = 0
        self._part: Part | None = None
        self._open()

    def append(self, cells: Sequence[Cell]) -> Place:
        if self._limit and self._row > self._limit:
            self._open()
        assert self._part is not None
        self._part.append(cells)
        self._row += 1
        return Place(self.file, self.sheet, self._row)

    def close(self) -> None:
        if self._part is not None:
            self._part.close()

    def _open(self) -> None:
        self.close()
        self._number += 1
        path = self._folder / self._name
        if self._number > 1:
            path = path.with_name(f"{path.stem}_{self._number}{path.suffix}")
        self.file = path.name
        if path.suffix == ".csv":
            self._part = _CsvPart(path, self._encoding)
        elif path.suffix == ".xls":
            self._part = _XlsPart(path, self.sheet)
        else:
            self._part = _XlsxPart(path, self.sheet)
        self._part.append(self._header)
        self._row = 1


def yuan(fen: int) -> float | int:
    """Fen as the number that a cell shows in yuan."""
    return fen // 100 if fen % 100 == 0 else fen / 100


def yuan_text(fen: int) -> str:
    """Fen as yuan with two decimals, as csv exports print them."""
    return f"{fen // 100}.{fen % 100:02d}"
