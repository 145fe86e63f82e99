"""A row that is read again says what it said, but for the cell that was put right."""

from __future__ import annotations

from pathlib import Path

from care_world import ACTOR, DAY, FOLDERS, content, everything, take
from intake_files import id_number, xlsx

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
