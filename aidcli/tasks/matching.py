"""`match`: links mentions to people, redoing only what came, went or was judged."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ..linkage.clusters import OWN
from ..linkage.edges import NO_EDGES, Edges, Pool, edges_among
from ..linkage.engines import Engine
from ..linkage.keys import INDEX_FORM
from ..linkage.resolve import Settled, argued_among, settle
from ..linkage.scoring import Model, load_model, parse_model, shipped_files
from ..linkage.wording import phrase
from ..memory import without_collector
from ..model import Judgement, Mention, MentionColumns
from ..store import Actor, Session, blocks, events, links
from ..store.blocks import Neighbours

# Beyond this share of all mentions a full run is cheaper than following neighbours.
_FULL_SHARE = 0.2
_FILES = "epoch_files"  # which files the epoch in force was made of


class Matched(NamedTuple):
    """Counts after a match. `changed`: mentions that moved to another person.

    `newer_model`: this version ships points that are not in force here before a rebuild.
    """

    mentions: int
    people: int
    linked: int
    pending: int
    new_pairs: int
    epoch: str
    changed: int
    seconds: float
    newer_model: bool


def match(
    session: Session,
    actor: Actor,
    *,
    rebuild: bool = False,
    engine: Engine | None = None,
    wait: float = 0.0,
) -> Matched:
    """Brings links up to date in one transaction. `rebuild` opens a new epoch with the shipped points.

    Another `engine` than this process compares everything anew where there is something to do.
    """
    started = time.perf_counter()
    with session.transaction(actor, wait):
        changes = rematch(session, actor, rebuild=rebuild, engine=engine)
        totals = links.totals(session)
        held = links.epoch(session)
        events.record(
            session, actor, "match", "", f"关联{totals['linked']}条，待确认{totals['pending']}对", totals
        )
    seconds = round(time.perf_counter() - started, 3)
    return Matched(
        **totals,
        new_pairs=changes.new_pairs,
        epoch=held[0] if held else "",
        changed=changes.changed,
        seconds=seconds,
        newer_model=session.setting(_FILES) != shipped_files(),
    )


def rematch(
    session: Session,
    actor: Actor,
    *,
    rebuild: bool = False,
    lost: set[str] | None = None,
    engine: Engine | None = None,
) -> links.Changes:
    """Resolves what is dirty, inside the caller's transaction. `lost`: persons whose mentions were removed."""
    model, fresh = _epoch_model(session, actor, rebuild)
    with without_collector():
        return _rematch(session, model, fresh, lost or set(), engine)


def _rematch(
    session: Session, model: Model, fresh: bool, lost: set[str], engine: Engine | None
) -> links.Changes:
    if fresh or blocks.form(session) != INDEX_FORM:
        blocks.clear(session, INDEX_FORM)
    dirty = links.dirty(session)
    if not dirty and not lost:
        return links.Changes(0, 0)
    judgements = links.judgements(session)
    if engine is not None or len(dirty) > _FULL_SHARE * links.count_mentions(session):
        numbers, pool, edges = _everything(session, judgements, model, engine)
    else:
        numbers, pool, edges = _closure(session, dirty, judgements, model)
    resolution = settle(pool, judgements, model, edges)
    ids = dict(zip(pool.key, numbers, strict=True))
    alone = {numbers[place]: pool.anchor[place] for place in resolution.alone.tolist()}
    changes = links.write(session, ids, resolution.links, alone, resolution.pairs, model.hash, lost)
    links.keep_evidence(session, _sentences(resolution))
    return changes


def _sentences(resolution: Settled) -> list[tuple[str, str]]:
    codes = {link.code for link in resolution.links} | {pair.code for pair in resolution.pairs}
    if resolution.alone.size:
        codes.add(OWN)
    return [(code, phrase(code)) for code in sorted(codes)]


def _everything(
    session: Session, judgements: list[Judgement], model: Model, engine: Engine | None = None
) -> tuple[Sequence[int], MentionColumns, Edges]:
    """All mentions in the order of their keys, with the edges among them."""
    numbers, known = links.all_mentions(session)
    pool = Pool(known, model)
    blocks.add(session, *pool.index_rows(numbers, blocks.fresh_ids(session)))
    edges = edges_among(pool, model, argued=argued_among(known, judgements), engine=engine)
    return numbers, known, edges


def _epoch_model(session: Session, actor: Actor, rebuild: bool) -> tuple[Model, bool]:
    held = links.epoch(session)
    if held and not rebuild:
        return parse_model(held[1]), False
    model = load_model()
    if not held or held[0] != model.hash:
        seq = events.record(session, actor, "epoch", model.hash, f"启用匹配模型 {model.version}")
        links.open_epoch(session, model.hash, model.json, seq)
    session.set_setting(_FILES, shipped_files())
    return model, True


def _closure(
    session: Session, dirty: set[int], judgements: list[Judgement], model: Model
) -> tuple[Sequence[int], MentionColumns, Edges]:
    """The dirty mentions and everything that edges and judgements reach from there, with these edges.

    Whatever stands near one of them is loaded too, for it may say in which household a number looks or whose it
    is; it is resolved only where an edge leads to it.
    """
    fresh = blocks.fresh(session)
    blocks.add(session, *Pool(list(fresh.values()), model).index_rows(list(fresh)))
    neighbours = Neighbours(session)
    _want(neighbours, links.mentions(session, dirty), model)
    reached = dirty | neighbours.newly_capped()
    known: dict[int, Mention] = {}
    explored: set[int] = set()
    pool: list[tuple[int, Mention]] = []
    edges = NO_EDGES
    while frontier := reached - explored:
        known |= links.mentions(session, frontier - known.keys())
        _want(neighbours, {number: known[number] for number in frontier}, model)
        partners = links.judged_partners(session, frontier) | links.alike(session, frontier)
        known |= links.mentions(session, (neighbours.near(frontier) | partners) - known.keys())
        explored |= frontier
        reached |= partners
        pool = sorted(known.items(), key=lambda item: item[1].key)
        edges = _edges(neighbours, pool, judgements, model)
        reached |= _reach([number for number, _ in pool], edges, reached)
    inside = np.array([number in reached for number, _ in pool], np.bool_)
    numbers = [number for number, _ in pool if number in reached]
    return numbers, MentionColumns.of([known[number] for number in numbers]), edges.among(inside)


def _want(neighbours: Neighbours, mentions: dict[int, Mention], model: Model) -> None:
    """Asks the index about the keys of these."""
    neighbours.want(*Pool(list(mentions.values()), model).index_rows(list(mentions)))


def _edges(
    neighbours: Neighbours, known: list[tuple[int, Mention]], judgements: list[Judgement], model: Model
) -> Edges:
    pool = Pool([mention for _, mention in known], model)
    neighbours.want(*pool.index_rows([number for number, _ in known]))
    return edges_among(pool, model, neighbours.capped(), argued_among(pool.mentions, judgements))


def _reach(numbers: list[int], edges: Edges, start: set[int]) -> set[int]:
    """The mentions of `numbers` that edges lead to from `start`."""
    from_place: Mapping[int, list[int]] = _adjacent(edges)
    seen = {place for place, number in enumerate(numbers) if number in start}
    todo = list(seen)
    while todo:
        for other in from_place.get(todo.pop(), ()):
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return {numbers[place] for place in seen}


def _adjacent(edges: Edges) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for left, right in zip(edges.left.tolist(), edges.right.tolist(), strict=True):
        found.setdefault(left, []).append(right)
        found.setdefault(right, []).append(left)
    return found


__all__ = ["Matched", "match", "rematch"]
