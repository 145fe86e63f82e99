"""孤儿 and 事实无人抚养儿童 in one list: a child of the other class is never taken in under the list's programme."""

from __future__ import annotations

from ...errors import Problem
from ...terms import SHORT_PROGRAMMES
from ..coercion.cells import shown
from .values import ValueReader, Values

FIELD = "child_class"
# Each class that has a programme and a roster of its own.
_ROSTERS = {"orphan": "孤儿名册", "unattended_child": "事实无人抚养儿童名册"}


def is_other(word: object, programme: str) -> bool:
    """Whether a class of children has a programme of its own, and a roster of `programme` is not for it."""
    return programme in _ROSTERS and word in _ROSTERS and word != programme


def of_other(reader: ValueReader, row: int, cells: tuple[str, ...], values: Values) -> Problem | None:
    """Why a row is set aside: its child belongs on the roster of the other class."""
    word = values.words.get(FIELD, "")
    if not is_other(word, reader.programme):
        return None
    called = SHORT_PROGRAMMES[word]
    raw = reader.raw(FIELD, cells)
    message = (
        f"列“{reader.heading(FIELD)}”写的是“{shown(raw or called, 16)}”，这个文件却是按“{_ROSTERS[reader.programme]}”"
        f"读的，整行未导入；请把两类儿童分成两份，{called}的一份按“{_ROSTERS[word]}”导入；"
        "类别填错的请更正这一格，再导入这一行"
    )
    return reader.problem(row, FIELD, raw, "child_of_other", message, "row")
