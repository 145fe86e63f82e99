"""What matching asks of the inverted index, and of the households that numbers point to."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from ..model import KEY_CAP, Mention
from . import index
from .index import Index
from .links import ALIKE, HOME, MENTION, fill, mention_of
from .session import Session

Keys = NDArray[np.uint64]
Numbers = NDArray[np.int64]

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


def add(session: Session, keys: Keys, mentions: Numbers) -> None:
    """Puts (key, mention) into the index; all that was fresh is in it now."""
    if keys.size:
        index.append(session, Index(keys, mentions))
    session.conn.execute("UPDATE dirty SET fresh = 0 WHERE fresh = 1")


def form(session: Session) -> str:
    """In which form the keys of the index were made; '' for one that was never begun."""
    return session.setting("index_form")


def clear(session: Session, form: str) -> None:
    """Empties the index, to be filled with keys of this form. All mentions become dirty."""
    index.clear(session)
    session.set_setting("index_form", form)
    session.conn.execute(
        "INSERT INTO dirty SELECT id, 1 FROM mention WHERE true "
        "ON CONFLICT DO UPDATE SET fresh = 1 WHERE fresh = 0"
    )


class Neighbours:
    """Who stands near some mentions: asked about the keys that were wanted last, of an index that rests."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._index = index.load(session)
        self.want(np.zeros(0, np.uint64), np.zeros(0, np.int64))

    def want(self, keys: Keys, mentions: Numbers) -> None:
        """Remembers the (key, mention) that the following questions are about."""
        self._asked = Index(keys, mentions)
        self._keys, self._counted = np.unique(keys, return_counts=True)
        self._sizes = self._index.sizes(self._keys)

    def want_of(self, mentions: Numbers) -> None:
        """Wants the keys that these mentions have in the index."""
        mine = self._index.of(mentions)
        self.want(mine.keys, mine.mentions)

    def capped(self) -> Keys:
        """Those wanted keys that too many mentions share."""
        return self._keys[self._sizes > KEY_CAP]

    def newly_capped(self) -> set[int]:
        """Mentions that share a key which the wanted ones have made too frequent: what it joined is undone."""
        known = self._sizes - self._counted
        return _numbers(self._index.sharing(self._keys[(self._sizes > KEY_CAP) & (known <= KEY_CAP)]))

    def near(self, ids: Iterable[int]) -> set[int]:
        """Mentions that may be compared with one of `ids`, and those that say in which household they look or
        whose number one of them bears.

        The keys of `ids` must have been wanted.
        """
        sharing = _numbers(self._index.sharing(self._keys[self._sizes <= KEY_CAP]))
        fill(self._session, "sharing", sharing)
        fill(self._session, "wanted", ids)
        owners = {int(row[0]) for row in self._session.conn.execute(_OWNERS)}
        return sharing | owners | self.through_homes("wanted")

    def compared(self, moving: Keys | None = None) -> set[int]:
        """Mentions that the wanted ones may have been compared with, while these were there or are.

        With `moving` (of the wanted keys) only through these.
        """
        kept = self._sizes - self._counted <= KEY_CAP
        if moving is not None:
            kept &= np.isin(self._keys, moving)
        return _numbers(self._index.sharing(self._keys[kept]))

    def homeless_keys(self, table: str) -> Keys:
        """The wanted keys of those of a temporary table that no roster lists in a household."""
        rows = self._session.conn.execute(
            f"SELECT id FROM {table} WHERE id NOT IN (SELECT mention_id FROM mention_home)"
        )
        return self._asked.of(_array(rows)).keys

    def through_homes(self, table: str) -> set[int]:
        """Everybody of a temporary table's households, and of those that its numbers or parents point to."""
        conn = self._session.conn
        infants = conn.execute(
            f"SELECT m.id FROM {table} JOIN mention AS m ON m.id = {table}.id WHERE {_INFANT.format('m')}"
        )
        theirs = np.unique(self._asked.of(_array(infants)).keys)
        fill(self._session, "beside_infant", _numbers(self._index.sharing(theirs)))
        return {int(row[0]) for row in conn.execute(_THROUGH_HOMES.format(table=table))}


def wake(session: Session, table: str, *, moving: bool = False) -> None:
    """Makes dirty whomever those of a temporary table may have been compared with, and who looks for a household
    over one of them. To be asked before they go.

    With `moving` it is to be asked before and after: then those who share a key are only woken by whoever is of
    no household, for which of two it is says nothing about them.
    """
    conn = session.conn
    if not somebody_rests(session):
        return
    neighbours = Neighbours(session)
    neighbours.want_of(_array(conn.execute(f"SELECT id FROM {table}")))
    woken = neighbours.compared(neighbours.homeless_keys(table) if moving else None)
    woken |= neighbours.through_homes(table)
    woken |= {int(row[0]) for row in conn.execute(ALIKE.format(table=table))}
    conn.executemany("INSERT OR IGNORE INTO dirty (mention_id) VALUES (?)", [(one,) for one in sorted(woken)])


def somebody_rests(session: Session) -> bool:
    """Whether there is anybody to wake: of a first import, and before the first matching, all are dirty."""
    return bool(session.conn.execute(_RESTS).fetchone()[0])


_RESTS = "SELECT EXISTS (SELECT 1 FROM mention WHERE id NOT IN (SELECT mention_id FROM dirty))"


def _array(rows: Iterable[tuple[int]]) -> Numbers:
    return np.fromiter((row[0] for row in rows), np.int64)


def _numbers(mentions: Numbers) -> set[int]:
    found: set[int] = set(mentions.tolist())
    return found


# All that the register lists with the number of one of `sharing`, where one of them has another name: a number
# that is a stranger's speaks less against a pair, so both ends of it have to be known.
_OWNERS = """
WITH strange AS (
    SELECT DISTINCT m.id_value AS number FROM sharing CROSS JOIN mention AS m ON m.id = sharing.id
    WHERE m.id_kind IN ('valid', 'legacy15') AND EXISTS (
        SELECT 1 FROM mention AS o JOIN mention_home AS home ON home.mention_id = o.id
        WHERE o.id_value = m.id_value AND o.id_value <> '' AND o.name <> m.name
    )
)
SELECT o.id FROM strange CROSS JOIN mention AS o ON o.id_value = strange.number AND o.id_value <> ''
CROSS JOIN mention_home AS home ON home.mention_id = o.id
"""
# Everybody of the household of whoever has the number that one of a table's has, or whom it names as parent; of
# its own household; whoever has the number of somebody of these households; and all that name a parent.
_THROUGH_HOMES = f"""
WITH place AS (
    SELECT home.home FROM {{table}} JOIN mention AS m ON m.id = {{table}}.id AND m.id_value <> ''
    JOIN mention AS o ON o.id_value = m.id_value AND o.id_value <> ''
    JOIN mention_home AS home ON home.mention_id = o.id
    UNION
    SELECT home.home FROM beside_infant JOIN mention_home AS home ON home.mention_id = beside_infant.id
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
