"""The mapped cells of one row as values, with a problem for each that cannot be meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from ...errors import Problem, Severity
from ...idnumber import IdReading, birth_date
from ..coercion import cells as coerce
from ..coercion import quantities
from ..coercion.cells import ERRORS, UNCOMPUTED, CellError
from ..coercion.choices import choices_in
from ..fields import FACTS, FIELDS
from ..headers.asked import death_day_unread
from ..headers.plan import SheetPlanned
from ..headers.units import QUARTERLY, is_for_quarter
from ..headers.wording import Column as Mapped
from ..letters import column_letter
from ..regions import Regions
from ..templates import Template
from ..vocabulary.property import VEHICLE
from .leavers.partdays import lesser_fields, note_on, told_less
from .leavers.yearless import period_of_titles, with_year
from .persons.merged import PERSON, filling
from .readers import Numbers, Words, id_reader, numbers_of, upper, words_of
from .readers import name_of as name_of
from .sums.backpay import columns_beside
from .twofold import BETWEEN, TWOFOLD, settle
from .whereabouts.placelines import PlaceLines
from .whereabouts.places import Places

_ANSWERS = {spec.needs for spec in FACTS if FIELDS[spec.needs].type == "choice"}
BIRTH = "birth"
_DAY = len("2026-01-01")
_NOWHERE = 1 << 20  # beyond the last column of any sheet


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
    words: Words | None
    numbers: Numbers | None
    ids: Callable[[str], IdReading] | None


class ValueReader:
    """Reads the rows of one sheet in order. `merged` holds vertically merged cells from row to row."""

    def __init__(
        self,
        template: Template,
        planned: SheetPlanned,
        today: date,
        file_name: str,
        regions: Regions,
        period: str = "",
    ) -> None:
        self.sheet = planned.sheet.name
        self.programme = template.programme if template.kind == "roster" else ""
        self.places = Places(regions)
        self._today = today
        self._period_told = period_of_titles(planned, file_name, period)
        self.columns = [
            _column(field, column, template, planned.sheet.date1904, today)
            for field, column in sorted(planned.match.columns.items(), key=lambda item: item[1].place)
        ]
        self.by_field = {column.field: column for column in self.columns}
        self.by_field.update(
            (field, _told(field, template, planned, today)) for field, _ in planned.match.told
        )
        # No columns of the template: `SumParts` reads them where it looks at the sums of a row.
        self.by_field.update(
            (field, _column(field, column, template, planned.sheet.date1904, today))
            for field, column in columns_beside(planned).items()
        )
        merges = filling(template, planned.match, planned.sheet.merges, bool(planned.groups))
        persons = [column.place for column in self.columns if column.field in PERSON]
        self.merged = PlaceLines(merges, persons, template, planned, regions)
        self.groups = [
            {
                field: _column(field, column, template, planned.sheet.date1904, today)
                for field, column in slot.items()
            }
            for slot in planned.groups
        ]
        self.constants = _constants(template, planned, file_name)
        for field, told in planned.match.told:
            value = value_of(self.by_field[field], told.raw)
            if value is not None:
                self.constants[field] = value
        self._lesser = lesser_fields(template, self.by_field) | ({BIRTH} & self.by_field.keys())
        self._twofold = sorted((TWOFOLD.keys() | BETWEEN) & self.by_field.keys())
        self._noted: set[tuple[str, int]] = set()
        self.said: set[str] = set()  # codes of what is told once a sheet
        self.death_day_unread = death_day_unread(template, planned.match) is not None

    def read(self, row: int, cells: tuple[str, ...]) -> tuple[Values, list[Problem]]:
        """The values of a row, merged cells filled, and its problems (all of severity ``cell``)."""
        values = Values({}, {}, {}, set())
        problems: list[Problem] = []
        width = len(cells)
        for column in self.columns:
            raw = cells[column.place] if column.place < width else ""
            if not raw:
                continue
            try:
                _take(column, raw, values)
            except CellError as error:
                if (day := self._day_with_year(column, raw)) is not None:
                    values.words[column.field] = day
                    message = f"列“{column.heading}”没有写年份，按标题（文件名）里的年份读作{day}，请核对"
                    problems.append(self.problem(row, column.field, raw, "year_of_title", message))
                    continue
                if (told := self._told_less(column, raw)) is not None:
                    values.words[column.field] = told
                    problems += self._note_on_less(row, column, raw, told)
                    continue
                values.refused.add(column.field)
                message = f"列“{column.heading}”{error.message}；此格没有采用"
                problems.append(self.problem(row, column.field, raw, error.code, message, "cell"))
        self._less_than_number(values)
        if self._twofold:
            settle(self._twofold, values.words, values.numbers)
        for field, word in self.constants.items():
            if isinstance(word, str):
                values.words.setdefault(field, word)
            elif QUARTERLY in values.numbers:
                values.numbers.setdefault(field, word)
        if "name" in values.words or values.ids:
            self.merged.add_to(values.words)
        if self.places:
            problems += self._place_notes(row, cells, values)
        return values, problems

    @staticmethod
    def _less_than_number(values: Values) -> None:
        """A month or year of birth goes where the row's own whole number tells the day in it."""
        own, told = values.ids.get("id"), values.words.get(BIRTH, "")
        if own is not None and own.whole and told and len(told) < _DAY:
            born = birth_date(own.value)
            if born is not None and born.isoformat().startswith(told):
                del values.words[BIRTH]

    def _day_with_year(self, column: Column, raw: str) -> str | None:
        """A day whose year the title tells; None for any other cell."""
        is_day = FIELDS[column.field].type == "day" and column.field != BIRTH
        return with_year(raw, self._period_told, self._today) if is_day else None

    def _told_less(self, column: Column, raw: str) -> str | None:
        """The month or the year, where a column of days (months) tells no more; None for any other cell."""
        return told_less(column.field, raw, self._today) if column.field in self._lesser else None

    def _note_on_less(self, row: int, column: Column, raw: str, told: str) -> list[Problem]:
        """A note where the column tells less for the first time, and less than its heading says (出生年月)."""
        as_headed = len(told) == len("2026-10") and "年月" in column.heading and "日" not in column.heading
        if as_headed or (column.field, len(told)) in self._noted:
            return []
        self._noted.add((column.field, len(told)))
        message = note_on(column.heading, told, FIELDS[column.field].type)
        return [self.problem(row, column.field, raw, "day_untold", message)]

    def _place_notes(self, row: int, cells: tuple[str, ...], values: Values) -> list[Problem]:
        """Township and village by the list of the district; one note for each name that it does not hold."""
        notes = []
        for field, said in self.places.settle(values.words):
            raw = self.raw(field, cells) or values.words[field]
            where = f"列“{self.heading(field)}”的" if self.raw(field, cells) else "上方写的"
            message = f"{where}“{coerce.shown(raw)}”{said}"
            notes.append(self.problem(row, field, raw, f"{field}_unknown", message))
        return notes

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

    def parts(self, cells: tuple[str, ...]) -> list[tuple[str, ...]]:
        """The row once for each vehicle where one cell holds several plates; else the row alone."""
        column = self.by_field.get("vehicle_plate")
        plates = quantities.plates(self.raw("vehicle_plate", cells)) if column else []
        if column is None or not plates:
            return [cells]
        parts = [[*cells] for _ in plates]
        for part, plate in zip(parts, plates, strict=True):
            part[column.place] = plate
        for field in VEHICLE:
            said = coerce.split_list(self.raw(field, cells))
            if len(said) == len(parts) > 1:
                for part, one in zip(parts, said, strict=True):
                    part[self.by_field[field].place] = one
        return [tuple(part) for part in parts]

    def has_own(self, cells: tuple[str, ...]) -> bool:
        """Whether a row says anything in the columns that are read; a line that names a place does not."""
        return not self.merged.is_line(cells) and any(
            column.place < len(cells) and cells[column.place].strip() for column in self.columns
        )

    def needed(self, template: Template) -> list[str]:
        """The fields without which a row tells nothing: required days, sums and answers that have a column."""
        return [
            field
            for field, column in template.fields.items()
            if column.required
            and not column.may_be_blank
            and field in self.by_field
            and field not in self.constants
            and (FIELDS[field].type in ("day", "money") or field in _ANSWERS)
        ]

    def raw(self, field: str, cells: tuple[str, ...]) -> str:
        """What is written in the column of a field."""
        column = self.by_field.get(field)
        return cells[column.place] if column and column.place < len(cells) else ""


def _take(column: Column, raw: str, values: Values) -> None:
    if column.ids is not None:
        values.ids[column.field] = id_of(column, raw)
        return
    value = value_of(column, raw)
    if value is None:
        return
    if column.words is not None:
        values.words[column.field] = str(value)
    else:
        values.numbers[column.field] = int(value)


def id_of(column: Column, raw: str) -> IdReading:
    """What a cell of a column of numbers holds; raises `CellError` for an error cell."""
    _refuse_errors(raw)
    assert column.ids is not None
    return column.ids(raw)


def value_of(column: Column, raw: str) -> str | int | None:
    """What a cell of a column says, None for nothing; raises `CellError` where that cannot be meant."""
    _refuse_errors(raw)
    if column.words is not None:
        return column.words(raw) or None
    return column.numbers(raw) if column.numbers is not None else None


def _refuse_errors(raw: str) -> None:
    if raw == UNCOMPUTED:
        raise CellError("formula_uncomputed", "公式没有算出结果，请在 Excel 里打开并保存后再导入")
    if raw[0] == "#" and raw.strip() in ERRORS:
        raise CellError("error_cell", f"是公式出错的结果（{raw.strip()}）")


def _column(field: str, found: Mapped, template: Template, date1904: bool, today: date) -> Column:
    spec = FIELDS[field]
    given = template.fields.get(field)
    values = given.values if given else {}
    words = words_of(field, spec, values, date1904, today)
    numbers = None if words else numbers_of(field, spec, found.unit)
    ids = id_reader(today) if spec.type == "id" else None
    shown = "".join(found.heading.split())
    return Column(field, found.place, column_letter(found.place + 1), shown, words, numbers, ids)


def _told(field: str, template: Template, planned: SheetPlanned, today: date) -> Column:
    """A field that stands above the header, as a column that no row has."""
    found = Mapped(_NOWHERE, template.label_of(field), "")
    return _column(field, found, template, planned.sheet.date1904, today)._replace(letter="")


def _constants(template: Template, planned: SheetPlanned, file_name: str) -> dict[str, str | int]:
    """What a name, a title or a heading says of all rows, for fields that have no column.

    The nearest line above the header goes before those further up, these and the sheet's name before the file's.
    What names more than one thing (服刑和强制戒毒) tells none, unless the sheet's name is one of them.
    A sum under 季度发放金额 is that of three months, and is never divided.
    """
    near = [*(" ".join(cells) for cells in reversed(planned.titles)), planned.sheet.name]
    found: dict[str, str | int] = {}
    paid = planned.match.columns.get(QUARTERLY)
    if paid is not None and is_for_quarter(paid.heading) and "benefit_months" not in planned.match.columns:
        found["benefit_months"] = 3
    for field, given in template.fields.items():
        if not given.from_name or field in planned.match.columns:
            continue
        choices = (FIELDS[field].choices or {}) | upper(given.values)
        meant: set[str] = set()
        for words in near:
            named = set(choices_in(words, choices))
            meant = named if not meant or (named and named < meant) else meant
        meant = meant or set(choices_in(file_name, choices))
        if len(meant) == 1:
            found[field] = meant.pop()
    return {field: word for field, word in found.items() if word}
