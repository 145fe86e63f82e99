"""Golden readings of what 残联, 医保, 卫健, 人社, 公安, 殡葬 and 教育 send."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_notation import told_of
from intake_files import id_number


def test_cards_of_disabled_persons_with_term_and_guardian(tmp_path: Path) -> None:
    table = [
        [
            "姓名", "证件号码", "年龄", "性别", "区县", "街道", "居委", "户籍类别", "状态", "残疾类别", "残疾等级",
            "双侧或单侧",
            "户口地址", "联系地址", "联系电话", "工作/就业", "初次申领日期", "业务申请类型", "申请日期", "有效期至",
            "监护人姓名",
            "监护人身份证号",
        ],
        [
            "张三", id_number(1) + "42", "66", "男", "示例区", "河东街道", "东社区", "农业", "有效", "肢体", "二级",
            "双侧", "东村1号", "",
            "13800000001", "无", "2010/5/1", "换证", "2026-08-01", "2036-08-01", "李四", id_number(2),
        ],
        [
            "王五", id_number(3), "66", "男", "示例区", "河东街道", "东社区", "农业", "过期", "听力", "3", "", "", "",
            "", "", "", "", "",
            "长期", "", "",
        ],
    ]  # fmt: skip
    assert told_of(tmp_path, "持证残疾人名单2026年三季度.xlsx", table) == [
        "disabled_persons 2026-Q3",
        "subject 张三 #1 河东街道 东社区 13800000001 + guardian 李四 #2",
        "  residence =rural",
        "  card_issued 2010-05-01",
        "  card_expires 2036-08",
        "  disability ×2 =limb “有效”",
        "subject 王五 #3 河东街道 东社区",
        "  residence =rural",
        "  disability ×3 =hearing “过期”",
    ]


def test_a_settlement_with_all_national_fields(tmp_path: Path) -> None:
    table = [
        [
            "人员编号", "人员姓名", "证件号码", "险种类型", "人员类别", "结算时间", "医疗类别", "病种编码", "病种名称",
            "医疗费总额",
            "全自费金额", "超限价自费费用", "先行自付金额", "符合范围金额", "实际支付起付线", "基本医疗保险统筹基金支出",
            "居民大病保险资金支出", "医疗救助基金支出", "其他基金支出", "基金支付总额", "个人负担总金额", "个人账户支出",
            "现金支付金额", "账户共济支付金额",
        ],
        [
            "9901", "张三", id_number(1), "居民医保", "低保", "2026-09-01 10:11:12", "急诊转住院", "C34", "肺癌",
            "20,000.00", "1000",
            "200", "300", "18500", "500", "12000", "1500", "800", "0", "14300", "5700", "0", "5700", "0",
        ],
    ]  # fmt: skip
    assert told_of(tmp_path, "医保结算明细202609.csv", table) == [
        "medical_settlement 2026-09",
        "subject 张三 #1",
        "  medical_total 2026-09-01 2000000分",
        "  medical_self 2026-09-01 570000分",
        "  medical_excluded 2026-09-01 100000分",
        "  medical_scope 2026-09-01 1850000分",
        "  medical_funds 2026-09-01 1430000分",
        "  medical_aid 2026-09-01 80000分",
        "  medical_visit 2026-09-01 =inpatient “肺癌”",
    ]


def test_own_share_beside_own_burden_is_a_sum_of_its_own(tmp_path: Path) -> None:
    table = [
        ["姓名", "身份证号", "结算日期", "总费用", "个人负担总金额", "个人自付", "个人自费"],
        ["张三", id_number(1), "2026-09-01", "1000", "400", "300", "100"],
    ]
    assert told_of(tmp_path, "医保202609.csv", table) == [
        "medical_settlement 2026-09",
        "subject 张三 #1",
        "  medical_total 2026-09-01 100000分",
        "  medical_self 2026-09-01 40000分",
        "  medical_excluded 2026-09-01 10000分",
        "  medical_own_share 2026-09-01 30000分",
    ]


def test_a_bill_that_only_parts_own_share_from_uncovered_costs(tmp_path: Path) -> None:
    table = [
        [
            "患者姓名", "身份证号", "结算日期", "总费用", "医保统筹基金支付", "个人账户支付", "其他支付",
            "个人现金支付", "个人自付",
            "个人自费", "就医类别",
        ],
        ["张三", id_number(1), "20260901", "1000", "600", "0", "0", "400", "300", "100", "普通门诊"],
    ]  # fmt: skip
    assert told_of(tmp_path, "医保费用明细202609.csv", table) == [
        "medical_invoice 2026-09",
        "subject 张三 #1",
        "  medical_total 2026-09-01 100000分",
        "  medical_own_share 2026-09-01 30000分",
        "  medical_off_list 2026-09-01 10000分",
        "  medical_visit 2026-09-01 =outpatient",
    ]


def test_serious_illnesses(tmp_path: Path) -> None:
    table = [
        ["姓名", "身份证号", "病种", "确诊日期", "医院"],
        ["张三", id_number(1), "终末期肾病", "2026年8月3日", "示例医院"],
        ["李四", id_number(2), "白血病", "", "示例医院"],
    ]
    assert told_of(tmp_path, "重大疾病患者2026年三季度.csv", table) == [
        "serious_illness 2026-Q3",
        "subject 张三 #1",
        "  serious_illness 2026-08-03 “终末期肾病”",
        "subject 李四 #2",
        "  serious_illness “白血病”",
    ]


def test_medical_certificates_of_death(tmp_path: Path) -> None:
    table = [
        ["姓名", "身份证号", "死亡日期", "死亡原因", "医疗机构", "证明编号"],
        ["张三", id_number(1), "2026-09-01", "I21.9", "示例医院", "990001"],
    ]
    assert told_of(tmp_path, "死亡医学证明2026年三季度.csv", table) == [
        "death_certificate 2026-Q3",
        "subject 张三 #1",
        "  death 2026-09-01 =medical_certificate",
    ]


def test_the_registered_unemployed_under_codes_for_headings(tmp_path: Path) -> None:
    table = [
        [
            "xm", "sfzhm", "失业登记日期", "失业原因", "失业保险金起始月", "失业保险金终止月", "就业困难人员类别",
            "状态", "街道",
        ],
        ["张三", id_number(1), "2026-09-01", "裁员", "202609", "202702", "4050人员", "登记", "河东街道"],
    ]  # fmt: skip
    assert told_of(tmp_path, "登记失业人员202609.csv", table) == [
        "registered_unemployed 2026-09",
        "subject 张三 #1 河东街道",
        "  since",
        "  unemployed 2026-09-01 =registered “裁员”",
        "  job_hardship “4050人员”",
        "  benefit_until 2027-02",
    ]


def test_social_insurance_by_kind_and_month(tmp_path: Path) -> None:
    table = [
        ["姓名", "身份证号", "单位名称", "险种", "费款所属期", "缴费基数", "参保状态"],
        ["张三", id_number(1), "示例公司", "企业职工基本养老保险", "202609", "4,200.00", "参保缴费"],
        ["张三", id_number(1), "示例公司", "失业保险", "202608", "4200", "暂停缴费（中断）"],
        ["李四", id_number(2), "", "城乡居民基本养老保险", "202609", "", "未正常缴费"],
    ]
    assert told_of(tmp_path, "社保缴纳明细202609.csv", table) == [
        "social_insurance 2026-09",
        "subject 张三 #1",
        "  insured 420000分 =pension_employee “示例公司”",
        "  insured_state =paying “pension_employee”",
        "subject 张三 #1",
        "  insured 2026-08 420000分 =unemployment “示例公司”",
        "  insured_state 2026-08 =paused “unemployment”",
        "- bad_choice@G",
    ]


def test_pensions_by_the_month(tmp_path: Path) -> None:
    table = [
        [
            "姓名",
            "身份证号",
            "险种",
            "待遇开始年月",
            "发放年月",
            "基础养老金",
            "个人账户养老金",
            "月待遇",
            "状态",
        ],
        ["张三", id_number(1), "城乡居民养老保险", "202001", "202609", "183", "25.6", "208.6", "正常"],
        ["李四", id_number(2), "企业职工", "201501", "202609", "", "", "3200", "暂停"],
    ]
    assert told_of(tmp_path, "养老金领取人员202609.csv", table) == [
        "pension 2026-09",
        "subject 张三 #1",
        "  since 2020-01",
        "  pension_state =paid",
        "  pension_part 18300分 =basic",
        "  pension_part 2560分 =own",
        "  pension 20860分 =paid “resident”",
        "subject 李四 #2",
        "  since 2015-01",
        "  pension_state =paused",
        "  pension 320000分 =paused “employee”",
    ]


def test_three_sources_of_one_death_stay_three_facts(tmp_path: Path) -> None:
    table = [
        [
            "xm", "sfzhm", "合同开始时间", "合同结束时间", "岗位性质", "公益性岗位名称", "单位名称", "所属区划",
            "所属街道", "登记失业地",
            "是否困难人员就业", "就业状态", "年龄", "公安死亡注销时间", "民政殡葬火化时间", "卫健委医学死亡证明时间",
            "5月是否缴纳养老",
        ],
        [
            "张三", id_number(1), "2025-01-01", "2026-12-31", "乡村公岗", "保洁员", "东村村委会", "示例区", "河东街道",
            "示例区", "是",
            "在岗", 66, "2026-09-10", "2026/9/8", "20260907", "是",
        ],
        [
            "李四", id_number(2), "2025-01-01", "2026-12-31", "城镇公岗", "协管", "示例公司", "示例区", "河东街道", "",
            "否", "离岗", 60,
            "", "", "", "否",
        ],
    ]  # fmt: skip
    assert told_of(tmp_path, "公益性岗位比对202609.xlsx", table) == [
        "public_jobs 2026-09",
        "subject 张三 #1 河东街道",
        "  death 2026-09-10 =hukou_cancelled “2026-09-10”",
        "  death 2026-09-08 =cremation “2026-09-08”",
        "  death 2026-09-07 =medical_certificate",
        "  job_hardship ×1",
        "  employed 2025-01-01 =employed “东村村委会”",
        "  employed_until 2026-12 “乡村公岗”",
        "  employment =employed",
        "subject 李四 #2 河东街道",
        "  job_hardship ×0",
        "  employed 2025-01-01 =left “示例公司”",
        "  employed_until 2026-12 “城镇公岗”",
        "  employment =left",
    ]


def test_registered_households_of_the_police(tmp_path: Path) -> None:
    table = [
        [
            "公民身份号码", "姓名", "曾用名", "性别", "民族", "出生日期", "婚姻状况", "户编码", "户籍所在地",
            "户口性质", "入户状态",
            "注销状态", "居住详址",
        ],
        [
            id_number(1), "张三", "张山", "男", "汉", "19600101", "有配偶", "H0001", "示例区东村1号", "农业户口",
            "正常", "正常", "东村1号",
        ],
        [
            id_number(2), "李四", "", "女", "汉", "19600101", "丧偶", "H0002", "示例区东村2号", "非农业", "", "死亡注销", "",
        ],
    ]  # fmt: skip
    assert told_of(tmp_path, "户籍人员2026年三季度.csv", table) == [
        "hukou 2026-Q3",
        "subject 张三 #1",
        "  residence =rural",
        "  address “东村1号”",
        "  hukou =normal “H0001”",
        "  hukou_state =normal",
        "  hukou_address “示例区东村1号”",
        "  marriage =married",
        "subject 李四 #2",
        "  residence =urban",
        "  hukou =died “H0002”",
        "  hukou_state =died",
        "  hukou_address “示例区东村2号”",
        "  death =hukou_cancelled",
        "  marriage =widowed",
    ]


def test_who_moved_away_and_where_to(tmp_path: Path) -> None:
    table = [
        ["姓名", "公民身份号码", "迁出日期", "迁出注销类别", "迁往省市县（区）", "迁往详址", "受理时间"],
        ["张三", id_number(1), "2026-08-01", "婚迁", "外省示例县", "一村1号", "2026-08-02"],
    ]
    assert told_of(tmp_path, "迁出注销2026年三季度.csv", table) == [
        "moved_out 2026-Q3",
        "subject 张三 #1",
        "  moved_out 2026-08-01 “外省示例县”",
    ]


def test_who_reported_a_death_is_not_the_dead(tmp_path: Path) -> None:
    table = [
        [
            "公民身份号码", "姓名", "死亡日期", "死亡注销类别", "死亡证明编号", "申报人公民身份号码", "申报人姓名", "受理单位",
            "受理人姓名", "受理时间", "备注",
        ],
        [
            id_number(1), "张三", "2026-09-01", "正常死亡", "990001", id_number(2), "李四", "示例派出所", "王警",
            "2026-09-06", "",
        ],
    ]  # fmt: skip
    assert told_of(tmp_path, "死亡注销2026年三季度.csv", table) == [
        "death_cancellation 2026-Q3",
        "subject 张三 #1",
        "  death 2026-09-01 =hukou_cancelled “2026-09-06”",
    ]


def test_cremations_with_the_funeral_home(tmp_path: Path) -> None:
    table = [
        [
            "姓名（逝者）",
            "身份证件号码",
            "年龄",
            "民族",
            "原家庭住址",
            "火化时间",
            "殡仪馆名称",
            "殡仪馆代码",
        ],
        ["张三", id_number(1), "66", "汉", "东村1号", "2026-09-03 09:30", "示例殡仪馆", "9901"],
    ]
    assert told_of(tmp_path, "火化名单2026年三季度.csv", table) == [
        "cremation 2026-Q3",
        "subject 张三 #1",
        "  address “东村1号”",
        "  death 2026-09-03 =cremation “2026-09-03”",
    ]


def test_students_in_hardship_with_their_guardians(tmp_path: Path) -> None:
    table = [
        ["2026年秋季学期家庭经济困难学生名单"],
        [
            "学校", "学段", "年级/班级", "学生姓名", "身份证号", "学籍号", "困难类型", "困难等级", "资助项目",
            "资助金额", "学期",
            "监护人姓名", "监护人身份证号", "家庭住址",
        ],
        [
            "示例小学", "小学", "三年级1班", "张小三", id_number(1, "20170301"), "G" + id_number(1, "20170301"),
            "低保边缘家庭学生",
            "特别困难", "营养膳食", "500.00", "2026秋", "张大", id_number(5), "东村1号",
        ],
        [
            "示例职中", "中职", "一年级", "李小四", id_number(2, "20100301"), "", "特困救助供养学生", "一般困难",
            "助学金", 1000, "2026秋",
            "", "", "",
        ],
        ["示例小学", "小学", "", "王小五", id_number(3, "20170302"), "", "家里穷", "困难", "", "", "", "", "", ""],
    ]  # fmt: skip
    assert told_of(tmp_path, "家庭经济困难学生2026年秋.xlsx", table, period="2026-09") == [
        "hardship_students 2026-09",
        "subject 张小三 valid + guardian 张大 #5",
        "  address “东村1号”",
        "  student =primary “示例小学”",
        "  student_hardship =dibao_margin “severe”",
        "  student_aid 50000分 “营养膳食”",
        "subject 李小四 valid",
        "  student =vocational “示例职中”",
        "  student_hardship =tekun “ordinary”",
        "  student_aid 100000分 “助学金”",
        "subject 王小五 valid ! bad_choice@G",
        "  student =primary “示例小学”",
    ]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("脱贫家庭学生", "lifted"),
        ("脱贫不稳定家庭学生", "unstable"),
        ("边缘易致贫家庭学生", "marginal"),
        ("突发严重困难家庭学生", "sudden"),
        ("低保家庭学生", "dibao"),
        ("最低生活保障边缘家庭学生", "dibao_margin"),
        ("特困救助供养学生", "tekun"),
        ("刚性支出困难家庭学生", "rigid_expenditure"),
        ("其他低收入家庭学生", "other_low_income"),
        ("孤儿", "orphan"),
        ("事实无人抚养儿童", "unattended_child"),
        ("残疾学生", "disabled"),
        ("残疾人子女", "disabled_parent"),
        ("烈士子女", "martyr_child"),
    ],
)
def test_the_fourteen_types_of_hardship(tmp_path: Path, written: str, code: str) -> None:
    table = [
        ["学校", "姓名", "身份证号", "困难类型"],
        ["示例小学", "张小三", id_number(1, "20170301"), written],
    ]
    assert f"  student_hardship ={code}" in told_of(tmp_path, "学生202609.csv", table)
