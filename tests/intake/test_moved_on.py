"""Rows of a roster whose recognition has run out, or whose people came into another programme."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import codes, facts, id_number, read, rows, text_file

from aidcli.intake.rows.leavers.leaving import Verdict, Whose, verdict
from aidcli.model import RowRead

MARGIN = ["户主姓名", "户主身份证号", "家庭人口数", "认定日期"]
NAME = "低保边缘家庭_202610.csv"


def _margin(folder: Path, *cells: tuple[str, str], name: str = NAME) -> RowRead:
    heads = [heading for heading, _ in cells]
    table = [[*MARGIN, *heads], ["张三丰", id_number(1), "2", "2025-09-16", *(cell for _, cell in cells)]]
    (row,) = rows(text_file(folder / name, table))
    return row


@pytest.mark.parametrize("heading", ["有效期至", "认定有效期", "到期日期", "有效期止", "保障期限"])
@pytest.mark.parametrize("cell", ["2027-09-15", "2027年9月15日", "2025-09-16至2027-09-15"])
def test_the_day_until_which_it_holds_is_kept(tmp_path: Path, heading: str, cell: str) -> None:
    row = _margin(tmp_path, (heading, cell))
    assert [fact.day for fact in facts(row, "valid_until")] == ["2027-09-15"]
    assert facts(row, "enrolled") and codes(row) == {}


def test_a_month_is_kept_as_the_month_and_长期_is_no_end(tmp_path: Path) -> None:
    (fact,) = facts(_margin(tmp_path, ("到期月份", "2027.6")), "valid_until")
    assert (fact.day, fact.month) == ("", "2027-06")
    row = _margin(tmp_path, ("有效期至", "长期"))
    assert facts(row, "valid_until") == [] and codes(row) == {}


@pytest.mark.parametrize("cell", ["2026-09-15", "2025.9.16-2026.9.15", "2026年9月"])
def test_what_ran_out_before_the_month_is_told_and_may_be_renewed(tmp_path: Path, cell: str) -> None:
    row = _margin(tmp_path, ("有效期至", cell))
    assert facts(row, "enrolled") and codes(row)["state_unread"] == "note"
    (note,) = [one for one in row.problems if one.code == "state_unread"]
    assert "早于名单的月份，仍按在册收下" in note.message
    assert "state_unread" not in codes(_margin(tmp_path, ("有效期至", "2026-10-01")))


def test_a_state_that_says_so_needs_its_day(tmp_path: Path) -> None:
    over = _margin(tmp_path, ("到期月份", "2026.8"), ("状态", "已到期"))
    assert facts(over, "ended")[0].text == "已到期" and codes(over)["row_ended"] == "note"
    asked = _margin(tmp_path, ("状态", "已到期"))
    assert asked.outcome == "set_aside" and codes(asked) == {"state_unclear": "row"}


@pytest.mark.parametrize("heading", ["状态", "备注", "变动情况"])
@pytest.mark.parametrize(
    "cell", ["2026年9月转低保", "转特困", "转入农村低保", "9月纳入特困供养", "已转为刚性支出困难家庭"]
)
def test_who_came_into_another_programme_has_left(tmp_path: Path, heading: str, cell: str) -> None:
    row = _margin(tmp_path, (heading, cell))
    assert facts(row, "ended")[0].text == cell and facts(row, "enrolled") == []
    assert codes(row)["row_ended"] == "note"


@pytest.mark.parametrize("heading", ["状态", "备注"])
@pytest.mark.parametrize(
    "cell",
    [
        "低保转边缘",
        "2024年纳入低保，2026年转边缘",
        "未纳入低保",
        "儿子纳入低保",
        "其中1人单人纳入低保",
        "符合纳入低保条件",
        "转特困未通过",
    ],
)
def test_whoever_came_here_or_only_one_of_them_has_not(tmp_path: Path, heading: str, cell: str) -> None:
    row = _margin(tmp_path, (heading, cell))
    assert facts(row, "enrolled") and facts(row, "ended") == []


def test_a_month_that_lies_ahead_ends_nobody_yet(tmp_path: Path) -> None:
    row = _margin(tmp_path, ("备注", "2026年12月转低保"))
    assert facts(row, "enrolled") and codes(row) == {"state_unread": "note"}


@pytest.mark.parametrize(
    ("programme", "cell", "said"),
    [
        ("dibao", "2026年9月转特困", "over"),
        ("dibao", "转边缘", "over"),
        ("dibao", "特困转低保", ""),
        ("dibao", "拟转特困", "doubt"),
        ("tekun", "转低保", "over"),
        ("tekun", "低保转特困", ""),
        ("rigid_expenditure", "转低保边缘", "over"),
        ("old_age_allowance", "纳入低保", ""),
        ("disability_subsidy", "纳入低保边缘", ""),
        ("", "转低保", ""),
    ],
)
def test_which_programme_goes_before_which(programme: str, cell: str, said: Verdict) -> None:
    assert verdict(cell, Whose("张三丰", programme=programme)) == said


def test_money_beside_it_is_paid_and_told(tmp_path: Path) -> None:
    table = [["户主姓名", "户主身份证号", "保障人口数", "户月保障金额（元）", "合计（元）", "备注"]]
    table += [["张三丰", id_number(1), "1", "500", "500", "转特困"]]
    (row,) = rows(text_file(tmp_path / "农村低保家庭_202609.csv", table))
    assert facts(row, "enrolled") and codes(row) == {"left_but_paid": "note"}


def test_rows_read_together_say_the_same(tmp_path: Path) -> None:
    table = [[*MARGIN, "有效期至", "状态"]]
    for number, said in enumerate(("在享", "已到期", "2026年9月转低保", "", "死亡", "低保转边缘"), 1):
        table += [["张三丰", id_number(number), "1", "2025-09-16", "2026-08-31" if number == 2 else "", said]]
    reading = read(text_file(tmp_path / NAME, table))
    told = told_by_rows(reading)
    assert told == told_by_blocks(reading)
    assert [any(fact.kind == "ended" for fact in one.facts) for one in told] == [
        False,
        True,
        True,
        False,
        True,
        False,
    ]
