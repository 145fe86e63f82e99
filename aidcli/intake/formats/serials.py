"""Days, times and spans as workbooks keep them: serial numbers, number formats, ISO words → text of a cell."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from ..coercion.cells import DateText, NumberText, number_text

# What Excel does not write out: the last ones are year-month-day formats of Chinese Excel and WPS.
BUILTIN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
BUILTIN_SPANS = frozenset((46,))

_EPOCH = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_DAY = 86400
# A condition such as [红色] or [$-804] says nothing about dates, [hh] does.
_NO_FORMAT = re.compile(r'"[^"]*"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
_DATE_LETTER = re.compile(r"(?<![_\\])[dmhysDMHYS]")
_SPAN = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)
_ISO = re.compile(
    r"\s*(?:(\d{4})-(\d{2})-(\d{2}))?T?(?:(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?Z?", re.ASCII
)
_ISO_SPAN = re.compile(
    r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,]\d+)?S)?\Z", re.ASCII | re.IGNORECASE
)


def is_date_format(code: str) -> bool:
    """Whether a number format shows a day or a time; its part for positive numbers counts."""
    return _DATE_LETTER.search(_NO_FORMAT.sub("", code.split(";")[0])) is not None


def is_span_format(code: str) -> bool:
    """Whether a number format shows a length of time, such as ``[h]:mm``."""
    return _SPAN.search(code.split(";")[0]) is not None


def serial_text(value: float, date1904: bool) -> str:
    """A serial number under a date format; ``#VALUE!`` where Excel could not show it either."""
    try:
        day, fraction = divmod(value, 1)
        part = timedelta(milliseconds=round(fraction * _DAY * 1000))
        if 0 <= value < 1 and not part.days:
            return moment_text((datetime.min + part).time())
        if 0 < value < 60 and not date1904:
            day += 1  # Excel counts a 29th of February 1900
        return moment_text((_EPOCH_1904 if date1904 else _EPOCH) + timedelta(days=day) + part)
    except (OverflowError, ValueError):
        return "#VALUE!"


def span_text(value: float) -> str:
    """A number under a format of elapsed time."""
    try:
        span = timedelta(days=value)
        whole = timedelta(seconds=span.total_seconds() // 1, microseconds=round(span.microseconds, -3))
        return DateText(str(whole if span.microseconds else span))
    except (OverflowError, ValueError):
        return "#VALUE!"


def moment_text(moment: datetime | date | time) -> DateText:
    """A day without its midnight, a time of day by itself."""
    if isinstance(moment, datetime):
        midnight = moment.time() == time(0)
        return DateText(moment.date().isoformat() if midnight else moment.isoformat(" ", "seconds"))
    return DateText(moment.isoformat())


def iso_text(raw: str) -> str:
    """A day, time or both in ISO words, as `moment_text` writes them; other words come back as they are."""
    found = _ISO.match(raw)
    if found is None or not any(found.groups()):
        return _iso_span(raw)
    year, month, day, hour, minute, second, part = found.groups()
    try:
        clock = time(int(hour or 0), int(minute or 0), int(second or 0), int(((part or "") + "000000")[:6]))
        if year is None:
            return moment_text(clock)
        if hour is None:
            return moment_text(date(int(year), int(month), int(day)))
        return moment_text(datetime.combine(date(int(year), int(month), int(day)), clock))
    except ValueError:
        return raw


def _iso_span(raw: str) -> str:
    found = _ISO_SPAN.match(raw.strip())
    if found is None or not any(found.groups()):
        return raw
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if hours < 24 and minutes < 60 and seconds < 60:
        return moment_text(time(hours, minutes, seconds))
    return DateText(str(timedelta(hours=hours, minutes=minutes, seconds=seconds)))


def numeral_text(raw: str) -> str:
    """The words of a number in a workbook as the text of a numeric cell; other words stay words."""
    try:
        if "." in raw:
            value = float(raw)
            return number_text(value) if value.is_integer() else NumberText(repr(value))
        if raw.isdecimal() and raw.isascii() and len(raw) < 16 and raw[0] != "0":
            return NumberText(raw)
        return number_text(float(raw) if "e" in raw or "E" in raw else int(raw))
    except ValueError:
        return raw
