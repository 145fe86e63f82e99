"""`log`: the event log, and whether anybody touched it."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import AidError
from ..store import Actor, Session, batches, events


def listing(session: Session, limit: int) -> list[events.Event]:
    """The newest events first."""
    return events.listing(session, limit)


def batches_of(session: Session, found: Iterable[events.Event]) -> dict[int, int]:
    """Event → the batch that it brought, for imports, supplements and corrections."""
    return batches.by_event(session, (one.seq for one in found))


def batch_listing(session: Session, limit: int) -> list[batches.Line]:
    """The newest batches first."""
    return batches.listing(session, limit)


def verify(session: Session) -> list[str]:
    """What is wrong with the chain (Chinese), nothing when it is whole."""
    with session.snapshot():
        return list(events.verify(session))


def unmasked(session: Session, actor: Actor, command: str, wait: float) -> None:
    """Records that whole numbers are shown, before they are."""
    with session.transaction(actor, wait):
        events.record(session, actor, "unmask", command, f"{command}显示完整号码")


def tampered(faults: list[str]) -> AidError:
    return AidError("log_tampered", f"日志有{len(faults)}处不对", hint="请保存数据库副本并报告负责人")
