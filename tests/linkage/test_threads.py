"""Slices in threads come to what one thread comes to, and shortcuts to what the long way says."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aidcli.linkage import candidates, kernel
from aidcli.linkage.features import MASKED, VALID, lay_out
from aidcli.linkage.hashing import hash_texts, sieve
from aidcli.linkage.keys import Keys
from aidcli.linkage.oddnumbers import masked_ids, odd_ids
from aidcli.linkage.scoring import load_model
from aidcli.linkage.threads import in_turn
from aidcli.model import Identity

LORE = load_model().lore
EMPTY = Identity(*[""] * len(Identity._fields))._replace(id_kind="missing")


def test_the_order_is_that_of_the_parts():
    assert in_turn(lambda one: one * 2, range(50), 3) == [one * 2 for one in range(50)]


def test_threads_find_and_compare_as_one_alone_does(monkeypatch):
    monkeypatch.setattr(kernel, "PORTION", 7)
    people = [
        EMPTY._replace(
            name=f"{'王李张'[row % 3]}{'秀英'[row % 2]}兰", birth=f"19{60 + row % 4}-03-04", village="上河村"
        )
        for row in range(40)
    ]
    called = EMPTY._replace(
        name="赵月", former_name="王秀兰", birth="1960-03-04"
    )  # found by what she was called
    features = lay_out([*people, called], [*["h"] * 20, *[""] * 21], LORE)
    side = np.arange(41) >= 20
    alone = candidates.find_candidates(features, side=side)
    pooled = candidates.find_candidates(features, side=side, workers=3)
    assert len(alone.left) > 40 and 40 in alone.right
    assert all((one == other).all() for one, other in zip(alone, pooled, strict=True))
    codes = kernel.compare(features, *alone)
    assert (codes == kernel.compare(features, *alone, workers=3)).all()


@given(st.lists(st.text("ab张𠮷\0", max_size=40), max_size=8))
def test_a_text_has_one_hash_whatever_stands_beside_it(texts):
    assert hash_texts(texts).tolist() == [int(hash_texts([text])[0]) for text in texts]


@given(st.lists(st.integers(0, 2**64 - 1)), st.lists(st.integers(0, 2**64 - 1)))
def test_a_sieve_loses_nobody(wanted, others):
    hashes = np.array([*others, *wanted], np.uint64)
    assert sieve(hashes, np.array(wanted, np.uint64))[len(others) :].all()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2**64 - 1) | st.integers(0, 3))))
def test_keys_stand_in_order_and_once(pairs):
    rows, keys = np.array([row for row, _ in pairs], np.int64), np.array([key for _, key in pairs], np.uint64)
    found = Keys.ordered(rows, keys)
    assert list(zip(found.keys.tolist(), found.rows.tolist(), strict=True)) == sorted(
        {(key, row) for row, key in pairs}
    )


NUMBER = "99010119620304101X"


@given(st.lists(st.tuples(st.text("01*", min_size=18, max_size=18), st.sets(st.integers(0, 17)))))
def test_masked_numbers_at_once_are_judged_as_one_by_one(pairs):
    numbers = [NUMBER if index % 2 else one for index, (one, _) in enumerate(pairs)]
    others = [
        "".join("*" if place in hidden else letter for place, letter in enumerate(number))
        for number, (_, hidden) in zip(numbers, pairs, strict=True)
    ]
    others = [other if "*" in other else "*" + other[1:] for other in others]
    alone = [odd_ids(VALID, number, MASKED, other) for number, other in zip(numbers, others, strict=True)]
    assert masked_ids(numbers, others).tolist() == alone
