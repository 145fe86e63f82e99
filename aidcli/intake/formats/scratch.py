"""A folder for what has to be unpacked before it can be read, gone afterwards; those of killed runs go too.

What is unpacked holds people's data, so it must not stay behind when a run is killed and could not clean up.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "aidcli-unpacked"
_ALIVE = 259  # what Windows gives as the exit code of a process that has not ended
_DENIED = 5
_MAY_ASK = 0x1000


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder that nobody else can read until the context ends; first what killed runs left is removed."""
    remove_left_behind()
    begin = f"{_begin()}{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=begin, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def remove_left_behind() -> None:
    """Removes folders of this kind, made on this computer, whose process has ended; leaves all else alone."""
    own = re.compile(re.escape(_begin()) + r"(\d{1,10})-\w+")
    for folder in Path(tempfile.gettempdir()).glob(f"{_begin()}*"):
        found = own.fullmatch(folder.name)
        if found and _is_ours(folder) and not _runs(int(found[1])):
            shutil.rmtree(folder, ignore_errors=True)


def _begin() -> str:
    """The computer is in the name: containers may share the folder, but do not see each other's processes."""
    return f"{PREFIX}-{zlib.crc32(platform.node().encode()):08x}-"


def _is_ours(folder: Path) -> bool:
    try:
        told = folder.lstat()
    except OSError:
        return False
    mine = sys.platform == "win32" or told.st_uid == os.getuid()
    return mine and folder.is_dir() and not folder.is_symlink()


def _runs(pid: int) -> bool:
    """Whether there is a process of that number; in doubt there is."""
    if sys.platform == "win32":
        import ctypes

        system = ctypes.windll.kernel32
        process = system.OpenProcess(_MAY_ASK, False, pid)
        if not process:
            return bool(system.GetLastError() == _DENIED)
        code = ctypes.c_ulong()
        told = system.GetExitCodeProcess(process, ctypes.byref(code))
        system.CloseHandle(process)
        return not told or code.value == _ALIVE
    try:
        os.kill(pid, 0)  # asks only
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
