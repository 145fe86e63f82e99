"""Names as people write them and the form in which two of them are compared.

The comparison form is frozen: content keys are made from it. A change needs a new `FORM_VERSION`.
"""

from __future__ import annotations

import re
import unicodedata

FORM_VERSION = "n1"

_PLAIN = re.compile(r"[一-鿿]{2,4}\Z")
_DOTS = dict.fromkeys(map(ord, "·•‧∙⋅・･．.。｡˙●"), "·")
_NOTE = re.compile(r"[（(\[【〔][^）)\]】〕]*[）)\]】〕]?")
_BLANK = re.compile(r"[\s​﻿ᅟ]+")
_NO_FORMER = re.compile(
    r"[暂从并]?(?:没有|未曾?|无|不)(?:有|曾?用名?|改名?|变更|更名|更改|详|祥|明|清|知道?|填写?|记载|登记)*|"
    r"[是否有同空]|同上|本人|本名|同名|原名|现名|曾用名|姓名|[A-Z/]{1,4}|NONE|NULL",
    re.I,
)
_FORMER = re.compile(
    r"(?:曾用名|曾用姓名|曾名|原名|旧名|又名|别名|更名前|改名前)[:为是叫\s]*([^\s,;、。)\]】〕/(]+)"
)
_TITLE = re.compile(r"(?<=..)(?:同志|先生|女士|小姐|老师|大爷|大妈|大娘|奶奶|爷爷)\Z")
_HIDDEN = re.compile(r"[*×✕✖○◯□■█▇?※_]|某|\A[^A-Z]X{1,3}[^A-Z]?\Z|\A[^●]●+[^●]?\Z")
# 王芳之子, 王芳的女儿, 王芳之次女, 王芳之大双, 王芳婴儿, 王芳双胞胎之一
_CHILD_OF = re.compile(
    r"(.{2,}?)(?:(?:之|的)(?:[长長大次二三四五小幼双雙独獨]?(?:子|女|儿|兒|婴|嬰|孩|男婴|女婴|男嬰|女嬰|女儿|女兒|儿子|兒子|新生儿|新生兒)"
    r"|[大小][双雙]|[双雙]胞胎)|新生[儿兒]|[婴嬰][儿兒]|男[婴嬰]|女[婴嬰]|[双雙]胞胎)(?:之?[0-9一二三大小])?\Z"
)
# What stands, in its comparison form, in the place of a name that nobody knows or gave yet.
NOBODY = frozenset(
    (
        *("无名氏", "無名氏", "无名", "無名", "无名男", "无名女", "无名男子", "无名女子"),
        *("无名男性", "无名女性", "无名老人", "无名人员", "无名流浪人员", "未取名", "未起名", "未命名"),
        *("未取名字", "未起名字", "暂未取名", "暂未起名", "暂无名", "暂无名字", "未上户", "新生儿"),
        *("婴儿", "弃婴", "弃儿", "男婴", "女婴", "男孩", "女孩", "流浪人员"),
        *("流浪者", "流浪乞讨人员", "待定", "不详", "姓名不详", "未知", "不知", "不知名"),
        *("身份不明", "身份不明者"),
    )
)
_MAYBE_CHILD_OF = re.compile("[之的婴嬰胎生]")
_LOST = re.compile("[\x00-\x1f\x7f-\x9f\u200c-\u200f\u202a-\u202e\u2060-\u2064\u3013\ufffd]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


def compact(raw: str) -> str:
    """The comparison form: full-width folded, blanks and notes in brackets gone, one kind of middle dot."""
    return raw if _PLAIN.match(raw) else _compacted(raw)


def _compacted(raw: str) -> str:
    """`compact` for any text."""
    text = unicodedata.normalize("NFKC", raw.translate(_DOTS))
    text = _BLANK.sub("", _NOTE.sub("", text)).translate(_DOTS)
    return text.strip("·'’\"").upper()


def note(raw: str) -> str:
    """What stands in brackets behind a name (``（已故）``), without the brackets; '' if nothing does."""
    found = _NOTE.search(unicodedata.normalize("NFKC", raw))
    return found.group().strip("（()）[]【】〔〕 ") if found else ""


def former(raw: str) -> str:
    """The comparison form of the former name that a cell tells (``张三（曾用名张小三）``), else ''."""
    found = _FORMER.search(unicodedata.normalize("NFKC", raw))
    return former_told(found.group(1)) if found else ""


def former_told(raw: str) -> str:
    """The comparison form of what stands under 曾用名; '' for what only says that there is none, or nothing."""
    name = compact(raw)
    return name if not _NO_FORMER.fullmatch(name) and is_plausible(name) else ""


def title(raw: str) -> str:
    """The form of address behind a name (``王小明同志``), which `compact` leaves; '' if there is none."""
    found = _TITLE.search(compact(raw))
    return found.group() if found else ""


def is_plausible(name: str) -> bool:
    """Whether a compacted name looks like one: two letters or more, no digits, nothing lost or invisible."""
    if len(name) < 2 or name.isalpha():
        return len(name) >= 2
    return not any(letter.isdigit() for letter in name) and not _LOST.search(name)


def is_masked(raw: str) -> bool:
    """Whether letters of a name are hidden: 张*三, 张××, 张某."""
    text = _BLANK.sub("", _NOTE.sub("", unicodedata.normalize("NFKC", raw))).upper()
    return _HIDDEN.search(text) is not None


def has_private_use(raw: str) -> bool:
    """Whether a letter stands in a private area: another computer shows another letter, or none."""
    return _PRIVATE.search(raw) is not None


def parent_named(compacted: str) -> str:
    """The parent where no name stands but whose child it is (``王芳之子``, ``王芳之次女``), '' for a name."""
    if not _MAYBE_CHILD_OF.search(compacted):
        return ""
    found = _CHILD_OF.match(compacted)
    return found.group(1) if found else ""


def is_own(compacted: str) -> bool:
    """Whether this names one person in full: neither hidden in part nor only whose child it is."""
    return bool(compacted) and not is_masked(compacted) and not parent_named(compacted)
