"""aidcli itself as a contestant: the prepared columns as identities, matched without a database."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from aidcli.model import Identity

from .preparing import Columns
from .scoring import Answer


def available() -> bool:
    return hasattr(_linkage(), "match_tables")


def ours(register: Columns, claims: Columns) -> Iterator[Answer]:
    """What `match` decides: automatic links and the pairs it would ask about."""
    linkage = _linkage()
    found = linkage.match_tables(_identities(register), _identities(claims), linkage.load_model())
    for right, left, score, _code, tier in found:
        yield Answer(right, left, float(score), tier)


def _linkage() -> Any:
    return import_module("aidcli.linkage")


def _identities(table: Columns) -> dict[str, list[str]]:
    """The slots of `Identity` as columns."""
    count = len(table["name"])
    return {slot: list(table.get(slot, [""] * count)) for slot in Identity._fields}
