"""Golden readings of other rosters: watched households, children, allowances, unemployment benefit, veterans."""

from __future__ import annotations

from pathlib import Path

from golden_notation import told_of
from intake_files import id_number

ACCOUNT = "6217000000000000001"


def test_watched_households_with_months_written_without_a_sign(tmp_path: Path) -> None:
    table = [
        ["防止返贫监测对象基础信息表"],
        [
            "户编号", "姓名", "证件号码", "与户主关系", "监测对象类别", "识别监测时间", "风险是否已消除",
            "消除监测时间", "致贫/返贫风险1",
            "劳动技能", "合规自付支出", "人均纯收入",
        ],
        [
            "9901010001", "张三", id_number(1), "户主", "边缘易致贫户", "202105", "否", "", "因病",
            "弱劳动力或半劳动力", "23000.5",
            "9800",
        ],
        ["9901010001", "李梅", id_number(2), "配偶", "", "", "", "", "", "普通劳动力", "", ""],
        [
            "9901010002", "王五", id_number(3), "户主", "突发严重困难户", "202311", "是", "202406", "因灾",
            "丧失劳动力", "", "",
        ],
    ]  # fmt: skip
    assert told_of(tmp_path, "防返贫监测对象202610.xlsx", table) == [
        "relapse_watch 2026-10",
        "head 张三 #1",
        "  enrolled =relapse_watch",
        "  member =relapse_watch “户主”",
        "  head =valid “990101196001010015”",
        "  case =relapse_watch “9901010001”",
        "  income 980000分 =per_head_year",
        "  work_ability =weak",
        "  watch_household 2021-05 =marginal “因病”",
        "  watch_removed =open",
        "  expense 2300050分 =medical",
        "member 李梅 #2",
        "  member =relapse_watch “配偶”",
        "  head =valid “990101196001010015”",
        "  case =relapse_watch “9901010001”",
        "  work_ability =able",
        "  watch_household 2021-05 =marginal “因病”",
        "  watch_removed =open",
        "head 王五 #3 ! row_ended@G",
        "  ended ×1 =relapse_watch “是”",
        "  head =valid “990101196001010031”",
        "  case =relapse_watch “9901010002”",
        "  work_ability =none",
        "  watch_removed =removed",
        "  watch_ended 2024-06",
    ]


def test_people_lifted_out_of_poverty_are_on_no_roster(tmp_path: Path) -> None:
    table = [
        ["户编号", "姓名", "证件号码", "户类型", "脱贫年度"],
        ["9901010001", "张三", id_number(1), "脱贫户", "2018"],
    ]
    assert told_of(tmp_path, "脱贫人口名单2026年9月.csv", table) == [
        "lifted_persons 2026-09",
        "subject 张三 #1",
        "  case “9901010001”",
        "  lifted “脱贫户”",
    ]


def test_an_orphan_comes_with_the_guardian(tmp_path: Path) -> None:
    table = [
        ["示例区孤儿基本生活费发放花名册"],
        ["填报单位：民政局     单位：元"],
        [
            "序号", "儿童姓名", "身份证号", "类别", "养育方式", "监护人姓名", "监护人身份证号", "与监护人关系",
            "发放标准", "发放金额",
            "纳入月份", "账户名称", "银行账号", "所属乡镇", "村",
        ],
        [
            1, "张小三", id_number(1, "20150301"), "社会散居孤儿", "分散养育", "张大", id_number(5), "祖父", "1200",
            "1,200元", "2024.3",
            "张大", ACCOUNT, "河东镇", "东村",
        ],
        ["合计", "", "", "", "", "", "", "", "", 1200],
    ]  # fmt: skip
    assert told_of(tmp_path, "孤儿名册202610.xlsx", table) == [
        "orphans 2026-10",
        "subject 张小三 valid 河东镇 东村 + guardian 张大 #5",
        "  enrolled =orphan “home”",
        "  head =valid “990101201503010019”",
        "  since 2024-03",
        "  account “6217000000000000001”",
        "  account_holder “张大”",
        "  benefit 120000分 =orphan",
        "  benefit_standard 120000分 =orphan",
        "  child_class =orphan",
    ]


def test_in_a_list_of_both_each_child_is_of_its_own_programme(tmp_path: Path) -> None:
    table = [
        ["姓名", "身份证号码", "儿童类别", "监护人", "补贴金额"],
        ["张小三", id_number(1, "20150301"), "事实无人抚养儿童", "张大", "1000"],
        ["李小四", id_number(3, "20150302"), "孤儿", "李大", "1200"],
    ]
    assert told_of(tmp_path, "事实无人抚养儿童202610.csv", table) == [
        "unattended_children 2026-10",
        "subject 张小三 valid + guardian 张大 missing",
        "  enrolled =unattended_child",
        "  head =valid “990101201503010019”",
        "  benefit 100000分 =unattended_child",
        "  child_class =unattended_child",
        "subject 李小四 valid + guardian 李大 missing ! child_of_other@C",
        "  enrolled =orphan",
        "  head =valid “990101201503020030”",
        "  benefit 120000分 =orphan",
        "  child_class =orphan",
    ]


def test_a_disability_subsidy_as_a_city_lists_it(tmp_path: Path) -> None:
    table = [
        [
            "姓名", "证件号", "户籍区县", "户籍街道", "残疾类别", "残疾等级", "年龄", "申请时间", "补贴类型",
            "补贴标准", "补贴金额",
            "状态",
        ],
        [
            "张三", id_number(1), "示例区", "河东街道", "肢体残疾", "一级（极重度）", "66", "2024-03-01",
            "重度残疾人护理补贴", "100",
            "100.00", "正常享受",
        ],
    ]  # fmt: skip
    assert told_of(tmp_path, "残疾人两项补贴202610.csv", table) == [
        "disability_subsidy 2026-10",
        "subject 张三 #1 河东街道",
        "  enrolled =disability_subsidy",
        "  head =valid “990101196001010015”",
        "  benefit 10000分 =disability_subsidy",
        "  benefit_standard 10000分 =disability_subsidy",
        "  benefit_state =paid",
        "  subsidy_kind 10000分 =care",
        "  disability ×1 =limb",
    ]


def test_a_disability_subsidy_as_a_county_uploads_it(tmp_path: Path) -> None:
    table = [
        [
            "乡镇", "姓名", "身份证号码", "残疾人证号", "补贴类型", "补贴对象类型", "补贴金额", "享受补贴起始月份",
            "续发月份", "性别",
            "出生年月", "残疾等级", "残疾类别", "民族", "户口性质", "户籍地址", "家庭住址", "手机号码", "联系人",
            "联系电话", "开户银行",
            "银行卡号", "低保类别", "是否死亡", "地区",
        ],
        [
            "河东镇", "张三", float(id_number(1)[:15] + "000"), id_number(1) + "41B1", "生活补贴", "低保", 330,
            "202207", "202610", "男",
            "196001", "一级", "肢体", "汉族", "农业户口", "东村1号", "东村1号", "13800000001", "李四", "13800000002",
            "示例银行", ACCOUNT,
            "农村低保", "否", "示例区",
        ],
    ]  # fmt: skip
    assert told_of(tmp_path, "两补202610.xlsx", table) == [
        "disability_subsidy 2026-10",
        "subject 张三 #1 河东镇 13800000001 ! id_from_card@C",
        "  enrolled =disability_subsidy",
        "  head =valid “990101196001010015”",
        "  residence =rural",
        "  since 2022-07",
        "  address “东村1号”",
        "  account =示例银行 “6217000000000000001”",
        "  benefit 33000分 =disability_subsidy",
        "  subsidy_kind 33000分 =living “低保”",
        "  said_dead ×0",
        "  disability ×1 =limb",
    ]


def test_an_old_age_allowance_with_its_header_in_the_second_row(tmp_path: Path) -> None:
    table = [
        ["2026年10月高龄津贴发放对象"],
        [
            "老人姓名",
            "身份证号码",
            "老人联系方式",
            "户籍地址",
            "发放金额",
            "银行卡号",
            "人员类型",
            "原始类型",
        ],
        ["张 三", id_number(1, "19400101"), "13800000001", "河东镇东村", "100", ACCOUNT, "80-89周岁", "新增"],
        ["李四", id_number(2, "19300101"), "", "", "—", "", "90-99周岁", ""],
    ]
    assert told_of(tmp_path, "津贴对象202610.xlsx", table) == [
        "old_age_allowance 2026-10",
        "subject 张三 valid 13800000001",
        "  enrolled =old_age_allowance",
        "  head =valid “990101194001010016”",
        "  address “河东镇东村”",
        "  account “6217000000000000001”",
        "  benefit 10000分 =old_age_allowance “80-89周岁”",
        "subject 李四 valid",
        "  enrolled =old_age_allowance",
        "  head =valid “99010119300101002X”",
    ]


def test_an_unemployment_benefit_tells_its_term_and_no_job(tmp_path: Path) -> None:
    table = [
        [
            "姓名",
            "身份证号",
            "失业保险金金额",
            "领取起始年月",
            "领取终止年月",
            "核定月数",
            "领取状态",
            "原单位名称",
        ],
        ["张三", id_number(1), "1,530.00", "202604", "2027年3月", "12", "领取中", "示例厂"],
    ]
    assert told_of(tmp_path, "失业保险金领取人员2026年9月.csv", table) == [
        "unemployment_benefit 2026-09",
        "subject 张三 #1",
        "  enrolled =unemployment_benefit",
        "  head =valid “990101196001010015”",
        "  since 2026-04",
        "  benefit 153000分 ×12 =unemployment_benefit",
        "  benefit_state =paid",
        "  benefit_until 2027-03",
    ]


def test_veterans_and_what_they_get(tmp_path: Path) -> None:
    table = [
        [
            "姓名",
            "身份证号",
            "优抚对象类别",
            "优抚证号",
            "伤残等级",
            "抚恤补助标准",
            "发放金额",
            "银行账号",
            "状态",
        ],
        ["张三", id_number(1), "60周岁以上农村籍退役士兵", "优9901", "", "600", "￥600", ACCOUNT, "正常"],
    ]
    assert told_of(tmp_path, "优抚对象发放表202610.csv", table) == [
        "veteran_care 2026-10",
        "subject 张三 #1",
        "  enrolled =veteran_care",
        "  head =valid “990101196001010015”",
        "  case =veteran_care “优9901”",
        "  account “6217000000000000001”",
        "  benefit 60000分 =veteran_care “60周岁以上农村籍退役士兵”",
        "  benefit_standard 60000分 =veteran_care “60周岁以上农村籍退役士兵”",
        "  benefit_state =paid",
    ]


def test_a_ledger_of_temporary_aid_enrols_nobody(tmp_path: Path) -> None:
    table = [
        ["临时救助台账"],
        [
            "序号", "申请人姓名", "身份证号", "救助类型", "困难类型", "家庭人口", "救助金额（元）", "审批日期",
            "一卡通账号", "乡镇", "村",
        ],
        [1, "张三", id_number(1), "大额", "疾病", 3, "3000元", "2026.9.5", ACCOUNT, "河东镇", "东村"],
        [2, "李四", id_number(2), "小额", "意外灾害", 1, "", "2026.9.6", "", "河东镇", "东村"],
        ["合计", "", "", "", "", "", 3000],
    ]  # fmt: skip
    assert told_of(tmp_path, "临时救助台账2026年9月.xlsx", table) == [
        "temporary_aid 2026-09",
        "subject 张三 #1 河东镇 东村",
        "  household_size ×3",
        "  account “6217000000000000001”",
        "  benefit 2026-09-05 300000分 =temporary_aid “大额”",
        "  benefit_cause 2026-09-05 “疾病”",
        "- value_missing@G",
    ]


def test_any_other_roster_that_says_what_kind_of_money_it_is(tmp_path: Path) -> None:
    table = [
        ["姓名", "证件号码", "待遇类型", "发放金额", "起始月份"],
        ["张三", id_number(1), "计划生育奖励扶助", "80", "202401"],
    ]
    assert told_of(tmp_path, "通用名册202610.csv", table) == [
        "other_benefit_roster 2026-10",
        "subject 张三 #1",
        "  enrolled =other_benefit",
        "  head =valid “990101196001010015”",
        "  since 2024-01",
        "  benefit 8000分 =other_benefit “计划生育奖励扶助”",
    ]


def test_whose_medical_premium_is_paid_for(tmp_path: Path) -> None:
    table = [
        ["姓名", "证件号码", "人员类别", "险种", "年度", "资助标准", "个人缴费", "参保状态"],
        ["张三", id_number(1), "低保边缘家庭成员", "居民医保", "2026", "280", "120", "已参保"],
        ["李四", id_number(2), "特困人员", "居民医保", "2026", 400, 0, "代缴"],
        ["王五", id_number(3), "低保对象", "居民医保", "2026", "", "", "未参保"],
    ]
    assert told_of(tmp_path, "2026年度参保资助名单.xlsx", table, period="2026-03") == [
        "medical_subsidised 2026-03",
        "subject 张三 #1",
        "  medical_subsidised 28000分 =dibao_margin “2026”",
        "  medical_insured 12000分 =insured",
        "subject 李四 #2",
        "  medical_subsidised 40000分 =tekun “2026”",
        "  medical_insured 0分 =paid_for",
        "subject 王五 #3",
        "  medical_subsidised =dibao “2026”",
        "  medical_insured =not_insured",
    ]
