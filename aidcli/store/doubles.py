"""Who was paid twice: approved payments of one programme and month that came to be for one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import PersonPaid
from .session import Session

_PAID_TWICE = """
WITH paid AS MATERIALIZED (
    SELECT DISTINCT l.person_id AS person, c.programme, c.month, c.payment_id AS payment, i.household_id AS home,
           min(c.mention_id) AS mention
    FROM claim AS c JOIN link AS l ON l.mention_id = c.mention_id JOIN mention AS m ON m.id = c.mention_id
    JOIN pay_item AS i ON i.payment_id = c.payment_id AND i.mention_key = m.key AND i.month = c.month
     AND i.item = c.item
    {only}
    GROUP BY l.person_id, c.programme, c.month, c.payment_id, i.household_id
), twice AS (
    SELECT person, programme, month FROM paid GROUP BY person, programme, month HAVING count(*) > 1
)
SELECT p.person, m.name, m.township, m.village, p.programme, p.month, p.payment, y.run_id, p.home, y.payee,
       (SELECT sum(fen) FROM pay_item WHERE payment_id = p.payment AND household_id = p.home AND month = p.month),
       coalesce((SELECT min(r.sighting_id) FROM sighting AS s JOIN roster_member AS r ON r.sighting_id = s.id
                 WHERE s.mention_id = p.mention AND r.household_id = p.home), 0)
FROM twice JOIN paid AS p USING (person, programme, month)
JOIN payment AS y ON y.id = p.payment JOIN mention AS m ON m.id = p.mention
ORDER BY p.person, p.programme, p.month, p.payment, p.home
"""


def paid_twice(session: Session, persons: Iterable[str] | None = None) -> Iterator[PersonPaid]:
    """Payments, to more than one household, for one person, programme and month; reversed ones do not count.

    All persons, or those in `persons` alone.
    """
    only = ""
    if persons is not None:
        session.conn.execute("CREATE TEMP TABLE IF NOT EXISTS payee (id TEXT PRIMARY KEY)")
        session.conn.execute("DELETE FROM payee")
        session.conn.executemany("INSERT OR IGNORE INTO payee VALUES (?)", [(one,) for one in persons])
        only = "WHERE l.person_id IN (SELECT id FROM payee)"
    for row in session.conn.execute(_PAID_TWICE.format(only=only)).fetchall():
        yield PersonPaid(*row)
