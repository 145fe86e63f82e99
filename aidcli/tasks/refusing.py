"""What a file must not be: empty, outside its scope, a second full list of one source and period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import AidError, Problem
from ..store import Session, batches, rows
from ..store.writing import BatchWriter
from .taking import Counts

if TYPE_CHECKING:
    from ..intake import Reading

EVERYWHERE = "全部"  # as a scope: every township of the file and of the lists before it


_STAYS = "是全部在册人员的名册，加 --coverage full"


def settled_coverage(reading: Reading, asked: str | None) -> tuple[str, str]:
    """What a list covers (full, change): as asked, else as its kind does; then what is to be said of it.

    A roster of households that says it holds only new ones is taken as changes, and that is noted; so is one
    that lists those who left, which is read so. Any other
    roster that speaks of changes is refused (`AidError`, ``coverage_unclear``): taken as a whole list, all who
    are not on it would count as gone, taken as changes, back pay would count as what is due every month.
    """
    template = reading.template
    if reading.leaving and asked == "full":
        reading.take_as_standing()
    if reading.leaving:
        return "change", reading.leaving
    whole = asked or template.coverage
    told = reading.changes_told() if asked is None and template.kind == "roster" and whole == "full" else []
    if not told:
        return whole, ""
    first = told[0]
    said = f"{first.place}写有“{first.word}”"
    if [one.kind for one in told] == ["added"] and template.unit == "household":
        message = f"{said}，按变动名单收下：只增加这些户，不在上面的不算退出；{_STAYS}重新导入"
        plan = reading.sheets[0]
        reading.note(Problem(plan.name, plan.header_row, "", first.word, "taken_as_change", message, "note"))
        return "change", message
    left = next((one for one in told if one.kind == "left"), None)
    if left is not None:
        message = f"{left.place}写有“{left.word}”，像是停发（退出）人员的名单，看不出是不是都已停发，导入会把这些人当作在册"
        hint = (
            "每月导入全部在册的名册，不在上面的人就是已经退出；确实都已停发的，把文件名改成“某月停发名单”再导入，"
            f"上面的人自那个月起不在册；{_STAYS}"
        )
    else:
        message = f"{said}，像是只有变动的名单，按全量导入会把不在上面的人当作已经退出"
        hint = (
            "只有变动的户、金额是变动以后每月的数、一户的人都写全了的，加 --coverage change；"
            f"只列补发、增发的钱的不要作为名册导入；{_STAYS}"
        )
    name = reading.path.name
    raise AidError("coverage_unclear", f"“{name}”的{message}，没有导入", file=name, hint=hint)


def refuse_empty(reading: Reading, writer: BatchWriter, counts: Counts) -> None:
    if writer.rows_kept == 0:
        said = next(filter(None, map(reading.no_result, range(len(reading.sheets)))), "")
        if said and not writer.rows_set_aside:
            raise AidError(
                "no_rows",
                f"“{reading.path.name}”写的是“{said}”：{reading.template.label}没有结果，没有可导入的行",
                file=reading.path.name,
                hint="对方确实没有查到人的，不用导入；应当有名单的，请来文单位重发",
            )
        example = f"。例如：{counts.example()}" if writer.rows_set_aside else ""
        raise AidError(
            "no_rows",
            f"“{reading.path.name}”里没有一行能够导入（读到{writer.rows_read}行，搁置{writer.rows_set_aside}行）"
            f"{example}",
            file=reading.path.name,
            hint="用 aidcli sources try 查看程序怎样读这个文件",
        )


def refuse_outside(reading: Reading, outside: set[str]) -> None:
    found = "、".join(sorted(township or "（未填乡镇）" for township in outside))
    if outside:
        raise AidError(
            "outside_scope",
            f"“{reading.path.name}”里有 --scope 没有写到的乡镇：{found}",
            file=reading.path.name,
            hint="把这些乡镇也写进 --scope，或者不写 --scope，由程序按文件里的乡镇认定范围",
        )


def refuse_unclear_scope(session: Session, reading: Reading, scope: set[str]) -> None:
    """A full list that lacks a township covered before: nobody left there, or not in this file?"""
    before = batches.covered_before(session, reading.template.key, reading.period)
    missing = "、".join(sorted(township for township in before - scope if township))
    if missing:
        raise AidError(
            "scope_unclear",
            f"以前的{reading.template.label}包括{missing}，“{reading.path.name}”里没有这些乡镇的人",
            file=reading.path.name,
            hint=f"如果这些乡镇已经没有对象，加 --scope {EVERYWHERE}；如果这份文件不含这些乡镇，"
            "用 --scope 逐个写明它包括的乡镇",
        )


def refuse_second(session: Session, reading: Reading, scope: set[str]) -> None:
    found = batches.overlapping(session, reading.template.key, reading.period, scope)
    clash = sorted({rows.root_of(session, batch) for batch in found})
    if clash:
        listed = "、".join(f"b{batch}" for batch in clash)
        raise AidError(
            "roster_twice",
            f"{reading.period}的{reading.template.label}已经导入（批次 {listed}），同一期间不能有两份全量名册",
            file=reading.path.name,
            hint=f"这是更正后的整份名册，加 --replaces b{clash[0]} 替换它；只改个别户，用 --coverage change 导入变动",
        )
