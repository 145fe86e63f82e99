"""Which people of the register an answer would bring together without anybody having said so: it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..errors import AidError
from ..linkage.resolve import pair_id
from ..store import Session, links, pairs, people, places
from ..store.pairs import AskedRow
from ..store.people import MentionInfo
from .answering import Answer, partners

JOINS_TWO = "joins_two_registered"


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
