"""`import`: department files in, each whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import AidError, Problem
from ..store import Actor, Session, batches, drafts, events, rosters
from ..store.batches import BatchHead, BatchWriter
from .taking import Counts, take

if TYPE_CHECKING:
    from ..intake import Reading

# A file that is read wrongly shows it here: every number cut, or a fifth of the rows unreadable.
SUSPICIOUS_SHARE = 0.2
FEW_ROWS = 5
EVERYWHERE = "全部"  # as a scope: every township of the file and of the lists before it


class Imported(NamedTuple):
    """What became of one file. `status`: kept, already or refused (then `error` says why).

    `skipped_sheets` are (name, reason); `drafts` the draft runs that the new roster made worthless.
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


class Options(NamedTuple):
    """How files are to be taken; the defaults let the file speak for itself."""

    source: str | None = None
    period: str | None = None
    coverage: str | None = None
    scope: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    dry_run: bool = False
    accept_suspicious: bool = False


def refused(path: Path, error: AidError) -> Imported:
    """What to show for a file that was not taken."""
    return Imported(path.name, "refused", None, "", "", "", "", (), (), 0, 0, 0, (), error)


class _DryRun(Exception):
    """Leaves the transaction without keeping anything."""


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
    from ..intake import load_templates, open_file

    templates = load_templates(template_folders)
    reading = open_file(
        path, templates, source=options.source, sheets=options.sheets, period=options.period, today=today
    )
    outcome: list[Imported] = []
    try:
        with session.transaction(actor, wait):
            known = batches.by_content(session, reading.sha256, reading.template.key)
            if known is not None:
                return _already(session, reading, known, options)
            outcome.append(_keep(session, actor, reading, options))
            if options.dry_run:
                raise _DryRun
    except _DryRun:
        return outcome[0]._replace(batch=None)
    return outcome[0]


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
    )


def _keep(session: Session, actor: Actor, reading: Reading, options: Options) -> Imported:
    template = reading.template
    if template.kind == "roster" and "Q" in reading.period:
        raise AidError(
            "bad_period",
            f"名册的期间应为月份，读到的是“{reading.period}”",
            file=reading.path.name,
            hint="用 --period 2026-10 指定月份",
        )
    coverage = options.coverage or template.coverage
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
    seq = events.record(
        session,
        actor,
        "import",
        template.key,
        f"导入{template.label} {reading.period}",
        {"file": reading.path.name, "sha256": reading.sha256, "accept_suspicious": options.accept_suspicious},
    )
    writer = BatchWriter(session, head, actor.at, actor.operator, seq)
    counts = take(reading, writer)
    _refuse_suspicious(reading, writer, counts, options.accept_suspicious)
    scope = set(options.scope) or writer.townships
    if options.scope == (EVERYWHERE,):
        scope = writer.townships | batches.covered_before(session, template.key, reading.period)
    _refuse_outside(reading, writer.townships - scope)
    if template.kind == "roster" and coverage == "full":
        _refuse_second(session, reading, scope)
        if not options.scope:
            _refuse_unclear_scope(session, reading, scope)
    writer.finish(scope)
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
    )


def _refuse_suspicious(reading: Reading, writer: BatchWriter, counts: Counts, accept: bool) -> None:
    name = reading.path.name
    if writer.rows_kept == 0:
        raise AidError(
            "no_rows",
            f"“{name}”里没有一行能够导入（读到{writer.rows_read}行，搁置{writer.rows_set_aside}行）",
            file=name,
            hint="用 aidcli sources try 查看程序怎样读这个文件",
        )
    if accept:
        return
    if counts.ids >= FEW_ROWS and counts.lost == counts.ids:
        raise AidError(
            "suspicious_ids",
            f"“{name}”的身份证号列全部是数字格式，{counts.lost}个号码的末位都已丢失",
            file=name,
            hint="请原单位把该列设为文本后重新导出；确要导入请加 --accept-suspicious",
        )
    if writer.rows_read >= FEW_ROWS and writer.rows_set_aside > SUSPICIOUS_SHARE * writer.rows_read:
        raise AidError(
            "suspicious_rows",
            f"“{name}”的{writer.rows_read}行中有{writer.rows_set_aside}行读不出来，可能认错了列。例如：{counts.example()}",
            file=name,
            hint="用 aidcli sources try 核对列的对应关系；确要导入请加 --accept-suspicious",
        )


def _refuse_outside(reading: Reading, outside: set[str]) -> None:
    found = "、".join(sorted(township or "（未填乡镇）" for township in outside))
    if outside:
        raise AidError(
            "outside_scope",
            f"“{reading.path.name}”里有 --scope 没有写到的乡镇：{found}",
            file=reading.path.name,
            hint="把这些乡镇也写进 --scope，或者不写 --scope，由程序按文件里的乡镇认定范围",
        )


def _refuse_unclear_scope(session: Session, reading: Reading, scope: set[str]) -> None:
    """A full list that lacks a township covered before: nobody left there, or not in this file?"""
    before = batches.covered_before(session, reading.template.key, reading.period)
    missing = "、".join(sorted(township for township in before - scope if township))
    if missing:
        raise AidError(
            "scope_unclear",
            f"以前的{reading.template.label}包括{missing}，“{reading.path.name}”里没有这些乡镇的人",
            file=reading.path.name,
            hint=f"如果这些乡镇已经没有对象，加 --scope {EVERYWHERE}；如果这份文件不含这些乡镇，"
            "用 --scope 逐个写明它包括的乡镇",
        )


def _refuse_second(session: Session, reading: Reading, scope: set[str]) -> None:
    clash = batches.overlapping(session, reading.template.key, reading.period, scope)
    if clash:
        listed = "、".join(f"b{batch}" for batch in clash)
        raise AidError(
            "roster_twice",
            f"{reading.period}的{reading.template.label}已经导入（批次 {listed}），同一期间不能有两份全量名册",
            file=reading.path.name,
            hint=f"要整份替换，先运行 aidcli undo {listed.split('、')[0]} 再导入；只改个别户，用 --coverage change 导入变动",
        )
