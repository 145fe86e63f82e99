"""What a heading may mean that a template does not list: the same in other words, or the same with a slip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..fields import FIELDS
from .fuzzy import guesses
from .lookup import joined
from .parts import agree, is_contrasted, persons_named, tells
from .wording import Column, How, Vocabulary, heading_key, persons_in, plain_key

GAP = 5  # a proposal must be this much surer than the next

Path = Sequence[str]


class Proposal(NamedTuple):
    """The template's heading that was meant, how it was found, and how surely, of 100."""

    key: str
    score: int
    how: How


def alike(vocabulary: Vocabulary, path: Path, headings: Sequence[str]) -> dict[str, Proposal]:
    """The fields that a heading names in other words; more than one where it could be either.

    `headings` are all those of the sheet: a word is passed over only where no other column speaks against it.
    """
    for key in _keys(path):
        found = [
            one for one in vocabulary.parts.like(plain_key(key)) if not is_contrasted(one.left_out, headings)
        ]
        if any(FIELDS[one.field].repeats for one in found):
            return {}  # whose of a household, only its place could tell
        if found:
            return {
                one.field: Proposal(one.key, one.score, "parts")
                for one in found
                if one.score > found[0].score - GAP
            }
    return {}


def _keys(path: Path) -> Iterator[str]:
    """What a heading says together with those above it; alone where none of them says whose or which it is."""
    *above, lowest = (heading_key(one) for one in path)
    for parent in reversed(above):
        yield from joined(parent, lowest)
    if not any(tells(parent) for parent in above):
        yield lowest


def slips(vocabulary: Vocabulary, path: Path) -> dict[str, Proposal]:
    """The fields whose headings a heading may be a misspelling of."""
    *above, lowest = (heading_key(one) for one in path)
    if any(vocabulary.is_of_another(parent) for parent in above) and not persons_in(lowest):
        return {}
    found = guesses(lowest, vocabulary.guessable)
    return {
        vocabulary.bare[one.key][0]: Proposal(one.key, one.score, "fuzzy")
        for one in reversed(found)
        if one.score > found[0].score - GAP
    }


def of_two_persons(columns: Mapping[str, Column]) -> str:
    """The field (name or id) that was found by its parts and names another person than the other; '' for none."""
    name, number = columns.get("name"), columns.get("id")
    if name is None or number is None or "parts" not in (name.how, number.how):
        return ""
    if agree(persons_named(heading_key(name.heading)), persons_named(heading_key(number.heading))):
        return ""
    return "id" if number.how == "parts" else "name"
