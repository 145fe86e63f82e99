"""`review export`: the questions that wait as a workbook, the two records of each above one another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from .. import idnumber
from ..errors import AidError
from ..linkage.differences import Span
from ..store import Actor, Session, events
from ..store.pairs import SideRow
from ..store.places import Place
from ..terms import ID_KINDS, SEXES
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

    def both(field: str) -> str:
        return _stacked(one, field, getattr(left, field), getattr(right, field))

    return {
        "row_key": one.pair,
        "sheet": _SHEET,
        "township": left.township or right.township,
        "village": left.village or right.village,
        "number": one.short,
        "hangs": one.hangs,
        "names": both("name"),
        "numbers": _stacked(one, "id_value", _number(left, whole), _number(right, whole)),
        "births": both("birth"),
        "sexes": _stacked(one, "sex", SEXES.get(left.sex, ""), SEXES.get(right.sex, "")),
        "townships": both("township"),
        "villages": both("village"),
        "phones": both("phone"),
        "sources": _stacked(one, "", left.source_label, right.source_label),
        "places": "\n".join(
            f"{label}：{_place(place)}" for label, place in zip("甲乙", one.places, strict=True)
        ),
        "evidence": one.sentence + (f"\n{one.note}" if one.note else ""),
        "check": one.check,
    }


def _stacked(one: Waiting, field: str, upper: str, lower: str) -> str:
    """Left above right, what differs marked. A masked number keeps its places, so its stars are marked too."""
    upper, lower = upper or _BLANK, lower or _BLANK
    marks = one.marks.get(field)
    if marks is None or field == "sex":
        return f"{upper}\n{lower}"
    below = len(upper) + 1
    spans = [*_within(marks.left, upper), *((a + below, b + below) for a, b in _within(marks.right, lower))]
    return Marked(f"{upper}\n{lower}", spans)


def _within(spans: Iterable[Span], text: str) -> list[Span]:
    return [(first, end) for first, end in spans if end <= len(text)]


def _number(side: SideRow, whole: bool) -> str:
    """The number, and what is wrong with it: ``990101*****2091（末位丢失）``."""
    if not side.id_value:
        return ""
    shown = side.id_value if whole else idnumber.format(side.id_value)
    return shown if side.id_kind == "valid" else f"{shown}（{ID_KINDS[side.id_kind]}）"


def _place(place: Place | None) -> str:
    if place is None:
        return _BLANK
    sheet = "" if place.file.lower().endswith((".csv", ".txt")) else f"“{place.sheet}”"
    return f"{place.file}{sheet}第{place.row}行"
