"""A department file opened for reading: what it is, how it is read, and its rows one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl.utils import get_column_letter

from .. import idnumber, names
from ..errors import Problem
from ..idnumber import IdReading
from ..model import RowRead, SheetPlan
from .answers import township
from .cells import UNCOMPUTED, is_empty, shown
from .fields import FACTS, FIELDS
from .members import MISSING
from .periods import find_period
from .plan import SheetPlanned, choose, preview
from .records import RecordMaker
from .skiprows import is_decoration, is_remark, total_label
from .source import open_source
from .templates import Template
from .totals import Totals
from .values import ValueReader, Values

_TOWNSHIP = re.compile(r"[^\d\s]{1,12}(?:镇|乡|街道|街道办事处|开发区|街|[镇乡]人民政府)\Z")
_ANSWERS = {spec.needs for spec in FACTS if FIELDS[spec.needs].type == "choice"}
_USABLE = ("valid", "legacy15", "bad_check", "cut")


class Reading:
    """One file and how it is read; `rows` may be called again and again."""

    def __init__(
        self,
        path: Path,
        sha256: str,
        template: Template,
        period: str,
        period_from: str,
        planned: Sequence[SheetPlanned],
        skipped: Sequence[tuple[str, str]],
        today: date,
    ) -> None:
        self.path = path
        self.sha256 = sha256
        self.template = template
        self.template_hash = template.hash
        self.period = period
        self.period_from = period_from
        self.sheets: list[SheetPlan] = [one.public() for one in planned]
        self.skipped_sheets = list(skipped)
        self._planned = list(planned)
        self._today = today

    def rows(self, sheet_index: int) -> Iterator[RowRead]:
        """Every row below the header of a sheet that is read, in order; blank rows at its end are left out."""
        return (row for row, _ in self.details(sheet_index))

    def details(self, sheet_index: int) -> Iterator[tuple[RowRead, Values | None]]:
        """The rows as `rows` gives them, each with the values its cells were read as (None when blank)."""
        reader = RowReader(self, self._planned[sheet_index], self._today)
        blank: list[int] = []
        for row, cells in self._planned[sheet_index].sheet.rows():
            if row <= self.sheets[sheet_index].header_row:
                continue
            if not cells:
                blank.append(row)
                continue
            for empty in blank:
                yield RowRead(empty, (), "skipped", None, ()), None
            blank.clear()
            yield reader.read(row, cells)


class RowReader:
    """Reads the rows of one sheet in order."""

    def __init__(self, reading: Reading, planned: SheetPlanned, today: date) -> None:
        self._template = reading.template
        self.values = ValueReader(reading.template, planned, today)
        assume_total = planned.unknown_money is None
        self._records = RecordMaker(
            reading.template, self.values, reading.period, today, _township_of(planned), assume_total
        )
        self._totals = Totals(self.values)
        self._header = planned.header
        self._above = planned.above
        self._pending = [
            *planned.notes,
            *_unit_problems(planned),
            *_total_problems(reading.template, planned),
        ]
        self._has_id = "id" in self.values.by_field
        self._needed = [
            field
            for field, column in reading.template.fields.items()
            if column.required and (FIELDS[field].type in ("day", "money") or field in _ANSWERS)
        ]

    def read(self, row: int, cells: tuple[str, ...]) -> tuple[RowRead, Values]:
        """What became of one row that is not blank, and the values it was read as."""
        values, problems = self.values.read(row, cells)
        own = values.ids.get("id", MISSING)
        named = names.is_plausible(values.words.get("name", ""))
        if not own.whole and not (named and own.kind in _USABLE):
            label = total_label(cells)
            if label:
                return RowRead(row, cells, "skipped", None, self._totals.check(row, cells, label)), values
            if self._is_subtotal(cells, values, own):
                return RowRead(row, cells, "skipped", None, self._totals.check(row, cells, "合计")), values
            if not values.words.get("account") and is_remark(cells):
                return RowRead(row, cells, "skipped", None, ()), values
            if is_decoration(cells, self._header, self._above, bool(values.numbers)):
                return RowRead(row, cells, "skipped", None, ()), values
        self._totals.add(values)
        if own.kind == "other" and idnumber.holds_several(self.values.raw("id", cells)):
            problems = [*self._several(row, cells), *problems]
        if not named and not _usable(own):
            problems = [*self._nobody(row, cells), *problems]
        else:
            problems = self._needed_values(row, cells, values, problems)
        problems, self._pending = self._pending + problems, []
        if any(problem.severity == "row" for problem in problems):
            self._records.forget_household()
            return RowRead(row, cells, "set_aside", None, tuple(problems)), values
        record, notes = self._records.make(row, cells, values)
        problems += self._name_notes(row, cells, values.words.get("name", ""))
        return RowRead(row, cells, "kept", record, tuple(problems + notes)), values

    def _is_subtotal(self, cells: tuple[str, ...], values: Values, own: IdReading) -> bool:
        """Whether a row names nobody and holds nothing but sums and counts: a subtotal without its word."""
        if values.words or own.kind != "missing" or not (values.numbers or UNCOMPUTED in cells):
            return False
        figures = {
            column.place
            for column in self.values.columns
            if FIELDS[column.field].type in ("money", "count") and column.field not in values.refused
        }
        return all(
            place in figures or not cell.strip() or cell == UNCOMPUTED for place, cell in enumerate(cells)
        )

    def _nobody(self, row: int, cells: tuple[str, ...]) -> list[Problem]:
        """Why nobody can be told from the row."""
        heading = f"“{self.values.heading('name')}”"
        if self._has_id:
            heading += f"和“{self.values.heading('id')}”"
        message = f"这一行看不出是谁：列{heading}没有可用的内容，整行未导入"
        value = self.values.raw("name", cells) or self.values.raw("id", cells)
        return [self.values.problem(row, "name", value, "no_person", message, "row")]

    def _several(self, row: int, cells: tuple[str, ...]) -> list[Problem]:
        """A problem where the name's cell holds as many names as the ID's holds numbers: two persons in a row."""
        raw = self.values.raw("name", cells)
        called = [names.compact(word) for word in re.split(r"[\s、,，;；/]+", raw.strip())]
        if len(called) < 2 or not all(names.is_plausible(name) for name in called):
            return []
        message = (
            f"列“{self.values.heading('name')}”和身份证号一格里都填了不止一个人，请拆成一人一行，整行未导入"
        )
        return [self.values.problem(row, "name", raw, "persons_several", message, "row")]

    def _needed_values(
        self, row: int, cells: tuple[str, ...], values: Values, problems: list[Problem]
    ) -> list[Problem]:
        """Outside rosters a row without its date or sum tells nothing: it is set aside as a whole."""
        if self._template.kind == "roster":
            return problems
        found = list(problems)
        for field in self._needed:
            if field in values.words or field in values.numbers:
                continue
            heading, raw = self.values.heading(field), self.values.raw(field, cells)
            letter = self.values.by_field[field].letter
            refused = [problem for problem in found if problem.column == letter]
            if refused:
                found = [problem for problem in found if problem.column != letter]
                message = refused[0].message.replace("此格没有采用", "缺少此项，整行未导入")
                found.append(refused[0]._replace(message=message, severity="row"))
            else:
                said = "没有填写" if is_empty(raw) else f"写的是“{shown(raw)}”，不是可用的内容"
                message = f"列“{heading}”{said}，缺少此项，整行未导入"
                found.append(self.values.problem(row, field, raw, "value_missing", message, "row"))
        return found

    def _name_notes(self, row: int, cells: tuple[str, ...], name: str) -> list[Problem]:
        if "name" not in self.values.by_field:
            return []
        heading, raw = self.values.heading("name"), self.values.raw("name", cells)
        notes = []
        if not name:
            message = f"列“{heading}”没有填写，只能按身份证号比对"
            notes.append(self.values.problem(row, "name", raw, "name_missing", message))
        elif not names.is_plausible(name):
            message = f"列“{heading}”不像姓名，请核对"
            notes.append(self.values.problem(row, "name", raw, "name_odd", message))
        if name and any(bracket in raw for bracket in "（([【〔"):
            said = names.note(raw)
            if said:
                message = f"列“{heading}”后面注有“{said[:12]}”，姓名已按括号外的保留，请留意"
                notes.append(self.values.problem(row, "name", raw, "name_note", message))
        return notes


def open_file(
    path: Path,
    templates: Mapping[str, Template],
    *,
    source: str | None = None,
    sheets: Sequence[str] = (),
    period: str | None = None,
    today: date,
) -> Reading:
    """Opens a department file and finds out how to read it.

    `source` is the key or label of a template, `period` ``YYYY-MM`` or ``YYYY-Qn``; birth dates after
    `today` are not valid. Raises `AidError`: ``file_missing``, ``is_directory``, ``empty_file``,
    ``file_locked``, ``unreadable_workbook``, ``password_protected``, ``zip_bomb``, ``bad_sheet``,
    ``no_header``, ``wrong_template``, ``template_unknown``, ``template_ambiguous``, ``duplicate_columns``,
    ``period_unknown``, ``broken_quotes``.
    """
    opened = open_source(path)
    previews, skipped = preview(path, opened.sheets, sheets)
    chosen = choose(path, previews, templates, source)
    titles = ["|".join(cell for cell in cells if cell) for one in chosen.sheets for cells in one.above]
    names_of_sheets = [one.sheet.name for one in chosen.sheets]
    found = find_period(period, path.name, path.stem, titles, names_of_sheets, today)
    order = {sheet.name: place for place, sheet in enumerate(opened.sheets)}
    left_out = sorted(skipped + chosen.skipped, key=lambda item: order[item[0]])
    return Reading(
        path, opened.sha256, chosen.template, found.period, found.told_by, chosen.sheets, left_out, today
    )


def _usable(own: IdReading) -> bool:
    """Whether an ID alone tells somebody: not when masked, scientific or a few odd characters."""
    if own.kind == "other":
        return len(own.value) >= 7 and any(letter.isdigit() for letter in own.value)
    return own.kind in _USABLE


def _township_of(planned: SheetPlanned) -> str:
    """The township a sheet is named after, where the rows do not tell it."""
    if "township" in planned.match.columns:
        return ""
    name = re.sub(r"[（(].*|\d+年?\d*月?(?:份)?", "", planned.sheet.name).strip()
    return (township(name) or "") if _TOWNSHIP.match(name) else ""


def _total_problems(template: Template, planned: SheetPlanned) -> list[Problem]:
    """A note where the monthly sum could have stood for the total, but other money stands beside it."""
    columns, other = planned.match.columns, planned.unknown_money
    if other is None or other in planned.match.refused or template.kind != "roster":
        return []
    if "base" not in columns or "total" in columns:
        return []
    heading, base = other.heading.strip(), columns["base"].heading.strip()
    titled = f"“{heading}”" if heading else "没有列名的一列"
    letter = get_column_letter(other.place + 1)
    message = (
        f"没有合计列，{titled}（{letter}列）又像是另一笔金额，没有把“{base}”当作合计；"
        "请补上合计列（如“合计（元）”“发放合计（元）”），或在模板中写明这一列"
    )
    return [Problem(planned.sheet.name, planned.match.row, letter, heading, "total_unknown", message, "note")]


def _unit_problems(planned: SheetPlanned) -> list[Problem]:
    """A note for each money column that is not read because of its unit."""
    return [
        Problem(
            planned.sheet.name,
            planned.match.row,
            get_column_letter(column.place + 1),
            column.heading.strip(),
            "unit_refused",
            f"列“{column.heading.strip()}”的单位“{column.unit}”不是每月的元或万元，整列没有采用；请改写列名或在模板中写明",
            "note",
        )
        for column in planned.match.refused
    ]
