"""Who has no number and is told in the same words again: one record, asked about once; two rows of one list stay two."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from answers_for_core import judge
from care_world import ACTOR, content, everything, take
from hypothesis import given
from hypothesis import strategies as st
from pension_world import OLD, TWIN, pensions, roster

from aidcli.model import Identity, Named, Record
from aidcli.store import Session, create
from aidcli.tasks import matching, undo
from aidcli.tasks.taking import keyed

MONTHS = range(4, 10)


def take_list(session: Session, path: Path, **options: object) -> int:
    return take(session, path, accept_suspicious=True, **options).batch or 0


def open_questions(session: Session) -> list[tuple[str, str]]:
    """What is to be answered, after matching."""
    matching.match(session, ACTOR)
    return session.conn.execute(
        "SELECT left_key, right_key FROM pair WHERE tier = 'review' AND NOT EXISTS (SELECT 1 FROM judgement AS j "
        "WHERE (j.left_key, j.right_key) IN ((pair.left_key, pair.right_key), (pair.right_key, pair.left_key))) "
        "ORDER BY 1, 2"
    ).fetchall()


def records_of(session: Session, name: str) -> list[str]:
    found = session.conn.execute("SELECT key FROM mention WHERE name = ? ORDER BY key", (name,))
    return [str(key) for (key,) in found]


def test_the_same_row_in_six_lists_is_one_question_answered_once(tmp_path: Path, session: Session) -> None:
    take(session, roster(tmp_path))
    asked = []
    for month in MONTHS:
        take_list(session, pensions(tmp_path, month, [OLD]))
        asked.append(len(open_questions(session)))
    assert asked == [1] * len(MONTHS)
    ((left, right),) = open_questions(session)
    judge(session, ACTOR, left, right, "same")
    assert open_questions(session) == []
    people = session.conn.execute(
        "SELECT DISTINCT person_id FROM link JOIN mention AS m ON m.id = mention_id WHERE m.name = '钱守义'"
    ).fetchall()
    assert len(people) == 1


def test_an_answer_stays_when_another_row_of_the_list_was_put_right(tmp_path: Path, session: Session) -> None:
    take(session, roster(tmp_path))
    old = take_list(session, pensions(tmp_path, 9, [OLD]))
    ((left, right),) = open_questions(session)
    judge(session, ACTOR, left, right, "different")
    before = records_of(session, "钱守义")
    assert take_list(session, pensions(tmp_path / "更正", 9, [OLD], more=50), replaces=old) > old
    assert open_questions(session) == []
    assert records_of(session, "钱守义") == before


def test_a_record_stays_while_one_of_two_lists_still_holds_it(tmp_path: Path, session: Session) -> None:
    take(session, roster(tmp_path))
    take_list(session, pensions(tmp_path, 8, [OLD]))
    asked, before = open_questions(session), everything(session)
    second = take_list(session, pensions(tmp_path, 9, [OLD]))
    assert open_questions(session) == asked
    undo.undo(session, ACTOR, second)
    assert everything(session) == before
    again = take_list(session, pensions(tmp_path, 9, [OLD]))
    undo.undo(session, ACTOR, 2)
    assert open_questions(session) == asked
    undo.undo(session, ACTOR, again)
    assert open_questions(session) == [] and len(records_of(session, "钱守义")) == 1


def test_twins_of_one_list_are_two_records_and_the_first_is_known_again(
    tmp_path: Path, session: Session
) -> None:
    take_list(session, pensions(tmp_path, 8, [TWIN, TWIN]))
    first = records_of(session, "王芳之子")
    assert len(first) == 2
    take_list(session, pensions(tmp_path, 9, [TWIN], [TWIN]))  # the second on another sheet
    both = records_of(session, "王芳之子")
    assert len(both) == 3 and set(first) < set(both)


@pytest.mark.parametrize(
    "thin",
    [
        ["钱守义", "", 150, "", "青石镇", "北山村", ""],
        ["钱守义", "", 150, "", "青石镇", "", "13800001234"],
        ["钱守义", "", 150, "1960", "青石镇", "北山村", ""],
        ["钱守义", "", 150, "1960-10-12", "青石镇", "", ""],
    ],
)
def test_too_few_words_are_no_proof_of_the_same_person(
    tmp_path: Path, session: Session, thin: list[object]
) -> None:
    for month in (8, 9):
        take_list(session, pensions(tmp_path, month, [thin]))
    assert len(records_of(session, "钱守义")) == 2


def test_any_order_of_lists_gives_the_same_records_and_questions(tmp_path: Path) -> None:
    lists = [pensions(tmp_path, month, [TWIN, OLD, TWIN], [TWIN]) for month in (7, 8, 9)]
    files = [roster(tmp_path), *lists]
    found = []
    for seed in range(3):
        order = files[:]
        random.Random(seed).shuffle(order)
        session = create(tmp_path / f"{seed}.db", ACTOR)
        for path in order:
            take_list(session, path)
            if seed:
                matching.match(session, ACTOR)
        matching.match(session, ACTOR)
        found.append({name: rows for name, rows in content(session).items() if name != "people"})
    assert found[0] == found[1] == found[2]
    assert len(found[0]["pairs"]) == 1  # the links say who the people are; redirects tell how they came about


RICH = Identity("王芳之子", "missing", "", "2025-08-01", village="北山村", phone="13800001234")
TELLING = (RICH, RICH._replace(birth=""), RICH._replace(sex="male"))
WORDINGS = (*TELLING, RICH._replace(name=""), Identity(RICH.name, "missing", ""))


def records_told(name: str, rows: list[Identity]) -> list[str]:
    seen: set[str] = set()
    told = (Record((Named("subject", 0, who),), ()) for who in rows)
    return [keyed(one, "pension", f"{name}:0:{n}", seen=seen)[0].key for n, one in enumerate(told)]


@given(st.lists(st.lists(st.sampled_from(WORDINGS), max_size=6), min_size=1, max_size=4))
def test_no_two_rows_of_a_list_are_one_record_and_a_wording_is_known_again(
    lists: list[list[Identity]],
) -> None:
    worded: dict[str, Identity] = {}
    told = []
    for name, rows in enumerate(lists):
        keys = records_told(str(name), rows)
        assert len(set(keys)) == len(rows)
        assert all(worded.setdefault(key, who) == who for key, who in zip(keys, rows, strict=True))
        told.append(set(keys))
    for who in WORDINGS:
        holding = [keys for keys, rows in zip(told, lists, strict=True) if who in rows]
        if len(holding) > 1:
            again = [key for key in set.intersection(*holding) if worded[key] == who]
            assert len(again) == (who in TELLING)
