"""Large files are read by a process of their own, so that reading and storing go on side by side."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..errors import AidError
from ..model import Block
from ..store import rawrows
from ..store.writing import Packed

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from ..intake import Reading

# Below this a second process costs more than it brings. A workbook is packed some eight times smaller.
FROM_BYTES = 24 * 2**20
FROM_PACKED_BYTES = 3 * 2**20
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how workbooks begin; old ones cannot be read elsewhere


class Task(Protocol):
    """What the other process does: something that can be sent there and gives the blocks of a sheet."""

    def blocks(self) -> Iterator[Block]: ...


@contextmanager
def standing_by(path: Path) -> Iterator[None]:
    """Meanwhile a process makes ready to read a file that may be large, while this one finds out what it is."""
    global _ready
    _ready = Reader(path) if _may_be_large(path) else None
    try:
        yield
    finally:
        if _ready is not None:
            _ready.close()
        _ready = None


def packed_blocks(reading: Reading, sheet: int) -> Iterator[Packed]:
    """The rows of a sheet in blocks, with the originals packed for keeping."""
    if not _is_large(reading):
        return map(packed, reading.blocks(sheet))
    task = reading.task(sheet)
    reading.let_go(sheet)
    return elsewhere(task)


def packed(block: Block) -> Packed:
    """A block as the store takes it."""
    rows = block.cells
    first, last = (rows[0][0], rows[-1][0]) if rows else (0, 0)
    return Packed(len(rows), first, last, rawrows.pack(rows), block.plain, block.odd, block.filled)


def elsewhere(task: Task) -> Iterator[Packed]:
    """The blocks of a task that another process works on, a block or two ahead of what is asked for.

    Raises what the task raises, and `AidError` (``reader_died``) where that process ends without a word.
    """
    global _ready
    reader, over = _ready or Reader(), False
    try:
        yield from reader.blocks(task)
        over = True
    finally:
        if reader is not _ready or not over:  # what is still on its way belongs to this task
            reader.close()
            _ready = None


class Reader:
    """A process that works on one task after another; a file that it is to read can be named beforehand."""

    def __init__(self, path: Path | None = None) -> None:
        context = multiprocessing.get_context("spawn")
        tasks, self._tasks = context.Pipe(duplex=False)
        self._blocks, blocks = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(path, tasks, blocks), daemon=True)
        self._process.start()
        tasks.close()
        blocks.close()

    def blocks(self, task: Task) -> Iterator[Packed]:
        """The blocks of a task. Whoever stops asking before the end has to close the reader."""
        try:
            self._tasks.send(task)
            while not isinstance(found := self._blocks.recv(), AidError | None):
                assert isinstance(found, Packed)
                yield found
        except (EOFError, OSError) as error:
            raise AidError(
                "reader_died",
                "读取文件的进程中途停止了（可能内存不足，或被安全软件终止），这个文件没有导入",
                hint="关掉其他程序后再导入一次；仍不行时，请把文件按乡镇拆成几份",
            ) from error
        if found is not None:
            raise found

    def close(self) -> None:
        self._tasks.close()
        self._blocks.close()
        self._process.terminate()
        self._process.join()


_ready: Reader | None = None


def _work(path: Path | None, tasks: Connection, blocks: Connection) -> None:
    """What the other process does; who asked for it is told of everything, and may be gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asked is interrupted and ends this
    gc.disable()
    if path is not None:
        from ..intake.early import open_early

        open_early(path, tasks.poll)
    try:
        while True:
            task: Task = tasks.recv()
            try:
                for block in task.blocks():
                    blocks.send(packed(block))
                blocks.send(None)
            except AidError as error:
                blocks.send(error)
    except (EOFError, OSError):
        return


def _may_be_large(path: Path) -> bool:
    if not path.is_file() or (os.cpu_count() or 1) < 2:
        return False
    with path.open("rb") as stream:
        start = stream.read(len(_OLD))
    is_packed = start.startswith(_ZIP)
    return start != _OLD and path.stat().st_size >= (FROM_PACKED_BYTES if is_packed else FROM_BYTES)


def _is_large(reading: Reading) -> bool:
    return (
        reading.can_be_read_elsewhere
        and reading.size >= (FROM_PACKED_BYTES if reading.is_packed else FROM_BYTES) * len(reading.sheets)
        and (os.cpu_count() or 1) > 1
    )
