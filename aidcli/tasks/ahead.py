"""Large files are read by a process of their own, so that reading and storing go on side by side."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections.abc import Iterator
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


class Task(Protocol):
    """What the other process does: something that can be sent there and gives the blocks of a sheet."""

    def blocks(self) -> Iterator[Block]: ...


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
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    worker = context.Process(target=_work, args=(task, sender), daemon=True)
    worker.start()
    sender.close()
    try:
        while (block := _received(receiver)) is not None:
            yield block
    finally:
        receiver.close()
        worker.terminate()
        worker.join()


def _received(receiver: Connection) -> Packed | None:
    try:
        found = receiver.recv()
    except (EOFError, OSError) as error:
        raise AidError(
            "reader_died",
            "读取文件的进程中途停止了（可能内存不足，或被安全软件终止），这个文件没有导入",
            hint="关掉其他程序后再导入一次；仍不行时，请把文件按乡镇拆成几份",
        ) from error
    if isinstance(found, AidError):
        raise found
    assert found is None or isinstance(found, Packed)
    return found


def _work(task: Task, sender: Connection) -> None:
    """What the other process does; who asked for it is told of everything, and may be gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asked is interrupted and ends this
    gc.disable()
    try:
        try:
            for block in task.blocks():
                sender.send(packed(block))
            sender.send(None)
        except AidError as error:
            sender.send(error)
    except OSError:
        return


def _is_large(reading: Reading) -> bool:
    return (
        reading.can_be_read_elsewhere
        and reading.size >= (FROM_PACKED_BYTES if reading.is_packed else FROM_BYTES) * len(reading.sheets)
        and (os.cpu_count() or 1) > 1
    )
