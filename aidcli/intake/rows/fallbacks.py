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


_QUARTER = 3  # months
# Programmes that pay no cash, so that their rosters may count the family and nobody apart from it.
_WHOLE_FAMILY = frozenset(("dibao_margin", "rigid_expenditure"))


# Programmes that pay each person the monthly standard; a list of theirs may name no other sum.
_PAID_BY_STANDARD = frozenset(
    (
        "unemployment_benefit",
        "old_age_allowance",
        "orphan",
        "unattended_child",
        "disability_subsidy",
        "veteran_care",
    )
)
# What else tells what was paid; beside a number of months the standard is the money of one month alone.
_OTHER_SUMS = frozenset(("benefit_fen", "benefit_months", "subsidy_living", "subsidy_care"))


def paid_by_standard(reader: ValueReader) -> bool:
    """Whether a list names the monthly standard and no other sum: that is what is paid."""
    columns = reader.by_field
    unemployed = reader.programme == "unemployment_benefit"
    others = {"benefit_fen"} if unemployed else _OTHER_SUMS
    return (
        reader.programme in _PAID_BY_STANDARD
        and "benefit_standard" in columns
        and not others & columns.keys()
    )


def by_quarter(reader: ValueReader) -> bool:
    """Whether a list of 特困 has the money of a month in parts, and as a sum that of the quarter alone."""
    columns = reader.by_field
    return (
        reader.programme == "tekun" and {"living", "benefit_fen"} <= columns.keys() and "total" not in columns
    )


def _month_of_quarter(values: Values) -> int | None:
    """What a month comes to where three times its parts are just the sum of the quarter, in fen."""
    numbers = values.numbers
    if numbers.get("benefit_months") != _QUARTER or values.refused & {"living", "care", "benefit_fen"}:
        return None
    month = numbers.get("living", 0) + numbers.get("care", 0)
    return month if month and numbers.get("benefit_fen") == _QUARTER * month else None


def counted(reader: ValueReader) -> str:
    """The field that tells how many persons of a household a roster covers."""
    whole = reader.programme in _WHOLE_FAMILY and "covered" not in reader.by_field
    return "household_size" if whole else "covered"


def applied(reader: ValueReader, values: Values, assume_total: bool) -> Values:
    """The values of a row with what stands for others; the monthly sum for the total where it may."""
    words, numbers = values.words, values.numbers
    columns = reader.by_field
    if "account" not in words and "card_account" in words:
        words["account"] = words["card_account"]
    if paid_by_standard(reader) and "benefit_standard" in numbers:
        numbers["benefit_fen"] = numbers.pop("benefit_standard")
    if by_quarter(reader) and (month := _month_of_quarter(values)) is not None:
        numbers["total"] = month
    if "unemployed_day" in words and "unemployed_state" not in values.refused:
        words.setdefault("unemployed_state", "registered")
    if assume_total and "total" not in columns and "base" in numbers and not SUPPLEMENTS & columns.keys():
        numbers["total"] = numbers["base"]
        numbers["base"] = less(numbers["base"], numbers.get(INCLUDED))
    return values


def less(whole: Any, part: Any) -> Any:
    """A sum in fen without a part of it that stands beside it; as it is where it cannot hold the part."""
    return whole - part if whole and part and whole >= part else whole
