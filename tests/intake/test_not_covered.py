"""A member of the family who is listed and gets nothing (是否享受: 否) stays a member and is not covered."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import codes, facts, id_number, read, rows, text_file, xlsx

from aidcli.model import RowRead

PERSON = ["姓名", "身份证号", "户主身份证号", "与户主关系"]
GROUPED = ["户编号", "姓名", "身份证号", "与户主关系", "家庭人口", "保障人口", "月保障金", "银行账号"]
ACCOUNT = "6217000000000000001"


def _person_list(folder: Path, heading: str, *cells: str) -> list[RowRead]:
    called = [("张三", "户主"), ("李四", "妻"), ("张小", "子")]
    table = [[*PERSON, heading]]
    table += [
        [name, id_number(n), id_number(1), relation, cell]
        for n, ((name, relation), cell) in enumerate(zip(called, cells, strict=False), start=1)
    ]
    return rows(xlsx(folder / "农村低保人员_202609.xlsx", ("S", table)))


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("是否享受", "否"),
        ("是否享受低保", "×"),
        ("享受低保(√)", "×"),
        ("是否保障对象", "否"),
        ("是否低保", "0"),
        ("是否在保", "否"),
        ("享受状态", "未享受"),
        ("享受状态", "不享受"),
    ],
)
def test_a_member_who_gets_nothing_is_still_one(tmp_path: Path, heading: str, cell: str) -> None:
    yes = "享受" if heading == "享受状态" else "是"
    head, wife = _person_list(tmp_path, heading, yes, cell)
    assert [fact.num for fact in facts(head, "member")] == [None] and codes(head) == {}
    (member,) = facts(wife, "member")
    assert (member.code, member.text, member.num) == ("dibao", "妻", 0)
    assert not facts(wife, "ended") and facts(wife, "head")[0].text == id_number(1)
    assert codes(wife) == {"not_covered": "note"}
    assert "不发放" in wife.problems[0].message and "不是保障对象" in wife.problems[0].message


def test_a_head_for_whom_only_a_member_gets_something(tmp_path: Path) -> None:
    head, wife = _person_list(tmp_path, "是否享受", "否", "是")
    assert facts(head, "member")[0].num == 0 and facts(wife, "member")[0].num is None


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("是否在册", "否"),
        ("是否有效", "否"),
        ("是否死亡", "是"),
        ("享受状态", "停保"),
        ("享受状态", "不再享受"),
    ],
)
def test_who_has_left_is_no_member(tmp_path: Path, heading: str, cell: str) -> None:
    _, wife = _person_list(tmp_path, heading, "", cell)
    assert facts(wife, "ended") and not facts(wife, "member")


def _block(folder: Path, head: str, wife: str) -> list[RowRead]:
    table = [
        [*GROUPED, "是否享受"],
        ["1", "张三", id_number(1), "户主", 2, 1, 500, ACCOUNT, head],
        ["1", "李四", id_number(2), "妻", "", "", "", ACCOUNT, wife],
    ]
    return rows(xlsx(folder / "农村低保花名册_202609.xlsx", ("S", table)), source="dibao_register")


def test_under_the_head_fewer_are_covered_than_belong_to_the_household(tmp_path: Path) -> None:
    head, wife = _block(tmp_path, "是", "否")
    assert facts(head, "enrolled")[0].num == 1 and facts(head, "household_size")[0].num == 2
    assert facts(wife, "member")[0].num == 0 and facts(wife, "case")[0].text == "1"
    assert not facts(wife, "account") and not facts(wife, "amount")


def test_the_head_s_row_that_says_no_is_the_household_s(tmp_path: Path) -> None:
    head, _ = _block(tmp_path, "否", "否")
    assert facts(head, "ended")[0].num == 1 and not facts(head, "amount")


def test_a_benefit_of_one_s_own_that_is_not_had_is_over(tmp_path: Path) -> None:
    table = [["老人姓名", "身份证号码", "津贴金额", "是否享受"], ["张三", id_number(1), "100", "否"]]
    (row,) = rows(xlsx(tmp_path / "高龄津贴_202609.xlsx", ("S", table)))
    assert facts(row, "ended") and codes(row) == {"row_ended": "note"}


def test_rows_read_together_say_the_same(tmp_path: Path) -> None:
    table: list[list[object]] = [[*PERSON, "是否享受", "享受状态"]]
    cells = [("是", ""), ("否", ""), ("", "未享受"), ("否", "停保"), ("", "在保"), ("否", "在保"), ("", "")]
    table += [
        ["张三丰", id_number(1 + n), id_number(1), "子" if n else "户主", *cells[n % len(cells)]]
        for n in range(42)
    ]
    reading = read(text_file(tmp_path / "农村低保人员_202609.csv", table))
    assert told_by_rows(reading) == told_by_blocks(reading)
