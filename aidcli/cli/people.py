"""`match`, `find`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import AidError, WrongUsage
from ..terms import SEXES, SHORT_PROGRAMMES
from .common import Common, command
from .outcome import Outcome, Table, mask_id
from .partitions import ENGINE, LEFT, MASTER, OUT, RIGHT, Asked, partitioned
from .points import explained

_SHOWN = 20  # records that moved, on a screen


def register(app: typer.Typer) -> None:
    command(app, "match")(match)
    command(app, "find")(find)


def match(
    common: Common,
    rebuild: Annotated[
        bool,
        typer.Option("--rebuild", help="换了新版本以后，按新规则把所有人从头认一遍，并列出变动；平时不用"),
    ] = False,
    explain_model: Annotated[
        bool,
        typer.Option("--explain-model", help="不认人，只列出认人的规则：每样依据算几分、为什么"),
    ] = False,
    engine: ENGINE = "local",
    master: MASTER = None,
    left: LEFT = None,
    right: RIGHT = None,
    out: OUT = None,
) -> Outcome:
    """跨部门认人：把各表的记录对应到人。只重算有变动的部分，结果与全部重算相同。"""
    from ..tasks import matching, modelling

    if explain_model:
        return explained(common)
    asked = Asked(engine, master, left, right, out)
    asked.check()
    if asked.of_files:
        return partitioned(common, asked)
    with common.session() as session:
        moved: list[Any] = []
        if rebuild:
            done, moved = modelling.rebuild(session, common.actor(), common.wait, asked.engine_of())
        else:
            done = matching.match(session, common.actor(), engine=asked.engine_of(), wait=common.wait)
    counts = (done.mentions, done.people, done.linked, done.pending, done.new_pairs, done.changed)
    rows = [tuple(str(count) for count in counts)]
    tables = [Table("", ("记录", "对应人员", "跨表关联", "待确认（对）", "其中新增", "改换人员"), rows)]
    data: dict[str, object] = dict(done._asdict())
    if rebuild:
        data["moved"] = [_moved(one, common.unmask) for one in moved]
        tables += [_moves(moved, common.unmask)] if moved else []
    hints = ["有待确认的记录，一题一题地答：aidcli review"] if done.pending else []
    if done.newer_model:
        hints.append("这个版本带有更新的匹配模型，启用它并看哪些记录改换了人：aidcli match --rebuild")
    return Outcome(data, [], tables, [*hints, "下一步：aidcli flag"], waiting=done.pending > 0)


def _moves(moved: Sequence[Any], whole: bool) -> Table:
    """The first records that went to another person."""
    rows = [
        (
            one.row.name,
            mask_id(one.row.id_value, whole),
            one.row.source_label,
            f"{one.row.from_person[:10]} → {one.row.to_person[:10]}",
            one.before,
            one.after,
        )
        for one in moved[:_SHOWN]
    ]
    more = f"，列出前{_SHOWN}条，全部的用 --format json 看" if len(moved) > _SHOWN else ""
    title = f"改换了人员的记录：{len(moved)}条{more}"
    return Table(title, ("姓名", "身份证号", "来源", "从谁到谁", "原来的依据", "现在的依据"), rows)


def _moved(one: Any, whole: bool) -> dict[str, object]:
    return {
        "mention": one.row.mention,
        "name": one.row.name,
        "id_number": mask_id(one.row.id_value, whole),
        "source": one.row.source_label,
        "from_person": one.row.from_person,
        "to_person": one.row.to_person,
        "from_evidence": one.before,
        "to_evidence": one.after,
    }


def find(
    common: Common,
    text: Annotated[str, typer.Argument(help="姓名的一部分、证号后几位、电话或村", metavar="文字")] = "",
    id_file: Annotated[
        Path | None,
        typer.Option(
            "--id-file", help="从文件读整个身份证号，- 为标准输入，免得留在命令历史里", metavar="文件"
        ),
    ] = None,
) -> Outcome:
    """找人：这是谁，在哪些名册上。"""
    from ..tasks import looking

    with common.session() as session:
        if id_file is not None:
            found = looking.find_number(session, _read(id_file))
        elif text.strip():
            found = looking.find(session, text)
        else:
            raise WrongUsage("nothing_to_find", "要写明找什么：姓名的一部分、证号后四位以上、电话或村")
    rows = []
    people = []
    for one in found:
        p = one.person
        listed = _listed(one.households)
        number = mask_id(p.id_number, common.unmask)
        rows.append(
            (p.id[:10], p.name, number, SEXES.get(p.sex, ""), p.birth, p.township + p.village, listed)
        )
        people.append(
            {
                "person": p.id,
                "name": p.name,
                "id_number": number,
                "birth_date": p.birth,
                "sex": p.sex,
                "township": p.township,
                "village": p.village,
                "households": [
                    {
                        "household": h.id,
                        "programme": h.programme,
                        "head": h.head_name,
                        "case_number": h.case_number,
                    }
                    for h in one.households
                ],
            }
        )
    lines = [] if rows else ["没有找到（新导入的记录要先 aidcli match 才能查到）"]
    table = Table("", ("编号", "姓名", "身份证号", "性别", "出生日期", "地址", "在册"), rows)
    return Outcome({"people": people}, lines, [table] if rows else [])


def _listed(households: Sequence[Any]) -> str:
    """Where somebody is on a register; of several households also the place, for they may have one head's name."""
    return "；".join(
        f"{SHORT_PROGRAMMES[h.programme]}（{h.township + h.village if len(households) > 1 else ''}{h.head_name}户）"
        for h in households
    )


def _read(source: Path) -> str:
    if str(source) == "-":
        return sys.stdin.readline().strip()
    try:
        return source.read_text(encoding="utf-8-sig").strip()
    except OSError as error:
        raise AidError("file_missing", f"读不到文件“{source}”", file=str(source)) from error
