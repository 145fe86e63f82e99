"""What somebody answered about a row holds for the row that takes its place, by a correction or a whole new file."""

from __future__ import annotations

from pathlib import Path

import pytest
from answers_for_core import judge
from care_world import ACTOR, DAY, FOLDERS, take
from intake_files import HOUSEHOLD, household_row, id_number, text_file, xlsx

from aidcli.store import Session
from aidcli.tasks import correcting, matching, undo

BORN = "-".join((id_number(1)[6:10], id_number(1)[10:12], id_number(1)[12:14]))
HEAD = ["姓名", "身份证号", "出生日期", "残疾类别", "残疾等级", "所属乡镇", "所属村"]


def roster(folder: Path, name: str = "韩守信", **cells: object) -> Path:
    row = household_row(**{"户主姓名": name, **cells})
    return xlsx(folder / "农村低保家庭查询_202609.xlsx", ("Sheet1", [HOUSEHOLD, row]))


def disabled(folder: Path, *rows: list[str], name: str = "持证残疾人名单_202609.csv") -> Path:
    return text_file(folder / name, [HEAD, *rows])


def row(name: str = "韩守信", born: str = BORN, village: str = "东村") -> list[str]:
    return [name, "", born, "肢体", "二级", "河东镇", village]


def stand(session: Session) -> dict[str, tuple[str, str]]:
    """Source → (key, person) of the one of each that is there."""
    rows = session.conn.execute(
        "SELECT m.source, m.key, l.person_id FROM mention AS m JOIN link AS l ON l.mention_id = m.id "
        "WHERE EXISTS (SELECT 1 FROM sighting AS s WHERE s.mention_id = m.id AND s.row = 2)"
    )
    return {source: (key, person) for source, key, person in rows}


def are_one(session: Session) -> bool:
    matching.match(session, ACTOR)
    return len({person for _, person in stand(session).values()}) == 1


def answered(session: Session, verdict: str) -> None:
    matching.match(session, ACTOR)
    (one, _), (other, _) = stand(session).values()
    judge(session, ACTOR, one, other, verdict, "查了户口")


def questions(session: Session) -> int:
    return int(session.conn.execute("SELECT count(*) FROM pair").fetchone()[0])


@pytest.mark.parametrize(
    ("batch", "column", "value"),
    [(2, "所属村", "西村"), (2, "姓名", "韩守"), (1, "户主姓名", "韩守新"), (1, "所属社区", "西村")],
)
def test_a_no_holds_for_the_corrected_row(
    batch: int, column: str, value: str, session: Session, tmp_path: Path
) -> None:
    take(session, roster(tmp_path))
    take(session, disabled(tmp_path, row()))
    assert are_one(session)
    answered(session, "different")
    assert not are_one(session)
    done = correcting.correct(session, ACTOR, batch, None, 2, column, value, "来函", FOLDERS, DAY)
    assert not are_one(session) and questions(session) == 0
    why = session.conn.execute("SELECT why FROM judgement ORDER BY seq DESC LIMIT 1").fetchone()[0]
    assert why == "沿用更正（替换）前的回答：查了户口"
    undo.undo(session, ACTOR, done.batch)
    assert not are_one(session)


def test_a_yes_holds_for_the_corrected_row(session: Session, tmp_path: Path) -> None:
    take(session, roster(tmp_path))
    take(session, disabled(tmp_path, row(born="1951-08-09")))
    assert not are_one(session)
    answered(session, "same")
    assert are_one(session)
    correcting.correct(session, ACTOR, 2, None, 2, "所属村", "西村", "来函", FOLDERS, DAY)
    assert are_one(session)
    correcting.correct(session, ACTOR, 1, None, 2, "户主姓名", "韩守新", "来函", FOLDERS, DAY)
    assert are_one(session)


def test_an_answer_holds_for_the_same_row_of_the_file_that_replaces_its_own(
    session: Session, tmp_path: Path
) -> None:
    """Name and village alone do not tell a row from another: its key is that of the file."""
    take(session, roster(tmp_path))
    take(session, disabled(tmp_path, row(born=""), row("钱六", "1960-01-02")))
    answered(session, "same")
    assert are_one(session)
    again = disabled(tmp_path, row(born=""), row("孙七", "1961-01-02"), name="持证残疾人名单_202609改.csv")
    take(session, again, replaces=2)
    assert are_one(session) and questions(session) == 0


def test_a_no_about_the_register_holds_for_the_roster_that_replaces_it(
    session: Session, tmp_path: Path
) -> None:
    take(session, roster(tmp_path))
    take(session, disabled(tmp_path, row()))
    answered(session, "different")
    (tmp_path / "改").mkdir()
    take(session, roster(tmp_path / "改", "韩守新"), replaces=1)
    assert not are_one(session)


def test_what_was_taken_back_is_not_carried_on(session: Session, tmp_path: Path) -> None:
    take(session, roster(tmp_path))
    take(session, disabled(tmp_path, row()))
    answered(session, "different")
    (one, _), (other, _) = stand(session).values()
    judge(session, ACTOR, one, other, "withdrawn", "答错了")
    correcting.correct(session, ACTOR, 2, None, 2, "残疾等级", "三级", "来函", FOLDERS, DAY)
    assert are_one(session)
