"""From keys to pairs: who shares a key with whom, and who is of the household that a row's number points to."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import KEY_CAP
from .evidence import HomeLevel
from .features import Features
from .hashing import Hashes, distinct, mix, sieve
from .keys import Keys, block_keys
from .namebook import LONG, PLAIN
from .threads import in_turn

Rows = NDArray[np.int64]
LARGEST_HOME = 60


class Candidates(NamedTuple):
    """Pairs of rows, left < right, each once; `home` is a `HomeLevel`."""

    left: Rows
    right: Rows
    home: NDArray[np.int8]


def find_candidates(
    features: Features,
    keys: Keys | None = None,
    side: NDArray[np.bool_] | None = None,
    capped: NDArray[np.uint64] | None = None,
    workers: int = 1,
) -> Candidates:
    """All pairs to compare. With `side`, only those of a row that is False there with one that is True.

    `keys` are those of the rows, where they are known already; `capped` those that too many records share,
    when these are only a part of all. `workers`: threads to use.
    """
    count = len(features)
    keys = block_keys(features, side, workers) if keys is None else keys
    if capped is not None and capped.size:
        rare = ~np.isin(keys.keys, capped)
        keys = Keys(keys.rows[rare], keys.keys[rare])
    packed = [_joined(keys, count, side, workers)]
    if side is None:
        packed.append(_housemates(features))
    lent = _owners(features)
    one, other = _through(features, *lent, side)
    others = features.id_hash[one] != features.id_hash[other]  # on another roster it is the owner again
    owners = _pack(one[others], other[others], count)
    parents = _pack(*_through(features, *_parents(features), side), count)
    everything = distinct(np.concatenate([*packed, owners, parents]))
    left, right = everything // max(count, 1), everything % max(count, 1)
    if features.parent.any():
        strangers = ~_is_parent(features, left, right)
        everything, left, right = everything[strangers], left[strangers], right[strangers]
    home = np.zeros(len(everything), np.int8)
    same = (features.home[left] == features.home[right]) & (features.home[left] != 0)
    home[_lent(features, lent[0], left, right)] = HomeLevel.LENT
    home[same] = HomeLevel.SAME
    home[_among(everything, owners)] = HomeLevel.OWNER
    home[_among(everything, parents)] = HomeLevel.PARENT  # says more: the child is not the parent
    return Candidates(left, right, home)


def _pack(one: Rows, other: Rows, count: int) -> Rows:
    return distinct(np.minimum(one, other) * count + np.maximum(one, other))


def _among(pairs: Rows, some: Rows) -> Rows:
    """Where in `pairs` those of `some` stand that are there; each once and in their order in both."""
    at = np.searchsorted(pairs, some)
    there = at < len(pairs)
    at, some = at[there], some[there]
    found: Rows = at[pairs[at] == some]
    return found


def _housemates(features: Features) -> Rows:
    """Pairs that the register lists in one household."""
    rows = np.flatnonzero(features.home != 0)
    return _joined(Keys.ordered(rows, features.home[rows]), len(features), None)


def _joined(keys: Keys, count: int, side: NDArray[np.bool_] | None, workers: int = 1) -> Rows:
    """Pairs that share a key, packed; keys that too many records share are left out."""
    rows = keys.rows
    edges = np.flatnonzero(np.diff(keys.keys, prepend=np.uint64(0), append=np.uint64(0)))
    sizes = np.diff(edges)
    fit = (sizes > 1) & (sizes <= KEY_CAP)
    starts, sizes = edges[:-1][fit], sizes[fit]

    def pairs(portion: tuple[int, int]) -> Rows:
        first, last = portion
        begin, much = starts[first:last], sizes[first:last]
        at = _ranges(begin, much)
        end = np.repeat(begin + much, much)
        behind = end - at - 1
        one = np.repeat(rows[at], behind)
        other = rows[_ranges(at + 1, behind)]
        differ = one != other
        if side is not None:
            differ &= side[one] != side[other]
        return _pack(one[differ], other[differ], count)

    found = in_turn(pairs, _portions(sizes), workers)
    return distinct(np.concatenate(found)) if found else np.zeros(0, np.int64)


def _portions(sizes: Rows, limit: int = 2_000_000) -> list[tuple[int, int]]:
    """Cuts groups into runs of about `limit` pairs, so that memory stays bounded."""
    pairs = np.cumsum(sizes * (sizes - 1) // 2)
    cuts = [0]
    while cuts[-1] < len(sizes):
        before = int(pairs[cuts[-1] - 1]) if cuts[-1] else 0
        cuts.append(max(int(np.searchsorted(pairs, before + limit, side="right")), cuts[-1] + 1))
    return list(pairwise(cuts))


def _ranges(starts: Rows, sizes: Rows) -> Rows:
    """``starts[0], starts[0] + 1, …`` for each run, one after the other."""
    total = int(sizes.sum())
    skipped = np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.arange(total) - skipped + np.repeat(starts, sizes)


def _owners(features: Features) -> tuple[Rows, Rows]:
    """(row, somebody of the register with another name who has its number)."""
    f = features
    rows = np.flatnonzero(f.whole)
    numbers = np.sort(f.id_hash[rows])
    rows = rows[sieve(f.id_hash[rows], numbers[1:][numbers[1:] == numbers[:-1]])]  # others have their own
    rows, owners = _matches(f.id_hash, rows, f.id_hash, rows[f.home[rows] != 0])
    other = f.book.hash[f.name[rows]] != f.book.hash[f.name[owners]]
    return rows[other], owners[other]


def _lent(features: Features, rows: Rows, left: Rows, right: Rows) -> NDArray[np.bool_]:
    """Pairs of two right and different numbers of which one is known to be another person's."""
    f = features
    strange = np.zeros(len(f), np.bool_)
    strange[rows] = True
    whole = f.whole
    differ = whole[left] & whole[right] & (f.id_hash[left] != f.id_hash[right])
    found: NDArray[np.bool_] = differ & (strange[left] | strange[right])
    return found


def _parents(features: Features) -> tuple[Rows, Rows]:
    """(row that names a parent, somebody of the register in that village who is called so)."""
    if not features.parent.any():
        none = np.zeros(0, np.int64)
        return none, none
    named, called = named_parents(features)
    return _matches(named, np.flatnonzero(named), called, np.flatnonzero(called))


def named_parents(features: Features) -> tuple[Hashes, Hashes]:
    """For each row the parent that its name speaks of, and how the register calls it itself; both in the village.

    0 where there is none.
    """
    f = features
    nothing = np.uint64(0)
    kind = f.book.kind[f.parent]  # a name in full: it has the key by which the index finds the parent
    names_one = ((kind == PLAIN) | (kind == LONG)) & (f.village != 0)
    named = np.where(names_one, mix(0, f.book.hash[f.parent], f.village), nothing)
    listed = (f.home != 0) & (f.village != 0)
    called = np.where(listed, mix(0, f.book.hash[f.name], f.village), nothing)
    return named, called


def _is_parent(features: Features, left: Rows, right: Rows) -> NDArray[np.bool_]:
    """Pairs of which one says that it is the other's child: 王芳之子 is not 王芳, whosever number it bears."""
    hashes = features.book.hash
    named = np.where(features.parent != 0, hashes[features.parent], np.uint64(0))
    called = hashes[features.name]
    ours = (named[left] != 0) & (named[left] == called[right])
    theirs = (named[right] != 0) & (named[right] == called[left])
    found: NDArray[np.bool_] = ours | theirs
    return found


def _through(
    features: Features, rows: Rows, people: Rows, side: NDArray[np.bool_] | None
) -> tuple[Rows, Rows]:
    """(row, each member of the household of the person found for it)."""
    f = features
    listed = np.flatnonzero(f.home != 0)
    at, members = _matches(f.home[people], np.arange(len(people)), f.home, listed, LARGEST_HOME)
    one = rows[at]
    differ = (one != members) & (members != people[at]) & (f.home[one] != f.home[members])
    if side is not None:
        differ &= side[one] != side[members]
    return one[differ], members[differ]


def _matches(
    wanted: Hashes, rows: Rows, offered: Hashes, others: Rows, cap: int = KEY_CAP
) -> tuple[Rows, Rows]:
    """(row, other) for every other whose offered number is the one wanted; none where more than `cap` have it."""
    others = others[sieve(offered[others], wanted[rows])]
    rows = rows[sieve(wanted[rows], offered[others])]
    order = others[np.argsort(offered[others])]
    keys = offered[order]
    first = np.searchsorted(keys, wanted[rows], side="left")
    sizes = np.searchsorted(keys, wanted[rows], side="right") - first
    sizes = np.where(sizes > cap, 0, sizes)
    return np.repeat(rows, sizes), order[_ranges(first, sizes)]
