"""How departments spoil names and ID numbers, and what may be expected of a row that is spoilt so.

What is expected follows from what the row still says, never from what some matcher makes of it. Whatever
it is, the row must not come to anybody but the person it is truly about.
"""

from __future__ import annotations

import random
from typing import Literal, NamedTuple

from aidcli.idnumber import check_digit

from .people import Person

Expected = Literal["same", "link", "ask", "open"]


class Dirt(NamedTuple):
    """``same``: number and name are as good as clean. ``link``: plain to two clerks at a table, the row must
    come to its person. ``ask``: comes to its person or waits for somebody's answer. ``open``: may come to
    nobody.
    """

    expected: Expected
    reason: str


DIRT: dict[str, Dirt] = {
    "plain": Dirt("same", "as it should be"),
    "lower": Dirt("same", "x for X"),
    "wide": Dirt("same", "full-width digits are the same digits"),
    "quote": Dirt("same", "an apostrophe that keeps the cell a text"),
    "spaced": Dirt("same", "blanks between the groups of digits"),
    "old15": Dirt("same", "the fifteen digits of before 2000 stand for one number only"),
    "card": Dirt("same", "a disability card's number begins with the whole ID number"),
    # The number is damaged, the name is right.
    "number": Dirt("link", "kept as a number: area, birth date, two thirds of the sequence; and the name"),
    "cut": Dirt("link", "the same as text that ends in 000"),
    "wrong": Dirt("link", "one digit of eighteen, the check digit tells that; and the name"),
    "slip": Dirt("link", "one digit inside the number, the check digit tells that; and the name"),
    "masked_in_village": Dirt("link", "area, last four, whole name and village: one in many millions"),
    "masked": Dirt("open", "area, last four and a name, which may be a frequent one; no village"),
    "masked_name": Dirt("open", "number and name both hidden in part"),
    "none": Dirt("open", "a name alone"),
    "none_in_village": Dirt("ask", "a rare name in its village, no number: worth a question, no proof"),
    "cut_of_two": Dirt("ask", "two namesakes of one birth date: what is left of the number fits both"),
    # The number is whole, the name is written otherwise or is another.
    "no_dots": Dirt("link", "the number, and the name without its middle dot"),
    "part_of_name": Dirt("link", "the number, and the first part of a name in parts"),
    "traditional": Dirt("link", "the number, and the name in traditional characters"),
    "former_name": Dirt("link", "the number, and a note that gives the registered name as the former one"),
    "renamed": Dirt("ask", "the number, but another given name and no word of a former one"),
    # The number is somebody else's.
    "guardians_number": Dirt("link", "the name of one child only in the household of the number's owner"),
    "twins_number": Dirt("ask", "the other twin's number: the names differ in a letter only"),
    "infant": Dirt(
        "open", "the mother's number and whose child it is: not the mother; nothing says which child"
    ),
    "others_number": Dirt("ask", "a number and a name that belong to two people"),
    # A person stands on two rosters.
    "twice": Dirt("ask", "one digit differs; but two people on rosters are never made one unasked"),
}
CLEAN = frozenset(kind for kind, dirt in DIRT.items() if dirt.expected == "same")
WHOLE_NUMBER = frozenset({"no_dots", "part_of_name", "traditional", "former_name"})
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
        case "card":
            return person.card_number
        case "number":
            return float(int(whole[:15]) * 1000)
        case "cut":
            return whole[:15] + "000"
        case "masked":
            return whole[:6] + "*" * 8 + whole[14:]
        case "wrong":
            return whole[:17] + ("7" if whole[17] != "7" else "2")
        case "slip":
            return f"{whole[:15]}{(int(whole[15]) + 4) % 10}{whole[16:]}"
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
            allowed = possible(person, kind) and (kind in CLEAN or not person.planted)
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
