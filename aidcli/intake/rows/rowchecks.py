"""Sums that a sheet prints, held against its figures once the rows are read: down the columns, across the months."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...errors import AidError
from ...model import Block, RowRead
from ...months import months_of
from ..formats.source import Row
from ..headers.periods import lines_of, period_in
from ..headers.plan import SheetPlanned
from ..templates import Template
from .rowreader import RowReader
from .skiprows import is_list_title
from .sums.monthsums import month_sum_of
from .sums.othersums import OtherSums
from .values import ValueReader


class RowChecks:
    """Checks the rows of one sheet in order."""

    def __init__(self, template: Template, planned: SheetPlanned, values: ValueReader, path: Path) -> None:
        self._path = path
        self._sheet = planned.sheet.name
        told = (period_in(line) for line in lines_of([planned.titles]))
        self._month = next(filter(None, told), None)
        self._other: tuple[int, str, str] | None = None
        self._sums = OtherSums(template, planned, values)
        self._months = month_sum_of(planned)

    def row(self, read: RowRead) -> RowRead:
        """A row as it was read, with what is wrong with the sums in it.

        Raises `AidError` (``second_table``) at the title of a list for another month.
        """
        self._refuse_other_month(read)
        wrong = self._months.wrong(read) if self._months is not None else None
        if wrong is not None:
            read = read._replace(problems=(*read.problems, wrong))
        return self._sums.row(read)

    def block(self, rows: Sequence[Row], reader: RowReader) -> Block:
        """Some rows read together; alone where each of them may have to be told of."""
        if self._months is None:
            block = reader.read_block(list(rows))
            self._refuse_other_months(block)
            return self._sums.block(block)
        alone = [(place, self.row(reader.read(*row)[0])) for place, row in enumerate(rows)]
        return Block(list(rows), None, alone)

    def _refuse_other_months(self, block: Block) -> None:
        done = 0
        for place, read in block.odd:
            if self._other is not None and place > done:  # a plain row stands between
                raise self._second_month(*self._other)
            self._refuse_other_month(read)
            done = place + 1
        if self._other is not None and len(block.cells) > done:
            raise self._second_month(*self._other)

    def last(self) -> RowRead | None:
        """What is still to be said at the end of the sheet; None for nothing."""
        return self._sums.last()

    def _refuse_other_month(self, read: RowRead) -> None:
        """Refuses the first row of somebody's below such a title."""
        if self._other is not None and read.outcome != "skipped":
            raise self._second_month(*self._other)
        if self._month is None or read.outcome != "skipped" or not is_list_title(read.cells):
            return
        title = next(cell.strip() for cell in read.cells if cell.strip())
        month = period_in(title)
        same = month is None or set(months_of(month)) & set(months_of(self._month))
        self._other = None if same else (read.row, title, month or "")

    def _second_month(self, row: int, title: str, month: str) -> AidError:
        return AidError(
            "second_table",
            f"文件“{self._path.name}”工作表“{self._sheet}”里上下排着不止一个月的表：上面的标题写的是{self._month}，"
            f"第{row}行的标题“{title}”写的是{month}，整个文件没有导入",
            file=self._path.name,
            sheet=self._sheet,
            row=row,
            hint="请按月分成几张工作表或几个文件，再分别导入",
        )
