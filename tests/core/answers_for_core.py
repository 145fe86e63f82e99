"""One answer about two records, as `review decide` gives it."""

from __future__ import annotations

from aidcli.store import Actor, Session
from aidcli.tasks import answering


def judge(session: Session, actor: Actor, left: str, right: str, verdict: str, why: str = "") -> None:
    with session.transaction(actor):
        answering.record(session, actor, [answering.Answer(left, right, verdict, why)])
