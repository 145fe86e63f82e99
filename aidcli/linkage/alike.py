"""Mentions of one whole number and one name: they are one person before anything is compared."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import MentionColumns
from .anchors import LESS

Places = NDArray[np.int64]


class Alike(NamedTuple):
    """For each mention the first that has its anchor; `groups` only where that is a whole number with a name,
    else the mention itself.
    """

    first: Places
    groups: Places

    def unless(self, argued: NDArray[np.bool_]) -> Places:
        """The groups, but each for itself where somebody argued about one of them."""
        alone = np.arange(len(self.groups))
        return np.where(np.isin(self.groups, self.groups[argued]), alone, self.groups)


def alike(mentions: MentionColumns) -> Alike:
    count = len(mentions.anchor)
    known = dict(zip(reversed(mentions.anchor), range(count - 1, -1, -1), strict=True))
    first = np.fromiter(map(known.__getitem__, mentions.anchor), np.int64, count)
    whole = np.array(mentions.rank, np.int64) != LESS
    return Alike(first, np.where(whole, first, np.arange(count)))
