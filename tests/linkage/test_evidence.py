"""The evidence code, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidcli.linkage.evidence import (
    BirthLevel,
    Evidence,
    HomeLevel,
    IdLevel,
    PhoneLevel,
    PlaceLevel,
    SexLevel,
    decode,
    encode,
)
from aidcli.linkage.namelevels import NameLevel
from aidcli.linkage.points import BANDS, LEVELS
from aidcli.linkage.scoring import Model, load_model, parse_model
from aidcli.linkage.wording import DOUBTS

EVIDENCE = st.builds(
    Evidence,
    *map(st.sampled_from, (IdLevel, NameLevel, BirthLevel, PlaceLevel, PhoneLevel, SexLevel, HomeLevel)),
    st.integers(0, BANDS - 1),
)

LOADED = load_model()
STORED = parse_model(LOADED.json)


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


@given(EVIDENCE)
def test_a_code_tells_the_evidence_that_it_was_made_of(evidence: Evidence) -> None:
    assert decode(evidence.code) == evidence
    assert len(f"{evidence.code:010}") == 10


@given(st.lists(EVIDENCE, min_size=1, max_size=20))
def test_many_codes_are_made_as_one(rows: list[Evidence]) -> None:
    columns = [np.array(column, np.int8) for column in zip(*rows, strict=True)]
    assert encode(*columns).tolist() == [row.code for row in rows]


@given(EVIDENCE, EVIDENCE)
def test_different_evidence_has_different_codes(one: Evidence, other: Evidence) -> None:
    assert (one.code == other.code) == (one == other)


def test_a_score_is_the_sum_of_the_lines_and_never_above_a_cap_that_holds(model: Model) -> None:
    points = model.data["points"]

    def plain(evidence: Evidence) -> int:
        parts = evidence._asdict()
        band, name = parts.pop("band"), parts.pop("name")
        return points["name"][name.name][band] + sum(
            points[key][level.name][0] for key, level in parts.items()
        )

    rows = [
        Evidence(*which, PlaceLevel.VILLAGE, PhoneLevel.MISSING, SexLevel.MISSING, home, 2)
        for *which, home in product(IdLevel, NameLevel, BirthLevel, HomeLevel)
    ]
    scores = model.scores(np.array([row.code for row in rows], np.int64)).tolist()
    seen = set()
    for evidence, score in zip(rows, scores, strict=True):
        parts = evidence._asdict()
        caps = [
            cap.at_most for cap in model.caps if all(parts[part] in among for part, among in cap.when.items())
        ]
        assert score == min([plain(evidence), *caps])
        seen.add(score < plain(evidence))
    assert seen == {True, False}


@given(st.lists(EVIDENCE, max_size=20))
def test_many_scores_are_those_of_each(rows: list[Evidence]) -> None:
    codes = np.array([row.code for row in rows], np.int64)
    assert LOADED.scores(codes).tolist() == [STORED.score(row.code) for row in rows]


@pytest.mark.parametrize("one_of", [NameLevel.INFANT, NameLevel.INFANT_ONE_OF])
def test_a_newborn_links_only_by_the_day_of_birth_and_one_of_several_never(
    model: Model, one_of: NameLevel
) -> None:
    for birth in set(BirthLevel) - {BirthLevel.SAME}:
        assert best(model, name=one_of, birth=birth) < model.auto
    assert (best(model, name=one_of) >= model.auto) == (one_of == NameLevel.INFANT)


@given(EVIDENCE)
def test_a_stored_epoch_scores_as_the_model_that_was_loaded(evidence: Evidence) -> None:
    assert STORED.score(evidence.code) == LOADED.score(evidence.code)


def test_a_stored_epoch_is_the_model_that_was_loaded() -> None:
    assert (STORED.hash, STORED.json, STORED.version) == (LOADED.hash, LOADED.json, LOADED.version)
    assert (STORED.auto, STORED.review, STORED.margin) == (LOADED.auto, LOADED.review, LOADED.margin)
    assert STORED.lore == LOADED.lore and STORED.caps == LOADED.caps


def test_tiers_by_points(model: Model) -> None:
    assert model.tier(model.auto) == "auto"
    assert model.tier(model.auto - 1) == model.tier(model.review) == "review"
    assert model.tier(model.review - 1) == ""


def telling(model: Model, part: str, levels: Iterable[Any]) -> list[object]:
    """Of the levels that the very same caps name, the one with the most points: no other scores higher."""
    found = {}
    for level in sorted(levels, key=lambda level: model.data["points"][part][level.name][-1]):
        found[tuple(level in cap.when.get(part, ()) for cap in model.caps)] = level
    return list(found.values())


def best(model: Model, **levels: object) -> int:
    """The highest score of all evidence with these levels; rarer names never count less."""
    parts = {
        "id": IdLevel, "name": NameLevel, "birth": BirthLevel, "place": PlaceLevel, "phone": PhoneLevel,
        "sex": SexLevel, "home": HomeLevel,
    }  # fmt: skip
    fixed = [[levels[key]] if key in levels else telling(model, key, values) for key, values in parts.items()]
    codes = np.array([Evidence(*row, band=BANDS - 1).code for row in product(*fixed)], np.int64)
    return int(model.scores(codes).max())


def test_a_name_alone_never_links_and_is_never_asked_about(model: Model) -> None:
    nothing = dict.fromkeys(("id", "birth", "place", "phone"), 0)
    assert best(model, home=HomeLevel.NONE, **nothing) < model.review


@pytest.mark.parametrize("name", [NameLevel.DIFFERENT, NameLevel.SURNAME, NameLevel.SIBLING, NameLevel.GIVEN])
def test_a_name_that_contradicts_never_links(model: Model, name: NameLevel) -> None:
    assert best(model, name=name) < model.auto


def test_two_whole_numbers_never_link_without_a_word_of_whose_the_number_is(model: Model) -> None:
    for home in (HomeLevel.NONE, HomeLevel.SAME):
        for phone in (PhoneLevel.MISSING, PhoneLevel.DIFFERENT):
            assert best(model, id=IdLevel.DIFFERENT_VALID, home=home, phone=phone) < model.review
        assert best(model, id=IdLevel.DIFFERENT_VALID, home=home) < model.auto
        assert best(model, id=IdLevel.NEAR_VALID, home=home) < model.auto


def test_two_whole_numbers_are_asked_about_only_where_name_and_telephone_are_the_same(model: Model) -> None:
    number = IdLevel.DIFFERENT_VALID
    newborn = {NameLevel.INFANT, NameLevel.INFANT_ONE_OF}  # the number is the mother's, as the row says
    for name in set(NameLevel) - {NameLevel.SAME, NameLevel.FORMER} - newborn:
        assert best(model, id=number, home=HomeLevel.NONE, name=name) < model.review
    assert best(model, id=number, home=HomeLevel.SAME) < model.review


def test_another_birth_date_links_only_by_a_number(model: Model) -> None:
    told = [IdLevel.SAME, IdLevel.SAME_OLD, IdLevel.OTHER_SAME, IdLevel.SLIP, IdLevel.SLIPS, IdLevel.CUT]
    told += [IdLevel.MASKED, IdLevel.MASKED_HEAD]
    for level in set(IdLevel) - set(told):
        assert best(model, id=level, birth=BirthLevel.DIFFERENT) < model.auto


@pytest.mark.parametrize(("question", "when"), DOUBTS)
def test_what_is_told_as_a_question_never_links_by_itself(
    model: Model, question: str, when: dict[str, tuple[int, ...]]
) -> None:
    assert question
    levels = {part: LEVELS[part] for part in when}
    for row in product(*(when[part] for part in when)):
        fixed = {part: levels[part](level) for part, level in zip(when, row, strict=True)}
        assert best(model, **fixed) < model.auto, fixed
