"""Lists of those who left (停发名单, 减员名单), by their name: whoever stands on one has left, whatever the columns say."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import HOUSEHOLD, TODAY, codes, facts, household_row, id_number, read, rows, text_file, xlsx

from aidcli.intake.drafts.trial import describe
from aidcli.intake.headers.coverage import all_left
from aidcli.intake.rows.rereading import Layout, layout_of, reread

PERSON = ["姓名", "身份证号", "户主身份证号", "与户主关系"]


def _households(path: Path, *titles: str, extra: tuple[str, str] = ("备注", "")) -> Path:
    row = [*household_row(**{"家庭成员姓名": "李四", "家庭成员身份证号": id_number(2)}), extra[1]]
    return xlsx(path, ("Sheet1", [*([title] for title in titles), [*HOUSEHOLD, extra[0]], row]))


@pytest.mark.parametrize(
    ("stem", "left"),
    [
        ("农村低保停发名单202610", "停发"),
        ("2026年10月低保减员", "减员"),
        ("10月清退家庭", "清退"),
        ("低保退保名单", "退保"),
        ("农村低保拟停发名单", None),
        ("农村低保暂停发放名单", None),
        ("农村低保停发公示", None),
        ("农村低保疑似退出对象", None),
        ("农村低保停保预警", None),
        ("不符合条件名单", None),
        ("低保核减名单", None),
        ("农村低保新增及停发202610", None),
        ("2026年1-9月停保名单", None),
        ("2026年停保累计", None),
        ("农村低保（剔除停发）", None),
        ("农村低保家庭202610", None),
    ],
)
def test_who_has_left_for_sure(stem: str, left: str | None) -> None:
    told = all_left(stem, [("Sheet1", [])])
    assert (told.word if told else None) == left


@pytest.mark.parametrize("titles", [(), ("河东镇10月停发名单",)])
def test_a_household_on_it_has_left_with_all_its_members(tmp_path: Path, titles: tuple[str, ...]) -> None:
    name = "农村低保家庭_202610" if titles else "农村低保家庭停发_202610"
    path = _households(tmp_path / f"{name}.xlsx", *titles)
    row = rows(path)[-1]
    assert codes(row) == {"taken_as_leavers": "note"}
    assert "自2026-10起不在册" in row.problems[0].message
    assert [fact.num for n in (0, 1) for fact in facts(row, "ended", n)] == [1, 1]
    assert not {fact.kind for fact in row.record.facts} & {"enrolled", "member", "amount", "account"}  # type: ignore[union-attr]
    assert read(path).leaving and describe(read(path))["coverage"] == "change"


def test_a_member_on_it_has_left_alone(tmp_path: Path) -> None:
    table = [PERSON, ["李四", id_number(2), id_number(1), "妻"]]
    (row,) = rows(xlsx(tmp_path / "农村低保人员减员_202610.xlsx", ("S", table)))
    assert [(fact.code, fact.num) for fact in facts(row, "ended")] == [("dibao", None)]
    assert facts(row, "head")[0].text == id_number(1)


@pytest.mark.parametrize("extra", [("享受状态", "在保"), ("是否停发", "否"), ("是否在保", "是")])
def test_a_row_that_says_that_they_stand_on_it_is_asked_about(tmp_path: Path, extra: tuple[str, str]) -> None:
    (row,) = rows(_households(tmp_path / "农村低保家庭停发_202610.xlsx", extra=extra))
    assert row.outcome == "set_aside" and codes(row)["state_unclear"] == "row"
    assert f"“{extra[1]}”" in row.problems[-1].message


@pytest.mark.parametrize("extra", [("享受状态", "停保"), ("变动类型", "死亡"), ("是否停发", "是")])
def test_a_row_that_says_so_itself_says_nothing_else(tmp_path: Path, extra: tuple[str, str]) -> None:
    (row,) = rows(_households(tmp_path / "农村低保家庭停发_202610.xlsx", extra=extra))
    assert facts(row, "ended")[0].text == extra[1] and facts(row, "ended")[0].num == 1


def test_whoever_says_that_it_is_a_roster_gets_one(tmp_path: Path) -> None:
    reading = read(_households(tmp_path / "农村低保家庭停发_202610.xlsx"))
    reading.take_as_standing()
    (row,) = reading.rows(0)
    assert facts(row, "enrolled") and codes(row) == {} and reading.leaving == ""


def test_a_row_read_again_says_the_same(tmp_path: Path) -> None:
    reading = read(_households(tmp_path / "农村低保家庭停发_202610.xlsx"))
    (first,) = reading.rows(0)
    layout = Layout.of_json(layout_of(reading, 0).as_json())
    lines = [(first.row, first.cells)]
    (again,) = reread(reading.template, layout, reading.path.name, "Sheet1", lines, "2026-10", TODAY)
    assert again.record == first.record


def test_lists_of_departments_are_what_they_were(tmp_path: Path) -> None:
    table = [["姓名", "身份证号", "险种", "参保状态"], ["张三", id_number(1), "职工养老", "暂停缴费"]]
    path = xlsx(tmp_path / "社保停保人员名单_202609.xlsx", ("S", table))
    assert read(path).leaving == ""


def test_rows_read_together_say_the_same(tmp_path: Path) -> None:
    table = [HOUSEHOLD, *(household_row(**{"户主身份证号": id_number(n)}) for n in range(1, 30))]
    reading = read(text_file(tmp_path / "农村低保家庭停发_202610.csv", table))
    told = told_by_rows(reading)
    assert told == told_by_blocks(reading)
    assert all(any(fact.kind == "ended" for fact in one.facts) for one in told)
