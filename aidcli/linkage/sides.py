"""Whole numbers with a name of which somebody said that they stand for two people: whose each record then is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ..model import Mention
from .anchors import LESS


class Sides:
    """`verdicts` are those on pairs of places in `pool`."""

    def __init__(self, pool: Sequence[Mention], verdicts: Mapping[tuple[int, int], str]) -> None:
        self._pool = pool
        self._shared: set[str] = set()
        self._against: dict[int, set[int]] = defaultdict(set)
        for (left, right), verdict in verdicts.items():
            if verdict != "same" and pool[left].rank != LESS and pool[left].anchor == pool[right].anchor:
                self._shared.add(pool[left].anchor)
                self._against[left].add(right)
                self._against[right].add(left)

    def are_one(self, left: int, right: int) -> bool:
        """Whether two records of one number and name are one person's without being asked about.

        Those of the register are, and those that were held apart from the same records; of a record that nobody
        spoke of it is not known whose it is.
        """
        one, other = self._pool[left], self._pool[right]
        if one.anchor not in self._shared or (one.home and other.home):
            return True
        ours, theirs = self._against.get(left, set()), self._against.get(right, set())
        return ours == theirs and (bool(ours) or not (one.home or other.home))
