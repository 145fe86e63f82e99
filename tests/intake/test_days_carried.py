"""Registers of visits written day by day: the day stands in the first row and holds for those below."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import codes, facts, id_number, kept, rows, xlsx

_HEAD = ["走访日期", "走访对象", "身份证号", "家庭情况", "走访人"]


def _body(days: list[str]) -> list[list[object]]:
    return [
        [day, f"张三{'丰甲乙丙丁戊'[at]}", id_number(at + 1), "无变化", "王干部"]
        for at, day in enumerate(days)
    ]


@pytest.mark.parametrize("merges", [(), ("A2:A3", "A4:A5")])
def test_a_blank_day_is_that_of_the_rows_above(merges: tuple[str, ...], tmp_path: Path) -> None:
    table = [_HEAD, *_body(["9.3", "", "9月7日", "", "9.9"]), ["", "合计", "", "", ""]]
    read = kept(xlsx(tmp_path / "2026年9月走访登记.xlsx", ("走访", table), merges=merges))
    days = ["2026-09-03", "2026-09-03", "2026-09-07", "2026-09-07", "2026-09-09"]
    assert [facts(row, "visited")[0].day for row in read] == days
    assert codes(read[0]).get("day_carried") == "note"


def test_one_row_without_a_day_is_a_row_without_a_day(tmp_path: Path) -> None:
    table = [_HEAD, *_body(["2026-09-03", "2026-09-04", "", "2026-09-07"])]
    read = rows(xlsx(tmp_path / "2026年9月走访登记.xlsx", ("走访", table)))
    assert [row.outcome for row in read] == ["kept", "kept", "set_aside", "kept"]


def test_days_behind_the_names_are_not_carried(tmp_path: Path) -> None:
    table = [
        [*_HEAD[1:], _HEAD[0]],
        *([*row[1:], row[0]] for row in _body(["2026-09-03", "", "2026-09-07", ""])),
    ]
    read = rows(xlsx(tmp_path / "2026年9月走访登记.xlsx", ("走访", table)))
    assert [row.outcome for row in read] == ["kept", "set_aside", "kept", "set_aside"]
