"""The rows of an open file into the database, with the keys that linkage gives the persons they name."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from ..errors import Problem
from ..linkage import anchor, mention_key
from ..model import Identity, Record
from ..store.batches import Keyed
from ..store.writing import BatchWriter, Packed
from .ahead import packed_blocks

if TYPE_CHECKING:
    from ..intake import Reading


TELL_EVERY = 20_000


def take(reading: Reading, writer: BatchWriter, tell: Callable[[int], None] | None = None) -> Counts:
    """Writes every row of every sheet that is read; tells `tell` now and then how many there were."""
    counts = Counts()
    with _no_collection():
        for number, plan in enumerate(reading.sheets):
            writer.sheet(number, plan)
            for block in packed_blocks(reading, number):
                writer.block(number, block, _keyed_rows(reading, number, block, counts))
                counts.add(block, tell)
                counts.unread.update((number, place) for place in block.filled)
    return counts


@contextmanager
def _no_collection() -> Iterator[None]:
    """No search for reference cycles meanwhile: millions of small tuples are made, and none has one."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _keyed_rows(reading: Reading, sheet: int, block: Packed, counts: Counts) -> list[list[Keyed]]:
    """The persons of the rows of a block that were read alone."""
    template = reading.template
    found: list[list[Keyed]] = []
    for _, read in block.odd:
        persons: list[Keyed] = []
        if read.record is not None:
            place = f"{reading.sha256}:{sheet}:{read.row}"
            persons = keyed(read.record, template.key, place, template.kind == "roster")
        found.append(persons)
        counts.note(persons, read.problems)
    return found


def keyed(record: Record, source: str, place: str, on_roster: bool = False) -> list[Keyed]:
    """The persons of a row with the keys that linkage gives them.

    `place` (file hash, sheet, row) becomes part of the key of those who have neither number nor row key.
    """
    result = []
    for named in record.persons:
        identity = named.identity
        nameless = identity.id_kind == "missing" and not identity.row_key
        where = f"{place}:{named.role}:{named.ordinal}" if nameless else ""
        result.append(Keyed(named, *_keys(source, identity, where, on_roster)))
    return result


@lru_cache(maxsize=50_000)
def _keys(source: str, identity: Identity, where: str, on_roster: bool) -> tuple[str, int, str]:
    """Mention key, anchor rank and anchor: the same person stands in many rows."""
    key = mention_key(source, identity, where)
    return key, *anchor(key, identity, on_roster)


class Counts:
    """What tells a file that is read wrongly from one that is merely dirty."""

    def __init__(self) -> None:
        self.ids = 0
        self.lost = 0
        self._rows = self._told = 0
        self.problems: list[Problem] = []
        self.unread: set[tuple[int, int]] = set()  # (sheet, column) of what holds something and is not read

    def add(self, block: Packed, tell: Callable[[int], None] | None) -> None:
        """Counts a block's rows; those that were read alone are noted one by one."""
        self.ids += len(block.plain.rows) if block.plain else 0
        self._rows += block.rows
        if tell is not None and self._rows - self._told >= TELL_EVERY:
            self._told = self._rows
            tell(self._rows)

    def note(self, persons: Sequence[Keyed], problems: Sequence[Problem]) -> None:
        for person in persons:
            kind = person.named.identity.id_kind
            self.ids += kind != "missing"
            self.lost += kind in ("cut", "scientific")
        self.problems.extend(problems)

    def example(self) -> str:
        """The first reasons for which rows were set aside."""
        rows = [p for p in self.problems if p.severity == "row"][:3]
        return "；".join(f"第{p.row}行{p.message}" for p in rows)
