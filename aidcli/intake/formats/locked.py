"""Workbooks that only open with a password: decrypted in memory, the password neither kept nor shown."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from ...errors import AidError
from .source import Password, password_protected, unreadable

_DEFAULT = "VelvetSweatshop"  # with this Excel itself locks workbooks that are only to be shown read-only
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MOST_BYTES = 512 * 2**20


def is_locked(content: bytes) -> bool:
    """Whether an OLE2 file is encrypted: a package of Excel 2007 and later, or a workbook before that."""
    if _PACKAGE in content:
        return True
    import msoffcrypto  # type: ignore[import-untyped]

    try:
        office: Any = msoffcrypto.OfficeFile(io.BytesIO(content))
        return office.format == "xls97" and bool(office.is_encrypted())
    except Exception:  # what it is then is for the reader of workbooks to find out
        return False


def unlocked(path: Path, content: bytes, password: Password | None) -> bytes:
    """The content without its password: the one Excel uses by itself first, then the one that is told.

    Raises `AidError`: ``password_protected``, ``wrong_password``, ``unreadable_workbook``.
    """
    try:
        plain = _decrypted(path, content, _DEFAULT)
    except AidError:
        plain = None
    if plain is not None:
        return plain
    told = password(path.name) if password else None
    if not told:
        raise password_protected(path)
    plain = _decrypted(path, content, told)
    if plain is None:
        raise wrong_password(path)
    return plain


def wrong_password(path: Path) -> AidError:
    return AidError(
        "wrong_password",
        f"文件“{path.name}”的打开密码不对",
        file=path.name,
        hint="请向来文单位核对密码，注意大小写和前后空格；几个文件密码不同时，请分开导入",
    )


def _decrypted(path: Path, content: bytes, password: str) -> bytes | None:
    """None where the password does not fit."""
    import msoffcrypto
    from msoffcrypto.exceptions import InvalidKeyError  # type: ignore[import-untyped]

    plain = _Limited()
    try:
        office: Any = msoffcrypto.OfficeFile(io.BytesIO(content))
        if office.format == "ooxml":
            office.load_key(password=password, verify_password=True)
        else:
            office.load_key(password=password)
        office.decrypt(plain)
    except InvalidKeyError:
        return None
    except AidError:
        raise
    except Exception as error:  # a damaged or unusual file shows itself in any of a dozen types
        found = "看到的是加了密码的工作簿，但加密部分已损坏或不是常见的加密方式"
        raise unreadable(path, found, "请用 Excel 或 WPS 打开，取消密码后另存，再导入") from error
    return plain.getvalue()


class _Limited(io.BytesIO):
    """Memory for a decrypted file, which cannot be much longer than the encrypted one."""

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > _MOST_BYTES:
            raise OverflowError
        return super().write(data)
