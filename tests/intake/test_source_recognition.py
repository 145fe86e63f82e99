"""Which template a file of headings alone is taken for, with every shipped template in the running."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import TEMPLATES, id_number, read, text_file

from aidcli.errors import AidError
from aidcli.intake import Template
from aidcli.intake.fields import FIELDS

OWN_HEADINGS = [
    "cremation", "death_cancellation", "death_certificate", "dibao_register", "disability_subsidy",
    "disabled_persons", "hardship_students", "hukou", "lifted_persons", "medical_invoice", "medical_settlement",
    "medical_subsidised", "moved_out", "old_age_allowance", "other_benefit_roster", "pension", "public_jobs",
    "registered_unemployed", "relapse_watch", "serious_illness", "social_insurance", "tekun_household", "tekun_person",
    "temporary_aid", "unemployment_benefit", "veteran_care",
]  # fmt: skip
# The very same headings: only the name, the title or a column tells which of the two it is.
ALIKE = {
    ("dibao_rural_household", "dibao_urban_household"): ("农村低保家庭查询", "城市低保家庭查询"),
    ("dibao_rural_person", "dibao_urban_person"): ("农村低保人员查询", "城市低保人员查询"),
    ("dibao_rural_village", "dibao_urban_village"): ("东村农保名册", "东街社区城保名册"),
    ("dibao_margin_household", "rigid_expenditure_household"): ("低保边缘家庭查询", "刚性支出家庭查询"),
    ("dibao_margin_person", "rigid_expenditure_person"): ("低保边缘人员查询", "刚性支出人员查询"),
    ("orphans", "unattended_children"): ("孤儿名册", "事实无人抚养儿童名册"),
}
SAMPLES = {
    "name": "张三",
    "id": id_number(1),
    "phone": "13800000001",
    "day": "2026-09-01",
    "month": "2026-09",
    "money": "100",
    "count": "2",
    "yes_no": "是",
    "grade": "一级",
    "account": "6217000000000000001",
}


def _file(path: Path, template: Template, rank: int, only_required: bool = False) -> Path:
    """One row under the headings of a template, of each field the one at this place in its list."""
    columns = [
        (field, column.headings[min(rank, len(column.headings) - 1)])
        for field, column in template.fields.items()
        if (column.required or not only_required) and field != "residence"
    ]
    row = [SAMPLES.get(FIELDS[field].type, "") for field, _ in columns]
    return text_file(path, [[heading for _, heading in columns], row])


@pytest.mark.parametrize("rank", [1, 2, 99])
@pytest.mark.parametrize("key", OWN_HEADINGS)
def test_headings_in_any_of_their_variants_are_recognised(tmp_path: Path, key: str, rank: int) -> None:
    assert read(_file(tmp_path / "表202609.csv", TEMPLATES[key], rank)).template.key == key


@pytest.mark.parametrize("rank", [0, 99])
@pytest.mark.parametrize("key", OWN_HEADINGS)
def test_the_required_headings_alone_are_never_taken_for_another_source(
    tmp_path: Path, key: str, rank: int
) -> None:
    try:
        found = read(_file(tmp_path / "表202609.csv", TEMPLATES[key], rank, only_required=True)).template.key
    except AidError as error:
        assert error.code == "template_ambiguous" and f"（{key}）" in error.message
    else:
        assert found == key


@pytest.mark.parametrize("rank", [0, pytest.param(1, marks=pytest.mark.slow), 99])
@pytest.mark.parametrize("pair", ALIKE)
def test_two_sources_with_the_same_headings_are_told_apart_by_the_name_or_not_at_all(
    tmp_path: Path, pair: tuple[str, str], rank: int
) -> None:
    with pytest.raises(AidError) as caught:
        read(_file(tmp_path / "表202609.csv", TEMPLATES[pair[0]], rank))
    assert caught.value.code == "template_ambiguous"
    assert all(f"（{key}）" in caught.value.message for key in pair)
    for key, name in zip(pair, ALIKE[pair], strict=True):
        assert read(_file(tmp_path / f"{name}_202609.csv", TEMPLATES[key], rank)).template.key == key


PLATFORM_PERSONS = [
    "姓名", "身份证号", "户主身份证号", "与户主关系", "性别", "出生日期", "年龄", "民族", "婚姻状况", "文化程度",
    "政治面貌", "就业状况", "年收入（元）", "是否残疾人", "残疾证号", "残疾类别", "残疾等级", "患病病种", "劳动能力",
    "健康状况", "参保类型", "最初享受月份", "是否建档立卡扶贫对象", "开户银行", "银行账户名称", "银行帐号",
    "一卡通账户", "救助类型", "户月保障金额（元）", "家庭分类施保金额（元）", "合计分类施保金额（元）",
    "救助金计算方式", "分档类型", "合计（元）", "在读学校名称", "在读学校性质", "在读学校入学时间", "在职单位名称",
    "在职单位性质", "在职单位地点", "备注", "所属街道", "所属社区", "家庭地址", "低保（特困）证号",
]  # fmt: skip
MEMBER = {"姓名": "李梅", "身份证号": id_number(2), "户主身份证号": id_number(1), "与户主关系": "妻子"}
MEMBER |= {
    "救助类型": "农村低保",
    "户月保障金额（元）": "500",
    "合计（元）": "560",
    "低保（特困）证号": "99010100001",
}


@pytest.mark.parametrize("name", ["农村低保人员查询_20261008", "名册202610"])
@pytest.mark.parametrize("kept", [PLATFORM_PERSONS, list(MEMBER), [*list(MEMBER)[:5], "低保（特困）证号"]])
def test_a_list_of_members_with_household_sums_is_no_list_of_households(
    tmp_path: Path, name: str, kept: list[str]
) -> None:
    row = [MEMBER.get(heading, "") for heading in kept]
    assert read(text_file(tmp_path / f"{name}.csv", [kept, row])).template.key == "dibao_rural_person"


@pytest.mark.parametrize("more", [[], ["家庭人口"]])
def test_members_row_by_row_are_never_taken_for_heads(tmp_path: Path, more: list[str]) -> None:
    headings = [
        "户主姓名",
        "姓名",
        "身份证号",
        "与户主关系",
        "保障人数",
        "月保障金",
        "低保证号",
        "领取金额",
        *more,
    ]
    rows = [
        ["张三", "张三", id_number(1), "户主", "2", "500", "99", "500", "2"],
        ["张三", "李梅", id_number(2), "妻子", "2", "500", "99", "500", "2"],
    ]
    path = text_file(tmp_path / "农村低保花名册202610.csv", [headings, *rows])
    assert read(path).template.key == "dibao_register"
