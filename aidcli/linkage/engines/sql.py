"""From keys to pairs in SQL: one text that Spark, DuckDB and SQLite run alike. What `candidates` does in numpy.

It reads two tables of 64-bit numbers, 0 for what is not said:

``block_key (block, place, side, joins)``  a row a key of a record
``record (place, side, joins, home_hash, id_hash, number, name_hash, parent_hash, child_of, called)``

A record is compared with those whose `side` is what it `joins`: all have 0 in both where each is compared with
each; of two tables the first has side 0 and joins 1, the second side 1 and joins 2, which nobody is. That goes
into the key of the join, for engines filter behind a join what they cannot take for a key. `number` is a right
and complete number, `child_of` the parent that a name speaks of, in the village; `called` the name of who is
listed by the register, in the village.
"""

from __future__ import annotations

from ...model import KEY_CAP
from ..candidates import LARGEST_HOME
from ..evidence import HomeLevel

SIDES = {None: (0, 0), 0: (0, 1), 1: (1, 2)}  # table → side, joins
REGISTER, CLAIMS = SIDES[0], SIDES[1]
EACH_WITH_EACH = SIDES[None]

_TEXT = """
WITH listed AS (
    SELECT place, side, joins, home_hash, id_hash, number, name_hash, called FROM record WHERE home_hash <> 0
), fit AS (
    SELECT block FROM block_key GROUP BY block HAVING count(*) BETWEEN 2 AND {cap}
), keyed AS (
    SELECT k.block, k.place, k.side, k.joins FROM block_key AS k JOIN fit ON fit.block = k.block
), fit_home AS (
    SELECT home_hash FROM listed GROUP BY home_hash HAVING count(*) <= {cap}
), small_home AS (
    SELECT home_hash FROM listed GROUP BY home_hash HAVING count(*) <= {largest}
), fit_number AS (
    SELECT number FROM listed WHERE number <> 0 GROUP BY number HAVING count(*) <= {cap}
), fit_called AS (
    SELECT called FROM listed WHERE called <> 0 GROUP BY called HAVING count(*) <= {cap}
), sharing AS (
    SELECT l.place AS one, r.place AS other
    FROM keyed AS l JOIN keyed AS r ON r.block = l.block AND r.side = l.joins
    WHERE l.place < r.place
    UNION ALL
    SELECT l.place AS one, r.place AS other
    FROM listed AS l JOIN fit_home ON fit_home.home_hash = l.home_hash
    JOIN listed AS r ON r.home_hash = l.home_hash AND r.side = l.joins
    WHERE l.place < r.place
), borrowing AS (
    SELECT r.place AS one, o.place AS person, o.home_hash
    FROM record AS r JOIN fit_number ON fit_number.number = r.number
    JOIN listed AS o ON o.number = r.number
    WHERE o.name_hash <> r.name_hash
), looking AS (
    SELECT one, person, home_hash, {owner} AS ground FROM borrowing
    UNION ALL
    SELECT r.place AS one, p.place AS person, p.home_hash, {parent} AS ground
    FROM record AS r JOIN fit_called ON fit_called.called = r.child_of
    JOIN listed AS p ON p.called = r.child_of
), pointed AS (
    SELECT CASE WHEN k.one < m.place THEN k.one ELSE m.place END AS one,
           CASE WHEN k.one < m.place THEN m.place ELSE k.one END AS other, k.ground
    FROM looking AS k JOIN small_home ON small_home.home_hash = k.home_hash
    JOIN listed AS m ON m.home_hash = k.home_hash
    JOIN record AS r ON r.place = k.one
    WHERE m.place <> k.one AND m.place <> k.person AND m.home_hash <> r.home_hash
      AND (m.side = r.joins OR r.side = m.joins)
      AND (k.ground = {parent} OR m.id_hash <> r.id_hash)
), pair AS (
    SELECT one, other, max(ground) AS ground
    FROM (SELECT one, other, 0 AS ground FROM sharing UNION ALL SELECT one, other, ground FROM pointed) AS found
    GROUP BY one, other
), borrower AS (
    SELECT DISTINCT one AS place FROM borrowing
)
SELECT p.one, p.other,
       CASE WHEN p.ground > 0 THEN p.ground
            WHEN l.home_hash <> 0 AND l.home_hash = r.home_hash THEN {same}
            WHEN l.number <> 0 AND r.number <> 0 AND l.number <> r.number
                 AND (lb.place IS NOT NULL OR rb.place IS NOT NULL) THEN {lent}
            ELSE 0 END AS home{columns}
FROM pair AS p JOIN record AS l ON l.place = p.one JOIN record AS r ON r.place = p.other
LEFT JOIN borrower AS lb ON lb.place = p.one LEFT JOIN borrower AS rb ON rb.place = p.other
WHERE (l.parent_hash = 0 OR l.parent_hash <> r.name_hash)
  AND (r.parent_hash = 0 OR r.parent_hash <> l.name_hash)
"""


def candidates_sql(carried: tuple[str, ...] = (), cap: int = KEY_CAP, largest: int = LARGEST_HOME) -> str:
    """The query for `Candidates`: (one, other, home), each pair once, in no order.

    `carried` are further columns of `record` that both sides of a pair bring along, as ``l_…`` and ``r_…``.
    """
    columns = "".join(f", {side}.{name} AS {side}_{name}" for side in "lr" for name in carried)
    return _TEXT.format(
        cap=cap,
        largest=largest,
        owner=int(HomeLevel.OWNER),
        parent=int(HomeLevel.PARENT),
        same=int(HomeLevel.SAME),
        lent=int(HomeLevel.LENT),
        columns=columns,
    )
