"""What matching reads and writes: dirty mentions, neighbours, links, pairs, persons, judgements, epochs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from ..model import Identity, Judgement, Link, Mention, MentionColumns, Pair
from .schema import LINK_PERSON
from .session import Actor, Session

# What `mention_of` makes a mention from, with HOME behind ``mention AS m``.
MENTION = (
    "m.id, m.key, m.source, m.anchor_rank, m.anchor, coalesce(home.home, ''), "
    "m.name, m.id_kind, m.id_value, m.birth, m.sex, m.township, m.village, m.phone, m.former_name, m.row_key"
)
HOME = "LEFT JOIN mention_home AS home ON home.mention_id = m.id"
# Those with the whole number and name of one of a table's; `resolve` ties them however many share a key.
ALIKE = (
    "SELECT other.id AS id FROM {table} JOIN mention AS m ON m.id = {table}.id "
    "JOIN mention AS other ON other.anchor = m.anchor"
)

_BULK = 20_000
_OWN = ("auto", 0, "own", "own")  # tier, score, code and status of who is a person of its own
Row = tuple[Any, ...]


class Changes(NamedTuple):
    """What a resolution changed: links that moved to another person, pairs not asked before."""

    changed: int
    new_pairs: int


def dirty(session: Session) -> set[int]:
    return {int(row[0]) for row in session.conn.execute("SELECT mention_id FROM dirty")}


def count_mentions(session: Session) -> int:
    return int(session.conn.execute("SELECT count(*) FROM mention").fetchone()[0])


def all_mentions(session: Session) -> tuple[Sequence[int], MentionColumns]:
    """Their numbers and what they say, in the order of their keys."""
    rows = session.conn.execute(f"SELECT {MENTION} FROM mention AS m {HOME}").fetchall()
    rows.sort(key=itemgetter(1))
    numbers, keys, sources, ranks, anchors, homes, *told = zip(*rows, strict=True) if rows else [()] * 16
    return numbers, MentionColumns(keys, sources, ranks, anchors, homes, Identity._make(told))


def mentions(session: Session, ids: Iterable[int]) -> dict[int, Mention]:
    fill(session, "wanted", ids)
    rows = session.conn.execute(f"SELECT {MENTION} FROM wanted JOIN mention AS m ON m.id = wanted.id {HOME}")
    return dict(map(mention_of, rows))


def identities(session: Session, keys: Iterable[str]) -> dict[str, Identity]:
    """What the sources say of mentions, by key; those whose import was undone are missing."""
    return {
        key: mention.identity
        for key in keys
        for _, mention in map(
            mention_of,
            session.conn.execute(f"SELECT {MENTION} FROM mention AS m {HOME} WHERE m.key = ?", (key,)),
        )
    }


def mention_of(row: tuple[Any, ...]) -> tuple[int, Mention]:
    return row[0], Mention(row[1], row[2], Identity._make(row[6:]), row[3], row[4], row[5])


def keep_evidence(session: Session, sentences: Iterable[tuple[str, str]]) -> None:
    """What evidence codes say, for views."""
    session.conn.executemany("INSERT OR REPLACE INTO evidence VALUES (?, ?)", sentences)


def judged_partners(session: Session, ids: Iterable[int]) -> set[int]:
    """Mentions that were ever judged together with one of `ids`."""
    fill(session, "wanted", ids)
    rows = session.conn.execute(
        "SELECT other.id FROM wanted JOIN mention AS m ON m.id = wanted.id "
        "JOIN judgement AS j ON j.left_key = m.key JOIN mention AS other ON other.key = j.right_key "
        "UNION SELECT other.id FROM wanted JOIN mention AS m ON m.id = wanted.id "
        "JOIN judgement AS j ON j.right_key = m.key JOIN mention AS other ON other.key = j.left_key"
    )
    return {int(row[0]) for row in rows}


def alike(session: Session, ids: Iterable[int]) -> set[int]:
    """Mentions with the whole number and name of one of `ids`, these among them."""
    fill(session, "wanted", ids)
    return {int(row[0]) for row in session.conn.execute(ALIKE.format(table="wanted"))}


def judgements(session: Session) -> list[Judgement]:
    """The judgement in force for each pair, withdrawn ones left out."""
    rows = session.conn.execute(
        "SELECT left_key, right_key, verdict, max(seq) FROM judgement GROUP BY left_key, right_key"
    )
    return [Judgement(*row) for row in rows if row[2] != "withdrawn"]


def judge(session: Session, actor: Actor, judgement: Judgement, code: str, why: str) -> None:
    """Appends a person's answer; what it supersedes stays. Both mentions become dirty."""
    earlier = session.conn.execute(
        "SELECT max(seq) FROM judgement WHERE left_key = ? AND right_key = ?",
        (judgement.left, judgement.right),
    ).fetchone()[0]
    session.conn.execute(
        "INSERT INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            judgement.seq,
            judgement.left,
            judgement.right,
            judgement.verdict,
            code,
            actor.operator,
            actor.at,
            why,
            earlier,
        ),
    )
    session.conn.execute(
        "INSERT OR IGNORE INTO dirty (mention_id) SELECT id FROM mention WHERE key IN (?, ?)",
        (judgement.left, judgement.right),
    )


def write(
    session: Session,
    ids: Mapping[str, int],
    links: Iterable[Link],
    alone: Mapping[int, str],
    pairs: Sequence[Pair],
    epoch: str,
    lost: Iterable[str] = (),
) -> Changes:
    """Replaces the links and pairs of the mentions in `ids` (key → row id) by a resolution of them.

    `alone` has those (row id → anchor) that are people of their own and not among the links. `lost` names
    persons that mentions already removed belonged to. Persons that are gone become redirects to whoever has
    the smallest of their mentions now, and vanish when nothing cites them.
    """
    conn = session.conn
    everybody = len(ids) == count_mentions(session)
    fill(session, "wanted", () if everybody else ids.values())
    among = "mention" if everybody else "wanted"
    held = {
        row[0]: row
        for row in conn.execute(
            "SELECT l.mention_id, l.person_id, l.tier, l.score, l.code, l.status, l.epoch "
            f"FROM {among} AS w JOIN link AS l ON l.mention_id = w.id"
        )
    }
    asked = _drop_pairs(session, ids)
    wanted = [(ids[k.mention], k.person, k.tier, k.score, k.code, k.status, epoch) for k in links]
    wanted += [(number, alone[number], *_OWN, epoch) for number in held.keys() & alone.keys()]
    people = {row[1] for row in wanted} | set(alone.values())
    before = {row[1] for row in held.values()}
    _bring_to_life(session, people - before)
    _put(session, wanted, alone.keys() - held.keys(), held, epoch)
    conn.executemany("INSERT INTO pair VALUES (?, ?, ?, ?, ?, ?)", [(*pair, epoch) for pair in pairs])
    gone = (before | set(lost)) - people
    _retire(session, gone, _heirs(gone, ids, held))
    conn.execute(
        "DELETE FROM dirty" if everybody else "DELETE FROM dirty WHERE mention_id IN (SELECT id FROM wanted)"
    )
    changed = sum(1 for row in wanted if row[0] in held and held[row[0]][1] != row[1])
    return Changes(changed, sum(1 for pair in pairs if (pair.left, pair.right) not in asked))


def _bring_to_life(session: Session, people: Iterable[str]) -> None:
    """Persons who have records now: new ones, and those who were gone for a while."""
    session.conn.execute(
        "INSERT INTO person SELECT value, 1, NULL FROM json_each(?) WHERE true "
        "ON CONFLICT (id) DO UPDATE SET live = 1, redirect_to = NULL",
        (json.dumps(sorted(people)),),
    )


def _put(
    session: Session, wanted: list[Row], alone: Iterable[int], held: Mapping[int, Row], epoch: str
) -> None:
    """Writes what is new or changed; where that outgrows what is there, the index is built once at the end.

    `alone`: new mentions that are people of their own.
    """
    conn = session.conn
    own = sorted(alone)
    fresh = sorted(row for row in wanted if row[0] not in held)
    moved = [row for row in wanted if held.get(row[0], row) != row]
    bulk = len(own) + len(fresh) > max(len(held), _BULK)
    if bulk:
        conn.execute("DROP INDEX link_person")
    conn.execute(
        "INSERT INTO link SELECT m.id, m.anchor, ?, ?, ?, ?, ? "
        "FROM json_each(?) AS own JOIN mention AS m ON m.id = own.value",
        (*_OWN, epoch, json.dumps(own)),
    )
    conn.executemany("INSERT INTO link VALUES (?, ?, ?, ?, ?, ?, ?)", fresh)
    conn.executemany("INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?, ?, ?)", moved)
    if bulk:
        conn.execute(LINK_PERSON)


def _drop_pairs(session: Session, ids: Mapping[str, int]) -> set[tuple[str, str]]:
    """Takes away the pairs with one of these mentions."""
    conn = session.conn
    rows = conn.execute("SELECT left_key, right_key FROM pair").fetchall()
    asked = {(left, right) for left, right in rows if left in ids or right in ids}
    conn.executemany("DELETE FROM pair WHERE left_key = ? AND right_key = ?", sorted(asked))
    return asked


def _heirs(gone: set[str], ids: Mapping[str, int], held: Mapping[int, Row]) -> dict[str, int]:
    """Person who is gone → the mention with the smallest key of theirs: it says where they went."""
    heirs: dict[str, int] = {}
    for _, number in sorted(ids.items()) if gone else ():
        if number in held and (person := str(held[number][1])) in gone:
            heirs.setdefault(person, number)
    return heirs


def _retire(session: Session, gone: set[str], heirs: dict[str, int]) -> None:
    conn = session.conn
    for person in sorted(gone):
        if conn.execute("SELECT 1 FROM link WHERE person_id = ?", (person,)).fetchone():
            continue
        now = conn.execute("SELECT person_id FROM link WHERE mention_id = ?", (heirs.get(person),)).fetchone()
        target = now[0] if now else None
        conn.execute("UPDATE person SET live = 0, redirect_to = ? WHERE id = ?", (target, person))
        conn.execute("UPDATE person SET redirect_to = ? WHERE redirect_to = ?", (target, person))
    # Somebody whose records were all gone for a while, and are back under another person.
    conn.execute(
        "UPDATE person SET redirect_to = (SELECT l.person_id FROM mention AS m "
        "JOIN link AS l ON l.mention_id = m.id WHERE m.anchor = person.id ORDER BY m.key LIMIT 1) "
        "WHERE live = 0 AND redirect_to IS NULL"
    )
    conn.execute(
        "DELETE FROM person WHERE live = 0 AND redirect_to IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM pay_item WHERE person_id = person.id) "
        "AND NOT EXISTS (SELECT 1 FROM alert WHERE person_id = person.id) "
        "AND NOT EXISTS (SELECT 1 FROM decision WHERE person_id = person.id)"
    )


def open_epoch(session: Session, digest: str, json: str, seq: int) -> None:
    session.conn.execute("INSERT OR IGNORE INTO model_epoch VALUES (?, ?, ?)", (digest, json, seq))
    session.set_setting("epoch", digest)


def epoch(session: Session) -> tuple[str, str] | None:
    """(hash, canonical JSON) of the epoch in force, None before the first match."""
    row = session.conn.execute(
        "SELECT hash, json FROM model_epoch WHERE hash = ?", (session.setting("epoch"),)
    ).fetchone()
    return (str(row[0]), str(row[1])) if row else None


def totals(session: Session) -> dict[str, int]:
    """Counts for the result of `match`: mentions, people, linked, pending."""
    conn = session.conn
    return {
        "mentions": count_mentions(session),
        "people": int(conn.execute("SELECT count(*) FROM person WHERE live = 1").fetchone()[0]),
        "linked": int(conn.execute("SELECT count(*) FROM link WHERE status <> 'own'").fetchone()[0]),
        "pending": int(conn.execute("SELECT count(*) FROM pair").fetchone()[0]),
    }


def fill(session: Session, table: str, ids: Iterable[int]) -> None:
    """A temporary table of ids, for what is to be joined with them."""
    session.conn.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} (id INTEGER PRIMARY KEY)")
    session.conn.execute(f"DELETE FROM {table}")
    session.conn.execute(
        f"INSERT OR IGNORE INTO {table} SELECT value FROM json_each(?)", (json.dumps(list(ids)),)
    )
