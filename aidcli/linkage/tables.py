"""Two tables without a database: claims of departments against a register, by the rules of the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Identity
from .engines import Engine, LocalEngine, Records
from .scoring import Model, Tier

Numbers = NDArray[np.int64]

_NOBODY = -999  # points of a second best that is not there


class TableLink(NamedTuple):
    """A claim and somebody of the register (row numbers from 0), with the points, the code and the tier."""

    claim: int
    record: int
    score: int
    code: int
    tier: Tier


def match_tables(
    register: Identity,
    homes: Sequence[str],
    claims: Identity,
    model: Model,
    *,
    people: Sequence[str] = (),
    engine: Engine | None = None,
) -> Iterator[TableLink]:
    """The best record of the register for each claim that has one, and the rivals that a person is asked about.

    `register` and `claims` have a sequence a slot; `homes` is the household of each record of the register,
    `people` whom each is known to be: records of one person are no rivals. A claim is linked (``auto``) to one
    record at most.
    """
    known = len(register.name)
    both = (list(ours) + list(theirs) for ours, theirs in zip(register, claims, strict=True))
    columns = Identity(*both)  # type: ignore[arg-type]
    records = Records(columns, [*homes, *[""] * len(claims.name)], known)
    found = (engine or LocalEngine()).pairs(records, model)
    who = (
        np.unique(np.array(people, object), return_inverse=True)[1][found.left] if len(people) else found.left
    )
    for row, tier in chosen(found.right, found.left, who, found.score, model):
        yield TableLink(
            int(found.right[row]) - known,
            int(found.left[row]),
            int(found.score[row]),
            int(found.code[row]),
            tier,
        )


def chosen(
    claims: Numbers, records: Numbers, people: Numbers, scores: Numbers, model: Model
) -> Iterator[tuple[int, Tier]]:
    """(row, tier) of what is linked or asked about. A row is a claim and a record of the register.

    Best first, ties by the records' numbers; automatic only with a margin over the best record of another
    person; one question a person.
    """
    if not len(claims):
        return
    order = np.lexsort((records, -scores, claims))
    first = np.flatnonzero(np.diff(claims[order], prepend=-1)).tolist()
    at, who, points = order.tolist(), people[order].tolist(), scores[order].tolist()
    for start, end in zip(first, [*first[1:], len(at)], strict=True):
        best = points[start]
        tier = model.tier(best)
        if not tier:
            continue
        others = (points[row] for row in range(start + 1, end) if who[row] != who[start])
        if tier == "auto" and best - next(others, _NOBODY) >= model.margin:
            yield at[start], "auto"
            continue
        asked: set[int] = set()
        for row in range(start, end):
            if points[row] >= model.review and best - points[row] < model.margin and who[row] not in asked:
                asked.add(who[row])
                yield at[row], "review"
