"""孤儿 and 事实无人抚养儿童 in one list: each child is taken in under the programme of its own class."""

from __future__ import annotations

import re

from ....errors import Problem
from ....terms import SHORT_PROGRAMMES
from ...coercion.cells import is_empty, shown
from ...headers.plan import SheetPlanned
from ..values import ValueReader, Values

FIELD = "child_class"
# Each class that has a programme and a roster of its own.
_PROGRAMMES = ("orphan", "unattended_child")
_NEITHER = "in_need"
_ORPHANS = re.compile(r"(?<!事实)孤儿")
_UNATTENDED = re.compile(r"无人抚养|事实孤儿|事孤|事无")


def programme_of(word: object, programme: str) -> str:
    """The programme of a row whose class of children is `word`, in a roster of `programme`."""
    return str(word) if programme in _PROGRAMMES and word in _PROGRAMMES else programme


def is_other(word: object, programme: str) -> bool:
    """Whether a class of children is not the one that a roster of `programme` is of."""
    return programme in _PROGRAMMES and word in (*_PROGRAMMES, _NEITHER) and word != programme


def is_mixed(programme: str, planned: SheetPlanned, file_name: str) -> bool:
    """Whether titles and name of a sheet, or else the file's name, say that both classes stand in a roster."""
    if programme not in _PROGRAMMES:
        return False
    titles = (cell for cells in planned.titles for cell in cells)
    for text in ("".join((planned.sheet.name, *titles)), file_name):
        told = [bool(words.search(re.sub(r"\s+", "", text))) for words in (_ORPHANS, _UNATTENDED)]
        if any(told):
            return all(told)
    return False


def unclear(
    reader: ValueReader, row: int, cells: tuple[str, ...], values: Values, mixed: bool
) -> Problem | None:
    """Why a row is set aside: its child is of neither class, or nobody can say of which in a `mixed` list."""
    word = values.words.get(FIELD, "")
    if reader.programme not in _PROGRAMMES or word in _PROGRAMMES or not (mixed or word == _NEITHER):
        return None
    raw, heading = reader.raw(FIELD, cells), reader.heading(FIELD)
    either = "或".join(f"“{SHORT_PROGRAMMES[one]}”" for one in _PROGRAMMES)
    code = "value_missing" if is_empty(raw) else "bad_choice"
    if FIELD not in reader.by_field:
        said = f"名册的名称里有孤儿和事实无人抚养儿童两类，又没有“{heading}”一列，看不出这一名是哪一类"
        todo = f"请加一列“{heading}”，逐行写{either}，再导入"
    elif is_empty(raw):
        said, todo = f"名册里有两类儿童，列“{heading}”没有填写", f"请填{either}，再导入这一行"
    else:
        said = f"列“{heading}”写的是“{shown(raw, 16)}”，不是这两类儿童中的一类"
        todo = f"请改为{either}；两类都不是的，不要列在这份名册里，再导入这一行"
    return reader.problem(row, FIELD, raw, code, f"{said}，整行未导入；{todo}", "row")


def other_note(reader: ValueReader, row: int, cells: tuple[str, ...], values: Values) -> Problem | None:
    """What is told of a child who is not of the class that the list is otherwise of."""
    word = str(values.words.get(FIELD, ""))
    if programme_of(word, reader.programme) == reader.programme:
        return None
    raw, called = reader.raw(FIELD, cells), SHORT_PROGRAMMES[word]
    message = (
        f"列“{reader.heading(FIELD)}”写的是“{shown(raw or called, 16)}”，这一名按{called}收下；"
        f"以前单独导入过{called}名册的，那一份还算数，请以后都合在一起导入，或都分开导入"
    )
    return reader.problem(row, FIELD, raw, "child_of_other", message)
