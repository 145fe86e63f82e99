"""`explain`, `log`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ..errors import WrongUsage
from .common import Common, command
from .outcome import Outcome, Table, mask_text

_KINDS = {
    "init": "建库",
    "import": "导入",
    "undo": "撤销导入",
    "apply": "交回清单",
    "supplement": "补入搁置行",
    "correct_row": "更正一格",
    "accept_suspicious": "收下可疑文件",
    "match": "匹配",
    "epoch": "启用匹配模型",
    "judge": "人工判断",
    "flag": "核查",
    "close_alert": "关闭疑点",
    "schedule": "排发放",
    "approve": "审批",
    "reject": "退回",
    "hold": "缓发",
    "resume": "恢复",
    "correct": "冲销",
    "export": "导出",
    "unmask": "显示完整号码",
    "region": "选定地区",
}
_STATES = {"kept": "在用", "undone": "已撤销"}
_PLACE = ("file", "sheet", "row", "column", "heading", "value")


def register(app: typer.Typer) -> None:
    command(app, "explain")(explain)
    command(app, "log")(log)


def explain(
    common: Common,
    ref: Annotated[
        str,
        typer.Argument(
            help="疑点 a-、待确认 q-、人员 p-、家庭 h-、记录 m-、付款 y-、导入批次 b3、发放批次 r1；b3:7 为批次 b3 原表的第7行",
            metavar="编号",
        ),
    ],
) -> Outcome:
    """为什么：说明一个编号的来由，直到文件、工作表、行、列和条文。"""
    from ..tasks import looking

    with common.session() as session:
        told = looking.explain(session, ref)
    text = mask_text(told.text, common.unmask)
    evidence = [{k: _shown(v, common.unmask) for k, v in place.items()} for place in told.evidence]
    places = [place for place in evidence if "row" in place]
    stood_on = [(f"b{p['batch']}", str(p["file"]), str(p["period"])) for p in evidence if "period" in p]
    rows = [tuple(str(place.get(key, "")) for key in _PLACE) for place in places]
    aside = any("message" in place for place in places)
    headers: tuple[str, ...] = ("文件", "工作表", "行", "列", "列名", "原文")
    if aside:
        rows = [tuple(str(place.get(key, "")) for key in (*_PLACE[:4], "message")) for place in places]
        headers = ("文件", "工作表", "行", "列", "原因")
    return Outcome(
        {"ref": told.ref, "kind": told.kind, "text": text, "evidence": evidence},
        [text],
        [
            *(
                [Table("搁置、没有采用和存疑的格" if aside else "依据的单元格", headers, rows)]
                if rows
                else []
            ),
            *([Table("依据的名册", ("批次", "文件", "期间"), stood_on)] if stood_on else []),
        ],
    )


def log(
    common: Common,
    verify: Annotated[bool, typer.Option("--verify", help="核对日志有没有被人改动过")] = False,
    only_batches: Annotated[
        bool, typer.Option("--batches", help="只列导入的批次：编号、哪个文件、哪个月的、在不在用")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", help="最多列多少条", metavar="条数")] = 50,
) -> Outcome:
    """操作日志：谁、什么时候、做了什么，最近的在前；--batches 查看导入过哪些批次。"""
    from ..tasks import logging

    if limit < 1:
        raise WrongUsage("bad_limit", f"--limit 应是1以上的条数，不能是{limit}")
    with common.session() as session:
        if verify:
            faults = logging.verify(session)
            lines = faults or ["日志完整，没有被改动"]
            data: dict[str, object] = {"verified": not faults, "faults": faults}
            return Outcome(data, lines, error=logging.tampered(faults) if faults else None)
        if only_batches:
            return _batches(logging.batch_listing(session, limit))
        found = logging.listing(session, limit)
        made = logging.batches_of(session, found)
    rows: list[tuple[str, ...]] = []
    listed: list[dict[str, object]] = []
    for e in found:
        batch = f"b{made[e.seq]}" if e.seq in made else ""
        when = e.at[:19].replace("T", " ")
        reason = mask_text(e.reason, common.unmask)
        what = (_KINDS.get(e.kind, e.kind), batch or e.ref, e.summary)
        rows.append((str(e.seq), when, e.operator, *what, reason))
        listed.append({**e._asdict(), "reason": reason, "batch": batch or None})
    table = Table("", ("序号", "时间", "经办人", "操作", "对象", "摘要", "理由"), rows)
    return Outcome({"events": listed}, tables=[table])


def _batches(found: list[Any]) -> Outcome:
    """Every batch with what it is now: a supplement, the successor of another, undone."""
    rows, data = [], []
    for one in found:
        state = [_STATES[one.status]]
        state += [f"补入或更正 b{one.supplements}"] if one.supplements else []
        state += [f"替换 b{one.replaces}"] if one.replaces else []
        when = one.imported_at[:16].replace("T", " ")
        rows.append(
            (
                f"b{one.id}",
                one.source_label,
                one.period,
                one.file,
                str(one.rows_kept),
                "，".join(state),
                when,
                one.operator,
            )
        )
        data.append(
            {
                **one._asdict(),
                "id": f"b{one.id}",
                "supplements": f"b{one.supplements}" if one.supplements else None,
                "replaces": f"b{one.replaces}" if one.replaces else None,
            }
        )
    headers = ("批次", "来源", "期间", "文件", "收下行", "状态", "导入时间", "经办人")
    lines = [] if rows else ["还没有导入过文件"]
    return Outcome({"batches": data}, lines, [Table("", headers, rows)] if rows else [])


def _shown(value: object, whole: bool) -> object:
    return mask_text(value, whole) if isinstance(value, str) else value
