"""`review`: the pairs that wait for a person."""

from __future__ import annotations

from typing import NamedTuple

from ..errors import AidError
from ..linkage.wording import phrase, sentence
from ..store import Actor, Session, links, lookups, people
from . import amending
from .matching import judge


class Waiting(NamedTuple):
    """Two records side by side, with the evidence in words. `gone`: what the answer rested on and was undone."""

    pair: str
    tier: str
    score: int
    sentence: str
    left: lookups.SideRow
    right: lookups.SideRow
    status: str
    gone: tuple[str, ...] = ()


def listing(session: Session, answered: bool = False) -> list[Waiting]:
    """What waits (or what was answered), the strongest evidence first."""
    with session.snapshot():
        return [
            Waiting(
                pair,
                tier,
                score,
                evidence_sentence(session, code, left, right),
                lookups.side(session, left),
                lookups.side(session, right),
                status,
                amending.gone_with(session, (left, right)),
            )
            for pair, tier, score, code, left, right, status in lookups.pairs(session, answered)
        ]


def decide(session: Session, actor: Actor, ref: str, verdict: str, why: str, wait: float = 0.0) -> str:
    """Records an answer (same, different, unsure, or withdrawn to take one back); returns the pair's id."""
    kind, number = people.expand(session, ref)
    if kind != "q":
        raise AidError("not_a_pair", f"“{ref}”不是待确认编号，应以 q- 开头")
    row = lookups.pair(session, number)
    if verdict == "withdrawn" and row.status == "pending":
        raise AidError("not_answered", f"{number[:10]}还没有回答过")
    judge(session, actor, row.left, row.right, verdict, why, wait)
    return number


def evidence_sentence(session: Session, code: str, left: str, right: str) -> str:
    """Why two records may be one person, with the characters that differ."""
    known = links.identities(session, (left, right))
    return sentence(code, known[left], known[right]) if len(known) == 2 else phrase(code)
