"""Whether a file says enough to be read by a template that nobody has named: which list it is, and whose."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Literal

from ..formats.source import Row
from ..templates import Template
from .coverage import all_left
from .hints import is_named, told_of
from .wording import HeaderMatch, bare_key, heading_key

Doubt = Literal["", "untold", "leavers", "members"]

RARE = 8  # points of a heading that three templates know

# What every list of persons and of money may have: such columns do not tell which one it is.
_COMMON_FIELDS = frozenset(
    (
        "name", "id", "sex", "birth", "phone", "township", "village", "address", "serial",
        "relation", "head_id", "head_name", "household_size", "covered", "account", "bank", "account_holder",
        "benefit_fen", "help_money", "pension_fen", "total", "paid_amount", "paid_total",
    )
)  # fmt: skip
_WORDS_FOR_ANYTHING = """
名称 类型 类别 状态 等级 级别 项目 项目名称 结果 编号 编码 单位 单位名称 工作单位 所在单位 职务 日期 时间 户类型
人员类别 人员类型 身份类别 说明 备注 内容
"""
_COMMON_WORDS = frozenset(_WORDS_FOR_ANYTHING.split())
_LEFT = re.compile(r"停保|停发|退保|退出|清退|减员|核减|取消保障|停止救助|终止救助|不予|不符合|未通过")
_RELATION = re.compile(r"[与和](?:户主|申请人|主申请人)之?的?关系")
_ONE = re.compile(r"[^、,，;；/\s]{1,8}")  # a cell that says what one person is
_HEAD = re.compile(r"户主|本人|申请人|0[01]?\Z")
WHY_LEFT = re.compile(
    r"(?:停保|停发|退保|退出|清退|减员|核减|取消|终止|不予\w{0,4}|不符合\w{0,4})(?:的?原因|理由|时间|日期|月份|年月|类型)"
)


def doubt_of(
    template: Template,
    stem: str,
    sheet: str,
    rows: Sequence[Row],
    match: HeaderMatch,
    weights: Mapping[str, int],
) -> Doubt:
    """Why a sheet is not taken for this kind of list though it has the columns; '' where nothing speaks against it.

    ``untold``: its columns stand in any list of persons, and no name or title says which it is. ``leavers``:
    it lists who may have left a roster, and would be read as a roster. ``members``: its rows are members, and would
    each be read as a household. `weights`: points of each heading, more where fewer templates know it.
    """
    if member_relation(template, rows, match) is not None:
        return "members"
    if template.kind == "roster" and lists_leavers(stem, sheet, rows, match):
        _, *titles = told_of(stem, sheet, rows, match)
        if all_left(stem, [(sheet, titles[1:])]) is None:  # else its rows are read as those of leavers
            return "leavers"
    if template.kind == "money" or _has_own_column(template, match, weights):
        return ""  # lists of payments of several programmes have the same columns: that is a tie
    if is_named(template, stem, sheet, rows, match):
        return ""
    return "untold"


def _has_own_column(template: Template, match: HeaderMatch, weights: Mapping[str, int]) -> bool:
    """Whether a heading says what kind of list this is: one of a column that must be there, or that few lists have."""
    without_unit = [("", column) for column in (*match.refused, *match.unitless)]
    for field, column in (*match.columns.items(), *without_unit):
        key = bare_key(column.known)
        points = weights.get(key, 0)
        if key in _COMMON_WORDS:
            continue
        if points > RARE or (field not in _COMMON_FIELDS and points == RARE):
            return True
        if field and field not in _COMMON_FIELDS and template.fields[field].required:
            return True
    return False


def lists_leavers(stem: str, sheet: str, rows: Sequence[Row], match: HeaderMatch) -> bool:
    """Whether names or titles speak of leaving, and a column that the template does not know says why or when."""
    told = any(_LEFT.search(text) for text in told_of(stem, sheet, rows, match))
    return told and any(WHY_LEFT.search(bare_key(heading_key(one))) for one in match.unmapped)


def member_relation(template: Template, rows: Sequence[Row], match: HeaderMatch) -> int | None:
    """The place of a column 与户主关系 that says, row by row, that others than the head stand in a list of households.

    It does where it names a head in one row and somebody else in another, or where rows of one head follow each other.
    What a household's only row says of the members beside the head, in a cell that lists them, is no such thing.
    """
    if template.kind != "roster" or template.unit != "household" or template.role != "head":
        return None
    taken = {column.place for column in match.columns.values()}
    taken |= {column.place for slot in match.groups for column in slot.values()}
    own = match.columns.get("name")
    for place, heading in enumerate(match.headings):
        if place not in taken and _RELATION.search(heading_key(heading)) and own is not None:
            below = [cells for number, cells in rows if number > match.row]
            if _is_by_member([(_cell(cells, own.place), _cell(cells, place)) for cells in below]):
                return place
    return None


def _is_by_member(told: Sequence[tuple[str, str]]) -> bool:
    """Whether pairs of (head's name, relation) are those of members one below the other."""
    said = [(head, word) for head, word in told if word and _ONE.fullmatch(word)]
    others = [word for _, word in said if not _HEAD.match(word)]
    if not others:
        return False
    again = any(one[0] == two[0] or not two[0] for one, two in itertools.pairwise(said))
    return len(others) < len(said) or again


def _cell(cells: Sequence[str], place: int) -> str:
    return "".join(cells[place].split()) if place < len(cells) else ""
