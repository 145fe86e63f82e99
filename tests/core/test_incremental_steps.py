"""After every step, what stands there is what resolving everything at once would give: no step repairs another."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from answers_for_core import judge
from laws import examples
from roster_world import (
    ACTOR,
    FileOfRecords,
    at_once,
    make_files,
    put_the_cap,
    stored,
    take_back,
    take_in,
)
from small_steps import Out, go, listed, number, roster, someone

from aidcli.canon import content_key
from aidcli.store import Session, create
from aidcli.tasks import matching

# Households in the order of their ids: somebody listed in two in one month is of the first.
FIRST, SECOND = sorted(("C1", "C2"), key=lambda case: content_key("h", ("case", "dibao", case)))


@pytest.fixture(autouse=True)
def always_incremental(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_FULL_SHARE", 1.0)


# ---------------------------------------------------------------- a whole district, any steps


@pytest.mark.law
@pytest.mark.parametrize("seed", range(examples(2, 8)))
def test_any_steps(tmp_path: Path, seed: int) -> None:
    walk(tmp_path, seed, households=14)


@pytest.mark.law
@pytest.mark.parametrize(("seed", "keys", "home"), [(11, 3, 60), (12, 5, 3), (13, 6, 4)])
def test_any_steps_where_keys_and_households_become_too_frequent_and_rare_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, keys: int, home: int
) -> None:
    put_the_cap(monkeypatch, keys, home)
    walk(tmp_path, seed, households=12)


def walk(folder: Path, seed: int, households: int) -> None:
    random_ = random.Random(seed)
    files = make_files(seed, households)
    session = create(folder / "aid.db", ACTOR)
    matching.match(session, ACTOR)
    kept: dict[str, int] = {}
    for step in range(examples(24, 40)):
        roll = random_.random()
        out = [file for file in files if file.sha not in kept]
        if out and (roll < 0.4 or step < 6):
            for file in random_.sample(out, min(len(out), random_.randint(1, 2))):
                kept[file.sha] = take_in(session, file)
        elif kept and roll < 0.62:
            take_back(session, kept.pop(random_.choice(sorted(kept))))
        else:
            answer(session, random_)
        matching.match(session, ACTOR)
        assert stored(session) == at_once(session), step
    session.close()


def answer(session: Session, random_: random.Random) -> None:
    """About a pending pair, two records of one person, a pair that was answered before, or any two records."""
    query = random_.choice(
        (
            "SELECT left_key, right_key FROM pair ORDER BY 1, 2",
            "SELECT min(m.key), max(m.key) FROM link AS l JOIN mention AS m ON m.id = l.mention_id "
            "GROUP BY l.person_id HAVING count(*) > 1 ORDER BY 1",
            "SELECT DISTINCT left_key, right_key FROM judgement ORDER BY 1, 2",
            "SELECT key, lead(key, 7) OVER (ORDER BY key) AS other FROM mention ORDER BY other IS NULL, key LIMIT 20",
        )
    )
    pairs = [pair for pair in session.conn.execute(query) if None not in pair]
    if pairs:
        verdict = random_.choice(("same", "different", "unsure", "withdrawn"))
        judge(session, ACTOR, *random_.choice(pairs), verdict)


# ---------------------------------------------------------------- few people, one thing each


RECORD = someone("仇焕章", number("19620304", 11))
UNNUMBERED = someone("仇焕章", row="7")
OWNER = someone("赵大河", number("19500304", 11))
WOMAN = someone("王云凤", number("19560201", 12), village="西坡村")
MEMBER = someone("仇焕章", row="1")
MEMBER_AGAIN = someone("仇焕章", row="2")
WITH_OWNERS_NUMBER = listed("d", someone("仇焕章", number("19500304", 11)))
NEIGHBOURS = [someone(f"周{letter}", number(f"197{n}0101", 21)) for n, letter in enumerate("甲乙丙丁戊")]
ALIKE = [someone("仇焕章", number("19620304", 11), phone=f"1390000000{n}") for n in range(8)]
PARENT, INFANT = (
    someone("王秀兰", village="河东村", row="1"),
    someone("王秀兰之子", village="河东村", row="9"),
)

CASES: dict[str, list[FileOfRecords | Out]] = {
    "a parent whose name is hidden": [
        roster(
            "2026-01",
            (SECOND, someone("王*兰", village="河东村", row="1")),
            (SECOND, someone("王家宝", number("20250304", 11), village="河东村")),
        ),
        listed("d", someone("王*兰之子", village="河东村", row="9")),
    ],
    "one of two of a household moves": [
        roster("2026-01", (SECOND, RECORD), (SECOND, UNNUMBERED)),
        roster("2026-02", (FIRST, RECORD)),
        Out(roster("2026-02")),
    ],
    "the one without a number moves": [
        roster("2026-01", (SECOND, RECORD), (SECOND, UNNUMBERED)),
        roster("2026-02", (FIRST, UNNUMBERED)),
        Out(roster("2026-02")),
    ],
    "who is looked for over another's number moves": [
        roster("2026-01", (SECOND, OWNER), (SECOND, MEMBER)),
        WITH_OWNERS_NUMBER,
        roster("2026-02", (FIRST, MEMBER)),
        Out(roster("2026-02")),
    ],
    "whose number it is moves": [
        roster("2026-01", (SECOND, OWNER), (SECOND, MEMBER)),
        WITH_OWNERS_NUMBER,
        roster("2026-02", (FIRST, OWNER)),
        Out(roster("2026-02")),
    ],
    "the two are on lists of their own": [
        roster("2026-01", (SECOND, OWNER)),
        roster("2026-02", (SECOND, MEMBER)),
        WITH_OWNERS_NUMBER,
        roster("2026-03", (FIRST, MEMBER), (FIRST, MEMBER_AGAIN)),
        Out(roster("2026-03")),
        Out(roster("2026-01")),
    ],
    "the list with the other's number goes": [
        roster("2026-01", (SECOND, OWNER), (SECOND, MEMBER), (SECOND, MEMBER_AGAIN)),
        WITH_OWNERS_NUMBER,
        Out(WITH_OWNERS_NUMBER),
    ],
    "the parent moves": [
        roster("2026-01", (SECOND, PARENT), (SECOND, someone("王家宝", birth="2026-01-02", row="3"))),
        listed("d", INFANT._replace(birth="2026-01-02")),
        roster("2026-02", (FIRST, PARENT)),
        Out(listed("d")),
        Out(roster("2026-02")),
    ],
    "a month goes in which somebody was of another household": [
        roster("2026-02", (FIRST, RECORD), (FIRST, OWNER)),
        roster("2026-03", (SECOND, RECORD)),
        listed("d", UNNUMBERED),
        Out(roster("2026-03")),
    ],
    "a stranger's number, then the person's own": [
        roster("2026-01", (FIRST, OWNER), (SECOND, WOMAN)),
        listed("d", WOMAN._replace(id_value=OWNER.id_value)),
        listed("e", WOMAN._replace(village="")),
        Out(listed("d")),
    ],
}
CROWDED: dict[str, list[FileOfRecords | Out]] = {
    "a former name that sounds the same": [
        listed("d1", someone("王建民", village="河东村", row="2")),
        listed("d2", someone("王建民", village="河东村", row="3")),
        listed("d0", someone("王健民", village="河东村", former="王建岷", row="1")),
    ],
    "a household grows too large": [
        roster("2026-01", (SECOND, OWNER), (SECOND, MEMBER)),
        WITH_OWNERS_NUMBER,
        roster("2026-02", *((SECOND, who) for who in NEIGHBOURS)),
        Out(roster("2026-02")),
    ],
    "two of a household that grows too large": [
        roster("2026-01", (SECOND, RECORD), (SECOND, UNNUMBERED)),
        roster("2026-02", *((SECOND, who) for who in NEIGHBOURS)),
        Out(roster("2026-02")),
    ],
    "one number and name too often": [
        listed("a", *ALIKE[:2]),
        listed("b", ALIKE[2]),
        listed("c", *ALIKE[3:5]),
        listed("e", *ALIKE[5:]),
        Out(listed("c")),
        Out(listed("a")),
        Out(listed("e")),
    ],
}


@pytest.mark.parametrize("steps", CASES.values(), ids=CASES)
def test_small_steps(tmp_path: Path, steps: list[FileOfRecords | Out]) -> None:
    go(tmp_path, steps)


@pytest.mark.parametrize("steps", CROWDED.values(), ids=CROWDED)
def test_small_steps_over_the_cap_and_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: list[FileOfRecords | Out]
) -> None:
    put_the_cap(monkeypatch, 3, 3)
    go(tmp_path, steps)


def test_answers_about_one_number_and_name_that_stands_there_too_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_the_cap(monkeypatch, 3)
    session = create(tmp_path / "aid.db", ACTOR)
    for source, people in (("a", ALIKE[:2]), ("b", ALIKE[2:6]), ("c", ALIKE[6:])):
        last = take_in(session, listed(source, *people))
        matching.match(session, ACTOR)
    keys = [row[0] for row in session.conn.execute("SELECT key FROM mention ORDER BY key")]
    for verdict in ("different", "same", "unsure", "withdrawn"):
        judge(session, ACTOR, keys[0], keys[-1], verdict)
        assert stored(session) == at_once(session), verdict
    judge(session, ACTOR, keys[1], keys[2], "different")
    take_back(session, last)
    assert stored(session) == at_once(session)
