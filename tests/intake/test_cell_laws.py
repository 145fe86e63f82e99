"""What holds for every cell: refused in one way only, nothing lost in between, fast and long way alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidcli import idnumber, names
from aidcli.intake.coercion import answers, cells, dates
from aidcli.intake.coercion.cells import CellError, DateText, NumberText
from aidcli.intake.coercion.choices import choice
from aidcli.intake.regions import Regions
from aidcli.intake.vocabulary.household import RESIDENCE

TODAY = date(2026, 10, 8)
READERS: tuple[Callable[[str], object], ...] = (
    cells.clean,
    cells.text,
    cells.money,
    lambda raw: cells.money(raw, 10000, monthly=False),
    cells.count,
    cells.grade,
    cells.yes_no,
    cells.account,
    lambda raw: cells.account(raw, was_number=True),
    cells.phone,
    cells.split_list,
    cells.shown,
    lambda raw: choice(raw, RESIDENCE),
    lambda raw: dates.day(raw, today=TODAY),
    lambda raw: dates.day(raw, date1904=True),
    lambda raw: dates.month(raw, was_number=True, today=TODAY),
    dates.span,
    dates.is_open,
    answers.case_number,
    answers.township,
    answers.disability_card,
    idnumber.read,
    idnumber.is_repaired,
    idnumber.is_wrapped,
    idnumber.holds_several,
    idnumber.note,
    names.compact,
    names.former,
    names.is_masked,
    names.title,
    Regions().township,
    lambda raw: Regions().village(raw, "青禾镇"),
)

# Pieces of what stands in real cells, glued together in any order: nearer to them than random text.
_WRITTEN = (
    "2024 7 01 - / . 年 月 日 至 今 元 万 角 约 （ ） ( ) 1e9 E+17 99010119600101001 X O * 壹 佰 零 三 十 人 级 一 ☑ 是 否 • "
    "、 ； 1. ① \u200b ' ² ٣ 长期 曾用名 张三 镇 村委会 #N/A = \x00"
)
PIECES = st.sampled_from([*_WRITTEN.split(" "), "\n", " ", "\u3000"])
ANYTHING = st.text(max_size=16) | st.lists(PIECES, max_size=8).map("".join)


@given(ANYTHING, st.sampled_from((str, NumberText, DateText)))
def test_a_cell_is_read_or_refused_and_nothing_else_happens(written: str, kind: type[str]) -> None:
    for read in READERS:
        try:
            read(kind(written))
        except CellError as error:
            assert error.code and error.message


@given(ANYTHING)
def test_the_fast_ways_give_what_the_long_ways_give(written: str) -> None:
    assert cells.clean(written) == cells._cleaned(written)
    assert cells.text(written) == cells._text(written)
    assert cells.phone(written) == cells._phone(written)


@given(st.text("0123456789", min_size=11, max_size=11))
def test_eleven_digits_are_a_phone_number_either_way(written: str) -> None:
    assert cells.phone(written) == cells._phone(written)


@given(st.integers(0, 9999))
def test_a_count_in_any_spelling_is_the_same_count(number: int) -> None:
    for written in (f"{number}", f"{number}人", f"{number}.0", f" {number} 口人", f"共{number}人"):
        assert cells.count(written) == number


@given(
    st.lists(st.text("张三李四王五", min_size=1, max_size=3), min_size=2, max_size=5),
    st.sampled_from("；;，,、\n|\t/／"),
)
def test_a_list_comes_apart_at_any_separator(entries: list[str], separator: str) -> None:
    assert cells.split_list(separator.join(entries)) == entries
    assert cells.split_list(" ".join(f"{at}.{entry}" for at, entry in enumerate(entries, 1))) == entries


@pytest.mark.parametrize("mark", ["\u200b", "\u200e", "\ufeff", "\u00ad", "\u2060", "\u202c"])
def test_invisible_marks_are_no_part_of_a_cell(mark: str) -> None:
    assert cells.text(f"{mark}青禾{mark}镇") == "青禾镇"
    assert cells.money(f"{mark}521") == 52100
    assert dates.day(f"{mark}2024-07-01") == "2024-07-01"
    assert cells.account(f"{mark}6217000000000001234") == "6217000000000001234"
    assert cells.is_empty(mark)
