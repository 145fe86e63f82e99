"""What stands above the header for all rows, and units of sums that are not told by the month."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import TEMPLATES, facts, id_number, read, rows, text_file, xlsx

from aidcli.errors import AidError
from aidcli.intake.headers.units import once_unit

PUPILS = ["学生姓名", "学生身份证号", "困难类型", "认定等级", "资助金额（元/学期）"]
HIT = ["户主姓名", "身份证号码", "受灾人口", "倒塌住房", "一般损坏", "生活救助（元）", "救助金额（元）"]


def _pupil(n: int) -> list[object]:
    return ["张三丰", id_number(n, "20140101"), "孤儿", "困难", "312.5"]


def _hit(n: int) -> list[object]:
    return ["张三丰", id_number(n), 3, 1, 2, 500, 20500]


def _schools(path: Path) -> set[str]:
    return {fact.text for row in rows(path) for fact in facts(row, "student")}


@pytest.mark.parametrize(
    "above",
    [
        ["学校（公章）：实验小学"],
        ["学校：实验小学          填报日期：2026年9月18日"],
        ["填报日期：2026-09-18", "学校名称: 实验小学"],
        ["就读学校：", "实验小学"],
    ],
)
def test_a_line_above_the_header_tells_what_has_no_column(above: list[str], tmp_path: Path) -> None:
    table = [["困难学生名单"], above, PUPILS, _pupil(1), _pupil(3)]
    path = text_file(tmp_path / "困难学生202609.csv", table)
    assert _schools(path) == {"实验小学"}
    (note,) = [p for row in rows(path) for p in row.problems if p.code == "told_above"]
    assert "学校" in note.message and "实验小学" in note.message
    reading = read(path)
    assert told_by_rows(reading) == told_by_blocks(reading)


@pytest.mark.parametrize(
    "above",
    [
        ["学校：实验小学", "学校：中心小学"],  # two of them
        ["学校："],
        ["示例区各学校困难学生名单"],
        ["联系学校：实验小学"],
    ],
)
def test_what_does_not_say_it_once_leaves_the_column_lacking(above: list[str], tmp_path: Path) -> None:
    path = text_file(tmp_path / "困难学生202609.csv", [above, PUPILS, _pupil(1)])
    with pytest.raises(AidError) as caught:
        read(path)
    assert caught.value.code == "template_unknown" and "学校" in caught.value.message


def test_a_column_goes_before_the_line_above(tmp_path: Path) -> None:
    table = [["学校：实验小学"], [*PUPILS, "学校"], [*_pupil(1), "中心小学"]]
    assert _schools(text_file(tmp_path / "困难学生202609.csv", table)) == {"中心小学"}


def test_sheets_named_after_schools_are_each_of_its_own(tmp_path: Path) -> None:
    sheets = [
        (name, [["困难学生名单"], PUPILS, _pupil(n)]) for n, name in ((1, "实验小学"), (3, "示例三中学"))
    ]
    assert _schools(xlsx(tmp_path / "困难学生202609.xlsx", *sheets)) == {"实验小学", "示例三中学"}
    with pytest.raises(AidError):
        read(xlsx(tmp_path / "困难学生202608.xlsx", ("小学", [PUPILS, _pupil(1)]), ("Sheet1", [[]])))


def test_who_a_row_is_about_is_never_told_above(tmp_path: Path) -> None:
    table = [["身份证号：" + id_number(1)], ["学生姓名", "学校", "困难类型"], ["张三丰", "实验小学", "孤儿"]]
    with pytest.raises(AidError):
        read(text_file(tmp_path / "困难学生202609.csv", table))


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("青禾镇“7·18”洪涝灾害受灾群众救助花名册", "flood"),
        ("示例区旱灾受灾人员台账", "drought"),
        ("受灾人员台账（4月风雹灾害）", "hail"),
        ("灾害种类：地震", "earthquake"),
    ],
)
def test_the_kind_of_disaster_stands_in_the_title(title: str, code: str, tmp_path: Path) -> None:
    path = text_file(tmp_path / "受灾202607.csv", [[title], HIT, _hit(1), _hit(3)])
    for row in rows(path):
        assert [(fact.code, fact.num) for fact in facts(row, "disaster")] == [(code, 3)]
        assert [(f.code, f.fen) for f in facts(row, "disaster_aid")] == [
            ("living", 50000),
            ("total", 2050000),
        ]
        assert [f.num for f in facts(row, "rooms_hurt")] == [2]
    reading = read(path)
    assert told_by_rows(reading) == told_by_blocks(reading)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("企业职工基本养老保险参保人员缴费明细", "pension_employee"),
        ("城乡居民养老保险参保缴费名单", "pension_resident"),
        ("失业保险参保缴费人员名单", "unemployment"),
    ],
)
def test_the_kind_of_insurance_stands_in_the_title(title: str, code: str, tmp_path: Path) -> None:
    table = [
        [title],
        ["姓名", "公民身份号码", "参保状态", "费款所属期"],
        ["张三丰", id_number(1), "参保缴费", "202609"],
    ]
    (row,) = rows(text_file(tmp_path / "参保缴费202609.csv", table), source="social_insurance")
    assert [fact.code for fact in facts(row, "insured")] == [code]
    assert [p.code for p in row.problems] == ["told_above"]


def test_a_title_of_several_kinds_of_insurance_tells_none(tmp_path: Path) -> None:
    table = [
        ["养老、医疗保险参保缴费名单"],
        ["姓名", "公民身份号码", "参保状态"],
        ["张三丰", id_number(1), "参保缴费"],
    ]
    with pytest.raises(AidError) as caught:
        rows(text_file(tmp_path / "参保缴费202609.csv", table), source="social_insurance")
    assert "险种" in caught.value.message


@pytest.mark.parametrize("title", ["受灾人员台账", "洪涝、风雹受灾人员台账", "非洪涝受灾人员台账"])
def test_a_title_that_names_no_disaster_or_two_tells_none(title: str, tmp_path: Path) -> None:
    with pytest.raises(AidError) as caught:
        read(text_file(tmp_path / "受灾202607.csv", [[title], HIT, _hit(1)]))
    assert "灾害种类" in caught.value.message


@pytest.mark.parametrize(
    ("unit", "plain"),
    [
        ("元/学期", "元"),
        ("元/年", "元"),
        ("元/人/年", "元"),
        ("元/人次", "元"),
        ("万元/年", "万元"),
        ("元", "元"),
        ("元/亩", "元/亩"),
        ("元/公斤", "元/公斤"),
        ("人/年", "人/年"),
    ],
)
def test_each_time_or_each_year_is_the_sum_itself(unit: str, plain: str) -> None:
    assert once_unit(unit) == plain


def test_a_monthly_sum_told_by_the_year_is_still_refused(tmp_path: Path) -> None:
    table = [["姓名", "身份证号", "养老金金额（元/年）"], ["张三丰", id_number(1), "1200"]]
    with pytest.raises(AidError):
        read(text_file(tmp_path / "养老金202609.csv", table))
    assert "pension" in TEMPLATES


@pytest.mark.parametrize("hint", ["困难学生202609", "秋季学生资助202609"])
def test_a_department_s_list_is_never_offered_as_a_roster_of_assistance(hint: str, tmp_path: Path) -> None:
    table = [[*PUPILS, "监护人姓名", "监护人身份证号"], [*_pupil(1), "李四", id_number(5)]]
    with pytest.raises(AidError) as caught:
        read(text_file(tmp_path / f"{hint}.csv", table))
    told = caught.value.message + (caught.value.hint or "")
    rosters = [key for key, template in TEMPLATES.items() if template.kind == "roster"]
    assert not [key for key in rosters if f"--source {key}" in told]


@pytest.mark.parametrize("heading", ["参保人员姓名", "受灾人员姓名", "困难职工姓名", "村民姓名"])
def test_the_only_heading_of_a_name_is_the_person_s(heading: str, tmp_path: Path) -> None:
    table = [[heading, "身份证号", "受灾种类"], ["张三丰", id_number(1), "洪涝"]]
    (row,) = rows(text_file(tmp_path / "受灾202607.csv", table))
    assert row.record is not None and row.record.persons[0].identity.name == "张三丰"


@pytest.mark.parametrize(
    "headings", [["法人姓名"], ["网格员姓名"], ["救助人姓名"], ["村民姓名", "职工姓名"], ["村干部姓名"]]
)
def test_somebody_else_s_name_or_one_of_two_is_not(headings: list[str], tmp_path: Path) -> None:
    table = [[*headings, "身份证号", "受灾种类"], [*["张三丰"] * len(headings), id_number(1), "洪涝"]]
    with pytest.raises(AidError):
        read(text_file(tmp_path / "受灾202607.csv", table))
