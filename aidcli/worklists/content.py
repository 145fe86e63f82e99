"""What goes into a worklist and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from aidcli.errors import WrongUsage

from .layout import MAIN, Layout

Row = Mapping[str, str | int | None]


class Marked(str):
    """Text of which the characters in `spans` (first, end) are to catch the eye: red and underlined."""

    spans: tuple[tuple[int, int], ...]

    def __new__(cls, text: str, spans: Iterable[tuple[int, int]] = ()) -> Self:
        made = super().__new__(cls, text)
        made.spans = tuple(spans)
        return made


@dataclass(frozen=True, slots=True)
class SheetData:
    """One sheet: `name` is its tab and the ``{group}`` of its title, `table` the layout's table.

    Rows hold text, whole numbers and fen by column key, and their stable reference under ``row_key``.
    `total` holds control sums by column key: a sheet that does not add up to them is refused.
    """

    name: str
    rows: Sequence[Row]
    total: Mapping[str, int] | None = None
    notes: Sequence[str] = ()
    table: str = MAIN


@dataclass(frozen=True, slots=True)
class Written:
    """The workbook as written: the tabs in order (hidden ones left out) and the rows of the main table."""

    file: Path
    sheets: tuple[str, ...]
    rows: int


def group_rows(layout: Layout, rows: Iterable[Row], by: str | None = None) -> list[SheetData]:
    """Main sheets, one for each value of the row field `by` (the layout's own when not given).

    Groups stand in the order in which they first appear. Raises `WrongUsage` for a field rows do not have.
    """
    field = by or layout.group_by
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if field not in row:
            raise WrongUsage(
                "unknown_group", f"{layout.label}不能按“{field}”分表，可用的有：{'、'.join(row)}"
            )
        groups.setdefault(str(row[field] or ""), []).append(row)
    return [SheetData(name or "未填", group) for name, group in groups.items()]
