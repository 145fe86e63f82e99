"""Days that stand in the first row of several and hold for those below: a register of visits, written day by day.

Nothing is merged there, the cells below are just blank. A blank cell takes the day above where the column stands before
the names, its first row is filled, and of the rows that name somebody several have none; that is told once.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ....errors import Problem
from ...headers.plan import SheetPlanned
from ...letters import column_letter
from ...templates import Template

CARRIED = ("visit_day",)
_LOOKED_AT = 60  # rows below the header
_FEWEST = 2


def carried_places(template: Template, planned: SheetPlanned) -> dict[int, str]:
    """The columns of a sheet whose days hold for the rows below, with their headings."""
    columns = planned.match.columns
    name = columns.get("name")
    found = {}
    for field in CARRIED:
        mine = columns.get(field) if field in template.fields else None
        if mine is None or name is None or mine.place > name.place:
            continue
        if _holds_below(planned, mine.place, name.place):
            found[mine.place] = "".join(mine.heading.split())
    return found


def carried_notes(template: Template, planned: SheetPlanned) -> list[Problem]:
    """What is told of such columns, once a sheet."""
    notes = []
    for place, heading in carried_places(template, planned).items():
        letter = column_letter(place + 1)
        message = (
            f"列“{heading}”（{letter}列）隔几行才填一次：空着的各行按上面最近填的日期读入，请核对；"
            "不是同一天的，请逐行填写后重新导入"
        )
        notes.append(
            Problem(planned.sheet.name, planned.match.row, letter, heading, "day_carried", message, "note")
        )
    return notes


def _holds_below(planned: SheetPlanned, day: int, name: int) -> bool:
    below = (cells for row, cells in planned.sheet.rows() if row > planned.match.row)
    rows = [cells for cells in itertools.islice(below, _LOOKED_AT) if _cell(cells, name)]
    filled = [bool(_cell(cells, day)) for cells in rows]
    blank = len(filled) - sum(filled)
    return bool(filled) and filled[0] and sum(filled) >= _FEWEST and blank >= _FEWEST


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""
