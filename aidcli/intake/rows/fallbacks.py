"""What stands for a value that a list does not give: the second column of it, or what leaving it out says."""

from __future__ import annotations

from typing import Any

from ..headers.wording import heading_key
from .values import ValueReader, Values

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


def included(reader: ValueReader) -> set[str]:
    """Supplements that the monthly sum holds already, for their heading says so: 其中分类施保金."""
    if "base" not in reader.by_field or "total" in reader.by_field:
        return set()
    return {
        field
        for field in SUPPLEMENTS & reader.by_field.keys()
        if heading_key(reader.by_field[field].heading).lstrip("(").startswith("其中")
    }


def applied(reader: ValueReader, values: Values, assume_total: bool) -> Values:
    """The values of a row with what stands for others; the monthly sum for the total where it may."""
    words, numbers = values.words, values.numbers
    columns = reader.by_field
    if "account" not in words and "card_account" in words:
        words["account"] = words["card_account"]
    if "unemployed_day" in words and "unemployed_state" not in values.refused:
        words.setdefault("unemployed_state", "registered")
    inside = included(reader)
    others = (SUPPLEMENTS & columns.keys()) - inside
    if assume_total and "total" not in columns and "base" in numbers and not others:
        numbers["total"] = numbers["base"]
        for field in inside:
            numbers["base"] = less(numbers["base"], numbers.get(field))
    return values


def less(whole: Any, part: Any) -> Any:
    """A sum in fen without a part of it that stands beside it; as it is where it cannot hold the part."""
    return whole - part if whole and part and whole >= part else whole
