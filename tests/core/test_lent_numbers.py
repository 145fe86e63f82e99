"""A right number in the row of another person: what it says of a pair hangs on who the register says it belongs to."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from invented_district import VILLAGES, Person, Population
from laws import examples
from roster_world import ACTOR, FileOfRecords, at_once, stored, take_back, take_in
from small_steps import go, listed, number, roster, someone

from aidcli.linkage.evidence import HomeLevel, decode
from aidcli.model import Identity
from aidcli.store import Session, create
from aidcli.tasks import matching

OWNER = someone("周大庆", number("19360101", 481), village="南岭村")
WOMAN = someone("王云凤", number("19560201", 532), village="西坡村")
LENT = listed("pension", someone("王云凤", number("19360101", 481), village="西坡村"))
HERSELF = listed("medical", someone("王云凤", number("19560201", 532)))


@pytest.fixture(autouse=True)
def always_incremental(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_FULL_SHARE", 1.0)


def _questions(session: Session) -> list[tuple[HomeLevel, str, str]]:
    rows = session.conn.execute(
        "SELECT p.code, l.source, r.source FROM pair AS p JOIN mention AS l ON l.key = p.left_key "
        "JOIN mention AS r ON r.key = p.right_key"
    )
    return [(HomeLevel(decode(int(code)).home), *sorted(sources)) for code, *sources in rows]


def test_a_question_waits_on_when_one_of_the_two_comes_once_more(tmp_path: Path) -> None:
    homes = roster("2026-01", ("C1", OWNER), ("C2", WOMAN))
    asked = _questions(go(tmp_path, [homes, LENT]))
    assert (HomeLevel.LENT, "dibao_rural_person", "pension") in asked
    (tmp_path / "again").mkdir()
    assert _questions(go(tmp_path / "again", [homes, LENT, HERSELF])) == asked


def _row(random_: random.Random, who: Person, number_: str, village: float = 1) -> Identity:
    """`who` with this number, now and then with the birth date; `village`: how often that is told."""
    place = VILLAGES[who.village][1] if random_.random() < village else ""
    born = who.born if random_.random() < 0.2 else ""
    return someone(who.name, number_, born, place, row=f"{random_.random()}")


def _small_lists(random_: random.Random, people: Population) -> list[FileOfRecords]:
    """For some people a row of their own, and one with the number of somebody of another household."""
    files = []
    for n, who in enumerate(random_.sample([one for one in people.everybody if one.number], 14)):
        others = [p for p in people.everybody if p.number and p not in people.relatives[who]]
        lent = random_.choice(others).number
        files.append(listed(f"own{n}", _row(random_, who, who.number, village=0.4)))
        files.append(listed(f"lent{n}", _row(random_, who, lent)))
    return files


@pytest.mark.law
@pytest.mark.parametrize("seed", range(examples(2, 8)))
def test_small_lists_with_strangers_numbers_in_any_order(tmp_path: Path, seed: int) -> None:
    random_ = random.Random(seed)
    people = Population(random_, 9)
    files = _small_lists(random_, people)
    for month, homes in enumerate(people.months(2, 9), start=1):
        rows = [(home.case, _row(random_, who, who.number)) for home in homes for who in home.people]
        files.append(roster(f"2026-0{month}", *rows))
    session = create(tmp_path / "aid.db", ACTOR)
    kept: dict[str, int] = {}
    levels = set()
    for step in range(40):
        out = [file for file in files if file.sha not in kept]
        if kept and (not out or random_.random() < 0.3):
            take_back(session, kept.pop(random_.choice(sorted(kept))))
        else:
            file = out[-1] if step < 1 else random_.choice(out)
            kept[file.sha] = take_in(session, file)
        matching.match(session, ACTOR)
        assert stored(session) == at_once(session), step
        levels |= {level for level, _, _ in _questions(session)}
    assert HomeLevel.LENT in levels
