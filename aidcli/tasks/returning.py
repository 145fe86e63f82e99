"""`apply`: filled worklists come back. One transaction a file; twice is once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import AidError
from ..model import PersonPaid
from ..store import Actor, Session, events, pairs
from ..store.pairs import AskedRow
from ..worklists import Layout, find_layout, load_layouts
from ..worklists.filled import FilledRow, Told, rows_of, told_by
from . import questioning
from .answering import VERDICTS, Answer, alert_paid_twice, record, records_of
from .bonds import JOINS_TWO, Joined, Ties
from .reopening import reopened
from .setup import template_folders

if TYPE_CHECKING:
    from ..intake.formats.source import Sheet

_META = "_meta"
_WORDS = {"是": "same", "否": "different", "存疑": "unsure"}
# What people write who do not use the drop-down list.
_ALSO = {
    "同一人": "same",
    "是同一人": "same",
    "不是": "different",
    "不是同一人": "different",
    "不确定": "unsure",
}


class Fault(NamedTuple):
    """A cell whose answer was not taken, with its place and what to do."""

    sheet: str
    row: int
    column: str
    value: str
    code: str
    message: str


class Applied(NamedTuple):
    """What came of one file. `conflicts` were answered otherwise meanwhile, `problems` cannot be meant."""

    file: str
    worklist: str
    rows_read: int
    changed: int
    unchanged: int
    conflicts: tuple[Fault, ...]
    problems: tuple[Fault, ...]
    paid_twice: tuple[PersonPaid, ...] = ()


class _Plan:
    """What the rows of a file ask for, held against what is known now."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.unchanged = 0
        self.conflicts: list[Fault] = []
        self.problems: list[Fault] = []


def apply_file(
    session: Session, actor: Actor, path: Path, as_of: date, *, dry_run: bool = False, wait: float = 0.0
) -> Applied:
    """Takes the answers of one filled worklist; what could not be taken is listed, the rest holds.

    Raises `AidError` where the file is no worklist, or one that cannot be taken back yet.
    """
    layouts = load_layouts(template_folders(session, "worklists"))
    layout, rows = _read(path, layouts)
    if dry_run:
        with session.snapshot():
            plan = _planned(session, rows)
        return _applied(path, layout, rows, plan)
    with session.transaction(actor, wait):
        plan = _planned(session, rows)
        if plan.answers:
            record(session, actor, plan.answers)
            told = {"file": path.name, "changed": len(plan.answers), "unchanged": plan.unchanged}
            events.record(
                session,
                actor,
                "apply",
                layout.key,
                f"交回{layout.label}，记下{len(plan.answers)}个回答",
                told,
            )
    same = [key for answer in plan.answers if answer.verdict == "same" for key in (answer.left, answer.right)]
    found = alert_paid_twice(session, actor, same, as_of, wait)
    return _applied(path, layout, rows, plan)._replace(paid_twice=tuple(found))


def has_answers(path: Path) -> bool:
    """Whether a file is a workbook of questions in which somebody has filled in something."""
    from ..resources import data_dir

    layouts = load_layouts([data_dir("templates/worklists")])
    try:
        _, rows = _read(path, layouts)
    except AidError:
        return False
    return any(any(row.values.values()) for row in rows)


def _read(path: Path, layouts: dict[str, Layout]) -> tuple[Layout, list[FilledRow]]:
    from ..intake.formats.source import open_source

    opened = {sheet.name: sheet for sheet in open_source(path, None).sheets}
    told = told_by(opened[_META].rows()) if _META in opened else None
    if told is None:
        raise AidError(
            "not_a_worklist",
            f"“{path.name}”不是 aidcli 导出的清单，或另存时丢了里面的标记，没有改动",
            file=path.name,
            hint="请在导出的那个 .xlsx 里填写，直接保存后交回；部门来文和搁置行用 aidcli import 导入",
        )
    layout = find_layout(layouts, told.layout)
    if layout.key != questioning.KEY:
        raise AidError(
            "not_returnable",
            f"“{path.name}”是{layout.label}，还不能读回来，没有改动",
            file=path.name,
            hint="疑点核查完了逐条登记：aidcli alerts close" if layout.key == "alert_check" else None,
        )
    return layout, list(_rows(path, opened, layout, told))


def _rows(path: Path, opened: Mapping[str, Sheet], layout: Layout, told: Told) -> Iterable[FilledRow]:
    missing = [sheet for sheet in told.tables if sheet not in opened and sheet in told.columns]
    if len(missing) == len(told.tables):
        raise AidError(
            "sheet_renamed",
            f"“{path.name}”里没有导出时的工作表“{'”“'.join(missing)}”，可能改了名，没有改动",
            file=path.name,
            hint="请把工作表改回原来的名称",
        )
    for sheet in told.tables:
        if sheet in opened:
            yield from rows_of(path.name, sheet, opened[sheet].rows(), layout, told)


def _applied(path: Path, layout: Layout, rows: list[FilledRow], plan: _Plan) -> Applied:
    return Applied(
        path.name,
        layout.key,
        len(rows),
        len(plan.answers),
        plan.unchanged,
        tuple(plan.conflicts),
        tuple(plan.problems),
    )


def _planned(session: Session, rows: Iterable[FilledRow]) -> _Plan:
    """What is to be written down; a blank answer, and one that stands already, changes nothing."""
    told = pairs.answered(session)
    known = {row.pair: row for row in told}
    asked = {row.pair: row for row in (*pairs.waiting(session), *reopened(session, told))}
    plan, seen, ties = _Plan(), dict[str, str](), Ties(session, told)
    for row in rows:
        verdict = _verdict(plan, row)
        if verdict is None:
            continue
        before = seen.get(row.key)
        seen.setdefault(row.key, verdict)
        if before == verdict:
            plan.unchanged += 1
        elif before is not None:
            plan.problems.append(
                _fault(row, "two_answers", "同一题在这份文件里有两种回答，只按前面的，请核对")
            )
        elif row.key in asked:
            _take(plan, ties, _answer(asked[row.key], verdict, row), row)
        elif row.key in known and known[row.key].status == verdict:
            plan.unchanged += 1
        elif row.key not in known and verdict == "same" and (refused := _settled(session, ties, row)):
            plan.conflicts.append(_joins_two(row, refused))
        else:
            plan.conflicts.append(_conflict(row, known.get(row.key)))
    return plan


def _settled(session: Session, ties: Ties, row: FilledRow) -> Joined | None:
    """Why a question that is gone may not be answered with 是: its row is somebody else's of the register."""
    both = records_of(session, row.key)
    return ties.contrary(*both) if both else None


def _answer(asked: AskedRow, verdict: str, row: FilledRow) -> Answer:
    return Answer(asked.left, asked.right, verdict, row.values.get("remark", ""))


def _take(plan: _Plan, ties: Ties, answer: Answer, row: FilledRow) -> None:
    """Takes an answer, unless it and those before it make one of two people of the register."""
    refused = ties.contrary(answer.left, answer.right) if answer.verdict == "same" else None
    if refused:
        plan.conflicts.append(_joins_two(row, refused))
        return
    ties.add(answer, f"这份文件“{row.sheet}”第{row.row}行")
    plan.answers.append(answer)


def _joins_two(row: FilledRow, refused: Joined) -> Fault:
    return _fault(row, JOINS_TWO, f"{refused.message}；{refused.hint}")


def _conflict(row: FilledRow, answered: AskedRow | None) -> Fault:
    """Answered otherwise meanwhile, or a question that is gone: undone, or settled by other answers."""
    if answered is None:
        said = "这一题已经不在了：记录所在的导入已撤销，或别的回答已经定了是谁；不用再答"
        return _fault(row, "question_gone", said)
    said = f"{answered.at[:10]} {answered.operator}已答“{VERDICTS[answered.status]}”，没有改动它"
    said += f"；确实要改，先收回：aidcli review undo {answered.pair}，再交回"
    return _fault(row, "answered_otherwise", said)


def _verdict(plan: _Plan, row: FilledRow) -> str | None:
    """What a row answers; None where it says nothing, or nothing that can be meant."""
    written = "".join(row.values.get("answer", "").split())
    if not written:
        plan.unchanged += 1
        return None
    verdict = _WORDS.get(written) or _ALSO.get(written)
    if verdict is None:
        said = f"“{written[:20]}”不是回答，应是：是、否、存疑；拿不准的留空"
        plan.problems.append(_fault(row, "bad_answer", said))
    elif not row.key:
        said = "这一行的标识（隐藏的A列）没有了，不知道是哪一题；请从导出的原文件重新填写"
        plan.problems.append(_fault(row, "no_row_key", said))
        return None
    return verdict


def _fault(row: FilledRow, code: str, message: str) -> Fault:
    return Fault(
        row.sheet, row.row, row.letters.get("answer", ""), row.values.get("answer", ""), code, message
    )
