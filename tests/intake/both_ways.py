"""A file as its importer sees it: rows read alone, and the same from blocks, in one form that compares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from aidcli.intake import Reading
from aidcli.model import Fact, FactColumn, Identity, Named, PlainRows


class Told(NamedTuple):
    """What one kept row says: its place, its persons, its facts in a fixed order."""

    sheet: int
    row: int
    persons: tuple[Named, ...]
    facts: tuple[Fact, ...]

    @property
    def content(self) -> tuple[tuple[Named, ...], tuple[Fact, ...]]:
        """What is said, wherever it stands."""
        return self.persons, self.facts


def told_by_rows(reading: Reading) -> list[Told]:
    """The kept rows of all sheets, each read alone."""
    return [
        Told(sheet, read.row, read.record.persons, in_order(read.record.facts))
        for sheet in range(len(reading.sheets))
        for read in reading.rows(sheet)
        if read.record is not None
    ]


def told_by_blocks(reading: Reading) -> list[Told]:
    """The kept rows of all sheets as imports take them: the plain ones together, the others alone."""
    found = []
    for sheet in range(len(reading.sheets)):
        for block in reading.blocks(sheet):
            if block.plain is not None:
                found += [Told(sheet, row, persons, facts) for row, persons, facts in plain_rows(block.plain)]
            found += [
                Told(sheet, read.row, read.record.persons, in_order(read.record.facts))
                for _, read in block.odd
                if read.record is not None
            ]
    return sorted(found, key=lambda told: told[:2])


def plain_rows(plain: PlainRows) -> Iterator[tuple[int, tuple[Named, ...], tuple[Fact, ...]]]:
    """The plain rows of a block as the row reader would tell them: row, person, facts."""
    for place, row in enumerate(plain.rows):
        role = plain.role if isinstance(plain.role, str) else plain.role[place]
        slots = [slot if isinstance(slot, str) else slot[place] for slot in plain.identity]
        facts = [
            _fact_at(column, place)
            for column in plain.facts
            if column.present is None or column.present[place]
        ]
        yield row, (Named(role, 0, Identity(*slots)),), in_order(facts)


def _fact_at(column: FactColumn, place: int) -> Fact:
    slots = [column.month, column.day, column.fen, column.num, column.code, column.text]
    month, day, fen, num, code, text = [slot[place] if isinstance(slot, list) else slot for slot in slots]
    return Fact(0, column.kind, column.n, month, day, fen, num, code, text)  # type: ignore[arg-type]


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts in an order of their own."""
    return tuple(sorted(facts, key=repr))
