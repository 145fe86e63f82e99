"""`correct`: one cell of one row put right, with the reason; the original row stays as it came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..canon import content_key
from ..errors import AidError, Problem
from ..store import Actor, Session, events, rows, superseding
from ..store.batches import BatchRow
from ..store.superseding import PatchHead, Place
from . import loading, standing
from .patching import Change, lay_over, sheets_of
from .supplementing import template_of
from .undo import kept

if TYPE_CHECKING:
    from ..intake.rows.rereading import Layout

LONGEST_REASON = 200
_OF_TWO_CELLS = "members_mismatch"  # names and numbers of members can only be put right one after the other


class Corrected(NamedTuple):
    """A cell that was corrected: the new batch, where it stands, what stood there and what stands now."""

    batch: int
    base: int
    file: str
    sheet: str
    row: int
    column: str
    heading: str
    old: str
    new: str
    reason: str
    problems: tuple[Problem, ...]
    drafts: tuple[int, ...]


class _Cell(NamedTuple):
    number: int
    sheet: str
    layout: Layout
    row: int
    place: int


def correct(
    session: Session,
    actor: Actor,
    batch: int,
    sheet: str | None,
    row: int,
    column: str,
    value: str,
    reason: str,
    template_folders: Sequence[Path],
    today: date,
    wait: float = 0.0,
) -> Corrected:
    """Puts one cell right in a batch of its own that lies on `batch`; undo of that batch takes it back.

    `column` is a letter or a heading. Raises `AidError`: ``no_reason``, ``unknown_batch``, ``bad_sheet``,
    ``bad_row``, ``bad_column``, ``bad_value``, ``same_value``, ``still_aside``, ``row_paid``, ``roster_twice``.
    """
    if not reason.strip():
        raise AidError("no_reason", "更正要写明理由", hint="加 --reason，例如 --reason 乡镇来函更正")
    templates = loading.templates(template_folders)
    with session.transaction(actor, wait):
        asked = kept(session, batch)
        base = kept(session, rows.root_of(session, batch))
        cell = _cell(session, asked, base, sheet, row, column)
        before = standing.cells(session, base.id, cell.number, cell.layout, [cell.row])[cell.row]
        old = before[cell.place] if cell.place < len(before) else ""
        if old.strip() == value.strip():
            raise AidError(
                "same_value",
                f"第{row}行“{_heading(cell)}”原来就是这个内容，没有改动",
                file=base.file,
                row=row,
            )
        filled = [*before, *[""] * (cell.place + 1 - len(before))]
        filled[cell.place] = value
        body = _body(base, cell, old, value, reason)
        summary = f"更正b{base.id}第{cell.row}行{_letter(cell.place)}列"
        seq = events.record(session, actor, "correct_row", f"b{base.id}", summary, body)
        sha256 = content_key("c", (str(seq), rows.content_of(session, base.id)[0], *filled))
        head = PatchHead(f"{base.file}（更正）", sha256, template_of(templates, base).hash, 0)
        change = Change(tuple(filled), cell.row, tuple(filled))
        laid = lay_over(
            session,
            actor,
            base,
            {cell.number: {cell.row: change}},
            {cell.number: cell.sheet},
            head,
            template_of(templates, base),
            seq,
            today,
        )
        if laid.batch is None:
            said = "；".join(dict.fromkeys(p.message for p in laid.aside if p.severity == "row"))
            raise AidError(
                "still_aside", f"改后第{row}行仍读不出来：{said}", file=base.file, sheet=cell.sheet, row=row
            )
        _refuse_unread(base, cell, row, value, laid.problems)
    return Corrected(
        laid.batch,
        base.id,
        base.file,
        cell.sheet,
        cell.row,
        _letter(cell.place),
        _heading(cell),
        old,
        value,
        reason.strip(),
        laid.problems,
        laid.drafts,
    )


def _refuse_unread(base: BatchRow, cell: _Cell, row: int, value: str, problems: Sequence[Problem]) -> None:
    """What is put into the cell must be read; else the row would lose what it said there before."""
    letter = _letter(cell.place)
    for problem in problems:
        own = problem.column == letter and problem.severity == "cell" and problem.code != _OF_TWO_CELLS
        if own and value.strip():
            raise AidError(
                "bad_value",
                f"第{row}行没有改，改成的内容读不出来：{problem.message.replace('；此格没有采用', '')}",
                file=base.file,
                sheet=cell.sheet,
                row=row,
                column=letter,
                hint='按提示的写法重新填写；要把这一格清空，用 --value ""',
            )


def _body(base: BatchRow, cell: _Cell, old: str, new: str, reason: str) -> dict[str, object]:
    return {
        "batch": base.id,
        "sheet": cell.sheet,
        "row": cell.row,
        "column": _letter(cell.place),
        "heading": _heading(cell),
        "old": str(old),
        "new": new,
        "reason": reason.strip()[:LONGEST_REASON],
    }


def _cell(
    session: Session, asked: BatchRow, base: BatchRow, sheet: str | None, row: int, column: str
) -> _Cell:
    """The cell that is meant, at its first place."""
    from ..intake.rows.rereading import Layout

    named = {number: name for number, (name, _) in sheets_of(session, asked).items()}
    meant = [number for number, name in named.items() if sheet in (None, name)]
    if len(meant) != 1:
        listed = "、".join(f"“{name}”" for name in named.values())
        said = f"没有工作表“{sheet}”" if sheet else "不止一张工作表，请用 --sheet 写明"
        raise AidError(
            "bad_sheet", f"批次 b{asked.id} {said}，有的是：{listed}", file=asked.file, sheet=sheet
        )
    number, first = superseding.first_place(session, Place(asked.id, meant[0], row))
    name, kept_layout = rows.layouts(session, base.id)[number]
    layout = Layout.of_json(kept_layout)
    there = rows.raw(session, base.id, number, [first])
    if not any(cell.strip() for cell in there.get(first, ())) or first <= layout.header_row:
        raise AidError(
            "bad_row",
            f"“{base.file}”工作表“{name}”第{row}行没有数据（表头在第{layout.header_row}行）",
            file=base.file,
            sheet=name,
            row=row,
            hint="行号照 Excel 左边的写；aidcli explain 列出的也是这个行号",
        )
    lead = 0 if asked.id == base.id else standing.lead_of(session, asked.id)
    return _Cell(number, name, layout, first, _column(layout, column, lead, base.file, name))


def _column(layout: Layout, told: str, lead: int, file: str, sheet: str) -> int:
    """The column that a letter or a heading means, from 0."""
    from ..intake.rows.rereading import place_of

    width = len(layout.headings)
    headings = [place for place, heading in enumerate(layout.headings) if heading == told.strip()]
    if len(headings) == 1:
        return headings[0]
    if re.fullmatch(r"[A-Za-z]{1,3}", told.strip()):
        place = place_of(told.strip().upper()) - lead
        if 0 <= place < width:
            return place
    listed = "、".join(f"{_letter(p)}“{h}”" for p, h in enumerate(layout.headings[:20]) if h)
    raise AidError(
        "bad_column",
        f"“{file}”工作表“{sheet}”没有“{told}”这一列，有的是：{listed}",
        file=file,
        sheet=sheet,
        hint="--column 写列的字母（如 E）或列名",
    )


def _letter(place: int) -> str:
    from ..intake.rows.rereading import letter_of

    return letter_of(place)


def _heading(cell: _Cell) -> str:
    headings = cell.layout.headings
    return headings[cell.place] if cell.place < len(headings) else ""
