"""Answers about two records: what they rest on, which are refused, written down, carried through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from ..errors import AidError
from ..linkage.edges import Pool, edges_among
from ..linkage.kernel import compare
from ..linkage.resolve import pair_id
from ..linkage.scoring import parse_model
from ..linkage.wording import phrase
from ..model import Judgement, Mention, PersonPaid
from ..store import Actor, Session, doubles, events, links, pairs, people, places
from ..store.blocks import Neighbours
from ..store.pairs import AskedRow
from ..store.people import MentionInfo
from . import flagging
from .matching import rematch

VERDICTS = {"same": "是同一人", "different": "不是同一人", "unsure": "存疑", "withdrawn": "收回"}
RULE = "paid_twice_same_person"
JOINS_TWO = "joins_two_registered"


class Answer(NamedTuple):
    """What somebody said of two records. `verdict`: same, different, unsure, or withdrawn to take it back."""

    left: str
    right: str
    verdict: str
    why: str = ""


def record(session: Session, actor: Actor, answers: Iterable[Answer]) -> list[tuple[str, str]]:
    """Writes answers down and redoes what hangs on them, inside the caller's transaction.

    Returns the two records of each, in the order in which they are kept.
    """
    answers = list(answers)
    codes = _codes(session, answers)
    told = []
    for answer in answers:
        left, right = sorted((answer.left, answer.right))
        code = codes[left, right]
        body = {"left": left, "right": right, "verdict": answer.verdict, "code": code, "why": answer.why}
        seq = events.record(session, actor, "judge", left, f"人工判断：{VERDICTS[answer.verdict]}", body)
        links.judge(session, actor, Judgement(left, right, answer.verdict, seq), code, answer.why)
        told.append((left, right))
    rematch(session, actor)
    return told


def alert_paid_twice(
    session: Session, actor: Actor, records: Sequence[str], as_of: date, wait: float = 0.0
) -> list[PersonPaid]:
    """What was paid twice to the persons of some records, now that they are one; alerts are opened for it."""
    persons = set(pairs.people_of(session, records).values())
    found = list(doubles.paid_twice(session, persons)) if persons else []
    if found:
        flagging.flag(session, actor, as_of, (RULE,), wait)
    return found


def _codes(session: Session, answers: Iterable[Answer]) -> dict[tuple[str, str], str]:
    """The evidence that each answer is given on; of records nobody was asked about, what comparing them says."""
    both = [(min(one.left, one.right), max(one.left, one.right)) for one in answers]
    found = {(left, right): pairs.last_code(session, left, right) for left, right in both}
    unknown = [pair for pair, code in found.items() if not code]
    if unknown:
        compared = Compared(session, [key for pair in unknown for key in pair])
        found |= {pair: compared.code(*pair) for pair in unknown}
        links.keep_evidence(session, [(code, phrase(code)) for code in found.values() if code])
    return found


# ---------------------------------------------------------------- what records say of each other


class Compared:
    """What the model in force says of some records, with what the register says of their households."""

    def __init__(self, session: Session, keys: Iterable[str]) -> None:
        held = links.epoch(session)
        self._codes: dict[tuple[str, str], str] = {}
        self._mentions: dict[str, Mention] = {}
        if held is None:
            return
        self._model = model = parse_model(held[1])
        wanted = set(pairs.numbers(session, keys).values())
        known = links.mentions(session, wanted)
        self._mentions = {mention.key: mention for mention in known.values()}
        neighbours = Neighbours(session)
        neighbours.want(*Pool(list(known.values()), model).index_rows(list(known)))
        known |= links.mentions(session, neighbours.near(wanted) - known.keys())
        ordered = sorted(known.values(), key=lambda mention: mention.key)
        edges = edges_among(Pool(ordered, model), model, argued=frozenset(self._mentions))
        for left, right, _, code in edges.rows():
            self._codes[ordered[left].key, ordered[right].key] = f"{code:010}"

    def code(self, one: str, other: str) -> str:
        """The evidence code of two of the records; '' where one is not here any more."""
        left, right = min(one, other), max(one, other)
        if left not in self._mentions or right not in self._mentions:
            return ""
        if (left, right) not in self._codes:  # nothing brings them together: as strangers
            pool = Pool([self._mentions[left], self._mentions[right]], self._model)
            code = compare(pool.features, np.array([0]), np.array([1]), np.zeros(1, np.int8))[0]
            self._codes[left, right] = f"{code:010}"
        return self._codes[left, right]


def partners(session: Session, rows: Sequence[MentionInfo]) -> dict[str, str]:
    """Record of one person → the record that its evidence speaks of, the person's own where several fit.

    `rows` are all records of the person, their own first. Whose evidence nobody can be named for is missing.
    """
    linked = [row for row in rows if row.status != "own"]
    if not linked:
        return {}
    compared = Compared(session, [row.key for row in rows])
    said = {frozenset((row.left, row.right)) for row in pairs.answered(session) if row.status == "same"}
    found = {}
    for row in linked:
        others = [other.key for other in rows if other.key != row.key]
        if row.status == "confirmed":
            others = [other for other in others if frozenset((row.key, other)) in said]
        fitting = [other for other in others if compared.code(row.key, other) == row.code]
        if fitting or (row.status == "confirmed" and others):
            found[row.key] = (fitting or others)[0]
    return found


# ---------------------------------------------------------------- answers that are refused


def records_of(session: Session, pair: str) -> tuple[str, str] | None:
    """The two records of a whole reference, also where the question does not wait any more; None where one is gone."""
    if len(pair) != len(pair_id("", "")) + 20:
        return None
    try:
        left, right = (people.expand(session, f"m-{part}")[1] for part in (pair[2:12], pair[12:]))
    except AidError:
        return None
    return left, right


class Joined(NamedTuple):
    """Why an answer is not taken: what it would do, and what to do instead."""

    message: str
    hint: str

    def error(self) -> AidError:
        return AidError(JOINS_TWO, self.message, hint=self.hint)


class Ties:
    """Which people of the register answers bring together, those among them that are not written down yet.

    The answer that one row is two people of the register joins these two without anybody having said so:
    `contrary` names it. Two records that belong to their people by themselves may be answered to be one.
    """

    def __init__(self, session: Session, answered: Iterable[AskedRow]) -> None:
        self._session = session
        self._said = [row for row in answered if row.status == "same"]
        self._now: dict[str, str] = {}  # person → who they are with the answers that were added
        self._listed: dict[str, bool] = {}
        self._loose: dict[str, frozenset[str]] = {}
        self._added: list[tuple[Answer, str]] = []

    def contrary(self, left: str, right: str) -> Joined | None:
        """Why these two may not be answered to be one, None where they may."""
        belongs = pairs.people_of(self._session, (left, right))
        if len(belongs) < 2:
            return None
        one, other = (self._root(belongs[key]) for key in (left, right))
        if one == other or not (self._is_listed(one) and self._is_listed(other)):
            return None
        loose = [key for key in (left, right) if self._is_loose(key, belongs[key])]
        return self._joined(loose[0], one, other) if loose else None

    def add(self, answer: Answer, said: str) -> None:
        """An answer that will be written down; `said` tells where it stands."""
        belongs = pairs.people_of(self._session, (answer.left, answer.right))
        if answer.verdict != "same" or len(belongs) < 2:
            return
        self._added.append((answer, said))
        one, other = (self._root(belongs[key]) for key in (answer.left, answer.right))
        if self._is_listed(other) and not self._is_listed(one):
            one, other = other, one
        if one != other:
            self._now[other] = one

    def _root(self, person: str) -> str:
        while person in self._now:
            person = self._now[person]
        return person

    def _is_listed(self, person: str) -> bool:
        """Whether a record of the register is this person's."""
        if person not in self._listed:
            rows = people.mentions_of(self._session, person)
            homes = _homes(self._session, rows)
            self._listed[person] = any(homes.values())
            self._loose[person] = _loose(self._session, rows, homes)
        return self._listed[person]

    def _is_loose(self, key: str, person: str) -> bool:
        """Whether a record belongs to somebody of the register only because somebody said so."""
        return not self._is_listed(person) or key in self._loose[person]

    def _joined(self, row: str, one: str, other: str) -> Joined:
        named = people.infos(self._session, (one, other))
        both = "和".join(f"{named[person].name}（{person[:10]}）" for person in (one, other))
        before, pair = self._before(row)
        ends = " ".join(person[:10] for person in (one, other))
        return Joined(
            f"没有记下：这样会把名册上的两个人，{both}，合成一个人。{before}",
            f"前面答错的，先收回：aidcli review undo {pair}；"
            f"这两人确是一个人的：aidcli review merge {ends} --reason 核对了什么",
        )

    def _before(self, row: str) -> tuple[str, str]:
        """The answer by which a record belongs to somebody, in words, and its reference."""
        person = pairs.people_of(self._session, (row,))[row]
        theirs = {one.key for one in people.mentions_of(self._session, person)}
        for answer, said in reversed(self._added):
            if not theirs.isdisjoint((answer.left, answer.right)):
                return f"{said}答了“是”，这条记录已经算作其中一人的", pair_id(*sorted(answer[:2]))
        found = [one for one in self._said if row in (one.left, one.right)]
        found += [one for one in self._said if theirs.issuperset((one.left, one.right))]
        why = f"（{found[0].why}）" if found[0].why else ""
        named = people.infos(self._session, (person,))[person].name
        said = f"{found[0].at[:10]} {found[0].operator}答过“是”{why}，{self._place(row)}由此算作{named}（{person[:10]}）的"
        return said, found[0].pair

    def _place(self, key: str) -> str:
        side = pairs.sides(self._session, (key,))[key]
        stands = places.of_sightings(self._session, [side.sighting] if side.sighting else [])
        at = f"第{stands[side.sighting].row}行" if side.sighting in stands else ""
        return f"{side.source_label}{at}的{side.name or '这条记录'}"


def _homes(session: Session, rows: Sequence[MentionInfo]) -> dict[str, str]:
    """Record → the household in which the register lists it, '' elsewhere."""
    numbers = pairs.numbers(session, [row.key for row in rows])
    return {mention.key: mention.home for mention in links.mentions(session, numbers.values()).values()}


def _loose(session: Session, rows: Sequence[MentionInfo], homes: Mapping[str, str]) -> frozenset[str]:
    """Records of a person that only an answer brought there, or what hangs on such a record."""
    if not any(row.status == "confirmed" for row in rows):
        return frozenset()
    by = partners(session, rows)
    confirmed = {row.key for row in rows if row.status == "confirmed"}
    found = set()
    for row in rows:
        chain, key = [row.key], row.key
        while not homes.get(key) and key not in confirmed and by.get(key, key) not in chain:
            key = by[key]
            chain.append(key)
        if key in confirmed and not homes.get(key):
            found.add(row.key)
    return frozenset(found)
