"""The original rows of a file in pieces, compressed: what was written in every cell, for good."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence

Rows = Sequence[tuple[int, tuple[str, ...]]]

_CELL, _ROW = "\x1f", "\x1e"  # the separators that text has for cells and rows
_LEVEL = 1


def pack(rows: Rows) -> bytes:
    """Rows (number, cells) as one piece."""
    text = _ROW.join(map(_CELL.join, [cells for _, cells in rows]))
    numbers = [number for number, _ in rows]
    cells = sum(len(cells) for _, cells in rows)
    clean = text.count(_ROW) == len(rows) - 1 and text.count(_CELL) == cells - len(rows)
    if clean and all(cells for _, cells in rows):
        text = f"{json.dumps(numbers)}{_ROW}{text}"
    else:
        text = _ROW + json.dumps(rows, ensure_ascii=False)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def unpack(piece: bytes) -> dict[int, tuple[str, ...]]:
    """Row number → cells of a piece."""
    text = zlib.decompress(piece).decode("utf-8", "surrogatepass")
    if text.startswith((_ROW, "[[")):
        return {int(number): tuple(cells) for number, cells in json.loads(text.removeprefix(_ROW))}
    numbers, *rows = text.split(_ROW)
    return {
        int(number): tuple(row.split(_CELL)) for number, row in zip(json.loads(numbers), rows, strict=True)
    }
