"""`schedule`, `pay list|approve|reject|hold|resume|correct`, `export`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import WrongUsage
from ..money import yuan
from ..months import parse_month
from ..terms import PAYMENT_KINDS, RUN_STATUSES, SHORT_PROGRAMMES, find_programme
from .common import Common, command, group, read_number
from .outcome import Outcome, Table, mask_account

_HEADERS = (
    "批次",
    "类型",
    "期间",
    "户数",
    "人数",
    "笔数",
    "金额（元）",
    "应发放日",
    "发放日",
    "问题",
    "状态",
)
_STATES = {**RUN_STATUSES, "held": "缓发", "reversed": "已冲销"}
_RUN = Annotated[str, typer.Argument(help="发放批次，如 r1", metavar="批次")]
_PAYMENT = Annotated[str, typer.Argument(help="付款编号，如 y-1f2e3d", metavar="付款")]
_REASON = Annotated[str, typer.Option("--reason", help="原因，记入日志", metavar="原因")]


def register(app: typer.Typer) -> None:
    command(app, "schedule")(schedule)
    command(app, "export")(export)
    pay = group(app, "pay", "发放批次：审批、缓发、冲销。")
    command(pay, "list", "pay list")(pay_list)
    command(pay, "approve", "pay approve")(pay_approve)
    command(pay, "reject", "pay reject")(pay_reject)
    command(pay, "hold", "pay hold")(pay_hold)
    command(pay, "resume", "pay resume")(pay_resume)
    command(pay, "correct", "pay correct")(pay_correct)


def schedule(
    common: Common,
    month: Annotated[str, typer.Option("--month", help="排哪个月的发放，如 2026-10", metavar="年-月")],
    programme: Annotated[
        list[str] | None,
        typer.Option("--programme", help="只排这一类：低保 或 特困；默认都排", metavar="类型"),
    ] = None,
) -> Outcome:
    """排发放：低保按月，特困按季。得到草稿和问题单；同期的旧草稿会被替换，审批过的不动。"""
    from ..tasks import scheduling

    only = tuple(find_programme(word) for word in programme or ())
    with common.session() as session:
        done = scheduling.schedule(
            session, common.actor(), parse_month(month), common.as_of, only, common.wait
        )
    lines = list(done.nothing.values())
    lines += [f"r{r.id} 的发放日为暂定：{r.provisional}" for r in done.runs if r.provisional]
    asked = sum(row.questions for row in done.runs)
    hints = (
        [f"有{asked}个问题等审批人回答，查看：aidcli explain r批次号，或导出发放花名册看“问题单”"]
        if asked
        else []
    )
    return Outcome(
        {"runs": [_run(row) for row in done.runs], "nothing_due": done.nothing},
        lines,
        [Table("", _HEADERS, [_row(row) for row in done.runs])] if done.runs else [],
        hints,
        waiting=asked > 0,
    )


def pay_list(
    common: Common,
    run: Annotated[str | None, typer.Option("--run", help="列出这个批次的每笔付款", metavar="批次")] = None,
) -> Outcome:
    """列出发放批次；加 --run 列出一个批次的每笔付款和付款编号。"""
    from ..tasks import paying

    with common.session() as session:
        if run is not None:
            return _payments(common, paying.payments(session, read_number(run, "r", "发放批次")))
        found = paying.listing(session)
    lines = [] if found else ["还没有发放批次"]
    tables = [Table("", _HEADERS, [_row(row) for row in found])] if found else []
    return Outcome({"runs": [_run(row) for row in found]}, lines, tables)


def _payments(common: Common, found: list[Any]) -> Outcome:
    rows = [
        (
            p.payment.id[:10],
            p.payment.township + p.payment.village,
            p.payment.payee,
            mask_account(p.payment.account, common.unmask),
            yuan(p.payment.fen),
            PAYMENT_KINDS[p.payment.kind],
            _STATES[p.state] + (f"：{p.reason}" if p.reason else ""),
        )
        for p in found
    ]
    data = {
        "payments": [
            {
                "payment": p.payment.id,
                "household": p.payment.household or None,
                "payee": p.payment.payee,
                "account": mask_account(p.payment.account, common.unmask),
                "amount_fen": p.payment.fen,
                "kind": p.payment.kind,
                "status": p.state,
                "reason": p.reason or None,
            }
            for p in found
        ]
    }
    headers = ("付款", "地址", "收款人", "账号", "金额（元）", "类别", "状态")
    return Outcome(data, tables=[Table("", headers, rows)])


def pay_approve(common: Common, run: _RUN) -> Outcome:
    """审批一个草稿。会重复发放的，指明是哪几笔并拒绝。"""
    from ..tasks import paying

    with common.session() as session:
        done = paying.approve(session, common.actor(), read_number(run, "r", "发放批次"), common.wait)
    lines = [f"已审批 r{done.run.id}：{done.run.payments}笔，{yuan(done.run.amount_fen)}元"]
    lines += [f"缓发{done.held}笔未列入"] if done.held else []
    if done.run.prepared_by == done.run.approved_by:
        lines.append(f"注意：编制和审批是同一人（{done.run.approved_by}）")
    return Outcome({**_run(done.run), "held": done.held}, lines)


def pay_reject(common: Common, run: _RUN, reason: _REASON) -> Outcome:
    """退回一个草稿，写明原因。"""
    from ..tasks import paying

    with common.session() as session:
        done = paying.reject(session, common.actor(), read_number(run, "r", "发放批次"), reason, common.wait)
    return Outcome(_run(done), [f"已退回 r{done.id}"])


def pay_hold(common: Common, payment: _PAYMENT, reason: _REASON) -> Outcome:
    """缓发草稿里的一笔，写明原因；审批时不列入。"""
    from ..tasks import paying

    with common.session() as session:
        number = paying.hold(session, common.actor(), payment, reason, common.wait)
    return Outcome({"payment": number, "status": "held"}, [f"已缓发 {number[:10]}"])


def pay_resume(common: Common, payment: _PAYMENT, reason: _REASON = "") -> Outcome:
    """恢复草稿里缓发的一笔。"""
    from ..tasks import paying

    with common.session() as session:
        number = paying.resume(session, common.actor(), payment, reason, common.wait)
    return Outcome({"payment": number, "status": "draft"}, [f"已恢复 {number[:10]}"])


def pay_correct(common: Common, payment: _PAYMENT, reason: _REASON) -> Outcome:
    """冲销已审批的一笔，写明原因；原付款不改动，当月可以重新发放。"""
    from ..tasks import paying

    with common.session() as session:
        number = paying.correct(session, common.actor(), payment, reason, common.wait)
    return Outcome({"payment": payment, "reversal": number}, [f"已冲销，冲销编号 {number[:10]}"])


def export(
    common: Common,
    worklist: Annotated[
        str, typer.Argument(help="哪种清单，如 疑点核查表；--list 列出全部", metavar="清单")
    ] = "",
    out: Annotated[Path | None, typer.Argument(help="写到哪个文件", metavar="文件.xlsx")] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", help="按什么分工作表：township 乡镇、village 村、department 部门", metavar="分法"
        ),
    ] = None,
    run: Annotated[str | None, typer.Option("--run", help="哪个发放批次，如 r1", metavar="批次")] = None,
    list_: Annotated[bool, typer.Option("--list", help="列出有哪些清单")] = False,
) -> Outcome:
    """导出 Excel 清单；含完整的身份证号和账号，每次都记入日志。"""
    from ..tasks import exporting, registering

    with common.session() as session:
        if worklist in registering.NAMES and out is not None:
            return _registered(registering.export(session, common.actor(), out, wait=common.wait))
        if list_:
            layouts = exporting.layouts(session)
            rows = [(layout.key, layout.label) for layout in layouts.values()] + [registering.NAMES]
            data = {"worklists": [{"worklist": key, "label": label} for key, label in rows]}
            return Outcome(data, tables=[Table("", ("清单", "名称"), rows)])
        if not worklist or out is None:
            raise WrongUsage("missing", "要写明清单和文件，如：aidcli export 疑点核查表 疑点核查表.xlsx")
        number = read_number(run, "r", "发放批次") if run else None
        done = exporting.export(
            session, common.actor(), worklist, out, common.as_of, by=by, run=number, wait=common.wait
        )
    lines = [f"已写 {done.file}：{done.rows}行，工作表 {'、'.join(done.sheets)}"]
    told = {"worklist": done.worklist, "file": done.file, "sheets": list(done.sheets), "rows": done.rows}
    return Outcome(told, lines, hints=["文件含完整的身份证号和账号，请按规定保管"])


def _registered(done: Any) -> Outcome:
    told = {"worklist": done.worklist, "file": done.file, "sheets": list(done.sheets), "rows": done.rows}
    lines = [f"已写 {done.file}：{done.rows}条登记记录"]
    return Outcome(told, lines, hints=["文件含完整的身份证号，请按规定保管；用在：aidcli match --left"])


def _run(row: Any) -> dict[str, object]:
    return {
        "run": f"r{row.id}",
        "programme": row.programme,
        "period": row.period,
        "due_date": row.due_date,
        "pay_date": row.pay_date,
        "provisional": bool(row.provisional),
        "households": row.households,
        "persons": row.persons,
        "payments": row.payments,
        "amount_fen": row.amount_fen,
        "questions": row.questions,
        "status": row.status,
    }


def _row(row: Any) -> tuple[str, ...]:
    return (
        f"r{row.id}",
        SHORT_PROGRAMMES[row.programme],
        row.period,
        str(row.households),
        str(row.persons),
        str(row.payments),
        yuan(row.amount_fen),
        row.due_date,
        row.pay_date + ("（暂定）" if row.provisional else ""),
        str(row.questions),
        RUN_STATUSES[row.status],
    )
