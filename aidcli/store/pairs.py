"""The questions whether two records are one person: those that wait, those answered, and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from . import rows
from .session import Session

_ID = "'q-' || substr({0}left_key, 3, 10) || substr({0}right_key, 3, 10)"
_OPEN = ("open", "assigned", "visited", "close_proposed")


class AskedRow(NamedTuple):
    """Two records, left < right, and the evidence code; an answer has a `status` other than pending.

    `code` of an answer is what was known when it was given; `seq`, `operator`, `at`, `why` are '' or 0
    where nobody has answered. `was`: the code of the answer, where `code` is that of now.
    """

    pair: str
    left: str
    right: str
    score: int
    code: str
    status: str = "pending"
    seq: int = 0
    operator: str = ""
    at: str = ""
    why: str = ""
    was: str = ""


class SideRow(NamedTuple):
    """One side of a question, as its source names the person, and who that is now ('' before matching).

    `sighting` is the newest place where the record stands.
    """

    mention: str
    name: str
    id_value: str
    id_kind: str
    source_label: str
    township: str
    village: str
    birth: str
    sex: str
    phone: str
    person: str
    sighting: int


class PaidRow(NamedTuple):
    """A payment to the household in which a record is claimed or drafted, for one month."""

    person: str
    programme: str
    month: str
    payment: str
    run: int
    status: str
    fen: int


def waiting(session: Session) -> list[AskedRow]:
    """What waits for an answer, the strongest evidence first."""
    found = session.conn.execute(
        f"SELECT {_ID.format('')}, left_key, right_key, score, code FROM pair ORDER BY score DESC, 1"
    )
    return [AskedRow(*row) for row in found]


def is_open(session: Session, left: str, right: str) -> bool:
    row = session.conn.execute(
        "SELECT 1 FROM pair WHERE left_key = ? AND right_key = ?", (left, right)
    ).fetchone()
    return row is not None


def answered(session: Session) -> list[AskedRow]:
    """The answers in force, the newest first; withdrawn ones are no answers."""
    found = session.conn.execute(
        f"SELECT {_ID.format('')}, left_key, right_key, 0, code, verdict, seq, operator, at, why FROM judgement "
        "AS j WHERE verdict <> 'withdrawn' AND seq = (SELECT max(seq) FROM judgement "
        "WHERE left_key = j.left_key AND right_key = j.right_key) ORDER BY seq DESC"
    )
    return [AskedRow(*row) for row in found]


def story(session: Session, left: str, right: str) -> list[AskedRow]:
    """Every answer about two records in the order in which they were given, withdrawals among them."""
    found = session.conn.execute(
        f"SELECT {_ID.format('')}, left_key, right_key, 0, code, verdict, seq, operator, at, why FROM judgement "
        "WHERE left_key = ? AND right_key = ? ORDER BY seq",
        (left, right),
    )
    return [AskedRow(*row) for row in found]


def withdrawn(session: Session, ref: str) -> tuple[str, str, str] | None:
    """(reference, left, right) of the one pair that `ref` begins, whose answers were all taken back."""
    found = session.conn.execute(
        f"SELECT DISTINCT {_ID.format('')} AS id, left_key, right_key FROM judgement "
        "WHERE id >= ?1 AND id < ?2 LIMIT 2",
        (ref, ref + "g"),
    ).fetchall()
    return (str(found[0][0]), str(found[0][1]), str(found[0][2])) if len(found) == 1 else None


def epoch_opened(session: Session) -> int:
    """The event with which the epoch in force began; 0 before the first match."""
    row = session.conn.execute(
        "SELECT opened_seq FROM model_epoch WHERE hash = ?", (session.setting("epoch"),)
    ).fetchone()
    return int(row[0]) if row else 0


def last_code(session: Session, left: str, right: str) -> str:
    """The evidence that is known of two records: as they wait, else as somebody last answered; '' else."""
    row = session.conn.execute(
        "SELECT code FROM (SELECT code, 2e18 AS seq FROM pair WHERE left_key = ?1 AND right_key = ?2 UNION ALL "
        "SELECT code, seq FROM judgement WHERE left_key = ?1 AND right_key = ?2 AND code <> '') "
        "ORDER BY seq DESC LIMIT 1",
        (left, right),
    ).fetchone()
    return str(row[0]) if row else ""


def ids(session: Session) -> list[str]:
    """Every reference of a question, waiting or answered, in order."""
    return [str(row[0]) for row in session.conn.execute("SELECT DISTINCT pair_id FROM pairs ORDER BY 1")]


def numbers(session: Session, keys: Iterable[str]) -> dict[str, int]:
    """Record → its row, for those that are here."""
    _fill(session, keys)
    found = session.conn.execute("SELECT m.key, m.id FROM asked CROSS JOIN mention AS m ON m.key = asked.key")
    return {str(key): int(number) for key, number in found}


def people_of(session: Session, keys: Iterable[str]) -> dict[str, str]:
    """Record → the person it belongs to, for those that are matched."""
    _fill(session, keys)
    found = session.conn.execute(
        "SELECT m.key, l.person_id FROM asked CROSS JOIN mention AS m ON m.key = asked.key "
        "JOIN link AS l ON l.mention_id = m.id"
    )
    return {str(key): str(person) for key, person in found}


def sides(session: Session, keys: Iterable[str]) -> dict[str, SideRow]:
    """Records by key; where the import that brought one was undone, only its source is known."""
    wanted = list(dict.fromkeys(keys))
    _fill(session, wanted)
    labels = dict(
        session.conn.execute(
            "SELECT source, source_label FROM batch WHERE id IN (SELECT max(id) FROM batch GROUP BY source)"
        )
    )
    found = {
        str(row[0]): SideRow._make((*row[:4], labels.get(row[4], row[4]), *row[5:]))
        for row in session.conn.execute(
            "SELECT m.key, m.name, m.id_value, m.id_kind, m.source, m.township, m.village, m.birth, m.sex, "
            "m.phone, coalesce(l.person_id, ''), "
            "coalesce((SELECT max(id) FROM sighting WHERE mention_id = m.id), 0) "
            "FROM asked AS w CROSS JOIN mention AS m ON m.key = w.key LEFT JOIN link AS l ON l.mention_id = m.id"
        )
    }
    for key in wanted:
        if key not in found:
            gone = rows.gone_from(session, key)
            label = gone[0][1] if gone else ""
            found[key] = SideRow(key, "", "", "missing", label, "", "", "", "", "", "", 0)
    return found


def alerts_of(session: Session, persons: Iterable[str]) -> dict[str, int]:
    """Person → open alerts about them, or about a household as such that lists them."""
    _fill(session, persons)
    marks = ", ".join("?" * len(_OPEN))
    found = session.conn.execute(
        f"""
        WITH waiting AS MATERIALIZED (
            SELECT a.id, a.person_id, s.shown_household AS household FROM alert_state AS s
            JOIN alert AS a ON a.id = s.alert_id WHERE s.status IN ({marks})
        ), about AS (
            SELECT w.id, coalesce(p.redirect_to, w.person_id) AS person FROM waiting AS w
            LEFT JOIN person AS p ON p.id = w.person_id WHERE w.person_id <> ''
            UNION
            SELECT w.id, l.person_id FROM waiting AS w
            JOIN roster_member AS r ON r.household_id = w.household
            JOIN sighting AS s ON s.id = r.sighting_id JOIN link AS l ON l.mention_id = s.mention_id
            WHERE w.person_id = ''
        )
        SELECT about.person, count(*) FROM about JOIN asked ON asked.key = about.person GROUP BY about.person
        """,
        _OPEN,
    )
    return {str(person): int(count) for person, count in found}


def money_of(session: Session, persons: Iterable[str]) -> list[PaidRow]:
    """Drafted and approved payments of these persons' households, by person and month; none reversed."""
    _fill(session, persons)
    found = session.conn.execute(
        """
        WITH theirs AS MATERIALIZED (
            SELECT l.person_id AS person, m.key FROM asked JOIN link AS l ON l.person_id = asked.key
            JOIN mention AS m ON m.id = l.mention_id
        ), paid AS MATERIALIZED (
            SELECT DISTINCT t.person, i.payment_id, i.household_id, i.programme, i.month
            FROM theirs AS t JOIN pay_item AS i ON i.mention_key = t.key
        )
        SELECT d.person, d.programme, d.month, y.id, r.id, r.status,
               (SELECT sum(fen) FROM pay_item WHERE payment_id = d.payment_id AND household_id = d.household_id
                AND month = d.month)
        FROM paid AS d JOIN payment AS y ON y.id = d.payment_id JOIN run AS r ON r.id = y.run_id
        WHERE r.status <> 'rejected' AND y.kind <> 'reversal'
          AND NOT EXISTS (SELECT 1 FROM payment WHERE corrects = y.id AND kind = 'reversal')
          AND y.id NOT IN (SELECT payment_id FROM hold)
        ORDER BY d.person, d.month, y.id
        """
    )
    return [PaidRow(*row) for row in found]


def _fill(session: Session, keys: Iterable[str]) -> None:
    """A temporary table of what is asked about."""
    session.conn.execute("CREATE TEMP TABLE IF NOT EXISTS asked (key TEXT PRIMARY KEY)")
    session.conn.execute("DELETE FROM asked")
    session.conn.executemany("INSERT OR IGNORE INTO asked VALUES (?)", [(key,) for key in keys])
