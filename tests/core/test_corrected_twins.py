"""Rows in the same words that come to be, or cease, by a correction: the list is keyed as if it had been right at once."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from care_world import ACTOR, DAY, FOLDERS, everything, fill_in, set_aside, take
from intake_files import xlsx
from laws import examples
from pension_world import OLD, PENSION, ROSTER, TWIN, roster
from roster_world import at_once, stored

from aidcli.errors import AidError
from aidcli.linkage import mention_key
from aidcli.model import Identity
from aidcli.store import Session, create, open_store, runs
from aidcli.tasks import correcting, matching, paying, scheduling, setup, undo

BIRTH = "2025-08-01"


def a_list(folder: Path) -> Path:
    """Rows 2 to 8; 3 has a slip in the birth date, 5 has no name."""
    others = [[name, *OLD[1:]] for name in ("丁一", "丁二", "丁三", "丁四")]
    rows = [PENSION, others[0], TWIN[:], others[1], TWIN[:], others[2], TWIN[:], others[3]]
    rows[2][PENSION.index("出生日期")] = "2025-09-02"
    rows[4][PENSION.index("姓名")] = ""
    return xlsx(folder / "养老金领取名单2026年9月.xlsx", ("名单", rows))


def keys_there(session: Session) -> dict[int, str]:
    """Row of the file → the key of the twin that stands there; corrected rows stand in a batch of their own."""
    return dict(
        session.conn.execute(
            "SELECT ifnull(x.row, s.row), m.key FROM sighting AS s JOIN mention AS m ON m.id = s.mention_id "
            "LEFT JOIN superseded AS x ON x.by_batch = s.batch_id AND x.new_row = s.row "
            "AND x.new_batch = s.batch_id WHERE m.name = '王芳之子' AND m.birth = ?",
            (BIRTH,),
        )
    )


def keys_due(session: Session, rows: list[int]) -> dict[int, str]:
    """The first in these words is known by them, every other by its place."""
    (sha,) = session.conn.execute(
        "SELECT sha256 FROM batch WHERE supplements IS NULL AND source = 'pension'"
    ).fetchone()
    who = Identity("王芳之子", "missing", "", BIRTH, "", "青石镇", "北山村")
    return {
        row: mention_key("pension", who, f"{sha}:0:{row}:subject:0" if n else "")
        for n, row in enumerate(sorted(rows))
    }


def put_right(session: Session, batch: int, row: int, birth: str = BIRTH) -> int:
    return correcting.correct(session, ACTOR, batch, None, row, "出生日期", birth, "核对", FOLDERS, DAY).batch


@pytest.mark.law
@pytest.mark.parametrize("seed", range(examples(2, 12)))
def test_rows_in_the_same_words_are_keyed_as_if_the_list_had_been_right_at_once(
    tmp_path: Path, seed: int
) -> None:
    random_ = random.Random(seed)
    session = create(tmp_path / "aid.db", ACTOR)
    take(session, roster(tmp_path))
    path = a_list(tmp_path)
    base = take(session, path, accept_suspicious=True).batch or 0
    assert set_aside(session, path, tmp_path / "搁置.xlsx") == 1
    back = fill_in(tmp_path / "搁置.xlsx", tmp_path / "改好.xlsx", {(5, "姓名"): "王芳之子"})
    moves = {
        "slip": lambda: put_right(session, base, 3),
        "aside": lambda: take(session, back).batch or 0,
        "last": lambda: put_right(session, base, 7, "2025-08-03"),
    }
    changes = {"slip": {3}, "aside": {5}, "last": {7}}
    done: dict[str, int] = {}
    rows = {7}
    assert keys_there(session) == keys_due(session, sorted(rows))
    for _ in range(7):
        move = random_.choice(sorted(moves))
        if move in done:
            undo.undo(session, ACTOR, done.pop(move))
        else:
            done[move] = moves[move]()
        rows ^= changes[move]
        if random_.random() < 0.5:
            matching.match(session, ACTOR)
        assert keys_there(session) == keys_due(session, sorted(rows))
    matching.match(session, ACTOR)
    assert stored(session) == at_once(session)


def test_undo_of_a_correction_brings_back_which_of_the_rows_was_known(tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    base = take(session, a_list(tmp_path), accept_suspicious=True).batch or 0
    matching.match(session, ACTOR)
    before = everything(session)
    done = put_right(session, base, 3)
    assert list(keys_there(session)) and keys_there(session) == keys_due(session, [3, 7])
    undo.undo(session, ACTOR, done)
    assert everything(session) == before


def test_a_correction_of_another_cell_leaves_every_key(tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    base = take(session, a_list(tmp_path), accept_suspicious=True).batch or 0
    put_right(session, base, 3)
    before = keys_there(session)
    for row in (3, 7):
        correcting.correct(session, ACTOR, base, None, row, "月养老金", "95", "核对", FOLDERS, DAY)
    assert keys_there(session) == before == keys_due(session, [3, 7])


def test_a_paid_row_does_not_become_the_second_in_its_words_under_the_payment(tmp_path: Path) -> None:
    setup.init(tmp_path / "aid.db", ACTOR, "990101")
    session = open_store(tmp_path / "aid.db")
    heading = [*ROSTER[:5], "家庭人口", "保障人口", "家庭类别", "出生日期", "合计", "银行账号", *ROSTER[5:]]
    rows = [
        [f"C{n}", name, name, "", "户主", 1, 1, "农村", OLD[3], 400, f"62170000{n}", "青石镇", "北山村"]
        for n, name in ((1, ""), (2, "钱守义"), (3, "丁一"))
    ]
    path = xlsx(tmp_path / "低保人员花名册2026年10月.xlsx", ("名单", [heading, *rows]))
    take(session, path, accept_suspicious=True)
    set_aside(session, path, tmp_path / "搁置.xlsx")
    back = fill_in(
        tmp_path / "搁置.xlsx", tmp_path / "改好.xlsx", {(2, "姓名"): "钱守义", (2, "户主姓名"): "钱守义"}
    )
    matching.match(session, ACTOR)
    scheduling.schedule(session, ACTOR, "2026-10", DAY)
    (run,) = [row.id for row in runs.listing(session) if row.programme == "dibao" and row.status == "draft"]
    paying.approve(session, ACTOR, run)
    before = everything(session)
    with pytest.raises(AidError) as refused:
        take(session, back)
    assert refused.value.code == "row_paid" and "第3行" in refused.value.message
    assert everything(session) == before
    for payment in runs.payment_ids(session, run):
        paying.correct(session, ACTOR, payment, "重来")
    assert take(session, back).rows_kept == 1
