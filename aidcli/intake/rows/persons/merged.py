"""Vertically merged cells: which of them speak for all their rows, and the rows with them written out.

Columns that `fill` do (township, case number …). Name and number do where both are merged over the same rows:
then the sheet says itself that these rows are about one person. So do those of a second person, a guardian or a
member of staff, and with them what else is told of that one. Nothing is filled in where nothing is merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...fields import FIELDS
from ...formats.source import Merge
from ...headers.wording import Column, HeaderMatch
from ...templates import Template
from ...vocabulary.identity import OTHERS
from ...vocabulary.money import MONTHLY

PERSON = ("name", "id")
# Beside these a further row of one household may be a member of it, or the same money once more.
_ONE_ROW_A_HOUSEHOLD = MONTHLY | {
    field for field, spec in FIELDS.items() if spec.type == "list" or spec.repeats
}


def filling(
    template: Template, match: HeaderMatch, merges: Iterable[Merge], members_beside: bool = False
) -> list[Merge]:
    """The merged areas below the header whose first cell speaks for the rows below it.

    `members_beside`: members stand in columns of their own.
    """
    columns = match.columns
    fills = {column.place for field, column in columns.items() if FIELDS[field].fills}
    tall = [merge for merge in merges if match.row < merge.first_row < merge.last_row]
    found = [merge for merge in tall if merge.first_column in fills]
    if not members_beside and _persons_may_stand_in_several_rows(template, columns):
        found += _of_persons([columns[field].place for field in PERSON if field in columns], tall)
    for _, name, number in OTHERS if template.unit != "entry" else ():
        found += _of_another(name, number, columns, tall)
    return found


def _of_another(name: str, number: str, columns: Mapping[str, Column], tall: Sequence[Merge]) -> list[Merge]:
    """Areas of a second person, who is the same in all their rows, with what else stands in columns of theirs."""
    pair = [columns[field].place for field in (name, number) if field in columns]
    found = _of_persons(pair, tall)
    last = {merge.first_row: merge.last_row for merge in found}
    prefix = name.removesuffix("name")
    theirs = {column.place for field, column in columns.items() if field.startswith(prefix)} - set(pair)
    for merge in tall:
        if merge.first_column in theirs and merge.first_row in last:
            end = min(merge.last_row, last[merge.first_row])
            found.append(Merge(merge.first_row, end, merge.first_column, merge.first_column))
    return found


def _persons_may_stand_in_several_rows(template: Template, columns: Mapping[str, Column]) -> bool:
    if template.grouped or template.unit == "entry":
        return False
    return template.unit == "person" or not _ONE_ROW_A_HOUSEHOLD & columns.keys()


def _of_persons(places: Sequence[int], merges: Iterable[Merge]) -> list[Merge]:
    """Areas in which each of some columns is merged from the same row on, as far down as all of them are."""
    last: dict[int, dict[int, int]] = {}
    for merge in merges:
        if merge.first_column in places:
            last.setdefault(merge.first_row, {})[merge.first_column] = merge.last_row
    return [
        Merge(first, min(found.values()), place, place)
        for first, found in last.items()
        if len(found) == len(places)
        for place in places
    ]


class Filled:
    """Remembers merged cells from row to row. `persons` are the columns of name and number."""

    def __init__(self, merges: Iterable[Merge], persons: Iterable[int]) -> None:
        self._last = {(merge.first_row, merge.first_column): merge.last_row for merge in merges}
        self._persons = frozenset(persons)
        self._columns = sorted({column for _, column in self._last})
        self._open: dict[int, tuple[int, str]] = {}

    def __bool__(self) -> bool:
        return bool(self._last)

    def row(self, row: int, cells: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
        """The cells of the next row with what is merged into it, and whether its person came so."""
        filled, named_above = list(cells), False
        for place in self._columns:
            raw = cells[place] if place < len(cells) else ""
            last = self._last.get((row, place))
            if last is not None:
                self._open[place] = (last, raw)
            elif not raw and place in self._open and row <= self._open[place][0] and self._open[place][1]:
                filled += [""] * (place + 1 - len(filled))
                filled[place] = self._open[place][1]
                named_above |= place in self._persons
        return tuple(filled), named_above
