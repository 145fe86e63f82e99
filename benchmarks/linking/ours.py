"""aidcli itself as a contestant: the prepared columns as identities, matched without a database.

It takes names as an intake hands them on, and simplifies and reads them by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aidcli.linkage.scoring import load_model
from aidcli.linkage.tables import match_tables
from aidcli.model import Identity

from .preparing import Columns
from .scoring import Answer

_SPELLINGS = {"name": "spelling", "former_name": "former_spelling"}


def ours(register: Columns, claims: Columns) -> Iterator[Answer]:
    """What `match` decides: automatic links and the pairs it would ask about."""
    for link in match_tables(_columns(register), register["household"], _columns(claims), load_model()):
        yield Answer(link.claim, link.record, float(link.score), link.tier)


def _columns(table: Columns) -> Any:
    """The slots of `Identity`, each a column."""
    count = len(table["name"])
    return Identity(*(table.get(_SPELLINGS.get(slot, slot), [""] * count) for slot in Identity._fields))
