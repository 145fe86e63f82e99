"""Months as text ``YYYY-MM`` and periods (``YYYY-MM`` or ``YYYY-Qn``), with the arithmetic they need."""

from __future__ import annotations

import re
from datetime import date

from .errors import WrongUsage

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z")
_PERIOD = re.compile(r"(\d{4})-(?:(0[1-9]|1[0-2])|Q([1-4]))\Z")


def parse_month(text: str) -> str:
    """`text` itself when it is a month; raises `WrongUsage`."""
    if not _MONTH.match(text):
        raise WrongUsage("bad_month", f"“{text}”不是月份，应写成 2026-10 这样的“年-月”")
    return text


def parse_period(text: str) -> str:
    """`text` itself when it is a month or a quarter (``2026-Q4``); raises `WrongUsage`."""
    if not _PERIOD.match(text):
        raise WrongUsage("bad_period", f"“{text}”不是期间，应写成 2026-10（月）或 2026-Q4（季）")
    return text


def month_of(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


def add_months(month: str, count: int) -> str:
    """The month `count` months later (earlier when negative)."""
    index = int(month[:4]) * 12 + int(month[5:7]) - 1 + count
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def quarter_of(month: str) -> str:
    return f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}"


def months_of(period: str) -> tuple[str, ...]:
    """The months of a period: one for a month, three for a quarter."""
    if "Q" not in period:
        return (period,)
    first = int(period[-1]) * 3 - 2
    return tuple(f"{period[:4]}-{number:02d}" for number in range(first, first + 3))


def add_months_to_day(day: date, count: int) -> date:
    """The same day `count` months later; the last day of that month where it has no such day."""
    month = add_months(month_of(day), count)
    year, number = int(month[:4]), int(month[5:7])
    for last in range(day.day, 27, -1):
        try:
            return date(year, number, last)
        except ValueError:
            continue
    return date(year, number, day.day)
