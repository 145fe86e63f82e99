"""`match`: links mentions to people, redoing only what came, went or was judged."""

from __future__ import annotations

import time
from typing import NamedTuple

from ..errors import AidError
from ..linkage import Model, block_keys, compare, load_model, parse_model, resolve, sentence
from ..model import Judgement, Mention
from ..store import Actor, Session, events, links

# Beyond this share of all mentions a full run is cheaper than following neighbours.
_FULL_SHARE = 0.3


class Matched(NamedTuple):
    """Counts after a match. `changed`: mentions that moved to another person."""

    mentions: int
    people: int
    linked: int
    pending: int
    new_pairs: int
    epoch: str
    changed: int
    seconds: float


def match(session: Session, actor: Actor, *, rebuild: bool = False, wait: float = 0.0) -> Matched:
    """Brings links up to date in one transaction. `rebuild` opens a new epoch with the shipped points."""
    started = time.perf_counter()
    with session.transaction(actor, wait):
        changes = rematch(session, actor, rebuild=rebuild)
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
    )


def rematch(
    session: Session, actor: Actor, *, rebuild: bool = False, lost: set[str] | None = None
) -> links.Changes:
    """Resolves what is dirty, inside the caller's transaction. `lost`: persons whose mentions were removed."""
    model, fresh = _epoch_model(session, actor, rebuild)
    links.add_blocks(session, block_keys)
    dirty = links.dirty(session)
    if not dirty and not lost and not fresh:
        return links.Changes(0, 0)
    if fresh or len(dirty) > _FULL_SHARE * links.count_mentions(session):
        pool = dict(links.all_mentions(session))
    else:
        pool = _closure(session, dirty)
    resolution = resolve(pool.values(), links.judgements(session), model)
    ids = {mention.key: number for number, mention in pool.items()}
    return links.write(session, ids, resolution.links, resolution.pairs, model.hash, lost or ())


def judge(
    session: Session, actor: Actor, left: str, right: str, verdict: str, why: str = "", wait: float = 0.0
) -> None:
    """Records whether two mentions are one person, and redoes what hangs on it.

    `verdict`: same, different, unsure, or withdrawn. Raises `AidError` when they are one and the same.
    """
    if left == right:
        raise AidError("same_mention", "同一条记录不能与自己比较")
    one, other = sorted((left, right))
    with session.transaction(actor, wait):
        code = links.pair_code(session, one, other)
        body = {"left": one, "right": other, "verdict": verdict, "code": code, "why": why}
        seq = events.record(session, actor, "judge", one, f"人工判断：{_VERDICTS[verdict]}", body)
        links.judge(session, actor, Judgement(one, other, verdict, seq), code, why)
        rematch(session, actor)


_VERDICTS = {"same": "是同一人", "different": "不是同一人", "unsure": "存疑", "withdrawn": "收回"}


def evidence_sentence(session: Session, code: str) -> str:
    """The evidence code in the words of the epoch in force."""
    held = links.epoch(session)
    return sentence(parse_model(held[1]) if held else load_model(), code)


def _epoch_model(session: Session, actor: Actor, rebuild: bool) -> tuple[Model, bool]:
    held = links.epoch(session)
    if held and not rebuild:
        return parse_model(held[1]), False
    model = load_model()
    if not held or held[0] != model.hash:
        seq = events.record(session, actor, "epoch", model.hash, f"启用匹配模型 {model.version}")
        links.open_epoch(session, model.hash, model.json, seq)
    return model, True


def _closure(session: Session, dirty: set[int]) -> dict[int, Mention]:
    """The dirty mentions, all that share a block key with them, and everything their edges reach."""
    near = {other for _, other in links.neighbours(session, dirty)}
    pool = links.mentions(session, dirty | near | links.judged_partners(session, dirty))
    frontier = set(pool)
    while frontier:
        touching = links.neighbours(session, frontier)
        seen = {b for _, b in touching} - set(pool)
        others = links.mentions(session, seen)
        known = pool | others
        reached = {b for a, b in touching if b in seen and compare(known[a].identity, known[b].identity)}
        reached |= links.judged_partners(session, frontier) - set(pool)
        frontier = reached
        pool |= links.mentions(session, reached)
    return pool


__all__ = ["Matched", "block_keys", "evidence_sentence", "judge", "match", "rematch"]
