"""What later batches did to a batch, and what rested on one that is gone: lines for `explain` and `review`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..errors import AidError
from ..store import Session, rows, superseding
from ..store.rows import Patch
from ..store.superseding import Place
from . import standing

GONE = "依据已撤销"
_MOST = 20


class Cell(NamedTuple):
    """One cell that was put right: heading, before and after."""

    column: str
    heading: str
    old: str
    new: str


def gone_with(session: Session, mentions: Iterable[str]) -> tuple[str, ...]:
    """For records that went with an undone import: which import it was."""
    said = []
    for mention in mentions:
        for batch, label, file in rows.gone_from(session, mention)[:1]:
            said.append(f"{GONE}：b{batch} {label}（{file}）")
    return tuple(dict.fromkeys(said))


def gone_batches(session: Session, evidence: object) -> list[str]:
    """For places that a decision rested on: those whose import was undone."""
    named = (
        [place.get("batch") for place in evidence if isinstance(place, dict)]
        if isinstance(evidence, list)
        else []
    )
    undone = rows.undone(session, (batch for batch in named if isinstance(batch, int)))
    return [f"{GONE}：b{batch}（{file}）" for batch, file in undone]


def lines_of_batch(session: Session, batch: int) -> list[str]:
    """What a batch came in the place of, what supplements it, and which cells were put right, old and new."""
    supplements, replaces = rows.family_of(session, batch)
    later = rows.replaced_by(session, batch)
    lines = [f"替换了 b{replaces}"] if replaces else []
    lines += [f"已由 b{later} 替换"] if later else []
    lines += [f"补入 b{supplements}"] if supplements else []
    lines += [_line_of_patch(session, patch) for patch in rows.patches_of(session, batch)]
    told = superseding.history(session, batch)
    lines += [_line_of_move(session, batch, *move) for move in told[:_MOST]]
    if len(told) > _MOST:
        lines.append(f"……另有{len(told) - _MOST}行改过")
    return lines


def cells_of(session: Session, correction: int) -> tuple[int, tuple[Cell, ...]]:
    """The row of the first file that a correction put right, and its cells before and after."""
    root = rows.root_of(session, correction)
    _, old, new = next(m for m in superseding.history(session, correction) if m[0] == correction)
    return superseding.first_place(session, new)[1], tuple(_changed(session, root, old, new))


def lines_of_row(session: Session, batch: int, sheet: str, row: int) -> list[str]:
    """One row as it came and as it stands now; `sheet` may be '' where there is but one. Raises `AidError`."""
    root = rows.root_of(session, batch)
    kept = {n: name for n, (name, _) in rows.layouts(session, batch).items() if sheet in ("", name)}
    if len(kept) != 1:
        known = "、".join(name for name, _ in rows.layouts(session, batch).values())
        raise AidError(
            "bad_sheet", f"请写明 b{batch} 的哪一张工作表：{known}", hint=f"例如 b{batch}:{known}:{row}"
        )
    ((number, name),) = kept.items()
    _, first = superseding.first_place(session, Place(batch, number, row))
    came = rows.raw(session, root, number, [first]).get(first)
    if came is None:
        raise AidError("bad_row", f"b{root} 的工作表“{name}”没有第{first}行")
    layout = rows.layouts(session, root).get(number)
    headings = _headings(layout[1]) if layout else ()
    moved = "，原来" if _moves(session, root, number, first) else ""
    lines = [f"b{root} 工作表“{name}”第{first}行{moved}：{_text(came, headings)}"]
    moves = _moves(session, root, number, first)
    lines += [_line_of_move(session, root, *move) for move in moves]
    if moves:
        lines.append(f"现在：{_text(_cells(session, root, moves[-1][2]), headings)}")
    return lines


def _moves(session: Session, root: int, sheet_no: int, row: int) -> list[tuple[int, Place, Place]]:
    """What was put right in one row of a batch, the oldest first."""
    return [m for m in superseding.history(session, root) if _first(session, m[1]) == (sheet_no, row)]


def _first(session: Session, place: Place) -> tuple[int, int]:
    return superseding.first_place(session, place)


def _headings(layout: dict[str, object]) -> Sequence[str]:
    from ..intake.rows.rereading import Layout

    return Layout.of_json(layout).headings


def _text(cells: Sequence[str], headings: Sequence[str]) -> str:
    """The cells that hold something, each with its heading."""
    told = (
        f"{_at(headings, place).strip()} {cell.strip()}".strip()
        for place, cell in enumerate(cells)
        if cell.strip()
    )
    return "｜".join(told) or "（空）"


def _line_of_patch(session: Session, patch: Patch) -> str:
    reason = superseding.reason_of(session, patch.id)
    why = f"，理由：{reason}" if reason else ""
    return (
        f"b{patch.id}（{patch.file}）：{patch.imported_at[:10]} {patch.operator} 改{patch.rows_kept}行{why}"
    )


def _line_of_move(session: Session, batch: int, by: int, old: Place, new: Place) -> str:
    changed = [
        f"{cell.column}列“{cell.heading}” {cell.old or '（空）'} → {cell.new or '（空）'}"
        for cell in _changed(session, rows.root_of(session, batch), old, new)
    ]
    _, first = superseding.first_place(session, new)
    return f"第{first}行由 b{by} 改：{'；'.join(changed) or '内容未变'}"


def _changed(session: Session, root: int, old: Place, new: Place) -> list[Cell]:
    from ..intake.rows.rereading import letter_of

    kept = rows.layouts(session, root).get(new.sheet_no)
    headings = _headings(kept[1]) if kept else ()
    before, after = _cells(session, root, old), _cells(session, root, new)
    found = []
    for place in range(max(len(before), len(after))):
        one, other = _at(before, place).strip(), _at(after, place).strip()
        if one != other:
            found.append(Cell(letter_of(place), _at(headings, place), one, other))
    return found


def _cells(session: Session, root: int, place: Place) -> tuple[str, ...]:
    """The department's own cells of a row at a place, merged ones filled."""
    if place.batch == root:
        return standing.as_came(session, root, place.sheet_no, place.row)
    cells = rows.raw(session, place.batch, place.sheet_no, [place.row]).get(place.row, ())
    return cells[standing.lead_of(session, place.batch) :]


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""
