"""Which columns hold something that is not read: what nobody misses and what is empty is not among them."""

from __future__ import annotations

from pathlib import Path

from intake_files import id_number, read, xlsx

from aidcli.intake import Reading
from aidcli.intake.rows.unread import unread_headings


def _unread(reading: Reading) -> list[str]:
    found = {place for block in reading.blocks(0) for place in block.filled}
    return [heading for place, heading in unread_headings(reading.planned[0]) if place in found]


def _list(folder: Path, headings: list[str], last: list[object]) -> Reading:
    table = [["姓名", "身份证号", "残疾类别", "残疾等级", *headings]]
    table += [["张三丰", id_number(n), "肢体", "四级", *[None] * len(headings)] for n in range(1, 400, 2)]
    table += [["李四海", id_number(2), "肢体", "四级", *last]]
    return read(xlsx(folder / "持证残疾人2026年三季度.xlsx", ("S", table)))


def test_a_column_that_holds_something_is_told_of_however_late(tmp_path: Path) -> None:
    assert _unread(_list(tmp_path, ["年 龄", "是否一户多残", "空的"], [66, "是", None])) == [
        "年龄",
        "是否一户多残",
    ]


def test_numbering_signatures_and_empty_columns_are_not(tmp_path: Path) -> None:
    headings = ["序号", "编号", "领款人签字", "签章", "领取人手印", "备注"]
    assert _unread(_list(tmp_path, headings, [1, "7", "张三丰", "张三丰", "按", " "])) == []


def test_columns_that_are_read_are_not(tmp_path: Path) -> None:
    assert _unread(_list(tmp_path, ["联系电话", "民族"], ["13900000001", "汉"])) == ["民族"]
