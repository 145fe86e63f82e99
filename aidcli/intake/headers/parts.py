"""Headings by their parts: 登记失业时间 and 失业登记日期 are made of the same, though no character stands where it did.

A heading is cut into words by a closed list (`partwords.py`). Two headings mean the same column when they are
made of the same words, in any order, but for words that can make no difference in this template: who the rows
are about, what the list is about, and what the template itself lists a column with and without. What the list
does not hold must stand in both as it is written. A word that tells (应, 实, 年, 累计 …) is never passed over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..fields import FIELDS
from ..vocabulary.money import MONTHLY
from . import partwords as words

SAME, NEARLY = 97, 90  # scores: the same words; the same but for words that make no difference

_MOST_LEFT_OUT = 2
_FEWEST_FIELDS = 3  # that speak of what a list is about
_BY_FIRST: dict[str, list[str]] = {}
for _word in sorted({*words.WORDS, *words.FILLERS}, key=lambda word: (-len(word), word)):
    _BY_FIRST.setdefault(_word[0], []).append(_word)
_PERSON_ENDS = ("人", "员", "对象")
_COUNTED = frozenset("数口均次民")
_UNKNOWN = "?"
# Between words that are not listed these turn the meaning round: order or a 不 counts then.
_TURNING = re.compile(r"[与和跟同及或不未非无有否除减外含其]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+\Z")
_NAME, _ID, _SUM, _DAY, _MONTH = "姓名", "身份证号", "金额", "日期", "月份"
_MONTHLY = frozenset(("月", "本月"))  # of sums: 月发放金额 is 本月发放金额
_OF_A_MONTH = MONTHLY | {"benefit_fen", "subsidy_living", "subsidy_care", "pension_fen"}
_WHOSE = {"姓名": "name", "身份证号": "id"}
_DAYS = frozenset(("day", "month", "term"))  # 救助时间 need not be 享受救助时间
_ONES_OWN = frozenset(("name", "id", "phone"))  # 企业证件号码 is not that of a person
_PERSONAL = frozenset(("birth", "sex", "phone"))


class Parts(NamedTuple):
    """What a heading is made of: its words, the last of them, and the events in their order where that counts."""

    words: frozenset[str]
    head: str
    events: tuple[str, ...]

    @property
    def persons(self) -> frozenset[str]:
        return self.words & words.PERSONS


class Likeness(NamedTuple):
    """A heading of a template that means the same; `left_out` are words that only one of the two has."""

    field: str
    key: str
    score: int
    left_out: frozenset[str]


@lru_cache(maxsize=16384)
def cut(key: str) -> Parts | None:
    """The parts of a heading key without brackets; None where it cannot be told what they mean together."""
    if not _CHINESE.match(key):
        return None
    found = [words.WORDS.get(word, word) for word in _pieces(key)]
    if any(_TURNING.search(word) for word in found if word[0] == _UNKNOWN):
        return None
    return _parts(found)


def _pieces(key: str) -> Iterator[str]:
    """The listed words in a heading key, the longest first at each place, and behind a mark what stands between."""
    place = known = 0
    while place < len(key):
        word = next((one for one in _BY_FIRST.get(key[place], ()) if _stands(one, key, place)), "")
        if word and known < place:
            yield _UNKNOWN + key[known:place]
        if word:
            yield word
        place += len(word) or 1
        known = place if word else known
    if known < len(key):
        yield _UNKNOWN + key[known:]


def _stands(word: str, key: str, place: int) -> bool:
    """Whether a word stands there: 享受人 is none in 享受人数."""
    end = place + len(word)
    return key.startswith(word, place) and not (
        word.endswith(_PERSON_ENDS) and key[end : end + 1] in _COUNTED
    )


def _parts(found: list[str]) -> Parts | None:
    telling = [word for word in found if word not in words.FILLERS]
    if not set(telling) <= words.KINDS:
        found = telling
    found = [
        word
        for place, word in enumerate(found)
        if not (word == "名称" and place and found[place - 1] in words.INSTITUTIONS)
    ]
    if not found:
        return None
    if found[-1] in words.PERSONS - words.SIGNERS:
        found.append(_NAME)
    elif found[-1] in words.OF_MONEY:
        found.append(_SUM)
    dated = words.DATED.intersection(found)
    events = tuple(word for word in found if dated and (word in dated or word in words.ACTS))
    return Parts(frozenset(found), found[-1], events)


class PartIndex:
    """The headings of a template by their parts, cut up when the first one is looked for."""

    def __init__(self, headings: Iterable[tuple[str, str, str]]) -> None:
        """`headings`: what is to be cut, its field, its key."""
        self._headings = tuple(headings)
        self._known: dict[str, list[tuple[Parts, str, str]]] = {}
        self._soft: dict[str, frozenset[str]] = {}
        self._day_or_month: frozenset[str] = frozenset()  # both 起始时间 and 起始月份 are listed
        self._found: dict[str, tuple[Likeness, ...]] = {}

    def like(self, plain: str) -> tuple[Likeness, ...]:
        """The fields one of whose headings means the same, one likeness each, the surest first."""
        if plain not in self._found:
            parts = cut(plain)
            self._found[plain] = self._like(parts) if parts else ()
        return self._found[plain]

    def _like(self, written: Parts) -> tuple[Likeness, ...]:
        if not self._known:
            self._build()
        best: dict[str, Likeness] = {}
        for known, field, key in self._known.get(_ending(written.head), ()):
            left_out = self._left_out(written, known, field)
            if left_out is None:
                continue
            one = Likeness(field, key, NEARLY if left_out else SAME, left_out)
            if field not in best or len(left_out) < len(best[field].left_out):
                best[field] = one
        return tuple(sorted(best.values(), key=lambda one: (-one.score, one.field)))

    def _left_out(self, written: Parts, known: Parts, field: str) -> frozenset[str] | None:
        """The words that only one of two headings has, where none of them matters; None where one does."""
        mine, theirs = written.words, known.words
        if written.head != known.head:
            if field not in self._day_or_month:
                return None
            mine, theirs = _by_day(mine), _by_day(theirs)
        left_out = mine ^ theirs
        if FIELDS[field].type == "money" and left_out >= _MONTHLY:
            left_out -= _MONTHLY
        others = left_out - words.PERSONS
        exchanged = others - words.PART_OF.keys()
        if not left_out <= self._soft[field] or len(others) > _MOST_LEFT_OUT:
            return None
        if field in _WHOSE.values() and others and not mine & words.GENERAL:
            return None  # 死亡证件号 is not that of 死亡人员
        if (theirs - mine) & words.ACTS or (exchanged & mine and exchanged & theirs):
            return None  # 救助金额 for 救助发放金额, 低保金额 for 发放金额
        events = [tuple(word for word in one.events if word in mine & theirs) for one in (written, known)]
        return left_out if events[0] == events[1] and _says_enough(mine, theirs) else None

    def _build(self) -> None:
        by_field: dict[str, dict[Parts, str]] = defaultdict(dict)
        for plain, field, key in self._headings:
            parts = cut(plain)
            if parts is not None:
                by_field[field].setdefault(parts, key)
        known = defaultdict(list)
        for field, several in by_field.items():
            for parts, key in several.items():
                known[_ending(parts.head)].append((parts, field, key))
        topics = _topics(by_field)
        own = _own(by_field) | {words.WHO_IS_IN[topic] for topic in topics & words.WHO_IS_IN.keys()}
        events = words.DATED & {
            word for several in by_field.values() for parts in several for word in parts.events
        }
        for field, several in by_field.items():
            soft = _persons(field, list(several), own)
            if soft & words.GENERAL:
                soft |= events  # 迁出人员 where the day of 迁出 stands
            if FIELDS[field].type not in _ONES_OWN:
                soft |= topics | _soft(field, list(several))
            self._soft[field] = soft
        self._day_or_month = frozenset(
            field
            for field, several in by_field.items()
            if {_DAY, _MONTH} <= {parts.head for parts in several}
        )
        self._known = known


def _says_enough(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether what two headings share tells a column: 日期, 金额 or 合计 alone do not.

    A heading that says more than the template's need only say all of it; one that says less must still name
    the thing.
    """
    shared = mine & theirs
    if shared <= words.KINDS:
        persons = words.PERSONS | (words.DATED if shared & set(_WHOSE) else set())
        return mine ^ theirs <= persons and bool(shared & words.TELLING_ALONE)
    if mine == theirs:
        return not shared <= words.KINDS | words.BASIC
    if theirs - words.PERSONS <= mine:
        return True
    content = shared - words.KINDS - words.BASIC - words.MEASURES - words.COMMON_ACTS
    return bool(content) and (len(shared) > 1 or bool(shared & words.INSTITUTIONS))


def _ending(head: str) -> str:
    return _DAY if head == _MONTH else head


def _by_day(several: frozenset[str]) -> frozenset[str]:
    return frozenset(_DAY if word == _MONTH else word for word in several)


def _own(by_field: dict[str, dict[Parts, str]]) -> frozenset[str]:
    """Whom the headings of name and number speak of; else the one kind of person that others do (优抚对象类别)."""
    own = {
        person
        for field in ("name", "id")
        for parts in by_field.get(field, ())
        for person in parts.persons
        if len(parts.words) == 2
    }
    spoken = {
        one for several in by_field.values() for parts in several for one in parts.words & words.SUBJECTS
    }
    return frozenset(own | spoken if len(spoken) == 1 else own)


def _topics(by_field: dict[str, dict[Parts, str]]) -> frozenset[str]:
    """What the columns of a template say again and again that they are about."""
    topics = {
        topic
        for topic in words.TOPICS
        if sum(any(topic in parts.words for parts in several) for several in by_field.values())
        >= _FEWEST_FIELDS
    }
    return frozenset(topics | {part for part, whole in words.PART_OF.items() if whole in topics})


def _soft(field: str, several: Sequence[Parts]) -> frozenset[str]:
    """Words that make no difference for a field: it is listed with and without; and spans that go without saying."""
    soft = set()
    may_be = words.SOFT - words.ACTS if FIELDS[field].type in _DAYS else words.SOFT
    listed = {parts.words: parts for parts in several}
    for parts in several:
        for word in parts.words & may_be:
            rest = parts.words - {word}
            if rest in listed and listed[rest].head == parts.head and not rest <= words.KINDS:
                soft.add(word)
        if len(parts.words) == 2:  # of 发放金额 and 津贴金额 follows 津贴发放金额
            soft |= parts.words & may_be & words.ACTS
    if FIELDS[field].type == "money":
        soft |= {"本月", "本次"} | ({"月"} if field in _OF_A_MONTH else set())
    return frozenset(soft)


def _persons(field: str, several: Sequence[Parts], own: frozenset[str]) -> frozenset[str]:
    """Words for the person of the row that a heading of the field may have or lack."""
    if field in _WHOSE.values():
        plain = any(parts.words in ({_NAME}, {_ID}) for parts in several)
        return own | words.GENERAL if plain else frozenset()
    personal = FIELDS[field].type == "day" or field in _PERSONAL
    return own & words.SUBJECTS if personal else frozenset()


def agree(name: frozenset[str], number: frozenset[str]) -> bool:
    """Whether a name and a number may be of one person, by the persons that their headings speak of."""
    return not number or name == number or name | number <= words.SUBJECTS | words.GENERAL


def persons_named(key: str) -> frozenset[str]:
    """The persons that a heading key speaks of."""
    return frozenset(words.WORDS.get(word, "") for word in _pieces(key)) & words.PERSONS


def less_person(key: str) -> str:
    """姓名 for 老人姓名, 身份证号 for 患者证件号码; '' for other headings and where somebody else is named."""
    parts = None if key in words.WORDS else cut(key)
    if parts is None or len(parts.words) == 1 or parts.head not in _WHOSE:
        return ""
    return "" if parts.persons & words.OTHERS else parts.head


def tells(key: str) -> bool:
    """Whether a heading key holds a word that changes what the columns below it mean: a person, 应发, 累计 …"""
    found = {words.WORDS.get(word, "") for word in _pieces(key)}
    return bool(found & (words.PERSONS | words.TELLING))


def is_contrasted(left_out: frozenset[str], headings: Iterable[str]) -> bool:
    """Whether a word that was passed over has its counterpart in a heading: 门诊费用 beside 住院费用."""
    others = [words.CONTRASTS[word] for word in left_out if word in words.CONTRASTS]
    return bool(others) and any(other in heading for heading in headings for other in others)
