"""One cell → a day, a month or a span of months, in every spelling that departments use.

Days are ISO text, months ``YYYY-MM``; None where the cell says "nothing" or "for good" (`is_open` tells).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from .cells import EMPTY, CellError, clean, without_blanks

FIRST_YEAR, LAST_YEAR = 1850, 2200

_OPEN = re.compile(
    r"至?(?:长期|长久|永久|终身|终生|无限期|无期限|无固定期限)(?:有效)?|至?今|至?现在|目前|(?:9999|2999)\D?12\D?31日?"
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_UTC = re.compile(r"(\d{4}-\d{2}-\d{2}) ?T? ?(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?Z\Z", re.ASCII)
_TIME = re.compile(
    r"(?:[T ]?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:[-~—–]|至|到) ?\d{1,2}:\d{2})?(?: ?[AP]M)?(?:Z|[+]0?8:?00)?"
    r"|(?<=[日号 ])(?:上午|下午|凌晨|早上|中午|晚上|晚|早)?(?:\d{1,2}[时点:](?:\d{1,2}分?)?(?:\d{1,2}秒)?)?)\Z",
    re.IGNORECASE,
)
_HALF_DAY = re.compile(r"(?:上午|下午|凌晨|早上|中午|晚上|晚|早)\Z")
_WEEKDAY = re.compile(r"[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?\Z")
_NOTE = re.compile(r"(?<=[\d日号月])[(\[【〔][^\d]*\Z")
_YMD = re.compile(
    r"(\d{4})(?:([-/.、\\])(\d{1,2})\2(\d{1,2})[日号]?|[-/.年](\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))\Z",
    re.ASCII,
)
_YM = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月?份?|(\d{2}))\Z", re.ASCII)
_STAMP = re.compile(r"(\d{8})\d{6}\Z", re.ASCII)
_SHORT = re.compile(r"(\d{2})(?:([-.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?)\Z", re.ASCII)
_SHORT_SLASH = re.compile(r"(\d{2})/(\d{1,2})/(\d{1,2})\Z", re.ASCII)
_DASHES = str.maketrans(dict.fromkeys("—–―‐‑−", "-"))
_SERIAL = re.compile(r"(\d{1,5})(?:\.\d+)?\Z", re.ASCII)
_NEVER_FILLED = re.compile(
    r"(?:1900|1899)[-/.年]0?[01]+[-/.月]0{1,2}日?\Z|1899-12-3[01]\Z|0000[-/.年]?00[-/.月]?00日?\Z|0001-01-01\Z"
)
_NUMERALS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "O": 0,
    "元": 1,
}
_WRITTEN = re.compile(
    r"([〇零○O一二三四五六七八九]{4})年([元一二三四五六七八九十]{1,2})月(?:份|([一二三四五六七八九十廿卅]{1,3})[日号])?"
)

# What stands in a date cell and is no day, by what it looks like; the first that fits is said.
_TWO_DIGITS = "年份只有两位，看不出是哪一年，应写成 2026-10-09 这样的日期"
_REASONS = (
    (re.compile(r"农历|阴历|旧历|[正腊]月|初[一二三四五六七八九十]"), "写的是农历，应写成公历日期"),
    (
        re.compile(r"左右|前后|大约|约|上旬|中旬|下旬|[初底末]\Z|以[前后]|[之]?[前后]\Z"),
        "写的是大概的时间，应写确定的日期",
    ),
    (
        re.compile(r"\A\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\Z"),
        "分不清哪个是月哪个是日，应写成 2026-10-09 这样的日期",
    ),
    (re.compile(r"[、,;；]|\d 和 ?\d|\d\n"), "写了不止一个日期，应只写一个"),
    (
        re.compile(r"\d{4}\D.*[-~至到].*\d{4}|\d[日月年号]?[至到~]|\A\d{4}[./年]\d{1,2}月?-\d{1,2}月?\Z"),
        "写的是一段时间，应只写一个日期",
    ),
    (re.compile(r"\A\d{1,2}/\d{1,2}/\d{1,2}\Z"), _TWO_DIGITS),
    (re.compile(r"\A\d{4}(?:年度?)?\Z"), "只有年份，缺少月和日，应写成 2026-10-09 这样的日期"),
    (re.compile(r"民国|昭和|平成"), "应写公历年份，例如 2026-10-09"),
)
_ONE_DAY = "看不出是哪一天，应写成 2026-10-09 这样的日期"
_ONE_MONTH = "看不出是哪一年哪一月，应写成 2026-10 这样的年月"

_ONE_SPAN = "看不出是从哪个月到哪个月，应写成 2026-01至2026-10 这样的年月"
_NO_END = re.compile(rf"(?:起|(?:-|~|至|到)?(?:{_OPEN.pattern}))\Z")
_TO = r"(?:--|[-~—–－]|至|到)"
_SAME_YEAR = re.compile(rf"(\d{{4}})[年./](\d{{1,2}})月?{_TO}(\d{{1,2}})月?份?\Z", re.ASCII)
_WHOLE_YEAR = re.compile(r"(\d{4})(?:年度?|全年|年全年)?\Z", re.ASCII)
_PART = re.compile(
    r"(\d{4})(?:年度?)?[-.]?(?:第?([一二三四1-4])季度?|Q([1-4])|([上下])半年)\Z", re.ASCII | re.IGNORECASE
)


def day(raw: str, *, today: date | None = None, date1904: bool = False) -> str | None:
    """The ISO day; two-digit years are taken as not later than `today` (refused without it).

    A day after `today` is refused: nothing that a department reports lies in the future.
    """
    if len(raw) == 10:
        iso = _iso(raw)
        if iso is not None and (today is None or iso[1] <= today):
            return iso[0]
    found = _day(str(raw), today, date1904)
    if found is not None and today is not None and found > today.isoformat():
        raise CellError("day_in_future", f"写的日期（{found}）还没有到，应为已经发生的日期")
    return found


@lru_cache(maxsize=65536)
def _iso(raw: str) -> tuple[str, date] | None:
    """An ISO day and its date; None for every other text, whatever it may mean."""
    if not _ISO.match(raw) or _NEVER_FILLED.match(raw):
        return None
    try:
        found = date.fromisoformat(raw)
    except ValueError:
        return None
    return (found.isoformat(), found) if FIRST_YEAR <= found.year <= LAST_YEAR else None


def month(
    raw: str, *, was_number: bool = False, today: date | None = None, date1904: bool = False
) -> str | None:
    """The month ``YYYY-MM`` from a month or a day in any of the usual spellings."""
    return _month(str(raw), was_number, today, date1904)


def is_open(raw: str) -> bool:
    """Whether a cell says that something has no end: 长期, 至今, 永久, 9999-12-31."""
    return _OPEN.fullmatch(without_blanks(clean(raw))) is not None


def span(raw: str, *, was_number: bool = False, today: date | None = None) -> tuple[str, str] | None:
    """First and last month of ``2024.1-2024.12``, ``2024年1-6月``, ``2024年度``; '' for an open end.

    One month or day is a span of its own month; None where the cell says nothing. Raises `CellError`
    (``bad_month``) for what is no span, and for one that ends before it begins.
    """
    value = _figures(without_blanks(clean(raw)))
    if value.upper() in EMPTY or is_open(value):
        return None
    found = _whole_span(value)
    if found is None:
        first, last = _halves(value, was_number, today)
        found = (first, last)
    if found[1] and found[0] > found[1]:
        raise CellError("bad_month", "结束的年月早于开始的年月，请核对")
    return found


# ---------------------------------------------------------------- one day


@lru_cache(maxsize=65536)
def _day(raw: str, today: date | None, date1904: bool) -> str | None:
    """`day` for any text, the future not yet refused."""
    value = _date_text(raw)
    if value is None:
        return None
    found = _YMD.match(value)
    if found:
        year, month_, day_ = (int(part) for part in found.groups() if part and part not in "-/.、\\")
        return _real(year, month_, day_)
    months = _YM.match(value)
    if months:  # 5269.77 as well: an amount in the wrong column is no day number
        likely = FIRST_YEAR <= int(months.group(1)) <= LAST_YEAR
        said = "只有年月，缺少日，应写成 2026-10-09 这样的日期" if likely else _ONE_DAY
        raise CellError("bad_day", said)
    found = _SHORT.match(value) or _SHORT_SLASH.match(value)
    if found:
        return _two_digit_year(
            [int(part) for part in found.groups() if part and part not in "-."], value, today
        )
    found = _SERIAL.match(value)
    if found:
        return _from_serial(int(found.group(1)), date1904, value)
    raise CellError("bad_day", _reason(value))


def _two_digit_year(parts: list[int], value: str, today: date | None) -> str:
    """A year not later than `today`; behind slashes only where it can be nothing but a year."""
    year, month_, day_ = parts
    if today is None or ("/" in value and year <= 31):
        raise CellError("bad_day", _TWO_DIGITS)
    try:
        iso = _real(2000 + year, month_, day_)
    except CellError:
        return _real(1900 + year, month_, day_)
    return iso if iso <= today.isoformat() else _real(1900 + year, month_, day_)


def _date_text(raw: str) -> str | None:
    """The date alone, in figures, without blanks, time, weekday and notes; None where it says nothing."""
    value = clean(raw)
    utc = _UTC.match(value)
    if utc and int(utc.group(2)) >= 16:  # in China it is the next day already
        value = _next_day(utc.group(1))
    value = re.sub(r"(\d{4}) (\d{1,2}) (\d{1,2})\Z", r"\1-\2-\3", value)
    value = without_blanks(_WEEKDAY.sub("", _HALF_DAY.sub("", _TIME.sub("", value)).strip()))
    value = _STAMP.sub(r"\1", _figures(_NOTE.sub("", value)))
    value = re.sub(r"(?<=[\d日号])[起.。]\Z", "", value)
    if value.upper() in EMPTY or _OPEN.fullmatch(value) or value in ("0", "0.0"):
        return None
    return None if _NEVER_FILLED.match(value) else value


def _next_day(iso: str) -> str:
    try:
        return (datetime.fromisoformat(iso) + timedelta(days=1)).date().isoformat()
    except (ValueError, OverflowError):
        return iso


def _figures(value: str) -> str:
    """二〇二四年七月一日 as 2024年7月1日, and one kind of dash."""
    return _WRITTEN.sub(_in_figures, value.translate(_DASHES))


def _in_figures(found: re.Match[str]) -> str:
    year = "".join(str(_NUMERALS[sign]) for sign in found.group(1))
    day_ = f"{_number(found.group(3))}日" if found.group(3) else ""
    return f"{year}年{_number(found.group(2))}月{day_}"


def _number(written: str) -> int:
    """一 to 卅一; 0 where the numerals are no number."""
    written = written.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = written.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return 10 * (_NUMERALS[tens] if tens else 1) + _NUMERALS.get(ones, 0) if ten else _NUMERALS[tens]


def _real(year: int, month_: int, day_: int) -> str:
    try:
        found = date(year, month_, day_)
    except ValueError as error:
        raise CellError("bad_day", "没有这一天") from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellError("bad_day", "年份不合理")
    return found.isoformat()


def _from_serial(serial: int, date1904: bool, value: str) -> str:
    """An Excel day number; 1900-02-29, which never was, is day 60 of the 1900 system."""
    found = (date(1904, 1, 1) if date1904 else date(1899, 12, 30)) + timedelta(days=serial)
    if not 1910 <= found.year <= 2100:
        raise CellError("bad_day", _reason(value))
    return found.isoformat()


def _reason(value: str) -> str:
    return next((said for form, said in _REASONS if form.search(value)), _ONE_DAY)


# ---------------------------------------------------------------- months


@lru_cache(maxsize=65536)
def _month(raw: str, was_number: bool, today: date | None, date1904: bool) -> str | None:
    value = _date_text(raw)
    if value is None:
        return None
    if was_number and re.fullmatch(r"\d{4}\.1", value):
        raise CellError("bad_month", "写成小数的“年.1”分不清是1月还是10月，应写成 2026-10 这样的年月")
    found = _YM.match(re.sub(r"(?:起|至今|[.。])\Z", "", value))
    if found:
        year, number = (int(part) for part in found.groups() if part)
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12:
            return f"{year:04d}-{number:02d}"
        raise CellError("bad_month", "没有这个月份，应写成 2026-10 这样的年月")
    try:
        iso = _day(raw, today, date1904)
    except CellError as error:
        said = error.message if error.message.startswith("写") else _ONE_MONTH
        if re.fullmatch(r"\d{4}年?度?", value):
            said = "只有年份，缺少月份，应写成 2026-10 这样的年月"
        raise CellError("bad_month", said) from error
    return iso[:7] if iso else None


def _whole_span(value: str) -> tuple[str, str] | None:
    """A span that is one expression: months of one year, a year, a half or a quarter of it."""
    found = _SAME_YEAR.match(value)
    if found:
        year = found.group(1)
        return _month_of(year, int(found.group(2))), _month_of(year, int(found.group(3)))
    found = _WHOLE_YEAR.match(value)
    if found and FIRST_YEAR <= int(found.group(1)) <= LAST_YEAR:
        return _month_of(found.group(1), 1), _month_of(found.group(1), 12)
    found = _PART.match(value)
    if not found:
        return None
    year, spoken, figure, half = found.groups()
    if half:
        return (f"{year}-01", f"{year}-06") if half == "上" else (f"{year}-07", f"{year}-12")
    quarter = "一二三四".find(spoken) + 1 if spoken and spoken in "一二三四" else int(figure or spoken)
    return _month_of(year, 3 * quarter - 2), _month_of(year, 3 * quarter)


def _month_of(year: str, number: int) -> str:
    if not 1 <= number <= 12:
        raise CellError("bad_month", "没有这个月份，应写成 2026-10 这样的年月")
    return f"{year}-{number:02d}"


def _halves(value: str, was_number: bool, today: date | None) -> tuple[str, str]:
    """Two ends with 至 or a dash between them, or one month alone."""
    head = _NO_END.sub("", value)
    if head != value:
        return _end(head, was_number, today), ""
    for cut in re.finditer(_TO, value):
        ends = value[: cut.start()], value[cut.end() :]
        if all(re.match(r"\d{4}(?:\D|\d{2})", end) for end in ends):
            return _end(ends[0], was_number, today), "" if is_open(ends[1]) else _end(
                ends[1], was_number, today
            )
    only = _end(value, was_number, today)
    return only, only


def _end(value: str, was_number: bool, today: date | None) -> str:
    try:
        found = _month(value, was_number, today, False)
    except CellError as error:
        said = error.message if error.message.startswith("没有") else _ONE_SPAN
        raise CellError("bad_month", said) from error
    if found is None:
        raise CellError("bad_month", _ONE_SPAN)
    return found
