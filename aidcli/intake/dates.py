"""One cell → a day or a month, in every spelling that departments use.

Days are ISO text, months ``YYYY-MM``; None where the cell says "nothing" or "for good".
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from .cells import EMPTY, CellError, clean, without_blanks

_NEVER = frozenset(("长期", "至今", "永久", "长期有效", "9999-12-31", "99991231"))
_TIME = re.compile(r"[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|\+08:?00)?\Z")
_YMD = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?|(\d{2})(\d{2}))\Z", re.ASCII)
_YM = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月?份?|(\d{2}))\Z", re.ASCII)
_STAMP = re.compile(r"(\d{8})\d{6}\Z", re.ASCII)
_SHORT = re.compile(r"(\d{2})[-.年](\d{1,2})[-.月](\d{1,2})日?\Z", re.ASCII)
_SHORT_SLASH = re.compile(r"\d{1,2}/\d{1,2}/\d{2}\Z", re.ASCII)
_SERIAL = re.compile(r"(\d{1,5})(?:\.\d+)?\Z", re.ASCII)


def day(raw: str, *, today: date | None = None, date1904: bool = False) -> str | None:
    """The ISO day; two-digit years are taken as not later than `today` (refused without it).

    A day after `today` is refused: nothing that a department reports lies in the future.
    """
    found = _day(str(raw), today, date1904)
    if found is not None and today is not None and found > today.isoformat():
        raise CellError("day_in_future", f"写的日期（{found}）还没有到，应为已经发生的日期")
    return found


@lru_cache(maxsize=65536)
def _day(raw: str, today: date | None, date1904: bool) -> str | None:
    value = _date_text(raw)
    if value is None:
        return None
    if _YM.match(value):
        raise CellError("bad_day", "只有年月，缺少日，应写成 2026-10-09 这样的日期")
    found = _YMD.match(value)
    if found:
        year, month_, day_ = (int(part) for part in found.groups() if part)
        return _real(year, month_, day_)
    found = _SHORT.match(value)
    if found and today is not None:
        year, month_, day_ = (int(part) for part in found.groups())
        iso = _real(2000 + year, month_, day_)
        return iso if iso is not None and iso <= today.isoformat() else _real(1900 + year, month_, day_)
    if found or _SHORT_SLASH.match(value):
        raise CellError("bad_day", "年份只有两位，看不出是哪一年，应写成 2026-10-09 这样的日期")
    found = _SERIAL.match(value)
    if found:
        return _from_serial(int(found.group(1)), date1904)
    raise CellError("bad_day", "看不出是哪一天，应写成 2026-10-09 这样的日期")


def month(
    raw: str, *, was_number: bool = False, today: date | None = None, date1904: bool = False
) -> str | None:
    """The month ``YYYY-MM`` from a month or a day in any of the usual spellings."""
    value = _date_text(str(raw))
    if value is None:
        return None
    if was_number and re.fullmatch(r"\d{4}\.1", value):
        raise CellError("bad_month", "写成小数的“年.1”分不清是1月还是10月，应写成 2026-10 这样的年月")
    found = _YM.match(re.sub(r"(?:起|至今)\Z", "", value))
    if found:
        year, number = (int(part) for part in found.groups() if part)
        if 1850 <= year <= 2200 and 1 <= number <= 12:
            return f"{year:04d}-{number:02d}"
        raise CellError("bad_month", "没有这个月份，应写成 2026-10 这样的年月")
    try:
        iso = _day(str(raw), today, date1904)
    except CellError as error:
        raise CellError("bad_month", "看不出是哪一年哪一月，应写成 2026-10 这样的年月") from error
    return iso[:7] if iso else None


def _date_text(raw: str) -> str | None:
    value = clean(raw)
    value = re.sub(r"(\d{4}) (\d{1,2}) (\d{1,2})\Z", r"\1-\2-\3", value)
    value = _STAMP.sub(r"\1", without_blanks(_TIME.sub("", value)))
    if value.upper() in EMPTY or value in _NEVER or value in ("0", "0.0"):
        return None
    return (
        None if re.match(r"(?:1900|1899)[-/.年]0?[01]+[-/.月]0{1,2}日?\Z|1899-12-3[01]\Z", value) else value
    )


def _real(year: int, month_: int, day_: int) -> str:
    try:
        found = date(year, month_, day_)
    except ValueError as error:
        raise CellError("bad_day", "没有这一天") from error
    if not 1850 <= year <= 2200:
        raise CellError("bad_day", "年份不合理")
    return found.isoformat()


def _from_serial(serial: int, date1904: bool) -> str:
    """An Excel day number; 1900-02-29, which never was, is day 60 of the 1900 system."""
    found = (date(1904, 1, 1) if date1904 else date(1899, 12, 30)) + timedelta(days=serial)
    if not 1910 <= found.year <= 2100:
        raise CellError("bad_day", "看不出是哪一天，应写成 2026-10-09 这样的日期")
    return found.isoformat()
