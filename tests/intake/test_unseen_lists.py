"""Lists that nobody wrote a template for word by word: what they say, what they do not, and what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from golden_notation import told_of
from intake_files import TEMPLATES, TODAY, codes, facts, id_number, kept, person, read, rows, text_file, xlsx

from aidcli.errors import AidError
from aidcli.intake.coercion import quantities
from aidcli.intake.formats.source import open_source
from aidcli.intake.headers import recognition
from aidcli.intake.headers.plan import preview
from aidcli.intake.headers.recognition import Fit
from aidcli.intake.lists import open_lists
from aidcli.intake.rows.skiprows import is_footer

# ------------------------------------------------------------ what a cell takes back


@pytest.mark.parametrize(
    ("state", "month", "insured"),
    [
        ("未参保", "", False),
        ("未参保", "202607", False),
        ("停保", "", False),
        ("停保", "202607", True),
        ("终止参保", "", False),
        ("正常参保", "", True),
        ("欠费", "", True),
    ],
)
def test_who_is_not_insured_has_no_insurance(tmp_path: Path, state: str, month: str, insured: bool) -> None:
    table = [["姓名", "身份证号", "险种", "参保状态", "最后缴费年月", "缴费基数"]]
    table += [["张三丰", id_number(1), "企业职工基本养老保险", state, month, "4000"]]
    reading = read(text_file(tmp_path / "社保缴纳_202609.csv", table))
    (row,) = (row for row in reading.rows(0) if row.outcome == "kept")
    assert bool(facts(row, "insured")) is insured
    assert facts(row, "insured_state")
    assert told_by_rows(reading) == told_by_blocks(reading)


@pytest.mark.parametrize(
    "written",
    ["名下无车", "名下无房", "无车", "无房", "本人名下无房", "无房无车", "名下无车、无房", "无住房和车辆"],
)
def test_nothing_owned_is_no_thing(written: str) -> None:
    assert quantities.thing(written) is None


@pytest.mark.parametrize("written", ["无房产证的老房", "房山路1号", "车站路2号"])
def test_a_thing_that_begins_so_is_one(written: str) -> None:
    assert quantities.thing(written) == written


# ------------------------------------------------------------ lists of the dead


def test_another_day_is_not_taken_for_that_of_a_death_whose_column_nobody_knows(tmp_path: Path) -> None:
    table = [["逝者姓名", "身份证号", "火化时间", "咽气去世的时刻日期"]]
    table += [["张三丰", id_number(1), "2026-09-04", "2026-09-01"]]
    reading = read(text_file(tmp_path / "火化_202609.csv", table))
    (row,) = reading.rows(0)
    (death,) = facts(row, "death")
    assert (death.day, death.text) == ("", "2026-09-04")
    assert codes(row) == {"death_day_unread": "note"}
    assert "咽气去世的时刻日期" in row.problems[0].message
    assert told_by_rows(reading) == told_by_blocks(reading)


def test_without_such_a_column_the_cremation_tells_the_day(tmp_path: Path) -> None:
    table = [["逝者姓名", "身份证号", "火化时间", "死亡地点", "死亡证明开具时间"]]
    table += [["张三丰", id_number(1), "2026-09-04", "家中", "2026-09-02"]]
    (row,) = rows(text_file(tmp_path / "火化_202609.csv", table))
    assert [fact.day for fact in facts(row, "death")] == ["2026-09-04"] and codes(row) == {}


def test_deaths_and_moves_in_one_list_of_the_police(tmp_path: Path) -> None:
    table = [["姓名", "公民身份号码", "户籍地址", "注销日期", "注销类别"]]
    kinds = ("死亡注销", "迁出", "参军", "", "死亡")
    table += [["张三丰", id_number(n), "东村", f"2026080{n}", kind] for n, kind in enumerate(kinds, start=1)]
    reading = read(text_file(tmp_path / "公安202608.txt", table, "gb18030", "|"))
    assert reading.template.key == "hukou_cancelled"
    died, moved, served, unsaid, last = reading.rows(0)
    for row, day in ((died, "2026-08-01"), (last, "2026-08-05")):
        (death,) = facts(row, "death")
        assert (death.day, death.code, death.text) == ("", "hukou_cancelled", day)
        assert not facts(row, "moved_out")
    (move,) = facts(moved, "moved_out")
    assert move.day == "2026-08-02" and not facts(moved, "death")
    assert not any(facts(row, kind) for row in (served, unsaid) for kind in ("death", "moved_out"))
    assert codes(served) == {"bad_choice": "cell"}
    assert told_by_rows(reading) == told_by_blocks(reading)


def test_a_list_of_deaths_with_their_days_is_still_one(tmp_path: Path) -> None:
    table = [["姓名", "公民身份号码", "死亡日期", "注销日期", "注销类别"]]
    table += [["张三丰", id_number(1), "2026-08-01", "2026-08-03", "死亡注销"]]
    assert read(text_file(tmp_path / "202608.csv", table)).template.key == "death_cancellation"


# ------------------------------------------------------------ names, titles, sheets


def test_a_title_tells_the_kind_of_custody_where_it_names_one(tmp_path: Path) -> None:
    headings = ["姓名", "身份证号", "收治日期", "戒毒所"]
    line = ["张三丰", id_number(1), "2026-03-01", "示例戒毒所"]
    assert "  in_prison 2026-03-01 =compulsory_detox “示例戒毒所”" in told_of(
        tmp_path, "强制隔离戒毒人员（2026年三季度）.xlsx", [headings, line]
    )
    both = told_of(tmp_path, "服刑和强戒人员2026年三季度.xlsx", [headings, line])
    assert "  in_prison 2026-03-01 “示例戒毒所”" in both


def test_a_name_that_names_two_bodies_tells_neither(tmp_path: Path) -> None:
    table = [["姓名", "身份证号", "帮扶金额", "帮扶项目"], ["张三丰", id_number(1), "500", "大病帮扶"]]
    for name, body in (
        ("总工会和慈善总会帮扶名单_202609.csv", ""),
        ("帮扶名单（慈善总会）_202609.csv", "charity"),
    ):
        (row,) = kept(text_file(tmp_path / name, table), source="helped_with_money")
        assert {fact.code for fact in facts(row, "helped")} == {body}


def test_a_sheet_says_more_than_the_name_of_the_book(tmp_path: Path) -> None:
    headings = ["儿童姓名", "身份证号", "监护人姓名", "监护人身份证号", "发放金额"]
    line = ["张小丰", id_number(1, "20150101"), "张三丰", id_number(2), "1500"]
    path = xlsx(
        tmp_path / "孤儿和事实无人抚养儿童202609.xlsx",
        ("孤儿", [headings, line]),
        ("事实无人抚养", [headings, line]),
    )
    lists = open_lists(path, TEMPLATES, today=TODAY)
    assert [(one.template.key, one.sheets[0].name) for one in lists] == [
        ("orphans", "孤儿"),
        ("unattended_children", "事实无人抚养"),
    ]


def test_a_list_of_pensions_needs_no_column_of_the_kind(tmp_path: Path) -> None:
    table = [["姓名", "身份证号", "养老金"], ["张三丰", id_number(1), "1800"]]
    reading = read(text_file(tmp_path / "养老金发放_202609.csv", table))
    (row,) = reading.rows(0)
    assert reading.template.key == "pension"
    assert [(fact.fen, fact.text) for fact in facts(row, "pension")] == [(180000, "")]


@pytest.mark.parametrize(
    "cells",
    [
        ("民政办主任：张三丰", "", ""),
        ("校长：             资助专干：段琴             2026年11月6日", "", ""),
        ("班主任老师：张三丰", "", ""),
        ("民政办主任：", "张三丰", ""),
        ("经办人：张三丰  审核：李四", "", ""),
        ("分管镇长（签字）：", "", ""),
        ("医保局（盖章）", "", ""),
        ("示例区医保局（公章）2026年9月30日", "", ""),
        ("卫生院院长：王五", "", "经办：李四"),
    ],
)
def test_signatures_are_nobody(tmp_path: Path, cells: tuple[str, str, str]) -> None:
    assert is_footer(cells)
    table: list[Sequence[object]] = [
        ["逝者姓名", "身份证号", "火化时间"],
        ["王大", id_number(1), "2026-09-01"],
        cells,
    ]
    assert [row.outcome for row in rows(text_file(tmp_path / "火化_202609.csv", table))] == [
        "kept",
        "skipped",
    ]


@pytest.mark.parametrize("cells", [("张主任", "", ""), ("王书记", id_number(1), "")])
def test_names_without_a_colon_are_no_signatures(cells: tuple[str, str, str]) -> None:
    assert not is_footer(cells)


def test_all_that_is_as_near_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two lists between which columns of any list decide nothing, far before one that would be read."""
    path = text_file(
        tmp_path / "202609.csv", [["姓名", "身份证号", "家庭住址"], ["张三丰", id_number(1), "东村"]]
    )
    previews, _ = preview(path, open_source(path).sheets, ())

    def fits(*_: object) -> list[Fit]:
        told = {"old_age_allowance": (80, "untold"), "winter_relief": (78, "untold"), "visits": (40, "")}
        found = []
        for key, (points, doubt) in told.items():
            match = recognition.header_of(TEMPLATES[key], previews[0])
            assert match is not None
            found.append(Fit(TEMPLATES[key], previews[0], match._replace(missing=()), points, doubt))
        return found

    monkeypatch.setattr(recognition, "fits", fits)
    with pytest.raises(AidError) as refused:
        recognition.recognise(path, previews, TEMPLATES)
    assert refused.value.code == "template_ambiguous"
    assert "old_age_allowance" in refused.value.message and "winter_relief" in refused.value.message
    assert "visits" not in refused.value.message


# ------------------------------------------------------------ periods


def _opened(path: Path, **options: object) -> list[str]:
    (reading,) = open_lists(path, TEMPLATES, today=TODAY, **options)  # type: ignore[arg-type]
    found = [problem.code for row in reading.rows(0) for problem in row.problems]
    return [reading.period, reading.period_from, *found]


def test_the_month_may_stand_in_a_column_only(tmp_path: Path) -> None:
    table = [["老人姓名", "身份证号码", "津贴金额", "发放月份"]]
    table += [["张三丰", id_number(n), "100", "202609"] for n in (1, 2)]
    path = text_file(tmp_path / "高龄津贴.csv", table)
    assert _opened(path) == ["2026-09", "column", "period_of_column"]
    path = text_file(tmp_path / "9月高龄津贴.csv", [*table, ["合计", "", "200", ""]])
    assert _opened(path)[0] == "2026-09"


@pytest.mark.parametrize(
    ("name", "last"),
    [("高龄津贴.csv", "202608"), ("8月高龄津贴.csv", "202609"), ("2026年上半年高龄津贴.csv", "202609")],
)
def test_a_column_that_says_several_or_another_month_tells_none(tmp_path: Path, name: str, last: str) -> None:
    table = [["老人姓名", "身份证号码", "津贴金额", "发放月份"]]
    table += [["张三丰", id_number(1), "100", "202609"], ["李四", id_number(2), "100", last]]
    with pytest.raises(AidError) as refused:
        _opened(text_file(tmp_path / name, table))
    assert refused.value.code == "period_unknown"


def test_a_quarter_s_roster_of_an_own_benefit_is_that_of_its_last_month(tmp_path: Path) -> None:
    table = [
        ["姓名", "身份证号", "优抚对象类别", "发放金额"],
        ["张三丰", id_number(1), "在乡复员军人", "3000"],
    ]
    path = text_file(tmp_path / "优抚对象2026年三季度.csv", table)
    assert _opened(path) == ["2026-09", "file", "quarter_taken"]


# ------------------------------------------------------------ sums in two units


def test_medical_bills_by_the_day_of_discharge(tmp_path: Path) -> None:
    table = [["救助对象姓名", "证件号码", "就诊医院", "出院时间", "医疗总费用", "医疗救助金额", "个人自付"]]
    table += [["张三丰", id_number(1), "区医院", "2026-09-11", "12500", "1000", "2500"]]
    (row,) = kept(text_file(tmp_path / "医疗救助一站式结算明细_202609.csv", table))
    assert person(row).identity.name == "张三丰"
    assert [(fact.day, fact.fen) for fact in facts(row, "medical_total")] == [("2026-09-11", 1250000)]


def test_sums_of_one_kind_of_which_some_name_ten_thousand_are_asked_about(tmp_path: Path) -> None:
    table = [["姓名", "证件号码", "结算时间", "医疗总费用（万元）", "医疗救助金额", "个人自付"]]
    table += [["张三丰", id_number(1), "2026-09-11", "1.25", "0.1", "0.25"]]
    with pytest.raises(AidError) as refused:
        read(text_file(tmp_path / "医疗救助结算明细_202609.csv", table))
    assert refused.value.code == "unit_mixed"
    assert "医疗救助金额" in refused.value.message and "万元" in refused.value.hint


@pytest.mark.parametrize("beside", ["家庭人均年收入", "家庭月人均收入"])
def test_incomes_of_which_one_names_ten_thousand_are_asked_about(tmp_path: Path, beside: str) -> None:
    table = [["姓名", "身份证号", "帮扶项目", "帮扶金额（元）", "帮扶时间", "家庭年收入（万元）", beside]]
    table += [["张三丰", id_number(1), "助学", "3000", "2026-09-02", "2.4", "8000"]]
    with pytest.raises(AidError) as refused:
        read(text_file(tmp_path / "工会帮扶202609.csv", table))
    assert refused.value.code == "unit_mixed" and beside in refused.value.message


def test_a_row_of_aid_that_was_not_granted_needs_no_sum(tmp_path: Path) -> None:
    table: list[Sequence[object]] = [
        ["申请人", "身份证号码", "救助金额（元）", "审批时间", "困难类型", "备注"],
        ["张三丰", id_number(1), 3000, "2026-09-05", "疾病", ""],
        ["李四", id_number(2), "", "", "疾病", "不符合条件，未批准"],
        ["王五", id_number(3), "", "2026-09-06", "疾病", ""],
    ]
    read_rows = rows(text_file(tmp_path / "临时救助台账202609.csv", table), source="temporary_aid")
    said = [row.problems[-1].message for row in read_rows if row.outcome == "set_aside"]
    assert len(said) == 2 and "“不符合条件，未批准”，没有批准的不用补" in said[0] and "批准" not in said[1]
