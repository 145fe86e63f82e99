"""Every heading there is, of all templates and of the vocabulary itself, to compare unknown ones with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import LCSseq, Levenshtein

from ..fields import FACTS, FIELDS
from ..headers.wording import bare_key, heading_key
from ..templates import Template

_LONG = 7
_OWN_LABEL = -0.1  # the vocabulary's own word for a field says less than any template
_SAME_WORDS = (
    (re.compile("日期|时间|年月日"), "日"),
    (re.compile("年月份?|月份"), "月"),
    (re.compile("证件|公民身份|居民身份"), "身份证"),
    (re.compile("号码|编号|编码"), "号"),
    (re.compile("级别|等级"), "级"),
    (re.compile("类型|类别|种类"), "类"),
    (re.compile("住址|地址"), "址"),
    (re.compile("手机|联系方式|联系电话"), "电话"),
    (re.compile("人数|人口数|人口"), "人数"),
)


class Meaning(NamedTuple):
    """What a heading means in some templates: how near the nearest is to the file, how many they are."""

    nearness: float
    written: str
    times: int


class Known(NamedTuple):
    """Every heading of some templates: key → field → `Meaning`.

    `alone` are the fields that some template uses without another that a fact would need beside it.
    """

    exact: dict[str, dict[str, Meaning]]
    bare: dict[str, dict[str, Meaning]]
    alone: frozenset[str]

    def only(self, allowed: frozenset[str]) -> Known:
        """The same without the fields that may not be used."""
        exact, bare = (
            {
                key: kept
                for key, fields in table.items()
                if (kept := {field: seen for field, seen in fields.items() if field in allowed})
            }
            for table in (self.exact, self.bare)
        )
        return Known(exact, bare, self.alone)

    @classmethod
    def of(cls, templates: Iterable[Template], headings: Sequence[str]) -> Known:
        """`headings` are those of the file: templates that know more of them have more of a say."""
        keys = {heading_key(heading) for heading in headings if heading.strip()}
        exact: dict[str, dict[str, Meaning]] = {}
        bare: dict[str, dict[str, Meaning]] = {}
        alone: set[str] = set()
        for template in templates:
            used = set(template.fields)
            alone |= {field for field in used if lacks(field, used)}
            own = {heading_key(written) for column in template.fields.values() for written in column.headings}
            nearness = len(keys & own) / max(len(keys), 1)
            for field, column in template.fields.items():
                for written in column.headings:
                    key = heading_key(written)
                    _note(exact, key, field, nearness, written)
                    _note(bare, bare_key(key), field, nearness, written)
        for field, spec in FIELDS.items():
            key = heading_key(spec.label)
            _note(exact, key, field, _OWN_LABEL, spec.label)
            _note(bare, bare_key(key), field, _OWN_LABEL, spec.label)
        return cls(exact, bare, frozenset(alone))


def lacks(field: str, fields: set[str]) -> str:
    """A field without which this one says nothing, where none of those it goes with is there; else ''."""
    needs = _needs(field)
    return "" if not needs or not fields.isdisjoint(needs) else needs[0]


@cache
def _needs(field: str) -> tuple[str, ...]:
    """The fields that the facts of this one need, each fact's in turn."""
    return tuple(spec.needs for spec in FACTS if field in (spec.needs, *spec[3:]))


def _note(table: dict[str, dict[str, Meaning]], key: str, field: str, nearness: float, written: str) -> None:
    fields = table.setdefault(key, {})
    before = fields.get(field)
    if before is None:
        fields[field] = Meaning(nearness, written, 1)
    elif nearness > before.nearness:
        fields[field] = Meaning(nearness, written, before.times + 1)
    else:
        fields[field] = before._replace(times=before.times + 1)


@lru_cache(maxsize=8192)
def _plain_words(key: str) -> str:
    """A heading with one word for each of those that mean the same: 结算时间 and 结算日期."""
    for words, word in _SAME_WORDS:
        key = words.sub(word, key)
    return key


def likeness(one: str, two: str) -> float:
    """How alike two bare heading keys are, 0 to 1, words that mean the same counting as the same."""
    one, two = _plain_words(one), _plain_words(two)
    if not one or not two:
        return 0.0
    if LCSseq.similarity(one, two) < min(len(one), len(two)) and min(len(one), len(two)) < _LONG:
        return 0.0  # 是否低保, 是否参保: another word in so short a heading is another meaning
    return Levenshtein.normalized_similarity(one, two)
