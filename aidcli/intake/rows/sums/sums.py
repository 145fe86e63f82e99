"""Sums of columns as the rows go by, and lines of sums (小计, 合计, 累计, 过次页) held against them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ....errors import Problem
from ....money import yuan
from ...coercion.cells import CellError
from ..skiprows import CARRIED_IN, CARRIED_ON

OVERALL = ("合计", "总计", "共计")
PART = "小计"
_PAGES = (*CARRIED_IN, *CARRIED_ON)


class Summed(NamedTuple):
    """A column that is summed. `read`: a cell as a whole number (fen, persons); `shown`: such a number for people.

    `known`: a template reads it. Of another column a sum is said to be wrong only where figures stand above it.
    """

    field: str
    place: int
    letter: str
    heading: str
    read: Callable[[str], int | None]
    shown: Callable[[int], str]
    known: bool = True

    def printed(self, cells: Sequence[str]) -> int | None:
        """The sum that a line prints in this column; None where it prints none."""
        if self.place >= len(cells) or not cells[self.place].strip():
            return None
        try:
            return self.read(cells[self.place])
        except CellError:
            return None


class _Waiting(NamedTuple):
    """A printed sum that is not that of the rows above it; `before`, what had come together there."""

    column: Summed
    row: int
    raw: str
    label: str
    printed: int
    above: int
    before: int
    rows: int


class Sums:
    """Running sums of a sheet's columns.

    A run of rows that is summed begins at the top or behind an earlier printed line: `_starts` holds, for each
    column, what had come together at each of them, `_parts` at those that end a part of the list (合计).
    Where the first line of sums stands above all rows (`leads`), a line may be of the rows below it.
    """

    def __init__(self, sheet: str, columns: Sequence[Summed]) -> None:
        self.leads = False
        self.columns = list(columns)
        self.all = dict.fromkeys((column.field for column in columns), 0)
        self.rows = self.lines = 0
        self._sheet = sheet
        self._last = dict(self.all)
        self._starts: dict[str, set[int]] = {field: {0} for field in self.all}
        self._parts: dict[str, set[int]] = {field: {0} for field in self.all}
        self._carried = dict(self.all)  # what earlier pages, which are not in the file, had come to
        self._handed_on: dict[str, int] = {}
        self._running: set[tuple[str, str]] = set()
        self._rows_since = 0
        self._ends_part = False
        self._waiting: list[_Waiting] = []

    def add_rows(self, rows: int, sums: Mapping[str, int]) -> None:
        """Counts several rows in by the sums of their columns."""
        if not self._rows_since:
            self._begin()
        self._rows_since += rows
        self.rows += rows
        for field, figure in sums.items():
            self.all[field] += figure

    def drop(self, field: str) -> None:
        """Forgets a column that turned out to hold other things than figures."""
        self.columns = [column for column in self.columns if column.field != field]

    def _begin(self) -> None:
        """The first row behind a printed line: a run of rows begins."""
        for field, figure in self.all.items():
            self._starts[field].add(figure)
            if self._ends_part:
                self._parts[field].add(figure)
        self._last = dict(self.all)
        self._ends_part = False

    def check(self, row: int, cells: Sequence[str], label: str) -> tuple[Problem, ...]:
        """Notes where a printed total is the sum of no run of rows that it may stand for.

        小计 may stand for any run that ends here, 合计 for what came since the last printed line or for whole
        parts. 累计 may reach back beyond the file: it is held against the rows once it was seen to follow them.
        Of a sheet that begins with such a line nothing is said until its end.
        """
        self.lines += 1
        leads = not self.rows and (label == PART or label in OVERALL)
        self.leads = self.leads or (
            leads and any(column.printed(cells) is not None for column in self.columns)
        )
        self._settle()
        problems = []
        for column in self.columns:
            printed = column.printed(cells)
            if printed is None or self._is_right(column.field, printed, label):
                continue
            above, whole = self._expected(column.field, label), self.all[column.field]
            found = _Waiting(column, row, cells[column.place], label, printed, above, whole, self.rows)
            if self.leads:
                self._waiting += [found] if label == PART or label in OVERALL else []
            elif column.known or whole:
                problems.append(self._wrong(found))
        self._rows_since = 0
        self._ends_part = self._ends_part or label in OVERALL
        return tuple(problems)

    def finish(self) -> tuple[Problem, ...]:
        """What is still to be said at the end of a sheet that begins with a line of sums."""
        self._settle()
        left = [one for one in self._waiting if one.column in self.columns]
        return tuple(
            self._wrong_both_ways(one) for one in left if one.column.known or self.all[one.column.field]
        )

    def _settle(self) -> None:
        """Lets go of the sums that the rows below them have come to."""
        self._waiting = [
            one for one in self._waiting if self.all[one.column.field] - one.before != one.printed
        ]

    def _wrong(self, one: _Waiting) -> Problem:
        shown = one.column.shown
        message = (
            f"列“{one.column.heading}”的{one.label}印为{shown(one.printed)}，上方各行相加是{shown(one.above)}，"
            f"相差{shown(one.printed - one.above)}，请核对"
        )
        return self._problem(one, message)

    def _wrong_both_ways(self, one: _Waiting) -> Problem:
        if one.rows == self.rows:
            return self._wrong(one)
        shown, below = one.column.shown, self.all[one.column.field] - one.before
        message = (
            f"列“{one.column.heading}”的{one.label}印为{shown(one.printed)}，写在各行上方；下方各行相加是{shown(below)}，"
            f"相差{shown(one.printed - below)}，请核对"
        )
        return self._problem(one, message)

    def _problem(self, one: _Waiting, message: str) -> Problem:
        return Problem(self._sheet, one.row, one.column.letter, one.raw, "total_mismatch", message, "note")

    def _is_right(self, field: str, printed: int, label: str) -> bool:
        """Whether a printed sum may be meant as it stands; remembers what lines of its kind stand for."""
        whole = self.all[field]
        if label in CARRIED_IN and not self.rows:
            self._carried[field] = printed
            return True
        handed, self._handed_on[field] = self._handed_on.get(field), printed
        follows = printed == self._carried[field] + whole
        if label in OVERALL:
            fresh = self._rows_since > 0 and printed == whole - self._last[field]
            return follows or fresh or whole - printed in self._parts[field]
        if follows or whole - printed in self._starts[field]:
            if follows and printed:
                self._running.add((field, label))
            return True
        if label == PART:
            return False
        if label in _PAGES:
            return label in CARRIED_IN and printed == handed
        return (field, label) not in self._running

    def _expected(self, field: str, label: str) -> int:
        if self._rows_since and (label == PART or label in OVERALL):
            return self.all[field] - self._last[field]
        return self._carried[field] + self.all[field]


def in_yuan(fen: int) -> str:
    """A sum of money for people: 1,234.50元."""
    return f"{yuan(fen)}元"


def in_figures(hundredths: int) -> str:
    """A figure whose unit nobody knows: 1,234.5, 12."""
    return yuan(hundredths).removesuffix(".00")
