"""A month that stands in names and titles without its year, and a school term: what month they are taken for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from ...errors import Problem
from ...model import SheetPlan
from ...months import add_months, month_of
from .periods import PeriodFound, days_told_in, period_in, settled

_MONTH = re.compile(r"(?<![\d年.\-/])(1[0-2]|0?[1-9])月(?!\d{1,2}日)")
_SPAN = re.compile(r"\d{1,2}月?(?:份)?[-—–~、至到和]\d{1,2}月|[上下]半年|季度")
_YEAR = re.compile(r"(?<!\d)(20\d{2})年")
_SCHOOL_YEAR = r"(?<!\d)(20\d{2})[-—–~至](20\d{2})年?(?:学年)?度?"
_TERM = re.compile(r"(?<!\d)(20\d{2})年?度?([春秋])(?:季学期|学期|季(?![度]))")
_TERM_OF_YEAR = re.compile(_SCHOOL_YEAR + r"第?([一二上下])学期")
# 住建局10.20; one digit on both sides may as well be the number of an edition.
_DAY = re.compile(r"(?<![\d.\-/A-Z年])(?:(1[0-2])\.(\d{1,2})|(0?[1-9])\.(\d{2}))(?![\d.\-/%万亿元米A-Z])")
_FIRST_MONTH = {"春": "03", "秋": "09"}


def told_by_month(texts: Sequence[str], today: date) -> PeriodFound | None:
    """The month that names and titles tell without its year, ``month``, or by its school term, ``term``.

    Its year is the one that stands alone beside it (2026年度…（9月）), that of the day on which the list was written
    or asked for, else that of the latest such month which is not after `today`. None where they tell a month with
    its year, several months or years, and where the month meant may be the one that begins next.
    """
    plain = [settled(text) for text in texts]
    if any(period_in(text) for text in plain):
        return None
    if term := _term(plain):
        return term
    found = [one for text in plain for one in _MONTH.finditer(text)]
    if len({int(one[1]) for one in found}) != 1 or any(_SPAN.search(text) for text in plain):
        return None
    period = _year_of(int(found[0][1]), plain, texts, today)
    return PeriodFound(period, "month", found[0].group()) if period else None


def told_by_day(stem: str, today: date) -> PeriodFound | None:
    """The month of the one day without its year in a file's name (住建局10.20); None for one that is to come."""
    found = list(_DAY.finditer(settled(stem)))
    if len(found) != 1:
        return None
    month, day = (int(part) for part in found[0].groups() if part)
    if not 1 <= day <= 31 or (month == today.month and day > today.day):
        return None
    period = _year_of(month, [], [], today)
    return PeriodFound(period, "month", found[0].group()) if period else None


def _year_of(month: int, plain: Iterable[str], texts: Iterable[str], today: date) -> str | None:
    years = {int(found) for text in plain for found in _YEAR.findall(text)}
    if years:
        return f"{years.pop()}-{month:02d}" if len(years) == 1 else None
    written = days_told_in(texts)
    next_month = add_months(month_of(today), 1)
    if len(written) > 1 or (not written and month == int(next_month[5:])):
        return None
    last = add_months(written.pop(), 1) if written else month_of(today)
    return f"{int(last[:4]) - (month > int(last[5:]))}-{month:02d}"


def _term(texts: Iterable[str]) -> PeriodFound | None:
    """The first month of the one school term that is named."""
    told: dict[str, str] = {}
    for text in texts:
        for one in _TERM.finditer(text):
            told[f"{one[1]}-{_FIRST_MONTH[one[2]]}"] = one.group()
        for one in _TERM_OF_YEAR.finditer(text):
            told[f"{one[1]}-09" if one[3] in "一上" else f"{one[2]}-03"] = one.group()
    if len(told) != 1:
        return None
    period, said = told.popitem()
    return PeriodFound(period, "term", said)


def month_note(sheet: SheetPlan, found: PeriodFound) -> Problem:
    """What is told of such a list."""
    how = "没有写年份，" if found.told_by == "month" else "是学期，按它的第一个月"
    message = (
        f"文件名、标题里写的“{found.said}”{how}读作{found.period}；不是的话，用 --period 写明期间重新导入"
    )
    return Problem(sheet.name, sheet.header_row, "", found.said, "period_of_column", message, "note")
