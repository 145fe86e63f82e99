"""Golden readings of the civil-affairs rosters: 低保, 特困, 低保边缘, 刚性支出, as platforms and villages write them."""

from __future__ import annotations

from pathlib import Path

from golden_notation import told_of
from intake_files import id_number

ACCOUNT = "6217000000000000001"
CASE = "990101000000001"
PAIR = [
    "户主姓名", "户主身份证号", "保障人口数", "申请原因", "户籍类型", "联系电话", "家庭住址", "所属街道", "所属社区",
    "纳入月份",
    "家庭成员姓名", "家庭成员身份证号",
]  # fmt: skip


def test_the_platform_s_dibao_households(tmp_path: Path) -> None:
    table = [
        [
            "户主姓名", "户主身份证号", "家庭人口数", "保障人口数", "家庭年总收入（元）", "家庭年均收入（元）",
            "户月保障金额（元）",
            "家庭分类施保总额（元）", "人员分类施保总额（元）", "合计（元）", "联系电话", "家庭住址", "所属街", "所属社",
            "低保（特困）证号", "最初享受月", "银行帐号", "拥有产权住房套数", "金融资产总额（元）", "家庭成员姓名",
            "家庭成员身份证号",
        ],
        [
            "张 三", id_number(1), 2, 2, "12,000", "6000", 500, 0, 60, "560.00", "138-0000-0001", "东村1号", "河东镇", "东村",
            CASE, "202407", ACCOUNT, 1, "￥3500", "张三；李梅", f"{id_number(1)}；{id_number(2)}",
        ],
    ]  # fmt: skip
    assert told_of(tmp_path, "农村低保家庭查询_20261008.xlsx", table) == [
        "dibao_rural_household 2026-10",
        "head 张三 #1 河东镇 东村 13800000001 + member 李梅 #2 河东镇 东村",
        "  enrolled ×2 =dibao",
        "  head =valid “990101196001010015”",
        "  residence =rural",
        "  case =dibao “990101000000001”",
        "  household_size ×2",
        "  since 2024-07",
        "  address “东村1号”",
        "  income 1200000分 =household_year",
        "  income 600000分 =per_head_year",
        "  declared_assets 350000分",
        "  declared_houses ×1",
        "  amount 0分 =category_supplement",
        "  amount 6000分 =category_supplement",
        "  amount 50000分 =base",
        "  amount 56000分 =total",
        "  account “6217000000000000001”",
        "  1:member =dibao",
        "  1:case =dibao “990101000000001”",
        "  1:head =valid “990101196001010015”",
    ]


def test_the_platform_s_dibao_persons(tmp_path: Path) -> None:
    table = [
        [
            "姓名", "身份证号", "户主身份证号", "与户主关系", "就业状况", "年收入（元）", "是否残疾", "残疾证号",
            "残疾类别", "残疾等级",
            "患病病种", "劳动能力", "最初享受月", "是否建档立卡扶贫对象", "救助类型", "户月保障金额（元）",
            "合计（元）", "在读学校名称",
            "在职单位名称",
        ],
        [
            "李梅", "'" + id_number(2), id_number(1), "妻子", "未登记失业人员", "8000", "是", id_number(2) + "42",
            "肢体", "二级",
            "尿毒症", "无劳动能力", "202407", "否", "城市低保", 500, 560, "—", "示例公司",
        ],
        [
            "张小", id_number(3, "20120101"), id_number(1), "长子", "在校学生", "", "否", "", "", "", "", "",
            "2024年7月", "", "城市低保",
            500, 560, "示例中学", "",
        ],
    ]  # fmt: skip
    assert told_of(tmp_path, "城市低保人员查询_20261008.xlsx", table) == [
        "dibao_urban_person 2026-10",
        "member 李梅 #2",
        "  member =dibao “妻子”",
        "  head =valid “990101196001010015”",
        "  residence =urban",
        "  since 2024-07",
        "  illness “尿毒症”",
        "  employed =unregistered_unemployed “示例公司”",
        "  employment =unregistered_unemployed",
        "  work_ability =none",
        "  income 800000分 =person_year",
        "  lifted ×0",
        "  disability ×2 =limb",
        "member 张小 valid",
        "  member =dibao “长子”",
        "  head =valid “990101196001010015”",
        "  residence =urban",
        "  since 2024-07",
        "  employment =student",
        "  student “示例中学”",
    ]


def test_a_village_sheet_whose_parent_column_holds_the_sum(tmp_path: Path) -> None:
    table = [
        ["石桥村2026年10月低保补贴汇总表（农保）"],
        [
            "序号",
            "户主姓名",
            "低保证号",
            "身份证号码",
            "保障人数",
            "",
            "",
            "领取金额",
            "",
            "",
            "",
            "",
            "领款人签字(章)",
        ],
        [
            "",
            "",
            "",
            "",
            "",
            "重点保障人数",
            "残疾人数",
            "",
            "家庭补差",
            "重点救助60元",
            "重点救助100元",
            "残疾人救助",
            "",
        ],
        [1, "张 三", CASE, id_number(1), 2, 1, 0, "660.00", "500", 60, 100, "", ""],
        [2, "李四（已故）", "990101000000002", id_number(2).lower(), 1, 0, 1, 380, 300, "", "", 80, ""],
        ["合计", "", "", "", 3, 1, 1, 1040, 800, 60, 100, 80, ""],
        ["制表人：", "", "审核人："],
    ]
    assert told_of(tmp_path, "石桥村农保名册202610.xlsx", table) == [
        "dibao_rural_village 2026-10",
        "head 张三 #1",
        "  enrolled ×2 =dibao",
        "  head =valid “990101196001010015”",
        "  residence =rural",
        "  case =dibao “990101000000001”",
        "  amount 6000分 =category_supplement",
        "  amount 10000分 =category_supplement",
        "  amount 50000分 =base",
        "  amount 66000分 =total",
        "head 李四 #2 ! name_note@B",
        "  enrolled ×1 =dibao",
        "  head =valid “990101196001010023”",
        "  residence =rural",
        "  case =dibao “990101000000002”",
        "  amount 8000分 =category_supplement",
        "  amount 30000分 =base",
        "  amount 38000分 =total",
    ]


def test_the_same_village_sheet_of_a_town_by_its_title_alone(tmp_path: Path) -> None:
    table = [
        ["东街社区2026年10月城保名册"],
        ["户主姓名", "低保证号", "身份证号码", "保障人数", "领取金额", "家庭补差"],
        ["张三", CASE, id_number(1), 1, 400, 400],
    ]
    assert told_of(tmp_path, "名册202610.xlsx", table) == [
        "dibao_urban_village 2026-10",
        "head 张三 #1",
        "  enrolled ×1 =dibao",
        "  head =valid “990101196001010015”",
        "  residence =urban",
        "  case =dibao “990101000000001”",
        "  amount 40000分 =base",
        "  amount 40000分 =total",
    ]


def test_a_register_person_by_person_belongs_together_by_its_case_number(tmp_path: Path) -> None:
    table = [
        ["低保综合大排榜"],
        [
            "低保证编号", "户主姓名", "成员姓名", "性别", "出生年月", "与户主关系", "家庭人口数", "保障人口数",
            "身份证号码", "户籍所在地",
            "现住址", "保障方式", "家庭类别",
        ],
        [CASE, "张三", "张三", "男", "1960年01月", "户主", 2, 2, id_number(1), "东村", "东村1号", "差额", "农村低保"],
        [CASE, "张三", "李梅", "女", "1960年01月", "妻子", 2, 2, id_number(2), "东村", "东村1号", "差额", "农村低保"],
    ]  # fmt: skip
    assert told_of(tmp_path, "2026年10月低保大排榜.xlsx", table) == [
        "dibao_register 2026-10",
        "head 张三 #1",
        "  enrolled ×2 =dibao",
        "  member =dibao “户主”",
        "  head =valid “990101196001010015”",
        "  residence =rural",
        "  case =dibao “990101000000001”",
        "  household_size ×2",
        "  address “东村1号”",
        "member 李梅 #2",
        "  member =dibao “妻子”",
        "  head =valid “990101196001010015”",
        "  residence =rural",
        "  case =dibao “990101000000001”",
    ]


def test_an_old_database_export_with_a_monthly_income(tmp_path: Path) -> None:
    table = [
        [
            "姓名", "身份证号", "原系统编号", "低保证号", "家庭月收入", "申报日期", "分类施保", "家庭人口", "银行账号",
            "与低保户主关系",
            "备注",
        ],
        ["张三", id_number(1), "A1", CASE, "320.5", "2019-03-01", "60", "2", ACCOUNT, "本人", ""],
        ["李梅", "'" + id_number(2), "A1", CASE, "320.5", "2019-03-01", "60", "2", ACCOUNT, "配偶", ""],
    ]  # fmt: skip
    assert told_of(tmp_path, "低保数据库202610.csv", table) == [
        "dibao_register 2026-10",
        "head 张三 #1",
        "  enrolled =dibao",
        "  member =dibao “本人”",
        "  head =valid “990101196001010015”",
        "  case =dibao “990101000000001”",
        "  household_size ×2",
        "  income 32050分 =household_month",
        "  amount 6000分 =category_supplement",
        "  account “6217000000000000001”",
        "member 李梅 #2",
        "  member =dibao “配偶”",
        "  head =valid “990101196001010015”",
        "  case =dibao “990101000000001”",
    ]


def test_the_platform_s_tekun_households(tmp_path: Path) -> None:
    table = [
        [
            "户主姓名", "户主身份证号", "家庭人口数", "特困人员", "供养方式", "户籍类型", "基本生活总费用（元）",
            "照料护理总费用（元）",
            "合计（元）", "户籍住址", "金融资产总额（元）", "家庭成员姓名",
        ],
        ["张三", id_number(1), 1, 1, "集中供养", "农村", "956", "420", "1376", "东村1号", "1200", ""],
    ]  # fmt: skip
    assert told_of(tmp_path, "特困人员家庭查询_20261008.xlsx", table) == [
        "tekun_household 2026-10",
        "head 张三 #1",
        "  enrolled ×1 =tekun “institution”",
        "  head =valid “990101196001010015”",
        "  residence =rural",
        "  household_size ×1",
        "  address “东村1号”",
        "  declared_assets 120000分",
        "  amount 137600分 =total",
        "  amount 95600分 =living",
        "  amount 42000分 =care",
    ]


def test_the_platform_s_tekun_persons_with_their_carers(tmp_path: Path) -> None:
    table = [
        [
            "姓名", "身份证号", "户主身份证号", "与户主关系", "生活自理能力", "供养方式", "供养机构", "基本生活标准（元）",
            "照料护理费用（元）", "照料人姓名", "照料人身份证号", "年收入（元）", "患病病种", "最初享受月",
        ],
        [
            "张三", id_number(1), id_number(1), "户主", "完全丧失生活自理能力", "分散供养", "", "956", "420", "李四",
            id_number(2), "0",
            "", "201901",
        ],
    ]  # fmt: skip
    assert told_of(tmp_path, "特困人员人员查询_20261008.xlsx", table) == [
        "tekun_person 2026-10",
        "head 张三 #1 + carer 李四 #2",
        "  member =tekun “户主”",
        "  head =valid “990101196001010015”",
        "  care_grade =dependent",
        "  since 2019-01",
        "  amount 95600分 =living",
        "  amount 42000分 =care",
        "  income 0分 =person_year",
    ]


def test_margin_households_of_the_platform(tmp_path: Path) -> None:
    row = [
        "张三", id_number(1), 2, "因病", "农业户口", "", "东村1号", "河东镇", "东村", "2025年03月", "张三;李梅",
        f"{id_number(1)};{id_number(2)}",
    ]  # fmt: skip
    assert told_of(tmp_path, "低保边缘家庭查询_20261008.xlsx", [PAIR, row]) == [
        "dibao_margin_household 2026-10",
        "head 张三 #1 河东镇 东村 + member 李梅 #2 河东镇 东村",
        "  enrolled ×2 =dibao_margin",
        "  head =valid “990101196001010015”",
        "  residence =rural",
        "  since 2025-03",
        "  address “东村1号”",
        "  benefit_cause “因病”",
        "  1:member =dibao_margin",
        "  1:head =valid “990101196001010015”",
    ]


def test_margin_persons_of_the_platform_earn_yuan_a_month_though_the_heading_says_no_unit(
    tmp_path: Path,
) -> None:
    table = [
        [
            "所属区划", "家庭地址", "姓名", "身份证号", "与户主关系", "户主身份证号", "性别", "民族", "月收入",
            "是否残疾人", "残疾证号",
            "残疾类别", "残疾等级", "劳动能力", "健康状况", "户籍类型", "是否属脱贫享受政策人口", "纳入月份",
        ],
        [
            "示例区", "东村1号", "李梅", id_number(2), "妻子", id_number(1), "女", "汉族", "1,200.00", "否", "", "", "",
            "部分丧失劳动能力", "良好", "农村", "是", "202503",
        ],
    ]  # fmt: skip
    assert told_of(tmp_path, "低保边缘人员查询_20261008.xlsx", table) == [
        "dibao_margin_person 2026-10",
        "member 李梅 #2",
        "  member =dibao_margin “妻子”",
        "  head =valid “990101196001010015”",
        "  residence =rural",
        "  since 2025-03",
        "  work_ability =weak",
        "  income 120000分 =person_month",
        "  lifted ×1",
    ]


def test_a_district_s_own_margin_list_with_members_under_their_head(tmp_path: Path) -> None:
    table = [
        ["示例区2026年10月低保边缘家庭花名册"],
        ["乡镇", "村", "证号", "姓名", "身份证号", "与户主关系", "家庭人口", "月收入", "就业状况"],
        ["河东镇", "东村", "B001", "张三", id_number(1), "户主", 2, "1500", "灵活就业"],
        ["", "", "", "李梅", id_number(2), "妻子", "", "", "无业"],
    ]
    assert told_of(tmp_path, "低保边缘202610.xlsx", table) == [
        "dibao_margin 2026-10",
        "head 张三 #1 河东镇 东村",
        "  enrolled ×2 =dibao_margin",
        "  member =dibao_margin “户主”",
        "  head =valid “990101196001010015”",
        "  case =dibao_margin “B001”",
        "  household_size ×2",
        "  employment =flexible",
        "  income 150000分 =person_month",
        "member 李梅 #2 河东镇 东村",
        "  member =dibao_margin “妻子”",
        "  head =valid “990101196001010015”",
        "  case =dibao_margin “B001”",
        "  employment =unemployed",
    ]


def test_rigid_expenditure_households_of_the_platform(tmp_path: Path) -> None:
    row = ["张三", id_number(1), 2, "因病", "城镇", "", "东街1号", "河东街道", "东社区", "202503", "", ""]
    assert told_of(tmp_path, "刚性支出家庭查询_20261008.xlsx", [PAIR, row]) == [
        "rigid_expenditure_household 2026-10",
        "head 张三 #1 河东街道 东社区",
        "  enrolled ×2 =rigid_expenditure",
        "  head =valid “990101196001010015”",
        "  residence =urban",
        "  since 2025-03",
        "  address “东街1号”",
        "  benefit_cause “因病”",
    ]


def test_rigid_expenditure_persons_of_the_platform(tmp_path: Path) -> None:
    table = [
        [
            "姓名",
            "身份证号",
            "与户主关系",
            "户主身份证号",
            "月收入（元）",
            "劳动能力",
            "户籍类型",
            "纳入月份",
        ],
        ["李梅", id_number(2), "妻子", id_number(1), "0.12万", "弱劳动力", "非农", "202503"],
    ]
    assert told_of(tmp_path, "刚性支出人员查询_20261008.xlsx", table) == [
        "rigid_expenditure_person 2026-10",
        "member 李梅 #2",
        "  member =rigid_expenditure “妻子”",
        "  head =valid “990101196001010015”",
        "  residence =urban",
        "  since 2025-03",
        "  work_ability =weak",
        "  income 120000分 =person_month",
    ]
