"""A roster of assistance named after a quarter: its sums are three months', and never paid every month."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import TEMPLATES, TODAY, codes, facts, id_number, read, rows, text_file, xlsx

from aidcli.intake.rows.rereading import Layout, layout_of, reread
from aidcli.intake.rows.sums.spans import span_in
from aidcli.model import RowRead

PLAIN = ["姓名", "身份证号", "供养方式", "基本生活费", "照料护理费", "合计", "银行账号"]
ROW = ["张三丰", id_number(1), "分散", "2700", "300", "3000", "6217000000000000001"]


def _first(path: Path, **options: object) -> RowRead:
    return rows(path, period="2026-07", **options)[0]


@pytest.mark.parametrize(
    ("file", "sheet"),
    [
        ("2026年第三季度特困人员供养资金发放花名册", "Sheet1"),
        ("特困人员2026年7-9月", "Sheet1"),
        ("特困人员", "三季度"),
        ("特困人员", "7—9月"),
        ("特困2026Q3", "Sheet1"),
    ],
)
def test_sums_of_a_quarter_are_kept_as_its_sum_and_never_as_a_month_s(
    tmp_path: Path, file: str, sheet: str
) -> None:
    row = _first(xlsx(tmp_path / f"{file}.xlsx", (sheet, [PLAIN, ROW])), source="tekun_register")
    assert not facts(row, "amount")
    (paid,) = facts(row, "benefit")
    assert (paid.code, paid.fen, paid.num) == ("tekun", 300000, 3)
    assert facts(row, "enrolled") and codes(row) == {"quarter_sum": "note"}
    for said in ("“合计”（F列）", "3个月", "月合计（元/月）"):
        assert said in row.problems[0].message


@pytest.mark.parametrize(
    "file", ["特困人员2026年9月", "特困人员花名册（2026年三季度第3个月，9月）", "特困人员202609"]
)
def test_a_list_of_one_month_is_read_as_before(tmp_path: Path, file: str) -> None:
    row = _first(xlsx(tmp_path / f"{file}.xlsx", ("Sheet1", [PLAIN, ROW])), source="tekun_register")
    assert {fact.code for fact in facts(row, "amount")} == {"total", "living", "care"} and not facts(
        row, "benefit"
    )


def test_sums_whose_heading_says_a_month_stay_a_month_s(tmp_path: Path) -> None:
    table = [
        ["姓名", "身份证号", "供养标准", "月合计", "季度发放金额"],
        ["张三丰", id_number(1), "900", "1000", "3000"],
    ]
    row = _first(xlsx(tmp_path / "特困人员2026年第三季度.xlsx", ("S", table)))
    assert {fact.code: fact.fen for fact in facts(row, "amount")} == {"living": 90000, "total": 100000}
    (paid,) = facts(row, "benefit")
    assert (paid.fen, paid.num) == (300000, 3)


def test_a_month_s_standard_beside_the_quarter_s_sum_is_no_total(tmp_path: Path) -> None:
    table = [["姓名", "身份证号", "供养标准", "合计"], ["张三丰", id_number(1), "900", "2700"]]
    row = _first(xlsx(tmp_path / "特困人员2026年第三季度.xlsx", ("S", table)))
    assert {fact.code: fact.fen for fact in facts(row, "amount")} == {"living": 90000}
    assert facts(row, "benefit")[0].fen == 270000


def test_a_month_is_told_where_three_times_its_parts_are_the_quarter_s_sum(tmp_path: Path) -> None:
    headings = ["姓名", "身份证号", "基本生活标准（元/月）", "照料护理标准（元/月）", "月数", "季度合计"]
    table = [
        headings,
        ["张三丰", id_number(1), "956", "100", "3", "3168"],
        ["李四", id_number(2), "956", "400", "2", "2712"],
        ["王五", id_number(3), "956", "100", "3", "3200"],
        ["赵六", id_number(4), "956", "", "3", "2868"],
    ]
    path = text_file(tmp_path / "特困人员2026年第三季度.csv", table)
    full, two, wrong, alone = rows(path, period="2026-07")
    assert {fact.code: fact.fen for fact in facts(full, "amount")} == {
        "living": 95600,
        "care": 10000,
        "total": 105600,
    }
    for row in (two, wrong):
        assert "total" not in {fact.code for fact in facts(row, "amount")}
    assert (facts(two, "benefit")[0].fen, facts(two, "benefit")[0].num) == (271200, 2)
    assert {fact.code: fact.fen for fact in facts(alone, "amount")} == {"living": 95600, "total": 95600}
    reading = read(path, period="2026-07")
    assert told_by_rows(reading) == told_by_blocks(reading)


def test_a_sheet_s_month_goes_before_the_file_s_quarter(tmp_path: Path) -> None:
    row = _first(
        xlsx(tmp_path / "特困人员2026年第三季度.xlsx", ("7月", [PLAIN, ROW])), source="tekun_register"
    )
    assert facts(row, "amount") and codes(row) == {}


def test_the_same_holds_for_households_of_dibao(tmp_path: Path) -> None:
    table = [["户主姓名", "户主身份证号", "保障人口数", "保障金额", "银行账号"]]
    table += [["张三丰", id_number(1), 2, "1500", "6217000000000000001"]]
    row = _first(xlsx(tmp_path / "农村低保2026年第三季度.xlsx", ("S", table)), source="dibao_rural_household")
    assert not facts(row, "amount") and facts(row, "benefit")[0].fen == 150000


@pytest.mark.parametrize("heading", ["季度合计", "本季度发放金额", "供养金（元/季）", "季度供养金"])
def test_a_column_of_the_quarter_is_enough(tmp_path: Path, heading: str) -> None:
    table = [["姓名", "身份证号", heading, "银行账号"], ["张三丰", id_number(1), "2700", ROW[-1]]]
    (row,) = rows(xlsx(tmp_path / "分散特困人员2026年9月.xlsx", ("S", table)))
    assert not facts(row, "amount")
    assert (facts(row, "benefit")[0].fen, facts(row, "benefit")[0].num) == (270000, 3)
    assert codes(row) == {"quarter_sum": "note"}


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("第三季度", 3),
        ("7-9月", 3),
        ("7月—8月", 2),
        ("2026年上半年", 6),
        ("全年", 12),
        ("2026年9月", None),
        ("9月（三季度）", None),
        ("2026年三季度（7-9月）20260930", 3),
        ("四季青社区", None),
        ("", None),
    ],
)
def test_what_a_name_says_of_several_months(text: str, months: int | None) -> None:
    span = span_in([text])
    assert (span.months if span else None) == months


def test_a_corrected_row_is_read_as_the_file_was(tmp_path: Path) -> None:
    for name, table in (("特困人员2026年第三季度", [PLAIN, ROW]), ("特困人员2026年9月", [PLAIN, ROW])):
        reading = read(
            xlsx(tmp_path / f"{name}.xlsx", ("S", table)), source="tekun_register", period="2026-09"
        )
        kept = Layout.of_json(layout_of(reading, 0).as_json())
        (again,) = reread(
            TEMPLATES["tekun_register"],
            kept,
            f"{name}.xlsx",
            "S",
            [(2, tuple(map(str, ROW)))],
            "2026-09",
            TODAY,
        )
        (first,) = reading.rows(0)
        assert again.record == first.record


def test_rows_read_together_say_the_same(tmp_path: Path) -> None:
    table = [PLAIN] + [
        [ROW[0], id_number(n), *ROW[2:5], ["3000", "", "0"][n % 3], ROW[6]] for n in range(1, 20)
    ]
    reading = read(
        text_file(tmp_path / "特困人员2026年第三季度.csv", table), source="tekun_register", period="2026-07"
    )
    told = told_by_rows(reading)
    assert told == told_by_blocks(reading)
    assert not [fact for one in told for fact in one.facts if fact.kind == "amount"]


@pytest.mark.parametrize("parent", ["月标准", "每月标准", "月供养标准（元）"])
def test_sums_under_a_heading_that_says_a_month_are_a_month_s(tmp_path: Path, parent: str) -> None:
    """月标准 over 基本生活费 and 照料护理费, beside the three months and their sum."""
    table = [
        ["姓名", "身份证号", parent, "", "发放金额", "", "", ""],
        ["", "", "基本生活费", "照料护理费", "7月", "8月", "9月", "合计"],
        ["张三丰", id_number(1), "900", "100", "1000", "1000", "1000", "3000"],
    ]
    row = _first(xlsx(tmp_path / "特困人员2026年第三季度.xlsx", ("S", table)), source="tekun_register")
    assert {fact.code: fact.fen for fact in facts(row, "amount")} == {"living": 90000, "care": 10000}
    (paid,) = facts(row, "benefit")
    assert (paid.fen, paid.num) == (300000, 3)
    assert "“合计”（H列）没有写明" in row.problems[0].message
