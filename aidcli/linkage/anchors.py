"""What mints a person: the key of a mention and the id that it would give."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache

from .. import idnumber, names
from ..canon import KEY_LENGTH, content_key, sized
from ..model import Identity

WHOLE = ("valid", "legacy15")

_FORMS = (names.FORM_VERSION, idnumber.FORM_VERSION)
_ODD = frozenset("13579")
GENERATION = 10  # years that no slip of the pen explains
LESS = 2  # the rank of a mention without a whole number or a name


def anchor(key: str, identity: Identity, on_roster: bool = False) -> tuple[int, str]:
    """(rank, person id) that a mention would mint; the smallest among a person's mentions is their id.

    A whole number with a name mints from these two alone, whatever source it comes from, and a roster goes
    before departments: so a person keeps the id when departments' records arrive or go. Everything else
    mints from the mention: a name that is hidden or only says whose child it is, and a row that says another
    birth date or sex than the number, for then the number may be somebody else's.
    """
    if identity.id_kind in WHOLE and names.is_own(identity.name) and not _contradicts(identity):
        return 0 if on_roster else 1, content_key("p", ("id", identity.id_value, identity.name))
    return LESS, own_anchor(key)


def _contradicts(identity: Identity) -> bool:
    """Whether the row says another sex than its whole number, or a birth that is no slip from the number's.

    A year alone may be ten years off as well as a date may.
    """
    number = identity.id_value
    if identity.sex and identity.sex != idnumber.sex(number):
        return True
    if not identity.birth:
        return False
    said = identity.birth.split("-")
    told = (number[6:10], number[10:12], number[12:14])
    apart = sum(one != other for one, other in zip(said, told, strict=False))
    return apart > 1 or abs(int(said[0]) - int(told[0])) >= GENERATION


def mention_key(source: str, identity: Identity, place: str = "") -> str:
    """The content key of a mention. `place` (file hash, sheet, row) only where nothing else tells it."""
    return content_key("m", (*_FORMS, source, *identity, place))


def keys_of(
    source: str, on_roster: bool
) -> Callable[[Sequence[tuple[str, ...]]], list[tuple[str, int, str]]]:
    """(mention key, rank, anchor) of persons who have a whole number, many at a time.

    What comes in has the slots of `Identity`.
    """
    head = "".join(map(sized, (*_FORMS, source)))
    sha256 = hashlib.sha256
    rank = 0 if on_roster else 1
    often = lru_cache(maxsize=65536)(sized)  # names, townships, villages come again and again
    is_own = lru_cache(maxsize=65536)(names.is_own)

    def keys(identities: Sequence[tuple[str, ...]]) -> list[tuple[str, int, str]]:
        found = []
        rest: list[str] = []
        behind = ""
        for name, kind, value, birth, sex, *others in identities:
            called, number = often(name), f"{len(value)}:{value}"
            if others != rest:
                rest, behind = others, "".join(map(often, others))
            text = f"{head}{called}{often(kind)}{number}{often(birth)}{often(sex)}{behind}0:"
            key = sha256(text.encode()).hexdigest()[:KEY_LENGTH]
            own = is_own(name) and (not birth or birth.replace("-", "") == value[6:14])
            if own and (not sex or (sex == "male") == (value[16] in _ODD)):
                person = sha256(f"2:id{number}{called}".encode()).hexdigest()[:KEY_LENGTH]
                found.append((f"m-{key}", rank, f"p-{person}"))
            else:
                who = Identity(name, kind, value, birth, sex, *others)
                found.append((f"m-{key}", *anchor(f"m-{key}", who, on_roster)))
        return found

    return keys


def own_anchor(key: str) -> str:
    """The person id minted from one mention alone."""
    return content_key("p", ("mention", key))
