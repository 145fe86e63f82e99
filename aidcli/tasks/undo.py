"""`undo`: takes an import back and redoes what it touched."""

from __future__ import annotations

from typing import NamedTuple

from ..errors import AidError
from ..store import Actor, Session, batches, claims, drafts, events, removal, rosters, rows, runs, superseding
from ..store.batches import BatchRow
from .matching import rematch
from .patching import settle_scope


class Undone(NamedTuple):
    """`rows_removed` counts the rows that had been kept; `drafts` are the draft runs that went with them.

    `with_it` are the supplements and corrections that lay on the batch and went too.
    """

    batch: int
    rows_removed: int
    drafts: tuple[int, ...]
    with_it: tuple[int, ...] = ()


class Taken(NamedTuple):
    """What taking batches back left to be redone: persons to match again, drafts that are gone."""

    lost: set[str]
    drafts: tuple[int, ...]


def undo(session: Session, actor: Actor, batch: int, wait: float = 0.0) -> Undone:
    """Removes a batch's rows, keeping judgements; refuses when an approved run stands on it.

    What supplements the batch goes with it; what it had superseded comes back.
    """
    with session.transaction(actor, wait):
        found = kept(session, batch)
        upon = rows.patches_of(session, batch)
        taken = take_back(session, found)
        rematch(session, actor, lost=taken.lost)
        removed = found.rows_kept + sum(patch.rows_kept - patch.superseded for patch in upon)
        body = {"batch": batch, "with_it": [patch.id for patch in upon]}
        events.record(session, actor, "undo", f"b{batch}", f"撤销导入，去掉{removed}行", body)
    return Undone(batch, removed, taken.drafts, tuple(patch.id for patch in upon))


def kept(session: Session, batch: int) -> BatchRow:
    """A batch that is in use; raises `AidError` for any other."""
    found = batches.get(session, batch)
    if found is None:
        raise AidError("unknown_batch", f"没有批次 b{batch}", hint="用 aidcli log 查看导入记录")
    if found.status == "undone":
        raise AidError("already_undone", f"批次 b{batch}（{found.file}）已经撤销过")
    return found


def take_back(session: Session, found: BatchRow) -> Taken:
    """Takes a batch and what supplements it out, inside the caller's transaction; no matching yet.

    Raises `AidError`: ``batch_paid`` when an approved run stands on it, ``corrected_later`` when a later
    correction lies on rows that this one had corrected.
    """
    root = rows.root_of(session, found.id)
    upon = [patch.id for patch in rows.patches_of(session, found.id)]
    _refuse_corrected(session, found)
    for batch in (found.id, *upon):
        _refuse_paid(session, batch, found.file)
    before = rows.townships(session, root)
    touched = {each for batch in (root, found.id, *upon) for each in rosters.months_of_batch(session, batch)}
    gone: set[int] = set()
    lost: set[str] = set()
    for batch in (*reversed(upon), found.id):
        gone.update(drafts.drop_drafts_on(session, batch))
        superseding.bring_back(session, batch)
        lost |= removal.remove(session, batch)[1]
    if root != found.id:
        settle_scope(session, root, before)
        for programme, month in touched:
            gone.update(drafts.drop_drafts_from(session, programme, month))
    rosters.project(session, sorted(touched))
    return Taken(lost, tuple(sorted(gone)))


def _refuse_corrected(session: Session, found: BatchRow) -> None:
    later = superseding.later_on(session, found.id)
    if later:
        listed = "、".join(f"b{batch}" for batch in later)
        raise AidError(
            "corrected_later",
            f"批次 b{found.id}（{found.file}）不能先撤销：它的行后来又由 {listed} 更正过",
            file=found.file,
            hint=f"先运行 aidcli undo b{later[-1]}",
        )


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
