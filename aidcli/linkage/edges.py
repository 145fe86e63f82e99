"""What speaks for two mentions of a set being one person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Mention
from .anchors import LESS
from .candidates import Candidates, find_candidates
from .features import Features, lay_out
from .kernel import compare
from .keys import Keys, block_keys
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


def keys_of_mentions(mentions: Sequence[Mention], model: Model) -> Keys:
    """The keys of the inverted index: (place in `mentions`, key)."""
    return block_keys(_features(mentions, model))


def edges_among(
    mentions: Sequence[Mention],
    model: Model,
    capped: NDArray[np.uint64] | None = None,
    argued: frozenset[str] = frozenset(),
) -> Edges:
    """All pairs among the mentions that have a say (`Model.least`).

    Mentions of one whole number and name are all alike: they are tied to the first of them only, unless
    somebody argued about one of them (`argued` are keys).
    """
    features = _features(mentions, model)
    found = find_candidates(features, capped=capped)
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
    codes = compare(features, *pairs)
    scores = model.scores(codes)
    tied = alike[pairs.left] == alike[pairs.right]
    keep = np.flatnonzero((scores >= model.least) | tied)
    keep = keep[np.lexsort((pairs.right[keep], pairs.left[keep]))]
    scores = np.where(tied, np.maximum(scores, model.auto), scores)
    return Edges(pairs.left[keep], pairs.right[keep], scores[keep], codes[keep])


def _features(mentions: Sequence[Mention], model: Model) -> Features:
    return lay_out(
        [mention.identity for mention in mentions], [mention.home for mention in mentions], model.lore
    )


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
