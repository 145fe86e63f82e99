"""`pay`: approval takes the claims, a hold leaves a payment out, a correction reverses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..errors import AidError
from ..model import Payment
from ..money import yuan
from ..payments import reversal_of
from ..store import Actor, Session, claims, events, people, runs
from ..terms import RUN_STATUSES, SHORT_PROGRAMMES


def listing(session: Session) -> list[runs.RunRow]:
    """Every run, by number."""
    return runs.listing(session)


class Shown(NamedTuple):
    """A payment with its state: that of its run, or held (with the reason) or reversed."""

    payment: Payment
    state: str
    reason: str


def payments(session: Session, run: int) -> list[Shown]:
    """Every payment of a run in its order; raises `AidError` for an unknown run."""
    row = runs.get(session, run)
    if row is None:
        raise AidError("unknown_run", f"没有发放批次 r{run}", hint="用 aidcli pay list 查看现有批次")
    held = runs.held(session, run)
    shown = []
    for payment in runs.payments(session, run):
        state = "reversed" if claims.is_reversed(session, payment.id) else row.status
        if payment.id in held:
            state = "held"
        shown.append(Shown(payment, state, held.get(payment.id, "")))
    return shown


_WHY = {
    "taken": "同一人同月已有同一笔",
    "exclusive": "同一人同月享受互斥的救助",
    "household": "同一户同月已经审批过",
}


class Approved(NamedTuple):
    """An approved run, and how many of its payments were left out on hold."""

    run: runs.RunRow
    claims: int
    held: int


def approve(session: Session, actor: Actor, run: int, wait: float = 0.0) -> Approved:
    """Approves a draft whole; raises `AidError` naming each payment that would pay somebody twice."""
    with session.transaction(actor, wait):
        row = _draft(session, run)
        found = claims.conflicts(session, run)
        if found:
            who = people.infos(session, {c.person for c in found[:5]})
            homes = people.households(session, {c.person for c in found[:5]})
            raise AidError(
                "claims_conflict",
                f"发放批次 r{run} 不能审批，有{len(found)}处会重复发放："
                + "；".join(_say(c, who, homes) for c in found[:5])
                + ("；等" if len(found) > 5 else ""),
                hint="核实后用 aidcli pay hold 付款编号 --reason 原因 缓发其中一笔，再审批",
            )
        if not row.payments:
            raise AidError("empty_run", f"发放批次 r{run} 没有可发放的付款")
        taken = claims.approve(session, run, actor.operator)
        held = len(runs.held(session, run))
        summary = (
            f"审批{SHORT_PROGRAMMES[row.programme]}{row.period}：{row.payments}笔{yuan(row.amount_fen)}元"
        )
        detail: dict[str, object] = {"payments": row.payments, "fen": row.amount_fen, "held": held}
        seq = events.record(session, actor, "approve", f"r{run}", summary, detail)
        runs.record_event(session, seq, run, "approved", detail)
        after = runs.get(session, run)
        assert after is not None
    return Approved(after, taken, held)


def reject(session: Session, actor: Actor, run: int, reason: str, wait: float = 0.0) -> runs.RunRow:
    """Sends a draft back; it stays in the records and pays nobody."""
    with session.transaction(actor, wait):
        _draft(session, run)
        runs.set_status(session, run, "rejected")
        seq = events.record(session, actor, "reject", f"r{run}", "退回发放批次", {"reason": reason})
        runs.record_event(session, seq, run, "rejected", {"reason": reason})
        after = runs.get(session, run)
        assert after is not None
    return after


def hold(session: Session, actor: Actor, payment: str, reason: str, wait: float = 0.0) -> str:
    """Leaves a draft's payment out of the approval, with the reason; returns the payment's whole id."""
    return _on_draft(session, actor, payment, wait, "hold", reason)


def resume(session: Session, actor: Actor, payment: str, reason: str, wait: float = 0.0) -> str:
    """Takes a hold off a draft's payment."""
    return _on_draft(session, actor, payment, wait, "resume", reason)


def correct(session: Session, actor: Actor, payment: str, reason: str, wait: float = 0.0) -> str:
    """Reverses an approved payment once and frees its claims; returns the reversal's id."""
    with session.transaction(actor, wait):
        run, found = _payment(session, payment)
        payment = found.id
        row = runs.get(session, run)
        assert row is not None
        if found.kind == "reversal":
            raise AidError("is_reversal", f"{payment}本身就是冲销，不能再冲销")
        if payment in runs.held(session, run):
            raise AidError("was_held", f"{payment}审批时是缓发，没有发放，不需要冲销")
        if row.status in ("draft", "rejected"):
            raise AidError("not_approved", f"{payment}没有审批发放（{RUN_STATUSES[row.status]}），不需要冲销")
        if claims.is_reversed(session, payment):
            raise AidError("reversed", f"{payment}已经冲销过，一笔付款只能冲销一次")
        reversal = reversal_of(found)
        detail: dict[str, object] = {"payment": payment, "reversal": reversal.id, "reason": reason}
        seq = events.record(session, actor, "correct", payment, f"冲销{yuan(found.fen)}元", detail)
        claims.reverse(session, run, reversal)
        runs.record_event(session, seq, run, "corrected", detail)
    return reversal.id


def _on_draft(session: Session, actor: Actor, payment: str, wait: float, verb: str, reason: str) -> str:
    with session.transaction(actor, wait):
        run, found = _payment(session, payment)
        payment = found.id
        _draft(session, run)
        held = payment in runs.held(session, run)
        if verb == "resume" and not held:
            raise AidError("not_held", f"{payment}没有缓发")
        detail: dict[str, object] = {"payment": payment, "reason": reason}
        summary = "缓发一笔" if verb == "hold" else "恢复一笔"
        seq = events.record(session, actor, verb, payment, summary, detail)
        change: Callable[[], None] = (
            (lambda: runs.hold(session, payment, reason, seq))
            if verb == "hold"
            else (lambda: runs.release(session, payment))
        )
        change()
        runs.record_event(session, seq, run, verb, detail)
    return payment


def _draft(session: Session, run: int) -> runs.RunRow:
    row = runs.get(session, run)
    if row is None:
        raise AidError("unknown_run", f"没有发放批次 r{run}", hint="用 aidcli pay list 查看现有批次")
    if row.status != "draft":
        raise AidError(
            "not_draft", f"发放批次 r{run} 已经是“{RUN_STATUSES[row.status]}”，只有草稿可以这样处理"
        )
    return row


def _payment(session: Session, payment: str) -> tuple[int, Payment]:
    kind, number = people.expand(session, payment)
    found = runs.payment(session, number)
    if kind != "y" or found is None:
        raise AidError("unknown_payment", f"“{payment}”不是付款编号，应以 y- 开头")
    return found


def _say(
    conflict: claims.ClaimConflict,
    who: dict[str, people.PersonInfo],
    homes: dict[str, people.HouseholdInfo],
) -> str:
    name = conflict.person
    if conflict.person in who:
        name = who[conflict.person].name
    elif conflict.person in homes:
        name = homes[conflict.person].head_name + "户"
    pair = f"{conflict.payment[:10]}与{conflict.other[:10]}"
    return f"{name}{conflict.month}，{pair}，{_WHY[conflict.why]}"
