"""What intake hands on: the persons, facts and rows of a file."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ..errors import Problem


class Identity(NamedTuple):
    """A person as a source names them, in canonical form; '' for what the source does not say."""

    name: str
    id_kind: str
    id_value: str
    birth: str = ""
    sex: str = ""
    township: str = ""
    village: str = ""
    phone: str = ""
    former_name: str = ""
    row_key: str = ""


class Named(NamedTuple):
    """One person in one row. `ordinal` tells several persons of a role in one cell apart, from 0."""

    role: str
    ordinal: int
    identity: Identity


class Fact(NamedTuple):
    """One thing a row says of one of its persons (`person` is the index into `Record.persons`).

    `month` is ``YYYY-MM`` or a period, or ``YYYY`` where no more is told, `day` ISO, `fen` integer fen, `num` a count
    or grade, `code` a word from a closed list, `text` free text. What each kind uses stands in
    `intake.fields.FACT_KINDS`.
    """

    person: int
    kind: str
    n: int = 0
    month: str = ""
    day: str = ""
    fen: int | None = None
    num: int | None = None
    code: str = ""
    text: str = ""


class Entry(NamedTuple):
    """A row that is no person: a resource, a service on offer. `text` is a JSON object field → value."""

    kind: str  # key of the template
    label: str  # what the row calls it
    text: str


class Record(NamedTuple):
    """What one row yields: persons and facts, or an entry where a row is no person."""

    persons: tuple[Named, ...]
    facts: tuple[Fact, ...]
    entries: tuple[Entry, ...] = ()


class RowRead(NamedTuple):
    """One row as read: the original cells as text, and what became of it.

    `outcome`: ``kept`` (then `record` is set), ``set_aside``, or ``skipped`` (total, footer, unit or
    repeated header row, blank). `problems` may come with a kept row too (severity cell or note).
    """

    row: int
    cells: tuple[str, ...]
    outcome: Literal["kept", "set_aside", "skipped"]
    record: Record | None
    problems: tuple[Problem, ...]


class FactColumn(NamedTuple):
    """One thing that rows of a block say, each of its person: a slot is a list with an entry a row, or one
    value for all. `present` tells which rows say it, None: all. What the slots hold: see `Fact`.
    """

    kind: str
    n: int
    month: str | list[str]
    day: str | list[str]
    fen: list[int | None] | None
    num: list[int | None] | None
    code: str | list[str]
    text: str | list[str]
    present: list[bool] | None = None


class PlainRows(NamedTuple):
    """Rows in which nothing is odd, column by column: one person each.

    `identity` has the slots of `Identity`, each a list with an entry a row or one value for all.
    """

    rows: list[int]
    role: str | list[str]
    identity: tuple[str | list[str], ...]
    facts: list[FactColumn]


class Block(NamedTuple):
    """Some rows of a sheet in order: as they stand, the plain ones, and every other as it was read.

    `odd` has (place in `cells`, what became of the row); `filled`: columns that are not read, and were found to
    hold something here for the first time.
    """

    cells: list[tuple[int, tuple[str, ...]]]
    plain: PlainRows | None
    odd: list[tuple[int, RowRead]]
    filled: frozenset[int] = frozenset()


class SheetPlan(NamedTuple):
    """How one sheet is read. `columns`: field → (letter, heading as written, unit or '')."""

    name: str
    header_row: int
    columns: dict[str, tuple[str, str, str]]
    unmapped: tuple[str, ...]
