"""孤儿 and 事实无人抚养儿童 in one list: nobody is taken in under the programme of the other class."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import codes, facts, id_number, read, rows, text_file

HEADINGS = ["姓名", "身份证号码", "儿童类别", "监护人", "补贴金额"]
ORPHAN, UNATTENDED = "孤儿", "事实无人抚养儿童"
SOURCES = {"orphans": (ORPHAN, "orphan"), "unattended_children": (UNATTENDED, "unattended_child")}


def _list(folder: Path, *classes: str) -> Path:
    table = [HEADINGS]
    table += [
        ["张小三", id_number(n, "20150301"), said, "张大", "1200"] for n, said in enumerate(classes, start=1)
    ]
    return text_file(folder / "孤儿和事实无人抚养儿童202609.csv", table)


@pytest.mark.parametrize("source", SOURCES)
def test_a_child_of_the_other_class_is_set_aside_with_the_roster_it_belongs_on(
    tmp_path: Path, source: str
) -> None:
    own, programme = SOURCES[source]
    other = ORPHAN if own == UNATTENDED else UNATTENDED
    kept, aside = rows(_list(tmp_path, own, other), source=source)
    assert (kept.outcome, codes(kept)) == ("kept", {})
    assert facts(kept, "enrolled")[0].code == programme
    assert (aside.outcome, aside.record, codes(aside)) == ("set_aside", None, {"child_of_other": "row"})
    assert f"“{other}”" in aside.problems[0].message and f"“{other}名册”" in aside.problems[0].message


@pytest.mark.parametrize("said", ["", "困境儿童", "艾滋病", "说不清"])
@pytest.mark.parametrize("source", SOURCES)
def test_a_class_without_a_roster_of_its_own_stays(tmp_path: Path, source: str, said: str) -> None:
    (row,) = rows(_list(tmp_path, said), source=source)
    assert facts(row, "enrolled")[0].code == SOURCES[source][1]


@pytest.mark.parametrize("source", SOURCES)
def test_children_read_together_are_told_apart_as_well(tmp_path: Path, source: str) -> None:
    classes = (ORPHAN, UNATTENDED, "事实孤儿", "社会散居孤儿", "", "困境儿童", "说不清") * 6
    reading = read(_list(tmp_path, *classes), source=source)
    told = told_by_rows(reading)
    assert told == told_by_blocks(reading)
    assert len(told) == 5 * 6
