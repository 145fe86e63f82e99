"""Sums granted once with their parts beside them: 现金 and 实物, 口粮, 衣被 and 取暖; and a bare 合计."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import codes, facts, id_number, read, rows, text_file

from aidcli.model import RowRead


def _winter(folder: Path, headings: list[str], *cells: object) -> RowRead:
    table = [
        ["户主姓名", "身份证号", "家庭人口", "需救助人口", *headings],
        ["张三丰", id_number(1), 3, 3, *cells],
    ]
    (row,) = rows(text_file(folder / "2026年冬春救助花名册.csv", table), period="2026-Q4")
    return row


def _temporary(folder: Path, headings: list[str], *cells: object) -> RowRead:
    table = [
        ["姓名", "身份证号", "救助原因", "审批时间", *headings],
        ["张三丰", id_number(1), "疾病", "2026-9-3", *cells],
    ]
    (row,) = rows(text_file(folder / "临时救助台账2026年9月.csv", table))
    return row


def _parts(row: RowRead) -> dict[str, int | None]:
    return {fact.code: fact.fen for fact in facts(row, "aid_part")}


def test_a_bare_sum_that_its_parts_make_up_is_money(tmp_path: Path) -> None:
    row = _winter(tmp_path, ["口粮", "衣被", "取暖", "合计"], "300", "100", "50", "450")
    (paid,) = facts(row, "winter_aid")
    assert (paid.fen, paid.num) == (45000, 3) and codes(row) == {}
    assert _parts(row) == {"food": 30000, "clothes": 10000, "heating": 5000}


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (["棉被", "棉衣", "合计"], ("2", "1", "3")),
        (["口粮", "衣被", "取暖", "合计"], ("20", "2", "1", "450")),
        (["合计"], ("450",)),
    ],
)
def test_a_bare_sum_of_which_nobody_can_say_whether_it_is_money_is_asked_about(
    tmp_path: Path, headings: list[str], cells: tuple[str, ...]
) -> None:
    row = _winter(tmp_path, headings, *cells)
    assert (row.outcome, codes(row)) == ("set_aside", {"value_missing": "row"})
    assert "“合计（元）”" in row.problems[0].message and "件数" in row.problems[0].message


@pytest.mark.parametrize("food", ["20", "面粉一袋", ""])
def test_a_sum_in_yuan_is_taken_whatever_was_weighed_or_counted_beside_it(tmp_path: Path, food: str) -> None:
    row = _winter(tmp_path, ["口粮", "衣被", "合计（元）"], food, "2", "450")
    assert facts(row, "winter_aid")[0].fen == 45000
    assert codes(row) == {} and _parts(row) == {}


def test_a_sum_that_is_not_that_of_its_parts_is_taken_and_told(tmp_path: Path) -> None:
    row = _winter(tmp_path, ["现金", "物资折款", "合计"], "300", "100", "500")
    assert facts(row, "winter_aid")[0].fen == 50000 and codes(row) == {"total_mismatch": "note"}
    for said in ("“现金”是300.00元", "“物资折款”是100.00元", "相加是400.00元", "“合计”是500.00元"):
        assert said in row.problems[0].message


def test_parts_alone_are_the_sum_together(tmp_path: Path) -> None:
    row = _winter(tmp_path, ["现金（元）", "物资折款（元）"], "300", "100")
    assert facts(row, "winter_aid")[0].fen == 40000
    row = _temporary(tmp_path, ["救助金额（现金）", "救助金额（实物）", "经办方式"], "2000", "500", "转账")
    (paid,) = facts(row, "benefit")
    assert (paid.fen, paid.day) == (250000, "2026-09-03")
    assert _parts(row) == {"cash": 200000, "goods": 50000}


@pytest.mark.parametrize("goods", ["500", "大米20斤、油1桶"])
def test_goods_make_up_what_is_missing(tmp_path: Path, goods: str) -> None:
    row = _temporary(tmp_path, ["现金", "实物", "合计"], "2000", goods, "2500")
    assert facts(row, "benefit")[0].fen == 250000 and codes(row) == {}
    assert facts(row, "help_goods")[0].text == goods


@pytest.mark.parametrize(("goods", "whole"), [("300", "2500"), ("大米20斤", "1500")])
def test_goods_that_cannot_make_it_up_are_told(tmp_path: Path, goods: str, whole: str) -> None:
    row = _temporary(tmp_path, ["现金", "实物", "合计"], "2000", goods, whole)
    assert codes(row) == {"total_mismatch": "note"}


def test_cash_without_any_sum_is_what_was_granted(tmp_path: Path) -> None:
    assert facts(_temporary(tmp_path, ["现金", "实物"], "2000", "大米20斤"), "benefit")[0].fen == 200000


def test_several_grants_of_a_year_stay_several(tmp_path: Path) -> None:
    table = [["姓名", "身份证号", "救助原因", "救助金额", "救助时间"]]
    table += [
        ["张三丰", id_number(1), "疾病", "2000", "2026.3.5"],
        ["张三丰", id_number(1), "教育", "1000", "2026.8.5"],
    ]
    found = [facts(row, "benefit")[0] for row in rows(text_file(tmp_path / "临时救助台账202609.csv", table))]
    assert [(one.fen, one.day) for one in found] == [(200000, "2026-03-05"), (100000, "2026-08-05")]


def test_rows_read_together_say_the_same(tmp_path: Path) -> None:
    table = [["户主姓名", "身份证号", "需救助人口", "现金", "口粮", "合计"]]
    for n in range(24):
        cash, food, whole = [("300", "100", "400"), ("", "100", "100"), ("300", "5", "300"), ("", "", "")][
            n % 4
        ]
        table.append(["张三丰", id_number(1 + n), "3", cash, food, whole])
    reading = read(text_file(tmp_path / "冬春救助2026年第四季度.csv", table))
    assert told_by_rows(reading) == told_by_blocks(reading)
