"""Answers about two records: what they rest on, written down, carried through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from ..store import Actor, Session, doubles, events, links, pairs, people
from ..store.blocks import Neighbours
from ..store.people import MentionInfo
from . import flagging
from .matching import rematch

VERDICTS = {"same": "是同一人", "different": "不是同一人", "unsure": "存疑", "withdrawn": "收回"}
RULE = "paid_twice_same_person"


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


# ---------------------------------------------------------------- where a reference points to


def records_of(session: Session, pair: str) -> tuple[str, str] | None:
    """The two records of a whole reference, also where the question does not wait any more; None where one is gone."""
    if len(pair) != len(pair_id("", "")) + 20:
        return None
    try:
        left, right = (people.expand(session, f"m-{part}")[1] for part in (pair[2:12], pair[12:]))
    except AidError:
        return None
    return left, right
