"""Whether somebody whom a roster lists still stands on it: its columns 享受状态, 变动类型, 是否在保 say so.

Whoever is marked 停保, 退出 or 死亡 is known to have left and is paid nothing; where the money is held back
(暂停, 缓发) or not granted yet (公示中), or two columns contradict each other, somebody has to answer first.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from ...errors import Problem
from ...model import Fact
from ..coercion.cells import shown
from ..headers.plan import SheetPlanned
from ..headers.wording import Column, heading_key
from ..letters import column_letter
from ..templates import Template
from .values import ValueReader, Values

Standing = Literal["on", "ended", "unclear"]

STATES = ("benefit_state", "change_kind")  # choices, one canonical word for both
ANSWERS = {"said_on": 0, "said_ended": 1, "said_dead": 1}  # the answer that says that it is over
FIELDS_TOLD = frozenset((*STATES, *ANSWERS))
# What says that somebody is on the roster, or is owed money: nothing of it holds of one who has left.
_OF_STANDING = frozenset(
    (
        "enrolled", "member", "amount", "account", "account_holder", "benefit", "benefit_standard", "subsidy_kind",
        "watch_household",
    )
)  # fmt: skip
_OVER = re.compile(
    r"停(?!车)|退(?!休|役|伍|养|耕)|注销|销户|死|亡|去世|终止|取消|清[退除]|核减|减员|剔除|迁出|转出"
)
_STATE_HEADING = re.compile(r"状态|变动|异动|是否[停退]|停[保发]情况")
_OTHER_STATE = re.compile(
    r"就业|失业|婚姻|健康|身体|身心|工作|劳动|车|房|学|账|卡|证|发放方式|残疾|教育|在校|文化"
)


def standing_of(values: Values) -> Standing:
    """What the row's own columns say; ``on`` where they say nothing."""
    states = [values.words[field] for field in STATES if field in values.words]
    states += [
        "ended" if values.numbers[field] == over else "paid"
        for field, over in ANSWERS.items()
        if field in values.numbers
    ]
    if not set(states) - {"paid"}:
        return "on"
    return "ended" if set(states) == {"ended"} else "unclear"  # 在保 beside 停发 contradict each other


def is_over(value: object, field: str) -> bool:
    """Whether the value of one such column says anything but that somebody stands on the roster."""
    return value not in ("", "paid") if field in STATES else value != "" and value == ANSWERS[field]


def left(facts: list[Fact], persons: int, programme: str, month: str, told: str) -> list[Fact]:
    """The facts of a row that says that it is over: what still holds, and for each person that they left."""
    rest = [fact for fact in facts if fact.kind not in _OF_STANDING]
    ended = [Fact(person, "ended", 0, month, "", None, None, programme, told) for person in range(persons)]
    return ended + rest


def told_by(reader: ValueReader, cells: tuple[str, ...]) -> tuple[str, str]:
    """Which columns speak of it, and the first that says it is not going on: field, as written."""
    said = [(field, reader.raw(field, cells).strip()) for field in (*STATES, *ANSWERS)]
    said = [(field, raw) for field, raw in said if raw]
    over = [(field, raw) for field, raw in said if _OVER.search(raw)]
    return (over or said or [("benefit_state", "")])[0]


def ended_note(reader: ValueReader, row: int, cells: tuple[str, ...]) -> Problem:
    """The note on a row that is kept as that of somebody who has left."""
    field, raw = told_by(reader, cells)
    said = f"写的是“{shown(raw, 12)}”" if raw else "没有填写，户主一行写的是已停"
    message = f"列“{reader.heading(field)}”{said}，按已不在册收下：不算在保人员，不发放；仍在保的请更正这一格"
    return reader.problem(row, field, raw, "row_ended", message)


def unclear(reader: ValueReader, row: int, cells: tuple[str, ...], values: Values) -> Problem | None:
    """Why a row is set aside for what its columns of the state say; None where that can be told."""
    for field in FIELDS_TOLD & values.refused:
        raw = reader.raw(field, cells)
        if _OVER.search(unicodedata.normalize("NFKC", raw)):
            message = (
                f"列“{reader.heading(field)}”写的是“{shown(raw, 16)}”，看不出还在不在册，整行未导入；"
                "请改为“在保”或“停保”，再导入这一行"
            )
            return reader.problem(row, field, raw, "state_unclear", message, "row")
    if standing_of(values) != "unclear":
        return None
    listed = [(field, reader.raw(field, cells)) for field in (*STATES, *ANSWERS)]
    said = "，".join(
        f"列“{reader.heading(field)}”写的是“{shown(raw, 12)}”" for field, raw in listed if raw.strip()
    )
    message = f"{said}，看不出这一期还发不发，整行未导入；要发的请改为“在保”，已停的改为“停保”，再导入这一行"
    field, raw = told_by(reader, cells)
    return reader.problem(row, field, raw, "state_unclear", message, "row")


def unknown_states(template: Template, planned: SheetPlanned) -> list[Column]:
    """Columns of a roster that no heading of the template names, and that may say that somebody has left."""
    if template.kind != "roster":
        return []
    taken = {column.place for column in planned.match.columns.values()}
    taken |= {column.place for slot in planned.groups for column in slot.values()}
    return [
        Column(place, heading, "")
        for place, heading in enumerate(planned.match.headings)
        if place not in taken
        and _STATE_HEADING.search(key := heading_key(heading))
        and not _OTHER_STATE.search(key)
    ]


def says_over(raw: str) -> bool:
    """Whether a cell of such a column speaks of leaving."""
    return bool(raw) and _OVER.search(unicodedata.normalize("NFKC", raw)) is not None


def unread_note(sheet: str, row: int, column: Column, raw: str) -> Problem:
    """The note on a cell that speaks of leaving in a column that is not read."""
    heading, letter = "".join(column.heading.split()), column_letter(column.place + 1)
    message = (
        f"列“{heading}”（{letter}列）写的是“{shown(raw, 12)}”，模板里没有这一列，仍按在册收下，请核对；"
        "不在册的请删去这一行，或把列名改为“享受状态”后重新导入"
    )
    return Problem(sheet, row, letter, raw, "state_unread", message, "note")
