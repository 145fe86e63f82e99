"""What an engine is given and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ...model import Identity
from ..scoring import Model

Numbers = NDArray[np.int64]


class Records(NamedTuple):
    """Records column by column: each slot of `columns` is a sequence with an entry a record.

    `homes`: the household in which the register lists each, or ''. With `known` the first so many are a
    register and the rest claims, which have no household: only claims are compared with the register. Without
    it each is compared with each.
    """

    columns: Identity
    homes: Sequence[str]
    known: int | None = None

    def __len__(self) -> int:
        return len(self.homes)

    @property
    def side(self) -> NDArray[np.bool_] | None:
        """Which are claims, where there are two sides."""
        return None if self.known is None else np.arange(len(self)) >= self.known


class Scored(NamedTuple):
    """Pairs of places, left < right, with the evidence code and its points; in the order of the places."""

    left: Numbers
    right: Numbers
    code: Numbers
    score: Numbers


class Engine(Protocol):
    """Compares records; every engine gives the same pairs, codes and points."""

    def pairs(self, records: Records, model: Model) -> Scored:
        """All pairs of records that have a say (`Model.least`)."""
        ...
