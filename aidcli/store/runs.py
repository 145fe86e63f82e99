"""Runs, payments, items, claims, holds and question sheets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..model import PayItem, Payment
from . import batches
from .session import Session

_PAYMENT_COLUMNS = (
    "p.id, p.programme, p.period, p.household_id, p.payee, p.account, p.bank, p.fen, p.kind, "
    "p.township, p.village, coalesce(p.corrects, '')"
)


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


class RunRow(NamedTuple):
    """A run with its sums; payments on hold are not counted in them."""

    id: int
    programme: str
    period: str
    month: str
    due_date: str
    pay_date: str
    provisional: str
    status: str
    prepared_by: str
    approved_by: str
    households: int
    persons: int
    payments: int
    amount_fen: int
    questions: int


class Asked(NamedTuple):
    """A line of a question sheet; `evidence` holds places as they were when the run was drafted."""

    code: str
    household: str
    person: str
    payment: str
    text: str
    evidence: tuple[dict[str, object], ...]


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


def approved(session: Session, programme: str, period: str) -> bool:
    """Whether a run of the programme and period was ever approved."""
    row = session.conn.execute(
        "SELECT 1 FROM run WHERE programme = ? AND period = ? AND status NOT IN ('draft', 'rejected')",
        (programme, period),
    ).fetchone()
    return row is not None


def drop_drafts_from(session: Session, programme: str, month: str) -> list[int]:
    """Removes the drafts of a programme for `month` or later, whose rosters have changed; says which."""
    rows = session.conn.execute(
        "SELECT id FROM run WHERE programme = ? AND month >= ? AND status = 'draft' ORDER BY id",
        (programme, month),
    ).fetchall()
    for (run,) in rows:
        drop(session, int(run))
    return [int(run) for (run,) in rows]


def drop_draft(session: Session, programme: str, period: str) -> int | None:
    """Removes the draft of a programme and period; returns its number when there was one."""
    row = session.conn.execute(
        "SELECT id FROM run WHERE programme = ? AND period = ? AND status = 'draft'", (programme, period)
    ).fetchone()
    if row is None:
        return None
    drop(session, int(row[0]))
    return int(row[0])


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


def payment_ids(session: Session, run: int) -> list[str]:
    """Payments of a run that hold claims, in their order."""
    rows = session.conn.execute(
        "SELECT id FROM payment WHERE run_id = ? AND EXISTS (SELECT 1 FROM claim WHERE payment_id = payment.id) "
        "ORDER BY ordinal",
        (run,),
    )
    return [str(row[0]) for row in rows]


def get(session: Session, run: int) -> RunRow | None:
    found = listing(session, run)
    return found[0] if found else None


def listing(session: Session, run: int | None = None) -> list[RunRow]:
    rows = session.conn.execute(
        "WITH due AS (SELECT * FROM payment WHERE id NOT IN (SELECT payment_id FROM hold)) "
        "SELECT r.id, r.programme, r.period, r.month, r.due_date, r.pay_date, r.provisional, r.status, "
        "r.prepared_by, r.approved_by, "
        "(SELECT count(DISTINCT nullif(household_id, '')) FROM due WHERE run_id = r.id), "
        "(SELECT count(DISTINCT i.person_id) FROM pay_item AS i JOIN due ON due.id = i.payment_id "
        " WHERE due.run_id = r.id), "
        "(SELECT count(*) FROM due WHERE run_id = r.id), "
        "(SELECT coalesce(sum(fen), 0) FROM due WHERE run_id = r.id), "
        "(SELECT count(*) FROM question WHERE run_id = r.id) "
        "FROM run AS r WHERE ? IS NULL OR r.id = ? ORDER BY r.id",
        (run, run),
    )
    return [RunRow(*row) for row in rows]


def payments(session: Session, run: int) -> list[Payment]:
    """Payments of a run in their order, with items."""
    items: dict[str, list[PayItem]] = {}
    for row in session.conn.execute(
        "SELECT i.payment_id, i.person_id, i.programme, i.item, i.month, i.fen, i.household_id, i.mention_key "
        "FROM pay_item AS i "
        "JOIN payment AS p ON p.id = i.payment_id WHERE p.run_id = ? "
        "ORDER BY i.payment_id, i.month, i.item, i.person_id",
        (run,),
    ):
        items.setdefault(row[0], []).append(PayItem(*row[1:]))
    rows = session.conn.execute(
        f"SELECT {_PAYMENT_COLUMNS} FROM payment AS p WHERE run_id = ? ORDER BY ordinal", (run,)
    )
    return [_payment(row, items) for row in rows]


def payment(session: Session, number: str) -> tuple[int, Payment] | None:
    """(run, payment) by whole id."""
    row = session.conn.execute(
        f"SELECT p.run_id, {_PAYMENT_COLUMNS} FROM payment AS p WHERE p.id = ?", (number,)
    ).fetchone()
    if row is None:
        return None
    items = session.conn.execute(
        "SELECT person_id, programme, item, month, fen, household_id, mention_key FROM pay_item "
        "WHERE payment_id = ? "
        "ORDER BY month, item, person_id",
        (number,),
    )
    return int(row[0]), _payment(row[1:], {number: [PayItem(*item) for item in items]})


def questions(session: Session, run: int) -> list[Asked]:
    rows = session.conn.execute(
        "SELECT code, household_id, person_id, payment_id, text, evidence FROM question "
        "WHERE run_id = ? ORDER BY n",
        (run,),
    )
    return [Asked._make((*row[:5], tuple(json.loads(row[5])))) for row in rows]


def held(session: Session, run: int) -> dict[str, str]:
    """Payment → reason of the payments of a run that are on hold."""
    rows = session.conn.execute(
        "SELECT h.payment_id, h.reason FROM hold AS h JOIN payment AS p ON p.id = h.payment_id "
        "WHERE p.run_id = ?",
        (run,),
    )
    return {str(a): str(b) for a, b in rows}


def hold(session: Session, number: str, reason: str, seq: int) -> None:
    session.conn.execute("INSERT OR REPLACE INTO hold VALUES (?, ?, ?)", (number, reason, seq))


def release(session: Session, number: str) -> None:
    session.conn.execute("DELETE FROM hold WHERE payment_id = ?", (number,))


def settled_count(session: Session, programme: str, period: str) -> int:
    """How many runs of a programme and period are past the draft, rejected ones included."""
    row = session.conn.execute(
        "SELECT count(*) FROM run WHERE programme = ? AND period = ? AND status <> 'draft'",
        (programme, period),
    ).fetchone()
    return int(row[0])


def set_status(session: Session, run: int, status: str) -> None:
    session.conn.execute("UPDATE run SET status = ? WHERE id = ?", (status, run))


def stands_on(session: Session, run: int) -> list[batches.BatchRow]:
    """The imports a run was drafted from."""
    rows = session.conn.execute("SELECT batch_id FROM run_batch WHERE run_id = ? ORDER BY batch_id", (run,))
    found = [batches.get(session, int(row[0])) for row in rows]
    return [batch for batch in found if batch is not None]


def roster_rows(session: Session, run: int | None, household: str, persons: Iterable[str]) -> list[int]:
    """Sightings of roster rows: a household's, or without one those of `persons` that a run stands on."""
    if household:
        rows = session.conn.execute(
            "SELECT sighting_id FROM roster_household WHERE household_id = ?1 AND (?2 IS NULL OR batch_id IN "
            "(SELECT batch_id FROM run_batch WHERE run_id = ?2)) ORDER BY month, sighting_id",
            (household, run),
        ).fetchall()
        return [int(row[0]) for row in rows]
    found = []
    for person in sorted(persons):
        rows = session.conn.execute(
            "SELECT r.sighting_id FROM link AS l JOIN sighting AS s ON s.mention_id = l.mention_id "
            "JOIN roster_household AS r ON r.sighting_id = s.id "
            "WHERE l.person_id = ? AND r.batch_id IN (SELECT batch_id FROM run_batch WHERE run_id = ?)",
            (person, run),
        ).fetchall()
        found += [int(row[0]) for row in rows]
    return found


def record_event(session: Session, seq: int, run: int, kind: str, detail: Mapping[str, object]) -> None:
    session.conn.execute(
        "INSERT INTO run_event VALUES (?, ?, ?, ?)", (seq, run, kind, json.dumps(detail, ensure_ascii=False))
    )


def _payment(row: tuple[object, ...], items: Mapping[str, list[PayItem]]) -> Payment:
    number, programme, period, household, payee, account, bank, fen, kind, township, village, corrects = row
    assert isinstance(fen, int)
    return Payment(
        id=str(number),
        programme=str(programme),
        period=str(period),
        household=str(household),
        payee=str(payee),
        account=str(account),
        bank=str(bank),
        fen=fen,
        kind=str(kind),
        items=tuple(items.get(str(number), ())),
        township=str(township),
        village=str(village),
        corrects=str(corrects),
    )
