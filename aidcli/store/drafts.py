"""Draft runs: written whole, replaced, dropped when what they stand on goes; holds outlive them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..model import Payment
from .runs import Asked
from .session import Session


class RunHead(NamedTuple):
    """A run as it is drafted; the hashes name the frozen inputs."""

    programme: str
    period: str
    month: str
    due_date: str
    pay_date: str
    provisional: str
    input_hash: str
    profile_hash: str
    engine_version: str
    prepared_by: str


def save_draft(
    session: Session,
    head: RunHead,
    payments: Iterable[Payment],
    questions: Iterable[Asked],
    batch_ids: Iterable[int],
    holds: Mapping[str, str],
    seq: int,
) -> int:
    """Writes a draft in the place of the draft of the same programme and period.

    What a person held or released in the newest run of the period stays so; `holds` (payment → reason) puts
    others on hold from the start, unless they stood in that draft before.
    """
    conn = session.conn
    carried = _held_before(session, head.programme, head.period)
    seen = _drafted_before(session, head.programme, head.period)
    earlier = drop_draft(session, head.programme, head.period)
    cursor = conn.execute(
        "INSERT INTO run (id, programme, period, month, due_date, pay_date, provisional, status, input_hash, "
        "profile_hash, engine_version, prepared_by, approved_by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 'draft', ?, ?, ?, ?, '')",
        (earlier, *head),
    )
    run = int(cursor.lastrowid or 0)
    for ordinal, payment in enumerate(payments, start=1):
        add_payment(session, run, ordinal, payment)
    conn.executemany(
        "INSERT INTO question VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                run,
                n,
                q.code,
                q.household,
                q.person,
                q.payment,
                q.text,
                json.dumps(q.evidence, ensure_ascii=False),
            )
            for n, q in enumerate(questions, start=1)
        ],
    )
    conn.executemany(
        "INSERT INTO run_batch VALUES (?, ?)", [(run, batch) for batch in sorted(set(batch_ids))]
    )
    conn.executemany(
        "INSERT INTO hold SELECT id, ?, ? FROM payment WHERE run_id = ? "
        "AND CASE WHEN household_id = '' THEN payee ELSE household_id END = ?",
        [(reason, held_seq, run, subject) for subject, reason, held_seq in carried],
    )
    conn.executemany(
        "INSERT OR IGNORE INTO hold VALUES (?, ?, ?)",
        [(number, reason, seq) for number, reason in holds.items() if number not in seen],
    )
    return run


def _held_before(session: Session, programme: str, period: str) -> list[tuple[str, str, int]]:
    """(household or institution, reason, event) on hold in the newest run of a programme and period."""
    return session.conn.execute(
        "SELECT CASE WHEN p.household_id = '' THEN p.payee ELSE p.household_id END, h.reason, h.seq "
        "FROM hold AS h JOIN payment AS p ON p.id = h.payment_id WHERE p.run_id = "
        "(SELECT max(id) FROM run WHERE programme = ? AND period = ?) ORDER BY 1",
        (programme, period),
    ).fetchall()


def _drafted_before(session: Session, programme: str, period: str) -> set[str]:
    """Payments of the draft that is being replaced."""
    rows = session.conn.execute(
        "SELECT p.id FROM payment AS p JOIN run AS r ON r.id = p.run_id "
        "WHERE r.programme = ? AND r.period = ? AND r.status = 'draft'",
        (programme, period),
    )
    return {str(row[0]) for row in rows}


def add_payment(session: Session, run: int, ordinal: int, payment: Payment) -> None:
    session.conn.execute(
        "INSERT INTO payment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            payment.id,
            run,
            ordinal,
            payment.programme,
            payment.period,
            payment.household,
            payment.payee,
            payment.account,
            payment.bank,
            payment.fen,
            payment.kind,
            payment.corrects or None,
            payment.township,
            payment.village,
        ),
    )
    session.conn.executemany(
        "INSERT INTO pay_item VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (payment.id, i.household, i.person, i.mention, i.programme, i.item, i.month, i.fen)
            for i in payment.items
        ],
    )


def drop(session: Session, run: int) -> None:
    """Removes a draft; triggers refuse anything else."""
    conn = session.conn
    mine = "(SELECT id FROM payment WHERE run_id = ?)"
    conn.execute(f"DELETE FROM hold WHERE payment_id IN {mine}", (run,))
    conn.execute(f"DELETE FROM pay_item WHERE payment_id IN {mine}", (run,))
    for table in ("question", "payment", "run_batch"):
        conn.execute(f"DELETE FROM {table} WHERE run_id = ?", (run,))
    conn.execute("DELETE FROM run WHERE id = ?", (run,))


def drop_draft(session: Session, programme: str, period: str) -> int | None:
    """Removes the draft of a programme and period; returns its number when there was one."""
    row = session.conn.execute(
        "SELECT id FROM run WHERE programme = ? AND period = ? AND status = 'draft'", (programme, period)
    ).fetchone()
    if row is None:
        return None
    drop(session, int(row[0]))
    return int(row[0])


def drop_drafts_on(session: Session, batch: int) -> list[int]:
    """Removes the drafts that stand on a batch and says which."""
    rows = session.conn.execute(
        "SELECT r.id FROM run AS r JOIN run_batch AS b ON b.run_id = r.id "
        "WHERE b.batch_id = ? AND r.status = 'draft' ORDER BY r.id",
        (batch,),
    ).fetchall()
    for (run,) in rows:
        drop(session, int(run))
    return [int(run) for (run,) in rows]


def drop_drafts_from(session: Session, programme: str, month: str) -> list[int]:
    """Removes the drafts of a programme for `month` or later, whose rosters have changed; says which."""
    rows = session.conn.execute(
        "SELECT id FROM run WHERE programme = ? AND month >= ? AND status = 'draft' ORDER BY id",
        (programme, month),
    ).fetchall()
    for (run,) in rows:
        drop(session, int(run))
    return [int(run) for (run,) in rows]
