"""`undo`: takes an import back and redoes what it touched."""

from __future__ import annotations

from typing import NamedTuple

from ..errors import AidError
from ..store import Actor, Session, batches, claims, drafts, events, rosters, runs
from .matching import rematch


class Undone(NamedTuple):
    """`rows_removed` counts the rows that had been kept; `drafts` are the draft runs that went with them."""

    batch: int
    rows_removed: int
    drafts: tuple[int, ...]


def undo(session: Session, actor: Actor, batch: int, wait: float = 0.0) -> Undone:
    """Removes a batch's rows, keeping judgements; refuses when an approved run stands on it."""
    with session.transaction(actor, wait):
        found = batches.get(session, batch)
        if found is None:
            raise AidError("unknown_batch", f"没有批次 b{batch}", hint="用 aidcli log 查看导入记录")
        if found.status == "undone":
            raise AidError("already_undone", f"批次 b{batch}（{found.file}）已经撤销过")
        _refuse_paid(session, batch, found.file)
        touched = rosters.months_of_batch(session, batch)
        gone = drafts.drop_drafts_on(session, batch)
        _, lost = batches.remove(session, batch)
        rosters.project(session, touched)
        rematch(session, actor, lost=lost)
        events.record(
            session, actor, "undo", f"b{batch}", f"撤销导入，去掉{found.rows_kept}行", {"batch": batch}
        )
    return Undone(batch, found.rows_kept, tuple(gone))


def _refuse_paid(session: Session, batch: int, file: str) -> None:
    approved = claims.approved_on(session, batch)
    if not approved:
        return
    payments = [payment for run in approved for payment in runs.payment_ids(session, run)]
    shown = "、".join(payments[:5]) + ("等" if len(payments) > 5 else "")
    listed = "、".join(f"r{run}" for run in approved)
    raise AidError(
        "batch_paid",
        f"批次 b{batch}（{file}）不能撤销：已审批的发放批次 {listed} 以它为依据，共{len(payments)}笔：{shown}",
        file=file,
        hint="要改动个别户，用 --coverage change 导入变动名单；要整份重来，先用 aidcli pay correct 冲销这些发放",
    )
