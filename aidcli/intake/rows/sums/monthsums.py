"""The sum of several months beside the months: 7月 | 8月 | 9月 | 季度合计."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from ....errors import Problem
from ....model import RowRead
from ....money import yuan
from ...coercion.cells import CellError, money
from ...headers.monthcolumns import months_and_sum
from ...headers.plan import SheetPlanned
from ...headers.wording import bare_key, heading_key
from ...letters import column_letter
from ..skiprows import total_label

_LOOKED_AT = 40


class MonthSum(NamedTuple):
    """Where the months stand and where their sum; `between`, columns that may belong to the sum as well."""

    sheet: str
    months: tuple[int, ...]
    between: tuple[int, ...]
    place: int
    headings: tuple[str, ...]
    heading: str
    is_read: bool

    def wrong(self, read: RowRead) -> Problem | None:
        """What is wrong with the sum of a row; None where it is right or cannot be told."""
        if read.outcome == "skipped":
            return None
        told = self._told(read.cells)
        if told is None or told[0] in told[1:]:
            return None
        printed, months = told[:2]
        listed = "".join(f"“{heading}”" for heading in self.headings)
        message = (
            f"列“{self.heading}”写的是{yuan(printed)}元，本行{listed}{len(self.months)}列相加是{yuan(months)}元，"
            f"相差{yuan(printed - months)}元，请核对" + ("；金额按所写的合计收下" if self.is_read else "")
        )
        letter = column_letter(self.place + 1)
        raw = read.cells[self.place]
        return Problem(self.sheet, read.row, letter, raw, "total_mismatch", message, "note")

    def _told(self, cells: Sequence[str]) -> tuple[int, int, int] | None:
        """The sum as written, that of the months, and that with what stands between; None where one is no figure."""
        try:
            printed = _fen(cells, self.place)
            months = sum(_fen(cells, place) or 0 for place in self.months)
            more = sum(_fen(cells, place) or 0 for place in self.between)
        except CellError:
            return None
        return None if printed is None else (printed, months, months + more)

    def bears_out(self, planned: SheetPlanned) -> bool:
        """Whether in most of the first rows the sum is that of the months."""
        rows = (cells for row, cells in planned.sheet.rows() if row > planned.match.row)
        rows = (cells for cells in rows if cells and not total_label(cells))
        told = [one for cells in itertools.islice(rows, _LOOKED_AT) if (one := self._told(cells)) is not None]
        return sum(printed in others for printed, *others in told) * 2 >= len(told)


def month_sum_of(planned: SheetPlanned) -> MonthSum | None:
    """The months and their sum that a sheet's header names, where its first rows bear it out; None for none."""
    keys = [bare_key(heading_key(heading)) for heading in planned.match.headings]
    found = months_and_sum(keys)
    if found is None:
        return None
    months, place = found
    between = tuple(range(months[-1] + 1, place))
    headings = ["".join(heading.split()) for heading in planned.match.headings]
    read = place in {column.place for column in planned.mapped().values()}
    shown = tuple(headings[month] for month in months)
    sums = MonthSum(planned.sheet.name, months, between, place, shown, headings[place], read)
    return sums if sums.bears_out(planned) else None


def _fen(cells: Sequence[str], place: int) -> int | None:
    raw = cells[place] if place < len(cells) else ""
    return money(raw) if raw.strip() else None
