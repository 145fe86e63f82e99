"""The rows of an open file into the database, with the keys that linkage gives the persons they name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ..errors import AidError, Problem
from ..linkage import anchor, mention_key
from ..model import Identity, Record
from ..store import Session, rows, superseding
from ..store.batches import BatchRow, Keyed
from ..store.writing import BatchWriter, Packed
from .ahead import packed_blocks

if TYPE_CHECKING:
    from ..intake import Reading


TELL_EVERY = 20_000
ENOUGH = 2  # of birth date, village and telephone, beside the name: so much tells the same person again
_PHONE_DIGITS = 7


def take(reading: Reading, writer: BatchWriter, tell: Callable[[int], None] | None = None) -> Counts:
    """Writes every row of every sheet that is read; tells `tell` now and then how many there were."""
    counts = Counts()
    seen: set[str] = set()
    for number, plan in enumerate(reading.sheets):
        writer.sheet(number, plan)
        for block in packed_blocks(reading, number):
            writer.block(number, block, _keyed_rows(reading, number, block, counts, seen))
            counts.add(block, tell)
            counts.unread.update((number, place) for place in block.filled)
    return counts


def _keyed_rows(
    reading: Reading, sheet: int, block: Packed, counts: Counts, seen: set[str]
) -> list[list[Keyed]]:
    """The persons of the rows of a block that were read alone."""
    template = reading.template
    found: list[list[Keyed]] = []
    for _, read in block.odd:
        persons: list[Keyed] = []
        if read.record is not None:
            place = f"{reading.sha256}:{sheet}:{read.row}"
            persons = keyed(read.record, template.key, place, template.kind == "roster", seen)
        found.append(persons)
        counts.note(persons, read.problems)
    return found


def keyed(
    record: Record, source: str, place: str, on_roster: bool = False, seen: set[str] | None = None
) -> list[Keyed]:
    """The persons of a row with the keys that linkage gives them.

    Who has neither number nor row key is known again by the words of the row where these tell enough; else
    `place` (file hash, sheet, row) is part of the key. So it is where a row further up in the same list says the
    very same, for these may be two people: `seen` holds the keys of such rows and grows.
    """
    result = []
    seen = set() if seen is None else seen
    for named in record.persons:
        identity, where = named.identity, ""
        if identity.id_kind == "missing" and not identity.row_key:
            words = _keys(source, identity, "", on_roster)[0] if _tells_enough(identity) else ""
            if not words or words in seen:
                where = f"{place}:{named.role}:{named.ordinal}"
            seen.add(words)
        result.append(Keyed(named, *_keys(source, identity, where, on_roster)))
    return result


def _tells_enough(identity: Identity) -> bool:
    """Whether somebody without a number is known again when a later list says the very same of them."""
    told = (
        len(identity.birth) == len("2026-01-01"),
        identity.village != "",
        sum(map(str.isdigit, identity.phone)) >= _PHONE_DIGITS,
    )
    return identity.name != "" and sum(told) >= ENOUGH


def settle(session: Session, base: BatchRow) -> None:
    """Gives the rows of a list and of its corrections the keys that they have when all is read at once.

    Of two rows in the same words the first is known by these. Which one that is may change when a row is put right
    or put back. To be swept after. Raises `AidError` (``row_paid``) where an approved payment stands on such a row.
    """
    content, seen = rows.content_of(session, base.id)[0], set[str]()
    others = []
    for one in rows.without_number(session, base.id):
        where = f"{content}:{one.place.sheet_no}:{one.first_row}"
        (now,) = keyed(Record((one.named,), ()), base.source, where, base.kind == "roster", seen)
        if now.key != one.key:
            others.append((one, now))
    for one, now in others:
        _refuse_paid(session, base, one)
        rows.rename(session, one, now.key, now.anchor, now.anchor_rank)


def _refuse_paid(session: Session, base: BatchRow, one: rows.Unnumbered) -> None:
    paid = superseding.paid_at(session, one.place)
    if paid:
        raise AidError(
            "row_paid",
            f"不能这样改：批次 b{base.id}第{one.first_row}行与改动的行写的是同样的姓名、出生日期等，"
            f"已审批的发放以它为依据，共{len(paid)}笔：{'、'.join(paid[:5])}",
            file=base.file,
            row=one.first_row,
            hint="先用 aidcli pay correct 冲销这些发放，再改",
        )


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
