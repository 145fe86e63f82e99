"""One cell that says two things: from when to when (2026.03-2026.11), kind and grade of a disability (肢体二级).

Each is read as a canonical text of both, with ``|`` between them; '' stands for what the cell does not say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from . import dates, quantities
from .cells import CellError, clean, grade, is_empty, without_blanks
from .choices import choice

_TO = re.compile(r"--|[-~—–－―至到起]+")
_LENGTH = re.compile(
    r"(?:有期徒刑|拘役|管制|强制隔离戒毒|强戒|缓刑|矫正)?(?:(?:\d{1,2}|[一二两三四五六七八九十半]+)(?:周?年|个月|天)[零又半]?)+"
)
_GRADE = re.compile(r"([一二三四壹贰叁肆])级?|(?<!\d)([1-4])(?:\.0)?级?(?!\d)")
_FILLING = re.compile(r"[/、,，;；:：()（）\-\s]|残疾")
_NO_SPAN = "看不出是从什么时候到什么时候，应写成 2026-01至2026-10 这样的起止时间"


def months(raw: str, *, today: date | None = None) -> str | None:
    """First and last month ``YYYY-MM|YYYY-MM``; the last is '' where there is no end. Raises `CellError`."""
    found = dates.span(raw, today=today)
    if found is None:
        return None
    first, last = found
    if first == last and _is_one_month(raw, today):
        raise CellError("bad_month", _NO_SPAN)
    return f"{first}|{last}"


def days(raw: str, *, date1904: bool = False) -> str | None:
    """First and last day ``YYYY-MM-DD|YYYY-MM-DD``; months where the cell tells no more. Raises `CellError`.

    A mere length (9年, 有期徒刑三年) tells neither and is no more than a blank.
    """
    if is_empty(clean(raw)) or _LENGTH.fullmatch(without_blanks(clean(raw))):
        return None
    for first, last in _parts_of_span(raw):
        try:
            begun = dates.day(first, date1904=date1904)
            ends = quantities.term(last, date1904=date1904) if not dates.is_open(last) else ""
        except CellError:
            continue
        if begun and ends is not None:
            if ends and begun > ends:
                raise CellError("bad_day", "结束的日期早于开始的日期，请核对")
            return f"{begun}|{ends}"
    try:
        return months(raw)
    except CellError as error:
        raise CellError("bad_day", _NO_SPAN) from error


def _is_one_month(raw: str, today: date | None) -> bool:
    """Whether a cell tells one month or day, and not the two ends of a time."""
    try:
        return dates.month(raw, today=today) is not None
    except CellError:
        return False


def _parts_of_span(raw: str) -> list[tuple[str, str]]:
    """The two sides of each sign that may stand between two times."""
    text = without_blanks(clean(raw))
    cuts = [(text[: cut.start()], text[cut.end() :]) for cut in _TO.finditer(text)]
    return [(first, last) for first, last in cuts if first and last]


def kind_and_grade(raw: str, kinds: Mapping[str, str]) -> str | None:
    """Kind and grade of a disability, ``word|2``: 肢体二级, 肢体 1, 智力/一级, 一级（视力）. Raises `CellError`."""
    text = without_blanks(clean(raw))
    if is_empty(text):
        return None
    grades = list(_GRADE.finditer(text))
    if len(grades) > 1:
        raise CellError("bad_grade", "写了不止一个等级，应只写一个，例如“肢体二级”")
    told = str(grade(grades[0].group(1) or grades[0].group(2)) or "") if grades else ""
    rest = _FILLING.sub("", _GRADE.sub("", text))
    kind = choice(rest, kinds) if rest else None
    return f"{kind or ''}|{told}" if kind or told else None
