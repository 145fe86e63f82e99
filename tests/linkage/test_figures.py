"""Numbers are told apart by how often they have each figure, and never where they may be near."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from aidcli.linkage.figures import figures_of, may_be_near
from aidcli.linkage.oddnumbers import SLIPS

DIGITS = "0123456789"
numbers = st.builds("".join, st.tuples(*[st.sampled_from(DIGITS)] * 17, st.sampled_from(DIGITS + "X")))


def _packed(number: str) -> np.ndarray:
    tail = int(number[14:17]) * 11 + (10 if number[17] == "X" else int(number[17])) + 1
    return figures_of(np.array([int(number[:15])]), np.array([tail]))


@st.composite
def near_pairs(draw: st.DrawFn) -> tuple[str, str]:
    """A number and the same with figures changed, moved, or lost at one place and added at another."""
    number = draw(numbers)
    letters = list(number[:17])
    for _ in range(2):
        at, other = draw(st.integers(0, 15)), draw(st.integers(0, 15))
        slip = draw(st.sampled_from(["change", "swap", "move"]))
        if slip == "change":
            letters[at] = draw(st.sampled_from(DIGITS))
        elif slip == "swap":
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        else:
            letters.pop(at)
            letters.insert(other, draw(st.sampled_from(DIGITS)))
    return number, "".join(letters) + number[17]


@given(near_pairs())
def test_no_pair_within_the_slips_is_left_out(pair: tuple[str, str]) -> None:
    one, other = pair
    if OSA.distance(one, other) <= SLIPS:
        assert may_be_near(_packed(one), _packed(other), SLIPS).all()
        assert may_be_near(_packed(other), _packed(one), SLIPS).all()


@given(numbers, numbers)
def test_a_pair_is_left_out_by_the_figures_that_one_has_more_of(one: str, other: str) -> None:
    surplus = sum(max(one.count(digit) - other.count(digit), 0) for digit in DIGITS)
    assert may_be_near(_packed(one), _packed(other), SLIPS).all() == (surplus <= SLIPS)


def test_what_is_not_known_may_be_near() -> None:
    unknown, number = np.zeros(1, np.uint64), _packed("990101196203041234")
    assert may_be_near(unknown, number, SLIPS).all() and may_be_near(number, unknown, SLIPS).all()
