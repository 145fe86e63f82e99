"""Columns that could be taken for one another: two for one field, unknown money, somebody else's number."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import (
    HOUSEHOLD,
    codes,
    facts,
    household_row,
    id_number,
    kept,
    person,
    read,
    text_file,
    xlsx,
)

from aidcli.errors import AidError

NAME = "农村低保家庭_202610.xlsx"
BARE = ["户主姓名", "户主身份证号", "保障人数", "月保障金"]


def _line(number: int) -> list[object]:
    return ["李四", id_number(number), 1, 500]


def _totals(path: Path) -> list[list[int | None]]:
    return [[fact.fen for fact in facts(row, "amount") if fact.code == "total"] for row in kept(path)]


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("重点救助60元", 60),
        ("残疾人救助", None),
        ("节日慰问", 200),
        ("生活补贴", None),
        (None, 60),
        ("水电", "60元"),
    ],
)
def test_the_monthly_sum_is_no_total_beside_other_money(
    tmp_path: Path, heading: str | None, value: object
) -> None:
    table = [[*BARE, heading], *([*_line(number), value] for number in (1, 2, 3))]
    rows = kept(xlsx(tmp_path / NAME, ("S", table)))
    assert _totals(tmp_path / NAME) == [[], [], []]
    assert codes(rows[0]) == {"total_unknown": "note"} and codes(rows[1]) == {}
    assert "E列" in rows[0].problems[0].message


def test_numbering_ages_and_incomes_are_no_other_money(tmp_path: Path) -> None:
    header = ["序号", None, *BARE, "年龄", "家庭年总收入（元）", "备注"]
    table = [header, *([n, n, *_line(n), 60 + n * 3, 1200, "无"] for n in (1, 2, 3))]
    assert _totals(xlsx(tmp_path / NAME, ("S", table))) == [[50000]] * 3


def test_a_total_refused_for_its_unit_is_not_replaced_by_the_monthly_sum(tmp_path: Path) -> None:
    table = [[*BARE, "合计（元/季度）"], [*_line(1), 1500]]
    (row,) = kept(xlsx(tmp_path / NAME, ("S", table)))
    assert codes(row) == {"unit_refused": "note"}
    assert {fact.code for fact in facts(row, "amount")} == {"base"}


@pytest.mark.parametrize(
    "heading", ["领取金额", "发放金额", "实发金额", "应发金额", "发放合计(元)", "发放总额（元）"]
)
def test_what_is_paid_out_is_the_total(tmp_path: Path, heading: str) -> None:
    table = [[*BARE, "分类施保", heading], [*_line(1), 60, 560]]
    (row,) = kept(xlsx(tmp_path / NAME, ("S", table)))
    assert {fact.code: fact.fen for fact in facts(row, "amount")} == {
        "base": 50000, "category_supplement": 6000, "total": 56000
    }  # fmt: skip


@pytest.mark.parametrize("heading", ["分类施保", "分类施保金（元）", "合计分类施保金额（元）"])
def test_a_supplement_in_other_words_is_one(tmp_path: Path, heading: str) -> None:
    (row,) = kept(xlsx(tmp_path / NAME, ("S", [[*BARE, heading], [*_line(1), 60]])))
    assert {fact.code: fact.fen for fact in facts(row, "amount")} == {
        "base": 50000, "category_supplement": 6000
    }  # fmt: skip


def test_a_village_sheet_on_two_levels_pays_what_is_drawn(tmp_path: Path) -> None:
    upper = ["序号", "户主姓名", "低保证号", "户主身份证号码", "保障人数", None, None, "领取金额"]
    lower = [*[None] * 5, "重点保障人数", "残疾人数", None, "家庭补差", "重点救助60元", "残疾人救助"]
    lines = [[n, "李四", f"L{n}", id_number(n), 2, 1, 0, 610, 450, 60, 100] for n in (1, 2)]
    assert _totals(xlsx(tmp_path / NAME, ("S", [upper, lower, *lines]))) == [[61000], [61000]]


@pytest.mark.parametrize(
    "title",
    ["单位：元/季度", "2026年第四季度低保金发放表（季度金额，单位：元）", "单位：元/年", "按季度发放"],
)
def test_a_line_that_names_a_longer_time_refuses_the_money(tmp_path: Path, title: str) -> None:
    path = xlsx(tmp_path / NAME, ("S", [[title], HOUSEHOLD, household_row()]))
    with pytest.raises(AidError) as caught:
        read(path)
    assert caught.value.code == "template_unknown"
    assert "户月保障金额（元）" in caught.value.message and "不是每月的元" in caught.value.message


def test_a_heading_that_says_a_month_outdoes_the_line_above(tmp_path: Path) -> None:
    header = [*BARE[:3], "月保障金（元/月）", "合计（元）"]
    (row,) = kept(xlsx(tmp_path / NAME, ("S", [["单位：元/季度"], header, [*_line(1), 1500]])))
    assert codes(row) == {"unit_refused": "note"}
    assert {fact.code: fact.fen for fact in facts(row, "amount")} == {"base": 50000}


def _refused(path: Path) -> AidError:
    with pytest.raises(AidError) as caught:
        read(path)
    assert caught.value.code == "duplicate_columns"
    return caught.value


def test_two_blocks_side_by_side_are_refused(tmp_path: Path) -> None:
    block = ["序号", "姓名", "身份证号", "死亡日期"]
    lines = [[n, "李四", id_number(n), "2026-07-01"] for n in (1, 2)]
    table = [block + block, lines[0] + lines[1]]
    error = _refused(xlsx(tmp_path / "公安死亡注销名单2026年三季度.xlsx", ("S", table)))
    assert "B列“姓名”和F列“姓名”" in error.message and (error.row, error.column) == (1, "F")
    assert "上下" in (error.hint or "")


def test_two_persons_under_the_same_headings_are_refused(tmp_path: Path) -> None:
    upper = ["序号", "第一组", None, "第二组", None, None]
    lower = [None, "姓名", "公民身份号码", "姓名", "公民身份号码", "死亡日期"]
    line = [1, "李四", id_number(1), "王五", id_number(2), "2026-07-01"]
    error = _refused(xlsx(tmp_path / "死亡注销名单2026年三季度.xlsx", ("S", [upper, lower, line])))
    assert "“第一组/姓名”" in error.message and "“第二组/姓名”" in error.message


def test_two_totals_that_differ_are_refused_and_equal_ones_are_not(tmp_path: Path) -> None:
    header = [*BARE, "应发金额", "实发金额"]
    same = xlsx(tmp_path / f"一{NAME}", ("S", [header, [*_line(1), 500, 500], [*_line(2), 500, 500]]))
    assert _totals(same) == [[50000], [50000]]
    other = xlsx(tmp_path / f"二{NAME}", ("S", [header, [*_line(1), 600, 500]]))
    assert "“应发金额”" in _refused(other).message


def test_a_second_column_of_what_tells_nobody_apart_is_left(tmp_path: Path) -> None:
    table = [[*BARE, "联系电话", "手机", "备注", "备注"], [*_line(1), "5550001", "5550002", "a", "b"]]
    assert person(kept(xlsx(tmp_path / NAME, ("S", table)))[0]).identity.phone == "5550001"


@pytest.mark.parametrize("heading", ["逝者证件号", "死者身份证号", "死者的证件号", "逝者公民身份号码"])
def test_the_number_of_the_dead_goes_before_one_that_names_nobody(tmp_path: Path, heading: str) -> None:
    header = ["逝者姓名", heading, "家属姓名", "身份证号", "火化时间"]
    lines = [["李四", id_number(n), "王五", id_number(n + 10), "2026-07-01"] for n in (1, 2, 3)]
    found = kept(xlsx(tmp_path / "火化2026年三季度.xlsx", ("S", [header, *lines])))
    assert [person(row).identity.id_value for row in found] == [id_number(n) for n in (1, 2, 3)]
    assert codes(found[0]) == {"other_id_column": "note"} and codes(found[1]) == {}


def test_an_unknown_column_of_numbers_is_noted_unless_it_is_a_relative_s(tmp_path: Path) -> None:
    lines = [["李四", id_number(n), "2026-07-01", id_number(n + 10)] for n in (1, 2, 3)]
    for place, (heading, noted) in enumerate(
        [("证照", True), ("家属身份证号", False), ("身份证号（监护人）", False)]
    ):
        path = text_file(
            tmp_path / f"死亡注销{place}_2026Q3.csv", [["姓名", "身份证号", "死亡日期", heading], *lines]
        )
        first = kept(path)[0]
        assert person(first).identity.id_value == id_number(1)
        assert ("other_id_column" in codes(first)) is noted


@pytest.mark.parametrize("heading", ["领取人签字（章）", "补助对象签名", "救助人员手印"])
def test_a_column_for_signatures_is_no_unknown_money(tmp_path: Path, heading: str) -> None:
    lines = [[*BARE, heading], [*_line(1), ""], [*_line(2), None]]
    assert _totals(xlsx(tmp_path / NAME, ("S", lines))) == [[50000], [50000]]


def test_a_row_of_column_numbers_makes_no_column_money(tmp_path: Path) -> None:
    lines = [[*BARE, "备注"], [1, 2, 3, 4, 5], [*_line(1), ""], [*_line(2), "外出"]]
    assert _totals(xlsx(tmp_path / NAME, ("S", lines))) == [[50000], [50000]]
