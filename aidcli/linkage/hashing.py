"""Numbers that stand for texts, the same on every machine and in every run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

_START = 0x9E3779B97F4A7C15
_MULTIPLIERS = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB, _START, 0xD6E8FEB86659FD93)
_SHORTEST = 32  # letters of the first group: texts are laid out together with those at most twice as long


def hash_texts(texts: Sequence[str]) -> Hashes:
    """A 64-bit number for each text; 0 for the empty one."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    hashes = np.zeros(len(texts), np.uint64)
    shorter, width = 0, _SHORTEST
    while (rows := np.flatnonzero((lengths > shorter) & (lengths <= width))).size or (lengths > width).any():
        if rows.size:
            hashes[rows] = _hashed(
                texts if rows.size == len(texts) else [texts[row] for row in rows.tolist()]
            )
        shorter, width = width, 2 * width
    return hashes


def _hashed(texts: Sequence[str]) -> Hashes:
    """The same of texts that are not empty, laid out in one table of letters."""
    table = np.array(texts, dtype=np.str_)
    letters = table.view(np.uint32).reshape(len(table), -1)
    hashes = np.full(len(table), _START, np.uint64)
    with np.errstate(over="ignore"):
        for letter in np.ascontiguousarray(letters.T):
            mixed = (hashes ^ letter) * np.uint64(_MULTIPLIERS[0])
            mixed ^= mixed >> np.uint64(32)
            hashes = np.where(letter != 0, mixed, hashes)  # 0: behind the end of the text
    return np.maximum(hashes, np.uint64(1))


def mix(rule: int, *columns: Hashes | NDArray[np.int64]) -> Hashes:
    """One number a row for some columns of numbers; never 0."""
    mixed = np.full(len(columns[0]), rule, np.uint64)
    with np.errstate(over="ignore"):
        for place, column in enumerate(columns):
            mixed = (mixed ^ column.astype(np.uint64)) * np.uint64(_MULTIPLIERS[place % 4])
            mixed ^= mixed >> np.uint64(31)
            mixed *= np.uint64(_MULTIPLIERS[(place + 1) % 4])
            mixed ^= mixed >> np.uint64(29)
    return mixed | np.uint64(1)


def distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each number once, the smallest first. For millions, sorting is tens of times faster than `np.unique`."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]
