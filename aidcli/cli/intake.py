"""`import` and `undo`."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import AidError, WrongUsage
from ..months import parse_period
from .common import Common, command, read_number
from .imports import imported
from .outcome import Outcome, Table, mask_text

PASSWORD_FILE = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        help="文件设有打开密码时：把密码写在一个文本文件的第一行，这里写那个文件；不写，在窗口里会问",
        metavar="文件",
    ),
]


def register(app: typer.Typer) -> None:
    command(app, "import")(import_)
    command(app, "undo")(undo)


def import_(
    common: Common,
    files: Annotated[
        list[Path], typer.Argument(help="部门发来的文件，或装着它们的文件夹、zip", metavar="文件…")
    ],
    source: Annotated[
        str | None,
        typer.Option(
            "--source", help="是哪一种表：aidcli sources list 里的来源或名称；默认按列名识别", metavar="来源"
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            help="是哪个月、哪个季的表：2026-10 或 2026-Q4；默认从文件名、标题、所在文件夹的名称看出",
            metavar="期间",
        ),
    ] = None,
    coverage: Annotated[
        str | None,
        typer.Option(
            "--coverage",
            help="full：全部人员的名单，不在上面的就是已退出；change：只有变动的人，不在上面的不变；默认按来源模板",
            metavar="full|change",
        ),
    ] = None,
    scope: Annotated[
        list[str] | None,
        typer.Option(
            "--scope",
            help="全量名册只包括部分乡镇时，写明是哪些，每个乡镇写一次 --scope；写“全部”表示以前有、这次没有的"
            "乡镇已经没有对象；默认按文件里的乡镇",
            metavar="乡镇",
        ),
    ] = None,
    sheet: Annotated[
        list[str] | None, typer.Option("--sheet", help="只读这张工作表，可写多次；默认自己找", metavar="名称")
    ] = None,
    replaces: Annotated[
        str | None,
        typer.Option(
            "--replaces",
            help="这是更正后的整份文件：替换哪个批次，如 b6（批次号见 aidcli log --batches）；多了谁、少了谁、改了谁逐人列出",
            metavar="批次",
        ),
    ] = None,
    set_aside: Annotated[
        Path | None,
        typer.Option(
            "--set-aside",
            help="把搁置的行写成这个 Excel 工作簿，改好以后把它再导入（含完整号码）",
            metavar="文件.xlsx",
        ),
    ] = None,
    password_file: PASSWORD_FILE = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只试读，不保存")] = False,
    accept_suspicious: Annotated[
        bool, typer.Option("--accept-suspicious", help="已经核对过的可疑文件照样收下（会记入日志）")
    ] = False,
) -> Outcome:
    """导入部门发来的表格。每个文件要么整个收下，要么完全不动；同一文件再导一次不会重复。"""
    from ..tasks import asides, carrying, expanding, intake, setup

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
        read_number(replaces, "b", "批次") if replaces else None,
        set_aside is not None,
        passwords(password_file),
        _telling(common),
    )
    done: list[intake.Imported] = []
    if set_aside is not None:
        asides.check_target(set_aside)
    with common.session() as session:
        folders = setup.template_folders(session, "sources")
        actor = common.actor()
        carried = [path for path in files if carrying.is_partition(path)]
        for path in carried:
            common.progress(f"读取 {path.name}")
            done += carrying.import_partition(session, actor, path, folders, options, common.wait)
        others = [path for path in files if path not in carried]
        with expanding.expand(_expanded(others), folders, common.as_of, options.password) as found:
            _check_options(options, [file.path for file in found.files], set_aside)
            for file in found.files:
                common.progress(f"读取 {file.shown or file.path.name}")
                asked = options._replace(shown=file.shown, folders=file.folders)
                try:
                    done += intake.import_any(
                        session, actor, file.path, folders, asked, common.as_of, common.wait
                    )
                except AidError as error:
                    if error.exit_code != 1 and not done:
                        raise
                    done.append(intake.refused(file.path, error, file.shown))
                    if error.exit_code != 1:
                        break  # what came in before it is told
            done += [intake.refused(Path(shown), error, shown) for shown, error in found.refused]
        several = len(found.files) > 1
        gaps = expanding.months(session, {file.source for file in done}) if several else []
        outcome = imported(common, done, dry_run)
        if set_aside is not None:
            sheets = [one for file in done for one in file.asides]
            _add_set_aside(
                outcome,
                set_aside,
                lambda: asides.write(session, actor, sheets, set_aside, common.as_of, common.wait),
            )
    _add_months(outcome, gaps, found.left)
    return outcome


def _check_options(options: Any, files: list[Path], set_aside: Path | None) -> None:
    if options.replaces is not None and len(files) > 1:
        raise WrongUsage("one_file", f"--replaces 一次只能替换一份文件，这里有{len(files)}份")
    if set_aside is not None and any(
        path.exists() and set_aside.exists() and path.samefile(set_aside) for path in files
    ):
        raise WrongUsage("same_file", f"“{set_aside}”正是要导入的文件，搁置的行请写到别的文件")


def _telling(common: Common) -> Callable[[int], None] | None:
    """Rows read so far, on a terminal only."""
    if common.quiet or not sys.stderr.isatty():
        return None
    return lambda rows: common.progress(f"已读{rows:,}行")


def passwords(file: Path | None) -> Callable[[str], str | None] | None:
    """What answers when a protected file asks: the first line of a file, or the person at the terminal."""
    if file is not None:
        try:
            with file.open(encoding="utf-8-sig") as stream:
                password = stream.readline().rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise AidError(
                "password_file",
                f"密码文件“{file}”读不出来",
                file=str(file),
                hint="应是 UTF-8 的文本文件，第一行写打开密码",
            ) from error
        if not password:
            raise AidError(
                "password_file", f"密码文件“{file}”的第一行是空的", file=str(file), hint="第一行写打开密码"
            )
        return lambda name: password
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return functools.cache(lambda name: str(typer.prompt(f"“{name}”的打开密码", hide_input=True, err=True)))


def _add_set_aside(outcome: Outcome, file: Path, write: Callable[[], int]) -> None:
    """Writes the workbook; where that fails the import stands, and both are said."""
    try:
        rows = write()
    except AidError as error:
        outcome.data = {**outcome.data, "set_aside": {"file": None, "rows": 0}}
        outcome.lines.append(
            "文件已经处理完（结果见下），但搁置的行没有写出来；换个位置再运行一次即可，不会重复导入"
        )
        outcome.error = outcome.error or error
        return
    outcome.data = {**outcome.data, "set_aside": {"file": str(file) if rows else None, "rows": rows}}
    if rows:
        outcome.lines.append(
            f"搁置的行和有格子没有采用的行，共{rows}行，已写到 {file}，含完整的身份证号和账号，请按规定保管"
        )
        outcome.hints.append(f"改好标了颜色的格子后导入：aidcli import {file}")
    else:
        outcome.lines.append("没有搁置的行，没有写文件")


def _add_months(outcome: Outcome, gaps: list[Any], left: list[str]) -> None:
    """What is here by source and period, the gaps named; only after several files."""
    if gaps:
        outcome.data = {
            **outcome.data,
            "months": [
                {"source": g.source, "label": g.label, "periods": list(g.periods), "missing": list(g.missing)}
                for g in gaps
            ],
        }
        rows = [
            (g.label, g.periods[0], g.periods[-1], str(len(g.periods)), "、".join(g.missing)) for g in gaps
        ]
        outcome.tables.append(Table("各来源已有的期间", ("来源", "最早", "最近", "期数", "缺"), rows))
        outcome.lines += [f"缺：{period} {g.label}" for g in gaps for period in g.missing]
    if left:
        outcome.lines.append(f"文件夹里有{len(left)}个不是表格的文件没有读：{'、'.join(left[:5])}")


def _expanded(files: list[Path]) -> list[Path]:
    """The files themselves, patterns such as ``inputs/*.xlsx`` resolved: Windows shells leave that to us."""
    found: list[Path] = []
    for path in files:
        wild = any(sign in path.name for sign in "*?") and not path.exists()
        found += sorted(path.parent.glob(path.name)) if wild else [path]
        if wild and not any(path.parent.glob(path.name)):
            raise WrongUsage("no_files", f"没有与“{path}”相符的文件")
    return found


def undo(
    common: Common,
    batch: Annotated[
        str, typer.Argument(help="哪个批次，如 b12；批次号见 aidcli log --batches", metavar="批次")
    ],
) -> Outcome:
    """撤销一次导入、补入或更正，并重新认受影响的人。已审批的发放以它为依据时拒绝。"""
    from ..tasks import undo as task

    number = read_number(batch, "b", "批次")
    with common.session() as session:
        done = task.undo(session, common.actor(), number, common.wait)
    drafts = [f"r{run}" for run in done.drafts]
    lines = [_undone(done, common.unmask)]
    if done.replaced:
        old, file = done.replaced
        lines.append(f"它替换过的 b{old} 不会自己回来；要用回那一份，把“{file}”再导入一次")
    with_it = [f"b{batch}" for batch in done.with_it]
    if with_it:
        lines.append(f"补入它的行和对它的更正 {'、'.join(with_it)} 一并撤销")
    if drafts:
        lines.append(f"依据它的发放草稿 {'、'.join(drafts)} 一并作废，请重新 aidcli schedule")
    data = {
        "batch": f"b{done.batch}",
        "rows_removed": done.rows_removed,
        "drafts": drafts,
        "with_it": with_it,
        "supplemented": f"b{done.base}" if done.base else None,
        "replaced": f"b{done.replaced[0]}" if done.replaced else None,
    }
    return Outcome(data, lines)


def _undone(done: Any, whole: bool) -> str:
    """What is gone and what is back."""
    if done.base is None:
        return f"已撤销批次 b{done.batch}，去掉{done.rows_removed}行"
    if done.row is None:
        return (
            f"已撤销批次 b{done.batch}：补入 b{done.base} 的{done.rows_removed}行拿掉了，"
            f"b{done.base} 的这些行恢复为补入前的样子（原来搁置的仍然搁置）"
        )
    cells = "；".join(
        f"{cell.column}列“{cell.heading}”恢复为{mask_text(cell.old, whole) or '（空）'}"
        f"（更正时改成了{mask_text(cell.new, whole) or '（空）'}）"
        for cell in done.cells
    )
    return f"已撤销更正 b{done.batch}：b{done.base} 第{done.row}行{cells}"
