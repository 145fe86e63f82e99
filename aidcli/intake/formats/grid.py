"""A table that is laid out cell by cell (web pages, OpenDocument, the XML of Excel 2003), with its merged areas."""

from __future__ import annotations

from collections.abc import Iterator

from .package import Malformed
from .sheetcells import LAST_COLUMN
from .sheetxml import LAST_ROW
from .source import Merge, Row, with_gaps

_MOST_MERGES = 1_000_000
_MOST_PLACES = 2**24


class GridSheet:
    """One sheet held in memory; see `source.Sheet`."""

    def __init__(self, name: str, *, hidden: bool = False, date1904: bool = False) -> None:
        self.name = name
        self.hidden = hidden
        self.date1904 = date1904
        self._found: list[Row] = []
        self._merges: list[Merge] = []
        self._hidden_rows: list[tuple[int, int]] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._places = 0

    @property
    def merges(self) -> tuple[Merge, ...]:
        return tuple(sorted(self._merges))

    @property
    def hidden_rows(self) -> frozenset[int]:
        last_row = (
            self._found[-1][0] if self._found else 0
        )  # blank rows to the end of the sheet may be hidden
        return frozenset(
            row for first, last in self._hidden_rows for row in range(first, min(last, last_row) + 1)
        )

    @property
    def hidden_columns(self) -> frozenset[int]:
        return frozenset(
            place
            for first, last in self._hidden_columns
            for place in range(first, min(last, LAST_COLUMN - 1) + 1)
        )

    def rows(self) -> Iterator[Row]:
        return with_gaps(self._found)

    def add_row(self, number: int, cells: dict[int, str], times: int = 1) -> None:
        """A row (from 1) by its columns (from 0), `times` over. Raises `Malformed` beyond the last row."""
        width = max((place for place, cell in cells.items() if cell.strip()), default=-1) + 1
        if not width:
            return
        if number + times - 1 > LAST_ROW:
            raise Malformed(f"有一行的行号超出了表格的最后一行（第{LAST_ROW}行）")
        if width > LAST_COLUMN:
            raise Malformed("有一行的格子超出了表格的最后一列（XFD）")
        self._places += width * times
        if self._places > _MOST_PLACES:
            raise Malformed("格子多得不合理")
        row = tuple(cells.get(place, "") for place in range(width))
        self._found += [(number + again, row) for again in range(times)]

    def add_merge(self, row: int, rows: int, column: int, columns: int) -> None:
        """An area of `rows` × `columns` from (row from 1, column from 0) on; only those over several rows count."""
        if rows > 1:
            self._merges.append(Merge(row, row + rows - 1, column, column + max(columns, 1) - 1))
            if len(self._merges) > _MOST_MERGES:
                raise Malformed("合并的单元格多得不合理")

    def hide_rows(self, first: int, last: int) -> None:
        self._hidden_rows.append((first, last))

    def hide_columns(self, first: int, last: int) -> None:
        self._hidden_columns.append((first, last))


def repeats(word: str | None, most: int = LAST_ROW) -> int:
    """How many times something stands, from an attribute: 1 to `most`."""
    return (
        max(1, min(int(word), most)) if word and word.isascii() and word.isdecimal() and len(word) < 10 else 1
    )
