"""`compare`: two lists person by person, across months or across an old and a new system."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import AidError, WrongUsage
from ..months import month_of
from ..store import Session, rows
from ..store.rows import Stand
from . import loading
from .listing import Entry, Listed, Told, listed

if TYPE_CHECKING:
    from ..intake import Reading, Template

Password = Callable[[str], str | None] | None

_PREFIX = ("cut", "scientific")
# What says who somebody is in their household; another head alone is no change of the person's own.
_COMPARED_APART = frozenset(("phone",))


class Side(NamedTuple):
    """One of the two lists: what it is called, and its persons. `others`: lists of the file left aside."""

    label: str
    file: str
    batch: int | None
    source: str
    period: str
    list: Listed
    others: tuple[str, ...] = ()


class _Opened(NamedTuple):
    """A file with the lists that it holds; `dated` where it says of which period they are."""

    path: Path
    lists: Sequence[Reading]
    dated: bool


class Change(NamedTuple):
    """One field that differs; several values where the list says several things."""

    field: str
    old: Told
    new: Told


class Matched(NamedTuple):
    """One person in both lists. `certain`: by the whole number; else `by` says what speaks for or against it."""

    old: Entry
    new: Entry
    certain: bool
    by: str
    changes: tuple[Change, ...]


class Possible(NamedTuple):
    """Somebody of the old list who may be one of several of the new one: left to a person."""

    old: Entry
    new: tuple[Entry, ...]


class Compared(NamedTuple):
    """`missing` stand in the old list only, `added` in the new one only; `changed` in both.

    `unsure` were taken for the same without a whole number, or with names that differ: look at them. Who is
    in `possible` is neither missing nor added before somebody has looked. `same` counts those unchanged;
    `matched` is everybody who stands in both.
    """

    old: Side
    new: Side
    added: tuple[Entry, ...]
    missing: tuple[Entry, ...]
    changed: tuple[Matched, ...]
    unsure: tuple[Matched, ...]
    possible: tuple[Possible, ...]
    same: int
    matched: tuple[Matched, ...] = ()


def compare(
    session: Session | None,
    old: str,
    new: str,
    template_folders: Sequence[Path],
    source: str | None,
    today: date,
    password: Password = None,
) -> Compared:
    """Two lists, each a batch (``b12``) or a file; a session is needed for batches only. Nothing is kept."""
    templates = loading.templates(template_folders)
    opened: list[Side | _Opened] = []
    for told in (old, new):
        if not is_batch(told):
            opened.append(_lists(Path(told), templates, source, today, password))
        elif session is None:
            raise WrongUsage("no_database", f"要比较批次 {told}，须指定数据库")
        else:
            opened.append(side_of_batch(session, int(told[1:])))
    common = _common(*opened)
    return between(*(side if isinstance(side, Side) else _side_of_list(side, common) for side in opened))


def _common(old: Side | _Opened, new: Side | _Opened) -> str:
    """The source that both have a list of, the first such of the old one; '' where there is none."""
    there = _sources(new)
    return next((source for source in _sources(old) if source in there), "")


def _sources(side: Side | _Opened) -> list[str]:
    return [side.source] if isinstance(side, Side) else [one.template.key for one in side.lists]


def is_batch(told: str) -> bool:
    return re.fullmatch(r"b\d+", told) is not None and not Path(told).exists()


def side_of_batch(session: Session, batch: int) -> Side:
    """A batch with what supplements it; raises `AidError` when it is not in use."""
    from .undo import kept

    found = kept(session, rows.root_of(session, batch))
    name = f"b{found.id} {found.source_label} {found.period}"
    return Side(
        name, found.file, found.id, found.source, found.period, listed(rows.records(session, found.id))
    )


def _lists(
    path: Path, templates: Mapping[str, Template], source: str | None, today: date, password: Password
) -> _Opened:
    from ..intake.lists import open_lists

    def opened(period: str | None) -> list[Reading]:
        return open_lists(path, templates, source=source, period=period, today=today, password=password)

    try:
        return _Opened(path, opened(None), True)
    except AidError as error:
        if error.code != "period_unknown":
            raise
    return _Opened(path, opened(month_of(today)), False)


def _side_of_list(file: _Opened, source: str) -> Side:
    """The list of a source in a file, else its first one; the others are named beside it."""
    reading = next((one for one in file.lists if one.template.key == source), file.lists[0])
    stands = (
        Stand(0, sheet.name, read.row, read.record)
        for index, sheet in enumerate(reading.sheets)
        for read in reading.rows(index)
        if read.record is not None
    )
    period = reading.period if file.dated else ""
    label = f"{file.path.name}（{reading.template.label}{'，' + period if period else ''}）"
    others = tuple(one.template.label for one in file.lists if one is not reading)
    return Side(label, file.path.name, None, reading.template.key, period, listed(stands), others)


def between(old: Side, new: Side) -> Compared:
    """What differs between two lists. Whole numbers decide; what else speaks for two entries is said."""
    told = _told_by(old.list.entries) & _told_by(new.list.entries)
    pairs, left, right = _by_number(old.list.entries, new.list.entries)
    likely, possible = _by_name(left, right)
    gone = {id(one.old) for one in possible} | {id(a) for a, _, _ in likely}
    came = {id(entry) for one in possible for entry in one.new} | {id(b) for _, b, _ in likely}
    possible += _again(
        [(a, b) for a, b, _ in pairs],
        [entry for entry in left if id(entry) not in gone],
        [entry for entry in right if id(entry) not in came],
    )
    pairs += likely
    matched = [Matched(a, b, not by, by or "身份证号相同", _changes(a, b, told)) for a, b, by in pairs]
    gone = {id(a) for a, _, _ in pairs}
    came = {id(b) for _, b, _ in pairs}
    gone |= {id(one.old) for one in possible}
    came |= {id(entry) for one in possible for entry in one.new}
    return Compared(
        old,
        new,
        tuple(entry for entry in new.list.entries if id(entry) not in came),
        tuple(entry for entry in old.list.entries if id(entry) not in gone),
        tuple(one for one in matched if one.changes),
        tuple(one for one in matched if not one.certain),
        tuple(possible),
        sum(not one.changes for one in matched),
        tuple(matched),
    )


def _told_by(entries: Sequence[Entry]) -> set[str]:
    return {name for entry in entries for name in entry.told} - _COMPARED_APART


def _by_number(
    old: Sequence[Entry], new: Sequence[Entry]
) -> tuple[list[tuple[Entry, Entry, str]], list[Entry], list[Entry]]:
    there = {entry.identity.id_value: entry for entry in new if entry.whole}
    pairs = [
        (entry, there[entry.identity.id_value], _doubt(entry, there[entry.identity.id_value]))
        for entry in old
        if entry.whole and entry.identity.id_value in there
    ]
    met = {id(entry) for pair in pairs for entry in pair[:2]}
    return pairs, [e for e in old if id(e) not in met], [e for e in new if id(e) not in met]


def _doubt(one: Entry, other: Entry) -> str:
    """What stands against two entries of one whole number being one person: names that share little."""
    from rapidfuzz.distance import OSA

    a, b = one.identity.name, other.identity.name
    known = {one.identity.former_name, other.identity.former_name} - {""}
    if not a or not b or "*" in a + b or {a, b} & known or OSA.distance(a, b) <= 1:
        return ""
    return "身份证号相同，但姓名不同"


def _again(
    pairs: Sequence[tuple[Entry, Entry]], left: Sequence[Entry], right: Sequence[Entry]
) -> list[Possible]:
    """Entries without a whole number that may be somebody who was found already: listed twice, not gone or new."""
    by_name: dict[str, list[tuple[Entry, Entry]]] = defaultdict(list)
    for pair in pairs:
        for name in {one.identity.name for one in pair}:
            by_name[name].append(pair)
    found = []
    for entry in left:
        others = tuple(b for _, b in by_name[entry.identity.name] if _speaks(entry, b))
        if others:
            found.append(Possible(entry, others))
    for entry in right:
        found += [Possible(a, (entry,)) for a, _ in by_name[entry.identity.name] if _speaks(a, entry)]
    return found


def _by_name(
    old: Sequence[Entry], new: Sequence[Entry]
) -> tuple[list[tuple[Entry, Entry, str]], list[Possible]]:
    """Entries of one name of which at least one has no whole number: a pair where there is but one choice."""
    named: dict[str, list[Entry]] = defaultdict(list)
    for entry in new:
        named[entry.identity.name].append(entry)
    choices: list[tuple[Entry, list[tuple[Entry, str]]]] = []
    wanted: dict[int, int] = defaultdict(int)
    for entry in old:
        found = [(other, by) for other in named[entry.identity.name] if (by := _speaks(entry, other))]
        choices.append((entry, found))
        for other, _ in found:
            wanted[id(other)] += 1
    pairs, possible = [], []
    for entry, found in choices:
        if len(found) == 1 and wanted[id(found[0][0])] == 1:
            pairs.append((entry, found[0][0], found[0][1]))
        elif found:
            possible.append(Possible(entry, tuple(other for other, _ in found)))
    return pairs, possible


def _speaks(one: Entry, other: Entry) -> str:
    """What speaks for two entries of one name being one person, '' where nothing does or much against it."""
    if not one.identity.name or (one.whole and other.whole):
        return ""
    number = _numbers_agree(one, other)
    if number is False:
        return "姓名相同，号码只差一位" if _mistyped(one, other) else ""
    if number:
        return "姓名相同，号码看得见的部分一致"
    if one.identity.birth and one.identity.birth == other.identity.birth:
        return "姓名、出生日期相同"
    if one.told.get("head") and one.told.get("head") == other.told.get("head"):
        return "姓名、户主相同"
    if one.told.get("case") and one.told.get("case") == other.told.get("case"):
        return "姓名、证号相同"
    places = [(entry.told.get("township"), entry.told.get("village")) for entry in (one, other)]
    return "姓名、村（社区）相同，缺号码" if places[0] == places[1] and all(places[0]) else ""


def _mistyped(one: Entry, other: Entry) -> bool:
    """Whether one of two numbers is wrong by its check digit and a slip of the other: a digit, or two swapped."""
    from rapidfuzz.distance import OSA

    a, b = one.identity, other.identity
    wrong = "bad_check" in (a.id_kind, b.id_kind)
    return wrong and "*" not in a.id_value + b.id_value and OSA.distance(a.id_value, b.id_value) <= 1


def _numbers_agree(one: Entry, other: Entry) -> bool | None:
    """Whether what is seen of two numbers agrees; None where one of them is missing."""
    a, b = one.identity, other.identity
    if not a.id_value or not b.id_value:
        return None
    if a.id_kind in _PREFIX or b.id_kind in _PREFIX:
        seen = min(len(a.id_value), len(b.id_value))
        return seen >= 10 and "*" not in a.id_value + b.id_value and a.id_value[:seen] == b.id_value[:seen]
    if "masked" in (a.id_kind, b.id_kind):
        return len(a.id_value) == len(b.id_value) and all(
            x == y or "*" in (x, y) for x, y in zip(a.id_value, b.id_value, strict=True)
        )
    return a.id_value == b.id_value


def _changes(old: Entry, new: Entry, told: set[str]) -> tuple[Change, ...]:
    names = sorted(told & (old.told.keys() | new.told.keys()))
    return tuple(
        Change(name, old.told.get(name, ()), new.told.get(name, ()))
        for name in names
        if old.told.get(name, ()) != new.told.get(name, ())
    )
