"""The bet of the data model: any order of imports, undos and re-imports gives what one full run gives."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from answers_for_core import judge
from laws import examples
from roster_world import (
    ACTOR,
    Content,
    FileOfRecords,
    fingerprint,
    make_files,
    put_the_cap,
    take_back,
    take_in,
)

from aidcli.linkage.evidence import HomeLevel, decode
from aidcli.store import Session, create, links
from aidcli.tasks import matching

pytestmark = pytest.mark.law

HOUSEHOLDS = examples(36, 48)
ASKED, LINKED = examples(12, 30), examples(8, 20)  # answers at most


def full_run(path: Path, files: list[FileOfRecords], judgements: list[tuple[str, str, str]]) -> Session:
    """Everything imported in the order of the list, matched once, judged, matched once more from nothing."""
    session = create(path, ACTOR)
    for file in files:
        take_in(session, file)
    matching.match(session, ACTOR)
    for left, right, verdict in judgements:
        judge(session, ACTOR, left, right, verdict)
    with session.transaction(ACTOR):
        session.conn.execute("DELETE FROM link")
        session.conn.execute("DELETE FROM pair")
        session.conn.execute("DELETE FROM person")
        session.conn.execute("INSERT OR IGNORE INTO dirty (mention_id) SELECT id FROM mention")
        matching.rematch(session, ACTOR)
    return session


def choose_judgements(session: Session, seed: int) -> list[tuple[str, str, str]]:
    """Answers to some pending pairs, and some objections to automatic links."""
    random_ = random.Random(seed)
    pairs = session.conn.execute("SELECT left_key, right_key FROM pair ORDER BY 1, 2").fetchall()
    chosen = [
        (a, b, random_.choice(("same", "different", "unsure")))
        for a, b in random_.sample(pairs, min(ASKED, len(pairs)))
    ]
    linked = session.conn.execute(
        "SELECT min(m.key), max(m.key) FROM link AS l JOIN mention AS m ON m.id = l.mention_id "
        "GROUP BY l.person_id HAVING count(*) > 2 ORDER BY 1"
    ).fetchall()
    chosen += [
        (a, b, random_.choice(("different", "unsure")))
        for a, b in random_.sample(linked, min(LINKED, len(linked)))
    ]
    return chosen


class World(NamedTuple):
    """The files, the answers, and what a full run makes of them without and with these."""

    files: list[FileOfRecords]
    judgements: list[tuple[str, str, str]]
    plain: Content
    judged: Content


def make_world(folder: Path, seed: int, households: int) -> World:
    files = make_files(seed, households)
    first = full_run(folder / f"first{seed}.db", files, [])
    judgements = choose_judgements(first, seed)
    judged = full_run(folder / f"judged{seed}.db", files, judgements)
    return World(files, judgements, fingerprint(first), fingerprint(judged))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make_world(tmp_path_factory.mktemp("full"), 7, HOUSEHOLDS)


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """For each incremental matching, which part of all mentions it took in hand."""
    found: list[float] = []
    closure = matching._closure

    def counted(session: Session, *args: Any) -> Any:
        taken = closure(session, *args)
        found.append(len(taken[0]) / max(links.count_mentions(session), 1))
        return taken

    monkeypatch.setattr(matching, "_closure", counted)
    return found


def play(path: Path, world: World, seed: int) -> Content:
    """Imports, undos, re-imports, matches and answers as they come, until all is there and answered.

    Answers come before their records and after these are gone, are given wrongly first, and taken back.
    """
    random_ = random.Random(seed)
    session = create(path, ACTOR)
    waiting = random_.sample(world.files, len(world.files))
    answers = random_.sample(world.judgements, len(world.judgements))
    settled = {(left, right) for left, right, _ in answers}
    kept: dict[str, int] = {}
    while waiting or answers:
        roll = random_.random()
        if waiting and roll < 0.35:
            file = waiting.pop()
            kept[file.sha] = take_in(session, file)
        elif kept and roll < 0.45:
            name = random_.choice(sorted(kept))
            take_back(session, kept.pop(name))
            waiting.insert(0, next(f for f in world.files if f.sha == name))
        elif roll < 0.65:
            matching.match(session, ACTOR)
        elif roll < 0.75:
            asked = session.conn.execute("SELECT left_key, right_key FROM pair ORDER BY 1, 2").fetchall()
            free = [pair for pair in asked if pair not in settled]
            if free:
                pair = random_.choice(free)
                judge(session, ACTOR, *pair, random_.choice(("same", "different", "unsure")))
                answers.insert(random_.randint(0, len(answers)), (*pair, "withdrawn"))
        elif answers:
            left, right, verdict = answers.pop()
            if random_.random() < 0.2:
                judge(session, ACTOR, left, right, "same")
            judge(session, ACTOR, left, right, verdict)
    matching.match(session, ACTOR)
    return fingerprint(session)


def test_the_world_is_dirty_enough_to_prove_something(world: World) -> None:
    kinds = {row[3] for row in world.plain["mentions"]}
    assert kinds == {"valid", "missing", "masked", "bad_check", "scientific", "legacy15", "cut", "other"}
    linked = [decode(int(row[4])) for row in world.plain["links"] if row[5] == "auto"]
    asked = [decode(int(row[4])) for row in world.plain["pairs"]]
    assert {evidence.home for evidence in (*linked, *asked)} == set(HomeLevel)
    assert len({evidence.name for evidence in linked}) >= 4 and len({evidence.id for evidence in linked}) >= 9
    assert len(world.plain["pairs"]) > HOUSEHOLDS // 2 and len(world.plain["people"]) > 4 * HOUSEHOLDS
    assert {"own", "auto", "confirmed"} == {row[5] for row in world.judged["links"]}
    assert world.plain["people"] != world.judged["people"]
    homes: dict[str, set[str]] = {}
    for household, _, _, key, *_ in world.plain["members"]:
        homes.setdefault(str(key), set()).add(str(household))
    assert sum(len(found) > 1 for found in homes.values()) > HOUSEHOLDS // 3  # who moved between months


@pytest.mark.parametrize(("seed", "full_share"), [(3, 0.2), (2, 1.0)])
def test_shuffled_imports_with_undo_and_reimport_equal_one_full_run(
    tmp_path: Path,
    world: World,
    parts: list[float],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    full_share: float,
) -> None:
    monkeypatch.setattr(matching, "_FULL_SHARE", full_share)
    got = play(tmp_path / "aid.db", world, seed)
    for name in world.judged:
        assert got[name] == world.judged[name], name
    assert len(parts) > 30 and sum(part < 0.2 for part in parts) > 20


@pytest.mark.parametrize(("seed", "keys", "home"), [(1, 6, 60), (2, 4, 3)])
def test_keys_and_households_that_become_too_frequent_and_rare_again(
    tmp_path: Path,
    parts: list[float],
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    keys: int,
    home: int,
) -> None:
    put_the_cap(monkeypatch, keys, home)
    monkeypatch.setattr(matching, "_FULL_SHARE", 1.0)
    world = make_world(tmp_path, 20 + seed, 16)
    got = play(tmp_path / "aid.db", world, seed)
    for name in world.judged:
        assert got[name] == world.judged[name], name
    assert len(parts) > 30


def test_matching_again_changes_nothing(tmp_path: Path, world: World) -> None:
    files, _, expected, _ = world
    session = create(tmp_path / "aid.db", ACTOR)
    for file in files:
        take_in(session, file)
    first = matching.match(session, ACTOR)
    again = matching.match(session, ACTOR)
    assert (again.changed, again.new_pairs) == (0, 0)
    assert again[:4] == first[:4]
    assert fingerprint(session) == expected


def test_undo_of_everything_leaves_only_the_log(tmp_path: Path, world: World) -> None:
    files, judgements, _, _ = world
    session = create(tmp_path / "aid.db", ACTOR)
    kept = [take_in(session, file) for file in files[:6]]
    matching.match(session, ACTOR)
    for left, right, verdict in judgements[:5]:
        judge(session, ACTOR, left, right, verdict)
    for batch in random.Random(5).sample(kept, len(kept)):
        take_back(session, batch)
    for table in ("mention", "sighting", "fact", "link", "pair", "person", "household", "block", "dirty"):
        assert session.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0, table
    assert len(links.judgements(session)) == 5


def test_a_person_keeps_the_id_when_departments_come_and_go(tmp_path: Path, world: World) -> None:
    files, _, _, _ = world
    session = create(tmp_path / "aid.db", ACTOR)
    rosters = [file for file in files if file.kind == "roster"]
    for file in rosters[:4]:
        take_in(session, file)
    matching.match(session, ACTOR)
    before = dict(session.conn.execute("SELECT mention_id, person_id FROM link"))
    batches = [take_in(session, file) for file in files if file.kind == "department"]
    matching.match(session, ACTOR)
    during = dict(session.conn.execute("SELECT mention_id, person_id FROM link"))
    assert {m: during[m] for m in before} == before
    for batch in batches:
        take_back(session, batch)
    assert dict(session.conn.execute("SELECT mention_id, person_id FROM link")) == before
