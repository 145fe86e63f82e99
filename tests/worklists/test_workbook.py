from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from aidcli.errors import AidError, WrongUsage
from aidcli.worklists import Layout, SheetData, write_workbook

AS_OF = date(2026, 10, 8)
WORDS = [f"第{number}种很长很长的处理意见" for number in range(30)]


def layout(**column: object) -> Layout:
    return Layout.model_validate(
        {
            "key": "visit",
            "label": "走访表",
            "version": 3,
            "group_by": "township",
            "tables": {
                "main": {
                    "title": "走访表（{group}）",
                    "columns": [
                        {"key": "name", "heading": "姓名", "width": 10},
                        {"key": "answer", "heading": "意见", "width": 20, "kind": "fill", **column},
                    ],
                    "signatures": ["走访人：", "日期："],
                }
            },
        }
    )


SHEETS = [SheetData(town, [{"row_key": "v-1", "name": "张三"}]) for town in ("甲镇", "乙镇", "丙镇")]


def export(out: Path, plan: Layout | None = None) -> Path:
    write_workbook(plan or layout(), SHEETS, out, heading={}, as_of=AS_OF)
    return out


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    assert export(tmp_path / "a.xlsx").read_bytes() == export(tmp_path / "b.xlsx").read_bytes()


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]);"
        "from test_workbook import export; export(Path(sys.argv[2]))"
    )
    digests = set()
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.xlsx"
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent), str(out)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=True,
        )
        digests.add(hashlib.sha256(out.read_bytes()).hexdigest())
    assert len(digests) == 1


def test_every_time_in_the_file_is_the_as_of_day(tmp_path: Path) -> None:
    out = export(tmp_path / "a.xlsx")
    properties = load_workbook(out).properties
    assert (properties.created, properties.modified) == (datetime(2026, 10, 8), datetime(2026, 10, 8))
    assert properties.creator == "aidcli"
    with ZipFile(out) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 10, 8, 0, 0, 0)}


def test_a_long_drop_down_list_stands_once_on_a_hidden_sheet(tmp_path: Path) -> None:
    book = load_workbook(export(tmp_path / "a.xlsx", layout(kind="choice", values=WORDS)))
    assert book["_lists"].sheet_state == "hidden"
    assert [cell.value for cell in book["_lists"]["A"]] == WORDS
    assert book["_lists"].max_column == 1
    for name in ("甲镇", "乙镇"):
        (rule,) = book[name].data_validations.dataValidation
        assert rule.formula1 == "'_lists'!$A$1:$A$30"


def test_a_word_with_a_comma_is_not_cut_in_two(tmp_path: Path) -> None:
    book = load_workbook(export(tmp_path / "a.xlsx", layout(kind="choice", values=["是, 属实", "否"])))
    assert [cell.value for cell in book["_lists"]["A"]] == ["是, 属实", "否"]


def test_borders_are_drawn_on_every_cell_of_the_table(tmp_path: Path) -> None:
    ws = load_workbook(export(tmp_path / "a.xlsx"))["甲镇"]
    for cell in (ws["B2"], ws["C2"], ws["B3"], ws["C3"]):
        assert {cell.border.left.style, cell.border.top.style, cell.border.bottom.style} == {"thin"}


def test_an_existing_file_is_replaced(tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    out.write_text("old")
    export(out)
    assert load_workbook(out).sheetnames == ["甲镇", "乙镇", "丙镇", "_meta"]
    assert list(tmp_path.iterdir()) == [out]


def test_a_file_open_in_excel_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "a.xlsx"
    out.write_text("old")

    def locked(self: Path, target: Path) -> None:
        raise PermissionError(13, "sharing violation", str(target))

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(AidError) as caught:
        export(out)
    assert caught.value.code == "output_locked"
    assert caught.value.message == "“a.xlsx”正被 Excel 或 WPS 打开，请关闭后重试"
    assert list(tmp_path.iterdir()) == [out]
    assert out.read_text() == "old"


@pytest.mark.parametrize(
    ("error", "code"),
    [(PermissionError(13, "denied"), "output_denied"), (OSError(28, "No space left"), "output_failed")],
)
def test_a_disk_that_does_not_take_the_file_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str
) -> None:
    def failing(descriptor: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(AidError) as caught:
        export(tmp_path / "a.xlsx")
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "code"), [("none/a.xlsx", "output_folder_missing"), ("folder.xlsx", "output_is_folder")]
)
def test_a_place_that_cannot_hold_a_file_is_refused(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(AidError) as caught:
        export(tmp_path / name)
    assert caught.value.code == code
    assert caught.value.hint


def test_a_name_that_excel_would_not_open_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match=r"\.xlsx"):
        export(tmp_path / "a.xls")
