"""A workbook as bytes that depend on nothing but its content, and its way to the disk."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

from aidcli.errors import AidError, WrongUsage, disk_says

_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def pinned_bytes(workbook: Workbook, day: date) -> bytes:
    """The .xlsx file with `day` for every time that openpyxl and the zip format would take from the clock."""
    moment = datetime(day.year, day.month, day.day)
    workbook.properties.created = moment
    workbook.properties.creator = "aidcli"
    raw = BytesIO()
    workbook.save(raw)
    out = BytesIO()
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(raw) as source, ZipFile(out, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == _CORE:
                content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            info = ZipInfo(entry.filename, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0  # else Windows and Linux would write different bytes
            target.writestr(info, content)
    return out.getvalue()


def check_target(out: Path) -> None:
    """Raises where no workbook can be put at `out`, before any work is done."""
    if out.is_dir():
        raise AidError(
            "output_is_folder",
            f"“{out}”是文件夹，不是文件",
            file=str(out),
            hint="请在后面写上文件名，如 核查表.xlsx",
        )
    if out.suffix.lower() != ".xlsx":
        raise WrongUsage(
            "output_suffix",
            f"“{out.name}”应以 .xlsx 结尾，否则 Excel 打不开",
            file=str(out),
            hint="请改文件名",
        )
    if not out.parent.is_dir():
        raise AidError(
            "output_folder_missing",
            f"要存放的文件夹“{out.parent}”不存在",
            file=str(out),
            hint="请先建立这个文件夹，或换一个保存位置",
        )


def put(content: bytes, out: Path, *, private: bool = False) -> None:
    """Writes `content` to `out` whole or not at all; an existing file is replaced. Raises `AidError`.

    With `private` nobody but the owner may read the file.
    """
    beside = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        if private:
            with suppress(OSError):  # what is wrong with the folder is said when it is written
                beside.touch(0o600)
        _write(content, beside, out)
        try:
            beside.replace(out)
        except PermissionError as error:
            raise AidError(
                "output_locked",
                f"“{out.name}”正被 Excel 或 WPS 打开，请关闭后重试",
                file=str(out),
                hint="关闭打开着它的窗口，或换一个文件名",
            ) from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _write(content: bytes, beside: Path, out: Path) -> None:
    try:
        with beside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        denied = isinstance(error, PermissionError)
        raise AidError(
            "output_denied" if denied else "output_failed",
            f"文件夹“{out.parent}”没有写入权限" if denied else f"“{out.name}”写不进去：{disk_says(error)}",
            file=str(out),
            hint="请换一个保存位置" if denied else "请检查磁盘空间后重试",
        ) from error
