"""A workbook of set-aside rows that comes back corrected: its rows supplement the batches they came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import AidError, Problem
from ..store import Actor, Session, batches, events, rows, superseding
from ..store.batches import BatchRow
from ..store.superseding import PatchHead
from . import standing
from .asides import Returned, ReturnedSheet
from .patching import Change, Laid, lay_over

if TYPE_CHECKING:
    from ..intake import Template


class Supplemented(NamedTuple):
    """What became of the rows of one batch. `base` is the batch that is supplemented.

    `laid.batch` is None when nothing was taken; `unchanged` rows stand aside as before, `settled` ones say
    what was taken earlier.
    """

    base: BatchRow
    laid: Laid
    read: int
    unchanged: int
    settled: int
    sheets: tuple[str, ...]


class _Rows(NamedTuple):
    """The rows of one returned sheet sorted out."""

    changes: dict[int, Change]
    problems: list[Problem]
    read: int
    unchanged: int
    settled: int


def base_of(session: Session, sheet: ReturnedSheet, path: Path) -> BatchRow:
    """The batch that a returned sheet comes from; raises `AidError` (``base_missing``) when it is not here."""
    meta = sheet.meta
    known = batches.by_content(
        session, meta.get("sha256", ""), meta.get("source", ""), meta.get("period", "")
    )
    found = batches.get(session, known) if known is not None else None
    if found is None:
        raise AidError(
            "base_missing",
            f"“{path.name}”是“{meta.get('file', '')}”的搁置行，但那份文件没有导入（或已撤销），不知道补到哪里",
            file=path.name,
            sheet=sheet.title,
            hint=f"请先导入“{meta.get('file', '')}”，再导入本文件",
        )
    return found


def supplement(
    session: Session,
    actor: Actor,
    returned: Returned,
    base: BatchRow,
    templates: Mapping[str, Template],
    today: date,
) -> Supplemented:
    """Takes the corrected rows of one batch, inside the caller's transaction.

    Rows that were not changed stay aside; a row that was taken before changes nothing.
    """
    template = template_of(templates, base)
    changes: dict[int, dict[int, Change]] = {}
    titles: dict[int, str] = {}
    problems: list[Problem] = []
    read = unchanged = settled = 0
    for sheet in returned.sheets:
        if base_of(session, sheet, returned.path).id != base.id:
            continue
        number = int(sheet.meta["sheet_no"])
        sorted_out = _sort_out(session, base, number, sheet)
        if sorted_out.changes:
            changes[number], titles[number] = sorted_out.changes, sheet.title
        problems += sorted_out.problems
        read, unchanged = read + sorted_out.read, unchanged + sorted_out.unchanged
        settled += sorted_out.settled
    laid = Laid(None, 0, (), (), ())
    if changes:
        body = {"file": returned.path.name, "sha256": returned.sha256, "base": base.id}
        seq = events.record(
            session, actor, "supplement", f"b{base.id}", f"导入改好的搁置行，补入b{base.id}", body
        )
        head = PatchHead(returned.path.name, returned.sha256, template.hash, _lead())
        laid = lay_over(session, actor, base, changes, titles, head, template, seq, today)
    laid = laid._replace(aside=(*laid.aside, *problems))
    return Supplemented(base, laid, read, unchanged, settled, tuple(titles.values()))


def template_of(templates: Mapping[str, Template], base: BatchRow) -> Template:
    """The template that a batch was read by, as it is now; raises `AidError` when it is gone."""
    if base.source not in templates:
        raise AidError(
            "template_unknown",
            f"批次 b{base.id} 是按来源模板“{base.source}”读的，现在没有这个模板了，不能再读它的行",
            hint="请把原来的模板放回数据库旁的 templates/sources 文件夹",
        )
    return templates[base.source]


def _lead() -> int:
    from ..worklists.asides import LEAD

    return LEAD


def _sort_out(session: Session, base: BatchRow, number: int, sheet: ReturnedSheet) -> _Rows:
    """Changed rows, rows as they were, and what is wrong with the row numbers."""
    from ..intake.rows.rereading import Layout

    kept = rows.layouts(session, base.id)
    if number not in kept:
        said = "原文件里没有这张工作表，没有处理"
        if not kept:  # a partition: what was compared elsewhere is not put right here
            said = "这些行出自关联分区，不能在这里补入，没有处理；请与发来分区的单位核实后，按部门的原表导入"
        return _Rows({}, [_odd(sheet, 1, said)], 0, 0, 0)
    layout = Layout.of_json(kept[number][1])
    waiting = {doubt.row for doubt in superseding.doubts(session, base.id) if doubt.sheet_no == number}
    told = [line.original for line in sheet.rows]
    known = {row for row in told if row is not None}
    now = standing.cells(session, base.id, number, layout, known)
    there = rows.raw(session, base.id, number, known)
    found = _Rows({}, [], len(sheet.rows), 0, 0)
    unchanged = settled = 0
    for line in sheet.rows:
        row = line.original
        if row is None or row not in there:
            found.problems.append(
                _odd(sheet, line.row, "“原表行号”被改动或没有填，不知道是原表哪一行，没有处理")
            )
        elif told.count(row) > 1:
            found.problems.append(_odd(sheet, line.row, f"“原表行号”{row}出现了不止一次，都没有处理"))
        elif _same(line.cells, now[row]):
            unchanged += row in waiting
            settled += row not in waiting
        elif row not in waiting:
            text = f"原表第{row}行已经收下，这里又写得不同，没有处理；要改已收下的行，用 aidcli correct"
            found.problems.append(_odd(sheet, line.row, text))
        else:
            found.changes[row] = Change(_kept_cells(line.cells, now[row]), line.row, _shown(row, line.cells))
    return found._replace(unchanged=unchanged, settled=settled)


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    from ..worklists.asides import as_written

    width = max(len(one), len(other))
    return all(as_written(_at(one, n)) == as_written(_at(other, n)) for n in range(width))


def _kept_cells(came: Sequence[str], stood: Sequence[str]) -> tuple[str, ...]:
    """The cells that came, each that was not touched as it stood: a number that lost digits still says so."""
    from ..worklists.asides import as_written

    return tuple(
        _at(stood, n) if as_written(cell) == as_written(_at(stood, n)) else cell
        for n, cell in enumerate(came)
    )


def _shown(row: int, cells: tuple[str, ...]) -> tuple[str, ...]:
    return ("", str(row), *cells)


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _odd(sheet: ReturnedSheet, row: int, message: str) -> Problem:
    return Problem(sheet.title, row, "B", "", "aside_row", message, "row")
