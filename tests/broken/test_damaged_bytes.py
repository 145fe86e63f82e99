"""Cut, flipped and random bytes of every format: they are read or refused in words, nothing else happens."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from aidcli.errors import AidError
from aidcli.intake.formats.source import open_source

ROWS: list[list[object]] = [["姓名", "身份证号", "日期", "金额"]] + [
    [f"李{number}", f"99010119600101{number:04d}", date(2026, 9, 1), number / 7] for number in range(40)
]
OPEN_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="名单">{}</table:table></office:spreadsheet></office:body></office:document-content>'
)
EXCEL_2003 = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名单"><Table>{}</Table>'
    "</Worksheet></Workbook>"
)


def xlsx() -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in ROWS:
        book.worksheets[0].append(row)
    book.worksheets[0].merge_cells("A2:A3")
    book.save(out)
    return out.getvalue()


def xls() -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("名单")
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    sheet.write_merge(1, 2, 6, 6, "并")
    book.save(out)
    return out.getvalue()


def ods() -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in ROWS
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", OPEN_DOCUMENT.format(rows))
    return out.getvalue()


def excel_2003() -> bytes:
    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>"
        for row in ROWS
    )
    return EXCEL_2003.format(rows).encode()


def page() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td rowspan=1>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    return f"<html><meta charset=utf-8><table>{rows}</table></html>".encode()


def single_file_page() -> bytes:
    head = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="-x"\n\n---x\nContent-Type: text/html\n\n'
    return head + page() + b"\n---x--\n"


def csv(encoding: str) -> bytes:
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS).encode(encoding)


def locked() -> bytes:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx())).encrypt("abc", out)
    return out.getvalue()


SAMPLES = {
    "xlsx": xlsx,
    "xls": xls,
    "ods": ods,
    "xml": excel_2003,
    "html": page,
    "mht": single_file_page,
    "utf-8": lambda: csv("utf-8"),
    "gb18030": lambda: csv("gb18030"),
    "utf-16": lambda: csv("utf-16"),
}


def read(path: Path, content: bytes) -> bool:
    """Whether the content was read to its end; refusals must be in Chinese and name the file."""
    path.write_bytes(content)
    try:
        for sheet in open_source(path, lambda _: "abc").sheets:
            assert isinstance(sheet.merges, tuple) and sheet.hidden_rows is not None
            for number, cells in sheet.rows():
                assert number > 0 and all(isinstance(cell, str) for cell in cells)
    except AidError as error:
        assert path.name in error.message and error.hint
        return False
    return True


def flipped(content: bytes, random_: random.Random, times: int) -> bytes:
    damaged = bytearray(content)
    for _ in range(times):
        damaged[random_.randrange(len(damaged))] ^= 1 << random_.randrange(8)
    return bytes(damaged)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_whole_file_is_read(tmp_path: Path, kind: str) -> None:
    assert read(tmp_path / "名单.xls", SAMPLES[kind]())


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_cut_file_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    content = SAMPLES[kind]()
    for part in range(1, 25):
        read(tmp_path / "名单.xls", content[: len(content) * part // 25])


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_file_with_flipped_bits_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    content, chance = SAMPLES[kind](), random.Random(kind)
    for times in (1, 3, 20, 200):
        for _ in range(15):
            read(tmp_path / "名单.xls", flipped(content, chance, times))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_package_with_flipped_bits_in_its_parts_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    chance = random.Random(kind)
    with zipfile.ZipFile(io.BytesIO(SAMPLES[kind]())) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    for turn in range(60):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for place, (name, content) in enumerate(parts.items()):
                hit = place == turn % len(parts) or "sheet1" in name or name == "content.xml"
                archive.writestr(name, flipped(content, chance, 1 + turn // 10) if hit else content)
        read(tmp_path / "名单.xlsx", out.getvalue())


def test_a_locked_file_with_flipped_bits_is_read_or_refused(tmp_path: Path) -> None:
    content, chance = locked(), random.Random(7)
    assert read(tmp_path / "名单.xlsx", content)
    for _ in range(8):
        read(tmp_path / "名单.xlsx", flipped(content, chance, 40))
        read(tmp_path / "名单.xlsx", content[: chance.randrange(len(content))])


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x09\x08\x10\x00\x00\x06\x05\x00",
        b"<html><table>",
    ],
    ids=["nothing", "zip", "ole", "biff", "page"],
)
def test_random_bytes_are_refused(tmp_path: Path, start: bytes) -> None:
    chance = random.Random(3)
    for size in (1, 30, 600, 5000):
        for _ in range(6):
            read(tmp_path / "名单.xls", start + chance.randbytes(size))
