"""A row that is read again says what it said, but for the cell that was put right."""

from __future__ import annotations

from pathlib import Path

import pytest
from care_world import ACTOR, DAY, FOLDERS, content, everything, take
from intake_files import HOUSEHOLD, household_row, id_number, xlsx

from aidcli.errors import AidError
from aidcli.store import Session, create
from aidcli.tasks import correcting, matching, setup, undo

HELPED = ["姓名", "身份证号", "帮扶项目", "金额（元）", "乡镇"]
SERVICES = ["服务名称", "服务对象", "服务内容", "责任单位"]


def correct(session: Session, row: int, column: str, value: str) -> int:
    return correcting.correct(session, ACTOR, 1, None, row, column, value, "来函", FOLDERS, DAY).batch


def helped(path: Path, amount: str) -> Path:
    """The union stands in the file's name only, and the township under the name it had before."""
    rows = [[f"张{n}三", id_number(n), "金秋助学", 500, "青禾乡"] for n in range(1, 7)]
    rows[2][3] = amount
    return xlsx(path, ("名单", [HELPED, *rows]))


def test_what_the_file_name_and_the_list_of_places_told_stays(tmp_path: Path) -> None:
    for name in ("错", "对"):
        (tmp_path / name).mkdir()
    wrong = create(tmp_path / "错" / "aid.db", ACTOR)
    right = create(tmp_path / "对" / "aid.db", ACTOR)
    for session, amount in ((wrong, "50"), (right, "650")):
        setup.use_region(session, ACTOR, "990101")
        take(session, helped(session.path.parent / "区总工会帮扶名单_2026年9月.xlsx", amount))
    before = everything(wrong)
    batch = correct(wrong, 4, "金额（元）", "650")
    for session in (wrong, right):
        matching.match(session, ACTOR)
    got, clean = content(wrong), content(right)
    assert any("青禾镇" in line for line in clean["mentions"])
    assert [name for name in clean if got[name] != clean[name]] == []
    undo.undo(wrong, ACTOR, batch)
    assert everything(wrong)["stand"] == before["stand"]


def test_a_row_that_is_no_person_is_corrected_and_comes_back(session: Session, tmp_path: Path) -> None:
    rows = [
        SERVICES,
        ["助浴", "失能老人", "每月两次", "甲社工站"],
        ["送餐", "高龄老人", "每日一餐", "乙食堂"],
    ]
    take(session, xlsx(tmp_path / "服务清单_2026年第三季度.xlsx", ("清单", rows)))
    before = everything(session)
    batch = correct(session, 3, "服务名称", "助餐")
    told = session.conn.execute("SELECT label FROM entry ORDER BY label").fetchall()
    assert told == [("助浴",), ("助餐",)]
    undo.undo(session, ACTOR, batch)
    assert everything(session) == before


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("合计（元）", "一千多"),
        ("合计（元）", "=1+1"),
        ("最初享受月份", "2026年13月"),
        ("保障人口数", "几口"),
    ],
)
def test_a_value_that_cannot_be_read_takes_nothing_away(
    session: Session, tmp_path: Path, column: str, value: str
) -> None:
    rows = [HOUSEHOLD, *(household_row(**{"户主身份证号": id_number(n)}) for n in range(1, 4))]
    take(session, xlsx(tmp_path / "农村低保家庭查询_202610.xlsx", ("S", rows)))
    before = everything(session)
    with pytest.raises(AidError) as refused:
        correct(session, 3, column, value)
    assert refused.value.code == "bad_value" and column in refused.value.message
    assert everything(session) == before
    assert correct(session, 3, "合计（元）", "") == 2  # to empty a cell is another thing


def test_names_and_numbers_of_members_are_put_right_one_after_the_other(
    session: Session, tmp_path: Path
) -> None:
    rows = [HOUSEHOLD, household_row(), household_row(**{"户主身份证号": id_number(3)})]
    take(session, xlsx(tmp_path / "农村低保家庭查询_202610.xlsx", ("S", rows)))
    correct(session, 2, "家庭成员姓名", "张四；张五")
    correct(session, 2, "家庭成员身份证号", f"{id_number(4)}；{id_number(5)}")
    told = session.conn.execute("SELECT name FROM mention ORDER BY name").fetchall()
    assert {name for (name,) in told} == {"张三丰", "张四", "张五"}
