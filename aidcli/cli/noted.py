"""What `import` says of doubts that are kept: a line for each kind and column, and the columns that were not taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .outcome import Table, mask_text

_LINES, _ROWS, _COLUMNS = 20, 5, 10
# What somebody has to look at first.
_FIRST = ("left_but_paid", "head_ended", "row_ended", "state_unread", "death_told", "sum_zero")


def doubts(done: Sequence[Any], told: frozenset[str], whole: bool) -> list[Table]:
    """The table of notes that do not set a row aside; the same note in the same column is one line."""
    groups: dict[tuple[int, str, str], list[Any]] = {}
    for number, f in enumerate(done):
        for p in f.problems:
            if p.severity != "row" and p.code not in told:
                groups.setdefault((number, p.column, p.code), []).append(p)
    ordered = sorted(groups.items(), key=lambda one: (_rank(one[1][0]), one[0][0], -len(one[1]), one[0]))
    rows = [
        (_which(done[number]), column, str(len(_rows(found))), _listed(found), _message(found, whole))
        for (number, column, _), found in ordered[:_LINES]
    ]
    if not rows:
        return []
    more = f"（{len(groups)}种，只列前{_LINES}种）" if len(groups) > _LINES else ""
    headers = ("批次", "列", "行数", "行", "说明（有几行的，写的是第一行的）")
    return [Table(f"收下而存疑的，同一列同一种合写一行{more}", headers, rows)]


def _which(f: Any) -> str:
    return f"b{f.batch}" if f.batch else str(f.file)


def _rank(problem: Any) -> int:
    code = str(problem.code)
    if code in _FIRST:
        return _FIRST.index(code)
    return len(_FIRST) + int(problem.severity != "cell")


def _rows(found: Sequence[Any]) -> list[tuple[str, int]]:
    return list(dict.fromkeys((p.sheet, p.row) for p in found))


def _listed(found: Sequence[Any]) -> str:
    """The first rows, with their sheet where it takes that to tell which."""
    rows = _rows(found)
    several = len({sheet for sheet, _ in rows}) > 1
    first = [f"“{sheet}”{row}" if several else str(row) for sheet, row in rows[:_ROWS]]
    return "、".join(first) + ("…" if len(rows) > _ROWS else "")


def _message(found: Sequence[Any], whole: bool) -> str:
    return mask_text(found[0].message, whole)


def unread_line(f: Any) -> str:
    """Which columns hold something that was not taken, or only deaths and ends were; '' for none."""
    told = ("没有采用的列", f.unread_columns), ("只从中读了死亡、停发等的列", f.read_in_part)
    return "；".join(f"{said}：{_named(columns)}" for said, columns in told if columns)


def _named(columns: Sequence[str]) -> str:
    more = f"等{len(columns)}列" if len(columns) > _COLUMNS else ""
    return f"{'、'.join(columns[:_COLUMNS])}{more}"
