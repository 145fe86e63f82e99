"""The grain of money: whatever is approved and reversed, nothing is paid twice and no fen appears."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidcli.model import PayItem, Payment
from aidcli.payments import Claim, Ledger, claims_of, reversal_of

EXCLUSIVE = frozenset({("dibao", "tekun"), ("tekun", "dibao")})


def payment(
    number: str, *items: tuple[str, str, int], programme: str = "dibao", month: str = "2026-10"
) -> Payment:
    rows = tuple(PayItem(person, programme, item, month, fen) for person, item, fen in items)
    return Payment(number, programme, month, "h-1", "甲", "1", "", sum(r.fen for r in rows), "regular", rows)


@st.composite
def payments(draw: st.DrawFn) -> list[Payment]:
    made = []
    for n in range(draw(st.integers(1, 8))):
        programme = draw(st.sampled_from(["dibao", "tekun"]))
        month = draw(st.sampled_from(["2026-10", "2026-11"]))
        people = draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True))
        items = [(person, "base", draw(st.integers(0, 100_000))) for person in people]
        made.append(payment(f"y-{n}", *items, programme=programme, month=month))
    return made


@given(payments(), st.data())
def test_no_claim_is_ever_held_twice_and_sums_tie(made: list[Payment], data: st.DataObject) -> None:
    ledger = Ledger(EXCLUSIVE)
    approved: dict[str, Payment] = {}
    for one in made:
        if ledger.conflicts([one]):
            with pytest.raises(ValueError):
                ledger.approve([one])
        else:
            ledger = ledger.approve([one])
            approved[one.id] = one
        if approved and data.draw(st.booleans()):
            number = data.draw(st.sampled_from(sorted(approved)))
            ledger = ledger.reverse(number)
            del approved[number]
        assert ledger.paid() == sum(p.fen for p in approved.values())
        expected = [claim for p in approved.values() for claim in claims_of(p)]
        assert sorted(ledger.claims) == sorted(expected)
        assert len(set(expected)) == len(expected)
        held = {(c.person, c.month, c.programme) for c in ledger.claims}
        assert not any((p, m, "dibao") in held and (p, m, "tekun") in held for p, m, _ in held)


@given(payments())
def test_a_reversal_mirrors_every_item_and_frees_exactly_its_claims(made: list[Payment]) -> None:
    first = made[0]
    ledger = Ledger().approve([first])
    undone = reversal_of(first)
    assert undone.fen == -first.fen == sum(item.fen for item in undone.items)
    assert undone.corrects == first.id and claims_of(undone) == []
    after = ledger.reverse(first.id)
    assert after.claims == {} and after.paid() == 0
    assert after.approve([first.__class__(**{**_fields(first), "id": "y-again"})]).paid() == first.fen


def test_a_payment_is_reversed_once() -> None:
    ledger = Ledger().approve([payment("y-1", ("a", "base", 5))]).reverse("y-1")
    with pytest.raises(ValueError):
        ledger.reverse("y-1")
    with pytest.raises(ValueError):
        reversal_of(reversal_of(payment("y-1", ("a", "base", 5))))


def test_the_same_claim_twice_in_one_run_is_a_conflict() -> None:
    found = Ledger().conflicts([payment("y-1", ("a", "base", 5)), payment("y-2", ("a", "base", 0))])
    assert [(c.payment, c.other, c.why) for c in found] == [("y-2", "y-1", "taken")]


def test_two_persons_found_to_be_one_cannot_both_be_paid() -> None:
    ledger = Ledger().approve([payment("y-1", ("a", "base", 5))])
    second = payment("y-2", ("b", "base", 5))
    assert ledger.conflicts([second]) == []
    found = ledger.conflicts([second], same={"a": "b"})
    assert found[0].claim == Claim("b", "dibao", "base", "2026-10")


def test_exclusive_programmes_shut_each_other_out_in_the_same_month_only() -> None:
    ledger = Ledger(EXCLUSIVE).approve([payment("y-1", ("a", "base", 5))])
    assert ledger.conflicts([payment("y-2", ("a", "living", 5), programme="tekun")])[0].why == "exclusive"
    assert ledger.conflicts([payment("y-3", ("a", "living", 5), programme="tekun", month="2026-11")]) == []


def _fields(one: Payment) -> dict[str, object]:
    return {name: getattr(one, name) for name in Payment.__slots__}
