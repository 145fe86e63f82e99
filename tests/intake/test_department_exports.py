"""Exports of departments' systems in other words and with other columns than the templates were first written for."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_notation import told_of
from intake_files import codes, facts, id_number, kept, rows, xlsx

A, B, C = id_number(1), id_number(2), id_number(3)


def _kinds(lines: list[str], *kinds: str) -> list[str]:
    return [line.strip() for line in lines[1:] if line.strip().split(" ")[0] in kinds]


def test_a_subsidy_towards_the_rent_is_not_the_rent(tmp_path: Path) -> None:
    table = [
        ["申请人", "身份证号", "保障方式", "月租金（元）", "月租赁补贴（元）", "保障状态"],
        ["张三", A, "实物配租", "150", "", "在租"],
        ["李四", B, "租赁补贴", "", "320", "正常发放"],
    ]
    assert told_of(tmp_path, "公租房保障家庭2026年9月.csv", table) == [
        "public_rental 2026-09",
        "applicant 张三 #1",
        "  public_rental 15000分 =in_kind",
        "  public_rental_state =current “in_kind”",
        "applicant 李四 #2",
        "  public_rental =subsidy",
        "  public_rental_state =current “subsidy”",
        "  rental_subsidy 32000分",
    ]


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("已退出", "left"),
        ("退租", "left"),
        ("已腾退", "left"),
        ("2026年5月退房", "left"),
        ("停发", "left"),
        ("轮候中", "waiting"),
        ("待配租", "waiting"),
        ("未腾退", "current"),
        ("应退未退", "current"),
        ("拟退出", "current"),
        ("续签", "current"),
    ],
)
def test_whoever_waits_or_has_moved_out_does_not_rent(tmp_path: Path, state: str, word: str) -> None:
    table = [
        ["承租人", "身份证号", "保障方式", "月租金", "月补贴", "状态"],
        ["张三", A, "实物配租", "150", "300", state],
    ]
    told = _kinds(
        told_of(tmp_path, "公租房2026年9月.csv", table),
        "public_rental",
        "public_rental_state",
        "rental_subsidy",
    )
    rent = ["public_rental 15000分 =in_kind"] if word == "current" else []
    paid = ["rental_subsidy 30000分"] if word == "current" else []
    assert told == [*rent, f"public_rental_state ={word} “in_kind”", *paid]


def test_a_list_of_rent_subsidies_needs_no_column_that_says_so(tmp_path: Path) -> None:
    table = [
        ["示例区2026年9月公租房租赁补贴发放花名册"],
        ["序号", "姓名", "身份证号码", "家庭人口", "月补贴金额（元）"],
        [1, "张三", A, 3, 360],
    ]
    assert told_of(tmp_path, "租赁补贴202609.xlsx", table)[2:] == [
        "  household_size ×3",
        "  public_rental =subsidy",
        "  rental_subsidy 36000分",
    ]


@pytest.mark.parametrize(
    ("since", "money"),
    [
        ("享受救助起始时间", "月保障金额（元）"),
        ("享受低保时间", "户月保障金额"),
        ("纳入救助时间", "月救助金额（元）"),
        ("起始年月", "救助金额"),
    ],
)
def test_filings_of_kin_say_what_they_get_and_since_when(tmp_path: Path, since: str, money: str) -> None:
    table = [
        ["经办人员姓名", "工作单位", "享受救助人员姓名", "身份证号", "亲属关系", "救助类别", since, money],
        ["钱七", "示例区民政局", "张三", A, "父亲", "农村低保", "2024年5月", "420"],
    ]
    told = told_of(tmp_path, "近亲属备案2026年9月.csv", table)
    assert _kinds(told, "kin_filed", "kin_aid", "kin_aid_since") == [
        "kin_filed =dibao “父亲”",
        "kin_aid 42000分 =dibao",
        "kin_aid_since 2024-05 =dibao",
    ]


@pytest.mark.parametrize(
    ("heading", "cell", "fact"),
    [
        ("家庭年收入（万元）", "2.4", "income 2400000分 =household_year"),
        ("家庭年总收入（元）", "24000", "income 2400000分 =household_year"),
        ("家庭年人均收入", "8000", "income 800000分 =per_head_year"),
        ("家庭人均年收入（万元）", "0.8", "income 800000分 =per_head_year"),
        ("家庭月人均收入", "700", "income 70000分 =per_head_month"),
    ],
)
def test_what_unions_and_schools_say_of_a_household_s_income_is_kept(
    tmp_path: Path, heading: str, cell: str, fact: str
) -> None:
    workers = [
        ["姓名", "身份证号", heading, "帮扶项目", "帮扶金额（元）"],
        ["张三", A, cell, "医疗救助", "500"],
    ]
    pupils = [["学生姓名", "身份证号", "学校", "困难类型", heading], ["张三", A, "东小学", "低保家庭", cell]]
    assert fact in _kinds(told_of(tmp_path, "工会困难职工帮扶2026年9月.csv", workers), "income")
    assert fact in _kinds(told_of(tmp_path, "家庭经济困难学生2026年9月.csv", pupils), "income")


def test_a_payment_for_an_earlier_month_is_of_that_month(tmp_path: Path) -> None:
    table = [
        [
            "社会保障号码",
            "姓名",
            "单位名称",
            "险种类型",
            "费款所属期",
            "对应费款所属期",
            "缴费基数",
            "到账标志",
        ],
        [A, "张三", "示例公司", "企业职工基本养老保险", "202608", "202512", "4500", "已到账"],
    ]
    assert told_of(tmp_path, "企业职工养老保险缴费明细202608.csv", table)[2:] == [
        "  insured 2025-12 450000分 =pension_employee “示例公司”",
        "  insured_state 2025-12 =paying “pension_employee”",
    ]


def test_what_is_paid_for_a_funeral_is_no_pension(tmp_path: Path) -> None:
    table = [
        [
            "姓名",
            "身份证号码",
            "发放年月",
            "基础养老金",
            "个人账户养老金",
            "丧葬补助金",
            "发放合计",
            "待遇状态",
        ],
        ["张三", A, "202609", "206", "15.30", "0", "221.30", "正常享受"],
        ["李四", B, "202609", "0", "0", "2472", "2472", "终止享受"],
    ]
    assert told_of(tmp_path, "城乡居民养老保险待遇发放202609.csv", table)[1:] == [
        "subject 张三 #1",
        "  pension_state =paid",
        "  pension_part 20600分 =basic",
        "  pension_part 1530分 =own",
        "subject 李四 #2",
        "  pension_state =ended",
    ]


@pytest.mark.parametrize(
    ("heading", "cell", "kind"),
    [
        ("权属状态", "现势", "real_estate"),
        ("权属状态", "历史", "real_estate_past"),
        ("登记类型", "转移登记", "real_estate"),
        ("登记类型", "注销登记", "real_estate_past"),
        ("房屋状态", "已抵押、查封", "real_estate"),
        ("权利状态", "已转移", "real_estate_past"),
        ("权属状态", "", "real_estate"),
    ],
)
def test_who_has_sold_a_house_does_not_own_it(tmp_path: Path, heading: str, cell: str, kind: str) -> None:
    for name, person in (("不动产登记202609.csv", "权利人"), ("核对不动产202609.csv", "家庭成员姓名")):
        table = [
            [person, "身份证号", "坐落", "建筑面积（㎡）", heading, "反馈时间"],
            ["张三", A, "示例路1号", "80", cell, "2026-09-12"],
        ]
        told = _kinds(told_of(tmp_path, name, table), "real_estate", "real_estate_past")
        assert [line.split(" ")[0] for line in told] == [kind]


def test_the_police_s_register_tells_when_somebody_died_or_moved(tmp_path: Path) -> None:
    table = [
        ["户号", "姓名", "公民身份号码", "人员状态", "变动日期"],
        ["990101001", "张三", A, "正常", ""],
        ["990101001", "李四", B, "死亡注销", "2026-08-20"],
        ["990101001", "王五", C, "迁出", "2026-09-01"],
    ]
    told = told_of(tmp_path, "常住人口2026年9月.csv", table)
    assert _kinds(told, "death", "moved_out") == [
        "death =hukou_cancelled “2026-08-20”",
        "moved_out 2026-09-01",
    ]


def test_a_register_with_the_day_of_death_tells_it(tmp_path: Path) -> None:
    table = [
        ["户号", "姓名", "公民身份号码", "人员状态", "死亡日期"],
        ["9901", "张三", A, "死亡", "2026-08-20"],
    ]
    assert "death 2026-08-20 =hukou_cancelled “2026-08-20”" in _kinds(
        told_of(tmp_path, "户籍人员2026年9月.csv", table), "death"
    )


def test_posts_for_the_hard_to_place_without_their_kind(tmp_path: Path) -> None:
    table = [
        [
            "姓名",
            "身份证号码",
            "公益性岗位名称",
            "用人单位",
            "劳动合同起始日期",
            "劳动合同终止日期",
            "在岗状态",
        ],
        ["张三", A, "保洁员", "河东镇人民政府", "2025.10.01", "2026.10.31", "在岗"],
    ]
    told = told_of(tmp_path, "公益性岗位在岗人员202609.csv", table)
    assert _kinds(told, "employed", "employed_until") == [
        "employed 2025-10-01 =employed “河东镇人民政府”",
        "employed_until 2026-10",
    ]


def test_codes_of_the_vehicle_administration(tmp_path: Path) -> None:
    table = [
        ["号牌号码", "车辆类型", "机动车所有人", "身份证明号码", "机动车状态"],
        ["鲁A12345", "K33", "张三", A, "QG"],
        ["鲁A54321", "M21", "李四", B, "逾期未检验,违法未处理"],
        ["鲁A00001", "H51", "王五", C, "E,G"],
    ]
    told = told_of(tmp_path, "机动车登记202609.csv", table)
    assert _kinds(told, "vehicle", "vehicle_kind") == [
        "vehicle =overdue",
        "vehicle_kind =car “鲁A12345”",
        "vehicle =overdue",
        "vehicle_kind =motorcycle “鲁A54321”",
        "vehicle =cancelled",
        "vehicle_kind =farm_vehicle “鲁A00001”",
    ]


def test_states_of_two_vehicles_in_one_cell_are_not_those_of_one(tmp_path: Path) -> None:
    table = [["号牌号码", "车主", "身份证号", "机动车状态"], ["鲁A12345", "张三", A, "正常、注销"]]
    (row,) = kept(xlsx(tmp_path / "机动车202609.xlsx", ("S", table)))
    assert codes(row) == {"bad_choice": "cell"}
    assert "互相矛盾" in row.problems[0].message
    assert [fact.code for fact in facts(row, "vehicle")] == [""]


@pytest.mark.parametrize("said", ["查无记录", "未查询到相关信息", "名下无存款记录", "查无此人"])
def test_an_answer_that_nothing_was_found_is_an_answer(tmp_path: Path, said: str) -> None:
    table = [
        ["家庭成员姓名", "身份证号", "存款余额（元）", "查询截止日期", "反馈时间"],
        ["张三", A, "1,234.56", "2026-08-31", "2026-09-12"],
        ["李四", B, said, "", "2026-09-12"],
    ]
    assert told_of(tmp_path, "核对报告存款202609.csv", table)[1:] == [
        "subject 张三 #1",
        "  deposit 2026-08-31 123456分",
        "  check_answered 2026-09-12",
        "subject 李四 #2",
        "  check_answered 2026-09-12",
    ]


def test_visits_tell_what_is_wrong_beside_what_was_seen(tmp_path: Path) -> None:
    table = [
        ["走访日期", "户主姓名", "身份证号", "走访人", "家庭基本情况", "存在问题", "处理意见"],
        ["2026.9.5", "张三", A, "李建、王芳", "儿子就业", "收入增加", "建议降档"],
    ]
    assert told_of(tmp_path, "入户走访记录2026年9月.csv", table)[2:] == [
        "  visited 2026-09-05 =lower “儿子就业”",
        "  visit_found 2026-09-05 “收入增加”",
        "  visited_by 2026-09-05 “李建、王芳”",
    ]


def test_whoever_reports_a_death_in_the_family_reports_a_death(tmp_path: Path) -> None:
    table = [
        ["户主姓名", "户主身份证号", "报告时间", "报告事项", "报告内容"],
        ["张三", A, "2026-09-01", "家庭成员去世", "母亲去世"],
        ["李四", B, "2026-09-02", "家庭成员就业", "儿子上班"],
        ["王五", C, "2026-09-03", "家庭成员变动", "孙子出生"],
    ]
    found = kept(xlsx(tmp_path / "主动报告登记202609.xlsx", ("S", table)))
    assert [facts(row, "reported")[0].code for row in found] == ["death", "employment", "members"]


def test_two_kinds_of_hardship_in_one_cell_are_named(tmp_path: Path) -> None:
    table = [
        ["学生姓名", "身份证号", "学校", "困难学生类型"],
        ["张三", A, "东小学", "脱贫家庭学生、残疾学生"],
    ]
    (row,) = rows(xlsx(tmp_path / "家庭经济困难学生202609.xlsx", ("S", table)))
    assert (
        row.problems[0].message
        == "列“困难学生类型”写了不止一种（脱贫家庭、残疾学生），应只写一种；此格没有采用"
    )


def test_who_is_paid_the_premium_of_the_insurance_for(tmp_path: Path) -> None:
    table = [
        ["姓名", "身份证号码", "医疗救助对象类别", "参保年度", "财政资助金额", "个人实缴金额", "参保状态"],
        ["张三", A, "低保对象", "2026", 360, 40, "已参保"],
    ]
    assert told_of(tmp_path, "资助参保名单2026年9月.csv", table)[2:] == [
        "  medical_subsidised 36000分 =dibao “2026”",
        "  medical_insured 4000分 =insured",
    ]
