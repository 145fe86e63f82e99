"""Lines inside a list that name the village, or the township, of the rows below them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import id_number, person, read, text_file

from aidcli.intake.rows.whereabouts.placelines import line_of

_OLD = ["序号", "姓名", "身份证号", "年龄", "发放金额"]


def _places(folder: Path, *table: Sequence[object], header: list[str] = _OLD) -> list[tuple[str, str, str]]:
    path = text_file(folder / "高龄津贴花名册202609.csv", [header, *table])
    reading = read(path, source="old_age_allowance")
    assert told_by_blocks(reading) == told_by_rows(reading)
    kept = [row for row in reading.rows(0) if row.outcome == "kept"]
    assert all(row.outcome != "set_aside" for row in reading.rows(0))
    who = [person(row).identity for row in kept]
    return [(one.name, one.township, one.village) for one in who]


def _row(number: int, name: str) -> list[object]:
    return [number, name, id_number(number), 85, 50]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (["柳湾村（8人）"], "柳湾村"),
        (["【桥南社区】"], "桥南社区"),
        (["一、柳湾村"], "柳湾村"),
        (["(二) 柳湾村村委会："], "柳湾村村委会"),
        (["村名：柳湾村"], "柳湾村"),
        (["青禾镇", "", "8户15人"], "青禾镇"),
        (["柳湾村小计"], ""),
        (["各村"], ""),
        (["全镇共5村"], ""),
        (["示例区青禾镇敬老院"], ""),
        (["1", "张家村", "85"], ""),
        (["柳湾村", "张三丰"], ""),
    ],
)
def test_a_line_names_a_place_and_no_more_than_how_many_live_there(line: list[str], place: str) -> None:
    assert line_of(line) == place


def test_rows_are_of_the_village_that_the_line_above_them_names(tmp_path: Path) -> None:
    assert _places(
        tmp_path,
        ["柳湾村（2人）"],
        _row(1, "张三丰"),
        _row(2, "李四光"),
        ["小计", "", "", "", 100],
        ["沙咀村（1人）"],
        _row(3, "王五一"),
    ) == [("张三丰", "", "柳湾村"), ("李四光", "", "柳湾村"), ("王五一", "", "沙咀村")]


def test_a_township_s_line_holds_for_the_villages_below_it(tmp_path: Path) -> None:
    assert _places(
        tmp_path,
        ["青禾镇"],
        ["柳湾村"],
        _row(1, "张三丰"),
        ["白塘镇"],
        _row(2, "李四光"),
        ["沙河镇渡口社区"],
        _row(3, "王五一"),
    ) == [("张三丰", "青禾镇", "柳湾村"), ("李四光", "白塘镇", ""), ("王五一", "沙河镇", "渡口社区")]


def test_a_line_in_the_column_of_names_is_nobody(tmp_path: Path) -> None:
    line = ["柳湾村", "", "", ""]
    assert _places(tmp_path, line, _row(1, "张三丰")[1:], header=_OLD[1:]) == [("张三丰", "", "柳湾村")]


def test_a_column_of_villages_goes_before_lines(tmp_path: Path) -> None:
    table: list[list[object]] = [["柳湾村", "", "", "", "", ""], [*_row(1, "张三丰"), "沙咀村"]]
    path = text_file(tmp_path / "高龄津贴花名册202609.csv", [[*_OLD, "所属村"], *table])
    kept = [row for row in read(path, source="old_age_allowance").rows(0) if row.outcome == "kept"]
    assert [person(row).identity.village for row in kept] == ["沙咀村"]


def test_a_list_whose_first_row_is_a_person_has_no_such_lines(tmp_path: Path) -> None:
    people = [_row(number, "张三丰") for number in range(1, 7)]
    table: list[list[object]] = [list(_OLD), *people, ["柳湾村"], _row(7, "李四光")]
    path = text_file(tmp_path / "高龄津贴花名册202609.csv", table)
    rows = list(read(path, source="old_age_allowance").rows(0))
    assert {person(row).identity.village for row in rows if row.outcome == "kept"} == {""}
