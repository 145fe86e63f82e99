"""What `import` says of the files it took in: lines and tables for people, data for scripts."""

from __future__ import annotations

from typing import Any

from ..errors import Problem
from .changes import compared_data, compared_tables
from .common import Common
from .noted import doubts, unread_line
from .outcome import Outcome, Table, mask_text

_STATUS = {"kept": "已导入", "already": "以前已导入", "refused": "未导入", "dry_run": "试读"}
_SHOWN_PROBLEMS, _SHOWN_BATCHES = 20, 8
# Notes that are said at once, the others are looked up.
_TOLD = frozenset(("total_mismatch", "hidden_rows", "hidden_columns"))
_LONGEST = 500  # letters of a cell in the data for scripts


def _title(aside: list[tuple[Any, Any]]) -> str:
    hidden = any(problem.code.startswith("hidden_") for _, problem in aside)
    return "搁置的行、合计不符和隐藏的行列" if hidden else "搁置的行和合计不符"


def imported(common: Common, done: list[Any], dry_run: bool) -> Outcome:
    """One line a list, what stands aside, what was not read, what to do next; the gravest error."""
    rows = [
        (
            f.file,
            _STATUS["dry_run" if dry_run and f.status == "kept" else f.status],
            f"b{f.batch}" if f.batch else "",
            f.source_label,
            f.period,
            *(
                "" if f.status == "refused" else str(rows)
                for rows in (f.rows_read, f.rows_kept, f.rows_set_aside)
            ),
        )
        for f in done
    ]
    tables = [Table("", ("文件", "结果", "批次", "来源", "期间", "读到行", "收下行", "搁置行"), rows)]
    aside = [(f, p) for f in done for p in f.problems if p.severity == "row" or p.code in _TOLD]
    if aside:
        listed = [
            (f.file, p.sheet, str(p.row), p.column, mask_text(p.message, common.unmask))
            for f, p in aside[:_SHOWN_PROBLEMS]
        ]
        tables.append(
            Table(f"{_title(aside)}（{len(aside)}处）", ("文件", "工作表", "行", "列", "原因"), listed)
        )
    skipped = [(f.file, sheet, reason) for f in done for sheet, reason in f.skipped_sheets]
    if skipped:
        more = f"（{len(skipped)}张，只列前{_SHOWN_PROBLEMS}张）" if len(skipped) > _SHOWN_PROBLEMS else ""
        shown = skipped[:_SHOWN_PROBLEMS]
        tables.append(Table(f"没有读的工作表{more}", ("文件", "工作表", "原因"), shown))
    tables += doubts(done, _TOLD, common.unmask)
    marked = sum(1 for f in done for p in f.problems if p.severity != "row")
    noted = [f"b{f.batch}" for f in done if f.batch and any(p.severity != "row" for p in f.problems)]
    one_of = noted[0] if len(noted) == 1 else f"批次号（{'、'.join(noted[:_SHOWN_BATCHES])}）"
    look = "逐条见 --format json" if dry_run or not noted else f"逐处查看：aidcli explain {one_of}"
    hints = [f"收下而存疑的共{marked}处，{look}"] if marked else []
    if any(f.unread_columns for f in done):
        hints.append("没有采用的列里有要用的，看各列读作什么：aidcli sources try 文件")
    hints += ["下一步：aidcli match"] if any(f.status == "kept" for f in done) and not dry_run else []
    for f in done:
        if f.changed is not None:
            tables += compared_tables(f.changed, common.unmask)
    drafts = [f"r{run}" for f in done for run in f.drafts]
    if drafts:
        hints.insert(0, f"名册有变，发放草稿 {'、'.join(drafts)} 作废，请重新 aidcli schedule")
    failed = [f.error for f in done if f.error]
    first = max(failed, key=lambda error: error.exit_code, default=None)
    others = [_refused(f) for f in done if f.error and f.error is not first]
    return Outcome(
        {"files": [_file(f, common.unmask) for f in done]},
        [*others, *(line for f in done for line in _said(f, dry_run))],
        tables,
        hints,
        waiting=any(f.rows_set_aside for f in done)
        or any("像是" in reason or "缺少" in reason for *_, reason in skipped),
        error=first,
    )


def _refused(f: Any) -> str:
    where = "" if f"“{f.file}”" in f.error.message else f"{f.file}："
    hint = f"。建议：{f.error.hint}" if f.error.hint else ""
    return f"未导入：{where}{f.error.message}{hint}"


def _said(f: Any, dry_run: bool) -> list[str]:
    """What is to be said of one list beside its line in the table."""
    would = "将" if dry_run else "已"
    which = f"{f.file}（{f.source_label}）" if f.source_label else f.file
    said = []
    if f.replaces:
        c = f.changed
        said.append(
            f"{which}：{would}替换批次 b{f.replaces}，增加{len(c.added)}人，减少{len(c.missing)}人，"
            f"改动{len(c.changed)}人，其余{c.same}人不变"
        )
    if f.supplements and f.status == "kept":
        where = f"批次 b{f.supplements}（{f.source_label} {f.period}）"
        said.append(f"{f.file}：{would}把改好的{f.rows_kept}行补入{where}")
    if f.supplements and f.status == "already":
        said.append(f"{which}：没有新改好的行，批次 b{f.supplements} 没有变化")
    if f.told_period and f.status == "kept":
        undo = "" if dry_run else f"先 aidcli undo b{f.batch}，"
        said.append(
            f"{which}：文件名写的是{f.told_period}，按表里的标题或 --period {would}作为{f.period}收下；"
            f"不对的话，{undo}写明 --period {f.told_period} 再导入"
        )
    if f.told_period and f.status == "already":
        said.append(
            f"{which}：名称里写的是{f.told_period}，内容却与 b{f.batch}（{f.period}）一字不差，没有再导入；请核对是不是发错了"
            f"文件，两个期间确实完全相同的，写明 --period {f.told_period} 再加 --accept-suspicious"
        )
    if f.changes_told:
        said.append(f"{which}：{f.changes_told}")
    if f.rows_told:
        said.append(f"{which}：{f.rows_told}")
    if line := unread_line(f):
        said.append(f"{which}：{line}")
    if f.unchanged:
        said.append(f"{which}：有{f.unchanged}行没有改动，仍然搁置")
    if f.accepted:
        said.append(f"{which}：可疑的文件已按 --accept-suspicious 收下，并记入日志")
    return said


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
        "supplements": f"b{f.supplements}" if f.supplements else None,
        "replaces": f"b{f.replaces}" if f.replaces else None,
        "changes": compared_data(f.changed, whole) if f.changed is not None else None,
        "accepted": list(f.accepted),
        "told_period": f.told_period or None,
        "changes_told": f.changes_told or None,
        "rows_told": f.rows_told or None,
        "unread_columns": list(f.unread_columns),
        "read_in_part": list(f.read_in_part),
        "error": f.error.as_dict() if f.error else None,
    }


def _problem(p: Problem, whole: bool) -> dict[str, object]:
    return {
        "sheet": p.sheet,
        "row": p.row,
        "column": p.column,
        "value": mask_text(p.value if len(p.value) <= _LONGEST else p.value[:_LONGEST] + "…", whole),
        "code": p.code,
        "message": mask_text(p.message, whole),
        "severity": p.severity,
    }
