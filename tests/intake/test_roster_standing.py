"""Whoever a roster itself marks as having left is kept as such, and never as enrolled or paid."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import codes, facts, id_number, read, rows, text_file, xlsx

from aidcli.model import RowRead

HOUSEHOLD = [
    "户主姓名", "户主身份证号", "保障人口数", "户月保障金额（元）", "银行账号", "所属乡镇", "家庭成员姓名",
    "家庭成员身份证号",
]  # fmt: skip
PERSON = ["姓名", "身份证号", "户主身份证号", "与户主关系"]
OLD = ["老人姓名", "身份证号码", "津贴金额"]
STANDING = {"enrolled", "member", "amount", "account", "benefit"}
ACCOUNT = "6217000000000000001"


def _household(folder: Path, heading: str, *cells: str) -> list[RowRead]:
    table = [[*HOUSEHOLD, heading]]
    table += [
        ["张三丰", id_number(n), "2", "500", ACCOUNT, "青禾镇", "李四", id_number(20 + n), cell]
        for n, cell in enumerate(cells, start=1)
    ]
    return rows(xlsx(folder / "农村低保家庭_202609.xlsx", ("S", table)))


def _kinds(row: RowRead) -> set[str]:
    assert row.record is not None
    return {fact.kind for fact in row.record.facts}


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("保障状态", "停保"),
        ("享受状态", "退出"),
        ("人员状态", "死亡注销"),
        ("救助状态", "已终止"),
        ("状态", "退保"),
        ("状态", "已不再享受（2026年8月）"),
        ("变动类型", "停发"),
        ("变动类型", "清退"),
        ("是否在保", "否"),
        ("是否享受", "×"),
        ("是否停发", "是"),
        ("是否死亡", "1"),
    ],
)
def test_a_household_that_is_marked_as_left_is_kept_as_such(tmp_path: Path, heading: str, cell: str) -> None:
    (row,) = _household(tmp_path, heading, cell)
    assert row.outcome == "kept"
    assert not _kinds(row) & STANDING
    (head,), (member,) = facts(row, "ended"), facts(row, "ended", 1)
    assert (head.code, head.text, head.month) == ("dibao", cell, "2026-09")
    assert member.code == "dibao"
    assert set(codes(row)) == ({"row_ended", "death_told"} if "死亡" in heading + cell else {"row_ended"})


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("保障状态", "在保"),
        ("状态", "正常"),
        ("状态", "未停保"),
        ("状态", "停发恢复"),
        ("变动类型", "新增"),
        ("变动类型", ""),
        ("是否在保", "是"),
        ("是否停发", "否"),
    ],
)
def test_a_household_that_goes_on_is_enrolled(tmp_path: Path, heading: str, cell: str) -> None:
    (row,) = _household(tmp_path, heading, cell)
    assert {"enrolled", "member", "amount", "account"} <= _kinds(row)
    assert "ended" not in _kinds(row) and codes(row) == {}


@pytest.mark.parametrize("cell", ["暂停", "缓发", "公示中", "暂停发放", "停保待查", "核减", "逝世", "移出"])
def test_a_row_of_which_nobody_can_say_is_set_aside_with_the_question(tmp_path: Path, cell: str) -> None:
    (row,) = _household(tmp_path, "享受状态", cell)
    assert (row.outcome, codes(row)) == ("set_aside", {"state_unclear": "row"})
    assert cell in row.problems[0].message and "停保" in row.problems[0].message


def test_two_columns_that_contradict_each_other_are_asked_about(tmp_path: Path) -> None:
    table = [[*HOUSEHOLD, "状态", "变动类型"]]
    table += [["张三丰", id_number(1), "2", "500", ACCOUNT, "青禾镇", "", "", "在保", "停发"]]
    (row,) = rows(xlsx(tmp_path / "农村低保家庭_202609.xlsx", ("S", table)))
    assert codes(row) == {"state_unclear": "row"}
    assert "“在保”" in row.problems[0].message and "“停发”" in row.problems[0].message


def test_a_person_who_left_is_no_member_and_the_others_are(tmp_path: Path) -> None:
    table = [
        [*PERSON, "人员状态"],
        ["张三丰", id_number(1), id_number(1), "户主", "正常"],
        ["李四", id_number(2), id_number(1), "妻", "死亡"],
    ]
    head, wife = rows(xlsx(tmp_path / "农村低保人员_202609.xlsx", ("S", table)))
    assert facts(head, "member") and not facts(head, "ended")
    assert facts(wife, "ended") and not facts(wife, "member")


def test_an_own_benefit_that_stopped_is_no_benefit(tmp_path: Path) -> None:
    table = [
        [*OLD, "发放状态"],
        ["张三丰", id_number(1), "100", "死亡停发"],
        ["李四", id_number(2), "100", "在发"],
    ]
    gone, here = rows(xlsx(tmp_path / "高龄津贴_202609.xlsx", ("S", table)))
    assert not _kinds(gone) & STANDING and facts(gone, "ended")[0].code == "old_age_allowance"
    assert {"enrolled", "benefit"} <= _kinds(here)


def test_members_share_what_the_row_of_their_head_says_and_a_member_who_goes_on_is_told(
    tmp_path: Path,
) -> None:
    table = [
        ["户编号", "姓名", "身份证号", "与户主关系", "月保障金", "状态"],
        ["1", "张三丰", id_number(1), "户主", "500", "死亡"],
        ["1", "李四", id_number(2), "妻", "", ""],
        ["1", "张小", id_number(3), "子", "", "在保"],
    ]
    head, wife, son = rows(
        xlsx(tmp_path / "农村低保花名册_202609.xlsx", ("S", table)), source="dibao_register"
    )
    assert not _kinds(head) & STANDING and not _kinds(wife) & STANDING
    assert facts(wife, "ended") and codes(wife) == {"row_ended": "note"}
    assert facts(son, "member") and codes(son) == {"head_ended": "note"}


def test_a_column_of_states_that_nobody_knows_is_pointed_at(tmp_path: Path) -> None:
    gone, here = _household(tmp_path, "低保动态变动说明", "8月死亡", "正常")
    assert codes(gone) == {"left_but_paid": "note"} and codes(here) == {}
    assert "低保动态变动说明" in gone.problems[0].message and "8月死亡" in gone.problems[0].message
    assert "enrolled" in _kinds(gone)


def test_other_states_are_not_pointed_at(tmp_path: Path) -> None:
    (row,) = _household(tmp_path, "就业状态", "退休")
    assert codes(row) == {}


@pytest.mark.parametrize("heading", ["享受状态", "变动类型", "是否在保", "是否停发", "低保变动"])
def test_rows_read_together_say_the_same(tmp_path: Path, heading: str) -> None:
    cells = ("在保", "停保", "是", "否", "", "暂停", "说不清", "死亡", "新增", "0")
    table: list[list[object]] = [[*HOUSEHOLD[:6], heading]]
    table += [
        ["张三丰", id_number(1 + n), 2, 500, ACCOUNT, "青禾镇", cells[n % len(cells)]] for n in range(60)
    ]
    reading = read(text_file(tmp_path / "农村低保家庭_202609.csv", table))
    told = told_by_rows(reading)
    assert told == told_by_blocks(reading)
    assert {fact.kind for one in told for fact in one.facts} >= {"enrolled"}


def _subsidy(folder: Path, state: str, remark: str, fen: str = "100") -> RowRead:
    table = [["姓名", "身份证号", "残疾等级", "补贴类型", "补贴金额", "状态", "备注"]]
    table += [["张三丰", id_number(1), "三级", "生活补贴", fen, state, remark]]
    (row,) = rows(text_file(folder / "残疾人两项补贴202609.csv", table))
    return row


@pytest.mark.parametrize("remark", ["死亡", "2026年8月去世", "残疾证已注销"])
def test_what_is_told_of_a_leaver_names_state_remark_and_sum(tmp_path: Path, remark: str) -> None:
    row = _subsidy(tmp_path, "注销", remark)
    assert facts(row, "ended") and not _kinds(row) & STANDING
    assert set(codes(row)) == {"row_ended"} | ({"death_told"} if facts(row, "death") else set())
    for said in ("列“状态”写的是“注销”", "列“备注”（G列）", remark, "所列100.00元不发放", "更正这两格"):
        assert said in row.problems[-1].message


@pytest.mark.parametrize("reason", ["重新就业", "残疾证过期", "疑似死亡待核"])
def test_a_state_that_is_clear_needs_no_clear_reason(tmp_path: Path, reason: str) -> None:
    table = [["姓名", "身份证号", "残疾等级", "补贴类型", "补贴金额", "状态", "停发原因"]]
    table += [["张三丰", id_number(1), "三级", "生活补贴", "0", "停发", reason]]
    (row,) = rows(text_file(tmp_path / "残疾人两项补贴202609.csv", table))
    assert facts(row, "ended") and codes(row) == {"row_ended": "note"}


def test_one_subsidy_of_two_ends_nobody_and_a_cancelled_card_is_told(tmp_path: Path) -> None:
    table = [
        [
            "姓名",
            "身份证号",
            "残疾等级",
            "是否享受生活补贴",
            "生活补贴金额",
            "是否享受护理补贴",
            "护理补贴金额",
            "残疾证状态",
        ]
    ]
    table += [
        ["张三丰", id_number(1), "一级", "否", "", "是", "137", "正常"],
        ["李四", id_number(2), "一级", "是", "110", "是", "137", "注销"],
    ]
    one, cancelled = rows(text_file(tmp_path / "残疾人两项补贴202609.csv", table))
    assert facts(one, "enrolled") and codes(one) == {}
    assert codes(cancelled) == {"left_but_paid": "note"} and "残疾证状态" in cancelled.problems[0].message


@pytest.mark.parametrize(
    ("cell", "outcome"), [("失效", "kept"), ("已失效", "kept"), ("到期", "set_aside"), ("失联", "set_aside")]
)
def test_a_state_that_is_no_longer_valid_is_not_taken_for_one_that_goes_on(
    tmp_path: Path, cell: str, outcome: str
) -> None:
    (row,) = _household(tmp_path, "状态", cell)
    assert row.outcome == outcome and (outcome == "set_aside" or facts(row, "ended"))


def test_a_state_alone_is_told_alone(tmp_path: Path) -> None:
    (note,) = _subsidy(tmp_path, "注销", "", "0").problems
    assert note.message.startswith("列“状态”写的是“注销”，按已不在册收下：不算在保人员，不发放")


def test_a_cancelled_disability_card_is_about_the_subsidy_and_about_no_other_benefit(tmp_path: Path) -> None:
    assert codes(_subsidy(tmp_path, "正常", "残疾证注销")) == {"left_but_paid": "note"}
    assert codes(_subsidy(tmp_path, "", "残疾证已注销", "0")) == {"row_ended": "note"}
    assert codes(_subsidy(tmp_path, "正常", "残疾证号变更")) == {}
    table = [[*OLD, "备注"], ["张三丰", id_number(1), "100", "残疾证注销"]]
    (row,) = rows(text_file(tmp_path / "高龄津贴202609.csv", table))
    assert codes(row) == {}


def test_a_department_s_list_says_what_it_read_of_state_and_remark(tmp_path: Path) -> None:
    table = [["姓名", "身份证号", "残疾类别", "残疾等级", "状态", "备注"]]
    table += [
        ["张三丰", id_number(n), "肢体", "三级", *said]
        for n, said in enumerate([("注销", "死亡"), ("正常", "死亡")], 1)
    ]
    gone, here = rows(text_file(tmp_path / "持证残疾人名单202609.csv", table))
    assert facts(gone, "disability")[0].text == "注销" and codes(gone) == {"death_told": "note"}
    assert "状态“注销”照所列的收下；本人死亡另外记下" in gone.problems[0].message
    assert "其余照所列的收下；本人死亡另外记下" in here.problems[0].message
    assert facts(gone, "death") and facts(here, "death")
