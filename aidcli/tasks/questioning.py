"""`review export`: the questions that wait as a workbook, the two records of each beside one another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from .. import idnumber
from ..errors import AidError
from ..linkage.differences import NO_MARKS, Marks, Span
from ..store import Actor, Session, events
from ..store.pairs import SideRow
from ..store.places import Place
from ..terms import ID_KINDS
from ..worklists import Layout, Marked, Row, SheetData, find_layout, group_rows, load_layouts, write_workbook
from .exporting import Exported
from .reviewing import Waiting, listing
from .setup import profile_of, template_folders

KEY = "review"
_SHEET = "待确认"
_BLANK = "—"


def export(
    session: Session, actor: Actor, out: Path, as_of: date, *, whole: bool = False, wait: float = 0.0
) -> Exported | None:
    """Writes the workbook, with whole numbers where `whole`; None, and no file, where nothing waits.

    Raises `AidError` where one with answers stands that nobody has taken back yet.
    """
    from ..worklists.archive import check_target
    from .returning import has_answers

    layout = find_layout(load_layouts(template_folders(session, "worklists")), KEY)
    check_target(out)
    if out.exists() and has_answers(out):
        raise AidError(
            "output_exists",
            f"“{out.name}”里有填好的回答，没有覆盖它",
            file=str(out),
            hint=f"先交回：aidcli apply {out.name}；交回过的，换一个文件名或先删去",
        )
    sheets = sheets_of(session, layout, as_of, whole)
    if not sheets:
        return None
    heading = {"district": profile_of(session).name if session.setting("region") else ""}
    with session.transaction(actor, wait):
        written = write_workbook(layout, sheets, out, heading=heading, as_of=as_of)
        detail = {"file": out.name, "rows": written.rows, "whole": whole}
        said = f"导出{layout.label}{written.rows}行" + ("，含完整号码" if whole else "，号码已遮盖")
        events.record(session, actor, "export", layout.key, said, detail)
    return Exported(layout.key, str(written.file), written.sheets, written.rows)


def sheets_of(
    session: Session, layout: Layout, as_of: date, whole: bool, by: str | None = None
) -> list[SheetData]:
    """The sheets of the workbook: one in the order of importance, or one for each value of `by`."""
    return group_rows(layout, [_row(one, whole) for one in listing(session, as_of)], by)


def _row(one: Waiting, whole: bool) -> Row:
    left, right = one.left, one.right
    upper, lower = _beside(one, whole)
    return {
        "row_key": one.pair,
        "sheet": _SHEET,
        "township": left.township or right.township,
        "village": left.village or right.village,
        "left": upper,
        "right": lower,
        "evidence": one.sentence + (f"\n{one.note}" if one.note else ""),
        "matter": f"{one.hangs}\n核实：{one.check}\n编号：{one.short}",
        "hangs": one.hangs,
        "check": one.check,
        "number": one.short,
    }


class _Line(NamedTuple):
    """What both records say in one line, and the characters that differ."""

    left: str
    right: str
    marks: Marks = NO_MARKS


def _beside(one: Waiting, whole: bool) -> tuple[str, str]:
    """The two records, one fact a line, the same lines in both; what neither says is left out.

    A masked number keeps its places, so its stars are marked too.
    """

    def of_sides(field: str) -> _Line:
        return _Line(getattr(one.left, field), getattr(one.right, field), one.marks.get(field, NO_MARKS))

    def told(field: str) -> _Line:
        return _Line(getattr(one.told[0], field), getattr(one.told[1], field), one.marks[field])

    lines = [
        of_sides("name"),
        _Line(_number(one.left, whole), _number(one.right, whole), one.marks["id_value"]),
        _labelled("号码里：", told("by_number")),
        _labelled("另写性别：", told("sex")),
        _labelled("另写出生：", told("birth")),
        of_sides("township"),
        of_sides("village"),
        of_sides("phone"),
        of_sides("source_label"),
        _Line(_place(one.places[0]), _place(one.places[1])),
    ]
    shown = [line for line in lines if line.left or line.right]
    return (
        _lines([(line.left, line.marks.left) for line in shown]),
        _lines([(line.right, line.marks.right) for line in shown]),
    )


def _labelled(label: str, line: _Line) -> _Line:
    """The same with a label where something is said."""
    left, right = (f"{label}{text}" if text else "" for text in (line.left, line.right))
    return _Line(left, right, Marks(*(_moved(spans, len(label)) for spans in line.marks)))


def _moved(spans: Iterable[Span], by: int) -> tuple[Span, ...]:
    return tuple((first + by, end + by) for first, end in spans)


def _lines(told: Iterable[tuple[str, Iterable[Span]]]) -> str:
    """One below the other, what differs marked."""
    text, spans = "", list[Span]()
    for line, marks in told:
        start = len(text)
        text += f"{line or _BLANK}\n"
        spans += [(start + first, start + end) for first, end in marks if end <= len(line)]
    return Marked(text.rstrip("\n"), spans)


def _number(side: SideRow, whole: bool) -> str:
    """The number, and what is wrong with it: ``990101*****2091（末位丢失）``."""
    if not side.id_value:
        return ""
    shown = side.id_value if whole else idnumber.format(side.id_value)
    return shown if side.id_kind == "valid" else f"{shown}（{ID_KINDS[side.id_kind]}）"


def _place(place: Place | None) -> str:
    if place is None:
        return ""
    sheet = "" if place.file.lower().endswith((".csv", ".txt")) else f"“{place.sheet}”"
    return f"{place.file}{sheet}第{place.row}行"
