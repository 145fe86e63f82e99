"""Which month or quarter a file is for: told by option, file name, title or sheet name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ..errors import AidError
from ..months import parse_period

_YEAR = r"(?<!\d)(20\d{2})"
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _quarter(found: re.Match[str]) -> str | None:
    return f"{found.group(1)}-Q{_QUARTERS[found.group(2)]}"


def _range(found: re.Match[str]) -> str | None:
    """``7-9月`` is a quarter; another span counts by its last month."""
    first, last = int(found.group(2)), int(found.group(3))
    if last - first == 2 and first % 3 == 1 and last <= 12:
        return f"{found.group(1)}-Q{last // 3}"
    return _month_text(found.group(1), last)


def _until(found: re.Match[str]) -> str | None:
    """From one month to another: the quarter they make, else the last month."""
    first_year, first, last_year, last = (int(part) for part in found.groups())
    if first_year == last_year and last - first == 2 and first % 3 == 1 and last <= 12:
        return f"{last_year}-Q{last // 3}"
    return _month_text(str(last_year), last)


def _month(found: re.Match[str]) -> str | None:
    return _month_text(found.group(1), int(found.group(2)))


def _month_text(year: str, month: int) -> str | None:
    return f"{year}-{month:02d}" if 1 <= month <= 12 else None


_TO = r"[-—–~至到]"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (re.compile(_YEAR + r"年度?第?([一二三四1-4])季度?"), _quarter),
    (re.compile(_YEAR + r"[-_.]?Q([1-4])(?!\d)"), _quarter),
    (re.compile(_YEAR + r"(\d{2})" + _TO + r"(20\d{2})(\d{2})(?!\d)"), _until),
    (re.compile(_YEAR + r"年(\d{1,2})月(?:\d{1,2}日)?" + _TO + r"(20\d{2})年(\d{1,2})月"), _until),
    (re.compile(_YEAR + r"年?[-_.]?(\d{1,2})月?" + _TO + r"(\d{1,2})月"), _range),
    (re.compile(_YEAR + r"年(\d{1,2})月"), _month),
    (re.compile(_YEAR + r"(\d{1,2})月"), _month),  # 20255月份: the year sign forgotten
    (re.compile(_YEAR + r"(\d{2})(?:\d{2}(?:\d{6})?)?(?!\d)"), _month),
    (re.compile(_YEAR + r"[-_./](\d{1,2})(?:[-_./]\d{1,2})?(?![-_./\d])"), _month),
)


def period_in(text: str) -> str | None:
    """The month ``YYYY-MM`` or quarter ``YYYY-Qn`` that a name or title tells; None if none."""
    compact = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()
    for form, read in _FORMS:
        for found in form.finditer(compact):
            period = read(found)
            if period is not None:
                return period
    return None


class PeriodFound(NamedTuple):
    period: str
    told_by: str  # option | file | title | sheet


def find_period(
    option: str | None, file_name: str, stem: str, titles: Iterable[str], sheets: Sequence[str]
) -> PeriodFound:
    """The period of a file and what told it.

    Titles, and then sheet names, tell only when they agree. Raises `AidError` (``period_unknown``), or
    `WrongUsage` for an option that is no period.
    """
    if option is not None:
        return PeriodFound(parse_period(option), "option")
    in_name = period_in(stem)
    if in_name is not None:
        return PeriodFound(in_name, "file")
    for told_by, texts in (("title", titles), ("sheet", sheets)):
        told = sorted({period for text in texts if (period := period_in(text)) is not None})
        if len(told) == 1:
            return PeriodFound(told[0], told_by)
        if told:
            place = "标题" if told_by == "title" else "工作表名称"
            raise AidError(
                "period_unknown",
                f"文件“{file_name}”的{place}写有不同的期间：{'、'.join(told)}，不知道按哪一个导入",
                file=file_name,
                hint="请用 --sheet 选定工作表，并用 --period 写明期间，例如 --period 2026-10",
            )
    raise AidError(
        "period_unknown",
        f"看不出文件“{file_name}”是哪个月（季）的：文件名、标题和工作表名称里都没有年月",
        file=file_name,
        hint="请用 --period 写明期间，例如 --period 2026-10 或 --period 2026-Q4",
    )
