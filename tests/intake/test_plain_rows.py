"""Plain rows are read a block at a time: what comes out must be what the row reader makes of each row alone."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from both_ways import in_order, plain_rows
from hypothesis import given
from hypothesis import strategies as st
from intake_files import TEMPLATES, TODAY, id_number, text_file, xlsx
from laws import examples

from aidcli.intake import Reading, Template, open_file
from aidcli.intake.fields import FIELDS
from aidcli.intake.regionlist import load_regions
from aidcli.resources import data_dir

_NAMES = (
    "张三丰",
    "李 四",
    "王五（已故）",
    "欧阳建国",
    "阿依古丽·买买提",
    "赵",
    "张三1",
    "",
    "小计",
    "曾 用",
)
_CELLS = {
    "phone": ("13900000001", "无", "0531-1234567"),
    "day": ("2026-05-03", "20260503", "2026年5月3日", "2026-13-01", "2099-01-01", "无", "45000"),
    "month": ("202405", "2024年5月", "长期", "五月"),
    "money": ("100", "1,200.50", "￥80", "0", "-5", "12.345", "约500", "无", "#N/A"),
    "count": ("3", "3人", "很多", ""),
    "yes_no": ("是", "否", "√", "也许", ""),
    "grade": ("一级", "2", "五级", ""),
    "account": ("6217000012345678", "6217 0000 1234 5678", "短", ""),
    "list": ("张三；李四", "", ""),
    "area": ("80.5", "80平方米", "大", ""),
    "term": ("2027-12-31", "长期", "无"),
    "months": ("2026-01至2026-10", "202601-202610", "2026-01", "无", "长期"),
    "days": ("2026-01-02至2027-01-01", "2026-01-02", "无", "2027-01-01至2026-01-02"),
    "outcome": ("无", "有", "未反馈", ""),
    "thing": ("幸福路1号", "查无", ""),
    "text": ("备注", "", "无", "户主", "本人", "配偶", "长子"),
}


def _cell(field: str, template: Template, chance: random.Random) -> str:
    spec = FIELDS[field]
    if field == "township":
        return chance.choice(("青禾镇", "河东镇", "河东镇人民政府", ""))
    if field == "village":
        return chance.choice(("东塘村", "西塘村委会", "", "不知村"))
    if field == "disability_card":
        return chance.choice(("", "", id_number(chance.randrange(1, 4)) + "42", "123"))
    if spec.type == "name":
        return chance.choice(_NAMES if field == "name" else ("", "", "", "王二小"))
    if spec.type == "id":
        sound = [id_number(number) for number in range(1, 5)]
        odd = ["", "99010119600101", id_number(3)[:-1] + "?", id_number(2).lower(), f" {id_number(1)}"]
        return (
            chance.choice(sound * 3 + odd) if field in ("id", "head_id") else chance.choice(["", "", *sound])
        )
    if spec.choices:
        given = template.fields[field].values
        return chance.choice([*list(spec.choices)[:6], *list(given)[:3], "说不清", ""]).removeprefix("=")
    return chance.choice(_CELLS[spec.type])


def _grid(template: Template, rows: int, seed: int, tidy: float) -> list[list[str]]:
    """A file of a template by its first headings; a share of the rows is as tidy as files mostly are."""
    chance = random.Random(seed)
    fields = list(template.fields)
    grid = [[template.fields[field].headings[0].replace("/", "") for field in fields]]
    for number in range(rows):
        row = [_cell(field, template, chance) for field in fields]
        if chance.random() < tidy:
            for place, field in enumerate(fields):
                if field in ("name", "id"):
                    row[place] = "张三丰" if field == "name" else id_number(1 + number % 400)
        grid.append(row)
    return grid


def _same_both_ways(reading: Reading) -> int:
    """Compares the two ways of reading on every sheet; how many rows were plain."""
    plain = 0
    for sheet in range(len(reading.sheets)):
        every = list(reading.rows(sheet))
        alone = {read.row: read for read in every if read.cells}
        at_end = [read for read in every if read.problems and not read.cells]  # of sums above their rows
        seen: set[int] = set()
        for block in reading.blocks(sheet):
            if not block.cells:
                assert [read for _, read in block.odd] == at_end
                at_end = []
                continue
            for place, read in block.odd:
                assert read == alone[read.row]
                assert block.cells[place] == (read.row, read.cells)
                seen.add(read.row)
            if block.plain is not None:
                for row, persons, facts in plain_rows(block.plain):
                    read = alone[row]
                    assert (read.outcome, read.problems) == ("kept", ()), row
                    assert read.record is not None
                    assert persons == read.record.persons, row
                    assert facts == in_order(read.record.facts), row
                    seen.add(row)
                    plain += 1
        assert seen == alone.keys() and not at_end
    return plain


@pytest.mark.law
@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_both_ways_say_the_same_of_every_template(key: str, tmp_path: Path) -> None:
    template = TEMPLATES[key]
    path = text_file(tmp_path / "list.csv", _grid(template, examples(40, 150), seed=len(key), tidy=0.7))
    regions = load_regions("990101", [data_dir("templates/regions")])
    for known in (None, regions):
        reading = open_file(path, TEMPLATES, source=key, period="2026-09", today=TODAY, regions=known)
        _same_both_ways(reading)


@given(
    key=st.sampled_from(sorted(TEMPLATES)),
    seed=st.integers(0, 2**32),
    rows=st.integers(1, 60),
    tidy=st.sampled_from((0.0, 0.5, 1.0)),
)
def test_both_ways_say_the_same_of_any_dirt(
    key: str, seed: int, rows: int, tidy: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("plain") / "list.csv"
    text_file(path, _grid(TEMPLATES[key], rows, seed, tidy))
    _same_both_ways(open_file(path, TEMPLATES, source=key, period="2026-09", today=TODAY))


def test_a_tidy_file_is_read_as_plain_rows_and_totals_are_still_checked(tmp_path: Path) -> None:
    rows: list[list[object]] = [["姓名", "证件号码", "结算时间", "医疗费总额", "个人负担总金额"]]
    rows += [["张三丰", id_number(number), "2026-09-01", "100", "10.50"] for number in range(1, 101)]
    rows += [["合计", "", "", "10000", "1050"], ["合计", "", "", "9999", "1050"]]
    path = text_file(tmp_path / "医保结算明细.csv", rows)
    reading = open_file(path, TEMPLATES, period="2026-09", today=TODAY)
    assert _same_both_ways(reading) == 100
    problems = [p for block in reading.blocks(0) for _, read in block.odd for p in read.problems]
    assert [(p.row, p.code) for p in problems] == [(103, "total_mismatch")]


def test_numbers_and_dates_of_a_workbook_are_not_mixed_up_with_text(tmp_path: Path) -> None:
    """The same characters mean something else as a number: a cut ID, an account that lost its last digits."""
    whole = id_number(0, "19600101")[:15] + "000"
    rows: list[list[object]] = [["姓名", "证件号码", "结算时间", "医疗费总额", "个人负担总金额"]]
    for number in range(1, 30):
        rows.append(["张三丰", id_number(number), "2026-09-01", 100, 10.5])
        rows.append(["李四海", int(whole), TODAY, "100", "10.50"])
        rows.append(["李四海", whole, "2026-09-01", TODAY, 10.5])
    reading = open_file(
        xlsx(tmp_path / "医保结算明细.xlsx", ("Sheet1", rows)), TEMPLATES, period="2026-09", today=TODAY
    )
    assert _same_both_ways(reading) == 29


def test_what_a_row_says_against_its_number_is_kept_and_noted(tmp_path: Path) -> None:
    number = id_number(2)
    rows = [
        ["姓名", "身份证号", "性别", "出生日期", "残疾人证号", "残疾类别", "残疾等级"],
        ["李四", number, "女", "1960-01-01", "", "肢体", "一级"],
        ["李小", number, "男", "2019-05-06", "", "肢体", "一级"],
        ["李五", number, "", "", "", "肢体", "一级"],
    ]
    reading = open_file(xlsx(tmp_path / "持证残疾人202609.xlsx", ("名单", rows)), TEMPLATES, today=TODAY)
    _same_both_ways(reading)
    read = list(reading.rows(0))
    said = [(r.record.persons[0].identity.birth, r.record.persons[0].identity.sex) for r in read if r.record]
    assert said == [("1960-01-01", "female"), ("2019-05-06", "male"), ("1960-01-01", "female")]
    assert [[problem.code for problem in row.problems] for row in read] == [
        [],
        ["birth_against_id", "sex_against_id"],
        [],
    ]
