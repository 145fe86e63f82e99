"""The wording of headings: the form in which two are compared, units and periods, a template's list of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from ..fields import FIELDS
from .parts import PartIndex

HEADER_ROWS = 30
_SAYS_NOTHING = ("有效", "合法", "现用")  # before the name of a document
SUM_WORDS = frozenset(("合计", "小计", "总计", "共计", "金额合计", "合计金额"))

How = Literal["exact", "bare", "level", "parts", "fuzzy"]

_BLANK = re.compile(r"[\s​﻿]+")
_NUMBERING = re.compile(r"\A(?:\(\d{1,2}\)|\d{1,2}[.、](?=\D))(?=.)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")
_HARMLESS = re.compile(r"(?:必填|选填|全称|汉字|数字|公历|阳历|\d{1,2}位|[年月日/\-.]+|[YMD/\-.]+|格式.*)")
_LAST_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]\Z")
# What the columns of members are called where a template lists them only as several in one cell.
_MEMBERS = {
    **dict.fromkeys(("姓名",), "member_name"),
    **dict.fromkeys(
        (
            "身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "居民身份证号", "居民身份证号码",
            "身份证件号码", "身份证件号", "证件号码", "证件号", "身份证",
        ),
        "member_id",
    ),
    **dict.fromkeys(("与户主关系", "家庭关系", "关系", "与申请人关系", "称谓"), "member_relation"),
}  # fmt: skip
_OUTSIDE_BRACKETS = re.compile(r"/(?![^(\[【]*[)\]】])")
_YUAN = frozenset(
    ("元", "人民币", "人民币元", "¥", "元/月", "月/元", "元/户", "元/户/月", "元/户·月", "单位:元")
)
_FACTORS = {"万元": 10000, "单位:万元": 10000, "千元": 1000, "百元": 100}
_UNIT_WORDS = (
    _YUAN
    | frozenset(_FACTORS)
    | frozenset(["人", "户", "月", "年", "岁", "亩", "间", "平方米", "个", "元/年", "元/人", "元/人/月"])
    | frozenset(
        ["元/季", "元/季度", "元/半年", "季度", "季", "半年", "套", "辆", "次", "天", "笔", "㎡", "M2"]
    )
)
_OTHER = (
    r"家属|亲属|家长|申报人|申报者|监护人|经办|联系人|代办|委托|办理人|登记人|收款人|领款人|照料人|护理人|配偶|"
    r"子女|父亲|母亲|户主|申请人|开户人|赡养|抚养|扶养|填报人|核查人|网格员|帮扶人|责任人"
)
_ANOTHER = re.compile(_OTHER)
_PERIODS = (
    ("cumulative", re.compile(r"累计|截至|\d-\d*月")),
    ("half", re.compile(r"半年")),
    ("quarter", re.compile(r"季度?(?!节)")),
    (
        "year",
        re.compile(
            r"(?:全|本|当|上|每)年|年度|年[总均收支领发应实补保固纯可人]|元/(?:人/|户/)?年|/年|\(年\)"
        ),
    ),
    ("month", re.compile(r"(?:每|当|本|逐)月|月[总均收支领发应实补保租标基救低养缴]|/月|\(月\)")),
)


@lru_cache(maxsize=8192)
def heading_key(raw: str) -> str:
    """Full-width folded, blanks and line breaks gone, 帐 as 账, numbering and marks of required columns dropped."""
    text = _BLANK.sub("", unicodedata.normalize("NFKC", raw)).replace("帐", "账").upper()
    return _NUMBERING.sub("", text.strip("*:★☆·")).strip("*:★☆·")


@lru_cache(maxsize=8192)
def bare_key(key: str) -> str:
    """A heading key without anything in brackets."""
    return _BRACKETS.sub("", key)


def plain_key(key: str) -> str:
    """A heading key without units and hints in brackets; '' where brackets say more: 姓名(监护人)."""
    notes = [note[1:-1] for note in _BRACKETS.findall(key)]
    return bare_key(key) if all(is_unit(note) or _HARMLESS.fullmatch(note) for note in notes) else ""


def unit_of(key: str) -> str:
    """What stands in brackets at the end of a heading key; '' if nothing does."""
    found = _LAST_BRACKET.search(key)
    return found.group(1) if found else ""


def money_factor(unit: str) -> int | None:
    """Yuan per unit of a money column (1, 100, 1000, 10000); None for a unit that is no plain money."""
    if not unit or unit in _YUAN:
        return 1
    return _FACTORS.get(unit)


def is_unit(word: str) -> bool:
    """Whether a key is a unit and nothing else: 元, 人/户, 万元, (元), 单位:元."""
    return bool(word) and word.strip("()").removeprefix("单位:") in _UNIT_WORDS


def is_unit_row(cells: Sequence[str]) -> bool:
    """Whether a row below the header only names units (元, 人, 万元 …)."""
    words = [heading_key(cell) for cell in cells if cell.strip()]
    return bool(words) and all(is_unit(word) or word in ("-", "—", "/") for word in words)


def persons_in(key: str) -> frozenset[str]:
    """Who beside the person a row is about is named in a heading key: 家属, 申报人, 监护人, 户主 …"""
    return frozenset(_ANOTHER.findall(key))


def is_of_another(key: str) -> bool:
    """Whether a heading key names somebody beside the person a row is about."""
    return _ANOTHER.search(key) is not None


@lru_cache(maxsize=8192)
def period_of(key: str) -> str:
    """The span of time a heading key speaks of: year, half, quarter, month, cumulative; '' for none."""
    return next((period for period, words in _PERIODS if words.search(key)), "")


def level_keys(heading: str) -> tuple[str, ...]:
    """The keys of a heading written over several levels (``死者/姓名``); one key for a plain heading."""
    key = heading_key(heading)
    parts = tuple(part for part in _OUTSIDE_BRACKETS.split(key) if part)
    return parts if len(parts) > 1 else (key,)


class Column(NamedTuple):
    """A column that a template knows: where, under which heading, in which unit.

    `how` the heading was recognised: as written, without its brackets, through its parent's heading, by its
    parts, or by similarity; `score` says how surely, of 100. `known` is the key of the template's heading.
    """

    place: int
    heading: str
    unit: str
    how: How = "exact"
    score: int = 100
    known: str = ""


Slot = Mapping[str, Column]


class Told(NamedTuple):
    """What is said of all rows of a sheet: as written, and where (标题, 工作表名称, 文件名)."""

    raw: str
    place: str


class HeaderMatch(NamedTuple):
    """A row seen as the header of a template.

    `refused`: money columns whose unit or period cannot be taken, `unitless` those that must name a unit and
    do not. `headings`: the heading of each column, levels joined where it takes them to tell it. `rivals`:
    further columns that name a field which another column already has. `doubts`: headings similar to more
    than one field, or one of several columns similar to one, with the labels' fields. `groups`: columns of
    members, one mapping a member. `levels`: how many rows the header takes, `row` being the last of them.
    `told`: what stands above the header for all rows, with its field.
    """

    row: int
    columns: dict[str, Column]
    unmapped: tuple[str, ...]
    missing: tuple[str, ...]
    refused: tuple[Column, ...]
    headings: tuple[str, ...] = ()
    rivals: tuple[tuple[str, Column], ...] = ()
    unitless: tuple[Column, ...] = ()
    doubts: tuple[tuple[Column, tuple[str, ...]], ...] = ()
    groups: tuple[Slot, ...] = ()
    levels: int = 1
    told: tuple[tuple[str, Told], ...] = ()


class Known(NamedTuple):
    """What a heading means: the field, its place in the template's list, and how it was found."""

    field: str
    rank: int
    how: How
    known: str


class Vocabulary(NamedTuple):
    """A template's headings ready for look-up: key → (field, place in its list).

    `paths`: headings over several levels, by the key of the lowest. `slots`: headings of fields that repeat
    for each member. `own`: words such as 户主 that mean the person of the row in this template. `periods`:
    the spans of time that a field's own headings speak of. `words`: all the keys. `guessable`: those
    without brackets, sorted, that a slip may have been meant for. `parts`: the headings by their parts.
    `instead`: fields whose columns will do for one that is required.
    """

    exact: dict[str, tuple[str, int]]
    bare: dict[str, tuple[str, int]]
    required: tuple[str, ...]
    units: Mapping[str, str]
    paths: dict[str, tuple[tuple[tuple[str, ...], str, int], ...]]
    slots: dict[str, str]
    own: frozenset[str]
    periods: dict[str, frozenset[str]]
    words: frozenset[str]
    guessable: tuple[str, ...]
    parts: PartIndex
    instead: Mapping[str, Sequence[str]]

    @classmethod
    def of(
        cls,
        headings: Mapping[str, Sequence[str]],
        required: Sequence[str],
        units: Mapping[str, str],
        instead: Mapping[str, Sequence[str]] | None = None,
    ) -> Vocabulary:
        exact: dict[str, tuple[str, int]] = {}
        bare: dict[str, tuple[str, int]] = {}
        paths: dict[str, tuple[tuple[tuple[str, ...], str, int], ...]] = {}
        slots: dict[str, str] = {}
        for field, written in headings.items():
            for rank, heading in enumerate(written):
                key = heading_key(heading)
                if FIELDS[field].repeats:
                    slots.setdefault(bare_key(key), field)
                    continue
                exact.setdefault(key, (field, rank))
                bare.setdefault(bare_key(key), (field, rank + 1000))
                *above, lowest = level_keys(heading)
                if above:
                    paths[lowest] = (*paths.get(lowest, ()), (tuple(above), field, rank))
        if "member_names" in headings:
            for key, field in _MEMBERS.items():
                slots.setdefault(key, field)
        periods = {
            field: frozenset(period_of(heading_key(one)) for one in written)
            for field, written in headings.items()
        }
        own = _own(headings.get("name", ()), headings.get("id", ()))
        words = frozenset((*exact, *bare, *paths, *slots))
        every = [*((key, field) for key, (field, _) in exact.items()), *slots.items()]
        parts = PartIndex((plain_key(key), field, key) for key, field in every)
        guessable = tuple(sorted(bare))
        found = (exact, bare, tuple(required), units, paths, slots, own, periods, words, guessable, parts)
        return cls(*found, instead or {})

    def known(self, key: str) -> Known | None:
        """What a heading key means, first with its brackets, then without: 姓名（户主） is 户主姓名."""
        if key in self.exact:
            return Known(*self.exact[key], "exact", key)
        if key.startswith(_SAYS_NOTHING):  # 有效身份证件号
            return self.known(key[len("有效") :])
        short = bare_key(key)
        if short == key and key not in self.bare:
            return None
        for note in _BRACKETS.findall(key):
            if is_of_another(note):
                whose = note[1:-1] + short
                return Known(*self.exact[whose], "bare", whose) if whose in self.exact else None
        found = self.exact.get(short) or self.bare.get(short)
        return Known(*found, "bare", short) if found else None

    def field(self, heading: str) -> tuple[str, int] | None:
        """The field a heading on one level names, and its place in the template's list."""
        key = heading_key(heading)
        found = self.known(key) if key else None
        return (found.field, found.rank) if found else None

    def is_of_another(self, key: str) -> bool:
        """Whether a key names somebody who is not the person of a row of this template."""
        return not persons_in(key) <= self.own


def _own(*lists: Iterable[str]) -> frozenset[str]:
    return frozenset(
        person for one in lists for heading in one for person in persons_in(heading_key(heading))
    )
