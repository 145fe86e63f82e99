"""What is noted of the name in a row that is kept."""

from __future__ import annotations

from .... import names
from ....errors import Problem
from ..values import ValueReader
from .unnamed import is_unnamed


def is_name(name: str) -> bool:
    """Whether a name can be one of a person."""
    return names.is_plausible(name) or is_unnamed(name)


def name_notes(reader: ValueReader, row: int, cells: tuple[str, ...], name: str) -> list[Problem]:
    """The notes on a name that is missing, odd, masked, or has something written behind it."""
    if "name" not in reader.by_field:
        return []
    heading, raw = reader.heading("name"), reader.raw("name", cells)
    notes = []
    if not name:
        message = f"列“{heading}”没有填写，只能按身份证号比对"
        notes.append(reader.problem(row, "name", raw, "name_missing", message))
    elif not is_name(name):
        message = f"列“{heading}”不像姓名，请核对"
        notes.append(reader.problem(row, "name", raw, "name_odd", message))
    if names.is_masked(raw):
        message = f"列“{heading}”有隐去的字，只能与号码一起比对"
        notes.append(reader.problem(row, "name", raw, "name_masked", message))
    if names.has_private_use(raw):
        message = f"列“{heading}”有电脑自造的字，换一台电脑会显示成别的字或空白，请核对"
        notes.append(reader.problem(row, "name", raw, "name_private", message))
    if name and any(bracket in raw for bracket in "（([【〔"):
        said = names.note(raw)
        if said:
            message = f"列“{heading}”后面注有“{said[:12]}”，姓名已按括号外的保留，请留意"
            notes.append(reader.problem(row, "name", raw, "name_note", message))
    return notes
