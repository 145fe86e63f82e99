from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidcli.worklists.text import clean, line_count, sheet_title, width


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("张三", "张三"),
        ("张\x00三\x1f", "张三"),
        ("一行\r\n二行\r三行", "一行\n二行\n三行"),
        ("甲\t乙", "甲 乙"),
        ("坏\ud800字\uffff", "坏字"),
        ("𠮷田㛃", "𠮷田㛃"),
        ("=cmd()", "=cmd()"),
    ],
)
def test_only_what_a_workbook_cannot_store_goes(raw: str, kept: str) -> None:
    assert clean(raw) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    once = clean(raw)
    assert clean(once) == once
    once.encode("utf-8")


@pytest.mark.parametrize(
    ("written", "columns"), [("", 0), ("ab12", 4), ("低保", 4), ("（3）", 5), ("e\u0301", 1)]
)
def test_chinese_letters_take_two_columns(written: str, columns: int) -> None:
    assert width(written) == columns


@pytest.mark.parametrize(
    ("written", "columns", "lines"),
    [
        ("", 10, 1),
        ("一二三四五", 10, 1),
        ("一二三四五六", 10, 2),
        ("一\n二", 10, 2),
        ("编号 ABCDEFG", 10, 2),
        ("990101195001011000", 10, 2),
        ("号990101195001011000", 10, 3),
    ],
)
def test_lines_are_counted_as_excel_wraps_them(written: str, columns: int, lines: int) -> None:
    assert line_count(written, columns) == lines


def test_a_sheet_name_loses_what_excel_forbids() -> None:
    assert sheet_title("[青禾]镇:a/b\\c*?", set()) == "［青禾］镇：a／b＼c＊？"
    assert sheet_title("'青禾镇'", set()) == "青禾镇"
    assert sheet_title(" \n ", set()) == "未填"


def test_sheet_names_are_unique_whatever_the_case() -> None:
    taken: set[str] = set()
    names = [sheet_title(name, taken) for name in ("Town", "TOWN", "town", "_meta", "History")]
    assert names == ["Town", "TOWN（2）", "town（3）", "_meta（2）", "History（2）"]


@given(st.lists(st.text(max_size=40), max_size=8))
def test_every_sheet_name_is_one_that_excel_takes(raw: list[str]) -> None:
    taken: set[str] = set()
    names = [sheet_title(name, taken) for name in raw]
    assert len({name.casefold() for name in names}) == len(raw)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'") and not name.endswith("'")
