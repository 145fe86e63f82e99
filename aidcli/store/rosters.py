"""Households as the rosters name them: a projection of roster rows, rebuilt for the months that change.

A household is its case number; a row without one is brought to it through the head's number when just one
household of the programme and month has that head, else the head and the programme stand for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ..canon import content_key
from ..terms import ASSISTANCE, LISTING
from . import blocks
from .bulk import insert
from .deferred import rested
from .links import fill
from .session import Session

_ROWS = """
SELECT s.id, s.batch_id, s.role, coalesce(c.text, ''), coalesce(h.text, ''), f.kind,
       CASE WHEN c.text IS NULL AND h.text IS NULL THEN (SELECT key FROM mention WHERE id = s.mention_id) END
FROM batch AS b
CROSS JOIN sighting AS s ON s.batch_id = b.id
CROSS JOIN fact AS f ON f.kind = ? AND f.sighting_id = s.id
LEFT JOIN fact AS c ON c.sighting_id = s.id AND c.kind = 'case' AND c.n = 0
LEFT JOIN fact AS h ON h.sighting_id = s.id AND h.kind = 'head' AND h.n = 0
WHERE b.status = 'kept' AND f.code = ? AND f.month = ? AND b.period = f.month
"""


def months_of_batch(session: Session, batch: int) -> list[tuple[str, str]]:
    """(programme, month) of the roster rows a batch brought, those of people who left among them."""
    marks = ", ".join("?" * len(LISTING))
    rows = session.conn.execute(
        "SELECT DISTINCT f.code, f.month FROM sighting AS s "
        f"CROSS JOIN fact AS f ON f.kind IN ({marks}) AND f.sighting_id = s.id "
        "WHERE s.batch_id = ? ORDER BY f.code, f.month",
        (*LISTING, batch),
    )
    return [(str(a), str(b)) for a, b in rows]


def project(session: Session, programme_months: Iterable[tuple[str, str]]) -> None:
    """Rebuilds the households and members of these rosters. Who is listed in another household is dirty."""
    moved = _unlisted(session)
    for programme, month in programme_months:
        before = _listed(session, programme, month)
        _project_one(session, programme, month)
        moved |= before | _listed(session, programme, month)
    _settle(session, moved)
    session.conn.execute(
        "DELETE FROM household WHERE id NOT IN (SELECT household_id FROM roster_household) "
        "AND id NOT IN (SELECT household_id FROM roster_member)"
    )


def unlist(session: Session, sightings: str) -> None:
    """Takes sightings (``IN (SELECT …)``) off the rosters; `project` finds the household of who stood there."""
    conn = session.conn
    conn.execute("CREATE TEMP TABLE IF NOT EXISTS unlisted (id INTEGER PRIMARY KEY)")
    conn.execute(
        "INSERT OR IGNORE INTO unlisted SELECT s.mention_id FROM roster_member AS r "
        f"JOIN sighting AS s ON s.id = r.sighting_id WHERE r.sighting_id {sightings}"
    )
    for table in ("roster_household", "roster_member"):
        conn.execute(f"DELETE FROM {table} WHERE sighting_id {sightings}")


def _unlisted(session: Session) -> set[int]:
    """Whom `unlist` took off since this was asked last."""
    conn = session.conn
    conn.execute("CREATE TEMP TABLE IF NOT EXISTS unlisted (id INTEGER PRIMARY KEY)")
    found = {int(row[0]) for row in conn.execute("SELECT id FROM unlisted")}
    conn.execute("DELETE FROM unlisted")
    return found


def _listed(session: Session, programme: str, month: str) -> set[int]:
    if programme not in ASSISTANCE:
        return set()
    rows = session.conn.execute(
        "SELECT s.mention_id FROM roster_member AS r JOIN sighting AS s ON s.id = r.sighting_id "
        "WHERE r.programme = ? AND r.month = ?",
        (programme, month),
    )
    return {int(row[0]) for row in rows}


def _settle(session: Session, mentions: set[int]) -> None:
    """The household of each mention: that of the newest roster of assistance that lists it, ties by the id."""
    conn = session.conn
    fill(session, "moved", mentions)
    marks = ", ".join("?" * len(ASSISTANCE))
    now = dict(
        conn.execute(
            "SELECT s.mention_id, r.household_id FROM moved JOIN sighting AS s ON s.mention_id = moved.id "
            f"JOIN roster_member AS r ON r.sighting_id = s.id AND r.programme IN ({marks}) "
            "ORDER BY r.month, r.household_id DESC",  # the last one of each counts
            sorted(ASSISTANCE),
        )
    )
    then = dict(
        conn.execute(
            "SELECT m.mention_id, m.home FROM moved JOIN mention_home AS m ON m.mention_id = moved.id"
        )
    )
    changed = [(number,) for number in sorted(mentions) if now.get(number) != then.get(number)]
    if not changed:
        return
    resting = blocks.somebody_rests(session)
    if resting:
        conn.execute("DELETE FROM moved")
        conn.executemany("INSERT INTO moved SELECT id FROM mention WHERE id = ?", changed)
        blocks.wake(session, "moved", moving=True)
    if then:
        conn.executemany("DELETE FROM mention_home WHERE mention_id = ?", changed)
    homes = [number for (number,) in changed if number in now]
    with rested(session, "mention_home", "mention_home_home", len(homes)):
        insert(conn, "mention_home", (homes, [now[number] for number in homes]))
    if resting:
        blocks.wake(session, "moved", moving=True)
        conn.execute("INSERT OR IGNORE INTO dirty (mention_id) SELECT id FROM moved")


def _project_one(session: Session, programme: str, month: str) -> None:
    conn = session.conn
    for table in ("roster_household", "roster_member"):
        conn.execute(f"DELETE FROM {table} WHERE programme = ? AND month = ?", (programme, month))
    rows = [row for kind in ("enrolled", "member") for row in conn.execute(_ROWS, (kind, programme, month))]
    cases: dict[str, set[str]] = defaultdict(set)
    for _, _, _, case, head, kind, _ in rows:
        if kind == "enrolled" and case and head:
            cases[head].add(case)
    known: dict[tuple[str, str, str | None], tuple[str, str]] = {}
    listed = []
    members: dict[int, tuple[int, int, str, bool]] = {}
    for sighting, batch, role, case, head, kind, key in rows:
        told = known.get((case, head, key))
        if told is None:
            number = case or (next(iter(cases[head])) if len(cases.get(head, ())) == 1 else "")
            household = content_key("h", _subject(programme, number, head, key or ""))
            told = known[case, head, key] = household, number
        household, _ = told
        is_head = kind == "enrolled" or role == "head"
        if kind == "enrolled":
            listed.append((sighting, batch, household))
        if role in ("head", "member", "subject"):
            members.setdefault(sighting, (sighting, batch, household, is_head))
    conn.executemany(
        "INSERT OR IGNORE INTO household VALUES (?, ?, ?)",
        [(household, programme, number) for household, number in known.values()],
    )
    if listed:
        sightings, batches, households = zip(*listed, strict=True)
        with rested(session, "roster_household", "roster_household_id", len(listed)):
            insert(conn, "roster_household", (sightings, batches, households, programme, month))
    if members:
        sightings, batches, households, heads = zip(*members.values(), strict=True)
        with rested(session, "roster_member", "roster_member_household", len(members)):
            insert(conn, "roster_member", (sightings, batches, households, programme, month, heads))


def _subject(programme: str, number: str, head: str, mention: str) -> tuple[str, str, str]:
    """What a household is known by: case number, else head and programme, else the mention alone."""
    if number:
        return "case", programme, number
    return ("head", programme, head) if head else ("mention", programme, mention)
