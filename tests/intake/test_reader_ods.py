"""OpenDocument spreadsheets, in a package and in one piece."""

from __future__ import annotations

from pathlib import Path

import pytest
from laws import examples
from reader_files import filled, zipped

from aidcli.errors import AidError
from aidcli.intake.coercion.cells import UNCOMPUTED, DateText, NumberText
from aidcli.intake.formats import grid
from aidcli.intake.formats.source import Merge, Sheet, open_source

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
MIME = b"application/vnd.oasis.opendocument.spreadsheet"


def content(tables: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES}><office:automatic-styles>'
        '<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>'
        '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    ).encode()


def ods(path: Path, tables: str) -> Path:
    return zipped(path, {"mimetype": MIME, "content.xml": content(tables)})


def table(rows: str, name: str = "名单", more: str = "") -> str:
    return f'<table:table table:name="{name}" {more}>{rows}</table:table>'


def cell(said: str = "", **attributes: str) -> str:
    given = " ".join(
        f'{name.replace("_", ":", 1).replace("_", "-")}="{value}"' for name, value in attributes.items()
    )
    return f"<table:table-cell {given}>{said}</table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def only(path: Path) -> Sheet:
    (sheet,) = open_source(path).sheets
    return sheet


def test_every_type_of_cell(tmp_path: Path) -> None:
    cells = [
        cell("<text:p>张</text:p><text:p>三<text:s text:c='2'/>丰</text:p>", office_value_type="string"),
        cell("<text:p>3.7E17</text:p>", office_value_type="float", office_value="370102199001011000"),
        cell("<text:p>2024年7月</text:p>", office_value_type="date", office_date_value="2024-07-01"),
        cell("<text:p>x</text:p>", office_value_type="date", office_date_value="2024-07-01T08:30:00"),
        cell("<text:p>8:30</text:p>", office_value_type="time", office_time_value="PT08H30M00S"),
        cell("<text:p>25%</text:p>", office_value_type="percentage", office_value="0.25"),
        cell("<text:p>是</text:p>", office_value_type="boolean", office_boolean_value="true"),
        cell("<text:p>￥1.50</text:p>", office_value_type="currency", office_value="1.5"),
        cell("<text:p>#N/A</text:p>", office_value_type="float", office_value="0"),
        cell("", table_formula="of:=[.A1]"),
        cell(
            "<office:annotation><text:p>批注</text:p></office:annotation><text:p>有<text:a>链接</text:a></text:p>"
        ),
    ]
    ((number, found),) = filled(only(ods(tmp_path / "a.ods", table(row(*cells)))))
    assert number == 1
    assert found == (
        *("张\n三  丰", "370102199001011000", "2024-07-01", "2024-07-01 08:30:00", "08:30:00", "0.25"),
        *("TRUE", "1.5", "#N/A", UNCOMPUTED, "有链接"),
    )
    assert [type(one) for one in found[1:6]] == [NumberText, DateText, DateText, DateText, NumberText]


def test_repeated_cells_and_rows_stand_as_often_as_they_say(tmp_path: Path) -> None:
    said = "<text:p>甲</text:p>"
    rows = [
        row(cell(said, table_number_columns_repeated="3"), cell(table_number_columns_repeated="16381")),
        row(cell(table_number_columns_repeated="16384"), more='table:number-rows-repeated="2"'),
        row(cell(), cell(said), more='table:number-rows-repeated="2"'),
        row(cell(table_number_columns_repeated="16384"), more='table:number-rows-repeated="1048571"'),
    ]
    found = list(only(ods(tmp_path / "a.ods", table("".join(rows)))).rows())
    assert found == [(1, ("甲",) * 3), (2, ()), (3, ()), (4, ("", "甲")), (5, ("", "甲"))]


def test_merges_hidden_rows_columns_and_sheets(tmp_path: Path) -> None:
    said = "<text:p>甲</text:p>"
    columns = '<table:table-column/><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/>'
    rows = [
        row(cell(said, table_number_rows_spanned="2", table_number_columns_spanned="2")),
        row("<table:covered-table-cell><text:p>盖住</text:p></table:covered-table-cell>", cell(), cell(said)),
        row(cell(said), more='table:visibility="filter"'),
        row(cell(), more='table:visibility="collapse" table:number-rows-repeated="1048573"'),
    ]
    path = ods(tmp_path / "a.ods", table(columns + "".join(rows)) + table("", "藏", 'table:style-name="ta2"'))
    sheet, hidden = open_source(path).sheets
    assert sheet.merges == (Merge(1, 2, 0, 1),)
    assert filled(sheet) == [(1, ("甲",)), (2, ("", "", "甲")), (3, ("甲",))]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({3}, {1, 2})
    assert (sheet.hidden, hidden.hidden, hidden.name) == (False, True, "藏")


def test_a_spreadsheet_in_one_piece_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "名单.fods"
    path.write_bytes(content(table(row(cell("<text:p>甲</text:p>")))))
    assert filled(only(path)) == [(1, ("甲",))]


@pytest.mark.law
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (row(cell("<text:p>甲</text:p>"), more='table:number-rows-repeated="1048576"') * 2, "最后一行"),
        (row(cell("<text:p>甲</text:p>", table_number_columns_repeated="16384")) * 2000, "格子多得不合理"),
        (row(cell(table_number_columns_repeated="16384"), cell("<text:p>甲</text:p>")), "最后一列"),
        ("<table:table-row>", "不完整"),
    ],
    ids=["rows", "places", "column", "tags"],
)
def test_what_no_sheet_can_hold_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: str, said: str
) -> None:
    monkeypatch.setattr(grid, "_MOST_PLACES", examples(2**20, grid._MOST_PLACES))
    with pytest.raises(AidError) as caught:
        list(only(ods(tmp_path / "名单.ods", table(rows))).rows())
    assert caught.value.code == "unreadable_workbook" and said in caught.value.message


def test_an_encrypted_one_says_how_to_unlock_it(tmp_path: Path) -> None:
    parts = {
        "mimetype": MIME,
        "content.xml": b"\x01",
        "META-INF/manifest.xml": b"<manifest:encryption-data/>",
    }
    with pytest.raises(AidError) as caught:
        open_source(zipped(tmp_path / "密.ods", parts))
    assert caught.value.code == "password_protected" and "取消密码" in (caught.value.hint or "")


def test_entities_are_refused(tmp_path: Path) -> None:
    text = content(table(row(cell("<text:p>&x;</text:p>")))).replace(
        b"?>", b'?><!DOCTYPE x [<!ENTITY x "y">]>', 1
    )
    with pytest.raises(AidError) as caught:
        open_source(zipped(tmp_path / "坏.ods", {"mimetype": MIME, "content.xml": text}))
    assert "实体" in caught.value.message
