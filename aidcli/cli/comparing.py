"""`compare` and `correct`."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from ..errors import AidError, WrongUsage
from .changes import compared_data, compared_tables
from .common import Common, command, read_number
from .intake import PASSWORD_FILE, passwords
from .outcome import Outcome, Table, mask_text


def register(app: typer.Typer) -> None:
    command(app, "compare")(compare)
    command(app, "correct")(correct)


def compare(
    common: Common,
    old: Annotated[str, typer.Argument(help="旧的一份：文件，或批次如 b3", metavar="旧")],
    new: Annotated[str, typer.Argument(help="新的一份：文件，或批次如 b7", metavar="新")],
    source: Annotated[
        str | None, typer.Option("--source", help="文件是哪一种表；默认按列名识别", metavar="来源")
    ] = None,
    password_file: PASSWORD_FILE = None,
) -> Outcome:
    """逐人比较两份名单：谁减少了，谁增加了，哪些改了；跨月、跨新旧系统都可以，什么都不保存。"""
    from ..tasks import comparing, setup

    folders = setup.folders(common.db, "sources")
    batches = any(comparing.is_batch(told) for told in (old, new))
    with common.session() if batches else nullcontext() as session:
        password = passwords(password_file)
        done = comparing.compare(session, old, new, folders, source, common.as_of, password)
    lines = [
        f"旧：{done.old.label}",
        f"新：{done.new.label}",
        f"减少{len(done.missing)}人，增加{len(done.added)}人，改动{len(done.changed)}人，不变{done.same}人",
    ]
    lines += [
        f"{side.file}里还有{'、'.join(side.others)}，没有比较；要比较时用 --source 指明"
        for side in (done.old, done.new)
        if side.others
    ]
    unclear = len(done.unsure) + len(done.possible)
    if unclear:
        lines.append(f"有{unclear}人没有完整的号码或姓名对不上，是否同一人请核对")
    return Outcome(
        compared_data(done, common.unmask),
        lines,
        compared_tables(done, common.unmask),
        waiting=bool(unclear),
    )


def correct(
    common: Common,
    batch: Annotated[
        str, typer.Argument(help="哪个批次，如 b12；批次号见 aidcli log --batches", metavar="批次")
    ],
    row: Annotated[int, typer.Option("--row", help="原表第几行（Excel 左边的行号）", metavar="行号")],
    column: Annotated[str, typer.Option("--column", help="哪一列：字母如 E，或列名", metavar="列")],
    reason: Annotated[str, typer.Option("--reason", help="为什么改，记入日志", metavar="理由")],
    value: Annotated[str | None, typer.Option("--value", help="改成什么", metavar="内容")] = None,
    value_file: Annotated[
        Path | None,
        typer.Option(
            "--value-file",
            help="改成的内容写在这个文件的第一行；写 - 则当场输入，不留在命令历史里（身份证号用这个）",
            metavar="文件",
        ),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", help="工作表；只有一张时不用写", metavar="名称")
    ] = None,
) -> Outcome:
    """更正一个批次里的一格，写明理由：原来的一行留着，改后的一行顶替它。撤销更正用 undo。"""
    from ..tasks import correcting, setup

    number = read_number(batch, "b", "批次")
    told = _value(value, value_file)
    with common.session() as session:
        folders = setup.template_folders(session, "sources")
        done = correcting.correct(
            session,
            common.actor(),
            number,
            sheet,
            row,
            column,
            told,
            reason,
            folders,
            common.as_of,
            common.wait,
        )
    whole = common.unmask
    where = f"“{done.sheet}”第{done.row}行{done.column}列“{done.heading}”"
    old, new = mask_text(done.old, whole) or "（空）", mask_text(done.new, whole) or "（空）"
    lines = [f"已更正 b{done.base} {where}：{old} → {new}，记为批次 b{done.batch}"]
    drafts = [f"r{run}" for run in done.drafts]
    if drafts:
        lines.append(f"名册有变，发放草稿 {'、'.join(drafts)} 作废，请重新 aidcli schedule")
    noted = [(p.column, mask_text(p.message, whole)) for p in done.problems]
    data = {
        "batch": f"b{done.batch}",
        "corrects": f"b{done.base}",
        "file": done.file,
        "sheet": done.sheet,
        "row": done.row,
        "column": done.column,
        "heading": done.heading,
        "old": mask_text(done.old, whole),
        "new": mask_text(done.new, whole),
        "reason": done.reason,
        "problems": [{"column": column, "message": message} for column, message in noted],
        "drafts": drafts,
    }
    tables = [Table("这一行还有存疑的格", ("列", "原因"), noted)] if noted else []
    return Outcome(data, lines, tables, [f"撤销这次更正：aidcli undo b{done.batch}"])


def _value(value: str | None, file: Path | None) -> str:
    """What the cell is to say; from a file or the terminal, so that no number stands in a shell's history."""
    if (value is None) == (file is None):
        raise WrongUsage("one_value", "改成什么：用 --value 或 --value-file 写明，二者取一")
    if value is not None:
        return value
    assert file is not None
    if str(file) == "-":
        if sys.stdin.isatty():
            return str(typer.prompt("改成", hide_input=True, err=True))
        return sys.stdin.readline().rstrip("\r\n")
    try:
        return file.read_text(encoding="utf-8-sig").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise AidError(
            "value_file", f"文件“{file}”读不出来", file=str(file), hint="应是 UTF-8 的文本文件"
        ) from error
