"""Which field a column of an unknown file may be: by its heading among all known ones, and by its cells.

The heading goes first. Cells alone name only what they show beyond doubt (persons, numbers, places), never
which of two sums or two days a column is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..fields import FIELDS
from ..headers.wording import bare_key, heading_key, is_of_another, persons_in
from ..letters import column_letter
from .content import Content
from .known import Known, Meaning, lacks, likeness

SURE, LIKELY, GUESS, UNKNOWN = "确定", "较有把握", "猜测", "不认识"

_EXACT, _BARE, _ENOUGH = 1.0, 0.95, 0.45
_OTHERS = re.compile(r"家长|亲友|负责|紧急|推荐|介绍人|审核|填报|负担人")
_HEAD = "户主"
_AS_HEAD = {"name": "head_name", "id": "head_id"}
_AS_OWN = {"head_name": "name", "head_id": "id"}
_DOUBTFUL = "，但不止一种意思"
_SELDOM = 4  # a meaning that is so many times rarer than another raises no doubt
_AS_NEAR = 0.12  # templates that know about as many of the file's headings have the same say
_CLOSE = 0.72  # likeness of two headings below which they have nothing to do with each other
_CLOSE_MONEY = 0.85
_SHORT, _MOST_OF_SHORT = 3, 0.6  # 有效期 is near to 有效期至 and to many others: no more than a guess
_FITS, _NEUTRAL, _AGAINST = 0.25, 0.1, -0.35
_ENDINGS = ("name", "id", "phone", "sex", "township", "village", "account", "disability_card")
_GENERIC_WORDS = """
状态 类型 名称 金额 日期 时间 原因 编号 关系 等级 备注 合计 户名 说明 证号 类别 级别 单位 结果 项目 年度 标准
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
# What a column must hold for a field of a type, and what speaks against it; anything else says nothing.
_SHOWS: dict[str, frozenset[str]] = {
    "name": frozenset(("name",)),
    "id": frozenset(("id",)),
    "phone": frozenset(("phone",)),
    "day": frozenset(("day",)),
    "month": frozenset(("month", "day")),
    "money": frozenset(("money", "number", "count")),
    "count": frozenset(("count", "number")),
    "yes_no": frozenset(("yes_no",)),
    "grade": frozenset(("grade", "count")),
    "account": frozenset(("account", "bank_card")),
    "list": frozenset(("name_list", "id_list", "name", "id")),
}
_OF_FIELD = {
    "township": frozenset(("township",)),
    "village": frozenset(("village",)),
    "sex": frozenset(("sex",)),
    "relation": frozenset(("relation", "code")),
    "disability_card": frozenset(("card",)),
    "member_names": frozenset(("name_list", "name")),
    "member_ids": frozenset(("id_list", "id")),
    "birth": frozenset(("day",)),
}
_VAGUE = frozenset(("text", "code", "blank", "number"))
_BY_CELLS = {
    "id": ("id", 0.8),
    "card": ("disability_card", 0.8),
    "id_list": ("member_ids", 0.6),
    "name_list": ("member_names", 0.6),
    "name": ("name", 0.6),
    "phone": ("phone", 0.6),
    "sex": ("sex", 0.6),
    "township": ("township", 0.6),
    "village": ("village", 0.6),
    "bank_card": ("account", 0.5),
    "relation": ("relation", 0.5),
}


class Guess(NamedTuple):
    """What a column may be. `field` is '' where nothing fits; `score` 0 to 1; `reason` for a clerk."""

    place: int
    heading: str
    content: Content
    field: str = ""
    score: float = 0.0
    reason: str = ""

    @property
    def confidence(self) -> str:
        if not self.field:
            return UNKNOWN
        return SURE if self.score >= 0.97 else LIKELY if self.score >= 0.75 else GUESS


def guess(
    columns: Sequence[tuple[int, str, Content]],
    known: Known,
    allowed: frozenset[str],
    births: frozenset[int] = frozenset(),
) -> list[Guess]:
    """A guess for every column (place, heading, content); no field twice, the best guess has it.

    `allowed` are the fields that may be used here; `births` the places of columns whose days are the
    births in the ID numbers.
    """
    headed = any(_is_own_name(heading, content, known) for _, heading, content in columns)
    usable = known.only(allowed)
    every: list[Guess] = []
    for place, heading, content in columns:
        found = list(_candidates(place, heading, content, usable, headed))
        if place in births and "birth" in allowed:
            reason = "各行日期与身份证号里的出生日期一致"
            found.append(Guess(place, heading, content, "birth", 0.9, reason))
        every += [one for one in found if one.field in allowed and one.score >= _ENOUGH]
    every.sort(key=lambda one: (-one.score, FIELDS[one.field].repeats, one.place))
    chosen: dict[int, Guess] = {}
    taken: dict[str, Guess] = {}
    passed: dict[int, Guess] = {}
    for one in every:
        if one.place in chosen:
            continue
        if one.field in taken and not FIELDS[one.field].repeats:
            passed.setdefault(one.place, one)
            continue
        chosen[one.place] = taken[one.field] = one
    lonely = _take_lonely(chosen, known.alone)
    return [
        chosen.get(place) or lonely.get(place) or _left(place, heading, content, passed.get(place), taken)
        for place, heading, content in columns
    ]


def _left(
    place: int, heading: str, content: Content, wanted: Guess | None, taken: Mapping[str, Guess]
) -> Guess:
    if wanted is not None:
        other = taken[wanted.field]
        reason = f"像是“{FIELDS[wanted.field].label}”，但已有“{other.heading}”一列，请核对用哪一列"
        if heading_key(other.heading) == heading_key(heading):
            reason = same_heading(other.place)
    elif content.kind == "serial":
        reason = "顺序号，不需要"
    elif content.kind == "blank":
        reason = "这一列没有填写"
    else:
        reason = f"列名没有见过，内容像{content.label}"
    return Guess(place, heading, content, reason=reason)


def same_heading(place: int) -> str:
    """Why a column is left out whose heading another column has."""
    return f"与{column_letter(place + 1)}列的列名相同，分不开：请先在表里改成不同的列名"


def _take_lonely(chosen: dict[int, Guess], alone: frozenset[str]) -> dict[int, Guess]:
    """Takes out the fields that only say something beside another field which no column has."""
    fields = {one.field for one in chosen.values()}
    lonely: dict[int, Guess] = {}
    for place, one in list(chosen.items()):
        needed = lacks(one.field, fields)
        if needed and one.field not in alone:
            label, other = FIELDS[one.field].label, FIELDS[needed].label
            reason = f"像是“{label}”，但要与“{other}”一列一起才有用，表里没有认出那一列"
            lonely[place] = Guess(place, one.heading, one.content, reason=reason)
            del chosen[place]
    return lonely


def _is_own_name(heading: str, content: Content, known: Known) -> bool:
    key = heading_key(heading)
    return content.kind == "name" and "name" in known.exact.get(key, {}) and not is_of_another(key)


def _candidates(place: int, heading: str, content: Content, known: Known, headed: bool) -> Iterable[Guess]:
    key = heading_key(heading)
    for told, alike, why in _by_heading(key, known, headed):
        field = _of_row(told, key, headed)
        fit, said = _fit(field, content)
        if _DOUBTFUL in why and FIELDS[field].type not in ("name", "id", "choice"):
            fit = min(fit, _NEUTRAL)  # one day looks like another: the cells settle nothing
        if FIELDS[field].type == "account" and alike < _BARE and fit < _FITS and content.kind != "blank":
            fit = _AGAINST  # 客户编号 is near to 客户账号
        if alike < _BARE and content.kind in ("name", "id") and not _shows(field):
            fit = _AGAINST  # 户名称 is near to 商户名称, but holds persons
        yield Guess(place, heading, content, field, round(0.75 * alike + fit, 3), f"{why}；{said}")
    if _speaks_of_another(key) and not _speaks_of_head(key):
        return
    yield from _by_words(place, heading, content)
    by_cells = _BY_CELLS.get(content.kind)
    if by_cells and content.filled >= 2:
        field, score = _of_row(by_cells[0], key, headed), by_cells[1]
        if field in FIELDS:
            yield Guess(place, heading, content, field, score, f"列名没有见过，内容像{content.label}")


def _speaks_of_head(key: str) -> bool:
    """Whether a heading names the head of the household and nobody else."""
    return persons_in(key) == {_HEAD} and _OTHERS.search(key) is None


def _of_row(field: str, key: str, headed: bool) -> str:
    """户主 is the person of the row where no column names another person, else the head of that person."""
    if not _speaks_of_head(key):
        return field
    return (_AS_HEAD if headed else _AS_OWN).get(field, field)


def _by_words(place: int, heading: str, content: Content) -> Iterable[Guess]:
    """The one choice whose words stand in the cells, where no other choice knows as many of them."""
    if content.kind != "code" or len(content.values) < 2:
        return
    counted = {
        field: sum(_readable(word, spec.choices) for word in content.values)
        for field, spec in FIELDS.items()
        if spec.choices
    }
    most = max(counted.values())
    fields = [field for field, count in counted.items() if count == most]
    if len(fields) == 1 and most == len(content.values):
        reason = f"列名没有见过，“{'”“'.join(content.values[:3])}”都是“{FIELDS[fields[0]].label}”的写法"
        yield Guess(place, heading, content, fields[0], 0.55, reason)


def _by_heading(key: str, known: Known, headed: bool) -> list[tuple[str, float, str]]:
    """(field, likeness 0 to 1, reason) for a heading key, the same words before similar ones."""
    if not key:
        return []
    for table, looked, alike in ((known.exact, key, _EXACT), (known.bare, bare_key(key), _BARE)):
        if looked and looked in table:
            return _same(table[looked], alike, headed, key)
    return _similar(key, known)


def _speaks_of_another(key: str) -> bool:
    return is_of_another(key) or _OTHERS.search(key) is not None


def _same(
    fields: Mapping[str, Meaning], alike: float, headed: bool, key: str
) -> list[tuple[str, float, str]]:
    """The fields that a known heading names; where templates as near differ, the cells decide."""
    kept = {field: meaning for field, meaning in fields.items() if not FIELDS[field].repeats} or dict(fields)
    if is_of_another(key):  # 户主姓名 beside 姓名 is the head; alone it is the person of the row
        avoid = {"name", "id"} if headed else {"head_name", "head_id"}
        kept = {field: meaning for field, meaning in kept.items() if field not in avoid} or kept
    top = max(meaning.nearness for meaning in kept.values())
    most = max(meaning.times for meaning in kept.values() if meaning.nearness >= top - _AS_NEAR)
    near = {
        field
        for field, meaning in kept.items()
        if meaning.nearness >= top - _AS_NEAR and meaning.times * _SELDOM >= most
    }
    ranked = sorted(kept.items(), key=lambda item: (item[0] not in near, -item[1].times, item[0]))
    found = []
    for field, meaning in ranked[:4]:
        less = 0.3 if field not in near else 0.15 if len(near) > 1 else 0.0
        why = f"现有模板里就有列名“{meaning.written}”" + (_DOUBTFUL if less else "")
        found.append((field, alike - less, why))
    return found


def _similar(key: str, known: Known) -> list[tuple[str, float, str]]:
    """Fields with a heading like this one, best first; what speaks of another person stays apart."""
    best: dict[str, tuple[float, str]] = {}
    most = _MOST_OF_SHORT if len(bare_key(key)) <= _SHORT else 0.9
    for other, fields in known.bare.items():
        like = likeness(bare_key(key), other)
        ending = len(other) >= 2 and other not in _GENERIC and bare_key(key).endswith(other)
        if not (ending or like >= _CLOSE) or _speaks_of_another(key) != _speaks_of_another(other):
            continue
        for field, meaning in fields.items():
            enough = _CLOSE_MONEY if FIELDS[field].type == "money" else _CLOSE
            near = like if like >= enough else 0.75 if ending and field in _ENDINGS else 0.0
            if near > best.get(field, (0.0, ""))[0]:
                best[field] = (min(near, most), meaning.written)
    ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:3]
    return [(field, near, f"列名与“{written}”相近") for field, (near, written) in ranked]


def _fit(field: str, content: Content) -> tuple[float, str]:
    """How the cells speak for a field, in points, and in words."""
    spec = FIELDS[field]
    said = f"内容像{content.label}"
    if content.kind == "blank":
        return _NEUTRAL, "这一列没有填写"
    shows = _shows(field)
    if spec.choices:
        return _fit_choice(spec.choices, content)
    if shows is None:
        return _FITS, said
    if content.kind in shows:
        return _FITS, said
    if spec.type == "account" and content.kind == "number":
        return _AGAINST, f"但{said}，不像银行账号"
    vague = content.kind in _VAGUE or (spec.type == "yes_no" and content.kind == "count")
    return (_NEUTRAL, said) if vague else (_AGAINST, f"但{said}")


def _shows(field: str) -> frozenset[str] | None:
    """What a column of a field must look like; None where anything may stand there."""
    return _OF_FIELD.get(field) or _SHOWS.get(FIELDS[field].type)


def _fit_choice(choices: Mapping[str, str], content: Content) -> tuple[float, str]:
    """How many of the words that stand there are ones that a choice knows."""
    if not content.values:
        return _NEUTRAL, f"内容像{content.label}"
    known = [word for word in content.values if _readable(word, choices)]
    strange = [word for word in content.values if word not in known]
    if len(known) >= 0.8 * len(content.values):
        return _FITS, f"内容有“{known[0]}”等能认的写法"
    if known:
        return _NEUTRAL, f"内容有能认的“{known[0]}”，也有不认识的“{strange[0]}”"
    return _AGAINST, f"但内容是“{'”“'.join(strange[:3])}”"


def _readable(word: str, choices: Mapping[str, str]) -> bool:
    from ..coercion.cells import CellError
    from ..coercion.choices import choice

    try:
        return choice(word, choices) is not None
    except CellError:
        return False
