"""The bet of the data model: any order of imports, undos and re-imports gives what one full run gives."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from roster_world import ACTOR, FileOfRecords, fingerprint, make_files, take_back, take_in

from aidcli.store import Session, create, links
from aidcli.tasks import matching

PEOPLE = 1000


def full_run(path: Path, files: list[FileOfRecords], judgements: list[tuple[str, str, str]]) -> Session:
    """Everything imported in the order of the list, matched once, judged, matched once more from nothing."""
    session = create(path, ACTOR)
    for file in files:
        take_in(session, file)
    matching.match(session, ACTOR)
    for left, right, verdict in judgements:
        matching.judge(session, ACTOR, left, right, verdict)
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
    chosen = [(a, b, random_.choice(("same", "different", "unsure"))) for a, b in random_.sample(pairs, 40)]
    linked = session.conn.execute(
        "SELECT min(m.key), max(m.key) FROM link AS l JOIN mention AS m ON m.id = l.mention_id "
        "GROUP BY l.person_id HAVING count(*) > 2 ORDER BY 1"
    ).fetchall()
    chosen += [(a, b, "different") for a, b in random_.sample(linked, 20)]
    return chosen


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("full")
    files = make_files(7, PEOPLE)
    first = full_run(folder / "first.db", files, [])
    judgements = choose_judgements(first, 3)
    judged = full_run(folder / "judged.db", files, judgements)
    return files, judgements, fingerprint(first), fingerprint(judged)


def test_the_world_is_dirty_enough_to_prove_something(world) -> None:
    files, judgements, plain, judged = world
    assert len(files) == 30 and len(judgements) == 60
    assert len(plain["pairs"]) > 50
    assert len(plain["people"]) > 750
    assert {"own", "auto", "confirmed"} == {row[5] for row in judged["links"]}
    assert plain["people"] != judged["people"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shuffled_imports_with_undo_and_reimport_equal_one_full_run(tmp_path: Path, world, seed: int) -> None:
    files, judgements, _, expected = world
    random_ = random.Random(seed)
    session = create(tmp_path / "aid.db", ACTOR)
    waiting = random_.sample(files, len(files))
    answers = random_.sample(judgements, len(judgements))
    kept: dict[str, int] = {}
    while waiting or answers:
        roll = random_.random()
        if waiting and roll < 0.55:
            file = waiting.pop()
            kept[file.sha] = take_in(session, file)
        elif kept and roll < 0.65:
            name = random_.choice(sorted(kept))
            take_back(session, kept.pop(name))
            waiting.insert(0, next(f for f in files if f.sha == name))
        elif roll < 0.8:
            matching.match(session, ACTOR)
        elif answers:
            # An answer may come while one of its mentions is not (or no longer) in the database.
            matching.judge(session, ACTOR, *answers.pop())
    matching.match(session, ACTOR)
    got = fingerprint(session)
    for name in expected:
        assert got[name] == expected[name], name


def test_matching_again_changes_nothing(tmp_path: Path, world) -> None:
    files, _, expected, _ = world
    session = create(tmp_path / "aid.db", ACTOR)
    for file in files:
        take_in(session, file)
    first = matching.match(session, ACTOR)
    again = matching.match(session, ACTOR)
    assert (again.changed, again.new_pairs) == (0, 0)
    assert again[:4] == first[:4]
    assert fingerprint(session) == expected


def test_undo_of_everything_leaves_only_the_log(tmp_path: Path, world) -> None:
    files, judgements, _, _ = world
    session = create(tmp_path / "aid.db", ACTOR)
    kept = [take_in(session, file) for file in files[:6]]
    matching.match(session, ACTOR)
    for left, right, verdict in judgements[:5]:
        matching.judge(session, ACTOR, left, right, verdict)
    for batch in random.Random(5).sample(kept, len(kept)):
        take_back(session, batch)
    for table in ("mention", "sighting", "fact", "link", "pair", "person", "household", "block", "dirty"):
        assert session.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0, table
    assert len(links.judgements(session)) == 5


def test_a_person_keeps_the_id_when_departments_come_and_go(tmp_path: Path, world) -> None:
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
