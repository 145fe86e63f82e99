"""Single rows read again: the layout of a sheet as it was understood, kept, and rows read by it later.

So a corrected cell, or a row that comes back from its department, is read exactly as the file was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ...model import RowRead
from ..coercion.cells import NumberText
from ..formats.source import HeldSheet, Row
from ..headers.headings import Column, HeaderMatch
from ..headers.plan import SheetPlanned
from ..letters import column_letter, column_number
from ..reading import Reading
from ..regions import Regions
from ..templates import Template
from .persons.merged import filling

_LOST = re.compile(r"\d{16,}\Z|\d{4}\.1\Z", re.ASCII)


class Layout(NamedTuple):
    """How a sheet was understood. `headings` are all its columns in their order; money without a known
    heading beside the monthly sum makes `assume_total` false; `merges` are those that fill rows below;
    `above` are the rows over the header, which may tell what no column does; `leaving`: everybody on it left;
    `levels`: how many rows the header takes."""

    header_row: int
    headings: tuple[str, ...]
    columns: dict[str, tuple[int, str, str]]
    merges: tuple[tuple[int, int, int, int], ...]
    date1904: bool
    assume_total: bool
    above: tuple[tuple[str, ...], ...] = ()
    leaving: bool = False
    levels: int = 1

    def as_json(self) -> dict[str, object]:
        return dict(self._asdict())

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Layout:
        return cls(
            int(kept["header_row"]),
            tuple(kept["headings"]),
            {field: (int(place), str(h), str(unit)) for field, (place, h, unit) in kept["columns"].items()},
            tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in kept["merges"]),
            bool(kept["date1904"]),
            bool(kept["assume_total"]),
            tuple(tuple(cells) for cells in kept.get("above", ())),
            bool(kept.get("leaving")),
            int(kept.get("levels", 1)),
        )


def layout_of(reading: Reading, index: int) -> Layout:
    """How a sheet of an open file is understood."""
    planned = reading.planned[index]
    match = planned.match
    return Layout(
        match.row,
        tuple(heading.strip() for heading in match.headings),
        {field: (column.place, column.heading, column.unit) for field, column in planned.mapped().items()},
        tuple(
            (merge.first_row, merge.last_row, merge.first_column, merge.last_column)
            for merge in filling(reading.template, match, planned.sheet.merges, bool(planned.groups))
        ),
        planned.sheet.date1904,
        planned.unknown_money is None,
        planned.above,
        planned.leaving,
        match.levels,
    )


def reread(
    template: Template,
    layout: Layout,
    file: str,
    sheet: str,
    rows: Sequence[Row],
    period: str,
    today: date,
    regions: Regions | None = None,
) -> Iterator[RowRead]:
    """The rows, in their order and with merged cells filled, read as the `file` they come from was.

    Notes on the header, which came with the file's first row, are left out.
    """
    columns: dict[str, Column] = {}
    slots: dict[str, dict[str, Column]] = {}
    for written, (place, heading, unit) in layout.columns.items():
        field, _, number = written.partition("[")
        if field in template.fields:
            (slots.setdefault(number, {}) if number else columns)[field] = Column(place, heading, unit)
    match = HeaderMatch(layout.header_row, columns, (), (), (), layout.headings, (), levels=layout.levels)
    source = HeldSheet(sheet, layout.date1904, rows)
    stranger = None if layout.assume_total else Column(len(layout.headings), "", "")
    groups, leaving = tuple(slots.values()), layout.leaving
    planned = SheetPlanned(
        source, match, layout.headings, layout.above, (), stranger, groups, leaving=leaving
    )
    reading = Reading(Path(file), "", template, period, "option", [planned], (), today, regions)
    for read in reading.rows(0):
        problems = tuple(problem for problem in read.problems if problem.row == read.row)
        yield read._replace(problems=problems)


def as_cut(cell: str) -> str:
    """A cell that had lost digits as a number keeps saying so."""
    return NumberText(cell) if _LOST.match(cell) else cell


def letter_of(place: int) -> str:
    return column_letter(place + 1)


def place_of(letter: str) -> int:
    """The column of a letter, from 0."""
    return column_number(letter) - 1
