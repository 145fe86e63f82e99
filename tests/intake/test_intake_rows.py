"""Rows: who is set aside, who is kept with a note, and which lines are no data."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import (
    BANK,
    HOUSEHOLD,
    UNEMPLOYED,
    codes,
    household_row,
    id_number,
    person,
    read,
    rows,
    text_file,
    xlsx,
)

WRONG = id_number(2)[:17] + ("7" if id_number(2)[17] != "7" else "2")


def _one(tmp_path: Path, name: object, number: object, day: object = "2026-09-01"):  # type: ignore[no-untyped-def]
    (row,) = rows(xlsx(tmp_path / "失业202609.xlsx", ("S", [UNEMPLOYED, [name, number, day, "裁员"]])))
    return row


@pytest.mark.parametrize(
    ("number", "code", "kind"),
    [
        (WRONG, "id_bad_check", "bad_check"),
        (id_number(2)[:15] + "000", "id_cut", "cut"),
        (float(id_number(2)[:15] + "000"), "id_cut", "cut"),
        ("9.90101E+17", "id_scientific", "scientific"),
        ("990101********0021", "id_masked", "masked"),
        (None, "id_missing", "missing"),
        ("E12345678", "id_other", "other"),
        (id_number(2, birth="20270101"), "id_bad_check", "bad_check"),
    ],
)
def test_a_number_that_is_not_whole_is_kept_with_a_note(
    tmp_path: Path, number: object, code: str, kind: str
) -> None:
    row = _one(tmp_path, "李四", number)
    assert (row.outcome, codes(row)) == ("kept", {code: "note"})
    assert person(row).identity.id_kind == kind
    assert row.problems[0].column == "B" and "身份证号" in row.problems[0].message
    assert str(number) not in row.problems[0].message


@pytest.mark.parametrize(
    "number",
    [id_number(2), id_number(2).lower(), "'" + id_number(2), f" {id_number(2)[:6]} {id_number(2)[6:]} "],
)
def test_a_number_that_only_looks_odd_needs_no_note(tmp_path: Path, number: str) -> None:
    row = _one(tmp_path, "李四", number)
    assert row.problems == () and person(row).identity.id_value == id_number(2)


@pytest.mark.parametrize(
    ("name", "number"), [(None, "不详"), ("1", None), (None, "990101********0021"), ("无", "无")]
)
def test_a_row_that_names_nobody_is_set_aside(tmp_path: Path, name: object, number: object) -> None:
    row = _one(tmp_path, name, number)
    assert (row.outcome, row.record) == ("set_aside", None)
    assert codes(row) == {"no_person": "row"}
    assert "“姓名”和“身份证号”" in row.problems[0].message


def test_a_name_that_is_missing_or_odd_is_noted_where_the_number_tells(tmp_path: Path) -> None:
    assert codes(_one(tmp_path, None, id_number(2))) == {"name_missing": "note"}
    assert codes(_one(tmp_path, "9", id_number(2))) == {"name_odd": "note"}


def test_error_cells_are_seen_as_errors(tmp_path: Path) -> None:
    row = _one(tmp_path, "李四", "#N/A")
    assert row.outcome == "kept"
    assert codes(row) == {"error_cell": "cell"}


def test_a_bad_optional_cell_is_left_out_and_the_row_kept(tmp_path: Path) -> None:
    table = [HOUSEHOLD, household_row(最初享受月份="2024年13月")]
    (row,) = rows(xlsx(tmp_path / "农村低保202610.xlsx", ("S", table)))
    assert (row.outcome, codes(row)) == ("kept", {"bad_month": "cell"})
    assert "2024" not in row.problems[0].message and row.problems[0].value == "2024年13月"


def test_lines_that_are_no_data_are_skipped(tmp_path: Path) -> None:
    lines: list[list[object]] = [
        ["张三", "6217000000000000001", 100, "成功", None, "2026-09-10", "S1"],
        [],
        ["本页小计", None, 100],
        ["示例区2026年9月代发回盘"],
        BANK,
        ["1", "2", "3", "4", "5", "6", "7"],
        [None, None, "元"],
        ["合计：", None, 100],
        ["制表人：甲　　审核人：乙"],
        ["填报单位（盖章）"],
        ["注：1.本表一式两份"],
        ["2026年9月  日"],
    ]
    path = xlsx(tmp_path / "回盘.xlsx", ("S", [["示例区2026年9月代发回盘"], BANK, *lines]))
    assert [row.outcome for row in rows(path)] == ["kept"] + ["skipped"] * (len(lines) - 1)
    assert [row.problems for row in rows(path) if row.problems] == []


def test_people_are_not_taken_for_totals_or_signatures(tmp_path: Path) -> None:
    table = [UNEMPLOYED, ["合计明", id_number(1), "2026-09-01"], ["单位华", None, "2026-09-01"]]
    assert [row.outcome for row in rows(text_file(tmp_path / "失业202609.csv", table))] == ["kept", "kept"]


def test_an_office_that_is_paid_is_not_taken_for_a_signature(tmp_path: Path) -> None:
    (row,) = _bank(tmp_path, _paid("财政所", 100))
    assert row.outcome == "kept"


def _bank(tmp_path: Path, *lines: list[object]):  # type: ignore[no-untyped-def]
    return rows(xlsx(tmp_path / "回盘202609.xlsx", ("S", [BANK, *lines])))


def _paid(name: str, yuan: object) -> list[object]:
    return [name, "6217000000000000001", yuan, "成功", None, "2026-09-10", name]


def test_printed_totals_are_held_against_the_rows_above_them(tmp_path: Path) -> None:
    found = _bank(
        tmp_path,
        _paid("张三", 100.5),
        _paid("李四", 200),
        ["小计", None, 300.5],
        _paid("王五", 50),
        ["小计", None, 60],
        ["总计", None, 350.5],
        ["合计", None, 999],
    )
    assert [codes(row) for row in found] == [
        {},
        {},
        {},
        {},
        {"total_mismatch": "note"},
        {},
        {"total_mismatch": "note"},
    ]
    message = found[4].problems[0].message
    assert "60.00元" in message and "50.00元" in message and "10.00元" in message
    assert found[4].problems[0].column == "C"


def test_a_total_is_known_by_its_word_behind_any_number_of_sums(tmp_path: Path) -> None:
    sums = ["医疗费总额", "个人负担总金额", "个人自付", "符合范围金额"]
    table: list[list[object]] = [[*sums, "结算时间", "姓名", "证件号码"]]
    table += [["1,200.50", "¥300.00", "80.25", "700", "2026-09-01", "李四", id_number(2)]]
    table += [["1,200.50", "¥300.00", "80.25", "700元", "", "合计", ""]]
    for row in (table, [[*line[:4], *line[5:], line[4]] for line in table]):
        read_ = rows(text_file(tmp_path / "医保结算明细202609.csv", row))
        assert [one.outcome for one in read_] == ["kept", "skipped"]
        assert read_[1].problems == ()


def test_rows_that_were_set_aside_still_count_in_a_printed_total(tmp_path: Path) -> None:
    found = _bank(tmp_path, _paid("张三", 100), _paid("", 50), ["合计", None, 150])
    assert [row.outcome for row in found] == ["kept", "set_aside", "skipped"]
    assert found[2].problems == ()


def test_the_original_cells_stay_as_they_were_written(tmp_path: Path) -> None:
    line = [" 李 四", "'" + id_number(2), "2026/9/1", "", ""]
    (row,) = rows(text_file(tmp_path / "失业202609.csv", [UNEMPLOYED, line]))
    assert row.cells == (" 李 四", "'" + id_number(2), "2026/9/1")
    assert row.row == 2


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    reading = read(
        xlsx(tmp_path / "农村低保202610.xlsx", ("S", [HOUSEHOLD, household_row(), household_row()]))
    )
    assert list(reading.rows(0)) == list(reading.rows(0))
    assert len(list(reading.rows(0))) == 2


def test_two_persons_in_one_row_are_set_aside(tmp_path: Path) -> None:
    row = _one(tmp_path, "李四 王五", f"{id_number(2)} {id_number(3)}")
    assert (row.outcome, row.problems[0].code) == ("set_aside", "persons_several")


def test_a_second_number_in_the_cell_makes_neither_valid(tmp_path: Path) -> None:
    row = _one(tmp_path, "李 四", f"{id_number(3)}\n{id_number(2)}")
    assert (row.outcome, codes(row)) == ("kept", {"id_several": "note"})
    assert person(row).identity.id_kind == "other"


@pytest.mark.parametrize("number", [f"身份证{id_number(2)}", f"{id_number(2)}。", f"{id_number(2)}/残"])
def test_words_around_a_number_are_left_out_with_a_note(tmp_path: Path, number: str) -> None:
    row = _one(tmp_path, "李四", number)
    assert codes(row) == {"id_wrapped": "note"}
    assert (person(row).identity.id_kind, person(row).identity.id_value) == ("valid", id_number(2))


def test_a_day_that_says_for_good_is_quoted_not_called_missing(tmp_path: Path) -> None:
    row = _one(tmp_path, "李四", id_number(2), "长期")
    assert (row.outcome, codes(row)) == ("set_aside", {"value_missing": "row"})
    assert "“长期”" in row.problems[0].message and "没有填写" not in row.problems[0].message


def test_remarks_and_subtotals_without_their_word_are_no_data(tmp_path: Path) -> None:
    subtotal = [None, None, 4, 1000, None, None, 1042]
    wrong = [None, None, 4, 1000, None, None, 1000]
    table = [
        *(HOUSEHOLD, household_row(), household_row(户主身份证号=id_number(3)), subtotal),
        *(["以上共2户，请审核"], ["2.请于10日前上报"], [None, "请审核"], wrong),
        ["合计", None, 4, 1000, None, None, 1042],
        *(["公示时间：2026年9月1日至9月7日"], [None, "监督电话：0531-1234567"]),
    ]
    found = rows(xlsx(tmp_path / "农村低保家庭_202610.xlsx", ("S", table)))
    assert [row.outcome for row in found] == ["kept", "kept", *["skipped"] * 8]
    assert [codes(row) for row in found[2:8]] == [{}, {}, {}, {}, {"total_mismatch": "note"}, {}]


def test_a_row_with_an_account_or_a_number_of_its_own_is_no_subtotal(tmp_path: Path) -> None:
    header = ["序号", *HOUSEHOLD]
    blank = {"户主姓名": None, "户主身份证号": None, "所属街道": None, "所属社区": None}
    table = [header, [1, *household_row()], [2, *household_row(**blank)]]
    found = rows(xlsx(tmp_path / "农村低保家庭_202610.xlsx", ("S", table)))
    assert [row.outcome for row in found] == ["kept", "set_aside"]


def test_a_formula_that_was_never_worked_out_is_told(tmp_path: Path) -> None:
    table = [HOUSEHOLD, household_row(**{"合计（元）": "=D2+E2"}), [*[None] * 6, "=D3+E3"], household_row()]
    kept_row, empty, _ = rows(xlsx(tmp_path / "农村低保家庭_202610.xlsx", ("S", table)))
    assert codes(kept_row) == {"formula_uncomputed": "cell"}
    assert "保存后再导入" in kept_row.problems[0].message and kept_row.problems[0].column == "G"
    assert empty.outcome == "skipped"
