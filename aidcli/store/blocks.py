"""The inverted index of matching, and the households that numbers point to.

A key with its mention is all that stands there; which keys a mention has is worked out anew when needed.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..model import KEY_CAP, Mention
from .links import ALIKE, HOME, MENTION, fill, mention_of
from .session import Session

_INFANT = (
    "(instr({0}.name, '之') > 0 OR instr({0}.name, '的') > 0)"  # 某某之子: the partial index says the same
)


def fresh(session: Session) -> dict[int, Mention]:
    """Dirty mentions that are not in the index yet."""
    rows = session.conn.execute(
        f"SELECT {MENTION} FROM dirty JOIN mention AS m ON m.id = dirty.mention_id {HOME} WHERE dirty.fresh = 1"
    )
    return dict(map(mention_of, rows))


def fresh_ids(session: Session) -> set[int]:
    return {int(row[0]) for row in session.conn.execute("SELECT mention_id FROM dirty WHERE fresh = 1")}


def add(session: Session, blocks: Iterable[tuple[int, int]]) -> None:
    """Puts (key, mention) into the index; all that was fresh is in it now."""
    session.conn.executemany("INSERT OR IGNORE INTO block VALUES (?, ?)", blocks)
    session.conn.execute("UPDATE dirty SET fresh = 0 WHERE fresh = 1")


def clear(session: Session) -> None:
    """Empties the index, for another model makes other keys. All mentions become dirty."""
    session.conn.execute("DELETE FROM block")
    session.conn.execute("INSERT OR REPLACE INTO dirty SELECT id, 1 FROM mention")


def want(session: Session, keyed: Iterable[tuple[int, int]]) -> None:
    """Remembers the (key, mention) that the following questions are about."""
    conn = session.conn
    conn.execute("CREATE TEMP TABLE IF NOT EXISTS asked_key (key INTEGER NOT NULL, id INTEGER NOT NULL)")
    conn.execute("DELETE FROM asked_key")
    conn.executemany("INSERT INTO asked_key VALUES (?, ?)", keyed)


def capped(session: Session) -> list[int]:
    """Those wanted keys that too many mentions share."""
    rows = session.conn.execute(
        "SELECT key FROM block WHERE key IN (SELECT key FROM asked_key) "
        f"GROUP BY key HAVING count(*) > {KEY_CAP}"
    )
    return [int(row[0]) for row in rows]


def newly_capped(session: Session) -> set[int]:
    """Mentions that share a key which the wanted ones have made too frequent: what it joined is undone."""
    rows = session.conn.execute(
        "SELECT mention_id FROM block WHERE key IN "
        "(SELECT key FROM block WHERE key IN (SELECT key FROM asked_key) GROUP BY key "
        f"HAVING count(*) > {KEY_CAP} AND sum(mention_id NOT IN (SELECT id FROM asked_key)) <= {KEY_CAP})"
    )
    return {int(row[0]) for row in rows}


def near(session: Session, ids: Iterable[int]) -> set[int]:
    """Mentions that may be compared with one of `ids`, and those that say in which household they look.

    The keys of `ids` must have been wanted.
    """
    fill(session, "wanted", ids)
    shared = session.conn.execute(
        "SELECT other.mention_id FROM (SELECT key FROM block WHERE key IN (SELECT key FROM asked_key) "
        f"GROUP BY key HAVING count(*) <= {KEY_CAP}) AS shared JOIN block AS other ON other.key = shared.key"
    ).fetchall()
    homes = session.conn.execute(_THROUGH_HOMES.format(table="wanted")).fetchall()
    return {int(row[0]) for row in (*shared, *homes)}


# Everybody of the household of whoever has the number that one of a table's has, or whom it names as parent; of
# its own household; whoever has the number of somebody of these households; and all that name a parent.
_THROUGH_HOMES = f"""
WITH place AS (
    SELECT home.home FROM {{table}} JOIN mention AS m ON m.id = {{table}}.id AND m.id_value <> ''
    JOIN mention AS o ON o.id_value = m.id_value AND o.id_value <> ''
    JOIN mention_home AS home ON home.mention_id = o.id
    UNION
    SELECT home.home FROM {{table}} JOIN mention AS m ON m.id = {{table}}.id AND {_INFANT.format("m")}
    JOIN asked_key AS mine ON mine.id = m.id JOIN block AS theirs ON theirs.key = mine.key
    JOIN mention_home AS home ON home.mention_id = theirs.mention_id
    UNION
    SELECT home.home FROM {{table}} JOIN mention_home AS home ON home.mention_id = {{table}}.id
), member AS (
    SELECT mention_home.mention_id AS id FROM place JOIN mention_home ON mention_home.home = place.home
)
SELECT id FROM member
UNION
SELECT other.id FROM member JOIN mention AS m ON m.id = member.id AND m.id_value <> ''
JOIN mention AS other ON other.id_value = m.id_value AND other.id_value <> ''
UNION
SELECT infant.id FROM mention AS infant WHERE {_INFANT.format("infant")} AND EXISTS (SELECT 1 FROM member)
"""


def wake(session: Session, table: str, *, moving: bool = False) -> None:
    """Makes dirty whomever those of a temporary table may have been compared with, and who looks for a household
    over one of them. To be asked before they go.

    With `moving` it is to be asked before and after: then those who share a key are only woken by whoever is of
    no household, for which of two it is says nothing about them.
    """
    conn = session.conn
    mine = f"IN (SELECT id FROM {table})"
    want(session, ())
    conn.execute(f"INSERT INTO asked_key SELECT key, mention_id FROM block WHERE mention_id {mine}")
    asked = "SELECT key FROM asked_key"
    if moving:
        asked += " WHERE id NOT IN (SELECT mention_id FROM mention_home)"
    shared = (
        f"SELECT other.mention_id AS id FROM (SELECT key FROM block WHERE key IN ({asked}) "
        f"GROUP BY key HAVING sum(mention_id NOT {mine}) <= {KEY_CAP}) AS shared "
        "JOIN block AS other ON other.key = shared.key"
    )
    for query in (shared, _THROUGH_HOMES.format(table=table), ALIKE.format(table=table)):
        conn.execute(f"INSERT OR IGNORE INTO dirty (mention_id) SELECT id FROM ({query})")
