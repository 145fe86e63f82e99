"""The model in force in words, and a new one with what it changes."""

from __future__ import annotations

from typing import NamedTuple

from ..linkage.engines import Engine
from ..linkage.model_table import ModelTable, table_of
from ..linkage.scoring import load_model, parse_model
from ..linkage.wording import phrase
from ..store import Actor, Session, links, moves
from ..store.moves import MoveRow
from .matching import Matched, match


class Explained(NamedTuple):
    """A model, and whether a database holds it; `shipped` and `digest` are of the one this program has."""

    table: ModelTable
    shipped: str
    digest: str
    frozen: bool


class Moved(NamedTuple):
    """A record that went to another person, with the evidence before and after in words."""

    row: MoveRow
    before: str
    after: str


def explain(session: Session | None) -> Explained:
    """The epoch of a database, else (without one, or before its first match) the shipped model."""
    shipped = load_model()
    held = links.epoch(session) if session is not None else None
    if held is None:
        return Explained(table_of(shipped), shipped.version, shipped.hash, False)
    return Explained(table_of(parse_model(held[1])), shipped.version, shipped.hash, True)


def rebuild(
    session: Session, actor: Actor, wait: float = 0.0, engine: Engine | None = None
) -> tuple[Matched, list[Moved]]:
    """Links everything anew with the shipped model; lists the records that went to another person."""
    moves.remember(session)
    done = match(session, actor, rebuild=True, engine=engine, wait=wait)
    return done, [Moved(row, phrase(row.from_code), phrase(row.to_code)) for row in moves.moved(session)]
