"""What the other departments send: deaths, settlements, the unemployed, cards, the bank's answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import BANK, UNEMPLOYED, codes, facts, id_number, kept, person, read, rows, text_file, xlsx

from aidcli.errors import AidError

DEAD = ["逝者姓名", "身份证件号码", "死亡日期", "火化时间"]
SETTLED = ["人员姓名", "证件号码", "结算时间", "医疗费总额", "全自费金额", "个人负担总金额"]
CARDS = ["姓名", "身份证号码", "残疾人证号", "残疾类别", "残疾等级", "状态"]


def test_a_cremation_tells_the_day_of_death_and_of_cremation(tmp_path: Path) -> None:
    lines = [
        ["张三（已故）", id_number(1), "2026-09-01", "2026年9月3日"],
        ["李四", id_number(2), "", "2026-09-04 08:30"],
    ]
    both, burned = kept(text_file(tmp_path / "火化2026年第三季度.csv", [DEAD, *lines], encoding="gbk"))
    assert person(both).role == "subject" and person(both).identity.name == "张三"
    (death,) = facts(both, "death")
    assert (death.day, death.text, death.code, death.month) == (
        "2026-09-01",
        "2026-09-03",
        "cremation",
        "2026-Q3",
    )
    (death,) = facts(burned, "death")
    assert (death.day, death.text) == ("2026-09-04", "2026-09-04")


def test_the_police_s_list_tells_the_day_of_registration(tmp_path: Path) -> None:
    table = [
        ["公民身份号码", "姓名", "死亡日期", "受理时间"],
        [id_number(1), "张三", 20260901, "2026-09-06 10:00:00"],
    ]
    (row,) = kept(xlsx(tmp_path / "死亡注销2026Q3.xlsx", ("S", table)))
    (death,) = facts(row, "death")
    assert (death.day, death.text, death.code) == ("2026-09-01", "2026-09-06", "hukou_cancelled")


def test_a_death_without_a_day_is_set_aside_for_somebody_to_ask(tmp_path: Path) -> None:
    table = [DEAD, ["张三", id_number(1), "", "2026-02-30"], ["李四", id_number(2), "", ""]]
    impossible, blank = rows(text_file(tmp_path / "火化202609.csv", table))
    assert (impossible.outcome, codes(impossible)) == ("set_aside", {"bad_day": "row"})
    assert (blank.outcome, codes(blank)) == ("set_aside", {"value_missing": "row"})
    assert "火化时间" in blank.problems[0].message and blank.problems[0].column == "D"


def test_a_settlement_tells_three_sums_of_one_day(tmp_path: Path) -> None:
    line = ["张三", id_number(1), "2026-09-01 10:20:30", "1,234.50", "100", "400.25"]
    (row,) = kept(text_file(tmp_path / "结算明细_202510-202609.csv", [SETTLED, line], encoding="utf-8-sig"))
    assert [(f.kind, f.fen, f.day) for f in row.record.facts] == [  # type: ignore[union-attr]
        ("medical_total", 123450, "2026-09-01"),
        ("medical_self", 40025, "2026-09-01"),
        ("medical_excluded", 10000, "2026-09-01"),
    ]
    assert read(tmp_path / "结算明细_202510-202609.csv").period == "2026-09"


def test_one_sheet_a_township_names_the_township(tmp_path: Path) -> None:
    lines = [
        [["李四", id_number(2), "2026-09-01", "裁员", "登记失业"]],
        [["王五", id_number(3), "2026-09-02", None, "已注销"]],
    ]
    path = xlsx(
        tmp_path / "失业202609.xlsx",
        ("河东镇", [UNEMPLOYED, *lines[0]]),
        ("石桥街道", [UNEMPLOYED, *lines[1]]),
        ("说明", [["无"]]),
    )
    first, second = kept(path)
    assert [person(row).identity.township for row in (first, second)] == ["河东镇", "石桥街道"]
    assert [facts(row, "unemployed")[0].code for row in (first, second)] == ["registered", "cancelled"]
    assert facts(first, "unemployed")[0].text == "裁员"
    assert read(path).skipped_sheets == [("说明", "前30行里没有找到表头")]


def test_an_unreadable_state_is_not_taken_for_registered(tmp_path: Path) -> None:
    line = ["李四", id_number(2), "2026-09-01", "裁员", "未登记"]
    (row,) = kept(text_file(tmp_path / "失业202609.csv", [UNEMPLOYED, line]))
    assert codes(row) == {"bad_choice": "cell"}
    assert [fact.code for fact in facts(row, "unemployed")] == [""]


def test_a_cut_number_is_completed_from_the_disability_card_beside_it(tmp_path: Path) -> None:
    cut = float(id_number(1)[:15] + "000")
    table = [
        CARDS,
        ["张三", cut, id_number(1) + "43", None, None, "正常"],
        ["李四", cut, id_number(4, "19610101") + "43", "肢体", 3, None],
    ]
    first, second = kept(xlsx(tmp_path / "残疾人2026Q3.xlsx", ("S", table)))
    assert (person(first).identity.id_kind, person(first).identity.id_value) == ("valid", id_number(1))
    assert codes(first) == {"id_from_card": "note"}
    assert [(f.code, f.num, f.text) for f in facts(first, "disability")] == [("limb", 3, "正常")]
    assert person(second).identity.id_kind == "cut"
    assert codes(second) == {"id_cut": "note", "card_id_mismatch": "note"}


def test_the_bank_s_answer_has_no_number_and_is_keyed_by_its_serial(tmp_path: Path) -> None:
    lines = [
        ["张三", "6217000000000000001", "521.00", "成功", "", "2026-09-10", "S001"],
        ["李四", "6217000000000000002", "300", "失败", "户名不符", "20260910", "S002"],
        ["王五", "6217000000000000003", "300", "处理中", "", "20260910", "S003"],
    ]
    paid, failed, unclear = rows(text_file(tmp_path / "回盘202609.txt", [BANK, *lines], separator="|"))
    assert (person(paid).role, person(paid).identity.row_key) == ("account_holder", "S001")
    assert person(paid).identity.id_kind == "missing" and paid.problems == ()
    (result,) = facts(failed, "pay_result")
    assert (result.code, result.fen, result.text, result.day, result.month) == (
        "failed", 30000, "户名不符", "2026-09-10", "2026-09"
    )  # fmt: skip
    assert facts(paid, "account")[0].text == "6217000000000000001"
    assert (unclear.outcome, codes(unclear)) == ("set_aside", {"bad_choice": "row"})


def test_who_was_registered_as_employed_is_not_unemployed(tmp_path: Path) -> None:
    table: list[list[object]] = [["姓名", "身份证号码", "登记类型", "登记日期"]]
    table += [
        ["张三丰", id_number(1), "就业登记", "2026-03-14"],
        ["李四海", id_number(3), "失业登记", "2026-03-15"],
    ]
    employed, jobless = kept(xlsx(tmp_path / "登记失业人员202610.xlsx", ("S", table)))
    assert [f.code for row in (employed, jobless) for f in facts(row, "unemployed")] == [
        "cancelled",
        "registered",
    ]


def test_who_was_asked_about_at_the_land_registry_owns_what_stands_beside(tmp_path: Path) -> None:
    table: list[list[object]] = [
        ["被查询人", "被查询人证件号", "查询结果", "不动产坐落", "权利人及共有情况", "建筑面积（㎡）"],
        ["张三丰", id_number(1), "有登记", "示例区沙河镇柳湾村25号", "张三丰、李四海共同共有", 53.94],
        ["王五", id_number(5), "未查询到登记信息", None, None, None],
    ]
    owner, nothing = kept(xlsx(tmp_path / "不动产查询结果202610.xlsx", ("S", table)))
    assert [(f.num, f.text) for f in facts(owner, "real_estate")] == [(5394, "示例区沙河镇柳湾村25号")]
    assert [f.text for f in facts(owner, "real_estate_share")] == ["张三丰、李四海共同共有"]
    assert facts(nothing, "real_estate") == [] and person(nothing).identity.name == "王五"


def test_sums_of_several_months_are_refused_as_settlements_and_it_is_said_why(tmp_path: Path) -> None:
    header = [heading for heading in SETTLED if heading != "结算时间"]
    path = text_file(
        tmp_path / "医保高额费用202609.csv", [header, ["张三", id_number(1), "900", "100", "400"]]
    )
    with pytest.raises(AidError) as caught:
        read(path)
    assert "“结算时间”" in caught.value.message
    assert "累计数" in (caught.value.hint or "") and "重复计算" in (caught.value.hint or "")
