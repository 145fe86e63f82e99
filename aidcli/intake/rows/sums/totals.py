"""Printed totals (小计, 合计, 累计, 过次页) of the sums that are read held against the rows above them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ....errors import Problem
from ....money import yuan
from ...coercion.cells import money
from ...fields import FIELDS
from ..values import ValueReader, Values
from .sums import Summed, Sums, in_yuan

_ROWS_TOLD = ("总笔数", "合计笔数", "总条数")
_SUM_TOLD = ("总金额", "合计金额", "金额合计")
# In a line of sums the average stands under these, if anything.
NO_SUM = re.compile(r"人均|户均|平均|标准|单价")


class Totals:
    """Running sums of a sheet's money columns, in fen."""

    def __init__(self, reader: ValueReader) -> None:
        self._reader = reader
        self._sums = Sums(reader.sheet, money_columns(reader))

    def add(self, values: Values) -> None:
        """Counts a row in, also one that is set aside: the printed total holds it too."""
        every = self._sums.all
        self.add_rows(1, {field: fen for field, fen in values.numbers.items() if field in every})

    def add_rows(self, rows: int, sums: Mapping[str, int]) -> None:
        """Counts several rows in by the sums of their columns, in fen."""
        every = self._sums.all
        self._sums.add_rows(rows, {field: fen for field, fen in sums.items() if field in every})

    def check(self, row: int, cells: tuple[str, ...], label: str) -> tuple[Problem, ...]:
        """Notes where a printed total is wrong, as `Sums.check` finds it."""
        return self._sums.check(row, cells, label)

    def check_trailer(self, row: int, told: Mapping[str, str]) -> tuple[Problem, ...]:
        """Notes where the number or the sum in the last line of a bank's file is not that of the rows above it."""
        problems = []
        counted = next((told[word] for word in _ROWS_TOLD if word in told), "")
        if counted.isdigit() and int(counted) != self._sums.rows:
            message = f"末行写的{counted}笔，上方共{self._sums.rows}行，请核对文件是否完整"
            problems.append(self._reader.problem(row, "", counted, "total_mismatch", message))
        sums = next((told[word] for word in _SUM_TOLD if word in told), "")
        if sums and len(self._sums.columns) == 1:
            field = self._sums.columns[0].field
            printed, whole = money(sums), self._sums.all[field]
            if printed is not None and printed != whole:
                message = (
                    f"末行写的总金额是{yuan(printed)}元，上方各行相加是{yuan(whole)}元，"
                    f"相差{yuan(printed - whole)}元，请核对"
                )
                problems.append(self._reader.problem(row, field, sums, "total_mismatch", message))
        return tuple(problems)


def money_columns(reader: ValueReader) -> list[Summed]:
    """The columns of money that a sheet is read for, but for those that nobody adds up (人均, 标准)."""
    return [
        Summed(column.field, column.place, column.letter, column.heading, column.numbers, in_yuan)
        for column in reader.columns
        if column.numbers is not None
        and FIELDS[column.field].type == "money"
        and not NO_SUM.search(column.heading)
    ]
