"""How near two numbers are of which one is masked, in scientific form, or of another kind than a citizen's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from .evidence import IdLevel
from .features import CUT, ID_LENGTH, MASKED, NUMBER_LIKE, OTHER, PREFIX, SCIENTIFIC
from .hashing import letters_of

SLIPS = 2  # as many digits may be wrong
LOST_FROM_CARD = 19
SHORTEST_DOCUMENT = 6
SHORTEST_OF_DIGITS = 8  # 台胞证
TO_THE_DAY, ALL_BUT_ONE = 14, 17  # digits of a citizen's number
FEWEST_DIGITS = 5  # of a document; what has fewer is a remark, as is a number of one or two figures (111111)
SHORTEST_SCIENTIFIC = 11  # leading digits: up to the year of birth, and one that may be rounded
# A birth date or a remark (2026年1月补) in the column of numbers.
_DATE = re.compile(
    r"(?:19|20)\d\d([-./年]?)(?:0?[1-9]|1[0-2])(?:[-./月]?(?:0[1-9]|[12]\d|3[01]|[1-9]))?[月日]?\Z", re.ASCII
)
_MOBILE = re.compile(r"1[3-9]\d{9}\Z", re.ASCII)
_HAN = re.compile("[\u3400-\u9fff]")
_OFFICER = re.compile("[^残户保医]字第[0-9]{6,}号?\\Z")  # 军字第1234567号
_NUMBERED = re.compile(r"\A(?:NO|N|ID)[.:]*(?=\d)")  # the line of a list
_CITIZEN = re.compile(r"[1-9]\d{5}(?:19|20)\d+X?\Z", re.ASCII)  # of nine digits and more: eight are a 台胞证
_GROUPED = re.compile(r"\d+(?:[-._/]\d+)+\Z", re.ASCII)
_ZEROS = "0000"
_SCIENTIFIC = {13: IdLevel.SCIENTIFIC_LONG, 14: IdLevel.SCIENTIFIC_DAY}


@lru_cache(maxsize=200_000)
def odd_ids(kind: int, number: str, other_kind: int, other: str) -> IdLevel:
    """Two numbers of which one is masked, in scientific form, or none of the usual ones; kind <= other_kind."""
    if other_kind == OTHER:
        return _documents(kind, number, other)
    if other_kind == MASKED:
        return _masked(number, other) if kind != SCIENTIFIC else _leading(number, other.split("*")[0])
    return _leading(number, other)


def _documents(kind: int, number: str, other: str) -> IdLevel:
    if kind == OTHER and number == other and _is_document(number):
        return IdLevel.OTHER_SAME
    if kind == OTHER and _are_two(number, other):
        return IdLevel.DIFFERENT
    begun = _begun(number, other) if kind not in (MASKED, SCIENTIFIC) else None
    if begun is not None:
        return begun
    if kind == OTHER and number == other:
        return IdLevel.MISSING
    digits = sum(letter.isdigit() for letter in other)
    if kind in (MASKED, SCIENTIFIC) or digits < NUMBER_LIKE or len(number) < NUMBER_LIKE:
        return IdLevel.MISSING
    if kind == CUT:
        return IdLevel.CUT if number[:PREFIX] == other[:PREFIX] else IdLevel.DIFFERENT
    apart = OSA.distance(number, other, score_cutoff=SLIPS)
    if len(other) == LOST_FROM_CARD:  # a digit less than a disability card has
        apart = min(apart, OSA.distance(number, other[:-2], score_cutoff=SLIPS))
    return IdLevel.SLIP if apart == 1 else IdLevel.SLIPS if apart == SLIPS else IdLevel.DIFFERENT


def _begun(number: str, other: str) -> IdLevel | None:
    """What two numbers say of which one was not written to its end: area and birth date at least; else None."""
    short, long = sorted((number, other), key=len)
    if not (TO_THE_DAY <= len(short) < ALL_BUT_ONE and _CITIZEN.match(short) and _CITIZEN.match(long)):
        return None
    if short[:TO_THE_DAY] != long[:TO_THE_DAY]:
        return None
    if len(short) == TO_THE_DAY or not short[:PREFIX].isdigit():
        return IdLevel.MASKED_HEAD
    if short[:PREFIX] != long[:PREFIX]:
        return IdLevel.OTHER_SERIAL if len(short) == PREFIX else None
    return IdLevel.CUT if long.startswith(short) or len(short) == PREFIX else None


def _is_document(number: str) -> bool:
    """Whether it may be the number of a passport or permit: no remark, no filler, no date, no telephone.

    Nor the beginning of a citizen's number, which all of an area share, nor what a household, a card or a line of
    a list is called.
    """
    digits = [letter for letter in number if letter.isdigit()]
    if len(number) < SHORTEST_DOCUMENT or len(digits) < FEWEST_DIGITS or len(set(digits)) <= 2:
        return False
    if _DATE.match(number) or _MOBILE.match(number) or (_HAN.search(number) and not _OFFICER.match(number)):
        return False
    bare = _NUMBERED.sub("", number)
    if len(digits) == len(bare) and len(bare) < SHORTEST_OF_DIGITS:
        return False
    if bare.startswith(_ZEROS) or _GROUPED.match(bare) or (_CITIZEN.match(bare) and len(bare) < ALL_BUT_ONE):
        return False
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    return len(steps) > 1 or len(digits) < len(number)  # 123456789 fills a cell


def _are_two(number: str, other: str) -> bool:
    """Two documents of one form that no slip of the pen explains: E12345678 and E87654321."""
    if not (_is_document(number) and _is_document(other)) or _form(number) != _form(other):
        return False
    return len(number) < NUMBER_LIKE and OSA.distance(number, other, score_cutoff=SLIPS) > SLIPS


def _form(number: str) -> str:
    return "".join("9" if letter.isdigit() else "A" if letter.isalpha() else letter for letter in number)


def _leading(number: str, other: str) -> IdLevel:
    """Leading digits of which the shorter ones may have been rounded up, as the longer ones tell."""
    short, long = sorted((number, other), key=len)
    shown = len(short)
    if short not in (long[:shown], _rounded_up(long, shown)):
        return IdLevel.DIFFERENT
    if shown >= PREFIX:
        return IdLevel.CUT
    return _SCIENTIFIC.get(shown, IdLevel.SCIENTIFIC if shown >= SHORTEST_SCIENTIFIC else IdLevel.MISSING)


def _rounded_up(digits: str, shown: int) -> str:
    """The first `shown` digits as a spreadsheet rounds them where the next one is five or more; '' elsewhere."""
    head, following = digits[:shown], digits[shown : shown + 1]
    return str(int(head) + 1) if shown < PREFIX and head.isdigit() and following >= "5" else ""


def _masked(number: str, other: str) -> IdLevel:
    """Two numbers of which the second hides some of its digits."""
    if len(number) == len(other):
        shown = [place for place, (a, b) in enumerate(zip(number, other, strict=True)) if "*" not in (a, b)]
        if any(number[place] != other[place] for place in shown):
            return IdLevel.DIFFERENT
    else:  # the stars do not count the digits: both ends
        head, tail = other.split("*")[0], other.rsplit("*", 1)[-1]
        if "*" in number or len(head) + len(tail) >= len(number):
            return IdLevel.MISSING
        if not (number.startswith(head) and number.endswith(tail)):
            return IdLevel.DIFFERENT
        shown = [*range(len(head)), *range(len(number) - len(tail), len(number))]
    return _what_is_shown(shown, len(number))


_MASKED_HEADS = ((7, IdLevel.MASKED_HEAD), (6, IdLevel.MASKED_MONTH), (4, IdLevel.MASKED_YEAR))


def _what_is_shown(shown: list[int], length: int) -> IdLevel:
    if length < NUMBER_LIKE:
        return IdLevel.MISSING
    born = sum(6 <= place < length - 4 for place in shown)
    tail = sum(place >= length - 4 for place in shown) >= 3
    if tail:
        return IdLevel.MASKED if born >= 6 else IdLevel.MASKED_TAIL
    return next((level for least, level in _MASKED_HEADS if born >= least), IdLevel.MISSING)


def masked_ids(numbers: Sequence[str], others: Sequence[str]) -> NDArray[np.int8]:
    """What `odd_ids` says of many pairs of eighteen characters of which the second, or both, hide some."""
    found = np.full(len(numbers), IdLevel.MISSING, np.int8)
    if not len(numbers):
        return found
    one, other = letters_of(numbers), letters_of(others)
    shown = (one != ord("*")) & (other != ord("*"))
    born = shown[:, 6 : ID_LENGTH - 4].sum(axis=1)
    for least, level in reversed(_MASKED_HEADS):
        found[born >= least] = level
    tail = shown[:, ID_LENGTH - 4 :].sum(axis=1) >= 3
    found[tail] = np.where(born[tail] >= 6, IdLevel.MASKED, IdLevel.MASKED_TAIL)
    found[(shown & (one != other)).any(axis=1)] = IdLevel.DIFFERENT
    return found
