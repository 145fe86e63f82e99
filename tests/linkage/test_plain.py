"""What is said without weighing is what weighing says."""

from __future__ import annotations

from operator import attrgetter

import numpy as np
import pytest
from dirty_people import pools
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples
from test_resolve import judged_pools

from aidcli.linkage import resolve as resolving
from aidcli.linkage.edges import Pool, edges_among
from aidcli.linkage.plain import Plain, plain_cases
from aidcli.linkage.resolve import resolve
from aidcli.linkage.scoring import load_model
from aidcli.model import Judgement, Mention, MentionColumns

MODEL = load_model()


def _weighing_all(mentions: MentionColumns, *_: object) -> Plain:
    nobody = np.zeros(0, np.int64)
    return Plain(nobody, [], [], np.ones(len(mentions.key), np.bool_))


def _plainly(pool: list[Mention]) -> Plain:
    mentions = MentionColumns.of(sorted(pool, key=attrgetter("key")))
    return plain_cases(mentions, [], MODEL, edges_among(Pool(mentions, MODEL), MODEL).strongest_first())


@settings(max_examples=examples(80, 1000), deadline=None)
@given(judged_pools())
def test_weighing_everybody_comes_to_the_same(case: tuple[list[Mention], list[Judgement]]) -> None:
    pool, judgements = case
    quick = resolve(pool, judgements, MODEL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resolving, "plain_cases", _weighing_all)
        slow = resolve(pool, judgements, MODEL)
    assert sorted(quick.links) == sorted(slow.links)
    assert quick.pairs == slow.pairs


@pytest.mark.parametrize("kind", ["alone", "links", "pairs"])
def test_every_plain_case_is_met_in_these_pools(kind: str) -> None:
    """So that the law above speaks of each of them."""
    from hypothesis import find

    assert find(pools(), lambda pool: len(getattr(_plainly(pool), kind)) > 0, random=None)


@settings(max_examples=examples(40, 400), deadline=None)
@given(pools(), st.data())
def test_whom_somebody_answered_about_is_weighed(pool: list[Mention], data: st.DataObject) -> None:
    mentions = MentionColumns.of(sorted(pool, key=attrgetter("key")))
    if len(pool) < 2:
        return
    pair = data.draw(st.tuples(*[st.integers(0, len(pool) - 1)] * 2).filter(lambda two: two[0] < two[1]))
    edges = edges_among(Pool(mentions, MODEL), MODEL).strongest_first()
    assert plain_cases(mentions, [pair], MODEL, edges).busy[list(pair)].all()
