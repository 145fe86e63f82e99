"""A register and lists of pensions whose rows have no number, for the tests of records that are told again."""

from __future__ import annotations

from pathlib import Path

from intake_files import id_number, xlsx

ROSTER = ["低保证编号", "户主姓名", "姓名", "身份证号", "与户主关系", "所属乡镇", "所属村"]
PENSION = ["姓名", "身份证号", "月养老金", "出生日期", "所属乡镇", "所属村", "联系电话"]
OLD = [
    "钱守义",
    "",
    150,
    "1960-11-21",
    "青石镇",
    "北山村",
    "",
]  # a slip in the birth date: somebody has to look
TWIN = ["王芳之子", "", 90, "2025-08-01", "青石镇", "北山村", ""]


def roster(folder: Path) -> Path:
    rows = [
        ["C001", "钱守义", "钱守义", id_number(121, "19601012"), "户主", "青石镇", "北山村"],
        ["C002", "王芳", "王芳", id_number(222, "19950707"), "户主", "青石镇", "北山村"],
        ["C002", "王芳", "王小宝", id_number(121, "20250801"), "子", "青石镇", "北山村"],
    ]
    return xlsx(folder / "低保人员花名册2026年10月.xlsx", ("名单", [ROSTER, *rows]))


def pensions(folder: Path, month: int, *sheets: list[list[object]], more: int = 0) -> Path:
    """A month's list: some rows, and somebody with a number, whose pension tells the month, and `more`."""
    folder.mkdir(exist_ok=True)
    known = ["丁一鸣", id_number(100, "19570515"), 100 + month + more, "", "青石镇", "东村", ""]
    listed = [(f"名单{n}", [PENSION, *rows, [*known]]) for n, rows in enumerate(sheets)]
    return xlsx(folder / f"养老金领取名单2026年{month}月.xlsx", *listed)
