"""A file opened as the lists that it holds: one reading for each group of sheets that a template reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from ..errors import AidError
from ..months import month_of
from .formats.parts import Cut, PartSheet, cut_told, whole_name
from .formats.source import Source, open_source
from .headers.baremonths import told_by_day, told_by_month
from .headers.changesheets import NEW_ONES, with_changes
from .headers.grouping import choose_lists
from .headers.notesheets import Noted, notes_note, period_of_notes
from .headers.periods import (
    PeriodFound,
    agrees,
    find_period,
    lines_of,
    not_too_late,
    period_in,
    period_in_columns,
    unclear_in,
    written_in,
)
from .headers.plan import Chosen, Preview, SheetPlanned, preview
from .headers.sections import leavers_line
from .reading import Reading
from .regions import Regions
from .templates import Template

_MOST_CUTS = 9
# Why a table is left out though nothing is lost: it has no rows, or they stand in the roster, or are told of.
_NOTHING_LOST = ("只有表头", "没有结果", "空白", NEW_ONES)


def open_lists(
    path: Path,
    templates: Mapping[str, Template],
    *,
    source: str | None = None,
    sheets: Sequence[str] = (),
    period: str | None = None,
    today: date,
    password: Callable[[str], str | None] | None = None,
    regions: Regions | None = None,
    folders: Sequence[str] = (),
    cuts: Sequence[Cut] = (),
) -> list[Reading]:
    """The lists of a file, each as `reading.open_file` would give it, rosters of households first.

    Sheets that are not read stand among the skipped of the first list. Where neither name nor content tells
    the period, the folders in which the file lay do, the nearest first. Of several lists those without a row
    are left out. Where another table stands below the first one on a sheet, the sheet is cut there, if all of the
    parts can be read; `cuts` are known beforehand. Raises `AidError` as `open_file` does.
    """
    opened = open_source(path, password)

    def cut(cuts: Sequence[Cut]) -> list[Reading]:
        try:
            return _of_parts(path, opened, templates, source, sheets, period, today, regions, folders, cuts)
        except AidError as error:
            further = cut_told(error, opened.sheets)
            if further is None or further in cuts or len(cuts) >= _MOST_CUTS:
                raise
            try:
                found = cut((*cuts, further))
            except AidError:
                raise error from None
            if _is_missed(found[0].skipped_sheets, opened.sheets[further.place].name):
                raise
            if any(map(_is_misread, (planned for one in found for planned in one.planned))):
                raise
            return found

    return cut(cuts)


def _is_missed(skipped: Sequence[tuple[str, str]], sheet: str) -> bool:
    """Whether a table of a sheet that was cut is left out though it holds something of its own."""
    return any(whole_name(name) == sheet and not said.startswith(_NOTHING_LOST) for name, said in skipped)


def _is_misread(planned: SheetPlanned) -> bool:
    """Whether a part that begins with a line of leavers would be read as if they stood on the roster."""
    if planned.leaving or not isinstance(planned.sheet, PartSheet):
        return False
    titles = [planned.sheet.title.text, *(cell for cells in planned.titles for cell in cells)]
    return any(leavers_line([title]) for title in titles)


def _of_parts(
    path: Path,
    opened: Source,
    templates: Mapping[str, Template],
    source: str | None,
    sheets: Sequence[str],
    period: str | None,
    today: date,
    regions: Regions | None,
    folders: Sequence[str],
    cuts: Sequence[Cut],
) -> list[Reading]:
    previews, skipped = preview(path, opened.sheets, sheets, cuts)
    lists = choose_lists(path, previews, templates, source)
    order = {sheet.name: place for place, sheet in enumerate(opened.sheets)}
    order |= {one.sheet.name: one.place for one in previews}
    found = []
    for chosen, own in _with_own_sheets(lists, with_changes(path, lists, previews)):
        told, noted = _period(path, period, own, lists, folders, previews, today)
        reading = Reading.of(path, opened.sha256, chosen, told, chosen.skipped, today, regions)
        if noted is not None:
            reading.note(notes_note(reading.sheets[0], noted))
        found.append(reading)
    filled = [one for one in found if _has_rows(one)] if len(found) > 1 else found
    filled = filled or found[:1]
    left = skipped + [pair for one in found for pair in one.skipped_sheets]
    left += [
        (plan.name, _empty_said(one, number))
        for one in found
        if one not in filled
        for number, plan in enumerate(one.sheets)
    ]
    for one in filled:
        one.skipped_sheets = []
    filled[0].skipped_sheets = sorted(left, key=lambda pair: order[pair[0]])
    return filled


def _with_own_sheets(lists: Sequence[Chosen], changed: Sequence[Chosen]) -> list[tuple[Chosen, Chosen]]:
    """Each list with what it was before sheets of changes came to it: these do not tell its period."""
    before = {one.template.key: one for one in lists}
    return [(one, before[one.template.key]) for one in changed]


def _has_rows(reading: Reading) -> bool:
    return any(
        row.outcome != "skipped" for number in range(len(reading.sheets)) for row in reading.rows(number)
    )


def _empty_said(reading: Reading, number: int) -> str:
    """Why a sheet without a row is left out: an authority found nothing, or nobody filled it in."""
    said = reading.no_result(number)
    if said:
        return f"没有结果（写的是“{said}”）：{reading.template.label}"
    return f"只有表头，没有数据：{reading.template.label}"


def _period(
    path: Path,
    option: str | None,
    chosen: Chosen,
    lists: Sequence[Chosen],
    folders: Sequence[str],
    previews: Sequence[Preview],
    today: date,
) -> tuple[PeriodFound, Noted | None]:
    """The period of one list: as its own sheets tell, the other lists, sheets of notes, at last the folders."""
    own = _titles([chosen]), _names([chosen])
    texts = [path.stem, *own[0], *own[1]]
    parents = lines_of(one.parents for one in chosen.sheets)
    try:
        return find_period(option, path.name, path.stem, *own, today, parents), None
    except AidError as error:
        if error.code != "period_unknown":
            raise
        if told := _in_columns(chosen, texts, today):
            return PeriodFound(told, "column"), None
        others = _titles(lists), _names(lists)
        if not _speaks(texts) and _speaks([*others[0], *others[1]]):
            return find_period(option, path.name, path.stem, *others, today), None
        if all(period_in(text) is None for text in texts):
            noted = period_of_notes(previews, _places(lists), path.name, today)
            if noted is not None:
                if not all(agrees(text, noted.period) for text in texts):
                    raise
                return PeriodFound(noted.period, "notes"), noted
        if _speaks(texts):
            bare = _of_folder(folders, texts) or told_by_month(texts, today)
            if bare is None or _columns_say(chosen, today) - {bare.period, ""}:
                raise
            return not_too_late(bare, path.name, today), None
        found = _of_folder(folders) or _written(chosen, own[0], today) or told_by_day(path.stem, today)
        if found is None:
            raise
        return found, None


def _places(lists: Sequence[Chosen]) -> list[int]:
    """The places of the sheets that are read."""
    return [one.place for chosen in lists for one in chosen.sheets]


def _of_folder(folders: Sequence[str], texts: Sequence[str] = ()) -> PeriodFound | None:
    """What the nearest folder tells, as far as it is not against what names and titles say."""
    for folder in reversed(folders):
        told = period_in(folder)
        if told is not None:
            return PeriodFound(told, "folder") if all(agrees(text, told) for text in texts) else None
        if unclear_in(folder):
            break
    return None


def _written(chosen: Chosen, titles: Sequence[str], today: date) -> PeriodFound | None:
    written = written_in(titles) if chosen.template.kind == "department" else None
    return PeriodFound(written, "written") if written and written <= month_of(today) else None


def _in_columns(chosen: Chosen, texts: Sequence[str], today: date) -> str | None:
    """The month that a column names in all rows of all sheets, where no name or title says otherwise."""
    found = _columns_say(chosen, today)
    told = found.pop() if len(found) == 1 else None
    return told if told and all(period_in(text) is None and agrees(text, told) for text in texts) else None


def _columns_say(chosen: Chosen, today: date) -> set[str]:
    """The months that a column of each sheet names in all rows; '' for a sheet without such a column."""
    return {
        period_in_columns(
            one.match.headings, (cells for row, cells in one.sheet.rows() if row > one.match.row), today
        )
        or ""
        for one in chosen.sheets
    }


def _speaks(texts: Sequence[str]) -> bool:
    """Whether any of them says something of a time, clear or not."""
    return any(period_in(text) is not None or unclear_in(text) is not None for text in texts)


def _titles(lists: Sequence[Chosen]) -> list[str]:
    return lines_of(one.titles for chosen in lists for one in chosen.sheets)


def _names(lists: Sequence[Chosen]) -> list[str]:
    return [one.sheet.name for chosen in lists for one in chosen.sheets]
