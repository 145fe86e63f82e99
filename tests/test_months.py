"""Months and quarters as people write them."""

from __future__ import annotations

import pytest

from aidcli.errors import WrongUsage
from aidcli.months import parse_month, parse_period


@pytest.mark.parametrize(
    "written",
    [
        "2026-08",
        "2026-8",
        "2026.8",
        "2026/08",
        "202608",
        "2026年8月",
        "2026年08月份",
        "２０２６年８月",
        " 2026 - 8 ",
    ],
)
def test_a_month_in_any_form(written: str) -> None:
    assert parse_month(written) == parse_period(written) == "2026-08"


@pytest.mark.parametrize("written", ["2026-Q3", "2026q3", "2026年第三季度", "2026年3季度", "2026-三季度"])
def test_a_quarter_in_any_form(written: str) -> None:
    assert parse_period(written) == "2026-Q3"
    with pytest.raises(WrongUsage):
        parse_month(written)


@pytest.mark.parametrize(
    "written", ["", "8月", "2026", "2026-13", "2026-00", "20268", "202600", "2026-Q5", "26-08", "2026-08-01"]
)
def test_what_is_neither_is_answered_with_the_right_form(written: str) -> None:
    with pytest.raises(WrongUsage, match="2026-10（月）或 2026-Q4（季）"):
        parse_period(written)
    with pytest.raises(WrongUsage, match="2026-10"):
        parse_month(written)
