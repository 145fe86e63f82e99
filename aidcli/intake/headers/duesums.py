"""Two sums of a row that differ by what is paid for other months: 应发 and 实发, with 补发 or 扣发 between them."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from ..coercion.cells import CellError, money
from ..rows.skiprows import total_label
from ..rows.sums.backpay import places_beside
from ..templates import Template
from .wording import Column, HeaderMatch

_FIELDS = frozenset(("total", "benefit_fen", "paid_total", "paid_amount"))


def sum_beside_back_pay(
    template: Template,
    field: str,
    one: Column,
    two: Column,
    match: HeaderMatch,
    below: Sequence[Sequence[str]],
) -> Column | None:
    """Of two columns of one sum that a roster's month's, or that a payment list's which was paid; None for any others.

    They are such two where in every row the one with what is beside it is the other.
    """
    if field not in _FIELDS:
        return None
    places = places_beside(match.headings, {column.place for column in match.columns.values()})
    lines = [cells for cells in below if not total_label(cells)]
    for due, paid in ((one, two), (two, one)):
        if places and _makes_up(due.place, paid.place, places, lines):
            return paid if template.kind == "money" else due
    return None


def _makes_up(due: int, paid: int, places: dict[str, int], lines: Sequence[Sequence[str]]) -> bool:
    """Whether each row that has both sums has what lies between them in the columns beside them."""
    differs = False
    for cells in lines:
        sums = _fen(cells, due), _fen(cells, paid)
        if None in sums:
            continue
        beside = (_fen(cells, places.get("arrears")) or 0) - abs(_fen(cells, places.get("deducted")) or 0)
        if (sums[0] or 0) + beside != sums[1]:
            return False
        differs |= beside != 0
    return differs


def _fen(cells: Sequence[str], place: int | None) -> int | None:
    raw = cells[place] if place is not None and place < len(cells) else ""
    with contextlib.suppress(CellError):
        return money(raw) if raw.strip() else None
    return None
