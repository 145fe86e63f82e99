"""The period that a sheet of notes or a cover tells of the lists in the same workbook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ...errors import AidError, Problem
from ...model import SheetPlan
from ..coercion.cells import shown
from .periods import PeriodFound, not_too_late, period_in
from .recognition import Preview

# 数据截至2026年9月30日, 统计期间：2026年三季度: such words tell the time of the data, not that of a rule or a letter.
_LABELLED = re.compile(
    r"(?:(?:数据|统计|资料|信息|名单|报表|报告|核算|核对|所属|发放|待遇|保障|补贴|费款|执行|填报|本期)(?:的)?"
    r"(?:截[至止]|时点|期间|周期|时段|区间|所属期|时期|月份|年月|季度|期|月|范围|口径|基准日)(?:时间|日期|到|为|是)?|"
    r"(?<![\u4e00-\u9fff])(?:期间|所属期|月份|季度|报告期)|截[至止]到?)[:|]*(?P<said>.{0,30})"
)
_OF_LIST = re.compile(r"名册|名单|花名册|清册|台账|明细|汇总|[^代]表\Z|库\Z|数据\Z")
_NO_TITLE = re.compile(r"[《〔。;]|通知|办法|规定|意见|文件|第\d+号")
_LONGEST = 40


class Noted(NamedTuple):
    """A period, the sheet of notes that tells it, and the line as written."""

    period: str
    sheet: str
    said: str


def period_of_notes(
    previews: Iterable[Preview], read: Iterable[int], file_name: str, today: date
) -> Noted | None:
    """The one period that the sheets tell which are not read (`read`: the places of those that are).

    A line that says what its time is goes before a title. Raises `AidError` (``period_unknown``) where they tell
    several, or one that is yet to come.
    """
    taken = set(read)
    lines = [
        (one.sheet.name, line) for one in previews if one.place not in taken for line in _lines(one.rows)
    ]
    told = list(_labelled(lines)) or list(_titled(lines))
    periods = sorted({one.period for one in told})
    if len(periods) > 1:
        sheets = "、".join(dict.fromkeys(f"“{one.sheet}”" for one in told))
        raise AidError(
            "period_unknown",
            f"文件“{file_name}”的文件名、标题里没有年月，工作表{sheets}里写有不同的期间：{'、'.join(periods)}，不知道按哪一个导入",
            file=file_name,
            hint=f"请核对后用 --period 写明期间，例如 --period {periods[-1]}",
        )
    if told:
        not_too_late(PeriodFound(told[0].period, "notes"), file_name, today)
    return told[0] if told else None


def notes_note(sheet: SheetPlan, noted: Noted) -> Problem:
    """What is told of a list whose period stands on another sheet only."""
    message = (
        f"文件名、标题里没有年月，按工作表“{noted.sheet}”里的“{shown(noted.said, 40)}”读作{noted.period}；"
        "不是的话，用 --period 写明期间重新导入"
    )
    return Problem(sheet.name, sheet.header_row, "", noted.period, "period_of_column", message, "note")


def _lines(rows: Sequence[tuple[int, Sequence[str]]]) -> Iterator[str]:
    for _, cells in rows:
        filled = [re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell)) for cell in cells if cell.strip()]
        if filled:
            yield "|".join(filled)


def _labelled(lines: Iterable[tuple[str, str]]) -> Iterator[Noted]:
    for sheet, line in lines:
        for found in _LABELLED.finditer(line):
            period = period_in(found["said"])
            if period is not None:
                yield Noted(period, sheet, line)


def _titled(lines: Iterable[tuple[str, str]]) -> Iterator[Noted]:
    for sheet, line in lines:
        if len(line) > _LONGEST or _NO_TITLE.search(line) or not _OF_LIST.search(line):
            continue
        period = period_in(line)
        if period is not None:
            yield Noted(period, sheet, line)
