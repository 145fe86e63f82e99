"""`import`: department files in, each whole or not at all, whatever lists it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import AidError
from ..months import months_of
from ..store import Actor, Session, batches, rows
from . import ahead, asides, keeping, loading, refusing, replacing, setup, supplementing
from .imported import Imported as Imported
from .imported import Options as Options
from .imported import refused as refused
from .imported import renamed

if TYPE_CHECKING:
    from ..intake import Reading, Template
    from ..intake.formats.parts import Cut

EVERYWHERE = refusing.EVERYWHERE
_UNCLEAR = (
    "period_unknown",
    "template_unknown",
    "template_ambiguous",
    "wrong_template",
    "no_header",
    "duplicate_columns",
)


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

    A department's file counts once for each list that it holds; such a workbook once for each batch that its
    rows belong to. All of a file is one transaction. Raises `AidError`; nothing is kept then.
    """
    try:
        with ahead.standing_by(path):
            return _import_any(session, actor, path, template_folders, options, today, wait)
    except AidError as error:
        raise renamed(error, path, options.shown) from error.__cause__


def _import_any(
    session: Session,
    actor: Actor,
    path: Path,
    template_folders: Sequence[Path],
    options: Options,
    today: date,
    wait: float,
) -> list[Imported]:
    opened: list[Reading] | asides.Returned
    try:
        opened = _opened(session, path, template_folders, options, today)
    except AidError as error:
        known = _known(session, path, options) if error.code in _UNCLEAR else []
        if not known:
            raise
        return known
    if not isinstance(opened, asides.Returned):
        try:
            return _import_lists(session, actor, opened, options, today, wait)
        except AidError as error:
            cuts = _further_table(error, opened)
            if not cuts:
                raise
            try:
                lists = _lists(session, path, template_folders, options, today, cuts)
            except AidError:
                raise error from None
        return _import_lists(session, actor, lists, options, today, wait)
    if options.replaces is not None:
        raise AidError(
            "not_a_whole_list",
            f"“{path.name}”是改好的搁置行，会补入原来的批次，不能用来替换整份文件",
            file=path.name,
            hint="去掉 --replaces 再导入",
        )
    templates = loading.templates(template_folders)
    return _supplement(session, actor, opened, templates, options, today, wait)


def _further_table(error: AidError, lists: Sequence[Reading]) -> list[Cut]:
    """Where the rows of a sheet turned out to go on as another table, for a first look does not reach so far."""
    from ..intake.formats.parts import Cut

    if error.code != "second_table" or not error.column or not error.row:
        return []
    planned = [one for reading in lists for one in reading.planned]
    return [Cut(one.place, error.row) for one in planned if one.sheet.name == error.sheet][:1]


def import_file(
    session: Session,
    actor: Actor,
    path: Path,
    template_folders: Sequence[Path],
    options: Options,
    today: date,
    wait: float = 0.0,
) -> Imported:
    """Takes a department's file in that holds one list. Raises `AidError`; nothing is kept then."""
    lists = _lists(session, path, template_folders, options, today)
    return _import_lists(session, actor, lists, options, today, wait)[0]


def _opened(
    session: Session, path: Path, template_folders: Sequence[Path], options: Options, today: date
) -> list[Reading] | asides.Returned:
    """The lists of a file, or the rows of a workbook of set-aside rows, in whatever format it came back."""
    returned = asides.read_returned(path) if asides.is_returned(path) else None
    if returned is not None:
        return returned
    try:
        lists = _lists(session, path, template_folders, options, today)
    except AidError as error:
        # protected, or saved by a program that keeps the mark elsewhere
        returned = asides.read_returned(path, options.password) if error.code in _UNCLEAR else None
        if returned is None:
            raise
        return returned
    if not asides.looks_returned(lists):
        return lists
    returned = asides.read_returned(path, options.password)
    if returned is None:
        raise asides.lost(path)
    return returned


def _known(session: Session, path: Path, options: Options) -> list[Imported]:
    """What to say of a file that does not tell what it is, but came in before under a name that did."""
    if options.source is not None or options.replaces is not None:
        return []
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return [
        keeping.already(session, path, (), batch, options) for batch in rows.with_content(session, sha256)
    ]


def _lists(
    session: Session,
    path: Path,
    template_folders: Sequence[Path],
    options: Options,
    today: date,
    cuts: Sequence[Cut] = (),
) -> list[Reading]:
    from ..intake.lists import open_lists

    return open_lists(
        path,
        loading.templates(template_folders),
        source=options.source,
        sheets=options.sheets,
        period=options.period,
        today=today,
        password=options.password,
        regions=setup.regions(session),
        folders=options.folders,
        cuts=cuts,
    )


def _import_lists(
    session: Session, actor: Actor, lists: Sequence[Reading], options: Options, today: date, wait: float
) -> list[Imported]:
    outcome: list[Imported] = []
    try:
        with session.transaction(actor, wait):
            olds = replacing.predecessors(session, options.replaces, lists)
            chosen = (
                options.source is not None or options.sheets
            )  # what the file holds beside is left out knowingly
            standing = [] if chosen else replacing.left_standing(session, olds)
            for reading in lists:
                old = olds.get(reading.template.key)
                outcome.append(_take(session, actor, reading, lists, options, old, today))
            first = outcome[0]
            outcome[0] = first._replace(skipped_sheets=(*first.skipped_sheets, *standing))
            if options.dry_run:
                raise _DryRun
    except _DryRun:
        return [one._replace(batch=None) if one.status == "kept" else one for one in outcome]
    return outcome


def _take(
    session: Session,
    actor: Actor,
    reading: Reading,
    lists: Sequence[Reading],
    options: Options,
    replaces: int | None,
    today: date,
) -> Imported:
    """One of the lists of a file; which one it is stands in the error where it is refused."""
    from ..intake.headers.periods import period_in

    known = batches.of_content(session, reading.sha256, reading.template.key)
    same = next((one for one in known if one.period == reading.period), None)
    once_more = bool(options.period and options.accept_suspicious)
    rosters = any(one.template.kind == "roster" for one in lists)
    if rosters and reading.template.kind != "roster":
        options = options._replace(scope=())  # what a roster beside it covers says nothing of this list
    try:
        if same or (known and not once_more):
            number = (same or known[0]).id
            skipped = reading.skipped_sheets
            return keeping.already(session, reading.path, skipped, number, options, reading.period)
        done = keeping.kept(session, actor, reading, options, replaces, today)
        own = period_in(reading.path.stem)
        place = 0 if reading.template.programme == "tekun" else -1  # the month as which a quarter is taken
        quarter = (
            bool(own) and reading.template.kind == "roster" and months_of(own or "")[place] == reading.period
        )
        return done._replace(told_period=own if own and own != reading.period and not quarter else "")
    except AidError as error:
        if len(lists) > 1:
            error.sheet = error.sheet or "、".join(plan.name for plan in reading.sheets)
            several = f"这个文件里有{len(lists)}种表，一种不能导入就都不导入；要先导入其余的，用 --sheet 指明"
            error.hint = f"{error.hint}。{several}" if error.hint else several
        raise


def _supplement(
    session: Session,
    actor: Actor,
    returned: asides.Returned,
    templates: Mapping[str, Template],
    options: Options,
    today: date,
    wait: float,
) -> list[Imported]:
    outcome: list[Imported] = []
    try:
        with session.transaction(actor, wait):
            bases = dict.fromkeys(
                supplementing.base_of(session, sheet, returned.path).id for sheet in returned.sheets
            )
            for base in bases:
                found = batches.get(session, base)
                assert found is not None
                done = supplementing.supplement(session, actor, returned, found, templates, today)
                outcome.append(_supplemented(session, returned, done, options))
            if options.dry_run:
                raise _DryRun
    except _DryRun:
        return [one._replace(batch=None) for one in outcome]
    return outcome


def _supplemented(
    session: Session, returned: asides.Returned, done: supplementing.Supplemented, options: Options
) -> Imported:
    base, laid = done.base, done.laid
    patches = rows.patches_of(session, base.id)
    known = laid.batch or (patches[-1].id if patches else base.id)
    still = len({(problem.sheet, problem.row) for problem in laid.aside})
    return Imported(
        file=options.shown or returned.path.name,
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
