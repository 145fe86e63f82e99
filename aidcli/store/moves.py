"""Which records another model brought to another person: links as they stood, and as they stand now."""

from __future__ import annotations

from typing import NamedTuple

from .session import Session


class MoveRow(NamedTuple):
    """A record that moved; persons and evidence codes before and after."""

    mention: str
    name: str
    id_value: str
    source_label: str
    from_person: str
    to_person: str
    from_code: str
    to_code: str


def remember(session: Session) -> None:
    """Keeps the links as they stand, for `moved`, as long as the database is open."""
    session.conn.execute("DROP TABLE IF EXISTS stood")
    session.conn.execute(
        "CREATE TEMP TABLE stood AS SELECT mention_id, person_id, code FROM link WHERE mention_id IN "
        "(SELECT id FROM mention)"
    )


def moved(session: Session) -> list[MoveRow]:
    """Records whose person is another than when `remember` was called, by person and record.

    Where all records of a person, and no others, have a new one together, nobody moved: only the id did.
    """
    found = session.conn.execute(
        """
        WITH both AS MATERIALIZED (
            SELECT s.mention_id AS mention, s.person_id AS old, l.person_id AS new, s.code AS old_code,
                   l.code AS new_code
            FROM stood AS s JOIN link AS l ON l.mention_id = s.mention_id
        ), renamed AS (
            SELECT old, max(new) AS new FROM both GROUP BY old HAVING count(DISTINCT new) = 1
            INTERSECT
            SELECT max(old), new FROM both GROUP BY new HAVING count(DISTINCT old) = 1
        )
        SELECT m.key, m.name, m.id_value,
               coalesce((SELECT source_label FROM batch WHERE source = m.source ORDER BY id DESC LIMIT 1), m.source),
               b.old, b.new, b.old_code, b.new_code
        FROM both AS b JOIN mention AS m ON m.id = b.mention
        WHERE b.old <> b.new AND NOT EXISTS (SELECT 1 FROM renamed WHERE old = b.old AND new = b.new)
        ORDER BY b.old, b.new, m.key
        """
    )
    return [MoveRow(*row) for row in found]
