"""Help with learning for orphans and for 低保 families: nobody is enrolled by a school's list."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import facts, id_number, kept, read, text_file, xlsx

from aidcli.errors import AidError

CHILD = id_number(3, "20140305")


@pytest.mark.parametrize(
    ("name", "headings", "cells"),
    [
        ("孤儿助学名单2026年9月", ["姓名", "身份证号", "学校", "年级", "监护人", "资助金额（元）"], "东小学 五年级 赵六 1000"),
        ("孤儿助学金发放表2026年9月", ["姓名", "身份证号", "监护人", "就读学校", "发放金额"], "赵六 东小学 1000"),
        ("河东镇中心小学孤儿名单2026年9月", ["学生姓名", "身份证号", "学校", "年级", "监护人姓名"], "东小学 五年级 赵六"),
        ("教育局孤儿学生资助2026年9月", ["姓名", "身份证号", "就读学校", "监护人", "资助金额"], "东小学 赵六 500"),
        ("福彩圆梦孤儿2026年9月", ["姓名", "身份证号", "就读院校", "学历层次", "监护人", "资助金额"], "示例学院 大专 赵六 10000"),
        ("事实无人抚养儿童助学2026年9月", ["姓名", "身份证号", "学校", "年级", "监护人", "资助金额"], "东小学 五年级 赵六 800"),
    ],
)  # fmt: skip
def test_nobody_is_enrolled_by_a_list_of_pupils(
    tmp_path: Path, name: str, headings: list[str], cells: str
) -> None:
    path = text_file(tmp_path / f"{name}.csv", [headings, ["张三", CHILD, *cells.split()]])
    assert read(path).template.key == "hardship_students"
    (row,) = kept(path)
    assert [fact.code for fact in facts(row, "enrolled")] == []
    assert facts(row, "student")[0].text == cells.split()[1 if "监护人" in headings[2] else 0]


def test_the_roster_of_orphans_is_still_known_by_its_name(tmp_path: Path) -> None:
    table = [
        ["儿童姓名", "身份证号", "监护人姓名", "就读学校", "基本生活费（元）"],
        ["张三", CHILD, "赵六", "东小学", 1200],
    ]
    reading = read(xlsx(tmp_path / "孤儿名册2026年9月.xlsx", ("S", table)))
    assert reading.template.key == "orphans"


def test_pupils_of_poor_families_are_no_roster_either(tmp_path: Path) -> None:
    table = [["学生姓名", "身份证号", "学校", "困难类型"], ["张三", CHILD, "东小学", "低保家庭"]]
    reading = read(xlsx(tmp_path / "教育局低保家庭学生名单2026年9月.xlsx", ("S", table)))
    assert reading.template.key == "hardship_students"


@pytest.mark.parametrize(
    "own",
    [["个人现金支付"], ["个人账户支付", "个人现金支付"], ["个人支付金额"]],
    ids=("cash", "both", "paid"),
)
def test_a_bill_without_the_own_share_is_refused_with_the_reason(tmp_path: Path, own: list[str]) -> None:
    headings = ["姓名", "证件号码", "结算日期", "医疗费总额", "统筹基金支出", *own]
    path = text_file(
        tmp_path / "医保住院结算明细202609.csv",
        [headings, ["张三", CHILD, "2026-09-03", 120, 70, *[50] * len(own)]],
    )
    with pytest.raises(AidError, match="缺少列“个人负担总金额”") as refused:
        read(path)
    assert refused.value.hint == (
        "个人现金支付不含从个人账户付出的钱，也分不出自付和自费，不能当作个人负担。"
        "请向医保部门要有“个人负担总金额”一列的结算明细，或者分列“个人自付”“个人自费”的费用明细。"
    )
