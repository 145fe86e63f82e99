"""Headings in other words: taken where they are made of the same parts, never for something else, always told."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import TEMPLATES, codes, id_number, kept, read, xlsx

from aidcli.errors import AidError
from aidcli.intake.headers.headings import Vocabulary, match_row
from aidcli.intake.headers.parts import cut
from aidcli.intake.headers.wording import plain_key

# How departments write the headings of their forms, by template: heading=field.
WRITTEN = """
cremation: 亡者姓名=name 逝者姓名=name 亡故人员姓名=name 逝世人员姓名=name 死者身份证件号码=id
cremation: 逝者证件号码=id 遗体火化日期=cremation_day 火化办理时间=cremation_day 去世时间=death_day
cremation: 逝者死亡时间=death_day
death_cancellation: 死亡人员姓名=name 死亡人员公民身份号码=id 户口注销时间=registered_day
death_cancellation: 死亡注销时间=registered_day
registered_unemployed: 人员姓名=name 失业人员姓名=name 失业人员身份证号码=id 登记失业日期=unemployed_day
registered_unemployed: 失业登记时间=unemployed_day 登记失业时间=unemployed_day
unemployment_benefit: 本月发放金额=benefit_fen 失业金月领取金额=benefit_fen
medical_settlement: 参保人员姓名=name 患者身份证号码=id 住院总费用=medical_total
medical_settlement: 医疗费用总金额=medical_total 出院结算时间=settled_day 费用结算日期=settled_day
medical_settlement: 个人自付总金额=medical_own_share 就诊医疗机构名称=hospital
serious_illness: 患者姓名=name 病种名称=serious_disease
dibao_rural_household: 户主身份证号码=id 户月低保金=base 享受低保人口=covered 低保享受人数=covered
dibao_rural_household: 家庭月保障金=base
dibao_urban_person: 低保人员姓名=name 保障对象身份证号码=id
tekun_person: 月基本生活费=living
old_age_allowance: 老人姓名=name 老年人身份证号=id 高龄老人姓名=name 本月支付金额=benefit_fen
old_age_allowance: 津贴发放金额=benefit_fen
disability_subsidy: 残疾人姓名=name 残疾人身份证号码=id 残疾人证号码=disability_card
orphans: 儿童姓名=name 孤儿姓名=name 儿童身份证号码=id
temporary_aid: 救助对象姓名=name 受助人姓名=name
hardship_students: 学生姓名=name 学生身份证件号=id 就读学校名称=school
business_register: 商户字号=business_name 企业名称=business_name 注册登记时间=business_day 经营者证件号码=id
business_register: 注册资金=business_capital
vehicles: 车主姓名=name 机动车所有人身份证号=id 号牌号码=vehicle_plate 车辆初次登记时间=vehicle_day
real_estate_register: 产权人姓名=name 权利人身份证号码=id 房屋建筑面积=real_estate_area
real_estate_register: 不动产登记时间=real_estate_day
pension: 离退休人员姓名=name 月养老金金额=pension_fen 养老金月发放额=pension_fen
social_insurance: 月缴费基数=insured_base
housing_fund: 缴存职工姓名=name 公积金账户余额=fund_balance 月缴存金额=fund_amount
income_tax: 纳税人姓名=name 纳税人身份证号码=id
veteran_care: 月抚恤金额=benefit_fen 优抚人员姓名=name
ltc_insurance: 失能人员姓名=name 评估失能等级=ltc_grade
fund_platform: 实发金额=transfer_amount
bank_return: 收款账户名称=name 代发金额=pay_amount
hukou: 户籍所在地址=hukou_address
moved_out: 迁出办理时间=moved_day 迁出人员姓名=name 迁出人员证件号码=id
public_rental: 承租人姓名=name 承租人身份证号码=id 合同开始日期=rental_from
disaster_affected: 受灾人员姓名=name
prisoners: 服刑人员姓名=name 刑期终止日期=custody_to 刑期起始日期=custody_from
visits: 走访对象姓名=name 入户走访时间=visit_day
sheltered_persons: 求助人员姓名=name 入站时间=shelter_day
helped_with_money: 帮扶对象姓名=name 帮扶发放金额=help_money
village_cadres: 村干部姓名=name
"""
# What these lists write beside them; none of it is that field.
BESIDE = """
cremation: 经办人姓名=name 承办人身份证号=id 骨灰领取时间=cremation_day
death_cancellation: 申报人姓名=name 注销原因=registered_day
registered_unemployed: 注销登记时间=unemployed_day 失业保险金领取时间=unemployed_day
unemployment_benefit: 累计领取金额=benefit_fen 已领取月数=benefit_months
medical_settlement: 个人自费金额=medical_own_share 入院时间=settled_day 统筹支付金额=medical_total
dibao_rural_household: 户年低保金=base 人均月保障金=base 家庭总人口=covered 监护人身份证号=id
dibao_urban_person: 户主姓名=name
tekun_person: 照料人姓名=name 监护人姓名=name
old_age_allowance: 累计支付金额=benefit_fen 代领人姓名=name 年发放金额=benefit_fen
disability_subsidy: 监护人姓名=name 开户人姓名=name
orphans: 监护人身份证号码=id
hardship_students: 家长姓名=name
business_register: 注销时间=business_day
vehicles: 车辆报废时间=vehicle_day
pension: 养老金累计发放额=pension_fen 停发时间=since
social_insurance: 累计缴费月数=insured_base
fund_platform: 应发金额=transfer_amount
moved_out: 迁入日期=moved_day 结婚人员姓名=name 迁出证件号码=id
public_rental: 合同终止日期=rental_from
visits: 走访人员姓名=name
sheltered_persons: 离站日期=shelter_day
helped_with_money: 帮扶责任人姓名=name
medical_settlement: 门诊总费用=medical_total 个人自付比例=medical_own_share 扣除后总费用=medical_total
business_register: 企业证件号码=id 主体证件号码=id 注销登记时间=business_day 变更登记时间=business_day
real_estate_register: 不动产证件号=id 抵押登记时间=real_estate_day
registered_unemployed: 就业登记时间=unemployed_day 失业登记注销时间=unemployed_day
dibao_rural_household: 年低保金=base 上月低保金=base 补发低保金=base 调整前月低保金=base 低保金标准=base
dibao_rural_household: 原户主姓名=name
disability_subsidy: 残疾人证件号码=id 学生证件号码=id 代理人身份证号=id
temporary_aid: 申请救助金额=benefit_fen 建议救助金额=benefit_fen 代办人身份证号=id
orphans: 领取人姓名=name 开户人身份证号=id 父亲姓名=name
pension: 补发养老金=pension_fen 养老金标准=pension_fen 遗属姓名=name
bank_return: 付款账号=account 付款人姓名=name
death_cancellation: 死亡登记时间=death_day 出生登记时间=birth
"""


def _pairs(text: str) -> list[tuple[str, str, str]]:
    lines = (line.split(": ") for line in text.strip().splitlines())
    return [(key, *pair.split("=")) for key, pairs in lines for pair in pairs.split()]  # type: ignore[misc]


def _words(**headings: str) -> Vocabulary:
    return Vocabulary.of({field: written.split() for field, written in headings.items()}, [], {})


def _fields(words: Vocabulary, *headings: str) -> dict[str, str]:
    return {column.heading: field for field, column in match_row(words, 1, headings).columns.items()}


@pytest.mark.parametrize(("key", "heading", "field"), _pairs(WRITTEN))
def test_a_heading_of_a_department_s_form_is_known(key: str, heading: str, field: str) -> None:
    assert _fields(TEMPLATES[key].vocabulary, heading) == {heading: field}


@pytest.mark.parametrize(("key", "heading", "field"), _pairs(BESIDE))
def test_a_heading_beside_it_is_not_taken_for_it(key: str, heading: str, field: str) -> None:
    assert field in TEMPLATES[key].fields
    assert _fields(TEMPLATES[key].vocabulary, heading).get(heading) != field


def test_no_heading_of_a_template_means_another_of_its_fields() -> None:
    """Each field is among those that its own headings mean; where one means two of them it is a tie."""
    wrong = []
    for template in TEMPLATES.values():
        for key, (field, _) in template.vocabulary.exact.items():
            like = template.vocabulary.parts.like(plain_key(key))
            surest = {one.field for one in like if one.score == like[0].score}
            if like and field not in surest:
                wrong.append((template.key, key, field, sorted(surest)))
    assert wrong == []


def test_words_count_and_their_order_does_not() -> None:
    assert cut("登记失业时间") == cut("失业登记日期") and cut("受资助学生姓名") == cut("学生姓名")
    assert cut("应发金额") != cut("实发金额") and cut("户主姓名") != cut("监护人姓名")


def test_of_two_days_the_order_counts() -> None:
    words = _words(name="姓名", registered_day="死亡登记日期", birth="出生日期")
    assert _fields(words, "死亡登记时间") == {"死亡登记时间": "registered_day"}
    assert _fields(words, "登记死亡时间") == {}


@pytest.mark.parametrize("heading", ["与学生关系", "学生和家长姓名", "非本人姓名", "姓名（监护人）", "name"])
def test_what_turns_the_meaning_round_is_left(heading: str) -> None:
    assert _fields(_words(name="姓名 学生姓名", id="身份证号"), heading) == {}


def test_a_person_of_the_row_may_be_named_or_not() -> None:
    words = _words(name="逝者姓名 姓名", id="逝者身份证号 身份证号", guardian_name="监护人姓名")
    assert _fields(words, "亡故者姓名", "死亡人员证件号码", "监护人名字") == {
        "亡故者姓名": "name", "死亡人员证件号码": "id", "监护人名字": "guardian_name"
    }  # fmt: skip
    assert _fields(words, "学生姓名", "配偶证件号码") == {}


def test_where_only_the_head_has_a_name_no_other_person_is_taken_for_him() -> None:
    words = _words(name="户主姓名", id="户主身份证号")
    assert _fields(words, "救助对象姓名", "人员姓名", "证件号码") == {}
    assert _fields(words, "户主证件号码") == {"户主证件号码": "id"}


def test_a_name_and_a_number_of_two_persons_are_not_brought_together() -> None:
    words = _words(name="姓名 申请人姓名", id="身份证号")
    assert _fields(words, "申请人姓名", "受助人身份证件号码") == {"申请人姓名": "name"}
    assert _fields(words, "姓名", "受助人身份证件号码")["受助人身份证件号码"] == "id"


def test_two_columns_of_one_meaning_are_both_left() -> None:
    match = match_row(_words(name="姓名", id="身份证号"), 1, ["受助人姓名", "本人姓名", "身份证号"])
    assert set(match.columns) == {"id"}
    assert {(column.heading, fields) for column, fields in match.doubts} == {
        ("受助人姓名", ("name",)), ("本人姓名", ("name",))
    }  # fmt: skip


def test_one_column_of_two_meanings_is_left() -> None:
    words = _words(name="姓名", granted_day="审批日期", since="批准时间")
    match = match_row(words, 1, ["姓名", "批准年月日"])
    assert set(match.columns) == {"name"}
    assert [(column.heading, fields) for column, fields in match.doubts] == [
        ("批准年月日", ("granted_day", "since"))
    ]
    assert _fields(words, "姓名", "审批日期", "批准年月日") == {"姓名": "name", "审批日期": "granted_day"}


def test_a_right_heading_goes_before_one_in_other_words() -> None:
    words = _words(name="姓名", id="身份证号")
    assert _fields(words, "受助人姓名", "姓名", "身份证号") == {"姓名": "name", "身份证号": "id"}


def test_the_costs_in_hospital_are_the_whole_only_where_no_others_stand_beside_them() -> None:
    words = TEMPLATES["medical_settlement"].vocabulary
    assert _fields(words, "姓名", "住院总费用")["住院总费用"] == "medical_total"
    assert set(_fields(words, "姓名", "住院总费用", "门诊总费用")) == {"姓名"}


def test_a_number_that_may_be_a_member_s_is_left() -> None:
    words = _words(name="户主姓名", id="户主身份证号 有效证件号码", member_id="身份证号", member_name="姓名")
    assert "居民身份证号码" not in _fields(words, "户主姓名", "居民身份证号码")


def test_a_heading_over_two_levels_says_whose_it_is(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["姓名", "身份证号", "失业登记信息", None, "监护人", None],
        [None, None, "办理时间", "状态", "姓名", "有效证件号码"],
        ["李四", id_number(2), "2026-09-01", "有效", "李五", id_number(3)],
    ]
    path = xlsx(tmp_path / "失业登记202609.xlsx", ("S", rows), merges=["A1:A2", "B1:B2", "C1:D1", "E1:F1"])
    columns = read(path, source="registered_unemployed").planned[0].match.columns
    assert columns["unemployed_day"].how == "parts" and columns["id"].place == 1
    assert 5 not in {column.place for column in columns.values()}


CREMATED = ["亡人姓名", "亡者身份证件号码", "火化办理时间", "承办人姓名"]


def _cremated(path: Path, day: str = "2026-09-02") -> Path:
    rows = [[name, id_number(n), day, "李五"] for n, name in enumerate(["张三", "李四"], start=1)]
    return xlsx(path / "火化名单2026年第三季度.xlsx", ("S", [CREMATED, *rows]))


def test_a_file_in_other_words_is_recognised_and_each_of_them_is_told(tmp_path: Path) -> None:
    first, second = kept(_cremated(tmp_path))
    assert first.record is not None and first.record.persons[0].identity.name == "张三"
    assert codes(first) == {"heading_guessed": "note"} and codes(second) == {}
    assert [(note.column, note.value) for note in first.problems] == [
        ("A", "亡人姓名"), ("B", "亡者身份证件号码"), ("C", "火化办理时间")
    ]  # fmt: skip
    assert all("写法不同" in note.message for note in first.problems)


def test_cells_that_speak_against_it_are_not_read(tmp_path: Path) -> None:
    with pytest.raises(AidError) as caught:
        read(_cremated(tmp_path, day="已火化"))
    assert caught.value.code == "template_unknown" and "“火化办理时间”" in caught.value.message
