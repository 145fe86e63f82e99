"""Groups of mentions that are one person, and what keeps two groups apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model import Mention
from .anchors import WHOLE

# Why two groups come together: one person by the records themselves; by an answer; by evidence; by evidence
# that says the number in one record is somebody else's.
OWN, SAID, FOUND, STRAY = "own", "said", "found", "stray"

_PERHAPS_CUT = "000"  # a right number that ends so may be another one, cut


class Clusters:
    """Union-find that refuses to bring together what must stay apart.

    Two people of the register come together by their own records only, never through a row that was said to be
    the one and the other.
    """

    def __init__(self, pool: Sequence[Mention], verdicts: Mapping[tuple[int, int], str]) -> None:
        self._parent = list(range(len(pool)))
        self._listed = frozenset(place for place, mention in enumerate(pool) if mention.home)
        self._registered = set(self._listed)  # groups with one of these
        self._numbers: dict[int, set[str]] = {
            place: {mention.identity.id_value}
            for place, mention in enumerate(pool)
            if mention.identity.id_kind in WHOLE
            and mention.identity.name
            and not mention.identity.id_value.endswith(_PERHAPS_CUT)
        }
        # What was judged different stays apart; what is in doubt is not joined unless somebody says so.
        self._walls = _Opposites(verdicts, "different")
        self._doubts = _Opposites(verdicts, "unsure")

    def root(self, place: int) -> int:
        parent = self._parent
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    def is_registered(self, place: int) -> bool:
        return self.root(place) in self._registered

    def is_between(self, left: int, right: int) -> bool:
        """Whether these belong to two people of the register, but not both as the register lists them.

        What a department's row has to do with both says nothing about their being one.
        """
        listed = left in self._listed and right in self._listed
        return not listed and self.is_registered(left) and self.is_registered(right)

    def is_hard(self, place: int) -> bool:
        """Whether it is known who this is: on the register, or with a whole number."""
        root = self.root(place)
        return root in self._registered or root in self._numbers

    def apart(self, one: int, other: int) -> bool:
        """Whether some member of one was judged different from some member of the other."""
        return self._walls.between(self.root(one), self.root(other))

    def doubted(self, one: int, other: int) -> bool:
        """Whether somebody could not say if some member of one is some member of the other."""
        return self._doubts.between(self.root(one), self.root(other))

    def join(self, left: int, right: int, ground: str) -> bool:
        """Whether they are one now. What people said holds, unless somebody said the contrary."""
        one, other = self.root(left), self.root(right)
        if one == other:
            return True
        if other < one:
            one, other = other, one
        if ground == SAID and self.is_between(left, right):
            return False
        if self.apart(one, other) or not self._fit(one, other, ground):
            return False
        if ground == STRAY and self._contradict(one, other):  # the newcomer's number is somebody else's
            del self._numbers[other if one in self._registered else one]
        self._parent[other] = one
        if other in self._registered:
            self._registered.add(one)
        if other in self._numbers:
            self._numbers[one] = self._numbers.get(one, set()) | self._numbers.pop(other)
        self._walls.merge(one, other)
        self._doubts.merge(one, other)
        return True

    def _fit(self, one: int, other: int, ground: str) -> bool:
        if ground == SAID:
            return True
        if self.doubted(one, other):
            return False
        both = one in self._registered and other in self._registered
        neither = not (one in self._registered or other in self._registered)
        if self._contradict(one, other) and (ground != STRAY or both or neither):
            return False
        return ground == OWN or not both

    def contradict(self, one: int, other: int) -> bool:
        """Whether the groups of both have whole numbers, and none in common."""
        return self._contradict(self.root(one), self.root(other))

    def _contradict(self, one: int, other: int) -> bool:
        ours, theirs = self._numbers.get(one), self._numbers.get(other)
        return bool(ours and theirs) and ours.isdisjoint(theirs)  # type: ignore[union-attr, arg-type]


class _Opposites:
    """Which groups hold members that answers of one kind stand between."""

    def __init__(self, verdicts: Mapping[tuple[int, int], str], kind: str) -> None:
        self._against: dict[int, set[int]] = {}
        self._members: dict[int, set[int]] = {}
        for (left, right), verdict in verdicts.items():
            if verdict == kind:
                for one, other in ((left, right), (right, left)):
                    self._against.setdefault(one, set()).add(other)
                    self._members.setdefault(one, set()).add(one)

    def between(self, one: int, other: int) -> bool:
        against = self._against.get(one)
        return against is not None and not against.isdisjoint(self._members.get(other, ()))

    def merge(self, one: int, other: int) -> None:
        """`other` is a part of `one` from now on."""
        for table in (self._against, self._members):
            if other in table:
                table.setdefault(one, set()).update(table.pop(other))
