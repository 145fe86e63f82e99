"""Days written without their year (9月12日) in a list whose title or name tells the year, and up to when it goes."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from datetime import date

from ....months import months_of
from ...coercion import dates
from ...coercion.cells import CellError
from ...headers.periods import periods_in
from ...headers.plan import SheetPlanned

_SPAN = re.compile(
    r"(?<!\d)(?P<year>20\d\d)年?(?:度|全年|(?P<half>[上下])半年|"
    r"(?:1[0-2]|0?[1-9])月?(?:[-—–－~至到、及和])+(?P<last>1[0-2]|0?[1-9])月)"
)
_DAY = re.compile(r"(1[0-2]|0?[1-9])(?:月|[./-])(\d{1,2})[日号]?")


def period_of_titles(planned: SheetPlanned, file_name: str, period: str = "") -> str:
    """The latest month that titles, sheet name and file name tell, else `period`; '' where they tell several years.

    2026年8-9月 and 2026年上半年 tell their last month, 2026年度 its December: what lies ahead is no day of theirs.
    """
    texts = [cell for cells in planned.titles for cell in cells]
    told = {month for text in (*texts, planned.sheet.name, file_name) for month in _months_told(text)}
    if not told:
        return period
    return max(told) if len({month[:4] for month in told}) == 1 else ""


def _months_told(text: str) -> set[str]:
    """The last month of each period that a text tells."""
    found = {months_of(period)[-1] for period in periods_in(text)}
    for span in _SPAN.finditer(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))):
        last = int(span["last"]) if span["last"] else 6 if span["half"] == "上" else 12
        found.add(f"{span['year']}-{last:02d}")
    return found


def with_year(raw: str, period: str, today: date) -> str | None:
    """The ISO day in the year of a period and not behind its end; None for anything else."""
    found = _DAY.fullmatch(re.sub(r"\s+", "", unicodedata.normalize("NFKC", raw)))
    if not found or not period:
        return None
    day = f"{period[:4]}-{int(found.group(1)):02d}-{int(found.group(2)):02d}"
    if day[:7] > months_of(period)[-1]:
        return None
    with contextlib.suppress(CellError):
        return dates.day(day, today=today)
    return None
