"""A department file opened for reading: what it is, how it is read, and its rows one by one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..errors import AidError, Problem
from ..model import Block, RowRead, SheetPlan
from .early import open_begun
from .formats.parts import PartSheet
from .formats.source import OLE2, ZIP, open_source
from .headers.baremonths import month_note
from .headers.coverage import Told, all_left, changes_told, leavers_said
from .headers.periods import (
    PeriodFound,
    column_note,
    find_period,
    lines_of,
    month_for,
    quarter_note,
    written_note,
)
from .headers.plan import Chosen, SheetPlanned, choose, preview
from .regions import Regions
from .rows.rowchecks import RowChecks
from .rows.rowreader import RowReader
from .rows.skiprows import no_result
from .rows.unread import UnreadColumns
from .rows.values import Values
from .templates import Template

_BLOCK = 2000
_LEAVERS = "taken_as_leavers"


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
        regions: Regions | None = None,
    ) -> None:
        self.path = path
        self.sha256 = sha256
        self.template = template
        self.template_hash = template.hash
        self.period = period
        self.period_from = period_from
        self.sheets: list[SheetPlan] = [one.public() for one in planned]
        self.skipped_sheets = list(skipped)
        self.planned = list(planned)
        self._today = today
        self._regions = regions

    @classmethod
    def of(
        cls,
        path: Path,
        sha256: str,
        chosen: Chosen,
        told: PeriodFound,
        skipped: Sequence[tuple[str, str]],
        today: date,
        regions: Regions | None,
    ) -> Reading:
        """A list for the period that was told, or for the month as which its kind takes a quarter.

        Raises `AidError` (``bad_period``) where its kind takes none.
        """
        month = month_for(chosen.template, told.period, path.name)
        reading = cls(
            path, sha256, chosen.template, month, told.told_by, chosen.sheets, skipped, today, regions
        )
        if month != told.period:
            reading.note(quarter_note(reading.sheets[0], told.period, month))
        if told.told_by == "column":
            reading.note(column_note(reading.sheets[0], month))
        if told.told_by == "written":
            reading.note(written_note(reading.sheets[0], month))
        if told.told_by in ("month", "term"):
            reading.note(month_note(reading.sheets[0], told))
        reading._tell_leavers()
        return reading

    def rows(self, sheet_index: int) -> Iterator[RowRead]:
        """Every row below the header of a sheet that is read, in order; blank rows at its end are left out."""
        return (row for row, _ in self.details(sheet_index))

    def blocks(self, sheet_index: int) -> Iterator[Block]:
        """The rows as `rows` gives them, many at a time, blank ones left out: what imports use."""
        planned = self.planned[sheet_index]
        return _blocks(self.path, self.template, self._reader(planned), planned)

    def changes_told(self) -> list[Told]:
        """What name and titles say of changes; nothing where the list may be whole."""
        return changes_told(self.path.stem, self._titles())

    def _titles(self) -> list[tuple[str, list[str]]]:
        return [(one.sheet.name, lines_of([one.titles])) for one in self.planned]

    @property
    def leaving(self) -> str:
        """What to say of a roster that lists those who left, whose rows are read so; '' for any other list."""
        notes = (one for one in self.planned[0].notes if one.code == _LEAVERS)
        return next((one.message for one in notes), "")

    def take_as_standing(self) -> None:
        """Reads a list as one of those who stand on the roster, whatever its name says."""
        notes = tuple(one for one in self.planned[0].notes if one.code != _LEAVERS)
        self.planned[0] = self.planned[0]._replace(notes=notes)
        self.planned = [one._replace(leaving=False) for one in self.planned]

    def _tell_leavers(self) -> None:
        """A roster whose name or titles say that all on it have left is read so, and that is told."""
        told = all_left(self.path.stem, self._titles()) if self.template.kind == "roster" else None
        if told is not None:
            self.planned = [one._replace(leaving=True) for one in self.planned]
            plan, message = self.sheets[0], leavers_said(told, self.period)
            self.note(Problem(plan.name, plan.header_row, "", told.word, "taken_as_leavers", message, "note"))

    def note(self, problem: Problem) -> None:
        """Adds a doubt about the list as a whole: it comes with the first row that is read."""
        first = self.planned[0]
        self.planned[0] = first._replace(notes=(*first.notes, problem))

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return self.path.stat().st_size

    @property
    def is_packed(self) -> bool:
        """Whether the file is a workbook of the kind that is compressed."""
        return self._begins(*ZIP)

    @property
    def can_be_read_elsewhere(self) -> bool:
        """Whether another process can open the file again: old and protected workbooks stay here."""
        return not self._begins(OLE2)

    def _begins(self, *signs: bytes) -> bool:
        with self.path.open("rb") as stream:
            return stream.read(8).startswith(signs)

    def task(self, sheet_index: int) -> SheetTask:
        """The reading of one sheet as something that another process can do."""
        planned = self.planned[sheet_index]
        return SheetTask(
            self.path,
            self.sha256,
            self.template,
            planned.unopened(),
            self.period,
            self._today,
            self._regions,
        )

    def let_go(self, sheet_index: int) -> None:
        """Frees what a text file holds in memory, once another process reads it."""
        if not self.is_packed:
            self.planned[sheet_index] = self.planned[sheet_index].unopened()

    def details(self, sheet_index: int) -> Iterator[tuple[RowRead, Values | None]]:
        """The rows as `rows` gives them, each with the values its cells were read as (None when blank)."""
        planned = self.planned[sheet_index]
        reader = self._reader(planned)
        checks = RowChecks(self.template, planned, reader.values, self.path)
        blank: list[int] = []
        for row, cells in self.planned[sheet_index].sheet.rows():
            if row <= self.sheets[sheet_index].header_row:
                continue
            if not cells:
                blank.append(row)
                continue
            for empty in blank:
                yield RowRead(empty, (), "skipped", None, ()), None
            blank.clear()
            read, values = reader.read(row, cells)
            yield checks.row(read), values
        if (last := checks.last()) is not None:
            yield last, None

    def no_result(self, sheet_index: int) -> str:
        """无相关信息, 未查询到 … where a sheet says that nothing was found; '' where no row does."""
        rows = (row.cells for row in self.rows(sheet_index) if row.outcome == "skipped" and row.cells)
        return next(filter(None, map(no_result, rows)), "")

    def _reader(self, planned: SheetPlanned) -> RowReader:
        return RowReader(self.template, planned, self.period, self._today, self.path, self._regions)


class SheetTask(NamedTuple):
    """One sheet to be read in another process, which opens the file for itself."""

    path: Path
    sha256: str
    template: Template
    planned: SheetPlanned
    period: str
    today: date
    regions: Regions | None

    def blocks(self) -> Iterator[Block]:
        """Raises `AidError` (``file_changed``) where the file is no longer the one that was opened."""
        found = open_begun(self.path)
        if found.sha256 != self.sha256:
            name = self.path.name
            raise AidError(
                "file_changed",
                f"“{name}”在读取时被改动了，没有导入",
                file=name,
                hint="请在 Excel 或 WPS 中关闭它，再导入一次",
            )
        sheet, held = found.sheets[self.planned.place], self.planned.sheet
        planned = self.planned._replace(sheet=held.of(sheet) if isinstance(held, PartSheet) else sheet)
        reader = RowReader(self.template, planned, self.period, self.today, self.path, self.regions)
        yield from _blocks(self.path, self.template, reader, planned)


def _blocks(path: Path, template: Template, reader: RowReader, planned: SheetPlanned) -> Iterator[Block]:
    below = ((row, cells) for row, cells in planned.sheet.rows() if row > planned.match.row and cells)
    unread = UnreadColumns(planned)
    checks = RowChecks(template, planned, reader.values, path)
    while rows := list(itertools.islice(below, _BLOCK)):
        yield checks.block(rows, reader)._replace(filled=unread.filled(rows))
    if (last := checks.last()) is not None:
        yield Block([], None, [(0, last)])


def open_file(
    path: Path,
    templates: Mapping[str, Template],
    *,
    source: str | None = None,
    sheets: Sequence[str] = (),
    period: str | None = None,
    today: date,
    password: Callable[[str], str | None] | None = None,
    regions: Regions | None = None,
) -> Reading:
    """Opens a department file and finds out how to read it.

    `source` is the key or label of a template, `period` ``YYYY-MM`` or ``YYYY-Qn``; birth dates after
    `today` are not valid. `password` is asked for the password of a file that has one, by the file's name;
    `regions` knows the district's townships and villages. Raises `AidError`: ``file_missing``, ``is_directory``, ``empty_file``,
    ``file_locked``, ``unreadable_workbook``, ``password_protected``, ``zip_bomb``, ``bad_sheet``,
    ``no_header``, ``wrong_template``, ``template_unknown``, ``template_ambiguous``, ``duplicate_columns``,
    ``period_unknown``, ``bad_period``, ``broken_quotes``.
    """
    opened = open_source(path, password)
    previews, skipped = preview(path, opened.sheets, sheets)
    chosen = choose(path, previews, templates, source)
    titles = lines_of(one.titles for one in chosen.sheets)
    parents = lines_of(one.parents for one in chosen.sheets)
    names_of_sheets = [one.sheet.name for one in chosen.sheets]
    found = find_period(period, path.name, path.stem, titles, names_of_sheets, today, parents)
    order = {sheet.name: place for place, sheet in enumerate(opened.sheets)}
    left_out = sorted(skipped + chosen.skipped, key=lambda item: order[item[0]])
    return Reading.of(path, opened.sha256, chosen, found, left_out, today, regions)
