"""Headings with a slip: taken for what was meant, told, and never for something that may be meant otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import HOUSEHOLD, TEMPLATES, codes, household_row, id_number, kept, read, xlsx

from aidcli.errors import AidError
from aidcli.intake.headers.fuzzy import guesses, may_hold, similarity
from aidcli.intake.headers.headings import Vocabulary, bare_key, heading_key, match_row

SLIPS = """
身份证号吗→身份证号码 身份正号码→身份证号码 身分证号码→身份证号码 身份证号码号→身份证号码 户主姓名1→户主姓名 户主性名→户主姓名
户主姓名?→户主姓名 户主的姓名→户主姓名 户主姓姓名→户主姓名 最初享受月→最初享受月份 保障人口→保障人口数 死亡曰期→死亡日期
失业登记日其→失业登记日期 残疾类刑→残疾类型 残急类别→残疾类别 银行账好→银行账号 与户主官系→与户主关系 开护银行→开户银行
家庭成员身份证→家庭成员身份证号 家庭分类施保→家庭分类施保总额 供养机构名→供养机构名称
"""
# Each pair differs by little, and each means two things.
OTHERS = """
户主身份证号→身份证号 身份证号→户主身份证号 申报人姓名→申请人姓名 监护人姓名→户主姓名 家属身份证号→身份证号
受托人姓名→受益人姓名 房主姓名→户主姓名 车主姓名→户主姓名 妻身份证号→身份证号 原户主姓名→户主姓名 收款姓名→收款人姓名
联系人电话→联系电话 配偶姓名→户主姓名 曾用姓名→户主姓名 死者姓名→逝者姓名
月保障金额→年保障金额 年保障金额→月保障金额 家庭年收入→家庭月收入 家庭年均收入→家庭年收入 家庭年均收入→家庭年总收入
应发金额→实发金额 实发金额→应发金额 补发金额→发放金额 已发金额→应发金额 应发放金额→发放金额 停发金额→实发金额
个人自付→个人自费 个人自费→个人自付 个人负担金额→个人负担总金额 人均保障金额→户均保障金额 保障标准→保障金额 支付金额→自付金额
开户银行→开户银行账号 开户银行账号→开户银行 银行账户→银行账号 银行账户名→银行账号 一卡通户号→一卡通账号 社保卡号→银行卡号
残疾类别→残疾级别 残疾等级→残疾类别 残疾证号→身份证号 残疾人证号→残疾证号 残疾人数→残疾类型 低保证号→残疾证号
出院日期→入院日期 迁入日期→迁出日期 注册日期→注销日期 申请日期→申报日期 出身日期→出生日期 开始时间→终止时间 受理日期→办理日期
死亡日期→火化日期 就业登记日期→失业登记日期 失败原因→失业原因 申请原因→死亡原因 释放日期→发放日期 入所时间→入户时间
城市低保人数→农村低保人数 集中供养人数→分散供养人数 保障户数→保障人数 保障人数→救助人数 家庭人口→保障人口 特困人数→低保人数
登记状态→登记类型 参保状态→参保类型 是否低保户→低保户 未参保状态→参保状态 非农业户口→农业户口 户籍地址→户籍类型 居住地址→户籍地址
单位名称→岗位名称 专业名称→企业名称 学校名称→学生名称 房产地址→房源地址 善款金额→存款金额 资助类型→资助类别
姓名→姓名1 姓名1→姓名 户主→户主1 性名→姓名 证件号→证件号码 年收入→月收入 身份证→身份证号
"""


def _pairs(text: str) -> list[tuple[str, str]]:
    return [tuple(pair.split("→")) for pair in text.split()]  # type: ignore[misc]


@pytest.mark.parametrize(("written", "known"), _pairs(SLIPS))
def test_a_slip_is_known_for_what_was_meant(written: str, known: str) -> None:
    assert 75 <= similarity(written, known) < 100
    assert [guess.key for guess in guesses(written, tuple(sorted((known, "联系电话", "所属街道"))))] == [
        known
    ]


@pytest.mark.parametrize(("written", "known"), _pairs(OTHERS))
def test_another_heading_is_no_slip(written: str, known: str) -> None:
    assert similarity(written, known) == 0
    assert guesses(written, (known,)) == ()


def test_no_heading_of_a_template_is_a_slip_for_another_s_field() -> None:
    """All headings that are known, each against all of other fields; a count of persons is told by its cells."""
    fields: dict[str, set[str]] = {}
    for template in TEMPLATES.values():
        for field, column in template.fields.items():
            for heading in column.headings:
                fields.setdefault(bare_key(heading_key(heading)), set()).add(field)
    known = tuple(sorted(fields))
    wrong = {
        (written, guess.key)
        for written, mine in fields.items()
        for guess in guesses(written, known)
        if not mine & fields[guess.key] and not written[-1].isdigit()
    }
    counted = ("保障对象", "家庭成员", "共同生活家庭成员")
    assert wrong <= {pair for one in counted for pair in ((one, f"{one}数"), (f"{one}数", one))}


def test_a_count_of_members_is_not_taken_for_their_names() -> None:
    assert not may_hold("list", ["3", "12人", "无"])
    assert may_hold("list", ["李四、王五", "3"])


def test_a_name_outright_goes_before_a_slip() -> None:
    words = Vocabulary.of({"name": ["户主姓名"], "id": ["户主身份证号"]}, [], {})
    match = match_row(words, 1, ["户主姓名1", "户主姓名", "户主身份证号吗"])
    assert {field: (column.place, column.how) for field, column in match.columns.items()} == {
        "name": (1, "exact"), "id": (2, "fuzzy")
    }  # fmt: skip
    assert match.rivals == () and match.unmapped == ("户主姓名1",)


def test_two_columns_as_near_to_one_field_are_both_left() -> None:
    words = Vocabulary.of({"name": ["户主姓名"], "id": ["户主身份证号"], "phone": ["电话"]}, [], {})
    match = match_row(words, 1, ["户主性名", "户主姓名1", "户主身份证号", "电话"])
    assert "name" not in match.columns
    assert [(column.heading, fields) for column, fields in match.doubts] == [
        ("户主姓名1", ("name",)), ("户主性名", ("name",))
    ]  # fmt: skip


def test_a_heading_as_near_to_two_fields_is_left() -> None:
    words = Vocabulary.of(
        {"death_day": ["死亡日期"], "cremation_day": ["死者日期"], "name": ["姓名"]}, [], {}
    )
    match = match_row(words, 1, ["姓名", "死的日期"])
    assert set(match.columns) == {"name"}
    assert [(column.heading, fields) for column, fields in match.doubts] == [
        ("死的日期", ("cremation_day", "death_day"))
    ]


@pytest.mark.parametrize(
    ("kind", "cells", "may"),
    [
        ("id", ["张三", "李四"], False),
        ("id", ["990101196001010012"], True),
        ("name", ["张三", "李四1"], True),
        ("name", ["12", "13", "李四"], False),
        ("money", ["五百", "不详"], False),
        ("money", ["990101196001010012", "990101196001010039"], False),
        ("count", ["3", "无"], True),
        ("day", ["—", "无"], True),
        ("text", ["990101196001010012"], False),
    ],
)
def test_cells_may_speak_against_a_guess(kind: str, cells: list[str], may: bool) -> None:
    assert may_hold(kind, cells) is may


def test_a_guess_is_told_with_heading_and_meaning(tmp_path: Path) -> None:
    header = ["户主身份证号吗" if heading == "户主身份证号" else heading for heading in HOUSEHOLD]
    path = xlsx(tmp_path / "农村低保家庭_202610.xlsx", ("S", [header, household_row()]))
    (row,) = kept(path)
    assert codes(row) == {"heading_guessed": "note"}
    (note,) = row.problems
    assert (note.row, note.column, note.value) == (1, "B", "户主身份证号吗")
    assert "“户主身份证号”" in note.message and "相似度" in note.message
    assert read(path).planned[0].match.columns["id"].how == "fuzzy"


def test_a_guess_against_the_cells_is_not_made(tmp_path: Path) -> None:
    header = ["户主身份证号吗" if heading == "户主身份证号" else heading for heading in HOUSEHOLD]
    path = xlsx(tmp_path / "农村低保家庭_202610.xlsx", ("S", [header, household_row(户主身份证号="有")]))
    with pytest.raises(AidError) as caught:
        read(path)
    assert caught.value.code == "template_unknown" and "“户主身份证号吗”" in caught.value.message


def test_a_required_heading_in_doubt_is_named_with_its_candidates(tmp_path: Path) -> None:
    header = ["姓名", "身份证号", "失业登记曰期", "失业登记日其"]
    path = xlsx(
        tmp_path / "失业202609.xlsx", ("S", [header, ["李四", id_number(2), "2026-09-01", "2026-09-02"]])
    )
    with pytest.raises(AidError) as caught:
        read(path, source="registered_unemployed")
    assert "“失业登记曰期”“失业登记日其”与“失业登记日期”相近" in caught.value.message
