"""Folders and zips of files as a list to import in order, and which months are missing once they are in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..errors import AidError
from ..months import add_months, months_of
from ..store import Session, rows
from . import asides, loading

_LAST = "9999"
Password = Callable[[str], str | None] | None


class File(NamedTuple):
    """A file to be imported. `shown`: how messages name one out of a folder or zip; `folders`: where it lay."""

    path: Path
    shown: str = ""
    folders: tuple[str, ...] = ()


class Expanded(NamedTuple):
    """Files in the order in which they are to be imported; `left` are those in folders that are no tables.

    `refused`: what could not be opened at all (a broken zip, an empty folder), with its error.
    """

    files: list[File]
    left: list[str]
    refused: list[tuple[str, AidError]]


class Months(NamedTuple):
    """The periods of a source that are here, and those between the first and the last that are not."""

    source: str
    label: str
    periods: tuple[str, ...]
    missing: tuple[str, ...]


@contextmanager
def expand(
    paths: Sequence[Path],
    template_folders: Sequence[Path],
    today: date,
    password: Password = None,
) -> Iterator[Expanded]:
    """The files themselves, those of folders and zips with the older periods first.

    What zips hold lies in a temporary folder until the context ends. Files that are named one by one stay in
    their order.
    """
    from ..intake.formats import bundle

    with bundle.expand(paths, password) as found:
        named = set(paths)
        loose = [File(one.path) for one in found.files if one.path in named]
        packed = [
            File(one.path, one.shown, tuple(one.shown.split("/")[:-1]))
            for one in found.files
            if one.path not in named
        ]
        left = [one for one in found.left_out if one.error.code == "unsupported_file"]
        yield Expanded(
            loose + _in_order(packed, template_folders, today, password),
            [one.shown for one in left],
            [(one.shown, one.error) for one in found.left_out if one not in left],
        )


def months(session: Session, sources: Iterable[str]) -> list[Months]:
    """For each of the sources with lists of more than one period: which are here and which are missing."""
    wanted = set(sources)
    found = []
    for source, label, periods in rows.periods(session):
        if source in wanted and len(periods) > 1:
            missing = tuple(one for one in _all(periods[0], periods[-1]) if one not in periods)
            found.append(Months(source, label, periods, missing))
    return found


def _in_order(
    files: Sequence[File], template_folders: Sequence[Path], today: date, password: Password
) -> list[File]:
    return sorted(files, key=lambda file: (_begins(file, template_folders, today, password), file.shown))


def _begins(file: File, template_folders: Sequence[Path], today: date, password: Password) -> str:
    """The first month of a file: by its name, else by what is in it. What cannot be told comes last."""
    from ..intake.headers.periods import period_in
    from ..intake.lists import open_lists

    if asides.is_returned(file.path):
        return _LAST
    told = period_in(file.path.stem)
    if told is not None:
        return months_of(told)[0]
    try:
        lists = open_lists(
            file.path,
            loading.templates(template_folders),
            today=today,
            password=password,
            folders=file.folders,
        )
    except AidError:
        return _LAST  # its import says what is wrong
    return min(months_of(one.period)[0] for one in lists)


def _all(first: str, last: str) -> list[str]:
    """Every period from one to another, of the kind that they are: months, or quarters."""
    found, month = [], months_of(first)[0]
    while month <= months_of(last)[0]:
        quarter = f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}"
        found.append(quarter if "Q" in first else month)
        month = add_months(month, 3 if "Q" in first else 1)
    return found
