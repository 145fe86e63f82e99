"""The records that pass between rooms.

What streams in bulk is a `NamedTuple` (cheap to make, gone at once); objects are for households,
alerts and payments, one at a time. Money is integer fen, days are ISO text, months ``YYYY-MM``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from .errors import Problem

# ---------------------------------------------------------------- intake → tasks


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

    `month` is ``YYYY-MM`` or a period, `day` ISO, `fen` integer fen, `num` a count or grade,
    `code` a word from a closed list, `text` free text. What each kind uses stands in
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

    `odd` has (place in `cells`, what became of the row).
    """

    cells: list[tuple[int, tuple[str, ...]]]
    plain: PlainRows | None
    odd: list[tuple[int, RowRead]]


class SheetPlan(NamedTuple):
    """How one sheet is read. `columns`: field → (letter, heading as written, unit or '')."""

    name: str
    header_row: int
    columns: dict[str, tuple[str, str, str]]
    unmapped: tuple[str, ...]


# ---------------------------------------------------------------- tasks → linkage


class Mention(NamedTuple):
    """What matching looks at: the key, the canonical identity, and the person it would mint.

    `rank` 0: a whole number with a name on a roster, 1: the same elsewhere, 2: anything less. Mentions of
    rank 0 and 1 with one number and name share one `anchor`. `home` is the household in which a roster of
    assistance lists them, '' for who is on none.
    """

    key: str
    source: str
    identity: Identity
    rank: int
    anchor: str
    home: str = ""


# A key of the inverted index that more mentions share brings nobody together.
KEY_CAP = 300


class Judgement(NamedTuple):
    """A person's answer about two mentions, left < right; the one with the highest `seq` holds."""

    left: str
    right: str
    verdict: str  # same | different | unsure
    seq: int


class Link(NamedTuple):
    """A mention belongs to a person. status: own (mints the person), auto, confirmed."""

    mention: str
    person: str
    tier: str
    score: int
    code: str
    status: str


class Pair(NamedTuple):
    """Two mentions, left < right, that wait for a person's answer."""

    left: str
    right: str
    tier: str
    score: int
    code: str


# ---------------------------------------------------------------- tasks → monitoring, payments


class RosterPerson(NamedTuple):
    """A person on the roster that holds in a month (the latest full one up to it)."""

    person: str
    household: str
    programme: str
    residence: str
    mode: str
    month: str
    township: str
    village: str
    name: str
    relation: str
    is_head: bool
    sighting: int
    mention: str = ""
    batch: int = 0


class RosterHousehold(NamedTuple):
    """A household (or a 特困 person) on the roster that holds in a month, with its approved money.

    `amounts` maps pay items to fen a month; `total_fen` is the printed total, None when the cell was
    empty or unreadable.
    """

    household: str
    head: str
    head_name: str
    programme: str
    residence: str
    mode: str
    month: str
    township: str
    village: str
    case_number: str
    covered: int | None
    total_fen: int | None
    amounts: dict[str, int]
    account: str
    account_holder: str
    bank: str
    institution: str
    batch: int
    sighting: int
    mention: str = ""


class PersonFact(NamedTuple):
    """A fact about a matched person, with where it stands."""

    person: str
    name: str
    township: str
    village: str
    kind: str
    day: str
    month: str
    fen: int | None
    num: int | None
    code: str
    text: str
    source: str
    sighting: int


class PersonPaid(NamedTuple):
    """What was approved and not reversed for somebody, for one programme and month.

    `fen` is the money of `household` in this payment, whoever of the household it was for; `sighting` is the
    roster row that named the person.
    """

    person: str
    name: str
    township: str
    village: str
    programme: str
    month: str
    payment: str
    run: int
    household: str
    payee: str
    fen: int
    sighting: int


class MonitoringView(Protocol):
    """What the rules may ask of the database; `tasks` implements it, tests fake it."""

    def fact_kinds(self) -> frozenset[str]:
        """Kinds of fact that at least one kept file brought."""

    def roster(self) -> Iterator[RosterPerson]:
        """Everybody on the rosters that hold in the month looked at, in a fixed order."""

    def households(self) -> Iterator[RosterHousehold]:
        """Every household on those rosters, in a fixed order."""

    def facts(self, kind: str, first_day: str = "", last_day: str = "9999-12-31") -> Iterator[PersonFact]:
        """Facts of one kind about matched persons with `first_day` <= day <= `last_day`, fixed order."""

    def paid_twice(self) -> Iterator[PersonPaid]:
        """What was paid to those who have more than one payment of a programme for a month, fixed order."""


@dataclass(frozen=True, slots=True)
class Alert:
    """Something a person should look at. The identity is (rule, household, person, period, threshold).

    `evidence` lists sightings; `detail` holds what may grow without being news.
    """

    rule: str
    household: str
    person: str
    period: str
    threshold: str
    priority: int
    route: str
    department: str
    due: str
    reason: str
    citation: str
    evidence: tuple[int, ...]
    detail: dict[str, object]


@dataclass(frozen=True, slots=True)
class PayItem:
    """What one person gets under a payment: one programme, one item, one month.

    `household` is whose entitlement it is, `mention` the roster record that names the person: who that is
    may change as records are matched, the record does not.
    """

    person: str
    programme: str
    item: str
    month: str
    fen: int
    household: str = ""
    mention: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """One transfer to one payee. `kind` as in `terms.PAYMENT_KINDS`; `corrects` names a payment id."""

    id: str
    programme: str
    period: str
    household: str
    payee: str
    account: str
    bank: str
    fen: int
    kind: str
    items: tuple[PayItem, ...]
    township: str = ""
    village: str = ""
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A line of a run's question sheet: what the approver must look at before the money goes."""

    code: str
    household: str
    person: str
    payment: str
    text: str
    evidence: tuple[int, ...] = ()
