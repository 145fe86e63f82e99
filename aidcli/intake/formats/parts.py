"""Several tables one below the other on a sheet: each is read as a sheet of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...errors import AidError
from .source import HeldSheet, Merge, Row, Sheet

_PART = re.compile(r"（第\d+行起）$")
_MOST_TITLES = 3  # rows above a header that may belong to it


class Cut(NamedTuple):
    """Where another table begins: the row of its header on the sheet of this place in the file."""

    place: int
    row: int


def cut_told(error: AidError, sheets: Sequence[Sheet]) -> Cut | None:
    """Where an error says that another table begins; None for other errors."""
    if error.code != "second_table" or not error.column or not error.row:
        return None
    name = whole_name(error.sheet or "")
    return next((Cut(place, error.row) for place, sheet in enumerate(sheets) if sheet.name == name), None)


def whole_name(name: str) -> str:
    """The name of the sheet of which this may be a part."""
    return _PART.sub("", name)


class PartSheet:
    """The rows of a sheet from `first` to `last` (0: to its end), with their own numbers."""

    def __init__(self, sheet: Sheet, first: int, last: int) -> None:
        self.sheet = sheet
        self.first = first
        self.last = last
        self.name = sheet.name if first == 1 else f"{sheet.name}（第{first}行起）"
        self.hidden = sheet.hidden
        self.date1904 = sheet.date1904

    def __contains__(self, row: int) -> bool:
        return self.first <= row and (not self.last or row <= self.last)

    @property
    def merges(self) -> tuple[Merge, ...]:
        return tuple(one for one in self.sheet.merges if one.first_row in self and one.last_row in self)

    @property
    def hidden_rows(self) -> frozenset[int]:
        return frozenset(row for row in self.sheet.hidden_rows if row in self)

    @property
    def hidden_columns(self) -> frozenset[int]:
        return self.sheet.hidden_columns

    def rows(self) -> Iterator[Row]:
        for number, cells in self.sheet.rows():
            if self.last and number > self.last:
                return
            if number >= self.first:
                yield number, cells

    def unopened(self) -> PartSheet:
        """The same without the open sheet, to be sent elsewhere."""
        return PartSheet(HeldSheet(self.sheet.name, self.date1904), self.first, self.last)

    def of(self, sheet: Sheet) -> PartSheet:
        """The same part of the sheet opened anew."""
        return PartSheet(sheet, self.first, self.last)


def parts_of(sheet: Sheet, place: int, cuts: Sequence[Cut]) -> list[Sheet]:
    """A sheet as it is, or the tables into which it is cut, each with the lines of title above its header."""
    headers = sorted(cut.row for cut in cuts if cut.place == place)
    if not headers:
        return [sheet]
    firsts = [1, *_begun(sheet, headers)]
    return [
        PartSheet(sheet, first, last)
        for first, last in zip(firsts, [*(first - 1 for first in firsts[1:]), 0], strict=True)
    ]


def _begun(sheet: Sheet, headers: Sequence[int]) -> list[int]:
    """The first row of each table: lines of one cell right above its header are its titles."""
    wanted, found = list(headers), []
    titles: list[int] = []
    for number, cells in sheet.rows():
        if wanted and number == wanted[0]:
            found.append(min([number, *titles[-_MOST_TITLES:]]))
            wanted.pop(0)
        filled = sum(1 for cell in cells if cell.strip())
        if filled > 1:
            titles.clear()
        elif filled:
            titles.append(number)
    return found
