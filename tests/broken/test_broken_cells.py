"""One small file per thing that can be odd in a row: told with sheet, row and column, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from intake_files import HOUSEHOLD, TEMPLATES, TODAY, UNEMPLOYED, household_row, id_number, xlsx

from aidcli.intake import open_file
from aidcli.intake.regionlist import load_regions
from aidcli.resources import data_dir

Table = Sequence[Sequence[object]]
ONE, TWO = id_number(1), id_number(2)
PERSON = ["姓名", "身份证号", "户主身份证号", "与户主关系", "是否残疾人"]
CARD = ["姓名", "身份证号", "残疾人证号", "残疾类别", "残疾等级"]
TENANT = ["申请人", "身份证号", "保障方式", "面积（㎡）", "合同开始日期", "状态"]
FIRM = ["企业名称", "统一社会信用代码", "法定代表人", "身份证号", "注册资本", "登记状态"]


class Case(NamedTuple):
    """A file in which one thing is odd: `at` is the cell that is named, `said` a part of the message."""

    code: str
    at: str
    severity: str
    said: str
    file: str
    table: Table


def _rural(**cells: object) -> Table:
    return [HOUSEHOLD, household_row(**cells)]


def _rural_case(code: str, at: str, severity: str, said: str, **cells: object) -> Case:
    return Case(code, at, severity, said, "农村低保家庭_202609.xlsx", _rural(**cells))


def _jobless(code: str, at: str, severity: str, said: str, *cells: object) -> Case:
    return Case(code, at, severity, said, "登记失业人员202609.xlsx", [UNEMPLOYED, cells])


def _person(code: str, at: str, severity: str, said: str, *cells: object) -> Case:
    return Case(code, at, severity, said, "农村低保人员_202609.xlsx", [PERSON, cells])


def _card(code: str, at: str, severity: str, said: str, *cells: object) -> Case:
    return Case(code, at, severity, said, "持证残疾人202609.xlsx", [CARD, cells])


WRONG = TWO[:17] + ("7" if TWO[17] != "7" else "2")
DAY = "2026-09-01"
MEMBERS = [heading for heading in HOUSEHOLD if not heading.startswith("家庭成员")]
BARE = ["户主姓名", "户主身份证号", "保障人数", "月保障金"]

CASES = [
    # ---- a value that cannot be meant
    _rural_case("account_cut", "N2", "cell", "15位之后已丢失", **{"银行帐号": 621700001234567890}),
    _rural_case("bad_account", "N2", "cell", "不像银行账号", **{"银行帐号": "农商行"}),
    Case("bad_area", "D2", "cell", "面积", "公租房202609.xlsx",
         [TENANT, ["李四", TWO, "实物配租", "八十多", "2026-01-01", "在租"]]),
    _card("bad_choice", "D2", "cell", "看不出是哪一种，可填：", "李四", TWO, "", "说不清", "一级"),
    _rural_case("bad_count", "C2", "cell", "应为人数（整数）", 保障人口数="好几口"),
    _jobless("bad_day", "C2", "row", "没有这一天", "李四", TWO, "2026-02-30"),
    _jobless("day_in_future", "C2", "row", "2099-01-01", "李四", TWO, "2099-01-01"),
    _card("bad_grade", "E2", "cell", "应为一级至四级", "李四", TWO, "", "肢体", "五级"),
    _rural_case("bad_money", "D2", "cell", "看到的是约数", **{"户月保障金额（元）": "约500"}),
    _rural_case("bad_month", "K2", "cell", "看不出是哪一年哪一月", 最初享受月份="五月"),
    _person("bad_yes_no", "E2", "cell", "应为“是”或“否”", "李四", TWO, TWO, "户主", "也许"),
    _rural_case("case_cut", "J2", "cell", "按数字存放", **{"低保（特困）证号": 990101000000012345}),
    _rural_case("error_cell", "G2", "cell", "#N/A", **{"合计（元）": "#N/A"}),
    _rural_case("formula_uncomputed", "G2", "cell", "公式没有算出结果", **{"合计（元）": "=D2+21"}),
    # ---- whom a row is about
    _jobless("no_person", "A2", "row", "看不出是谁", "", "", DAY),
    _jobless("persons_several", "A2", "row", "请拆成一人一行", "李四、王五", f"{ONE}、{TWO}", DAY),
    _jobless("value_missing", "C2", "row", "没有填写", "李四", TWO, ""),
    _jobless("id_bad_check", "B2", "note", "校验位或出生日期不符", "李四", WRONG, DAY),
    _jobless("id_cut", "B2", "note", "只按前15位保留", "李四", int(TWO[:15] + "000"), DAY),
    _jobless("id_scientific", "B2", "note", "科学计数法", "李四", "9.90101E+17", DAY),
    _jobless("id_masked", "B2", "note", "脱敏号码", "李四", TWO[:6] + "*" * 8 + TWO[14:], DAY),
    _jobless("id_missing", "B2", "note", "没有填写", "李四", "", DAY),
    _jobless("id_other", "B2", "note", "已照原样保留", "李四", "E12345678", DAY),
    _jobless("id_several", "B2", "note", "不止一个号码", "李四", f"{ONE} {TWO}", DAY),
    _jobless("id_repaired", "B2", "note", "字母 O", "李四", TWO.replace("0", "O", 1), DAY),
    _jobless("id_wrapped", "B2", "note", "已只取其中的号码", "李四", f"身份证{TWO}", DAY),
    _jobless("id_noted", "B2", "note", "注有“已故”", "李四", f"{TWO}（已故）", DAY),
    Case("birth_against_id", "F2", "note", "两样都照原样保留", "持证残疾人202609.xlsx",
         [[*CARD, "出生日期"], ["李四", TWO, "", "肢体", "一级", "1950-01-02"]]),
    Case("sex_against_id", "F2", "note", "号码也可能是别人的", "持证残疾人202609.xlsx",
         [[*CARD, "性别"], ["李四", TWO, "", "肢体", "一级", "男"]]),
    _jobless("name_missing", "A2", "note", "只能按身份证号比对", "", TWO, DAY),
    _jobless("name_odd", "A2", "note", "不像姓名", "李", TWO, DAY),
    _jobless("name_masked", "A2", "note", "隐去的字", "李*四", TWO, DAY),
    _jobless("name_private", "A2", "note", "电脑自造的字", "李\ue123", TWO, DAY),
    _jobless("name_note", "A2", "note", "注有“已故”", "李四（已故）", TWO, DAY),
    _card("id_from_card", "B2", "note", "已取残疾证号的前18位", "李四", "", f"{TWO}44", "肢体", "四级"),
    _card("card_cut", "C2", "note", "只按前15位保留", "李四", "", int(TWO[:17] + "044"), "肢体", "四级"),
    _card("card_id_mismatch", "C2", "note", "与本人身份证号不同", "李四", TWO, f"{ONE}44", "肢体", "四级"),
    _card("disability_mismatch", "C2", "note", "已按所填保留", "李四", TWO, f"{TWO}44", "视力", "四级"),
    Case("grade_untold", "C2", "note", "不是完整的20位残疾证号", "持证残疾人202609.xlsx",
         [CARD[:3], ["李四", TWO, "办理中"]]),
    # ---- households
    _person("head_missing", "C2", "note", "无法归户", "李四", TWO, "", "长子", "否"),
    _rural_case("members_mismatch", "O2", "cell", "数目不同",
                家庭成员姓名="张小；张大；张中", 家庭成员身份证号=f"{ONE}；{TWO}"),
    Case("members_unclear", "Q1", "note", "分不清是哪一个成员的", "农村低保家庭_202609.xlsx",
         [[*HOUSEHOLD, "身份证号", "姓名", "身份证号"], [*household_row(), TWO, "王五", id_number(3)]]),
    # ---- columns
    Case("other_id_column", "E1", "note", "是不是本人的号码", "登记失业人员202609.xlsx",
         [["姓名", "身份证号", "失业登记日期", "失业原因", "号码"],
          *([f"李{'甲乙丙'[n]}", id_number(n + 1), DAY, "裁员", id_number(n + 11)] for n in range(3))]),
    Case("heading_guessed", "B1", "note", "相似度", "农村低保家庭_202609.xlsx",
         [["户主身份证号吗" if one == "户主身份证号" else one for one in HOUSEHOLD], household_row()]),
    Case("heading_ambiguous", "D1", "note", "都没有采用", "登记失业人员202609.xlsx",
         [["姓名", "身份证号", "失业登记日期", "失业原茵", "失业原因因"], ["李四", TWO, DAY, "裁员", "其他"]]),
    Case("unit_missing", "E1", "note", "分不清是元还是万元", "市场主体202609.xlsx",
         [FIRM, ["示例商行", "92990101MA00000001", "李四", TWO, "10", "存续"]]),
    Case("unit_refused", "E1", "note", "不是每月的元", "农村低保家庭_202609.xlsx",
         [[*BARE, "合计（元/年）"], ["李四", TWO, 1, 500, 6000]]),
    Case("total_unknown", "E1", "note", "请补上合计列", "农村低保家庭_202609.xlsx",
         [[*BARE, "节日慰问"], ["李四", TWO, 1, 500, 200]]),
    Case("total_mismatch", "D4", "note", "上方各行相加是1,000.00元", "农村低保家庭_202609.xlsx",
         [BARE, ["李四", TWO, 1, 500], ["王五", ONE, 1, 500], ["合计", "", 2, 1100]]),
    # ---- places
    _rural_case("township_unknown", "H2", "note", "不在区划名单里", 所属街道="无此镇", 所属社区=None),
    _rural_case("village_unknown", "I2", "note", "不在区划名单里", 所属街道=None, 所属社区="无此村"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])
def test_an_odd_row_is_told_with_its_place(case: Case, tmp_path: Path) -> None:
    path = xlsx(tmp_path / case.file, ("名单", case.table))
    known = load_regions("990101", [data_dir("templates/regions")])
    regions = known if case.code in ("township_unknown", "village_unknown") else None
    reading = open_file(path, TEMPLATES, today=TODAY, regions=regions)
    problems = [problem for row in reading.rows(0) for problem in row.problems]
    first = next(problem for problem in problems if problem.code == case.code)
    assert (first.sheet, f"{first.column}{first.row}", first.severity) == ("名单", case.at, case.severity)
    assert case.said in first.message
    assert ONE not in first.message and TWO not in first.message


@pytest.mark.parametrize("case", CASES, ids=[case.code for case in CASES])
def test_what_is_odd_decides_what_becomes_of_the_row(case: Case, tmp_path: Path) -> None:
    """Set aside with severity ``row``; kept otherwise, without the value where the cell could not be meant."""
    reading = open_file(xlsx(tmp_path / case.file, ("名单", case.table)), TEMPLATES, today=TODAY)
    outcomes = {row.outcome for row in reading.rows(0)}
    assert ("set_aside" in outcomes) == (case.severity == "row")
    assert ("kept" in outcomes) != (case.severity == "row")
