"""A workbook that came back filled in: which layout it is, and what stands in each of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from aidcli.errors import AidError

from .layout import ROW_KEY, Layout

Lines = Iterable[tuple[int, tuple[str, ...]]]
_NO_KEY = frozenset(("", ROW_KEY))


class Told(NamedTuple):
    """What the hidden sheet says: the layout's key, and of each sheet its table and column letters."""

    layout: str
    tables: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]


class FilledRow(NamedTuple):
    """A row with its stable reference ('' where it has lost it) and what stands in the columns to fill in."""

    sheet: str
    row: int
    key: str
    values: Mapping[str, str]
    letters: Mapping[str, str]


def told_by(lines: Lines) -> Told | None:
    """What a hidden sheet says of the workbook; None where it is another program's, or not a worklist's."""
    layout, tables, columns = "", dict[str, str](), dict[str, dict[str, str]]()
    for _, cells in lines:
        kind, sheet, key, value = (*cells, "", "", "", "")[:4]
        if (kind, key) == ("file", "layout"):
            layout = value
        elif (kind, key) == ("sheet", "table"):
            tables[sheet] = value
        elif kind == "column":
            columns.setdefault(sheet, {})[key] = value
    return Told(layout, tables, columns) if layout and tables else None


def rows_of(file: str, sheet: str, lines: Lines, layout: Layout, told: Told) -> Iterator[FilledRow]:
    """The rows of one sheet below its headings, in their order.

    Raises `AidError` (``columns_moved``) where the headings, or the hidden column that names the rows, are
    not there any more.
    """
    table = layout.tables.get(told.tables[sheet])
    wanted = {column.key: column.heading for column in table.columns if column.to_fill} if table else {}
    places: dict[str, int] | None = None
    for number, cells in lines:
        if places is None:
            if cells[:1] == (ROW_KEY,):
                places = _places(file, sheet, number, cells, wanted)
            continue
        values = {key: cells[place].strip() if place < len(cells) else "" for key, place in places.items()}
        key = cells[0].strip() if cells else ""
        is_row = key not in _NO_KEY or (any(values.values()) and _numbered(cells))
        if is_row:
            letters = {name: _letter(place) for name, place in places.items()}
            yield FilledRow(sheet, number, key, values, letters)
    if places is None:
        raise _moved(file, sheet, None)


def _places(
    file: str, sheet: str, row: int, cells: Sequence[str], wanted: Mapping[str, str]
) -> dict[str, int]:
    """Column key → place from 0, by the headings: a column may have been moved, not renamed."""
    headings = ["".join(cell.split()) for cell in cells]
    found = {key: headings.index(heading) for key, heading in wanted.items() if heading in headings}
    if len(found) < len(wanted):
        raise _moved(file, sheet, row)
    return found


def _numbered(cells: Sequence[str]) -> bool:
    """Whether the first visible cell counts the row: signatures and notes are no rows."""
    return len(cells) > 1 and cells[1].strip().removesuffix(".0").isdecimal()


def _letter(place: int) -> str:
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _moved(file: str, sheet: str, row: int | None) -> AidError:
    return AidError(
        "columns_moved",
        f"“{file}”工作表“{sheet}”的列名或隐藏的A列和导出时不一样，不知道哪一行是哪一题，没有改动",
        file=file,
        sheet=sheet,
        row=row,
        hint="请不要删列、改列名、取消隐藏后删掉A列；从导出的原文件重新填写",
    )
