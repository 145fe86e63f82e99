"""How files are to be taken, and what became of one: what `import` is asked and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import AidError, Problem
from .comparing import Compared

if TYPE_CHECKING:
    from ..worklists.asides import AsideSheet


class Imported(NamedTuple):
    """What became of one list of a file. `status`: kept, already or refused (then `error` says why).

    `skipped_sheets` are (name, reason), with the first list of a file; `drafts` the draft runs that the new
    roster made worthless. `supplements`: the batch that corrected rows went to, with `unchanged` rows that
    still stand aside. `replaces`: the batch it took the place of, with what `changed`. `asides`: what stands
    aside, for the workbook. `accepted`: codes of what was suspicious and taken all the same. `told_period`: the
    period that the file itself tells where its content is here as, or is taken as, another's. `changes_told`: why a roster
    was taken as a list of changes though nobody asked for it, in a sentence. `rows_told`: what the rows themselves say
    that somebody has to look at, in a sentence. `unread_columns`: headings of columns that hold something and are not
    read; `read_in_part`: of those of which nothing is read but that somebody died or left.
    """

    file: str
    status: str
    batch: int | None
    source: str
    source_label: str
    period: str
    coverage: str
    scope: tuple[str, ...]
    sheets: tuple[str, ...]
    rows_read: int
    rows_kept: int
    rows_set_aside: int
    problems: tuple[Problem, ...]
    error: AidError | None = None
    skipped_sheets: tuple[tuple[str, str], ...] = ()
    drafts: tuple[int, ...] = ()
    supplements: int | None = None
    unchanged: int = 0
    replaces: int | None = None
    changed: Compared | None = None
    asides: tuple[AsideSheet, ...] = ()
    accepted: tuple[str, ...] = ()
    told_period: str = ""
    changes_told: str = ""
    rows_told: str = ""
    unread_columns: tuple[str, ...] = ()
    read_in_part: tuple[str, ...] = ()


class Options(NamedTuple):
    """How files are to be taken; the defaults let the file speak for itself.

    `password` answers for a protected file's name, `progress` is told the rows read so far, `set_aside`
    asks for what the workbook of set-aside rows needs. `shown` is how a file out of a folder or zip is named,
    `folders` are those it lay in: they tell the period where nothing else does.
    """

    source: str | None = None
    period: str | None = None
    coverage: str | None = None
    scope: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    dry_run: bool = False
    accept_suspicious: bool = False
    replaces: int | None = None
    set_aside: bool = False
    password: Callable[[str], str | None] | None = None
    progress: Callable[[int], None] | None = None
    shown: str = ""
    folders: tuple[str, ...] = ()


def refused(path: Path, error: AidError, shown: str = "") -> Imported:
    """What to show for a file that was not taken."""
    return Imported(shown or path.name, "refused", None, "", "", "", "", (), (), 0, 0, 0, (), error)


def renamed(error: AidError, path: Path, shown: str) -> AidError:
    """The error with a file out of a folder or zip named by where it lay."""
    if shown:
        error.message = error.message.replace(f"“{path.name}”", f"“{shown}”")
        error.args = (error.message,)
        if error.file == path.name:
            error.file = shown
    return error
