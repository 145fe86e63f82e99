"""`demo`: the monthly job on the sample district, from its spreadsheets to its worklists."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..errors import AidError
from ..resources import data_dir
from ..store import Actor, Session, open_store
from ..terms import SHORT_PROGRAMMES
from . import exporting, flagging, intake, matching, scheduling, setup

REGION = "990101"
DAY = date(2026, 10, 8)
MONTH = "2026-10"
_MARK = "demo"


class Shown(NamedTuple):
    """Everything the demo did, step by step, and where it left it."""

    folder: Path
    db: Path
    files: list[intake.Imported]
    matched: matching.Matched
    flagged: flagging.Flagged
    scheduled: scheduling.Scheduled
    worklists: list[exporting.Exported]


def demo(folder: Path, actor: Actor, progress: Callable[[str], None]) -> Shown:
    """Creates `folder` with ``aid.db``, the sample ``inputs`` and an ``outbox``, and runs the month.

    A folder that an earlier demo made is made anew; any other that is not empty is refused.
    """
    db, inputs, outbox = folder / "aid.db", folder / "inputs", folder / "outbox"
    _prepare(folder, db)
    for place in (inputs, outbox):
        place.mkdir(parents=True, exist_ok=True)
    setup.init(db, actor, REGION)
    session = open_store(db)
    try:
        with session.transaction(actor):
            session.set_setting(_MARK, "1")
        files = [_take(session, actor, path, inputs, progress) for path in sample_files()]
        progress("匹配")
        matched = matching.match(session, actor)
        progress("核查")
        flagged = flagging.flag(session, actor, DAY)
        progress("排发放")
        scheduled = scheduling.schedule(session, actor, MONTH, DAY)
        progress("导出")
        worklists = _export(session, actor, scheduled, outbox)
    finally:
        session.close()
    return Shown(folder, db, files, matched, flagged, scheduled, worklists)


def sample_files() -> list[Path]:
    """The sample district's spreadsheets, by name."""
    return sorted(path for path in (data_dir("sample_data") / "inputs").iterdir() if path.is_file())


def _take(
    session: Session, actor: Actor, path: Path, inputs: Path, progress: Callable[[str], None]
) -> intake.Imported:
    progress(f"导入 {path.name}")
    copy = inputs / path.name
    shutil.copyfile(path, copy)
    folders = setup.template_folders(session, "sources")
    return intake.import_file(session, actor, copy, folders, intake.Options(), DAY)


def _export(
    session: Session, actor: Actor, scheduled: scheduling.Scheduled, outbox: Path
) -> list[exporting.Exported]:
    made = [exporting.export(session, actor, "alert_check", outbox / "疑点核查表.xlsx", DAY)]
    for run in scheduled.runs:
        name = f"发放花名册_{SHORT_PROGRAMMES[run.programme]}_{run.period}.xlsx"
        made.append(exporting.export(session, actor, "payment_roster", outbox / name, DAY, run=run.id))
    return made


def _prepare(folder: Path, db: Path) -> None:
    if not folder.exists():
        folder.mkdir(parents=True)
        return
    if not folder.is_dir():
        raise AidError(
            "not_a_folder", f"“{folder}”是文件，不是文件夹", hint="换一个文件夹名：aidcli demo 名称"
        )
    if not any(folder.iterdir()):
        return
    if not db.exists() or not _is_demo(db):
        raise AidError(
            "folder_not_empty",
            f"文件夹“{folder}”不是空的，也不是以前演示留下的，没有动它",
            hint="换一个文件夹名：aidcli demo 名称",
        )
    for path in folder.glob("aid.db*"):
        path.unlink()


def _is_demo(db: Path) -> bool:
    try:
        session = open_store(db)
    except AidError:
        return False
    try:
        return session.setting(_MARK) == "1"
    finally:
        session.close()
