"""The model in force as a clerk's table: every piece of evidence, what it counts, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .scoring import Model

PARTS = {
    "id": "身份证号",
    "name": "姓名",
    "birth": "出生日期",
    "place": "地址",
    "phone": "电话",
    "sex": "性别",
    "home": "家庭",
}
# What each level is called, part by part; read with the part's own word before it.
LEVELS = {
    "id": {
        "MISSING": "一方没有，或说明不了什么",
        "SAME": "一致",
        "SAME_OLD": "一致（一方是15位旧号）",
        "SLIP": "只有一处不同",
        "SLIPS": "有两处不同",
        "CUT": "末几位丢失，前15位一致",
        "MASKED": "有遮盖，露出的出生日期和末几位一致",
        "MASKED_HEAD": "有遮盖，露出的地区和出生日期一致",
        "MASKED_MONTH": "有遮盖，露出的地区和出生年月一致",
        "MASKED_YEAR": "有遮盖，露出的地区和出生年份一致",
        "MASKED_TAIL": "有遮盖，露出的末几位一致",
        "SCIENTIFIC": "成了科学计数法，前几位一致",
        "SCIENTIFIC_LONG": "成了科学计数法，到出生月份都一致",
        "SCIENTIFIC_DAY": "成了科学计数法，到出生日都一致",
        "OTHER_SAME": "其他证件号码一致",
        "NEAR_VALID": "两个都正确，只差一两处",
        "DIFFERENT_VALID": "两个都正确，互不相同",
        "DIFFERENT": "对不上，像是别人的号码",
        "CONTRADICTED": "对不上，其中有不完整或有错的",
        "OTHER_SERIAL": "地区和出生日期一致，顺序码不同",
    },
    "name": {
        "MISSING": "一方没有",
        "SAME": "一致",
        "FORMER": "一方是另一方的曾用名",
        "SLIP": "只差一字，同音或形近，或后两字颠倒",
        "SOUND": "几个字不同，都同音",
        "SHORT": "少一字",
        "PART": "只写了一部分",
        "MASKED": "有遮盖，露出的两个字以上一致",
        "MASKED_LAST": "有遮盖，露出的两个字以上一致，末字遮着",
        "SURNAME_MASKED": "有遮盖，只露出一个字",
        "SIBLING": "名字有一字不同",
        "GIVEN": "名相同，姓不同",
        "SURNAME": "只有姓相同",
        "DIFFERENT": "不同",
        "INFANT": "写的是某人的孩子",
        "INFANT_ONE_OF": "写的是某人几个孩子里的一个",
    },
    "birth": {
        "MISSING": "一方没有",
        "IMPLIED": "号码里已经有了",
        "SAME": "一致",
        "MONTH": "年月一致，一方没有写日",
        "NEAR": "相近，像笔误（一个数字不同或对调，月日颠倒，差一年）",
        "YEAR": "只有年份一致",
        "DIFFERENT": "不同",
    },
    "place": {
        "MISSING": "一方没有",
        "VILLAGE": "同村（社区）",
        "TOWNSHIP": "同乡镇（街道）",
        "OTHER_VILLAGE": "村（社区）不同",
        "OTHER_TOWNSHIP": "乡镇（街道）不同",
    },
    "phone": {"MISSING": "一方没有", "SAME": "一致", "DIFFERENT": "不同"},
    "sex": {"MISSING": "没有写明，或号码里已经有了", "SAME": "一致", "DIFFERENT": "不同"},
    "home": {
        "NONE": "看不出关系",
        "OWNER": "所填号码是在册同一户另一人的",
        "LENT": "所填号码是在册另一户的人的，姓名不同",
        "PARENT": "所写的父或母在册同一户",
        "SAME": "登记在同一户下",
    },
}
_BOUNDS = {
    "auto": ("自动关联", "合计到这个分，又没有别的人差不多像，就算同一个人"),
    "review": ("待人工确认", "合计到这个分，列出来由人回答；不到的不算，也不打扰人"),
    "margin": ("领先", "第一名要比第二名多出这么多分才自动关联，否则由人回答"),
}


class Bound(NamedTuple):
    """A threshold: what it is called, its points, what it does, and why it is what it is."""

    key: str
    label: str
    points: int
    meaning: str
    reason: str


class Line(NamedTuple):
    """What one piece of evidence counts; a name four times, from the most frequent to the rarest."""

    part: str
    part_label: str
    level: str
    label: str
    points: tuple[int, ...]
    reason: str


class CapLine(NamedTuple):
    """Where all of `when` (part → levels) holds, the sum is `at_most` that; `label` says it in words."""

    when: dict[str, tuple[str, ...]]
    label: str
    at_most: int
    reason: str


class ModelTable(NamedTuple):
    """A model for people to read; `digest` names its epoch."""

    digest: str
    version: str
    bounds: tuple[Bound, ...]
    lines: tuple[Line, ...]
    caps: tuple[CapLine, ...]


def table_of(model: Model) -> ModelTable:
    """All of a model in words, in the order in which its file has it."""
    points = model.data["points"]
    bounds = tuple(
        Bound(key, label, int(points[key]), meaning, str(points["reasons"][key]))
        for key, (label, meaning) in _BOUNDS.items()
    )
    lines = tuple(line for part in PARTS for line in _lines(part, points))
    caps = tuple(
        CapLine(
            {part: tuple(cap["when"][part]) for part in PARTS if part in cap["when"]},
            _condition(cap["when"]),
            int(cap["at_most"]),
            str(cap["reason"]),
        )
        for cap in points["caps"]
    )
    return ModelTable(model.hash, model.version, bounds, lines, caps)


def _lines(part: str, points: Mapping[str, Any]) -> list[Line]:
    """The lines of one part in the order of `LEVELS`, what it does not know last."""
    lines = points[part]
    found = []
    for level in [
        *(one for one in LEVELS[part] if one in lines),
        *sorted(lines.keys() - LEVELS[part].keys()),
    ]:
        told = lines[level]
        if part == "name":
            counts, reason = tuple(map(int, told)), str(points["name_reasons"][level])
        else:
            counts, reason = (int(told[0]),), str(told[1])
        found.append(Line(part, PARTS[part], level, _word(part, level), counts, reason))
    return found


def _condition(when: Mapping[str, Sequence[str]]) -> str:
    """``身份证号是〔一致〕，并且姓名是〔不同／只有姓相同〕``."""
    said = []
    for part in PARTS:  # a frozen model has lost the order of its file
        levels = when.get(part)
        if not levels:
            continue
        rest = [level for level in LEVELS[part] if level not in levels]
        if len(rest) < len(levels):  # most of them: said shorter by what is left out
            said.append(f"{PARTS[part]}不是〔{_listed(part, rest)}〕")
        else:
            said.append(f"{PARTS[part]}是〔{_listed(part, levels)}〕")
    return "，并且".join(said)


def _listed(part: str, levels: Sequence[str]) -> str:
    return "／".join(_word(part, level) for level in levels)


def _word(part: str, level: str) -> str:
    """The word for a level; a level that has none yet is shown as the model calls it."""
    return LEVELS[part].get(level, level)
