"""Columns of a closed list of words none of which is known: another column says it, or the column is not taken."""

from __future__ import annotations

from collections.abc import Sequence

from ...errors import Problem
from ..coercion.cells import CellError, is_empty, shown
from ..coercion.choices import choice
from ..fields import FACTS, FIELDS
from ..formats.source import Row
from ..templates import Template
from .above import choices_of
from .doubts import letter
from .wording import Column, HeaderMatch

PREVIEW_ROWS = 80
_SHOWN = 4
# A text that names the kind itself, where no column does.
_SAID_IN = {"alert_kind": ("alert_text",)}
# What speaks against a fact, or for somebody's standing: that nobody knows the word must be told of every row.
_TELLING = {spec.denied_by for spec in FACTS} | {"benefit_state", "relation"}


def settle_choices(
    sheet: str, rows: Sequence[Row], match: HeaderMatch, columns: dict[str, Column], template: Template
) -> tuple[dict[str, Column], list[Problem]]:
    """The columns with those of closed lists that can be read, and a note for each that was exchanged or left out.

    `rows` are the first of the sheet; a column is left out only where they are all.
    """
    if template.kind != "department":
        return columns, []
    columns, notes = dict(columns), []
    below = [cells for number, cells in rows if number > match.row and _is_of_somebody(cells, columns)]
    for field in [field for field in template.fields if FIELDS[field].type == "choice"]:
        mine = columns.get(field)
        seen = _words(mine, below)
        if mine is not None and (not seen or any(_known(template, field, word) for word in seen)):
            continue
        other = _other(field, match, columns, template, below)
        if other is not None:
            columns[field] = other
            if mine is not None:
                notes.append(_exchanged(sheet, match.row, mine, other, seen, FIELDS[field].label))
        elif mine is not None and len(rows) < PREVIEW_ROWS and len(seen) > 1 and _may_go(template, field):
            del columns[field]
            notes.append(_left_out(sheet, match.row, mine, seen, template, field))
    return columns, notes


def _is_of_somebody(cells: Sequence[str], columns: dict[str, Column]) -> bool:
    """Whether a row names anybody: lines of sums and signatures do not."""
    places = [columns[field].place for field in ("name", "id") if field in columns]
    return all(place < len(cells) and cells[place].strip() for place in places)


def _may_go(template: Template, field: str) -> bool:
    return not template.fields[field].required and field not in _TELLING and not field.endswith("_state")


def _other(
    field: str,
    match: HeaderMatch,
    columns: dict[str, Column],
    template: Template,
    below: Sequence[Sequence[str]],
) -> Column | None:
    """The further column of a field of which most words are known; else a text all of which names the kind."""
    for one in [column for known, column in match.rivals if known == field]:
        words = _words(one, below)
        if sum(_known(template, field, word) for word in words) * 2 > len(words):
            return one
    for text in _SAID_IN.get(field, ()):
        words = _words(columns.get(text), below)
        if words and all(_known(template, field, word) for word in words):
            return columns[text]
    return None


def _words(column: Column | None, below: Sequence[Sequence[str]]) -> list[str]:
    """What is written in a column, each cell once a row, blank ones left out."""
    if column is None:
        return []
    cells = [cells[column.place] for cells in below if column.place < len(cells)]
    return [cell for cell in cells if cell.strip() and not is_empty(cell)]


def _known(template: Template, field: str, word: str) -> bool:
    try:
        return choice(word, choices_of(template, field)) is not None
    except CellError:
        return False


def _listed(seen: Sequence[str]) -> str:
    different = list(dict.fromkeys(seen))
    listed = "".join(f"“{shown(word, 12)}”" for word in different[:_SHOWN])
    return listed + ("等" if len(different) > _SHOWN else "")


def _exchanged(sheet: str, row: int, mine: Column, other: Column, seen: Sequence[str], label: str) -> Problem:
    message = (
        f"列“{mine.heading.strip()}”（{letter(mine)}列）填的是{_listed(seen)}，都不是{label}，没有采用；"
        f"{label}按列“{other.heading.strip()}”（{letter(other)}列）读入"
    )
    return Problem(sheet, row, letter(mine), mine.heading.strip(), "choice_elsewhere", message, "note")


def _left_out(
    sheet: str, row: int, mine: Column, seen: Sequence[str], template: Template, field: str
) -> Problem:
    known = list(dict.fromkeys(written.removeprefix("=") for written in choices_of(template, field)))
    message = (
        f"列“{mine.heading.strip()}”（{letter(mine)}列）填的是{_listed(seen)}，没有一个认得，整列没有采用；"
        f"认得的如{'、'.join(known[:8])}，另有叫法时在自己的模板中写明 values"
    )
    return Problem(sheet, row, letter(mine), mine.heading.strip(), "choice_unknown", message, "note")
