"""Months as text ``YYYY-MM`` and periods (``YYYY-MM`` or ``YYYY-Qn``), with the arithmetic they need."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from .errors import WrongUsage

_MONTH = re.compile(r"(20\d{2})(?:(?:[-./]|年)(0?[1-9]|1[0-2])|(0[1-9]|1[0-2]))(?:月份?)?\Z")
_QUARTER = re.compile(r"(20\d{2})(?:[-./]|年)?(?:Q([1-4])|第?([1-4一二三四])季度?)\Z")
_NUMERALS = {"一": "1", "二": "2", "三": "3", "四": "4"}


def parse_month(text: str) -> str:
    """The month that somebody wrote (2026-10, 2026-8, 2026.8, 202608, 2026年8月), as ``2026-08``.

    Raises `WrongUsage`.
    """
    found = _MONTH.match(_compact(text))
    if found is None:
        raise WrongUsage("bad_month", f"“{text}”不是月份，应写成 2026-10 这样的“年-月”")
    return f"{found[1]}-{int(found[2] or found[3]):02d}"


def parse_period(text: str) -> str:
    """The month, or the quarter (``2026-Q4``, 2026年第四季度), that somebody wrote; raises `WrongUsage`."""
    found = _QUARTER.match(_compact(text).upper())
    if found is not None:
        number = found[2] or found[3]
        return f"{found[1]}-Q{_NUMERALS.get(number, number)}"
    try:
        return parse_month(text)
    except WrongUsage as error:
        raise WrongUsage("bad_period", f"“{text}”不是期间，应写成 2026-10（月）或 2026-Q4（季）") from error


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


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
