"""What a value can be: how it is written in a profile, what it is in Python, how a clerk reads it.

A reader takes the text data of one ``value`` and returns the typed value; it raises `ValueError` with a
sentence in Chinese, or pydantic's `ValidationError`, which knows the place inside a list.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, TypeAdapter

from .. import terms
from ..money import parse_yuan
from .schema import Grounded, Part

_YUAN = re.compile(r"(0|[1-9]\d{0,11})(?:\.(\d{1,2}))?", re.ASCII)
_NUMERALS = ("零", "一", "二", "三", "四")

Reader = Callable[[Any], Any]


def read_count(raw: Any) -> int:
    return _number(raw, 0, 999_999, "0 以上的整数")


def read_months(raw: Any) -> int:
    return _number(raw, 1, 600, "1 至 600 的月数")


def read_day_of_month(raw: Any) -> int:
    return _number(raw, 1, 31, "1 至 31 的日")


def read_money(raw: Any) -> int:
    """Yuan as written, in fen: at most two decimals, no separators."""
    if not isinstance(raw, str) or not _YUAN.fullmatch(raw):
        raise ValueError(f"“{raw}”不是金额，应写成以元计的数字，如 20000 或 632.50，不带逗号和单位")
    return parse_yuan(raw)


def choice(options: dict[str, str]) -> Reader:
    """A reader of one word out of `options` (word → label)."""

    def read(raw: Any) -> str:
        if not isinstance(raw, str) or raw not in options:
            known = "、".join(f"{word}（{label}）" for word, label in options.items())
            raise ValueError(f"“{raw}”不可选，只能是：{known}")
        return raw

    return read


def _number(raw: Any, low: int, high: int, expected: str) -> int:
    if not isinstance(raw, str) or not re.fullmatch(r"0|[1-9]\d{0,8}", raw, re.ASCII):
        raise ValueError(f"“{raw}”不对，应是{expected}")
    if not low <= int(raw) <= high:
        raise ValueError(f"“{raw}”超出范围，应是{expected}")
    return int(raw)


# ---------------------------------------------------------------- disability groups


@dataclass(frozen=True, slots=True)
class DisabilityGroup:
    """Categories and grades of a disability that stand together."""

    categories: frozenset[str]
    grades: frozenset[int]

    @property
    def text(self) -> str:
        grades = "、".join(_NUMERALS[grade] for grade in sorted(self.grades)) + "级"
        if self.categories == frozenset(terms.DISABILITY_CATEGORIES):
            return f"{grades}（各类别）"
        labels = [label for key, label in terms.DISABILITY_CATEGORIES.items() if key in self.categories]
        return grades + "、".join(labels) + "残疾"


def _categories(raw: object) -> object:
    if raw == "all":
        return list(terms.DISABILITY_CATEGORIES)
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        raise ValueError("“categories”应写 all（全部类别）或列表，如 [intellectual, mental]")
    unknown = [item for item in raw if item not in terms.DISABILITY_CATEGORIES]
    if unknown:
        known = "、".join(f"{word}（{label}）" for word, label in terms.DISABILITY_CATEGORIES.items())
        raise ValueError(f"没有残疾类别“{unknown[0]}”，可用：{known}")
    return raw


def _grades(raw: object) -> object:
    if not isinstance(raw, list) or not all(item in ("1", "2", "3", "4") for item in raw):
        raise ValueError("“grades”应是 1 至 4 的列表，如 [1, 2]")
    return [int(item) for item in raw]


class _Group(Part):
    categories: Annotated[list[str], BeforeValidator(_categories), Field(min_length=1)]
    grades: Annotated[list[int], BeforeValidator(_grades), Field(min_length=1)]


_GROUPS = TypeAdapter(Annotated[list[_Group], Field(min_length=1)])


def read_disability_groups(raw: Any) -> tuple[DisabilityGroup, ...]:
    return tuple(
        DisabilityGroup(frozenset(group.categories), frozenset(group.grades))
        for group in _GROUPS.validate_python(raw)
    )


# ---------------------------------------------------------------- exclusive programmes


@dataclass(frozen=True, slots=True, order=True)
class Side:
    """One side of a pair: a programme, or its urban or rural half."""

    programme: str
    residence: str = ""

    @property
    def key(self) -> str:
        return f"{self.programme}:{self.residence}" if self.residence else self.programme

    @property
    def text(self) -> str:
        return terms.RESIDENCES.get(self.residence, "") + terms.SHORT_PROGRAMMES[self.programme]


@dataclass(frozen=True, slots=True)
class ExclusivePair:
    """Two programmes that one person may not be on at once; twice the same means two households.

    `unless`: ``single_person_dibao`` lets a 单人保 person stay in the marginal household. `ground` is filled
    in by the loader: the citation of this very pair, or of the whole entry.
    """

    one: Side
    other: Side
    unless: str
    basis: str = ""
    ground: str = ""

    @property
    def key(self) -> str:
        return f"{self.one.key}+{self.other.key}"

    @property
    def text(self) -> str:
        if self.one == self.other:
            return f"{self.one.text}（同一人在两户）"
        return f"{self.one.text}×{self.other.text}" + ("（单人保除外）" if self.unless else "")


def _side(raw: object) -> Side:
    programme, _, residence = raw.partition(":") if isinstance(raw, str) else ("", "", "")
    if programme not in terms.SHORT_PROGRAMMES or (residence and residence not in terms.RESIDENCES):
        known = "、".join(f"{word}（{label}）" for word, label in terms.SHORT_PROGRAMMES.items())
        raise ValueError(f"没有救助类型“{raw}”，可用：{known}；可加 :urban（城市）或 :rural（农村）")
    return Side(programme, residence)


def _unless(raw: object) -> object:
    return choice({"single_person_dibao": "单人保"})(raw)


class PairItem(Grounded):
    pair: Annotated[list[Annotated[Any, BeforeValidator(_side)]], Field(min_length=2, max_length=2)]
    unless: Annotated[str, BeforeValidator(_unless)] = ""


_PAIRS = TypeAdapter(Annotated[list[PairItem], Field(min_length=1)])


def read_pair_items(raw: Any) -> list[PairItem]:
    return _PAIRS.validate_python(raw)


def read_exclusive_pairs(raw: Any) -> tuple[ExclusivePair, ...]:
    pairs = []
    for item in read_pair_items(raw):
        one, other = sorted(item.pair)
        pairs.append(ExclusivePair(one, other, item.unless))
    doubled = [pair.text for index, pair in enumerate(pairs) if pair.key in {p.key for p in pairs[:index]}]
    if doubled:
        raise ValueError(f"“{doubled[0]}”写了两次")
    return tuple(pairs)
