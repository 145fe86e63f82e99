"""A column of a closed list none of whose words is known; two sums of which one was paid; days without a year."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import codes, facts, id_number, read, rows, text_file

ALERTS = ["预警编号", "姓名", "身份证号", "预警内容"]
DEAD = ["逝者姓名", "身份证号", "死亡日期", "火化时间"]
PENSION = ["姓名", "身份证号"]


def _alerts(folder: Path, headings: list[str], *cells: list[str], said: str = "请核实") -> list[set[str]]:
    """The kinds of the alerts; `cells` are those under the further headings, row by row."""
    table = [[f"YJ{n}", "张三丰", id_number(2 * n + 1), said, *more] for n, more in enumerate(cells)]
    path = text_file(folder / "预警核查清单202609.csv", [[*ALERTS, *headings], *table])
    reading = read(path)
    assert told_by_rows(reading) == told_by_blocks(reading)
    return [{fact.code for fact in facts(row, "platform_alert")} for row in rows(path)]


CLASSES = (
    ["疑似违规享受", "本人名下有车"],
    ["疑似应保未保", "死亡后仍享受"],
    ["疑似违规享受", "新办重度残疾证"],
)


@pytest.mark.parametrize("second", ["预警指标", "预警规则", "预警名称", "预警模型"])
def test_the_column_whose_words_are_known_is_read(second: str, tmp_path: Path) -> None:
    assert _alerts(tmp_path, ["预警类别", second], *CLASSES) == [{"vehicle"}, {"death"}, {"disability"}]
    notes = [p.code for row in rows(tmp_path / "预警核查清单202609.csv") for p in row.problems]
    assert notes == ["choice_elsewhere"]


def test_a_column_with_one_known_word_stays(tmp_path: Path) -> None:
    cells = (["疑似违规享受", "车辆"], ["死亡", "房产"])
    assert _alerts(tmp_path, ["预警类别", "预警指标"], *cells) == [{""}, {"death"}]


def test_where_no_column_says_it_a_text_that_always_does_is_read(tmp_path: Path) -> None:
    assert _alerts(tmp_path, [], [], [], said="本人死亡后仍享受") == [{"death"}, {"death"}]
    assert _alerts(tmp_path, [], [], [], said="请核实") == [{""}, {""}]


def test_a_column_of_unknown_words_is_told_once_with_what_it_holds(tmp_path: Path) -> None:
    assert _alerts(tmp_path, ["预警类别"], ["甲类"], ["乙类"], ["甲类"]) == [{""}] * 3
    found = [p for row in rows(tmp_path / "预警核查清单202609.csv") for p in row.problems]
    assert [p.code for p in found] == ["choice_unknown"]
    assert "“甲类”“乙类”" in found[0].message


def test_words_of_lines_that_are_nobody_s_do_not_count(tmp_path: Path) -> None:
    table = [[*ALERTS, "预警类别"], ["YJ1", "张三丰", id_number(1), "请核实", ""]]
    table += [["合计", "", "", "", "甲"], ["审核人：", "", "", "", "经办人："]]
    assert [codes(row) for row in rows(text_file(tmp_path / "预警核查清单202609.csv", table))] == [{}] * 3


def test_a_single_unknown_word_is_told_where_it_stands(tmp_path: Path) -> None:
    _alerts(tmp_path, ["预警类别"], ["甲类"])
    (row,) = rows(tmp_path / "预警核查清单202609.csv")
    assert codes(row) == {"bad_choice": "cell"}


def test_a_state_of_unknown_words_is_told_of_every_row(tmp_path: Path) -> None:
    table = [[*PENSION, "养老金", "发放状态"], *[["张三丰", id_number(n), 300, "甲"] for n in (1, 3)]]
    found = rows(text_file(tmp_path / "养老金202609.csv", table))
    assert [codes(row) for row in found] == [{"bad_choice": "cell"}] * 2


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (["本期应发合计", "本期实发合计"], [300, 250]),
        (["实发金额", "应发金额"], [250, 300]),
        (["本期应发合计"], [250]),
    ],
)
def test_of_what_was_due_and_what_was_paid_the_latter_counts(
    headings: list[str], cells: list[int], tmp_path: Path
) -> None:
    table = [[*PENSION, *headings], ["张三丰", id_number(1), *cells]]
    (row,) = rows(text_file(tmp_path / "养老金202609.csv", table))
    assert [fact.fen for fact in facts(row, "pension")] == [25000]


@pytest.mark.parametrize(
    ("headings", "cells", "codes_of_state"),
    [
        (["费款所属期"], ["202608"], []),
        (["到账标志"], ["已到账"], ["paying"]),
        (["费款所属期", "到账标志"], ["202608", "未到账"], ["arrears"]),
    ],
)
def test_social_insurance_tells_its_state_or_its_month(
    headings: list[str], cells: list[str], codes_of_state: list[str], tmp_path: Path
) -> None:
    table = [[*PENSION, "险种类型", *headings], ["张三丰", id_number(1), "失业保险", *cells]]
    (row,) = rows(text_file(tmp_path / "社保缴费202608.csv", table))
    assert [fact.code for fact in facts(row, "insured")] == ["unemployment"]
    assert [fact.code for fact in facts(row, "insured_state")] == codes_of_state


@pytest.mark.parametrize("written", ["9月12日", "9.12", "9-12", " 9 月 12 日 "])
def test_a_day_without_a_year_takes_that_of_the_title(written: str, tmp_path: Path) -> None:
    table = [["2026年9月火化登记表"], DEAD, ["张三丰", id_number(1), written, "2026-09-14"]]
    reading = read(text_file(tmp_path / "火化.csv", table))
    (row,) = reading.rows(0)
    assert [fact.day for fact in facts(row, "death")] == ["2026-09-12"]
    assert codes(row) == {"year_of_title": "note"}
    assert told_by_rows(reading) == told_by_blocks(reading)


@pytest.mark.parametrize(
    ("title", "name", "written"),
    [
        ("2026年9月火化登记表", "火化", "12月28日"),  # may be of the year before
        ("2026年9月火化登记表", "火化", "9月31日"),
        ("火化登记表（2025年9月、2026年9月）", "火化", "9月12日"),
        ("2026年9月火化登记表", "火化202509", "9月12日"),
    ],
)
def test_where_the_year_is_not_sure_the_day_is_not_read(
    title: str, name: str, written: str, tmp_path: Path
) -> None:
    table = [[title], DEAD, ["张三丰", id_number(1), written, "2026-09-14"]]
    (row,) = rows(text_file(tmp_path / f"{name}.csv", table), period="2026-09")
    assert codes(row) == {"bad_day": "cell"}
