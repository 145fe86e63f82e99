"""Folders and .zip files of department files: every table in them, and why anything else was left out."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ...errors import AidError, disk_says
from .locked import wrong_password
from .package import DAMAGED, MOST_BYTES, Malformed, Package, Part, too_big
from .scratch import scratch_folder
from .source import Password, password_protected

ENDINGS = frozenset(
    (
        ".xlsx",
        ".xlsm",
        ".xls",
        ".et",
        ".ods",
        ".fods",
        ".csv",
        ".txt",
        ".tsv",
        ".htm",
        ".html",
        ".mht",
        ".mhtml",
    )
)
_MOST_FILES = 2000
_MOST_NESTED = 3
_LONGEST_NAME = 100
_SILENT = re.compile(r"(?:\.|~\$|__MACOSX)|(?:thumbs\.db|desktop\.ini)\Z", re.IGNORECASE)
_OWN = re.compile(r"\.(?:db|db-wal|db-shm|db\.lock|lock|ya?ml|tmp)\Z", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"|?*\\/\x00-\x1f]+')
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_UTF8_NAME = 0x800
_UNICODE_PATH = 0x7075
_AES = 99


class Bundled(NamedTuple):
    """A file to be read, and how messages name it: ``来文.zip/残联/名单.xlsx``."""

    path: Path
    shown: str


class LeftOut(NamedTuple):
    """Something that was not taken, and why."""

    shown: str
    error: AidError


class Bundle(NamedTuple):
    files: list[Bundled]
    left_out: list[LeftOut]


@contextmanager
def expand(paths: Iterable[Path], password: Password | None = None) -> Iterator[Bundle]:
    """The files behind the paths, in order: folders and zips opened, anything else as it is.

    What zips hold lies in a temporary folder until the context ends, each under its own name. Nothing is
    raised for a file that cannot be taken: it stands in `left_out` with its error (``unsupported_file``,
    ``password_protected``, ``wrong_password``, ``zip_bomb``, ``unreadable_workbook``, ``too_many_files``,
    ``empty_folder``, ``unpack_failed``). `password` is asked by the name of a zip that needs one.
    """
    with ExitStack() as stack:
        unpacker = _Unpacker(stack, password)
        for path in paths:
            if path.is_dir():
                unpacker.folder(path)
            else:
                unpacker.file(path, path.name)
        yield Bundle(unpacker.files, unpacker.left_out)


class _Unpacker:
    def __init__(self, stack: ExitStack, password: Password | None) -> None:
        self.files: list[Bundled] = []
        self.left_out: list[LeftOut] = []
        self._stack = stack
        self._folder: Path | None = None
        self._password = password
        self._bytes = 0
        self._members = 0

    def folder(self, top: Path) -> None:
        """Every file below, by its path in order; system files and the program's own are passed over."""
        before = len(self.files) + len(self.left_out)
        for path in sorted(top.rglob("*"), key=lambda one: one.relative_to(top).parts):
            inside = path.relative_to(top)
            if path.is_symlink() or not path.is_file() or any(map(_SILENT.match, inside.parts)):
                continue
            if not _OWN.search(path.name):
                self._member(path, f"{top.name}/{inside.as_posix()}", 0)
        if before == len(self.files) + len(self.left_out):
            self._leave(
                top.name, "empty_folder", "文件夹里没有可导入的文件", "请检查给出的是不是要导入的文件夹"
            )

    def file(self, path: Path, shown: str, nested: int = 0) -> None:
        """A zip of files is opened, anything else is taken as it is."""
        if _is_bundle(path):
            try:
                self._zip(path, shown, nested)
            except AidError as error:
                self.left_out.append(LeftOut(shown, error))
        else:
            self.files.append(Bundled(path, shown))

    def _member(self, path: Path, shown: str, nested: int) -> None:
        ending = path.suffix.lower()
        if ending in ENDINGS or ending == ".zip":
            self.file(path, shown, nested)
        else:
            said = f"不是表格文件（{ending or '没有扩展名'}），没有导入"
            self._leave(shown, "unsupported_file", said, "如果里面有表格，请另存为 .xlsx 或 .csv 后再导入")

    def _zip(self, path: Path, shown: str, nested: int) -> None:
        if nested >= _MOST_NESTED:
            raise self._error(
                shown, "unsupported_file", "压缩包里套了太多层压缩包，没有打开", "请先逐层解压，再导入"
            )
        try:
            content = path.read_bytes()
        except OSError as error:
            raise self._error(
                shown, "file_locked", f"打不开：{disk_says(error)}", "请先关闭打开着它的程序，再试一次"
            ) from error
        try:
            package = Package(path, content)
        except Malformed as error:
            raise self._error(
                shown, "unreadable_workbook", "是不完整的压缩包，打不开", "请重新下载或索取"
            ) from error
        entries = [(entry, _name(entry)) for entry in package.archive.infolist() if not entry.is_dir()]
        entries = [(entry, name) for entry, name in entries if not any(map(_SILENT.match, name.parts))]
        if not entries:
            raise self._error(shown, "empty_folder", "压缩包里没有可导入的文件", "请检查压缩包")
        keys = _Keys(path, shown, self._password)
        for entry, name in sorted(entries, key=lambda one: one[1].parts):
            self._members += 1
            if self._members > _MOST_FILES:
                raise self._error(
                    shown, "too_many_files", f"里面的文件超过{_MOST_FILES}个，后面的没有导入", "请分开导入"
                )
            inside = f"{shown}/{name}"
            if name.suffix.lower() not in ENDINGS | {".zip"}:
                self._member(path.with_name(name.name), inside, nested)
                continue
            try:
                self._member(self._extracted(package, entry, name, inside, keys), inside, nested + 1)
            except AidError as error:
                self.left_out.append(LeftOut(inside, error))

    def _extracted(
        self, package: Package, entry: zipfile.ZipInfo, name: PurePosixPath, shown: str, keys: _Keys
    ) -> Path:
        """The member as a file of its own name in a folder of its own, wherever its path pointed to."""
        try:
            self._folder = self._folder or self._stack.enter_context(scratch_folder())
            place = self._folder / str(self._members)
            place.mkdir()
            target = place / _safe(name.name)
            part = Part(package.path, keys.open(package.archive, entry), MOST_BYTES)
            with target.open("wb") as out:
                while chunk := part.read():
                    self._bytes += len(chunk)
                    if self._bytes > MOST_BYTES:
                        raise too_big(package.path, self._bytes)
                    out.write(chunk)
        except OSError as error:
            raise self._error(
                shown,
                "unpack_failed",
                f"解压时写不到临时文件夹：{disk_says(error)}",
                "请清出系统盘的空间再试；或先解压到别处，再导入里面的表格",
            ) from error
        except (Malformed, *DAMAGED) as error:
            raise self._error(
                shown, "unreadable_workbook", "在压缩包里已损坏，解压不出来", "请重新下载或索取"
            ) from error
        return target

    def _leave(self, shown: str, code: str, said: str, hint: str) -> None:
        self.left_out.append(LeftOut(shown, self._error(shown, code, said, hint)))

    @staticmethod
    def _error(shown: str, code: str, said: str, hint: str) -> AidError:
        return AidError(code, f"“{shown}”{said}", file=shown, hint=hint)


class _Keys:
    """The password of one zip, asked for once and only when a member needs it."""

    def __init__(self, path: Path, shown: str, password: Password | None) -> None:
        self._path = path
        self._shown = shown
        self._password = password
        self._asked = False
        self._told: str | None = None

    def open(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> zipfile.ZipExtFile:
        """Raises `AidError` (``password_protected``, ``wrong_password``)."""
        if not entry.flag_bits & 1:
            return archive.open(entry)  # type: ignore[return-value]
        if entry.compress_type == _AES:
            raise self._locked("它用的加密方式（AES）这里解不开，请先解压，再导入里面的表格")
        if not self._asked:
            self._asked = True
            self._told = self._password(self._path.name) if self._password else None
        if not self._told:
            raise self._locked("请先解压，再导入里面的表格；或把密码写在文本文件里，用 --password-file 指明")
        for encoding in ("utf-8", "gb18030"):
            try:
                return archive.open(entry, pwd=self._told.encode(encoding))  # type: ignore[return-value]
            except RuntimeError:
                continue
        raise wrong_password(self._path)

    def _locked(self, hint: str) -> AidError:
        error = password_protected(self._path, hint)
        error.file = self._shown
        return error


def _is_bundle(path: Path) -> bool:
    """Whether a file is a zip of files rather than a workbook or document, by what it holds."""
    try:
        with path.open("rb") as stream:
            if not stream.read(4).startswith(_ZIP_STARTS):
                return False
        with zipfile.ZipFile(path) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    except DAMAGED:
        return path.suffix.lower() == ".zip" and path.is_file()
    return not (names & {"[content_types].xml", "content.xml", "mimetype", "xl/workbook.xml", "ofd.xml"})


def _name(entry: zipfile.ZipInfo) -> PurePosixPath:
    """The name of a member as it was meant: many programs write GB18030 and do not say so."""
    raw = entry.orig_filename
    if not entry.flag_bits & _UTF8_NAME and not raw.isascii():
        raw = _unicode_path(entry.extra) or _guessed(raw)
    parts = [part for part in re.split(r"[\\/]+", raw.replace("\x00", "")) if part not in ("", ".", "..")]
    return PurePosixPath(*[re.sub(r"[\x00-\x1f]", "", part) for part in parts] or ["文件"])


def _guessed(name: str) -> str:
    raw = name.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _unicode_path(extra: bytes) -> str:
    """The name in UTF-8 that some programs add beside the other one; '' where there is none."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == _UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return ""


def _safe(name: str) -> str:
    """A name that any file system takes, its ending kept."""
    clean = _UNSAFE.sub("_", name).strip(" .") or "文件"
    stem, dot, ending = clean.rpartition(".")
    return f"{(stem or ending)[:_LONGEST_NAME]}{dot if stem else ''}{ending[:10] if stem else ''}"
