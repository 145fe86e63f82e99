"""The rosters that hold in a month, and facts about matched people, as streams.

For each source and township the latest full list up to the month holds; a row without a township is covered
by any full list of its source. A list of changes adds or replaces households after it, and takes off those of whom it
says that they left. What supplements a list (rows that came back corrected) is part of it. Members of a household who
are not covered are nobody whom a roster lists.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..model import PersonFact, RosterHousehold, RosterPerson
from . import leavers
from .session import Session

# Rows of `roster_*` that hold in month ?1: those of the latest full list of their source and township,
# and those of later lists of changes; per household and kind of source the newest of these, less who left since.
_HOLDING = f"""
WITH {leavers.GONE}, latest AS (
    SELECT b.source, s.township, max(b.period) AS period
    FROM batch AS b JOIN batch_scope AS s ON s.batch_id = b.id
    WHERE b.status = 'kept' AND b.kind = 'roster' AND b.coverage = 'full' AND b.period <= ?1
    GROUP BY b.source, s.township
), newest AS (
    SELECT source, max(period) AS period FROM latest GROUP BY source
), row AS (
    SELECT r.*, s.mention_id, m.township, b.source, b.coverage,
           rank() OVER (PARTITION BY r.household_id, b.source
                        ORDER BY r.month DESC, b.coverage = 'change' DESC,
                                 CASE WHEN b.coverage = 'change'
                                      THEN coalesce(b.supplements, b.id) END DESC) AS place
    FROM {{table}} AS r
    JOIN sighting AS s ON s.id = r.sighting_id
    JOIN mention AS m ON m.id = s.mention_id
    JOIN batch AS b ON b.id = r.batch_id
    LEFT JOIN latest AS t ON t.source = b.source AND t.township = m.township
    LEFT JOIN newest AS n ON n.source = b.source
    LEFT JOIN link AS l ON l.mention_id = s.mention_id
    WHERE r.month <= ?1
      AND NOT (r.household_id IN (SELECT household_id FROM gone)
               AND EXISTS (SELECT 1 FROM gone AS g WHERE g.month <= ?1 AND {leavers.SINCE}))
      AND ((b.coverage = 'full' AND b.period = CASE WHEN m.township = '' THEN n.period ELSE t.period END)
        OR (b.coverage = 'change' AND b.period >=
            coalesce(CASE WHEN m.township = '' THEN n.period ELSE t.period END, '')))
), holding AS (SELECT * FROM row WHERE place = 1)
"""


def _fact(kind: str, column: str, code: str = "") -> str:
    chosen = f" AND f.code = '{code}'" if code else ""
    return (
        f"(SELECT f.{column} FROM fact AS f WHERE f.sighting_id = h.sighting_id "
        f"AND f.kind = '{kind}'{chosen} ORDER BY f.n LIMIT 1)"
    )


def people(session: Session, month: str) -> Iterator[RosterPerson]:
    """Everybody matched whom the rosters that hold cover, once a household, ordered by household and person."""
    rows = session.conn.execute(
        _HOLDING.format(table="roster_member")
        + f"""
        , one AS (
            SELECT h.*, l.person_id, m.name, m.village, m.key,
                   max(h.is_head) OVER (PARTITION BY h.household_id, l.person_id) AS heads,
                   max({_fact("member", "num")} IS 0) OVER (PARTITION BY h.household_id, l.person_id) AS aside,
                   row_number() OVER (PARTITION BY h.household_id, l.person_id
                                      ORDER BY {_fact("member", "sighting_id")} IS NULL, h.is_head DESC,
                                               m.key, h.month DESC, h.sighting_id) AS pick
            FROM holding AS h
            JOIN mention AS m ON m.id = h.mention_id
            JOIN link AS l ON l.mention_id = m.id
        )
        SELECT h.person_id, h.household_id, h.programme,
               coalesce({_fact("residence", "code")},
                        (SELECT f.code FROM roster_household AS r JOIN fact AS f
                         ON f.sighting_id = r.sighting_id AND f.kind = 'residence'
                         WHERE r.household_id = h.household_id AND r.month <= ?1
                         ORDER BY r.month DESC, r.sighting_id LIMIT 1), ''),
               coalesce((SELECT f.text FROM roster_household AS r JOIN fact AS f
                         ON f.sighting_id = r.sighting_id AND f.kind = 'enrolled'
                         WHERE r.household_id = h.household_id AND r.month <= ?1
                         ORDER BY r.month DESC, r.sighting_id LIMIT 1), ''),
               h.month, h.township, h.village, h.name, coalesce({_fact("member", "text")}, ''),
               h.heads, h.sighting_id, h.key, h.batch_id
        FROM one AS h WHERE h.pick = 1 AND NOT h.aside ORDER BY h.household_id, h.person_id
        """,
        (month,),
    )
    for row in rows:
        yield RosterPerson._make((*row[:10], bool(row[10]), *row[11:]))


def households(session: Session, month: str) -> Iterator[RosterHousehold]:
    """Every household row on the rosters that hold, ordered by township, village and case."""
    rows = session.conn.execute(
        _HOLDING.format(table="roster_household")
        + f"""
        SELECT h.household_id, coalesce(l.person_id, ''), m.name, h.programme,
               coalesce({_fact("residence", "code")}, ''), coalesce({_fact("enrolled", "text")}, ''),
               h.month, h.township, m.village, o.case_number, {_fact("enrolled", "num")},
               {_fact("amount", "fen", "total")},
               (SELECT json_group_object(code, fen) FROM (SELECT f.code, sum(f.fen) AS fen FROM fact AS f
                WHERE f.sighting_id = h.sighting_id AND f.kind = 'amount' AND f.code <> 'total'
                GROUP BY f.code ORDER BY f.code)),
               coalesce({_fact("account", "text")}, ''), coalesce({_fact("account_holder", "text")}, ''),
               coalesce({_fact("account", "code")}, ''), coalesce({_fact("institution", "text")}, ''),
               h.batch_id, h.sighting_id, m.key
        FROM holding AS h
        JOIN mention AS m ON m.id = h.mention_id
        JOIN household AS o ON o.id = h.household_id
        LEFT JOIN link AS l ON l.mention_id = m.id
        ORDER BY h.township, m.village, o.case_number, h.household_id, h.sighting_id
        """,
        (month,),
    )
    for row in rows:
        amounts = {code: fen for code, fen in json.loads(row[12]).items() if fen is not None}
        yield RosterHousehold._make((*row[:12], amounts, *row[13:]))


def not_covered(session: Session, household: str) -> frozenset[str]:
    """The members of a household whom its newest rows list without covering them."""
    rows = session.conn.execute(
        "SELECT person_id FROM (SELECT l.person_id, f.num IS 0 AS aside, "
        "rank() OVER (PARTITION BY l.person_id ORDER BY r.month DESC) AS place "
        "FROM roster_member AS r JOIN sighting AS s ON s.id = r.sighting_id "
        "JOIN link AS l ON l.mention_id = s.mention_id "
        "LEFT JOIN fact AS f ON f.kind = 'member' AND f.sighting_id = r.sighting_id AND f.n = 0 "
        "WHERE r.household_id = ?) WHERE place = 1 GROUP BY person_id HAVING max(aside)",
        (household,),
    )
    return frozenset(str(row[0]) for row in rows)


def facts(
    session: Session, kind: str, first_day: str = "", last_day: str = "9999-12-31"
) -> Iterator[PersonFact]:
    """Facts of one kind about matched people, ordered by person, day and content.

    Files of one source may overlap in time: what two files say alike of one record, day and sum counts
    once, as often as it stands in the file that has it most often.
    """
    rows = session.conn.execute(
        "WITH told AS (SELECT f.*, s.mention_id, coalesce(b.supplements, b.id) AS batch_id, "
        "row_number() OVER (PARTITION BY s.mention_id, f.day, f.fen, f.code, f.num, f.text, "
        "coalesce(b.supplements, b.id) ORDER BY s.batch_id, s.sheet_no, s.row, f.n) AS time "
        "FROM fact AS f JOIN sighting AS s ON s.id = f.sighting_id JOIN batch AS b ON b.id = s.batch_id "
        "WHERE f.kind = ?1 AND f.day >= ?2 AND f.day <= ?3), once AS (SELECT *, row_number() OVER "
        "(PARTITION BY mention_id, day, fen, code, num, text, time ORDER BY batch_id) AS pick FROM told) "
        if kind.startswith("medical_") and _several_files(session, kind)
        else "WITH once AS (SELECT f.*, 1 AS pick FROM fact AS f "
        "WHERE f.kind = ?1 AND f.day >= ?2 AND f.day <= ?3) "
        + "SELECT l.person_id, m.name, m.township, m.village, f.kind, f.day, f.month, f.fen, f.num, f.code, "
        "f.text, b.source, f.sighting_id "
        "FROM once AS f JOIN sighting AS s ON s.id = f.sighting_id "
        "JOIN mention AS m ON m.id = s.mention_id JOIN link AS l ON l.mention_id = m.id "
        "JOIN batch AS b ON b.id = s.batch_id WHERE f.pick = 1 "
        "ORDER BY l.person_id, f.day, m.key, b.sha256, s.sheet_no, s.row, f.n",
        (kind, first_day, last_day),
    )
    for row in rows:
        yield PersonFact(*row)


def _several_files(session: Session, kind: str) -> bool:
    row = session.conn.execute(
        "SELECT count(*) FROM batch AS b WHERE b.status = 'kept' AND EXISTS (SELECT 1 FROM sighting AS s "
        "JOIN fact AS f ON f.sighting_id = s.id AND f.kind = ? WHERE s.batch_id = b.id)",
        (kind,),
    ).fetchone()
    return int(row[0]) > 1


def fact_kinds(session: Session) -> frozenset[str]:
    rows = session.conn.execute("SELECT kind FROM fact_kind")
    return frozenset(str(row[0]) for row in rows)


def failed_accounts(session: Session, month: str) -> dict[str, tuple[str, int]]:
    """Account → (the bank's reason, its sighting), where the latest answer up to `month` was a failure."""
    rows = session.conn.execute(
        "SELECT a.text, r.code, r.text, r.sighting_id FROM fact AS r "
        "JOIN fact AS a ON a.sighting_id = r.sighting_id AND a.kind = 'account' "
        "WHERE r.kind = 'pay_result' AND r.month <= ? ORDER BY r.month, r.day, r.code = 'success', r.sighting_id",
        (month,),
    )
    latest = {str(account): (str(code), str(reason), int(where)) for account, code, reason, where in rows}
    return {
        account: (reason or "未说明原因", where)
        for account, (code, reason, where) in latest.items()
        if code == "failed"
    }
