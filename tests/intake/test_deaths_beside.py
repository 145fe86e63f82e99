"""Deaths that a list tells beside what it is about: a reason, a state, a remark. They become facts as those of death lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import codes, facts, id_number, read, rows, text_file

from aidcli.model import RowRead

PENSION = ["姓名", "身份证号", "养老金金额", "状态"]
DIBAO = ["户主姓名", "户主身份证号", "保障人口数", "户月保障金额（元）", "合计（元）"]


def _pension(folder: Path, reason: str, heading: str = "暂停/终止原因", state: str = "终止") -> RowRead:
    table = [[*PENSION, heading], ["张三丰", id_number(1), "0", state, reason]]
    (row,) = rows(text_file(folder / "养老金领取名单_202609.csv", table))
    return row


def _death(row: RowRead) -> tuple[str, str] | None:
    found = [(fact.day, fact.month) for fact in facts(row, "death")]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("reason", "when"),
    [
        ("死亡", ("", "2026-09")),
        ("参保人死亡", ("", "2026-09")),
        ("死亡 2026-08-17", ("2026-08-17", "2026-09")),
        ("死亡 2026-08-17 00:00:00", ("2026-08-17", "2026-09")),
        ("死亡（2026年8月17日）", ("2026-08-17", "2026-09")),
        ("死亡，日期：20260817", ("2026-08-17", "2026-09")),
        ("2026.8.17因病去世", ("2026-08-17", "2026-09")),
        ("8月17日去世", ("2026-08-17", "2026-09")),
        ("去年12月3日病故", ("2025-12-03", "2026-09")),
        ("2026年8月去世", ("", "2026-08")),
        ("8月份病故", ("", "2026-08")),
        # What else was done at that time is no time of death, nor is one that lies ahead.
        ("12月3日去世", ("", "2026-09")),
        ("2062-08-17死亡", ("", "2026-09")),
        ("2026-02-30死亡", ("", "2026-09")),
        ("死亡，2026年8月停发", ("", "2026-09")),
        ("2026年8月因死亡停发", ("", "2026-09")),
        ("8月死亡注销", ("", "2026-09")),
        ("8月3日停发，死亡", ("", "2026-09")),
    ],
)
def test_a_reason_that_says_dead_is_a_death_with_the_time_it_tells(
    tmp_path: Path, reason: str, when: tuple[str, str]
) -> None:
    row = _pension(tmp_path, reason)
    assert _death(row) == when
    (fact,) = facts(row, "death")
    assert fact.code == "养老金领取名单" and fact.text == ("" if when[0] or when[1] == "2026-09" else when[1])
    assert facts(row, "pension_state")[0].code == "ended"
    assert (when[0] or "本人死亡另外记下") in row.problems[0].message


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "资格认证未通过",
        "疑似死亡",
        "疑似死亡待核",
        "未死亡",
        "配偶死亡",
        "儿子车祸去世",
        "暂停",
        "服刑",
        "误报死亡",
    ],
)
def test_what_does_not_say_that_the_person_died_is_none(tmp_path: Path, reason: str) -> None:
    assert _death(_pension(tmp_path, reason, state="暂停")) is None


@pytest.mark.parametrize(
    ("said", "when"),
    [("人员死亡（2026-08-30）", ("2026-08-30", "2026-09")), ("疑似死亡", None), ("重复参保", None)],
)
def test_a_column_of_doubts_that_an_authority_fills_in_may_say_it(
    tmp_path: Path, said: str, when: tuple[str, str] | None
) -> None:
    row = _pension(tmp_path, said, "疑点", "暂停")
    assert _death(row) == when and set(codes(row)) == ({"death_told"} if when else set())
    table = [
        ["预警编号", "姓名", "身份证号", "预警类型", "预警内容", "核查情况"],
        ["1", "张三丰", id_number(1), "死亡", "死亡", "死亡"],
    ]
    (alert,) = rows(text_file(tmp_path / "平台预警_202609.csv", table))
    assert facts(alert, "death") == []


def test_the_state_itself_and_a_day_of_death_beside_it_say_so(tmp_path: Path) -> None:
    assert _death(_pension(tmp_path, "", state="死亡停发")) == ("", "2026-09")
    assert _death(_pension(tmp_path, "2026-08-17", "死亡日期", "死亡")) == ("2026-08-17", "2026-09")
    assert _death(_pension(tmp_path, "2026-08-17", "终止时间", "死亡")) == ("", "2026-09")
    assert _death(_pension(tmp_path, "2026-08-17", "配偶死亡日期")) is None


@pytest.mark.parametrize(
    ("name", "heading", "cells"),
    [
        ("医保参保资助名单_202609", ["人员类别", "资助金额", "停保原因"], ["低保对象", "100", "死亡"]),
        (
            "持证残疾人名单_202609",
            ["残疾类别", "残疾等级", "状态", "注销原因"],
            ["肢体", "三级", "注销", "死亡"],
        ),
        ("社保缴纳名单_202609", ["险种", "参保状态", "停保原因"], ["职工养老", "终止参保", "死亡"]),
        ("登记失业人员_202609", ["失业登记日期", "登记状态", "注销原因"], ["2026-01-02", "注销", "死亡"]),
        ("公租房保障名单_202609", ["保障方式", "保障状态", "退出原因"], ["实物配租", "已退出", "承租人死亡"]),
    ],
)
def test_lists_of_departments_tell_it_by_their_reasons(
    tmp_path: Path, name: str, heading: list[str], cells: list[str]
) -> None:
    table = [["姓名", "身份证号", *heading], ["张三丰", id_number(1), *cells]]
    (row,) = rows(text_file(tmp_path / f"{name}.csv", table))
    assert _death(row) == ("", "2026-09")


@pytest.mark.parametrize("reason", ["去世", "8月15日去世", "死亡"])
def test_a_roster_s_row_that_is_over_by_it_says_both(tmp_path: Path, reason: str) -> None:
    table = [["姓名", "身份证号", "津贴标准", "发放金额", "状态", "停发原因"]]
    table += [
        ["张三丰", id_number(1), "100", "0", "停发", reason],
        ["李四", id_number(2), "100", "100", "正常", ""],
    ]
    gone, here = rows(text_file(tmp_path / "高龄津贴_202609.csv", table))
    assert facts(gone, "ended") and _death(gone) == ("2026-08-15" if "15" in reason else "", "2026-09")
    assert set(codes(gone)) == {"row_ended", "death_told"} and _death(here) is None and codes(here) == {}


@pytest.mark.parametrize("yuan", ["0", "500"])
def test_a_head_who_died_is_dead_whatever_is_paid(tmp_path: Path, yuan: str) -> None:
    table = [[*DIBAO, "备注"], ["张三丰", id_number(1), "1", yuan, yuan, "户主8月15日去世"]]
    (row,) = rows(text_file(tmp_path / "农村低保家庭_202609.csv", table))
    assert _death(row) == ("2026-08-15", "2026-09")
    assert bool(facts(row, "enrolled")) == (yuan == "500")
    assert codes(row) == {"left_but_paid" if yuan == "500" else "row_ended": "note"}
    assert "（没有写年份，按名单的年份）" in row.problems[0].message


@pytest.mark.parametrize(("heading", "answer"), [("是否死亡", "是"), ("是否健在", "否")])
def test_a_question_that_is_answered_says_it_too(tmp_path: Path, heading: str, answer: str) -> None:
    table = [[*PENSION, heading], ["张三丰", id_number(1), "0", "终止", answer]]
    (row,) = rows(text_file(tmp_path / "养老金领取名单_202609.csv", table))
    assert _death(row) == ("", "2026-09")


def test_a_list_of_those_who_left_tells_who_died(tmp_path: Path) -> None:
    table = [["姓名", "身份证号", "津贴标准", "发放金额", "停发原因"]]
    table += [
        ["张三丰", id_number(1), "100", "0", "2026年8月3日死亡"],
        ["李四", id_number(2), "100", "0", "户口迁出"],
    ]
    dead, moved = rows(text_file(tmp_path / "高龄津贴停发名单_202609.csv", table))
    assert facts(dead, "ended") and _death(dead) == ("2026-08-03", "2026-09")
    assert facts(moved, "ended") and _death(moved) is None


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("孤儿名册_202609", "死亡时间"),
        ("优抚对象名册_202609", "病故时间"),
        ("优抚对象名册_202609", "牺牲（病故）时间"),
    ],
)
def test_on_lists_of_those_left_behind_a_day_of_death_is_somebody_else_s(
    tmp_path: Path, name: str, heading: str
) -> None:
    table = [["姓名", "身份证号", "监护人姓名", "优抚对象类别", "补助标准", "发放金额", heading]]
    table += [["张三丰", id_number(1), "李四", "病故军人遗属", "100", "100", "2019-05-02"]]
    source = "orphans" if "孤儿" in name else "veteran_care"
    (row,) = rows(text_file(tmp_path / f"{name}.csv", table), source=source)
    assert facts(row, "death") == [] and facts(row, "enrolled")


def test_a_day_of_death_beside_the_name_of_the_dead_is_theirs(tmp_path: Path) -> None:
    table = [
        ["姓名", "身份证号", "养老金金额", "死者姓名", "死亡时间"],
        ["张三丰", id_number(1), "500", "李四", "2026-08-02"],
    ]
    (row,) = rows(text_file(tmp_path / "养老金领取名单_202609.csv", table))
    assert facts(row, "death") == []


def test_rows_read_together_say_the_same(tmp_path: Path) -> None:
    table = [[*PENSION, "终止原因"]]
    table += [["张三丰", id_number(n), "100", "正常", ""] for n in range(1, 30)]
    table += [["张三丰", id_number(n), "0", "终止", "死亡"] for n in range(30, 33)]
    table += [["张三丰", id_number(40), "0", "死亡停发", ""]]
    reading = read(text_file(tmp_path / "养老金领取名单_202609.csv", table))
    told = told_by_rows(reading)
    assert told == told_by_blocks(reading)
    assert sum(fact.kind == "death" for one in told for fact in one.facts) == 4
