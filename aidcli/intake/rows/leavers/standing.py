"""Whether somebody whom a roster lists still stands on it: its columns 享受状态, 变动类型, 是否在保 say so.

Whoever is marked 停保, 退出 or 死亡 is known to have left and is paid nothing; where the money is held back
(暂停, 缓发) or not granted yet (公示中), or two columns contradict each other, somebody has to answer first.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from ....errors import Problem
from ....model import Fact, Record
from ....months import add_months
from ...coercion.cells import shown
from ...headers.wording import heading_key
from ...templates import Template
from ..persons.heads import is_head_relation
from ..values import ValueReader, Values
from .leaving import says_death, says_over

Standing = Literal["on", "ended", "unclear"]

STATES = ("benefit_state", "change_kind")  # choices, one canonical word for both
ANSWERS = {"said_on": 0, "said_ended": 1, "said_dead": 1}  # the answer that says that it is over
WATCH = "relapse_watch"
_BACK = 24  # months
_REMOVED = "watch_removed"  # 风险是否已消除: on a roster of 防返贫监测 alone is it who left
FIELDS_TOLD = frozenset((*STATES, *ANSWERS, _REMOVED))
REMOVED_IN = "watch_to"
VALID_UNTIL = "valid_until"
# What says that somebody is on the roster, or is owed money: nothing of it holds of one who has left.
_OF_STANDING = frozenset(
    (
        "enrolled", "member", "amount", "account", "account_holder", "benefit", "benefit_standard", "subsidy_kind",
        "watch_household",
    )
)  # fmt: skip
_OUT_OF_RISK = re.compile(r"消除|解除")
# 是否享受低保: 否 says that a member of the family is not covered; 是否在册: 否 that they have gone.
_COVER = re.compile(r"是否(?:在保|享受(?!过)|低保|特困|保障|救助|纳入)|\A(?:享受(?!过)|纳入|列入|是?保障)")
_NO_COVER = frozenset(("未享受", "不享受", "不在保", "未在保", "否"))


def standing_of(values: Values, programme: str) -> Standing:
    """What the row's own columns say on a roster of `programme`; ``on`` where they say nothing."""
    states = [values.words[field] for field in STATES if field in values.words]
    states += [
        "ended" if values.numbers[field] == over else "paid"
        for field, over in ANSWERS.items()
        if field in values.numbers
    ]
    if programme == WATCH and values.words.get(_REMOVED) == "removed":
        states.append("ended")
    if VALID_UNTIL in values.words:  # without its day 已到期 may as well say that it is being renewed
        states = ["ended" if state == "expired" else state for state in states]
    if not set(states) - {"paid"}:
        return "on"
    return "ended" if set(states) == {"ended"} else "unclear"  # 在保 beside 停发 contradict each other


def is_over(value: object, field: str) -> bool:
    """Whether the value of one such column says anything but that somebody stands on the roster."""
    if field == _REMOVED:
        return value == "removed"
    return value not in ("", "paid") if field in STATES else value != "" and value == ANSWERS[field]


def is_household_over(words: dict[str, str], programme: str) -> bool:
    """Whether the words of a head's row say that it is over with the household."""
    return words.get("benefit_state") == "ended" or (programme == WATCH and words.get(_REMOVED) == "removed")


def left(facts: list[Fact], persons: int, programme: str, month: str, told: str) -> list[Fact]:
    """The facts of a row that says that it is over: what still holds, and for each person that they left."""
    rest = [fact for fact in facts if fact.kind not in _OF_STANDING]
    whole = 1 if any(fact.kind == "enrolled" for fact in facts) else None  # the row is its household's
    ended = [Fact(person, "ended", 0, month, "", None, whole, programme, told) for person in range(persons)]
    return ended + rest


def of_leaver(record: Record, template: Template, month: str, told: str = "停发名单") -> Record:
    """The record of a row of a list of those who left, or `told` so, whatever its own columns say."""
    if any(fact.kind == "ended" for fact in record.facts):
        return record
    own = [named for named in record.persons if named.role in ("head", "member", template.role)]
    programme = next((fact.code for fact in record.facts if fact.kind == "enrolled"), template.programme)
    facts = left(list(record.facts), len(own), programme, month, told)
    return record._replace(facts=tuple(facts))


def ended_in(record: Record, month: str, period: str) -> Record:
    """The record of a row of such a list that says in which month it ended.

    Where that is before the month of the list, the end is told of every month up to it (`_BACK` at most): rosters of
    the months between still list them, and do not bring them back.
    """
    if month in ("", period):
        return record
    between = [one for back in range(_BACK, -1, -1) if (one := add_months(period, -back)) > month]
    facts: list[Fact] = []
    for fact in record.facts:
        told = [month, *between] if fact.kind == "ended" else [fact.month]
        facts += [fact._replace(month=one, n=fact.n + place) for place, one in enumerate(told)]
    return record._replace(facts=tuple(facts))


def stays_note(reader: ValueReader, row: int, cells: tuple[str, ...], values: Values) -> Problem | None:
    """Why a row of such a list is set aside: its own columns say that somebody stands on the roster."""
    told = [field for field in STATES if values.words.get(field) == "paid"]
    told += [field for field, over in ANSWERS.items() if values.numbers.get(field, over) != over]
    if _is_watch(reader) and values.words.get(_REMOVED) == "open":
        told.append(_REMOVED)
    if not told:
        return None
    field, raw = told[0], reader.raw(told[0], cells)
    message = (
        f"这是停发（退出）名单，列“{reader.heading(field)}”写的却是“{shown(raw, 12)}”，整行未导入；"
        f"仍在册的请从名单里删去，已停的改为“{'已消除' if field == _REMOVED else '停保'}”，再导入这一行"
    )
    return reader.problem(row, field, raw, "state_unclear", message, "row")


def uncovered(
    reader: ValueReader, row: int, cells: tuple[str, ...], values: Values, template: Template
) -> Problem | None:
    """The note on somebody who is listed with the family and gets nothing: 是否享受 answered with 否.

    None where nothing says so, where something says that they left, and for the head whose row has the money of
    the household: then it is the household that gets nothing.
    """
    if template.kind != "roster" or template.unit != "person" or "relation" not in reader.by_field:
        return None
    if template.grouped and (
        is_head_relation(values.words.get("relation", "")) or not values.words.get("relation")
    ):
        return None
    said = [field for field in STATES if values.words.get(field, "paid") != "paid"]
    said += [field for field, over in ANSWERS.items() if values.numbers.get(field) == over]
    if not said or not all(_is_of_cover(reader, field, cells) for field in said):
        return None
    raw = reader.raw(said[0], cells)
    message = (
        f"列“{reader.heading(said[0])}”写的是“{shown(raw, 12)}”，按家庭成员收下：仍是这一户的人，不是保障对象，"
        "不发放；已经不在这一户的请删去这一行，享受保障的请更正这一格"
    )
    return reader.problem(row, said[0], raw, "not_covered", message)


def _is_of_cover(reader: ValueReader, field: str, cells: tuple[str, ...]) -> bool:
    """Whether a column says that somebody gets nothing, and not that they have left."""
    raw = unicodedata.normalize("NFKC", reader.raw(field, cells)).strip()
    if field == "said_on":
        return _COVER.search(heading_key(reader.heading(field))) is not None
    return field == "benefit_state" and raw in _NO_COVER


def undecided(values: Values) -> Values:
    """The values without what says that somebody gets nothing."""
    words = {field: word for field, word in values.words.items() if field not in STATES}
    numbers = {field: number for field, number in values.numbers.items() if field not in ANSWERS}
    return values._replace(words=words, numbers=numbers)


def family_only(record: Record) -> Record:
    """The record of a member who is not covered: nothing that is owed, and the membership marked so."""
    facts = (
        fact._replace(num=0) if fact.kind == "member" else fact
        for fact in record.facts
        if fact.kind == "member" or fact.kind not in _OF_STANDING
    )
    return record._replace(facts=tuple(facts))


def told_by(reader: ValueReader, cells: tuple[str, ...]) -> tuple[str, str]:
    """Which columns speak of it, and the first that says it is not going on: field, as written."""
    said = [(field, reader.raw(field, cells).strip()) for field in _told_on(reader)]
    said = [(field, raw) for field, raw in said if raw]
    over = sorted(
        ((field, raw) for field, raw in said if says_over(raw)), key=lambda one: not says_death(one[1])
    )
    blank = _REMOVED if _is_watch(reader) and "benefit_state" not in reader.by_field else "benefit_state"
    return (over or said or [(blank, "")])[0]


def _is_watch(reader: ValueReader) -> bool:
    return reader.programme == WATCH and _REMOVED in reader.by_field


def _told_on(reader: ValueReader) -> tuple[str, ...]:
    """The fields that tell on a roster who has left, the surest first."""
    return (*STATES, *ANSWERS, *((_REMOVED,) if _is_watch(reader) else ()))


def ended_note(reader: ValueReader, row: int, cells: tuple[str, ...]) -> Problem:
    """The note on a row that is kept as that of somebody who has left."""
    field, raw = told_by(reader, cells)
    said = f"列“{reader.heading(field)}”写的是“{shown(raw, 12)}”"
    if not raw:
        blank = f"列“{reader.heading(field)}”没有填写，" if field in reader.by_field else ""
        said = f"{blank}户主一行写的是已停"
    message = f"{said}，按已不在册收下：不算在保人员，不发放；仍在保的请更正这一格"
    if field == _REMOVED:
        message = f"{said}，按已不在册收下：不算监测对象；仍在监测的请更正这一格"
    return reader.problem(row, field, raw, "row_ended", message)


def undated(reader: ValueReader, row: int, cells: tuple[str, ...], values: Values) -> list[Problem]:
    """The note on somebody who is watched on although the row has the month in which that ended."""
    raw = reader.raw(REMOVED_IN, cells)
    if reader.programme != WATCH or REMOVED_IN not in values.words or not raw.strip():
        return []
    said = "没有写明风险已消除"
    if _is_watch(reader) and (answer := reader.raw(_REMOVED, cells).strip()):
        said = f"列“{reader.heading(_REMOVED)}”却是“{shown(answer, 12)}”"
    message = (
        f"列“{reader.heading(REMOVED_IN)}”写的是“{shown(raw, 12)}”，{said}，仍按监测对象收下，请核对；"
        "已消除的请在“风险是否已消除”一列写“是”，再重新导入"
    )
    return [reader.problem(row, REMOVED_IN, raw, "state_unread", message)]


def unclear(reader: ValueReader, row: int, cells: tuple[str, ...], values: Values) -> Problem | None:
    """Why a row is set aside for what its columns of the state say; None where that can be told."""
    for field in FIELDS_TOLD & values.refused:
        raw = reader.raw(field, cells)
        if field == _REMOVED and not _is_watch(reader):
            continue
        if field == _REMOVED and (_OUT_OF_RISK.search(raw) or says_over(raw)):
            message = (
                f"列“{reader.heading(field)}”写的是“{shown(raw, 16)}”，看不出还在不在监测，整行未导入；"
                "请改为“未消除”或“已消除”，再导入这一行"
            )
            return reader.problem(row, field, raw, "state_unclear", message, "row")
        if says_over(raw):
            message = (
                f"列“{reader.heading(field)}”写的是“{shown(raw, 16)}”，看不出还在不在册，整行未导入；"
                "请改为“在保”或“停保”，再导入这一行"
            )
            return reader.problem(row, field, raw, "state_unclear", message, "row")
    if standing_of(values, reader.programme) != "unclear":
        return None
    listed = [(field, reader.raw(field, cells)) for field in _told_on(reader)]
    said = "，".join(
        f"列“{reader.heading(field)}”写的是“{shown(raw, 12)}”" for field, raw in listed if raw.strip()
    )
    message = f"{said}，看不出这一期还发不发，整行未导入；要发的请改为“在保”，已停的改为“停保”，再导入这一行"
    field, raw = told_by(reader, cells)
    return reader.problem(row, field, raw, "state_unclear", message, "row")
