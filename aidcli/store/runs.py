"""Runs, payments, items, claims, holds and question sheets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..model import PayItem, Payment
from . import batches, blobs
from .session import Session

_PAYMENT_COLUMNS = (
    "p.id, p.programme, p.period, p.household_id, p.payee, p.account, p.bank, p.fen, p.kind, "
    "p.township, p.village, coalesce(p.corrects, '')"
)


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


def approved(session: Session, programme: str, period: str) -> bool:
    """Whether a run of the programme and period was ever approved."""
    row = session.conn.execute(
        "SELECT 1 FROM run WHERE programme = ? AND period = ? AND status NOT IN ('draft', 'rejected')",
        (programme, period),
    ).fetchone()
    return row is not None


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


def input_of(session: Session, run: int) -> object:
    """The frozen input of a run: what the register said when it was drafted."""
    row = session.conn.execute("SELECT input_hash FROM run WHERE id = ?", (run,)).fetchone()
    return blobs.load(session, str(row[0]))


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
