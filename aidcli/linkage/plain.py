"""Cases that need no weighing: most mentions have to do with nobody else, or with one other only.

Each comes to what `resolve` would come to; it is only said sooner.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Link, MentionColumns, Pair
from .alike import alike
from .anchors import WHOLE
from .edges import Edges
from .scoring import Model

Places = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Plain(NamedTuple):
    """What is settled: places of people of their own, links of others, questions; `busy` are to be weighed."""

    alone: Places
    links: list[Link]
    pairs: list[Pair]
    busy: Flags


def plain_cases(
    mentions: MentionColumns, verdicts: Iterable[tuple[int, int]], model: Model, edges: Edges
) -> Plain:
    """`verdicts` are the pairs of places that somebody answered; `edges` are strongest first."""
    count = len(mentions.key)
    groups = alike(mentions).groups
    apart = groups[edges.left] != groups[edges.right]
    asked = np.array([place for pair in verdicts for place in pair], np.int64)
    unclear = np.zeros(count, np.bool_)
    unclear[groups[np.concatenate([edges.left[apart], edges.right[apart], asked])]] = True
    busy = unclear[groups]
    own = np.zeros(count, np.bool_)
    own[_eldest(mentions, groups, np.flatnonzero(~busy))] = True
    agreed = np.flatnonzero(~own & ~busy)
    links = _links(mentions, agreed, agreed, edges, _strongest(edges, count)[agreed])
    sole = _sole_candidates(mentions, groups, asked, edges)
    listed = _listed(mentions)[edges.left[sole]]
    person = np.where(listed, edges.left[sole], edges.right[sole])
    newcomer = np.where(listed, edges.right[sole], edges.left[sole])
    enough = edges.score[sole] >= model.auto
    links += _links(mentions, newcomer[enough], person[enough], edges, sole[enough])
    busy[person] = busy[newcomer] = False
    own[person] = True
    own[newcomer[~enough]] = True
    question = sole[(edges.score[sole] >= model.review) & ~enough]
    return Plain(np.flatnonzero(own), links, _questions(mentions, edges, question), busy)


def _links(mentions: MentionColumns, among: Places, to: Places, edges: Edges, edge: Places) -> list[Link]:
    """Each of `among` belongs to the person that its place in `to` mints, by an edge."""
    told = zip(
        among.tolist(), to.tolist(), edges.score[edge].tolist(), edges.code[edge].tolist(), strict=True
    )
    keys, anchors = mentions.key, mentions.anchor
    return [
        Link(keys[place], anchors[person], "auto", score, f"{code:010}", "auto")
        for place, person, score, code in told
    ]


def _questions(mentions: MentionColumns, edges: Edges, question: Places) -> list[Pair]:
    keys = mentions.key
    return [
        Pair(keys[left], keys[right], "review", score, f"{code:010}")
        for left, right, score, code in Edges(*(column[question] for column in edges)).rows()
    ]


def _eldest(mentions: MentionColumns, groups: Places, among: Places) -> Places:
    """Of each whole group `among` them the mention that mints the person: the register's before departments'."""
    rank = np.array(mentions.rank, np.int64)[among]
    among = among[np.lexsort((among, rank, groups[among]))]
    return among[np.flatnonzero(np.diff(groups[among], prepend=-1))]


def _sole_candidates(mentions: MentionColumns, groups: Places, asked: Places, edges: Edges) -> Places:
    """Edges between somebody of the register and somebody else that neither has another beside.

    At most one of the two has a whole number, so that nothing speaks against their being one, and
    the person bears the id of the register's.
    """
    count = len(groups)
    degree = np.bincount(np.concatenate([edges.left, edges.right]), minlength=count)
    several = np.bincount(groups, minlength=count)[groups] > 1
    fit = (degree == 1) & ~several
    fit[asked] = False
    listed = _listed(mentions)
    rank = np.array(mentions.rank, np.int64)
    known = [kind in WHOLE for kind in mentions.identity.id_kind]
    less = ~np.array(known, np.bool_)
    fit &= listed | (rank != 0)
    one, other = edges.left, edges.right
    return np.flatnonzero(fit[one] & fit[other] & (listed[one] != listed[other]) & (less[one] | less[other]))


def _listed(mentions: MentionColumns) -> Flags:
    """Whom a roster lists in a household."""
    return np.fromiter(map(bool, mentions.home), np.bool_, len(mentions.home))


def _strongest(edges: Edges, count: int) -> Places:
    """For each of `count` places its first edge; behind the last where it has none."""
    found = np.full(count, len(edges.code), np.int64)
    order = np.arange(len(edges.code))
    np.minimum.at(found, edges.left, order)
    np.minimum.at(found, edges.right, order)
    return found
