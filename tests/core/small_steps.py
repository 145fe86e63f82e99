"""Few people and files of a row or two, taken in and back one by one, each followed by a match."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from roster_world import ACTOR, FileOfRecords, at_once, stored, take_back, take_in

from aidcli import idnumber
from aidcli.model import Fact, Identity, Named, Record
from aidcli.store import Session, create
from aidcli.tasks import matching


class Out(NamedTuple):
    """The step that takes a file back."""

    file: FileOfRecords


def number(born: str, sequence: int) -> str:
    body = f"990101{born}{sequence:03d}"
    return body + idnumber.check_digit(body)


def someone(
    name: str,
    id_: str = "",
    birth: str = "",
    village: str = "",
    phone: str = "",
    former: str = "",
    row: str = "",
) -> Identity:
    kind, value = idnumber.read(id_)
    return Identity(name, kind, value, birth, "", "", village, phone, former, row)


def roster(month: str, *rows: tuple[str, Identity]) -> FileOfRecords:
    """(case, person) of one month."""
    records = []
    for case, who in rows:
        facts = (
            Fact(0, "member", month=month, code="dibao", text="子"),
            Fact(0, "case", code="dibao", text=case),
        )
        records.append(Record((Named("member", 0, who),), facts))
    return FileOfRecords("dibao_rural_person", "roster", month, tuple(records))


def listed(source: str, *people: Identity) -> FileOfRecords:
    records = [Record((Named("subject", 0, who),), (Fact(0, "death", day="2026-03-01"),)) for who in people]
    return FileOfRecords(source, "department", "2026-06", tuple(records))


def go(folder: Path, steps: list[FileOfRecords | Out]) -> Session:
    """After every step that is there which one resolution of everything gives, and it is not what was there."""
    session = create(folder / "aid.db", ACTOR)
    matching.match(session, ACTOR)
    kept: dict[str, int] = {}
    moved = 0
    for step in steps:
        before = stored(session)
        if isinstance(step, Out):
            take_back(session, kept.pop(step.file.sha))
        else:
            kept[step.sha] = take_in(session, step)
        matching.match(session, ACTOR)
        after = stored(session)
        assert after == at_once(session)
        moved += after != before
    assert moved == len(steps)
    return session
