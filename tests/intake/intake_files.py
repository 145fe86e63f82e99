"""Small invented files for the tests of intake, and invented people to put in them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from aidcli.idnumber import check_digit
from aidcli.intake import Reading, load_templates, open_file
from aidcli.model import Fact, Named, RowRead
from aidcli.resources import data_dir

TODAY = date(2026, 10, 8)
TEMPLATES = load_templates([data_dir("templates/sources")])
MARGIN = ["乡镇", "村", "证号", "姓名", "身份证号", "与户主关系", "家庭人口"]
HOUSEHOLD = [
    "户主姓名",
    "户主身份证号",
    "保障人口数",
    "户月保障金额（元）",
    "家庭分类施保总额（元）",
    "人员分类施保总额（元）",
    "合计（元）",
    "所属街道",
    "所属社区",
    "低保（特困）证号",
    "最初享受月份",
    "开户银行",
    "银行账户名称",
    "银行帐号",
    "家庭成员姓名",
    "家庭成员身份证号",
]
UNEMPLOYED = ["姓名", "身份证号", "失业登记日期", "失业原因", "状态"]
BANK = ["户名", "账号", "金额", "处理结果", "失败原因", "处理日期", "流水号"]


def id_number(sequence: int, birth: str = "19600101", area: str = "990101") -> str:
    """An invented number that is right; an odd `sequence` is a man's."""
    first = f"{area}{birth}{sequence:03d}"
    return first + check_digit(first)


def xlsx(path: Path, *sheets: tuple[str, Sequence[Sequence[object]]], merges: Sequence[str] = ()) -> Path:
    """A workbook; `merges` are merged in the first sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for area in merges:
        book.worksheets[0].merge_cells(area)
    book.save(path)
    return path


def text_file(
    path: Path, rows: Sequence[Sequence[object]], encoding: str = "utf-8", separator: str = ","
) -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=separator).writerows(rows)
    return path


def household_row(**cells: object) -> list[object]:
    """A row under `HOUSEHOLD`; cells by heading, a sound household where nothing is said."""
    filled: dict[str, object] = {
        "户主姓名": "张三丰",
        "户主身份证号": id_number(1),
        "保障人口数": 2,
        "户月保障金额（元）": 500,
        "合计（元）": 521,
        "所属街道": "河东镇",
        "所属社区": "东村",
        **cells,
    }
    return [filled.get(heading) for heading in HOUSEHOLD]


def read(path: Path, **options: object) -> Reading:
    return open_file(path, TEMPLATES, today=TODAY, **options)  # type: ignore[arg-type]


def rows(path: Path, **options: object) -> list[RowRead]:
    """All rows of all sheets that are read."""
    reading = read(path, **options)
    return [row for index in range(len(reading.sheets)) for row in reading.rows(index)]


def kept(path: Path, **options: object) -> list[RowRead]:
    return [row for row in rows(path, **options) if row.outcome == "kept"]


def facts(row: RowRead, kind: str, person: int = 0) -> list[Fact]:
    assert row.record is not None
    return [fact for fact in row.record.facts if fact.kind == kind and fact.person == person]


def person(row: RowRead, place: int = 0) -> Named:
    assert row.record is not None
    return row.record.persons[place]


def codes(row: RowRead) -> dict[str, str]:
    """Codes of a row's problems, with their severity."""
    return {problem.code: problem.severity for problem in row.problems}
