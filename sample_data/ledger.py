"""Keeps the truth while the files are written, and prints it as ``expected.json``.

A clean mention is one 64-bit number (person, file, sheet, row, ordinal, role), so that a million of them fit.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TextIO

from .cases import Planted
from .dirt import CLEAN, DIRT, WHOLE_NUMBER
from .district import District
from .people import Person, Registry
from .tables import Place

ROLES = ("head", "member", "subject", "account_holder", "carer")
_SHIFTS = {"person": 40, "file": 34, "sheet": 30, "row": 6, "ordinal": 3}


class Ledger:
    """Who stands where. Files, sheets and rows are counted as they are written."""

    def __init__(self) -> None:
        self._files: list[str] = []
        self._sheets: list[str] = []
        self._clean = array("Q")
        self._dirty: list[tuple[int, str, int]] = []
        self._by_card: list[tuple[int, str]] = []
        self.rows: Counter[str] = Counter()
        self.set_aside: Counter[str] = Counter()

    def row(self, place: Place, *, empty: bool = False) -> None:
        """Counts a data row; `empty` when it names nobody, neither by name nor by number."""
        self.rows[place.file] += 1
        self.set_aside[place.file] += empty

    def mention(
        self,
        person: Person,
        place: Place,
        role: str,
        ordinal: int = 0,
        *,
        dirt: str = "plain",
        about: Person | None = None,
    ) -> None:
        """`person` stands at `place`, spoilt by `dirt`; `about` is whom else one may take the row for."""
        packed = self._pack(person, place, role, ordinal)
        if dirt in CLEAN:
            self._clean.append(packed)
        else:
            self._dirty.append((packed, dirt, (about or person).key))

    def mention_by_card(self, person: Person, place: Place) -> None:
        """The number is cut, but the 残疾人证号 beside it holds it whole: clean, and listed apart as well."""
        self.mention(person, place, "subject")
        self._by_card.append((self._pack(person, place, "subject", 0), person.id_number))

    def people(self) -> Iterator[tuple[int, list[dict[str, object]]]]:
        """The key and the clean places of each person who has any."""
        for key, packed in groupby(sorted(self._clean), key=self._key):
            yield key, [self._unpack(number) for number in packed]

    def dirty(self, registry: Registry) -> Iterator[dict[str, object]]:
        """The spoilt rows in the order of the files: who it is, what is expected, who is asked about."""
        known = {self._key(packed) for packed in self._clean}
        people = registry.people
        alike = _alike(registry, {self._key(packed) for packed, _, _ in self._dirty})
        for packed, kind, about in sorted(self._dirty, key=lambda one: one[0] % (1 << _SHIFTS["person"])):
            key = self._key(packed)
            expected = DIRT[kind].expected
            if expected == "link" and (key not in known or (key in alike and kind not in WHOLE_NUMBER)):
                expected = "open"  # there is nowhere to come to, or the name proves less
            yield {
                "place": self._unpack(packed),
                "dirt": kind,
                "expected": expected,
                "id_number": people[key - 1].id_number,
                "about": people[about - 1].id_number if expected == "ask" or about != key else None,
            }

    def by_card(self) -> Iterator[dict[str, object]]:
        return (
            {"place": self._unpack(packed), "id_number": number} for packed, number in sorted(self._by_card)
        )

    @staticmethod
    def _key(packed: int) -> int:
        return packed >> _SHIFTS["person"]

    def _pack(self, person: Person, place: Place, role: str, ordinal: int) -> int:
        file, sheet = _index(self._files, place.file), _index(self._sheets, place.sheet)
        parts = (
            ("person", person.key),
            ("file", file),
            ("sheet", sheet),
            ("row", place.row),
            ("ordinal", ordinal),
        )
        return sum(value << _SHIFTS[part] for part, value in parts) + ROLES.index(role)

    def _unpack(self, packed: int) -> dict[str, object]:
        def part(name: str, bits: int) -> int:
            return packed >> _SHIFTS[name] & (1 << bits) - 1

        return {
            "file": self._files[part("file", 6)],
            "sheet": self._sheets[part("sheet", 4)],
            "row": part("row", 24),
            "ordinal": part("ordinal", 3),
            "role": ROLES[packed & 7],
        }


@dataclass(frozen=True)
class Material:
    """What the writer of a department file needs; `known`: everybody on a roster and the living outsiders."""

    folder: Path
    district: District
    planted: Planted
    ledger: Ledger
    known: list[Person]

    def note(self, person: Person, place: Place, dirt: str, about: Person | None = None) -> None:
        """A data row whose subject is `person`; `dirt` and `about` as in `Ledger.mention`."""
        self.ledger.row(place)
        self.ledger.mention(person, place, "subject", dirt=dirt, about=about)


def _alike(registry: Registry, wanted: set[int]) -> set[int]:
    """Those of `wanted` who have a namesake of their birth date or of their village."""

    def traits(person: Person) -> tuple[tuple[object, ...], ...]:
        return (
            (person.name, person.birth),
            (person.name, person.township, person.village, person.urban),
        )

    looked_for = {trait for key in wanted for trait in traits(registry.people[key - 1])}
    shared = Counter(trait for person in registry.people for trait in traits(person) if trait in looked_for)
    return {key for key in wanted if any(shared[trait] > 1 for trait in traits(registry.people[key - 1]))}


def _index(names: list[str], name: str) -> int:
    if name not in names:
        names.append(name)
    return names.index(name)


def payments(district: District) -> Iterator[dict[str, object]]:
    """Every payment that the rosters of the month call for, 低保 first, then 特困 for the quarter."""
    for kind in ("rural", "urban"):
        for home in district.households[kind]:
            yield _payment("dibao", "2026-10", home.case, home.holder, home.account, home.total)
    sums: Counter[tuple[str, str]] = Counter()
    for home in district.households["tekun"]:
        if home.mode == "institution":
            sums[home.holder, home.account] += 3 * home.total
        else:
            yield _payment("tekun", "2026-Q4", home.case, home.holder, home.account, 3 * home.total)
    for (holder, account), fen in sorted(sums.items()):
        yield _payment("tekun", "2026-Q4", None, holder, account, fen)


def _payment(
    programme: str, period: str, case: str | None, payee: str, account: str, fen: int
) -> dict[str, object]:
    return {
        "programme": programme,
        "period": period,
        "case_number": case,
        "payee": payee,
        "account": account,
        "amount_fen": fen,
    }


def write(path: Path, ledger: Ledger, district: District, planted: Planted) -> None:
    """Streams the expected answers; one place, alert or payment a line."""

    def ids(rule: str) -> list[str]:
        return sorted(str(alert["id_number"]) for alert in planted.alerts if alert["rule"] == rule)

    questions = {
        "death": ids("roster_after_death"),
        "exclusive": ids("exclusive_programmes"),
        "last_failed": sorted(home.case for home in planted.failed),
        "older_roster": ["2026-09"],
    }
    files = {
        name: {"rows": ledger.rows[name], "set_aside": ledger.set_aside[name]} for name in sorted(ledger.rows)
    }
    numbers = {person.key: person.id_number for person in district.registry.people}
    groups, alone = [], []
    for key, places in ledger.people():
        if len({place["file"] for place in places}) > 1:
            groups.append((key, places))
        else:
            alone += [{"id_number": numbers[key], "place": place} for place in places]
    alerts = sorted(planted.alerts, key=lambda alert: [str(value) for value in alert.values()])
    misses = sorted(planted.near_misses, key=lambda miss: [str(value) for value in miss.values()])
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write("{\n")
        _write_list(out, "alerts", alerts)
        _write_list(out, "alone", alone)
        out.write(' "as_of": "2026-10-08",\n')
        _write_list(out, "by_card", ledger.by_card())
        _write_list(out, "dirty", ledger.dirty(district.registry))
        _write_value(out, "files", files)
        out.write(' "month": "2026-10",\n')
        _write_list(out, "near_misses", misses)
        _write_list(out, "payments", payments(district))
        _write_groups(out, (places for _, places in groups))
        _write_list(out, "people_numbers", (numbers[key] for key, _ in groups))
        _write_value(out, "questions", questions)
        out.write(' "region": "990101"\n}\n')


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _write_list(out: TextIO, key: str, items: Iterable[object]) -> None:
    out.write(f' "{key}": [')
    for number, item in enumerate(items):
        out.write(("," if number else "") + "\n  " + _dump(item))
    out.write("\n ],\n")


def _write_groups(out: TextIO, groups: Iterable[list[dict[str, object]]]) -> None:
    out.write(' "people": [')
    for number, group in enumerate(groups):
        out.write(("," if number else "") + "\n  [\n   " + ",\n   ".join(map(_dump, group)) + "\n  ]")
    out.write("\n ],\n")


def _write_value(out: TextIO, key: str, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).replace("\n", "\n ")
    out.write(f' "{key}": {text},\n')
