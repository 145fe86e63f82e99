"""Rows of a department's list that lack what the list is about: set aside, unless they say that nothing was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...errors import Problem
from ..coercion.amounts import is_nothing
from ..coercion.cells import clean, is_empty, shown, without_blanks
from ..templates import Template
from .values import ValueReader, Values

_NOTHING_ALONE = "无"
_NOT_GRANTED = re.compile(r"未批准?|未获批|不予|未通过|不通过|不符合|撤回|撤销申请|不同意|放弃申请|主动放弃")
_ANSWERING = "check_centre"  # each row of its lists answers for one person who was asked about


def needed_values(
    reader: ValueReader,
    template: Template,
    needed: Sequence[str],
    row: int,
    cells: tuple[str, ...],
    values: Values,
    problems: list[Problem],
) -> list[Problem]:
    """The problems of a row, with one for each of the `needed` fields without a value: outside rosters it tells nothing.

    查无 in the place of all of them is an answer: the row is kept, and nothing follows from it.
    """
    missing = [field for field in needed if field not in values.words and field not in values.numbers]
    if not missing:
        return problems
    raws = {field: reader.raw(field, cells) for field in missing}
    if len(missing) == len(needed) and _says_nothing(template, list(raws.values())):
        letters = {reader.by_field[field].letter for field in missing}
        return [problem for problem in problems if problem.column not in letters]
    found = list(problems)
    for field, raw in raws.items():
        letter = reader.by_field[field].letter
        refused = [problem for problem in found if problem.column == letter]
        if refused:
            found = [problem for problem in found if problem.column != letter]
            message = refused[0].message.replace("此格没有采用", "缺少此项，整行未导入")
            found.append(refused[0]._replace(message=message, severity="row"))
        else:
            said = "没有填写" if is_empty(raw) else f"写的是“{shown(raw)}”，不是可用的内容"
            message = (
                f"列“{reader.heading(field)}”{said}，缺少此项，整行未导入{_why_lacking(template, cells)}"
            )
            found.append(reader.problem(row, field, raw, "value_missing", message, "row"))
    return found


def _why_lacking(template: Template, cells: Sequence[str]) -> str:
    """What else a list of aid says of a row without its sum: nothing was granted, so nothing is to be filled in."""
    if not template.programme:
        return ""
    told = next((cell for cell in cells if _NOT_GRANTED.search(without_blanks(clean(cell)))), "")
    return f"；这一行写着“{shown(told, 16)}”，没有批准的不用补" if told else ""


def _says_nothing(template: Template, raws: Sequence[str]) -> bool:
    """Whether cells say that nothing was found, and no more; blank ones beside them say nothing else.

    无 alone does so only where each row answers a question: on a list of the dead it says that a day is not known.
    """
    words = [without_blanks(clean(raw)) for raw in raws]
    said = [word for word in words if is_nothing(word)]
    if template.department == _ANSWERING:
        said += [word for word in words if word == _NOTHING_ALONE]
    return bool(said) and all(word in said or is_empty(word) for word in words)
