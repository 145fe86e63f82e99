"""Sheets on which an authority found nobody, lines below a list that are nobody, and how a bank ends its file."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from intake_files import BANK, TEMPLATES, TODAY, codes, facts, id_number, read, rows, text_file, xlsx

from aidcli.intake.lists import open_lists
from aidcli.intake.rows.skiprows import is_footer, is_remark, no_result, trailer

DEATHS = ["序号", "家庭成员姓名", "身份证号", "死亡日期", "注销标识", "反馈时间"]
CARS = ["序号", "家庭成员姓名", "身份证号", "号牌号码", "品牌型号", "初次登记日期", "反馈时间"]
CAR = ["1", "张三丰", id_number(1), "示A12345", "示例", "2020-01-01", "2026-09-12"]


@pytest.mark.parametrize(
    "cells",
    [
        ["无相关信息"],
        ["", "无"],
        ["1", "无", "无", "无"],
        ["未查询到相关信息"],
        ["（无数据）"],
        ["暂无数据。"],
        ["经查询，无".replace("，", "")],
        ["未查到"],
        ["没有符合条件的记录"],
    ],
)
def test_a_row_that_says_nothing_was_found(cells: list[str]) -> None:
    assert no_result(cells)


@pytest.mark.parametrize(
    "cells",
    [
        ["吴无"],
        ["无名氏"],
        ["1", "张三丰", "无"],
        ["300.00", "无"],
        ["无锡市"],
        ["无房户"],
        ["无异常原因待查"],
        [""],
    ],
)
def test_a_row_that_says_something_else(cells: list[str]) -> None:
    assert not no_result(cells)


@pytest.mark.parametrize("said", ["无相关信息", "未查询到数据", "无"])
def test_a_sheet_without_a_result_is_left_out_and_the_others_are_read(said: str, tmp_path: Path) -> None:
    sheets = [("车辆", [["车辆信息"], CARS, CAR]), ("死亡", [["死亡信息"], DEATHS, [said]])]
    path = xlsx(tmp_path / "核对报告202609.xlsx", *sheets)
    (read,) = open_lists(path, TEMPLATES, today=TODAY)
    assert read.template.key == "check_vehicles"
    (left,) = read.skipped_sheets
    assert left[0] == "死亡" and "没有结果" in left[1] and said in left[1]


def test_a_sheet_that_holds_a_person_is_not(tmp_path: Path) -> None:
    person = ["1", "李四", id_number(3), "2026-08-01", "死亡注销", "2026-09-12"]
    sheets = [("车辆", [CARS, CAR]), ("死亡", [DEATHS, person, ["无"]])]
    lists = open_lists(xlsx(tmp_path / "核对报告202609.xlsx", *sheets), TEMPLATES, today=TODAY)
    assert sorted(one.template.key for one in lists) == ["check_death", "check_vehicles"]


@pytest.mark.parametrize(
    "cells",
    [
        ["馆长：", "", "制表："],
        ["校长签字：", "经办人："],
        ["园长:李四"],
        ["站长（签字）：", "张三", "经办：", "李四"],
        ["董事长：", "", "2026年9月1日".replace("2026年9月1日", "")],
    ],
)
def test_labels_to_sign_at_are_nobody(cells: list[str]) -> None:
    assert is_footer(cells)


@pytest.mark.parametrize(
    "cells",
    [
        ["户主：张三丰"],
        ["东村："],
        ["张三丰", "馆长："],
        ["馆长：", "990101196001010015"],
        ["备用金：", "300"],
        ["联系电话：13900000000"],
    ],
)
def test_what_names_a_household_or_holds_figures_is_no_signature(cells: list[str]) -> None:
    assert not is_footer(cells)


@pytest.mark.parametrize(
    "said", ["本月共火化25具，其中惠民减免9具", "以上共计12例", "全镇共有困难户8户", "合计发现3件"]
)
def test_a_single_cell_that_counts_is_a_remark(said: str) -> None:
    assert is_remark(["", said]) and not is_remark(["张三丰", said])


def _bank(folder: Path, *last: str) -> list[tuple[str, dict[str, str]]]:
    paid = [
        ["张三丰", "6217000000000000001", yuan, "成功", None, "2026-09-10", n]
        for n, yuan in ((1, 100), (2, 200))
    ]
    found = rows(text_file(folder / "回盘202609.csv", [BANK, *paid, list(last)]))
    return [(row.outcome, codes(row)) for row in found]


@pytest.mark.parametrize(
    "last",
    [
        ("总笔数:2", "成功:2", "失败:0", "总金额:300.00"),
        ("合计笔数：2", "合计金额：300元"),
        ("成功:2", "失败:0"),
        ("总户数:2", "总人数:5"),
    ],
)
def test_the_last_line_of_a_bank_s_file_is_nobody(last: tuple[str, ...], tmp_path: Path) -> None:
    assert _bank(tmp_path, *last) == [("kept", {}), ("kept", {}), ("skipped", {})]


@pytest.mark.parametrize("last", [("总笔数:3", "总金额:300.00"), ("总笔数:2", "总金额:500.00")])
def test_its_figures_are_held_against_the_rows(last: tuple[str, ...], tmp_path: Path) -> None:
    assert _bank(tmp_path, *last)[-1] == ("skipped", {"total_mismatch": "note"})


def test_words_beside_figures_are_a_trailer_only_when_all_cells_are() -> None:
    assert not trailer(["张三丰", "金额:300"])
    assert not trailer(["金额:300"])
    assert not trailer(["时间:2026-09-10", "笔数:2"])


def test_a_sum_below_the_header_is_that_of_the_rows_below_it(tmp_path: Path) -> None:
    paid = [["张三丰", "6217000000000000001", 100, "成功", None, "2026-09-10", 1]]
    found = rows(text_file(tmp_path / "回盘202609.csv", [BANK, ["合计", None, 100], *paid]))
    assert [(row.outcome, codes(row)) for row in found] == [("skipped", {}), ("kept", {})]
    found = rows(text_file(tmp_path / "回盘202609.csv", [BANK, *paid, ["合计", None, 900]]))
    assert codes(found[-1]) == {"total_mismatch": "note"}


@pytest.mark.parametrize("said", ["查无", "查无记录", "未查询到相关信息", "无"])
def test_an_answer_that_nothing_was_found_is_kept_and_nothing_follows(said: str, tmp_path: Path) -> None:
    table = [DEATHS, ["1", "张三丰", id_number(1), said, "", "2026-09-12"]]
    table += [["2", "李四", id_number(3), "2026-08-01", "死亡注销", "2026-09-12"]]
    path = text_file(tmp_path / "核对报告死亡202609.csv", table)
    nothing, died = rows(path)
    assert (nothing.outcome, codes(nothing), facts(nothing, "death")) == ("kept", {}, [])
    assert [fact.day for fact in facts(died, "death")] == ["2026-08-01"]
    assert told_by_rows(read(path)) == told_by_blocks(read(path))


@pytest.mark.parametrize("said", ["", "不详", "/"])
def test_a_day_that_is_not_known_is_no_such_answer(said: str, tmp_path: Path) -> None:
    (row,) = rows(
        text_file(
            tmp_path / "核对报告死亡202609.csv",
            [DEATHS, ["1", "张三丰", id_number(1), said, "", "2026-09-12"]],
        )
    )
    assert row.outcome == "set_aside"


@pytest.mark.parametrize(("said", "outcome"), [("无", "set_aside"), ("查无此人", "kept")])
def test_on_a_list_of_the_dead_a_missing_day_is_no_answer(said: str, outcome: str, tmp_path: Path) -> None:
    table = [["逝者姓名", "身份证号", "火化时间"], ["张三丰", id_number(1), said]]
    (row,) = rows(text_file(tmp_path / "火化202609.csv", table))
    assert row.outcome == outcome and not (row.record and row.record.facts)


def test_an_answer_beside_a_sum_is_set_aside(tmp_path: Path) -> None:
    table = [
        ["家庭成员姓名", "身份证号", "总费用（元）", "结算日期", "反馈时间"],
        ["张三丰", id_number(1), "300", "查无", "2026-09-12"],
        ["李四", id_number(3), "查无", "查无", "2026-09-12"],
    ]
    contradicts, nothing = rows(text_file(tmp_path / "核对报告医疗202609.csv", table), source="check_medical")
    assert (contradicts.outcome, nothing.outcome) == ("set_aside", "kept")


def test_the_conclusion_below_a_household_of_a_report_is_nobody(tmp_path: Path) -> None:
    header = ["姓名", "证件号码", "核对项目", "核对结果", "数值", "数据截止日期", "信息来源"]
    lines = [
        header,
        ["张三丰", id_number(1), "银行存款", "有", "27962.90", "2026-09-30", "银行"],
        ["综合结论：家庭金融资产超出标准，请进一步核实"],
        header,
        ["李四海", id_number(3), "车辆", "无", "", "2026-09-30", "车管所"],
        ["综合结论：未超出规定标准"],
    ]
    read = rows(text_file(tmp_path / "家庭经济状况核对报告202610.csv", lines))
    found = [row for row in read if row.record]
    assert [row.row for row in found] == [2, 5] and not any(row.problems for row in read)
    assert [(f.text, f.day) for f in facts(found[0], "check_figure")] == [("27962.90", "2026-09-30")]


def test_a_row_of_what_the_system_fills_in_is_nobody(tmp_path: Path) -> None:
    lines = [
        ["预警编号", "预警指标", "预警详情", "预警对象", "身份证件号码", "预警时间", "核查结果"],
        [*["系统自动"] * 6, "填：属实/不属实"],
        ["YJ1", "新增养老待遇", "起领养老待遇", "张三丰", id_number(1), "2026-10-02", ""],
    ]
    read = rows(text_file(tmp_path / "预警下发清单202610.csv", lines))
    (row,) = [row for row in read if row.record]
    assert row.row == 3 and [f.code for f in facts(row, "platform_alert")] == ["pension"]
    assert codes(row) == {}
