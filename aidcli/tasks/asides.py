"""Rows that were set aside, as a workbook for their department, and that workbook when it comes back."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import AidError
from ..store import Actor, Session, events, rows, superseding
from ..store.batches import BatchRow
from ..terms import SET_ASIDE
from . import standing

if TYPE_CHECKING:
    from ..intake import Reading
    from ..worklists.asides import AsideSheet

_META = "_meta"
_PLAIN_NAME = re.compile(r"Sheet\d*|工作表\d*", re.IGNORECASE)
Password = Callable[[str], str | None] | None


class ReturnedRow(NamedTuple):
    """A row of a returned workbook: its row there, the row of the original that it says it is, its cells."""

    row: int
    original: int | None
    cells: tuple[str, ...]


class ReturnedSheet(NamedTuple):
    """One sheet of a returned workbook with what its hidden sheet says of it."""

    title: str
    meta: Mapping[str, str]
    headings: tuple[str, ...]
    rows: tuple[ReturnedRow, ...]


class Returned(NamedTuple):
    """A workbook of set-aside rows that came back; `written` is the hash of its rows as they went out."""

    path: Path
    sha256: str
    sheets: tuple[ReturnedSheet, ...]
    written: str = ""


def collect(session: Session, found: BatchRow, kept: bool = True) -> list[AsideSheet]:
    """What stands aside of a batch, with the cells as they stand now, a sheet for each of its sheets.

    Not `kept`: the batch is only tried and will not be there afterwards.
    """
    from ..intake.rows.rereading import Layout
    from ..worklists.asides import AsideRow, AsideSheet

    batch = found.id
    content = rows.content_of(session, batch)
    doubts: dict[tuple[int, int], list[superseding.Doubt]] = {}
    for doubt in superseding.doubts(session, batch):
        doubts.setdefault((doubt.sheet_no, doubt.row), []).append(doubt)
    layouts = rows.layouts(session, batch)
    if doubts and not layouts:
        return [_of_partition(session, found, doubts, content, kept)]
    sheets = []
    for number, (name, kept_layout) in layouts.items():
        own = sorted(row for sheet_no, row in doubts if sheet_no == number)
        if not own:
            continue
        layout = Layout.of_json(kept_layout)
        cells = standing.cells(session, batch, number, layout, own)
        listed = tuple(
            AsideRow(
                row,
                cells[row],
                tuple((_place(session, batch, d), d.message) for d in doubts[number, row]),
            )
            for row in own
        )
        meta = _meta_of(found, content, (name, number, layout.header_row), kept)
        sheets.append(AsideSheet(name, layout.headings, listed, meta))
    return sheets


def _of_partition(
    session: Session,
    found: BatchRow,
    doubts: Mapping[tuple[int, int], Sequence[superseding.Doubt]],
    content: tuple[str, str],
    kept: bool,
) -> AsideSheet:
    """What stands aside of a partition, which has no sheet: to be sent back to whoever compared it, not put right."""
    from ..linkage.engines.layouts import LINKED
    from ..worklists.asides import AsideRow, AsideSheet

    cells = rows.raw(session, found.id, 0, [row for _, row in doubts])
    listed = tuple(
        AsideRow(row, cells[row], tuple((None, doubt.message) for doubt in doubts[0, row]))
        for _, row in sorted(doubts)
    )
    return AsideSheet(
        LINKED.label, tuple(LINKED.columns), listed, _meta_of(found, content, (LINKED.label, 0, 1), kept)
    )


def _meta_of(
    found: BatchRow, content: tuple[str, str], sheet: tuple[str, int, int], kept: bool
) -> dict[str, str]:
    """What the hidden sheet says of a sheet (name, number, row of the header) of a batch."""
    name, number, header_row = sheet
    return {
        "batch": f"b{found.id}" if kept else "",
        "sha256": content[0],
        "source": found.source,
        "template": content[1],
        "period": found.period,
        "file": found.file,
        "label": found.source_label,
        "sheet": name,
        "sheet_no": str(number),
        "header_row": str(header_row),
    }


def _place(session: Session, batch: int, doubt: superseding.Doubt) -> int | None:
    """The department's own column that a doubt is about, from 0; None for the row as a whole."""
    if not doubt.column:
        return None
    lead = standing.lead_of(session, doubt.standing.batch) if doubt.standing.batch != batch else 0
    from ..intake.rows.rereading import place_of

    return place_of(doubt.column) - lead


def check_target(out: Path) -> None:
    """Raises where no workbook can be put, and where one stands that somebody has filled in or another file."""
    from ..worklists.archive import check_target

    check_target(out)
    if out.exists() and not _untouched(out):
        raise AidError(
            "output_exists",
            f"“{out.name}”已经存在，里面可能有填好的内容，没有覆盖它",
            file=str(out),
            hint="换一个文件名；确实不要了，先把它删去",
        )


def _untouched(out: Path) -> bool:
    """Whether a file is a workbook of set-aside rows as it was written."""
    from ..worklists.asides import content_of

    try:
        returned = read_returned(out) if is_returned(out) else None
    except AidError:
        return False
    told = [(s.title, [(r.original, r.cells) for r in s.rows]) for s in returned.sheets] if returned else []
    return returned is not None and content_of(told) == returned.written


def _titled(sheets: Sequence[AsideSheet]) -> list[AsideSheet]:
    """The sheets under names that tell the lists apart, where several lists go into one workbook."""
    if len({(sheet.meta["sha256"], sheet.meta["source"]) for sheet in sheets}) == 1:
        return list(sheets)
    return [
        sheet._replace(
            name=sheet.meta["label"] + ("" if _PLAIN_NAME.fullmatch(sheet.name) else f" {sheet.name}")
        )
        for sheet in sheets
    ]


def write(
    session: Session,
    actor: Actor,
    sheets: Sequence[AsideSheet],
    out: Path,
    as_of: date,
    wait: float = 0.0,
) -> int:
    """Writes the workbook and logs that whole numbers left; returns how many rows. Nothing for no rows."""
    from ..worklists.asides import write_asides

    count = sum(len(sheet.rows) for sheet in sheets)
    if not count:
        return 0
    with session.transaction(actor, wait):
        write_asides(_titled(sheets), out, as_of)
        named = sorted({sheet.meta["batch"] or "试读" for sheet in sheets})
        detail = {"file": out.name, "rows": count, "from": [dict(sheet.meta) for sheet in sheets]}
        summary = f"导出搁置行{count}行，含完整号码"
        events.record(session, actor, "export", "、".join(named), summary, detail)
    return count


def is_returned(path: Path) -> bool:
    """Whether a file is a workbook of set-aside rows, whatever program saved it last."""
    from ..intake.formats.package import DAMAGED

    try:
        with path.open("rb") as stream:
            start = stream.read(8)
        if start.startswith(b"PK"):
            with zipfile.ZipFile(path) as archive:
                return _META.encode() in archive.read("xl/workbook.xml")[:1_000_000]
        if start.startswith(b"\xd0\xcf\x11\xe0"):
            content = path.read_bytes()
            return _META.encode("utf-16-le") in content or _META.encode() in content
    except DAMAGED:
        return False  # what is wrong with it is said when it is opened
    return False


def looks_returned(lists: Iterable[Reading]) -> bool:
    """Whether sheets that are read as a department's are headed as a workbook of set-aside rows is."""
    return any(set(SET_ASIDE) <= set(planned.header) for reading in lists for planned in reading.planned)


def lost(path: Path) -> AidError:
    """The error for set-aside rows in a file that no longer says where they come from."""
    return AidError(
        "aside_meta_lost",
        f"“{path.name}”是搁置行，但已看不出是哪份文件、哪些行的：可能是另存成了别的格式，或复制到了新的工作簿",
        file=path.name,
        hint="请在导出的那个 .xlsx 里填写，直接保存后导入；也可以在来文里改好，整份用 --replaces 导入",
    )


def read_returned(path: Path, password: Password = None) -> Returned | None:
    """A workbook of set-aside rows with its rows; None where it is some other file.

    Raises `AidError` (``columns_moved``, ``sheet_renamed``, ``aside_meta_lost``) where its columns or sheets
    are not as they were written.
    """
    from ..intake.formats.source import open_source

    opened = open_source(path, password)
    by_name = {sheet.name: sheet for sheet in opened.sheets}
    lines = _meta_lines(by_name[_META].rows()) if _META in by_name else []
    if not lines:
        if any(_is_headed(sheet.rows()) for sheet in opened.sheets):
            raise lost(path)
        return None
    metas: dict[str, dict[str, str]] = {}
    columns: dict[str, dict[int, str]] = {}
    written = next((value for kind, _, key, value in lines if (kind, key) == ("file", "content")), "")
    for kind, title, key, value in lines:
        if kind == "sheet":
            metas.setdefault(str(title), {})[str(key)] = str(value)
        elif kind == "column":
            columns.setdefault(str(title), {})[int(key)] = str(value)
    names = [name for name in by_name if name != _META]
    if any(title not in names for title in metas) and any(name not in metas for name in names):
        raise _renamed(path, [title for title in metas if title not in names])
    found = []
    for title, meta in metas.items():
        if title in by_name:
            listed = columns.get(title, {})
            headings = tuple(listed.get(place, "") for place in range(max(listed, default=-1) + 1))
            found.append(_returned_sheet(path, by_name[title].rows(), title, meta, headings))
    if not found:
        raise lost(path)
    return Returned(path, opened.sha256, tuple(found), written)


def _meta_lines(rows: Iterable[tuple[int, tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """What the hidden sheet says, in lines of four; none where it is some other program's."""
    from ..worklists.asides import MARK

    lines = [(*cells, "", "", "", "")[:4] for _, cells in rows if cells]
    return lines if lines and lines[0][3] == MARK else []


def _is_headed(rows: Iterable[tuple[int, tuple[str, ...]]]) -> bool:
    """Whether the first row is that of set-aside rows."""
    from ..worklists.asides import REASON, ROW

    first = next((cells for _, cells in rows if cells), ())
    return first[:2] == (REASON, ROW)


def _renamed(path: Path, missing: Sequence[str]) -> AidError:
    listed = "、".join(f"“{title}”" for title in missing)
    return AidError(
        "sheet_renamed",
        f"“{path.name}”里没有导出时的工作表{listed}，却有别的工作表，可能改了名，没有导入",
        file=path.name,
        hint="请把工作表改回原来的名称；不交回的工作表可以整张删去，自己加的工作表请去掉",
    )


def _returned_sheet(
    path: Path,
    lines: Iterable[tuple[int, tuple[str, ...]]],
    title: str,
    meta: Mapping[str, str],
    headings: tuple[str, ...],
) -> ReturnedSheet:
    from ..worklists.asides import LEAD, REASON, ROW, as_written

    found: list[ReturnedRow] = []
    wanted = (REASON, ROW, *(as_written(heading) for heading in headings))
    headed = False
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if not headed:
            headed = True
            seen = tuple(as_written(cell) for cell in cells)
            if seen[: len(wanted)] != wanted[: len(seen)] or any(wanted[len(seen) :]):
                raise _moved(path, title, number)
        else:
            told = cells[1].strip().removesuffix(".0") if len(cells) > 1 else ""
            original = int(told) if told.isascii() and told.isdigit() and len(told) < 10 else None
            found.append(ReturnedRow(number, original, cells[LEAD:]))
    if not headed:
        raise _moved(path, title, 1)
    return ReturnedSheet(title, meta, headings, tuple(found))


def _moved(path: Path, title: str, row: int) -> AidError:
    return AidError(
        "columns_moved",
        f"“{path.name}”工作表“{title}”第{row}行的列名和导出时不一样，不知道各列是什么，没有导入",
        file=path.name,
        sheet=title,
        row=row,
        hint="请不要增删、移动列，也不要改列名；从导出的原文件重新填写",
    )
