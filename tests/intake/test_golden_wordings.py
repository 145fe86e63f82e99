"""The same lists in the words of other offices: their headings, title rows, two-line headers, signatures, answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_notation import told_of
from intake_files import id_number

A, B = id_number(1), id_number(2)


def test_one_stop_settlements_of_medical_aid_name_only_the_own_share(tmp_path: Path) -> None:
    table = [
        ["2026年第三季度医疗救助“一站式”结算明细表"],
        ["", "", "", "", "", "", "", "单位：元"],
        [
            "序号",
            "姓名",
            "证件号码",
            "救助对象类别",
            "就诊医院",
            "就诊类型",
            "结算时间",
            "费用情况",
            "",
            "",
            "",
        ],
        ["", "", "", "", "", "", "", "总费用", "政策范围内费用", "医疗救助支付", "个人自付"],
        ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"],
        [
            "1",
            "张三",
            A,
            "特困人员",
            "中医院",
            "住院",
            "2026-08-15 10:21:33",
            "8000.5",
            "7500",
            "2000",
            "500.5",
        ],
        ["", "合计", "", "", "", "", "", "8000.5", "7500", "2000", "500.5"],
    ]
    assert told_of(tmp_path, "医疗救助结算（2026年三季度）.xlsx", table) == [
        "medical_invoice 2026-Q3",
        "subject 张三 #1",
        "  medical_total 2026-08-15 800050分",
        "  medical_own_share 2026-08-15 50050分",
        "  medical_scope 2026-08-15 750000分",
        "  medical_aid 2026-08-15 200000分",
        "  medical_visit 2026-08-15 =inpatient",
    ]


def test_own_burden_is_also_called_the_sum_of_it(tmp_path: Path) -> None:
    table = [
        ["姓名", "身份证号", "结算日期", "医疗总费用", "统筹支付", "个人自付", "个人自费", "个人负担合计"],
        ["张三", A, "20260809", "12,345.60", "8000", "2000", "2345.60", "4345.60"],
    ]
    assert told_of(tmp_path, "2026年9月城乡居民医保住院报销明细.csv", table)[:4] == [
        "medical_settlement 2026-09",
        "subject 张三 #1",
        "  medical_total 2026-08-09 1234560分",
        "  medical_self 2026-08-09 434560分",
    ]


def test_the_day_somebody_passed_away_is_not_that_of_the_cremation(tmp_path: Path) -> None:
    table = [
        ["逝者", "逝者证件号", "去世时间", "火化时间", "家属", "家属证件号"],
        ["张三", A, "2026-07-01 03:20:00", "2026-07-03 09:00:00", "李四", B],
    ]
    assert told_of(tmp_path, "火化数据导出2026年三季度.csv", table) == [
        "cremation 2026-Q3",
        "subject 张三 #1",
        "  death 2026-07-01 =cremation “2026-07-03”",
    ]


def test_a_payment_sheet_of_unemployment_money_is_no_sheet_of_another_aid(tmp_path: Path) -> None:
    table = [
        ["2026年9月失业保险金发放花名册"],
        [
            "序号",
            "姓名",
            "身份证号码",
            "核定月数",
            "领取起始年月",
            "领取终止年月",
            "本月发放金额（元）",
            "累计已领月数",
        ],
        ["1", "张三", A, "12", "202606", "202705", "1,530.00", "4"],
        ["合计", "", "", "", "", "", "1,530.00", ""],
    ]
    assert told_of(tmp_path, "2026年9月失业保险金发放花名册.xlsx", table) == [
        "unemployment_benefit 2026-09",
        "subject 张三 #1",
        "  enrolled =unemployment_benefit",
        f"  head =valid “{A}”",
        "  since 2026-06",
        "  benefit 153000分 ×12 =unemployment_benefit",
        "  benefit_until 2027-05",
    ]


def test_moving_away_is_also_called_migration(tmp_path: Path) -> None:
    table = [
        ["序号", "姓名", "公民身份证号码", "原户籍地址", "迁往地址", "迁移原因", "迁移时间", "经办派出所"],
        ["1", "张三", A, "东村", "外省江城市", "投靠", "20260716", "河东派出所"],
    ]
    assert told_of(tmp_path, "户口迁移情况表2026年三季度.csv", table) == [
        "moved_out 2026-Q3",
        "subject 张三 #1",
        "  moved_out 2026-07-16 “外省江城市”",
    ]


@pytest.mark.parametrize("heading", ["法定代表人/负责人", "法定代表人（负责人）", "经营者/负责人"])
def test_whoever_answers_for_a_business_goes_by_two_names(tmp_path: Path, heading: str) -> None:
    table = [
        [heading, "证件号码", "市场主体名称", "市场主体类型", "登记状态", "成立日期"],
        ["张三", A, "张三小吃店", "个体工商户", "未注销", "2021-06-07"],
    ]
    assert told_of(tmp_path, "市场主体信息比对2026年三季度.xlsx", table) == [
        "business_register 2026-Q3",
        "subject 张三 #1",
        "  business 2021-06-07 =active “张三小吃店”",
        "  business_kind =sole_trader",
    ]


def test_terms_and_places_of_prison_and_detox(tmp_path: Path) -> None:
    table = [
        ["姓名", "身份证号码", "人员类别", "入监时间", "刑满时间", "服刑单位"],
        ["张三", A, "服刑", "2025-03-01", "2028-08-31", "省第二监狱"],
        ["李四", B, "戒毒", "2025.5.5", "2027.5.4", "省戒毒所"],
    ]
    assert told_of(tmp_path, "服刑人员名单2026年三季度.xlsx", table) == [
        "prisoners 2026-Q3",
        "subject 张三 #1",
        "  in_prison 2025-03-01 =prison “省第二监狱”",
        "  in_prison_until 2028-08-31 =prison",
        "subject 李四 #2",
        "  in_prison 2025-05-05 =compulsory_detox “省戒毒所”",
        "  in_prison_until 2027-05-04 =compulsory_detox",
    ]


def test_a_register_of_tekun_says_in_the_title_who_lives_in_a_home(tmp_path: Path) -> None:
    table = [
        ["集中供养特困人员花名册"],
        ["填报单位：河东镇", "", "", "", "", "", "单位：元"],
        ["序号", "姓名", "身份证号", "护理等级", "基本生活费", "护理补贴", "月合计", "审批时间"],
        ["1", "张三", A, "全护理", "1080", "900", "1980", "2018.5"],
        ["合计", "1人", "", "", "1080", "900", "1980", ""],
    ]
    assert told_of(tmp_path, "特困供养人员花名册202609.xlsx", table) == [
        "tekun_register 2026-09",
        "head 张三 #1",
        "  enrolled =tekun “institution”",
        f"  head =valid “{A}”",
        "  care_grade =dependent",
        "  since 2018-05",
        "  amount 198000分 =total",
        "  amount 108000分 =living",
        "  amount 90000分 =care",
    ]


def test_members_of_a_household_under_headings_that_say_so(tmp_path: Path) -> None:
    table = [
        [
            "户主姓名",
            "户主身份证号",
            "成员姓名",
            "成员身份证号",
            "与户主关系",
            "就业情况",
            "劳动能力",
            "月收入（元）",
        ],
        ["张三", A, "张三", A, "户主", "务农", "丧失", "300"],
        ["张三", A, "李四", B, "配偶", "灵活就业", "有", "1,800"],
    ]
    assert told_of(tmp_path, "农村低保人员信息202609.xlsx", table) == [
        "dibao_rural_person 2026-09",
        "head 张三 #1",
        "  member =dibao “户主”",
        f"  head =valid “{A}”",
        "  residence =rural",
        "  employment =farming",
        "  work_ability =none",
        "  income 30000分 =person_month",
        "member 李四 #2",
        "  member =dibao “配偶”",
        f"  head =valid “{A}”",
        "  residence =rural",
        "  employment =flexible",
        "  work_ability =able",
        "  income 180000分 =person_month",
    ]


def test_the_fund_platform_names_head_and_payee(tmp_path: Path) -> None:
    table = [
        ["惠民惠农财政补贴资金“一卡通”发放明细"],
        [
            "序号", "项目名称", "户主姓名", "户主身份证号", "收款人姓名", "收款人身份证号", "收款账号", "补贴金额（元）",
            "支付状态", "支付时间", "支付单号",
        ],
        ["1", "农村低保", "张三", A, "李四", B, "6217000000000000001", "860", "已到账", "2026-09-15", "ZF1"],
    ]  # fmt: skip
    assert told_of(tmp_path, "资金内控平台拨付明细202609.xlsx", table) == [
        "fund_platform 2026-09",
        "subject 李四 #2 + head 张三 #1",
        "  account “6217000000000000001”",
        "  transferred 2026-09-15 86000分 =dibao “paid”",
        "  transfer_number 2026-09-15 “ZF1”",
    ]


def test_money_that_came_back_with_the_number_of_the_person(tmp_path: Path) -> None:
    table = [
        ["户名", "账号", "证件号码", "金额", "处理结果", "失败原因", "入账日期", "流水号"],
        ["张三", "6217000000000000001", A, "860.00", "退票", "账户状态异常", "2026-09-16", "L1"],
        ["李四", "6217000000000000002", B, "520.50", "00", "", "2026-09-16", "L2"],
    ]
    assert told_of(tmp_path, "退票明细2026年9月.csv", table) == [
        "bank_return 2026-09",
        "account_holder 张三 #1 L1",
        "  account “6217000000000000001”",
        "  pay_result 2026-09-16 86000分 =failed “账户状态异常”",
        "account_holder 李四 #2 L2",
        "  account “6217000000000000002”",
        "  pay_result 2026-09-16 52050分 =success",
    ]


def test_who_reports_a_change_without_another_name_reports_of_themselves(tmp_path: Path) -> None:
    table = [
        ["家庭人口、收入、财产变化情况主动报告登记表"],
        ["序号", "报告日期", "报告人", "身份证号", "变化类型", "变化情况", "受理人"],
        ["1", "2026-09-03", "张三", A, "搬迁", "搬到县城", "王某"],
    ]
    assert told_of(tmp_path, "主动报告登记簿202609.xlsx", table) == [
        "self_reports_own 2026-09",
        "subject 张三 #1",
        "  reported 2026-09-03 =moved “搬到县城”",
    ]


def test_goods_without_money_from_the_red_cross(tmp_path: Path) -> None:
    table = [
        ["序号", "姓名", "身份证号", "家庭情况", "慰问物资", "数量", "发放日期", "签收"],
        ["1", "张三", A, "低保户", "大米1袋、油1桶", "1", "2026-09-25", ""],
    ]
    assert told_of(tmp_path, "红十字会慰问物资发放表2026年9月.xlsx", table) == [
        "helped_with_goods 2026-09",
        "subject 张三 #1",
        "  help_goods 2026-09-25 =red_cross “大米1袋、油1桶”",
        "  hardship “低保户”",
    ]


@pytest.mark.parametrize(
    ("state", "code"),
    [("死亡停发", "ended"), ("恢复发放", "paid"), ("未停发", "paid"), ("暂停发放", "paused")],
)
def test_states_of_a_pension_that_two_words_make(tmp_path: Path, state: str, code: str) -> None:
    table = [
        ["姓名", "社会保障号码", "险种", "月发放总额", "领取状态"],
        ["张三", A, "职工", "2,920.00", state],
    ]
    assert f"  pension 292000分 ={code} “employee”" in told_of(tmp_path, "养老金2026年9月.csv", table)


@pytest.mark.parametrize(
    ("state", "code"),
    [("非正常", "abnormal"), ("未销户", "normal"), ("未冻结", "normal"), ("已销户", "closed")],
)
def test_the_state_of_an_account_is_not_turned_round(tmp_path: Path, state: str, code: str) -> None:
    table = [
        ["户主姓名", "户主身份证号", "低保证号", "救助类型", "账户名称", "开户行", "银行账号", "账号状态"],
        ["张三", A, "D1", "农村低保", "张三", "农商行", "6217000000000000001", state],
    ]
    lines = told_of(tmp_path, "救助对象银行账户202609.xlsx", table)
    assert [line for line in lines if "account_state" in line] == [
        f"  account_state ={code} “6217000000000000001”"
    ]


@pytest.mark.parametrize(
    ("state", "code"),
    [("自然消除", "removed"), ("持续监测", "open"), ("未稳定消除", "open"), ("已消除", "removed")],
)
def test_whether_a_risk_is_gone(tmp_path: Path, state: str, code: str) -> None:
    table = [
        [
            "户编号",
            "户主姓名",
            "姓名",
            "证件号码",
            "与户主关系",
            "监测对象类别",
            "识别监测时间",
            "风险消除状态",
        ],
        ["101", "张三", "张三", A, "户主", "突发户", "202503", state],
    ]
    lines = told_of(tmp_path, "防返贫监测对象名单202609.xlsx", table)
    assert f"  watch_removed ={code}" in lines
    assert ("  watch_household 2025-03 =sudden" in lines) == (code == "open")


@pytest.mark.parametrize(
    ("answer", "code"), [("已审批", "approved"), ("未纳入", "refused"), ("待审核", "accepted")]
)
def test_what_became_of_an_application(tmp_path: Path, answer: str, code: str) -> None:
    table = [
        [
            "申请日期",
            "申请人姓名",
            "身份证号码",
            "申请救助类型",
            "受理编号",
            "受理日期",
            "办理结果",
            "办结日期",
        ],
        ["2026-09-01", "张三", A, "低保", "S1", "2026-09-02", answer, "2026-09-20"],
    ]
    lines = told_of(tmp_path, "社会救助申请受理登记表2026年9月.xlsx", table)
    assert lines[-1] == f"  application_state 2026-09-20 ={code}"
