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
from .intake import PASSWORD_FILE, passwords
from .outcome import Outcome, Table
from .trials import advice, checked_shown, drafted, nearest_shown, quoted, told, vocabulary

_KINDS = {"roster": "救助名册", "department": "部门名单", "money": "发放、回盘"}
_NOT_RECOGNISED = ("template_unknown", "no_header")


def register(app: typer.Typer) -> None:
    sources = group(app, "sources", "来源模板：认得哪些表、怎样读，认不出的怎样教给它。")
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
    source: Annotated[
        str | None, typer.Argument(help="来源或它的名称，如 殡葬火化名单", metavar="来源")
    ] = None,
) -> Outcome:
    """显示一个来源模板：认哪些列名，读出什么，文件在哪里；不写来源时列出模板里可用的全部字段。"""
    if source is None:
        from ..intake.fields import FIELDS

        return vocabulary(FIELDS)
    template = _named(_templates(common), source)
    rows = [
        (name, "、".join(field.headings), "必须" if field.required else "", field.unit or "")
        for name, field in template.fields.items()
    ]
    path = _path_of(common, template.key)
    return Outcome(
        {"source": template.key, "path": str(path), "template": template.model_dump(mode="json")},
        [f"{template.label}（{template.key}）", f"模板文件：{path}"],
        [Table("", ("字段", "认得的列名", "", "单位"), rows)],
    )


def _named(templates: dict[str, Any], source: str) -> Any:
    """The template of that key or label. Raises `WrongUsage` with those that are called alike."""
    template = next((t for t in templates.values() if source in (t.key, t.label)), None)
    if template is None:
        near = [f"{t.key}（{t.label}）" for t in templates.values() if source in t.label or source in t.key]
        like = f"；名称里有“{source}”的：{'、'.join(near)}" if near else ""
        raise WrongUsage(
            "unknown_source", f"没有来源“{source}”{like}", hint="用 aidcli sources list 列出全部来源"
        )
    return template


def _path_of(common: Common, key: str) -> Path:
    """The file in which a template stands, the office's own before the shipped one."""
    from ..intake.drafts.checking import template_files
    from ..intake.templates import read_template

    shipped, *own = _folders(common)
    for path in template_files(own):
        template, _ = read_template(path)
        if template is not None and template.key == key:
            return path
    return shipped / f"{key}.yaml"


def sources_try(
    common: Common,
    file: Annotated[Path, typer.Argument(help="要试读的文件", metavar="文件")],
    source: Annotated[
        str | None, typer.Option("--source", help="按哪一种表读；默认按列名识别", metavar="来源")
    ] = None,
    sheet: Annotated[
        list[str] | None, typer.Option("--sheet", help="只读这张工作表，可写多次", metavar="名称")
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", help="是哪个月、哪个季的表：2026-10 或 2026-Q4", metavar="期间"),
    ] = None,
    password_file: PASSWORD_FILE = None,
) -> Outcome:
    """试读一个文件，不保存：列名在第几行、各列读作什么、哪些会搁置和为什么、前十行读成什么。"""
    from ..intake.drafts.near import nearest

    templates = _templates(common)
    wanted = tuple(sheet or ())
    password = passwords(password_file)
    try:
        month = parse_period(period) if period else None
        return _tried(common, file, templates, source, wanted, month, password)
    except AidError as error:
        if error.code not in _NOT_RECOGNISED or source:
            raise
        near = nearest(file, templates, wanted, password=password)
        error.hint = f"按这份文件起草一个模板：aidcli sources new {quoted(file)}"
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

    regions = _regions(common)

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
                regions=regions,
            )
        )

    hints: list[str] = []
    try:
        lists = opened(period)
    except AidError as error:
        if error.code != "period_unknown" or period:
            raise
        lists = opened(month_of(common.as_of))
        for reading in lists:
            reading.period_from = "assumed"
        hints = [f"期间：{error.message}。这里暂按本月试读，导入时要用 --period 写明"]
    found = []
    for reading in lists:
        coverage, stopped = _coverage(reading)
        found.append(describe(reading, coverage=coverage))
        hints += [stopped] if stopped else []
    lines, tables = told(found)
    aside = sum(part["rows_set_aside"] for one in found for part in one["sheets"])
    return Outcome({**found[0], "lists": found}, lines, tables, hints, waiting=aside > 0)


def _coverage(reading: Any) -> tuple[str, str]:
    """What `import` would take a list as; where it would stop to ask, '' and what it would say."""
    from ..tasks.refusing import settled_coverage

    try:
        return settled_coverage(reading, None)[0], ""
    except AidError as error:
        return "", f"导入时会停下来问：{error.message}；{error.hint}"


def _regions(common: Common) -> Any:
    """What the database's region list knows; nothing is checked where there is no database yet."""
    from ..tasks import setup

    if not common.db.exists():
        return None
    with common.session() as session:
        return setup.regions(session)


def sources_new(
    common: Common,
    file: Annotated[Path, typer.Argument(help="认不出的文件", metavar="文件")],
    key: Annotated[
        str | None, typer.Option("--key", help="模板的代号，小写英文；默认自动取一个", metavar="代号")
    ] = None,
    label: Annotated[
        str | None, typer.Option("--label", help="模板的名称；默认取文件名", metavar="名称")
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", help="名单在哪张工作表里；默认自己找", metavar="工作表")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="写到哪里；默认数据库旁的 templates/sources/代号.yaml", metavar="文件"),
    ] = None,
    password_file: PASSWORD_FILE = None,
    like: Annotated[
        str | None,
        typer.Option("--like", help="就是这一种表，只是列名写法不同：按它的模板起草", metavar="来源"),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="已有这个代号的模板也重新起草，丢掉原来的修改")
    ] = False,
) -> Outcome:
    """按一个没见过的文件起草来源模板：猜每一列是什么，没有把握的标出来请人核对。"""
    from ..intake.drafts.checking import POINTLESS, is_pointless
    from ..intake.drafts.draft_text import write
    from ..intake.drafts.drafting import draft
    from ..intake.fields import FIELDS
    from ..intake.templates import read_template

    if key is not None and not re.fullmatch(r"[a-z][a-z0-9_]*", key):
        raise WrongUsage("bad_key", f"--key 不能是“{key}”，应以小写英文字母开头，只含小写字母、数字和下划线")
    templates = _templates(common)
    password = passwords(password_file)
    made = draft(
        file,
        templates,
        key=key or "",
        label=label or "",
        sheet=sheet or "",
        like=_named(templates, like) if like else None,
        today=common.as_of,
        password=password,
    )
    path = out or _own_path(common, made.key, force)
    write(made, path, force=force)
    outcome = drafted(made, file, path, _proof(common, file, path, made, password))
    template, _ = read_template(path)
    warning = POINTLESS if template is not None and is_pointless(template) else ""
    lacking = [FIELDS[field].label for field in made.lacking]
    outcome.hints[:0] = advice(made, file, lacking, warning)
    return outcome


def _proof(common: Common, file: Path, path: Path, made: Any, password: Any) -> str:
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
            password=password,
        )
        outcomes = [row.outcome for row in reading.rows(0)]
    except AidError as error:
        return f"按草稿还读不了这个文件：{error.message}" + (f"。{error.hint}" if error.hint else "")
    return f"按草稿试读：会收下{outcomes.count('kept')}行，搁置{outcomes.count('set_aside')}行"


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
    """检查来源模板：写错的地方指出文件和行，容易认错表的地方给出提醒。"""
    from ..intake import load_templates
    from ..intake.drafts.checking import check, template_files

    shipped_folder, *own = _folders(common)
    shipped = load_templates([shipped_folder])
    found = check(template_files([*(paths or own), *([shipped_folder] if every else [])]), shipped)
    return checked_shown(found, common.db.resolve().parent / "templates" / "sources", every)


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
