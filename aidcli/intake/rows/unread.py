"""Columns that hold something and are not read: what the import says it left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ...errors import Problem
from ..formats.source import Row
from ..headers.plan import SheetPlanned
from ..headers.wording import bare_key, heading_key
from .leavers.deaths import RECORDED
from .leavers.watching import ends_in
from .sums.backpay import columns_beside

# Numbering and signatures: nobody misses them.
_NOTHING_LOST = re.compile(
    r"(?:序号|序|编号|行号|排序|NO\.?|№)\Z|签[字名章收]|盖章|手印|指印|领取人确认|经办人\Z|填表人|制表人|审核人"
)


_ANY = "2000-12"  # a month of a list: only whether a cell tells one is asked here
_READ = ("row_ended", "death_told")


class UnreadColumns:
    """Watches, block by block, which of the columns that are not read hold anything."""

    def __init__(self, planned: SheetPlanned) -> None:
        self._pending = [place for place, _ in unread_headings(planned)]
        self._times = {one.place: one for one in ends_in(planned, _ANY)}

    def filled(self, rows: Sequence[Row]) -> frozenset[int]:
        """The places of those that hold something in these rows and held nothing before."""
        found = frozenset(
            place
            for place in self._pending
            if any(
                place < len(cells) and cells[place].strip() and self._is_unread(place, cells[place].strip())
                for _, cells in rows
            )
        )
        self._pending = [place for place in self._pending if place not in found]
        return found

    def _is_unread(self, place: int, cell: str) -> bool:
        """Whether a cell that holds something is not read: it is where it tells in which month somebody left."""
        return place not in self._times or not self._times[place].month(cell)


def told_in(problems: Iterable[Problem]) -> set[tuple[str, str]]:
    """(sheet, letter) of the columns from which the end of somebody or a death was read, as the rows' notes tell."""
    return {(one.sheet, one.column) for one in problems if one.code in _READ or RECORDED in one.message}


def unread_headings(planned: SheetPlanned) -> list[tuple[int, str]]:
    """(place, heading in one line) of the columns that no field is read from, less those that nobody misses."""
    taken = {column.place for column in planned.mapped().values()}
    taken |= {column.place for column in columns_beside(planned).values()}
    return [
        (place, "".join(heading.split()))
        for place, heading in enumerate(planned.match.headings)
        if place not in taken and heading.strip() and not _NOTHING_LOST.search(bare_key(heading_key(heading)))
    ]
