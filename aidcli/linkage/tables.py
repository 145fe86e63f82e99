"""Two tables without a database: claims of departments against a register, by the rules of the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Identity
from .candidates import Candidates, find_candidates
from .evidence import Codes
from .features import lay_out_columns
from .kernel import compare
from .scoring import Model, Tier


class TableLink(NamedTuple):
    """A claim and somebody of the register (row numbers from 0), with the points, the code and the tier."""

    claim: int
    record: int
    score: int
    code: int
    tier: Tier


def match_tables(
    register: Identity, homes: Sequence[str], claims: Identity, model: Model
) -> Iterator[TableLink]:
    """The best record of the register for each claim that has one, and the rivals that a person is asked about.

    `register` and `claims` have a sequence a slot; `homes` is the household of each record of the register.
    A claim is linked (``auto``) to one record at most.
    """
    known = len(register.name)
    both = (list(ours) + list(theirs) for ours, theirs in zip(register, claims, strict=True))
    columns = Identity(*both)  # type: ignore[arg-type]
    features = lay_out_columns(columns, [*homes, *[""] * len(claims.name)], model.lore)
    side = np.arange(len(features)) >= known
    found = find_candidates(features, side=side)
    codes = compare(features, *found)
    scores = model.scores(codes)
    yield from _judged(found, codes, scores, known, model)


def _judged(
    found: Candidates, codes: Codes, scores: NDArray[np.int64], known: int, model: Model
) -> Iterator[TableLink]:
    """Best first; automatic only with a margin over the second best."""
    rows = np.flatnonzero(scores >= model.least)
    claims, records = found.right[rows], found.left[rows]
    scores, codes = scores[rows], codes[rows]
    order = np.lexsort((records, -scores, claims))
    claims, records, scores, codes = claims[order], records[order], scores[order], codes[order]
    first = np.flatnonzero(np.diff(claims, prepend=-1))
    last = np.append(first[1:], len(claims))
    for start, end in zip(first.tolist(), last.tolist(), strict=True):
        best = int(scores[start])
        tier = model.tier(best)
        if not tier:
            continue
        rival = int(scores[start + 1]) if end - start > 1 else -999
        if tier == "auto" and best - rival >= model.margin:
            yield TableLink(int(claims[start]) - known, int(records[start]), best, int(codes[start]), "auto")
            continue
        for row in range(start, end):
            if scores[row] >= model.review and best - scores[row] < model.margin:
                yield TableLink(
                    int(claims[row]) - known, int(records[row]), int(scores[row]), int(codes[row]), "review"
                )
