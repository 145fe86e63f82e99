"""The cells of rows as they stand now: merged cells filled, corrected rows as corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..store import Session, rows, superseding

if TYPE_CHECKING:
    from ..intake.rows.rereading import Layout


def cells(
    session: Session, batch: int, sheet_no: int, layout: Layout, wanted: Iterable[int] | None = None
) -> dict[int, tuple[str, ...]]:
    """Row → its cells as they stand now, for all rows of a sheet or those `wanted`, in their order.

    A cell that had lost digits as a number keeps saying so when it is read again.
    """
    only = None if wanted is None else set(wanted)
    firsts = {
        first
        for first, last, *_ in layout.merges
        if only is not None and any(first <= row <= last for row in only)
    }
    original = rows.raw(session, batch, sheet_no, None if only is None else only | firsts)
    marked = superseding.cut_cells(session, batch)
    found: dict[int, tuple[str, ...]] = {}
    for row in sorted(original if only is None else only):
        own = _filled(layout, original, row)
        found[row] = _marked(own, sheet_no, row, marked)
    for (_, row), place in superseding.standing(session, batch, [(sheet_no, row) for row in found]).items():
        if place.batch != batch:
            found[row] = _corrected(session, place)
    return found


def as_came(session: Session, batch: int, sheet_no: int, row: int) -> tuple[str, ...]:
    """The cells of a row as its file had them, merged ones filled."""
    from ..intake.rows.rereading import Layout

    kept = rows.layouts(session, batch).get(sheet_no)
    if kept is None:
        return rows.raw(session, batch, sheet_no, [row]).get(row, ())
    layout = Layout.of_json(kept[1])
    firsts = {first for first, last, *_ in layout.merges if first <= row <= last}
    return _filled(layout, rows.raw(session, batch, sheet_no, {row, *firsts}), row)


def lead_of(session: Session, batch: int) -> int:
    """How many columns stand before the department's own in a batch that supplements another."""
    for _, layout in rows.layouts(session, batch).values():
        lead = layout.get("lead", 0)
        return lead if isinstance(lead, int) else 0
    return 0


def _filled(layout: Layout, original: dict[int, tuple[str, ...]], row: int) -> tuple[str, ...]:
    own = list(original.get(row, ()))
    for first, last, column, _ in layout.merges:
        if first < row <= last and any(cell.strip() for cell in own):
            own += [""] * (column + 1 - len(own))
            own[column] = own[column] or _at(original.get(first, ()), column)
    return tuple(own)


def _corrected(session: Session, place: superseding.Place) -> tuple[str, ...]:
    own = rows.raw(session, place.batch, place.sheet_no, [place.row]).get(place.row, ())
    marked = superseding.cut_cells(session, place.batch)
    whole = _marked(own, place.sheet_no, place.row, marked)
    return whole[lead_of(session, place.batch) :]


def _marked(
    own: Sequence[str], sheet_no: int, row: int, marked: set[tuple[int, int, str]]
) -> tuple[str, ...]:
    from ..intake.rows.rereading import as_cut, letter_of

    return tuple(
        as_cut(cell) if cell and (sheet_no, row, letter_of(place)) in marked else cell
        for place, cell in enumerate(own)
    )


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
