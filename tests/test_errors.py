"""What the system says of a file is said in Chinese, whoever says it."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from aidcli import errors, workdays
from aidcli.errors import AidError, disk_says
from aidcli.intake.formats.source import open_source
from aidcli.worklists.archive import put
from aidcli.yamlfile import YamlFile

COMMON = (errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EROFS, errno.EISDIR, errno.EIO, errno.ENAMETOOLONG)


@pytest.mark.parametrize("number", COMMON)
def test_what_often_happens_to_a_file_has_a_sentence_of_its_own(number: int) -> None:
    said = disk_says(OSError(number, os.strerror(number)))
    assert not re.search("[A-Za-z]", said)
    assert said not in {disk_says(OSError(other, "")) for other in COMMON if other != number}


def test_an_error_that_nobody_expects_keeps_its_number() -> None:
    assert disk_says(OSError(9999, "Something new")) == "系统错误9999"
    assert disk_says(OSError("no number")) == "系统没有说明原因"


def test_a_workbook_on_a_full_disk_says_that_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(fd: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AidError) as refused:
        put(b"x", tmp_path / "核查表.xlsx")
    assert refused.value.message == "“核查表.xlsx”写不进去：磁盘空间不够"
    assert list(tmp_path.iterdir()) == []


def test_a_file_on_a_drive_that_is_gone_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(self: Path) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", gone)
    with pytest.raises(AidError) as refused:
        open_source(tmp_path / "名单.xlsx")
    assert "磁盘读写出错" in refused.value.message and "Input" not in refused.value.message


def test_a_template_that_cannot_be_opened_says_why_in_chinese(tmp_path: Path) -> None:
    (fault,) = YamlFile(tmp_path / "没有.yaml").faults
    assert fault.message == "文件打不开：没有这个文件或文件夹"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[2027\nholidays = []\n", "第1行的写法不对"),
        ('[2027]\nholidays = ["2027-01-01"\n', "最后没有写完整"),
        ("[2027]\nholidays = [“2027-01-01”]\n", "第2行的写法不对"),
    ],
)
def test_a_holiday_table_that_is_no_toml_says_where(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "holidays.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AidError) as refused:
        workdays.load_tables(path)
    assert said in refused.value.message
    path.write_bytes("[2027] # 放假".encode("gb18030"))
    with pytest.raises(AidError, match="不是 UTF-8 编码"):
        workdays.load_tables(path)


def test_no_sentence_of_the_system_is_handed_on_as_it_is() -> None:
    package = Path(errors.__file__).parent
    handed = [path.name for path in package.rglob("*.py") if "strerror" in path.read_text(encoding="utf-8")]
    assert handed == []
