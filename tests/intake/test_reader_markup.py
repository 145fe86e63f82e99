"""Web pages, single-file pages and the XML of Excel 2003, all of which arrive with the ending .xls."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest
from intake_files import UNEMPLOYED, id_number, kept, person
from laws import examples
from reader_files import filled

from aidcli.errors import AidError
from aidcli.intake.coercion.cells import UNCOMPUTED, DateText, NumberText
from aidcli.intake.formats import grid
from aidcli.intake.formats.source import Merge, Sheet, open_source


def page(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def only(path: Path) -> Sheet:
    (sheet,) = open_source(path).sheets
    return sheet


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("utf-8", '<meta charset="utf-8">'),
        ("utf-8-sig", ""),
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
        ("gb18030", ""),
        ("gb18030", '<meta charset="utf-8">'),
        ("utf-16", ""),
    ],
)
def test_a_page_is_read_in_the_encoding_it_is_written_in(tmp_path: Path, encoding: str, meta: str) -> None:
    cells = "".join(f"<th>{heading}</th>" for heading in UNEMPLOYED)
    data = f"<td>李四</td><td style=\"mso-number-format:'\\@'\">{id_number(2)}</td><td>2026-09-01</td>"
    text = f"<html><head>{meta}</head><body><table><tr>{cells}</tr><tr>{data}</tr></table></body></html>"
    (row,) = kept(page(tmp_path / "失业202609.xls", text, encoding))
    assert person(row).identity.name == "李四" and person(row).identity.id_kind == "valid"


def test_spans_become_merges_and_push_cells_aside(tmp_path: Path) -> None:
    text = (
        "<table border=1><tr><td rowspan=2>河东镇<td colspan=2>甲<td>丁</tr>"
        "<tr><td>乙<td>丙</tr><tr><td>a<td>b</table>"
    )
    sheet = only(page(tmp_path / "名单.xls", text))
    assert filled(sheet) == [(1, ("河东镇", "甲", "", "丁")), (2, ("", "乙", "丙")), (3, ("a", "b"))]
    assert sheet.merges == (Merge(1, 2, 0, 0),)
    assert sheet.name == "名单"


def test_text_of_a_cell_is_what_a_reader_sees(tmp_path: Path) -> None:
    text = (
        "<table><tr><td> 甲\n  乙&nbsp;</td><td>一<br>二<br/></td><td><p>三</p><p>四</p></td><td>&lt;5&#20803;</td>"
        "<td><!-- x --><b>粗</b><script>if(1<2){}</script></td><td>&nbsp;</td></tr></table>"
    )
    assert filled(only(page(tmp_path / "a.xls", text))) == [(1, ("甲 乙", "一\n二", "三\n四", "<5元", "粗"))]


def test_only_long_numbers_that_the_page_calls_numbers_have_lost_digits(tmp_path: Path) -> None:
    number = id_number(2)
    text = (
        f"<table><tr><td>{number}</td><td x:num>370102199001011234</td><td x:num='370102199001011234'>3.70102E+17</td>"
        "<td sdval='3.70102199001011E+017'>3.70102199001011E+017</td><td x:num='45474'>2024/7/1</td></tr></table>"
    )
    ((_, found),) = filled(only(page(tmp_path / "a.xls", text)))
    assert found == (number, *("370102199001011000",) * 3, "2024/7/1")
    assert [type(cell) for cell in found] == [str, NumberText, NumberText, NumberText, str]


def test_each_table_with_something_in_it_is_a_sheet(tmp_path: Path) -> None:
    text = (
        "<html><table><tr><td><table><tr><td>甲</td></tr></table></td></tr></table>"
        "<table><tr><td></td></tr></table><table><tr style='display:none'><td>乙</td></tr><tr><td>丙</td></tr></table>"
    )
    first, second = open_source(page(tmp_path / "a.xls", text)).sheets
    assert (filled(first), filled(second)) == ([(1, ("甲",))], [(1, ("乙",)), (2, ("丙",))])
    assert (first.name, second.name, second.hidden_rows) == ("表1", "表2", {1})


def test_the_name_that_excel_notes_in_a_page_is_the_sheets(tmp_path: Path) -> None:
    note = "<!--[if gte mso 9]><xml><x:ExcelWorksheet><x:Name>河东镇</x:Name></x:ExcelWorksheet></xml><![endif]-->"
    assert (
        only(page(tmp_path / "a.xls", f"<html><head>{note}</head><table><tr><td>甲</table>")).name == "河东镇"
    )


@pytest.mark.parametrize("how", ["quoted-printable", "base64"])
def test_a_single_file_page_is_read(tmp_path: Path, how: str) -> None:
    text = "<html><meta charset=gb2312><table><tr><td>姓名</td><td>李四</td></tr></table></html>".encode(
        "gbk"
    )
    body = base64.encodebytes(text) if how == "base64" else quopri.encodestring(text)
    head = (
        'MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary="-x"\r\n\r\n'
        f"---x\r\nContent-Location: a.htm\r\nContent-Transfer-Encoding: {how}\r\nContent-Type: text/html\r\n\r\n"
    )
    (tmp_path / "名单.xls").write_bytes(head.encode() + body + b"\r\n---x--\r\n")
    assert filled(only(tmp_path / "名单.xls")) == [(1, ("姓名", "李四"))]


BOOK = """<?xml version="1.0"{encoding}?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">
<Worksheet ss:Name="名单"><Table>
<Column ss:Index="2" ss:Hidden="1" ss:Span="1"/>
<Row ss:Index="2"><Cell ss:MergeDown="1"><Data ss:Type="String">河东镇</Data><Comment><ss:Data>注</ss:Data></Comment></Cell>
<Cell><Data ss:Type="Number">370102199001011234</Data></Cell>
<Cell ss:MergeAcross="1"><Data ss:Type="DateTime">2024-07-01T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell ss:Index="8" ss:Formula="=R1C1"/></Row>
<Row ss:Hidden="1"><Cell ss:Index="2"><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">甲<B>乙</B></ss:Data></Cell>
<Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="DateTime">1899-12-31T08:30:00.000</Data></Cell></Row>
<Row ss:Span="2"/><Row><Cell><Data ss:Type="String">尾</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="藏"><Table/><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible>
</WorksheetOptions></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb2312", "utf-16"])
def test_the_xml_of_excel_2003_is_read(tmp_path: Path, encoding: str) -> None:
    declared = f' encoding="{encoding.removesuffix("-sig")}"'
    sheet, hidden = open_source(page(tmp_path / "名单.xls", BOOK.format(encoding=declared), encoding)).sheets
    found = filled(sheet)
    assert found == [
        (2, ("河东镇", "370102199001011000", "2024-07-01", "", "TRUE", "", "", UNCOMPUTED)),
        (3, ("", "甲乙", "#N/A", "08:30:00")),
        (7, ("尾",)),
    ]
    assert [type(cell) for cell in found[0][1][1:3]] == [NumberText, DateText]
    assert sheet.merges == (Merge(2, 3, 0, 0),)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({3}, {1, 2})
    assert (sheet.hidden, hidden.hidden) == (False, True)


def test_entities_in_the_xml_of_excel_2003_are_refused(tmp_path: Path) -> None:
    text = BOOK.format(encoding="").replace("?>\n", '?><!DOCTYPE x [<!ENTITY a "b">]>\n', 1)
    with pytest.raises(AidError) as caught:
        open_source(page(tmp_path / "名单.xls", text))
    assert "实体" in caught.value.message


@pytest.mark.law
@pytest.mark.parametrize(
    "text",
    [
        "<table>" + "<tr><td colspan=1000>x</td><td>y</td></tr>" * 40_000,
        "<table><tr><td>x</td></tr></table>" * 1500,
        "<table><tr>" + "<td colspan=1000></td>" * 17 + "<td>x</td></tr></table>",
    ],
    ids=["places", "tables", "columns"],
)
def test_a_page_with_more_than_a_sheet_can_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(grid, "_MOST_PLACES", examples(2**18, grid._MOST_PLACES))
    with pytest.raises(AidError) as caught:
        open_source(page(tmp_path / "名单.xls", text))
    assert caught.value.code == "unreadable_workbook" and "名单.xls" in caught.value.message
