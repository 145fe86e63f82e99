"""A file that is opened, and begun to be read, before it is known how its sheets are to be understood."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import AidError
from .formats.source import Merge, Row, Sheet, Source, open_source

_MOST = 50_000  # rows read beforehand
_STEP = 500

_early: dict[Path, Source] = {}


class BegunSheet:
    """A sheet of which the first rows were read; see `source.Sheet`."""

    def __init__(self, sheet: Sheet) -> None:
        self.name = sheet.name
        self.hidden = sheet.hidden
        self.date1904 = sheet.date1904
        self._sheet = sheet
        self._begun: list[Row] = []
        self._further: Iterator[Row] | None = None

    @property
    def merges(self) -> tuple[Merge, ...]:
        return self._sheet.merges

    @property
    def hidden_rows(self) -> frozenset[int]:
        return self._sheet.hidden_rows

    @property
    def hidden_columns(self) -> frozenset[int]:
        return self._sheet.hidden_columns

    def begin(self, is_awaited: Callable[[], bool]) -> None:
        """Reads on until somebody waits for the rows."""
        self._further = self._sheet.rows()
        while len(self._begun) < _MOST and not is_awaited():
            before = len(self._begun)
            self._begun += itertools.islice(self._further, _STEP)
            if len(self._begun) == before:
                return

    def rows(self) -> Iterator[Row]:
        if self._further is None:
            return self._sheet.rows()
        rows = itertools.chain(self._begun, self._further)
        self._begun, self._further = [], None
        return rows


def open_early(path: Path, is_awaited: Callable[[], bool]) -> None:
    """Opens a file that is to be asked for; what is wrong with it is said when it is."""
    with contextlib.suppress(AidError):
        opened = open_source(path)
        first = BegunSheet(opened.sheets[0])
        _ = first.merges  # merged areas stand at the end of a sheet: finding them takes a while
        first.begin(is_awaited)
        _early[path] = Source(opened.sha256, (first, *opened.sheets[1:]))


def open_begun(path: Path) -> Source:
    """The file that was opened early, once, or opened now. Raises as `open_source`."""
    return _early.pop(path, None) or open_source(path)
