"""One cell → one word of a closed list: the whole cell, else the longest known word inside it.

A word that is taken back where it stands says nothing: 非建档立卡, 未再婚, 退出低保.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from .cells import EMPTY, CellError, clean, is_plain, without_blanks

_NOTE = re.compile(r"[(\[【〔].*\Z", re.DOTALL)
_TAKEN_BACK = re.compile(
    r"(?:(?:[非未不没无]|没有|不是|尚未|并非|不予|不再)(?:属于?|符合|享受|纳入|参加|列入|是|再)?|取消|退出|停止|解除|终止|撤销)\Z"
)


class _Found(NamedTuple):
    """A known word in a cell, from `start` up to `end`; `since` is where what takes it back begins."""

    written: str
    start: int
    end: int
    since: int

    @property
    def taken_back(self) -> bool:
        return self.since < self.start


def choice(raw: str, choices: Mapping[str, str]) -> str | None:
    """The canonical word for what is written: the whole cell, else the longest known word inside it.

    A key of `choices` that begins with ``=`` counts as a whole cell only; an empty canonical word refuses.
    Two words of the same length that mean different things are refused too.
    """
    if raw in choices and is_plain(raw) and choices[raw]:
        return choices[raw]
    value = without_blanks(clean(raw)).upper()
    if value in EMPTY:
        return None
    word = choices.get(value, choices.get("=" + value))
    if word is None:
        outside = _NOTE.sub("", value) or value
        parts = _said(outside, choices)
        longest = max(map(len, parts), default=0)
        meant = {choices[written] for written in parts if len(written) == longest}
        if len(meant) > 1 and all(meant):
            listed = "、".join(written for written in parts if len(written) == longest)
            raise CellError("bad_choice", f"写了不止一种（{listed}），应只写一种")
        word = meant.pop() if len(meant) == 1 else ""
    if not word:
        raise CellError("bad_choice", "看不出是哪一种，可填：" + "、".join(_examples(choices)))
    return word


def choices_in(text: str, choices: Mapping[str, str]) -> set[str]:
    """The canonical words of all that a longer text names: 服刑和强制戒毒 names two.

    A word inside a longer known one does not count; '' stands for words that are known to refuse.
    """
    value = without_blanks(clean(text)).upper()
    found = set()
    for written in sorted(_said(value, choices), key=len, reverse=True):
        if written in value:
            found.add(choices[written])
            value = value.replace(written, "|")
    return found


def _said(cell: str, choices: Mapping[str, str]) -> list[str]:
    """The known words that stand in a cell and are not taken back.

    非农村 takes 农村 back, so that 非农 is not what it says; in 非农业 nothing is, for that is a word itself.
    """
    inside = [written for written in _inner(tuple(choices)) if written in cell]
    if not inside or _TAKING.search(cell) is None:
        return inside
    places = [one for written in inside for one in _places(written, cell)]
    gone = [one for one in places if one.taken_back and not _is_one_word(one, places)]
    sure = [one for one in places if one not in gone and not any(_cuts(one, other) for other in gone)]
    return list(dict.fromkeys(one.written for one in sure))


_TAKING = re.compile(r"[非未不没无]|取消|退出|停止|解除|终止|撤销")


@lru_cache(maxsize=256)
def _inner(written: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of a list that may stand inside a cell."""
    return tuple(one for one in written if len(one) > 1 and not one.startswith("="))


def _places(written: str, cell: str) -> Iterable[_Found]:
    for match in re.finditer(re.escape(written), cell):
        before = _TAKEN_BACK.search(cell[: match.start()])
        yield _Found(written, match.start(), match.end(), before.start() if before else match.start())


def _is_one_word(one: _Found, places: Iterable[_Found]) -> bool:
    """Whether what seems to take a word back is a part of a longer known one: 未 and 参保 in 未参保."""
    return any(other.start <= one.since and other.end >= one.end and other is not one for other in places)


def _cuts(one: _Found, gone: _Found) -> bool:
    """Whether a word shares letters with one that is taken back and is not the longer of the two."""
    overlaps = one.start < gone.end and gone.start < one.end
    return overlaps and not (one.start <= gone.since and one.end >= gone.end)


def _examples(choices: Mapping[str, str]) -> list[str]:
    first: dict[str, str] = {}
    for written, word in choices.items():
        if word:
            first.setdefault(word, written.removeprefix("="))
    return list(first.values())
