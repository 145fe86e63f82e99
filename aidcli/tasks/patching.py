"""Rows of a batch put in the place of what stood there: corrected rows that come back, single cells.

The corrected row is read by the template that read the file. What the earlier row had yielded is kept, so
that undo restores it; a batch and all that lies on it count as one list, as if it had been right at once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import AidError, Problem
from ..model import Record, RowRead
from ..store import Actor, Session, batches, drafts, links, removal, rosters, rows, superseding
from ..store.batches import BatchRow, Keyed
from ..store.superseding import PatchHead, PatchRow, Place
from . import setup, standing
from .inheriting import inherit, successors
from .matching import rematch
from .taking import keyed, settle

if TYPE_CHECKING:
    from ..intake import Template
    from ..intake.rows.rereading import Layout


class Change(NamedTuple):
    """A row as it comes now: its cells under the department's columns, its row and cells in the new file."""

    cells: tuple[str, ...]
    row: int
    shown: tuple[str, ...]


class Laid(NamedTuple):
    """What came of it. `batch` is None when no row could be read; `aside` says why rows still stand aside."""

    batch: int | None
    taken: int
    problems: tuple[Problem, ...]
    aside: tuple[Problem, ...]
    drafts: tuple[int, ...]


class _Read(NamedTuple):
    """Rows read again, by (sheet, row): those that changed, and their household's rows below them."""

    taken: dict[tuple[int, int], RowRead]
    context: dict[tuple[int, int], RowRead]
    aside: list[Problem]


def lay_over(
    session: Session,
    actor: Actor,
    base: BatchRow,
    changes: Mapping[int, Mapping[int, Change]],
    titles: Mapping[int, str],
    head: PatchHead,
    template: Template,
    seq: int,
    today: date,
) -> Laid:
    """Takes changed rows (sheet number → row → change) into a batch that supplements `base`.

    Inside the caller's transaction. Raises `AidError` where an approved payment stands on a row that would
    change (``row_paid``) or a row names a township that another full list covers (``roster_twice``).
    """
    read = _read_again(session, base, changes, template, head.lead, today)
    if not read.taken:
        return Laid(None, 0, (), tuple(read.aside), ())
    patched = [
        PatchRow(n, changes[n][row].row, changes[n][row].shown, _moved(one, changes[n][row].row, head.lead))
        for (n, row), one in read.taken.items()
    ]
    before = rows.townships(session, base.id)
    sheets = {n: _sheet(session, base.id, n, titles[n], head.lead) for n, _ in read.taken}
    number = superseding.open_patch(session, base.id, head, sheets, patched, actor, seq)
    earlier = _supersede(session, base, number, read, changes, template)
    settle(session, base)
    for place, before_it in earlier.items():
        inherit(session, actor, successors(before_it, superseding.yields(session, place)))
    lost = removal.sweep(session, base.id)
    _widen_scope(session, base, number, before)
    gone = refresh(session, [base.id, number])
    match_again(session, actor, lost)
    notes = tuple(problem for one in patched for problem in one.problems)
    return Laid(number, len(patched), notes, tuple(read.aside), gone)


def match_again(session: Session, actor: Actor, lost: set[str]) -> None:
    """Matches what became loose, where matching has begun; before that `match` sees to all of it."""
    if links.epoch(session) is not None:
        rematch(session, actor, lost=lost)


def refresh(session: Session, touched: list[int]) -> tuple[int, ...]:
    """Rebuilds the rosters of some batches; returns the drafts that this made worthless."""
    months = sorted({each for batch in touched for each in rosters.months_of_batch(session, batch)})
    rosters.project(session, months)
    return tuple(
        sorted(
            {run for programme, month in months for run in drafts.drop_drafts_from(session, programme, month)}
        )
    )


def settle_scope(session: Session, batch: int, before: set[str]) -> bool:
    """Lets a batch cover the townships that its rows name now, where that was so `before`; False elsewhere."""
    if set(batches.scope(session, batch)) != before:
        return False
    rows.set_scope(session, batch, rows.townships(session, batch))
    return True


# ---------------------------------------------------------------- reading


def sheets_of(session: Session, base: BatchRow) -> dict[int, tuple[str, dict[str, object]]]:
    """Sheet number → name and layout. Raises `AidError` (``carried_batch``) where the batch was no table."""
    kept = rows.layouts(session, base.id)
    if not kept:
        raise AidError(
            "carried_batch",
            f"批次 b{base.id}（{base.file}）是比对后发来的分区，没有原来的表格，不能在这里更正",
            file=base.file,
            hint="请发来的单位更正后重新比对、重发，再用 aidcli import 导入",
        )
    return kept


def _read_again(
    session: Session,
    base: BatchRow,
    changes: Mapping[int, Mapping[int, Change]],
    template: Template,
    lead: int,
    today: date,
) -> _Read:
    from ..intake.rows.rereading import Layout, reread

    found = _Read({}, {}, [])
    known = setup.regions(session)
    kept = sheets_of(session, base)
    for number, changed in changes.items():
        name, layout = kept[number][0], Layout.of_json(kept[number][1])
        lines = _lines(session, base, number, layout, changed, template)
        household = False
        for one in reread(template, layout, base.file, name, lines, base.period, today, known):
            if one.row in changed:
                if one.outcome == "kept":
                    found.taken[number, one.row] = one
                    household = template.grouped
                else:
                    found.aside.extend(
                        _moved(one, changed[one.row].row, lead) or [_no_row(name, changed[one.row])]
                    )
            elif household and one.record is not None:
                household = bool(one.record.persons) and one.record.persons[0].role != "head"
                if household:
                    found.context[number, one.row] = one
    return found


def _lines(
    session: Session,
    base: BatchRow,
    number: int,
    layout: Layout,
    changed: Mapping[int, Change],
    template: Template,
) -> list[tuple[int, tuple[str, ...]]]:
    """The rows to read: the changed ones; where members stand under their head, the whole sheet."""
    lines: dict[int, tuple[str, ...]] = {}
    if template.grouped:
        lines = standing.cells(session, base.id, number, layout)
    lines |= {row: change.cells for row, change in changed.items()}
    return sorted(lines.items())


def _moved(read: RowRead, row: int, lead: int) -> tuple[Problem, ...]:
    """The problems of a row at its place in the new file."""
    from ..intake.rows.rereading import letter_of, place_of

    return tuple(
        p._replace(row=row, column=letter_of(place_of(p.column) + lead) if p.column else "")
        for p in read.problems
    )


def _no_row(sheet: str, change: Change) -> Problem:
    text = "这一行读成了合计、说明或空行，没有导入"
    return Problem(sheet, change.row, "", "", "no_row", text, "row")


# ---------------------------------------------------------------- writing


def _supersede(
    session: Session,
    base: BatchRow,
    number: int,
    read: _Read,
    changes: Mapping[int, Mapping[int, Change]],
    template: Template,
) -> dict[Place, list[dict[str, Any]]]:
    """Moves the places of the rows to what was read now; what each of these places is instead of."""
    sha256 = rows.content_of(session, base.id)[0]
    stands = superseding.standing(session, base.id, [*read.taken, *read.context])
    moves: dict[tuple[int, int], tuple[Place, Place]] = {}
    fresh: dict[Place, list[dict[str, Any]]] = {}
    for (n, row), one in (read.taken | read.context).items():
        old = stands[n, row]
        new = Place(number, n, changes[n][row].row) if (n, row) in read.taken else old
        assert one.record is not None
        place = f"{sha256}:{n}:{row}"
        content = _content(
            template.key, one.record, keyed(one.record, template.key, place, base.kind == "roster")
        )
        if new == old and _told(content) == _told(superseding.yields(session, old)):
            continue
        _refuse_paid(session, base, old, row)
        moves[n, row], fresh[new] = (old, new), content
    earlier = {new: superseding.yields(session, old) for old, new in moves.values()}
    superseding.supersede(session, base.id, number, moves)
    for new, content in fresh.items():
        superseding.put(session, new, content)
    return earlier


def _content(source: str, record: Record, persons: list[Keyed]) -> list[dict[str, Any]]:
    """What a row yields, in the form in which the store keeps and puts it."""
    entries: list[dict[str, Any]] = [{"entry": list(entry)} for entry in record.entries]
    return entries + [
        {
            "ordinal": person.named.ordinal,
            "role": person.named.role,
            "mention": [person.key, source, *person.named.identity, person.anchor, person.anchor_rank],
            "facts": sorted(
                (list(fact[1:]) for fact in record.facts if fact.person == index),
                key=lambda told: (str(told[0]), int(str(told[1]))),
            ),
        }
        for index, person in enumerate(persons)
    ]


def _told(content: list[dict[str, Any]]) -> list[object]:
    return [
        one.get("entry") or [one["role"], one["ordinal"], one["mention"][1:-2], one["facts"]]
        for one in content
    ]


def _refuse_paid(session: Session, base: BatchRow, place: Place, row: int) -> None:
    paid = superseding.paid_at(session, place)
    if paid:
        raise AidError(
            "row_paid",
            f"批次 b{base.id}第{row}行不能改：已审批的发放以它为依据，共{len(paid)}笔：{'、'.join(paid[:5])}",
            file=base.file,
            row=row,
            hint="先用 aidcli pay correct 冲销这些发放，再更正；以后月份的改动用下个月的名册",
        )


def _sheet(session: Session, base: int, number: int, title: str, lead: int) -> tuple[str, int, str]:
    """Name, header row and columns of a sheet of the new batch: the columns stand `lead` further right."""
    from ..intake.rows.rereading import Layout, letter_of

    layout = Layout.of_json(rows.layouts(session, base)[number][1])
    columns = {
        field: (letter_of(place + lead), heading.strip(), unit)
        for field, (place, heading, unit) in layout.columns.items()
    }
    return title, 1 if lead else layout.header_row, json.dumps(columns, ensure_ascii=False)


def _widen_scope(session: Session, base: BatchRow, number: int, before: set[str]) -> None:
    """The list covers the townships of its rows; those that another full list covers are refused."""
    covered = set(batches.scope(session, base.id))
    fresh = rows.townships(session, base.id) - covered
    if fresh and base.kind == "roster" and base.coverage == "full":
        clash = batches.overlapping(session, base.source, base.period, fresh)
        others = sorted({rows.root_of(session, batch) for batch in clash} - {base.id})
        if others:
            raise AidError(
                "roster_twice",
                f"改后的行属于{'、'.join(sorted(t or '（未填乡镇）' for t in fresh))}，{base.period}的"
                f"{base.source_label}里这些乡镇已由批次 {'、'.join(f'b{one}' for one in others)} 导入",
                file=base.file,
                hint="请核对乡镇有没有填错；确是那边的人，请在那一份名册里更正",
            )
    if not settle_scope(session, base.id, before):
        rows.set_scope(session, number, fresh)
