"""The reader of .xlsx: everything openpyxl reads is read the same, and what other programs write besides."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from reader_files import (
    MAIN,
    filled,
    kinds,
    only_sheet,
    parts_of,
    read_by_openpyxl,
    sheet_xml,
    styles_xml,
    workbook,
    zipped,
)

from aidcli.errors import AidError
from aidcli.intake.coercion.cells import UNCOMPUTED, DateText, NumberText
from aidcli.intake.formats.source import Merge, open_source

pytestmark = [
    pytest.mark.filterwarnings("ignore:Cell .* is marked as a date"),
    pytest.mark.filterwarnings("ignore:Workbook contains no"),
]

FORMATS = [
    *(
        "0.00",
        "yyyy-mm-dd",
        'yyyy"年"m"月"d"日"',
        "[h]:mm:ss",
        "hh:mm",
        "[红色]0.00",
        "[$-804]yyyy/m/d;@",
        "@",
    ),
    *(
        "#,##0.00_ ;-#,##0.00",
        "00000000",
        "0.00E+00",
        '"共"0"户"',
        "General;yyyy",
        "\\d0",
        "mm:ss.0",
        "[Red]0",
    ),
    *(14, 22, 45, 46, 47, 20, 9, 49),
]


def same_as_openpyxl(path: Path) -> list[list[tuple[int, tuple[str, ...]]]]:
    """Reads every sheet and checks it against openpyxl, the type of each cell included."""
    ours = [filled(sheet) for sheet in open_source(path).sheets]
    theirs = read_by_openpyxl(path)
    assert ours == theirs
    assert [kinds(rows) for rows in ours] == [kinds(rows) for rows in theirs]
    return ours


@pytest.mark.parametrize("date1904", [False, True])
def test_every_kind_of_cell_is_read_as_openpyxl_reads_it(tmp_path: Path, date1904: bool) -> None:
    book = Workbook()
    if date1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    sheet.append(
        ["文字", " 两头空 ", "a\nb", "&<>\"'", "=", 1, -1.5, 0, 1e20, 1e-7, 370102199001011234, True, False]
    )
    sheet.append(
        [date(2026, 9, 1), datetime(2026, 9, 1, 8, 30), time(8, 30), timedelta(hours=30), "#N/A", "#DIV/0!"]
    )
    sheet.append([])
    sheet.append([None, None, "右", None, "=1+1", "=A1"])
    sheet.append([CellRichText("甲", TextBlock(InlineFont(b=True), "乙"), "丙 ")])
    for place, code in enumerate(("0", "yyyy-mm-dd", "[h]:mm", "h:mm", "0.00%", "yyyy年m月"), start=1):
        for row, value in enumerate((0, 0.5, 1, 59, 60, 61, 45474, 45474.999, -3, 3e6), start=8):
            sheet.cell(row, place, value).number_format = code
    hidden = book.create_sheet("隐藏")
    hidden.sheet_state = "hidden"
    hidden["XFD9"] = "远"
    book.create_sheet("空")
    book.save(tmp_path / "a.xlsx")
    first, far, empty = [filled(sheet) for sheet in open_source(tmp_path / "a.xlsx").sheets]
    assert first[2] == (4, ("", "", "右", "", UNCOMPUTED, UNCOMPUTED))
    theirs = read_by_openpyxl(tmp_path / "a.xlsx")
    theirs[0][2] = first[2]
    assert [first, far, empty] == theirs
    assert kinds(first) == kinds(theirs[0])
    assert [sheet.hidden for sheet in open_source(tmp_path / "a.xlsx").sheets] == [False, True, False]
    assert {sheet.date1904 for sheet in open_source(tmp_path / "a.xlsx").sheets} == {date1904}


values = st.one_of(
    st.integers(-(10**19), 10**19).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.floats(0, 60000).map(repr),
    st.integers(0, 80000).map(str),
)
cells = st.tuples(st.integers(0, 25), st.integers(0, len(FORMATS)), values)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(cells, max_size=6), max_size=8), date1904=st.booleans(), plain=st.booleans())
def test_any_number_in_any_format_reads_as_in_openpyxl(
    tmp_path: Path, rows: list[list[tuple[int, int, str]]], date1904: bool, plain: bool
) -> None:
    text = ""
    for number, row in enumerate(rows, start=1):
        places = {place: (style, value) for place, style, value in row}
        inside = "".join(
            f'<c r="{chr(65 + place)}{number}" s="{style}"><v>{value}</v></c>'
            for place, (style, value) in sorted(places.items())
        )
        # a comment anywhere sends the whole sheet to the XML parser
        text += f'<row r="{number}">{inside}{"" if plain else "<!-- x -->"}</row>'
    path = workbook(tmp_path / "a.xlsx", text, styles=styles_xml(*FORMATS), date1904=date1904)
    same_as_openpyxl(path)


SHARED = (
    "<si><t>甲</t></si>"
    '<si><t xml:space="preserve"> 乙 &amp; &lt;丙&gt; &#x4E01; </t></si>'
    "<si><r><t>富</t></r><r><rPr><b/></rPr><t>文本</t></r></si>"
    '<si><t>张</t><rPh sb="0" eb="1"><t>zhang</t></rPh><phoneticPr fontId="1"/></si>'
    "<si/><si><t/></si>"
    "<si><t>行_x000D_\n二</t></si><si><t><![CDATA[<字>]]></t></si>"
)


@pytest.mark.parametrize("comment", ["", "<!-- 注 -->"])
def test_shared_texts_of_every_form(tmp_path: Path, comment: str) -> None:
    row = "".join(f'<c r="{chr(65 + place)}1" t="s"><v>{place}</v></c>' for place in range(8))
    path = workbook(tmp_path / "a.xlsx", f'<row r="1">{row}{comment}</row>', strings=comment + SHARED)
    ((found,),) = same_as_openpyxl(path)
    assert found[1] == ("甲", " 乙 & <丙> 丁 ", "富文本", "张", "", "", "行\n二", "<字>")


@pytest.mark.parametrize("comment", ["", "<!-- 注 -->"])
def test_cells_with_their_own_text(tmp_path: Path, comment: str) -> None:
    row = (
        '<c r="A1" t="inlineStr"><is><t>甲 &amp; 乙</t></is></c>'
        '<c r="B1" t="inlineStr"><is><r><t>富</t></r><r><t>文本</t></r></is></c>'
        '<c r="C1" t="inlineStr"><is><t xml:space="preserve"> a\r\nb </t><rPh sb="0" eb="1"><t>x</t></rPh></is></c>'
        '<c r="D1" t="str"><f>A1&amp;""</f><v>公式的字</v></c><c r="E1" t="e"><v>#N/A</v></c>'
        '<c r="F1" t="b"><v>1</v></c><c r="G1" t="d"><v>2026-09-01T08:30:00</v></c>'
        '<c r="H1" t="d"><v>2026-09-01</v></c><c r="I1" t="inlineStr"/><c r="J1" s="1"/><c r="K1"><v>007</v></c>'
    )
    path = workbook(tmp_path / "a.xlsx", f'<row r="1">{row}{comment}</row><row r="2"/><row r="5">{row}</row>')
    found = same_as_openpyxl(path)[0]
    assert found[0][1][:4] == ("甲 & 乙", "富文本", " a\nb ", "公式的字")
    assert [number for number, _ in found] == [1, 5]


def test_rows_that_differ_from_one_another_keep_their_places(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{letter}{number}"{kind}><v>{number % 2}</v></c>'
            for place, letter in enumerate(("A", "C", "D", "AA", "SZ"))
            if (number >> place) & 1
            for kind in (' t="s"', "", ' t="b"', ' s="1"')[number % 4 :][:1]
        )
        + "</row>"
        for number in range(1, 300)
    )
    path = workbook(
        tmp_path / "a.xlsx", rows, strings="<si><t>甲</t></si><si><t>乙</t></si>", styles=styles_xml(14)
    )
    assert len(same_as_openpyxl(path)[0]) > 200


def test_formulas_without_a_result_are_told_from_empty_results(tmp_path: Path) -> None:
    row = (
        '<c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v></v></c><c r="C1"><f>1+1</f><v>2</v></c>'
        '<c r="D1" t="str"><f>IF(1,"","")</f><v></v></c><c r="E1"><f t="shared" si="0"/></c>'
        '<c r="F1"><f t="shared" si="0"/><v>5</v></c><c r="G1" t="str"><f>A1</f></c><c r="H1"><v>1</v></c>'
    )
    expected = (UNCOMPUTED, UNCOMPUTED, "2", "", UNCOMPUTED, "5", UNCOMPUTED, "1")
    assert filled(only_sheet(workbook(tmp_path / "a.xlsx", f'<row r="1">{row}</row>'))) == [(1, expected)]
    slow = workbook(tmp_path / "b.xlsx", f'<row r="1"><!-- x -->{row}</row>')
    assert filled(only_sheet(slow)) == [(1, expected)]


def test_rows_and_cells_without_references_follow_one_another(tmp_path: Path) -> None:
    rows = '<row><c t="s"><v>0</v></c><c><v>1</v></c></row><row/><row><c r="B9"><v>2</v></c><c><v>3</v></c></row>'
    path = workbook(tmp_path / "a.xlsx", rows, strings="<si><t>甲</t></si>")
    assert same_as_openpyxl(path) == [[(1, ("甲", "1")), (3, ("", "2", "3"))]]


def test_a_row_number_that_goes_back_loses_nothing(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>{number}</v></c></row>' for number in (5, 3, 5, 9))
    found = filled(only_sheet(workbook(tmp_path / "a.xlsx", rows)))
    assert found == [(5, ("5",)), (6, ("3",)), (7, ("5",)), (9, ("9",))]


@pytest.mark.parametrize("dimension", ["A1", "A1:B2", "A1:XFD1048576"])
def test_the_dimension_that_a_program_wrote_is_not_believed(tmp_path: Path, dimension: str) -> None:
    rows = "".join(f'<row r="{number}"><c r="C{number}"><v>{number}</v></c></row>' for number in range(1, 6))
    path = workbook(tmp_path / "a.xlsx", rows, before=f'<dimension ref="{dimension}"/>')
    assert [number for number, _ in filled(only_sheet(path))] == [1, 2, 3, 4, 5]


def _prefixed(xml: str) -> str:
    return re.sub(r"<(/?)(\w)", r"<\1x:\2", xml).replace("<?x:", "<?").replace("xmlns=", "xmlns:x=")


def test_names_with_a_prefix_are_read(tmp_path: Path) -> None:
    rows = '<row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2"><v>2</v></c></row>'
    after = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    xml = _prefixed(sheet_xml(rows, after, '<cols><col min="3" max="4" hidden="1"/></cols>'))
    path = zipped(tmp_path / "a.xlsx", parts_of(xml))
    assert same_as_openpyxl(path) == [[(2, ("甲", "2"))]]
    sheet = only_sheet(path)
    assert sheet.merges == (Merge(2, 3, 0, 0),)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {2, 3})


@pytest.mark.parametrize("change", [str, _prefixed], ids=["plain", "prefixed"])
def test_a_long_sheet_is_whole_wherever_it_is_cut_while_it_streams(
    tmp_path: Path, change: Callable[[str], str]
) -> None:
    rows, strings = [], []
    for number in range(1, 2500):
        strings.append(f"<si><t>李{'四' * (number % 7)}{number}</t></si>")
        odd = (
            f'<c r="D{number}" t="inlineStr"><is><r><t>富{number}</t></r></is></c>'
            if number % 50 == 0
            else ""
        )
        hidden = ' hidden="1"' if number % 800 == 3 else ""
        rows.append(
            f'<row r="{number}" spans="1:4"{hidden}>'
            f'<c r="A{number}" t="s"><v>{number - 1}</v></c><c r="B{number}" s="1"><v>{40000 + number}</v></c>'
            f'<c r="C{number}" t="inlineStr"><is><t>备注{number}</t></is></c>{odd}</row>'
        )
    parts = parts_of(change(sheet_xml("".join(rows))), styles=styles_xml(14))
    table = parts["xl/sharedStrings.xml"].decode().replace("</sst>", "".join(strings) + "</sst>")
    parts["xl/sharedStrings.xml"] = change(table).encode()
    path = zipped(tmp_path / "a.xlsx", parts)
    assert len(same_as_openpyxl(path)[0]) == 2499
    assert only_sheet(path).hidden_rows == {3, 803, 1603, 2403}


def test_the_strict_form_of_the_format_is_read(tmp_path: Path) -> None:
    parts = parts_of(sheet_xml('<row r="1"><c r="A1" t="d" s="1"><v>2026-09-01</v></c></row>'))
    strict = {
        name: content.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in parts.items()
    }
    found = filled(only_sheet(zipped(tmp_path / "a.xlsx", strict)))
    assert found == [(1, ("2026-09-01",))] and type(found[0][1][0]) is DateText


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_parts_in_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    xml = sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>').replace(
        'encoding="UTF-8"', f'encoding="{encoding.upper().removesuffix("-SIG")}"'
    )
    path = zipped(tmp_path / "a.xlsx", parts_of(xml.encode(encoding)))
    assert same_as_openpyxl(path) == [[(1, ("甲",))]]


def test_parts_with_back_slashes_and_capitals_are_found(tmp_path: Path) -> None:
    parts = parts_of(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    renamed = {name.replace("xl/worksheets/", "XL\\Worksheets\\"): content for name, content in parts.items()}
    assert filled(only_sheet(zipped(tmp_path / "a.xlsx", renamed))) == [(1, ("1",))]


def test_styles_and_shared_texts_may_be_missing(tmp_path: Path) -> None:
    parts = parts_of(sheet_xml('<row r="1"><c r="A1" s="3"><v>45474</v></c></row>'))
    del parts["xl/styles.xml"], parts["xl/sharedStrings.xml"]
    assert filled(only_sheet(zipped(tmp_path / "a.xlsx", parts))) == [(1, ("45474",))]


def test_the_date_formats_that_chinese_excel_does_not_write_out(tmp_path: Path) -> None:
    row = "".join(f'<c r="{chr(65 + place)}1" s="{place + 1}"><v>45474</v></c>' for place in range(4))
    path = workbook(tmp_path / "a.xlsx", f'<row r="1">{row}</row>', styles=styles_xml(31, 57, 58, 27))
    ((_, found),) = filled(only_sheet(path))
    assert found == ("2024-07-01",) * 4 and {type(cell) for cell in found} == {DateText}


def test_a_number_of_more_than_fifteen_digits_keeps_what_excel_kept(tmp_path: Path) -> None:
    row = '<c r="A1"><v>370102199001011234</v></c><c r="B1"><v>3.7010219900101101E+17</v></c>'
    ((_, found),) = filled(only_sheet(workbook(tmp_path / "a.xlsx", f'<row r="1">{row}</row>')))
    assert found == ("370102199001011000", "370102199001011000")
    assert {type(cell) for cell in found} == {NumberText}


def test_words_in_a_cell_of_numbers_stay_words(tmp_path: Path) -> None:
    row = '<c r="A1"><v>张三</v></c><c r="B1" s="1"><v>长期</v></c>'
    path = workbook(tmp_path / "a.xlsx", f'<row r="1">{row}</row>', styles=styles_xml(14))
    assert filled(only_sheet(path)) == [(1, ("张三", "长期"))]


def test_merges_and_hidden_rows_and_columns_are_reported(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in range(1, 3000):
        sheet.append([row, "甲", "乙"])
    sheet.merge_cells("A2:B4")
    sheet.merge_cells("A1:C1")
    for row in (5, 2990):
        sheet.row_dimensions[row].hidden = True
    sheet.column_dimensions.group("E", "G", hidden=True)
    sheet.auto_filter.ref = "A1:C2999"
    book.save(tmp_path / "a.xlsx")
    found = only_sheet(tmp_path / "a.xlsx")
    assert found.merges == (Merge(2, 4, 0, 1),)
    assert found.hidden_rows == {5, 2990}
    assert found.hidden_columns == {4, 5, 6}


def test_the_last_cell_of_the_sheet_costs_nothing(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    near, far = only_sheet(workbook(tmp_path / "a.xlsx", rows)).rows()
    assert near == (1, ("1",))
    assert far[0] == 1_048_576 and len(far[1]) == 16_384 and far[1][-1] == "2"


def test_short_gaps_come_as_blank_rows_and_long_ones_do_not(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in (2, 4, 9000))
    found = list(only_sheet(workbook(tmp_path / "a.xlsx", rows)).rows())
    assert found == [(1, ()), (2, ("1",)), (3, ()), (4, ("1",)), (9000, ("1",))]


def test_thousands_of_formatted_rows_without_values_are_no_rows(tmp_path: Path) -> None:
    blank = "".join(
        f'<row r="{row}" ht="20"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>' for row in range(2, 65536)
    )
    path = workbook(
        tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>' + blank, styles=styles_xml("@")
    )
    assert list(only_sheet(path).rows()) == [(1, ("1",))]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('<row r="1048577"><c r="A1"><v>1</v></c></row>', "最后一行"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "最后一列"),
        ('<row r="1"><c r="AAAAAAAAAA1"><v>1</v></c></row>', "最后一列"),
        ('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "已损坏"),
        ('<row r="1"><c r="A1"><v>1</c></row>', "不完整"),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t>&nbsp;</t></is></c></row>', "不认识的字符"),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t>a\x07</t></is></c></row>', "控制字符"),
        ("<row>" + "<c>" * 300, "深得不合理"),
        (f'<row><c t="str"><!-- --><v>{"甲" * 1_100_000}</v></c></row>', "文字长得不合理"),
        ('<row r="1"><c r="A1"><v>1</v></c></row>' + "<!--" + " " * 9_000_000, "不合理"),
    ],
    ids=[
        "row",
        "column",
        "letters",
        "shared",
        "tags",
        "entity",
        "control",
        "depth",
        "long text",
        "long comment",
    ],
)
def test_what_no_sheet_can_hold_is_refused_in_words(tmp_path: Path, rows: str, said: str) -> None:
    path = workbook(tmp_path / "名单.xlsx", rows)
    with pytest.raises(AidError) as caught:
        list(only_sheet(path).rows())
    assert caught.value.code == "unreadable_workbook"
    assert said in caught.value.message and "名单" in caught.value.message


ENTITIES = '<!DOCTYPE worksheet [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"]
)
def test_a_document_type_is_refused_in_every_part(tmp_path: Path, part: str) -> None:
    parts = parts_of(sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings="<si><t>甲</t></si>")
    xml = parts[part].decode()
    head, mark, rest = xml.rpartition("?>")
    parts[part] = (head + mark + ENTITIES + rest).encode()
    with pytest.raises(AidError) as caught:
        list(only_sheet(zipped(tmp_path / "名单.xlsx", parts)).rows())
    assert caught.value.code == "unreadable_workbook" and "实体" in caught.value.message


def test_a_binary_workbook_is_named_for_what_it_is(tmp_path: Path) -> None:
    parts = {"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x00"}
    with pytest.raises(AidError) as caught:
        open_source(zipped(tmp_path / "名单.xlsx", parts))
    assert "xlsb" in caught.value.message


def test_thousands_of_shared_texts_are_found_by_their_numbers_however_these_are_written(
    tmp_path: Path,
) -> None:
    many = 4200
    strings = "".join(f"<si><t>第{n}项</t></si>" for n in range(many))
    written = [*map(str, range(many)), " 7", "007", "0"]
    rows = [f'<row r="{row}"><c r="A{row}" t="s"><v>{n}</v></c></row>' for row, n in enumerate(written, 1)]
    path = workbook(tmp_path / "a.xlsx", "".join(rows), strings=strings)
    assert [cells for _, cells in only_sheet(path).rows()] == [(f"第{int(n)}项",) for n in written]
