"""A region's values, resolved by day along nation → province → city → district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from ..canon import canonical_json, sha256_text
from .vocabulary import VOCABULARY

Basis = Literal["cited", "product_default", "sample", "not_configured"]


class Dated(NamedTuple):
    """One entry of a level: the typed value, the days it holds (`last` None: open), what it rests on."""

    first: date
    last: date | None
    value: Any
    basis: Basis
    citation: str


class Level(NamedTuple):
    """One file of the chain."""

    region: str
    name: str
    values: Mapping[str, Sequence[Dated]]


@dataclass(frozen=True, slots=True)
class Value:
    """A policy value on a day. `value` is int (count, months, day, fen), text (a choice) or a tuple.

    `level` is the name of the region that gives it. `citation` says what it rests on, also when that is a
    product default or an invented sample. `expired`: the last entry has run out and nothing follows it.
    `since` and `until` are the entry's first and last day, ISO, '' where open.
    """

    key: str
    label: str
    value: Any
    unit: str
    level: str
    basis: Basis
    citation: str
    expired: bool = False
    since: str = ""
    until: str = ""

    @property
    def text(self) -> str:
        """The value as a clerk reads it."""
        return "未配置" if self.basis == "not_configured" else VOCABULARY[self.key].show(self.value)


class Profile:
    """The values of one region. `hash` is the SHA-256 of `content`, the canonical text of the whole chain."""

    def __init__(self, levels: Sequence[Level], files: Sequence[object]) -> None:
        self._levels = tuple(levels)  # the nearest first
        self.region = levels[0].region
        self.name = levels[0].name
        self.content = canonical_json(list(files))
        self.hash = sha256_text(self.content)

    @property
    def chain(self) -> tuple[tuple[str, str], ...]:
        """(region, name) from the region itself up to the nation."""
        return tuple((level.region, level.name) for level in self._levels)

    def get(self, key: str, on: date) -> Value | None:
        """The value that holds on a day, from the nearest level that has one; None: not configured (未配置).

        An expired value is not handed out: `look` shows it. Raises `KeyError` for a key outside the
        vocabulary, which only a programmer can write.
        """
        found = self.look(key, on)
        return None if found.expired or found.basis == "not_configured" else found

    def look(self, key: str, on: date) -> Value:
        """What there is to say about a key on a day: a value, an expired one, or that there is none."""
        term = VOCABULARY[key]
        entries = [(level, entry) for level in self._levels for entry in level.values.get(key, ())]
        for level, entry in entries:
            if entry.first <= on and (entry.last is None or on <= entry.last):
                return _value(key, level, entry, expired=False)
        past = [(entry.last, level, entry) for level, entry in entries if entry.last and entry.last < on]
        if past:
            _, level, entry = max(past, key=lambda item: item[0])
            return _value(key, level, entry, expired=True)
        return Value(key, term.label, None, term.unit, "", "not_configured", "未配置")

    def values(self, on: date) -> list[Value]:
        """Every key of the vocabulary, those not configured and those expired included."""
        return [self.look(key, on) for key in VOCABULARY]


def _value(key: str, level: Level, entry: Dated, *, expired: bool) -> Value:
    term = VOCABULARY[key]
    return Value(
        key=key,
        label=term.label,
        value=entry.value,
        unit=term.unit,
        level=level.name,
        basis=entry.basis,
        citation=entry.citation,
        expired=expired,
        since=entry.first.isoformat(),
        until=entry.last.isoformat() if entry.last else "",
    )
