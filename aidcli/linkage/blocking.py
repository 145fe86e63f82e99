"""Which mentions are compared at all, and what mints a person."""

from __future__ import annotations

from ..canon import content_key
from ..model import Identity

WHOLE = ("valid", "legacy15")
PREFIX_DIGITS = 15


LESS = 2  # the rank of a mention without a whole number or a name


def anchor(key: str, identity: Identity, on_roster: bool = False) -> tuple[int, str]:
    """(rank, person id) that a mention would mint; the smallest among a person's mentions is their id.

    A whole number with a name mints from these two alone, whatever source it comes from, and a roster goes
    before departments: so a person keeps the id when departments' records arrive or go. Everything else
    mints from the mention.
    """
    if identity.id_kind in WHOLE and identity.name:
        return 0 if on_roster else 1, content_key("p", ("id", identity.id_value, identity.name))
    return LESS, own_anchor(key)


def own_anchor(key: str) -> str:
    """The person id minted from one mention alone."""
    return content_key("p", ("mention", key))


def block_keys(identity: Identity) -> tuple[str, ...]:
    """Keys of the inverted index; two mentions are compared when they share one."""
    if identity.id_kind in WHOLE:
        return ("i:" + identity.id_value, "x:" + identity.id_value[:PREFIX_DIGITS])
    if identity.id_kind in ("cut", "scientific") and len(identity.id_value) == PREFIX_DIGITS:
        return ("x:" + identity.id_value,)
    return ()
