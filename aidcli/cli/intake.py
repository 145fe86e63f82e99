"""`import`, `undo`, `sources list|show|try`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import AidError, Problem, WrongUsage
from ..months import month_of, parse_period
from ..terms import DEPARTMENTS
from .common import Common, command, group, read_number
from .outcome import Outcome, Table, mask_text

_STATUS = {"kept": "已导入", "already": "以前已导入", "refused": "未导入", "dry_run": "试读"}
_SHOWN_PROBLEMS = 20


def register(app: typer.Typer) -> None:
    command(app, "import")(import_)
    command(app, "undo")(undo)
    sources = group(app, "sources", "来源模板：程序怎样读各部门的表")
    command(sources, "list", "sources list")(sources_list)
    command(sources, "show", "sources show")(sources_show)
    command(sources, "try", "sources try")(sources_try)


def import_(
    common: Common,
    files: Annotated[list[Path], typer.Argument(help="部门发来的文件", metavar="文件…")],
    source: Annotated[
        str | None, typer.Option("--source", help="来源模板；默认按表头识别", metavar="来源")
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", help="期间：2026-10 或 2026-Q4", metavar="期间")
    ] = None,
    coverage: Annotated[
        str | None, typer.Option("--coverage", help="full 全量，change 变动", metavar="full|change")
    ] = None,
    scope: Annotated[
        list[str] | None, typer.Option("--scope", help="全量名册覆盖的乡镇，可多次；或 全部", metavar="乡镇")
    ] = None,
    sheet: Annotated[
        list[str] | None, typer.Option("--sheet", help="只读这些工作表，可多次", metavar="名称")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只试读，不保存")] = False,
    accept_suspicious: Annotated[
        bool, typer.Option("--accept-suspicious", help="可疑的文件也收下（会记入日志）")
    ] = False,
) -> Outcome:
    """导入部门表格。每个文件要么整个收下，要么完全不动；同一文件再次导入不会重复。"""
    from ..tasks import intake, setup

    if coverage not in (None, "full", "change"):
        raise WrongUsage("bad_coverage", f"--coverage 不能是“{coverage}”，可用：full（全量）、change（变动）")
    options = intake.Options(
        source,
        parse_period(period) if period else None,
        coverage,
        tuple(scope or ()),
        tuple(sheet or ()),
        dry_run,
        accept_suspicious,
    )
    done: list[intake.Imported] = []
    with common.session() as session:
        folders = setup.template_folders(session, "sources")
        actor = common.actor()
        for path in _expanded(files):
            common.progress(f"读取 {path.name}")
            try:
                done.append(
                    intake.import_file(session, actor, path, folders, options, common.as_of, common.wait)
                )
            except AidError as error:
                if error.exit_code != 1:
                    raise
                done.append(intake.refused(path, error))
    return _imported(common, done, dry_run)


def _expanded(files: list[Path]) -> list[Path]:
    """The files themselves, patterns such as ``inputs/*.xlsx`` resolved: Windows shells leave that to us."""
    found: list[Path] = []
    for path in files:
        wild = any(sign in path.name for sign in "*?") and not path.exists()
        found += sorted(path.parent.glob(path.name)) if wild else [path]
        if wild and not any(path.parent.glob(path.name)):
            raise WrongUsage("no_files", f"没有与“{path}”相符的文件")
    return found


def _imported(common: Common, done: list[Any], dry_run: bool) -> Outcome:
    rows = [
        (
            f.file,
            _STATUS["dry_run" if dry_run and f.status == "kept" else f.status],
            f"b{f.batch}" if f.batch else "",
            f.source_label,
            f.period,
            str(f.rows_read),
            str(f.rows_kept),
            str(f.rows_set_aside),
        )
        for f in done
    ]
    tables = [Table("", ("文件", "结果", "批次", "来源", "期间", "读到行", "收下行", "搁置行"), rows)]
    aside = [(f, p) for f in done for p in f.problems if p.severity == "row" or p.code == "total_mismatch"]
    if aside:
        listed = [
            (f.file, p.sheet, str(p.row), p.column, mask_text(p.message, common.unmask))
            for f, p in aside[:_SHOWN_PROBLEMS]
        ]
        tables.append(
            Table(f"搁置的行和合计不符（{len(aside)}处）", ("文件", "工作表", "行", "列", "原因"), listed)
        )
    skipped = [(f.file, sheet, reason) for f in done for sheet, reason in f.skipped_sheets]
    if skipped:
        tables.append(Table("没有读的工作表", ("文件", "工作表", "原因"), skipped))
    marked = sum(1 for f in done for p in f.problems if p.severity != "row")
    look = "逐条见 --format json" if dry_run else "查看：aidcli explain b批次号"
    hints = [f"另有{marked}处存疑已标注（如号码末位丢失），{look}"] if marked else []
    hints += ["下一步：aidcli match"] if any(f.status == "kept" for f in done) and not dry_run else []
    drafts = [f"r{run}" for f in done for run in f.drafts]
    if drafts:
        hints.insert(0, f"名册有变，发放草稿 {'、'.join(drafts)} 作废，请重新 aidcli schedule")
    failed = [f.error for f in done if f.error]
    first = failed[0] if failed else None
    lines = [
        f"{f.file}：{f.error.message}" + (f"（{f.error.hint}）" if f.error.hint else "")
        for f in done[1:]
        if f.error
    ]
    return Outcome(
        {"files": [_file(f, common.unmask) for f in done]},
        lines if len(failed) > 1 else [],
        tables,
        hints,
        waiting=any(f.rows_set_aside for f in done)
        or any("像是" in reason or "缺少" in reason for *_, reason in skipped),
        error=first,
    )


def _file(f: Any, whole: bool) -> dict[str, object]:
    return {
        "file": f.file,
        "status": f.status,
        "batch": f"b{f.batch}" if f.batch else None,
        "source": f.source or None,
        "period": f.period or None,
        "coverage": f.coverage or None,
        "scope": list(f.scope),
        "sheets": list(f.sheets),
        "rows_read": f.rows_read,
        "rows_kept": f.rows_kept,
        "rows_set_aside": f.rows_set_aside,
        "skipped_sheets": [{"sheet": sheet, "reason": reason} for sheet, reason in f.skipped_sheets],
        "problems": [_problem(p, whole) for p in f.problems],
        "error": f.error.as_dict() if f.error else None,
    }


def _problem(p: Problem, whole: bool) -> dict[str, object]:
    return {
        "sheet": p.sheet,
        "row": p.row,
        "column": p.column,
        "value": mask_text(p.value, whole),
        "code": p.code,
        "message": mask_text(p.message, whole),
        "severity": p.severity,
    }


def undo(
    common: Common, batch: Annotated[str, typer.Argument(help="批次，如 b12", metavar="批次")]
) -> Outcome:
    """撤销一次导入，并重新匹配受影响的记录。已有审批过的发放以它为依据时拒绝。"""
    from ..tasks import undo as task

    number = read_number(batch, "b", "批次")
    with common.session() as session:
        done = task.undo(session, common.actor(), number, common.wait)
    drafts = [f"r{run}" for run in done.drafts]
    lines = [f"已撤销批次 b{done.batch}，去掉{done.rows_removed}行"]
    if drafts:
        lines.append(f"依据它的发放草稿 {'、'.join(drafts)} 一并作废，请重新 aidcli schedule")
    return Outcome({"batch": f"b{done.batch}", "rows_removed": done.rows_removed, "drafts": drafts}, lines)


def sources_list(common: Common) -> Outcome:
    """列出能识别的来源。"""
    templates = _templates(common)
    rows = [
        (t.key, t.label, DEPARTMENTS.get(t.department, t.department), "月" if t.cycle == "month" else "季")
        for t in templates.values()
    ]
    data = {
        "sources": [
            {"source": t.key, "label": t.label, "department": t.department, "kind": t.kind, "cycle": t.cycle}
            for t in templates.values()
        ]
    }
    return Outcome(data, tables=[Table("", ("来源", "名称", "部门", "周期"), rows)])


def sources_show(
    common: Common, source: Annotated[str, typer.Argument(help="来源或它的名称", metavar="来源")]
) -> Outcome:
    """显示一个来源模板：认哪些表头，读出什么。"""
    templates = _templates(common)
    template = next((t for t in templates.values() if source in (t.key, t.label)), None)
    if template is None:
        known = "、".join(f"{t.key}（{t.label}）" for t in templates.values())
        raise WrongUsage("unknown_source", f"没有来源“{source}”，可用：{known}")
    rows = [
        (name, "、".join(field.headings), "必须" if field.required else "", field.unit or "")
        for name, field in template.fields.items()
    ]
    return Outcome(
        {"source": template.key, "template": template.model_dump(mode="json")},
        [f"{template.label}（{template.key}）"],
        [Table("", ("字段", "认得的表头", "", "单位"), rows)],
    )


def sources_try(
    common: Common,
    file: Annotated[Path, typer.Argument(help="要试读的文件", metavar="文件")],
    source: Annotated[str | None, typer.Option("--source", help="来源模板", metavar="来源")] = None,
    sheet: Annotated[list[str] | None, typer.Option("--sheet", help="只读这些工作表", metavar="名称")] = None,
    period: Annotated[str | None, typer.Option("--period", help="期间", metavar="期间")] = None,
) -> Outcome:
    """试读一个文件，不保存：表头在哪、各列对应什么、前十行、哪些会搁置。"""
    from ..intake import open_file
    from ..intake.trial import describe

    templates = _templates(common)

    def opened(month: str | None) -> Any:
        return open_file(
            file, templates, source=source, sheets=tuple(sheet or ()), period=month, today=common.as_of
        )

    hints = []
    try:
        told = describe(opened(parse_period(period) if period else None))
    except AidError as error:
        if error.code != "period_unknown":
            raise
        told = describe(opened(month_of(common.as_of)))
        hints = ["文件里看不出期间，这里暂按本月试读；导入时要用 --period 写明"]
    return Outcome(told, *_told(told), hints)


def _told(told: dict[str, Any]) -> tuple[list[str], list[Table]]:
    lines = [f"来源：{told['label']}（{told['source']}）　期间：{told['period']}"]
    tables = []
    for part in told["sheets"]:
        lines.append(
            f"工作表“{part['sheet']}”：表头在第{part['header_row']}行，没有对应的列：{'、'.join(part['unmapped']) or '无'}"
        )
        columns = [(c["label"], c["column"], c["heading"]) for c in part["columns"]]
        tables.append(Table(f"“{part['sheet']}”的列", ("字段", "列", "表头"), columns))
        found = [(p["code"], str(p["count"]), p["example"]) for p in part["problems"]]
        if found:
            tables.append(Table("存疑", ("类别", "处数", "例"), found))
        first = [(str(r["row"]), "，".join(str(v) for v in r["values"].values() if v)) for r in part["rows"]]
        tables.append(Table("前几行读成", ("行", "内容"), first))
    return lines, tables


def _templates(common: Common) -> dict[str, Any]:
    from ..intake import load_templates
    from ..tasks import setup

    return load_templates(setup.folders(common.db, "sources"))
