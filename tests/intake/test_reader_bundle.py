"""Folders and zips of files: what is found, under which name, and what is left out with a reason."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from intake_files import UNEMPLOYED, xlsx
from reader_files import filled

from aidcli.intake.formats import bundle
from aidcli.intake.formats.bundle import expand
from aidcli.intake.formats.source import open_source

CSV = "姓名,身份证号\n李四,990101196001010023\n"


def archive(path: Path | io.BytesIO, members: dict[str, bytes | str]) -> Path | io.BytesIO:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return path


def renamed(path: Path, encoding: str) -> Path:
    """The zip as a program writes it that names members in `encoding` and does not say so."""
    content = path.read_bytes()
    with zipfile.ZipFile(path) as whole:
        entries = whole.infolist()
    for entry in entries:
        told, meant = entry.filename.encode(), entry.filename.encode(encoding)
        if told == meant:
            continue
        assert len(told) >= len(meant)
        # a name of the same length: the difference is made up for by blanks before the ending
        content = content.replace(told, meant + b"\0" * (len(told) - len(meant)))
    flags = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            flags[at + place + 1] &= ~0x08
    path.write_bytes(bytes(flags))
    return path


def test_a_folder_gives_its_tables_in_order(tmp_path: Path) -> None:
    for name in (
        "乙/b.csv",
        "乙/a.txt",
        "甲/名单.csv",
        ".藏/x.csv",
        "~$名单.xlsx",
        "Thumbs.db",
        "aid.db",
        "t/own.yaml",
    ):
        (tmp_path / "来文" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "来文" / name).write_text(CSV, encoding="utf-8")
    (tmp_path / "来文/通知.docx").write_bytes(b"PK\x03\x04x")
    (tmp_path / "单独.csv").write_text(CSV, encoding="utf-8")
    with expand([tmp_path / "单独.csv", tmp_path / "来文"]) as found:
        assert [one.shown for one in found.files] == [
            "单独.csv",
            "来文/乙/a.txt",
            "来文/乙/b.csv",
            "来文/甲/名单.csv",
        ]
        ((shown, error),) = found.left_out
    assert shown == "来文/通知.docx" and error.code == "unsupported_file" and ".docx" in error.message
    assert error.hint


def test_a_zip_gives_its_tables_under_their_own_names(tmp_path: Path) -> None:
    xlsx(tmp_path / "a.xlsx", ("S", [UNEMPLOYED]))
    members = {
        "残联/失业202609.xlsx": (tmp_path / "a.xlsx").read_bytes(),
        "名单.csv": CSV,
        "__MACOSX/._名单.csv": "x",
    }
    archive(tmp_path / "来文.zip", members)
    with expand([tmp_path / "来文.zip"]) as found:
        assert [(one.path.name, one.shown) for one in found.files] == [
            ("名单.csv", "来文.zip/名单.csv"),
            ("失业202609.xlsx", "来文.zip/残联/失业202609.xlsx"),
        ]
        assert [filled(open_source(one.path).sheets[0])[0][0] for one in found.files] == [1, 1]
        places = [one.path for one in found.files]
    assert not any(place.exists() for place in places) and found.left_out == []


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_that_do_not_say_their_encoding_are_read_as_meant(tmp_path: Path, encoding: str) -> None:
    archive(tmp_path / "来文.zip", {"残联/持证残疾人名单.csv": CSV})
    with expand([renamed(tmp_path / "来文.zip", encoding)]) as found:
        assert [one.shown for one in found.files] == ["来文.zip/残联/持证残疾人名单.csv"]


def test_paths_that_point_outside_stay_inside(tmp_path: Path) -> None:
    names = ["../../../外面.csv", "/etc/名单.csv", "C:\\windows\\系统.csv", "a/../..//b.csv", "怪:*?.csv"]
    archive(tmp_path / "来文.zip", dict.fromkeys(names, CSV))
    with expand([tmp_path / "来文.zip"]) as found:
        assert len(found.files) == 5
        for one in found.files:
            assert one.path.resolve().parents[2] == one.path.resolve().parents[1].parent
            assert ".." not in one.shown and tmp_path not in one.path.resolve().parents
    assert not (tmp_path.parent / "外面.csv").exists()


def test_zips_inside_zips_are_opened_to_a_depth(tmp_path: Path) -> None:
    content: bytes | str = CSV
    for depth in range(5):
        inner = io.BytesIO()
        archive(inner, {f"{depth}.csv" if depth == 0 else f"{depth}.zip": content, f"名单{depth}.csv": CSV})
        content = inner.getvalue()
    (tmp_path / "来文.zip").write_bytes(content)  # type: ignore[arg-type]
    with expand([tmp_path / "来文.zip"]) as found:
        assert [one.path.name for one in found.files] == ["名单2.csv", "名单3.csv", "名单4.csv"]
        ((shown, error),) = found.left_out
    assert shown == "来文.zip/4.zip/3.zip/2.zip" and "太多层" in error.message


def test_a_workbook_is_not_taken_for_a_zip_of_files(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", ("S", [UNEMPLOYED])).rename(tmp_path / "名单.zip")
    with expand([path]) as found:
        assert [one.path for one in found.files] == [path]


def test_other_members_are_left_out_with_a_reason(tmp_path: Path) -> None:
    archive(tmp_path / "来文.zip", {"通知.pdf": b"%PDF", "说明": b"x", "名单.csv": CSV})
    with expand([tmp_path / "来文.zip"]) as found:
        assert [one.shown for one in found.files] == ["来文.zip/名单.csv"]
        assert [one.shown for one in found.left_out] == ["来文.zip/说明", "来文.zip/通知.pdf"]
        assert "没有扩展名" in found.left_out[0].error.message


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"PK\x03\x04 broken", "unreadable_workbook"), (b"PK\x05\x06" + bytes(18), "empty_folder")],
)
def test_a_broken_or_empty_zip_is_left_out(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "来文.zip").write_bytes(content)
    with expand([tmp_path / "来文.zip"]) as found:
        assert found.files == [] and [one.error.code for one in found.left_out] == [code]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "来文").mkdir()
    with expand([tmp_path / "来文"]) as found:
        assert [one.error.code for one in found.left_out] == ["empty_folder"]


def test_a_missing_file_is_handed_on_for_its_reader_to_refuse(tmp_path: Path) -> None:
    with expand([tmp_path / "没有.xlsx"]) as found:
        assert [one.path.name for one in found.files] == ["没有.xlsx"]


def test_a_zip_bomb_is_left_out_before_and_while_it_unpacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive(tmp_path / "大.zip", {"a.csv": bytes(110 * 2**20)})
    archive(tmp_path / "多.zip", {"a.csv": b"x" * 700, "b.csv": b"y" * 700})
    monkeypatch.setattr(bundle, "MOST_BYTES", 1000)
    with expand([tmp_path / "大.zip", tmp_path / "多.zip"]) as found:
        assert [one.shown for one in found.files] == ["多.zip/a.csv"]
        assert [(one.shown, one.error.code) for one in found.left_out] == [
            ("大.zip", "zip_bomb"),
            ("多.zip/b.csv", "zip_bomb"),
        ]


def test_too_many_files_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "_MOST_FILES", 2)
    archive(tmp_path / "来文.zip", {f"{number}.csv": CSV for number in range(4)})
    with expand([tmp_path / "来文.zip"]) as found:
        assert len(found.files) == 2
        assert [one.error.code for one in found.left_out] == ["too_many_files"]


def locked_zip(path: Path, password: bytes) -> Path:
    """A zip whose one member is encrypted the way the format itself has it."""
    table = []
    for number in range(256):
        for _ in range(8):
            number = (number >> 1) ^ 0xEDB88320 if number & 1 else number >> 1
        table.append(number)
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = (keys[0] >> 8) ^ table[(keys[0] ^ byte) & 255]
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = (keys[2] >> 8) ^ table[(keys[2] ^ (keys[1] >> 24)) & 255]

    def encrypted(byte: int) -> int:
        low = (keys[2] | 2) & 0xFFFF
        mixed = byte ^ (((low * (low ^ 1)) >> 8) & 255)
        update(byte)
        return mixed

    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as out:
        out.writestr("a.csv", b"\0" * 12 + CSV.encode())
    content = bytearray(path.read_bytes())
    import zlib

    check = zlib.crc32(CSV.encode())
    for byte in password:
        update(byte)
    start = content.index(b"a.csv") + 5
    plain = bytes(11) + bytes([check >> 24]) + CSV.encode()
    content[start : start + len(plain)] = bytes(encrypted(byte) for byte in plain)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark)
        content[at + place] |= 1
        content[at + place + 8 : at + place + 12] = check.to_bytes(4, "little")
        content[at + place + 16 : at + place + 20] = len(CSV.encode()).to_bytes(4, "little")
    path.write_bytes(bytes(content))
    return path


def test_a_locked_zip_asks_for_its_password(tmp_path: Path) -> None:
    path = locked_zip(tmp_path / "来文.zip", "密码".encode("gbk"))
    asked: list[str] = []
    with expand([path], lambda name: asked.append(name) or "密码") as found:
        assert [one.path.read_text(encoding="utf-8") for one in found.files] == [CSV]
    assert asked == ["来文.zip"]
    with expand([path]) as found:
        ((shown, error),) = found.left_out
    assert error.code == "password_protected" and shown == "来文.zip/a.csv" and "解压" in (error.hint or "")
    with expand([path], lambda _: "错") as found:
        ((_, error),) = found.left_out
    assert error.code in ("wrong_password", "unreadable_workbook")
