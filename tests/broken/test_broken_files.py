"""One broken file per error of intake: each stops with its code, names the file and says what to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from aidcli.errors import AidError
from aidcli.idnumber import check_digit
from aidcli.intake import load_templates, open_file
from aidcli.resources import data_dir

Options = dict[str, object]
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = ["姓名", "身份证号", "失业登记日期"]
NUMBER = "99010119600101002" + check_digit("99010119600101002")


def _book(path: Path, *lines: list[object]) -> Path:
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(path)
    return path


def _text(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def file_missing(folder: Path) -> tuple[Path, Options]:
    return folder / "没有.xlsx", {}


def is_directory(folder: Path) -> tuple[Path, Options]:
    (folder / "来文").mkdir()
    return folder / "来文", {}


def empty_file(folder: Path) -> tuple[Path, Options]:
    return _text(folder / "空.csv", "\n\n,,,\n"), {}


def empty_workbook(folder: Path) -> tuple[Path, Options]:
    return _book(folder / "空.xlsx"), {}


def truncated_workbook(folder: Path) -> tuple[Path, Options]:
    whole = _book(folder / "半.xlsx", HEADER).read_bytes()
    return _text(folder / "半.xlsx", whole[: len(whole) // 2]), {}


def not_a_workbook(folder: Path) -> tuple[Path, Options]:
    with zipfile.ZipFile(folder / "文件.xlsx", "w") as archive:
        archive.writestr("名单.csv", "姓名")
    return folder / "文件.xlsx", {}


def damaged_sheet(folder: Path) -> tuple[Path, Options]:
    path = _book(folder / "坏.xlsx", HEADER)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:-40]
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path, {}


def damaged_old_workbook(folder: Path) -> tuple[Path, Options]:
    return _text(folder / "旧.xls", OLE2 + b"\x00" * 2000), {}


def a_picture(folder: Path) -> tuple[Path, Options]:
    return _text(folder / "图.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))), {}


def a_web_page(folder: Path) -> tuple[Path, Options]:
    return _text(folder / "导出.xls", "<html><body>登录已超时，请重新登录</body></html>"), {}


def other_xml(folder: Path) -> tuple[Path, Options]:
    return _text(folder / "导出.xls", '<?xml version="1.0"?><list><name>李四</name></list>'), {}


def a_rar_archive(folder: Path) -> tuple[Path, Options]:
    return _text(folder / "来文.rar", b"Rar!\x1a\x07\x01\x00" + b"\x00" * 99), {}


def a_pdf(folder: Path) -> tuple[Path, Options]:
    return _text(folder / "名单.pdf", b"%PDF-1.7\n" + b"x" * 99), {}


def binary_workbook(folder: Path) -> tuple[Path, Options]:
    with zipfile.ZipFile(folder / "名单.xlsb", "w") as archive:
        archive.writestr("xl/workbook.bin", b"x")
    return folder / "名单.xlsb", {}


def document_type(folder: Path) -> tuple[Path, Options]:
    path = _book(folder / "坏.xlsx", HEADER)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    parts["xl/worksheets/sheet1.xml"] = laughs + parts["xl/worksheets/sheet1.xml"]
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path, {}


def lying_zip_bomb(folder: Path) -> tuple[Path, Options]:
    """Its list of contents says a hundred bytes, what is packed is a hundred million."""
    path, _ = zip_bomb(folder)
    content = bytearray(path.read_bytes())
    said = (110 * 2**20 + 4).to_bytes(4, "little")
    content[:] = content.replace(said, (100).to_bytes(4, "little"))
    return _text(path, bytes(content)), {}


def unclosed_quote(folder: Path) -> tuple[Path, Options]:
    return _text(folder / "引号.csv", '姓名,身份证号,失业登记日期\n"' + "李四,\n" * 40000), {}


def stray_quote(folder: Path) -> tuple[Path, Options]:
    lines = ["姓名,身份证号,失业登记日期,失业原因", *[f"李四,{NUMBER},2026-09-01,裁员"] * 9]
    lines[3] = lines[3].replace(",裁员", ',"裁员')
    return _text(folder / "失业202609.csv", "\r\n".join(lines)), {}


def stray_pair_of_quotes(folder: Path) -> tuple[Path, Options]:
    lines = ["姓名,身份证号,失业登记日期,失业原因", *[f"李四,{NUMBER},2026-09-01,裁员"] * 9]
    lines[3] = lines[3].replace(",裁员", ',"裁员')
    lines[4] = lines[4].replace("李四,", '李四",')
    return _text(folder / "失业202609.csv", "\n".join(lines)), {}


def side_by_side(folder: Path) -> tuple[Path, Options]:
    block: list[object] = ["李四", NUMBER, "2026-09-01"]
    return _book(folder / "失业202609.xlsx", HEADER + HEADER, block + block), {}


def second_table(folder: Path) -> tuple[Path, Options]:
    below: list[object] = ["身份证号", "姓名", "失业登记日期"]
    lines = [HEADER, ["李四", NUMBER, "2026-09-01"], below, [NUMBER, "王五", "2026-09-01"]]
    return _book(folder / "失业202609.xlsx", *lines), {}


def wrong_password(folder: Path) -> tuple[Path, Options]:
    path, locked = _book(folder / "密.xlsx", HEADER), io.BytesIO()
    OOXMLFile(io.BytesIO(path.read_bytes())).encrypt("right", locked)
    return _text(path, locked.getvalue()), {"password": lambda _: "wrong"}


def lock_file(folder: Path) -> tuple[Path, Options]:
    return _text(folder / "~$名单.xlsx", b"\x05user" + b" " * 160), {}


def password_protected(folder: Path) -> tuple[Path, Options]:
    return _text(folder / "密.xlsx", OLE2 + b"\x00" * 1500 + "EncryptedPackage".encode("utf-16-le")), {}


def zip_bomb(folder: Path) -> tuple[Path, Options]:
    with zipfile.ZipFile(folder / "大.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>" + b" " * (110 * 2**20))
    return folder / "大.xlsx", {}


def no_header(folder: Path) -> tuple[Path, Options]:
    return _book(folder / "无202609.xlsx", ["李四", NUMBER, "2026-09-01"], ["王五", NUMBER, "x"]), {}


def no_header_for_the_source(folder: Path) -> tuple[Path, Options]:
    return _book(folder / "无202609.xlsx", ["李四", NUMBER, "2026-09-01"]), {"source": "cremation"}


def wrong_template(folder: Path) -> tuple[Path, Options]:
    return _book(folder / "失业202609.xlsx", HEADER, ["李四", NUMBER, "2026-09-01"]), {"source": "cremation"}


def unknown_source(folder: Path) -> tuple[Path, Options]:
    return _book(folder / "失业202609.xlsx", HEADER), {"source": "xxx"}


def template_unknown(folder: Path) -> tuple[Path, Options]:
    return _book(folder / "名单202609.xlsx", ["姓名", "身份证号", "爱好"], ["李四", NUMBER, "下棋"]), {}


def template_ambiguous(folder: Path) -> tuple[Path, Options]:
    header: list[object] = ["户主姓名", "户主身份证号", "保障人口数", "户月保障金额（元）"]
    return _book(folder / "名册202610.xlsx", header, ["李四", NUMBER, 1, 500]), {}


def bad_sheet(folder: Path) -> tuple[Path, Options]:
    return _book(folder / "失业202609.xlsx", HEADER), {"sheets": ["一月"]}


def period_unknown(folder: Path) -> tuple[Path, Options]:
    return _book(folder / "失业.xlsx", HEADER, ["李四", NUMBER, "2026-09-01"]), {}


def two_periods(folder: Path) -> tuple[Path, Options]:
    path = folder / "失业.xlsx"
    book = Workbook()
    for number, name in enumerate(("2026年8月", "2026年9月")):
        sheet = book.create_sheet(name, number)
        sheet.append(HEADER)
        sheet.append(["李四", NUMBER, "2026-09-01"])
    book.save(path)
    return path, {}


CASES: list[tuple[Callable[[Path], tuple[Path, Options]], str, str]] = [
    (file_missing, "file_missing", "找不到文件“没有.xlsx”"),
    (is_directory, "is_directory", "是文件夹"),
    (empty_file, "empty_file", "是空的"),
    (empty_workbook, "empty_file", "空白的工作表"),
    (truncated_workbook, "unreadable_workbook", "不完整的压缩包"),
    (not_a_workbook, "unreadable_workbook", "压缩包或其他文档"),
    (damaged_sheet, "unreadable_workbook", "不完整"),
    (damaged_old_workbook, "unreadable_workbook", "旧版"),
    (a_picture, "unreadable_workbook", "也不是文本"),
    (a_web_page, "unreadable_workbook", "没有表格的网页"),
    (other_xml, "unreadable_workbook", "XML"),
    (a_rar_archive, "unreadable_workbook", "RAR"),
    (a_pdf, "unreadable_workbook", "PDF"),
    (binary_workbook, "unreadable_workbook", "xlsb"),
    (document_type, "unreadable_workbook", "实体声明"),
    (unclosed_quote, "unreadable_workbook", "有一格超过13万字"),
    (stray_quote, "broken_quotes", "第4行到第10行"),
    (stray_pair_of_quotes, "broken_quotes", "第4行到第5行"),
    (side_by_side, "duplicate_columns", "A列“姓名”和D列“姓名”"),
    (second_table, "second_table", "第3行又是一行列名"),
    (lock_file, "unreadable_workbook", "临时文件"),
    (wrong_password, "wrong_password", "密码不对"),
    (password_protected, "password_protected", "打开密码"),
    (zip_bomb, "zip_bomb", "解压后有110兆"),
    (lying_zip_bomb, "unreadable_workbook", "已损坏"),
    (no_header, "no_header", "第1行：李四"),
    (no_header_for_the_source, "no_header", "“火化时间”"),
    (wrong_template, "wrong_template", "缺少列“火化时间”"),
    (unknown_source, "template_unknown", "没有名为“xxx”"),
    (template_unknown, "template_unknown", "“爱好”"),
    (template_ambiguous, "template_ambiguous", "城市低保家庭（dibao_urban_household）"),
    (bad_sheet, "bad_sheet", "有的是：Sheet"),
    (period_unknown, "period_unknown", "看不出文件“失业.xlsx”"),
    (two_periods, "period_unknown", "2026-08、2026-09"),
]


def _open(path: Path, options: Options) -> None:
    templates = load_templates([data_dir("templates/sources")])
    reading = open_file(path, templates, today=date(2026, 10, 8), **options)  # type: ignore[arg-type]
    for index in range(len(reading.sheets)):
        for _ in reading.rows(index):
            pass


@pytest.mark.parametrize(("make", "code", "said"), CASES, ids=[case[0].__name__ for case in CASES])
def test_a_broken_file_stops_with_its_code(
    tmp_path: Path, make: Callable[[Path], tuple[Path, Options]], code: str, said: str
) -> None:
    path, options = make(tmp_path)
    with pytest.raises(AidError) as caught:
        _open(path, options)
    error = caught.value
    assert error.code == code
    assert said in error.message
    assert error.hint
    assert NUMBER not in error.message
    assert error.file in (path.name, None) and (error.file or make is unknown_source)


def test_a_file_held_by_another_program_says_to_close_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = _book(tmp_path / "失业202609.xlsx", HEADER)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(AidError) as caught:
        open_file(path, {}, today=date(2026, 10, 8))
    assert caught.value.code == "file_locked"
    assert "关闭" in (caught.value.hint or "")


def test_the_hint_for_an_unknown_period_names_the_option(tmp_path: Path) -> None:
    path, options = period_unknown(tmp_path)
    with pytest.raises(AidError) as caught:
        _open(path, options)
    assert "--period" in (caught.value.hint or "")
