"""Raw text to canonical columns, once for all contestants: what an intake does before anything is matched.

Numbers, names, telephones and dates go through aidcli's own readers. Signs are simplified and read with the
tables that the world was made with, which know every sign it uses: no dictionary could serve a peer better.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from aidcli import idnumber, names
from aidcli.intake.coercion import answers, cells, dates

from .frequencies import DOT, READING, SIMPLIFIED, surname_of

Columns = Mapping[str, Sequence[str]]

FIELDS = (
    *(
        "name",
        "spelling",
        "former_spelling",
        "reading",
        "surname",
        "parent",
        "former_name",
        "id_kind",
        "id_value",
    ),
    *("birth", "sex", "township", "village", "phone", "guardian_id"),
)
_SEXES = {"男": "male", "女": "female", "男性": "male", "女性": "female"}
_GROUP = re.compile(r"第?[\d一二三四五六七八九十]+(?:村民)?(?:组|队|社)(?:\d+号)?\Z")
_OFFICE = re.compile(r"(?:村)?(?:村民委员会|民委员会|委会|居委会|居民委员会)\Z")
_INFANT = re.compile(r"(?<=..)之[子女]\Z")
_KIND = ("镇", "乡", "街道")


def prepared(raw: Columns, townships: frozenset[str]) -> dict[str, list[str]]:
    """The canonical columns of a table; '' for what it does not say. `townships` are the register's."""
    name = _each(raw["name"], _name)
    read = [_number(text) for text in raw["id_number"]]
    place = {township: _township(township, townships) for township in set(raw["township"])}
    pairs = list(zip(raw["township"], raw["village"], strict=True))
    places = {pair: _place(place[pair[0]], pair[1], townships) for pair in set(pairs)}
    nobody = [""] * len(name)
    return {
        "name": ["" if _INFANT.search(one) else one for one in name],
        "parent": [_INFANT.sub("", one) if _INFANT.search(one) else "" for one in name],
        "spelling": _each(raw["name"], names.compact),
        "former_spelling": [
            names.former(one) or names.compact(other) if one or other else ""
            for one, other in zip(raw["name"], raw["former_name"], strict=True)
        ],
        "reading": _each(name, _reading),
        "surname": _each(name, lambda one: surname_of(one) if one else ""),
        "former_name": _each(raw["former_name"], _name),
        "id_kind": [kind for kind, _ in read],
        "id_value": [value for _, value in read],
        "birth": _each(raw["birth"], _birth),
        "sex": _each(raw["sex"], lambda one: _SEXES.get(one.strip(), "")),
        "township": [places[pair][0] for pair in pairs],
        "village": [places[pair][1] for pair in pairs],
        "phone": _each(raw["phone"], lambda one: cells.phone(one) or ""),
        "guardian_id": [_number(text)[1] for text in raw.get("guardian_id", nobody)],
    }


def _each(column: Sequence[str], canonical: Callable[[str], str]) -> list[str]:
    """Every distinct value is looked at once."""
    known = {value: canonical(value) if value else "" for value in set(column)}
    return [known[value] for value in column]


def _name(raw: str) -> str:
    return names.compact(raw).translate(SIMPLIFIED).replace(DOT, "")


@lru_cache(maxsize=65536)
def _reading(name: str) -> str:
    return " ".join(READING.get(sign, sign) for sign in name)


def _number(raw: str) -> tuple[str, str]:
    """A disability card counts as the number in it."""
    if len(raw) >= 20:
        card = answers.disability_card(raw)
        if card is not None:
            return card.id.kind, card.id.value
    found = idnumber.read(raw)
    return found.kind, found.value


def _birth(raw: str) -> str:
    """The ISO day, or the month where only that is written."""
    for reader in (dates.day, dates.month):
        try:
            return reader(raw) or ""
        except ValueError:
            continue
    return ""


def _township(raw: str, known: frozenset[str]) -> str:
    text = raw.strip()
    if text in known or not text:
        return text
    bare = text.split("县", 1)[-1]
    found = [one for one in (bare, *(bare + kind for kind in _KIND)) if one in known]
    return found[0] if len(found) == 1 else text


def _place(township: str, raw: str, townships: frozenset[str]) -> tuple[str, str]:
    """A township and a village, the first also from an address that holds both."""
    text = raw.strip()
    for length in range(min(7, len(text) - 1), 1, -1):
        if text[:length] in townships:
            township, text = text[:length], text[length:]
            break
    text = _GROUP.sub("", text)
    bare = _OFFICE.sub("", text)
    if bare != text:
        bare += "社区" if "居" in text[len(bare) :] else "村"
    if bare and not bare.endswith(("村", "社区")):
        bare += "村"
    return township, bare
