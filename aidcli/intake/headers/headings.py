"""The header of a sheet in the words of one template: where it is, which column is which field, in which unit."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from ..fields import FIELDS
from ..formats.source import Merge, Row
from ..vocabulary.money import MONTHLY
from .fuzzy import may_hold
from .levels import Block, header_blocks
from .lookup import look_up, sum_of_group
from .monthcolumns import sums_of_quarter
from .ownname import own_name_place
from .proposals import GAP, alike, of_two_persons, slips
from .slots import find_slots
from .units import (
    QUARTERLY,
    is_for_quarter,
    line_unit_of,
    once_unit,
    period_fits,
    period_word,
    span_of_total,
    unit_at,
)
from .wording import (
    HEADER_ROWS,
    SUM_WORDS,
    Column,
    HeaderMatch,
    How,
    Known,
    Vocabulary,
    bare_key,
    heading_key,
    is_of_another,
    is_unit_row,
    money_factor,
    persons_in,
    unit_of,
)

__all__ = [  # with the forms of headings from `wording`, so that readers of headers need one module
    "HEADER_ROWS", "Column", "HeaderMatch", "Top", "Vocabulary", "bare_key", "best_header", "find_header",
    "heading_key", "is_of_another", "is_unit_row", "match_row", "money_factor", "unit_of",
]  # fmt: skip

FEWEST = 2
NAME = "姓名"

_BY_THE_MONTH = re.compile(r"月(?:均|人均|发放|保障|补助|补贴|供养|救助)?标准|每月|按月")
_WORTH = {"exact": 100, "level": 98, "bare": 95, "parts": 90}


class Top(NamedTuple):
    """The first rows of a sheet, the header blocks that stand in them, one a row, and the unit named above each."""

    rows: tuple[Row, ...]
    blocks: tuple[Block, ...]
    line_units: tuple[str, ...]

    @classmethod
    def of(cls, rows: Sequence[Row], merges: Sequence[Merge]) -> Top:
        blocks = tuple(header_blocks(rows, merges))
        units = tuple(line_unit_of(rows[: block.place - block.levels + 1]) for block in blocks)
        return cls(tuple(rows), blocks, units)


class _Seen(NamedTuple):
    known: Known
    column: Column


def find_header(
    vocabulary: Vocabulary,
    rows: Sequence[Row],
    merges: Sequence[Merge] = (),
    needs_unit: Collection[str] = (),
) -> HeaderMatch | None:
    """The best header among the first rows of a sheet; None when none has two known headings.

    `needs_unit` are money fields whose unit must be written.
    """
    return best_header(vocabulary, Top.of(rows, merges), needs_unit)


def match_row(vocabulary: Vocabulary, row: int, cells: Sequence[str]) -> HeaderMatch:
    """One row of cells read as headings."""
    top = Top.of([(row, tuple(cells))], ())
    return match_block(vocabulary, top, top.blocks[0], ())


def best_header(vocabulary: Vocabulary, top: Top, needs_unit: Collection[str] = ()) -> HeaderMatch | None:
    """The same among blocks that are there already; they do not depend on the template.

    A row whose groups go on in the row below it is the header only together with that row.
    """
    best: HeaderMatch | None = None
    best_place = -1
    for block in top.blocks:
        if not block.keys & vocabulary.words:
            continue
        match = match_block(vocabulary, top, block, needs_unit)
        found = _size(match)
        if found < FEWEST:
            continue
        grown = block.levels > 1 and best_place == block.place - 1
        if best is None or found > _size(best) or (grown and found * 2 >= _size(best)):
            best, best_place = match, block.place
    return best


def _size(match: HeaderMatch) -> int:
    return len(match.columns)


def match_block(vocabulary: Vocabulary, top: Top, block: Block, needs_unit: Collection[str]) -> HeaderMatch:
    """A block read as the headings of a template."""
    headings = _headings(block)
    slots = find_slots(vocabulary, block, headings)
    quarterly = sums_of_quarter(vocabulary, block.paths)
    seen: list[_Seen] = []
    strange: list[int] = []
    for place, path in enumerate(block.paths):
        if not path or place in slots.places or place in slots.others:
            continue
        found = slots.own.get(place) or look_up(vocabulary, path) or quarterly.get(place)
        found = sum_of_group(vocabulary, block.paths, place, found)
        if found is None:
            strange.append(place)
        else:
            heading = _shown(path, headings[place], found.how)
            seen.append(_Seen(found, Column(place, heading, "", found.how, _WORTH[found.how], found.known)))
    named = {one.known.field: one.column for one in reversed(seen)}
    more, doubts = _guessed(vocabulary, top, block, headings, strange, named)
    sure = {one.known.field: one.column.place for one in (*seen, *more)}
    own = own_name_place(vocabulary, block, sure.keys(), {*sure.values(), *slots.places, *slots.others})
    if own is not None:
        known = Known("name", 5000, "parts", heading_key(NAME))
        more.append(_Seen(known, Column(own, headings[own], "", "parts", 80, known.known)))
    match = _columns(vocabulary, top, block, [*seen, *more], needs_unit)
    taken = slots.places | {column.place for column in match.columns.values()}
    return match._replace(
        headings=headings,
        unmapped=tuple(
            heading.strip()
            for place, heading in enumerate(headings)
            if heading.strip() and place not in taken
        ),
        doubts=(*doubts, *((column, (field,)) for field, column in slots.unclear)),
        groups=slots.groups,
    )


def _headings(block: Block) -> tuple[str, ...]:
    """The heading of each column, with its parents where it takes them to tell whose, which or how long it is."""
    lowest = [heading_key(path[-1]) if path else "" for path in block.paths]
    repeated = {key for key in lowest if key and lowest.count(key) > 1}
    told = []
    for path, key in zip(block.paths, lowest, strict=True):
        parents = [heading_key(parent) for parent in path[:-1]]
        whose = not persons_in(key) and any(map(persons_in, parents))
        monthly = any(map(_BY_THE_MONTH.search, parents))
        told.append(_joined(path) if path and (key in repeated or whose or monthly) else "".join(path[-1:]))
    return tuple(told)


def _shown(path: Sequence[str], heading: str, how: How) -> str:
    return _joined(path) if how == "level" else heading


def _joined(path: Sequence[str]) -> str:
    return "/".join(_one_line(one) for one in path)


def _one_line(heading: str) -> str:
    return "".join(heading.split())


def _guessed(
    vocabulary: Vocabulary,
    top: Top,
    block: Block,
    headings: Sequence[str],
    strange: Sequence[int],
    named: Mapping[str, Column],
) -> tuple[list[_Seen], tuple[tuple[Column, tuple[str, ...]], ...]]:
    """Headings in other words or with a slip, for fields that no heading names rightly; and those in doubt."""
    doubts: list[tuple[Column, tuple[str, ...]]] = []
    claims: dict[str, list[_Seen]] = {}
    for place in strange:
        path = block.paths[place]
        found = alike(vocabulary, path, headings)
        if len(found) > 1 and found.keys() & named.keys():
            continue  # as much that field, which has its column, as the other
        found = found or slips(vocabulary, path)
        fields = {
            field: guess
            for field, guess in found.items()
            if field not in named
            and period_fits(vocabulary, field, path)
            and may_hold(FIELDS[field].type, _cells(top, block, place))
        }
        if len(fields) > 1:
            how = next(iter(fields.values())).how
            doubts.append((Column(place, headings[place], "", how), tuple(sorted(fields))))
        for field, guess in fields.items() if len(fields) == 1 else ():
            known = Known(field, 5000, guess.how, guess.key)
            column = Column(place, headings[place], "", guess.how, guess.score, guess.key)
            claims.setdefault(field, []).append(_Seen(known, column))
    sure: list[_Seen] = []
    for field, several in claims.items():
        several.sort(key=lambda one: -one.column.score)
        if len(several) > 1 and several[0].column.score - several[1].column.score < GAP:
            near = [one for one in several if several[0].column.score - one.column.score < GAP]
            doubts += [(one.column, (field,)) for one in near]
        else:
            sure.append(several[0])
    wrong = of_two_persons({**named, **{one.known.field: one.column for one in sure}})
    return [one for one in sure if one.known.field != wrong], tuple(doubts)


def _cells(top: Top, block: Block, place: int) -> list[str]:
    return [cells[place] for _, cells in top.rows[block.place + 1 :] if place < len(cells)]


def _columns(
    vocabulary: Vocabulary, top: Top, block: Block, seen: Sequence[_Seen], needs_unit: Collection[str]
) -> HeaderMatch:
    """One column for each field, with its unit; what cannot be taken stands apart."""
    line_unit = top.line_units[block.place]
    under = [cells for _, cells in top.rows[block.place + 1 : block.place + 3]]
    units = next((cells for cells in under if is_unit_row(cells)), ())
    highest: dict[str, int] = {}
    for one in seen:
        depth = len(block.paths[one.column.place])
        highest[one.known.field] = min(depth, highest.get(one.known.field, depth))
    best: dict[str, tuple[int, Column]] = {}
    refused: list[Column] = []
    unitless: list[Column] = []
    rivals: list[tuple[str, Column]] = []
    spans: list[str] = []
    for known, column in sorted(_less_quarters(seen), key=lambda one: one.column.place):
        field = known.field
        path = block.paths[column.place]
        if len(path) > 1 and bare_key(heading_key(path[-1])) in SUM_WORDS and len(path) > highest[field]:
            continue  # the sum of a group beside the sum of all
        if FIELDS[field].type == "money":
            unit = unit_at(vocabulary, field, path, units[column.place : column.place + 1], line_unit)
            unit = once_unit(unit) if FIELDS[field].once else unit
            column = column._replace(unit=unit)
            if money_factor(unit) is None:
                refused.append(column)
                spans += [unit] if field in MONTHLY else []
                continue
            if not unit and field in needs_unit:
                unitless.append(column)
                continue
        if not period_fits(vocabulary, field, path):
            if FIELDS[field].type == "money":
                refused.append(column._replace(unit=period_word(path)))
                spans += [refused[-1].unit] if field in MONTHLY else []
            continue
        if field not in best:
            best[field] = (known.rank, column)
        elif known.rank < best[field][0]:
            rivals.append((field, best[field][1]))
            best[field] = (known.rank, column)
        else:
            rivals.append((field, column))
    columns = {field: column for field, (_, column) in best.items()}
    span = span_of_total(columns.get("total"), block, spans)
    if span:
        refused.append(columns.pop("total")._replace(unit=span))
    return HeaderMatch(
        block.row,
        columns,
        (),
        tuple(
            field
            for field in vocabulary.required
            if field not in columns and not _is_told(vocabulary, field, columns)
        ),
        tuple(refused),
        rivals=tuple(rivals),
        unitless=tuple(unitless),
        levels=block.levels,
    )


def _less_quarters(seen: Sequence[_Seen]) -> list[_Seen]:
    """The headings without those of three months' money beside which the month's stands."""
    by_span: dict[bool, list[_Seen]] = {True: [], False: []}
    for one in seen:
        if one.known.field == QUARTERLY:
            by_span[is_for_quarter(one.column.heading)].append(one)
    left_out = by_span[True] if by_span[False] else []
    return [one for one in seen if one not in left_out]


def _is_told(vocabulary: Vocabulary, field: str, columns: Collection[str]) -> bool:
    """Whether another column tells a field: a disability card's number begins with that of its holder."""
    if any(other in columns for other in vocabulary.instead.get(field, ())):
        return True
    return field == "id" and "disability_card" in columns
