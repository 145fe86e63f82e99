"""Numbers that stand for texts, the same on every machine and in every run."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

_MULTIPLIERS = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93)


def hash_texts(texts: Sequence[str]) -> Hashes:
    """A 64-bit number for each text; 0 for the empty one."""
    known = {text: _number(text) for text in dict.fromkeys(texts)}
    return np.fromiter(map(known.__getitem__, texts), np.uint64, len(texts))


def _number(text: str) -> int:
    if not text:
        return 0
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") or 1


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
