"""What a record brings to the joins: its keys, and what the household rule asks for, as signed 64-bit numbers.

Nothing here depends on other records, so each machine lays out its share.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..candidates import named_parents
from ..features import Features
from ..hashing import Hashes
from ..keys import Keys, block_keys

Numbers = NDArray[np.int64]

# Columns of `record` beside `place`, `side` and `joins`; see `sql.py`.
HASHES = ("home_hash", "id_hash", "number", "name_hash", "parent_hash", "child_of", "called")


def hash_columns(features: Features) -> dict[str, Numbers]:
    """A column for each of `HASHES`; 0 for what is not said."""
    f = features
    named, called = named_parents(f)
    found = {
        "home_hash": f.home,
        "id_hash": f.id_hash,
        "number": np.where(f.whole, f.id_hash, np.uint64(0)),
        "name_hash": f.book.hash[f.name],
        "parent_hash": np.where(f.parent != 0, f.book.hash[f.parent], np.uint64(0)),
        "child_of": named,
        "called": called,
    }
    return {name: signed(found[name]) for name in HASHES}


def keys_by_row(features: Features) -> tuple[Numbers, Numbers]:
    """The keys of all records one record after the other, and where each record's begin (one entry more)."""
    found: Keys = block_keys(features)
    order = np.argsort(found.rows, kind="stable")
    ends = np.bincount(found.rows, minlength=len(features)).cumsum()
    return signed(found.keys[order]), np.concatenate([np.zeros(1, np.int64), ends])


def signed(hashes: Hashes) -> Numbers:
    """As databases hold 64 bits."""
    return hashes.view(np.int64)
