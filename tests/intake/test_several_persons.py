"""Several persons in one row: co-owners in one cell, members in columns of their own; and what is noted of one."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import HOUSEHOLD, TEMPLATES, TODAY, household_row, id_number, text_file, xlsx
from openpyxl import load_workbook

from aidcli.errors import AidError
from aidcli.intake import open_file
from aidcli.model import RowRead

OWNERS = ["权利人", "权利人证件号", "坐落", "建筑面积（平方米）", "登记时间"]


def _read(path: Path, rows: list[list[object]], source: str) -> list[RowRead]:
    text_file(path, rows)
    return list(open_file(path, TEMPLATES, source=source, period="2026-09", today=TODAY).rows(0))


def test_co_owners_in_one_cell_each_have_the_house(tmp_path: Path) -> None:
    row = ["张三丰、李四海", f"{id_number(1)}、{id_number(2)}", "幸福路1号", "80.5", "2020-01-02"]
    (read,) = _read(tmp_path / "a.csv", [OWNERS, row], "real_estate_register")
    assert read.record is not None
    assert [(p.role, p.ordinal, p.identity.name, p.identity.id_value) for p in read.record.persons] == [
        ("subject", 0, "张三丰", id_number(1)),
        ("subject", 1, "李四海", id_number(2)),
    ]
    houses = [(f.person, f.text, f.num) for f in read.record.facts if f.kind == "real_estate"]
    assert houses == [(0, "幸福路1号", 8050), (1, "幸福路1号", 8050)]


def test_co_owners_whose_names_and_numbers_do_not_agree_are_set_aside(tmp_path: Path) -> None:
    row = ["张三丰、李四海、王五岳", f"{id_number(1)}、{id_number(2)}", "幸福路1号", "80.5", "2020-01-02"]
    (read,) = _read(tmp_path / "a.csv", [OWNERS, row], "real_estate_register")
    assert read.outcome == "set_aside"
    assert read.problems[0].code == "persons_several"


def test_two_persons_share_no_bill(tmp_path: Path) -> None:
    headings = ["姓名", "证件号码", "结算时间", "医疗费总额", "个人负担总金额"]
    row = ["张三丰、李四海", f"{id_number(1)}、{id_number(2)}", "2026-09-01", "80.5", "10"]
    (read,) = _read(tmp_path / "a.csv", [headings, row], "medical_settlement")
    assert read.outcome == "set_aside"
    assert "拆成一人一行" in read.problems[0].message


def test_members_in_columns_of_their_own_join_the_household(tmp_path: Path) -> None:
    own = [heading for heading in HOUSEHOLD if not heading.startswith("家庭成员")]
    headings = [
        *own,
        "成员1姓名",
        "成员1身份证号",
        "成员1与户主关系",
        "成员2姓名",
        "成员2身份证号",
        "成员2与户主关系",
    ]
    cells = dict(zip(HOUSEHOLD, household_row(), strict=True))
    row = [cells[heading] for heading in own] + ["李四海", id_number(2), "配偶", "张小丰", "", "长子"]
    alone = [cells[heading] for heading in own]
    alone[own.index("户主身份证号")] = id_number(7)
    first, second = _read(tmp_path / "a.csv", [headings, row, alone], "dibao_rural_household")
    assert first.record is not None and second.record is not None
    assert [(p.role, p.identity.name) for p in first.record.persons] == [
        ("head", "张三丰"),
        ("member", "李四海"),
        ("member", "张小丰"),
    ]
    told = {f.person: f.text for f in first.record.facts if f.kind == "member"}
    assert told == {1: "配偶", 2: "长子"}
    heads = {f.person: f.text for f in first.record.facts if f.kind == "head"}
    assert heads == {0: id_number(1), 1: id_number(1), 2: id_number(1)}
    assert [p.role for p in second.record.persons] == ["head"]


def test_words_beside_a_number_and_hidden_letters_of_a_name_are_noted(tmp_path: Path) -> None:
    headings = ["姓名", "证件号码", "结算时间", "医疗费总额", "个人负担总金额"]
    rows: list[list[object]] = [
        headings,
        ["张三丰", f"{id_number(1)}（已故）", "2026-09-01", "80.5", "10"],
        ["张*丰", id_number(2), "2026-09-01", "80.5", "10"],
        ["张\ue000丰", id_number(3), "2026-09-01", "80.5", "10"],
    ]
    reads = _read(tmp_path / "a.csv", rows, "medical_settlement")
    assert [[p.code for p in read.problems] for read in reads] == [
        ["id_noted"],
        ["name_masked"],
        ["name_private"],
    ]
    assert "已故" in reads[0].problems[0].message
    assert [read.outcome for read in reads] == ["kept"] * 3


def test_a_card_that_lost_its_last_digits_as_a_number_is_noted_and_never_completed(tmp_path: Path) -> None:
    headings = ["姓名", "身份证号", "残疾人证号", "残疾类别", "残疾等级"]
    card = int(id_number(1)[:17] + "042")
    path = xlsx(
        tmp_path / "持证残疾人名单.xlsx", ("名单", [headings, ["张三丰", None, card, "肢体", "二级"]])
    )
    reading = open_file(path, TEMPLATES, source="disabled_persons", period="2026-09", today=TODAY)
    (read,) = reading.rows(0)
    assert read.record is not None
    identity = read.record.persons[0].identity
    assert (identity.id_kind, identity.id_value) == ("cut", id_number(1)[:15])
    assert [problem.code for problem in read.problems] == ["card_cut"]


def test_another_table_far_below_the_first_is_refused(tmp_path: Path) -> None:
    rows: list[list[object]] = [["姓名", "证件号码", "结算时间", "医疗费总额", "个人负担总金额"]]
    rows += [["张三丰", id_number(number), "2026-09-01", "80.5", "10"] for number in range(1, 200)]
    rows += [[], ["姓名", "证件号码", "结算时间", "个人负担总金额", "医疗费总额"]]
    rows += [["李四海", id_number(300), "2026-09-01", "10", "80.5"]]
    with pytest.raises(AidError) as refused:
        _read(tmp_path / "a.csv", rows, "medical_settlement")
    assert (refused.value.code, refused.value.row) == ("second_table", 202)


def test_lines_of_counts_and_titles_of_blocks_are_nobody(tmp_path: Path) -> None:
    rows: list[list[object]] = [["姓名", "证件号码", "结算时间", "医疗费总额", "个人负担总金额"]]
    rows += [["一、住院（普通）"], ["张三丰", id_number(1), "2026-09-01", "80.5", "10"]]
    rows += [["（二）门诊慢病"], ["李四海", id_number(2), "2026-09-01", "80.5", "10"]]
    rows += [["总笔数：2", "总金额：161.00"]]
    reads = _read(tmp_path / "a.csv", rows, "medical_settlement")
    assert [read.outcome for read in reads] == ["skipped", "kept", "skipped", "kept", "skipped"]


def test_hidden_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    rows = [["姓名", "证件号码", "结算时间", "医疗费总额", "个人负担总金额"]]
    rows += [["张三丰", id_number(number), "2026-09-01", "80.5", "10"] for number in range(1, 5)]
    path = xlsx(tmp_path / "医保结算明细.xlsx", ("明细", rows))
    book = load_workbook(path)
    book["明细"].row_dimensions[3].hidden = True
    book["明细"].column_dimensions["E"].hidden = True
    book.save(path)
    reading = open_file(path, TEMPLATES, source="medical_settlement", period="2026-09", today=TODAY)
    reads = list(reading.rows(0))
    assert [read.outcome for read in reads] == ["kept"] * 4
    notes = {problem.code: problem.message for read in reads for problem in read.problems}
    assert "第3行" in notes["hidden_rows"] and "E列" in notes["hidden_columns"]


def test_an_error_cell_in_the_relation_stops_nothing(tmp_path: Path) -> None:
    headings = ["姓名", "身份证号", "户主身份证号", "与户主关系", "低保证号"]
    rows: list[list[object]] = [headings]
    rows += [["张三丰", id_number(number), id_number(number), "本人", f"D{number}"] for number in range(1, 9)]
    rows[4][3] = "#N/A"
    text_file(tmp_path / "a.csv", rows)
    reading = open_file(
        tmp_path / "a.csv", TEMPLATES, source="dibao_rural_person", period="2026-09", today=TODAY
    )
    (block,) = reading.blocks(0)
    assert block.plain is not None
    odd = [read for _, read in block.odd]
    assert len(block.plain.rows) + len(odd) == 8
    assert "error_cell" in [problem.code for read in odd for problem in read.problems]
