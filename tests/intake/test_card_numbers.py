"""Lists that name their people by the disability card alone: what stands on it is kept, as any number is."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import codes, facts, id_number, kept, person, rows, xlsx

GOOD = id_number(1)
HEADINGS = ["姓名", "残疾人证号", "残疾类别", "残疾等级"]


def _wrong(number: str) -> str:
    """The number with another last digit."""
    return number[:17] + ("1" if number[17] != "1" else "2")


@pytest.mark.parametrize(
    ("card", "kind", "value", "code"),
    [
        (f"{_wrong(GOOD)}44", "bad_check", _wrong(GOOD), "id_bad_check"),
        (f"{_wrong(GOOD)}44B1", "bad_check", _wrong(GOOD), "id_bad_check"),
        (f"{GOOD[:6]}********{GOOD[14:]}44", "masked", f"{GOOD[:6]}********{GOOD[14:]}", "id_masked"),
        ("9.90101E+19", "scientific", "990101", "id_scientific"),
    ],
)
def test_what_a_card_shows_of_the_number_is_kept_and_told(
    tmp_path: Path, card: str, kind: str, value: str, code: str
) -> None:
    table = [HEADINGS, ["张三丰", f"{id_number(3)}44", "肢体", "四级"], ["李四海", card, "肢体", "四级"]]
    _, row = kept(xlsx(tmp_path / "持证残疾人2026年三季度.xlsx", ("S", table)))
    identity = person(row).identity
    assert (identity.id_kind, identity.id_value) == (kind, value)
    (problem,) = (one for one in row.problems if one.code == code)
    assert (problem.column, problem.severity) == ("B", "note") and "残疾人证号" in problem.message
    assert facts(row, "disability")[0].num == 4


def test_a_sheet_without_a_column_of_numbers_is_told_of_once(tmp_path: Path) -> None:
    table = [HEADINGS, *(["张三丰", f"{id_number(n)}44", "肢体", "四级"] for n in range(1, 8))]
    read = rows(xlsx(tmp_path / "持证残疾人2026年三季度.xlsx", ("S", table)))
    assert [(one.row, one.column) for row in read for one in row.problems] == [(1, "B")]
    assert codes(read[0]) == {"id_from_card": "note"} and "B列" in read[0].problems[0].message
    assert [person(row).identity.id_value for row in read] == [id_number(n) for n in range(1, 8)]


def test_beside_a_column_of_numbers_each_row_is_told(tmp_path: Path) -> None:
    table = [["姓名", "身份证号", *HEADINGS[1:]]]
    table += [["张三丰", id_number(1), f"{id_number(1)}44", "肢体", "四级"]]
    table += [["李四海", "", f"{id_number(3)}44", "肢体", "四级"]]
    table += [["王五", "", f"{_wrong(id_number(5))}44", "肢体", "四级"]]
    table += [["赵六", id_number(7), f"{_wrong(id_number(7))}44", "肢体", "四级"]]
    read = kept(xlsx(tmp_path / "持证残疾人2026年三季度.xlsx", ("S", table)))
    assert [list(codes(row)) for row in read] == [[], ["id_from_card"], ["id_bad_check"], []]
    assert [person(row).identity.id_kind for row in read] == ["valid", "valid", "bad_check", "valid"]


def test_what_is_no_card_at_all_is_no_number(tmp_path: Path) -> None:
    table = [HEADINGS, ["张三丰", f"{id_number(3)}44", "肢体", "四级"], ["李四海", "办理中", "肢体", "四级"]]
    _, row = kept(xlsx(tmp_path / "持证残疾人2026年三季度.xlsx", ("S", table)))
    assert person(row).identity.id_kind == "missing"
