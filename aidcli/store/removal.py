"""Taking rows out again: sightings with their facts, and the mentions that nobody sights any more."""

from __future__ import annotations

import json
from collections.abc import Iterable

from ..errors import AidError
from . import blocks, index, rosters
from .session import Session

# Facts stand by kind first; with this a search by sighting uses their key.
OF_ANY_KIND = "fact.kind IN (SELECT kind FROM fact_kind)"


def remove(session: Session, batch: int) -> tuple[int, set[str]]:
    """Takes a batch's rows out; returns how many sightings went and which persons lost a mention.

    Mentions that nobody sights any more go too; those they may have held together become dirty. What a
    person answered about them stays, and `gone_mention` remembers where they stood.
    """
    conn = session.conn
    rows = lift(session, conn.execute("SELECT id FROM sighting WHERE batch_id = ?", (batch,)).fetchall())
    lost = sweep(session, batch)
    for table in ("entry", "raw_chunk", "aside", "sheet_layout", "batch_sheet", "batch_scope"):
        conn.execute(f"DELETE FROM {table} WHERE batch_id = ?", (batch,))
    conn.execute("UPDATE batch SET status = 'undone' WHERE id = ?", (batch,))
    return rows, lost


def lift(session: Session, sightings: Iterable[tuple[int]]) -> int:
    """Takes sightings and their facts away; their mentions wait for `sweep`. Returns how many went."""
    conn = session.conn
    _prepare(session)
    conn.execute("DELETE FROM lifted")
    conn.executemany("INSERT INTO lifted VALUES (?)", sightings)
    mine = "IN (SELECT id FROM lifted)"
    conn.execute(f"INSERT OR IGNORE INTO loose SELECT mention_id FROM sighting WHERE id {mine}")
    rosters.unlist(session, mine)
    conn.execute(f"DELETE FROM fact WHERE {OF_ANY_KIND} AND sighting_id {mine}")
    conn.execute(
        "DELETE FROM fact_kind WHERE NOT EXISTS (SELECT 1 FROM fact WHERE fact.kind = fact_kind.kind)"
    )
    return conn.execute(f"DELETE FROM sighting WHERE id {mine}").rowcount


def sweep(session: Session, batch: int) -> set[str]:
    """Removes mentions that `lift` left without a sighting; returns the persons that lost one.

    Raises `AidError` (``row_paid``) where an approved payment names one of them.
    """
    conn = session.conn
    _prepare(session)
    conn.execute("DELETE FROM going")
    conn.execute(
        "INSERT INTO going SELECT id FROM loose "
        "WHERE NOT EXISTS (SELECT 1 FROM sighting WHERE mention_id = loose.id)"
    )
    conn.execute("DELETE FROM loose")
    _refuse_claimed(session)
    _remember_answered(session, batch)
    _make_neighbours_dirty(session)
    rows = conn.execute("SELECT person_id FROM link WHERE mention_id IN (SELECT id FROM going)")
    persons = {str(row[0]) for row in rows}
    keys = "(SELECT key FROM mention WHERE id IN (SELECT id FROM going))"
    conn.execute(f"DELETE FROM pair WHERE left_key IN {keys} OR right_key IN {keys}")
    for table in ("link", "dirty", "mention_home"):
        conn.execute(f"DELETE FROM {table} WHERE mention_id IN (SELECT id FROM going)")
    conn.execute("DELETE FROM mention WHERE id IN (SELECT id FROM going)")
    index.forget(session, "going")
    return persons


def _prepare(session: Session) -> None:
    for table in ("lifted", "loose", "going"):
        session.conn.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} (id INTEGER PRIMARY KEY)")


def _refuse_claimed(session: Session) -> None:
    row = session.conn.execute(
        "SELECT min(p.id), count(DISTINCT p.id), json_group_array(DISTINCT p.run_id) FROM claim AS c "
        "JOIN payment AS p ON p.id = c.payment_id WHERE c.mention_id IN (SELECT id FROM going)"
    ).fetchone()
    if row[1]:
        runs = "、".join(f"r{run}" for run in sorted(json.loads(row[2])))
        raise AidError(
            "row_paid",
            f"不能去掉：已审批的发放批次 {runs} 里有{row[1]}笔以这些行为依据，例如 {row[0][:10]}",
            hint="先用 aidcli pay correct 冲销这些发放",
        )


def _remember_answered(session: Session, batch: int) -> None:
    session.conn.execute(
        "INSERT OR IGNORE INTO gone_mention SELECT m.key, ? FROM going JOIN mention AS m ON m.id = going.id "
        "WHERE EXISTS (SELECT 1 FROM judgement WHERE m.key IN (left_key, right_key))",
        (batch,),
    )


def _make_neighbours_dirty(session: Session) -> None:
    """Who may have been compared with one that goes, and who was judged with it."""
    blocks.wake(session, "going")
    session.conn.execute(
        "INSERT OR IGNORE INTO dirty (mention_id) SELECT m.id FROM going JOIN mention AS g ON g.id = going.id "
        "JOIN judgement AS j ON g.key IN (j.left_key, j.right_key) "
        "JOIN mention AS m ON m.key IN (j.left_key, j.right_key)"
    )
