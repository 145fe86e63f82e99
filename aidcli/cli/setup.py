"""`init`, `demo`, `policy show`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ..money import yuan
from ..terms import SHORT_PROGRAMMES
from .common import Common, command, group
from .outcome import Outcome, Table


def register(app: typer.Typer) -> None:
    command(app, "init")(init)
    command(app, "demo")(demo)
    policy = group(app, "policy", "本地的政策：查看各项标准和依据，选定地区。")
    command(policy, "show", "policy show")(policy_show)
    command(policy, "use", "policy use")(policy_use)


def init(
    common: Common,
    policy: Annotated[
        str | None,
        typer.Option("--policy", help="地区代码，如 990101；决定按哪里的政策核查和发放", metavar="地区"),
    ] = None,
) -> Outcome:
    """建立数据库，选定地区。直接运行会依次问地区、单位、经办人。"""
    from ..tasks import setup

    answers = {"operator": common.operator, "office": ""}
    if policy is None and sys.stdin.isatty() and common.format == "table":
        policy = typer.prompt("地区代码（如 990101；还没有配置就直接回车）", default="", show_default=False)
        answers["office"] = typer.prompt("单位名称（印在清单上，可回车跳过）", default="", show_default=False)
        answers["operator"] = typer.prompt("经办人姓名", default=common.operator, show_default=False)
        common.operator = answers["operator"]
    made = setup.init(common.db, common.actor(), policy or "", answers)
    lines = [
        f"已建库 {made.db}"
        + (f"，地区 {made.region_name}（{made.region}）" if made.region else "，还没有选地区")
    ]
    hints = ["下一步：aidcli import 文件…"]
    return Outcome({"db": made.db, "region": made.region or None}, lines, hints=hints)


def demo(
    common: Common,
    folder: Annotated[Path, typer.Argument(help="演示放在哪个文件夹", metavar="文件夹")] = Path(
        "aidcli-demo"
    ),
) -> Outcome:
    """用虚构的示例区把一个月的工作走一遍：导入、匹配、核查、排发放、导出。"""
    from ..monitoring import RULES
    from ..tasks import demo as task

    shown = task.demo(folder, common.actor(), common.progress)
    labels = {rule.key: rule.label for rule in RULES}
    read = [
        (f.file, f.source_label, f.period, str(f.rows_read), str(f.rows_kept), str(f.rows_set_aside))
        for f in shown.files
    ]
    matched, flagged = shown.matched, shown.flagged
    found = [(labels[r.rule], str(r.opened)) for r in flagged.rules]
    paid = [
        (
            SHORT_PROGRAMMES[r.programme],
            r.period,
            str(r.payments),
            str(r.persons),
            yuan(r.amount_fen),
            r.pay_date + ("（暂定）" if r.provisional else ""),
            str(r.questions),
        )
        for r in shown.scheduled.runs
    ]
    tables = [
        Table("一、读入", ("文件", "来源", "期间", "读到行", "收下行", "搁置行"), read),
        Table(
            "二、认人",
            ("记录", "对应人员", "跨表关联", "待人工确认"),
            [(str(matched.mentions), str(matched.people), str(matched.linked), f"{matched.pending}对")],
        ),
        Table("三、疑点", ("规则", "新增疑点"), found),
        Table(
            "四、排发放（2026年10月）",
            ("类型", "期间", "笔数", "人数", "金额（元）", "发放日", "待审批人回答"),
            paid,
        ),
        Table(
            "五、清单", ("清单", "行数"), [(Path(w.file).as_posix(), str(w.rows)) for w in shown.worklists]
        ),
    ]
    lines = ["示例区（990101，人员均为虚构）2026年10月的工作已走完一遍。"]
    lines += [f"未运行：{labels.get(s.rule, s.rule)}——{s.reason}" for s in flagged.skipped]
    hints = [
        "",
        f"数据库：{shown.db.as_posix()}　原始文件：{(shown.folder / 'inputs').as_posix()}　"
        f"清单：{(shown.folder / 'outbox').as_posix()}",
        f"接着看：aidcli alerts list --db {shown.db.as_posix()} --as-of 2026-10-08",
    ]
    data: dict[str, object] = {
        "folder": shown.folder.as_posix(),
        "db": shown.db.as_posix(),
        "files": [{"file": f.file, "source": f.source, "rows_kept": f.rows_kept} for f in shown.files],
        "matched": {k: v for k, v in matched._asdict().items() if k != "seconds"},
        "flagged": {"open": flagged.open, "rules": [dict(r._asdict()) for r in flagged.rules]},
        "runs": [
            {"run": f"r{r.id}", "payments": r.payments, "amount_fen": r.amount_fen}
            for r in shown.scheduled.runs
        ],
        "worklists": [Path(w.file).as_posix() for w in shown.worklists],
    }
    return Outcome(data, lines, tables, hints, waiting=flagged.open > 0)


def policy_show(
    common: Common,
    region: Annotated[str | None, typer.Argument(help="地区代码；默认数据库的地区", metavar="地区")] = None,
) -> Outcome:
    """列出地区在某一天（--as-of）的政策值、来自哪一级、依据，以及未配置的。"""
    from ..tasks import setup

    if region:
        profile = setup.profile(common.db, region)
    else:
        with common.session() as session:
            profile = setup.profile_of(session)
    values = profile.values(common.as_of)
    rows = [(v.label, v.text, v.level, v.citation) for v in values]
    data = {
        "region": profile.region,
        "values": [
            {
                "key": v.key,
                "label": v.label,
                "value": None if v.basis == "not_configured" else v.text,
                "level": v.level,
                "basis": v.basis,
                "citation": v.citation,
                "expired": v.expired,
            }
            for v in values
        ],
    }
    return Outcome(
        data,
        [f"{profile.name}（{profile.region}）{common.as_of.isoformat()}"],
        [Table("", ("项目", "值", "来自", "依据"), rows)],
    )


def policy_use(
    common: Common,
    region: Annotated[str, typer.Argument(help="地区代码，如 990101", metavar="地区")],
) -> Outcome:
    """给已有的数据库选定或改换地区（记入日志）。"""
    from ..tasks import setup

    with common.session() as session:
        name = setup.use_region(session, common.actor(), region, common.wait)
    return Outcome({"region": region, "name": name}, [f"地区：{name}（{region}）"])
