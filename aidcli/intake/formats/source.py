"""A file as sheets of text cells, whatever program wrote it. The reader is chosen by the first bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from ...errors import AidError, disk_says

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")

MOST_BLANK = 200

Row = tuple[int, tuple[str, ...]]
Password = Callable[[str], str | None]


class Merge(NamedTuple):
    """A merged area that spans rows; rows count from 1, columns from 0."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


class Sheet(Protocol):
    """One sheet. `rows` starts anew at each call: (row number from 1, cells without blank ones at the end).

    Blank rows come as empty tuples or not at all: between two rows that hold something up to `MOST_BLANK` of
    them are given, a longer gap shows in the row numbers only. `hidden_rows` count from 1 (those that a filter
    hides are among them), `hidden_columns` from 0; both are empty where the format cannot tell.
    """

    name: str
    hidden: bool
    date1904: bool

    @property
    def merges(self) -> tuple[Merge, ...]: ...

    @property
    def hidden_rows(self) -> frozenset[int]: ...

    @property
    def hidden_columns(self) -> frozenset[int]: ...

    def rows(self) -> Iterator[Row]: ...


class HeldSheet:
    """Rows at hand in the place of a sheet of a file."""

    hidden = False
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def __init__(self, name: str, date1904: bool = False, rows: Sequence[Row] = ()) -> None:
        self.name = name
        self.date1904 = date1904
        self._rows = rows

    def rows(self) -> Iterator[Row]:
        return iter(self._rows)


class Source(NamedTuple):
    sha256: str
    sheets: tuple[Sheet, ...]


def open_source(path: Path, password: Password | None = None) -> Source:
    """Opens a department file. `password` is asked for the password of a file by its name, None if unknown.

    Raises `AidError`: ``file_missing``, ``is_directory``, ``file_locked``, ``empty_file``, ``zip_bomb``,
    ``password_protected``, ``wrong_password``, ``unreadable_workbook``.
    """
    content = _content(path)
    digest = hashlib.sha256(content).hexdigest()
    if content.startswith(OLE2):
        content = _without_password(path, content, password)
    sheets: Sequence[Sheet]
    if content.startswith(ZIP):
        sheets = _packaged(path, content)
    elif content.startswith((OLE2, *BIFF)):
        from .xls import read_xls

        sheets = read_xls(path, content)
    else:
        from .texts import read_text

        sheets = read_text(path, content)
    return Source(digest, tuple(sheets))


def _packaged(path: Path, content: bytes) -> Sequence[Sheet]:
    from .ods import MIME, read_ods
    from .package import Malformed, Package
    from .xlsx import read_xlsx

    try:
        package = Package(path, content)
        kind = package.read("mimetype", 200) if package.has("mimetype") else b""
    except Malformed as error:
        raise unreadable(path, str(error)) from error
    return read_ods(path, package) if kind.startswith(MIME) else read_xlsx(path, package)


def _without_password(path: Path, content: bytes, password: Password | None) -> bytes:
    from .locked import is_locked, unlocked

    return unlocked(path, content, password) if is_locked(content) else content


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
            f"读取文件“{name}”时出错：{disk_says(error)}",
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


def unreadable(path: Path, found: str, hint: str | None = None) -> AidError:
    """The error for a file whose content cannot be taken as a table."""
    return AidError(
        "unreadable_workbook",
        f"文件“{path.name}”读不出来：应为 xlsx、xls、et、ods 表格，网页表格或 csv、txt 文本，{found}",
        file=path.name,
        hint=hint or "请用 Excel 或 WPS 打开后另存为 .xlsx，再导入",
    )


def password_protected(path: Path, hint: str | None = None) -> AidError:
    return AidError(
        "password_protected",
        f"文件“{path.name}”设有打开密码",
        file=path.name,
        hint=hint
        or "请把密码写在一个文本文件里，用 --password-file 指明；或用 Excel、WPS 打开，取消密码后另存，再导入",
    )


def trimmed(cells: list[str]) -> tuple[str, ...]:
    """The cells up to the last that is not blank."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return tuple(cells[:end])


def with_gaps(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows that hold something, with the blank ones before them where these are not too many."""
    last = 0
    for row in rows:
        number = row[0]
        if number - last > 1 and number - last <= MOST_BLANK + 1:
            for blank in range(last + 1, number):
                yield blank, ()
        yield row
        last = number
