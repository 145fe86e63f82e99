"""The same small list in every format says the same of the same people, read alone and by blocks."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from every_format import PASSWORD, STEM, TABLE, WRITERS
from intake_files import read

from aidcli.intake import Reading
from aidcli.intake.formats.bundle import expand

PEOPLE = TABLE[2:5]


def _said(reading: Reading) -> list[tuple[object, ...]]:
    """What the list tells of each: township, name, number, sum in fen, cause, day, size of the household, account."""
    assert told_by_blocks(reading) == told_by_rows(reading)
    found = []
    for told in told_by_rows(reading):
        (one,) = told.persons
        facts = {fact.kind: fact for fact in told.facts}
        aid = next(fact for fact in told.facts if fact.fen is not None)
        size, account = facts["household_size"].num, facts["account"].text
        who = one.identity
        found.append((who.township, who.name, who.id_value, aid.fen, aid.day, size, account))
    return found


def _true() -> list[tuple[object, ...]]:
    said = []
    for _, name, number, yuan, _, day, size, account in PEOPLE:
        assert isinstance(yuan, int | float) and isinstance(day, date)
        said.append(("河东镇", name, number, int(yuan * 100), day.isoformat(), size, account))
    return said


def _problems(reading: Reading) -> list[str]:
    return [problem.code for row in reading.rows(0) for problem in row.problems]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_list_says_the_same_in_every_format(kind: str, tmp_path: Path) -> None:
    ending, write = WRITERS[kind]
    path = write(tmp_path / f"{STEM}{ending}")
    reading = read(path, password=lambda _: PASSWORD)
    assert (reading.template.key, reading.period) == ("temporary_aid", "2026-09")
    assert _said(reading) == _true()
    assert _problems(reading) == []


def test_every_format_tells_the_same_facts(tmp_path: Path) -> None:
    """Not only those that are looked at one by one: persons and facts are equal to the last slot."""
    first = None
    for number, (ending, write) in enumerate(WRITERS.values()):
        (tmp_path / str(number)).mkdir()
        reading = read(write(tmp_path / str(number) / f"{STEM}{ending}"), password=lambda _: PASSWORD)
        told = [one.content for one in told_by_rows(reading)]
        first = first or told
        assert told == first, ending


@pytest.mark.parametrize("wrapping", ["folder", "zip", "zip in a folder"])
def test_a_list_says_the_same_out_of_a_folder_or_zip(wrapping: str, tmp_path: Path) -> None:
    sent = tmp_path / "来文"
    sent.mkdir()
    kinds = ["xlsx", "xls", "ods", "page called xls", "text gb18030 ','"]
    paths = []
    for number, kind in enumerate(kinds):
        ending, write = WRITERS[kind]
        paths.append(write(sent / f"{number}{STEM}{ending}"))
    top = sent
    if wrapping != "folder":
        top = sent / "来文.zip" if wrapping == "zip in a folder" else tmp_path / "来文.zip"
        with zipfile.ZipFile(top, "w") as archive:
            for path in paths:
                archive.write(path, f"民政/{path.name}")
                path.unlink()
        top = sent if wrapping == "zip in a folder" else top
    seen = 0
    with expand([top]) as bundle:
        assert bundle.left_out == []
        for one in bundle.files:
            assert _said(read(one.path)) == _true(), one.shown
            seen += 1
    assert seen == len(kinds)
