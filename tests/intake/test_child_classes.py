"""孤儿 and 事实无人抚养儿童 in one list: each child is taken in under its own programme, and nobody under the other's."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import codes, facts, id_number, read, rows, text_file, xlsx

from aidcli.errors import AidError

HEADINGS = ["姓名", "身份证号码", "儿童类别", "监护人", "补贴金额"]
ORPHAN, UNATTENDED = "孤儿", "事实无人抚养儿童"
SOURCES = {"orphans": (ORPHAN, "orphan"), "unattended_children": (UNATTENDED, "unattended_child")}
BOTH = "孤儿和事实无人抚养儿童202609"
OF_ONE = "儿童名册202609"


def _table(*classes: str, heading: str = "儿童类别") -> list[list[object]]:
    table: list[list[object]] = [[*HEADINGS[:2], heading, *HEADINGS[3:]]]
    for n, said in enumerate(classes, start=1):
        table.append(["张小三", id_number(n, "20150301"), said, "张大", "1200"])
    return table


def _list(folder: Path, *classes: str, name: str = BOTH) -> Path:
    return text_file(folder / f"{name}.csv", _table(*classes))


@pytest.mark.parametrize("name", [BOTH, OF_ONE, "孤儿202609"])
@pytest.mark.parametrize("source", SOURCES)
def test_each_child_is_taken_in_under_the_programme_of_its_class(
    tmp_path: Path, source: str, name: str
) -> None:
    own = SOURCES[source][1]
    for row, said in zip(
        rows(_list(tmp_path, ORPHAN, UNATTENDED, "事实孤儿", "社会散居孤儿", name=name), source=source),
        ("orphan", "unattended_child", "unattended_child", "orphan"),
        strict=True,
    ):
        assert facts(row, "enrolled")[0].code == said
        assert facts(row, "benefit")[0].code == said
        assert codes(row) == ({} if said == own else {"child_of_other": "note"})


def test_a_list_of_both_classes_needs_no_source_where_a_column_tells_them_apart(tmp_path: Path) -> None:
    orphan, unattended = rows(_list(tmp_path, ORPHAN, UNATTENDED))
    assert [facts(row, "enrolled")[0].code for row in (orphan, unattended)] == ["orphan", "unattended_child"]


@pytest.mark.parametrize(("name", "classes"), [(BOTH, False), (OF_ONE, True), ("困境儿童202609", True)])
def test_without_the_column_or_the_name_it_is_asked_for(tmp_path: Path, name: str, classes: bool) -> None:
    table = _table(ORPHAN, UNATTENDED) if classes else [[*row[:2], *row[3:]] for row in _table(ORPHAN)]
    with pytest.raises(AidError) as refused:
        read(text_file(tmp_path / f"{name}.csv", table))
    assert refused.value.code == "template_ambiguous"


def test_a_child_of_the_other_class_who_left_has_left_its_own_programme(tmp_path: Path) -> None:
    table = _table(UNATTENDED, UNATTENDED, UNATTENDED, ORPHAN)
    for row, (state, remark, fen) in zip(
        table,
        [
            ("发放状态", "备注", "补贴金额"),
            ("停发", "", "1200"),
            ("", "年满18周岁停发", "0"),
            ("", "", "1200"),
            ("", "", "1200"),
        ],
        strict=True,
    ):
        row[4:] = [fen, state, remark]
    by_state, by_remark, stays, orphan = rows(text_file(tmp_path / f"{BOTH}.csv", table), source="orphans")
    assert facts(by_state, "ended")[0].code == facts(by_remark, "ended")[0].code == "unattended_child"
    assert not facts(by_state, "enrolled") and not facts(by_remark, "enrolled")
    assert facts(stays, "enrolled") and facts(orphan, "enrolled")


def test_a_list_of_those_who_left_says_of_which_programme(tmp_path: Path) -> None:
    file = _list(tmp_path, ORPHAN, UNATTENDED, name="孤儿和事实无人抚养儿童停发名单202609")
    orphan, other = rows(file, source="orphans")
    assert [facts(row, "ended")[0].code for row in (orphan, other)] == ["orphan", "unattended_child"]
    assert not facts(other, "enrolled") and not facts(other, "benefit")


@pytest.mark.parametrize("source", SOURCES)
def test_in_a_list_of_both_a_child_of_no_known_class_is_set_aside(tmp_path: Path, source: str) -> None:
    blank, unknown, neither = rows(_list(tmp_path, "", "说不清", "困境儿童"), source=source)
    assert codes(blank) == {"value_missing": "row"} and "没有填写" in blank.problems[0].message
    assert codes(unknown) == {"bad_choice": "row"} and "“说不清”" in unknown.problems[0].message
    assert codes(neither) == {"bad_choice": "row"}
    for row in (blank, unknown, neither):
        assert "“孤儿”或“事实无人抚养儿童”" in row.problems[0].message


def test_a_list_of_both_that_tells_nobody_s_class_takes_nobody_in(tmp_path: Path) -> None:
    table = [[*row[:2], *row[3:]] for row in _table(ORPHAN, UNATTENDED)]
    for row in rows(text_file(tmp_path / f"{BOTH}.csv", table), source="orphans"):
        assert codes(row) == {"value_missing": "row"} and "加一列“儿童类别”" in row.problems[0].message


def test_the_sheet_s_own_name_goes_before_the_file_s(tmp_path: Path) -> None:
    table = [[*row[:2], *row[3:]] for row in _table(ORPHAN)]
    (row,) = rows(xlsx(tmp_path / f"{BOTH}.xlsx", ("孤儿", table)), source="orphans")
    assert facts(row, "enrolled")[0].code == "orphan" and codes(row) == {}


@pytest.mark.parametrize("said", ["", "艾滋病", "说不清"])
@pytest.mark.parametrize("source", SOURCES)
def test_in_a_list_of_one_class_who_says_nothing_of_it_is_of_that(
    tmp_path: Path, source: str, said: str
) -> None:
    (row,) = rows(_list(tmp_path, said, name=OF_ONE), source=source)
    assert facts(row, "enrolled")[0].code == SOURCES[source][1]


@pytest.mark.parametrize("source", SOURCES)
def test_a_child_who_is_neither_is_on_no_roster_of_these(tmp_path: Path, source: str) -> None:
    (row,) = rows(_list(tmp_path, "困境儿童", name=OF_ONE), source=source)
    assert (row.outcome, codes(row)) == ("set_aside", {"bad_choice": "row"})


@pytest.mark.parametrize("name", [BOTH, OF_ONE])
@pytest.mark.parametrize("source", SOURCES)
def test_children_read_together_are_told_apart_as_well(tmp_path: Path, source: str, name: str) -> None:
    classes = (ORPHAN, UNATTENDED, "事实孤儿", "社会散居孤儿", "", "困境儿童", "说不清") * 6
    reading = read(_list(tmp_path, *classes, name=name), source=source)
    told = told_by_rows(reading)
    assert told == told_by_blocks(reading)
    assert len(told) == (4 if name == BOTH else 6) * 6
