"""Two tables without a database: claims of departments against a register, by the rules of the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..memory import without_collector
from ..model import Identity
from .engines import Engine, LocalEngine, Records
from .evidence import namesakes_at_hand, near_names
from .scoring import Model, Tier

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

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
    record at most. The collector of circles rests until the last link is taken.
    """
    known = len(register.name)
    both = (list(ours) + list(theirs) for ours, theirs in zip(register, claims, strict=True))
    columns = Identity(*both)  # type: ignore[arg-type]
    records = Records(columns, [*homes, *[""] * len(claims.name)], known)
    with without_collector():
        found = (engine or LocalEngine()).pairs(records, model)
        who = found.left
        if len(people):
            who = np.unique(np.array(people, object), return_inverse=True)[1][found.left]
        rows, auto = decided(found.right, found.left, who, found.score, found.code, model)
        told = (found.right - known, found.left, found.score, found.code)
        columns_told = (column[rows].tolist() for column in told)
        yield from map(TableLink, *columns_told, _tiers(auto))


def chosen(
    claims: Numbers, records: Numbers, people: Numbers, scores: Numbers, codes: Numbers, model: Model
) -> Iterator[tuple[int, Tier]]:
    """(row, tier) of what is linked or asked about, as `decided`."""
    rows, auto = decided(claims, records, people, scores, codes, model)
    return zip(rows.tolist(), _tiers(auto), strict=True)


def decided(
    claims: Numbers, records: Numbers, people: Numbers, scores: Numbers, codes: Numbers, model: Model
) -> tuple[Numbers, Flags]:
    """Rows that are linked or asked about, and which are linked. A row is a claim and a record of the register.

    Best first, ties by the records' numbers; automatic only with a margin over the best record of another
    person, and not by a name that is only near while another person at hand is called just so; one question a
    person.
    """
    if not len(claims):
        return np.zeros(0, np.int64), np.zeros(0, np.bool_)
    order = np.lexsort((records, -scores, claims))
    who, points = people[order], scores[order]
    first = np.diff(claims[order], prepend=claims[order[:1]] - 1) != 0  # the best of each claim
    starts, group = np.flatnonzero(first), np.cumsum(first) - 1
    best, person = points[starts][group], who[starts][group]
    rival = np.maximum.reduceat(np.where(who != person, points, _NOBODY), starts)[group]
    leads = (best >= model.auto) & (best - rival >= model.margin)
    namesake = namesakes_at_hand(codes[order]) & (who != person)
    near = near_names(codes[order])[starts][group]
    leads &= ~(near & np.logical_or.reduceat(namesake, starts)[group])
    asked = np.flatnonzero(~leads & (points >= model.review) & (best - points < model.margin))
    asked = asked[_first_of_each(group[asked], who[asked])]
    auto = first & leads
    said = auto.copy()
    said[asked] = True
    return order[said], auto[said]


def _first_of_each(groups: Numbers, people: Numbers) -> Numbers:
    """Where each person of a group comes first."""
    order = np.lexsort((people, groups))
    groups, people = groups[order], people[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (groups[1:] != groups[:-1]) | (people[1:] != people[:-1])
    return order[first]


def _tiers(auto: Flags) -> list[Tier]:
    return ["auto" if one else "review" for one in auto.tolist()]
