"""What the rules see and say, and what is to be paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol


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
