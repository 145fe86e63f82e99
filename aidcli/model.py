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
    `code` a word from a closed list, `text` free text. What each kind uses stands in `FACT_KINDS`.
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


FACT_KINDS: dict[str, str] = {
    "enrolled": "on a roster. code=programme, text=support mode or '', num=covered persons, month=period",
    "member": "belongs to a household on a roster. code=programme, text=relation as written, month=period",
    "case": "case or certificate number of the household. text=number, code=programme",
    "head": "whose household it is. text=canonical ID value of the head, code=kind of that ID",
    "residence": "code=urban|rural",
    "amount": "approved monthly money. code=pay item (terms.PAY_ITEMS), fen",
    "account": "where the money goes. text=account number, code=bank",
    "account_holder": "text=name of the holder",
    "household_size": "num=persons in the household",
    "institution": "text=name of the 供养机构",
    "care_grade": "code=terms.CARE_GRADES",
    "since": "month=first month of aid",
    "disability": "code=terms.DISABILITY_CATEGORIES, num=grade 1..4, text=state of the card",
    "death": "day=day of death, code=terms.DEATH_SOURCES; text=day of cremation or registration if told",
    "medical_total": "one settlement. day=settled, fen=all costs",
    "medical_self": "one settlement. day=settled, fen=个人负担总金额",
    "medical_excluded": "one settlement. day=settled, fen=全自费金额, a part of medical_self",
    "unemployed": "day=registered, code=registered|cancelled, text=reason",
    "pay_result": "answer of the bank. month=paid for, code=success|failed, fen, text=reason, day=booked",
}


class Record(NamedTuple):
    """What one row yields."""

    persons: tuple[Named, ...]
    facts: tuple[Fact, ...]


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
    rank 0 and 1 with one number and name share one `anchor`.
    """

    key: str
    source: str
    identity: Identity
    rank: int
    anchor: str


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
