"""Headings: the form in which two of them are compared, units in brackets, and the row they stand in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from .fields import FIELDS

HEADER_ROWS = 30

_BLANK = re.compile(r"[\s​﻿]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")
_LAST_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]\Z")
_YUAN = frozenset(
    ("元", "人民币", "人民币元", "¥", "元/月", "月/元", "元/户", "元/户/月", "元/户·月", "单位:元")
)
_FACTORS = {"万元": 10000, "单位:万元": 10000, "千元": 1000, "百元": 100}
_UNIT_WORDS = (
    _YUAN
    | frozenset(_FACTORS)
    | frozenset(["人", "户", "月", "年", "岁", "亩", "间", "平方米", "个", "元/年", "元/人", "元/人/月"])
    | frozenset(["元/季", "元/季度", "元/半年", "季度", "季", "半年"])
)
_UNIT_LINE = re.compile(r"单位:(?:[^,、;:]*[,、;])*(万元|千元|百元)")
# Said above the header: the sums are not those of one month.
_LONGER_LINE = re.compile(
    r"(?:万|千|百)?元/(?:季度?|半年|年)|(?:季度|半年|年度|全年)(?:发放)?总?金额|按(?:季度?|半年|年)(?:度)?(?:发放|计算)"
)
_MONTHLY = frozenset(("total", "base", "household_supplement", "person_supplement", "living", "care"))
_ANOTHER = re.compile(
    r"家属|亲属|申报人|申报者|监护人|经办|联系人|代办|委托|办理人|登记人|收款人|领款人|照料人|护理人|配偶|子女|父亲|母亲|户主|申请人"
)


@lru_cache(maxsize=4096)
def heading_key(raw: str) -> str:
    """Full-width folded, blanks and line breaks gone, 帐 as 账, marks of required columns dropped."""
    text = _BLANK.sub("", unicodedata.normalize("NFKC", raw)).replace("帐", "账").upper()
    return text.strip("*:★☆·")


@lru_cache(maxsize=4096)
def bare_key(key: str) -> str:
    """A heading key without anything in brackets."""
    return _BRACKETS.sub("", key)


def unit_of(key: str) -> str:
    """What stands in brackets at the end of a heading key; '' if nothing does."""
    found = _LAST_BRACKET.search(key)
    return found.group(1) if found else ""


def money_factor(unit: str) -> int | None:
    """Yuan per unit of a money column (1, 100, 1000, 10000); None for a unit that is no plain money."""
    if not unit or unit in _YUAN:
        return 1
    return _FACTORS.get(unit)


class Column(NamedTuple):
    """A column that a template knows: where, under which heading, in which unit."""

    place: int
    heading: str
    unit: str


class HeaderMatch(NamedTuple):
    """A row seen as the header of a template.

    `refused`: money columns whose unit cannot be taken. `headings`: the cells as they were read, two levels
    in one. `rivals`: further columns that name a field which another column already has.
    """

    row: int
    columns: dict[str, Column]
    unmapped: tuple[str, ...]
    missing: tuple[str, ...]
    refused: tuple[Column, ...]
    headings: tuple[str, ...] = ()
    rivals: tuple[tuple[str, Column], ...] = ()


def is_of_another(key: str) -> bool:
    """Whether a heading key names somebody beside the person a row is about: 家属, 申报人, 监护人 …"""
    return _ANOTHER.search(key) is not None


class Vocabulary(NamedTuple):
    """A template's headings ready for look-up: key → (field, place in its list)."""

    exact: dict[str, tuple[str, int]]
    bare: dict[str, tuple[str, int]]
    required: tuple[str, ...]
    units: Mapping[str, str]

    @classmethod
    def of(
        cls, headings: Mapping[str, Sequence[str]], required: Sequence[str], units: Mapping[str, str]
    ) -> Vocabulary:
        exact: dict[str, tuple[str, int]] = {}
        bare: dict[str, tuple[str, int]] = {}
        for field, written in headings.items():
            for rank, heading in enumerate(written):
                key = heading_key(heading)
                exact.setdefault(key, (field, rank))
                bare.setdefault(bare_key(key), (field, rank + 1000))
        return cls(exact, bare, tuple(required), units)

    def field(self, heading: str) -> tuple[str, int] | None:
        """The field a heading names, first with its brackets, then without."""
        key = heading_key(heading)
        if not key:
            return None
        short = bare_key(key)
        if key in self.exact:
            return self.exact[key]
        if any(is_of_another(note) for note in _BRACKETS.findall(key)):
            return None  # 身份证号（家属）
        return self.exact.get(short) or self.bare.get(short)


def match_row(vocabulary: Vocabulary, row: int, cells: Sequence[str], line_unit: str = "") -> HeaderMatch:
    """`cells` read as the headings of a template. `line_unit` is the unit a line above the header names."""
    best: dict[str, tuple[int, Column]] = {}
    refused: list[Column] = []
    rivals: list[tuple[str, Column]] = []
    for index, heading in enumerate(cells):
        found = vocabulary.field(heading)
        if found is None:
            continue
        field, rank = found
        unit = ""
        if FIELDS[field].type == "money":
            unit = unit_of(heading_key(heading))
            if money_factor(unit) is None and heading_key(heading) in vocabulary.exact:
                unit = ""
            if line_unit and line_unit not in _FACTORS:
                unit = line_unit if field in _MONTHLY and "/月" not in unit else unit
            unit = unit or vocabulary.units.get(field, "") or (line_unit if line_unit in _FACTORS else "")
            if money_factor(unit) is None:
                refused.append(Column(index, heading, unit))
                continue
        column = Column(index, heading, unit)
        if field not in best:
            best[field] = (rank, column)
        elif rank < best[field][0]:
            rivals.append((field, best[field][1]))
            best[field] = (rank, column)
        else:
            rivals.append((field, column))
    columns = {field: column for field, (_, column) in best.items()}
    taken = {column.place for column in columns.values()}
    unmapped = tuple(cell.strip() for index, cell in enumerate(cells) if index not in taken and cell.strip())
    missing = tuple(field for field in vocabulary.required if field not in columns)
    return HeaderMatch(row, columns, unmapped, missing, tuple(refused), tuple(cells), tuple(rivals))


def find_header(vocabulary: Vocabulary, rows: Sequence[tuple[int, tuple[str, ...]]]) -> HeaderMatch | None:
    """The best header among the first rows of a sheet; None when no row has two known headings.

    A row and the one below it are also tried together, for headings on two levels: the lower one speaks,
    the upper one where the lower is blank.
    """
    best: HeaderMatch | None = None
    line_unit = ""
    for place, (row, cells) in enumerate(rows[:HEADER_ROWS]):
        single = match_row(vocabulary, row, cells, line_unit)
        if len(single.columns) >= 2 and (best is None or len(single.columns) > len(best.columns)):
            best = single
        if place + 1 < len(rows) and len(single.columns) >= 2:
            below_row, below = rows[place + 1]
            both = match_row(vocabulary, below_row, _two_levels(cells, below), line_unit)
            if best is None or len(both.columns) > len(best.columns):
                best = both
        line_unit = _unit_in_line(cells) or line_unit
    return best


def _two_levels(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    width = max(len(upper), len(lower))
    padded = [tuple(cells) + ("",) * (width - len(cells)) for cells in (upper, lower)]
    return tuple(below if below.strip() else above for above, below in zip(*padded, strict=True))


def _unit_in_line(cells: Sequence[str]) -> str:
    line = "".join(heading_key(cell) for cell in cells)
    longer = _LONGER_LINE.search(line)
    if longer and ("单位:" in line or sum(bool(cell.strip()) for cell in cells) <= 3):
        return longer.group()
    found = _UNIT_LINE.search(line)
    return found.group(1) if found else ""


def is_unit_row(cells: Sequence[str]) -> bool:
    """Whether a row below the header only names units (元, 人, 万元 …)."""
    words = [heading_key(cell).strip("()") for cell in cells if cell.strip()]
    return bool(words) and all(word in _UNIT_WORDS for word in words)


def with_unit_row(vocabulary: Vocabulary, match: HeaderMatch, cells: Sequence[str]) -> HeaderMatch:
    """The same header, its money columns taking the unit that stands below them."""
    columns = dict(match.columns)
    refused = list(match.refused)
    for field, column in match.columns.items():
        below = heading_key(cells[column.place]).strip("()") if column.place < len(cells) else ""
        if FIELDS[field].type != "money" or not below or unit_of(heading_key(column.heading)):
            continue
        if money_factor(below) is None:
            refused.append(columns.pop(field)._replace(unit=below))
        else:
            columns[field] = column._replace(unit=below)
    missing = tuple(field for field in vocabulary.required if field not in columns)
    return match._replace(columns=columns, refused=tuple(refused), missing=missing)
