"""Numbers that stand for texts, the same on every machine and in every run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

_START = 0x9E3779B97F4A7C15
_MULTIPLIERS = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB, _START, 0xD6E8FEB86659FD93)
_AT_ONCE = 4_000_000  # letters that are laid out together
_ROOM, _MOST_BITS = 4, 25  # marks of a sieve for each number, and all in all: 32 MB


def hash_texts(texts: Sequence[str]) -> Hashes:
    """A 64-bit number for each text; 0 for the empty one."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    hashes = np.zeros(len(texts), np.uint64)
    order = np.argsort(lengths, kind="stable")
    ends = np.flatnonzero(np.diff(lengths[order], append=-1)) + 1
    start = 0
    for end in ends.tolist():
        length = int(lengths[order[start]])
        step = max(_AT_ONCE // max(length, 1), 1)
        for at in range(start if length else end, end, step):
            rows = order[at : min(at + step, end)]
            hashes[rows] = _hashed(letters_of([texts[row] for row in rows.tolist()]))
        start = end
    return hashes


def letters_of(texts: Sequence[str]) -> NDArray[Any]:
    """A row a text of one and the same length, a column a letter: its code, in 8 or 32 bits."""
    joined = "".join(texts)
    plain = joined.isascii()
    coded = joined.encode("ascii") if plain else joined.encode("utf-32-le", "surrogatepass")
    return np.frombuffer(coded, "u1" if plain else "<u4").reshape(len(texts), -1)


def _hashed(letters: NDArray[Any]) -> Hashes:
    """The same of texts that are not empty, by their letters."""
    hashes = np.full(len(letters), _START, np.uint64)
    with np.errstate(over="ignore"):
        for letter in np.ascontiguousarray(letters.T):
            mixed = (hashes ^ letter) * np.uint64(_MULTIPLIERS[0])
            mixed ^= mixed >> np.uint64(32)
            hashes = mixed if letter.all() else np.where(letter != 0, mixed, hashes)  # NUL is no letter
    return np.maximum(hashes, np.uint64(1))


def mix(rule: int, *columns: Hashes | NDArray[np.int64]) -> Hashes:
    """One number a row for some columns of numbers; never 0."""
    mixed = np.full(len(columns[0]), rule, np.uint64)
    with np.errstate(over="ignore"):
        for place, column in enumerate(columns):
            mixed = (mixed ^ column.astype(np.uint64, copy=False)) * np.uint64(_MULTIPLIERS[place % 4])
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


def sieve(hashes: Hashes, wanted: Hashes) -> NDArray[np.bool_]:
    """Which may be among the wanted ones: all that are, and a few more. Spares the others from being sorted."""
    bits = min(max((_ROOM * len(wanted)).bit_length(), 8), _MOST_BITS)
    shift = np.uint64(64 - bits)
    marks = np.zeros(1 << bits, np.bool_)
    marks[(wanted >> shift).view(np.int64)] = True
    found: NDArray[np.bool_] = marks[(hashes >> shift).view(np.int64)]
    return found
