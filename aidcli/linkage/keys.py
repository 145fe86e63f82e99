"""Which records are compared at all: those that share a key of the inverted index.

A key is a number made of the rule and what it asks for. Nothing here depends on the other records.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .features import OTHER, Features
from .hashing import Hashes, mix, sieve
from .namebook import INFANT, LONG, PLAIN
from .threads import in_turn

Columns = tuple[Hashes | NDArray[np.int64], ...]

INDEX_FORM = "4"  # another one whenever a record gets other keys: an index of another form is made anew

_PART_BITS = 3  # keys are sorted in parts, by their uppermost bits: in threads, and shorter ones faster


class Keys(NamedTuple):
    """(row, key), each once, in the order of the keys."""

    rows: NDArray[np.int64]
    keys: Hashes

    @classmethod
    def ordered(cls, rows: NDArray[np.int64], keys: Hashes, workers: int = 1) -> Keys:
        """From any order; two rules, or two names, may give a row one key. `workers`: threads to use."""
        first = (keys >> np.uint64(64 - _PART_BITS)).astype(np.uint8)

        def part(number: int) -> Keys:
            here = np.flatnonzero(first == number)
            return cls._sorted(rows[here], keys[here])

        parts = in_turn(part, range(1 << _PART_BITS), workers)
        return cls(*map(np.concatenate, zip(*parts, strict=True)))

    @classmethod
    def _sorted(cls, rows: NDArray[np.int64], keys: Hashes) -> Keys:
        if not len(rows):
            return cls(rows, keys)
        order = np.argsort(keys)
        keys = keys[order]
        # Which key it is and which row, as one number: sorting these takes a fifth of the time of `lexsort`.
        count = int(rows.max()) + 1
        packed = np.cumsum(np.diff(keys, prepend=keys[:1]) != 0) * count + rows[order]
        packed.sort()
        first = np.ones(len(keys), np.bool_)
        first[1:] = packed[1:] != packed[:-1]
        return cls(packed[first] % count, keys[first])


def block_keys(features: Features, side: NDArray[np.bool_] | None = None, workers: int = 1) -> Keys:
    """The keys of each record. Rules, each for records that have what it needs:

    1 first fifteen digits; 2 area, last four and surname; 3 birth date and surname; 4 birth date and village;
    5 sound of the name and village; 6 phone; 7 sound of the name and year of birth; 8 last four and the last
    letter of the name; 9 another document. 5 and 7 go by the former name and the parent's as well.

    With `side` keys may be left out that only records of one side have. `workers`: threads to use.
    """
    f = features
    book = f.book
    names = f.name
    birth = f.any_birth
    full = np.where(birth % 100 != 0, birth, 0)
    year = birth // 10000
    surname, last = book.surname_hash[names], book.tail_hash[names]
    documents = np.where(f.kind == OTHER, f.id_hash, np.uint64(0))
    found = _Collected(side)
    found.add(1, f.prefix)
    found.add(2, f.area, f.tail, surname)
    found.add(3, full, surname)
    found.add(4, full, f.village)
    own = _sounds(features, names)
    for called in (names, f.former, f.parent):
        if not called.any():
            continue
        sound = _sounds(features, called)
        if called is not names:  # a former name that sounds the same is no second key
            sound = np.where(sound == own, np.uint64(0), sound)
        found.add(5, sound, f.village)
        found.add(7, sound, year)
    found.add(6, f.phone)
    found.add(8, f.tail, last)
    found.add(9, documents)
    return found.keys(workers)


def _sounds(features: Features, called: NDArray[np.int64]) -> Hashes:
    """The sound of names that are whole; a hidden or a borrowed one would bring all and everybody together."""
    kind = features.book.kind[called]
    known = (kind == PLAIN) | (kind == LONG)
    return np.where(known & (kind != INFANT), features.book.sound_hash[called], np.uint64(0))


class _Collected:
    """Rules and the columns they go by; a row has a key where none of the columns is 0."""

    def __init__(self, side: NDArray[np.bool_] | None) -> None:
        self._side = side
        self._rules: defaultdict[int, list[Columns]] = defaultdict(list)

    def add(self, rule: int, *columns: Hashes | NDArray[np.int64]) -> None:
        self._rules[rule].append(columns)

    def keys(self, workers: int) -> Keys:
        parts = in_turn(self._one, self._rules.items(), workers)
        rows, keys = zip(*parts, strict=True)
        return Keys.ordered(np.concatenate(rows), np.concatenate(keys), workers)

    def _one(self, rule: tuple[int, list[Columns]]) -> tuple[NDArray[np.int64], Hashes]:
        number, several = rule
        found = [np.flatnonzero(np.logical_and.reduce([one != 0 for one in columns])) for columns in several]
        mixed = [
            mix(number, *(one[rows] for one in columns)) for rows, columns in zip(found, several, strict=True)
        ]
        rows, keys = np.concatenate(found), np.concatenate(mixed)
        if self._side is not None:
            for of_claims in (True, False):  # those of the other side that nobody here has need no sorting
                here = self._side[rows] == of_claims
                kept = here | sieve(keys, keys[here])
                rows, keys = rows[kept], keys[kept]
        return rows, keys
