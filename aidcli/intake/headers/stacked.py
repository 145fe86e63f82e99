"""Another table further down on a sheet, whose columns mean something else than those above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ...errors import AidError
from ..formats.source import Row
from ..letters import column_letter
from ..templates import Template
from .headings import match_row
from .levels import are_headings
from .sections import leavers_line, standing_line
from .wording import HeaderMatch, Vocabulary, bare_key, heading_key

_NUMBER = re.compile("(?:身份证号码?|身份号码|证件号码?|身份证)$")
_PERSON = frozenset(("name", "id"))


class Other(NamedTuple):
    """A heading further down that means something else than the one above: in which column, and both as written."""

    place: int
    above: str
    below: str


def other_table(
    vocabulary: Vocabulary, match: HeaderMatch, header: Sequence[Sequence[str]], cells: Sequence[str]
) -> Other | None:
    """Where a row is the header of another table; None for data and for the sheet's own header once more.

    `header` are the rows of the sheet's header. A row is a header where it names a person's columns.
    """
    if not are_headings(cells):
        return None
    found = match_row(vocabulary, 0, cells).columns
    if not (_PERSON & found.keys() and len(found) > 1) and not _names_a_person(cells):
        return None
    means = {column.place: field for field, column in found.items()}
    for field, column in match.columns.items():
        cell = cells[column.place] if column.place < len(cells) else ""
        if not cell.strip() or means.get(column.place) == field or _is_written(cell, column.place, header):
            continue
        return Other(column.place, column.heading.strip(), cell.strip())
    return None


def _names_a_person(cells: Sequence[str]) -> bool:
    """Whether a row has a heading for a name and one for a number, whatever else the list calls them."""
    keys = [bare_key(heading_key(cell)) for cell in cells if cell]
    return any(key.endswith("姓名") for key in keys) and any(_NUMBER.search(key) for key in keys)


def _is_written(cell: str, place: int, header: Sequence[Sequence[str]]) -> bool:
    written = (heading_key(cells[place]) for cells in header if place < len(cells))
    return any(bare_key(heading_key(cell)) == bare_key(one) for one in written)


def refuse_other_tables(
    path: Path, sheet: str, template: Template, match: HeaderMatch, rows: Sequence[Row], leaving: bool = False
) -> None:
    """Raises `AidError` (``second_table``) where another table begins among the first rows of a sheet."""
    header = [cells for number, cells in rows if match.row - match.levels < number <= match.row]
    for number, cells in rows:
        if number > match.row:
            refuse_another(path, sheet, template, match, header, (number, cells), leaving)


def refuse_another(
    path: Path,
    sheet: str,
    template: Template,
    match: HeaderMatch,
    header: Sequence[Sequence[str]],
    row: Row,
    leaving: bool,
) -> None:
    """Raises `AidError` (``second_table``) at the header of another table, or at a line above others than before.

    Below a line of leavers (停保, 减少) nobody stands on the roster; on a list of leavers the next line ends it.
    """
    number, cells = row
    other = other_table(template.vocabulary, match, header, cells)
    if other is not None:
        raise second_table(path, sheet, match.row, number, other)
    if template.kind != "roster" or template.unit == "entry":
        return
    said = standing_line(cells) if leaving else leavers_line(cells)
    if said:
        raise _second_section(path, sheet, number, cells, said, leaving)


def _second_section(
    path: Path, sheet: str, row: int, cells: Sequence[str], said: str, leaving: bool
) -> AidError:
    letter = column_letter(1 + next(place for place, cell in enumerate(cells) if cell.strip()))
    below = "不再是减少（停发）的人" if leaving else "是减少（停发）的人，不能同上面的人一样算在册"
    return AidError(
        "second_table",
        f"文件“{path.name}”工作表“{sheet}”第{row}行写着“{said}”，下面{below}，接着读会读错，整个文件没有导入",
        file=path.name,
        sheet=sheet,
        row=row,
        column=letter,
        hint="请把这一行以下的人另放一张工作表，带上列名，工作表名写成上面引号里的字，再导入",
    )


def second_table(path: Path, sheet: str, first: int, row: int, other: Other) -> AidError:
    letter = column_letter(other.place + 1)
    return AidError(
        "second_table",
        f"文件“{path.name}”工作表“{sheet}”里上下排着不止一张表：第{row}行又是一行列名，{letter}列是“{other.below}”，"
        f"而第{first}行这一列是“{other.above}”，接着读会读错，整个文件没有导入",
        file=path.name,
        sheet=sheet,
        row=row,
        column=letter,
        hint="请把它们分成几张工作表或几个文件，各带自己的列名，再分别导入",
    )
