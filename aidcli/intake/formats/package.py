"""An open zip package (a workbook, a bundle): its parts by name, and how much it may unpack to.

What a package says of its sizes is checked before anything is read; what really comes out is counted too.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Protocol

from ...errors import AidError

MOST_BYTES = 1536 * 2**20
MOST_RATIO = 250
RATIO_FROM = 100 * 2**20
MOST_ENTRIES = 20_000
# What zipfile and zlib raise on damaged, encrypted or unusual archives.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    IndexError,
    RuntimeError,  # also what zipfile raises for a kind of compression that it does not know
    ValueError,
    OSError,
)


class Malformed(ValueError):
    """Something in a file is not as its format has it; the message is Chinese and follows “…，”."""


class Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Part:
    """One part being unpacked; stops where more comes out than any real table holds."""

    def __init__(self, path: Path, stream: Readable, most: int = MOST_BYTES) -> None:
        self._path = path
        self._stream = stream
        self._most = most
        self._count = 0

    def read(self, size: int = 2**18, /) -> bytes:
        """Up to `size` bytes, none at the end. Raises `AidError` (``zip_bomb``) and `Malformed`."""
        try:
            chunk = self._stream.read(size)
        except DAMAGED as error:
            raise Malformed("内容不完整或已损坏") from error
        self._count += len(chunk)
        if self._count > self._most:
            raise too_big(self._path, self._count)
        return chunk


class Package:
    """The parts of a zip package. Names are found whatever their case and whichever slash they are written with."""

    def __init__(self, path: Path, content: bytes) -> None:
        """Raises `Malformed`, and `AidError` (``zip_bomb``)."""
        self.path = path
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(content))
        except DAMAGED as error:
            raise Malformed("看到的是不完整的压缩包，可能没有下载完") from error
        entries = self.archive.infolist()
        check_size(path, entries)
        self._entries = {_key(entry.filename): entry for entry in entries}

    def names(self) -> list[str]:
        """All names, in lower case with plain slashes."""
        return list(self._entries)

    def has(self, name: str) -> bool:
        return _key(name) in self._entries

    def open(self, name: str, most: int = MOST_BYTES) -> Part:
        """Raises `Malformed` where there is no such part, or it cannot be opened."""
        try:
            stream = self.archive.open(self._entries[_key(name)])
        except DAMAGED as error:
            raise Malformed("缺少应有的部分，可能没有下载完") from error
        return Part(self.path, stream, most)

    def read(self, name: str, most: int = 64 * 2**20) -> bytes:
        """A whole part, a small one by its nature."""
        part, chunks = self.open(name, most), []
        while chunk := part.read():
            chunks.append(chunk)
        return b"".join(chunks)


def check_size(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Refuses a package that says it unpacks to more than a table could. Raises `AidError` (``zip_bomb``)."""
    whole = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > MOST_ENTRIES:
        raise AidError(
            "zip_bomb",
            f"文件“{path.name}”里有{len(entries)}个文件，最多可有{MOST_ENTRIES}个，没有读取",
            file=path.name,
            hint="请只把需要导入的表格放在一起",
        )
    if whole > MOST_BYTES or (whole > RATIO_FROM and whole / packed > MOST_RATIO):
        raise too_big(path, whole, packed)


def too_big(path: Path, whole: int, packed: int = 0) -> AidError:
    times = f"，是压缩后的{whole // packed}倍" if packed else ""
    return AidError(
        "zip_bomb",
        f"文件“{path.name}”解压后有{whole // 2**20}兆{times}，不像正常的表格，没有读取",
        file=path.name,
        hint="请把需要的行复制到新的工作簿中另存，再导入",
    )


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
