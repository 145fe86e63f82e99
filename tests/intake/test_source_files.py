"""Files as sheets of cells: formats by their first bytes, encodings, separators, dates, odd workbooks."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlwt
from intake_files import (
    HOUSEHOLD,
    UNEMPLOYED,
    facts,
    household_row,
    id_number,
    kept,
    person,
    read,
    rows,
    text_file,
    xlsx,
)
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

LINES = [UNEMPLOYED, ["李四", id_number(2), "2026-09-01", "裁员", "登记失业"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_text_is_read_in_every_usual_encoding_and_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    (row,) = kept(text_file(tmp_path / "失业202609.txt", LINES, encoding, separator))
    assert person(row).identity.name == "李四"
    assert facts(row, "unemployed")[0].text == "裁员"


def test_numbers_wrapped_as_formulas_in_csv_are_unwrapped(tmp_path: Path) -> None:
    path = tmp_path / "失业202609.csv"
    path.write_text(f'姓名,身份证号,失业登记日期\n李四,="{id_number(2)}",2026-09-01\n', encoding="gbk")
    (row,) = kept(path)
    assert person(row).identity.id_kind == "valid"


def test_a_rare_character_of_gb18030_survives(tmp_path: Path) -> None:
    lines = [UNEMPLOYED, ["李\U00020bb7", id_number(2), "2026-09-01"]]
    (row,) = kept(text_file(tmp_path / "失业202609.csv", lines, "gb18030"))
    assert person(row).identity.name == "李\U00020bb7"


def _xls(path: Path, lines: list[list[object]]) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for row, cells in enumerate(lines):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write(row, column, cell, xlwt.easyxf(num_format_str="YYYY-MM-DD"))
            elif cell is not None:
                sheet.write(row, column, cell)
    book.save(str(path))
    return path


@pytest.mark.parametrize("ending", [".xls", ".et", ".xlsx", ".csv"])
def test_an_old_workbook_is_known_by_its_bytes_not_by_its_name(tmp_path: Path, ending: str) -> None:
    plain = _xls(
        tmp_path / "a.xls", [UNEMPLOYED, ["李四", float(id_number(2)[:15] + "000"), date(2026, 9, 1)]]
    )
    path = plain.rename(tmp_path / f"失业202609{ending}")
    (row,) = kept(path)
    assert person(row).identity.id_kind == "cut"
    assert facts(row, "unemployed")[0].day == "2026-09-01"


def test_a_new_workbook_is_known_by_its_bytes_too(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ("S", LINES)).rename(tmp_path / "失业202609.xls")
    assert len(kept(path)) == 1


def test_merged_cells_of_an_old_workbook_speak_for_their_rows(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    table = [
        ["乡镇", *UNEMPLOYED],
        [None, "李四", id_number(2), "2026-09-01"],
        [None, "王五", id_number(3), "2026-09-01"],
    ]
    for row, cells in enumerate(table):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(row, column, cell)
    sheet.write_merge(1, 2, 0, 0, "河东镇")
    book.save(str(tmp_path / "失业202609.xls"))
    assert [person(row).identity.township for row in kept(tmp_path / "失业202609.xls")] == [
        "河东镇",
        "河东镇",
    ]


def test_dates_are_read_by_format_and_by_meaning(tmp_path: Path) -> None:
    days: list[object] = [
        datetime(2026, 9, 1),
        date(2026, 9, 1),
        46266,
        "2026年9月1日",
        datetime(2026, 9, 1, 8, 30),
    ]
    lines = [["甲乙", id_number(number), day] for number, day in enumerate(days)]
    found = kept(xlsx(tmp_path / "失业202609.xlsx", ("S", [UNEMPLOYED, *lines])))
    assert [facts(row, "unemployed")[0].day for row in found] == ["2026-09-01"] * 5


def test_a_workbook_that_counts_days_from_1904(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].append(UNEMPLOYED)
    book.worksheets[0].append(["李四", id_number(2), 46266 - 1462])
    book.worksheets[0].append(["王五", id_number(3), datetime(2026, 9, 1)])
    book.save(tmp_path / "失业202609.xlsx")
    found = kept(tmp_path / "失业202609.xlsx")
    assert [facts(row, "unemployed")[0].day for row in found] == ["2026-09-01", "2026-09-01"]


def _with_sheet_xml(path: Path, change) -> Path:  # type: ignore[no-untyped-def]
    """The workbook with the text of its first sheet changed, as other programs write it."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = change(parts["xl/worksheets/sheet1.xml"])
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def test_a_wrong_dimension_loses_no_rows(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "失业202609.xlsx", ("S", LINES))
    _with_sheet_xml(path, lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', xml))
    assert len(kept(path)) == 1


def test_rows_without_numbers_lose_nothing(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "失业202609.xlsx", ("S", LINES))
    _with_sheet_xml(
        path, lambda xml: re.sub(rb'<row r="\d+"', b"<row", re.sub(rb'<c r="[A-Z]+\d+"', b"<c", xml))
    )
    assert len(kept(path)) == 1


def test_formatted_but_empty_rows_and_columns_are_not_read_as_data(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "农村低保202610.xlsx", ("S", [HOUSEHOLD, household_row()]))
    book = load_workbook(path)
    for row in range(3, 3000):
        book.worksheets[0].cell(row, 1).number_format = "0.00"
    book.worksheets[0].cell(2, 200).number_format = "0.00"
    book.save(path)
    (row,) = rows(path)
    assert len(row.cells) <= len(HOUSEHOLD)


def test_the_file_is_not_held_open(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "失业202609.xlsx", ("S", LINES))
    reading = read(path)
    path.unlink()
    assert len(list(reading.rows(0))) == 1
