"""Three months' money in one sum: kept as it is, as that of three months."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import codes, facts, id_number, read, rows, text_file, xlsx

from aidcli.errors import AidError

PERSON = ["老人姓名", "身份证号码"]


def _file(folder: Path, headings: list[str], *cells: object, name: str = "高龄津贴2026年第三季度") -> Path:
    return xlsx(folder / f"{name}.xlsx", ("S", [[*PERSON, *headings], ["张三", id_number(1), *cells]]))


@pytest.mark.parametrize("heading", ["季度发放金额", "本季度发放金额（元）", "季度津贴", "发放金额（元/季）"])
def test_a_quarter_s_sum_is_that_of_three_months(tmp_path: Path, heading: str) -> None:
    (row,) = rows(_file(tmp_path, [heading], "300"))
    (paid,) = facts(row, "benefit")
    assert (paid.fen, paid.num, paid.month) == (30000, 3, "2026-09")
    assert codes(row)["quarter_sum"] == "note"
    assert any("没有折成每月" in one.message for one in row.problems)


def test_a_month_s_sum_beside_it_goes_before(tmp_path: Path) -> None:
    (row,) = rows(_file(tmp_path, ["月津贴金额", "季度发放金额"], "100", "300"))
    (paid,) = facts(row, "benefit")
    assert (paid.fen, paid.num) == (10000, None) and "quarter_sum" not in codes(row)


def test_the_months_that_a_column_tells_go_before(tmp_path: Path) -> None:
    (row,) = rows(_file(tmp_path, ["季度发放金额", "发放月数"], "200", "2"))
    assert (facts(row, "benefit")[0].fen, facts(row, "benefit")[0].num) == (20000, 2)


def test_a_sum_that_names_no_span_is_taken_as_before(tmp_path: Path) -> None:
    (row,) = rows(_file(tmp_path, ["发放金额"], "300"))
    assert facts(row, "benefit")[0].num is None and codes(row) == {"quarter_taken": "note"}


def test_rows_read_together_say_the_same(tmp_path: Path) -> None:
    table = [[*PERSON, "季度发放金额"]]
    table += [["张三丰", id_number(1 + n), ["300", "0", "", "三百"][n % 4]] for n in range(40)]
    reading = read(text_file(tmp_path / "高龄津贴2026年第三季度.csv", table))
    told = told_by_rows(reading)
    assert told == told_by_blocks(reading)
    assert {fact.num for one in told for fact in one.facts if fact.kind == "benefit"} == {3}


def test_a_quarter_is_the_same_for_a_trial_and_for_an_import(tmp_path: Path) -> None:
    assert read(_file(tmp_path, ["津贴金额"], "100")).period == "2026-09"
    table = [["户主姓名", "户主身份证号", "保障人口数", "户月保障金额（元）"], ["张三", id_number(1), 2, 500]]
    with pytest.raises(AidError) as refused:
        read(xlsx(tmp_path / "农村低保家庭2026年第三季度.xlsx", ("S", table)))
    assert refused.value.code == "bad_period" and "--period 2026-07" in str(refused.value.hint)


@pytest.mark.parametrize("period", [None, "2026-Q3"])
@pytest.mark.parametrize("name", ["特困人员2026年第三季度", "特困人员供养金发放花名册2026年三季度"])
def test_a_quarter_s_roster_of_tekun_is_that_of_its_first_month(
    tmp_path: Path, name: str, period: str | None
) -> None:
    headings = ["姓名", "身份证号", "供养方式", "基本生活费", "照料护理费", "合计", "银行账号"]
    table = [headings, ["张三", id_number(1), "分散", 2700, 300, 3000, "6217000000000000001"]]
    reading = read(xlsx(tmp_path / f"{name}.xlsx", ("S", table)), period=period)
    assert reading.period == "2026-07"
    (row,) = reading.rows(0)
    assert not facts(row, "amount")  # three months' money is never a month's
    assert [(paid.fen, paid.num) for paid in facts(row, "benefit")] == [(300000, 3)]
    assert codes(row) == {"quarter_taken": "note", "quarter_sum": "note"}
    assert "这一季的第一个月2026-07" in row.problems[0].message
