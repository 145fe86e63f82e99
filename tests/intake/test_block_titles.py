"""Households whose head is named in a line above the members' rows only."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import codes, facts, id_number, person, rows, xlsx

from aidcli.model import RowRead

HEADINGS = ["序号", "姓名", "身份证号", "与户主关系", "保障人口", "月保障金"]
WIFE = ["1", "李四", id_number(2), "妻", 2, 500]
SON = ["2", "张小", id_number(3), "子", "", ""]
HEAD = ["1", "张三", id_number(1), "户主", 2, 500]


def _rows(folder: Path, *table: list[object], above: tuple[list[object], ...] = ()) -> list[RowRead]:
    path = xlsx(folder / "农村低保花名册_202609.xlsx", ("S", [*above, HEADINGS, *table]))
    return rows(path, source="dibao_register")


@pytest.mark.parametrize(
    "title",
    [
        [f"户主姓名：张三  身份证号：{id_number(1)}"],
        [f"1、户主：张三（{id_number(1)}）"],
        ["第1户 户主：张三", f"身份证号：{id_number(1)}"],
    ],
)
def test_a_head_with_a_number_is_the_household_s(tmp_path: Path, title: list[object]) -> None:
    line, wife, son = _rows(tmp_path, title, WIFE, SON)
    assert line.outcome == "skipped"
    assert codes(wife) == {"head_from_title": "note"} and codes(son) == {}
    assert (person(wife).role, person(wife).identity.name) == ("head", "张三")
    assert facts(wife, "enrolled")[0].num == 2
    assert {fact.code: fact.fen for fact in facts(wife, "amount")} == {"base": 50000, "total": 50000}
    heads = {fact.text for row in (wife, son) for n in (0, 1) for fact in facts(row, "head", n)}
    assert heads == {id_number(1)}
    assert facts(wife, "member", 1)[0].text == "妻" and not facts(wife, "amount", 1)


def test_a_name_alone_is_told_as_too_little(tmp_path: Path) -> None:
    line, wife, son = _rows(tmp_path, ["户主：张三"], WIFE, SON)
    assert (line.outcome, codes(wife)) == ("skipped", {"head_in_title": "note"})
    assert "张三" in wife.problems[0].message and "不会发放" in wife.problems[0].message
    assert codes(son) == {"head_missing": "note"}
    assert not facts(wife, "enrolled")


@pytest.mark.parametrize("title", [["户主：张三"], [f"户主：张三 {id_number(1)}"]])
def test_a_head_who_stands_below_is_taken_from_there(tmp_path: Path, title: list[object]) -> None:
    line, head, son = _rows(tmp_path, title, HEAD, SON)
    assert line.outcome == "skipped" and codes(head) == codes(son) == {}
    assert [named.role for named in (person(head), person(son))] == ["head", "member"]


def test_a_line_above_the_header_names_the_head_too(tmp_path: Path) -> None:
    wife, son = _rows(tmp_path, WIFE, SON, above=([f"户主：张三 身份证号：{id_number(1)}"],))
    assert person(wife).identity.id_value == id_number(1)
    assert facts(son, "head")[0].text == id_number(1)


def test_the_second_block_is_not_the_first_one_s(tmp_path: Path) -> None:
    _, _, _, line, other = _rows(
        tmp_path,
        [f"户主：张三 {id_number(1)}"],
        WIFE,
        SON,
        ["户主：王五"],
        ["1", "王六", id_number(4), "子", 1, 300],
    )
    assert line.outcome == "skipped" and codes(other) == {"head_in_title": "note"}
    assert not facts(other, "head")


@pytest.mark.parametrize("line", [["户主签字："], ["户主：", "签名"], ["户主 确认"]])
def test_a_line_to_sign_names_nobody(tmp_path: Path, line: list[object]) -> None:
    head, son, _ = _rows(tmp_path, HEAD, SON, line)
    assert facts(son, "head")[0].text == person(head).identity.id_value


@pytest.mark.parametrize(
    "line",
    ["社区负责人：　经办人：　2026年9月5日", "民政办负责人：　审核：　制表：", "审核：李某　复核：王某"],
)
def test_labels_of_those_who_sign_in_one_cell_name_nobody(tmp_path: Path, line: str) -> None:
    *_, last, son = _rows(tmp_path, HEAD, [line], SON)
    assert last.outcome == "skipped" and last.record is None
    assert codes(son) == {}


def test_a_cell_that_names_a_head_beside_who_signs_is_not_passed_over(tmp_path: Path) -> None:
    _, odd, _ = _rows(tmp_path, HEAD, ["家庭人口：3　户主：王五　经办人：李某"], SON)
    assert odd.outcome == "set_aside"
