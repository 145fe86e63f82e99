"""Working days (工作日): weekends, statutory holidays and the weekends worked in exchange (调休).

Each year's arrangement is published the autumn before. A year that nobody has told us is reckoned by
weekends alone, and the answer says that it is provisional.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypedDict

from .errors import AidError, disk_says

_DAY = timedelta(days=1)


class YearTable(TypedDict):
    """One year's arrangement as ISO dates: days off beside weekends, weekend days that are worked."""

    holidays: set[str]
    workdays: set[str]


class Shifted(NamedTuple):
    """A day found by counting. `reason` says in Chinese why it is provisional, '' where it is certain."""

    day: date
    provisional: bool
    reason: str


class WorkCalendar:
    """Which days are worked. A day in a table of our own goes before what the package knows."""

    def __init__(self, tables: Mapping[int, YearTable] | None = None) -> None:
        self._tables = dict(tables or {})

    def knows(self, year: int) -> bool:
        """Whether the year's arrangement is known, from the package or from a table."""
        return year in self._tables or _package_knows(year)

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked; by weekends alone where `knows` says no."""
        table = self._tables.get(day.year)
        if table is not None:
            iso = day.isoformat()
            if iso in table["workdays"]:
                return True
            if iso in table["holidays"]:
                return False
        if _package_knows(day.year):
            import chinese_calendar

            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < 5

    def on_or_before(self, day: date) -> Shifted:
        """The working day nearest to `day` and not after it."""
        years = {day.year}
        while not self.is_workday(day):
            day -= _DAY
            years.add(day.year)
        return self._shifted(day, years)

    def add_workdays(self, start: date, n: int) -> Shifted:
        """The `n`-th working day after `start`, which itself does not count; 0 is `start`."""
        if n < 0:
            raise ValueError(f"working days are counted forwards: {n}")
        day, years = start, {start.year} if n else set()
        while n:
            day += _DAY
            years.add(day.year)
            n -= self.is_workday(day)
        return self._shifted(day, years)

    def _shifted(self, day: date, years: set[int]) -> Shifted:
        unknown = sorted(year for year in years if not self.knows(year))
        if not unknown:
            return Shifted(day, False, "")
        named = "、".join(f"{year}年" for year in unknown)
        return Shifted(day, True, f"{named}放假安排尚未公布，按周末推算，暂定")


@cache
def _package_knows(year: int) -> bool:
    import chinese_calendar

    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def load_tables(path: Path) -> dict[int, YearTable]:
    """Tables from a TOML file: ``[2027]`` with the lists ``holidays`` and ``workdays``.

    Raises `AidError` that names the file and everything wrong in it.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise AidError("calendar_missing", f"找不到放假安排文件“{path}”", file=str(path)) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise AidError(
            "bad_calendar",
            f"放假安排文件“{path}”读不出来，应为 UTF-8 编码的 TOML 文件：{_unread(error)}",
            file=str(path),
        ) from error
    problems: list[str] = []
    tables = dict(_read_years(data, problems))
    if problems:
        raise AidError(
            "bad_calendar",
            f"放假安排文件“{path}”有 {len(problems)} 处错误：" + "；".join(problems),
            file=str(path),
            hint='写法：[2027] 之下 holidays = ["2027-01-01"]，workdays = ["2027-01-09"]',
        )
    return tables


def _unread(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return disk_says(error)
    if isinstance(error, UnicodeDecodeError):
        return "它不是 UTF-8 编码，请另存为 UTF-8"
    line = re.search(r"line (\d+)", str(error))
    return f"第{line[1]}行的写法不对" if line else "最后没有写完整，可能少了引号或方括号"


def _read_years(data: Mapping[str, object], problems: list[str]) -> Iterator[tuple[int, YearTable]]:
    for key, body in data.items():
        if not (key.isascii() and key.isdigit() and len(key) == 4) or not isinstance(body, dict):
            problems.append(f"“{key}”不是年份，应为 [2027] 这样的一节")
            continue
        unknown = sorted(set(body) - {"holidays", "workdays"})
        if unknown:
            problems.append(f"[{key}] 中不认识“{'、'.join(unknown)}”，只能有 holidays 和 workdays")
        table = YearTable(
            holidays=set(_read_days(key, "holidays", body, problems)),
            workdays=set(_read_days(key, "workdays", body, problems)),
        )
        both = sorted(table["holidays"] & table["workdays"])
        if both:
            problems.append(f"[{key}] 中 {'、'.join(both)} 既写成放假又写成上班")
        yield int(key), table


def _read_days(year: str, name: str, body: Mapping[str, object], problems: list[str]) -> Iterator[str]:
    days = body.get(name, [])
    if not isinstance(days, list):
        problems.append(f'[{year}] 的 {name} 应为日期的列表，如 ["{year}-01-01"]')
        return
    for written in days:
        try:
            day = date.fromisoformat(str(written))
        except ValueError:
            problems.append(f"[{year}] 的 {name} 中“{written}”不是日期，应写成 {year}-01-01")
            continue
        if day.year != int(year):
            problems.append(f"[{year}] 的 {name} 中“{written}”不在{year}年")
            continue
        yield day.isoformat()
