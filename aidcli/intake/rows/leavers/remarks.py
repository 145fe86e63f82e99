"""Columns that no field is read from and that may say that somebody has left: remarks, reasons, states.

On a roster such a word and no money together say that it is over; a word beside money is told, and counted. A
roster's row whose sum is 0 is told in any case. Lists of departments are only pointed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from ....errors import Problem
from ....model import Record
from ....money import yuan
from ...coercion.cells import shown
from ...headers.plan import SheetPlanned
from ...headers.wording import heading_key
from ...letters import column_letter
from ...templates import Template
from ...vocabulary.identity import OTHERS
from ..persons import childclass
from ..persons.heads import is_head_relation
from ..values import ValueReader, Values
from . import standing
from .deaths import Death, death_told
from .leaving import Verdict, Whose, says_over
from .watching import Watched, beyond, ends_in, first_beyond, watched

_OVER = frozenset(("ended", "cancelled", "revoked", "not_insured", "removed"))

# Where people sign for their money, clerks also write why nobody did: 签收（代领人） → 7月已故，本季停发.
_RECEIPT = re.compile(r"签收|签[字名章]|领取人|领款人|代领")
_SEVERAL_MONTHS = "benefit_months"  # for how many months a benefit's sum is

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


class Said(NamedTuple):
    """A cell that speaks of leaving, and the death that the row tells beside."""

    column: Watched
    raw: str
    verdict: Verdict
    death: Death | None = None


class Remarks:
    """What the watched columns of a sheet say, row by row."""

    def __init__(self, template: Template, reader: ValueReader, planned: SheetPlanned, period: str) -> None:
        self.columns = watched(template, planned, period)
        receipts = _receipts(template, planned)
        signed = {one.place for one in receipts}
        self.columns = [one for one in self.columns if one.place not in signed] + receipts
        self.beyond = first_beyond(template, planned)
        self._ends_in = ends_in(planned, period)
        self._template = template
        self._reader = reader
        self._period = period
        self._counts = template.kind == "roster" and not planned.leaving

    def unclear(self, row: int, cells: tuple[str, ...], values: Values) -> Problem | None:
        """Why a row of a roster that pays nothing is set aside: a remark leaves open whether that is over."""
        sum_paid = owed(values.numbers)
        if not self._counts or sum_paid or standing.standing_of(values, self._template.programme) == "ended":
            return None
        if not (said := self._said(cells, values)):
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

    def left_in(self, cells: tuple[str, ...]) -> str:
        """The month in which a row of a sheet of leavers says that they left; '' where it tells none."""
        told = (one.month(cells[one.place].strip()) for one in self._ends_in if one.place < len(cells))
        return next(filter(None, told), "")

    def is_over(self, cells: tuple[str, ...], values: Values) -> Said | None:
        """The cell by which a row of a roster is over, or by which the row's person is dead; None for neither.

        It pays nothing, or a sum for several months: the months before the end were paid, and nobody is after it.
        """
        over = self._over(cells, values)
        may = any(one.place < len(cells) and one.may_tell_death(cells[one.place]) for one in self.columns)
        death = death_told(self.columns, cells, self._whose(values), self._period) if may else None
        if over is not None or death is None:
            return over._replace(death=death) if over is not None else None
        # The rows below a head who is paid on stay as they are.
        paid_head = self._counts and self._template.grouped and self._is_head(values) and owed(values.numbers)
        return None if paid_head else Said(death.column, death.raw, "", death)

    def _over(self, cells: tuple[str, ...], values: Values) -> Said | None:
        if not self._counts or (owed(values.numbers) and not _paid_several(values)):
            return None
        if standing.standing_of(values, self._template.programme) == "ended":
            return None
        said = self._said(cells, values)
        if owed(values.numbers):  # a day of ending long before what is paid contradicts it: it is asked about
            said = [one for one in said if one.column.kind not in ("until", "last")]
        return said[0] if said and said[0].verdict == "over" else None

    def ended(self, row: int, values: Values, record: Record, said: Said) -> tuple[Record, list[Problem]]:
        """The record of such a row, and what is told of it: of a death that another cell tells, by itself."""
        beside = said.death if said.death is not None and said.death.column != said.column else None
        if beside is None:
            record, note = self._ended(row, values, record, said, said.death)
            return record, [note]
        record, note = self._ended(row, values, record, said, None)
        record = record._replace(facts=(*record.facts, beside.fact(self._template.label, self._period)))
        return record, [note, self._dead_beside(row, beside)]

    def _dead_beside(self, row: int, death: Death) -> Problem:
        said = Said(death.column, death.raw, "")
        message = f"{_written(said)}；{death.said()}；人没有死亡的请更正这一格，再重新导入"
        return _problem(self._reader.sheet, row, said, "death_told", message)

    def _ended(
        self, row: int, values: Values, record: Record, said: Said, death: Death | None
    ) -> tuple[Record, Problem]:
        dead = f"；{death.said()}" if death is not None else ""
        if death is not None:
            fact = death.fact(self._template.label, self._period)
            record = record._replace(facts=(*record.facts, fact))
        if not said.verdict:
            return record, self._dead(row, values, record, said, dead)
        paid = [fact for fact in record.facts if fact.kind == "benefit" and owed(values.numbers)]
        record = standing.of_leaver(record, self._template, self._period, said.raw)
        if paid:
            record = record._replace(facts=(*record.facts, *paid))
            message = (
                f"{_written(said)}，金额是几个月合计的{yuan(owed(values.numbers) or 0)}元：所列的钱按已发的收下，"
                f"人按已不在册收下，以后不再发放{dead}；仍在册的请改写这一格，再重新导入"
            )
            return record, _problem(self._reader.sheet, row, said, "row_ended", message)
        message = (
            f"{_written(said)}，{_sum_said(owed(values.numbers))}，按已不在册收下：不算在保人员，不发放{dead}；"
            "仍在保的请填上金额，并更正这一格"
        )
        return record, _problem(self._reader.sheet, row, said, "row_ended", message)

    def _dead(self, row: int, values: Values, record: Record, said: Said, dead: str) -> Problem:
        """What is told of a row that says that somebody died, and is otherwise kept as it is listed."""
        states = "、".join(f"“{shown(values.words[field], 12)}”" for field in _states_over(values))
        sum_paid = owed(values.numbers) if self._counts else None
        if any(fact.kind == "ended" for fact in record.facts):
            message = f"{_written(said)}{dead}；人没有死亡的请更正这一格，再重新导入"
            return _problem(self._reader.sheet, row, said, "death_told", message)
        if sum_paid:
            message = (
                f"{_written(said)}，金额却是{yuan(sum_paid)}元，仍按在册收下、照样发放{dead}，请核对；"
                "已经死亡（退出）的请删去这一行，或把金额改为0，再重新导入"
            )
            return _problem(self._reader.sheet, row, said, "left_but_paid", message)
        kept = (
            "仍按在册收下" if self._counts else f"状态{states}照所列的收下" if states else "其余照所列的收下"
        )
        message = f"{_written(said)}，{kept}{dead}，请核对；人没有死亡的请更正这一格，再重新导入"
        return _problem(self._reader.sheet, row, said, "death_told", message)

    def beside(self, cells: tuple[str, ...], values: Values, notes: list[Problem]) -> list[Problem]:
        """The notes of a row, the one that it is over with what else the row says: another cell, a sum."""
        if not self._counts or not any(note.code == "row_ended" for note in notes):
            return notes
        said = next((one for one in self._said(cells, values) if one.verdict == "over"), None)
        fen = owed(values.numbers)
        return [_with_more(note, said, fen) if note.code == "row_ended" else note for note in notes]

    def notes(self, row: int, cells: tuple[str, ...], values: Values, record: Record) -> list[Problem]:
        """What is told of a row that is kept: cells that speak of leaving, a sum of 0."""
        if any(fact.kind == "ended" for fact in record.facts) or _is_read(values):
            return []
        said = self._said(cells, values)
        sum_paid = owed(values.numbers) if self._counts else None
        found = [self._note(row, cells, values, one, sum_paid) for one in said if self._tells(one)]
        if self._counts and not said and pays_nothing(values.numbers) and self._has_sum(record):
            found.append(self._zero(row, cells, values))
        return found

    def _tells(self, said: Said) -> bool:
        return self._counts or said.verdict == "over" or said.column.kind == "state"

    def _state_over(self, cells: tuple[str, ...], values: Values) -> str:
        """The column of the state that is kept as it is written and says that it is over; '' for none."""
        field = next(_states_over(values), "")
        return (
            f"列“{self._reader.heading(field)}”写的是“{shown(self._reader.raw(field, cells), 12)}”"
            if field
            else ""
        )

    def _note(
        self, row: int, cells: tuple[str, ...], values: Values, said: Said, sum_paid: int | None
    ) -> Problem:
        if sum_paid and said.verdict == "over":
            message = (
                f"{_written(said)}，金额却是{yuan(sum_paid)}元，仍按在册收下、照样发放，请核对；"
                "已经死亡（退出）的请删去这一行，或把金额改为0，再重新导入"
            )
            return _problem(self._reader.sheet, row, said, "left_but_paid", message)
        if not self._counts and (state := self._state_over(cells, values)):
            rest = f"{state}，按列出的状态收下；死亡、迁出没有另外记下，以死亡、户籍等名单为准"
        elif not self._counts:
            rest = "没有按它区分，这一行仍照有效的收下，请核对；已失效的请删去这一行后重新导入"
        elif said.column.kind == "last":
            rest = "早于名单的月份，仍按在册收下，请核对；不再享受的请删去这一行，或写明“停发”，再重新导入"
        elif said.column.kind in ("remark", "until"):
            rest = "仍按在册收下，请核对；不在册的请删去这一行，或写明“停发”、金额改为0，再重新导入"
        else:
            rest = "模板里没有这一列，仍按在册收下，请核对；不在册的请删去这一行，或把列名改为“享受状态”后重新导入"
        message = f"{_written(said)}，{rest}"
        return _problem(self._reader.sheet, row, said, "state_unread", message)

    def _zero(self, row: int, cells: tuple[str, ...], values: Values) -> Problem:
        named = (one for one in MAIN_SUMS if one in values.numbers and one in self._reader.by_field)
        field = next(named, next(one for one in MAIN_SUMS if one in values.numbers))
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
            raw = cells[column.place].strip() if column.place < len(cells) else ""
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
        head = self._is_head(values)
        programme = childclass.programme_of(words.get(childclass.FIELD), self._template.programme)
        return Whose(words.get("name", ""), frozenset(filter(None, others)), head, programme)

    def _is_head(self, values: Values) -> bool:
        return self._template.unit == "household" or is_head_relation(values.words.get("relation", ""))


def _receipts(template: Template, planned: SheetPlanned) -> list[Watched]:
    """The columns of a roster in which its money is signed for, as far as nothing else is read from them."""
    if template.kind != "roster" or template.unit == "entry" or planned.leaving:
        return []
    taken = {column.place for column in planned.mapped().values()}
    return [
        Watched(place, heading, "remark")
        for place, heading in enumerate(planned.match.headings)
        if place not in taken and _RECEIPT.search(heading_key(heading))
    ]


def _paid_several(values: Values) -> bool:
    return values.numbers.get(_SEVERAL_MONTHS, 0) > 1


def _with_more(note: Problem, said: Said | None, fen: int | None) -> Problem:
    message = note.message
    if said is not None:
        message = message.replace("，按已不在册", f"；{_written(said)}，按已不在册", 1).replace(
            "这一格", "这两格", 1
        )
    if fen:
        message = message.replace("，不发放", f"，所列{yuan(fen)}元不发放", 1)
    return note._replace(message=message)


def _states_over(values: Values) -> Iterator[str]:
    """The columns of a state that are kept as they are written and say that it is over."""
    return (field for field in values.words if field.endswith("_state") and says_over(values.words[field]))


def _is_read(values: Values) -> bool:
    """Whether a column that is read says already that it is over."""
    return any(word in _OVER for field, word in values.words.items() if field.endswith("_state"))


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
