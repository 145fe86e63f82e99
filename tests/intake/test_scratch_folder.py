"""What is unpacked to be read does not stay behind, also where a run was killed while it read."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from aidcli.intake.formats import bundle, scratch
from aidcli.intake.formats.bundle import expand
from aidcli.intake.formats.scratch import remove_left_behind, scratch_folder

CSV = "姓名,身份证号\n李四,990101196001010023\n"
UNPACKS_AND_WAITS = """
import sys
from pathlib import Path
from aidcli.intake.formats.bundle import expand
with expand([Path(sys.argv[1])]) as found:
    print(found.files[0].path.parents[1], flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    path = tmp_path / "来文.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("名单.csv", CSV)
    return path


def ended() -> int:
    """The number of a process that is no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def left(temporary: Path, pid: int, name: str = "x") -> Path:
    folder = temporary / f"{scratch._begin()}{pid}-{name}"
    (folder / "1").mkdir(parents=True)
    (folder / "1" / "名单.csv").write_text(CSV, encoding="utf-8")
    return folder


def test_the_folder_is_gone_afterwards_and_private_meanwhile(temporary: Path, letters: Path) -> None:
    with expand([letters]) as found:
        (folder,) = temporary.iterdir()
        assert folder in found.files[0].path.parents
        assert sys.platform == "win32" or folder.stat().st_mode & 0o077 == 0
    assert list(temporary.iterdir()) == []


def test_files_that_are_not_packed_need_no_folder(temporary: Path, tmp_path: Path) -> None:
    (tmp_path / "名单.csv").write_text(CSV, encoding="utf-8")
    with expand([tmp_path / "名单.csv"]):
        assert list(temporary.iterdir()) == []


def test_what_a_killed_run_left_goes_with_the_next_one(temporary: Path, letters: Path) -> None:
    argv = [sys.executable, "-c", UNPACKS_AND_WAITS, str(letters)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        folder = Path(running.stdout.readline().strip())
        remove_left_behind()
        assert (folder / "1" / "名单.csv").exists(), "of one that still runs"
        running.kill()
        running.wait()
    assert folder.parent == temporary and folder.exists()
    with expand([letters]):
        assert not folder.exists()


def test_nothing_else_is_removed(temporary: Path) -> None:
    gone = ended()
    other_computer = temporary / f"{scratch.PREFIX}-00000000-{gone}-x"
    foreign = temporary / f"aidcli-{gone}-x"
    for folder in (other_computer, foreign):
        folder.mkdir()
    kept = [left(temporary, os.getpid()), left(temporary, os.getppid()), other_computer, foreign]
    stale = left(temporary, gone)
    remove_left_behind()
    assert not stale.exists()
    assert all(folder.exists() for folder in kept)


def test_a_link_under_such_a_name_is_not_followed(temporary: Path, tmp_path: Path) -> None:
    mine = tmp_path / "我的"
    mine.mkdir()
    (mine / "a.txt").write_text("x", encoding="utf-8")
    link = temporary / f"{scratch._begin()}{ended()}-x"
    link.symlink_to(mine, target_is_directory=True)
    remove_left_behind()
    assert (mine / "a.txt").exists()


def test_two_runs_at_once_keep_out_of_each_other_s_way(temporary: Path) -> None:
    with scratch_folder() as one, scratch_folder() as two:
        assert one != two and one.exists() and two.exists()


def test_a_full_disk_is_not_told_as_a_damaged_zip(
    temporary: Path, letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, *args: Any, **options: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(bundle.Path, "mkdir", full)
    with expand([letters]) as found:
        ((_, error),) = found.left_out
    assert error.code == "unpack_failed"
    assert error.message == "“来文.zip/名单.csv”解压时写不到临时文件夹：磁盘空间不够"
