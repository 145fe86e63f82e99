"""Which template, which sheets, which period."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import (
    HOUSEHOLD,
    TEMPLATES,
    TODAY,
    UNEMPLOYED,
    household_row,
    id_number,
    read,
    text_file,
    xlsx,
)

from aidcli.errors import AidError, WrongUsage
from aidcli.intake import load_templates, open_file
from aidcli.intake.headers.periods import period_in, unclear_in


@pytest.mark.parametrize(
    ("name", "title", "sheet", "key"),
    [
        ("农村低保家庭查询_20261008", "", "Sheet1", "dibao_rural_household"),
        ("城市低保家庭查询_20260908", "", "Sheet1", "dibao_urban_household"),
        ("名册202610", "示例区城镇低保发放表", "Sheet1", "dibao_urban_household"),
        ("名册202610", "", "农保", "dibao_rural_household"),
    ],
)
def test_names_titles_and_sheets_tell_rural_from_urban(
    tmp_path: Path, name: str, title: str, sheet: str, key: str
) -> None:
    above = [[title]] if title else []
    assert (
        read(xlsx(tmp_path / f"{name}.xlsx", (sheet, [*above, HOUSEHOLD, household_row()]))).template.key
        == key
    )


def test_a_column_tells_rural_from_urban(tmp_path: Path) -> None:
    table = [[*HOUSEHOLD, "救助类型"], [*household_row(), "城市低保"], [*household_row(), "城市低保"]]
    assert read(xlsx(tmp_path / "名册202610.xlsx", ("S", table))).template.key == "dibao_urban_household"


def test_where_nothing_tells_the_candidates_are_named(tmp_path: Path) -> None:
    table = [[*HOUSEHOLD, "救助类型"], [*household_row(), "城市低保"], [*household_row(), "农村低保"]]
    path = xlsx(tmp_path / "名册202610.xlsx", ("S", table))
    with pytest.raises(AidError) as caught:
        read(path)
    assert caught.value.code == "template_ambiguous"
    assert "dibao_rural_household" in caught.value.message and "dibao_urban_household" in caught.value.message
    assert "--source" in (caught.value.hint or "")
    assert read(path, source="城市低保家庭").template.key == "dibao_urban_household"


def test_sheets_that_are_not_read_are_told_with_the_reason(tmp_path: Path) -> None:
    people = ["姓名", "身份证号", "户主身份证号", "与户主关系"]
    path = xlsx(
        tmp_path / "农村低保202610.xlsx",
        ("说明", [["本表由民政局填写"]]),
        ("空", []),
        ("家庭", [HOUSEHOLD, household_row()]),
        ("人员", [people, ["张三", id_number(1), id_number(1), "户主"]]),
    )
    reading = read(path)
    assert [plan.name for plan in reading.sheets] == ["家庭"]
    assert [name for name, _ in reading.skipped_sheets] == ["说明", "空", "人员"]
    reasons = dict(reading.skipped_sheets)
    assert "没有找到表头" in reasons["说明"] and "空白" in reasons["空"]
    assert "农村低保人员（dibao_rural_person）" in reasons["人员"]
    other = read(path, sheets=["人员"])
    assert other.template.key == "dibao_rural_person"


def test_hidden_sheets_are_read_only_when_named(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    first = ("甲", [UNEMPLOYED, ["李四", id_number(2), "2026-09-01"]])
    second = ("乙", [UNEMPLOYED, ["王五", id_number(3), "2026-09-01"]])
    path = xlsx(tmp_path / "失业202609.xlsx", first, second)
    book = load_workbook(path)
    book["乙"].sheet_state = "hidden"
    book.save(path)
    assert [plan.name for plan in read(path).sheets] == ["甲"]
    assert "隐藏" in read(path).skipped_sheets[0][1]
    assert [plan.name for plan in read(path, sheets=["乙"]).sheets] == ["乙"]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("农村低保家庭查询_20261008", "2026-10"),
        ("名册202610", "2026-10"),
        ("名册_2026-10", "2026-10"),
        ("名册 2026.9", "2026-09"),
        ("2026年9月份名册", "2026-09"),
        ("20269月份名册", "2026-09"),
        ("怀民社救〔2025〕22号2025年5月份农村分散特困经费", "2025-05"),
        ("持证残疾人名单2026年三季度", "2026-Q3"),
        ("火化名单_2026年第3季度", "2026-Q3"),
        ("火化2026Q4", "2026-Q4"),
        ("火化名单2026年7-9月", "2026-Q3"),
        ("医保住院结算明细_202510-202609", "2026-09"),
        ("结算明细2025年10月至2026年9月", "2026-09"),
        ("导出20261008153000", "2026-10"),
        ("民发〔2026〕13号", None),
        ("名册202613", None),
        ("名册10月", None),
        ("农村低保家庭 民函202612号", None),
        ("民函〔2026〕第12号 2026年10月名册", "2026-10"),
        ("填报日期：2026年10月8日", None),
        ("制表时间:2026-10-08 2026年9月", "2026-09"),
        ("编号99202610123", None),
    ],
)
def test_the_period_that_a_name_tells(text: str, period: str | None) -> None:
    assert period_in(text) == period


def test_option_goes_before_file_name_before_title_before_sheet(tmp_path: Path) -> None:
    rows = [["2026年8月登记失业名单"], UNEMPLOYED, ["李四", id_number(2), "2026-09-01"]]
    agreeing = [["2026年三季度登记失业名单"], *rows[1:]]
    named = xlsx(tmp_path / "失业202609.xlsx", ("2026年7月", agreeing))
    unnamed = xlsx(tmp_path / "失业.xlsx", ("2026年7月", rows))
    bare = xlsx(tmp_path / "失业人员.xlsx", ("2026年7月", rows[1:]))
    found = [read(named, period="2026-Q4"), read(named), read(unnamed), read(bare)]
    assert [(one.period, one.period_from) for one in found] == [
        ("2026-Q4", "option"), ("2026-09", "file"), ("2026-08", "title"), ("2026-07", "sheet")
    ]  # fmt: skip
    with pytest.raises(WrongUsage):
        read(named, period="10月")


@pytest.mark.parametrize(
    ("lines", "period"),
    [
        ([["填报日期：2026年10月8日  所属期：2026年9月"]], "2026-09"),
        ([["填报日期：", "2026年10月8日"], ["2026年9月登记失业名单"]], "2026-09"),
        ([["2026年10月8日打印"], ["所属月份：", "2026年9月"]], "2026-09"),
        ([["制表日期：20261008"], ["2026年9月登记失业名单"]], "2026-09"),
    ],
)
def test_the_day_of_writing_is_not_the_period(tmp_path: Path, lines: list[list[object]], period: str) -> None:
    people = [UNEMPLOYED, ["李四", id_number(2), "2026-09-01"]]
    assert read(xlsx(tmp_path / "失业.xlsx", ("S", [*lines, *people]))).period == period


def test_a_name_and_a_title_of_different_months_ask_for_the_option(tmp_path: Path) -> None:
    table = [["2026年8月登记失业名单"], UNEMPLOYED, ["李四", id_number(2), "2026-09-01"]]
    path = xlsx(tmp_path / "失业人员_20260908.xlsx", ("S", table))
    with pytest.raises(AidError) as caught:
        read(path)
    assert caught.value.code == "period_unknown"
    assert "2026-09" in caught.value.message and "2026-08" in caught.value.message
    assert "--period" in (caught.value.hint or "")
    assert read(path, period="2026-08").period == "2026-08"


def test_a_heading_over_two_levels_that_asks_for_the_month_tells_none(tmp_path: Path) -> None:
    """发放年月 beside 发放金额 in the upper row of a header is no 发放年月：2026年9月 of a title."""
    lines = [
        ["高龄津贴发放表（2026年9月）"],
        ["老人姓名", "身份证号码", "发放情况", "", "发放年月", "人员类型"],
        ["", "", "发放金额", "银行卡号", "", ""],
        ["李四", id_number(2), 100, "", "2026-09", "80-89周岁"],
    ]
    assert read(xlsx(tmp_path / "高龄津贴202609.xlsx", ("S", lines))).period == "2026-09"


def test_a_month_that_is_not_next_yet_asks_for_the_option(tmp_path: Path) -> None:
    table = [UNEMPLOYED, ["李四", id_number(2), "2026-09-01"]]
    with pytest.raises(AidError) as caught:
        read(xlsx(tmp_path / "失业202612.xlsx", ("S", table)))
    assert caught.value.code == "period_unknown" and "--period 2026-12" in (caught.value.hint or "")
    assert read(xlsx(tmp_path / "失业202611.xlsx", ("S", table))).period == "2026-11"
    assert read(tmp_path / "失业202612.xlsx", period="2026-12").period == "2026-12"


def test_the_same_bytes_have_the_same_hash(tmp_path: Path) -> None:
    table = [UNEMPLOYED, ["李四", id_number(2), "2026-09-01"]]
    one, two = (
        text_file(tmp_path / "失业202609.csv", table),
        text_file(tmp_path / "失业_2026年9月.csv", table),
    )
    assert read(one).sha256 == read(two).sha256
    assert read(one).template_hash == read(two).template.hash


def test_a_template_that_fits_better_but_for_a_column_is_named_and_nothing_is_guessed(tmp_path: Path) -> None:
    """A list of cards without its grades is no list of the unemployed, and is not read as anything less."""
    small = (
        "key: anybody\nlabel: 通用名册\ndepartment: civil_affairs\nkind: department\nunit: person\n"
        "fields:\n  name: {headings: [姓名], required: true}\n  id: {headings: [身份证号]}\n"
    )
    (tmp_path / "t.yaml").write_text(small, encoding="utf-8")
    templates = {**TEMPLATES, **load_templates([tmp_path])}
    header = ["姓名", "身份证号", "发证日期", "残疾类别", "持证状态"]
    path = xlsx(
        tmp_path / "持证残疾人名单2026Q3.xlsx", ("S", [header, ["张三", id_number(1), None, "肢体", "正常"]])
    )
    with pytest.raises(AidError) as caught:
        open_file(path, templates, today=TODAY)
    assert caught.value.code == "template_unknown"
    assert "disabled_persons" in caught.value.message and "“残疾等级”" in caught.value.message
    assert open_file(path, templates, today=TODAY, source="anybody").template.key == "anybody"


def test_few_templates_know_a_heading_that_decides(tmp_path: Path) -> None:
    """Many common columns do not outweigh the one that says what the list is."""
    header = ["姓名", "身份证号", "性别", "出生日期", "所属街道", "所属社区", "死亡日期", "受理时间"]
    path = xlsx(
        tmp_path / "名单2026Q3.xlsx",
        ("S", [header, ["张三", id_number(1), "男", None, None, None, "2026-07-01"]]),
    )
    assert read(path).template.key == "death_cancellation"


def test_the_longest_pattern_of_a_file_name_decides() -> None:
    from aidcli.intake.headers.headings import match_row
    from aidcli.intake.headers.hints import points_for

    one, two = TEMPLATES["death_cancellation"], TEMPLATES["cremation"]
    match = match_row(one.vocabulary, 1, ["姓名", "公民身份号码", "死亡日期"])
    for stem, better, worse in (("公安死亡注销名单", one, two), ("火化名单", two, one)):
        assert points_for(better, stem, "S", [], match) > points_for(worse, stem, "S", [], match)
    broad, narrow = (
        one.model_copy(update={"file_names": (glob,), "label": "甲"}) for glob in ("*公安*", "*死亡注销*")
    )
    stem = "公安局死亡注销名单"
    assert points_for(narrow, stem, "S", [], match) > points_for(broad, stem, "S", [], match)


def test_data_on_the_second_sheet_is_found(tmp_path: Path) -> None:
    people = [UNEMPLOYED, ["李四", id_number(2), "2026-09-01"]]
    path = xlsx(
        tmp_path / "失业202609.xlsx", ("填表说明", [["1.请按月填报"], ["2.身份证号必填"]]), ("Sheet2", people)
    )
    assert [plan.name for plan in read(path).sheets] == ["Sheet2"]
    assert [name for name, _ in read(path).skipped_sheets] == ["填表说明"]


def test_a_summary_of_the_townships_is_not_read_twice(tmp_path: Path) -> None:
    lines = [["李四", id_number(2), "2026-09-01"], ["王五", id_number(3), "2026-09-02"]]
    townships = [("河东镇", [UNEMPLOYED, lines[0]]), ("石桥街道", [UNEMPLOYED, lines[1]])]
    whole = ("全区汇总", [UNEMPLOYED, *lines])
    path = xlsx(tmp_path / "失业202609.xlsx", whole, *townships)
    assert [plan.name for plan in read(path).sheets] == ["河东镇", "石桥街道"]
    ((name, reason),) = read(path).skipped_sheets
    assert name == "全区汇总" and "“河东镇”" in reason and "--sheet" in reason
    assert [plan.name for plan in read(path, sheets=["全区汇总"]).sheets] == ["全区汇总"]
    alone = xlsx(
        tmp_path / "失业_202609.xlsx", whole, ("外地", [UNEMPLOYED, ["赵六", id_number(5), "2026-09-03"]])
    )
    assert [plan.name for plan in read(alone).sheets] == ["全区汇总", "外地"]


@pytest.mark.parametrize(
    ("text", "period", "unclear"),
    [
        ("2026三季度名册", "2026-Q3", None),
        ("26年9月名册", "2026-09", None),
        ("26年第三季度", "2026-Q3", None),
        ("二〇二六年九月", "2026-09", None),
        ("2026年十二月名单", "2026-12", None),
        ("20255月份", "2025-05", None),
        ("2026年Q3", "2026-Q3", None),
        ("2026年9-10月", None, "2026年9-10月"),
        ("2026年9月至10月名册", None, "2026年9月至10月"),
        ("2026年1-9月", "2026-09", None),
        ("2026年1-2月", None, "2026年1-2月"),
        ("2026年上半年", None, "2026年上半年"),
        ("2026年度", None, "2026年度"),
        ("困难学生资助名单2026秋", None, "2026秋"),
        ("2026年秋季学期", None, "2026年秋季学期"),
        ("2026-2027学年第一学期", None, "2026-2027学年第一学期"),
        ("三季度名册", None, "三季度"),
        ("名册9月", None, "9月"),
        ("名册", None, None),
    ],
)
def test_more_spellings_of_a_period_and_what_is_none(
    text: str, period: str | None, unclear: str | None
) -> None:
    assert (period_in(text), unclear_in(text)) == (period, unclear)


@pytest.mark.parametrize(
    "name", ["失业2026年9-10月", "失业2026年上半年", "失业2026年9-10月_20261008", "失业9月"]
)
def test_several_months_or_no_year_ask_for_the_option(tmp_path: Path, name: str) -> None:
    table = [UNEMPLOYED, ["李四", id_number(2), "2026-09-01"]]
    path = xlsx(tmp_path / f"{name}.xlsx", ("S", table))
    with pytest.raises(AidError) as caught:
        read(path)
    assert caught.value.code == "period_unknown" and "--period" in (caught.value.hint or "")
    said = name.removeprefix("失业").split("_")[0]
    assert f"“{said}”" in caught.value.message
    assert ("没有写年份" in caught.value.message) is (said == "9月")
    assert read(path, period="2026-09").period == "2026-09"
    titled = xlsx(tmp_path / f"{name}名单.xlsx", ("S", [["2026年9月登记失业人员名单"], *table]))
    assert read(titled).period == "2026-09"
