"""Claims: what was paid for whom, once. Approval takes them, a reversal frees them.

A claim hangs on the roster record that names the person; who that is, is looked up when it is asked. So it
holds through merges, splits and undone department files. Beside it a household has one claim a programme
and month, whoever its members were found to be.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..model import Payment
from . import drafts
from .session import Session


class ClaimConflict(NamedTuple):
    """Two payments that want what may be had once. `why`: taken, exclusive or household."""

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


def paid_households(
    session: Session, programme: str, claim_months: Iterable[str]
) -> dict[tuple[str, str], int]:
    """(household, month) → fen approved and not reversed, in a programme."""
    found = {}
    for month in claim_months:
        rows = session.conn.execute(
            "SELECT c.household_id, sum(i.fen) FROM household_claim AS c JOIN pay_item AS i "
            "ON i.payment_id = c.payment_id AND i.household_id = c.household_id AND i.month = c.month "
            "WHERE c.programme = ? AND c.month = ? GROUP BY c.household_id",
            (programme, month),
        )
        found.update({(str(household), month): int(fen) for household, fen in rows})
    return found


def shut_out(session: Session, programme: str, claim_months: Iterable[str]) -> dict[tuple[str, str], str]:
    """(person, month) → the programme approved for them that shuts this one out: another, or this one itself."""
    found = {}
    for month in claim_months:
        rows = session.conn.execute(
            "SELECT l.person_id, c.programme FROM claim AS c JOIN link AS l ON l.mention_id = c.mention_id "
            "WHERE c.month = ?2 AND (c.programme = ?1 OR c.programme IN "
            "(SELECT other FROM exclusive WHERE one = ?1)) ORDER BY c.programme = ?1, c.programme",
            (programme, month),
        )
        found.update({(str(person), month): str(other) for person, other in rows})
    return found


def paid_accounts(session: Session, programme: str, period: str) -> dict[str, str]:
    """Account → the household payment of the period that went to it (short id and payee)."""
    rows = session.conn.execute(
        "SELECT DISTINCT p.account, p.id, p.payee FROM payment AS p JOIN household_claim AS c "
        "ON c.payment_id = p.id WHERE p.programme = ? AND p.period = ? AND p.account <> '' "
        "AND p.household_id <> '' ORDER BY p.id",
        (programme, period),
    )
    return {str(account): f"{number[:10]}（{payee}）" for account, number, payee in rows}


def conflicts(session: Session, run: int) -> list[ClaimConflict]:
    """What stands against approving a draft: claims within it, or against what was approved before."""
    rows = session.conn.execute(
        """
        WITH wanted AS MATERIALIZED (
            SELECT i.payment_id, i.household_id, l.person_id, i.programme, i.item, i.month
            FROM pay_item AS i JOIN payment AS y ON y.id = i.payment_id
            JOIN mention AS m ON m.key = i.mention_key JOIN link AS l ON l.mention_id = m.id
            WHERE y.run_id = ?1 AND y.id NOT IN (SELECT payment_id FROM hold)
        ), taken AS MATERIALIZED (
            SELECT c.payment_id, l.person_id, c.programme, c.item, c.month
            FROM claim AS c JOIN link AS l ON l.mention_id = c.mention_id
            WHERE c.month IN (SELECT month FROM wanted)
        )
        SELECT w.person_id, w.month, w.payment_id, t.payment_id, 'taken' FROM wanted AS w
        JOIN taken AS t ON t.person_id = w.person_id AND t.month = w.month AND t.programme = w.programme
         AND t.item = w.item
        UNION
        SELECT w.person_id, w.month, w.payment_id, t.payment_id, 'exclusive' FROM wanted AS w
        JOIN taken AS t ON t.person_id = w.person_id AND t.month = w.month
        JOIN exclusive AS x ON x.one = w.programme AND x.other = t.programme
        UNION
        SELECT person_id, month, max(payment_id), min(payment_id), 'taken' FROM wanted
        GROUP BY person_id, programme, item, month HAVING count(*) > 1
        UNION
        SELECT w.household_id, w.month, w.payment_id, c.payment_id, 'household' FROM wanted AS w
        JOIN household_claim AS c ON c.household_id = w.household_id AND c.programme = w.programme
         AND c.month = w.month
        UNION
        SELECT household_id, month, max(payment_id), min(payment_id), 'household'
        FROM (SELECT DISTINCT payment_id, household_id, programme, month FROM wanted)
        GROUP BY household_id, programme, month HAVING count(*) > 1
        ORDER BY 3, 2, 1, 4
        """,
        (run,),
    )
    return [ClaimConflict(*row) for row in rows]


def approve(session: Session, run: int, operator: str) -> int:
    """Takes the claims of a draft's payments that are not on hold; returns how many claims.

    The primary keys and the triggers refuse what `conflicts` would have named.
    """
    conn = session.conn
    conn.execute("UPDATE run SET status = 'approved', approved_by = ? WHERE id = ?", (operator, run))
    mine = (
        "FROM pay_item AS i JOIN payment AS p ON p.id = i.payment_id "
        "WHERE p.run_id = ? AND p.id NOT IN (SELECT payment_id FROM hold)"
    )
    conn.execute(
        f"INSERT INTO household_claim SELECT DISTINCT i.household_id, i.programme, i.month, p.id {mine}",
        (run,),
    )
    return conn.execute(
        "INSERT INTO claim SELECT (SELECT id FROM mention WHERE key = i.mention_key), i.programme, i.item, "
        f"i.month, p.id {mine}",
        (run,),
    ).rowcount


def approved_on(session: Session, batch: int) -> list[int]:
    """Runs past the draft that stand on a batch and still have a payment that was not reversed."""
    rows = session.conn.execute(
        "SELECT DISTINCT r.id FROM run AS r JOIN run_batch AS b ON b.run_id = r.id "
        "JOIN payment AS p ON p.run_id = r.id JOIN claim AS c ON c.payment_id = p.id "
        "WHERE b.batch_id = ? ORDER BY r.id",
        (batch,),
    )
    return [int(row[0]) for row in rows]


def reverse(session: Session, run: int, reversal: Payment) -> None:
    """Adds a reversal to its run and frees the claims of what it corrects."""
    last = session.conn.execute("SELECT max(ordinal) FROM payment WHERE run_id = ?", (run,)).fetchone()[0]
    drafts.add_payment(session, run, int(last) + 1, reversal)
    for table in ("claim", "household_claim"):
        session.conn.execute(f"DELETE FROM {table} WHERE payment_id = ?", (reversal.corrects,))


def is_reversed(session: Session, number: str) -> bool:
    row = session.conn.execute(
        "SELECT 1 FROM payment WHERE corrects = ? AND kind = 'reversal'", (number,)
    ).fetchone()
    return row is not None
