"""A closed set of mentions in, people out: links with their evidence, and the pairs that wait for a person.

The result depends on the mentions, the judgements and the model alone, never on the order of imports. In
the order in which they are done:

1. What people answered, and whole numbers with one name.
2. Records of the register among themselves: one household, and points enough. Others of the register are
   proposed, never joined.
3. All other records: to where the points are enough and no other candidate comes near (`Model.margin`);
   the strongest first, ties by key. Nobody comes to two people of the register, to two whole numbers, or
   together with whom they were judged to be different from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import compress
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Judgement, Link, Mention, MentionColumns, Pair
from ..names import is_own
from .anchors import LESS, own_anchor
from .clusters import FOUND, OWN, SAID, STRAY, Clusters
from .edges import Edges, Pool, edges_among
from .evidence import HomeLevel, IdLevel, decode, namesakes_at_hand, near_names
from .leading import Leading
from .namelevels import NameLevel
from .plain import plain_cases
from .scoring import Model
from .sides import Sides

JUDGED = "judged_same"


class Resolution(NamedTuple):
    """Links of every mention given, and the pairs among them that wait."""

    links: list[Link]
    pairs: list[Pair]


class Settled(NamedTuple):
    """The same, but places of mentions that are a person of their own are `alone`, where that is plain."""

    links: list[Link]
    pairs: list[Pair]
    alone: NDArray[np.int64]


class _Edge(NamedTuple):
    """Strongest first, ties by place (the mentions are in the order of their keys)."""

    weakness: int
    left: int
    right: int
    code: str

    @property
    def score(self) -> int:
        return -self.weakness


_JUDGED_STRENGTH = 10_000


def pair_id(left: str, right: str) -> str:
    return f"q-{left[2:12]}{right[2:12]}"


def resolve(
    mentions: Iterable[Mention],
    judgements: Iterable[Judgement],
    model: Model,
) -> Resolution:
    """People among a set of mentions that is closed under candidate edges; everybody is among the links.

    `judgements` are those in force (the last one of each pair); those about absent mentions are ignored.
    """
    pool = MentionColumns.of(sorted(mentions, key=attrgetter("key")))
    judgements = list(judgements)
    edges = edges_among(Pool(pool, model), model, argued=argued_among(pool, judgements))
    links, pairs, alone = settle(pool, judgements, model, edges)
    own = [Link(pool.key[place], pool.anchor[place], "auto", 0, OWN, OWN) for place in alone.tolist()]
    return Resolution(own + links, pairs)


def settle(pool: MentionColumns, judgements: Iterable[Judgement], model: Model, edges: Edges) -> Settled:
    """The same for mentions in the order of their keys, of which the edges are known."""
    place = dict(zip(pool.key, range(len(pool.key)), strict=True))
    verdicts = {
        (place[j.left], place[j.right]): j.verdict for j in judgements if j.left in place and j.right in place
    }
    edges = edges.strongest_first()
    plain = plain_cases(pool, verdicts, model, edges)
    busy = plain.busy
    at = np.cumsum(busy) - 1
    verdicts = {(int(at[one]), int(at[other])): verdict for (one, other), verdict in verdicts.items()}
    edges = edges.among(busy)
    known = [pool.mention(place) for place in np.flatnonzero(busy).tolist()]
    links, pairs = _Resolver(known, verdicts, model, edges).result()
    return Settled(plain.links + links, sorted(plain.pairs + pairs), plain.alone)


def argued_among(pool: MentionColumns, judgements: Sequence[Judgement]) -> frozenset[str]:
    """The keys of mentions about which somebody answered, where both sides are there."""
    keys = set(pool.key) if judgements else set()
    return frozenset(
        key for j in judgements if j.left in keys and j.right in keys for key in (j.left, j.right)
    )


class _Resolver:
    """`edges` are strongest first."""

    def __init__(
        self, pool: Sequence[Mention], verdicts: Mapping[tuple[int, int], str], model: Model, edges: Edges
    ) -> None:
        self._pool = pool
        self._model = model
        same = {pair: JUDGED for pair, verdict in verdicts.items() if verdict == "same"}
        self._edges = []
        for left, right, score, code in edges.rows():
            if (left, right) in same:
                same[left, right] = f"{code:010}"
            else:
                self._edges.append(_Edge(-score, left, right, f"{code:010}"))
        self._said = sorted(_Edge(-_JUDGED_STRENGTH, *pair, code) for pair, code in same.items())
        self._sides = Sides(pool, verdicts)
        self._registered: frozenset[int] = frozenset()
        self._clusters = Clusters(pool, verdicts)

    def result(self) -> tuple[list[Link], list[Pair]]:
        clusters = self._clusters
        for edge in self._said:
            clusters.join(edge.left, edge.right, SAID)
        for edge in self._edges:
            if self._is_own(edge):
                clusters.join(edge.left, edge.right, OWN)
        accepted = self._attach()
        return self._links(), self._pairs(accepted)

    def _is_own(self, edge: _Edge) -> bool:
        """One whole number and name; or one person of one household, written in two ways on the register."""
        left, right = self._pool[edge.left], self._pool[edge.right]
        if left.rank != LESS and left.anchor == right.anchor:
            return self._sides.are_one(edge.left, edge.right)
        if not (left.home and right.home) or edge.score < self._model.auto or left.home != right.home:
            return False
        evidence = decode(int(edge.code))
        return evidence.home == HomeLevel.SAME and evidence.name == NameLevel.SAME

    # ------------------------------------------------------------ records that look for their person

    def _attach(self) -> dict[int, int]:
        """Joins what may be joined; returns the points with which each group found somebody known."""
        clusters, model = self._clusters, self._model
        self._base = base = [clusters.root(place) for place in range(len(self._pool))]
        self._registered = frozenset(group for group in set(base) if clusters.is_registered(group))
        best = self._between_groups(base)
        points = {pair: edge.score for pair, edge in best.items()}
        codes = np.array([int(edge.code) for edge in best.values()], np.int64)
        namesakes = list(compress(best, namesakes_at_hand(codes)))
        near = set(compress(best, near_names(codes)))
        leading = Leading(clusters, points, self._registered, model.auto, model.margin, namesakes)
        self._known = known = frozenset(group for group in set(base) if clusters.is_hard(group))
        accepted: dict[int, int] = {}
        groups: dict[int, list[int]] = {}  # root → the groups that came together
        for (one, other), edge in sorted(best.items(), key=lambda item: item[1]):
            if edge.score < model.auto:
                break
            by_near = (one, other) in near
            if not all(leading.over(*ends, edge.score, by_near) for ends in ((one, other), (other, one))):
                continue
            if self._through_less_than_a_name(edge) and not self._agree(groups, best, one, other):
                continue
            roots = clusters.root(one), clusters.root(other)
            if clusters.join(edge.left, edge.right, STRAY if _is_stray(edge) else FOUND):
                together = [place for root in set(roots) for place in groups.pop(root, [root])]
                groups[clusters.root(one)] = together
                for group, found in ((one, other), (other, one)):
                    if found in known:
                        accepted[group] = max(accepted.get(group, 0), edge.score)
        return accepted

    def _through_less_than_a_name(self, edge: _Edge) -> bool:
        """Whether one end shows only a part of a name: what it has in common with two people makes them not one."""
        return not all(is_own(self._pool[place].identity.name) for place in (edge.left, edge.right))

    def _agree(
        self,
        groups: Mapping[int, Sequence[int]],
        best: Mapping[tuple[int, int], _Edge],
        one: int,
        other: int,
    ) -> bool:
        """Whether no whole names would come together that do not by themselves."""
        ours, theirs = (
            [
                place
                for place in groups.get(self._clusters.root(group), [self._clusters.root(group)])
                if is_own(self._pool[place].identity.name)
            ]
            for group in (one, other)
        )
        return all(
            self._pool[left].identity.name == self._pool[right].identity.name
            or ((edge := best.get(_ordered(left, right))) is not None and edge.score >= self._model.auto)
            for left in ours
            for right in theirs
        )

    def _between_groups(self, base: Sequence[int]) -> dict[tuple[int, int], _Edge]:
        """The strongest edge between two groups of records that are one person already."""
        best: dict[tuple[int, int], _Edge] = {}
        for edge in self._edges:
            one, other = base[edge.left], base[edge.right]
            if one != other:
                best.setdefault((min(one, other), max(one, other)), edge)
        return best

    # ------------------------------------------------------------ what comes out

    def _links(self) -> list[Link]:
        pool = self._pool
        roots = [self._clusters.root(place) for place in range(len(pool))]
        first: dict[str, int] = {}
        for place in sorted(range(len(pool)), key=lambda place: (not pool[place].home, pool[place].rank)):
            first.setdefault(pool[place].anchor, place)
        people: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
        for place, mention in enumerate(pool):
            root = roots[place]
            # Where one number and name were judged to be two people, the id is that of whom the register lists.
            if roots[first[mention.anchor]] == root:
                people[root].append((_seniority(mention), mention.anchor, place))
            else:
                people[root].append((LESS + 1, own_anchor(mention.key), place))
        best = self._best_edges(roots, {root: min(members)[2] for root, members in people.items()})
        links = []
        for members in people.values():
            _, person, own = min(members)
            links.append(Link(pool[own].key, person, "auto", 0, OWN, OWN))
            for _, _, place in members:
                if place != own:
                    edge = best[place]
                    by_hand = edge.score >= _JUDGED_STRENGTH
                    score, status = (0, "confirmed") if by_hand else (edge.score, "auto")
                    links.append(Link(pool[place].key, person, "auto", score, edge.code, status))
        return links

    def _best_edges(self, roots: Sequence[int], own: Mapping[int, int]) -> dict[int, _Edge]:
        """The edge by which each mention comes to the record that mints its person (`own`, by root).

        Always the strongest edge from those reached to the others, ties by place. Records with the number and
        name of the own one are the person itself and are compared with each other.
        """
        pool = self._pool
        core = [one.rank != LESS and one.anchor == pool[own[roots[at]]].anchor for at, one in enumerate(pool)]
        best: dict[int, _Edge] = {}
        outside: dict[int, list[_Edge]] = defaultdict(list)
        for edge in [*self._said, *self._edges]:
            if -edge.weakness < self._model.auto:
                break
            left, right = edge.left, edge.right
            if roots[left] != roots[right]:
                continue
            if core[left] and core[right]:
                best.setdefault(left, edge)
                best.setdefault(right, edge)
            else:
                outside[roots[left]].append(edge)
        reached = {*best, *own.values()}
        for edges in outside.values():
            while edges:
                nearest = next(edge for edge in edges if edge.left in reached or edge.right in reached)
                place = nearest.left if nearest.right in reached else nearest.right
                best[place] = nearest
                reached.add(place)
                edges = [edge for edge in edges if edge.left not in reached or edge.right not in reached]
        return best

    def _pairs(self, accepted: Mapping[int, int]) -> list[Pair]:
        """One question for two people, the strongest; none where an answer or a better candidate settles it.

        A weaker candidate is asked about once it is answered that the better one is somebody else; a row of
        which nobody knows whose it is keeps no question about somebody known waiting.
        """
        clusters = self._clusters
        nearest = dict(accepted)
        asked: set[tuple[int, int]] = set()
        said: set[tuple[Hashable, Hashable]] = set()  # two records in the same words are asked about once
        pairs = []
        for edge in self._edges:
            if edge.score < self._model.review:
                break
            people = _ordered(clusters.root(edge.left), clusters.root(edge.right))
            if people[0] == people[1] or people in asked or clusters.is_between(edge.left, edge.right):
                continue
            looking = self._looking(edge)
            enough = edge.score + self._model.margin
            if looking and all(nearest.get(group, -enough) >= enough for group in looking):
                continue
            if clusters.apart(*people) or clusters.doubted(*people):
                continue
            asked.add(people)
            words = self._words(edge.left), self._words(edge.right)
            if words in said:
                continue
            said |= {words, words[::-1]}
            ends = (self._base[edge.left], self._base[edge.right])
            for group, found in (ends, ends[::-1]):
                if found in self._known:
                    nearest[group] = max(nearest.get(group, 0), edge.score)
            left, right = self._pool[edge.left].key, self._pool[edge.right].key
            pairs.append(Pair(left, right, "review", edge.score, edge.code))
        return pairs

    def _words(self, place: int) -> Hashable:
        """Who somebody known is; of anybody else what the source says, and which source."""
        root = self._clusters.root(place)
        if self._clusters.is_hard(root):
            return root
        mention = self._pool[place]
        return mention.source, mention.identity._replace(row_key="")

    def _looking(self, edge: _Edge) -> list[int]:
        """The groups at the ends of an edge that were looking for their person."""
        ends = (self._base[edge.left], self._base[edge.right])
        return [group for group in ends if group not in self._registered]


def _is_stray(edge: _Edge) -> bool:
    """Whether the evidence says that one of the two numbers is not the person's own."""
    evidence = decode(int(edge.code))
    return evidence.home == HomeLevel.OWNER or evidence.id == IdLevel.DIFFERENT


def _seniority(mention: Mention) -> int:
    """Whose id a person bears: the register's before the departments', whole numbers first in both."""
    if mention.rank == LESS:
        return 1 if mention.home else LESS + 1
    return 0 if mention.rank == 0 else LESS


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
