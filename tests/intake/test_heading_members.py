"""Households spread over columns: which columns belong to which member."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import codes, id_number, read, rows, xlsx

NAME = "农村低保家庭_202610.xlsx"
HEAD = ["户主姓名", "户主身份证号", "保障人数", "月保障金"]
LINE = ["张三", id_number(1), 3, 500]
PEOPLE = ["李四", id_number(2), "妻", "王五", id_number(3), "子"]


def _groups(path: Path) -> list[dict[str, int]]:
    (planned,) = read(path).planned
    return [
        {field.removeprefix("member_"): column.place for field, column in slot.items()}
        for slot in planned.groups
    ]


@pytest.mark.parametrize(
    "headings",
    [
        ["成员1姓名", "成员1身份证号", "成员1与户主关系", "成员2姓名", "成员2身份证号", "成员2与户主关系"],
        ["成员姓名1", "成员身份证号1", "关系1", "成员姓名2", "成员身份证号2", "关系2"],
        [
            "家庭成员1姓名",
            "家庭成员1身份证号码",
            "家庭成员1关系",
            "家庭成员2姓名",
            "家庭成员2证件号码",
            "家庭成员2关系",
        ],
        ["成员一姓名", "成员一身份证号", "成员一关系", "成员二姓名", "成员二身份证号", "成员二关系"],
        ["姓名1", "身份证号1", "与户主关系1", "姓名2", "身份证号2", "与户主关系2"],
        [
            "成员（1）姓名",
            "成员（1）身份证号",
            "成员（1）关系",
            "成员（2）姓名",
            "成员（2）身份证号",
            "成员（2）关系",
        ],
        ["姓名", "身份证号", "与户主关系"] * 2,
        ["家庭成员姓名", "家庭成员身份证号", "与户主关系"] * 2,
    ],
)
def test_columns_of_members_are_found(tmp_path: Path, headings: list[str]) -> None:
    path = xlsx(tmp_path / NAME, ("S", [[*HEAD, *headings], [*LINE, *PEOPLE]]))
    assert _groups(path) == [{"name": 4, "id": 5, "relation": 6}, {"name": 7, "id": 8, "relation": 9}]
    (row,) = rows(path)
    assert row.outcome == "kept" and codes(row) == {}


def test_the_plan_shows_them_with_their_number(tmp_path: Path) -> None:
    path = xlsx(tmp_path / NAME, ("S", [[*HEAD, "成员1姓名", "成员2姓名", "备注"], [*LINE, "李四", "王五"]]))
    plan = read(path).sheets[0]
    assert plan.columns["member_name[1]"] == ("E", "成员1姓名", "")
    assert plan.columns["member_name[2]"] == ("F", "成员2姓名", "")
    assert plan.unmapped == ("备注",)


def test_a_merged_parent_for_each_member(tmp_path: Path) -> None:
    upper = ["户主", None, "保障人数", "月保障金", "家庭成员1", None, None, "家庭成员2", None, None]
    lower = ["姓名", "身份证号", None, None, *["姓名", "身份证号", "关系"] * 2]
    path = xlsx(tmp_path / NAME, ("S", [upper, lower, [*LINE, *PEOPLE]]))
    assert _groups(path) == [{"name": 4, "id": 5, "relation": 6}, {"name": 7, "id": 8, "relation": 9}]
    assert read(path).sheets[0].columns["id"][0] == "B"


def test_bare_numbers_to_the_right_are_members_and_the_first_is_the_head_s(tmp_path: Path) -> None:
    header = ["户主姓名", "身份证号", "保障人数", "月保障金", "身份证号", "备注", "身份证号"]
    path = xlsx(tmp_path / NAME, ("S", [header, [*LINE, id_number(2), None, id_number(3)]]))
    assert _groups(path) == [{"id": 4}, {"id": 6}]
    assert read(path).sheets[0].columns["id"][0] == "B"
    assert codes(rows(path)[0]) == {}


def test_columns_in_no_order_are_left_and_told(tmp_path: Path) -> None:
    header = [*HEAD, "身份证号", "姓名", "身份证号"]
    path = xlsx(tmp_path / NAME, ("S", [header, [*LINE, id_number(2), "王五", id_number(3)]]))
    assert _groups(path) == []
    assert codes(rows(path)[0]) == {"members_unclear": "note"}


def test_a_number_of_somebody_else_s_is_no_member(tmp_path: Path) -> None:
    upper = ["户主", None, "保障人数", "月保障金", "监护人", None, "照料人", None]
    lower = ["姓名", "身份证号", None, None, *["姓名", "身份证号"] * 2]
    path = xlsx(tmp_path / NAME, ("S", [upper, lower, [*LINE, "李四", id_number(2), "王五", id_number(3)]]))
    assert _groups(path) == []


def test_a_cell_with_several_members_is_still_a_list(tmp_path: Path) -> None:
    header = [*HEAD, "家庭成员姓名", "家庭成员身份证号"]
    path = xlsx(tmp_path / NAME, ("S", [header, [*LINE, "李四；王五", f"{id_number(2)}；{id_number(3)}"]]))
    assert _groups(path) == []
    (row,) = rows(path)
    assert row.record is not None and [one.identity.name for one in row.record.persons] == [
        "张三",
        "李四",
        "王五",
    ]


def test_a_list_of_persons_has_no_members_beside_them(tmp_path: Path) -> None:
    header = ["姓名", "身份证号", "户主身份证号", "与户主关系"]
    path = xlsx(
        tmp_path / "农村低保人员_202610.xlsx", ("S", [header, ["李四", id_number(2), id_number(1), "妻"]])
    )
    assert read(path).template.key == "dibao_rural_person" and _groups(path) == []
