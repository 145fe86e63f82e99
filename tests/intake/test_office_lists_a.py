"""Lists as offices write them: allowances by their standard alone, what a title tells, a day in a file's name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from intake_files import TEMPLATES, facts, id_number, kept, text_file, xlsx

from aidcli.errors import AidError
from aidcli.intake.headers.baremonths import told_by_day
from aidcli.intake.lists import open_lists

TODAY = date(2026, 10, 25)


@pytest.mark.parametrize(
    ("name", "heading", "more", "cell"),
    [
        ("80周岁以上老年人高龄补贴202610.csv", "补贴标准（元/月）", "年龄", "88"),
        ("孤儿名册202610.csv", "发放标准（元/月）", "监护人姓名", "王小五"),
        ("事实无人抚养儿童名册202610.csv", "发放标准（元/月）", "监护人姓名", "王小五"),
        ("优抚对象名册202610.csv", "定期补助标准", "优抚对象类别", "参战退役人员"),
    ],
)
def test_a_monthly_standard_without_another_sum_is_what_is_paid(
    name: str, heading: str, more: str, cell: str, tmp_path: Path
) -> None:
    head = ["姓名", "身份证号", heading, more, "银行卡号"]
    path = text_file(
        tmp_path / name, [head, ["张三丰", id_number(1, "19380101"), "150", cell, "6217000000000000001"]]
    )
    (row,) = kept(path)
    assert [one.fen for one in facts(row, "benefit")] == [15000]


def test_beside_a_number_of_months_a_standard_is_not_what_was_paid(tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "优抚对象类别", "补助标准", "发放月数"]
    path = text_file(
        tmp_path / "优抚对象名册202610.csv", [head, ["张三丰", id_number(1), "参战退役人员", "820", "3"]]
    )
    (row,) = kept(path)
    assert facts(row, "benefit") == []


def test_an_allowance_list_with_neither_sum_nor_standard_is_refused(tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "年龄段", "银行卡号"]
    path = text_file(
        tmp_path / "高龄津贴202610.csv", [head, ["张三丰", id_number(1), "80岁", "6217000000000000001"]]
    )
    with pytest.raises(AidError, match="发放金额"):
        kept(path)


def test_the_title_of_a_sheet_tells_the_subsidy_and_a_sheet_of_counts_is_left_out(tmp_path: Path) -> None:
    head: list[object] = ["序号", "姓名", "身份证号", "残疾等级", "补贴金额", "银行卡号"]
    living: list[list[object]] = [
        ["2026年10月困难残疾人生活补贴发放名单"],
        head,
        [1, "张三丰", id_number(1), "二级", 100, "6217000000000000001"],
    ]
    care: list[list[object]] = [
        ["2026年10月重度残疾人护理补贴发放名单"],
        head,
        [1, "李四", id_number(2), "一级", 120, "6217000000000000002"],
    ]
    counts: list[list[object]] = [
        ["镇街", "生活补贴人数", "金额", "护理补贴人数", "金额"],
        ["青禾镇", 1, 100, 1, 120],
    ]
    path = xlsx(tmp_path / "残疾人两项补贴10月.xlsx", ("生活", living), ("护理", care), ("汇总", counts))
    (reading,) = open_lists(path, TEMPLATES, today=TODAY)
    rows = [row for number in range(2) for row in reading.rows(number) if row.outcome == "kept"]
    assert [(one.code, one.fen) for row in rows for one in facts(row, "subsidy_kind")] == [
        ("living", 10000), ("care", 12000)
    ]  # fmt: skip
    assert [name for name, _ in reading.skipped_sheets] == ["汇总"]


def _pupils(folder: Path, title: str, stem: str = "2026秋季困难学生名单") -> Path:
    head: list[object] = ["班级", "学生姓名", "学生身份证号", "困难等级", "困难类型", "拟资助金额"]
    row: list[object] = ["高一（1）班", "张三丰", id_number(1, "20100101"), "困难", "残疾学生", 1000]
    return xlsx(folder / f"{stem}.xlsx", ("高一", [[title], head, row]))


@pytest.mark.parametrize(
    ("title", "stem", "school"),
    [
        (
            "示例区第一中学2026-2027学年家庭经济困难学生认定结果",
            "2026秋季困难学生名单",
            "示例区第一中学",
        ),
        ("示例三中家庭经济困难学生名单", "2026秋季困难学生名单", "示例三中"),
        ("家庭经济困难学生名单", "示例一中2026秋季困难学生名单", "示例一中"),
    ],
)
def test_a_schools_own_list_names_it_in_title_or_file_name(
    title: str, stem: str, school: str, tmp_path: Path
) -> None:
    (reading,) = open_lists(_pupils(tmp_path, title, stem), TEMPLATES, today=TODAY)
    assert (reading.template.key, reading.period) == ("hardship_students", "2026-09")
    (row,) = [one for one in reading.rows(0) if one.outcome == "kept"]
    assert facts(row, "student")[0].text == school
    assert facts(row, "student_aid")[0].fen == 100000


@pytest.mark.parametrize(
    "title", ["示例区中小学家庭经济困难学生名单", "示例区小学家庭经济困难学生名单", "家庭经济困难学生名单"]
)
def test_a_title_of_all_schools_names_none(title: str, tmp_path: Path) -> None:
    with pytest.raises(AidError, match="学校"):
        open_lists(_pupils(tmp_path, title), TEMPLATES, today=TODAY)


@pytest.mark.parametrize(
    ("stem", "period"),
    [
        ("公租房在租家庭（住建局10.20）", "2026-10"),
        ("车辆名单12.31", "2025-12"),
        ("车辆名单9.05", "2026-09"),
        ("车辆名单10.28", None),
        ("车辆名单1.2", None),
        ("车辆名单13.20", None),
        ("车辆名单10.32", None),
        ("车辆名单9.20和10.20", None),
        ("车辆名单V10.20", None),
    ],
)
def test_a_day_without_its_year_in_a_files_name(stem: str, period: str | None) -> None:
    found = told_by_day(stem, TODAY)
    assert (found.period if found else None) == period


def test_a_rental_list_tells_both_persons_the_place_and_the_end(tmp_path: Path) -> None:
    head = [
        "小区",
        "承租人姓名",
        "承租人身份证号",
        "共同居住人姓名",
        "共同居住人身份证号",
        "面积㎡",
        "合同起止",
    ]
    row = ["安居苑", "张三丰", id_number(1), "李四", id_number(2), "52", "2025.1.1-2027.12.31"]
    path = text_file(tmp_path / "公租房实物配租（住建局10.20）.csv", [head, row])
    (reading,) = open_lists(path, TEMPLATES, today=TODAY)
    (read,) = [one for one in reading.rows(0) if one.outcome == "kept"]
    assert reading.period == "2026-10" and "李四" in str(read.record)
    assert facts(read, "public_rental_until")[0].day == "2027-12-31"
    assert facts(read, "public_rental_place")[0].text == "安居苑"


def test_a_filing_of_kin_tells_unit_and_post_of_the_staff(tmp_path: Path) -> None:
    head = ["工作人员姓名", "单位及职务", "近亲属姓名", "近亲属身份证号", "与干部关系", "救助类别"]
    row = ["李四", "柳湾村党支部书记", "张三丰", id_number(1), "父亲", "特困"]
    (read,) = kept(text_file(tmp_path / "近亲属备案202610.csv", [head, row]))
    assert "柳湾村党支部书记" in str(read.record) and "李四" in str(read.record)
