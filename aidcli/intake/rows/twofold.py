"""Columns that say more than one field: a cell with two things in it, two sums of one payment, a day that closes a firm."""

from __future__ import annotations

from collections.abc import Iterable

from ..fields import FIELDS

TWOFOLD = {
    "benefit_term": ("since", "benefit_until"),
    "custody_term": ("custody_from", "custody_to"),
    "contract_term": ("contract_from", "contract_to"),
    "disability_both": ("disability_category", "disability_grade"),
}
# What else is settled between columns of one row.
BETWEEN = frozenset(("pay_sent", "business_closed"))
_MONTH = len("2026-01")


def settle(fields: Iterable[str], words: dict[str, str], numbers: dict[str, int]) -> None:
    """What `fields` (of `TWOFOLD` and `BETWEEN`) say beside their own, where nothing else says it.

    A bank that lists what it was sent and what it paid is taken at what it paid; where it paid nothing, the sum is the
    one that was sent. A firm with a day on which it was taken off the register is closed.
    """
    for field in fields:
        if field in TWOFOLD:
            part(field, words, numbers)
        elif field in numbers and (words.get("pay_code") != "success" or not numbers.get("pay_amount")):
            numbers["pay_amount"] = numbers[field]
        elif field in words:
            words.setdefault("business_state", "cancelled")


def part(field: str, words: dict[str, str], numbers: dict[str, int]) -> None:
    """Puts what such a cell says into the two fields, where they have no value yet."""
    told = words.pop(field, "").split("|")
    for name, word in zip(TWOFOLD[field], told, strict=False):
        if not word:
            continue
        if FIELDS[name].type == "grade":
            numbers.setdefault(name, int(word))
        else:
            words.setdefault(name, word[:_MONTH] if FIELDS[name].type == "month" else word)
