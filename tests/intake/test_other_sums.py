"""Printed sums of columns that are not read, of heads, of rows below the line, of the months beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import id_number, read, rows, text_file, xlsx

from aidcli.errors import AidError
from aidcli.model import RowRead

HEAD = ["序号", "户主姓名", "身份证号", "保障人数", "月保障金", "电价补贴", "家庭人均收入", "村"]
NAME = "农村低保名册2026年9月.xlsx"
OLD = ["姓名", "身份证号", "7月", "8月", "9月", "季度合计"]


def _house(number: int, heads: int, yuan: int, power: object = 8) -> list[object]:
    return [number, "张三丰", id_number(number), heads, yuan, power, 300, "东村"]


def _line(label: str, heads: object, yuan: object, power: object) -> list[object]:
    return [label, None, None, heads, yuan, power, 512, None]


def _told(found: list[RowRead]) -> list[tuple[int, str, str]]:
    """Row, column and value of what is said of sums."""
    return [(p.row, p.column, p.value) for row in found for p in row.problems if p.code == "total_mismatch"]


def _file(folder: Path, *lines: list[object]) -> list[tuple[int, str, str]]:
    path = xlsx(folder / NAME, ("S", [HEAD, *lines]))
    found = _told(rows(path))
    in_blocks = [p for block in read(path).blocks(0) for _, row in block.odd for p in row.problems]
    assert found == [(p.row, p.column, p.value) for p in in_blocks if p.code == "total_mismatch"]
    return found


def test_sums_of_heads_and_of_columns_without_a_field_are_checked(tmp_path: Path) -> None:
    people = [_house(1, 2, 600), _house(2, 1, 300)]
    assert _file(tmp_path, *people, _line("合计", 3, 900, 16)) == []
    assert _file(tmp_path, *people, _line("合计", 4, 900, 15)) == [(4, "D", "4"), (4, "F", "15")]


def test_parts_and_the_whole_are_each_right(tmp_path: Path) -> None:
    east, west = [_house(1, 2, 600), _house(2, 1, 300)], [_house(3, 1, 300)]
    lines = [*east, _line("东村小计", 3, 900, 16), *west, _line("西村小计", 1, 300, 8)]
    assert _file(tmp_path, *lines, _line("合计", 4, 1200, 24)) == []
    assert _file(tmp_path, *lines, _line("合计", 4, 1200, 25)) == [(7, "F", "25")]


def test_a_line_of_figures_without_a_word_ends_a_part(tmp_path: Path) -> None:
    lines = [_house(1, 2, 600), [None, None, None, 2, 600], _house(2, 1, 300), _line("小计", 1, 300, 8)]
    assert _file(tmp_path, *lines) == []


def test_an_average_and_words_below_it_are_no_sums(tmp_path: Path) -> None:
    table = [HEAD, _house(1, 1, 300, "已发"), _house(2, 1, 300, 8), _line("合计", 2, 600, 16)]
    assert _told(rows(xlsx(tmp_path / NAME, ("S", table)))) == []


@pytest.mark.parametrize("label", ["合计", "总计", "全镇合计"])
def test_a_sum_above_its_rows_is_held_against_them(label: str, tmp_path: Path) -> None:
    people = [_house(1, 2, 600), _house(2, 1, 300), ["制表人：王五"]]
    assert _file(tmp_path, _line(label, 3, 900, 16), *people) == []
    assert _file(tmp_path, _line(label, 4, 950, 16), *people) == [(2, "D", "4"), (2, "E", "950")]


def test_a_sum_above_its_rows_says_that_they_are_below(tmp_path: Path) -> None:
    path = xlsx(tmp_path / NAME, ("S", [HEAD, _line("合计", 1, 400, 8), _house(1, 1, 300)]))
    (said,) = [p.message for row in rows(path) for p in row.problems if p.code == "total_mismatch"]
    assert "写在各行上方" in said and "下方各行相加是300.00元，相差100.00元" in said


def test_sums_above_each_part_and_below_it(tmp_path: Path) -> None:
    east, west = [_house(1, 2, 600), _house(2, 1, 300)], [_house(3, 1, 300)]
    above = [
        _line("合计", 4, 1200, 24),
        _line("东村小计", 3, 900, 16),
        *east,
        _line("西村小计", 1, 300, 8),
        *west,
    ]
    assert _file(tmp_path, *above) == []
    mixed = [_line("合计", 4, 1200, 24), *east, _line("小计", 3, 900, 16), *west, _line("小计", 1, 300, 8)]
    assert _file(tmp_path, *mixed) == []
    wrong = [_line("合计", 4, 1200, 24), *east, _line("小计", 3, 900, 16), *west, _line("小计", 1, 350, 8)]
    assert _file(tmp_path, *wrong) == [(7, "E", "350")]


def _quarters(folder: Path, *lines: list[object], head: list[str] = OLD) -> list[tuple[int, str, str]]:
    path = xlsx(folder / "高龄津贴2026年第三季度.xlsx", ("S", [head, *lines]))
    reading = read(path)
    assert told_by_rows(reading) == told_by_blocks(reading)
    return _told(rows(path))


def test_a_quarter_that_is_not_its_months_is_told_at_its_row(tmp_path: Path) -> None:
    lines = [["张三", id_number(1), 100, 100, 100, 300], ["李四", id_number(2), 100, 100, None, 300]]
    assert _quarters(tmp_path, *lines, ["王五", id_number(3), 100, 100, 100, 300]) == [(3, "F", "300")]


def test_what_stands_between_the_months_and_their_sum_may_belong_to_it(tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "7月份金额", "8月份金额", "9月份金额", "补发", "合计"]
    first = ["张三", id_number(1), 100, 100, 100, 50, 350]
    assert _quarters(tmp_path, first, ["李四", id_number(2), 100, 100, 100, 50, 300], head=head) == []
    assert _quarters(tmp_path, first, ["李四", id_number(2), 100, 100, 100, 50, 330], head=head) == [
        (3, "G", "330")
    ]


def test_a_column_that_is_never_the_sum_of_the_months_is_another(tmp_path: Path) -> None:
    lines = [[f"张{word}", id_number(n), 100, 100, 100, 90] for n, word in enumerate("三四五六", start=1)]
    assert _quarters(tmp_path, *lines) == []


@pytest.mark.parametrize("parent", ["发放金额", "三季度发放金额"])
def test_the_sum_under_a_heading_that_is_known_is_its_money(parent: str, tmp_path: Path) -> None:
    upper, lower = ["姓名", "身份证号", parent, None, None, None], [None, None, "7月", "8月", "9月", "小计"]
    table = [upper, lower, ["张三", id_number(1), 100, 100, 100, 300]]
    path = xlsx(tmp_path / "高龄津贴2026年第三季度.xlsx", ("S", table), merges=["C1:F1", "A1:A2", "B1:B2"])
    (row,) = rows(path)
    assert row.record is not None
    assert [fact.fen for fact in row.record.facts if fact.kind == "benefit"] == [30000]


@pytest.mark.parametrize("heading", ["三季度发放金额", "第三季度津贴", "2026年三季度发放金额", "三季度合计"])
def test_a_quarter_may_be_named_in_the_heading(heading: str, tmp_path: Path) -> None:
    table = [["姓名", "身份证号", heading], ["张三", id_number(1), 300]]
    (row,) = rows(xlsx(tmp_path / "高龄津贴2026年第三季度.xlsx", ("S", table)))
    assert row.record is not None
    assert [(f.fen, f.num) for f in row.record.facts if f.kind == "benefit"] == [(30000, 3)]


def test_titles_of_villages_between_their_rows_are_nobody(tmp_path: Path) -> None:
    head = ["户主姓名", "身份证号", "保障人数", "月保障金"]
    lines = [
        ["张三", id_number(1), 1, 300],
        ["西村2026年9月农村低保发放名册"],
        head,
        ["李四", id_number(2), 1, 300],
    ]
    path = text_file(tmp_path / "农村低保名册2026年9月.csv", [head, *lines])
    assert [row.outcome for row in rows(path)] == ["kept", "skipped", "skipped", "kept"]


def test_a_list_for_another_month_below_the_first_is_refused(tmp_path: Path) -> None:
    head = ["户主姓名", "身份证号", "保障人数", "月保障金"]
    lines = [
        head,
        ["张三", id_number(1), 1, 300],
        ["东村2026年8月农村低保名册"],
        head,
        ["李四", id_number(2), 1, 300],
    ]
    path = text_file(tmp_path / "农村低保名册.csv", [["东村2026年9月农村低保名册"], *lines])
    with pytest.raises(AidError) as refused:
        rows(path)
    assert refused.value.code == "second_table" and refused.value.row == 4
    assert "2026-09" in refused.value.message and "2026-08" in refused.value.message
    with pytest.raises(AidError):
        list(read(path).blocks(0))


@pytest.mark.parametrize("last", ["2026年8月农村低保名册", "附：2026年8月农村低保名册"])
def test_a_title_at_the_end_begins_no_list(last: str, tmp_path: Path) -> None:
    head = ["户主姓名", "身份证号", "保障人数", "月保障金"]
    table = [["东村2026年9月农村低保名册"], head, ["张三", id_number(1), 1, 300], [last]]
    path = text_file(tmp_path / "农村低保名册.csv", table)
    assert [row.outcome for row in rows(path)] == ["kept", "skipped"]
    assert len(told_by_blocks(read(path))) == 1


def test_a_month_of_the_quarter_that_the_title_names_is_no_other(tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "发放金额"]
    people = [["张三", id_number(1), 100], ["2026年9月高龄津贴名册"], head, ["李四", id_number(2), 100]]
    path = text_file(tmp_path / "高龄津贴.csv", [["2026年三季度高龄津贴名册"], head, *people])
    assert [row.outcome for row in rows(path)] == ["kept", "skipped", "skipped", "kept"]
