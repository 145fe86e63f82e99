"""The packed index says what a table of (key, mention) would say, whatever came, went and came again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import examples

from aidcli.store import Actor, Session, create, index
from aidcli.store.index import Index

ACTOR = Actor("测试员", "tester", "host", "test", "2026-01-01T00:00:00")
BIG = 2**64 - 1  # keys are unsigned

# What happens: some mentions come with keys, some go.
COMES = st.dictionaries(
    st.integers(1, 9), st.lists(st.sampled_from((1, 2, 3, 7, BIG)), min_size=1, max_size=4)
)
STEPS = st.lists(st.tuples(COMES, st.sets(st.integers(1, 9))), max_size=8)


def _run(keyed: Sequence[tuple[int, int]]) -> Index:
    keys, mentions = zip(*keyed, strict=True) if keyed else ((), ())
    return Index(np.array(keys, np.uint64), np.array(mentions, np.int64))


def _list(session: Session, numbers: set[int]) -> None:
    session.conn.execute("CREATE TEMP TABLE IF NOT EXISTS gone (id INTEGER PRIMARY KEY)")
    session.conn.execute("DELETE FROM gone")
    session.conn.executemany("INSERT INTO gone VALUES (?)", [(number,) for number in sorted(numbers)])


@settings(max_examples=examples(40, 300), deadline=None)
@given(steps=STEPS, keys=st.sets(st.sampled_from((0, 1, 2, 3, 7, BIG))))
def test_the_index_holds_what_came_and_has_not_gone(
    steps: list[tuple[dict[int, list[int]], set[int]]],
    keys: set[int],
    tmp_path_factory: object,
) -> None:
    session = create(Path(tmp_path_factory.mktemp("index")) / "aid.db", ACTOR)  # type: ignore[attr-defined]
    known: set[tuple[int, int]] = set()
    for comes, goes in steps:
        there = {mention for _, mention in known}
        new = [(key, mention) for mention, keys_ in comes.items() if mention not in there for key in keys_]
        if new:
            index.append(session, _run(sorted(set(new))))
        known |= set(new)
        _list(session, goes)
        index.forget(session, "gone")
        known = {(key, mention) for key, mention in known if mention not in goes}
    held = index.load(session)
    assert held.keys.tolist() == sorted(held.keys.tolist())
    assert sorted(zip(held.keys.tolist(), held.mentions.tolist(), strict=True)) == sorted(known)
    asked = np.array(sorted(keys), np.uint64)
    assert held.sizes(asked).tolist() == [sum(one == key for one, _ in known) for key in sorted(keys)]
    assert sorted(held.sharing(asked).tolist()) == sorted(mention for key, mention in known if key in keys)
    some = held.of(np.array([1, 2, 3], np.int64))
    assert set(zip(some.keys.tolist(), some.mentions.tolist(), strict=True)) == {
        (key, mention) for key, mention in known if mention in (1, 2, 3)
    }
    session.close()


def test_runs_are_put_together_so_that_there_are_few(tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    for number in range(200):
        index.append(session, _run([(number % 7, number + 1)]))
    assert session.conn.execute("SELECT count(*) FROM block").fetchone()[0] <= 8
    assert len(index.load(session).keys) == 200


def test_nothing_is_left_of_an_index_whose_mentions_are_all_gone(tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    index.append(session, _run([(5, 1), (6, 2)]))
    _list(session, {1, 2})
    index.forget(session, "gone")
    for table in ("block", "block_gone"):
        assert session.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
