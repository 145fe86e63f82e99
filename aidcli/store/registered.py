"""Whom the register lists: the mentions of rosters of assistance, as they go out to be compared elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from .session import Session

COLUMNS = (
    *("mention", "person", "home", "name", "id_kind", "id_value", "birth", "sex", "township", "village"),
    *("phone", "former_name", "row_key"),
)


def listed(session: Session) -> Iterator[tuple[str, ...]]:
    """A row of `COLUMNS` for each mention with a household, in the order of the keys."""
    yield from session.conn.execute(
        "SELECT m.key, coalesce(l.person_id, ''), home.home, m.name, m.id_kind, m.id_value, m.birth, m.sex, "
        "m.township, m.village, m.phone, m.former_name, m.row_key FROM mention_home AS home "
        "JOIN mention AS m ON m.id = home.mention_id LEFT JOIN link AS l ON l.mention_id = m.id ORDER BY m.key"
    )
