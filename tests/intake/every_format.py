"""One small list in every format in which offices send lists: writers for the tests."""

from __future__ import annotations

import base64
import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter
import xlwt
from intake_files import id_number
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

Cell = str | int | float | date | None
PASSWORD = "民政2026"
HEADINGS = (
    "所属街道", "申请人姓名", "申请人身份证号", "救助金额（元）", "困难类型", "审批日期", "家庭人口", "一卡通账号"
)  # fmt: skip
TABLE: tuple[tuple[Cell, ...], ...] = (
    ("示例区临时救助台账（2026年9月）",),
    HEADINGS,
    ("河东镇", "张三丰", id_number(1), 1200.5, "疾病", date(2026, 9, 1), 3, "6217000000000000001"),
    (None, "阿依古丽·买买提", id_number(2), 800, "教育支出", date(2026, 9, 15), 1, "6217000000000000002"),
    (None, "\U00020bb7小六", id_number(3), 0.5, "意外灾害", date(2026, 9, 30), 12, "6217000000000000003"),
    ("合计", None, None, 2001, None, None, 16, None),
)
MERGED = (2, 4, 0)  # first and last row, column: the township of three rows
STEM = "临时救助台账202609"


def xlsx(path: Path) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in TABLE:
        sheet.append(row)
    sheet.merge_cells("A3:A5")
    sheet.merge_cells("A1:H1")
    book.save(path)
    return path


def xlsx_in_a_stream(path: Path) -> Path:
    """As programs write it that keep no table of shared texts."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        day = book.add_format({"num_format": "yyyy/m/d"})
        for row, cells in enumerate(_unmerged()):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)  # type: ignore[arg-type]
                elif isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                elif cell is not None:
                    sheet.write_number(row, column, cell)
    return path


def xlsm(path: Path) -> Path:
    """With macros, which are not touched."""
    with zipfile.ZipFile(xlsx(path)) as plain:
        parts = {name: plain.read(name) for name in plain.namelist()}
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    assert kind in parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(kind, macros)
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" + b"\0" * 500
    with zipfile.ZipFile(path, "w") as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return path


def locked(path: Path) -> Path:
    plain, out = io.BytesIO(xlsx(path).read_bytes()), io.BytesIO()
    OOXMLFile(plain).encrypt(PASSWORD, out)
    path.write_bytes(out.getvalue())
    return path


def xls(path: Path) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("台账")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for row, cells in enumerate(TABLE):
        for column, cell in enumerate(cells):
            if (row, column) == (MERGED[0], MERGED[2]):
                sheet.write_merge(MERGED[0], MERGED[1], MERGED[2], MERGED[2], cell)
            elif isinstance(cell, date):
                sheet.write(row, column, cell, day)
            elif cell is not None:
                sheet.write(row, column, cell)
    book.save(str(path))
    return path


_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def _open_document(root: str, more: str = "") -> str:
    rows = []
    for number, cells in enumerate(TABLE):
        written = []
        for column, cell in enumerate(cells):
            span = ' table:number-rows-spanned="3"' if (number, column) == (MERGED[0], MERGED[2]) else ""
            covered = "covered-" if MERGED[0] < number <= MERGED[1] and column == MERGED[2] else ""
            written.append(f"<table:{covered}table-cell{span}{_odf_value(cell)}</table:{covered}table-cell>")
        rows.append(f"<table:table-row>{''.join(written)}</table:table-row>")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:{root} xmlns:office="{_ODF}:office:1.0" '
        f'xmlns:table="{_ODF}:table:1.0" xmlns:text="{_ODF}:text:1.0" {more}><office:body><office:spreadsheet>'
        f'<table:table table:name="台账">{"".join(rows)}</table:table>'
        f"</office:spreadsheet></office:body></office:{root}>"
    )


def _odf_value(cell: Cell) -> str:
    if cell is None:
        return ">"
    if isinstance(cell, date):
        said = f"{cell.year}年{cell.month}月{cell.day}日"
        return f' office:value-type="date" office:date-value="{cell.isoformat()}"><text:p>{said}</text:p>'
    if isinstance(cell, str):
        return f' office:value-type="string"><text:p>{cell}</text:p>'
    return f' office:value-type="float" office:value="{cell}"><text:p>{cell:.2f}</text:p>'


def ods(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr("content.xml", _open_document("document-content"))
    return path


def fods(path: Path) -> Path:
    kind = 'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"'
    path.write_text(_open_document("document", kind), encoding="utf-8")
    return path


def _page(charset: str) -> str:
    rows = []
    for number, cells in enumerate(TABLE):
        written = []
        for column, cell in enumerate(cells):
            if MERGED[0] < number <= MERGED[1] and column == MERGED[2]:
                continue
            span = " rowspan=3" if (number, column) == (MERGED[0], MERGED[2]) else ""
            written.append(f"<td{span}>{_shown(cell)}</td>")
        rows.append(f"<tr>{''.join(written)}</tr>")
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head>'
        f"<body><table border=1>{''.join(rows)}</table></body></html>"
    )


def page(path: Path) -> Path:
    path.write_text(_page("utf-8"), encoding="utf-8")
    return path


def old_page(path: Path) -> Path:
    path.write_bytes(_page("gb2312").encode("gb18030"))
    return path


def single_file_page(path: Path) -> Path:
    body = base64.encodebytes(_page("utf-8").encode()).decode()
    head = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="-x"\n\n---x\n'
    kind = 'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: base64\n\n'
    path.write_text(f"{head}{kind}{body}\n---x--\n", encoding="ascii")
    return path


def excel_2003(path: Path) -> Path:
    rows = []
    for number, cells in enumerate(TABLE):
        written = []
        for column, cell in enumerate(cells):
            if cell is None:
                continue
            kind = {str: "String", date: "DateTime"}.get(type(cell), "Number")
            said = f"{cell.isoformat()}T00:00:00.000" if isinstance(cell, date) else str(cell)
            down = ' ss:MergeDown="2"' if (number, column) == (MERGED[0], MERGED[2]) else ""
            data = f'<Data ss:Type="{kind}">{said}</Data>'
            written.append(f'<Cell ss:Index="{column + 1}"{down}>{data}</Cell>')
        rows.append(f"<Row>{''.join(written)}</Row>")
    path.write_text(
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="台账"><Table>'
        f"{''.join(rows)}</Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    return path


def text(encoding: str, separator: str) -> Callable[[Path], Path]:
    """A writer of separated values."""

    def write(path: Path) -> Path:
        with path.open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream, delimiter=separator).writerows(
                [_shown(cell) for cell in row] for row in _unmerged()
            )
        return path

    return write


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _unmerged() -> Sequence[Sequence[Cell]]:
    """The table with the township in every row, for formats that merge nothing."""
    lines: list[tuple[Cell, ...]] = []
    for number, cells in enumerate(TABLE):
        inside = MERGED[0] < number <= MERGED[1]
        lines.append((TABLE[MERGED[0]][MERGED[2]], *cells[1:]) if inside else cells)
    return lines


WRITERS: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "xlsx": (".xlsx", xlsx),
    "xlsx in a stream": (".xlsx", xlsx_in_a_stream),
    "xlsx called xls": (".xls", xlsx),
    "xlsm": (".xlsm", xlsm),
    "xlsx with a password": (".xlsx", locked),
    "xls": (".xls", xls),
    "xls called xlsx": (".xlsx", xls),
    "et": (".et", xls),
    "ods": (".ods", ods),
    "fods": (".fods", fods),
    "page called xls": (".xls", page),
    "page in gb18030": (".xls", old_page),
    "single-file page": (".mht", single_file_page),
    "Excel 2003": (".xml", excel_2003),
    "Excel 2003 called xls": (".xls", excel_2003),
} | {
    f"text {encoding} {separator!r}": (ending, text(encoding, separator))
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
    for separator, ending in ((",", ".csv"), ("\t", ".txt"), (";", ".csv"), ("|", ".txt"))
}  # fmt: skip
