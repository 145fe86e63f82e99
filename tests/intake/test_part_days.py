"""A column of days that tells the month or the year alone: it is kept as that, told once, and no day is made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from golden_notation import told_of
from hypothesis import given
from hypothesis import strategies as st
from intake_files import codes, facts, id_number, kept, person, read, rows, text_file, xlsx

from aidcli.intake.coercion import dates
from aidcli.intake.coercion.cells import CellError, NumberText
from aidcli.intake.coercion.lesser import lesser

TODAY = date(2026, 10, 8)
A, B, C = id_number(1), id_number(2), id_number(3)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2026年2月", "2026-02"),
        ("2025.03", "2025-03"),
        ("2025-3", "2025-03"),
        ("2025/11", "2025-11"),
        ("202503", "2025-03"),
        ("二〇二五年三月", "2025-03"),
        ("2025年3月起", "2025-03"),
        ("2025-03-00", "2025-03"),
        ("20250300", "2025-03"),
        ("2025年3月0日", "2025-03"),
        ("2024年", "2024"),
        ("2024", "2024"),
        ("2024年度", "2024"),
        ("2024-00-00", "2024"),
        ("20240000", "2024"),
    ],
)
def test_a_month_or_a_year_is_what_it_is(written: str, told: str) -> None:
    assert lesser(written, today=TODAY) == told


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-30",
        "2026-13",
        "2026年13月",
        "2026-13-00",
        "约2026年2月",
        "2026年春",
        "3月",
        "12",
        "5269",
        "1849",
        "",
        "无",
        "2026年11月",
        "2027年",
        "2026-11-00",
        "2026年2月至3月",
        "2025、2026",
    ],
)
def test_what_is_neither_tells_nothing(written: str) -> None:
    assert lesser(written, today=TODAY) is None


def test_an_end_may_lie_ahead_and_a_figure_may_be_two_months() -> None:
    assert lesser("2028年3月") == "2028-03"
    assert lesser(NumberText("2025.1"), was_number=True) is None


@given(st.dates(date(1900, 1, 1), TODAY))
def test_a_whole_day_is_never_taken_for_less(day: date) -> None:
    with pytest.raises(CellError):
        dates.day(f"{day:%Y-%m}", today=TODAY)
    assert dates.day(day.isoformat(), today=TODAY) == day.isoformat()
    assert lesser(f"{day:%Y年%m月}", today=TODAY) == f"{day:%Y-%m}"


def test_help_of_which_a_list_tells_the_month(tmp_path: Path) -> None:
    table = [
        ["姓名", "身份证号", "帮扶项目", "帮扶金额（元）", "帮扶时间"],
        ["张三", A, "医疗救助", 3000, "2026年2月"],
        ["李四", B, "金秋助学", 2000, "2025.03"],
        ["王五", C, "生活救助", 500, "2024年"],
        ["赵六", id_number(4), "生活救助", 500, "2026-02-03"],
    ]
    assert told_of(tmp_path, "总工会帮扶2026年9月.csv", table)[1:] == [
        "subject 张三 #1 ! day_untold@E",
        "  helped 2026-02 300000分 =trade_union “医疗救助”",
        "subject 李四 #2",
        "  helped 2025-03 200000分 =trade_union “金秋助学”",
        "subject 王五 #3 ! day_untold@E",
        "  helped 2024 50000分 =trade_union “生活救助”",
        "subject 赵六 #4",
        "  helped 2026-02-03 50000分 =trade_union “生活救助”",
    ]


def test_the_note_says_what_was_told_and_what_to_do(tmp_path: Path) -> None:
    table = [
        ["姓名", "身份证号", "帮扶项目", "帮扶时间"],
        ["张三", A, "助学", "2026年2月"],
        ["李四", B, "助学", "2024"],
    ]
    month, year = kept(xlsx(tmp_path / "工会帮扶202609.xlsx", ("S", table)))
    assert codes(month) == codes(year) == {"day_untold": "note"}
    assert month.problems[0].message == (
        "列“帮扶时间”有的只写了年月（例如2026-02），没有写到日：按所写的收下，不另外补上；要确切的请补齐后重新导入"
    )
    assert year.problems[0].message == (
        "列“帮扶时间”有的只写了年份（例如2024年），没有写到月日：按所写的收下，不另外补上；要确切的请补齐后重新导入"
    )


def test_somebody_who_died_in_a_month_has_died(tmp_path: Path) -> None:
    table = [
        ["死者姓名", "证件号码", "死亡日期", "死亡原因", "签发日期"],
        ["张三", A, "2026年8月", "脑出血", "2026-08-20"],
        ["李四", B, "2026-08-12", "脑出血", "2026年8月"],
    ]
    first, second = kept(text_file(tmp_path / "死亡医学证明2026年三季度.csv", table))
    assert [(f.month, f.day, f.text) for f in facts(first, "death")] == [("2026-08", "", "2026-08-20")]
    assert [(f.month, f.day, f.text) for f in facts(second, "death")] == [
        ("2026-Q3", "2026-08-12", "2026-08")
    ]


def test_the_day_of_the_cremation_does_not_stand_for_a_month_of_death(tmp_path: Path) -> None:
    table = [["逝者姓名", "身份证号", "死亡时间", "火化时间"], ["张三", A, "2026年8月", "2026-08-16"]]
    (row,) = kept(text_file(tmp_path / "火化2026年三季度.csv", table))
    assert [(f.month, f.day, f.text) for f in facts(row, "death")] == [("2026-08", "", "2026-08-16")]


@pytest.mark.parametrize(
    ("name", "headings", "cells", "kind", "month"),
    [
        (
            "救助站202609.csv",
            ["姓名", "身份证号", "入站时间", "离站去向"],
            ["2026.08", "返乡"],
            "sheltered",
            "2026-08",
        ),
        (
            "迁出202609.csv",
            ["姓名", "身份证号", "迁出日期", "迁往地"],
            ["2026年7月", "外省"],
            "moved_out",
            "2026-07",
        ),
        (
            "卡折代管备案202609.csv",
            ["姓名", "身份证号", "备案日期", "代管人"],
            ["2025年6月", "王二小"],
            "card_custody",
            "2025-06",
        ),
        (
            "照料护理协议202609.csv",
            ["特困人员姓名", "身份证号", "协议签订时间", "照料人姓名"],
            ["2026年1月", "王二小"],
            "care_agreement",
            "2026-01",
        ),
        (
            "主动报告202609.csv",
            ["户主姓名", "身份证号", "报告日期", "报告内容"],
            ["2026年6月", "务工"],
            "reported",
            "2026-06",
        ),
    ],
)
def test_a_row_whose_day_must_be_there_is_kept_by_its_month(
    tmp_path: Path, name: str, headings: list[str], cells: list[str], kind: str, month: str
) -> None:
    (row,) = rows(text_file(tmp_path / name, [headings, ["张三", A, *cells]]))
    assert row.outcome == "kept"
    assert [(fact.month, fact.day) for fact in facts(row, kind)] == [(month, "")]


def test_the_end_of_a_contract_may_be_a_month_that_lies_ahead(tmp_path: Path) -> None:
    table = [
        ["申请人", "身份证号", "保障方式", "合同开始日期", "合同到期日"],
        ["张三", A, "实物配租", "2025年3月", "2028年3月"],
    ]
    (row,) = kept(text_file(tmp_path / "公租房2026年9月.csv", table))
    assert [(f.month, f.day) for f in facts(row, "public_rental")] == [("2025-03", "")]
    assert [(f.month, f.day) for f in facts(row, "public_rental_until")] == [("2028-03", "")]


def test_a_year_of_first_aid_is_kept_as_the_year(tmp_path: Path) -> None:
    table = [
        ["经办人员姓名", "享受救助人员姓名", "身份证号", "亲属关系", "享受救助起始时间"],
        ["钱七", "张三", A, "父亲", "2019年"],
    ]
    (row,) = kept(text_file(tmp_path / "近亲属备案2026年9月.csv", table))
    assert [fact.month for fact in facts(row, "kin_aid_since")] == ["2019"]


def test_a_bill_without_its_day_is_set_aside(tmp_path: Path) -> None:
    bills = [
        ["姓名", "证件号码", "结算时间", "医疗费总额", "个人负担总金额"],
        ["张三", A, "2026年8月", "100", "10"],
    ]
    (row,) = rows(text_file(tmp_path / "医保结算明细202608.csv", bills))
    assert (row.outcome, codes(row)) == ("set_aside", {"bad_day": "row"})


@pytest.mark.parametrize(
    ("number", "written", "birth", "told"),
    [
        ("", "1960年1月", "1960-01", {"id_missing": "note", "day_untold": "note"}),
        ("", "1960", "1960", {"id_missing": "note", "day_untold": "note"}),
        ("", "1960年", "1960", {"id_missing": "note", "day_untold": "note"}),
        (A, "1960.1", "1960-01-01", {"day_untold": "note"}),
        (A, "1960年", "1960-01-01", {"day_untold": "note"}),
        (A, "1975年", "1975", {"day_untold": "note", "birth_against_id": "note"}),
    ],
)
def test_a_birth_keeps_what_is_told_and_the_number_tells_the_rest(
    tmp_path: Path, number: str, written: str, birth: str, told: dict[str, str]
) -> None:
    cards = [
        ["姓名", "身份证号", "出生日期", "残疾类别", "残疾等级"],
        ["张三", number, written, "肢体", "二级"],
    ]
    path = text_file(tmp_path / "持证残疾人202609.csv", cards)
    (card,) = rows(path)
    assert person(card).identity.birth == birth and codes(card) == told
    assert told_by_blocks(read(path)) == told_by_rows(read(path))


@given(
    days=st.lists(
        st.sampled_from(("2026-08-03", "2026年8月", "2026.7", "2025年", "2026-08-00", "2026-13", "无", "")),
        min_size=1,
        max_size=25,
    )
)
def test_rows_in_blocks_tell_the_same(days: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    table = [["逝者姓名", "身份证号", "死亡时间", "火化时间"]]
    table += [["张三", id_number(place + 1), day, "2026-08-20"] for place, day in enumerate(days)]
    path = text_file(tmp_path_factory.mktemp("part") / "火化2026年8月.csv", table)
    assert told_by_rows(read(path)) == told_by_blocks(read(path))
