"""Rosters in blocks: the head's cells merged over the rows of the household, members (the head too) row by row."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_notation import told
from intake_files import codes, facts, id_number, read, rows, text_file, xlsx

ACCOUNT = "6217000000000000001"


def _block(path: Path, title: str, sums: tuple[str, str], repeated: bool = False) -> Path:
    table: list[list[object]] = [
        [title],
        ["编号", "村（居）", "户主", "", "家庭成员", "", "", "保障人口", "人均补差", *sums, "账号"],
        ["", "", "姓名", "身份证号", "与户主关系", "姓名", "身份证号", "", "", "", "", ""],
    ]
    merges = ["C2:D2", "E2:G2"]
    for number, (head, members) in enumerate(
        ((("张三丰", 1), [("配偶", "李四", 2)]), (("王五", 3), [("之子", "王小五", 4)]))
    ):
        own: list[object] = [number + 1, "东塘村", head[0], id_number(head[1])]
        rest: list[object] = [2, 310, 651, 50, ACCOUNT]
        merges += [f"{letter}{len(table) + 1}:{letter}{len(table) + 2}" for letter in "ABCDHIJKL"]
        table.append([*own, "户主", *own[2:], *rest])
        for relation, name, member in members:
            left, right = (own, rest) if repeated else ([""] * 4, [""] * 5)
            table.append([*left, relation, name, id_number(member), *right])
    if not repeated:
        table.append(["小计", "2户", "", "", "", "", "", 4, "", 1302, 100, ""])
    return xlsx(path, ("S", table), merges=() if repeated else merges)


@pytest.mark.parametrize("repeated", [False, True])
def test_dibao_in_blocks(tmp_path: Path, repeated: bool) -> None:
    path = tmp_path / "农村低保_202609.xlsx"
    reading, lines = told(
        _block(path, "农村最低生活保障对象花名册", ("月保障金额", "其中分类施保金"), repeated)
    )
    assert reading.template.key == "dibao_register"
    assert lines[:12] == [
        "head 张三丰 #1 东塘村",
        "  enrolled ×2 =dibao",
        "  member =dibao “户主”",
        "  head =valid “990101196001010015”",
        "  residence =rural",
        "  amount 5000分 =category_supplement",
        "  amount 60100分 =base",
        "  amount 65100分 =total",
        "  account “6217000000000000001”",
        "member 李四 #2 东塘村",
        "  member =dibao “配偶”",
        "  head =valid “990101196001010015”",
    ]
    assert not any("!" in line or line.startswith("-") for line in lines)


@pytest.mark.parametrize(
    ("name", "title", "sums", "source", "programme"),
    [
        ("特困_202609.xlsx", "特困供养人员花名册", ("基本生活费", "照料护理费"), "tekun_family", "tekun"),
        (
            "边缘_202609.xlsx",
            "低保边缘家庭花名册",
            ("家庭月收入", "人均月收入"),
            "dibao_margin",
            "dibao_margin",
        ),
    ],
)
def test_other_programmes_in_blocks(
    tmp_path: Path, name: str, title: str, sums: tuple[str, str], source: str, programme: str
) -> None:
    path = _block(tmp_path / name, title, sums)
    reading = read(path)
    assert reading.template.key == source
    kept = [row for row in reading.rows(0) if row.outcome == "kept"]
    assert [len(facts(row, "enrolled")) for row in kept] == [1, 0, 1, 0]
    assert [facts(row, "member")[0].code for row in kept] == [programme] * 4
    assert {facts(row, "head")[0].text for row in kept[:2]} == {id_number(1)}


def test_a_roster_of_households_with_their_members_in_one_cell_stays_one(tmp_path: Path) -> None:
    table = [
        [
            "户主姓名",
            "户主身份证号",
            "家庭成员姓名",
            "家庭成员身份证号",
            "与户主关系",
            "保障人口数",
            "月保障金额",
        ],
        ["张三丰", id_number(1), "李四", id_number(2), "妻", 2, 500],
        ["王五", id_number(3), "王小五", id_number(4), "子", 2, 500],
    ]
    reading = read(xlsx(tmp_path / "农村低保家庭_202609.xlsx", ("S", table)))
    assert reading.template.key == "dibao_rural_household"


def test_a_part_that_the_sum_holds_already_is_not_added_to_it_once_more(tmp_path: Path) -> None:
    headings = ["户主姓名", "户主身份证号", "保障人口数", "月保障金额", "其中：分类施保金"]
    table = [
        headings,
        *([f"张{n}丰", id_number(n), 2, 651, part] for n, part in ((1, 50), (2, ""), (3, 0), (4, 700))),
    ]
    path = text_file(tmp_path / "农村低保家庭_202609.csv", table)
    sums = [
        [(fact.code, fact.fen) for fact in facts(row, "amount") if fact.code in ("base", "total")]
        for row in rows(path)
    ]
    whole = ("total", 65100)
    assert sums == [
        [("base", 60100), whole],
        [("base", 65100), whole],
        [("base", 65100), whole],
        [("base", 65100), whole],
    ]


def test_a_sum_a_head_beside_the_sum_of_the_household_leaves_no_doubt(tmp_path: Path) -> None:
    table = [
        ["户主姓名", "户主身份证号", "保障人口数", "人均补差", "月保障金额"],
        ["张三丰", id_number(1), 2, 310, 620],
    ]
    (row,) = rows(xlsx(tmp_path / "农村低保家庭_202609.xlsx", ("S", table)))
    assert codes(row) == {}
    assert [fact.fen for fact in facts(row, "amount") if fact.code == "total"] == [62000]
