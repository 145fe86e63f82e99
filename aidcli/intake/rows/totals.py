"""Printed totals (小计, 合计, 累计, 过次页) held against the rows above them."""

from __future__ import annotations

from collections.abc import Mapping

from ...errors import Problem
from ...money import yuan
from ..coercion.cells import CellError, money
from ..fields import FIELDS
from .skiprows import CARRIED_IN, CARRIED_ON
from .values import ValueReader, Values

_OVERALL = ("合计", "总计", "共计")
_ROWS_TOLD = ("总笔数", "合计笔数", "总条数")
_SUM_TOLD = ("总金额", "合计金额", "金额合计")
_PAGES = (*CARRIED_IN, *CARRIED_ON)


class Totals:
    """Running sums of a sheet's money columns, in fen.

    A run of rows that is summed begins at the top or behind an earlier printed line: `_starts` holds, for each
    column, what had come together at each of them, `_parts` at those that end a part of the list (合计).
    """

    def __init__(self, reader: ValueReader) -> None:
        self._reader = reader
        self._columns = [column for column in reader.columns if FIELDS[column.field].type == "money"]
        self._all = dict.fromkeys((column.field for column in self._columns), 0)
        self._last = dict(self._all)
        self._starts: dict[str, set[int]] = {field: {0} for field in self._all}
        self._parts: dict[str, set[int]] = {field: {0} for field in self._all}
        self._carried = dict(self._all)  # what earlier pages, which are not in the file, had come to
        self._handed_on: dict[str, int] = {}
        self._running: set[tuple[str, str]] = set()
        self._rows_since = 0
        self._rows = 0
        self._ends_part = False

    def add(self, values: Values) -> None:
        """Counts a row in, also one that is set aside: the printed total holds it too."""
        self.add_rows(1, {field: values.numbers[field] for field in self._all if field in values.numbers})

    def add_rows(self, rows: int, sums: Mapping[str, int]) -> None:
        """Counts several rows in by the sums of their columns, in fen."""
        if not self._rows_since:
            self._begin()
        self._rows_since += rows
        self._rows += rows
        for field, fen in sums.items():
            self._all[field] += fen

    def _begin(self) -> None:
        """The first row behind a printed line: a run of rows begins."""
        for field, fen in self._all.items():
            self._starts[field].add(fen)
            if self._ends_part:
                self._parts[field].add(fen)
        self._last = dict(self._all)
        self._ends_part = False

    def check(self, row: int, cells: tuple[str, ...], label: str) -> tuple[Problem, ...]:
        """Notes where a printed total is the sum of no run of rows that it may stand for.

        小计 may stand for any run that ends here, 合计 for what came since the last printed line or for whole
        parts. 累计 may reach back beyond the file: it is held against the rows once it was seen to follow them.
        """
        if not self._rows and label in _OVERALL:
            return ()  # a sum above the rows that it is of
        problems = []
        for column in self._columns:
            printed = self._printed(column.place, column.field, cells)
            if printed is None or self._is_right(column.field, printed, label):
                continue
            expected = self._expected(column.field, label)
            message = (
                f"列“{column.heading}”的{label}印为{yuan(printed)}元，上方各行相加是{yuan(expected)}元，"
                f"相差{yuan(printed - expected)}元，请核对"
            )
            raw = cells[column.place]
            problems.append(self._reader.problem(row, column.field, raw, "total_mismatch", message))
        self._rows_since = 0
        self._ends_part = self._ends_part or label in _OVERALL
        return tuple(problems)

    def check_trailer(self, row: int, told: Mapping[str, str]) -> tuple[Problem, ...]:
        """Notes where the number or the sum in the last line of a bank's file is not that of the rows above it."""
        problems = []
        counted = next((told[word] for word in _ROWS_TOLD if word in told), "")
        if counted.isdigit() and int(counted) != self._rows:
            message = f"末行写的{counted}笔，上方共{self._rows}行，请核对文件是否完整"
            problems.append(self._reader.problem(row, "", counted, "total_mismatch", message))
        sums = next((told[word] for word in _SUM_TOLD if word in told), "")
        if sums and len(self._columns) == 1:
            field = self._columns[0].field
            printed, whole = money(sums), self._all[field]
            if printed is not None and printed != whole:
                message = (
                    f"末行写的总金额是{yuan(printed)}元，上方各行相加是{yuan(whole)}元，"
                    f"相差{yuan(printed - whole)}元，请核对"
                )
                problems.append(self._reader.problem(row, field, sums, "total_mismatch", message))
        return tuple(problems)

    def _is_right(self, field: str, printed: int, label: str) -> bool:
        """Whether a printed sum may be meant as it stands; remembers what lines of its kind stand for."""
        whole = self._all[field]
        if label in CARRIED_IN and not self._rows:
            self._carried[field] = printed
            return True
        handed, self._handed_on[field] = self._handed_on.get(field), printed
        follows = printed == self._carried[field] + whole
        if label in _OVERALL:
            fresh = self._rows_since > 0 and printed == whole - self._last[field]
            return follows or fresh or whole - printed in self._parts[field]
        if follows or whole - printed in self._starts[field]:
            if follows and printed:
                self._running.add((field, label))
            return True
        if label == "小计":
            return False
        if label in _PAGES:
            return label in CARRIED_IN and printed == handed
        return (field, label) not in self._running

    def _expected(self, field: str, label: str) -> int:
        if self._rows_since and (label == "小计" or label in _OVERALL):
            return self._all[field] - self._last[field]
        return self._carried[field] + self._all[field]

    def _printed(self, index: int, field: str, cells: tuple[str, ...]) -> int | None:
        read = self._reader.by_field[field].numbers
        if read is None or index >= len(cells) or not cells[index].strip():
            return None
        try:
            return read(cells[index])
        except CellError:
            return None
