"""Units and periods of money, and the rows under a header that are no data."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import HOUSEHOLD, codes, facts, household_row, id_number, kept, person, rows, xlsx

from aidcli.errors import AidError
from aidcli.intake import load_templates, open_file
from aidcli.intake.headers.headings import Vocabulary, find_header
from aidcli.intake.rows.skiprows import is_column_numbers, is_hint_row, is_repeated_header

from intake_files import TODAY  # isort: skip

NAME = "农村低保家庭_202610.xlsx"


def _unit(path: list[str], below: list[str] | None = None, above: list[str] | None = None) -> str | None:
    """The unit of a column `total` under these headings; None where it is not taken."""
    words = Vocabulary.of({"name": ["姓名"], "id": ["身份证号"], "total": ["合计"]}, [], {})
    grid = [["姓名", "身份证号", path[0]], *(["", "", child, "其中补发"] for child in path[1:])]
    grid = [*([above] if above else []), *grid, *([["", "", *below]] if below else [])]
    data = ["张三", "990101196001010012", "5"]
    match = find_header(words, [(n, tuple(cells)) for n, cells in enumerate([*grid, data], start=1)])
    assert match is not None
    return match.columns["total"].unit if "total" in match.columns else None


@pytest.mark.parametrize(
    ("path", "below", "above", "unit"),
    [
        (["合计（万元）"], None, None, "万元"),
        (["合计"], ["千元"], None, "千元"),
        (["合计"], ["（元）"], None, "元"),
        (["合计"], None, ["单位：万元"], "万元"),
        (["合计"], None, ["填报单位：民政办", "", "计量单位：人、万元"], "万元"),
        (["合计"], None, ["填报单位：元氏镇人民政府"], ""),
        (["合计"], None, ["单位：元"], "元"),
        (["合计（元）"], ["万元"], ["单位：万元"], "元"),
        (["低保金（万元）", "合计"], None, None, "万元"),
        (["低保金（956元/月/人）", "合计"], None, None, ""),
        (["合计（元/年）"], None, None, None),
        (["合计"], ["人"], None, None),
        (["全年", "合计"], None, None, None),
        (["合计（含补发）"], None, None, None),
    ],
)
def test_the_unit_stands_in_the_heading_its_parent_the_row_below_or_the_line_above(
    path: list[str], below: list[str] | None, above: list[str] | None, unit: str | None
) -> None:
    assert _unit(path, below, above) == unit


OWN = """\
key: incomes
label: 收入核对
department: civil_affairs
kind: department
unit: person
fields:
  name: {headings: [姓名], required: true}
  id: {headings: [身份证号], required: true}
  medical_total: {headings: [医疗费总额], needs_unit: true}
"""


def test_money_that_must_name_its_unit_is_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(OWN, encoding="utf-8")
    templates = load_templates([tmp_path])

    def first(heading: str, *below: object, above: str = "") -> object:
        table = [
            *([[above]] if above else []),
            ["姓名", "身份证号", heading],
            *below,
            ["张三", id_number(1), 5],
        ]
        path = xlsx(tmp_path / "核对202609.xlsx", ("S", table))
        return next(iter(open_file(path, templates, today=TODAY).planned))

    bare = first("医疗费总额")
    assert [note.code for note in bare.notes] == ["unit_missing"]  # type: ignore[attr-defined]
    assert "医疗费总额（元）" in bare.notes[0].message  # type: ignore[attr-defined]
    assert "medical_total" not in bare.match.columns  # type: ignore[attr-defined]
    for planned in (
        first("医疗费总额（万元）"),
        first("医疗费总额", ["", "", "万元"]),
        first("医疗费总额", above="单位：万元"),
    ):
        assert planned.match.columns["medical_total"].unit == "万元"  # type: ignore[attr-defined]
        assert planned.notes == ()  # type: ignore[attr-defined]


def test_a_required_sum_without_its_unit_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(
        OWN.replace("needs_unit: true", "needs_unit: true, required: true"), "utf-8"
    )
    path = xlsx(
        tmp_path / "核对202609.xlsx", ("S", [["姓名", "身份证号", "医疗费总额"], ["张三", id_number(1), 5]])
    )
    with pytest.raises(AidError) as caught:
        open_file(path, load_templates([tmp_path]), today=TODAY, source="incomes")
    assert caught.value.code == "wrong_template" and "“医疗费总额（元）”" in caught.value.message


def _with(places: dict[str, str]) -> list[str | None]:
    return [places.get(heading) for heading in HOUSEHOLD]


@pytest.mark.parametrize(
    "below",
    [
        [[str(number) for number in range(1, len(HOUSEHOLD) + 1)]],
        [list("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(HOUSEHOLD)])],
        [["甲", "乙", *(str(number) for number in range(1, len(HOUSEHOLD) - 1))]],
        [_with({"保障人口数": "人", "户月保障金额（元）": "元", "合计（元）": "元"})],
        [
            _with(
                {
                    "户主姓名": "必填",
                    "户主身份证号": "18位",
                    "最初享受月份": "格式：2026-10",
                    "合计（元）": "元",
                }
            )
        ],
        [_with({"户主姓名": "户主姓名全称", "户主身份证号": "身份证", "所属街道": "所属街道全称"})],
        [_with({"户主姓名": "请填写", "合计（元）": "自动计算"})],
        [HOUSEHOLD],
        [[str(number) for number in range(1, len(HOUSEHOLD) + 1)], _with({"合计（元）": "元"})],
    ],
)
def test_what_stands_between_header_and_data_is_no_data(
    tmp_path: Path, below: list[list[str | None]]
) -> None:
    table = [["2026年10月低保名册"], HOUSEHOLD, *below, household_row(), HOUSEHOLD, household_row()]
    found = rows(xlsx(tmp_path / NAME, ("S", table)))
    wanted = ["skipped"] * len(below) + ["kept", "skipped", "kept"]
    assert [row.outcome for row in found] == wanted
    assert codes(found[len(below)]) == {}


def test_a_header_on_two_rows_is_skipped_where_it_comes_again(tmp_path: Path) -> None:
    upper = ["户主", None, "保障人数", "月保障金"]
    lower = ["姓名", "身份证号", None, None]
    line = [["张三", id_number(n), 1, 500] for n in (1, 3)]
    found = rows(xlsx(tmp_path / NAME, ("S", [upper, lower, line[0], upper, lower, line[1]])))
    assert [row.outcome for row in found] == ["kept", "skipped", "skipped", "kept"]


@pytest.mark.parametrize(
    "cells",
    [
        ["张三", "990101196001010012", "1", "500"],
        ["姓张", "", "", "金额不详"],
        ["1", "2", "张三", "4"],
        ["甲", "", "李四", ""],
    ],
)
def test_people_are_no_hints_and_no_numbers(cells: list[str]) -> None:
    header = ["姓名", "身份证号", "人数", "金额"]
    assert not (is_hint_row(cells, header) or is_column_numbers(cells) or is_repeated_header(cells, header))


def test_a_household_in_ten_thousands_is_read_in_yuan(tmp_path: Path) -> None:
    header = ["合计" if heading == "合计（元）" else heading for heading in HOUSEHOLD]
    table = [["填报单位：某镇", "单位：人、万元"], header, household_row(**{"合计（元）": 0.0521})]
    (row,) = kept(
        xlsx(
            tmp_path / NAME,
            ("S", [table[0], table[1], [*household_row()[:6], "0.0521", *household_row()[7:]]]),
        )
    )
    assert [fact.fen for fact in facts(row, "amount") if fact.code == "total"] == [52100]
    assert person(row).identity.name == "张三丰"
