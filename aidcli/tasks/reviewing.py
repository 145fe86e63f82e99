"""`review`: the questions whether two records are one person, side by side, and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ..errors import AidError
from ..linkage.differences import Marks, differing
from ..linkage.wording import phrase, sentence
from ..model import PersonPaid
from ..store import Actor, Session, links, lookups, pairs, people, places
from ..store.pairs import AskedRow, SideRow
from ..store.places import Place
from . import amending
from .answering import VERDICTS, Answer, alert_paid_twice, record
from .ranking import Ranked, ranked
from .reopening import reopened

_SHORTEST = 8  # letters behind q- that are shown at least
_COMPARED = ("name", "id_value", "birth", "sex", "township", "village", "phone")


class Waiting(NamedTuple):
    """Two records side by side, with the evidence in words.

    `short`: as few letters of the reference as tell it from all others. `hangs`: what hangs on the answer,
    `check`: how it can be settled. `marks`: field → the characters that differ. `places`: where each of the
    two stands. `note`: what was answered before. `gone`: what the answer rested on and was undone.
    """

    pair: str
    short: str
    rank: int
    score: int
    sentence: str
    left: SideRow
    right: SideRow
    status: str
    hangs: str
    check: str
    marks: dict[str, Marks]
    places: tuple[Place | None, Place | None]
    note: str = ""
    gone: tuple[str, ...] = ()


class Answered(NamedTuple):
    """A question that was answered, and what it brought to light: payments for one person and month."""

    pair: str
    paid_twice: list[PersonPaid]


def listing(session: Session, as_of: date, answered: bool = False, limit: int | None = None) -> list[Waiting]:
    """What waits, the most important first, or what was answered, the newest first."""
    with session.snapshot():
        told = pairs.answered(session)
        if answered:
            sides = _sides(session, told)
            rows = [Ranked(row, n) for n, row in enumerate(told, start=1)]
        else:
            rows, sides = _waiting(session, told, as_of)
        return _side_by_side(session, rows[:limit], sides)


def count(session: Session) -> int:
    """How many questions wait."""
    with session.snapshot():
        return len(pairs.waiting(session)) + len(reopened(session, pairs.answered(session)))


def waits(session: Session, one: Waiting) -> bool:
    """Whether a question that was listed still waits, or has been settled by other answers."""
    return one.status != "pending" or pairs.is_open(session, one.left.mention, one.right.mention)


def decide(
    session: Session, actor: Actor, ref: str, verdict: str, why: str, as_of: date, wait: float = 0.0
) -> Answered:
    """Records an answer (same, different, unsure, or withdrawn to take one back)."""
    kind, number = people.expand(session, ref)
    if kind != "q":
        raise AidError("not_a_pair", f"“{ref}”不是待确认编号，应以 q- 开头")
    with session.transaction(actor, wait):
        row = lookups.pair(session, number)
        if verdict == "withdrawn" and row.status == "pending":
            raise AidError("not_answered", f"{number[:10]}还没有回答过")
        record(session, actor, [Answer(row.left, row.right, verdict, why)])
    found = alert_paid_twice(session, actor, (row.left, row.right), as_of, wait) if verdict == "same" else []
    return Answered(number, found)


def evidence_sentence(session: Session, code: str, left: str, right: str) -> str:
    """Why two records may be one person, with the characters that differ."""
    known = links.identities(session, (left, right))
    return sentence(code, known[left], known[right]) if len(known) == 2 else phrase(code)


def _waiting(
    session: Session, told: Sequence[AskedRow], as_of: date
) -> tuple[list[Ranked], dict[str, SideRow]]:
    """The questions that wait in their order, doubts that came back among them."""
    asked = [*pairs.waiting(session), *reopened(session, told)]
    sides = _sides(session, asked)
    return ranked(session, asked, sides, as_of), sides


def _sides(session: Session, asked: Sequence[AskedRow]) -> dict[str, SideRow]:
    return pairs.sides(session, [key for row in asked for key in (row.left, row.right)])


def _side_by_side(session: Session, rows: Sequence[Ranked], sides: dict[str, SideRow]) -> list[Waiting]:
    shown = [key for one in rows for key in (one.row.left, one.row.right)]
    stands = places.of_sightings(session, [sides[key].sighting for key in shown if sides[key].sighting])
    shorts = _shorts(pairs.ids(session))
    return [
        Waiting(
            one.row.pair,
            shorts.get(one.row.pair, one.row.pair),
            one.rank,
            one.row.score,
            evidence_sentence(session, one.row.code, one.row.left, one.row.right),
            sides[one.row.left],
            sides[one.row.right],
            one.row.status,
            one.stake.text,
            one.check,
            _marks(sides[one.row.left], sides[one.row.right]),
            (stands.get(sides[one.row.left].sighting), stands.get(sides[one.row.right].sighting)),
            _note(one.row),
            amending.gone_with(session, (one.row.left, one.row.right)),
        )
        for one in rows
    ]


def _marks(left: SideRow, right: SideRow) -> dict[str, Marks]:
    return {field: differing(getattr(left, field), getattr(right, field)) for field in _COMPARED}


def _note(row: AskedRow) -> str:
    """What was answered before, by whom and when; for a doubt that came back, on which evidence."""
    if row.status == "pending":
        return ""
    said = f"{row.at[:10]} {row.operator}答“{VERDICTS[row.status]}”" + (f"：{row.why}" if row.why else "")
    if row.score:  # it waits again
        said += f"；当时的依据：{phrase(row.was) or '没有记下'}。现在依据变了，请再答一次"
    return said


def _shorts(ids: Sequence[str]) -> dict[str, str]:
    """Reference → its shortest beginning that no other has, eight letters at least; `ids` are sorted."""
    found = {}
    for place, number in enumerate(ids):
        beside = [*ids[max(place - 1, 0) : place], *ids[place + 1 : place + 2]]
        length = 2 + _SHORTEST
        while any(other[:length] == number[:length] for other in beside) and length < len(number):
            length += 1
        found[number] = number[:length]
    return found
