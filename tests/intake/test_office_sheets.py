"""Sheets as townships and departments lay them out, each against what was written into it."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import TEMPLATES, codes, facts, id_number, kept, person, read, rows, text_file, xlsx

from aidcli.errors import AidError


def _card(sequence: int, category: int, grade: int) -> str:
    return f"{id_number(sequence)}{category}{grade}"


def test_members_under_their_head_without_a_case_number(tmp_path: Path) -> None:
    header = ["户主姓名", "家庭成员姓名", "与户主关系", "身份证号码", "保障人口", "月保障金额"]
    path = xlsx(
        tmp_path / "青禾镇农村低保花名册2026年9月.xlsx",
        (
            "S",
            [
                header,
                ["张三", "张三", "户主", id_number(1), 2, 600],
                [None, "李梅", "妻", id_number(2), None, None],
            ],
        ),
        merges=["A2:A3", "E2:E3", "F2:F3"],
    )
    head, member = kept(path)
    assert read(path).template.key == "dibao_register"
    assert [person(row).role for row in (head, member)] == ["head", "member"]
    assert person(member).identity.name == "李梅"
    assert [fact.text for fact in facts(member, "head")] == [id_number(1)]
    assert [fact.fen for fact in facts(head, "amount") if fact.code == "base"] == [60000]
    assert facts(member, "amount") == [] and facts(member, "enrolled") == []
    assert [fact.code for fact in facts(head, "residence")] == ["rural"]


def test_a_number_behind_a_member_s_name_is_not_the_head_s(tmp_path: Path) -> None:
    header = ["户主姓名", "家庭成员姓名", "身份证号码", "保障人口", "月保障金额"]
    path = xlsx(
        tmp_path / "农村低保家庭2026年9月.xlsx", ("S", [header, ["张三", "李梅", id_number(2), 2, 600]])
    )
    with pytest.raises(AidError) as caught:
        read(path, source="dibao_rural_household")
    assert "户主身份证号" in caught.value.message


def test_a_township_s_list_of_tekun_persons(tmp_path: Path) -> None:
    header = [
        "序号",
        "乡镇",
        "姓名",
        "身份证号",
        "供养方式",
        "自理能力",
        "基本生活费",
        "照料护理费",
        "合计",
        "银行账号",
    ]
    line = [1, "青禾镇", "张三", id_number(1), "集中供养", "全护理", 956, 995, 1951, "6228480099010100031"]
    path = xlsx(
        tmp_path / "特困人员供养金发放表2026年10月.xlsx", ("S", [header, line, ["合计", *[None] * 7, 1951]])
    )
    (row,) = kept(path)
    assert read(path).template.key == "tekun_register"
    assert person(row).role == "head"
    assert [(fact.code, fact.text) for fact in facts(row, "enrolled")] == [("tekun", "institution")]
    assert {fact.code: fact.fen for fact in facts(row, "amount")} == {
        "living": 95600,
        "care": 99500,
        "total": 195100,
    }


@pytest.mark.parametrize(
    ("header", "title"),
    [
        (["姓名", "身份证号", "基本生活费", "照料护理费（元/季）", "合计（元）"], ""),
        (["姓名", "身份证号", "基本生活费", "月数", "合计（元）"], ""),
        (
            ["姓名", "身份证号", "供养标准（元/月）", "照料护理费", "合计（元）"],
            "2026年第三季度特困人员供养金发放表",
        ),
        (
            ["姓名", "身份证号", "供养标准（元/月）", "照料护理费", "合计（元）"],
            "2026年7-9月特困人员供养金发放花名册",
        ),
    ],
)
def test_the_sum_of_several_months_is_no_month_s_total(tmp_path: Path, header: list[str], title: str) -> None:
    above = [[title]] if title else []
    path = xlsx(
        tmp_path / "特困名册202609.xlsx", ("S", [*above, header, ["张三", id_number(1), 776, 3, 2331]])
    )
    (row,) = kept(path, period="2026-09")
    sums = {fact.code: fact.fen for fact in facts(row, "amount")}
    assert "total" not in sums and sums["living"] == 77600
    told = [one for one in row.problems if one.code == ("quarter_sum" if title else "unit_refused")]
    assert any("合计（元）" in note.message for note in told)


@pytest.mark.parametrize(
    "title", ["2026年9月特困人员供养金发放表（第三季度）", "2026年度9月特困供养金发放表"]
)
def test_a_title_with_one_month_is_that_month_s(tmp_path: Path, title: str) -> None:
    header = ["姓名", "身份证号", "基本生活费", "照料护理费", "合计（元）"]
    path = xlsx(
        tmp_path / "特困202609.xlsx", ("S", [[title], header, ["张三", id_number(1), 776, 300, 1076]])
    )
    (row,) = kept(path)
    assert {fact.code: fact.fen for fact in facts(row, "amount")}["total"] == 107600


def test_a_card_s_number_stands_for_the_id_where_there_is_no_other(tmp_path: Path) -> None:
    header = ["姓名", "残疾证号", "残疾类别", "残疾等级"]
    path = xlsx(tmp_path / "持证残疾人202609.xlsx", ("S", [header, ["张三", _card(1, 4, 2), "肢体", "二级"]]))
    (row,) = kept(path)
    assert person(row).identity.id_value == id_number(1) and person(row).identity.id_kind == "valid"
    assert [(fact.code, fact.num) for fact in facts(row, "disability")] == [("limb", 2)]


def test_two_subsidies_in_two_columns(tmp_path: Path) -> None:
    header = [
        "姓名",
        "身份证号",
        "残疾等级",
        "困难残疾人生活补贴（元）",
        "重度残疾人护理补贴（元）",
        "合计（元）",
    ]
    lines = [["张三", id_number(1), "一级", 100, 120, 220], ["李四", id_number(3), "三级", 100, None, 100]]
    path = xlsx(tmp_path / "两补发放2026年9月.xlsx", ("S", [header, *lines]))
    both, one = kept(path)
    assert read(path).template.key == "disability_subsidy_split"
    assert [(fact.code, fact.fen) for fact in facts(both, "subsidy_kind")] == [
        ("living", 10000),
        ("care", 12000),
    ]
    assert [(fact.code, fact.fen) for fact in facts(one, "subsidy_kind")] == [("living", 10000)]
    assert [fact.fen for fact in facts(both, "benefit")] == [22000]


def test_gifts_of_money_without_a_project(tmp_path: Path) -> None:
    header = ["姓名", "身份证号", "困难原因", "慰问金（元）", "慰问品"]
    path = xlsx(
        tmp_path / "工会慰问名单2026年9月.xlsx", ("S", [header, ["张三", id_number(1), "大病", 1000, "米油"]])
    )
    (row,) = kept(path)
    assert [(fact.fen, fact.code, fact.text) for fact in facts(row, "helped")] == [
        (100000, "trade_union", "")
    ]


def test_the_project_of_onecard_payments_stands_in_the_title(tmp_path: Path) -> None:
    header = ["户主姓名", "收款人姓名", "银行账号", "享受人", "享受人身份证号", "补贴金额"]
    line = ["张三", "李四", "6228480099010100441", "张三", id_number(1), "500.00"]
    title = ["补贴项目：农村低保    发放月份：2026年9月"]
    path = xlsx(tmp_path / "一卡通清册2026年9月.xlsx", ("S", [title, header, line]))
    (row,) = kept(path)
    assert [(fact.code, fact.fen) for fact in facts(row, "paid")] == [("dibao", 50000)]


def test_household_code_and_class_of_merged_cells_hold_for_all_their_rows(tmp_path: Path) -> None:
    header = ["户号", "姓名", "公民身份号码", "与户主关系"]
    lines = [["1001", "张三", id_number(1), "户主"], [None, "李梅", id_number(2), "妻"]]
    path = xlsx(tmp_path / "户籍2026年9月.xlsx", ("S", [header, *lines]), merges=["A2:A3"])
    assert [[fact.text for fact in facts(row, "hukou")] for row in kept(path)] == [["1001"], ["1001"]]


def test_codes_in_pinyin_of_the_police(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "swzx_202609.txt",
        [
            ["RKBM", "XM", "GMSFHM", "SWRQ", "SLSJ"],
            ["R1", "张三", id_number(1), "20260905", "20260907101500"],
        ],
        separator="|",
    )
    (row,) = kept(path)
    assert [(fact.day, fact.text) for fact in facts(row, "death")] == [("2026-09-05", "2026-09-07")]


@pytest.mark.parametrize(
    ("name", "headings", "key"),
    [
        ("车管所反馈202609", ["姓名", "身份证明号码", "号牌种类", "号牌号码", "初次登记日期"], "vehicles"),
        ("车辆比对202609", ["车辆所有人", "证件号码", "车牌号码", "注册日期"], "vehicles"),
        ("sczt_202609", ["主体名称", "法人代表", "法人身份证号", "企业状态"], "business_register"),
        ("村干部202609", ["村居", "姓名", "公民身份证号", "现任职务"], "village_cadres"),
        ("服刑202609", ["姓名", "身份证号码", "收押时间", "预计释放日期"], "prisoners"),
        ("死因监测202609", ["死者姓名", "证件号码", "死亡日期及时间", "根本死因ICD"], "death_certificate"),
        ("危改202609", ["户主姓名", "身份证号码", "房屋危险等级", "补助资金（万元）"], "dangerous_houses"),
        ("退休人员养老金202609", ["姓名", "身份证号", "险种类型", "待遇发放金额"], "pension"),
        ("失业保险金202609", ["姓名", "身份证号", "领取起始年月", "月发放金额"], "unemployment_benefit"),
        (
            "医保结算202609",
            ["参保人姓名", "身份证号码", "结算日期", "总费用", "个人负担", "统筹支付"],
            "medical_settlement",
        ),
        ("百岁老人长寿保健费202609", ["姓名", "身份证号", "发放金额", "账号"], "old_age_allowance"),
    ],
)
def test_usual_headings_of_departments_are_known(
    tmp_path: Path, name: str, headings: list[str], key: str
) -> None:
    row = ["1"] * len(headings)
    reading = read(text_file(tmp_path / f"{name}.csv", [headings, row]))
    assert reading.template.key == key
    unread = {"号牌种类"} if "vehicle_kind" not in TEMPLATES[key].fields else set()
    assert set(reading.sheets[0].unmapped) <= unread


def test_of_two_numbers_that_of_the_relative_is_taken(tmp_path: Path) -> None:
    header = ["工作人员姓名", "身份证号码", "享受救助近亲属姓名", "近亲属身份证号", "与工作人员关系"]
    lines = [["张三", id_number(n), "李四", id_number(n + 20), "叔父"] for n in (1, 3, 5)]
    path = xlsx(tmp_path / "近亲属备案202609.xlsx", ("S", [header, *lines]))
    first = rows(path)[0]
    assert person(first).identity.name == "李四" and person(first).identity.id_value == id_number(21)
    assert "other_id_column" in codes(first)


def test_a_school_written_once_is_that_of_all_its_pupils(tmp_path: Path) -> None:
    header = ["学校", "年级班级", "学生姓名", "学生身份证号", "困难类型"]
    lines = [
        ["示例一中", "高一（1）班", "张小三", id_number(1, "20100101"), "低保家庭学生"],
        [None, None, "李小梅", id_number(2, "20100101"), "孤儿"],
    ]
    path = xlsx(tmp_path / "困难学生2026年9月.xlsx", ("S", [header, *lines]), merges=["A2:A3", "B2:B3"])
    assert [[fact.text for fact in facts(row, "student")] for row in kept(path)] == [["示例一中"]] * 2
