"""The grain of money as pure functions: payments carry items, items take claims, reversals free them.

A claim is (person, programme, item, month); beside it a household has one claim a programme and month.
Approving takes the claims of every payment at once or none, and only a reversal, once, frees them again.
`store/claims.py` holds the same law in SQL; a test plays both against each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..canon import content_key
from ..model import Payment

HOUSEHOLD = "household"


class Claim(NamedTuple):
    """What can be paid once. For a household `person` is its id and `item` is ``household``."""

    person: str
    programme: str
    item: str
    month: str


class Conflict(NamedTuple):
    """A payment that may not be approved beside another: the claim, whose it is, and why.

    `why` is ``taken`` (the same claim), ``household`` (the household has its money for the month) or
    ``exclusive`` (another programme that shuts this one out).
    """

    claim: Claim
    payment: str
    other: str
    why: str


def claims_of(payment: Payment) -> list[Claim]:
    """The claims that a payment takes when it is approved, persons' before households'; a reversal takes none."""
    if payment.kind == "reversal":
        return []
    persons = [Claim(i.person, i.programme, i.item, i.month) for i in payment.items]
    homes = {(i.household, i.programme, i.month) for i in payment.items if i.household}
    return persons + [Claim(home, programme, HOUSEHOLD, month) for home, programme, month in sorted(homes)]


def reversal_of(payment: Payment) -> Payment:
    """The payment that undoes one, item by item; raises `ValueError` for a reversal itself."""
    if payment.kind == "reversal":
        raise ValueError("a reversal is not reversed")
    return Payment(
        id=content_key("y", ("reversal", payment.id)),
        programme=payment.programme,
        period=payment.period,
        household=payment.household,
        payee=payment.payee,
        account=payment.account,
        bank=payment.bank,
        fen=-payment.fen,
        kind="reversal",
        items=tuple(replace(item, fen=-item.fen) for item in payment.items),
        township=payment.township,
        village=payment.village,
        corrects=payment.id,
    )


@dataclass(frozen=True)
class Ledger:
    """What is claimed, and by which payment. Every change gives a new ledger.

    `exclusive` holds pairs of programmes that one person may not have in one month, both ways round.
    `same` maps a person to whom they were found to be; unknown persons are themselves.
    """

    exclusive: frozenset[tuple[str, str]] = frozenset()
    claims: Mapping[Claim, str] = field(default_factory=dict)
    payments: Mapping[str, Payment] = field(default_factory=dict)
    reversed: frozenset[str] = frozenset()

    def conflicts(self, payments: Iterable[Payment], same: Mapping[str, str] | None = None) -> list[Conflict]:
        """What stands against approving these payments together, in the order given."""
        same = same or {}
        taken: dict[Claim, str] = {}
        programmes: dict[tuple[str, str], dict[str, str]] = {}

        def note(claim: Claim, payment: str) -> None:
            taken.setdefault(claim, payment)
            if claim.item != HOUSEHOLD:
                programmes.setdefault((claim.person, claim.month), {}).setdefault(claim.programme, payment)

        for claim, payment in self.claims.items():
            note(claim._replace(person=same.get(claim.person, claim.person)), payment)
        found = []
        for wanted in payments:
            for claim in claims_of(wanted):
                claim = claim._replace(person=same.get(claim.person, claim.person))
                if claim in taken:
                    why = "household" if claim.item == HOUSEHOLD else "taken"
                    found.append(Conflict(claim, wanted.id, taken[claim], why))
                for programme, other in programmes.get((claim.person, claim.month), {}).items():
                    if (claim.programme, programme) in self.exclusive:
                        found.append(Conflict(claim, wanted.id, other, "exclusive"))
                note(claim, wanted.id)
        return found

    def approve(self, payments: Collection[Payment], same: Mapping[str, str] | None = None) -> Ledger:
        """Takes the claims of all of them; raises `ValueError` when any conflicts."""
        found = self.conflicts(payments, same)
        if found:
            raise ValueError(found)
        claims = dict(self.claims)
        for payment in payments:
            claims.update((claim, payment.id) for claim in claims_of(payment))
        known = {**self.payments, **{p.id: p for p in payments}}
        return Ledger(self.exclusive, claims, known, self.reversed)

    def reverse(self, payment: str) -> Ledger:
        """Adds the reversal and frees the claims; raises `ValueError` when done before or unknown."""
        if payment in self.reversed or payment not in self.payments:
            raise ValueError(payment)
        undone = reversal_of(self.payments[payment])
        claims = {claim: by for claim, by in self.claims.items() if by != payment}
        known = {**self.payments, undone.id: undone}
        return Ledger(self.exclusive, claims, known, self.reversed | {payment})

    def paid(self) -> int:
        """Everything approved less everything reversed, in fen."""
        return sum(payment.fen for payment in self.payments.values())
