"""`undo`: takes an import back and redoes what it touched."""

from __future__ import annotations

from typing import NamedTuple

from ..errors import AidError
from ..store import Actor, Session, batches, claims, drafts, events, removal, rosters, rows, runs, superseding
from ..store.batches import BatchRow
from . import amending
from .matching import rematch
from .patching import settle_scope
from .taking import settle


class Undone(NamedTuple):
    """`rows_removed` counts the rows that had been kept; `drafts` are the draft runs that went with them.

    `with_it` are the supplements and corrections that lay on the batch and went too. Where the batch itself
    supplemented another, `base` is that one, and of a correction `row` and `cells` say what is back. `replaced`
    is the (batch, file) in whose place it had come and which does not come back by itself.
    """

    batch: int
    rows_removed: int
    drafts: tuple[int, ...]
    with_it: tuple[int, ...] = ()
    base: int | None = None
    row: int | None = None
    cells: tuple[amending.Cell, ...] = ()
    replaced: tuple[int, str] | None = None


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
        undone = _what_is_back(session, batch)
        taken = take_back(session, found)
        rematch(session, actor, lost=taken.lost)
        removed = found.rows_kept + sum(patch.rows_kept - patch.superseded for patch in upon)
        body = {"batch": batch, "with_it": [patch.id for patch in upon]}
        events.record(session, actor, "undo", f"b{batch}", f"撤销导入，去掉{removed}行", body)
    return undone._replace(
        rows_removed=removed, drafts=taken.drafts, with_it=tuple(patch.id for patch in upon)
    )


def _what_is_back(session: Session, batch: int) -> Undone:
    """What stands in the place of a batch once it is undone; nothing is counted yet."""
    base, replaced = rows.family_of(session, batch)
    undone = Undone(batch, 0, (), base=base)
    if base is not None and superseding.reason_of(session, batch):  # only a correction has a reason
        row, cells = amending.cells_of(session, batch)
        undone = undone._replace(row=row, cells=cells)
    before = batches.get(session, replaced) if replaced is not None else None
    return undone._replace(replaced=(before.id, before.file) if before else None)


def kept(session: Session, batch: int) -> BatchRow:
    """A batch that is in use; raises `AidError` for any other."""
    found = batches.get(session, batch)
    if found is None:
        raise unknown(session, batch)
    if found.status == "undone":
        later = rows.replaced_by(session, batch)
        now = batches.get(session, later) if later is not None else None
        again = f"要用回它，把“{found.file}”再导入一次"
        if now is not None and now.status == "kept":
            raise AidError(
                "already_undone",
                f"批次 b{batch}（{found.file}）已经由 b{now.id} 替换，不在用了",
                hint=f"现在用的是 b{now.id}（{now.file}）；{again}，加 --replaces b{now.id}",
            )
        raise AidError("already_undone", f"批次 b{batch}（{found.file}）已经撤销过", hint=again)
    return found


def unknown(session: Session, batch: int) -> AidError:
    """The error for a batch that there is not."""
    there = batches.span(session)
    here = f"现有 b{there[0]} 至 b{there[1]}" if there else "还没有导入过文件"
    return AidError(
        "unknown_batch",
        f"没有批次 b{batch}，{here}",
        hint="用 aidcli log --batches 查看每个批次是哪个文件",
    )


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
    base = batches.get(session, root)
    if base is not None and root != found.id:
        settle(session, base)
        lost |= removal.sweep(session, root)
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
