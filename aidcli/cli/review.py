"""`review`: whether two records are one person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import WrongUsage
from ..terms import SEXES
from .chinese import ChineseGroup
from .common import Common, command
from .outcome import Outcome, Table, mask_id, mask_text
from .returned import paid_data, paid_lines

VERDICTS = {
    "same": "same",
    "是": "same",
    "different": "different",
    "否": "different",
    "unsure": "unsure",
    "存疑": "unsure",
}
_SHOWN = 10  # records of a person who was split, on a screen
ANSWERS = {"same": "是同一人", "different": "不是同一人", "unsure": "存疑"}

_PAIR = Annotated[str, typer.Argument(help="编号，如 q-1f2e3d4a", metavar="编号")]
_WHY = Annotated[str, typer.Option("--reason", help="理由：核对了什么，记入日志", metavar="文字")]
_OLD_WHY = Annotated[str, typer.Option("--why", hidden=True)]  # its name before there was merge and split


def register(app: typer.Typer) -> None:
    help_text = "待确认：两条记录是不是同一个人。在窗口里直接运行 aidcli review，一题一题地答。"
    review = typer.Typer(help=help_text, rich_markup_mode=None, cls=ChineseGroup, invoke_without_command=True)
    review.callback()(_alone)
    app.add_typer(review, name="review")
    command(review, "list", "review list")(review_list)
    command(review, "ask", "review ask")(review_ask)
    command(review, "export", "review export")(review_export)
    command(review, "decide", "review decide")(review_decide)
    command(review, "undo", "review undo")(review_undo)
    command(review, "merge", "review merge")(review_merge)
    command(review, "split", "review split")(review_split)


def _alone(ctx: typer.Context) -> None:
    """`aidcli review`: asks on a terminal, explains itself elsewhere."""
    if ctx.invoked_subcommand is not None:
        return
    if not sys.stdin.isatty():
        print(ctx.get_help())
        raise typer.Exit(2)
    ask = ctx.command.get_command(ctx, "ask")  # type: ignore[attr-defined]
    with ask.make_context("ask", [], parent=ctx) as inner:
        ask.invoke(inner)


def review_list(
    common: Common,
    limit: Annotated[
        int | None, typer.Option("--limit", help="只列前几题", metavar="题数", min=1, show_default=False)
    ] = None,
    answered: Annotated[bool, typer.Option("--answered", help="列出已经回答过的，新的在前")] = False,
) -> Outcome:
    """列出待人工确认的题：牵涉疑点和钱的在前，能核实的在前。"""
    from ..tasks import reviewing

    with common.session() as session:
        found = reviewing.listing(session, common.as_of, answered, limit)
        total = len(found) if answered or limit is None else reviewing.count(session)
    data = {"pairs": [_pair(one, common.unmask) for one in found], "total": total}
    if not found:
        return Outcome(data, ["还没有回答过" if answered else "没有待确认的记录"])
    rows = [_row(one, answered, common.unmask) for one in found]
    table = Table("", ("编号", "回答" if answered else "牵涉", "依据", "左", "右"), rows)
    lines = [f"共{total}题，列出前{len(found)}题"] if total > len(found) else []
    hints = (
        [] if answered else ["一题一题地答：aidcli review；导出来填：aidcli review export 认人核对表.xlsx"]
    )
    return Outcome(data, lines, [table], hints, waiting=not answered)


def _row(one: Any, answered: bool, whole: bool) -> tuple[str, ...]:
    said = one.note if answered else "；".join(filter(None, (one.hangs, one.note)))
    evidence = one.sentence + "".join(f"（{gone}）" for gone in one.gone)
    sides = (f"{s.name} {mask_id(s.id_value, whole)} {s.source_label}" for s in (one.left, one.right))
    return (one.short, said, mask_text(evidence, whole), *sides)


def _pair(one: Any, whole: bool) -> dict[str, object]:
    return {
        "pair": one.pair,
        "rank": one.rank,
        "tier": "review",
        "score": one.score,
        "status": one.status,
        "evidence": one.sentence,
        "hangs": one.hangs,
        "check": one.check,
        "note": one.note,
        "gone": list(one.gone),
        "left": _side(one.left, one.told[0], one.places[0], whole),
        "right": _side(one.right, one.told[1], one.places[1], whole),
    }


def _side(side: Any, told: Any, place: Any, whole: bool) -> dict[str, object]:
    """One record. `birth_date` and `sex` may be those of the number: `beside_number` has what the row adds."""
    return {
        "mention": side.mention,
        "person": side.person or None,
        "name": side.name,
        "id_number": mask_id(side.id_value, whole),
        "id_state": side.id_kind,
        "birth_date": side.birth,
        "sex": SEXES.get(side.sex, side.sex),
        "beside_number": {"birth_date": told.birth, "sex": told.sex},
        "township": side.township,
        "village": side.village,
        "phone": side.phone,
        "source": side.source_label,
        "file": place.file if place else None,
        "sheet": place.sheet if place else None,
        "row": place.row if place else None,
    }


def review_ask(
    common: Common,
    limit: Annotated[
        int | None, typer.Option("--limit", help="只问前几题", metavar="题数", min=1, show_default=False)
    ] = None,
) -> Outcome:
    """一题一题地问，一个键一个回答：y 是、n 否、u 存疑、s 跳过、q 退出。答一题存一题。"""
    from .asking import Interview

    with common.session() as session:
        done = Interview(common, session).run(limit)
    said = "，".join(f"{label}{done.counts[key]}题" for key, label in ANSWERS.items() if done.counts[key])
    answered = sum(done.counts[key] for key in ANSWERS)
    line = (
        f"答了{answered}题" + (f"（{said}）" if said else "") + (f"，还有{done.left}题" if done.left else "")
    )
    if not done.counts and not done.left:
        line = "没有待确认的记录"
    counts = {key: done.counts[key] for key in (*ANSWERS, "skip")}
    data: dict[str, object] = {"answered": answered, **counts, "left": done.left}
    hints = ["答错了：aidcli review undo 编号；下一步：aidcli flag"] if answered else []
    return Outcome(data, [line], [], hints, waiting=done.left > 0)


def review_export(
    common: Common,
    out: Annotated[Path, typer.Argument(help="写到哪里，如 认人核对表.xlsx", metavar="文件")],
) -> Outcome:
    """导出待确认的题：一行一题，两条记录左右对照，填好以后用 aidcli apply 交回。"""
    from ..tasks import questioning

    with common.session() as session:
        done = questioning.export(
            session, common.actor(), out, common.as_of, whole=common.unmask, wait=common.wait
        )
    if done is None:
        return Outcome({"worklist": "review", "file": None, "rows": 0}, ["没有待确认的记录，没有写文件"])
    data = {"worklist": done.worklist, "file": done.file, "sheets": list(done.sheets), "rows": done.rows}
    masked = "文件含完整的身份证号，请按规定保管" if common.unmask else "号码已遮盖；要完整号码加 --unmask"
    hints = [masked, f"填好以后：aidcli apply {done.file}"]
    return Outcome(data, [f"已写 {done.file}：{done.rows}题"], [], hints)


def review_decide(
    common: Common,
    pair: _PAIR,
    verdict: Annotated[str, typer.Argument(help="是、否 或 存疑", metavar="是|否|存疑")],
    reason: _WHY = "",
    why: _OLD_WHY = "",
) -> Outcome:
    """回答两条记录是不是同一人。答案长期有效，撤销重导也不丢。"""
    from ..tasks import reviewing

    if verdict not in VERDICTS:
        raise WrongUsage("bad_verdict", f"“{verdict}”不是答案，可用：是、否、存疑")
    with common.session() as session:
        done = reviewing.decide(
            session, common.actor(), pair, VERDICTS[verdict], reason or why, common.as_of, common.wait
        )
    data = {
        "pair": done.pair,
        "verdict": VERDICTS[verdict],
        "before": _before(done.before),
        "paid_twice": paid_data(done.paid_twice),
    }
    lines = [f"已记录：{pair} {ANSWERS[VERDICTS[verdict]]}"]
    if done.before:
        was = done.before
        why = f"：{was.why}" if was.why else ""
        lines.append(f"原来的回答改掉了：{was.at[:10]} {was.operator}答“{ANSWERS[was.status]}”{why}")
    return Outcome(data, [*lines, *paid_lines(done.paid_twice)], waiting=bool(done.paid_twice))


def _before(row: Any) -> dict[str, object] | None:
    """The answer that was replaced."""
    if row is None:
        return None
    return {"verdict": row.status, "operator": row.operator, "at": row.at, "why": row.why}


def review_undo(
    common: Common,
    pairs: Annotated[list[str], typer.Argument(help="编号，如 q-1f2e3d4a；可写多个", metavar="编号…")],
) -> Outcome:
    """收回对两条记录的回答、合并或分开（原来的回答仍留在记录里）。"""
    from ..tasks import reviewing

    with common.session() as session:
        done = [
            reviewing.decide(session, common.actor(), ref, "withdrawn", "", common.as_of, common.wait).pair
            for ref in pairs
        ]
    data: dict[str, object] = {"pair": done[0], "pairs": done, "verdict": "withdrawn"}
    return Outcome(data, [f"已收回：{ref}" for ref in pairs])


_PERSON = Annotated[str, typer.Argument(help="人员编号 p-，用 aidcli find 查", metavar="人员")]


def review_merge(
    common: Common,
    one: _PERSON,
    other: Annotated[str, typer.Argument(help="同一个人的另一个编号 p-", metavar="人员")],
    reason: Annotated[str, typer.Option("--reason", help="理由：核对了什么，记入日志", metavar="文字")],
    yes: Annotated[
        bool, typer.Option("--yes", help="两人各有一个正确而不同的身份证号，核对过仍要合并")
    ] = False,
) -> Outcome:
    """把两个人合为一人，写明理由。从此两个编号都指向这一人；可用 review undo 收回。"""
    from ..tasks import merging

    with common.session() as session:
        done = merging.merge(
            session, common.actor(), one, other, reason, common.as_of, sure=yes, wait=common.wait
        )
    data = {
        "person": done.person,
        "merged": done.gone,
        "pair": done.pair,
        "paid_twice": paid_data(done.paid_twice),
    }
    lines = [f"已合并：{done.gone[:10]} 并入 {done.person[:10]}", *paid_lines(done.paid_twice)]
    return Outcome(data, lines, [], [f"收回：aidcli review undo {done.pair}"], bool(done.paid_twice))


def review_split(
    common: Common,
    person: _PERSON,
    mentions: Annotated[
        list[str],
        typer.Argument(help="不是这个人的记录 m-，用 aidcli explain 人员编号 查；可写多条", metavar="记录…"),
    ],
    reason: Annotated[str, typer.Option("--reason", help="理由：核对了什么，记入日志", metavar="文字")],
) -> Outcome:
    """把一条或几条记录从一个人身上分开，写明理由。可用 review undo 收回。"""
    from ..tasks import merging

    with common.session() as session:
        done = merging.split(session, common.actor(), person, mentions, reason, common.wait)
    data: dict[str, object] = {
        "named": done.named,
        "person": done.person,
        "other": done.other,
        "pairs": list(done.pairs),
        "parts": [
            {"stays": one.stays, "person": one.person, "records": [dict(r._asdict()) for r in one.records]}
            for one in done.parts
        ],
        "asked": done.asked,
    }
    lines = ["已分开", *(_part(one, done.named) for one in done.parts)]
    hints = [f"收回：aidcli review undo {' '.join(done.pairs)}"]
    if done.asked:
        hints.append(f"其中还有{done.asked}题分不清是谁的，一题一题地答：aidcli review")
    return Outcome(data, lines, [], hints, waiting=done.asked > 0)


def _part(part: Any, named: str) -> str:
    """Which records went or stayed, by name and row, and under which id they are now."""
    told = [
        f"{one.name or '没有姓名'}，{one.source}{f'第{one.row}行' if one.row else ''}，{one.mention[:10]}"
        for one in part.records[:_SHOWN]
    ]
    more = f"；等{len(part.records)}条" if len(part.records) > _SHOWN else ""
    which = "留下的" if part.stays else "分出去的"
    same = "仍用原来的编号" if part.person == named else "现在的编号是"
    return f"{which}：{'；'.join(told)}{more}。{same} {part.person[:10]}"
