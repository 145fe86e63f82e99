"""How often each figure stands in a number: what tells most numbers apart without comparing their texts.

Packed in 64 bits: ten fields of six, the uppermost bit of each left free, so that all are subtracted at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Packed = NDArray[np.uint64]

_FIELD = 6
_LAST = np.uint64(_FIELD * 9)
_MOST = np.uint64((1 << _FIELD) - 1)
_ONE = np.uint64(1) << np.arange(0, 10 * _FIELD, _FIELD, dtype=np.uint64)
_TOGETHER = _ONE.sum()
_FREE = _TOGETHER << np.uint64(_FIELD - 1)
_TWO = np.add.outer(_ONE, _ONE).ravel()
_THREE = np.add.outer(_ONE, _TWO).ravel()
# Three figures and the last place, from 1: a figure or X, which is not counted.
_TAILS = np.append(np.uint64(0), np.add.outer(_THREE, np.append(_ONE, np.uint64(0))))


def figures_of(prefix: NDArray[np.int64], tail: NDArray[np.int64]) -> Packed:
    """Of numbers of eighteen places, by `Features.prefix` and `Features.tail`."""
    rest = prefix // 10  # the fifteenth is in the tail as well
    found = _TAILS[tail]
    for _ in range(4):
        rest, three = np.divmod(rest, 1000)
        found += _THREE[three]
    found += _TWO[rest]
    return found


def may_be_near(ours: Packed, theirs: Packed, slips: int) -> NDArray[np.bool_]:
    """Whether so many slips may lie between two numbers: each brings one figure that the other has not, at most.

    Always where it is not known how often (0).
    """
    apart = (ours | _FREE) - theirs
    more = apart & _FREE
    apart &= more - (more >> np.uint64(_FIELD - 1))  # the fields in which we have more
    surplus = (apart * _TOGETHER >> _LAST) & _MOST
    found: NDArray[np.bool_] = (surplus <= slips) | (ours == 0) | (theirs == 0)
    return found
