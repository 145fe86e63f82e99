"""What a command hands to the printer: data for scripts, tables and lines for people."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .. import idnumber
from ..errors import AidError

SCHEMA = 1
WIDEST = 64
# Not inside a reference such as p-0123…: those are hashes.
_LONG_NUMBER = re.compile(r"(?<![0-9a-z-])\d{6}[\dXx*]{5,16}(?![0-9a-z])", re.ASCII)


class Table(NamedTuple):
    """One table for people; cells are text already."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass
class Outcome:
    """A command's result. `waiting`: something waits for a person (exit 3 with ``--strict``)."""

    data: Mapping[str, object]
    lines: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    waiting: bool = False
    error: AidError | None = None


def envelope(command: str, as_of: str, data: object, error: AidError | None) -> str:
    """The one object of ``--format json``."""
    body = {
        "schema": SCHEMA,
        "command": command,
        "ok": error is None,
        "as_of": as_of,
        "data": data,
        "error": error.as_dict() if error else None,
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def render(outcome: Outcome, format: str) -> str:
    """Text for ``table``, ``markdown`` or ``csv`` (the first table only)."""
    if format == "csv":
        return _csv(outcome.tables[0]) if outcome.tables else ""
    parts = ["\n".join(outcome.lines)] if outcome.lines else []
    parts += [_table(table, "pipe" if format == "markdown" else "simple") for table in outcome.tables]
    return "\n\n".join(parts)


def mask_text(text: str, whole: bool = False) -> str:
    """Long numbers inside a text masked, unless `whole`."""
    return text if whole else _LONG_NUMBER.sub(lambda found: idnumber.format(found.group()), text)


def mask_id(number: str, whole: bool = False) -> str:
    return number if whole else idnumber.format(number)


def mask_account(number: str, whole: bool = False) -> str:
    """First four and last four digits of an account."""
    return number if whole or len(number) <= 8 else number[:4] + "********" + number[-4:]


def _table(table: Table, style: str) -> str:
    from tabulate import tabulate

    rows = [[cell.replace("\n", " ") for cell in row] for row in table.rows]
    if style == "simple":
        rows = [[_folded(cell) for cell in row] for row in rows]
    text = tabulate(rows, headers=list(table.headers), tablefmt=style, disable_numparse=True)
    return f"{table.title}\n{text}" if table.title else str(text)


def _folded(cell: str) -> str:
    """A long cell on several lines; a Chinese sign counts as two columns."""
    from wcwidth import wcwidth

    lines, line, used = [], "", 0
    for sign in cell:
        wide = max(wcwidth(sign), 0)
        if used + wide > WIDEST:
            lines.append(line)
            line, used = "", 0
        line += sign
        used += wide
    return "\n".join([*lines, line])


def _csv(table: Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.headers)
    # A spreadsheet program takes a cell that begins like a formula for one.
    writer.writerows(
        [("'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell) for cell in row]
        for row in table.rows
    )
    return out.getvalue().rstrip("\n")
