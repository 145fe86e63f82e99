"""Days written without their year (9月12日) in a list whose title or name tells one month or quarter."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from datetime import date

from ...months import months_of
from ..coercion import dates
from ..coercion.cells import CellError
from ..headers.periods import periods_in
from ..headers.plan import SheetPlanned

_DAY = re.compile(r"(1[0-2]|0?[1-9])(?:月|[./-])(\d{1,2})[日号]?")


def period_of_titles(planned: SheetPlanned, file_name: str) -> str:
    """The only month or quarter that titles, sheet name and file name tell; '' where it is none or several."""
    texts = [cell for cells in planned.titles for cell in cells]
    told = {period for text in (*texts, planned.sheet.name, file_name) for period in periods_in(text)}
    return told.pop() if len(told) == 1 else ""


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
