"""Several tables on one sheet, one under the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import HOUSEHOLD, household_row, id_number, kept, read, xlsx

from aidcli.errors import AidError

HEAD = ["户主姓名", "户主身份证号", "保障人数", "月保障金", "合计"]
NAME = "农村低保家庭202609.xlsx"


def _line(sequence: int) -> list[object]:
    return ["张三丰", id_number(sequence), 2, 500, 500]


def test_a_table_with_other_columns_below_is_refused(tmp_path: Path) -> None:
    stopped = ["户主姓名", "户主身份证号", "停保原因", "停保时间"]
    gone = ["李四", id_number(3), "死亡", "2026.8.3"]
    path = xlsx(tmp_path / NAME, ("S", [["新增"], HEAD, _line(1), [], ["附"], stopped, gone]))
    with pytest.raises(AidError) as caught:
        read(path)
    error = caught.value
    assert (error.code, error.sheet, error.row, error.column) == ("second_table", "S", 6, "C")
    assert "停保原因" in error.message and "保障人数" in error.message and "分成" in (error.hint or "")


def test_a_source_that_is_named_does_not_help(tmp_path: Path) -> None:
    other = ["户主姓名", "户主身份证号", "月保障金", "保障人数"]
    path = xlsx(tmp_path / NAME, ("S", [HEAD, _line(1), other, ["李四", id_number(3), 500, 2]]))
    with pytest.raises(AidError) as caught:
        read(path, source="dibao_rural_household")
    assert caught.value.code == "second_table"


def test_the_same_header_once_more_goes_on(tmp_path: Path) -> None:
    again = ["户主 姓名", "户主身份证号码", "保障人口", "月保障金（元）", "合计（元）"]
    path = xlsx(tmp_path / NAME, ("S", [HEAD, _line(1), ["第2页"], again, _line(3)]))
    assert len(kept(path)) == 2


def test_a_header_over_two_rows_once_more_goes_on(tmp_path: Path) -> None:
    upper = ["户主", None, "保障情况", None, None]
    lower = ["姓名", "身份证号", "保障人数", "月保障金", "合计"]
    path = xlsx(
        tmp_path / NAME, ("S", [upper, lower, _line(1), upper, lower, _line(3)]), merges=["A1:B1", "C1:E1"]
    )
    assert len(kept(path)) == 2


def test_words_that_are_headings_elsewhere_make_no_header(tmp_path: Path) -> None:
    header = ["证件类型", "与户主关系", *HOUSEHOLD]
    path = xlsx(tmp_path / NAME, ("S", [header, ["身份证", "户主", *household_row()]]))
    assert len(kept(path)) == 1


def test_a_line_of_one_word_between_blocks_is_no_table(tmp_path: Path) -> None:
    path = xlsx(tmp_path / NAME, ("S", [HEAD, _line(1), ["小计", None, 2, 500, 500], HEAD, _line(3)]))
    assert len(kept(path)) == 2
