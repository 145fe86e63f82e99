"""Which records are compared at all: those that share a key of the inverted index.

A key is a number made of the rule and what it asks for. Nothing here depends on the other records.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .features import OTHER, Features
from .hashing import Hashes, mix
from .namebook import INFANT, LONG, PLAIN

INDEX_FORM = "2"  # another one whenever a record gets other keys: an index of another form is made anew


class Keys(NamedTuple):
    """(row, key), each once, in the order of the keys."""

    rows: NDArray[np.int64]
    keys: Hashes

    @classmethod
    def ordered(cls, rows: NDArray[np.int64], keys: Hashes) -> Keys:
        """From any order; two rules, or two names, may give a row one key."""
        order = np.lexsort((rows, keys))
        rows, keys = rows[order], keys[order]
        first = np.ones(len(keys), np.bool_)
        first[1:] = (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1])
        return cls(rows[first], keys[first])


def block_keys(features: Features) -> Keys:
    """The keys of each record. Rules, each for records that have what it needs:

    1 first fifteen digits; 2 area, last four and surname; 3 birth date and surname; 4 birth date and village;
    5 sound of the name and village; 6 phone; 7 sound of the name and year of birth; 8 last four and the last
    letter of the name; 9 another document. 5 and 7 go by the former name and the parent's as well.
    """
    f = features
    book = f.book
    names = f.name
    birth = f.any_birth
    full = np.where(birth % 100 != 0, birth, 0)
    year = birth // 10000
    surname, last = book.surname_hash[names], book.tail_hash[names]
    documents = np.where(f.kind == OTHER, f.id_hash, np.uint64(0))
    found = _Collected()
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
    return found.keys()


def _sounds(features: Features, called: NDArray[np.int64]) -> Hashes:
    """The sound of names that are whole; a hidden or a borrowed one would bring all and everybody together."""
    kind = features.book.kind[called]
    known = (kind == PLAIN) | (kind == LONG)
    return np.where(known & (kind != INFANT), features.book.sound_hash[called], np.uint64(0))


class _Collected:
    def __init__(self) -> None:
        self._rows: list[NDArray[np.int64]] = []
        self._keys: list[Hashes] = []

    def add(self, rule: int, *columns: Hashes | NDArray[np.int64]) -> None:
        """Rows in which no column is 0."""
        rows = np.flatnonzero(np.logical_and.reduce([column != 0 for column in columns]))
        if rows.size:
            self._rows.append(rows)
            self._keys.append(mix(rule, *(column[rows] for column in columns)))

    def keys(self) -> Keys:
        if not self._rows:
            return Keys(np.zeros(0, np.int64), np.zeros(0, np.uint64))
        return Keys.ordered(np.concatenate(self._rows), np.concatenate(self._keys))
