"""Workbooks put together part by part, as programs other than Excel write them, and openpyxl as the oracle."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

from openpyxl import load_workbook

from aidcli.intake.coercion.cells import DateText, number_text
from aidcli.intake.formats.source import Sheet, open_source

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


def sheet_xml(rows: str, after: str = "", before: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="{MAIN}">'
        f"{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def styles_xml(*formats: str | int) -> str:
    """Style 0 is General, then one for each format: a code, or the number of a built-in one."""
    codes = [(164 + place, code) for place, code in enumerate(formats) if isinstance(code, str)]
    numbers = [code if isinstance(code, int) else 164 + place for place, code in enumerate(formats)]
    listed = "".join(
        '<numFmt numFmtId="{}" formatCode="{}"/>'.format(number, code.replace('"', "&quot;"))
        for number, code in codes
    )
    used = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0"/>' for number in (0, *numbers)
    )
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="{len(codes)}">{listed}</numFmts>'
        '<fonts count="1"><font/></fonts>'
        '<fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
        f'<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="{len(numbers) + 1}">{used}</cellXfs>'
        "</styleSheet>"
    )


def parts_of(
    sheet: str | bytes, *, strings: str = "", styles: str = "", date1904: bool = False
) -> dict[str, bytes]:
    """The parts of a workbook with one sheet; `strings` are the entries of the table of shared texts."""
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr date1904="{int(date1904)}"/>'
        '<sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    targets = ["worksheets/sheet1.xml", "styles.xml", "sharedStrings.xml"]
    related = "".join(
        f'<Relationship Id="rId{place}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(
            zip(("worksheet", "styles", "sharedStrings"), targets, strict=True), 1
        )
    )
    texts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{related}</Relationships>',
        "xl/styles.xml": styles or styles_xml(),
        "xl/sharedStrings.xml": f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    return {name: text.encode() if isinstance(text, str) else text for name, text in texts.items()}


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def workbook(path: Path, rows: str, after: str = "", before: str = "", **parts: object) -> Path:
    """A workbook whose one sheet has `rows` as its text."""
    return zipped(path, parts_of(sheet_xml(rows, after, before), **parts))  # type: ignore[arg-type]


def only_sheet(path: Path) -> Sheet:
    (sheet,) = open_source(path).sheets
    return sheet


def filled(sheet: Sheet) -> list[tuple[int, tuple[str, ...]]]:
    """The rows that hold something."""
    return [(number, cells) for number, cells in sheet.rows() if cells]


def read_by_openpyxl(path: Path) -> list[list[tuple[int, tuple[str, ...]]]]:
    """The filled rows of every sheet as openpyxl gives them, with its values as our texts."""
    book = load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
    found = []
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # type: ignore[union-attr]
        rows = []
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [_text(value) for value in values]
            while cells and not cells[-1].strip():
                cells.pop()
            if cells:
                rows.append((number, tuple(cells)))
        found.append(rows)
    return found


def kinds(rows: list[tuple[int, tuple[str, ...]]]) -> list[list[type]]:
    return [[type(cell) for cell in cells] for _, cells in rows]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("_x000D_", "")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return DateText(value.date().isoformat() if midnight else value.isoformat(" ", "seconds"))
    if isinstance(value, date | time):
        return DateText(value.isoformat())
    assert isinstance(value, timedelta)
    return DateText(str(value))
