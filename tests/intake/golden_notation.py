"""A made-up file and what is to be read from it, both as short text, so that a test can hold them whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from intake_files import id_number, read, text_file, xlsx

from aidcli.intake import Reading
from aidcli.model import Fact, Named, RowRead

_NUMBERS = {id_number(sequence): f"#{sequence}" for sequence in range(1, 30)}
_WRITTEN = {mark: number for number, mark in _NUMBERS.items()}


class Case(NamedTuple):
    """A file of a source.

    `columns` has one line a column: its heading, then the cell of each row, with ``|`` between; ``#1`` is the
    first invented number. `above` and `below` are rows round the table, each a line with ``|`` between cells.
    `expected` is what `told` says of it.
    """

    source: str
    file: str
    columns: str
    expected: str
    above: str = ""
    below: str = ""

    def rows(self) -> list[list[str]]:
        """The rows of the file."""
        table = [list(row) for row in zip(*_split(self.columns), strict=True)]
        return [*_split(self.above), *table, *_split(self.below)]

    def write(self, folder: Path) -> Path:
        """The file, as a workbook or as text in GB18030 by its name."""
        if self.file.endswith(".csv"):
            return text_file(folder / self.file, self.rows(), encoding="gb18030")
        return xlsx(folder / self.file, ("Sheet1", self.rows()))


def _split(text: str) -> list[list[str]]:
    lines = [line for line in text.split("\n") if line.strip()]
    return [[_cell(cell.strip()) for cell in line.split("|")] for line in lines]


def _cell(written: str) -> str:
    return _WRITTEN.get(written, written)


def check(case: Case, folder: Path) -> None:
    """The file is taken for what it is, among all templates, and read as expected."""
    reading, lines = told(case.write(folder))
    assert reading.template.key == case.source
    assert lines == [line.rstrip() for line in case.expected.split("\n") if line.strip()]


def told_of(folder: Path, name: str, table: Sequence[Sequence[object]], **options: object) -> list[str]:
    """Source and period of a file of these cells, and what is read of it, as `told` says it."""
    is_text = name.endswith((".csv", ".txt"))
    path = text_file(folder / name, table, "gb18030") if is_text else xlsx(folder / name, ("S", table))
    reading, lines = told(path, **options)
    return [f"{reading.template.key} {reading.period}", *lines]


def told(path: Path, **options: object) -> tuple[Reading, list[str]]:
    """A file as read: of each row kept its persons (or what it is called) and facts, then of others the doubts.

    ``head 张三 #1 东村`` is a person with the first invented number; a fact leaves out what it does not say,
    and the month where that is the file's; ``!`` goes before doubts, ``-`` before a row that was set aside.
    """
    reading = read(path, **options)
    rows = [row for index in range(len(reading.sheets)) for row in reading.rows(index)]
    return reading, [line for row in rows for line in _row(row, reading.period)]


def _row(row: RowRead, period: str) -> list[str]:
    doubts = " ".join(f"{problem.code}@{problem.column}" for problem in row.problems)
    if row.record is None:
        return [f"{'!' if row.outcome == 'skipped' else '-'} {doubts}"] if doubts else []
    first = " + ".join(_person(named) for named in row.record.persons)
    facts = [_fact(fact, period) for fact in row.record.facts]
    for entry in row.record.entries:
        first = f"{entry.kind} {entry.label}"
        facts += [f"{field}={word}" for field, word in sorted(json.loads(entry.text).items())]
    return [first + (f" ! {doubts}" if doubts else ""), *(f"  {fact}" for fact in facts)]


def _person(named: Named) -> str:
    who = named.identity
    number = _NUMBERS.get(who.id_value, who.id_kind) if who.id_kind == "valid" else who.id_kind
    words = [named.role, who.name, number, who.township, who.village, who.phone, who.row_key]
    return " ".join(word for word in words if word)


def _fact(fact: Fact, period: str) -> str:
    words = [f"{fact.person}:{fact.kind}" if fact.person else fact.kind]
    words += [fact.month] if fact.month != period else []
    words += [fact.day] if fact.day else []
    words += [f"{fact.fen}分"] if fact.fen is not None else []
    words += [f"×{int(fact.num)}"] if fact.num is not None else []
    words += [f"={fact.code}"] if fact.code else []
    words += [f"“{fact.text}”"] if fact.text else []
    return " ".join(words)
