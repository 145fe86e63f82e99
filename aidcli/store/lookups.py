"""Single things by their whole reference, for `explain`."""

from __future__ import annotations

from typing import NamedTuple

from .session import Session


class MentionRow(NamedTuple):
    """A mention and whom it was linked to ('' before the first match)."""

    name: str
    id_value: str
    person: str
    code: str


class PairRow(NamedTuple):
    """Two mentions and what became of the question."""

    left: str
    right: str
    status: str
    code: str


class DecisionRow(NamedTuple):
    kind: str
    ground: str
    number: str
    decided_on: str
    effective_month: str


class SpanRow(NamedTuple):
    """A member of a household with the months of membership; `to_month` '' while it lasts."""

    person: str
    relation: str
    from_month: str
    to_month: str


class AsideRow(NamedTuple):
    """A cell or row that was set aside or marked."""

    file: str
    sheet: str
    row: int
    column: str
    code: str
    message: str


def mention(session: Session, key: str) -> MentionRow | None:
    """None when the import that brought it was undone."""
    row = session.conn.execute(
        "SELECT m.name, m.id_value, coalesce(l.person_id, ''), coalesce(l.code, '') FROM mention AS m "
        "LEFT JOIN link AS l ON l.mention_id = m.id WHERE m.key = ?",
        (key,),
    ).fetchone()
    return MentionRow(*row) if row else None


def sightings(session: Session, key: str) -> list[int]:
    rows = session.conn.execute(
        "SELECT s.id FROM sighting AS s JOIN mention AS m ON m.id = s.mention_id WHERE m.key = ? ORDER BY s.id",
        (key,),
    )
    return [int(row[0]) for row in rows]


def pair(session: Session, number: str) -> PairRow:
    row = session.conn.execute(
        "SELECT left_mention, right_mention, status, code FROM pairs WHERE pair_id = ?", (number,)
    ).fetchone()
    return PairRow(*row)


def decision(session: Session, number: str) -> DecisionRow:
    row = session.conn.execute(
        "SELECT kind, ground, number, decided_on, effective_month FROM decision WHERE id = ?", (number,)
    ).fetchone()
    return DecisionRow(*row)


def is_orphan(session: Session, number: str) -> bool:
    """Whether nothing that was imported names the person or household of a decision any more."""
    row = session.conn.execute(
        "SELECT (d.person_id = '' OR NOT EXISTS (SELECT 1 FROM person AS p JOIN link AS l "
        "ON l.person_id = coalesce(p.redirect_to, p.id) WHERE p.id = d.person_id)) "
        "AND (d.household_id = '' OR NOT EXISTS (SELECT 1 FROM household WHERE id = d.household_id)) "
        "FROM decision AS d WHERE d.id = ?",
        (number,),
    ).fetchone()
    return bool(row and row[0])


def members(session: Session, household: str) -> list[SpanRow]:
    rows = session.conn.execute(
        "SELECT person_id, relation, from_month, coalesce(to_month, '') FROM members "
        "WHERE household_id = ? ORDER BY from_month, person_id",
        (household,),
    )
    return [SpanRow(*row) for row in rows]


def aside(session: Session, batch: int) -> list[AsideRow]:
    rows = session.conn.execute(
        "SELECT file, sheet, row, column, code, message FROM set_aside WHERE batch_id = ? "
        "ORDER BY sheet, row, column, code",
        (batch,),
    )
    return [AsideRow(*row) for row in rows]
