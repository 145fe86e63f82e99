"""Headers on several rows: which rows are one header, and the headings above each column, parents first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ..coercion.cells import DateText, NumberText
from ..formats.source import Merge, Row
from ..rows.skiprows import is_column_numbers, is_hint
from .lookup import joined
from .parts import less_person
from .wording import HEADER_ROWS, bare_key, heading_key, is_unit_row, persons_in

MOST_LEVELS = 4

_TITLE = re.compile(
    r"(?:表|册|名单|名录|台账|明细|一览|汇总|统计|公示)(?:\(.*\))?\Z|附件|^\d{4}年|年\d{1,2}月|单位[:：]"
)
_DATA = re.compile(r"[\d\-./年月日:*Xx×]*\d[\d\-./年月日:*Xx×]*\Z|\d{6}|-?[\d,]+\.\d+")
_MONTH = re.compile(r"(?:1[0-2]|0?[1-9])月(?:份)?\Z")  # 7月 | 8月 | 9月 over sums of money
_LONGEST_PARENT = 24


class Block(NamedTuple):
    """Rows that may be a header: `row` is the number of the last, `paths` the headings of each column.

    `keys` are those under which templates may know the columns.
    """

    row: int
    place: int
    levels: int
    paths: tuple[tuple[str, ...], ...]
    keys: frozenset[str]


def header_blocks(rows: Sequence[Row], merges: Sequence[Merge]) -> list[Block]:
    """Each of the first rows as the lowest row of a header, with the rows above that are its parents."""
    spans = {(merge.first_row, merge.first_column): merge for merge in merges}
    blocks = []
    for place in range(min(HEADER_ROWS, len(rows))):
        first = place
        while first and place - first + 1 < MOST_LEVELS and _is_parent(rows[first - 1], rows[first], spans):
            first -= 1
        grid = rows[first : place + 1]
        paths = _paths(grid, spans)
        blocks.append(Block(rows[place][0], place, len(grid), paths, frozenset(_keys(paths))))
    return blocks


def _keys(paths: Collection[tuple[str, ...]]) -> Iterator[str]:
    for path in paths:
        if path:
            *above, lowest = (heading_key(one) for one in path)
            yield lowest
            yield bare_key(lowest)
            yield from (word for parent in above for word in joined(parent, lowest))
    plain = {less_person(heading_key(path[-1])) for path in paths if path} - {""}
    if len(plain) > 1:  # neither is a name under a heading that every template knows, nor a number
        yield from plain


def _is_parent(upper: Row, lower: Row, spans: dict[tuple[int, int], Merge]) -> bool:
    """Whether the upper row holds parents of the headings in the lower: they interlock like a merged header."""
    (above_row, above), (row, below) = upper, lower
    if row != above_row + 1 or not are_headings(below) or not are_headings(above):
        return False
    if is_unit_row(below) or is_column_numbers(below) or any(is_hint(cell) for cell in below):
        return False
    tops = [place for place, cell in enumerate(above) if cell.strip()]
    if not tops or not _tells_groups(above, below, tops, above_row, spans):
        return False
    under = [place for place, cell in enumerate(below) if cell.strip()]
    spread = [place for place in under if not _at(above, place) and place > tops[0]]
    straight = [
        place
        for place in under
        if _at(above, place) and not (_at(below, place + 1) and not _at(above, place + 1))
    ]
    merged = any(
        (span := spans.get((above_row, place))) is not None and span.last_row >= row > span.first_row
        for place in tops
    )
    return bool(spread or merged) and len(straight) <= max(1, len(under) // 3)


def are_headings(cells: Sequence[str]) -> bool:
    """Whether nothing in a row is a number, a day or anything else that no heading is."""
    return not any(
        isinstance(cell, NumberText | DateText)
        or (_DATA.match(heading_key(cell)) and not _MONTH.match(heading_key(cell)))
        for cell in cells
        if cell.strip()
    )


def _tells_groups(
    above: Sequence[str],
    below: Sequence[str],
    tops: Sequence[int],
    row: int,
    spans: dict[tuple[int, int], Merge],
) -> bool:
    """Whether the row names groups of columns, and is no title or line of the office."""
    keys = [heading_key(above[place]) for place in tops]
    if any(":" in key.removeprefix("其中:") or len(key) > _LONGEST_PARENT for key in keys):
        return False
    named = [place for place, key in zip(tops, keys, strict=True) if not _TITLE.search(key)]
    if len(tops) > 1:
        return len(named) > 1 or (bool(named) and len(keys[tops.index(named[0])]) <= 8)
    span = spans.get((row, tops[0]))
    first = next((place for place, cell in enumerate(below) if cell.strip()), 0)
    inside = (
        tops[0] > first
        or bool(persons_in(keys[0]))
        or (span is not None and span.last_column < len(below) - 1)
    )
    return bool(named) and inside and len(keys[0]) <= 8


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _paths(grid: Sequence[Row], spans: dict[tuple[int, int], Merge]) -> tuple[tuple[str, ...], ...]:
    """For each column its headings from the top: a parent speaks for the blank cells right of it.

    A merged area says how far; without one it reaches to the next filled cell, to where a parent above it
    changes, and over columns that have a heading of their own further down.
    """
    width = max(len(cells) for _, cells in grid)
    paths: list[list[str]] = [[] for _ in range(width)]
    borders: set[int] = set()
    for level, (row, cells) in enumerate(grid):
        lower = [below for _, below in grid[level + 1 :]]
        parent, end = "", width
        for place in range(width):
            if place in borders or place > end:
                parent = ""
            cell = _at(cells, place)
            if cell:
                span = spans.get((row, place))
                parent, end = cell, width
                if span is not None:
                    end = span.last_column if span.last_column > place or span.last_row > row else width
                borders.add(place)
                _add(paths[place], cell)
            elif parent and any(_at(below, place) for below in lower):
                _add(paths[place], parent)
    return tuple(tuple(path) for path in paths)


def _add(path: list[str], heading: str) -> None:
    if not path or heading_key(path[-1]) != heading_key(heading):
        path.append(heading)
