"""Whether a candidate leads: nobody else comes near whom the records could mean as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from .clusters import Clusters


class Leading:
    """Of groups of records: `best` has the points between two of them, the smaller first.

    Rivals are who is known (on the register, or with a whole number), and whoever has points enough to link by
    itself while nothing says that it may be the candidate in other words.
    """

    def __init__(
        self,
        clusters: Clusters,
        best: Mapping[tuple[int, int], int],
        registered: Collection[int],
        auto: int,
        margin: int,
    ) -> None:
        self._clusters = clusters
        self._best = best
        self._registered = registered
        self._margin = margin
        self._rivals: dict[int, list[tuple[int, int, bool]]] = defaultdict(list)
        for (one, other), score in best.items():
            for group, rival in ((one, other), (other, one)):
                known = clusters.is_hard(rival)
                if known or score >= auto:
                    self._rivals[group].append((score, rival, known))
        for rivals in self._rivals.values():
            rivals.sort(reverse=True)

    def over(self, group: int, other: int, score: int) -> bool:
        """Whether `other` leads for a group that is looking for its person; for a person anybody does."""
        if group in self._registered:
            return True
        for points, rival, known in self._rivals.get(group, ()):
            if points <= score - self._margin:
                return True
            if rival == other or self._clusters.root(rival) == self._clusters.root(other):
                continue
            if known or (min(rival, other), max(rival, other)) not in self._best:
                return False
        return True
