"""The SQL text finds the very pairs that numpy finds, with the same household level: here run by SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import numpy as np
import pytest
from dirty_people import PEOPLE, identities, identity, mention, pools
from hypothesis import given, settings
from hypothesis import strategies as st

from aidcli.linkage import candidates
from aidcli.linkage.candidates import LARGEST_HOME, find_candidates
from aidcli.linkage.engines.emitted import HASHES, hash_columns, keys_by_row
from aidcli.linkage.engines.sql import CLAIMS, EACH_WITH_EACH, REGISTER, candidates_sql
from aidcli.linkage.features import Features, lay_out
from aidcli.linkage.scoring import Model, load_model
from aidcli.model import KEY_CAP, Mention

Found = set[tuple[int, int, int]]


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


def laid(mentions: Iterable[Mention], model: Model) -> Features:
    known = list(mentions)
    return lay_out([one.identity for one in known], [one.home for one in known], model.lore)


def by_numpy(features: Features, known: int | None) -> Found:
    side = None if known is None else np.arange(len(features)) >= known
    found = find_candidates(features, side=side)
    return set(zip(*(column.tolist() for column in found), strict=True))


def by_sql(features: Features, known: int | None, cap: int = KEY_CAP, largest: int = LARGEST_HOME) -> Found:
    sides = [
        EACH_WITH_EACH if known is None else REGISTER if place < known else CLAIMS
        for place in range(len(features))
    ]
    keys, ends = keys_by_row(features)
    columns = [column.tolist() for column in hash_columns(features).values()]
    con = sqlite3.connect(":memory:")
    con.execute("CREATE TABLE block_key (block INT, place INT, side INT, joins INT)")
    con.execute(f"CREATE TABLE record (place INT, side INT, joins INT, {', '.join(HASHES)})")
    for place, side in enumerate(sides):
        blocks = keys[ends[place] : ends[place + 1]].tolist()
        con.executemany("INSERT INTO block_key VALUES (?, ?, ?, ?)", [(one, place, *side) for one in blocks])
        told = (place, *side, *(column[place] for column in columns))
        con.execute(f"INSERT INTO record VALUES ({', '.join('?' * len(told))})", told)
    rows = con.execute(candidates_sql(cap=cap, largest=largest)).fetchall()
    con.close()
    assert len(rows) == len(set(rows))  # each pair once
    return set(rows)


@settings(deadline=None)
@given(pools(most=9), st.sampled_from((2, 3, 5, KEY_CAP)), st.sampled_from((1, 2, LARGEST_HOME)))
def test_all_with_all(pool: list[Mention], cap: int, largest: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "KEY_CAP", cap)
        patch.setattr(candidates, "LARGEST_HOME", largest)
        patch.setattr(candidates._matches, "__defaults__", (cap,))
        features = laid(pool, load_model())
        assert by_sql(features, None, cap, largest) == by_numpy(features, None)


@settings(deadline=None)
@given(pools(most=9))
def test_claims_with_the_register(pool: list[Mention]) -> None:
    known = sum(bool(one.home) for one in pool)  # these come first
    features = laid(pool, load_model())
    assert by_sql(features, known) == by_numpy(features, known)


@given(st.lists(identities(), min_size=2, max_size=6))
@settings(deadline=None)
def test_one_household_of_any_size(told: list[object]) -> None:
    pool = [mention(one, place, "h1" if place % 2 else "") for place, one in enumerate(told)]  # type: ignore[arg-type]
    features = laid(pool, load_model())
    assert by_sql(features, None) == by_numpy(features, None)


def test_every_household_level_is_found_by_both(model: Model) -> None:
    child, twin, mother, other = PEOPLE[1], PEOPLE[2], PEOPLE[0], PEOPLE[3]
    register = [
        mention(identity(one.name, one.id, "", one.village), n, one.home)
        for n, one in enumerate((child, twin, mother, other))
    ]
    claims = [
        mention(identity(child.name, mother.id, "", child.village), "guardian's number"),
        mention(identity(mother.name + "之子", "", "", mother.village), "no name yet"),
        mention(identity(other.name, mother.id, "2016-05-10", child.village), "a stranger with her number"),
    ]
    features = laid([*register, *claims], model)
    found = by_sql(features, None)
    assert {home for _, _, home in found} == {0, 1, 2, 3, 4}
    assert found == by_numpy(features, None)
    assert by_sql(features, len(register)) == by_numpy(features, len(register))


def test_a_key_that_too_many_share_brings_nobody_together(model: Model) -> None:
    phone = [mention(identity(name, "", "", "", "13900000009"), name) for name in ("赵一", "钱二", "孙三")]
    features = laid(phone, model)
    assert len(by_sql(features, None, cap=3)) == 3
    assert by_sql(features, None, cap=2) == set()


def test_both_sides_count_towards_the_cap(model: Model) -> None:
    rows = [mention(identity(name, "", "", "", "13900000009"), name) for name in ("赵一", "钱二", "孙三")]
    features = laid(rows, model)
    assert by_sql(features, 1, cap=3) == {(0, 1, 0), (0, 2, 0)}
    assert by_sql(features, 1, cap=2) == set()
