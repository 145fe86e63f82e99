"""Files of invented settlements for the tests that import."""

from __future__ import annotations

import csv
from pathlib import Path

from openpyxl import Workbook

from aidcli.idnumber import check_digit


def medical_rows(count: int) -> list[list[str]]:
    """A heading row and so many settlements, three of each person."""
    rows = [["姓名", "证件号码", "结算时间", "医疗费总额", "个人负担总金额"]]
    for number in range(count):
        who = number // 3
        first = f"990101{1950 + who // 300 % 50}{1 + who // 25 % 12:02d}{1 + who % 25:02d}{1 + who % 997:03d}"
        day = f"2026-0{1 + number % 9}-1{number % 9}"
        rows.append(["张三丰", first + check_digit(first), day, f"{number}.50", f"{number // 2}.25"])
    return rows


def write_csv(path: Path, rows: list[list[str]]) -> Path:
    path = path.with_suffix(".csv")
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def write_xlsx(path: Path, rows: list[list[str]]) -> Path:
    path = path.with_suffix(".xlsx")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("明细")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path
