"""Members who stand with their family and are not covered, as remarks and brackets say."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import codes, facts, id_number, kept, xlsx

from aidcli.intake.rows.persons.uncounted import clauses_said
from aidcli.model import RowRead

_HEAD = [
    ["序号", "户主", "", "保障人口", "月保障金额（元）", "家庭成员一", "", "", "家庭成员二", "", "", "备注"],
    ["", "姓名", "身份证号", "", "", "姓名", "与户主关系", "身份证号", "姓名", "与户主关系", "身份证号", ""],
]
_MERGES = ("A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:H2", "I2:K2", "L2:L3")


def _row(
    tmp_path: Path, remark: str, covered: int, second: str = "子", first: str = "配偶", called: str = "张小五"
) -> RowRead:
    cells = [
        1,
        "张三丰",
        id_number(1),
        covered,
        500,
        "李四",
        first,
        id_number(2),
        called,
        second,
        id_number(3),
        remark,
    ]
    table = [["河东镇2026年9月农村低保发放花名册"], *_HEAD, cells]
    (row,) = kept(xlsx(tmp_path / "河东镇2026年9月农村低保家庭名册.xlsx", ("9月", table), merges=_MERGES))
    return row


def _counted(row: RowRead) -> list[bool]:
    return [facts(row, "member", person)[0].num != 0 for person in (1, 2)]


@pytest.mark.parametrize(
    "remark",
    [
        "张小五为其子，在外有稳定工资收入，不计入保障人口",
        "张小五不享受",
        "其子工资收入高，不列入低保对象",
        "儿子不保障",
        "家庭收入已核。张小五（已就业）未纳入保障范围",
    ],
)
def test_whoever_a_remark_says_is_not_counted_is_of_the_family_only(remark: str, tmp_path: Path) -> None:
    row = _row(tmp_path, remark, 2)
    assert _counted(row) == [True, False]
    assert codes(row)["not_covered"] == "note"


@pytest.mark.parametrize(
    "remark",
    [
        "其子工资不计入家庭收入",
        "张小五高龄津贴不计入",
        "张小五是否不计入保障人口，待核",
        "未享受其他补贴",
        "不再变动，仍保障3人",
        "张小五不享受养老待遇",
    ],
)
def test_what_is_said_of_money_or_left_open_counts_nobody_out(remark: str, tmp_path: Path) -> None:
    row = _row(tmp_path, remark, 3)
    assert _counted(row) == [True, True] and "not_covered" not in codes(row)


def test_a_bracket_beside_the_relation_counts_its_own_member_out(tmp_path: Path) -> None:
    assert _counted(_row(tmp_path, "", 2, second="之子（不计入）")) == [True, False]
    assert _counted(_row(tmp_path, "", 2, first="配偶（不享受）")) == [False, True]


def test_a_bracket_beside_the_name_does_so_too(tmp_path: Path) -> None:
    assert _counted(_row(tmp_path, "", 2, called="张小五（不保障）")) == [True, False]


def test_a_word_that_the_count_of_those_covered_contradicts_is_told(tmp_path: Path) -> None:
    row = _row(tmp_path, "张小五不计入保障人口", 3)
    assert _counted(row) == [True, True] and codes(row)["state_unread"] == "note"


def test_of_two_sons_nobody_guesses_which_one_is_meant(tmp_path: Path) -> None:
    row = _row(tmp_path, "其子不计入保障人口", 2, first="长子", second="次子")
    assert _counted(row) == [True, True] and codes(row)["state_unread"] == "note"


def test_below_a_head_the_member_s_own_remark_and_the_head_s_say_so(tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "与户主关系", "家庭人口", "备注"]
    table = [
        ["示例区2026年9月低保边缘家庭花名册"],
        head,
        ["张三丰", id_number(1), "户主", 4, "孙七不计入保障人口"],
        ["李四", id_number(2), "配偶", "", ""],
        ["张小五", id_number(3), "子", "", "服刑，不计入保障人口"],
        ["孙七", id_number(4), "母亲", "", ""],
    ]
    rows = kept(xlsx(tmp_path / "低保边缘家庭花名册202609.xlsx", ("S", table)))
    assert [facts(row, "member")[0].num for row in rows] == [None, None, 0, 0]


def test_only_the_part_of_a_sentence_before_the_word_tells_of_whom_it_is_said() -> None:
    assert clauses_said("龙某为其子，单人保，不计入保障人口") == ("龙某为其子", "单人保", "")
    assert clauses_said("不在家") == ()
