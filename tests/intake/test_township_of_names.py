"""Rows without a township belong to that of the sheet's name, the title or the file's name, where it is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import id_number, person, read, text_file, xlsx

from aidcli.intake import Reading
from aidcli.intake.regionlist import load_regions
from aidcli.intake.rows.whereabouts.townships import townships_in
from aidcli.resources import data_dir

REGIONS = load_regions("990101", [data_dir("templates/regions")])
HEADINGS = ["户主姓名", "户主身份证号", "保障人口数", "月保障金额"]
ROWS = [["张三丰", id_number(n), 2, 500] for n in (1, 2)]


def _open(folder: Path, name: str, sheet: str = "Sheet1", *titles: str) -> Reading:
    table = [*([title] for title in titles), HEADINGS, *ROWS]
    return read(xlsx(folder / name, (sheet, table)), regions=REGIONS, period="2026-09")


def _told(reading: Reading) -> tuple[set[str], list[str]]:
    found = list(reading.rows(0))
    return {person(row).identity.township for row in found if row.record}, [
        p.code for row in found for p in row.problems
    ]


@pytest.mark.parametrize(
    ("file", "sheet", "title"),
    [
        ("云岭镇2026年9月农低保.xlsx", "Sheet1", "农村低保家庭花名册"),
        ("农村低保家庭202609.xlsx", "Sheet1", "示例区云岭镇2026年9月农村低保家庭花名册"),
        ("农村低保家庭202609.xlsx", "云岭镇（9月）", "农村低保家庭花名册"),
        ("农村低保家庭202609.xlsx", "云岭", "农村低保家庭花名册"),
        ("青禾镇转来202609农村低保家庭.xlsx", "Sheet1", "填报单位：云岭镇人民政府"),
        ("农村低保家庭202609.xlsx", "Sheet1", "云岭镇敬老院农村低保家庭花名册"),
    ],
)
def test_the_nearest_name_tells_it(tmp_path: Path, file: str, sheet: str, title: str) -> None:
    assert _told(_open(tmp_path, file, sheet, title)) == ({"云岭镇"}, ["township_told"])


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("农村低保家庭202609.xlsx", "青禾镇、云岭镇农村低保家庭花名册"),
        ("云岭镇农村低保家庭202609.xlsx", "青禾镇和白塘镇农村低保家庭花名册"),
        ("农村低保家庭202609.xlsx", "不知镇农村低保家庭花名册"),
        ("农村低保家庭202609.xlsx", "云岭镇卫生院农村低保家庭体检名册"),
        ("农村低保家庭202609.xlsx", "各乡镇农村低保家庭花名册"),
    ],
)
def test_several_names_or_unknown_ones_tell_none(tmp_path: Path, file: str, title: str) -> None:
    assert _told(_open(tmp_path, file, "Sheet1", title)) == ({""}, [])


def test_without_a_list_only_the_sheet_s_own_name_tells_it(tmp_path: Path) -> None:
    table = [["示例区云岭镇农村低保家庭花名册"], HEADINGS, *ROWS]
    reading = read(xlsx(tmp_path / "青禾镇农村低保家庭202609.xlsx", ("Sheet1", table)))
    assert _told(reading) == ({""}, [])


def test_rows_that_leave_the_column_blank_take_it_and_the_first_says_so(tmp_path: Path) -> None:
    table = [["云岭镇农村低保家庭花名册"], [*HEADINGS, "乡镇"]]
    table += [["张三丰", id_number(n), 2, 500, "" if n in (5, 9, 12) else "青禾镇"] for n in range(1, 20)]
    reading = read(text_file(tmp_path / "农村低保家庭202609.csv", table), regions=REGIONS)
    told = told_by_rows(reading)
    assert told == told_by_blocks(reading)
    assert [one.persons[0].identity.township for one in told].count("云岭镇") == 3
    noted = [row.row for row in reading.rows(0) if row.problems]
    assert noted == [7]
    noted = [read.row for block in reading.blocks(0) for _, read in block.odd if read.problems]
    assert noted == [7]


def test_a_department_s_list_is_of_the_township_that_its_title_names_and_that_is_told(tmp_path: Path) -> None:
    table = [
        ["云岭镇持证残疾人名册"],
        ["姓名", "身份证号", "残疾类别", "残疾等级"],
        ["张三丰", id_number(1), "肢体", "三级"],
    ]
    reading = read(xlsx(tmp_path / "残疾人202609.xlsx", ("Sheet1", table)), regions=REGIONS)
    assert _told(reading) == ({"云岭镇"}, ["township_told"])
    table[0] = ["云岭镇、青禾镇持证残疾人名册"]
    reading = read(xlsx(tmp_path / "残疾人202609.xlsx", ("Sheet1", table)), regions=REGIONS)
    assert _told(reading) == ({""}, [])
    table[0] = ["云岭镇卫生院持证残疾人名册"]
    reading = read(xlsx(tmp_path / "残疾人202609.xlsx", ("Sheet1", table)), regions=REGIONS)
    assert _told(reading) == ({""}, [])


def test_names_inside_a_text_are_found_by_the_list() -> None:
    assert townships_in("示例区云岭镇（原青禾乡）", REGIONS) == {"云岭镇", "青禾镇"}
    assert townships_in("乡镇街道", REGIONS) == set()


def test_of_villages_with_one_name_the_one_in_the_township_of_the_title_is_meant(tmp_path: Path) -> None:
    table = [["新城街道2026年9月农村低保家庭花名册"], [*HEADINGS, "村（社区）"]]
    table += [[*row, village] for row, village in zip(ROWS, ("团结社区", "没有的村"), strict=True)]
    reading = read(xlsx(tmp_path / "农村低保家庭202609.xlsx", ("Sheet1", table)), regions=REGIONS)
    found = [row for row in reading.rows(0) if row.record]
    assert [person(row).identity.township for row in found] == ["新城街道"] * 2
    assert [person(row).identity.village for row in found] == ["团结社区", "没有的村"]
    assert [p.code for row in found for p in row.problems] == ["township_told", "village_unknown"]
