"""Several tables one below the other on a sheet: each is read as a sheet of its own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...errors import AidError
from .source import HeldSheet, Merge, Row, Sheet

_PART = re.compile(r"（第\d+行起[^）]*）$")
_MOST_TITLES = 3  # rows above a header that may belong to it
_MOST_LEVELS = 6
_LONG_NUMBER = re.compile(r"\d{14}")


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


class Title(NamedTuple):
    """The line that begins a part which has no header of its own."""

    row: int
    text: str


NO_TITLE = Title(0, "")


class PartSheet:
    """The rows of a sheet from `first` to `last` (0: to its end), with their own numbers.

    A part without a header of its own has that of the sheet, the rows `header`, in the place of the line that
    begins it; this is its `title` then.
    """

    def __init__(
        self, sheet: Sheet, first: int, last: int, header: tuple[int, int] = (0, 0), title: Title = NO_TITLE
    ) -> None:
        self.sheet = sheet
        self.first = first
        self.last = last
        self.header = header
        self.title = title
        self.name = sheet.name if first == 1 else f"{sheet.name}（第{first}行起）"
        self.hidden = sheet.hidden
        self.date1904 = sheet.date1904

    def __contains__(self, row: int) -> bool:
        within = self.first <= row != self.title.row and (not self.last or row <= self.last)
        return within or self.header[0] <= row <= self.header[1]

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
            if number in self:
                yield number, cells

    def unopened(self) -> PartSheet:
        """The same without the open sheet, to be sent elsewhere."""
        return self.of(HeldSheet(self.sheet.name, self.date1904))

    def of(self, sheet: Sheet) -> PartSheet:
        """The same part of the sheet opened anew."""
        return PartSheet(sheet, self.first, self.last, self.header, self.title)


def parts_of(sheet: Sheet, place: int, cuts: Sequence[Cut]) -> list[Sheet]:
    """A sheet as it is, or the tables into which it is cut, each with the lines of title above its header."""
    begun = sorted(cut.row for cut in cuts if cut.place == place)
    if not begun:
        return [sheet]
    firsts = _firsts(sheet, begun)
    lasts = [first - 1 for first in firsts[1:]] + [0]
    header = _header(sheet)
    titles = [_title_without_header(sheet, row) for row in begun]
    parts: list[Sheet] = [PartSheet(sheet, 1, lasts[0])]
    for first, last, title in zip(firsts[1:], lasts[1:], titles, strict=True):
        parts.append(PartSheet(sheet, first, last, header if title.text else (0, 0), title))
    return parts


def _firsts(sheet: Sheet, begun: Sequence[int]) -> list[int]:
    """The first row of each table: lines of one cell right above its header are its titles."""
    wanted, found = list(begun), [1]
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


def _header(sheet: Sheet) -> tuple[int, int]:
    """The rows of a sheet's header, roughly: the first of several cells, up to the first with a long number."""
    first = last = 0
    for number, cells in sheet.rows():
        if any(map(_LONG_NUMBER.search, cells)) or (first and number - first >= _MOST_LEVELS):
            break
        if sum(1 for cell in cells if cell.strip()) > 1:
            first, last = first or number, number
    return first, last


def _title_without_header(sheet: Sheet, row: int) -> Title:
    """The line of one or two cells in this row where no header of its own follows it."""
    rows = (cells for number, cells in sheet.rows() if number >= row and any(map(str.strip, cells)))
    title, *below = itertools.islice(rows, 1 + _MOST_TITLES)
    filled = [cell.strip() for cell in title if cell.strip()]
    headed = any("身份证" in cell or "证件号" in cell for cells in below for cell in cells)
    return NO_TITLE if len(filled) > 2 or headed else Title(row, "".join(filled))
