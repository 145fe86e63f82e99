"""Columns that no field is read from and that may say that somebody has left: remarks, reasons, states.

On a roster such a word and no money together say that it is over; a word beside money is told, and counted. A
roster's row whose sum is 0 is told in any case. Lists of departments are only pointed at.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ...errors import Problem
from ...model import Record
from ...money import yuan
from ..coercion.cells import CellError, is_empty, shown, yes_no
from ..fields import FIELDS
from ..headers.plan import SheetPlanned
from ..headers.wording import bare_key, heading_key
from ..letters import column_letter
from ..templates import Template
from ..vocabulary.identity import OTHERS
from . import standing
from .heads import is_head_relation
from .leaving import Verdict, Whose, may_speak, verdict
from .values import ValueReader, Values

Kind = Literal["remark", "state", "reason", "yes", "no", "death"]

_REMARK = re.compile(
    r"备注|备考|附注|\A(?:注|说明|情况|其他|其它|附记)\Z|情况说明|动态管理|"
    r"(?:变动|变更|异动|动态|增减|人员|其他|其它|有关|特殊|核查|复核|本月|当月|发放)说明|(?:变动|变更|异动|动态|增减)(?:情况|事由)"
)
_NO_REMARK = re.compile(
    r"困难|致贫|致困|健康|身体|收入|残疾|房|车|学|就业|财产|病|账|卡|申请|监护|父|母|家庭情况"
)
_STATE = re.compile(r"状态|变动|异动|停[保发]情况")
_OTHER_STATE = re.compile(
    r"就业|失业|婚姻|健康|身体|身心|工作|劳动|车|房|学|账|卡|证|发放方式|残疾|教育|在校|文化"
)
_REASON = re.compile(
    r"(?:停保|停发|退出|退保|清退|注销|终止|取消|死亡|减员|减少)(?:的?原因|类型|事由|情况|说明)"
)
_DEATH = re.compile(r"(?:死亡|去世|亡故|病故)(?:日期|时间|年月)")
_OVER_IF_YES = re.compile(r"是否已?(?:停[发保用]?|退出|退保|清退|取消|终止|注销|死亡|去世|迁出)")
_OVER_IF_NO = re.compile(r"是否(?:在保|在册|在享|仍?享受|有效|正常|健在|在世|存活)")
# Of lists that are about those who died or went away, that a row says so is no news.
_ABOUT_LEAVING = frozenset(("death_day", "cremation_day", "moved_day", "cancelled_day", "cancel_kind"))

_OVER = frozenset(("ended", "cancelled", "revoked", "not_insured", "removed"))

_PARTS = (
    "base", "living", "care", "household_supplement", "person_supplement", "key_supplement", "key_supplement_2",
    "disability_supplement", "subsidy_living", "subsidy_care",
)  # fmt: skip
SUMS = frozenset(("total", "benefit_fen", "benefit_standard", *_PARTS))
MAIN_SUMS = ("total", "benefit_fen", "base", "living", "subsidy_living", "subsidy_care")


def owed(numbers: dict[str, int]) -> int | None:
    """What a row of a roster pays, in fen; None where it names no sum."""
    for field in ("total", "benefit_fen"):
        if field in numbers:
            return numbers[field]
    parts = [numbers[field] for field in _PARTS if field in numbers]
    return sum(parts) if parts else numbers.get("benefit_standard")


def pays_nothing(numbers: dict[str, int]) -> bool:
    """Whether the sum that a row pays is written as 0."""
    return owed(numbers) == 0 and any(field in numbers for field in MAIN_SUMS)


class Watched(NamedTuple):
    """A column that may speak of leaving, and how it would."""

    place: int
    heading: str
    kind: Kind

    def may_speak(self, raw: str) -> bool:
        """Whether the row has to be looked at for the sake of this cell."""
        if not raw.strip():
            return False
        return self.kind not in ("remark", "state") or may_speak(raw) or standing.says_over(raw)

    def verdict(self, raw: str, whose: Whose) -> Verdict:
        """What the cell says of the row's person."""
        if self.kind in ("yes", "no"):
            return "over" if _answer(raw) is (self.kind == "yes") else ""
        said = verdict(raw, whose)
        if self.kind == "remark" or said == "over" or is_empty(raw):
            return said
        if self.kind == "death":
            return "over" if re.search(r"\d", raw) else said
        return "doubt" if self.kind == "reason" or standing.says_over(raw) else said


def _answer(raw: str) -> bool | None:
    try:
        return yes_no(raw)
    except CellError:
        return None


class Said(NamedTuple):
    """A cell that speaks of leaving."""

    column: Watched
    raw: str
    verdict: Verdict


def watched(template: Template, planned: SheetPlanned) -> list[Watched]:
    """The columns of a list of persons that may say that somebody has left, and are not read."""
    if template.unit == "entry" or template.kind == "money" or planned.leaving:
        return []
    if _ABOUT_LEAVING & template.fields.keys():
        return []
    mapped = {column.place: field for field, column in planned.mapped().items()}
    found = []
    for place, heading in enumerate(planned.match.headings):
        kind = _kind_of(bare_key(heading_key(heading)), template.kind == "roster")
        if kind is None or (place in mapped and not _is_remark_of(mapped[place], kind)):
            continue
        found.append(Watched(place, heading, kind))
    return found


def first_beyond(template: Template, planned: SheetPlanned) -> int | None:
    """From which column on cells stand under no heading at all; None where that is not looked at."""
    if template.kind != "roster" or planned.leaving:
        return None
    return len(planned.match.headings)


def _kind_of(key: str, roster: bool) -> Kind | None:
    if not key:
        return "remark" if roster else None
    if _OVER_IF_YES.search(key):
        return "yes"
    if _OVER_IF_NO.search(key):
        return "no"
    if roster and _DEATH.search(key):
        return "death"
    if _REASON.search(key):
        return "reason"
    if _REMARK.search(key) and ("备注" in key or not _NO_REMARK.search(key)):
        return "remark"
    return "state" if _STATE.search(key) and not _OTHER_STATE.search(key) else None


def _is_remark_of(field: str, kind: Kind) -> bool:
    """Whether a remark is kept as it is written by a template that has a field for it."""
    name = field.partition("[")[0]
    return kind == "remark" and FIELDS[name].type == "text" and name not in standing.FIELDS_TOLD


class Remarks:
    """What the watched columns of a sheet say, row by row."""

    def __init__(self, template: Template, reader: ValueReader, planned: SheetPlanned, period: str) -> None:
        self.columns = watched(template, planned)
        self.beyond = first_beyond(template, planned)
        self._template = template
        self._reader = reader
        self._period = period
        self._counts = template.kind == "roster" and not planned.leaving

    def unclear(self, row: int, cells: tuple[str, ...], values: Values) -> Problem | None:
        """Why a row of a roster that pays nothing is set aside: a remark leaves open whether that is over."""
        sum_paid = owed(values.numbers)
        if not self._counts or sum_paid or not (said := self._said(cells, values)):
            return None
        goes_on = [field for field in standing.STATES if values.words.get(field) == "paid"]
        worst = said[0]
        if worst.verdict == "over" and not goes_on:
            return None
        if worst.verdict == "doubt" and sum_paid is None:
            return None
        against = ""
        if goes_on:
            against = f"，列“{self._reader.heading(goes_on[0])}”写的却是“{shown(self._reader.raw(goes_on[0], cells), 12)}”"
        message = (
            f"{_written(worst)}，{_sum_said(sum_paid)}{against}，看不出这一期还在不在册，整行未导入；"
            "在册的请填上金额或改写这一格，已停的写明“停发”，再导入这一行"
        )
        return _problem(self._reader.sheet, row, worst, "state_unclear", message, "row")

    def is_over(self, cells: tuple[str, ...], values: Values) -> Said | None:
        """The cell by which a row of a roster, which pays nothing, is over."""
        if not self._counts or owed(values.numbers):
            return None
        if standing.standing_of(values, self._template.programme) == "ended":
            return None
        said = self._said(cells, values)
        return said[0] if said and said[0].verdict == "over" else None

    def ended(self, row: int, values: Values, record: Record, said: Said) -> tuple[Record, Problem]:
        """The record of such a row, and what is told of it."""
        record = standing.of_leaver(record, self._template, self._period, said.raw)
        message = (
            f"{_written(said)}，{_sum_said(owed(values.numbers))}，按已不在册收下：不算在保人员，不发放；"
            "仍在保的请填上金额，并更正这一格"
        )
        return record, _problem(self._reader.sheet, row, said, "row_ended", message)

    def notes(self, row: int, cells: tuple[str, ...], values: Values, record: Record) -> list[Problem]:
        """What is told of a row that is kept: cells that speak of leaving, a sum of 0."""
        if any(fact.kind == "ended" for fact in record.facts) or _is_read(values):
            return []
        said = self._said(cells, values)
        sum_paid = owed(values.numbers) if self._counts else None
        found = [self._note(row, one, sum_paid) for one in said if self._tells(one)]
        if self._counts and not said and pays_nothing(values.numbers) and self._has_sum(record):
            found.append(self._zero(row, cells, values))
        return found

    def _tells(self, said: Said) -> bool:
        return self._counts or said.verdict == "over" or said.column.kind == "state"

    def _note(self, row: int, said: Said, sum_paid: int | None) -> Problem:
        if sum_paid and said.verdict == "over":
            message = (
                f"{_written(said)}，金额却是{yuan(sum_paid)}元，仍按在册收下、照样发放，请核对；"
                "已经死亡（退出）的请删去这一行，或把金额改为0，再重新导入"
            )
            return _problem(self._reader.sheet, row, said, "left_but_paid", message)
        if not self._counts:
            rest = "没有按它区分，这一行仍照有效的收下，请核对；已失效的请删去这一行后重新导入"
        elif said.column.kind == "remark":
            rest = "仍按在册收下，请核对；不在册的请删去这一行，或写明“停发”、金额改为0，再重新导入"
        else:
            rest = "模板里没有这一列，仍按在册收下，请核对；不在册的请删去这一行，或把列名改为“享受状态”后重新导入"
        message = f"{_written(said)}，{rest}"
        return _problem(self._reader.sheet, row, said, "state_unread", message)

    def _zero(self, row: int, cells: tuple[str, ...], values: Values) -> Problem:
        field = next(one for one in MAIN_SUMS if one in values.numbers and one in self._reader.by_field)
        message = (
            f"列“{self._reader.heading(field)}”是0：仍按在册收下，这一期不发放，请核对；"
            "已经停发（死亡、退出）的，请删去这一行或写明“停发”后重新导入"
        )
        return self._reader.problem(row, field, self._reader.raw(field, cells), "sum_zero", message)

    def _has_sum(self, record: Record) -> bool:
        """Whether the row is one that money is paid on; members below their head have none of their own."""
        return not self._template.grouped or record.persons[0].role == "head"

    def _said(self, cells: tuple[str, ...], values: Values) -> list[Said]:
        """The cells that speak of leaving, what is sure first."""
        found = []
        whose: Whose | None = None
        for column in self._of(cells):
            raw = cells[column.place] if column.place < len(cells) else ""
            if column.may_speak(raw):
                whose = whose or self._whose(values)
                found.append(Said(column, raw, column.verdict(raw, whose)))
        return sorted((one for one in found if one.verdict), key=lambda one: one.verdict, reverse=True)

    def _of(self, cells: tuple[str, ...]) -> list[Watched]:
        if self.beyond is None or len(cells) <= self.beyond:
            return self.columns
        return self.columns + [beyond(place) for place in range(self.beyond, len(cells))]

    def _whose(self, values: Values) -> Whose:
        words = values.words
        others = {words.get(name, "") for _, name, _ in OTHERS} | {words.get("head_name", "")}
        others |= set(re.split(r"[\s、,，;；/]+", words.get("member_names", "")))
        head = self._template.unit == "household" or is_head_relation(words.get("relation", ""))
        return Whose(words.get("name", ""), frozenset(filter(None, others)), head, self._template.programme)


def _is_read(values: Values) -> bool:
    """Whether a column that is read says already that it is over."""
    return any(word in _OVER for field, word in values.words.items() if field.endswith("_state"))


def beyond(place: int) -> Watched:
    """A column without a heading, to the right of the table."""
    return Watched(place, "", "remark")


def _written(said: Said) -> str:
    column = said.column
    heading, letter = "".join(column.heading.split()), column_letter(column.place + 1)
    titled = f"列“{heading}”（{letter}列）" if heading else f"没有列名的{letter}列"
    return f"{titled}写的是“{shown(said.raw, 16)}”"


def _sum_said(fen: int | None) -> str:
    return "没有金额" if fen is None else f"金额是{yuan(fen) if fen else 0}"


def _problem(
    sheet: str, row: int, said: Said, code: str, message: str, severity: Literal["row", "note"] = "note"
) -> Problem:
    return Problem(sheet, row, column_letter(said.column.place + 1), said.raw, code, message, severity)
