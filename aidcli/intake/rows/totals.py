"""Printed totals (小计, 合计) held against the rows above them."""

from __future__ import annotations

from collections.abc import Mapping

from ...errors import Problem
from ...money import yuan
from ..coercion.cells import CellError
from ..fields import FIELDS
from .values import ValueReader, Values


class Totals:
    """Running sums of a sheet's money columns, in fen."""

    def __init__(self, reader: ValueReader) -> None:
        self._reader = reader
        self._columns = [column for column in reader.columns if FIELDS[column.field].type == "money"]
        self._since = dict.fromkeys((column.field for column in self._columns), 0)
        self._all = dict(self._since)
        self._rows_since = 0

    def add(self, values: Values) -> None:
        """Counts a row in, also one that is set aside: the printed total holds it too."""
        self._rows_since += 1
        for field in self._since:
            fen = values.numbers.get(field)
            if fen:
                self._since[field] += fen
                self._all[field] += fen

    def add_rows(self, rows: int, sums: Mapping[str, int]) -> None:
        """Counts several rows in by the sums of their columns, in fen."""
        self._rows_since += rows
        for field, fen in sums.items():
            self._since[field] += fen
            self._all[field] += fen

    def check(self, row: int, cells: tuple[str, ...], label: str) -> tuple[Problem, ...]:
        """Notes where a printed total is neither the sum since the last one nor, for 合计, of all rows."""
        problems = []
        for column in self._columns if label != "累计" else []:
            printed = self._printed(column.place, column.field, cells)
            if printed is None:
                continue
            expected = self._since[column.field] if self._rows_since else self._all[column.field]
            if printed == expected or (label != "小计" and printed == self._all[column.field]):
                continue
            message = (
                f"列“{column.heading}”的{label}印为{yuan(printed)}元，上方各行相加是{yuan(expected)}元，"
                f"相差{yuan(printed - expected)}元，请核对"
            )
            raw = cells[column.place]
            problems.append(self._reader.problem(row, column.field, raw, "total_mismatch", message))
        self._since = dict.fromkeys(self._since, 0)
        self._rows_since = 0
        return tuple(problems)

    def _printed(self, index: int, field: str, cells: tuple[str, ...]) -> int | None:
        read = self._reader.by_field[field].numbers
        if read is None or index >= len(cells) or not cells[index].strip():
            return None
        try:
            return read(cells[index])
        except CellError:
            return None
