"""补发, 扣发, 补扣发 beside a month's money: what is paid every month does not hold them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import codes, facts, id_number, read, rows, text_file

from aidcli.errors import AidError
from aidcli.intake.rows.unread import unread_headings
from aidcli.model import RowRead

_FAMILY = ["户主姓名", "户主身份证号", "家庭人口", "享受人数"]


def _low(folder: Path, headings: list[str], *cells: Sequence[object]) -> list[RowRead]:
    table: list[list[object]] = [[*_FAMILY, *headings]]
    table += [["张三丰", id_number(number), 2, 1, *row] for number, row in enumerate(cells, 1)]
    return rows(text_file(folder / "城市低保家庭2026年10月.csv", table))


def _amounts(row: RowRead) -> dict[str, int | None]:
    return {fact.code: fact.fen for fact in (*facts(row, "amount"), *facts(row, "back_pay"))}


def test_the_monthly_total_is_without_what_was_paid_for_other_months(tmp_path: Path) -> None:
    headings = ["差额补助", "重点对象增发", "补（扣）发", "实发金额"]
    plain, more, less = _low(
        tmp_path, headings, (500, 50, "", 550), (500, 50, 550, 1100), (500, 0, -200, 300)
    )
    assert _amounts(plain) == {"base": 50000, "category_supplement": 5000, "total": 55000}
    assert (
        _amounts(more) == {"base": 50000, "category_supplement": 5000, "total": 55000} | {"arrears": 55000}
        and codes(more)["back_pay"] == "note"
    )
    assert _amounts(less)["total"] == 50000 and _amounts(less)["arrears"] == -20000
    told = next(one for one in less.problems if one.code == "back_pay")
    assert told.column == "H" and "扣发200.00元" in told.message and "500.00元" in told.message
    assert "back_pay" not in codes(plain)


@pytest.mark.parametrize("written", ["-100", "100"])
def test_a_deduction_is_taken_off_whether_or_not_it_is_written_below_zero(
    tmp_path: Path, written: str
) -> None:
    (row,) = _low(tmp_path, ["差额补助", "扣回金额", "实发金额"], (500, written, 400))
    assert _amounts(row)["total"] == 50000


@pytest.mark.parametrize(
    ("headings", "cells", "total"),
    [
        (["差额补助", "补发", "应发金额"], (500, 500, 500), 50000),
        (["差额补助", "补发9月", "合计金额"], (500, 500, 1000), 50000),
        (["补发8-9月", "月发放合计"], (400, 900), 50000),
        (["补发8-9月", "应发金额"], (400, 900), 90000),
    ],
)
def test_parts_tell_whether_the_sum_holds_the_back_payment_and_else_its_name(
    tmp_path: Path, headings: list[str], cells: tuple[int, ...], total: int
) -> None:
    if "差额补助" in headings:
        (row,) = _low(tmp_path, headings, cells)
    else:
        (row,) = _low(tmp_path, ["月补差", *headings], ("", *cells))
    assert _amounts(row)["total"] == total


def test_the_standard_beside_it_tells_what_a_month_of_a_benefit_is(tmp_path: Path) -> None:
    table = [
        ["姓名", "身份证号", "优抚类别", "定期补助标准(元/月)", "本月发放", "补发金额", "合计"],
        ["张三丰", id_number(1), "参战退役人员", "1,035.00", "1,035.00", "1,035.00", "2,070.00"],
        ["李四光", id_number(2), "参战退役人员", "1,035.00", "1,035.00", "", "1,035.00"],
    ]
    path = text_file(tmp_path / "优抚对象发放清册202610.csv", table)
    back, usual = rows(path)
    assert [fact.fen for fact in facts(back, "benefit")] == [103500]
    assert [(fact.code, fact.fen) for fact in facts(back, "back_pay")] == [("arrears", 103500)]
    assert [fact.fen for fact in facts(usual, "benefit")] == [103500] and not facts(usual, "back_pay")
    reading = read(path)
    assert told_by_blocks(reading) == told_by_rows(reading)
    assert [heading for _, heading in unread_headings(reading.planned[0])] == ["本月发放"]


def test_of_a_list_of_payments_the_sum_stays_what_was_paid_and_its_part_is_told(tmp_path: Path) -> None:
    table: list[list[object]] = [
        ["户主姓名", "身份证号", "保障金", "补发", "实发合计", "银行账号"],
        ["张三丰", id_number(1), 500, 500, 1000, "6228480000000000018"],
    ]
    (row,) = rows(text_file(tmp_path / "低保金发放明细2026年9月.csv", table))
    assert [fact.fen for fact in facts(row, "paid")] == [100000]
    assert [(fact.code, fact.fen) for fact in facts(row, "back_pay")] == [("arrears", 50000)]


def test_words_and_months_under_such_a_heading_are_left_alone(tmp_path: Path) -> None:
    (row,) = _low(tmp_path, ["差额补助", "补发", "实发金额"], (500, "补发9月", 1000))
    assert _amounts(row) == {"base": 50000, "total": 100000} and "back_pay" not in codes(row)


def test_two_such_columns_belong_to_sums_of_their_own_and_are_not_read(tmp_path: Path) -> None:
    (row,) = _low(tmp_path, ["差额补助", "补发", "分类施保", "补发", "实发金额"], (500, 100, 50, 20, 670))
    assert "arrears" not in _amounts(row) and _amounts(row)["total"] == 67000


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_the_sum_due_and_the_sum_paid_a_roster_takes_what_is_due_each_month(
    tmp_path: Path, order: tuple[int, int]
) -> None:
    headings, lines = ["应发金额", "实发金额"], [(550, 1100, 550), (550, 550, ""), (550, 350, -200)]
    more, plain, less = _low(
        tmp_path,
        ["差额补助", *(headings[place] for place in order), "补扣发"],
        *((550, *(line[place] for place in order), line[2]) for line in lines),
    )
    assert [_amounts(row)["total"] for row in (more, plain, less)] == [55000] * 3
    assert _amounts(more)["arrears"] == 55000 and _amounts(less)["arrears"] == -20000


def test_of_the_two_a_list_of_payments_takes_what_was_paid(tmp_path: Path) -> None:
    table: list[list[object]] = [
        ["户主姓名", "身份证号", "保障金", "应发金额", "补发", "实发金额", "银行账号"],
        ["张三丰", id_number(1), 500, 500, 500, 1000, "6228480000000000018"],
    ]
    (row,) = rows(text_file(tmp_path / "低保金发放明细2026年9月.csv", table))
    assert [fact.fen for fact in facts(row, "paid")] == [100000]


def test_two_sums_that_what_is_beside_them_does_not_explain_are_asked_about(tmp_path: Path) -> None:
    with pytest.raises(AidError, match="应发金额"):
        _low(tmp_path, ["差额补助", "应发金额", "补发", "实发金额"], (550, 550, 100, 1100))
