"""Templates that fit a file's headings alike: a list of payments or the roster itself, as its name says.

The columns of 低保发放表 and 低保家庭 are the same; one tells what was paid, the other who is to be paid. Where the
name of file, sheet or title says which of the two it is, that is taken and told; else the file is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from ...errors import Problem
from ..templates import Template

# What a list is called by what it is for. 发放花名册 is one of payments.
_WORDS = {
    "money": re.compile(
        r"发放(?:金)?(?:表|明细|清册|清单|花名册|名册|名单|记录|情况|台账)|打卡|支付|拨付|代发|已发|兑付|付款"
    ),
    "roster": re.compile(
        r"在册|在保|(?<!发放)(?<!发放花)名册|家庭(?:查询|信息|情况|表|台账)|人员(?:查询|信息|表)|基础信息|享受对象"
    ),
}
# Two rosters that are often one list; a column says of which class each child is, and the rows go by that.
_CHILDREN, _CLASS = ("orphans", "unattended_children"), "child_class"


class Broken(NamedTuple):
    """A tie that a name broke: the template, the word that said so and where it stands, the labels of the others."""

    template: Template
    word: str
    place: str
    others: tuple[str, ...]

    def note(self, sheet: str, row: int) -> Problem:
        message = (
            f"表头与{'、'.join(self.others)}也差不多同样相符，按{self.place}里的“{self.word}”认作{self.template.label}；"
            "不是的话，用 --source 指明来源重新导入"
        )
        return Problem(sheet, row, "", self.word, "template_by_name", message, "note")


def broken_by_name(
    path: Path, sheets: Sequence[tuple[str, str]], candidates: Sequence[Template]
) -> Broken | None:
    """The only one of the candidates that is of the kind which names speak of; None where they do not tell.

    `sheets`: name and title of each.
    """
    texts = [("文件名", path.stem)]
    for name, title in sheets:
        texts += [("工作表名称", name), ("标题", title)]
    said: dict[str, tuple[str, str]] = {}
    for place, text in texts:
        for kind, words in _WORDS.items():
            found = words.search(re.sub(r"\s+", "", text))
            if found:
                said.setdefault(kind, (found.group(), place))
    if len(said) != 1:
        return None
    ((kind, (word, place)),) = said.items()
    mine = [one for one in candidates if one.kind == kind]
    if len(mine) != 1 or len({one.kind for one in candidates}) < 2:
        return None
    others = tuple(f"{one.label}（{one.key}）" for one in candidates if one is not mine[0])
    return Broken(mine[0], word, place, others)


def of_both_classes(candidates: Sequence[Template], fields: Collection[str]) -> Template | None:
    """The roster that takes in 孤儿 and 事实无人抚养儿童 of one list, where a column tells them apart; else None."""
    by_key = {one.key: one for one in candidates}
    return by_key[_CHILDREN[0]] if _CLASS in fields and by_key.keys() == set(_CHILDREN) else None
