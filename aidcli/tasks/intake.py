"""`import`: department files in, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import AidError, Problem
from ..linkage import keys_of
from ..store import Actor, Session, batches, drafts, events, rosters, rows
from ..store.batches import BatchHead
from ..store.writing import BatchWriter
from . import asides, loading, refusing, replacing, setup, supplementing
from .comparing import Compared
from .suspicion import refuse_suspicious
from .taking import take
from .watching import watched

if TYPE_CHECKING:
    from ..intake import Reading, Template
    from ..worklists.asides import AsideSheet

EVERYWHERE = refusing.EVERYWHERE


class Imported(NamedTuple):
    """What became of one file. `status`: kept, already or refused (then `error` says why).

    `skipped_sheets` are (name, reason); `drafts` the draft runs that the new roster made worthless.
    `supplements`: the batch that corrected rows went to, with `unchanged` rows that still stand aside.
    `replaces`: the batch it took the place of, with what `changed`. `asides`: what stands aside, for the
    workbook. `accepted`: codes of what was suspicious and taken all the same.
    """

    file: str
    status: str
    batch: int | None
    source: str
    source_label: str
    period: str
    coverage: str
    scope: tuple[str, ...]
    sheets: tuple[str, ...]
    rows_read: int
    rows_kept: int
    rows_set_aside: int
    problems: tuple[Problem, ...]
    error: AidError | None = None
    skipped_sheets: tuple[tuple[str, str], ...] = ()
    drafts: tuple[int, ...] = ()
    supplements: int | None = None
    unchanged: int = 0
    replaces: int | None = None
    changed: Compared | None = None
    asides: tuple[AsideSheet, ...] = ()
    accepted: tuple[str, ...] = ()


class Options(NamedTuple):
    """How files are to be taken; the defaults let the file speak for itself.

    `password` answers for a protected file's name, `progress` is told the rows read so far, `set_aside`
    asks for what the workbook of set-aside rows needs.
    """

    source: str | None = None
    period: str | None = None
    coverage: str | None = None
    scope: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    dry_run: bool = False
    accept_suspicious: bool = False
    replaces: int | None = None
    set_aside: bool = False
    password: Callable[[str], str | None] | None = None
    progress: Callable[[int], None] | None = None


def refused(path: Path, error: AidError) -> Imported:
    """What to show for a file that was not taken."""
    return Imported(path.name, "refused", None, "", "", "", "", (), (), 0, 0, 0, (), error)


class _DryRun(Exception):
    """Leaves the transaction without keeping anything."""


def import_any(
    session: Session,
    actor: Actor,
    path: Path,
    template_folders: Sequence[Path],
    options: Options,
    today: date,
    wait: float = 0.0,
) -> list[Imported]:
    """Takes one file in: a department's, or a workbook of set-aside rows that came back corrected.

    Such a workbook counts once for each batch that its rows belong to, each in a transaction of its own.
    """
    returned = asides.read_returned(path) if asides.is_returned(path) else None
    if returned is None:
        return [import_file(session, actor, path, template_folders, options, today, wait)]
    if options.replaces is not None:
        raise AidError(
            "not_a_whole_list",
            f"“{path.name}”是改好的搁置行，会补入原来的批次，不能用来替换整份文件",
            file=path.name,
            hint="去掉 --replaces 再导入",
        )
    templates = loading.templates(template_folders)
    bases = dict.fromkeys(supplementing.base_of(session, sheet, path).id for sheet in returned.sheets)
    return [_supplement(session, actor, returned, base, templates, options, today, wait) for base in bases]


def import_file(
    session: Session,
    actor: Actor,
    path: Path,
    template_folders: Sequence[Path],
    options: Options,
    today: date,
    wait: float = 0.0,
) -> Imported:
    """Takes one file in, in a transaction of its own. Raises `AidError`; nothing is kept then."""
    from ..intake import open_file

    reading = open_file(
        path,
        loading.templates(template_folders),
        source=options.source,
        sheets=options.sheets,
        period=options.period,
        today=today,
        password=options.password,
        regions=setup.regions(session),
    )
    outcome: list[Imported] = []
    try:
        with session.transaction(actor, wait):
            known = batches.by_content(session, reading.sha256, reading.template.key)
            if known is not None:
                if options.replaces is not None:
                    raise replacing.same_content(path.name, known)
                return _already(session, reading, known, options)
            outcome.append(_kept(session, actor, reading, options, today))
            if options.dry_run:
                raise _DryRun
    except _DryRun:
        return outcome[0]._replace(batch=None)
    return outcome[0]


def _kept(session: Session, actor: Actor, reading: Reading, options: Options, today: date) -> Imported:
    """The file taken in, in the place of the one that it replaces where it does."""
    if options.replaces is None:
        done = _keep(session, actor, reading, options, today)
    else:
        old = replacing.predecessor(session, options.replaces, reading)
        left = replacing.take_out(session, old)
        done = _keep(session, actor, reading, options, today)
        assert done.batch is not None
        changed = replacing.settle(session, actor, left, done.batch)
        gone = tuple(sorted({*done.drafts, *left.taken.drafts}))
        done = done._replace(replaces=old.id, changed=changed, drafts=gone)
    if options.set_aside and done.batch is not None:
        found = asides.collect(session, reading, done.batch, kept=not options.dry_run)
        done = done._replace(asides=tuple(found))
    return done


def _supplement(
    session: Session,
    actor: Actor,
    returned: asides.Returned,
    base: int,
    templates: Mapping[str, Template],
    options: Options,
    today: date,
    wait: float,
) -> Imported:
    outcome: list[Imported] = []
    try:
        with session.transaction(actor, wait):
            found = batches.get(session, base)
            assert found is not None
            done = supplementing.supplement(session, actor, returned, found, templates, today)
            outcome.append(_supplemented(session, returned, done))
            if options.dry_run:
                raise _DryRun
    except _DryRun:
        return outcome[0]._replace(batch=None)
    return outcome[0]


def _supplemented(session: Session, returned: asides.Returned, done: supplementing.Supplemented) -> Imported:
    base, laid = done.base, done.laid
    patches = rows.patches_of(session, base.id)
    known = laid.batch or (patches[-1].id if patches else base.id)
    still = len({(problem.sheet, problem.row) for problem in laid.aside})
    return Imported(
        file=returned.path.name,
        status="kept" if laid.batch else "already",
        batch=known,
        source=base.source,
        source_label=base.source_label,
        period=base.period,
        coverage=base.coverage,
        scope=tuple(batches.scope(session, base.id)),
        sheets=done.sheets,
        rows_read=done.read,
        rows_kept=laid.taken,
        rows_set_aside=still + done.unchanged,
        problems=(*laid.aside, *laid.problems),
        drafts=laid.drafts,
        supplements=base.id,
        unchanged=done.unchanged,
    )


def _already(session: Session, reading: Reading, batch: int, options: Options) -> Imported:
    found = batches.get(session, batch)
    assert found is not None
    if options.period and options.period != found.period:
        raise AidError(
            "other_period",
            f"“{reading.path.name}”的内容已作为{found.period}的{found.source_label}导入（批次 b{batch}，"
            f"文件 {found.file}），不能再作为{options.period}导入",
            file=reading.path.name,
            hint=f"如果原来的期间写错了，先运行 aidcli undo b{batch}；如果是对方发错了文件，请向对方索取",
        )
    return Imported(
        file=reading.path.name,
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
        asides=tuple(asides.collect(session, reading, batch)) if options.set_aside else (),
    )


def _keep(session: Session, actor: Actor, reading: Reading, options: Options, today: date) -> Imported:
    template = reading.template
    if template.kind == "roster" and "Q" in reading.period:
        raise AidError(
            "bad_period",
            f"名册的期间应为月份，读到的是“{reading.period}”",
            file=reading.path.name,
            hint="用 --period 2026-10 指定月份",
        )
    coverage = options.coverage or template.coverage
    writer = _writer(session, actor, reading, coverage, options)
    counts = take(watched(reading, options.progress), writer)
    refusing.refuse_empty(reading, writer)
    writer.finish(())  # what it covers is settled below
    scope = set(options.scope) or writer.townships
    if options.scope == (EVERYWHERE,):
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
    touched = rosters.months_of_batch(session, writer.id)
    rosters.project(session, touched)
    gone = {run for programme, month in touched for run in drafts.drop_drafts_from(session, programme, month)}
    return Imported(
        file=reading.path.name,
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
    )


def _writer(session: Session, actor: Actor, reading: Reading, coverage: str, options: Options) -> BatchWriter:
    template = reading.template
    head = BatchHead(
        template.key,
        template.label,
        template.kind,
        template.programme or "",
        reading.path.name,
        reading.sha256,
        reading.template_hash,
        reading.period,
        coverage,
    )
    body = {
        "file": reading.path.name,
        "sha256": reading.sha256,
        "accept_suspicious": options.accept_suspicious,
        "replaces": options.replaces,
    }
    said = f"，替换 b{options.replaces}" if options.replaces is not None else ""
    summary = f"导入{template.label} {reading.period}{said}"
    seq = events.record(session, actor, "import", template.key, summary, body)
    keys = keys_of(head.source, head.kind == "roster")
    return BatchWriter(session, head, actor.at, actor.operator, seq, keys)


def _save_layouts(session: Session, reading: Reading, batch: int) -> None:
    from ..intake.rows.rereading import layout_of

    found = {number: layout_of(reading, number).as_json() for number in range(len(reading.sheets))}
    rows.save_layouts(session, batch, found)
