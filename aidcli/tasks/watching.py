"""Telling how far the reading of a large file has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from ..intake import Reading

EVERY = 20_000


def watched(reading: Reading, tell: Callable[[int], None] | None) -> Reading:
    """The same reading, telling `tell` the rows read so far at every twenty thousand; itself without one."""
    return reading if tell is None else cast("Reading", _Watched(reading, tell))


class _Watched:
    def __init__(self, reading: Reading, tell: Callable[[int], None]) -> None:
        self._reading = reading
        self._tell = tell
        self._rows = self._told = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reading, name)

    def rows(self, sheet_index: int) -> Iterator[Any]:
        for row in self._reading.rows(sheet_index):
            self._count(1)
            yield row

    def blocks(self, sheet_index: int) -> Iterator[Any]:
        for block in self._reading.blocks(sheet_index):
            self._count(len(block.cells))
            yield block

    def _count(self, rows: int) -> None:
        self._rows += rows
        if self._rows - self._told >= EVERY:
            self._told = self._rows
            self._tell(self._rows)
