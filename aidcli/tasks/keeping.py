"""One list of a file into the database, inside the transaction of its file; in the place of another where asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ..linkage import keys_of
from ..memory import without_collector
from ..store import Actor, Session, batches, drafts, events, rosters, rows
from ..store.batches import BatchHead
from ..store.writing import BatchWriter
from . import asides, refusing, replacing
from .imported import Imported, Options
from .suspicion import refuse_suspicious, rows_ended, same_as
from .taking import Counts, take

if TYPE_CHECKING:
    from ..intake import Reading

_NAMED = 5  # rows that are named
_SPEAK_OF_LEAVING = {
    "left_but_paid": "写着死亡、停发等，金额却不是0，仍按在册收下、照样发放，请逐行核对",
    "state_unread": "在没有采用的列里写着死亡、退出等，仍照有效的收下，请核对",
    "sum_zero": "金额是0，仍按在册收下，请核对是不是已经停发",
}


def kept(
    session: Session, actor: Actor, reading: Reading, options: Options, replaces: int | None, today: date
) -> Imported:
    """The list taken in, in the place of the batch that it `replaces` where it does. Raises `AidError`."""
    if replaces is None:
        with without_collector():
            done = _keep(session, actor, reading, options, None, today)
    else:
        old = replacing.predecessor(session, replaces, reading)
        left = replacing.take_out(session, old)
        with without_collector():
            done = _keep(session, actor, reading, options, replaces, today)
        assert done.batch is not None
        changed = replacing.settle(session, actor, left, done.batch)
        gone = tuple(sorted({*done.drafts, *left.taken.drafts}))
        done = done._replace(replaces=old.id, changed=changed, drafts=gone)
    if options.set_aside and done.batch is not None:
        found = batches.get(session, done.batch)
        assert found is not None
        done = done._replace(asides=tuple(asides.collect(session, found, kept=not options.dry_run)))
    return done


def already(
    session: Session,
    path: Path,
    skipped: Sequence[tuple[str, str]],
    batch: int,
    options: Options,
    period: str = "",
) -> Imported:
    """What to say of a list whose content is here; `period` is the one that the file itself tells.

    Raises `AidError` (``other_period``) where another than the batch's is asked for.
    """
    found = batches.get(session, batch)
    assert found is not None
    name = options.shown or path.name
    if options.period and options.period != found.period:
        raise same_as(found, path.name, options.period)
    return Imported(
        file=name,
        status="already",
        batch=batch,
        source=found.source,
        source_label=found.source_label,
        period=found.period,
        coverage=found.coverage,
        scope=tuple(batches.scope(session, batch)),
        sheets=(),
        rows_read=found.rows_read,
        rows_kept=found.rows_kept,
        rows_set_aside=found.rows_set_aside,
        problems=(),
        skipped_sheets=tuple(skipped),
        asides=tuple(asides.collect(session, found)) if options.set_aside else (),
        told_period=period if period != found.period else "",
    )


def _keep(
    session: Session, actor: Actor, reading: Reading, options: Options, replaces: int | None, today: date
) -> Imported:
    template = reading.template
    coverage, changes = refusing.settled_coverage(reading, options.coverage)
    writer = _writer(session, actor, reading, coverage, options, replaces)
    counts = take(reading, writer, options.progress)
    refusing.refuse_empty(reading, writer, counts)
    writer.finish(())  # what it covers is settled below
    scope = set(options.scope) or writer.townships
    if options.scope == (refusing.EVERYWHERE,):
        scope = writer.townships | batches.covered_before(session, template.key, reading.period)
    accepted = refuse_suspicious(
        session, actor, reading, writer.id, counts, scope, today, options.accept_suspicious
    )
    refusing.refuse_outside(reading, writer.townships - scope)
    if template.kind == "roster" and coverage == "full":
        refusing.refuse_second(session, reading, scope)
        if not options.scope:
            refusing.refuse_unclear_scope(session, reading, scope)
    rows.set_scope(session, writer.id, scope)
    _save_layouts(session, reading, writer.id)
    touched = sorted(writer.rosters)
    rosters.project(session, touched)
    gone = {run for programme, month in touched for run in drafts.drop_drafts_from(session, programme, month)}
    unread, in_part = _unread(reading, counts)
    return Imported(
        file=options.shown or reading.path.name,
        status="kept",
        batch=writer.id,
        source=template.key,
        source_label=template.label,
        period=reading.period,
        coverage=coverage,
        scope=tuple(sorted(scope)),
        sheets=tuple(plan.name for plan in reading.sheets),
        rows_read=writer.rows_read,
        rows_kept=writer.rows_kept,
        rows_set_aside=writer.rows_set_aside,
        problems=tuple(counts.problems),
        skipped_sheets=tuple(reading.skipped_sheets),
        drafts=tuple(sorted(gone)),
        accepted=accepted,
        changes_told="；".join(filter(None, (changes, _left_told(counts)))),
        rows_told=_rows_told(counts),
        unread_columns=unread,
        read_in_part=in_part,
    )


def _left_told(counts: Counts) -> str:
    """How many rows of a roster say themselves that they are over; '' for none."""
    over = rows_ended(counts)
    return f"有{over}行写明已停保（退出、死亡等），按已不在册收下：不算在保人员，不发放" if over else ""


def _rows_told(counts: Counts) -> str:
    """Which rows speak of death or of leaving and are kept as if they did not; '' for none."""
    said = []
    for code, text in _SPEAK_OF_LEAVING.items():
        found = {(one.sheet, one.row): one for one in counts.problems if one.code == code}
        if found:
            several = len({sheet for sheet, _ in found}) > 1
            rows = [f"“{sheet}”第{row}行" if several else f"第{row}行" for sheet, row in found]
            listed = "、".join(rows[:_NAMED]) + ("等" if len(rows) > _NAMED else "")
            said.append(f"有{len(rows)}行{text}（{listed}）")
    return "；".join(said)


def _unread(reading: Reading, counts: Counts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The headings of what holds something and is not read, and of what only ends and deaths were read from."""
    from ..intake.letters import column_letter
    from ..intake.rows.unread import told_in, unread_headings

    told = told_in(counts.problems)
    found: tuple[list[str], list[str]] = [], []
    for number, planned in enumerate(reading.planned):
        for place, heading in unread_headings(planned):
            if (number, place) in counts.unread:
                found[(planned.sheet.name, column_letter(place + 1)) in told].append(heading)
    whole, in_part = (tuple(dict.fromkeys(headings)) for headings in found)
    return tuple(heading for heading in whole if heading not in in_part), in_part


def _writer(
    session: Session, actor: Actor, reading: Reading, coverage: str, options: Options, replaces: int | None
) -> BatchWriter:
    template = reading.template
    head = BatchHead(
        template.key,
        template.label,
        template.kind,
        template.programme or "",
        options.shown or reading.path.name,
        reading.sha256,
        reading.template_hash,
        reading.period,
        coverage,
    )
    body = {
        "file": head.file,
        "sha256": reading.sha256,
        "accept_suspicious": options.accept_suspicious,
        "replaces": replaces,
    }
    said = f"，替换 b{replaces}" if replaces is not None else ""
    summary = f"导入{template.label} {reading.period}{said}"
    seq = events.record(session, actor, "import", template.key, summary, body)
    keys = keys_of(head.source, head.kind == "roster")
    return BatchWriter(session, head, actor.at, actor.operator, seq, keys)


def _save_layouts(session: Session, reading: Reading, batch: int) -> None:
    from ..intake.rows.rereading import layout_of

    found = {number: layout_of(reading, number).as_json() for number in range(len(reading.sheets))}
    rows.save_layouts(session, batch, found)
