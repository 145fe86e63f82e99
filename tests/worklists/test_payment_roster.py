from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from aidcli.errors import AidError
from aidcli.resources import data_dir
from aidcli.worklists import Row, SheetData, find_layout, load_layouts, write_workbook

LAYOUT = find_layout(load_layouts([data_dir("templates/worklists")]), "payment_roster")
HEADING = {
    "district": "示例区",
    "period": "2026年10月",
    "programme": "最低生活保障金",
    "office": "示例区民政局",
}


def payment(number: int, amount: int, **changed: str | int | None) -> Row:
    row: dict[str, str | int | None] = {
        "row_key": f"y-{number}",
        "household": f"h-{number}",
        "village": "东风村",
        "payee": "张三",
        "id_number": "990101195001010016",
        "programme": "低保",
        "covered": 2,
        "months": "2026年10月",
        "amount": amount,
        "bank": "示例农商行",
        "account": "6228480000000000123",
        "remark": "",
    }
    return {**row, **changed}


def export(folder: Path, *sheets: SheetData) -> Workbook:
    out = folder / "花名册.xlsx"
    write_workbook(LAYOUT, sheets, out, heading=HEADING, as_of=date(2026, 10, 8))
    return load_workbook(out)


def test_each_sheet_is_summed_in_figures_and_capitals(tmp_path: Path) -> None:
    rows = [payment(1, 67805), payment(2, 100)]
    ws = export(tmp_path, SheetData("青禾镇", rows, total={"amount": 67905, "covered": 4}))["青禾镇"]
    assert ws["B1"].value == "示例区2026年10月最低生活保障金发放花名册（青禾镇）"
    assert [ws["B6"].value, ws["G6"].value, ws["I6"].value] == ["合计", 4, 679.05]
    assert ws["I6"].number_format == ws["I4"].number_format == "#,##0.00"
    assert ws["B7"].value == "合计（大写）：陆佰柒拾玖元零伍分"


def test_the_summary_comes_first_and_adds_the_townships_up(tmp_path: Path) -> None:
    book = export(
        tmp_path,
        SheetData("青禾镇", [payment(1, 50000), payment(2, 1, household="h-1", covered=None)]),
        SheetData("柳河街道", [payment(3, 60010)]),
    )
    assert book.sheetnames[0] == "汇总"
    front = book["汇总"]
    table = [[cell.value for cell in line] for line in front["B4:F6"]]
    assert table == [
        [1, "青禾镇", 1, 2, 500.01],
        [2, "柳河街道", 1, 2, 600.1],
        ["合计", None, 2, 4, 1100.11],
    ]
    assert front["B7"].value == "合计（大写）：壹仟壹佰元零壹角壹分"


def test_money_is_written_digit_by_digit(tmp_path: Path) -> None:
    fen = [1, 10, 29, 123456789012345, 99999999999999, -5]
    export(tmp_path, SheetData("青禾镇", [payment(number, value) for number, value in enumerate(fen)]))
    with ZipFile(tmp_path / "花名册.xlsx") as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()
    for written in ("0.01", "0.1", "0.29", "1234567890123.45", "999999999999.99", "-0.05"):
        assert f"<v>{written}</v>" in xml


@pytest.mark.parametrize("amount", [1.5, "100", True])
def test_money_that_is_not_fen_is_refused(tmp_path: Path, amount: object) -> None:
    row = {**payment(1, 1), "amount": amount}
    with pytest.raises(TypeError):
        export(tmp_path, SheetData("青禾镇", [row]))  # type: ignore[list-item]


def test_money_beyond_the_digits_of_excel_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        export(tmp_path, SheetData("青禾镇", [payment(1, 10**15)]))


def test_a_control_sum_that_differs_stops_the_export(tmp_path: Path) -> None:
    with pytest.raises(AidError) as caught:
        export(tmp_path, SheetData("青禾镇", [payment(1, 100)], total={"amount": 101}))
    assert caught.value.code == "total_differs"
    assert list(tmp_path.iterdir()) == []


def test_accounts_and_numbers_are_text(tmp_path: Path) -> None:
    ws = export(tmp_path, SheetData("青禾镇", [payment(1, 1)]))["青禾镇"]
    for letter, value in (("E", "990101195001010016"), ("K", "6228480000000000123")):
        cell = ws[f"{letter}4"]
        assert (cell.value, cell.data_type, cell.number_format) == (value, "s", "@")


def test_an_institution_has_a_list_of_names(tmp_path: Path) -> None:
    person = {
        "row_key": "y-1/p-1",
        "village": "柳河村",
        "name": "赵六",
        "id_number": "990101195001010016",
        "programme": "特困",
        "months": "2026年10月",
        "amount": 123400,
        "remark": "",
    }
    annex = SheetData("中心敬老院", [person], table="annex")
    book = export(tmp_path, SheetData("青禾镇", [payment(1, 123400)]), annex)
    assert book.sheetnames == ["汇总", "青禾镇", "中心敬老院", "_meta"]
    ws = book["中心敬老院"]
    assert ws["B1"].value == "示例区2026年10月特困人员集中供养名单（中心敬老院）"
    assert ws["B6"].value == "合计（大写）：壹仟贰佰叁拾肆元整"
    assert book["汇总"]["F4"].value == 1234


def test_questions_wait_for_the_approver_s_answer(tmp_path: Path) -> None:
    question = {
        "row_key": "q-1",
        "category": "死亡疑点",
        "payment": "y-12345678",
        "township": "青禾镇",
        "head": "张三",
        "subject": "李四",
        "question": "火化登记显示已死亡",
        "evidence": "《火化.xlsx》第3行",
    }
    sheets = [SheetData("问题单", [question], table="questions"), SheetData("青禾镇", [payment(1, 1)])]
    book = export(tmp_path, *sheets)
    ws = book["问题单"]
    headings = " ".join(str(cell.value) for cell in ws[3][1:])
    assert headings == "序号 类别 付款编号 乡镇 户主 对象 问题 证据 审批人意见 说明"
    assert [cell.value for cell in ws[4][9:]] == [None, None]
    (rule,) = ws.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("J4", '"照发,缓发,更正"')


def test_a_run_without_payments_says_so(tmp_path: Path) -> None:
    book = export(tmp_path)
    assert book.worksheets[1]["B4"].value == "本期无发放"
    assert book["汇总"]["F5"].value == 0
    assert book["汇总"]["B6"].value == "合计（大写）：零元整"


def test_written_says_what_was_written(tmp_path: Path) -> None:
    sheets = [SheetData("青禾镇", [payment(1, 1), payment(2, 2)]), SheetData("青禾镇", [payment(3, 3)])]
    out = tmp_path / "花名册.xlsx"
    written = write_workbook(LAYOUT, sheets, out, heading=HEADING, as_of=date(2026, 10, 8))
    assert (written.file, written.sheets, written.rows) == (out, ("汇总", "青禾镇", "青禾镇（2）"), 3)
