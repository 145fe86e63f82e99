"""What passes between the database and matching."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .records import Identity


class Mention(NamedTuple):
    """What matching looks at: the key, the canonical identity, and the person it would mint.

    `rank` 0: a whole number with a name on a roster, 1: the same elsewhere, 2: anything less. Mentions of
    rank 0 and 1 with one number and name share one `anchor`. `home` is the household in which a roster of
    assistance lists them, '' for who is on none.
    """

    key: str
    source: str
    identity: Identity
    rank: int
    anchor: str
    home: str = ""


class MentionColumns(NamedTuple):
    """Mentions column by column: a slot is a sequence with an entry a mention, `identity` has one such a slot."""

    key: Sequence[str]
    source: Sequence[str]
    rank: Sequence[int]
    anchor: Sequence[str]
    home: Sequence[str]
    identity: Identity

    @classmethod
    def of(cls, mentions: Sequence[Mention]) -> MentionColumns:
        keys, sources, identities, ranks, anchors, homes = (
            zip(*mentions, strict=True) if mentions else [()] * 6
        )
        told = list(zip(*identities, strict=True)) or [()] * len(Identity._fields)
        return cls(keys, sources, ranks, anchors, homes, Identity._make(told))

    def mention(self, place: int) -> Mention:
        told = Identity._make([column[place] for column in self.identity])
        return Mention(
            self.key[place], self.source[place], told, self.rank[place], self.anchor[place], self.home[place]
        )


# A key of the inverted index that more mentions share brings nobody together.
KEY_CAP = 300


class Judgement(NamedTuple):
    """A person's answer about two mentions, left < right; the one with the highest `seq` holds."""

    left: str
    right: str
    verdict: str  # same | different | unsure
    seq: int


class Link(NamedTuple):
    """A mention belongs to a person. status: own (mints the person), auto, confirmed."""

    mention: str
    person: str
    tier: str
    score: int
    code: str
    status: str


class Pair(NamedTuple):
    """Two mentions, left < right, that wait for a person's answer."""

    left: str
    right: str
    tier: str
    score: int
    code: str
