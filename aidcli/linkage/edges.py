"""What speaks for two mentions of a set being one person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Mention, MentionColumns
from .alike import alike
from .candidates import find_candidates
from .engines import Engine, Records
from .features import lay_out_columns
from .kernel import compare
from .keys import block_keys
from .scoring import Model


class Edges(NamedTuple):
    """Pairs of places in the set, left < right, with points and evidence code; in the order of the places."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    score: NDArray[np.int64]
    code: NDArray[np.int64]

    def strongest_first(self) -> Edges:
        """The same in the order of the points; ties by place."""
        order = np.lexsort((self.right, self.left, -self.score))
        return Edges(*(column[order] for column in self))

    def among(self, kept: NDArray[np.bool_]) -> Edges:
        """Those between two of the places `kept`, which are counted anew."""
        at = np.cumsum(kept) - 1
        both = kept[self.left] & kept[self.right]
        return Edges(at[self.left[both]], at[self.right[both]], self.score[both], self.code[both])

    def rows(self) -> list[tuple[int, int, int, int]]:
        return list(zip(*(column.tolist() for column in self), strict=True))


_NONE = np.zeros(0, np.int64)
NO_EDGES = Edges(_NONE, _NONE, _NONE, _NONE)


class Pool:
    """Mentions laid out for comparing."""

    def __init__(self, mentions: Sequence[Mention] | MentionColumns, model: Model) -> None:
        self.mentions = mentions if isinstance(mentions, MentionColumns) else MentionColumns.of(mentions)
        self.features = lay_out_columns(self.mentions.identity, self.mentions.home, model.lore)
        self.keys = block_keys(self.features)

    @property
    def records(self) -> Records:
        """The mentions as an engine takes them."""
        return Records(self.mentions.identity, self.mentions.home)

    def index_rows(
        self, numbers: Sequence[int], only: Collection[int] | None = None
    ) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        """The key and the number of the mention, for each key of each.

        `numbers` are those of the mentions; with `only` the keys of these alone.
        """
        keys, rows = self.keys.keys, np.array(numbers, np.int64)[self.keys.rows]
        if only is not None:
            kept = np.isin(rows, np.array(sorted(only), np.int64))
            keys, rows = keys[kept], rows[kept]
        return keys, rows


def edges_among(
    pool: Pool,
    model: Model,
    capped: NDArray[np.uint64] | None = None,
    argued: frozenset[str] = frozenset(),
    engine: Engine | None = None,
) -> Edges:
    """All pairs among the mentions that have a say (`Model.least`).

    Mentions of one whole number and name are all alike: they are tied to the first of them only, unless
    somebody argued about one of them (`argued` are keys). `capped` are keys that too many mentions
    share, where these mentions are only a part of all. Another `engine` compares what is not alike; it is
    given all.
    """
    mentions = pool.mentions
    same = alike(mentions)
    group = same.groups
    if argued:
        group = same.unless(np.array([key in argued for key in mentions.key], np.bool_))
    first = np.flatnonzero(group != np.arange(len(group)))
    one, other = np.minimum(group[first], first), np.maximum(group[first], first)
    home = np.zeros(len(first), np.int8)
    if engine is None:
        found = find_candidates(pool.features, pool.keys, capped=capped)
        apart = group[found.left] != group[found.right]
        left, right = np.concatenate([found.left[apart], one]), np.concatenate([found.right[apart], other])
        codes = compare(pool.features, left, right, np.concatenate([found.home[apart], home]))
    else:
        scored = engine.pairs(pool.records, model)
        apart = group[scored.left] != group[scored.right]
        left, right = np.concatenate([scored.left[apart], one]), np.concatenate([scored.right[apart], other])
        codes = np.concatenate([scored.code[apart], compare(pool.features, one, other, home)])
    scores = model.scores(codes)
    tied = same.groups[left] == same.groups[right]
    keep = np.flatnonzero((scores >= model.least) | tied)
    keep = keep[np.lexsort((right[keep], left[keep]))]
    scores = np.where(tied, np.maximum(scores, model.auto), scores)
    return Edges(left[keep], right[keep], scores[keep], codes[keep])
