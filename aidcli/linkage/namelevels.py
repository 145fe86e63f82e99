"""How near two names are to each other, for many pairs at once."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .namebook import INFANT, LONGEST, MASKED, MISSING, PLAIN, NameBook

Places = NDArray[np.int64]
Levels = NDArray[np.int8]
Flags = NDArray[np.bool_]

HALF = 2  # letters that are left of four where only the first half is written
LETTERS_A_SLIP = 4  # of so many letters of a long name one may be missing, or sound like another
LATIN_A_SLIP = 8  # of so many Latin ones one may be wrong

_KIN, _KIN_OR_NAME = "妻父母爸妈婆媳嫂", "子女儿娘弟妹夫孙侄爷奶"


class NameLevel(IntEnum):
    """What comparing two names can say."""

    MISSING = 0  # one has none, or hides all but a letter of no use
    SAME = 1
    FORMER = 2  # one is the other's former name
    SLIP = 3  # one letter sounds or looks like the other's, or two are swapped, or one of a long name differs
    SOUND = 4  # more than one letter differs, all sound alike
    SHORT = 5  # a letter is missing from one of them, or the second half of four; of a long name one in four
    PART = 6  # a part of a long name
    MASKED = 7  # what is not hidden agrees: two letters or more
    SURNAME_MASKED = 8  # what is not hidden agrees: one letter
    SIBLING = 9  # one given letter of two differs: so do brothers' and sisters' names
    GIVEN = 10  # the given names agree, the surnames do not
    SURNAME = 11  # only the surnames agree
    DIFFERENT = 12
    INFANT = 13  # one is no name but says whose child it is
    INFANT_ONE_OF = 14  # the same, and that there are several: 王芳之长子, 王芳之双女1
    MASKED_LAST = 15  # as MASKED, but the last letter is hidden: by it brothers and sisters are told apart


def compare_names(book: NameBook, left: Places, right: Places) -> Levels:
    """The `NameLevel` of each pair of places in the book."""
    found = np.full(len(left), NameLevel.DIFFERENT, np.int8)
    kinds = (book.kind[left], book.kind[right])
    missing = (kinds[0] == MISSING) | (kinds[1] == MISSING)
    found[missing] = NameLevel.MISSING
    same = ~missing & (book.hash[left] == book.hash[right])
    masked = (kinds[0] == MASKED) | (kinds[1] == MASKED)
    infant = ((kinds[0] == INFANT) | (kinds[1] == INFANT)) & ~missing
    found[infant] = NameLevel.INFANT
    found[infant & (book.several[left] | book.several[right])] = NameLevel.INFANT_ONE_OF
    children = (kinds[0] == INFANT) & (kinds[1] == INFANT)
    for row in np.flatnonzero(children & ~same).tolist():
        found[row] = _two_children(book, int(left[row]), int(right[row]))
    open_pairs = ~missing & ~same & ~infant
    plain = open_pairs & (kinds[0] == PLAIN) & (kinds[1] == PLAIN)
    rows = np.flatnonzero(plain)
    found[rows] = _plain(book, left[rows], right[rows])
    for row in np.flatnonzero(open_pairs & ~plain).tolist():
        found[row] = odd_level(book.forms[left[row]], book.forms[right[row]], book.lore.compound)
    found[same & ~children] = NameLevel.SAME  # two rows 王芳之子 may be about two sons
    for row in np.flatnonzero(same & masked).tolist():
        found[row] = odd_level(book.forms[left[row]], book.forms[right[row]], book.lore.compound)
    return found


def _two_children(book: NameBook, one: int, other: int) -> NameLevel:
    """Two rows that say whose child it is, in different words: 王芳之长子 is not 王芳之次子."""
    if book.parent[one] != book.parent[other] or (book.several[one] and book.several[other]):
        return NameLevel.DIFFERENT
    return NameLevel.INFANT_ONE_OF if book.several[one] or book.several[other] else NameLevel.INFANT


def _plain(book: NameBook, left: Places, right: Places) -> Levels:
    """Names of two to four characters that differ."""
    ours, theirs = book.letters[left], book.letters[right]
    lengths = (book.length[left], book.length[right])
    surnames = (book.surname[left], book.surname[right])
    equal = ours == theirs
    differ = _AT_ALL ^ equal.view(np.uint32)[:, 0]  # a byte a letter
    off = np.bitwise_count(differ)
    given_off = np.bitwise_count(differ & _GIVEN[surnames[0]])
    several = lengths[0] - surnames[0] >= 2  # letters of the given name
    one_kind = surnames[0] == surnames[1]
    same_surname = equal[:, 0] & one_kind & ((surnames[0] == 1) | equal[:, 1])
    found = np.full(len(left), NameLevel.DIFFERENT, np.int8)
    found[same_surname] = NameLevel.SURNAME

    even = lengths[0] == lengths[1]
    found[even & same_surname & (given_off == 1) & several] = NameLevel.SIBLING
    found[even & ~same_surname & (given_off == 0) & several & one_kind] = NameLevel.GIVEN
    rows = np.flatnonzero(even & (off > 1))
    found[rows[_all_sound(book, left[rows], right[rows], equal[rows])]] = NameLevel.SOUND
    rows = np.flatnonzero(even & (off == 1))
    found[rows[_one_alike(book, left[rows], right[rows], equal[rows])]] = NameLevel.SLIP
    found[even & same_surname & _swapped(ours, theirs, off)] = NameLevel.SLIP

    rows = np.flatnonzero(~even & same_surname & (np.abs(lengths[0] - lengths[1]) == 1))
    swap = (lengths[0] > lengths[1])[rows, None]
    one, other = ours[rows], theirs[rows]
    within = _one_left_out(np.where(swap, other, one), np.where(swap, one, other))
    for row in rows[within].tolist():
        if not _is_relative(*sorted((book.forms[left[row]], book.forms[right[row]]), key=len)):
            found[row] = NameLevel.SHORT
    halves = (np.minimum(*lengths) == HALF) & (np.maximum(*lengths) == LONGEST)
    found[halves & same_surname & equal[:, :HALF].all(axis=1)] = NameLevel.SHORT  # 扎西 of 扎西顿珠
    return found


_AT_ALL = np.ones((1, LONGEST), np.bool_).view(np.uint32)[0, 0]
# The letters that are given ones, for each length of the surname.
_GIVEN = (np.arange(LONGEST)[None, :] >= np.arange(LONGEST)[:, None]).view(np.uint32)[:, 0]


def _all_sound(book: NameBook, left: Places, right: Places, equal: Flags) -> Flags:
    """Whether every letter that differs may be read as the other's."""
    alive = np.arange(len(left))
    for at in range(LONGEST):
        sounds = _alike(book.sounds[left[alive], at], book.sounds[right[alive], at])
        alive = alive[equal[alive, at] | sounds]
    found = np.zeros(len(left), np.bool_)
    found[alive] = True
    return found


def _one_alike(book: NameBook, left: Places, right: Places, equal: Flags) -> Flags:
    """Whether the one letter that differs sounds like the other's, or looks like it.

    Frequent given letters that look alike tell brothers and sisters apart.
    """
    at = equal.argmin(axis=1)
    found = _alike(book.sounds[left, at], book.sounds[right, at])
    given = at >= book.surname[left]
    looks = ~(given & book.often[left, at] & book.often[right, at])
    found |= looks & _alike(book.looks[left, at], book.looks[right, at])
    return found


def _alike(ours: NDArray[np.int16], theirs: NDArray[np.int16]) -> Flags:
    """Whether letters share one of their readings or groups; (pairs, variants) in."""
    found = np.zeros(len(ours), np.bool_)
    for one in ours.T:
        for other in theirs.T:
            found |= (one == other) & (one != 0)
    return found


def _one_left_out(short: NDArray[np.int32], long: NDArray[np.int32]) -> Flags:
    """Whether the letters of one stand in the other in their order, which has one more; 0 behind the last."""
    moved = np.zeros_like(long)
    moved[:, :-1] = long[:, 1:]
    here, there = short == long, short == moved
    found = np.zeros(len(short), np.bool_)
    for at in range(LONGEST):
        found |= here[:, :at].all(axis=1) & there[:, at:].all(axis=1)
    return found


def _swapped(ours: NDArray[np.int32], theirs: NDArray[np.int32], off: NDArray[np.uint8]) -> Flags:
    """Whether the last two given letters of three-letter names changed places."""
    crossed = (ours[:, 1] == theirs[:, 2]) & (ours[:, 2] == theirs[:, 1])
    swapped: Flags = (off == 2) & crossed & (ours[:, 2] != 0) & (ours[:, 3] == 0)
    return swapped


def _is_within(short: str, long: str) -> bool:
    """Whether the letters of one stand in the other in this order."""
    rest = iter(long)
    return all(letter in rest for letter in short)


def _is_relative(name: str, longer: str) -> bool:
    """Whether the longer one says a relative of the other: 施建国妻. Some of these letters end names of three, too."""
    kin = _KIN + _KIN_OR_NAME if len(name) == LONGEST - 1 else _KIN
    return longer[:-1] == name and longer[-1] in kin


@lru_cache(maxsize=100_000)
def odd_level(one: str, other: str, compound: frozenset[str] = frozenset()) -> NameLevel:
    """The level of two forms of which one is long, in parts, or masked; `compound` are surnames of two."""
    if "*" in one or "*" in other:
        return _masked(one, other, compound)
    bare_one, bare_other = one.replace("·", ""), other.replace("·", "")
    if bare_one == bare_other:
        return NameLevel.SAME
    parts = [set(filter(None, form.split("·"))) for form in (one, other)]
    shared = parts[0] & parts[1]
    dotted = "·" in one or "·" in other
    if dotted and (parts[0] <= parts[1] or parts[1] <= parts[0]) and max(map(len, shared), default=0) >= 2:
        return NameLevel.PART
    if dotted and min(len(bare_one), len(bare_other)) >= 2 and one.split("·")[0] == other.split("·")[0]:
        short = min(one.count("·"), other.count("·")) == 0
        if short:
            return NameLevel.PART
    return _long_level(bare_one, bare_other)


def _long_level(one: str, other: str) -> NameLevel:
    """The level of two long names: 艾山买买提 and 玉山买买提 are brothers' names, as those of two given letters are."""
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        missing = len(long) - len(short)
        if missing > len(long) // LETTERS_A_SLIP or not _is_within(short, long):
            return NameLevel.DIFFERENT
        return NameLevel.SLIP if _once_for_twice(short, long) else NameLevel.SHORT
    off = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(one) >= LETTERS_A_SLIP and _crossed(one, other, off):
        return NameLevel.SLIP
    if one.isascii():
        return NameLevel.SLIP if len(off) == 1 and len(one) >= LATIN_A_SLIP else NameLevel.DIFFERENT
    if _sounds_alike(one, other):
        return NameLevel.SLIP if len(off) == 1 and len(one) >= LETTERS_A_SLIP else NameLevel.SOUND
    return NameLevel.SIBLING if len(off) == 1 and len(one) >= LETTERS_A_SLIP else NameLevel.DIFFERENT


def _once_for_twice(short: str, long: str) -> bool:
    """Whether only a letter that stands twice in the long name stands once in the short one: 买提 for 买买提."""
    doubles = [place for place in range(1, len(long)) if long[place] == long[place - 1]]
    return any(long[:place] + long[place + 1 :] == short for place in doubles)


def _crossed(one: str, other: str, off: list[int]) -> bool:
    """Whether two letters beside each other changed places."""
    if len(off) != 2 or off[1] != off[0] + 1:
        return False
    return one[off[0]] == other[off[1]] and one[off[1]] == other[off[0]]


def _sounds_alike(one: str, other: str) -> bool:
    from .letters import readings

    if len(one) != len(other):
        return False
    return all(a == b or set(readings(a)) & set(readings(b)) for a, b in zip(one, other, strict=True))


def _masked(one: str, other: str, compound: frozenset[str]) -> NameLevel:
    """What the open letters of two names say, of which one or both hide some."""
    shown = _shown(one, other) if len(one) == len(other) else _shown_at_the_ends(one, other)
    if shown < 0:
        return NameLevel.DIFFERENT
    if shown == 0:
        return NameLevel.MISSING
    if one[:2] == other[:2] and one[:2] in compound:
        shown -= 1  # the surname counts once
    if shown < 2:
        return NameLevel.SURNAME_MASKED
    return NameLevel.MASKED_LAST if "*" in (one[-1], other[-1]) else NameLevel.MASKED


def _shown(one: str, other: str) -> int:
    """Letters that both show; -1 where two of them differ."""
    count = 0
    for a, b in zip(one, other, strict=True):
        if "*" in (a, b):
            continue
        if a != b:
            return -1
        count += 1
    return count


def _shown_at_the_ends(one: str, other: str) -> int:
    """The same where the lengths differ, for a mask of two stars may stand for one letter: both ends."""
    ends = []
    for form in (one, other):
        first, last = form.find("*"), form.rfind("*")
        ends.append((form, "") if first < 0 else (form[:first], form[last + 1 :]))
    (head, tail), (their_head, their_tail) = ends
    if "*" not in one or "*" not in other:
        (head, tail), whole = ((head, tail), other) if "*" in one else ((their_head, their_tail), one)
        fits = whole.startswith(head) and whole.endswith(tail) and len(whole) > len(head) + len(tail)
        return len(head) + len(tail) if fits else -1
    heads, tails = min(len(head), len(their_head)), min(len(tail), len(their_tail))
    if (
        head[:heads] != their_head[:heads]
        or tail[len(tail) - tails :] != their_tail[len(their_tail) - tails :]
    ):
        return -1
    return heads + tails
