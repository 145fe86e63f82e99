"""`review`: the questions whether two records are one person, side by side, and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from .. import idnumber
from ..errors import AidError
from ..linkage.anchors import WHOLE
from ..linkage.differences import Marks, differing
from ..linkage.resolve import JUDGED
from ..linkage.scoring import parse_model
from ..linkage.wording import phrase, sentence
from ..model import PersonPaid
from ..store import Actor, Session, links, lookups, pairs, people, places
from ..store.pairs import AskedRow, SideRow
from ..store.people import MentionInfo
from ..store.places import Place
from ..terms import SEXES
from . import amending
from .answering import VERDICTS, Answer, Compared, alert_paid_twice, record, records_of
from .bonds import Ties
from .ranking import Ranked, ranked
from .reopening import reopened

_SHORTEST = 8  # letters behind q- that are shown at least
_COMPARED = ("name", "id_value", "township", "village", "phone")
_UNTOLD = "没有记下依据"


class Told(NamedTuple):
    """Birth date and sex (in words) of one side: what the row says beside its number, and what this says.

    A whole number says both, and it may be somebody else's: what is the same as in the number stands in
    `by_number` alone.
    """

    birth: str
    sex: str
    by_number: str


class Waiting(NamedTuple):
    """Two records side by side, with the evidence in words.

    `short`: as few letters of the reference as tell it from all others. `hangs`: what hangs on the answer,
    `check`: how it can be settled. `marks`: field (of the two sides, and of `told`) → the characters that
    differ. `places`: where each of the two stands. `note`: what was answered before. `gone`: what the answer
    rested on and was undone.
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
    told: tuple[Told, Told]
    marks: dict[str, Marks]
    places: tuple[Place | None, Place | None]
    note: str = ""
    gone: tuple[str, ...] = ()


class Answered(NamedTuple):
    """A question that was answered, and what it brought to light: payments for one person and month.

    `before` is the answer that this one replaces, None where it is the first or says the same again.
    """

    pair: str
    paid_twice: list[PersonPaid]
    before: AskedRow | None = None


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
    """Records an answer (same, different, unsure, or withdrawn to take one back).

    Raises `AidError` where 是 would make one person of two of the register that nobody said are one.
    """
    kind, number = _expanded(session, ref, verdict)
    if kind != "q":
        raise AidError("not_a_pair", f"“{ref}”不是待确认编号，应以 q- 开头")
    with session.transaction(actor, wait):
        row = lookups.pair(session, number)
        if verdict == "withdrawn" and row.status == "pending":
            raise AidError("not_answered", f"{number[:10]}还没有回答过")
        told = pairs.answered(session)
        refused = Ties(session, told).contrary(row.left, row.right) if verdict == "same" else None
        if refused:
            raise refused.error()
        before = next((one for one in told if one.pair == number and one.status != verdict), None)
        record(session, actor, [Answer(row.left, row.right, verdict, why)])
    found = alert_paid_twice(session, actor, (row.left, row.right), as_of, wait) if verdict == "same" else []
    return Answered(number, found, before)


def _expanded(session: Session, ref: str, verdict: str) -> tuple[str, str]:
    """The whole reference; of a question that another answer has settled, why 是 is not taken any more."""
    try:
        return people.expand(session, ref)
    except AidError:
        both = records_of(session, ref) if verdict == "same" else None
        refused = Ties(session, pairs.answered(session)).contrary(*both) if both else None
        if refused:
            raise refused.error() from None
        raise


def evidence_sentence(session: Session, code: str, left: str, right: str, *, asked: bool = False) -> str:
    """Why two records may be one person, with the characters that differ; `asked` where that is a question."""
    known = links.identities(session, (left, right))
    if len(known) == 2:
        return sentence(code, known[left], known[right], asked=asked) or _UNTOLD
    return phrase(code) or _UNTOLD


def lines_of_records(session: Session, rows: Sequence[MentionInfo], only: Sequence[str] = ()) -> list[str]:
    """What is said of each record of a person, their own first: where it stands and why it is theirs.

    `rows` are all of the person's; with `only` (keys) these alone are told. Evidence names the record that it
    was found against, for this need not be the person's own; from record to record it leads there. A number or
    place that is not the own record's is told with the name.
    """
    by = _nearer(session, rows)
    stands = places.of_sightings(session, [row.sighting for row in rows])
    place = {row.key: _stand(row.source_label, stands.get(row.sighting)) for row in rows}
    names = {row.key: row.name or "没有姓名" for row in rows}
    own = rows[0]
    lines = []
    for row in rows:
        if only and row.key not in only:
            continue
        why = phrase(row.code)
        if row.key in by:
            other, code = by[row.key]
            why = f"与{place[other]}的{names[other]}对照，{evidence_sentence(session, code, row.key, other)}"
        status = "经人工确认，" if row.status == "confirmed" else ""
        lines.append(
            f"{place[row.key]}：{names[row.key]}{_otherwise(row, own)}，{status}{why}，出现{row.sightings}次，{row.key[:10]}"
        )
    return lines


def _otherwise(row: MentionInfo, own: MentionInfo) -> str:
    """The number and the place of a record, where the person's own says otherwise."""
    told = ((row.township, own.township), (row.village, own.village))
    elsewhere = any(one and other and one != other for one, other in told)
    said = [
        idnumber.format(row.id_value) if row.id_value != own.id_value else "",
        row.township + row.village if elsewhere else "",
    ]
    return f"（{'，'.join(filter(None, said))}）" if any(said) else ""


def _nearer(session: Session, rows: Sequence[MentionInfo]) -> dict[str, tuple[str, str]]:
    """Record of a person → one nearer to their own, or this, and the evidence code between the two.

    `rows` are all of the person's, their own first. What was kept with a link holds, where it leads there;
    else it is told how the nearest two stand to each other. Whose evidence nobody can be named for is missing.
    """
    own, *linked = rows
    held = links.epoch(session)
    if not linked or held is None:
        return {}
    model = parse_model(held[1])
    compared = Compared(session, [row.key for row in rows])
    said = {frozenset((row.left, row.right)) for row in pairs.answered(session) if row.status == "same"}

    def way(row: MentionInfo, near: str) -> _Way:
        code = compared.code(row.key, near)
        kept = frozenset((row.key, near)) in said if row.status == "confirmed" else code == row.code
        told = row.code if kept and (row.code != JUDGED or not code) else code
        return _Way(kept, model.score(int(code)) if code else -1, near, told)

    ways = {row.key: way(row, own.key) for row in linked}
    waiting = {row.key: row for row in linked}
    while waiting:
        reached = max(waiting, key=lambda key: ways[key][:2])
        del waiting[reached]
        for key, row in waiting.items():
            ways[key] = max(ways[key], way(row, reached), key=itemgetter(0, 1))
    return {key: (one.near, one.code) for key, one in ways.items() if one.code}


class _Way(NamedTuple):
    """From a record to one nearer to the person's own: whether the link was made by it, points and evidence."""

    kept: bool
    score: int
    near: str
    code: str


def _stand(label: str, place: Place | None) -> str:
    return f"{label}第{place.row}行" if place else label


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
            evidence_sentence(
                session, one.row.code, one.row.left, one.row.right, asked=one.row.status == "pending"
            ),
            sides[one.row.left],
            sides[one.row.right],
            one.row.status,
            one.stake.text,
            one.check,
            (_told(sides[one.row.left]), _told(sides[one.row.right])),
            _marks(sides[one.row.left], sides[one.row.right]),
            (stands.get(sides[one.row.left].sighting), stands.get(sides[one.row.right].sighting)),
            _note(one.row),
            amending.gone_with(session, (one.row.left, one.row.right)),
        )
        for one in rows
    ]


def _marks(left: SideRow, right: SideRow) -> dict[str, Marks]:
    marks = {field: differing(getattr(left, field), getattr(right, field)) for field in _COMPARED}
    one, other = _told(left), _told(right)
    return marks | {field: differing(getattr(one, field), getattr(other, field)) for field in Told._fields}


def _told(side: SideRow) -> Told:
    sex = SEXES.get(side.sex, side.sex)
    if side.id_kind not in WHOLE:
        return Told(side.birth, sex, "")
    born, by_number = idnumber.birth_date(side.id_value), idnumber.sex(side.id_value)
    birth = born.isoformat() if born else ""
    return Told(
        "" if side.birth == birth else side.birth,
        "" if side.sex == by_number else sex,
        f"{SEXES[by_number]} {birth}".strip(),
    )


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
