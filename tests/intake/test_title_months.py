"""The month of a list stands in its title; what the header says of its columns is another matter."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from intake_files import TEMPLATES, TODAY, id_number, xlsx

from aidcli.errors import AidError
from aidcli.intake import Reading, open_file
from aidcli.intake.lists import open_lists

_AGED = ["姓名", "身份证号", "人员类型", "津贴标准", "发放金额"]


def _two_levels(title: str, parent: str, *more: str) -> list[list[object]]:
    upper: list[object] = ["姓名", "身份证号", "人员类型", parent, None]
    lower: list[object] = [None, None, None, "津贴标准", "发放金额"]
    if more:
        upper, lower = [*upper, *more], [*lower, *["备注"] * len(more)]
    head: list[list[object]] = [[title]] if title else []
    return [*head, upper, lower, ["张三丰", id_number(1), "80-89周岁", 100, 100]]


def _both(path: Path) -> list[Reading]:
    """The file opened either way."""
    return [open_file(path, TEMPLATES, today=TODAY), *open_lists(path, TEMPLATES, today=TODAY)]


def _write(folder: Path, name: str, table: Sequence[Sequence[object]], first: int) -> Path:
    merges = [f"{letter}{first}:{letter}{first + 1}" for letter in "ABC"] + [f"D{first}:E{first}"]
    return xlsx(folder / name, ("Sheet1", table), merges=merges)


def test_the_month_of_some_columns_is_not_that_of_the_list(tmp_path: Path) -> None:
    table = _two_levels("示例区2026年1月高龄津贴发放表", "2025年12月发放情况")
    for reading in _both(_write(tmp_path, "高龄津贴.xlsx", table, 2)):
        assert (reading.period, reading.period_from) == ("2026-01", "title")
        assert reading.planned[0].match.levels == 2


def test_nor_does_it_contradict_the_file_s_name(tmp_path: Path) -> None:
    table = _two_levels("示例区高龄津贴发放表", "2025年12月发放情况")
    for reading in _both(_write(tmp_path, "高龄津贴202601.xlsx", table, 2)):
        assert (reading.period, reading.period_from) == ("2026-01", "file")


def test_where_nothing_else_tells_the_one_month_of_the_columns_does(tmp_path: Path) -> None:
    table = _two_levels("示例区高龄津贴发放表", "2026年9月发放情况")
    for reading in _both(_write(tmp_path, "高龄津贴.xlsx", table, 2)):
        assert reading.period == "2026-09"


def test_months_of_several_columns_tell_nothing(tmp_path: Path) -> None:
    table = _two_levels("示例区高龄津贴发放表", "2026年9月发放情况", "2026年8月补发说明")
    path = _write(tmp_path, "高龄津贴.xlsx", table, 2)
    with pytest.raises(AidError, match="看不出") as refused:
        open_file(path, TEMPLATES, today=TODAY)
    assert refused.value.code == "period_unknown"


def test_a_title_that_names_no_month_of_a_year_goes_before_the_columns(tmp_path: Path) -> None:
    table = _two_levels("示例区2026年上半年高龄津贴发放表", "2026年6月发放情况")
    with pytest.raises(AidError, match="上半年"):
        open_file(_write(tmp_path, "高龄津贴.xlsx", table, 2), TEMPLATES, today=TODAY)


@pytest.mark.parametrize(
    ("name", "titles", "period"),
    [
        ("高龄津贴.xlsx", ["示例区2026年9月高龄津贴", "查询日期：2026年10月8日"], "2026-09"),
        (
            "高龄津贴.xlsx",
            ["示例区2026年第三季度高龄津贴   比对时间：2026-10-08"],
            "2026-09",
        ),
        ("高龄津贴202609.xlsx", ["示例区高龄津贴", "反馈日期：2026.10.8"], "2026-09"),
        ("高龄津贴.xlsx", ["示例区高龄津贴", "查询日期：2026年10月8日"], "2026-10"),
        ("高龄津贴.xlsx", ["示例区2026年9月高龄津贴", "查询日期：|2026年10月8日"], "2026-09"),
    ],
)
def test_the_day_of_a_query_tells_the_month_only_where_nothing_else_does(
    name: str, titles: list[str], period: str, tmp_path: Path
) -> None:
    table = [*(title.split("|") for title in titles), _AGED, ["张三丰", id_number(1), "80-89周岁", 100, 100]]
    told, taken = _both(xlsx(tmp_path / name, ("Sheet1", table)))
    assert told.period == taken.period == period


def _renamed(path: Path, old: str, new: str) -> Path:
    """The workbook with one of its sheets renamed by hand, as damaged exports have them."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    book = parts["xl/workbook.xml"]
    assert old.encode() in book
    parts["xl/workbook.xml"] = book.replace(f'name="{old}"'.encode(), f'name="{new}"'.encode())
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


@pytest.mark.parametrize("second", ["名单", "名单 "])
def test_sheets_of_one_name_are_each_read_once(second: str, tmp_path: Path) -> None:
    sheets = [
        (name, [_AGED, *(["张三丰", id_number(n), "80-89周岁", 100, 100] for n in numbers)])
        for name, numbers in (("名单", (1, 2)), ("别名", (3,)))
    ]
    path = _renamed(xlsx(tmp_path / "高龄津贴202609.xlsx", *sheets), "别名", second)
    for reading in _both(path):
        assert len(reading.sheets) == 2
        here = [[row.cells[1] for row in reading.rows(number)] for number in range(2)]
        there = [
            [cells[1] for block in reading.task(number).blocks() for _, cells in block.cells]
            for number in range(2)
        ]
        assert here == there == [[id_number(1), id_number(2)], [id_number(3)]]


_HIT = ["户主姓名", "身份证号", "灾害种类"]


@pytest.mark.parametrize(
    ("titles", "period"),
    [
        (["受灾人员台账", "填报时间：2026年8月6日"], "2026-08"),
        (["受灾人员台账", "填报单位：青禾镇      填报日期：2026-08-06"], "2026-08"),
        (["受灾人员台账", "制表日期：20260806"], "2026-08"),
        (["2026年7月受灾人员台账", "填报时间：2026年8月6日"], "2026-07"),
    ],
)
def test_a_department_s_list_is_of_the_month_in_which_it_was_written_where_nothing_else_tells(
    titles: list[str], period: str, tmp_path: Path
) -> None:
    table = [*([title] for title in titles), _HIT, ["张三丰", id_number(1), "洪涝"]]
    (told,) = open_lists(xlsx(tmp_path / "受灾.xlsx", ("Sheet1", table)), TEMPLATES, today=TODAY)
    assert told.period == period
    noted = any(p.code == "period_of_writing" for row in told.rows(0) for p in row.problems)
    assert noted is (period == "2026-08")


@pytest.mark.parametrize(
    ("titles", "head", "cells"),
    [
        (["示例区高龄津贴", "填报时间：2026年8月6日"], _AGED, ["80-89周岁", 100, 100]),  # a roster
        (["2026年度受灾人员台账", "填报时间：2026年8月6日"], _HIT, ["洪涝"]),
        (["受灾人员台账", "填报时间：2026年8月6日", "打印日期：2026年9月1日"], _HIT, ["洪涝"]),
        (["受灾人员台账", "填报时间：2026年12月6日"], _HIT, ["洪涝"]),
    ],
)
def test_the_day_of_writing_tells_no_month_of_a_roster_nor_where_it_is_not_sure(
    titles: list[str], head: list[str], cells: list[object], tmp_path: Path
) -> None:
    table = [*([title] for title in titles), head, ["张三丰", id_number(1), *cells]]
    path = xlsx(tmp_path / "名单.xlsx", ("Sheet1", table))
    with pytest.raises(AidError) as refused:
        open_lists(path, TEMPLATES, today=TODAY)
    assert refused.value.code == "period_unknown"
