"""`sources list|show|try|new|check`: the templates that say how department files are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import AidError, WrongUsage
from ..months import month_of, parse_period
from ..terms import DEPARTMENTS
from .common import Common, command, group
from .intake import passwords
from .outcome import Outcome, Table
from .trials import checked_shown, nearest_shown, told

_KINDS = {"roster": "救助名册", "department": "部门名单", "money": "发放、回盘"}
_TYPES = {
    "name": "姓名",
    "id": "身份证号",
    "text": "文字",
    "phone": "电话",
    "day": "日期",
    "month": "年月",
    "money": "金额",
    "count": "整数",
    "yes_no": "是/否",
    "grade": "一至四级",
    "account": "账号",
    "choice": "固定写法",
    "list": "一格几个",
    "area": "面积",
    "term": "期限",
    "outcome": "核对结果",
    "paid_state": "支付状态",
}
_NOT_RECOGNISED = ("template_unknown", "no_header")


def register(app: typer.Typer) -> None:
    sources = group(app, "sources", "来源模板：程序怎样读各部门的表")
    command(sources, "list", "sources list")(sources_list)
    command(sources, "show", "sources show")(sources_show)
    command(sources, "try", "sources try")(sources_try)
    command(sources, "new", "sources new")(sources_new)
    command(sources, "check", "sources check")(sources_check)


def sources_list(common: Common) -> Outcome:
    """列出能识别的来源，自有的和内置的。"""
    from ..intake import load_templates

    templates = _templates(common)
    shipped = load_templates(_folders(common)[:1])
    own = _own_keys(common)
    rows, data = [], []
    for t in templates.values():
        replaced = shipped[t.key].label if t.key in own and t.key in shipped else ""
        origin = "内置" if t.key not in own else f"自有，替换内置“{replaced}”" if replaced else "自有"
        cycle = {"month": "月", "quarter": "季", "year": "年"}[t.cycle]
        rows.append((t.key, t.label, DEPARTMENTS.get(t.department, t.department), cycle, origin))
        data.append(
            {
                "source": t.key,
                "label": t.label,
                "department": t.department,
                "kind": t.kind,
                "cycle": t.cycle,
                "own": t.key in own,
                "overrides": replaced or None,
            }
        )
    table = Table("", ("来源", "名称", "部门", "周期", "出处"), rows)
    hint = "没有合适的：aidcli sources new 文件，按那份文件起草一个"
    return Outcome({"sources": data}, tables=[table], hints=[hint])


def sources_show(
    common: Common,
    source: Annotated[str | None, typer.Argument(help="来源或它的名称", metavar="来源")] = None,
) -> Outcome:
    """显示一个来源模板：认哪些表头，读出什么；不写来源时列出模板里可用的全部字段。"""
    if source is None:
        return _fields()
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


def _fields() -> Outcome:
    """Every word of the vocabulary, for whoever writes a template."""
    from ..intake.fields import FIELDS

    data = []
    rows = []
    for name, spec in FIELDS.items():
        words = list(dict.fromkeys(word for word in (spec.choices or {}).values() if word))
        rows.append((name, spec.label, _TYPES.get(spec.type, spec.type), "、".join(words)))
        data.append({"field": name, "label": spec.label, "type": spec.type, "values": words})
    return Outcome({"fields": data}, tables=[Table("", ("字段", "意思", "怎样读", "可填的英文词"), rows)])


def sources_try(
    common: Common,
    file: Annotated[Path, typer.Argument(help="要试读的文件", metavar="文件")],
    source: Annotated[str | None, typer.Option("--source", help="来源模板", metavar="来源")] = None,
    sheet: Annotated[list[str] | None, typer.Option("--sheet", help="只读这些工作表", metavar="名称")] = None,
    period: Annotated[str | None, typer.Option("--period", help="期间", metavar="期间")] = None,
    password_file: Annotated[
        Path | None, typer.Option("--password-file", help="打开密码写在这个文件的第一行", metavar="文件")
    ] = None,
) -> Outcome:
    """试读一个文件，不保存：表头在哪、各列对应什么、前十行、哪些会搁置，为什么。"""
    from ..intake.drafts.trial import nearest

    templates = _templates(common)
    wanted = tuple(sheet or ())
    try:
        month = parse_period(period) if period else None
        return _tried(common, file, templates, source, wanted, month, passwords(password_file))
    except AidError as error:
        if error.code not in _NOT_RECOGNISED or source:
            raise
        near = nearest(file, templates, wanted)
        error.hint = f"按这份文件起草一个模板：aidcli sources new {_quoted(file)}"
        data = {"file": file.name, "nearest": [one.as_dict() for one in near]}
        return Outcome(data, tables=nearest_shown(near), error=error)


def _tried(
    common: Common,
    file: Path,
    templates: Any,
    source: str | None,
    sheets: tuple[str, ...],
    period: str | None,
    password: Any,
) -> Outcome:
    from ..intake.drafts.trial import describe
    from ..intake.lists import open_lists

    def opened(month: str | None) -> list[Any]:
        return list(
            open_lists(
                file,
                templates,
                source=source,
                sheets=sheets,
                period=month,
                today=common.as_of,
                password=password,
            )
        )

    hints = []
    try:
        lists = opened(period)
    except AidError as error:
        if error.code != "period_unknown" or period:
            raise
        lists = opened(month_of(common.as_of))
        for reading in lists:
            reading.period_from = "assumed"
        hints = [f"期间：{error.message}。这里暂按本月试读，导入时要用 --period 写明"]
    found = [describe(reading) for reading in lists]
    lines, tables = told(found)
    aside = sum(part["rows_set_aside"] for one in found for part in one["sheets"])
    return Outcome({**found[0], "lists": found}, lines, tables, hints, waiting=aside > 0)


def sources_new(
    common: Common,
    file: Annotated[Path, typer.Argument(help="没有模板的文件", metavar="文件")],
    key: Annotated[
        str | None, typer.Option("--key", help="模板的代号，小写英文；默认自动取一个", metavar="代号")
    ] = None,
    label: Annotated[
        str | None, typer.Option("--label", help="模板的名称；默认取文件名", metavar="名称")
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="按哪张工作表起草", metavar="工作表")] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="写到哪里；默认数据库旁的 templates/sources/代号.yaml", metavar="文件"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="已有同名的模板也重新起草")] = False,
) -> Outcome:
    """按一个没见过的文件起草来源模板：找出列名，猜每一列是什么，把没有把握的标出来请人核对。"""
    from ..intake.drafts.draft_text import write
    from ..intake.drafts.drafting import draft

    if key is not None and not re.fullmatch(r"[a-z][a-z0-9_]*", key):
        raise WrongUsage("bad_key", f"--key 不能是“{key}”，应以小写英文字母开头，只含小写字母、数字和下划线")
    templates = _templates(common)
    made = draft(file, templates, key=key or "", label=label or "", sheet=sheet or "", today=common.as_of)
    path = out or _own_path(common, made.key, force)
    write(made, path, force=force)
    rows = [
        (one["column"], one["heading"] or "（无列名）", _meant(one), one["confidence"], one["reason"])
        for one in made.as_dict(path)["columns"]
    ]
    lines = [
        f"已起草 {path}",
        f"名称：{made.label}（{made.key}）　列名在工作表“{made.sheet}”第{made.header_row}行",
        f"认出{len(made.mapped)}列，没有采用{len(rows) - len(made.mapped)}列",
    ]
    if made.base is not None:
        same = made.key == made.base.key
        lines.append(
            f"这个文件按现有的“{made.base.label}”就能读，草稿以它为底"
            + (
                "，会替换它；不想替换就删掉草稿"
                if same
                else f"；两个模板会争同一种文件，导入时要写 --source {made.key}"
            )
        )
    lines.append(_proof(common, file, path, made))
    hints = [
        "请打开草稿，对照原表核对每一处“猜测”",
        f"然后：aidcli sources check；aidcli sources try {_quoted(file)}",
    ]
    unsure = any(one.confidence == "猜测" for one in made.columns)
    table = Table("", ("列", "表头", "读作", "把握", "理由"), rows)
    return Outcome(made.as_dict(path), lines, [table], hints, waiting=unsure)


def _proof(common: Common, file: Path, path: Path, made: Any) -> str:
    """What reading the file by its draft comes to, so that nobody starts from a draft that cannot work."""
    from ..intake import open_file
    from ..intake.templates import read_template

    template, _ = read_template(path)
    try:
        reading = open_file(
            file,
            {made.key: template} if template else {},
            source=made.key,
            sheets=(made.sheet,),
            period=month_of(common.as_of),
            today=common.as_of,
        )
        outcomes = [row.outcome for row in reading.rows(0)]
    except AidError as error:
        return f"按草稿还读不了这个文件：{error.message}" + (f"。{error.hint}" if error.hint else "")
    return f"按草稿试读：会收下{outcomes.count('kept')}行，搁置{outcomes.count('set_aside')}行"


def _meant(one: Any) -> str:
    return f"{one['label']}（{one['field']}）" if one["field"] else "—"


def _own_path(common: Common, key: str, force: bool) -> Path:
    """Where a draft goes by default; an own template of that key in another file is not doubled."""
    from ..intake.drafts.checking import template_files
    from ..intake.templates import read_template

    folder = common.db.resolve().parent / "templates" / "sources"
    for path in template_files([folder]) if folder.is_dir() else []:
        template, _ = read_template(path)
        if template is None or template.key != key or path.name == f"{key}.yaml":
            continue
        if force:
            return path
        raise AidError(
            "draft_exists",
            f"“{path}”已经是代号“{key}”的模板，没有改动它",
            file=path.name,
            hint="换一个 --key；确要重新起草、丢掉原来的修改，加 --force",
        )
    return folder / f"{key}.yaml"


def sources_check(
    common: Common,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="模板文件或文件夹；默认数据库旁的 templates/sources", metavar="文件或文件夹…"),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="连内置的模板一起检查")] = False,
) -> Outcome:
    """检查来源模板：写错的地方逐处指出文件和行，容易认错表的地方给出提醒。有错误时退出码为 1。"""
    from ..intake import load_templates
    from ..intake.drafts.checking import check, template_files

    shipped_folder, *own = _folders(common)
    shipped = load_templates([shipped_folder])
    found = check(template_files([*(paths or own), *([shipped_folder] if every else [])]), shipped)
    return checked_shown(found, common.db.resolve().parent / "templates" / "sources", every)


def _quoted(path: Path) -> str:
    text = str(path)
    return f'"{text}"' if re.search(r"[\s()&]", text) else text


def _folders(common: Common) -> Sequence[Path]:
    """The shipped folder, then the office's own; in a checkout both may be one."""
    from ..tasks import setup

    shipped, *own = setup.folders(common.db, "sources")
    return [shipped, *(folder for folder in own if folder.resolve() != shipped.resolve())]


def _own_keys(common: Common) -> set[str]:
    from ..intake import load_templates

    return set(load_templates(_folders(common)[1:]))


def _templates(common: Common) -> dict[str, Any]:
    from ..intake import load_templates

    return load_templates(_folders(common))
