from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidcli.linkage.differences import differing


@pytest.mark.parametrize(
    ("one", "other", "left", "right"),
    [
        ("王小明", "王晓明", [(1, 2)], [(1, 2)]),
        ("990101196001011234", "990101196002011244", [(11, 12), (16, 17)], [(11, 12), (16, 17)]),
        ("990101196001011", "990101196001011234", [], [(15, 18)]),
        ("王小明", "王明", [(1, 2)], []),
        ("刘秀萍之女", "刘秀萍", [(3, 5)], []),
        ("王明", "李大山", [(0, 2)], [(0, 3)]),
        ("劉偉", "刘伟", [], []),
        ("孟*峰", "孟晓锋", [(2, 3)], [(2, 3)]),
        ("990101********8059", "990101194511248059", [], []),
        ("", "王明", [], []),
        ("王明", "王明", [], []),
    ],
)
def test_what_differs_is_marked(
    one: str, other: str, left: list[tuple[int, int]], right: list[tuple[int, int]]
) -> None:
    marks = differing(one, other)
    assert (list(marks.left), list(marks.right)) == (left, right)


@given(st.text(alphabet="王李小晓明0123", max_size=6), st.text(alphabet="王李小晓明0123", max_size=6))
def test_what_is_not_marked_is_the_same_on_both_sides(one: str, other: str) -> None:
    marks = differing(one, other)
    assert differing(other, one) == (marks.right, marks.left)
    if one and other:
        kept = [
            "".join(sign for n, sign in enumerate(text) if not any(a <= n < b for a, b in spans))
            for text, spans in zip((one, other), marks, strict=True)
        ]
        assert kept[0] == kept[1]
        assert (marks == ((), ())) == (one == other)
