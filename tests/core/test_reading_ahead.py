"""Large files are read by a second process: the same comes in, and what goes wrong there is told here."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from intake_files_for_core import medical_rows, write_csv, write_xlsx

from aidcli.errors import AidError
from aidcli.model import Block
from aidcli.resources import data_dir
from aidcli.store import Actor, Session, create
from aidcli.store.rawrows import unpack
from aidcli.store.writing import Packed
from aidcli.tasks import ahead, intake

ACTOR = Actor("测试", "test", "host", "import", "2026-10-08T08:00:00+08:00")
TODAY = date(2026, 10, 8)
_TABLES = ("mention", "sighting", "fact", "aside", "fact_kind", "dirty", "batch_scope")


def _take(session: Session, path: Path) -> tuple[intake.Imported, ...]:
    options = intake.Options(period="2026-09")
    return tuple(intake.import_any(session, ACTOR, path, [data_dir("templates/sources")], options, TODAY))


def _content(session: Session) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(session.conn.execute(f"SELECT * FROM {table}"), key=repr) for table in _TABLES}


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_another_process_brings_the_same(
    write: Callable[[Path, list[list[str]]], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = medical_rows(5000)
    rows[70][1] = "9901011960010"  # odd ones among them
    rows[4100][2] = "2026-13-01"
    path = write(tmp_path / "医保结算明细", rows)
    here, there = create(tmp_path / "here.db", ACTOR), create(tmp_path / "there.db", ACTOR)
    _take(here, path)
    asked: list[int] = []
    monkeypatch.setattr(ahead, "_is_large", lambda reading: asked.append(1) is None)
    taken = _take(there, path)
    assert asked
    assert (taken[0].status, taken[0].rows_kept) == ("kept", 4999)
    assert _content(there) == _content(here)


def test_a_fault_found_there_stops_the_import_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_csv(tmp_path / "医保结算明细", medical_rows(3000))
    with path.open("a", encoding="utf-8") as stream:
        stream.write('"张三丰,990101196001010011,2026-09-01,1,1\n' * 3)
    session = create(tmp_path / "fault.db", ACTOR)
    monkeypatch.setattr(ahead, "_is_large", lambda reading: True)
    with pytest.raises(AidError) as stopped:
        _take(session, path)
    assert stopped.value.code in ("broken_quotes", "unreadable_workbook")
    assert stopped.value.file == path.name
    assert _content(session) == {table: [] for table in _TABLES}


def test_a_file_that_changes_meanwhile_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_csv(tmp_path / "医保结算明细", medical_rows(100))
    session = create(tmp_path / "changed.db", ACTOR)

    def changed(reading: object) -> bool:
        write_csv(tmp_path / "医保结算明细", medical_rows(101))
        return True

    monkeypatch.setattr(ahead, "_is_large", changed)
    with pytest.raises(AidError, match="在读取时被改动了") as stopped:
        _take(session, path)
    assert stopped.value.code == "file_changed"


class Dying:
    """A task whose process ends without a word."""

    def blocks(self) -> Iterator[Block]:
        yield Block([(2, ("张三丰",))], None, [])
        os._exit(9)


def test_a_reader_that_dies_is_told_in_words() -> None:
    blocks = ahead.elsewhere(Dying())
    assert next(blocks).rows == 1
    with pytest.raises(AidError, match="中途停止") as stopped:
        next(blocks)
    assert stopped.value.code == "reader_died"


def test_a_process_that_stood_by_brings_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_xlsx(tmp_path / "医保结算明细", medical_rows(3000))
    here, there = create(tmp_path / "here.db", ACTOR), create(tmp_path / "there.db", ACTOR)
    _take(here, path)
    monkeypatch.setattr(ahead, "FROM_PACKED_BYTES", 1000)
    stood: list[ahead.Reader] = []
    opened = ahead.Reader.blocks

    def watched(reader: ahead.Reader, task: ahead.Task) -> Iterator[Packed]:
        stood.append(reader)
        return opened(reader, task)

    monkeypatch.setattr(ahead.Reader, "blocks", watched)
    with ahead.standing_by(path):
        ready = ahead._ready
        _take(there, path)
    assert ready is not None and len(stood) == 1
    assert _content(there) == _content(here)


def test_a_process_that_stood_by_a_broken_file_leaves_the_word_to_the_one_who_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_xlsx(tmp_path / "医保结算明细", medical_rows(300))
    path.write_bytes(path.read_bytes()[:-400])
    monkeypatch.setattr(ahead, "FROM_PACKED_BYTES", 1000)
    session = create(tmp_path / "broken.db", ACTOR)
    with pytest.raises(AidError) as stopped:
        _take(session, path)
    assert stopped.value.code == "unreadable_workbook"


def test_nobody_stands_by_a_file_that_is_small_or_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = write_xlsx(tmp_path / "医保结算明细", medical_rows(30))
    old = tmp_path / "旧表.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000))
    for path, least in ((small, 10**6), (old, 1000), (tmp_path / "没有.xlsx", 1000)):
        monkeypatch.setattr(ahead, "FROM_PACKED_BYTES", least)
        monkeypatch.setattr(ahead, "FROM_BYTES", least)
        with ahead.standing_by(path):
            assert ahead._ready is None, path.name


class Counting:
    """A task of a few blocks, each with the number that it was made with."""

    def __init__(self, number: int) -> None:
        self.number = number

    def blocks(self) -> Iterator[Block]:
        for row in range(5):
            yield Block([(row + 1, (str(self.number),))], None, [])


def test_what_a_task_left_behind_is_not_taken_for_the_next_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "FROM_PACKED_BYTES", 1)
    with ahead.standing_by(write_xlsx(tmp_path / "医保结算明细", medical_rows(3))):
        left = ahead.elsewhere(Counting(1))
        next(left)
        left.close()  # type: ignore[attr-defined]
        cells = [unpack(block.originals) for block in ahead.elsewhere(Counting(2))]
    assert cells == [{row: ("2",)} for row in range(1, 6)]
