"""A cell of a column of days or months that tells less: the month without its day, the year alone."""

from __future__ import annotations

import re
from datetime import date

from . import dates
from .cells import CellError, clean, without_blanks

FIRST_YEAR = 1900
DAY_LENGTH = len("2026-10-09")
_YEAR = re.compile(r"(\d{4})(?:年度?)?\Z", re.ASCII)
# What systems write where they know no day, or no month either.
_NO_DAY = re.compile(r"(\d{4})([-/.年]?)(\d{1,2})(?:[-/.]|月|(?<=\d\d))00?日?\Z", re.ASCII)
_NO_MONTH = re.compile(r"(\d{4})[-/.年]?00?(?:[-/.]|月|(?<=00))00?日?\Z", re.ASCII)


def lesser(raw: str, *, was_number: bool = False, today: date | None = None) -> str | None:
    """``YYYY-MM`` or ``YYYY`` where a cell tells a month or a year and no day; None for anything else.

    A day that does not exist tells nothing, nor does what lies after `today`.
    """
    value = without_blanks(clean(raw))
    if found := (_NO_MONTH.match(value) or _YEAR.match(value)):
        told = found.group(1)
    elif found := _NO_DAY.match(value):
        told = f"{found.group(1)}-{int(found.group(3)):02d}"
    else:
        told = _month(raw, was_number)
    if not FIRST_YEAR <= int(told[:4] or 0) <= dates.LAST_YEAR or not "01" <= (told[5:] or "01") <= "12":
        return None
    return None if today is not None and told > today.isoformat()[: len(told)] else told


def _month(raw: str, was_number: bool) -> str:
    try:
        return dates.month(raw, was_number=was_number) or ""
    except CellError:
        return ""
