"""`flag`, `alerts list|close`."""

from __future__ import annotations

from typing import Annotated

import typer

from ..terms import ALERT_STATUSES, DEPARTMENTS, PRIORITIES, ROUTES
from .common import Common, command, group
from .outcome import Outcome, Table, mask_text

_STATUS_HELP = f"只列这种状态的，可写多次：{'、'.join(ALERT_STATUSES.values())}；all 为全部"


def register(app: typer.Typer) -> None:
    command(app, "flag")(flag)
    alerts = group(app, "alerts", "疑点：列出来，核查以后登记结果。")
    command(alerts, "list", "alerts list")(alerts_list)
    command(alerts, "close", "alerts close")(alerts_close)


def flag(
    common: Common,
    rule: Annotated[
        list[str] | None,
        typer.Option("--rule", help="只运行这条规则，如 死亡后仍在册；可写多次", metavar="规则"),
    ] = None,
) -> Outcome:
    """核查疑点：按规则找出要人核实的户和人。再运行一次不会重复。"""
    from ..monitoring import RULES
    from ..tasks import flagging

    with common.session() as session:
        done = flagging.flag(session, common.actor(), common.as_of, tuple(rule or ()), common.wait)
    labels = {r.key: r.label for r in RULES}
    rows = [(labels[r.rule], str(r.opened), str(r.still_open), str(r.close_proposed)) for r in done.rules]
    lines = [f"未运行：{labels.get(s.rule, s.rule)}——{s.reason}" for s in done.skipped]
    lines += [f"无法判断：{labels[u.rule]}——{u.reason}" for u in done.undetermined]
    data: dict[str, object] = {
        "rules": [dict(r._asdict()) for r in done.rules],
        "skipped": [dict(s._asdict()) for s in done.skipped],
        "undetermined": [dict(u._asdict()) for u in done.undetermined],
        "open": done.open,
    }
    table = Table("", ("规则", "新增", "仍在", "建议关闭"), rows)
    hints = ["查看：aidcli alerts list；导出：aidcli export 疑点核查表 疑点核查表.xlsx"]
    return Outcome(data, lines, [table], hints, waiting=done.open > 0)


def alerts_list(
    common: Common,
    status: Annotated[list[str] | None, typer.Option("--status", help=_STATUS_HELP, metavar="状态")] = None,
    rule: Annotated[
        list[str] | None,
        typer.Option("--rule", help="只列这条规则的，如 死亡后仍在册；可写多次", metavar="规则"),
    ] = None,
) -> Outcome:
    """列出疑点，急的在前；默认只列没有关闭的。"""
    from ..monitoring import RULES
    from ..tasks import alerting

    with common.session() as session:
        found = alerting.listing(session, tuple(status or ()), tuple(rule or ()))
    labels = {r.key: r.label for r in RULES}
    rows = [
        (
            a.row.id[:10],
            PRIORITIES[a.row.priority],
            labels.get(a.row.rule, a.row.rule),
            a.place,
            a.name,
            mask_text(a.row.reason, common.unmask),
            a.row.due,
            ALERT_STATUSES[a.row.status],
        )
        for a in found
    ]
    data = {
        "alerts": [
            {
                "alert": a.row.id,
                "rule": a.row.rule,
                "priority": a.row.priority,
                "route": a.row.route,
                "route_label": ROUTES.get(a.row.route, a.row.route),
                "department": a.row.department,
                "department_label": DEPARTMENTS.get(a.row.department, a.row.department),
                "household": a.row.household or None,
                "person": a.row.subject or None,
                "name": a.name,
                "due": a.row.due or None,
                "status": a.row.status,
                "reason": mask_text(a.row.reason, common.unmask),
                "citation": a.row.citation,
                "first_seen": a.row.first_seen,
                "last_seen": a.row.last_seen,
                "result": a.row.result or None,
            }
            for a in found
        ]
    }
    headers = ("编号", "优先级", "疑点", "地址", "姓名", "原因", "期限", "状态")
    lines = [] if rows else ["没有疑点"]
    return Outcome(data, lines, [Table("", headers, rows)] if rows else [], waiting=bool(rows))


def alerts_close(
    common: Common,
    alert: Annotated[str, typer.Argument(help="编号，如 a-1f2e3d", metavar="编号")],
    result: Annotated[
        str, typer.Option("--result", help="结果，如 不属实、核查无变化、停发", metavar="结果")
    ],
    reason: Annotated[str, typer.Option("--reason", help="说明（看到了什么）", metavar="文字")] = "",
) -> Outcome:
    """关闭一条疑点，写明结果。同一疑点以后不再提出。"""
    from ..tasks import alerting

    with common.session() as session:
        number = alerting.close(session, common.actor(), alert, result, reason, common.as_of, common.wait)
    return Outcome(
        {"alert": number, "status": "closed", "result": result}, [f"已关闭 {number[:10]}：{result}"]
    )
