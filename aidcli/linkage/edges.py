"""What speaks for two mentions of a set being one person."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Mention
from .anchors import LESS
from .candidates import Candidates, find_candidates
from .features import lay_out
from .kernel import compare
from .keys import block_keys
from .scoring import Model


class Edges(NamedTuple):
    """Pairs of places in the set, left < right, with points and evidence code; in the order of the places."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    score: NDArray[np.int64]
    code: NDArray[np.int64]

    def rows(self) -> list[tuple[int, int, int, int]]:
        return list(zip(*(column.tolist() for column in self), strict=True))


_NONE = np.zeros(0, np.int64)
NO_EDGES = Edges(_NONE, _NONE, _NONE, _NONE)


class Pool:
    """Mentions laid out for comparing."""

    def __init__(self, mentions: Sequence[Mention], model: Model) -> None:
        identities = [mention.identity for mention in mentions]
        self.mentions = mentions
        self.features = lay_out(identities, [mention.home for mention in mentions], model.lore)
        self.keys = block_keys(self.features)

    def index_rows(
        self, numbers: Sequence[int], only: Collection[int] | None = None
    ) -> Iterator[tuple[int, int]]:
        """(key as a database holds it, number of the mention), in the order of the keys.

        `numbers` are those of the mentions; with `only` the rows of these alone.
        """
        signed, rows = self.keys.keys.view(np.int64), np.array(numbers, np.int64)[self.keys.rows]
        if only is not None:
            kept = np.isin(rows, np.array(sorted(only), np.int64))
            signed, rows = signed[kept], rows[kept]
        order = np.lexsort((rows, signed))
        return zip(signed[order].tolist(), rows[order].tolist(), strict=True)


def edges_among(
    pool: Pool, model: Model, capped: Sequence[int] = (), argued: frozenset[str] = frozenset()
) -> Edges:
    """All pairs among the mentions that have a say (`Model.least`).

    Mentions of one whole number and name are all alike: they are tied to the first of them only, unless
    somebody argued about one of them (`argued` are keys). `capped` are signed keys that too many mentions
    share, where these mentions are only a part of all.
    """
    mentions = pool.mentions
    found = find_candidates(pool.features, pool.keys, capped=np.array(capped, np.int64).view(np.uint64))
    alike = _alike(mentions)
    group = _unless_argued(alike, mentions, argued)
    apart = group[found.left] != group[found.right]
    left, right, home = (column[apart] for column in found)
    first = np.flatnonzero(group != np.arange(len(mentions)))
    one, other = np.minimum(group[first], first), np.maximum(group[first], first)
    pairs = Candidates(
        np.concatenate([left, one]),
        np.concatenate([right, other]),
        np.concatenate([home, np.zeros(len(first), np.int8)]),
    )
    codes = compare(pool.features, *pairs)
    scores = model.scores(codes)
    tied = alike[pairs.left] == alike[pairs.right]
    keep = np.flatnonzero((scores >= model.least) | tied)
    keep = keep[np.lexsort((pairs.right[keep], pairs.left[keep]))]
    scores = np.where(tied, np.maximum(scores, model.auto), scores)
    return Edges(pairs.left[keep], pairs.right[keep], scores[keep], codes[keep])


def _alike(mentions: Sequence[Mention]) -> NDArray[np.int64]:
    """For each mention the first that has the same whole number and name."""
    first: dict[str, int] = {}
    found = np.arange(len(mentions))
    for place, mention in enumerate(mentions):
        if mention.rank != LESS:
            found[place] = first.setdefault(mention.anchor, place)
    return found


def _unless_argued(
    alike: NDArray[np.int64], mentions: Sequence[Mention], argued: frozenset[str]
) -> NDArray[np.int64]:
    """The same, but each for itself where somebody argued about one of them."""
    if not argued:
        return alike
    places = [place for place, mention in enumerate(mentions) if mention.key in argued]
    return np.where(np.isin(alike, alike[places]), np.arange(len(mentions)), alike)
