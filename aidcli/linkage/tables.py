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
    """(row, tier) of what is linked or asked about: best first, automatic only with a margin over the best
    record of another person; one question a person. A row is a claim and a record of the register; ties go by the records' numbers.
    """
    if not len(claims):
        return
    order = np.lexsort((records, -scores, claims))
    claims, people, scores = claims[order], people[order], scores[order]
    first = np.flatnonzero(np.diff(claims, prepend=-1))
    last = np.append(first[1:], len(claims))
    for start, end in zip(first.tolist(), last.tolist(), strict=True):
        best = int(scores[start])
        tier = model.tier(best)
        if not tier:
            continue
        others = np.flatnonzero(people[start:end] != people[start])
        rival = int(scores[start + others[0]]) if others.size else _NOBODY
        if tier == "auto" and best - rival >= model.margin:
            yield int(order[start]), "auto"
            continue
        asked: set[int] = set()
        for row in range(start, end):
            near = scores[row] >= model.review and best - scores[row] < model.margin
            if near and int(people[row]) not in asked:
                asked.add(int(people[row]))
                yield int(order[row]), "review"
