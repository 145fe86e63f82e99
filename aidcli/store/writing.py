"""The rows of one file into the tables: original rows, mentions, sightings, facts, set-aside cells."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from itertools import compress, repeat
from typing import Any, NamedTuple

from ..model import Entry, PlainRows, RowRead, SheetPlan
from ..terms import LISTING
from .batches import BatchHead, Keyed
from .bulk import insert
from .deferred import Deferred
from .session import Session

Keys = tuple[str, int, str]  # mention key, anchor rank, anchor
KeysOf = Callable[[Sequence[tuple[str, ...]]], list[Keys]]

_REMEMBERED = 400_000
_MENTION = "INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Packed(NamedTuple):
    """A block of rows as it is kept: how many, from which row to which, the originals packed, the rest as in
    `model.Block`.
    """

    rows: int
    first: int
    last: int
    originals: bytes
    plain: PlainRows | None
    odd: list[tuple[int, RowRead]]
    filled: frozenset[int] = frozenset()


class BatchWriter:
    """Writes one file's rows in blocks; counts as it goes. Lives inside one transaction.

    `keys_of` tells the keys of persons of plain rows, who all have a number.
    """

    def __init__(
        self, session: Session, head: BatchHead, at: str, operator: str, seq: int, keys_of: KeysOf
    ) -> None:
        self._conn = session.conn
        cursor = self._conn.execute(
            "INSERT INTO batch (source, source_label, kind, programme, file, sha256, template_hash, period, "
            "coverage, imported_at, operator, imported_seq, rows_read, rows_kept, rows_set_aside, status) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 'kept')",
            (*head, at, operator, seq),
        )
        self.id = int(cursor.lastrowid or 0)
        self._source = head.source
        self._keys_of = keys_of
        self._first_mention = self._next_mention = _next_id(session, "mention")
        self._next_sighting = _next_id(session, "sighting")
        # keys hold the source: only a source seen before can have one of them already
        seen = self._conn.execute("SELECT 1 FROM mention WHERE source = ? LIMIT 1", (head.source,)).fetchone()
        self._seen_before = seen is not None
        self._known: dict[str, int] = {}
        self._recent: dict[tuple[str, ...], int] = {}
        self._deferred = Deferred(session, self._next_sighting, keep_keys=self._seen_before)
        self._kinds: set[str] = set()
        self.townships: set[str] = set()
        self.rosters: set[tuple[str, str]] = set()  # (programme, month) of whom it lists or says to have left
        self.rows_read = self.rows_kept = self.rows_set_aside = 0

    def sheet(self, number: int, plan: SheetPlan) -> None:
        self._conn.execute(
            "INSERT INTO batch_sheet VALUES (?, ?, ?, ?, ?)",
            (self.id, number, plan.name, plan.header_row, json.dumps(plan.columns, ensure_ascii=False)),
        )

    def block(self, sheet_no: int, block: Packed, odd: Sequence[Sequence[Keyed]]) -> None:
        """Some rows with their original cells; `odd` has the persons of ``block.odd`` in the same order."""
        if block.rows:
            self._conn.execute(
                "INSERT INTO raw_chunk VALUES (?, ?, ?, ?, ?)",
                (self.id, sheet_no, block.first, block.last, block.originals),
            )
        persons = {place: len(keyed) for (place, _), keyed in zip(block.odd, odd, strict=True)}
        first = self._next_sighting
        numbers = _sighting_numbers(block.rows, persons, first)
        self._next_sighting = numbers[-1]
        if block.plain is not None:
            places = numbers[:-1]
            if persons:
                places = [numbers[place] for place in range(block.rows) if place not in persons]
            self._plain(sheet_no, block.plain, places)
        if block.odd:
            self._odd(sheet_no, block.odd, odd, numbers)
        self._deferred.consider(self._next_sighting)

    def finish(self, scope: Iterable[str]) -> None:
        """What is written once all rows are: scope, counts, indexes that waited."""
        self._conn.execute(
            "INSERT INTO dirty SELECT id, 1 FROM mention WHERE id >= ?", (self._first_mention,)
        )
        self._deferred.restore()
        self._conn.executemany(
            "INSERT OR IGNORE INTO fact_kind VALUES (?)", [(kind,) for kind in sorted(self._kinds)]
        )
        self._conn.executemany(
            "INSERT INTO batch_scope VALUES (?, ?)", [(self.id, township) for township in sorted(set(scope))]
        )
        self._conn.execute(
            "UPDATE batch SET rows_read = ?, rows_kept = ?, rows_set_aside = ? WHERE id = ?",
            (self.rows_read, self.rows_kept, self.rows_set_aside, self.id),
        )

    # ------------------------------------------------------------ plain rows

    def _plain(self, sheet_no: int, plain: PlainRows, sightings: Sequence[int]) -> None:
        count = len(plain.rows)
        self.rows_read += count
        self.rows_kept += count
        township = plain.identity[5]
        self.townships.update(township if isinstance(township, list) else (township,))
        mentions = self._mentions(plain)
        insert(self._conn, "sighting", (sightings, self.id, sheet_no, plain.rows, 0, plain.role, mentions))
        for kind, n, *slots, present in plain.facts:
            insert(self._conn, "fact", (kind, sightings, n, *slots), present)
            if present is None or any(present):
                self._kinds.add(kind)
                if kind in LISTING:
                    self._listed(slots[4], slots[0], present or repeat(True, count))

    def _listed(self, codes: Any, months: Any, present: Iterable[bool]) -> None:
        """Remembers which rosters a column of facts speaks of; either slot may be one value for all."""
        columns = [slot if isinstance(slot, list) else repeat(slot) for slot in (codes, months)]
        self.rosters.update(compress(zip(*columns, strict=False), present))

    def _mentions(self, plain: PlainRows) -> list[int]:
        """The mention of each plain row; those never seen are written."""
        count = len(plain.rows)
        columns = [slot if isinstance(slot, list) else repeat(slot, count) for slot in plain.identity]
        identities: list[tuple[str, ...]] = list(zip(*columns, strict=True))
        recent = self._recent
        fresh = [identity for identity in dict.fromkeys(identities) if identity not in recent]
        if len(recent) + len(fresh) > _REMEMBERED:
            recent.clear()
            fresh = list(dict.fromkeys(identities))
        if fresh:
            keys = self._keys_of(fresh)
            self._find_known([key for key, _, _ in keys])
            known, new = self._known, []
            for identity, (key, rank, anchor) in zip(fresh, keys, strict=True):
                number = known.get(key)
                if number is None:
                    number = known[key] = self._next_mention
                    self._next_mention += 1
                    new.append((number, key, *identity, anchor, rank))
                recent[identity] = number
            if new:
                ids, own, *told, anchors, ranks = zip(*new, strict=True)
                slots = [
                    column if isinstance(slot, list) else slot
                    for slot, column in zip(plain.identity, told, strict=True)
                ]
                insert(self._conn, "mention", (ids, own, self._source, *slots, anchors, ranks))
        return [recent[identity] for identity in identities]

    def _find_known(self, keys: Sequence[str]) -> None:
        """Looks up which of these mentions earlier files brought."""
        if self._seen_before:
            self._known.update(
                self._conn.execute(
                    "SELECT m.key, m.id FROM json_each(?) AS j JOIN mention AS m ON m.key = j.value",
                    (json.dumps([key for key in keys if key not in self._known]),),
                )
            )

    # ------------------------------------------------------------ rows read alone

    def _odd(
        self,
        sheet_no: int,
        odd: Sequence[tuple[int, RowRead]],
        persons: Sequence[Sequence[Keyed]],
        numbers: Sequence[int],
    ) -> None:
        """Rows that were read alone, in one go for the block."""
        self._find_known([person.key for keyed in persons for person in keyed])
        mentions: list[tuple[Any, ...]] = []
        sightings: list[tuple[Any, ...]] = []
        facts: list[tuple[Any, ...]] = []
        asides = []
        for (place, read), keyed in zip(odd, persons, strict=True):
            self.rows_read += read.outcome != "skipped"
            self.rows_set_aside += read.outcome == "set_aside"
            asides += [(p.row, p.column, p.code, p.value, p.message, p.severity) for p in read.problems]
            if read.record is None:
                continue
            self.rows_kept += 1
            first = numbers[place]
            for number, person in enumerate(keyed, start=first):
                named = person.named
                mention = self._mention(person, mentions)
                sightings.append((number, self.id, sheet_no, read.row, named.ordinal, named.role, mention))
                self.townships.add(named.identity.township)
            facts += [(kind, first + person, *slots) for person, kind, *slots in read.record.facts]
            self._entries(sheet_no, read.row, read.record.entries)
        conn = self._conn
        conn.executemany(
            f"INSERT OR IGNORE INTO aside VALUES ({self.id}, {int(sheet_no)}, ?, ?, ?, ?, ?, ?, NULL)", asides
        )
        conn.executemany(_MENTION, mentions)
        conn.executemany("INSERT INTO sighting VALUES (?, ?, ?, ?, ?, ?, ?)", sightings)
        conn.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", facts)
        self._kinds.update(fact[0] for fact in facts)
        self.rosters.update((str(fact[7]), str(fact[3])) for fact in facts if fact[0] in LISTING)

    def _entries(self, sheet_no: int, row: int, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._conn.execute(
                "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", (self.id, sheet_no, row, *entry)
            )

    def _mention(self, person: Keyed, new: list[tuple[Any, ...]]) -> int:
        """The number of a person's mention; one never seen joins those to be written."""
        number = self._known.get(person.key)
        if number is None:
            number = self._known[person.key] = self._next_mention
            self._next_mention += 1
            identity = person.named.identity
            new.append((number, person.key, self._source, *identity, person.anchor, person.anchor_rank))
        return number


def _sighting_numbers(rows: int, persons: dict[int, int], first: int) -> Sequence[int]:
    """The number of the first sighting of each row, and of the row after the last; plain rows have one."""
    if not persons:
        return range(first, first + rows + 1)
    numbers = [first]
    for place in range(rows):
        numbers.append(numbers[-1] + persons.get(place, 1))
    return numbers


def _next_id(session: Session, table: str) -> int:
    row = session.conn.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()
    return int(row[0])
