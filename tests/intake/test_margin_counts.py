"""Rosters of families that get no cash may count the family alone: 家庭人口 is then whom they cover."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import codes, facts, id_number, read, rows, text_file

NAMES = {"低保边缘家庭花名册202609": "dibao_margin", "刚性支出困难家庭202609": "rigid_expenditure"}
HEADINGS = ["序号", "村", "户主姓名", "身份证号", "家庭人口", "致困原因", "认定时间"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("heading", ["家庭人口", "家庭人口数", "共同生活家庭成员人数"])
@pytest.mark.parametrize("dated", [True, False])
def test_the_family_is_whom_it_covers(tmp_path: Path, name: str, heading: str, dated: bool) -> None:
    width = 7 if dated else 6
    table = [[*HEADINGS[:4], heading, *HEADINGS[5:]][:width]]
    table += [["1", "东村", "张三丰", id_number(1), "3", "因病", "2025年3月"][:width]]
    (row,) = rows(text_file(tmp_path / f"{name}.csv", table))
    (enrolled,) = facts(row, "enrolled")
    assert (enrolled.code, enrolled.num) == (NAMES[name], 3) and codes(row) == {}
    assert facts(row, "household_size")[0].num == 3


def test_a_column_of_the_covered_goes_before(tmp_path: Path) -> None:
    table = [
        ["户主姓名", "户主身份证号", "家庭人口数", "保障人口数"],
        ["张三丰", id_number(1), "4", "3"],
        ["李四", id_number(2), "4", ""],
    ]
    first, blank = rows(text_file(tmp_path / "低保边缘家庭202609.csv", table))
    assert facts(first, "enrolled")[0].num == 3
    assert facts(blank, "enrolled")[0].num is None


def test_members_below_their_head_are_read_with_it(tmp_path: Path) -> None:
    table = [
        ["证号", "姓名", "身份证号", "与户主关系", "家庭人口"],
        ["B1", "张三丰", id_number(1), "户主", "2"],
        ["", "李四", id_number(2), "妻", ""],
    ]
    head, wife = rows(text_file(tmp_path / "低保边缘家庭花名册202609.csv", table))
    assert facts(head, "enrolled")[0].num == 2 and facts(wife, "member")


def test_rows_read_together_say_the_same(tmp_path: Path) -> None:
    table = [HEADINGS] + [
        [str(n), "东村", "张三丰", id_number(n), ["3", "", "三", "x"][n % 4], "因病", "2025年3月"]
        for n in range(1, 25)
    ]
    reading = read(text_file(tmp_path / "低保边缘家庭花名册202609.csv", table))
    assert told_by_rows(reading) == told_by_blocks(reading)
