"""A 0 among sums that people get says that they do not get it; a 0 of income says that there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import plain_rows
from intake_files import TEMPLATES, TODAY, facts, id_number, text_file

from aidcli.intake import open_file
from aidcli.intake.fields import FACTS, FIELDS
from aidcli.model import RowRead


def _read(folder: Path, source: str, *table: list[str]) -> list[RowRead]:
    """The rows, which the two ways of reading must agree on."""
    path = text_file(folder / "名单202609.csv", list(table))
    reading = open_file(path, TEMPLATES, source=source, period="2026-09", today=TODAY)
    alone = {read.row: read for read in reading.rows(0)}
    for block in reading.blocks(0):
        assert block.plain is not None
        for row, _, by_columns in plain_rows(block.plain):
            record = alone[row].record
            assert record is not None and sorted(by_columns) == sorted(record.facts)
    return list(alone.values())


def _headings(source: str, *fields: str) -> list[str]:
    return [TEMPLATES[source].fields[field].headings[0] for field in fields]


def test_only_the_subsidy_that_is_paid_is_read(tmp_path: Path) -> None:
    fields = ("name", "id", "disability_grade", "subsidy_living", "subsidy_care")
    table = [_headings("disability_subsidy_split", *fields)]
    table += [
        ["张三丰", id_number(1), "一级", "0", "120"],
        ["李四海", id_number(2), "二级", "100.00", "0.00"],
    ]
    table += [["王五岳", id_number(3), "二级", "0", "0"]]
    read = _read(tmp_path, "disability_subsidy_split", *table)
    told = [[(fact.code, fact.fen) for fact in facts(row, "subsidy_kind")] for row in read]
    assert told == [[("care", 12000)], [("living", 10000)], []]


def test_an_allowance_of_nothing_is_no_benefit_and_its_standard_is_kept(tmp_path: Path) -> None:
    fields = ("name", "id", "benefit_standard", "benefit_fen", "benefit_class")
    table = [_headings("old_age_allowance", *fields)]
    table += [
        ["张三丰", id_number(1), "100", "0", "80-89周岁"],
        ["李四海", id_number(2), "200", "600", "90-99周岁"],
    ]
    table += [["王五岳", id_number(3), "", "50", ""], ["赵六一", id_number(4), "0", "50", ""]]
    read = _read(tmp_path, "old_age_allowance", *table)
    assert [[fact.fen for fact in facts(row, "benefit")] for row in read] == [[], [60000], [5000], [5000]]
    told = [[(f.fen, f.code, f.text) for f in facts(row, "benefit_standard")] for row in read]
    assert told == [
        [(10000, "old_age_allowance", "80-89周岁")],
        [(20000, "old_age_allowance", "90-99周岁")],
        [],
        [],
    ]


def test_who_is_listed_stays_on_the_roster_whatever_is_paid(tmp_path: Path) -> None:
    table = [_headings("old_age_allowance", "name", "id", "benefit_fen")]
    table += [["张三丰", id_number(1), "0"], ["李四海", id_number(2), "100"]]
    row, other = _read(tmp_path, "old_age_allowance", *table)
    assert facts(row, "enrolled") and not facts(row, "benefit")
    assert [[problem.code for problem in one.problems] for one in (row, other)] == [["sum_zero"], []]


@pytest.mark.parametrize("field", ["yearly_income", "monthly_income", "household_income_year", "deposit"])
def test_what_somebody_has_may_be_nothing(field: str) -> None:
    assert [spec.unless_zero for spec in FACTS if spec.needs == field] == [False]


def test_no_fact_falls_away_for_a_zero_but_one_that_holds_a_sum() -> None:
    for spec in FACTS:
        if spec.unless_zero:
            assert FIELDS[spec.needs].type == "money" and spec.fen == spec.needs, spec
