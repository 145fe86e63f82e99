"""The workbook of questions: what is in it, what is marked, how it is read back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText

from aidcli.errors import AidError
from aidcli.resources import data_dir
from aidcli.worklists import Marked, SheetData, find_layout, load_layouts, write_workbook
from aidcli.worklists.filled import FilledRow, rows_of, told_by

DAY = date(2026, 10, 8)
LAYOUT = find_layout(load_layouts([data_dir("templates/worklists")]), "review")
NAMES = ("left", "right", "evidence", "matter")
ROW = {
    **dict.fromkeys(NAMES, ""),
    "row_key": "q-1",
}


def written(tmp_path: Path, **cells: str) -> Path:
    out = tmp_path / "表.xlsx"
    rows = [ROW | cells, ROW | {"row_key": "q-2"}]
    write_workbook(LAYOUT, [SheetData("待确认", rows)], out, heading={"district": "示例区"}, as_of=DAY)
    return out


def lines(path: Path, sheet: str) -> list[tuple[int, tuple[str, ...]]]:
    """A sheet as readers hand it on."""
    ws = load_workbook(path)[sheet]
    return [
        (n, tuple("" if cell.value is None else str(cell.value) for cell in row))
        for n, row in enumerate(ws.iter_rows(), start=1)
    ]


def read(path: Path) -> list[FilledRow]:
    told = told_by(lines(path, "_meta"))
    assert told is not None and told.layout == "review"
    return list(rows_of(path.name, "待确认", lines(path, "待确认"), LAYOUT, told))


def test_what_differs_is_red_and_underlined(tmp_path: Path) -> None:
    out = written(tmp_path, left=Marked("王小明\n王晓明", [(1, 2), (5, 6)]))
    cell = load_workbook(out, rich_text=True)["待确认"]["C4"].value
    assert isinstance(cell, CellRichText)
    loud = [str(run) for run in cell if not isinstance(run, str) and run.font.u == "single"]
    assert loud == ["小", "晓"] and str(cell) == "王小明\n王晓明"
    assert {run.font.color.rgb for run in cell if run.font.u == "single"} == {"FFC00000"}
    assert load_workbook(out)["待确认"]["C4"].value == "王小明\n王晓明"


def test_marked_text_is_never_a_formula_and_loses_its_marks_with_what_excel_cannot_hold(
    tmp_path: Path,
) -> None:
    out = written(tmp_path, left=Marked("=1+1", [(0, 1)]), right=Marked("东\x01村", [(0, 1)]))
    cell = load_workbook(out)["待确认"]["C4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert load_workbook(out, rich_text=True)["待确认"]["D4"].value == "东村"


def test_it_prints_on_a4_landscape_with_letters_of_eight_points_or_more() -> None:
    # A program without the usual font takes 7.08 points for a unit of width, and 784 fit on the page.
    assert sum(column.width for column in LAYOUT.main.columns) * 7.08 * 0.8 <= 784


def test_the_lines_of_both_records_stand_beside_each_other(tmp_path: Path) -> None:
    ws = load_workbook(written(tmp_path, left="王小明\n东村", right="王晓明\n西村"))["待确认"]
    assert {ws[place].alignment.vertical for place in ("C4", "D4")} == {"top"}


def test_the_answer_is_a_drop_down_list(tmp_path: Path) -> None:
    ws = load_workbook(written(tmp_path))["待确认"]
    (rule,) = ws.data_validations.dataValidation
    assert (rule.formula1, str(rule.sqref)) == ('"是,否,存疑"', "G4:G5")
    assert ws["G3"].value == "是同一人吗" and ws["H3"].value == "理由（备注）"


def fill(path: Path, **cells: str) -> Path:
    book = load_workbook(path)
    for place, value in cells.items():
        book["待确认"][place] = value
    book.save(path)
    return path


def test_rows_come_back_by_their_keys_however_they_were_sorted(tmp_path: Path) -> None:
    path = fill(written(tmp_path), G4="是", H5="电话核实", A4="q-2", A5="q-1")
    assert [(row.row, row.key, dict(row.values)) for row in read(path)] == [
        (4, "q-2", {"answer": "是", "remark": ""}),
        (5, "q-1", {"answer": "", "remark": "电话核实"}),
    ]
    assert read(path)[0].letters["answer"] == "G"


def test_columns_may_move_but_not_lose_their_names(tmp_path: Path) -> None:
    path = written(tmp_path)
    book = load_workbook(path)
    book["待确认"].move_range("G3:G5", cols=4)
    book["待确认"]["K4"] = "否"
    book.save(path)
    assert read(path)[0].values["answer"] == "否" and read(path)[0].letters["answer"] == "K"
    with pytest.raises(AidError) as caught:
        read(fill(path, K3="结论"))
    assert (caught.value.code, caught.value.row) == ("columns_moved", 3)


def test_without_the_hidden_column_nobody_knows_which_row_is_which(tmp_path: Path) -> None:
    path = written(tmp_path)
    book = load_workbook(path)
    book["待确认"].delete_cols(1)
    book.save(path)
    with pytest.raises(AidError, match="隐藏的A列"):
        read(path)


def test_signatures_and_notes_are_no_rows_and_a_row_without_key_is_one(tmp_path: Path) -> None:
    path = fill(written(tmp_path), A5="", G5="是", G8="是")
    assert [(row.row, row.key) for row in read(path)] == [(4, "q-1"), (5, "")]


def test_other_workbooks_tell_nothing() -> None:
    assert told_by([]) is None
    assert (
        told_by([(1, ("file", "", "format", "aidcli_set_aside")), (2, ("sheet", "名单", "batch", "b1"))])
        is None
    )
