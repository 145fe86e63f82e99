"""Members in one cell of their household's row, under the headings that streets give them."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import TEMPLATES, TODAY, codes, facts, id_number, rows, text_file, xlsx

from aidcli.intake.lists import open_lists

_MARGIN = ["序号", "申请人", "申请人身份证号", "家庭人口"]


@pytest.mark.parametrize("sign", ["、", "；", "\n", "/", "，"])
@pytest.mark.parametrize(
    "headings",
    [
        ("其他共同生活成员", "其他成员身份证号"),
        ("共同生活家庭成员姓名", "共同生活家庭成员身份证号"),
        ("其他家庭成员", "其他家庭成员身份证号码"),
    ],
)
def test_members_in_one_cell_are_read_with_their_numbers(
    headings: tuple[str, str], sign: str, tmp_path: Path
) -> None:
    cells = [
        1,
        "张三丰",
        id_number(1),
        3,
        sign.join(("李四", "王小五")),
        sign.join((id_number(2), id_number(3))),
    ]
    (row,) = rows(xlsx(tmp_path / "低保边缘家庭202609.xlsx", ("S", [[*_MARGIN, *headings], cells])))
    assert row.record is not None
    named = [(one.role, one.identity.name, one.identity.id_value) for one in row.record.persons]
    assert named == [
        ("head", "张三丰", id_number(1)), ("member", "李四", id_number(2)), ("member", "王小五", id_number(3))
    ]  # fmt: skip
    assert facts(row, "member", 1) and facts(row, "member", 2)


def test_names_and_numbers_that_do_not_match_are_told(tmp_path: Path) -> None:
    head = [*_MARGIN, "其他共同生活成员", "其他成员身份证号"]
    cells = [1, "张三丰", id_number(1), 3, "李四、王小五", id_number(2)]
    (row,) = rows(xlsx(tmp_path / "低保边缘家庭202609.xlsx", ("S", [head, cells])))
    assert codes(row)["members_mismatch"] == "cell"
    assert row.record is not None and [one.role for one in row.record.persons] == ["head"]


def test_each_sheet_of_a_book_named_after_both_is_the_list_that_it_says(tmp_path: Path) -> None:
    margin = [["青禾镇最低生活保障边缘家庭名册"], _MARGIN, [1, "张三丰", id_number(1), 1]]
    rigid = [
        ["青禾镇刚性支出困难家庭名册"],
        ["序号", "户主", "身份证号", "家庭人口数"],
        [1, "李四", id_number(2), 1],
    ]
    path = xlsx(
        tmp_path / "青禾镇低保边缘、刚性支出困难家庭名册202609.xlsx",
        ("低保边缘家庭", margin),
        ("刚性支出困难家庭", rigid),
    )
    found = [(one.template.programme, one.sheets[0].name) for one in open_lists(path, TEMPLATES, today=TODAY)]
    assert sorted(found) == [("dibao_margin", "低保边缘家庭"), ("rigid_expenditure", "刚性支出困难家庭")]


def test_a_sheet_without_a_column_of_members_numbers_says_so_once(tmp_path: Path) -> None:
    table = [
        ["户主姓名", "户主身份证号", "保障人口数", "月保障金", "家庭成员姓名"],
        ["张三丰", id_number(1), 3, 500, "李四、张小"],
        ["王五一", id_number(3), 2, 500, "赵六"],
    ]
    first, second = rows(text_file(tmp_path / "农村低保家庭_202609.csv", table))
    (told,) = [one for one in first.problems if one.code == "id_missing"]
    assert "没有家庭成员身份证号一列" in told.message and told.column == "E"
    assert "id_missing" not in codes(second)
