"""Answers about two records: written down, carried through, and what they bring to light."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ..model import Judgement, PersonPaid
from ..store import Actor, Session, doubles, events, links, pairs
from . import flagging
from .matching import rematch

VERDICTS = {"same": "是同一人", "different": "不是同一人", "unsure": "存疑", "withdrawn": "收回"}
RULE = "paid_twice_same_person"


class Answer(NamedTuple):
    """What somebody said of two records. `verdict`: same, different, unsure, or withdrawn to take it back."""

    left: str
    right: str
    verdict: str
    why: str = ""


def record(session: Session, actor: Actor, answers: Iterable[Answer]) -> list[tuple[str, str]]:
    """Writes answers down and redoes what hangs on them, inside the caller's transaction.

    Returns the two records of each, in the order in which they are kept.
    """
    told = []
    for answer in answers:
        left, right = sorted((answer.left, answer.right))
        code = pairs.last_code(session, left, right)
        body = {"left": left, "right": right, "verdict": answer.verdict, "code": code, "why": answer.why}
        seq = events.record(session, actor, "judge", left, f"人工判断：{VERDICTS[answer.verdict]}", body)
        links.judge(session, actor, Judgement(left, right, answer.verdict, seq), code, answer.why)
        told.append((left, right))
    rematch(session, actor)
    return told


def alert_paid_twice(
    session: Session, actor: Actor, records: Sequence[str], as_of: date, wait: float = 0.0
) -> list[PersonPaid]:
    """What was paid twice to the persons of some records, now that they are one; alerts are opened for it."""
    persons = set(pairs.people_of(session, records).values())
    found = list(doubles.paid_twice(session, persons)) if persons else []
    if found:
        flagging.flag(session, actor, as_of, (RULE,), wait)
    return found
