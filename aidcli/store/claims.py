"""Claims: what was paid for whom, once. Approval takes them, a reversal frees them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..model import Payment
from . import runs
from .session import Session


class ClaimConflict(NamedTuple):
    """Two payments that want what one person may have once. `why`: taken or exclusive."""

    person: str
    month: str
    payment: str
    other: str
    why: str


def set_exclusive(session: Session, pairs: Iterable[tuple[str, str]]) -> None:
    """The programmes that shut each other out, for the trigger; both ways round."""
    session.conn.execute("DELETE FROM exclusive")
    session.conn.executemany(
        "INSERT OR IGNORE INTO exclusive VALUES (?, ?)", [p for a, b in pairs for p in ((a, b), (b, a))]
    )


def claimed(session: Session, programme: str, claim_months: Iterable[str]) -> set[tuple[str, str, str]]:
    """(person, item, month) already claimed in a programme; persons by who they are now."""
    found = set()
    for month in claim_months:
        rows = session.conn.execute(
            "SELECT coalesce(p.redirect_to, p.id), c.item FROM claim AS c JOIN person AS p ON p.id = c.person_id "
            "WHERE c.programme = ? AND c.month = ?",
            (programme, month),
        )
        found |= {(str(a), str(b), month) for a, b in rows}
    return found


def conflicts(session: Session, run: int) -> list[ClaimConflict]:
    """What stands against approving a draft: claims within it, or against what was approved before."""
    rows = session.conn.execute(
        """
        WITH wanted AS (
            SELECT i.payment_id, coalesce(p.redirect_to, p.id) AS root, i.programme, i.item, i.month
            FROM pay_item AS i JOIN payment AS y ON y.id = i.payment_id JOIN person AS p ON p.id = i.person_id
            WHERE y.run_id = ?1 AND y.id NOT IN (SELECT payment_id FROM hold)
        ), taken AS MATERIALIZED (
            SELECT c.payment_id, coalesce(p.redirect_to, p.id) AS root, c.programme, c.item, c.month
            FROM claim AS c JOIN person AS p ON p.id = c.person_id
            WHERE c.month IN (SELECT month FROM wanted)
        )
        SELECT w.root, w.month, w.payment_id, t.payment_id, 'taken' FROM wanted AS w
        JOIN taken AS t ON t.root = w.root AND t.month = w.month AND t.programme = w.programme
         AND t.item = w.item
        UNION
        SELECT w.root, w.month, w.payment_id, t.payment_id, 'exclusive' FROM wanted AS w
        JOIN taken AS t ON t.root = w.root AND t.month = w.month
        JOIN exclusive AS x ON x.one = w.programme AND x.other = t.programme
        UNION
        SELECT root, month, max(payment_id), min(payment_id), 'taken' FROM wanted
        GROUP BY root, programme, item, month HAVING count(*) > 1
        ORDER BY 3, 2, 1, 4
        """,
        (run,),
    )
    return [ClaimConflict(*row) for row in rows]


def approve(session: Session, run: int, operator: str) -> int:
    """Takes the claims of a draft's payments that are not on hold; returns how many claims.

    The primary key and the triggers refuse what `conflicts` would have named.
    """
    conn = session.conn
    conn.execute("UPDATE run SET status = 'approved', approved_by = ? WHERE id = ?", (operator, run))
    return conn.execute(
        "INSERT INTO claim SELECT i.person_id, i.programme, i.item, i.month, i.payment_id FROM pay_item AS i "
        "JOIN payment AS p ON p.id = i.payment_id "
        "WHERE p.run_id = ? AND p.id NOT IN (SELECT payment_id FROM hold)",
        (run,),
    ).rowcount


def approved_on(session: Session, batch: int) -> list[int]:
    """Runs past the draft that stand on a batch and still have a payment that was not reversed."""
    rows = session.conn.execute(
        "SELECT DISTINCT r.id FROM run AS r JOIN run_batch AS b ON b.run_id = r.id "
        "JOIN payment AS p ON p.run_id = r.id JOIN claim AS c ON c.payment_id = p.id "
        "WHERE b.batch_id = ? AND r.status NOT IN ('draft', 'rejected') ORDER BY r.id",
        (batch,),
    )
    return [int(row[0]) for row in rows]


def reverse(session: Session, run: int, reversal: Payment) -> None:
    """Adds a reversal to its run and frees the claims of what it corrects."""
    last = session.conn.execute("SELECT max(ordinal) FROM payment WHERE run_id = ?", (run,)).fetchone()[0]
    runs.add_payment(session, run, int(last) + 1, reversal)
    session.conn.execute("DELETE FROM claim WHERE payment_id = ?", (reversal.corrects,))


def is_reversed(session: Session, number: str) -> bool:
    row = session.conn.execute(
        "SELECT 1 FROM payment WHERE corrects = ? AND kind = 'reversal'", (number,)
    ).fetchone()
    return row is not None
