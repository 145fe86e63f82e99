"""`match`, `review`, `find`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import AidError, WrongUsage
from ..terms import SEXES, SHORT_PROGRAMMES
from .common import Common, command, group
from .outcome import Outcome, Table, mask_id

_VERDICTS = {
    "same": "same",
    "是": "same",
    "different": "different",
    "否": "different",
    "unsure": "unsure",
    "存疑": "unsure",
}


_ANSWERS = {"same": "是同一人", "different": "不是同一人", "unsure": "存疑"}


def register(app: typer.Typer) -> None:
    command(app, "match")(match)
    command(app, "find")(find)
    review = group(app, "review", "待人工确认的记录")
    command(review, "list", "review list")(review_list)
    command(review, "decide", "review decide")(review_decide)
    command(review, "undo", "review undo")(review_undo)


def match(
    common: Common,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="用本版本的匹配规则从头再来，并列出变动")
    ] = False,
) -> Outcome:
    """跨部门认人：把各表的记录对应到人。只重算有变动的部分，结果与全部重算相同。"""
    from ..tasks import matching

    with common.session() as session:
        done = matching.match(session, common.actor(), rebuild=rebuild, wait=common.wait)
    counts = (done.mentions, done.people, done.linked, done.pending, done.new_pairs, done.changed)
    rows = [tuple(str(count) for count in counts)]
    table = Table("", ("记录", "对应人员", "跨表关联", "待确认（对）", "其中新增", "改换人员"), rows)
    hints = ["有待确认的记录，查看：aidcli review list"] if done.pending else []
    return Outcome(
        dict(done._asdict()), [], [table], [*hints, "下一步：aidcli flag"], waiting=done.pending > 0
    )


def review_list(
    common: Common,
    answered: Annotated[bool, typer.Option("--answered", help="列出已经回答过的")] = False,
) -> Outcome:
    """列出待人工确认是不是同一人的记录，最有把握的在前。"""
    from ..tasks import reviewing

    with common.session() as session:
        pairs = reviewing.listing(session, answered)
    rows = [
        (
            p.pair[:10],
            p.sentence
            + (f"（{_ANSWERS[p.status]}）" if answered else "")
            + "".join(f"（{g}）" for g in p.gone),
            *(f"{s.name} {mask_id(s.id_value, common.unmask)} {s.source_label}" for s in (p.left, p.right)),
        )
        for p in pairs
    ]
    data = {
        "pairs": [
            {
                "pair": p.pair,
                "tier": p.tier,
                "score": p.score,
                "status": p.status,
                "evidence": p.sentence,
                "gone": list(p.gone),
                "left": _side(p.left, common.unmask),
                "right": _side(p.right, common.unmask),
            }
            for p in pairs
        ]
    }
    hints = ["回答：aidcli review decide 编号 是|否|存疑"] if pairs and not answered else []
    lines = [] if pairs else ["还没有回答过" if answered else "没有待确认的记录"]
    return Outcome(
        data,
        lines,
        [Table("", ("编号", "依据", "左", "右"), rows)] if pairs else [],
        hints,
        bool(pairs) and not answered,
    )


def _side(side: Any, whole: bool) -> dict[str, object]:
    return {
        "mention": side.mention,
        "name": side.name,
        "id_number": mask_id(side.id_value, whole),
        "id_state": side.id_kind,
        "source": side.source_label,
        "township": side.township,
        "village": side.village,
    }


def review_decide(
    common: Common,
    pair: Annotated[str, typer.Argument(help="编号，如 q-1f2e3d", metavar="编号")],
    verdict: Annotated[str, typer.Argument(help="是、否 或 存疑", metavar="是|否|存疑")],
    why: Annotated[str, typer.Option("--why", help="理由", metavar="文字")] = "",
) -> Outcome:
    """回答两条记录是不是同一人。答案长期有效，撤销重导也不丢。"""
    from ..tasks import reviewing

    if verdict not in _VERDICTS:
        raise WrongUsage("bad_verdict", f"“{verdict}”不是答案，可用：是、否、存疑")
    with common.session() as session:
        number = reviewing.decide(session, common.actor(), pair, _VERDICTS[verdict], why, common.wait)
    return Outcome({"pair": number, "verdict": _VERDICTS[verdict]}, [f"已记录：{number[:10]} {verdict}"])


def review_undo(
    common: Common, pair: Annotated[str, typer.Argument(help="编号，如 q-1f2e3d", metavar="编号")]
) -> Outcome:
    """收回对一对记录的回答（原来的回答仍留在记录里）。"""
    from ..tasks import reviewing

    with common.session() as session:
        number = reviewing.decide(session, common.actor(), pair, "withdrawn", "", common.wait)
    return Outcome({"pair": number, "verdict": "withdrawn"}, [f"已收回：{number[:10]}"])


def find(
    common: Common,
    text: Annotated[str, typer.Argument(help="姓名的一部分、证号后几位、电话或村", metavar="文字")] = "",
    id_file: Annotated[
        Path | None, typer.Option("--id-file", help="从文件读整个身份证号，- 为标准输入，免得留在命令历史里")
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
        listed = "；".join(f"{SHORT_PROGRAMMES[h.programme]}（{h.head_name}户）" for h in one.households)
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


def _read(source: Path) -> str:
    if str(source) == "-":
        return sys.stdin.readline().strip()
    try:
        return source.read_text(encoding="utf-8-sig").strip()
    except OSError as error:
        raise AidError("file_missing", f"读不到文件“{source}”", file=str(source)) from error
