"""The one family of errors, and the one shape in which a data problem is reported.

Data problems are values (`Problem`) that are collected with their place; an `AidError` is for stopping.
Only `aidcli.cli` catches it, once.
"""

from __future__ import annotations

import errno
from typing import Any, Literal, NamedTuple

Severity = Literal["row", "cell", "note"]


class Problem(NamedTuple):
    """One thing wrong in one cell or row of somebody's file.

    `severity`: ``row`` means the whole row was set aside, ``cell`` that only this value was left out,
    ``note`` that the value was kept and marked. `row` counts from 1 as Excel does; `column` is the Excel
    letter, or '' where the row as a whole is meant.
    """

    sheet: str
    row: int
    column: str
    value: str
    code: str
    message: str
    severity: Severity = "row"


class AidError(Exception):
    """Refused or failed; nothing was left behind. Becomes exit code 1 and a sentence in Chinese."""

    exit_code = 1

    def __init__(
        self,
        code: str,
        message: str,
        *,
        file: str | None = None,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.file = file
        self.sheet = sheet
        self.row = row
        self.column = column
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """An error may come from another process."""
        return _again, (
            type(self),
            self.code,
            self.message,
            self.file,
            self.sheet,
            self.row,
            self.column,
            self.hint,
        )

    def as_dict(self) -> dict[str, object]:
        """The ``error`` object of the JSON envelope."""
        return {
            "code": self.code,
            "message": self.message,
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "hint": self.hint,
        }


def _again(kind: type[AidError], code: str, message: str, *places: Any) -> AidError:
    file, sheet, row, column, hint = places
    return kind(code, message, file=file, sheet=sheet, row=row, column=column, hint=hint)


class WrongUsage(AidError):
    """The command line itself is off: exit code 2."""

    exit_code = 2


class Busy(AidError):
    """Another run holds the database: exit code 4."""

    exit_code = 4


_DISK = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限，或正被其他程序占用",
    errno.EPERM: "系统不允许这样做",
    errno.EEXIST: "那里已经有同名的文件",
    errno.ENOTDIR: "路径中间的一段是文件，不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EBUSY: "正被其他程序占用",
    errno.ENOSPC: "磁盘空间不够",
    errno.EDQUOT: "超过了磁盘配额",
    errno.EFBIG: "文件太大，这个磁盘放不下",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错，可能是盘坏了或已拔出",
    errno.ENXIO: "设备不在了，可能已拔出",
    errno.ENODEV: "设备不在了，可能已拔出",
    errno.ESTALE: "网络盘上的这个文件已经不在",
    errno.ETIMEDOUT: "等候太久没有回应，可能是网络盘断开了",
    errno.ENAMETOOLONG: "文件名或路径太长",
    errno.EINVAL: "文件名里有系统不允许的字符，或那里不能这样读写",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENFILE: "同时打开的文件太多",
    errno.ELOOP: "快捷链接绕成了圈",
}


def disk_says(error: OSError) -> str:
    """What the system says of a file, in Chinese; the bare number of an error that nobody expects."""
    known = _DISK.get(error.errno or 0)
    if known is not None:
        return known
    return f"系统错误{error.errno}" if error.errno else "系统没有说明原因"
