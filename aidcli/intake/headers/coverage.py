"""Whether a list says by its name or titles that it holds changes only: who is new, who gets more, who left."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Kind = Literal["added", "altered", "left"]

_WORDS: dict[Kind, str] = {
    "added": "新增|新批|新纳入|新入保|新审批|调入",
    "altered": "增发|减发|补发|增减|变动|异动",
    "left": "停保|停发|退保|退出|清退|减员|核减|取消保障|停止救助|终止救助|不予|不符合|未通过",
}
# 含新增, 剔除停发后, 无变动: such a list is whole; 新增5户, 停发户数 count what a whole list holds beside others.
_BEFORE = r"(?:(?:含|包括|包含|剔除|扣除|除去)[^,。;|()]{0,6}|无|没有|未|不)"
_BEHIND = r"(?!后|户数|人数|[^\u4e00-\u9fff\d|]{0,2}\d{1,5}[户人名个笔])"
_TOLD = {kind: re.compile(f"({_BEFORE})?({words}){_BEHIND}") for kind, words in _WORDS.items()}
# 拟停发, 停发公示, 疑似退出: nobody has left yet. 不符合, 未通过 need never have been on a roster, 核减 may be of the sum,
# and of all who left in a year some may have come back.
_UNSURE = re.compile(
    r"(?:拟|暂|缓|应|待|预|建议|疑似|可能|申请)(?:停|退|清退|减员|取消|终止)|(?:停|退|清)[保发出退][^|]{0,4}"
    r"(?:公示|预警|线索|申请|审批|审核|核查|复核|比对|对比|建议|待)|不予|不符合|未通过|核减|"
    r"累计|历年|全年|年度|以来|\d-\d{1,2}月"
)


class Told(NamedTuple):
    """One word that speaks of changes, and where it stands: 文件名, 工作表名称, 标题."""

    kind: Kind
    word: str
    place: str


def changes_told(stem: str, sheets: Iterable[tuple[str, Sequence[str]]]) -> list[Told]:
    """What name and sheets (name, lines of the title) say of changes, one for each kind.

    A sheet counts only where every sheet that is read says such a thing: 在册 and 新增 make one whole list.
    """
    found = _told(stem, "文件名")
    by_sheet = [
        _told(name, "工作表名称") + [one for title in titles for one in _told(title, "标题")]
        for name, titles in sheets
    ]
    if by_sheet and all(by_sheet):
        found += [one for told in by_sheet for one in told]
    return list({one.kind: one for one in reversed(found)}.values())[::-1]


def all_left(stem: str, sheets: Sequence[tuple[str, Sequence[str]]]) -> Told | None:
    """What says that everybody on the list has left for sure; None where nothing does, or something else is said too."""
    told = changes_told(stem, sheets)
    texts = [stem, *(text for name, titles in sheets for text in (name, *titles))]
    if {one.kind for one in told} != {"left"} or any(_UNSURE.search(_compact(text)) for text in texts):
        return None
    return told[0]


def leavers_said(told: Told, month: str) -> str:
    """What is told of a list of those who left."""
    return (
        f"{told.place}写有“{told.word}”，按停发（退出）名单收下：上面的户（人）自{month}起不在册、不发放，"
        "不在上面的不变；以后月份的名册又列上的，自那个月起恢复"
    )


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _told(text: str, place: str) -> list[Told]:
    compact = _compact(text)
    return [
        Told(kind, match.group(2), place)
        for kind, form in _TOLD.items()
        for match in form.finditer(compact)
        if not match.group(1)
    ]
