"""Who people and households are, for screens and worklists; finding them; short references."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..errors import AidError
from .session import Session

_TABLES = {
    "m": ("mention", "key", "记录"),
    "p": ("person", "id", "人员"),
    "h": ("household", "id", "家庭"),
    "a": ("alert", "id", "疑点"),
    "q": ("pairs", "pair_id", "待确认对"),
    "y": ("payment", "id", "付款"),
    "d": ("decision", "id", "决定"),
}
SHORTEST = 6


class PersonInfo(NamedTuple):
    """A person as their own record names them."""

    id: str
    name: str
    id_number: str
    birth: str
    sex: str
    township: str
    village: str
    id_kind: str


class HouseholdInfo(NamedTuple):
    """A household by its newest roster row."""

    id: str
    case_number: str
    programme: str
    residence: str
    head: str
    head_name: str
    township: str
    village: str


class MentionInfo(NamedTuple):
    """A mention of a person, how it was linked, and where it first stands."""

    key: str
    name: str
    id_value: str
    id_kind: str
    tier: str
    code: str
    status: str
    source_label: str
    sighting: int
    sightings: int
    township: str
    village: str


def infos(session: Session, ids: Iterable[str]) -> dict[str, PersonInfo]:
    """Person → who they are; a redirected id answers with who they are now.

    The place is that of the record with the number, the person's own, where that one names a place.
    """
    found = {}
    for wanted in dict.fromkeys(ids):
        row = session.conn.execute(
            "SELECT p.person_id, p.name, p.id_number, p.birth_date, p.sex, "
            "iif(m.township = '' AND m.village = '', p.township, m.township), "
            "iif(m.village = '' AND m.township IN ('', p.township), p.village, m.village), m.id_kind "
            "FROM people_full AS p "
            "JOIN link AS l ON l.person_id = p.person_id AND l.status = 'own' "
            "JOIN mention AS m ON m.id = l.mention_id "
            "WHERE p.person_id = coalesce((SELECT redirect_to FROM person WHERE id = ?1), ?1)",
            (wanted,),
        ).fetchone()
        if row:
            found[wanted] = PersonInfo(*(value or "" for value in row))
    return found


def households(session: Session, ids: Iterable[str]) -> dict[str, HouseholdInfo]:
    found = {}
    for wanted in dict.fromkeys(ids):
        row = session.conn.execute(
            "SELECT o.id, o.case_number, o.programme, "
            "coalesce((SELECT code FROM fact WHERE sighting_id = r.sighting_id AND kind = 'residence'), ''), "
            "coalesce(l.person_id, ''), m.name, m.township, m.village FROM household AS o "
            "JOIN roster_member AS r ON r.household_id = o.id JOIN sighting AS s ON s.id = r.sighting_id "
            "JOIN mention AS m ON m.id = s.mention_id LEFT JOIN link AS l ON l.mention_id = m.id "
            "WHERE o.id = ? ORDER BY r.month DESC, r.is_head DESC, m.key, r.sighting_id LIMIT 1",
            (wanted,),
        ).fetchone()
        if row:
            found[wanted] = HouseholdInfo(*row)
    return found


def households_of(session: Session, person: str) -> list[str]:
    """Households that list a person, the newest roster first."""
    rows = session.conn.execute(
        "SELECT r.household_id, max(r.month) AS month FROM link AS l "
        "JOIN sighting AS s ON s.mention_id = l.mention_id JOIN roster_member AS r ON r.sighting_id = s.id "
        "WHERE l.person_id = ? GROUP BY r.household_id ORDER BY month DESC, r.household_id",
        (person,),
    )
    return [str(row[0]) for row in rows]


def mentions_of(session: Session, person: str) -> list[MentionInfo]:
    """Every record linked to a person, their own first."""
    rows = session.conn.execute(
        "SELECT m.key, m.name, m.id_value, m.id_kind, l.tier, l.code, l.status, "
        "(SELECT source_label FROM batch WHERE source = m.source ORDER BY id DESC LIMIT 1), "
        "min(s.id), count(*), m.township, m.village FROM link AS l JOIN mention AS m ON m.id = l.mention_id "
        "JOIN sighting AS s ON s.mention_id = m.id WHERE l.person_id = ? "
        "GROUP BY m.id ORDER BY l.status <> 'own', m.source, m.key",
        (person,),
    )
    return [MentionInfo(*row) for row in rows]


def find(session: Session, text: str, limit: int = 50) -> list[PersonInfo]:
    """People by part of a name, tail of a number, phone or village, ordered by name."""
    like = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    tail = like[1:-1].upper()
    rows = session.conn.execute(
        "SELECT DISTINCT l.person_id FROM mention AS m JOIN link AS l ON l.mention_id = m.id "
        "WHERE m.name LIKE ?1 ESCAPE '\\' OR m.village LIKE ?1 ESCAPE '\\' OR m.phone LIKE ?1 ESCAPE '\\' "
        "OR (length(?2) >= 4 AND m.id_value LIKE '%' || ?2 ESCAPE '\\') "
        "ORDER BY (SELECT min(n.name) FROM link AS o JOIN mention AS n ON n.id = o.mention_id "
        "WHERE o.person_id = l.person_id), l.person_id LIMIT ?3",
        (like, tail, limit),
    ).fetchall()
    return list(infos(session, (str(row[0]) for row in rows)).values())


def by_number(session: Session, number: str) -> list[PersonInfo]:
    """People with a record under a whole number."""
    rows = session.conn.execute(
        "SELECT DISTINCT l.person_id FROM mention AS m JOIN link AS l ON l.mention_id = m.id "
        "WHERE m.id_value = ? AND m.id_kind IN ('valid', 'legacy15') ORDER BY l.person_id",
        (number,),
    ).fetchall()
    return list(infos(session, (str(row[0]) for row in rows)).values())


def expand(session: Session, ref: str) -> tuple[str, str]:
    """(kind letter, whole reference) for a prefix of at least six letters; raises `AidError`."""
    kind, _, rest = ref.partition("-")
    if kind not in _TABLES or not rest:
        raise AidError(
            "bad_reference",
            f"“{ref}”不是编号",
            hint="编号形如 a-1f2e3d（疑点）、p-（人员）、h-（家庭）、y-（付款）、m-（记录）、b3（批次）、r1（发放）",
        )
    table, column, label = _TABLES[kind]
    if len(rest) < SHORTEST:
        raise AidError("short_reference", f"“{ref}”太短，“-”后面至少写{SHORTEST}位")
    rows = session.conn.execute(
        f"SELECT DISTINCT {column} FROM {table} WHERE {column} >= ?1 AND {column} < ?2 ORDER BY 1 LIMIT 3",
        (ref, ref + "g"),
    ).fetchall()
    if not rows:
        raise AidError("unknown_reference", f"没有编号为“{ref}”的{label}")
    if len(rows) > 1 and rows[0][0] != ref:
        raise AidError("ambiguous_reference", f"编号“{ref}”对应不止一个{label}，请多写几位")
    return kind, str(rows[0][0])
