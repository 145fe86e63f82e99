"""Lists with one row a member: never read by a template that takes each row for a household."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import TEMPLATES, codes, facts, id_number, kept, read, xlsx

from aidcli.errors import AidError
from aidcli.intake.templates import Template

_HEAD = ["户序", "家庭成员姓名", "身份证号", "与户主关系", "户主姓名", "家庭人口", "认定日期"]
_FAMILY = [
    [1, "张三丰", id_number(1), "户主", "张三丰", 2, "2026-01-05"],
    ["", "李四", id_number(2), "配偶", "张三丰", "", ""],
]


def test_a_list_of_rigid_expenditure_by_member_has_heads_and_members(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "河东乡202609.xlsx",
        ("刚性支出困难家庭", [["河东乡刚性支出困难家庭人员名单"], _HEAD, *_FAMILY]),
    )
    reading = read(path)
    head, member = kept(path)
    assert reading.template.key == "rigid_expenditure"
    for row, role, household in ((head, "head", 1), (member, "member", 0)):
        assert row.record is not None and [one.role for one in row.record.persons] == [role]
        assert len(facts(row, "enrolled")) == household
        assert facts(row, "head")[0].text == id_number(1)


def _without_by_member() -> dict[str, Template]:
    return {key: one for key, one in TEMPLATES.items() if one.unit == "household"}


@pytest.mark.parametrize(
    ("second", "taken"),
    [
        (["", "李四", id_number(2), "配偶", "张三丰", "", ""], False),  # the same head again
        ([2, "李四", id_number(2), "户主", "李四", 1, ""], True),
        ([2, "王小五", id_number(2), "本人", "李四", 1, ""], True),
    ],
)
def test_households_are_not_made_of_members(
    second: list[object], taken: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake_files.TEMPLATES", _without_by_member())
    path = xlsx(tmp_path / "刚性支出家庭查询202609.xlsx", ("刚性支出家庭查询", [_HEAD, _FAMILY[0], second]))
    if taken:
        assert read(path).template.key == "rigid_expenditure_household"
        return
    with pytest.raises(AidError) as error:
        read(path)
    assert error.value.code == "template_unknown" and "与户主关系" in error.value.message


def test_what_the_only_row_of_a_household_says_of_its_members_is_no_list_by_member(tmp_path: Path) -> None:
    head = ["户主姓名", "身份证号", "家庭人口", "家庭成员姓名", "与户主关系"]
    body = [["张三丰", id_number(1), 3, "李四、王小五", "配偶、子"], ["赵六", id_number(2), 2, "孙七", "妻"]]
    path = xlsx(tmp_path / "刚性支出家庭查询202609.xlsx", ("刚性支出家庭查询", [head, *body]))
    rows = kept(path)
    assert [len(row.record.persons) for row in rows if row.record] == [3, 2]
    assert all("head_missing" not in codes(row) for row in rows)


@pytest.mark.parametrize(
    ("name", "taken"),
    [("低保边缘家庭花名册", "dibao_margin"), ("刚性支出困难家庭花名册", "rigid_expenditure"), ("表", "")],
)
def test_of_two_programmes_listed_alike_the_name_says_which(name: str, taken: str, tmp_path: Path) -> None:
    path = xlsx(tmp_path / f"{name}202609.xlsx", ("S", [_HEAD, *_FAMILY]))
    if taken:
        assert read(path).template.key == taken
        return
    with pytest.raises(AidError) as error:
        read(path)
    assert error.value.code == "template_ambiguous"
