"""Days of which a list tells only the month or the year: they are kept as what they are, no day is made up.

In the values of a row such a day is ``YYYY-MM`` or ``YYYY``; the fact then has no day, and that as its month.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ...coercion.cells import NumberText
from ...coercion.lesser import DAY_LENGTH, lesser
from ...fields import FACTS, FIELDS
from ...templates import Template
from ...vocabulary.spec import FactSpec

_OF_DEATH = ("death_day", "cremation_day", "registered_day")
# What is held against a day or a month: whose birth it is, which twelve months a bill is of, who has left.
_WHOLE = frozenset(("birth", "settled_day", "pay_day", "paid_day", "benefit_until", "watch_to"))


def lesser_fields(template: Template, mapped: Iterable[str]) -> frozenset[str]:
    """The fields of a sheet that may tell less than a day: a fact can hold the month instead.

    Of a field of months it is the year, but not where the month says for which time a sum is.
    """
    if template.kind == "money":
        return frozenset()
    fields = frozenset(mapped)
    specs = [spec for spec in FACTS if spec.needs in fields]
    days = {spec.day for spec in specs if spec.day and not spec.month}
    months = {spec.month for spec in specs if spec.month and not _is_sum(spec)}
    months -= {spec.month for spec in specs if _is_sum(spec)}
    deaths = set(_OF_DEATH) if template.fact_code else set()
    return frozenset((days | months | deaths) & fields) - _WHOLE


def _is_sum(spec: FactSpec) -> bool:
    return bool(spec.fen) and not FIELDS[spec.fen].once


def told_less(field: str, raw: str, today: date) -> str | None:
    """The month, or the year, that a cell of a column of days tells; the year in one of months."""
    kind = FIELDS[field].type
    until = today if kind == "day" else None  # an end may lie ahead
    told = lesser(raw, was_number=type(raw) is NumberText, today=until)
    return told if told is not None and (kind != "month" or len(told) == 4) else None


def note_on(heading: str, told: str, kind: str) -> str:
    """What is said of a column, once for each way in which it tells less."""
    year = len(told) == 4
    lacks = ("月" if kind == "month" else "月日") if year else "日"
    written = f"年份（例如{told}年）" if year else f"年月（例如{told}）"
    return f"列“{heading}”有的只写了{written}，没有写到{lacks}：按所写的收下，不另外补上；要确切的请补齐后重新导入"


def parted(told: str) -> tuple[str, str]:
    """Day and month of a fact from what a column tells: a whole day has no month of its own."""
    return (told, "") if len(told) == DAY_LENGTH else ("", told)


def time_of(spec: FactSpec, words: Mapping[str, str]) -> tuple[str, str]:
    """Day and month of a fact; a month column goes before the month of a day."""
    day, month = parted(words.get(spec.day, ""))
    return day, words.get(spec.month, "") if spec.month else month
