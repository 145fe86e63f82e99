"""The model in force: what an evidence code is worth, and when that is enough."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..canon import canonical_json, sha256_text
from .evidence import (
    EARLIER,
    BirthLevel,
    Codes,
    HomeLevel,
    IdLevel,
    PhoneLevel,
    PlaceLevel,
    SexLevel,
    levels,
)
from .namebook import Lore
from .namelevels import NameLevel

Tier = Literal["auto", "review", ""]

_MOST = 100  # levels that a part may have at most
POINTS = Path(__file__).with_name("points.yaml")
NAMES = Path(__file__).with_name("names.yaml")
_PARTS = {
    "id": IdLevel,
    "birth": BirthLevel,
    "place": PlaceLevel,
    "phone": PhoneLevel,
    "sex": SexLevel,
    "home": HomeLevel,
}


class Cap(NamedTuple):
    """Where the levels of all parts are among those in `when`, the points are `at_most` so many."""

    when: dict[str, frozenset[int]]
    at_most: int
    reason: str

    def holds(self, parts: Mapping[str, NDArray[np.int64]]) -> NDArray[np.bool_]:
        """Of many pairs, by the levels of their parts."""
        held = np.ones(len(parts["band"]), np.bool_)
        for part, among in self.when.items():
            held &= np.isin(parts[part], list(among))
        return held


class Model:
    """Points, caps and what is known of names, frozen; `hash` names the epoch.

    A pair links by itself from `auto` points on, if no other candidate comes nearer than `margin`; from
    `review` on it is asked about.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        points = data["points"]
        self.data = data
        self.json = canonical_json(data)
        self.hash = sha256_text(self.json)[:16]
        self.version = str(points["version"])
        self.auto = int(points["auto"])
        self.review = int(points["review"])
        self.margin = int(points["margin"])
        self._points = {
            part: {
                int(kinds[name]): int(line[0])
                for name, line in points[part].items()
                if name in kinds.__members__
            }
            for part, kinds in _PARTS.items()
        }
        self._names = {
            int(NameLevel[name]): tuple(map(int, row))
            for name, row in points["name"].items()
            if name in NameLevel.__members__
        }
        self.caps = [_cap(cap) for cap in points["caps"]]

    @cached_property
    def lore(self) -> Lore:
        return _lore(self.data["names"])

    @property
    def least(self) -> int:
        """Points below which a pair has no say at all, not even as the second best."""
        return min(self.review, self.auto - self.margin)

    def score(self, code: int) -> int:
        """The points of an evidence code."""
        return int(self.scores(np.array([code], np.int64))[0])

    def scores(self, codes: Codes) -> NDArray[np.int64]:
        """The points of many."""
        distinct, where = np.unique(codes, return_inverse=True)
        parts, unknown = self._as_known(levels(distinct))
        total = sum(self._worth(part, parts) for part in ("name", *_PARTS))
        for cap in self.caps:
            total = np.where(cap.holds(parts), np.minimum(total, cap.at_most), total)
        return np.where(unknown, np.minimum(total, self.auto - 1), total)[where]

    def tier(self, points: int) -> Tier:
        """Whether so many points link by themselves (if nobody else comes near), ask, or say nothing."""
        return "auto" if points >= self.auto else "review" if points >= self.review else ""

    def _worth(self, part: str, parts: Mapping[str, NDArray[np.int64]]) -> NDArray[np.int64]:
        """The points of one part: 0 for levels that have none in this epoch."""
        lines = (
            self._names if part == "name" else {level: (line,) for level, line in self._points[part].items()}
        )
        width = max(map(len, lines.values()), default=1)
        table = np.zeros((_MOST, width), np.int64)
        for level, row in lines.items():
            table[level] = row
        found: NDArray[np.int64] = table[parts[part], parts["band"] if part == "name" else 0]
        return found

    def _as_known(
        self, parts: dict[str, NDArray[np.int64]]
    ) -> tuple[dict[str, NDArray[np.int64]], NDArray[np.bool_]]:
        """The levels in those of this epoch, which may be older than some; which have one without a name here."""
        unknown = np.zeros(len(parts["band"]), np.bool_)
        known: dict[str, Container[int]] = {"name": self._names, **self._points}
        for part, lines in known.items():
            level = np.arange(_MOST)
            strange = np.array([each not in lines for each in level.tolist()])
            for each, earlier in EARLIER.get(part, {}).items():
                if each not in lines:
                    level[each], strange[each] = earlier, earlier not in lines
            unknown |= strange[parts[part]]
            parts = {**parts, part: level[parts[part]]}
        return parts, unknown


def load_model(points: Path = POINTS, names: Path = NAMES) -> Model:
    """The model this version ships; raises `AidError` (``bad_model``) with every fault and its line."""
    from .points import read_points  # pydantic and yaml, which a stored epoch does without

    return Model(read_points(points, names))


def shipped_files() -> str:
    """What the files that this version ships hash to: the same as long as `load_model` gives the same model."""
    return sha256_text(POINTS.read_text("utf-8") + "\n" + NAMES.read_text("utf-8"))[:16]


@lru_cache(maxsize=2)  # what it has worked out so far serves the next match of the process
def parse_model(text: str) -> Model:
    """The model of a stored epoch, from its canonical JSON."""
    return Model(json.loads(text))


def _cap(raw: dict[str, Any]) -> Cap:
    kinds = {**_PARTS, "name": NameLevel}
    when = {
        part: frozenset(int(kinds[part][name]) for name in names if name in kinds[part].__members__)
        for part, names in raw["when"].items()
    }
    return Cap(when, int(raw["at_most"]), str(raw["reason"]))


def _lore(raw: dict[str, Any]) -> Lore:
    groups: dict[str, tuple[int, ...]] = {}
    for number, group in enumerate(_look_alike(raw["look_alike"]).split(), start=1):
        for letter in group:
            groups[letter] = (*groups.get(letter, ()), number)
    return Lore(
        raw["surname_readings"],
        {letter: tuple(said.split()) for letter, said in raw.get("readings", {}).items()},
        frozenset(raw["compound_surnames"]),
        {name: int(share) / 10_000 for share, names in raw["surnames"].items() for name in names},
        int(raw["rare_surname"]) / 10_000,
        {letter: int(share) / 10_000 for share, letters in raw["given"].items() for letter in letters},
        int(raw["rare_given"]) / 10_000,
        groups,
        tuple(int(bound) / 10_000_000 for bound in raw["bands"]),
        frozenset(raw.get("frequent", "").split()),
    )


def _look_alike(raw: str | dict[str, str]) -> str:
    """The groups of letters; an older epoch has them in one text."""
    return raw if isinstance(raw, str) else " ".join(raw[kind] for kind in sorted(raw))
