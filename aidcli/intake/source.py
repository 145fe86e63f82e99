"""A file as sheets of text cells, whatever program wrote it. The reader is chosen by the first bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from ..errors import AidError

ZIP = b"PK\x03\x04"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")

Row = tuple[int, tuple[str, ...]]


class Merge(NamedTuple):
    """A merged area that spans rows; rows count from 1, columns from 0."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


class Sheet(Protocol):
    """One sheet. `rows` starts anew at each call: (row number from 1, cells without blank ones at the end).

    Blank rows come as empty tuples.
    """

    name: str
    hidden: bool
    date1904: bool
    merges: tuple[Merge, ...]

    def rows(self) -> Iterator[Row]: ...


class Source(NamedTuple):
    sha256: str
    sheets: tuple[Sheet, ...]


def open_source(path: Path) -> Source:
    """Opens a department file.

    Raises `AidError`: ``file_missing``, ``is_directory``, ``file_locked``, ``empty_file``, ``zip_bomb``,
    ``password_protected``, ``unreadable_workbook``.
    """
    content = _content(path)
    digest = hashlib.sha256(content).hexdigest()
    sheets: tuple[Sheet, ...]
    if content.startswith(ZIP):
        from .xlsx import read_xlsx

        sheets = tuple(read_xlsx(path, content))
    elif content.startswith((OLE2, *BIFF)):
        from .xls import read_xls

        sheets = tuple(read_xls(path, content))
    else:
        from .delimited import read_delimited

        sheets = (read_delimited(path, content),)
    return Source(digest, sheets)


def _content(path: Path) -> bytes:
    """The bytes of the file, read once, so that what is hashed is what is read."""
    name = path.name
    try:
        if path.is_dir():
            raise AidError(
                "is_directory", f"“{name}”是文件夹，不是文件", file=name, hint="请给出文件夹里的具体文件"
            )
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise AidError(
            "file_missing",
            f"找不到文件“{name}”",
            file=name,
            hint="请检查文件名和所在文件夹；名称含空格时要加引号",
        ) from error
    except PermissionError as error:
        raise AidError(
            "file_locked",
            f"文件“{name}”打不开：正被其他程序占用，或没有读取权限",
            file=name,
            hint="请先在 Excel 或 WPS 中关闭它，再试一次",
        ) from error
    except OSError as error:
        raise AidError(
            "unreadable_workbook",
            f"读取文件“{name}”时出错：{error.strerror or error}",
            file=name,
            hint="请把文件复制到本机硬盘后再试",
        ) from error
    if name.startswith("~$"):
        raise AidError(
            "unreadable_workbook",
            f"“{name}”是 Excel 或 WPS 打开表格时留下的临时文件，里面没有数据",
            file=name,
            hint=f"请导入“{name[2:]}”本身",
        )
    if len(content) < 4096 and not content.strip(b"\x00\r\n\t ,;\xef\xbb\xbf"):
        raise AidError("empty_file", f"文件“{name}”是空的", file=name, hint="请向来文单位重新索取")
    return content


def unreadable(
    path: Path, found: str, hint: str = "请用 Excel 或 WPS 打开后另存为 .xlsx，再导入"
) -> AidError:
    """The error for a file whose content cannot be taken as a table."""
    return AidError(
        "unreadable_workbook",
        f"文件“{path.name}”读不出来：应为 xlsx、xls 表格或 csv、txt 文本，{found}",
        file=path.name,
        hint=hint,
    )


def password_protected(path: Path) -> AidError:
    return AidError(
        "password_protected",
        f"文件“{path.name}”设有打开密码",
        file=path.name,
        hint="请用 Excel 或 WPS 打开，在“文件—信息—保护工作簿”中取消密码后另存，再导入",
    )


def trimmed(cells: list[str]) -> tuple[str, ...]:
    """The cells up to the last that is not blank."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return tuple(cells[:end])
