"""Sheets 本月减少 and 本月新增 in a roster's workbook: who left is read beside it, who is new is not read twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from intake_files import TEMPLATES, TODAY, codes, facts, id_number, xlsx

from aidcli.intake import Reading
from aidcli.intake.lists import open_lists
from aidcli.intake.rows.rereading import Layout, layout_of, reread
from aidcli.model import RowRead

HEAD = ["户主姓名", "身份证号", "保障人数", "月保障金"]
LEFT = ["序号", "村", "户主姓名", "户主身份证号", "减少人数", "减少原因", "月减少金额（元）"]
TITLE = ["2026年10月农村低保名册"]


def _line(number: int) -> list[object]:
    return ["张三", id_number(number), 1, 300]


def _opened(
    folder: Path, *sheets: tuple[str, Sequence[Sequence[object]]], name: str = "农村低保名册202610"
) -> list[Reading]:
    roster = ("名单", [TITLE, HEAD, _line(1), _line(2)])
    return open_lists(xlsx(folder / f"{name}.xlsx", roster, *sheets), TEMPLATES, today=TODAY)


def _rows(reading: Reading, sheet: str) -> list[RowRead]:
    number = [plan.name for plan in reading.sheets].index(sheet)
    return [row for row in reading.rows(number) if row.outcome != "skipped"]


@pytest.mark.parametrize(
    ("sheet", "title"),
    [
        ("本月减少", []),
        ("10月减少人员", []),
        ("停发名单", []),
        ("Sheet2", [["云岭镇2026年10月农村低保减少（停发）对象明细"]]),
        ("减员", [["附表2"]]),
    ],
)
def test_who_left_is_read_beside_the_roster_and_enrols_nobody(
    tmp_path: Path, sheet: str, title: list[list[object]]
) -> None:
    left = [
        ["1", "东村", "李四", id_number(8), "1", "死亡", "345"],
        ["2", "东村", "王五", id_number(9), "2", "收入超标", "690"],
    ]
    (reading,) = _opened(tmp_path, (sheet, [*title, LEFT, *left]))
    assert [plan.name for plan in reading.sheets] == ["名单", sheet] and reading.skipped_sheets == []
    assert reading.leaving == "" and reading.template.coverage == "full"
    dead, gone = _rows(reading, sheet)
    for row in (dead, gone):
        assert facts(row, "ended")[0].code == "dibao"
        assert row.record is not None
        assert not {fact.kind for fact in row.record.facts} & {"enrolled", "member", "amount"}
    assert facts(dead, "death") and not facts(gone, "death")
    assert "taken_as_leavers" in codes(dead) and sheet in dead.problems[0].message
    assert all(facts(row, "enrolled") for row in _rows(reading, "名单"))


def test_a_sheet_with_the_columns_of_the_roster_is_no_roster(tmp_path: Path) -> None:
    (reading,) = _opened(
        tmp_path, ("停发名单", [[*HEAD, "停发原因"], [*_line(8), "户口迁出"]]), ("减员", [HEAD, _line(9)])
    )
    assert [bool(facts(row, "ended")) for sheet in ("停发名单", "减员") for row in _rows(reading, sheet)] == [
        True
    ] * 2


def test_persons_under_a_head_are_taken_one_by_one(tmp_path: Path) -> None:
    table = [
        ["姓名", "身份证号", "户主姓名", "户主身份证号", "减少原因"],
        ["李四", id_number(8), "张三", id_number(1), "就业"],
    ]
    (reading,) = _opened(tmp_path, ("本月减少", table))
    (row,) = _rows(reading, "本月减少")
    assert row.record is not None and row.record.persons[0].identity.name == "李四"
    assert facts(row, "ended") and row.record.persons[0].identity.id_value == id_number(8)


@pytest.mark.parametrize("sheet", ["拟停发名单", "停发公示", "增减变动", "减少支出说明"])
def test_what_does_not_say_that_they_left_is_not_read_so(tmp_path: Path, sheet: str) -> None:
    (reading,) = _opened(tmp_path, (sheet, [LEFT, ["1", "东村", "李四", id_number(8), "1", "死亡", "345"]]))
    assert [plan.name for plan in reading.sheets] == ["名单"]
    assert [name for name, _ in reading.skipped_sheets] == [sheet]


@pytest.mark.parametrize("sheet", ["本月新增", "新增名单", "10月新增人员"])
@pytest.mark.parametrize(
    "table", [[HEAD, _line(2)], [["姓名", "身份证号", "纳入原因"], ["张三", id_number(2), "因病"]]]
)
def test_who_is_new_and_stands_on_the_roster_is_not_read_twice(
    tmp_path: Path, sheet: str, table: list[list[object]]
) -> None:
    (reading,) = _opened(tmp_path, (sheet, table))
    assert [plan.name for plan in reading.sheets] == ["名单"]
    assert reading.skipped_sheets == [(sheet, "是新增的名单，上面的1人名册里都有，没有重复读取")]


def test_who_is_new_and_missing_on_the_roster_is_read_or_told(tmp_path: Path) -> None:
    (reading,) = _opened(tmp_path, ("本月新增", [HEAD, _line(2), _line(3)]))
    assert [plan.name for plan in reading.sheets] == ["名单", "本月新增"]
    table = [["姓名", "身份证号", "纳入原因"], ["张三", id_number(2), ""], ["张三", id_number(3), ""]]
    (reading,) = _opened(tmp_path, ("本月新增", table))
    ((_, why),) = reading.skipped_sheets
    assert "有1人名册里没有（第3行）" in why and "补进名册" in why


@pytest.mark.parametrize("grouped", [False, True])
def test_a_row_read_again_says_the_same(tmp_path: Path, grouped: bool) -> None:
    head = ["户主姓名", "户主身份证号", "减少原因"]
    people = [["姓名", "身份证号", "与户主关系", "月保障金"], ["张三", id_number(1), "户主", 300]]
    roster = people if grouped else [HEAD, _line(1)]
    left = (
        "本月减少",
        [head, ["李四", id_number(8), "2026年9月3日死亡"], ["王五", id_number(9), "收入超标"]],
    )
    path = xlsx(tmp_path / "农村低保花名册202610.xlsx", ("名单", roster), left)
    (reading,) = open_lists(path, TEMPLATES, today=TODAY)
    assert reading.template.grouped is grouped
    first = _rows(reading, "本月减少")
    layout = Layout.of_json(layout_of(reading, 1).as_json())
    lines = [(row.row, row.cells) for row in first]
    again = list(reread(reading.template, layout, path.name, "本月减少", lines, "2026-10", TODAY))
    assert [row.record for row in again] == [row.record for row in first]
    assert [fact.day for fact in facts(again[0], "death")] == ["2026-09-03"]
    assert "head_missing" not in codes(first[0])


def test_a_file_of_leavers_alone_is_what_it_was(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "农村低保停发202610.xlsx", ("停发名单", [HEAD, _line(1)]), ("减员", [HEAD, _line(2)])
    )
    (reading,) = open_lists(path, TEMPLATES, today=TODAY)
    assert reading.leaving and len(reading.sheets) == 2


def test_of_rosters_of_several_programmes_the_words_of_the_sheet_tell_which(tmp_path: Path) -> None:
    margin = (
        "低保边缘",
        [
            ["2026年10月低保边缘家庭名册"],
            ["户主姓名", "身份证号", "保障人数", "认定日期"],
            ["赵六", id_number(5), 1, "2026-01-03"],
        ],
    )
    table = [LEFT, ["1", "东村", "李四", id_number(8), "1", "死亡", "345"]]
    found = _opened(tmp_path, margin, ("减少", table), name="救助家庭名册202610")
    assert "减少" in [name for name, _ in found[0].skipped_sheets]
    found = _opened(tmp_path, margin, ("低保边缘减少", table), name="救助家庭名册202610")
    (reading,) = [one for one in found if "低保边缘减少" in [plan.name for plan in one.sheets]]
    assert reading.template.programme == "dibao_margin"
