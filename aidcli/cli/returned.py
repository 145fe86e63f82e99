"""`apply`: filled worklists come back; and what answers bring to light."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import AidError
from ..money import yuan
from .common import Common, command
from .outcome import Outcome, Table


def register(app: typer.Typer) -> None:
    command(app, "apply")(apply)


def apply(
    common: Common,
    files: Annotated[list[Path], typer.Argument(help="填好的清单，可写多个", metavar="文件…")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样，不保存")] = False,
) -> Outcome:
    """把填好的清单交回：一份文件一次记下。现在能交回的是认人核对表。交两次等于一次。"""
    from ..tasks import returning

    told: list[dict[str, object]] = []
    rows: list[tuple[str, ...]] = []
    lines: list[str] = []
    refused: AidError | None = None
    waiting = False
    with common.session() as session:
        for path in files:
            try:
                done = returning.apply_file(
                    session, common.actor(), path, common.as_of, dry_run=dry_run, wait=common.wait
                )
            except AidError as error:
                refused = refused or error
                told.append({"file": path.name, "status": "refused", "error": error.as_dict()})
                lines += [f"{path.name}：{error.message}"] if error is not refused else []
                continue
            told.append(_applied(done, dry_run))
            counts = (done.changed, done.unchanged, len(done.conflicts), len(done.problems))
            rows.append((done.file, str(done.rows_read), *map(str, counts)))
            lines += [_fault_line(done.file, fault) for fault in (*done.conflicts, *done.problems)]
            lines += paid_lines(done.paid_twice)
            waiting |= bool(done.conflicts or done.problems or done.paid_twice)
    title = "试读，没有保存" if dry_run else ""
    table = Table(title, ("文件", "读到题", "记下", "没有变化", "冲突", "填写有误"), rows)
    hints = [] if dry_run or not rows else ["下一步：aidcli flag"]
    return Outcome({"files": told}, lines, [table] if rows else [], hints, waiting, refused)


def _applied(done: Any, dry_run: bool) -> dict[str, object]:
    return {
        "file": done.file,
        "status": "tried" if dry_run else "applied",
        "worklist": done.worklist,
        "rows_read": done.rows_read,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "conflicts": [dict(fault._asdict()) for fault in done.conflicts],
        "problems": [dict(fault._asdict()) for fault in done.problems],
        "paid_twice": paid_data(done.paid_twice),
    }


def _fault_line(file: str, fault: Any) -> str:
    return f"{file}“{fault.sheet}”第{fault.row}行{fault.column}列：{fault.message}"


def paid_lines(found: Any) -> list[str]:
    """What must not be overlooked: two payments that turn out to be one person's."""
    if not found:
        return []
    listed = [
        f"  {one.month} {one.name}：{one.payment[:10]}（r{one.run}，付给{one.payee}{yuan(one.fen)}元）"
        for one in found
    ]
    return ["注意：这一个人同一个月已经发了两份，已提出疑点“一人发了两份”：", *listed]


def paid_data(found: Any) -> list[dict[str, object]]:
    return [
        {
            "person": one.person,
            "programme": one.programme,
            "month": one.month,
            "payment": one.payment,
            "run": one.run,
            "amount_fen": one.fen,
        }
        for one in found
    ]
