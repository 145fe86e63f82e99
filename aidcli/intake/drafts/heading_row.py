"""The row of an unknown sheet that looks most like headings, also where no template fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ..formats.source import Row
from ..headers.headings import Top
from ..headers.levels import Block
from ..headers.wording import bare_key, heading_key, is_unit_row, persons_in
from ..rows.skiprows import is_column_numbers, is_footer, is_repeated_header, total_label
from .content import Content, look

_LONGEST = 24
_DATA = frozenset(
    (
        "card",
        "id_list",
        "id",
        "phone",
        "account",
        "day",
        "month",
        "money",
        "count",
        "number",
        "serial",
        "credit_code",
    )
)
_SENTENCE = re.compile(r"[:：。；;]|\d{4}年|[(（](?:盖章|签字)")
_FEWEST = 2
_LOOKED_AT = 25


class HeadingRow(NamedTuple):
    """The header of an unknown sheet: `row` is its lowest line, `headings` its levels put together."""

    row: int
    levels: int
    headings: tuple[str, ...]
    below: tuple[tuple[str, ...], ...]
    known: int


def find_heading_row(top: Top, known: frozenset[str], today: date) -> HeadingRow | None:
    """The best header among the first rows, `known` being the heading keys of all templates.

    A row speaks for itself by words that are known headings, and by columns below that hold something else
    than the row does. None where no row has two headings.
    """
    best: HeadingRow | None = None
    best_points = 0.0
    for block in top.blocks:
        cells = [cell for cell in top.rows[block.place][1] if cell.strip()]
        words = sum(1 for cell in cells if _is_heading(cell))
        if words < _FEWEST or words < 0.6 * len(cells):
            continue
        headings = headings_of(block)
        below = data_rows(top.rows[block.place + 1 :], headings)
        points, named = _points(headings, below[:_LOOKED_AT], known, today)
        if points > best_points + 0.01:
            best_points = points
            best = HeadingRow(block.row, block.levels, headings, below, named)
    return best


def headings_of(block: Block) -> tuple[str, ...]:
    """The lowest heading of each column, with its parents where it takes them to tell two columns apart."""
    lowest = [heading_key(path[-1]) if path else "" for path in block.paths]
    repeated = {key for key in lowest if key and lowest.count(key) > 1}
    return tuple(
        "" if not path else "/".join(map(_flat, path)) if key in repeated or _is_whose(path) else path[-1]
        for path, key in zip(block.paths, lowest, strict=True)
    )


def _is_whose(path: Sequence[str]) -> bool:
    """Whether only a parent says whose a column is: 监护人 above 姓名."""
    above = any(persons_in(heading_key(parent)) for parent in path[:-1])
    return above and not persons_in(heading_key(path[-1]))


def _flat(heading: str) -> str:
    return "".join(heading.split())


def data_rows(rows: Sequence[Row], headings: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The rows below a header without totals, signatures, units and column numbers."""
    return tuple(
        cells
        for _, cells in rows
        if cells
        and not total_label(cells)
        and not is_footer(cells)
        and not is_unit_row(cells)
        and not is_column_numbers(cells)
        and not is_repeated_header(cells, headings)
    )


def column(below: Sequence[Sequence[str]], place: int) -> list[str]:
    return [cells[place] if place < len(cells) else "" for cells in below]


def _is_heading(cell: str) -> bool:
    """Whether a cell may be a heading: short words, no sentence and no figures of a person."""
    key = heading_key(cell)
    return bool(key) and len(key) <= _LONGEST and not _SENTENCE.search(key) and not _is_figure(key)


def _is_figure(key: str) -> bool:
    digits = sum(sign.isdigit() for sign in key)
    return digits * 2 >= len(key) or digits >= 6


def _points(
    headings: Sequence[str], below: Sequence[tuple[str, ...]], known: frozenset[str], today: date
) -> tuple[float, int]:
    """Points for a header, and how many of its words are known headings."""
    points, named = 0.0, 0
    seen: set[str] = set()
    for place, heading in enumerate(headings):
        key = heading_key(heading)
        if not key:
            points -= 0.3 if any(cell.strip() for cell in column(below, place)) else 0.0
            continue
        if not _is_heading(heading) or key in seen:
            points -= 1.0
            continue
        seen.add(key)
        if key in known or bare_key(key) in known:
            points += 2.0
            named += 1
        else:
            points += _speaks(heading, look(column(below, place), today), today)
    return points, named


def _speaks(heading: str, content: Content, today: date) -> float:
    """How far an unknown word is set off from the cells below it."""
    own = look([heading], today).kind
    if content.kind == own and own not in ("text", "code", "blank"):
        return -1.5  # 张三 above 李四: a row of data
    if content.kind in _DATA:
        return 1.0
    return 0.4 if content.filled else 0.1
