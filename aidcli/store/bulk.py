"""Many rows into one table: what is the same in all of them stands in the statement, some fifty go at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain, compress, islice
from typing import Any

_TOGETHER = 50


def insert(
    conn: sqlite3.Connection,
    table: str,
    slots: Sequence[Any],
    present: Sequence[bool] | None = None,
) -> None:
    """Inserts rows given column by column; a slot is a sequence with an entry a row, or one value for all.

    At least one slot is a sequence. `present` tells which rows are meant. Text counts as one value.
    """
    columns = [slot for slot in slots if _varies(slot)]
    count = len(columns[0]) if present is None else sum(present)
    row = f"({', '.join('?' if _varies(slot) else _literal(slot) for slot in slots)})"
    rows: Iterable[tuple[Any, ...]] = zip(*columns, strict=False)
    if present is not None:
        rows = compress(rows, present)
    rows = iter(rows)
    together = count - count % _TOGETHER
    if together:
        values = chain.from_iterable(islice(rows, together))
        sql = f"INSERT INTO {table} VALUES {', '.join([row] * _TOGETHER)}"
        conn.executemany(sql, zip(*[values] * (len(columns) * _TOGETHER), strict=True))
    conn.executemany(f"INSERT INTO {table} VALUES {row}", rows)


def _varies(slot: Any) -> bool:
    return isinstance(slot, Sequence) and not isinstance(slot, str)


def _literal(value: str | int | None) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
