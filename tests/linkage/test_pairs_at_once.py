"""What is worked out for many pairs at once is what one would say of each."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aidcli.linkage.evidence import BirthLevel
from aidcli.linkage.kernel import _days
from aidcli.linkage.keys import Keys
from aidcli.linkage.namebook import NameBook
from aidcli.linkage.namelevels import NameLevel, compare_names
from aidcli.linkage.scoring import load_model

LORE = load_model().lore
given_names = st.lists(st.sampled_from("芳伟扎西顿珠"), min_size=1, max_size=3).map("".join)


@settings(max_examples=40)
@given(st.lists(st.tuples(given_names, given_names), min_size=1, max_size=30))
def test_a_name_is_short_where_one_letter_is_missing_or_the_second_half(pairs: list[tuple[str, str]]) -> None:
    names = [("王" + one, "王" + other) for one, other in pairs]
    book = NameBook(dict.fromkeys(["", *(name for pair in names for name in pair)]), LORE)
    place = {name: at for at, name in enumerate(book.raw)}
    left, right = (np.array([place[pair[side]] for pair in names]) for side in (0, 1))
    for pair, level in zip(names, compare_names(book, left, right).tolist(), strict=True):
        short, long = sorted(pair, key=len)
        rest = iter(long)
        within = all(letter in rest for letter in short)
        missing = len(long) - len(short)
        is_short = (missing == 1 and within) or (missing == 2 and len(short) == 2 and long.startswith(short))
        assert (level == NameLevel.SHORT) == is_short, pair


dates = st.builds("{:04}{:02}{:02}".format, st.integers(1930, 2020), st.integers(1, 12), st.integers(1, 28))


@given(dates, st.integers(0, 7), st.integers(0, 7), st.sampled_from("0123456789"))
def test_a_date_with_one_figure_wrong_or_two_swapped_is_near(day: str, at: int, to: int, figure: str) -> None:
    changed = day[:at] + figure + day[at + 1 :]
    swapped = day[:to] + day[to : to + 2][::-1] + day[to + 2 :]
    for other in (changed, swapped):
        if "00" in (other[4:6], other[6:]):
            continue
        years = abs(int(day[:4]) - int(other[:4]))
        expected = (
            BirthLevel.SAME if day == other else BirthLevel.NEAR if years < 10 else BirthLevel.DIFFERENT
        )
        for one, its in ((day, other), (other, day)):
            assert _days(np.array([int(one)]), np.array([int(its)])).tolist() == [expected]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 2**64 - 1) | st.integers(1, 3)), max_size=50))
def test_keys_come_in_their_order_each_once(told: list[tuple[int, int]]) -> None:
    rows, keys = np.array([row for row, _ in told], np.int64), np.array([key for _, key in told], np.uint64)
    expected = sorted({(key, row) for row, key in told})
    for workers in (1, 2):
        found = Keys.ordered(rows, keys, workers)
        assert list(zip(found.keys.tolist(), found.rows.tolist(), strict=True)) == expected
