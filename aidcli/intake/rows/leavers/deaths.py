"""Deaths that a list tells beside what it is about: a reason (死亡), a state, a remark (8月15日去世), a day of death.

They become facts as those of the lists of the dead do, called by the list that tells them. The day is that of the
words themselves: a day of ending that stands beside is no day of death.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ....model import Fact
from ....months import add_months, months_of
from .leaving import Whose, death_said
from .watching import Watched

RECORDED = "本人死亡另外记下"  # every message of a death that became a fact says so
NUMBER = 5  # `n` of such a fact; those of the lists of the dead have lower ones

_END = r"(?=\D|\d\d?:|\Z)"
_WHOLE_DAY = (
    rf"(?P<year>(?:19|20)\d\d)(?:[年./-](?P<month>\d{{1,2}})[月./-](?P<day>\d{{1,2}}){_END}日?|"
    rf"(?P<month8>\d\d)(?P<day8>\d\d){_END})"
)
_MONTH = r"(?P<year_m>(?:19|20)\d\d)(?:年|[./-])(?P<month_m>\d{1,2})(?!\d)(?:月份?)?"
_YEARLESS = r"(?<![\d年./-])(?P<last>去年|上年)?(?P<month_y>1[0-2]|0?[1-9])月(?:份|(?P<day_y>\d{1,2})[日号])?"
_TIME = re.compile(f"{_WHOLE_DAY}|{_MONTH}|{_YEARLESS}")
# Between a time and the word of the death: 8月15日因病去世. 8月因死亡停发, 8月死亡注销 tell when something else was done.
_BETWEEN = re.compile(r"[^\d住入停出后送领]{0,10}?(?<!因)(?<!因为)(?<!由于)(?<!原因)(?<!原因:)")
_DONE = re.compile(r"(?:停|注销|终止|退|取消|减员|核减|清|暂|冻结|办)")
_OF_ITS_TIME = re.compile(r"(?:(?:死亡|去世)?(?:日期|时间|日|年月)|于|在|为|是|的|[:：\-_/~])*")
_NOTHING_ELSE = re.compile(r"(?:\d\d?:\d\d(?::\d\d)?)?")


class Death(NamedTuple):
    """Who tells of a death, and when it was: `day`, or `month` alone, or neither; `guessed` where the year is not said."""

    column: Watched
    raw: str
    day: str = ""
    month: str = ""
    guessed: bool = False

    def fact(self, label: str, period: str) -> Fact:
        """The fact of the row's own person. Only the month told stands as the text too, else it is the list's."""
        return Fact(0, "death", NUMBER, self.month or period, self.day, None, None, label, self.month)

    def said(self) -> str:
        """What is told of it: 死亡另记为2026-08-15."""
        when = self.day or self.month
        year = "（没有写年份，按名单的年份）" if self.guessed else ""
        if not when:
            return f"{RECORDED}，没有写明死亡日期"
        return f"{RECORDED}，{'日期' if self.day else '只写到月份，'}为{when}{year}"


def death_told(columns: Sequence[Watched], cells: Sequence[str], whose: Whose, period: str) -> Death | None:
    """The death that the watched columns of a row tell of its own person; the day from whichever tells it."""
    found = [
        told
        for column in columns
        if column.place < len(cells) and column.may_tell_death(cells[column.place])
        if (told := _told(column, cells[column.place].strip(), whose, period)) is not None
    ]
    if not found:
        return None
    return max(found, key=lambda one: (bool(one.day), bool(one.month)))


def _told(column: Watched, raw: str, whose: Whose, period: str) -> Death | None:
    if column.answers_death(raw):
        return Death(column, raw)
    if column.kind == "death" and re.search(r"\d", raw):
        return _timed(Death(column, raw), _plain(raw), period)
    parts = death_said(raw, whose)
    return _timed(Death(column, raw), _time_in(*parts), period) if parts is not None else None


def _plain(raw: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", raw))


def _time_in(before: str, after: str, following: str) -> str:
    """The part of a remark that tells when somebody died; '' for none."""
    if behind := _OF_ITS_TIME.match(after):
        told = after[behind.end() :]
        if _TIME.match(told):
            return told
    if not after and (behind := _OF_ITS_TIME.match(following)):
        told = following[behind.end() :]
        time = _TIME.match(told)
        if time and _NOTHING_ELSE.fullmatch(told, time.end()):
            return told
    times = list(_TIME.finditer(before))
    if times and not _DONE.match(after) and _BETWEEN.fullmatch(before, times[-1].end()):
        return times[-1].group()
    return ""


def _timed(death: Death, text: str, period: str) -> Death:
    """The death with the time that a text begins with; one that cannot be, or lies well behind the list, is none."""
    time = _TIME.match(text)
    if time is None:
        return death
    year, guessed = time["year"] or time["year_m"], False
    month = time["month"] or time["month8"] or time["month_m"] or time["month_y"]
    if not year:
        year, guessed = str(int(period[:4]) - bool(time["last"])), not time["last"]
    told = f"{year}-{int(month):02d}"
    last = months_of(period)[-1]
    if not "01" <= told[5:] <= "12" or told > (last if guessed else add_months(last, 1)):
        return death
    day = time["day"] or time["day8"] or time["day_y"]
    if not day:
        return death._replace(month=told, guessed=guessed)
    with contextlib.suppress(ValueError):
        return death._replace(day=date(int(year), int(month), int(day)).isoformat(), guessed=guessed)
    return death
