"""The mapped cells of one row as values, with a problem for each that cannot be meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from .. import idnumber, names
from ..errors import Problem, Severity
from ..idnumber import IdReading
from . import answers, dates
from . import cells as coerce
from .cells import EMPTY, ERRORS, UNCOMPUTED, CellError, NumberText
from .fields import FIELDS
from .headings import money_factor
from .plan import SheetPlanned
from .source import Merge
from .templates import Template
from .vocabulary.money import PAY_CODE
from .vocabulary.spec import FieldSpec

Words = Callable[[str], str | None]
Numbers = Callable[[str], int | None]


class Values(NamedTuple):
    """What the mapped cells of a row say, by field. `refused` are fields whose cell cannot be meant."""

    words: dict[str, str]
    numbers: dict[str, int]
    ids: dict[str, IdReading]
    refused: set[str]


class Column(NamedTuple):
    """A mapped column ready for reading; exactly one of the three readers is set."""

    field: str
    place: int
    letter: str
    heading: str
    fills: bool
    words: Words | None
    numbers: Numbers | None
    ids: Callable[[str], IdReading] | None


class ValueReader:
    """Reads the rows of one sheet in order; remembers vertically merged cells from row to row."""

    def __init__(self, template: Template, planned: SheetPlanned, today: date) -> None:
        self.sheet = planned.sheet.name
        self.columns = [
            _column(field, column.place, column.heading, column.unit, template, planned.sheet.date1904, today)
            for field, column in sorted(planned.match.columns.items(), key=lambda item: item[1].place)
        ]
        self.by_field = {column.field: column for column in self.columns}
        filling = {column.place for column in self.columns if column.fills}
        self._merges = _starts(planned.sheet.merges, filling)
        self._open: dict[int, tuple[int, str]] = {}

    def read(self, row: int, cells: tuple[str, ...]) -> tuple[Values, list[Problem]]:
        """The values of a row and its problems (all of severity ``cell``)."""
        values = Values({}, {}, {}, set())
        problems: list[Problem] = []
        width = len(cells)
        for column in self.columns:
            raw = cells[column.place] if column.place < width else ""
            if self._merges and column.fills:
                raw = self._filled(row, column.place, raw)
            if not raw:
                continue
            try:
                _take(column, raw, values)
            except CellError as error:
                values.refused.add(column.field)
                message = f"列“{column.heading}”{error.message}；此格没有采用"
                problems.append(self.problem(row, column.field, raw, error.code, message, "cell"))
        return values, problems

    def problem(
        self, row: int, field: str, value: str, code: str, message: str, severity: Severity = "note"
    ) -> Problem:
        """A problem in the column of `field`, or of the row as a whole where there is no such column."""
        column = self.by_field.get(field)
        letter = column.letter if column else ""
        return Problem(self.sheet, row, letter, str(value), code, message, severity)

    def heading(self, field: str) -> str:
        column = self.by_field.get(field)
        return column.heading if column else FIELDS[field].label

    def raw(self, field: str, cells: tuple[str, ...]) -> str:
        """What is written in the column of a field."""
        column = self.by_field.get(field)
        return cells[column.place] if column and column.place < len(cells) else ""

    def _filled(self, row: int, index: int, raw: str) -> str:
        last = self._merges.get((row, index))
        if last is not None:
            self._open[index] = (last, raw)
        elif not raw and index in self._open and row <= self._open[index][0]:
            return self._open[index][1]
        return raw


def _starts(merges: Iterable[Merge], columns: set[int]) -> dict[tuple[int, int], int]:
    return {
        (merge.first_row, merge.first_column): merge.last_row
        for merge in merges
        if merge.first_column in columns
    }


def _take(column: Column, raw: str, values: Values) -> None:
    if raw == UNCOMPUTED:
        raise CellError("formula_uncomputed", "公式没有算出结果，请在 Excel 里打开并保存后再导入")
    if raw[0] == "#" and raw.strip() in ERRORS:
        raise CellError("error_cell", f"是公式出错的结果（{raw.strip()}）")
    if column.words is not None:
        word = column.words(raw)
        if word:
            values.words[column.field] = word
    elif column.numbers is not None:
        number = column.numbers(raw)
        if number is not None:
            values.numbers[column.field] = number
    elif column.ids is not None:
        values.ids[column.field] = column.ids(raw)


def _column(
    field: str, index: int, heading: str, unit: str, template: Template, date1904: bool, today: date
) -> Column:
    spec = FIELDS[field]
    values = template.fields[field].values
    words = _FIELD_WORDS.get(field) or _words(spec, values, date1904, today)
    numbers = None if words else _numbers(spec, unit)
    ids = _id_reader(today) if spec.type == "id" else None
    shown = "".join(heading.split())
    return Column(field, index, get_column_letter(index + 1), shown, spec.fills, words, numbers, ids)


def _words(spec: FieldSpec, values: dict[str, str], date1904: bool, today: date) -> Words | None:
    kind = spec.type
    if kind == "name":
        return _name
    if kind == "text":
        return coerce.text
    if kind == "phone":
        return coerce.phone
    if kind == "list":
        return str
    if kind == "account":
        return lambda raw: coerce.account(raw, was_number=type(raw) is NumberText)
    if kind == "day":
        return lambda raw: dates.day(raw, today=today, date1904=date1904)
    if kind == "month":
        return lambda raw: dates.month(
            raw, was_number=type(raw) is NumberText, today=today, date1904=date1904
        )
    if spec.choices is PAY_CODE:
        return lambda raw: answers.pay_code(raw, {**PAY_CODE, **_upper(values)})
    if kind == "choice":
        choices = (spec.choices or {}) | _upper(values)
        return lambda raw: coerce.choice(raw, choices)
    return None


def _upper(values: dict[str, str]) -> dict[str, str]:
    return {coerce.clean(written).upper(): word for written, word in values.items()}


_FIELD_WORDS: dict[str, Words] = {"case_number": answers.case_number, "township": answers.township}


def _numbers(spec: FieldSpec, unit: str) -> Numbers | None:
    kind = spec.type
    if kind == "money":
        factor = money_factor(unit) or 1
        return lambda raw: coerce.money(raw, factor)
    if kind == "count":
        return coerce.count
    if kind == "grade":
        return coerce.grade
    if kind == "yes_no":
        return coerce.yes_no
    return None


@lru_cache(maxsize=16384)
def _name(raw: str) -> str | None:
    name = names.compact(raw)
    return None if name in EMPTY else name


@lru_cache(maxsize=16384)
def _id(raw: str, was_number: bool, today: date) -> IdReading:
    return idnumber.read(raw, was_number=was_number, today=today)


def _id_reader(today: date) -> Callable[[str], IdReading]:
    return lambda raw: _id(raw, type(raw) is NumberText, today)
