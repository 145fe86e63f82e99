"""A closed set of mentions in, people out: links with their evidence, and the pairs that wait for a person.

The result depends on the mentions, the judgements and the model alone, never on the order of imports: edges
are taken strongest first, ties by key, and two mentions judged different never come into one person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..model import Judgement, Link, Mention, Pair
from .blocking import LESS, block_keys, own_anchor
from .compare import Model, compare

JUDGED = "judged_same"
_JUDGED_SENTENCE = "经人工确认为同一人"
_OWN_SENTENCE = "本人记录"


class Edge(NamedTuple):
    """Something that speaks for two mentions being one; sorts strongest first, ties by key."""

    rank: int
    left: str
    right: str
    code: str
    tier: str
    score: int


class Resolution(NamedTuple):
    """Links of every mention given, and the pairs among them that wait."""

    links: list[Link]
    pairs: list[Pair]


def pair_id(left: str, right: str) -> str:
    return f"q-{left[2:12]}{right[2:12]}"


def sentence(model: Model, code: str) -> str:
    """The evidence code as a clerk reads it."""
    if code == JUDGED:
        return _JUDGED_SENTENCE
    line = model.codes.get(code)
    return line.sentence if line else _OWN_SENTENCE


def resolve(mentions: Iterable[Mention], judgements: Iterable[Judgement], model: Model) -> Resolution:
    """People among a set of mentions that is closed under candidate edges.

    `judgements` are those in force (the last one of each pair); those about absent mentions are ignored.
    """
    pool = {mention.key: mention for mention in mentions}
    verdicts = {(j.left, j.right): j.verdict for j in judgements if j.left in pool and j.right in pool}
    edges = sorted(_edges(pool, verdicts, model))
    clusters = _Clusters(verdicts)
    for edge in edges:
        if edge.tier == "auto":
            clusters.join(edge.left, edge.right)
    return Resolution(_links(pool, edges, clusters), _pairs(edges, clusters, verdicts))


class _Clusters:
    """Union-find that refuses to bring together what was judged different."""

    def __init__(self, verdicts: Mapping[tuple[str, str], str]) -> None:
        self._parent: dict[str, str] = {}
        self._enemies: dict[str, set[str]] = defaultdict(set)
        self._judged: dict[str, set[str]] = defaultdict(set)
        for (left, right), verdict in verdicts.items():
            if verdict == "different":
                for one, other in ((left, right), (right, left)):
                    self._enemies[one].add(other)
                    self._judged[one].add(one)

    def root(self, key: str) -> str:
        path = []
        while (above := self._parent.get(key, key)) != key:
            path.append(key)
            key = above
        for step in path:
            self._parent[step] = key
        return key

    def apart(self, left: str, right: str) -> bool:
        """Whether some member of one was judged different from some member of the other."""
        return not self._enemies.get(left, set()).isdisjoint(self._judged.get(right, ()))

    def join(self, left: str, right: str) -> None:
        one, other = sorted((self.root(left), self.root(right)))
        if one == other or self.apart(one, other):
            return
        self._parent[other] = one
        for table in (self._enemies, self._judged):
            if other in table:
                table[one].update(table.pop(other))


def _edges(
    pool: Mapping[str, Mention], verdicts: Mapping[tuple[str, str], str], model: Model
) -> Iterator[Edge]:
    for (left, right), verdict in verdicts.items():
        if verdict == "same":
            code = compare(pool[left].identity, pool[right].identity)
            yield Edge(0, left, right, code or JUDGED, "auto", 0)
    argued = {key for pair in verdicts for key in pair}
    for left, right in _candidates(pool, argued):
        verdict = verdicts.get((left, right), "")
        code = compare(pool[left].identity, pool[right].identity)
        if not code or verdict == "same":
            continue
        line = model.codes[code]
        if verdict == "unsure" and line.tier == "auto":
            continue
        yield Edge(10_000 - line.score, left, right, code, line.tier, line.score)


def _candidates(pool: Mapping[str, Mention], argued: set[str]) -> Iterator[tuple[str, str]]:
    """Pairs that share a block key, each once.

    Mentions of one whole number and name are all alike: unless somebody argued about one of them, they
    are tied to the smallest only, and only the smallest is compared with others.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for key, mention in pool.items():
        groups[key if mention.rank == LESS else mention.anchor].append(key)
    blocks: dict[str, set[str]] = defaultdict(set)
    seen: set[tuple[str, str]] = set()
    for members in groups.values():
        members.sort()
        speakers = members if not argued.isdisjoint(members) else members[:1]
        for member in members[1:]:
            seen.add((members[0], member))
        for speaker in speakers:
            for block in block_keys(pool[speaker].identity):
                blocks[block].add(speaker)
    yield from sorted(seen)
    for sharers in blocks.values():
        ordered = sorted(sharers)
        for index, left in enumerate(ordered):
            for right in ordered[index + 1 :]:
                if (left, right) not in seen:
                    seen.add((left, right))
                    yield left, right


def _links(pool: Mapping[str, Mention], edges: list[Edge], clusters: _Clusters) -> list[Link]:
    homes = _anchor_homes(pool, clusters)
    people: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for key, mention in pool.items():
        root = clusters.root(key)
        if homes[mention.anchor] == root:
            people[root].append((mention.rank, mention.anchor, key))
        else:
            people[root].append((LESS, own_anchor(key), key))
    best: dict[str, Edge] = {}
    for edge in edges:
        if edge.tier == "auto" and clusters.root(edge.left) == clusters.root(edge.right):
            best.setdefault(edge.left, edge)
            best.setdefault(edge.right, edge)
    links = []
    for members in people.values():
        members.sort()
        person, own = members[0][1], members[0][2]
        for _, _, key in members:
            if key == own:
                links.append(Link(key, person, "auto", 1000, "own", "own"))
                continue
            edge = best[key]
            status = "confirmed" if edge.rank == 0 else "auto"
            links.append(Link(key, person, edge.tier, edge.score, edge.code, status))
    return sorted(links)


def _anchor_homes(pool: Mapping[str, Mention], clusters: _Clusters) -> dict[str, str]:
    """Anchor → the cluster that may be named by it: where one number and name were judged to be two people,
    that of the smallest mention."""
    first: dict[str, str] = {}
    for key in sorted(pool):
        first.setdefault(pool[key].anchor, key)
    return {mint: clusters.root(key) for mint, key in first.items()}


def _pairs(edges: list[Edge], clusters: _Clusters, verdicts: Mapping[tuple[str, str], str]) -> list[Pair]:
    """One question for two people, the strongest; none where an answer settles it already."""
    asked: set[tuple[str, str]] = set()
    answered = set()
    for (left, right), verdict in verdicts.items():
        if verdict == "unsure":
            answered.add(tuple(sorted((clusters.root(left), clusters.root(right)))))
    pairs = []
    for edge in edges:
        one, other = sorted((clusters.root(edge.left), clusters.root(edge.right)))
        if one == other or (one, other) in asked or (one, other) in answered:
            continue
        if clusters.apart(one, other) or edge.rank == 0:
            continue
        asked.add((one, other))
        pairs.append(Pair(edge.left, edge.right, "review", edge.score, edge.code))
    return sorted(pairs)
