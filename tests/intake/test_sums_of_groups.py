"""小计 under one heading with its parts is what is paid in all, never the basic sum; （月）is no unit."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import facts, id_number, kept, read, xlsx

from aidcli.errors import AidError
from aidcli.model import RowRead

NAME = "白塘镇2026年10月农村低保金发放花名册.xlsx"


def sums(row: RowRead) -> dict[str, int | None]:
    return {fact.code: fact.fen for fact in facts(row, "amount")}


def household(parent: str, parts: list[str], amounts: list[object], folder: Path) -> Path:
    blank: list[object] = [None] * (len(parts) - 1)
    upper = ["序号", "户主姓名", "身份证号码", "保障人口", parent, *blank]
    lower = [None, None, None, None, *parts]
    rows = [[n, f"张{'一二三'[n]}", id_number(2 * n + 1), 2, *amounts] for n in range(3)]
    wide = chr(ord("E") + len(parts) - 1)
    merges = [*(f"{column}1:{column}2" for column in "ABCD"), f"E1:{wide}1"]
    return xlsx(folder / NAME, ("S", [upper, lower, *rows]), merges=merges)


@pytest.mark.parametrize("parent", ["月保障金额", "保障金额（月）", "月救助金额", "保障金（每月）"])
@pytest.mark.parametrize("base", ["补差金额", "低保金"])
@pytest.mark.parametrize("last", ["小计", "合计", "小 计"])
def test_the_sum_of_a_group_is_what_is_paid_in_all(parent: str, base: str, last: str, tmp_path: Path) -> None:
    path = household(parent, [base, "分类施保", last], [840, 100, 940], tmp_path)
    for row in kept(path):
        assert sums(row) == {"base": 84000, "category_supplement": 10000, "total": 94000}


def test_the_sum_of_a_group_is_never_the_basic_sum(tmp_path: Path) -> None:
    """Where nothing else can be the basic sum the list is asked about, and not read with a sum too large."""
    path = household("月保障金额", ["某项", "分类施保", "小计"], [840, 100, 940], tmp_path)
    with pytest.raises(AidError) as refused:
        read(path)
    assert "基本保障金" in refused.value.message


def test_a_sum_of_all_beside_the_sum_of_a_group_goes_before_it(tmp_path: Path) -> None:
    upper = ["户主姓名", "身份证号码", "保障人口", "月保障金额", None, None, "电价补贴", "实发合计"]
    lower = [None, None, None, "补差金额", "分类施保", "小计", None, None]
    row = ["张三", id_number(1), 2, 840, 100, 940, 10, 950]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:G2", "H1:H2"]
    (read_,) = kept(xlsx(tmp_path / NAME, ("S", [upper, lower, row]), merges=merges))
    assert sums(read_)["total"] == 95000 and sums(read_)["base"] == 84000
