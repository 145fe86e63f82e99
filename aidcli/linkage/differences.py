"""Which characters of two writings differ, so that they can be marked side by side."""

from __future__ import annotations

from typing import NamedTuple

from .letters import simplified

Span = tuple[int, int]
HIDDEN = "*"  # a character that a source hides may be any


class Marks(NamedTuple):
    """Spans (first, end) of the characters that differ, in each of the two."""

    left: tuple[Span, ...]
    right: tuple[Span, ...]


NO_MARKS = Marks((), ())


def differing(one: str, other: str) -> Marks:
    """What differs between two writings; nothing where one is empty, for then nothing can be compared.

    Of one length they are compared place by place, else what stands between the same beginning and the
    same end. Traditional and simplified characters are the same, and what a source hides differs from nothing.
    """
    if not one or not other or one == other:
        return NO_MARKS
    if len(one) == len(other):
        spans = _joined([n for n in range(len(one)) if not _alike(one[n], other[n])])
        return Marks(spans, spans)
    least = min(len(one), len(other))
    head = next((n for n in range(least) if not _alike(one[n], other[n])), least)
    tail = next((n for n in range(least - head) if not _alike(one[-1 - n], other[-1 - n])), least - head)
    return Marks(_between(head, len(one) - tail), _between(head, len(other) - tail))


def _between(first: int, end: int) -> tuple[Span, ...]:
    return ((first, end),) if first < end else ()


def _alike(one: str, other: str) -> bool:
    return one == other or HIDDEN in (one, other) or simplified(one) == simplified(other)


def _joined(places: list[int]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for place in places:
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return tuple(spans)
