"""Sheets of leavers with a column of months: the end is of the month told, and nobody died then for that."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import TEMPLATES, TODAY, facts, id_number, rows, text_file, xlsx

from aidcli.intake.lists import open_lists
from aidcli.intake.rows.rereading import Layout, layout_of, reread
from aidcli.intake.rows.unread import UnreadColumns
from aidcli.model import RowRead

TITLE = "2026年9月高龄津贴停发人员名单"


def _left(folder: Path, heading: str, cell: str) -> RowRead:
    table = [["序号", "乡镇", "姓名", "身份证号", "停发原因", heading, "发放金额"]]
    table += [[1, "青禾镇", "张三", id_number(1), "死亡", cell, ""]]
    (row,) = rows(text_file(folder / f"{TITLE}.csv", table))
    return row


@pytest.mark.parametrize(
    ("heading", "cell", "months"),
    [
        ("停发月份", "2026-09", ["2026-09"]),
        ("停发月份", "2026年8月", ["2026-08", "2026-09"]),
        ("停保月份", "202607", ["2026-07", "2026-08", "2026-09"]),
        ("终止月份", "2026.8", ["2026-08", "2026-09"]),
        ("停发日期", "2026-08-31", ["2026-08", "2026-09"]),
        ("停发月份", "8月", ["2026-08", "2026-09"]),
        ("停发月份", "12月起", ["2025-12", *(f"2026-{month:02d}" for month in range(1, 10))]),
        ("停发月份", "2026-11", ["2026-11"]),
        ("停发月份", "见通知", ["2026-09"]),
        ("停发月份", "", ["2026-09"]),
        ("享受截止月份", "2026-07", ["2026-09"]),
        ("停车时间", "2026-07", ["2026-09"]),
    ],
)
def test_the_end_is_of_the_month_that_is_told_and_known_in_that_of_the_list(
    tmp_path: Path, heading: str, cell: str, months: list[str]
) -> None:
    row = _left(tmp_path, heading, cell)
    ends = facts(row, "ended")
    assert [fact.month for fact in ends] == months and len({fact.n for fact in ends}) == len(ends)
    (death,) = facts(row, "death")
    assert (death.day, death.month) == ("", "2026-09")  # the list's: nothing tells when somebody died


def test_a_sheet_beside_a_roster_and_a_row_read_again_say_the_same(tmp_path: Path) -> None:
    roster = [["户主姓名", "身份证号", "保障人数", "月保障金"], ["张三", id_number(1), 1, 300]]
    left = [["户主姓名", "户主身份证号", "减少原因", "停保月份"], ["李四", id_number(8), "就业", "2026-08"]]
    path = xlsx(tmp_path / "农村低保名册202610.xlsx", ("名单", roster), ("本月减少", left))
    (reading,) = open_lists(path, TEMPLATES, today=TODAY)
    (row,) = (row for row in reading.rows(1) if row.outcome != "skipped")
    assert [fact.month for fact in facts(row, "ended")] == ["2026-08", "2026-09", "2026-10"]
    layout = Layout.of_json(layout_of(reading, 1).as_json())
    (again,) = reread(reading.template, layout, path.name, "本月减少", [(2, row.cells)], "2026-10", TODAY)
    assert again.record == row.record


@pytest.mark.parametrize(("cell", "unread"), [("2026-08", False), ("8月", False), ("见通知", True)])
def test_a_column_of_months_is_left_out_only_where_it_tells_none(
    tmp_path: Path, cell: str, unread: bool
) -> None:
    roster = [["户主姓名", "身份证号", "保障人数", "月保障金"], ["张三", id_number(1), 1, 300]]
    left = [["户主姓名", "户主身份证号", "停保月份"], ["李四", id_number(8), cell]]
    path = xlsx(tmp_path / "农村低保名册202610.xlsx", ("名单", roster), ("本月减少", left))
    (reading,) = open_lists(path, TEMPLATES, today=TODAY)
    places = UnreadColumns(reading.planned[1]).filled([(2, ("李四", id_number(8), cell))])
    assert places == (frozenset({2}) if unread else frozenset())
