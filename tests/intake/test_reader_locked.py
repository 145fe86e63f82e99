"""Workbooks with a password, and what old workbooks hide."""

from __future__ import annotations

import io
import struct
from datetime import datetime
from hashlib import md5, sha256
from pathlib import Path

import msoffcrypto
import olefile
import pytest
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.rc4 import DocumentRC4
from openpyxl import Workbook
from reader_files import filled, only_sheet
from xlwt.CompoundDoc import XlsDoc

from aidcli.errors import AidError
from aidcli.intake.coercion.cells import DateText, NumberText
from aidcli.intake.formats.source import Merge, Password, open_source


def locked_xlsx(path: Path, password: str) -> Path:
    book, plain = Workbook(), io.BytesIO()
    book.worksheets[0].append(["姓名", "李四"])
    book.save(plain)
    with path.open("wb") as out:
        OOXMLFile(plain).encrypt(password, out)
    return path


def plain_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名单")
    for row in range(40):
        sheet.write(row, 0, f"李{row}")
    sheet.write(0, 1, 370102199001011234)
    sheet.write(0, 2, datetime(2026, 9, 1), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    sheet.write_merge(2, 4, 3, 3, "河东镇")
    sheet.row(6).hidden = True
    sheet.col(5).hidden = True
    book.add_sheet("藏").visibility = 1
    book.save(str(path))
    return path


def locked_xls(path: Path, password: str) -> Path:
    """An old workbook encrypted with RC4, record by record, as Excel 97 does it."""
    content = plain_xls(path).read_bytes()
    with olefile.OleFileIO(io.BytesIO(content)) as ole:
        stream = ole.openstream("Workbook").read()
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    key = struct.pack("<HHH", 1, 1, 1) + salt
    records, position = [], 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack("<HH", stream[position : position + 4])
        records.append((kind, stream[position + 4 : position + 4 + size]))
        position += 4 + size
    while records[-1] == (0, b""):  # what the container was filled up with
        records.pop()
    # the reader of records wants the stream to end on a whole one; 58 is the length of what is added below
    records.append((0, bytes(-(sum(4 + len(data) for _, data in records) + 4 + 58) % 4)))

    def apply(data: bytes) -> bytes:
        return bytes(DocumentRC4.decrypt(password, salt, io.BytesIO(data), blocksize=1024).read())

    both = apply(verifier + md5(verifier).digest())
    filepass = struct.pack("<HH", 0x2F, len(key) + 32) + key + both
    shift = len(filepass)
    clear, blank = bytearray(), bytearray()
    for place, (kind, data) in enumerate(records):
        if kind == 0x85:
            data = struct.pack("<I", struct.unpack("<I", data[:4])[0] + shift) + data[4:]
        head = struct.pack("<HH", kind, len(data))
        open_bytes = len(data) if kind in (0x809, 0xE1) else 4 if kind == 0x85 else 0
        clear += head + data
        blank += b"\1" * (4 + open_bytes) + b"\0" * (len(data) - open_bytes)
        if place == 0:
            clear += filepass
            blank += b"\1" * shift
    mixed = apply(bytes(clear))
    whole = bytes(new if not kept else old for old, new, kept in zip(clear, mixed, blank, strict=True))
    document = XlsDoc()
    document.save(str(path), whole)
    return path


MAKERS = {"xlsx": locked_xlsx, "xls": locked_xls}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_password_opens_a_workbook_in_memory(tmp_path: Path, kind: str) -> None:
    path = MAKERS[kind](tmp_path / f"名单.{kind}", "密码 Ab1")
    asked: list[str] = []

    def tell(name: str) -> str:
        asked.append(name)
        return "密码 Ab1"

    first = open_source(path, tell).sheets[0]
    assert next(iter(first.rows()))[1][0] in ("姓名", "李0")
    assert asked == [path.name]
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("kind", MAKERS)
def test_a_workbook_that_excel_locked_by_itself_needs_no_password(tmp_path: Path, kind: str) -> None:
    path = MAKERS[kind](tmp_path / f"名单.{kind}", "VelvetSweatshop")
    assert filled(open_source(path).sheets[0])


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("password", [None, lambda _: None, lambda _: ""], ids=["nobody", "none", "empty"])
def test_without_a_password_the_option_is_named(tmp_path: Path, kind: str, password: Password | None) -> None:
    path = MAKERS[kind](tmp_path / f"名单.{kind}", "abc")
    with pytest.raises(AidError) as caught:
        open_source(path, password)
    assert caught.value.code == "password_protected"
    assert "--password-file" in (caught.value.hint or "")


@pytest.mark.parametrize("kind", MAKERS)
def test_a_wrong_password_is_not_repeated_to_anybody(tmp_path: Path, kind: str) -> None:
    path = MAKERS[kind](tmp_path / f"名单.{kind}", "abc")
    with pytest.raises(AidError) as caught:
        open_source(path, lambda _: "geheim")
    error = caught.value
    assert error.code == "wrong_password" and "名单" in error.message
    assert "geheim" not in str(error.as_dict())


def test_what_is_hashed_is_the_file_as_it_came(tmp_path: Path) -> None:
    path = locked_xlsx(tmp_path / "名单.xlsx", "abc")
    assert open_source(path, lambda _: "abc").sha256 == sha256(path.read_bytes()).hexdigest()


def test_a_damaged_locked_workbook_is_refused_in_words(tmp_path: Path) -> None:
    path = locked_xlsx(tmp_path / "名单.xlsx", "abc")
    content = bytearray(path.read_bytes())
    for place in range(600, len(content), 97):
        content[place] ^= 255
    path.write_bytes(bytes(content))
    with pytest.raises(AidError) as caught:
        open_source(path, lambda _: "abc")
    assert caught.value.code in ("unreadable_workbook", "wrong_password", "password_protected")


def test_the_fixture_is_really_encrypted(tmp_path: Path) -> None:
    for kind, make in MAKERS.items():
        with make(tmp_path / f"a.{kind}", "abc").open("rb") as stream:
            assert msoffcrypto.OfficeFile(stream).is_encrypted()


def test_merges_and_hidden_parts_of_an_old_workbook(tmp_path: Path) -> None:
    first, second = open_source(plain_xls(tmp_path / "名单.xls")).sheets
    assert first.merges == (Merge(3, 5, 3, 3),)
    assert (first.hidden_rows, first.hidden_columns) == ({7}, {5})
    assert (first.hidden, second.hidden) == (False, True)
    (_, top), *_ = first.rows()
    assert top == ("李0", "370102199001011000", "2026-09-01")
    assert [type(cell) for cell in top[1:]] == [NumberText, DateText]


def test_the_last_cell_of_an_old_sheet_costs_nothing(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    sheet.write(0, 0, "甲")
    sheet.write(65535, 255, "乙")
    book.save(str(tmp_path / "a.xls"))
    near, far = only_sheet(tmp_path / "a.xls").rows()
    assert near == (1, ("甲",)) and far[0] == 65536 and len(far[1]) == 256
