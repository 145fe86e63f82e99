"""The month of a list as one of its columns tells it: 发放月份, or the days of what is listed (预警时间, 火化日期)."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from ...errors import Problem
from ...model import SheetPlan
from ..coercion import dates
from ..coercion.cells import CellError, NumberText

_OF_LIST = re.compile(
    r"(?:发放|执行|所属|支付|补贴|津贴|拨付|统计|数据|发放所属|待遇所属|费款所属)?(?:月份?|年月|期间?|所属期)\Z"
)
# The day of what each row is about; not one that dates what still holds (认定日期, 登记日期).
_OF_EVENT = re.compile(
    r"(?:预警|推送|下发|火化|死亡|走访|入户|探访|(?:主动)?报告|结算|(?:死亡|户口)?注销|迁出|入站|服务)(?:日期|时间)\Z"
)
_FEWEST_EVENTS = 5  # fewer may lie in one month by chance
_FILLED = 0.8  # of the rows; what is left are hints below the header, lines of sums, signatures


def period_in_columns(headings: Sequence[str], rows: Iterable[Sequence[str]], today: date) -> str | None:
    """The one month that a column such as 发放月份 names in all rows; None where it names several or none.

    Where no such column tells, the one month in which all that is listed happened, if every column of days says so.
    """
    keys = ["".join(unicodedata.normalize("NFKC", heading).split()).upper() for heading in headings]
    named = {place: set[str]() for place, key in enumerate(keys) if _OF_LIST.match(key)}
    events: dict[int, list[str]] = {place: [] for place, key in enumerate(keys) if _OF_EVENT.match(key)}
    lines = 0
    for cells in rows if named or events else ():
        lines += any(cell.strip() for cell in cells)
        for place, months in named.items():
            if place < len(cells) and cells[place].strip():
                months.add(_month_of(cells[place], today))
        for place, days in events.items():
            if place < len(cells) and (month := _month_of(cells[place], today)):
                days.append(month)
    found = set().union(*named.values())
    if found:
        return found.pop() if len(found) == 1 and "" not in found else None
    return _of_events(list(events.values()), lines)


def _of_events(columns: Sequence[Sequence[str]], lines: int) -> str | None:
    """The month in which all columns of days lie that nearly every row fills."""
    enough = max(_FEWEST_EVENTS, lines * _FILLED)
    full = [set(months) for months in columns if len(months) >= enough]
    months = set().union(*full)
    return months.pop() if len(months) == 1 else None


def _month_of(raw: str, today: date) -> str:
    with contextlib.suppress(CellError):
        return dates.month(raw, was_number=type(raw) is NumberText, today=today) or ""
    return ""


def column_note(sheet: SheetPlan, month: str) -> Problem:
    """What is told of a list whose month stands in a column only."""
    message = f"文件名、标题里没有年月，按表里的一列（每行都是同一个月）读作{month}；不是的话，用 --period 写明期间重新导入"
    return Problem(sheet.name, sheet.header_row, "", month, "period_of_column", message, "note")
