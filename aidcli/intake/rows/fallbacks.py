"""What stands for a value that a list does not give: the second column of it, or what leaving it out says."""

from __future__ import annotations

from typing import Any

from .values import ValueReader, Values

INCLUDED = "included_supplement"  # a part that the monthly sum holds already: 其中分类施保金
# Columns beside which the monthly sum is not the total.
SUPPLEMENTS = frozenset(
    (
        "household_supplement",
        "person_supplement",
        "key_supplement",
        "key_supplement_2",
        "disability_supplement",
    )
)


def applied(reader: ValueReader, values: Values, assume_total: bool) -> Values:
    """The values of a row with what stands for others; the monthly sum for the total where it may."""
    words, numbers = values.words, values.numbers
    columns = reader.by_field
    if "account" not in words and "card_account" in words:
        words["account"] = words["card_account"]
    if "unemployed_day" in words and "unemployed_state" not in values.refused:
        words.setdefault("unemployed_state", "registered")
    if assume_total and "total" not in columns and "base" in numbers and not SUPPLEMENTS & columns.keys():
        numbers["total"] = numbers["base"]
        numbers["base"] = less(numbers["base"], numbers.get(INCLUDED))
    return values


def less(whole: Any, part: Any) -> Any:
    """A sum in fen without a part of it that stands beside it; as it is where it cannot hold the part."""
    return whole - part if whole and part and whole >= part else whole
