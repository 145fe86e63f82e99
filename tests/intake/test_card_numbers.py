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


def test_a_list_without_grades_has_them_from_the_cards_and_tells_where_a_card_does_not(
    tmp_path: Path,
) -> None:
    table: list[list[object]] = [["姓名", "身份证号", "残疾人证编号"]]
    table += [["张三丰", id_number(1), f"{id_number(1)}63B1"], ["李四海", id_number(3), "办理中"]]
    table += [["王五", id_number(5), None]]
    told, odd, blank = kept(xlsx(tmp_path / "残疾人信息导出2026年三季度.xlsx", ("S", table)))
    (fact,) = facts(told, "disability")
    assert (fact.code, fact.num, codes(told)) == ("mental", 3, {})
    for row, said in ((odd, "写的是“办理中”"), (blank, "没有填写")):
        assert facts(row, "disability") == [] and codes(row) == {"grade_untold": "note"}
        assert said in row.problems[0].message and row.problems[0].column == "C"


def test_the_main_category_and_grade_are_the_ones_of_the_card(tmp_path: Path) -> None:
    table = [["姓名", "身份证号", "残疾人证编号", "主残类别", "主残等级"]]
    table += [["张三丰", id_number(1), f"{id_number(1)}71", "多重残疾", "一级"]]
    (row,) = kept(xlsx(tmp_path / "残疾人信息导出2026年三季度.xlsx", ("S", table)))
    (fact,) = facts(row, "disability")
    assert (fact.code, fact.num, codes(row)) == ("multiple", 1, {})


def test_the_two_subsidies_in_two_groups_of_columns_with_the_card_alone(tmp_path: Path) -> None:
    living, care = "困难残疾人生活补贴", "重度残疾人护理补贴"
    table: list[list[object]] = [
        [
            "序号",
            "残疾人姓名",
            "残疾人证号码",
            living,
            None,
            None,
            care,
            None,
            None,
            "发放合计",
            "领款人",
            None,
        ],
        [None, None, None, *["标准", "补发", "发放额"] * 2, None, "姓名", "卡号"],
        [1, "张三丰", f"{id_number(1)}41", 85, None, 85, 110, 220, 110, 415, "李四海", "6224113341240276295"],
        [2, "王五", f"{id_number(5)}53", 85, None, 85, None, None, None, 85, "王五", "6270105490827943139"],
    ]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:I1", "J1:J2", "K1:L1"]
    path = xlsx(tmp_path / "两补发放明细2026年10月.xlsx", ("S", table), merges=merges)
    both, one = kept(path)
    assert [(f.code, f.fen) for f in facts(both, "subsidy_kind")] == [("living", 8500), ("care", 11000)]
    assert [(f.code, f.fen) for f in facts(one, "subsidy_kind")] == [("living", 8500)]
    assert [f.fen for row in (both, one) for f in facts(row, "benefit")] == [41500, 8500]
    assert [person(row).identity.id_value for row in (both, one)] == [id_number(1), id_number(5)]
    assert [(f.code, f.num) for f in facts(both, "disability")] == [("limb", 1)]
    assert [f.text for f in facts(both, "account_holder")] == ["李四海"]
