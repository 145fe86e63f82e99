"""Finding the header: anywhere above, in other words, on two levels, with units."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_files import (
    HOUSEHOLD,
    UNEMPLOYED,
    codes,
    facts,
    household_row,
    id_number,
    kept,
    person,
    read,
    rows,
    text_file,
    xlsx,
)
from laws import examples

NAME = "农村低保家庭_202610.xlsx"


def test_the_header_may_stand_below_a_title_and_a_line_of_the_office(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "农村低保.xlsx",
        (
            "Sheet1",
            [
                ["示例区2026年10月农村低保花名册"],
                ["填报单位（盖章）：  单位：元、人"],
                HOUSEHOLD,
                household_row(),
            ],
        ),
        merges=["A1:F1"],
    )
    reading = read(path)
    assert reading.sheets[0].header_row == 3
    assert (reading.period, reading.period_from) == ("2026-10", "title")
    assert reading.template.key == "dibao_rural_household"
    assert [row.row for row in reading.rows(0)] == [4]


@pytest.mark.parametrize(
    ("heading", "fen"),
    [
        ("合计(元)", 52100),
        ("合 计\n（元）", 52100),
        ("合计", 52100),
        ("合计（万元）", 521000000),
        ("*合计（元）", 52100),
    ],
)
def test_headings_are_compared_without_blanks_and_their_unit_is_heeded(
    tmp_path: Path, heading: str, fen: int
) -> None:
    header = [heading if name == "合计（元）" else name for name in HOUSEHOLD]
    (row,) = kept(xlsx(tmp_path / NAME, ("Sheet1", [header, household_row()])))
    assert [fact.fen for fact in facts(row, "amount") if fact.code == "total"] == [fen]


def test_money_a_year_is_not_taken_for_money_a_month(tmp_path: Path) -> None:
    header = ["合计（元/年）" if name == "合计（元）" else name for name in HOUSEHOLD]
    (row,) = kept(xlsx(tmp_path / NAME, ("Sheet1", [header, household_row()])))
    assert codes(row) == {"unit_refused": "note"}
    assert "total" not in [fact.code for fact in facts(row, "amount")]


def test_a_unit_above_or_below_the_header_counts_for_columns_without_one(tmp_path: Path) -> None:
    header = [name.replace("（元）", "") for name in HOUSEHOLD]
    units = ["万元" if "合计" in name else None for name in HOUSEHOLD]
    for name, above, below in (("上", [["单位：万元"]], []), ("下", [], [units])):
        (row,) = kept(xlsx(tmp_path / f"{name}{NAME}", ("Sheet1", [*above, header, *below, household_row()])))
        assert [fact.fen for fact in facts(row, "amount") if fact.code == "total"] == [521 * 1000000]


def test_headings_on_two_levels_are_read_together(tmp_path: Path) -> None:
    upper = ["姓名", "身份证号", "失业登记", None, None]
    lower = [None, None, "失业登记日期", "失业原因", "状态"]
    path = xlsx(
        tmp_path / "失业202609.xlsx",
        ("S", [upper, lower, ["李四", id_number(2), "2026-09-01", "裁员", None]]),
    )
    reading = read(path)
    assert reading.sheets[0].header_row == 2
    assert set(reading.sheets[0].columns) == {
        "name", "id", "unemployed_day", "unemployed_reason", "unemployed_state"
    }  # fmt: skip


def test_the_columns_tell_letter_heading_and_unit(tmp_path: Path) -> None:
    plan = read(xlsx(tmp_path / NAME, ("Sheet1", [["备注", *HOUSEHOLD], [None, *household_row()]]))).sheets[0]
    assert plan.columns["total"] == ("H", "合计（元）", "元")
    assert plan.columns["id"] == ("C", "户主身份证号", "")
    assert plan.unmapped == ("备注",)


def test_a_second_account_column_helps_out(tmp_path: Path) -> None:
    header = [*HOUSEHOLD, "一卡通账号"]
    both = [*household_row(银行帐号="6217000000000000001"), "6217000000000000002"]
    other = [*household_row(户主身份证号=id_number(3)), "6217000000000000002"]
    first, second = kept(xlsx(tmp_path / NAME, ("Sheet1", [header, both, other])))
    assert facts(first, "account")[0].text.endswith("1")
    assert facts(second, "account")[0].text.endswith("2")


@settings(max_examples=examples(12, 60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(5)), titles=st.integers(0, 8))
def test_order_of_columns_and_number_of_titles_change_nobody(
    tmp_path: Path, order: list[int], titles: int
) -> None:
    people = [
        ["李四", id_number(2), "2026-09-01", "裁员", "登记失业"],
        ["王 五", id_number(3), "2026/9/2", None, "已注销"],
        ["赵六", "990101********0015", "20260903", None, None],
    ]
    table = [UNEMPLOYED, *people]
    plain = text_file(tmp_path / "失业202609.csv", table)
    lines = [["示例区登记失业人员"], ["单位：人社局"], [], ["说明"], [], [], ["第一页"], ["打印"]][:titles]
    mixed = text_file(
        tmp_path / "失业_202609.csv", [*lines, *([row[place] for place in order] for row in table)]
    )
    expected = [person(row) for row in kept(plain)]
    assert [person(row) for row in kept(mixed)] == expected
    assert len(expected) == 3


def test_blank_rows_at_the_end_are_left_out(tmp_path: Path) -> None:
    path = xlsx(tmp_path / NAME, ("Sheet1", [HOUSEHOLD, household_row(), [], household_row(), *[[""]] * 500]))
    assert [(row.row, row.outcome) for row in rows(path)] == [(2, "kept"), (3, "skipped"), (4, "kept")]
