"""Printed sums that the row reader does not see to: of columns that are not read, of heads, of rows below them.

It looks at the rows once they are read and adds to lines of sums what is wrong with them.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Sequence

from ....errors import Problem
from ....model import Block, RowRead
from ...coercion.cells import CellError, all_money, count, money
from ...fields import FIELDS
from ...headers.plan import SheetPlanned
from ...headers.slots import is_of_one
from ...headers.wording import bare_key, heading_key
from ...letters import column_letter
from ...templates import Template
from ..skiprows import total_label
from ..values import ValueReader
from .sums import Summed, Sums, in_figures
from .totals import NO_SUM, money_columns

# Figures under these are no sums, whatever stands in the last line.
_NO_SUM = re.compile(
    r"序号|编号|编码|代码|年龄|岁|电话|手机|证|账号|卡|号|邮编|日期|时间|年月|年份|年度|月份|月数|比例|比率|率|占比|[等年班]级|级别|"
    r"身高|体重|期\Z|№|NO|次\Z|\A组\Z|村组|小组|座|栋|单元|楼层"
)
_OF_HOUSEHOLD = re.compile(r"家庭|户|保障人")
_FIGURES = re.compile(r"[¥￥]?-?[\d,]+(?:\.\d+)?元?\Z", re.ASCII)
_MOST = 12  # columns
_MOST_ROWS = 20_000  # before the first line of sums: what is longer came out of a system, which prints none


class OtherSums:
    """Watches the rows of one sheet in order."""

    def __init__(self, template: Template, planned: SheetPlanned, reader: ValueReader) -> None:
        self._known = money_columns(reader)
        self._others = _others(template, planned, reader)
        self._sheet = planned.sheet.name
        self._sums: Sums | None = None

    def row(self, read: RowRead) -> RowRead:
        """A row with what is wrong with the sums that it prints."""
        problems = self._line(read)
        if problems is None and read.outcome != "skipped":
            self._add([read.cells])
        return read._replace(problems=(*read.problems, *problems)) if problems else read

    def block(self, block: Block) -> Block:
        """The same of many rows."""
        rows = [cells for _, cells in block.cells]
        odd = list(block.odd)
        done = 0
        for at, (place, read) in enumerate(odd):
            if read.outcome != "skipped":
                continue
            self._add(rows[done:place])
            problems = self._line(read)
            if problems:
                odd[at] = place, read._replace(problems=(*read.problems, *problems))
            done = place + 1
        self._add(rows[done:])
        return block._replace(odd=odd)

    def last(self) -> RowRead | None:
        """What is still to be said at the end of the sheet, as a row that holds nothing; None for nothing."""
        problems = self._sums.finish() if self._sums is not None else ()
        return RowRead(problems[0].row, (), "skipped", None, problems) if problems else None

    def _line(self, read: RowRead) -> tuple[Problem, ...] | None:
        """What is wrong with a line of sums; None for any other row."""
        label = _label(read) if read.outcome == "skipped" and read.cells else ""
        if not label:
            return None
        return self._watched(leads=True).check(read.row, read.cells, label)

    def _watched(self, leads: bool) -> Sums:
        """The sums, from the first row or line on: where a line of sums leads, those of all columns."""
        if self._sums is None:
            columns = [*(self._known if leads else ()), *self._others]
            self._sums = Sums(self._sheet, sorted(columns, key=lambda column: column.place))
        return self._sums

    def _add(self, rows: Sequence[Sequence[str]]) -> None:
        if not rows:
            return
        watched = self._watched(leads=False)
        if watched.rows > _MOST_ROWS and not watched.lines:
            for column in list(watched.columns):
                watched.drop(column.field)
        found = {}
        for column in list(watched.columns):
            place = column.place
            figures = _sum(column, [cells[place] if place < len(cells) else "" for cells in rows])
            if figures is None and not column.known:
                watched.drop(column.field)
            found[column.field] = figures or 0
        watched.add_rows(len(rows), found)


def _sum(column: Summed, cells: Sequence[str]) -> int | None:
    """What some cells come to; None where one of a column that nobody knows holds no figure."""
    scale = 100 if column.read is money else 1 if column.read is count else 0
    with contextlib.suppress(ValueError):
        if scale:
            return sum(map(int, cells)) * scale
    filled = [cell for cell in cells if cell.strip()]
    if column.read is money and filled and (cents := all_money(filled)) is not None:
        return sum(cents)
    whole = 0
    for cell in filled:
        try:
            whole += column.read(cell) or 0
        except CellError:
            if not column.known:
                return None
    return whole


def _label(read: RowRead) -> str:
    """小计, 合计 …; a line of nothing but figures is one of sums without its word."""
    label = total_label(read.cells)
    filled = [unicodedata.normalize("NFKC", cell).strip() for cell in read.cells if cell.strip()]
    figures = bool(filled) and all(_FIGURES.match(cell) for cell in filled)
    return label or ("合计" if figures and not _is_numbering(filled) else "")


def _is_numbering(filled: Sequence[str]) -> bool:
    return list(filled) == [str(number) for number in range(1, len(filled) + 1)]


def _others(template: Template, planned: SheetPlanned, reader: ValueReader) -> list[Summed]:
    """The counts that are read, and the columns without a field that may hold figures.

    On a list of persons what is told of a household may stand in the row of each of them.
    """
    by_person = template.unit == "person" and template.kind == "roster"
    counts = [
        Summed(column.field, column.place, column.letter, column.heading, count, str)
        for column in reader.columns
        if FIELDS[column.field].type == "count" and not (by_person and FIELDS[column.field].household)
    ]
    taken = {column.place for column in planned.mapped().values()}
    unread = [
        Summed(
            f"@{place}", place, column_letter(place + 1), "".join(heading.split()), money, in_figures, False
        )
        for place, heading in enumerate(planned.match.headings)
        if place not in taken and _may_be_summed(heading, by_person)
    ]
    return counts + unread[:_MOST]


def _may_be_summed(heading: str, by_person: bool) -> bool:
    key = bare_key(heading_key(heading))
    if not key or _NO_SUM.search(key) or NO_SUM.search(key) or is_of_one(heading):
        return False
    return not (by_person and _OF_HOUSEHOLD.search(key))
