from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from aidcli.errors import AidError, WrongUsage
from aidcli.resources import data_dir
from aidcli.worklists import Row, SheetData, find_layout, group_rows, load_layouts, write_workbook

LAYOUT = find_layout(load_layouts([data_dir("templates/worklists")]), "alert_check")
AS_OF = date(2026, 10, 8)


def alert(number: int = 1, **changed: str | int | None) -> Row:
    row: dict[str, str | int | None] = {
        "row_key": f"a-{number:020d}",
        "township": "青禾镇",
        "alert": f"a-{number:06d}",
        "village": "东风村",
        "head": "张三",
        "name": "李四",
        "id_number": "990101195001010016",
        "programme": "低保",
        "rule": "死亡后仍在册",
        "reason": "2026-09-12 死亡，2026年10月花名册仍在册",
        "priority": "急",
        "due": "2026-12-12",
        "citation": "第7条",
    }
    return {**row, **changed}


def export(folder: Path, *sheets: SheetData) -> Workbook:
    out = folder / "核查表.xlsx"
    write_workbook(LAYOUT, sheets, out, heading={"district": "示例区"}, as_of=AS_OF)
    return load_workbook(out)


def headings(ws: Worksheet) -> dict[str, str]:
    """Heading → column letter of the header row 3."""
    return {str(cell.value): cell.column_letter for cell in ws[3]}


def test_one_township_is_one_sheet_without_an_index(tmp_path: Path) -> None:
    book = export(tmp_path, SheetData("青禾镇", [alert()]))
    assert book.sheetnames == ["青禾镇", "_meta"]
    ws = book["青禾镇"]
    assert ws["B1"].value == "示例区疑点核查表（青禾镇）"
    assert "数据截至：2026年10月8日" in ws["B2"].value
    assert "共 1 条" in ws["B2"].value


def test_several_townships_get_an_index_with_links_first(tmp_path: Path) -> None:
    rows = [alert(1), alert(2, township="柳河街道"), alert(3)]
    book = export(tmp_path, *group_rows(LAYOUT, rows))
    assert book.sheetnames[:3] == ["目录", "青禾镇", "柳河街道"]
    front = book["目录"]
    table = [[cell.value for cell in line[1:]] for line in front["A4:D6"]]
    assert table == [[1, "青禾镇", 2], [2, "柳河街道", 1], ["合计", None, 3]]
    assert front["C4"].hyperlink.location == "'青禾镇'!A1"
    assert front["C4"].data_type == "s"


def test_every_text_is_text_whatever_it_begins_with(tmp_path: Path) -> None:
    dangerous = ["=cmd()", "+86 138", "-1", "@SUM(A1)", "#N/A", "=1+1", "0012"]
    rows = [alert(number, name=name, head=name, village=name) for number, name in enumerate(dangerous)]
    ws = export(tmp_path, SheetData("青禾镇", rows))["青禾镇"]
    columns = headings(ws)
    for row, name in enumerate(dangerous, 4):
        for heading in ("姓名", "户主", "村（社区）", "身份证号", "疑点编号"):
            cell = ws[f"{columns[heading]}{row}"]
            assert (cell.data_type, cell.number_format) == ("s", "@")
        assert ws[f"{columns['姓名']}{row}"].value == name
    assert {cell.data_type for line in ws.iter_rows() for cell in line} <= {"s", "n", "d"}


def test_cells_to_fill_in_are_empty_text_cells(tmp_path: Path) -> None:
    ws = export(tmp_path, SheetData("青禾镇", [alert()]))["青禾镇"]
    for heading in ("核查结果", "处理意见", "核查人（2人）", "备注"):
        cell = ws[f"{headings(ws)[heading]}4"]
        assert (cell.value, cell.number_format) == (None, "@")


def test_the_deadline_is_a_date_and_a_provisional_one_text(tmp_path: Path) -> None:
    rows = [alert(1), alert(2, due="2027-01-18（暂定）")]
    ws = export(tmp_path, SheetData("青禾镇", rows))["青禾镇"]
    letter = headings(ws)["核查期限"]
    assert ws[f"{letter}4"].value == datetime(2026, 12, 12)
    assert (ws[f"{letter}5"].value, ws[f"{letter}5"].number_format) == ("2027-01-18（暂定）", "@")


def test_drop_downs_and_the_visit_date_are_validated(tmp_path: Path) -> None:
    ws = export(tmp_path, SheetData("青禾镇", [alert(1), alert(2)]))["青禾镇"]
    rules = {str(rule.sqref): rule for rule in ws.data_validations.dataValidation}
    columns = headings(ws)
    result = rules[f"{columns['核查结果']}4:{columns['核查结果']}5"]
    assert (result.type, result.formula1) == ("list", '"属实,不属实,部分属实,无法核实"')
    assert "核查无变化" in rules[f"{columns['处理意见']}4:{columns['处理意见']}5"].formula1
    visit = rules[f"{columns['入户日期']}4:{columns['入户日期']}5"]
    assert (visit.type, visit.operator, visit.formula1, visit.formula2) == (
        "date",
        "between",
        "45658",
        "46752",
    )
    assert all(rule.showErrorMessage and rule.allow_blank for rule in rules.values())


def test_the_page_is_landscape_and_repeats_its_head(tmp_path: Path) -> None:
    ws = export(tmp_path, SheetData("青禾镇", [alert(1), alert(2)]))["青禾镇"]
    assert (ws.page_setup.paperSize, ws.page_setup.orientation) == (9, "landscape")
    assert ws.sheet_properties.pageSetUpPr.fitToPage
    assert (ws.page_setup.fitToWidth, ws.page_setup.fitToHeight) == (1, 0)
    assert ws.print_title_rows == "$1:$3"
    assert ws.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert ws.freeze_panes == "G4"
    assert ws.auto_filter.ref == "A3:R5"


def test_the_print_area_ends_with_the_signatures(tmp_path: Path) -> None:
    ws = export(tmp_path, SheetData("青禾镇", [alert(1), alert(2)], notes=["另附影像"]))["青禾镇"]
    last = ws.max_row
    assert ws.print_area == f"'青禾镇'!$B$1:$R${last}"
    signed = "".join(str(cell.value or "") for cell in ws[last])
    assert signed == "核查人：村（社区）负责人：乡镇（街道）审核人：日期："
    assert ws[f"B{last - 1}"].value == "另附影像"


def test_long_evidence_gets_a_row_as_high_as_its_lines(tmp_path: Path) -> None:
    rows = [alert(1, reason="证" * 170), alert(2, reason="短")]
    ws = export(tmp_path, SheetData("青禾镇", rows))["青禾镇"]
    assert ws[f"{headings(ws)['原因与证据']}4"].alignment.wrap_text
    assert ws.row_dimensions[4].height >= 10 * 14
    assert ws.row_dimensions[5].height == 24


def test_no_row_is_higher_than_excel_allows(tmp_path: Path) -> None:
    ws = export(tmp_path, SheetData("青禾镇", [alert(1, reason="证" * 5000)]))["青禾镇"]
    assert ws.row_dimensions[4].height == 409


def test_row_keys_stand_in_a_hidden_column_inside_the_filter(tmp_path: Path) -> None:
    ws = export(tmp_path, SheetData("青禾镇", [alert(7), alert(8)]))["青禾镇"]
    assert ws.column_dimensions["A"].hidden
    assert [ws["A3"].value, ws["A4"].value, ws["A5"].value] == ["row_key", f"a-{7:020d}", f"a-{8:020d}"]


def test_the_hidden_meta_sheet_tells_how_to_read_the_file_back(tmp_path: Path) -> None:
    book = export(tmp_path, SheetData("青禾镇", [alert(7)]), SheetData("柳河街道", []))
    assert book["_meta"].sheet_state == "veryHidden"
    lines = [tuple(cell or "" for cell in line) for line in book["_meta"].iter_rows(values_only=True)]
    assert ("file", "", "layout", "alert_check") in lines
    assert ("file", "", "version", "1") in lines
    assert ("file", "", "as_of", "2026-10-08") in lines
    assert ("column", "青禾镇", "result", headings(book["青禾镇"])["核查结果"]) in lines
    assert [line for line in lines if line[0] == "row"] == [("row", "青禾镇", "4", f"a-{7:020d}")]


@pytest.mark.parametrize("sheets", [[SheetData("青禾镇", [])], []])
def test_no_alerts_is_a_sheet_that_says_so(tmp_path: Path, sheets: list[SheetData]) -> None:
    ws = export(tmp_path, *sheets).worksheets[0]
    assert ws["B4"].value == "本期无疑点"
    assert ws.data_validations.count == 0
    assert ws.auto_filter.ref is None


def test_a_row_without_a_column_of_the_layout_is_refused(tmp_path: Path) -> None:
    row = dict(alert())
    del row["citation"]
    with pytest.raises(AidError, match="“依据”（citation）没有数据") as caught:
        export(tmp_path, SheetData("青禾镇", [row]))
    assert caught.value.code == "unknown_column"


def test_a_title_that_needs_more_than_the_heading_gives_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AidError, match=r"\{district\}") as caught:
        write_workbook(LAYOUT, [], tmp_path / "x.xlsx", heading={}, as_of=AS_OF)
    assert caught.value.code == "unknown_field"


@pytest.mark.parametrize("rows", [[alert(1, row_key="")], [alert(1), alert(1)]])
def test_a_missing_or_repeated_key_is_a_fault_of_the_program(tmp_path: Path, rows: list[Row]) -> None:
    with pytest.raises(ValueError, match="row_key"):
        export(tmp_path, SheetData("青禾镇", rows))


def test_rows_group_by_any_field_they_have() -> None:
    rows = [alert(1, village="甲村"), alert(2, village=""), alert(3, village="甲村")]
    sheets = group_rows(LAYOUT, rows, "village")
    assert [(sheet.name, len(sheet.rows)) for sheet in sheets] == [("甲村", 2), ("未填", 1)]
    with pytest.raises(WrongUsage, match="adviser"):
        group_rows(LAYOUT, rows, "adviser")
