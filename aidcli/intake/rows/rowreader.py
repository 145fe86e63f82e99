"""One row of a department file after the other: who it is about, what it says, or why it is set aside."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from ... import canon, idnumber, names
from ...errors import Problem
from ...idnumber import IdReading
from ...model import Block, Entry, Record, RowRead
from ..coercion.cells import ERRORS, UNCOMPUTED, split_list
from ..fields import FIELDS
from ..formats.source import Row
from ..headers.plan import SheetPlanned
from ..headers.sections import standing_line
from ..headers.stacked import refuse_another
from ..regions import Regions
from ..templates import Template
from ..vocabulary.property import VEHICLE
from .fallbacks import by_quarter
from .leavers import standing
from .leavers.remarks import Remarks, owed
from .needed import needed_values
from .persons import childclass
from .persons.members import MISSING
from .persons.namenotes import is_name, name_notes
from .persons.uncounted import Uncounted
from .plain import PlainReader
from .records import RecordMaker
from .sheetnotes import sheet_notes
from .skiprows import is_decoration, is_remark, no_result, total_label, trailer
from .sums.spans import spanning
from .sums.sumparts import SumParts
from .sums.totals import Totals
from .values import ValueReader, Values, value_of
from .whereabouts.blocktitles import Title, last_title, lost_note, taken_note, title_of, values_of, with_head
from .whereabouts.townships import township_told

_USABLE = ("valid", "legacy15", "bad_check", "cut")


class RowReader:
    """Reads the rows of one sheet in order."""

    def __init__(
        self,
        template: Template,
        planned: SheetPlanned,
        period: str,
        today: date,
        path: Path,
        regions: Regions | None = None,
    ) -> None:
        self._template = template
        self._today = today
        self._path = path
        self._planned = planned
        self.values = ValueReader(template, planned, today, path.stem, regions or Regions(), period)
        assume_total = planned.unknown_money is None
        told = township_told(template, planned, path.stem, self.values.places.regions)
        self.values.places.told = told.name
        span = spanning(template, planned, path.stem)
        self._records = RecordMaker(template, self.values, period, today, told.name, assume_total, span)
        self._totals = Totals(self.values)
        self._header = planned.header
        self._above = planned.above
        self._pending = sheet_notes(template, planned) + ([span.note(planned)] if span else [])
        self._township_notes = list(told.notes)  # told where the first row takes the township from the name
        self._remarks = Remarks(template, self.values, planned, period)
        watched = self._remarks.columns if template.kind == "roster" and not planned.leaving else []
        self._uncounted = Uncounted(template, self.values, watched)
        self._has_id = "id" in self.values.by_field
        self._needed = self.values.needed(template)
        self._period = period
        self._title: Title | None = last_title(planned.above, today) if template.grouped else None
        self._both_classes = childclass.is_mixed(self.values.programme, planned, path.stem)
        self._plain: PlainReader | None = None
        self._parts = SumParts(template, planned, self.values)
        alone = planned.leaving or self._both_classes or span or self._parts or by_quarter(self.values)
        if not alone and PlainReader.suits(template, self.values):
            self._plain = PlainReader(template, self.values, period, told.name, assume_total, self._remarks)

    def read_block(self, rows: list[Row]) -> Block:
        """Some rows in order, the plain ones among them together."""
        plain = self._plain
        if plain is None:
            return Block(rows, None, [(place, self.read(*row)[0]) for place, row in enumerate(rows)])
        needed = self._needed if self._template.kind != "roster" else ()
        # What is pending goes with the first person who is read alone: hints and titles may stand above.
        alone = set(range(self._first_person(rows) + 1)) if self._pending else set()
        if self._township_notes:
            alone.update(place for place, (_, cells) in enumerate(rows) if not self._tells_township(cells))
        found = plain.read(rows, needed, alone)
        odd, done = [], 0
        for place in found.odd:
            found.add_to(self._totals, done, place)
            odd.append((place, self.read(*rows[place])[0]))
            done = place + 1
        found.add_to(self._totals, done, len(rows))
        return Block(rows, found.plain, odd)

    def _first_person(self, rows: list[Row]) -> int:
        """The place of the first row with a whole number; 0 where none has one, for then none of them is plain."""
        return next(
            (
                place
                for place, (_, cells) in enumerate(rows)
                if idnumber.read(self.values.raw("id", cells)).whole
            ),
            0,
        )

    def _tells_township(self, cells: tuple[str, ...]) -> bool:
        raw = self.values.raw("township", cells)
        return bool(raw and value_of(self.values.by_field["township"], raw)) if raw not in ERRORS else False

    def read(self, row: int, cells: tuple[str, ...]) -> tuple[RowRead, Values]:
        """What became of one row that is not blank, and the values it was read as."""
        filled, named_above = self.values.merged.row(row, cells) if self.values.merged else (cells, False)
        whole, *further = self.values.parts(filled)
        values, problems = self.values.read(row, whole)
        own = values.ids.get("id", MISSING)
        named = is_name(values.words.get("name", ""))
        told = own.whole or (named and own.kind in _USABLE)
        if (not told or named_above) and (passed := self._passed_over(row, cells, values, own)) is not None:
            return passed, values
        if named_above and not self.values.has_own(cells):
            return RowRead(row, cells, "skipped", None, ()), values  # the lower part of a tall row
        if self._template.unit == "entry":
            return self._entry(row, cells, values, problems), values
        read = self._person(row, whole, values, problems, named)
        for number, part in enumerate(further, start=1):
            read = self._with_another(row, part, number, read)
        return (read if whole is cells else read._replace(cells=cells)), values

    def _passed_over(
        self, row: int, cells: tuple[str, ...], values: Values, own: IdReading
    ) -> RowRead | None:
        """A row without a person of its own that is no data: a total (checked), a remark, decoration.

        Raises `AidError` (``second_table``) where another table or section begins.
        """
        planned = self._planned
        label = total_label(cells)
        if not label and self._is_subtotal(cells, values, own):
            label = "合计"
        if label:
            return RowRead(row, cells, "skipped", None, self._totals.check(row, cells, label))
        if told := trailer(cells):
            return RowRead(row, cells, "skipped", None, self._totals.check_trailer(row, told))
        if no_result(cells) or (not values.words.get("account") and is_remark(cells)):
            return RowRead(row, cells, "skipped", None, ())
        header, leaving = [planned.header, *planned.above], planned.leaving
        refuse_another(
            self._path, planned.sheet.name, self._template, planned.match, header, (row, cells), leaving
        )
        if is_decoration(cells, self._header, self._above, bool(values.numbers)) or standing_line(cells):
            return RowRead(row, cells, "skipped", None, ())
        if self._template.grouped and (title := title_of(cells, self._today)):
            self._title = title
            self._records.forget_household()
            return RowRead(row, cells, "skipped", None, ())
        return None

    def _person(
        self, row: int, cells: tuple[str, ...], values: Values, problems: list[Problem], named: bool
    ) -> RowRead:
        """A row that is about somebody, kept or set aside; merged `cells` are filled."""
        own = values.ids.get("id", MISSING)
        self._totals.add(values)
        uncovered: Problem | None = None
        sharers: list[tuple[str, IdReading]] = []
        if own.kind == "other" and idnumber.holds_several(self.values.raw("id", cells)):
            sharers = self._sharers(cells) if self._template.several else []
            problems = [*([] if sharers else self._several(row, cells)), *problems]
        if not named and not _usable(own):
            problems = [*self._nobody(row, cells), *problems]
        else:
            problems = self._parts.settle(row, cells, values, problems) if self._parts else problems
            if self._template.kind != "roster":
                problems = needed_values(
                    self.values, self._template, self._needed, row, cells, values, problems
                )
            uncovered = standing.uncovered(self.values, row, cells, values, self._template)
            doubt = None if uncovered else self._doubt(row, cells, values)
            if doubt is not None:
                problems = [*(one for one in problems if one.column != doubt.column), doubt]
        problems, self._pending = self._pending + problems, []
        if any(problem.severity == "row" for problem in problems):
            self._records.forget_household()
            return RowRead(row, cells, "set_aside", None, tuple(problems))
        if sharers:
            record, notes = self._records.make_several(row, cells, values, sharers)
        else:
            record, notes = self._made(row, cells, values, uncovered)
            notes = self._remarks.beside(cells, values, notes)
            problems += name_notes(self.values, row, cells, values.words.get("name", ""))
            record, more = self._as_remarked(row, cells, values, record, uncovered is None)
            problems += more
            if self._template.kind == "roster":
                record, more = self._uncounted.settle(row, cells, values, record)
                problems += more
        if self._township_notes and "township" not in values.words:
            problems, self._township_notes = problems + self._township_notes, []
        return RowRead(row, cells, "kept", record, tuple(problems + notes))

    def _doubt(self, row: int, cells: tuple[str, ...], values: Values) -> Problem | None:
        """Why it cannot be told whether somebody still stands on a roster."""
        if self._template.kind != "roster":
            return None
        stays = standing.stays_note(self.values, row, cells, values) if self._planned.leaving else None
        unclear = stays or standing.unclear(self.values, row, cells, values)
        unclear = unclear or childclass.unclear(self.values, row, cells, values, self._both_classes)
        return unclear or self._remarks.unclear(row, cells, values)

    def _made(
        self, row: int, cells: tuple[str, ...], values: Values, uncovered: Problem | None
    ) -> tuple[Record, list[Problem]]:
        """The record of a row; of a list of those who left, and of a member who is `uncovered`, what holds of it."""
        if uncovered is not None and not self._planned.leaving:
            record, notes = self._records.make(row, cells, standing.undecided(values))
            return standing.family_only(record), [*notes, uncovered]
        record, notes = self._records.make(row, cells, values)
        if self._title is not None:
            record, notes = self._below_title(row, cells, values, (record, notes))
        if self._planned.leaving:
            record = standing.of_leaver(record, self._template, self._period)
            record = standing.ended_in(record, self._remarks.left_in(cells), self._period)
        return record, notes

    def _below_title(
        self, row: int, cells: tuple[str, ...], values: Values, made: tuple[Record, list[Problem]]
    ) -> tuple[Record, list[Problem]]:
        """The first row below a line that names a head: with the head where it is a member's."""
        title, self._title = self._title, None
        record, notes = made
        if title is None or record.persons[0].role == "head":
            return made
        notes = [note for note in notes if note.code != "head_missing"]
        if not title.id.whole:
            return record, [*notes, lost_note(self.values, row, title)]
        head, _ = self._records.make(row, (), values_of(title, values))
        record, again = self._records.make(row, cells, values)
        return with_head(head, record), [*again, taken_note(self.values, row, title)]

    def _with_another(self, row: int, cells: tuple[str, ...], number: int, read: RowRead) -> RowRead:
        """A kept row with what it tells of one more vehicle; `number` counts them from 1."""
        if read.record is None:
            return read
        values, problems = self.values.read(row, cells)
        own = {self.values.by_field[field].letter for field in VEHICLE if field in self.values.by_field}
        doubts = [problem for problem in problems if problem.column in own and problem not in read.problems]
        record = read.record._replace(facts=read.record.facts + self._records.of_another(values, number))
        return read._replace(record=record, problems=(*read.problems, *doubts))

    def _entry(self, row: int, cells: tuple[str, ...], values: Values, problems: list[Problem]) -> RowRead:
        """A row that is no person: what it offers or lists, under what it is called."""
        label = values.words.get(self._template.row_key, "")
        if not label:
            return RowRead(row, cells, "skipped", None, ())
        problems, self._pending = self._pending + problems, []
        text = canon.canonical_json({**values.words, **values.numbers})
        record = Record((), (), (Entry(self._template.key, label, text),))
        return RowRead(row, cells, "kept", record, tuple(problems))

    def _is_subtotal(self, cells: tuple[str, ...], values: Values, own: IdReading) -> bool:
        """Whether a row names nobody and holds nothing but sums and counts: a subtotal without its word."""
        if (
            values.words.keys() - self.values.constants.keys()
            or own.kind != "missing"
            or not (values.numbers or UNCOMPUTED in cells)
        ):
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

    def _sharers(self, cells: tuple[str, ...]) -> list[tuple[str, IdReading]]:
        """Name and number of each of several persons in one cell, where there are as many of both."""
        called = [names.compact(word) for word in split_list(self.values.raw("name", cells))]
        numbers = split_list(self.values.raw("id", cells))
        readings = [idnumber.read(number, today=self._today) for number in numbers]
        sound = all(map(names.is_plausible, called)) and all(map(_usable, readings))
        return list(zip(called, readings, strict=True)) if sound and len(called) == len(readings) else []

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

    def _as_remarked(
        self, row: int, cells: tuple[str, ...], values: Values, record: Record, covered: bool
    ) -> tuple[Record, list[Problem]]:
        """A record as the remarks of its row leave it, and what is told of them."""
        over = self._remarks.is_over(cells, values) if covered else None
        if over is None:
            return record, self._remarks.notes(row, cells, values, record)
        record, notes = self._remarks.ended(row, values, record, over)
        if self._template.grouped and record.persons[0].role == "head":
            self._records.end_household(whole=owed(values.numbers) == 0)
        return record, notes


def _usable(own: IdReading) -> bool:
    """Whether an ID alone tells somebody: not when masked, scientific or a few odd characters."""
    if own.kind == "other":
        return len(own.value) >= 7 and any(letter.isdigit() for letter in own.value)
    return own.kind in _USABLE
