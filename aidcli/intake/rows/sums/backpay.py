"""Money of other months beside a month's: 补发, 扣发, 补扣发. What is paid every month must not hold it.

Such columns belong to no template: they may stand beside the sums of any list, and one of them alone is read. Whether
a sum holds them already is said by its parts, by the standard beside it, by what it is called, in this order.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ....money import yuan
from ...coercion.cells import CellError, money
from ...headers.units import once_unit
from ...headers.wording import Column, bare_key, heading_key, level_keys, money_factor, unit_of
from ..skiprows import total_label

if TYPE_CHECKING:
    from ...headers.plan import SheetPlanned

FIELDS_BESIDE = ("arrears", "deducted")
_SUMS = ("total", "benefit_fen")
_PAID = ("paid_total", "paid_amount")  # what was paid stays what was paid; the part of it is told beside it
_PARTS = (
    "base", "household_supplement", "person_supplement", "key_supplement", "key_supplement_2",
    "disability_supplement", "living", "care",
)  # fmt: skip
_WHEN = r"(?:其中:?)?(?:本[月期季次]|上[月期]|[往前]月|往期|以前月份|其他)?(?:应|实)?"
_WHAT = (
    r"(?:资金|款项?|金额?|部分|数额|数|合计|小计|待遇|补助金?|补贴|津贴|生活费|低保金|保障金|救助金|抚恤金)?"
)
_OF = r"(?:\d{1,2}(?:[-—~至到、]\d{1,2})?月份?)?"
_HEADINGS = {
    "arrears": re.compile(rf"{_WHEN}补(?:发|领|扣发?|退|[/、]扣发?|发[/、]?扣[发款回减])的?{_OF}{_WHAT}\Z"),
    "deducted": re.compile(rf"{_WHEN}(?:扣[发回减款除]|抵扣|追扣|冲减)的?{_OF}{_WHAT}\Z"),
}
_WITHOUT = re.compile(r"应[发付领]|标准|每月|月标")
_WITH = re.compile(r"实[发付领际]|领[取款]|打卡|发放|合计|总[计额金]|共计")
_LOOKED_AT = 60


def columns_beside(planned: SheetPlanned) -> dict[str, Column]:
    """The columns of back payments and deductions of a list that names a sum, with their units, by field.

    None where a sheet has two of a kind (each sum has its own), or where they hold words.
    """
    columns = planned.match.columns
    sums = [columns[field] for field in (*_SUMS, *_PAID) if field in columns]
    if not sums:
        return {}
    taken = {column.place for column in planned.mapped().values()}
    found = {}
    for field, place in places_beside(planned.match.headings, taken).items():
        heading = planned.match.headings[place]
        unit = once_unit(unit_of(heading_key(heading)))
        unit = unit if unit and money_factor(unit) is not None else once_unit(sums[0].unit)
        if _holds_money(planned, place):
            found[field] = Column(place, heading, unit)
    return found


def places_beside(headings: Sequence[str], taken: Collection[int]) -> dict[str, int]:
    """Where such columns stand among those that no field is read from; none of a kind that a sheet has twice."""
    keys = {place: bare_key(level_keys(heading)[-1]) for place, heading in enumerate(headings) if heading}
    found = {
        field: [place for place, key in keys.items() if place not in taken and words.match(key)]
        for field, words in _HEADINGS.items()
    }
    return {field: places[0] for field, places in found.items() if len(places) == 1}


def _holds_money(planned: SheetPlanned, place: int) -> bool:
    rows = (cells for row, cells in planned.sheet.rows() if row > planned.match.row)
    rows = (cells for cells in rows if cells and not total_label(cells))
    filled = [
        cells[place] for cells in itertools.islice(rows, _LOOKED_AT) if place < len(cells) and cells[place]
    ]
    try:
        return len([money(cell) for cell in filled]) > 0
    except CellError:
        return False


class Beside(NamedTuple):
    """What is beside the sum of a row: the field of the sum, what a month comes to, and what stands beside it."""

    field: str
    month: int
    beside: int
    written: int

    def note(self, heading: str) -> str:
        """What is told of a row whose sum holds money of other months."""
        sign = "补发" if self.beside > 0 else "扣发"
        return (
            f"列“{heading}”是{yuan(self.written)}元，其中{sign}{yuan(abs(self.beside))}元不是本月的：每月的金额按"
            f"{yuan(self.month)}元收下，{sign}的另外记下；不对的话请核对后更正"
        )


def taken_apart(numbers: dict[str, int], headings: dict[str, str]) -> Beside | None:
    """A row's sum without what is beside it; None where nothing is, or where the sum does not hold it.

    `headings`: what the columns of the sums are called, by field.
    """
    beside = numbers.get("arrears", 0) - abs(numbers.get("deducted", 0))
    field = next((field for field in _SUMS if field in numbers and field in headings), "")
    if not beside or not field:
        return None
    written = numbers[field]
    if not _holds(written, beside, numbers, headings[field]) or written < beside:
        return None
    return Beside(field, written - beside, beside, written)


def _holds(written: int, beside: int, numbers: dict[str, int], heading: str) -> bool:
    """Whether a sum holds what is beside it."""
    parts = sum(numbers.get(field, 0) for field in _PARTS)
    standard = numbers.get("benefit_standard", 0) * numbers.get("benefit_months", 1)
    for known in (parts, standard):
        if known and known in (written, written - beside):
            return known != written
    key = heading_key(heading)
    return not _WITHOUT.search(key) and _WITH.search(key) is not None
