"""How a file is read: which template it fits, which sheets are taken, where their headers stand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ...errors import Problem
from ...model import SheetPlan
from ..fields import FIELDS
from ..formats.parts import Cut, PartSheet, parts_of
from ..formats.source import HeldSheet, Sheet
from ..letters import column_letter
from ..templates import Template
from . import refusals
from .columns import settle, unknown_money
from .headings import Top
from .monthcolumns import months_beside
from .recognition import Preview as Preview
from .recognition import fits, header_of, recognise
from .stacked import refuse_other_tables
from .wording import HEADER_ROWS, Column, HeaderMatch, Slot

PREVIEW_ROWS = 80

_SUMMARY = re.compile(r"汇总|总表|合计|全部|全(?:县|区|市|镇|乡|街道)|总名单|总册")


class SheetPlanned(NamedTuple):
    """A sheet with its header, as the reader needs it; `above` are the rows before the header's last.

    `notes` are doubts about its columns, `unknown_money` a column without a known heading that may hold money.
    `groups`: for each member that stands in columns of its own, field (member_name, member_id,
    member_relation) → column. `place` counts the sheets of the file from 0: two may bear one name.
    `leaving`: name or title say that everybody on the list has left.
    """

    sheet: Sheet
    match: HeaderMatch
    header: tuple[str, ...]
    above: tuple[tuple[str, ...], ...]
    notes: tuple[Problem, ...]
    unknown_money: Column | None
    groups: tuple[Slot, ...] = ()
    place: int = 0
    leaving: bool = False

    @property
    def titles(self) -> tuple[tuple[str, ...], ...]:
        """The rows above the header; `above` holds its upper levels as well."""
        return self.above[: len(self.above) - self.match.levels + 1]

    @property
    def parents(self) -> tuple[tuple[str, ...], ...]:
        """The upper levels of the header."""
        return self.above[len(self.titles) :]

    def unopened(self) -> SheetPlanned:
        """The plan without the open sheet, to be sent elsewhere."""
        sheet = self.sheet
        held = sheet.unopened() if isinstance(sheet, PartSheet) else HeldSheet(sheet.name)
        return self._replace(sheet=held)

    def mapped(self) -> dict[str, Column]:
        """Every column that is read, by field; those of members as ``member_name[2]``."""
        found = {**self.match.columns}
        for number, slot in enumerate(self.groups, start=1):
            found.update({f"{field}[{number}]": column for field, column in slot.items()})
        return found

    def public(self) -> SheetPlan:
        """Columns by field: (letter, heading, unit)."""
        columns = {
            field: (column_letter(column.place + 1), column.heading.strip(), column.unit)
            for field, column in self.mapped().items()
        }
        return SheetPlan(self.sheet.name, self.match.row, columns, self.match.unmapped)


class Chosen(NamedTuple):
    template: Template
    sheets: list[SheetPlanned]
    skipped: list[tuple[str, str]]


def preview(
    path: Path, sheets: Sequence[Sheet], wanted: Sequence[str], cuts: Sequence[Cut] = ()
) -> tuple[list[Preview], list[tuple[str, str]]]:
    """The sheets that may be read, and those that are not (name, reason).

    Named sheets are read even when hidden. With `cuts` each of the tables on a sheet counts as one.
    Raises `AidError` (``bad_sheet``, ``empty_file``).
    """
    names = [sheet.name for sheet in sheets]
    unknown = [name for name in wanted if name not in names]
    if unknown:
        raise refusals.unknown_sheets(path, unknown, names)
    found: list[Preview] = []
    skipped: list[tuple[str, str]] = []
    for place, sheet in enumerate(sheets):
        if wanted and sheet.name not in wanted:
            skipped.append((sheet.name, "没有选定"))
        elif sheet.hidden and not wanted:
            skipped.append((sheet.name, "隐藏的工作表，需要时用 --sheet 指明"))
        else:
            for part in parts_of(sheet, place, cuts):
                filled = ((number, cells) for number, cells in part.rows() if cells)
                rows = tuple(itertools.islice(filled, PREVIEW_ROWS))
                if rows:
                    found.append(Preview(part, Top.of(rows, part.merges), place, path.stem))
                else:
                    skipped.append((part.name, "空白的工作表"))
    if not found:
        raise refusals.nothing_to_read(path, skipped)
    return found, skipped


def choose(
    path: Path, previews: Sequence[Preview], templates: Mapping[str, Template], source: str | None
) -> Chosen:
    """The template a file fits and the sheets that are read with it.

    Raises `AidError`: ``template_unknown``, ``template_ambiguous``, ``wrong_template``, ``no_header``,
    ``duplicate_columns``, ``second_table``, ``months_side_by_side``.
    """
    broken = None
    if source:
        template = _named(templates, source)
    else:
        template, broken = recognise(path, previews, templates)
    taken: list[tuple[Preview, HeaderMatch]] = []
    skipped: list[tuple[str, str]] = []
    misses: list[tuple[Preview, HeaderMatch | None]] = []
    for one in previews:
        match = header_of(template, one)
        if match is not None and not match.missing:
            taken.append((one, match))
            continue
        misses.append((one, match))
        skipped.append((one.sheet.name, _why_not(path, template, one, match, templates)))
    if not taken:
        raise _no_sheet(path, template, misses, templates)
    again = _summaries(taken)
    for name, others in again.items():
        skipped.append(
            (name, f"像是汇总表，里面的人在{others}里都有，没有重复读取；只读这一张时用 --sheet 指明")
        )
    planned = [_planned(path, one, match, template) for one, match in taken if one.sheet.name not in again]
    if broken is not None:
        first = planned[0]
        note = broken.note(first.sheet.name, first.match.row)
        planned[0] = first._replace(notes=(*first.notes, note))
    return Chosen(template, planned, skipped)


def _named(templates: Mapping[str, Template], source: str) -> Template:
    if source in templates:
        return templates[source]
    by_label = [template for template in templates.values() if template.label == source]
    if len(by_label) == 1:
        return by_label[0]
    raise refusals.unknown_source(templates.values(), source)


def _planned(path: Path, one: Preview, match: HeaderMatch, template: Template) -> SheetPlanned:
    rows = one.rows
    refuse_other_tables(path, one.sheet.name, template, match, rows)
    match, notes = settle(path, one.sheet.name, rows, match, template)
    _refuse_months_beside(path, one.sheet.name, match, template)
    header = next(cells for number, cells in rows if number == match.row)
    above = tuple(cells for number, cells in rows if number < match.row)
    money = unknown_money(match, rows)
    return SheetPlanned(one.sheet, match, header, above, tuple(notes), money, match.groups, one.place)


def _refuse_months_beside(path: Path, sheet: str, match: HeaderMatch, template: Template) -> None:
    """Raises `AidError` (``months_side_by_side``) where the sum of a list of payments is that of several months."""
    months = months_beside(match.headings) if template.kind == "money" else []
    for field, column in match.columns.items():
        own = column.place in months or re.search("[本当]月|本次", column.heading)
        if months and FIELDS[field].type == "money" and not own:
            raise refusals.months_side_by_side(path, sheet, match, months, column)


def _summaries(taken: Sequence[tuple[Preview, HeaderMatch]]) -> dict[str, str]:
    """Sheets named as summaries that hold the persons of several others again: name → the others' names."""
    persons = {one.sheet.name: _persons(one, match) for one, match in taken}
    found = {}
    for name, mine in persons.items():
        others = [other for other, theirs in persons.items() if other != name and mine & theirs]
        if _SUMMARY.search(name) and len(others) > 1 and not any(_SUMMARY.search(other) for other in others):
            found[name] = "、".join(f"“{other}”" for other in others[:3]) + ("等" if len(others) > 3 else "")
    return found


def _persons(one: Preview, match: HeaderMatch) -> set[str]:
    """What stands in the columns of ID numbers or, without one, of names, in the first rows."""
    column = match.columns.get("id") or match.columns.get("name")
    if column is None:
        return set()
    place = column.place
    rows = (cells for number, cells in one.rows if number > match.row)
    return {cells[place].strip() for cells in rows if place < len(cells) and cells[place].strip()}


def _why_not(
    path: Path,
    template: Template,
    one: Preview,
    match: HeaderMatch | None,
    templates: Mapping[str, Template],
) -> str:
    """Why a sheet is not read: another kind of list, no header, or columns missing."""
    others = [fit for fit in fits(path, one, templates) if fit.whole and fit.template.key != template.key]
    if others:
        return f"像是另一种表：{refusals.title(others[0].template)}，请用 --source 和 --sheet 另行导入"
    if match is None:
        return f"前{HEADER_ROWS}行里没有找到表头"
    return f"表头缺少{refusals.labels(template, match.missing)}"


def _no_sheet(
    path: Path,
    template: Template,
    misses: Sequence[tuple[Preview, HeaderMatch | None]],
    templates: Mapping[str, Template],
) -> Exception:
    one, match = max(misses, key=lambda miss: len(miss[1].columns) if miss[1] else 0)
    if match is not None:
        return refusals.columns_missing(path, one.sheet.name, template, match)
    others = [fit for fit in fits(path, one, templates) if fit.whole]
    if others:
        return refusals.other_kind(path, one.sheet.name, template, others[0].template)
    return refusals.no_header(path, one.sheet.name, template, one.rows)
