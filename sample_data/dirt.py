"""How departments spoil names and ID numbers, and which of it a strict matcher sees through.

The kinds in `SEEN_THROUGH` leave a whole, valid number and the same name once blanks, notes and variant
dots are gone. All others leave a row whose person is known here and must stay apart in the files.
"""

from __future__ import annotations

import random

from aidcli.idnumber import check_digit

from .people import Person

SEEN_THROUGH = frozenset({"plain", "lower", "wide", "quote", "spaced", "old15"})
_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def id_cell(person: Person, kind: str) -> str | float | None:
    """The cell for `person`'s number. ``number`` is a numeric cell: fifteen digits survive."""
    whole = person.id_number
    match kind:
        case "lower":
            return whole.lower()
        case "wide":
            return whole.translate(_WIDE)
        case "quote":
            return "'" + whole
        case "spaced":
            return f"{whole[:6]} {whole[6:14]} {whole[14:]}"
        case "old15":
            return person.id_15
        case "number":
            return float(int(whole[:15]) * 1000)
        case "cut":
            return whole[:15] + "000"
        case "masked":
            return whole[:6] + "*" * 8 + whole[14:]
        case "wrong":
            return whole[:17] + ("7" if whole[17] != "7" else "2")
        case "none":
            return None
    return whole


def possible(person: Person, kind: str) -> bool:
    """Whether this dirt can befall this number at all and be what it claims to be."""
    if kind == "lower":
        return person.id_number.endswith("X")
    if kind == "old15":
        return person.born_before_2000
    if kind == "number":
        return person.id_number[17] != "X" and not person.id_number.endswith("000")
    if kind == "cut":
        return check_digit(person.id_number[:15] + "00") != "0"
    return True


def pick_id(person: Person, rng: random.Random, rates: dict[str, float]) -> str:
    """A kind of dirt for this cell, ``plain`` mostly; planted persons get none that hides them.

    The rate of ``lower`` is that among the numbers that end with X.
    """
    if person.id_number.endswith("X") and rng.random() < rates["lower"]:
        return "lower"
    roll = rng.random()
    for kind, rate in rates.items():
        roll -= rate if kind != "lower" else 0
        if roll < 0:
            allowed = possible(person, kind) and (kind in SEEN_THROUGH or not person.planted)
            return kind if allowed else "plain"
    return "plain"


def name_cell(person: Person, rng: random.Random, rate: float, note: str = "", dots: str = "．.") -> str:
    """The name as a clerk types it: blanks in short names, other middle dots, a note behind it."""
    name = person.name
    if "·" in name:
        return name.replace("·", rng.choice(dots)) if rng.random() < 0.7 else name
    if rng.random() < rate:
        if len(name) == 2:
            name = name[0] + rng.choice(("　", " ", "  ")) + name[1]
        elif note:
            name += note
    return name
