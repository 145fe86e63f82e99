"""Whether a candidate leads: nobody else comes near whom the records could mean as well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from .clusters import Clusters


class Leading:
    """Of groups of records: `best` has the points between two of them, the smaller first.

    Rivals are who is known (on the register, or with a whole number), and whoever has points enough to link by
    itself while nothing says that it may be the candidate in other words. `namesakes` are the pairs of one name
    that are at hand (`evidence.namesakes_at_hand`): beside such a one nobody leads by a name that is only near.
    """

    def __init__(
        self,
        clusters: Clusters,
        best: Mapping[tuple[int, int], int],
        registered: Collection[int],
        auto: int,
        margin: int,
        namesakes: Collection[tuple[int, int]] = (),
    ) -> None:
        self._clusters = clusters
        self._best = best
        self._registered = registered
        self._margin = margin
        self._namesakes: dict[int, list[int]] = defaultdict(list)
        for one, other in namesakes:
            for group, rival in ((one, other), (other, one)):
                if rival in registered:
                    self._namesakes[group].append(rival)
        self._rivals: dict[int, list[tuple[int, int, bool]]] = defaultdict(list)
        for (one, other), score in best.items():
            for group, rival in ((one, other), (other, one)):
                known = clusters.is_hard(rival)
                if known or score >= auto:
                    self._rivals[group].append((score, rival, known))
        for rivals in self._rivals.values():
            rivals.sort(reverse=True)

    def over(self, group: int, other: int, score: int, near: bool = False) -> bool:
        """Whether `other` leads for a group that is looking for its person; `near`: by a name that is only near.

        For a person of the register anybody does, unless another one leads as well who cannot be the same.
        """
        registered = group in self._registered
        if near and not registered and self._has_namesake(group, other):
            return False
        for points, rival, known in self._rivals.get(group, ()):
            if points <= score - self._margin:
                return True
            if rival == other or self._clusters.root(rival) == self._clusters.root(other):
                continue
            if registered:
                if self._is_another(rival, other) and not self._is_another(rival, group):
                    return False
            elif known or self._is_another(rival, other) or self._are_strangers(rival, other):
                return False
        return True

    def _has_namesake(self, group: int, other: int) -> bool:
        root = self._clusters.root
        return any(root(rival) not in (root(other), root(group)) for rival in self._namesakes.get(group, ()))

    def _is_another(self, one: int, other: int) -> bool:
        """Whether two groups are two people: by whole numbers, or because somebody said or doubted so."""
        clusters = self._clusters
        return clusters.contradict(one, other) or clusters.apart(one, other) or clusters.doubted(one, other)

    def _are_strangers(self, one: int, other: int) -> bool:
        """Whether nothing says that the one may be the other in other words."""
        return (min(one, other), max(one, other)) not in self._best
