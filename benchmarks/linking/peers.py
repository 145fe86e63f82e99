"""The contestants that need nothing: Excel's VLOOKUP, and normalised numbers and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from .preparing import Columns
from .scoring import AUTO, Answer


def vlookup(register: Columns, claims: Columns) -> Iterator[Answer]:
    """The number exactly as it is written, the first row that has it. Words for nothing are not looked up."""
    first: dict[str, int] = {}
    for place, number in enumerate(register["id_number"]):
        first.setdefault(number, place)
    for place, number in enumerate(claims["id_number"]):
        if number[:1].isdigit() and number in first:
            yield Answer(place, first[number], 1.0, AUTO)


def normalised(register: Columns, claims: Columns) -> Iterator[Answer]:
    """The same whole number and name; else the same name and birth date, where only one row has them.

    Takes prepared columns. A birth date comes from its column or from a whole number.
    """
    by_number = _unique(_numbered(register))
    by_birth = _unique(_born(register))
    for place, (number, born) in enumerate(zip(_numbered(claims), _born(claims), strict=True)):
        if number in by_number:
            yield Answer(place, by_number[number], 2.0, AUTO)
        elif born in by_birth:
            yield Answer(place, by_birth[born], 1.0, AUTO)


Key = tuple[str, str]


def _unique(keys: Sequence[Key]) -> Mapping[Key, int]:
    seen = Counter(keys)
    return {key: place for place, key in enumerate(keys) if all(key) and seen[key] == 1}


def _numbered(table: Columns) -> list[Key]:
    parts = zip(table["id_kind"], table["id_value"], table["name"], strict=True)
    return [(value if kind in ("valid", "legacy15") else "", name) for kind, value, name in parts]


def _born(table: Columns) -> list[Key]:
    parts = zip(table["id_kind"], table["id_value"], table["birth"], table["name"], strict=True)
    return [
        (name, birth or (value[6:14] if kind in ("valid", "legacy15") else ""))
        for kind, value, birth, name in ((a, b, c.replace("-", ""), d) for a, b, c, d in parts)
    ]
