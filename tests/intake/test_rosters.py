"""Rosters: the facts of households and persons, members in one cell, members under their head."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import (
    HOUSEHOLD,
    MARGIN,
    codes,
    facts,
    household_row,
    id_number,
    kept,
    person,
    read,
    rows,
    text_file,
    xlsx,
)

NAME = "农村低保家庭_202610.xlsx"
PERSON = [
    *("姓名", "身份证号", "户主身份证号", "与户主关系", "是否残疾人", "残疾证号", "残疾类别", "残疾等级"),
    *("人员分类施保金额（元）", "户月保障金额（元）", "合计（元）"),
]


def _household(tmp_path: Path, **cells: object):  # type: ignore[no-untyped-def]
    (row,) = kept(xlsx(tmp_path / NAME, ("Sheet1", [HOUSEHOLD, household_row(**cells)])))
    return row


def test_a_household_row_yields_the_enrolment_and_the_money(tmp_path: Path) -> None:
    row = _household(
        tmp_path,
        **{"家庭分类施保总额（元）": 10, "人员分类施保总额（元）": 11, "银行帐号": "6217000000000000001"},
        **{
            "银行账户名称": "张三丰",
            "开户银行": "示例银行",
            "低保（特困）证号": "990101000000001",
            "最初享受月份": "202407",
        },
    )
    assert person(row).role == "head"
    enrolled = facts(row, "enrolled")[0]
    assert (enrolled.code, enrolled.num, enrolled.month, enrolled.text) == ("dibao", 2, "2026-10", "")
    amounts = [(fact.code, fact.fen) for fact in facts(row, "amount")]
    assert sorted(amounts) == [
        ("base", 50000), ("category_supplement", 1000), ("category_supplement", 1100), ("total", 52100)
    ]  # fmt: skip
    assert len({fact.n for fact in facts(row, "amount")}) == 4
    assert [(f.text, f.code) for f in facts(row, "account")] == [("6217000000000000001", "示例银行")]
    assert facts(row, "account_holder")[0].text == "张三丰"
    assert facts(row, "case")[0].text == "990101000000001"
    assert facts(row, "since")[0].month == "2024-07"
    assert (facts(row, "head")[0].text, facts(row, "head")[0].code) == (id_number(1), "valid")
    assert facts(row, "residence")[0].code == "rural"


def test_identity_is_canonical(tmp_path: Path) -> None:
    row = _household(
        tmp_path, 户主姓名=" 张　三（已故）", 户主身份证号=id_number(1).lower(), 所属街道="河东镇 "
    )
    identity = person(row).identity
    assert (identity.name, identity.id_kind, identity.id_value) == ("张三", "valid", id_number(1))
    assert (identity.birth, identity.sex, identity.township, identity.village) == (
        "1960-01-01", "male", "河东镇", "东村"
    )  # fmt: skip
    assert codes(row) == {"name_note": "note"}


@pytest.mark.parametrize("separator", ["；", ";", "、", ",", "，", "\n", "；\n"])
def test_members_in_one_cell_become_persons(tmp_path: Path, separator: str) -> None:
    row = _household(
        tmp_path,
        家庭成员姓名=separator.join(["张三丰", "李四", "王 五"]),
        家庭成员身份证号=separator.join([id_number(1), id_number(2), id_number(3)]),
    )
    assert row.record is not None
    named = [(p.role, p.ordinal, p.identity.name) for p in row.record.persons]
    assert named == [("head", 0, "张三丰"), ("member", 0, "李四"), ("member", 1, "王五")]
    assert row.record.persons[1].identity.village == "东村"
    assert [fact.code for fact in facts(row, "member", 1)] == ["dibao"]
    assert facts(row, "head", 2)[0].text == id_number(1)


def test_members_whose_names_and_numbers_do_not_count_the_same_are_left_out(tmp_path: Path) -> None:
    row = _household(tmp_path, 家庭成员姓名="李四；王五", 家庭成员身份证号=id_number(2))
    assert row.record is not None and len(row.record.persons) == 1
    assert codes(row) == {"members_mismatch": "cell"}


@pytest.mark.parametrize("nobody", ["无", "—", " ", "；"])
def test_a_cell_that_says_there_are_no_members_makes_none(tmp_path: Path, nobody: str) -> None:
    row = _household(tmp_path, 家庭成员姓名=nobody, 家庭成员身份证号=nobody)
    assert row.record is not None and len(row.record.persons) == 1
    assert row.problems == ()


def test_a_head_listed_among_the_members_with_a_cut_number_counts_once(tmp_path: Path) -> None:
    row = _household(
        tmp_path,
        户主身份证号=float(id_number(1)[:15] + "000"),
        家庭成员姓名="张三丰；李四",
        家庭成员身份证号=f"{id_number(1)}；{id_number(2)}",
    )
    assert row.record is not None
    assert [p.identity.name for p in row.record.persons] == ["张三丰", "李四"]
    assert person(row).identity.id_value == id_number(1)[:15]


def test_an_unreadable_total_is_left_out_and_the_household_kept(tmp_path: Path) -> None:
    row = _household(tmp_path, **{"合计（元）": "五百元整"})
    assert "total" not in [fact.code for fact in facts(row, "amount")]
    assert codes(row) == {"bad_money": "cell"}
    assert row.problems[0].column == "G" and "合计（元）" in row.problems[0].message


def test_without_a_column_of_totals_the_monthly_sum_is_the_total(tmp_path: Path) -> None:
    dropped = ("合计（元）", "家庭分类施保总额（元）", "人员分类施保总额（元）")
    places = [place for place, name in enumerate(HOUSEHOLD) if name not in dropped]
    table = [[line[place] for place in places] for line in (HOUSEHOLD, household_row())]
    (row,) = kept(xlsx(tmp_path / NAME, ("Sheet1", table)))
    assert {fact.code: fact.fen for fact in facts(row, "amount")} == {"base": 50000, "total": 50000}


def test_a_sum_is_not_taken_for_the_total_where_supplements_stand_beside_it(tmp_path: Path) -> None:
    places = [place for place, name in enumerate(HOUSEHOLD) if name != "合计（元）"]
    line = household_row(**{"人员分类施保总额（元）": 11})
    table = [[cells[place] for place in places] for cells in (HOUSEHOLD, line)]
    (row,) = kept(xlsx(tmp_path / NAME, ("Sheet1", table)))
    assert "total" not in [fact.code for fact in facts(row, "amount")]


def _person(tmp_path: Path, *cells: object):  # type: ignore[no-untyped-def]
    (row,) = kept(xlsx(tmp_path / "农村低保人员_202610.xlsx", ("Sheet1", [PERSON, list(cells)])))
    return row


def test_a_person_row_says_whose_household_it_is_and_brings_no_household_money(tmp_path: Path) -> None:
    row = _person(tmp_path, "李四", id_number(2), id_number(1), "妻子", "否", None, None, None, 88, 500, 600)
    assert person(row).role == "member"
    assert facts(row, "member")[0].text == "妻子"
    assert facts(row, "head")[0].text == id_number(1)
    assert [(fact.code, fact.fen) for fact in facts(row, "amount")] == [("category_supplement", 8800)]
    assert facts(row, "disability") == [] and facts(row, "enrolled") == []


def test_the_head_s_own_row_in_the_person_sheet_is_the_head_s(tmp_path: Path) -> None:
    assert person(_person(tmp_path, "张三", id_number(1), id_number(1), "户主")).role == "head"


def test_the_card_s_last_digits_fill_in_category_and_grade(tmp_path: Path) -> None:
    row = _person(tmp_path, "李四", id_number(2), id_number(1), "妻子", "是", id_number(2) + "62")
    assert [(f.code, f.num) for f in facts(row, "disability")] == [("mental", 2)]


def test_a_card_that_says_otherwise_is_noted_and_the_column_kept(tmp_path: Path) -> None:
    row = _person(
        tmp_path, "李四", id_number(2), id_number(1), "妻子", "是", id_number(2) + "62", "肢体", "二级"
    )
    assert [(f.code, f.num) for f in facts(row, "disability")] == [("limb", 2)]
    assert codes(row) == {"disability_mismatch": "note"}


def test_a_person_without_a_head_s_number_is_noted(tmp_path: Path) -> None:
    row = _person(tmp_path, "李四", id_number(2), None, "妻子")
    assert codes(row) == {"head_missing": "note"}
    assert facts(row, "head") == []


def _margin(tmp_path: Path, *lines: list[object], merges: tuple[str, ...] = ()):  # type: ignore[no-untyped-def]
    return rows(xlsx(tmp_path / "低保边缘_2026年10月.xlsx", ("S", [MARGIN, *lines]), merges=merges))


def test_members_listed_under_their_head_belong_to_that_household(tmp_path: Path) -> None:
    found = _margin(
        tmp_path,
        ["河东镇", "东村", "A01", "张三", id_number(1), "户主", 2],
        [None, None, None, "李四", id_number(2), "妻子", None],
        ["河东镇", "西村", "A02", "王五", id_number(3), "本人", 1],
    )
    roles = [person(row).role for row in found]
    assert roles == ["head", "member", "head"]
    assert [len(facts(row, "enrolled")) for row in found] == [1, 0, 1]
    assert (person(found[1]).identity.township, person(found[1]).identity.village) == ("河东镇", "东村")
    assert facts(found[1], "case")[0].text == "A01"
    assert facts(found[1], "head")[0].text == id_number(1)
    assert facts(found[1], "household_size") == []


def test_vertically_merged_cells_speak_for_all_their_rows(tmp_path: Path) -> None:
    found = _margin(
        tmp_path,
        ["河东镇", "东村", "A01", "张三", id_number(1), "户主", 1],
        [None, None, "A02", "王五", id_number(3), "户主", 1],
        [None, None, "A03", "赵六", id_number(5), "户主", 1],
        merges=("A2:A4", "B2:B3"),
    )
    places = [(person(row).identity.township, person(row).identity.village) for row in found]
    assert places == [("河东镇", "东村"), ("河东镇", "东村"), ("河东镇", "")]


def test_members_after_a_head_who_was_set_aside_join_nobody(tmp_path: Path) -> None:
    found = _margin(
        tmp_path,
        ["河东镇", "东村", "A01", "张三", id_number(1), "户主", 1],
        ["河东镇", "东村", "A02", None, "不详", "户主", 2],
        [None, None, None, "李四", id_number(2), "妻子", None],
    )
    assert [row.outcome for row in found] == ["kept", "set_aside", "kept"]
    assert codes(found[2]) == {"head_missing": "note"}
    assert facts(found[2], "head") == []


def test_a_member_with_another_case_number_does_not_join_the_head_above(tmp_path: Path) -> None:
    found = _margin(
        tmp_path,
        ["河东镇", "东村", "A01", "张三", id_number(1), "户主", 1],
        [None, None, "A02", "李四", id_number(2), "妻子", None],
    )
    assert "head_missing" in codes(found[1])
    assert facts(found[1], "case")[0].text == "A02"


def test_destitute_persons_bring_mode_grade_institution_and_carer(tmp_path: Path) -> None:
    homes = [
        "户主姓名",
        "户主身份证号",
        "特困人员数",
        "供养方式",
        "户籍类型",
        "基本生活总费用（元）",
        "照料护理总费用（元）",
        "合计（元）",
    ]
    people = [
        "姓名",
        "身份证号",
        "户主身份证号",
        "与户主关系",
        "生活自理能力",
        "供养机构",
        "照料人姓名",
        "照料人身份证号",
        "供养方式",
    ]
    (home,) = kept(
        xlsx(
            tmp_path / "特困人员家庭_202610.xlsx",
            ("S", [homes, ["赵六", id_number(7), 1, "集中供养", "农村", 900, 300, 1200]]),
        )
    )
    (row,) = kept(
        xlsx(
            tmp_path / "特困人员人员_202610.xlsx",
            (
                "S",
                [
                    people,
                    [
                        "赵六",
                        id_number(7),
                        id_number(7),
                        "户主",
                        "全护理",
                        "敬老院",
                        "钱七",
                        id_number(9),
                        "集中",
                    ],
                ],
            ),
        )
    )
    assert facts(home, "enrolled")[0].text == "institution"
    assert {fact.code: fact.fen for fact in facts(home, "amount")} == {
        "living": 90000,
        "care": 30000,
        "total": 120000,
    }
    assert facts(home, "residence")[0].code == "rural"
    assert facts(row, "care_grade")[0].code == "dependent"
    assert facts(row, "institution")[0].text == "敬老院"
    assert (person(row, 1).role, person(row, 1).identity.name) == ("carer", "钱七")


def test_a_csv_of_members_reads_like_the_workbook(tmp_path: Path) -> None:
    lines = [
        ["河东镇", "东村", "A01", "张三", id_number(1), "户主", 2],
        ["", "", "", "李四", id_number(2), "妻子", ""],
    ]
    book = [row.record for row in _margin(tmp_path, *lines)]
    text = text_file(tmp_path / "低保边缘_2026年10月.csv", [MARGIN, *lines], encoding="gb18030")
    assert [row.record for row in rows(text)] == book
    assert read(text).template.key == "dibao_margin"


@pytest.mark.parametrize(
    ("relation", "role"),
    [
        ("户主（已故）", "head"),
        ("本人（户主）", "head"),
        ("户主(女)", "head"),
        ("户主【外出】", "head"),
        ("妻（户主）", "member"),
        ("户主（之妻）", "member"),
    ],
)
def test_a_note_behind_the_relation_hides_no_head(tmp_path: Path, relation: str, role: str) -> None:
    found = _margin(
        tmp_path,
        ["河东镇", "东村", "A01", "张三", id_number(1), "户主", 1],
        ["河东镇", "东村", None, "李四", id_number(2), relation, 1],
    )
    assert person(found[1]).role == role


def test_members_separated_by_blanks_are_several_persons(tmp_path: Path) -> None:
    row = _household(tmp_path, 家庭成员姓名="李四 王五", 家庭成员身份证号=f"{id_number(2)} {id_number(3)}")
    assert row.record is not None
    named = [(p.identity.name, p.identity.id_value) for p in row.record.persons[1:]]
    assert named == [("李四", id_number(2)), ("王五", id_number(3))]


def test_a_case_number_kept_as_a_number_makes_no_case(tmp_path: Path) -> None:
    row = _household(tmp_path, **{"低保（特困）证号": 990101202400000101})
    assert codes(row) == {"case_cut": "cell"} and facts(row, "case") == []


def test_a_township_s_office_counts_as_the_township(tmp_path: Path) -> None:
    row = _household(tmp_path, 所属街道="河东镇人民政府")
    assert person(row).identity.township == "河东镇"


def test_words_around_a_member_s_number_are_noted(tmp_path: Path) -> None:
    row = _household(tmp_path, 家庭成员姓名="李四", 家庭成员身份证号=f"身份证{id_number(2)}")
    assert person(row, 1).identity.id_value == id_number(2)
    assert codes(row) == {"id_wrapped": "note"}
