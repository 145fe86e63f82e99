"""Households as the rosters name them: a projection of roster rows, rebuilt for the months that change.

A household is its case number; a row without one is brought to it through the head's number when just one
household of the programme and month has that head, else the head and the programme stand for it. A short number
is no case number: lists count their households 1, 2, 3, anew in each village and month; nor is one that two townships
give in one month, each to a head of its own. There the head stands for the household; where no row of it names one,
the number with township and village.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

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


_RUNNING = 4  # digits that a number has at most which only counts the households of a list


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
    fill(session, "moved", _unlisted(session))
    for programme, month in programme_months:
        _note_listed(session, programme, month)
        _project_one(session, programme, month)
        _note_listed(session, programme, month)
    _settle(session)
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


def _note_listed(session: Session, programme: str, month: str) -> None:
    """Whom a roster of assistance lists may live elsewhere than before: ``moved``."""
    if programme in ASSISTANCE:
        session.conn.execute(
            "INSERT OR IGNORE INTO moved SELECT s.mention_id FROM roster_member AS r "
            "JOIN sighting AS s ON s.id = r.sighting_id WHERE r.programme = ? AND r.month = ?",
            (programme, month),
        )


def _settle(session: Session) -> None:
    """The household of each mention in ``moved``: that of the newest roster of assistance that lists it, ties by
    the id."""
    conn = session.conn
    marks = ", ".join("?" * len(ASSISTANCE))
    listed = conn.execute(
        "SELECT s.mention_id, r.month, r.household_id FROM moved JOIN sighting AS s ON s.mention_id = moved.id "
        f"JOIN roster_member AS r ON r.sighting_id = s.id AND r.programme IN ({marks})",
        sorted(ASSISTANCE),
    )
    newest: dict[int, tuple[str, str]] = {}
    for number, month, household in listed:
        known = newest.get(number)
        if known is None or month > known[0] or (month == known[0] and household < known[1]):
            newest[number] = month, household
    now = {number: household for number, (_, household) in newest.items()}
    then = dict(
        conn.execute(
            "SELECT m.mention_id, m.home FROM moved JOIN mention_home AS m ON m.mention_id = moved.id"
        )
    )
    mentions = [int(number) for (number,) in conn.execute("SELECT id FROM moved ORDER BY id")]
    changed = [(number,) for number in mentions if now.get(number) != then.get(number)]
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
    households = _households(session, programme, rows)
    conn.executemany(
        "INSERT OR IGNORE INTO household VALUES (?, ?, ?)",
        [(household, programme, number) for household, number in dict.fromkeys(households)],
    )
    listed = []
    members: dict[int, tuple[int, int, str, bool]] = {}
    for (sighting, batch, role, _, _, kind, _), (household, _) in zip(rows, households, strict=True):
        is_head = kind == "enrolled" or role == "head"
        if kind == "enrolled":
            listed.append((sighting, batch, household))
        if role in ("head", "member", "subject"):
            members.setdefault(sighting, (sighting, batch, household, is_head))
    if listed:
        sightings, batches, ids = zip(*listed, strict=True)
        with rested(session, "roster_household", "roster_household_id", len(listed)):
            insert(conn, "roster_household", (sightings, batches, ids, programme, month))
    if members:
        sightings, batches, ids, heads = zip(*members.values(), strict=True)
        with rested(session, "roster_member", "roster_member_household", len(members)):
            insert(conn, "roster_member", (sightings, batches, ids, programme, month, heads))


def _households(session: Session, programme: str, rows: Sequence[tuple[Any, ...]]) -> list[tuple[str, str]]:
    """(household, case number) of each row of `_ROWS`; the number is empty where none tells the household."""
    counted = {case for case in {row[3] for row in rows} if _is_running(case)} | _given_twice(session, rows)
    places = _places(session, [row[0] for row in rows if row[3] in counted])
    cases: dict[str, set[str]] = defaultdict(set)
    heads: dict[tuple[str, str], set[str]] = defaultdict(set)
    for sighting, _, _, case, head, kind, _ in rows:
        if sighting in places:
            heads[case, places[sighting]] |= {head} - {""}
        elif kind == "enrolled" and case and head:
            cases[head].add(case)
    known: dict[tuple[str, str, str | None, str], tuple[str, str]] = {}
    found = []
    for sighting, _, _, case, head, _, key in rows:
        place = places.get(sighting, "")
        told = known.get((case, head, key, place))
        if told is None:
            who = head or _only(heads[case, place]) if place else head
            number = "" if place else case or _only(cases.get(head, set()))
            subject = _subject(
                programme, number or (f"{case} {place}" if place and not who else ""), who, key or ""
            )
            told = known[case, head, key, place] = content_key("h", subject), number
        found.append(told)
    return found


def _is_running(case: str) -> bool:
    return len(case) <= _RUNNING and case.isdigit()


def _given_twice(session: Session, rows: Sequence[tuple[Any, ...]]) -> set[str]:
    """Numbers that two townships give, each to a head of its own: every office counts its households anew."""
    heads: dict[str, set[str]] = defaultdict(set)
    for _, _, _, case, head, _, _ in rows:
        if case and head:
            heads[case].add(head)
    several = {case for case, found in heads.items() if len(found) > 1 and not _is_running(case)}
    if not several:
        return several
    places = _places(session, [row[0] for row in rows if row[3] in several])
    towns: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for sighting, _, _, case, head, _, _ in rows:
        town = places[sighting].partition("/")[0] if case in several and head else ""
        if town:
            towns[case][head].add(town)
    return {
        case
        for case, of_heads in towns.items()
        if any(
            one.isdisjoint(other) for one, other in combinations(set(map(frozenset, of_heads.values())), 2)
        )
    }


def _places(session: Session, sightings: list[int]) -> dict[int, str]:
    """Township and village of these sightings' rows, in one text that is never empty."""
    fill(session, "counted", sightings)
    rows = session.conn.execute(
        "SELECT s.id, m.township || '/' || m.village FROM counted "
        "JOIN sighting AS s ON s.id = counted.id JOIN mention AS m ON m.id = s.mention_id"
    )
    return {int(sighting): str(place) for sighting, place in rows}


def _only(found: set[str]) -> str:
    """The one of a set; '' for none or several."""
    return next(iter(found)) if len(found) == 1 else ""


def _subject(programme: str, number: str, head: str, mention: str) -> tuple[str, str, str]:
    """What a household is known by: case number, else head and programme, else the mention alone."""
    if number:
        return "case", programme, number
    return ("head", programme, head) if head else ("mention", programme, mention)
