"""In which unit the money of a column stands, and for which span of time it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..fields import FIELDS
from ..formats.source import Row
from ..vocabulary.money import MONTHLY
from .levels import Block
from .wording import (
    Column,
    Vocabulary,
    bare_key,
    heading_key,
    is_unit,
    level_keys,
    money_factor,
    period_of,
    unit_of,
)

_FACTORS = {"万元": 10000, "千元": 1000, "百元": 100, "元": 1}
_UNIT_LINE = re.compile(
    r"(?<![报表送制填])单位:(?:[^,、;:\s]*[,、;/])*?(万元|千元|百元|元)(?![\u4e00-\u9fff/])"
)
# Said above the header: the sums are not those of one month.
_LONGER_LINE = re.compile(
    r"(?:万|千|百)?元/(?:季度?|半年|年)|(?:季度|半年|年度|全年)(?:发放)?总?金额|按(?:季度?|半年|年)(?:度)?(?:发放|计算)"
)
_BY_THE_MONTH = re.compile(r"(?:按|每|/)?月(?:度)?")  # tells the time, and nothing of the unit
_EACH = re.compile(r"(?:(?:人次|人|户|生|次|学期|学年|期|年度?|季度?|半年)[/·.]?)+")
_PER = {"year": re.compile(r"/年\Z"), "half": re.compile(r"/半年\Z"), "quarter": re.compile(r"/季度?\Z")}
_LONGER = frozenset(("year", "half", "quarter", "cumulative"))
QUARTERLY = "benefit_fen"  # what may be paid out for three months at once, and is kept so
_MONTHS = re.compile(r"(?:发放|补发|享受|供养|保障|救助|应发)?月(?:份)?数\Z")


def unit_at(
    vocabulary: Vocabulary, field: str, path: Sequence[str], below: Sequence[str], line_unit: str
) -> str:
    """The unit of a money column: its heading's, its parents', the row's below, the template's, the line's above.

    `line_unit` is what `line_unit_of` found.
    """
    key = heading_key(path[-1])
    unit = unit_of(key)
    unit = "" if _BY_THE_MONTH.fullmatch(unit) else unit
    for period, ending in _PER.items():
        if period in vocabulary.periods.get(field, ()):
            unit = ending.sub("", unit)
    if money_factor(unit) is None and key in vocabulary.exact:
        unit = ""
    for parent in reversed(path[:-1]):
        named = unit_of(heading_key(parent))
        if not unit and _is_measure(named) and not _BY_THE_MONTH.fullmatch(named):
            unit = named
    if not unit and below and is_unit(heading_key(below[0])):
        unit = heading_key(below[0]).strip("()")
    if line_unit and line_unit not in _FACTORS and field in MONTHLY and "/月" not in unit:
        return line_unit
    return unit or vocabulary.units.get(field, "") or (line_unit if line_unit in _FACTORS else "")


def _is_measure(unit: str) -> bool:
    """Whether brackets hold a unit: 元/年, 万元, 人; a rate (956元/月) or a remark is none."""
    return is_unit(unit) or (
        bool(re.search(r"元|[季年]", unit)) and not re.search(r"\d", unit) and len(unit) <= 8
    )


def once_unit(unit: str) -> str:
    """The money in a unit such as 元/学期, 元/人·年, 元/次 of a sum that is not told by the month."""
    money, slash, each = unit.partition("/")
    return money if slash and money_factor(money) is not None and _EACH.fullmatch(each) else unit


def period_fits(vocabulary: Vocabulary, field: str, path: Sequence[str]) -> bool:
    """Whether headings speak of no other span of time than the field: no 年收入 for a month's, no 累计."""
    kind = FIELDS[field].type
    if kind not in ("money", "count"):
        return True
    own = vocabulary.periods.get(field, frozenset()) | ({"month"} if field in MONTHLY else frozenset())
    said = {period for one in path if (period := period_of(heading_key(one)))}
    if len(path) == 1 and heading_key(path[0]) in vocabulary.exact:
        return True
    longer = said & _LONGER - own
    if longer and (field in MONTHLY or own - {""} or (kind == "count" and "cumulative" in longer)):
        return False
    return not (said == {"month"} and own & _LONGER and "month" not in own)


def is_for_quarter(heading: str) -> bool:
    """Whether a heading, or one above it, says that a sum is that of three months."""
    return any(period_of(key) == "quarter" for key in level_keys(heading))


def period_word(path: Sequence[str]) -> str:
    """The heading among those of a column that names a span longer than a month; '' for none."""
    return next(("".join(one.split()) for one in path if period_of(heading_key(one)) in _LONGER), "")


def span_of_total(total: Column | None, block: Block, spans: Sequence[str]) -> str:
    """Why the total of a row is not that of one month; '' where nothing says so.

    `spans` are the units of the sums beside it that are for longer: what adds up 基本生活费（元/季） is no
    month's money, nor is what stands beside a number of months.
    """
    if total is None or any(period_of(heading_key(one)) == "month" for one in block.paths[total.place]):
        return ""
    lowest = (bare_key(heading_key(path[-1])) for path in block.paths if path)
    months = [f"按“{key}”合计" for key in lowest if _MONTHS.match(key)]
    return next(iter([*spans, *months]), "")


def line_unit_of(rows: Sequence[Row]) -> str:
    """The unit that the nearest line above the header names, or the longer time that it says sums are for."""
    for _, cells in reversed(rows):
        line = "".join(heading_key(cell) for cell in cells)
        few = sum(bool(cell.strip()) for cell in cells) <= 3
        longer = _LONGER_LINE.search(line)
        if longer and ("单位:" in line or few):
            return longer.group()
        for cell in cells:
            for part in cell.split():
                found = _UNIT_LINE.search(heading_key(part))
                if found:
                    return found.group(1)
    return ""
