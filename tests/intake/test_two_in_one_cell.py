"""Columns whose cells say two things: from when to when, kind and grade; and two columns of one payment or firm."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import TODAY, codes, facts, id_number, kept, read, text_file, xlsx

from aidcli.intake.coercion import twofold
from aidcli.intake.coercion.cells import CellError
from aidcli.intake.vocabulary.health import DISABILITY


@pytest.mark.parametrize(
    "written",
    [
        "2026.03-2026.11",
        "202603至202611",
        "2026年3月—2026年11月",
        "2026-03~2026-11",
        "2026年3-11月",
        "2026.3.1-2026.11.30",
    ],
)
@pytest.mark.parametrize("heading", ["领取起止年月", "享受起止年月", "领取期间"])
def test_the_months_of_unemployment_benefit_in_one_cell(written: str, heading: str, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", heading, "月标准(元)", "状态"]
    path = text_file(
        tmp_path / "失业保险金发放202609.csv", [head, ["张三丰", id_number(1), written, 1560, "在领"]]
    )
    (row,) = kept(path)
    assert facts(row, "since")[0].month == "2026-03"
    assert facts(row, "benefit_until")[0].month == "2026-11"
    assert "bad_choice" not in codes(row)


@pytest.mark.parametrize("written", ["2026-03", "三个月", "2026.11-2026.03"])
def test_a_cell_that_is_no_span_is_told_and_gives_neither(written: str, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "领取起止年月", "月标准(元)"]
    path = text_file(tmp_path / "失业保险金发放202609.csv", [head, ["张三丰", id_number(1), written, 1560]])
    (row,) = kept(path)
    assert facts(row, "since") == [] and facts(row, "benefit_until") == []
    assert codes(row)["bad_month"] == "cell"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2024-01-02至2029-01-01", "2024-01-02|2029-01-01"),
        ("2024年1月2日－2029年1月1日", "2024-01-02|2029-01-01"),
        ("20240102-20290101", "2024-01-02|2029-01-01"),
        ("2024-01至2029-01", "2024-01|2029-01"),
        ("2024-01-02至长期", "2024-01-02|"),
    ],
)
def test_days_from_one_to_the_other(written: str, told: str) -> None:
    assert twofold.days(written) == told


@pytest.mark.parametrize("written", ["9年", "两年", "有期徒刑三年", "3年6个月", "一年零六个月"])
def test_a_length_of_time_tells_no_day(written: str) -> None:
    assert twofold.days(written) is None


@pytest.mark.parametrize("written", ["2026年5月", "26年5月"])
def test_a_month_alone_is_no_length(written: str) -> None:
    with pytest.raises(CellError, match="什么时候"):
        twofold.days(written)


def test_the_term_of_a_prisoner_in_one_cell(tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "服刑类型", "刑期起止日期"]
    row_ = ["张三丰", id_number(1), "有期徒刑", "2024-01-02至2029-01-01"]
    (row,) = kept(text_file(tmp_path / "服刑人员202609.csv", [head, row_]))
    assert facts(row, "in_prison")[0].day == "2024-01-02"
    assert facts(row, "in_prison_until")[0].day == "2029-01-01"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("肢体二级", "limb|2"),
        ("肢体 1", "limb|1"),
        ("智力/一级", "intellectual|1"),
        ("二级（听力）", "hearing|2"),
        ("视力残疾3级", "visual|3"),
        ("肢体", "limb|"),
        ("四级", "|4"),
        ("无", None),
    ],
)
def test_kind_and_grade_of_a_disability_in_one_cell(written: str, told: str | None) -> None:
    assert twofold.kind_and_grade(written, DISABILITY) == told


@pytest.mark.parametrize("written", ["肢体二级、智力三级", "某种二级", "五级"])
def test_a_cell_of_two_grades_or_of_no_known_kind_is_not_guessed(written: str) -> None:
    with pytest.raises(CellError):
        twofold.kind_and_grade(written, DISABILITY)


def test_a_list_of_both_subsidies_tells_the_disability_from_one_column(tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "残疾类别等级", "生活补贴金额", "护理补贴金额", "备注"]
    body = [
        ["张三丰", id_number(1), "肢体二级", 100, 80, ""],
        ["李四", id_number(2), "精神 3", "", "", "残疾证过期，2026年9月起两项暂停"],
        ["王小五", id_number(3), "智力三级", "", "", "残疾证过期，2026年12月起两项暂停"],
        ["赵六", id_number(4), "智力三级", 0, 0, "残疾证过期，2026年9月起两项停发"],
    ]
    one, over, ahead, zero = kept(text_file(tmp_path / "残疾人两项补贴202609.csv", [head, *body]))
    assert (facts(one, "disability")[0].code, facts(one, "disability")[0].num) == ("limb", 2)
    assert facts(over, "ended") and facts(zero, "ended") and codes(over)["row_ended"] == "note"
    assert facts(ahead, "enrolled") and codes(ahead)["state_unread"] == "note"


def test_a_bank_is_taken_at_what_it_paid_and_its_failures_at_what_was_sent(tmp_path: Path) -> None:
    head = ["账号", "户名", "证件号码", "委托金额", "成功金额", "处理结果", "失败原因"]
    body = [
        ["6217000000000000001", "张三丰", id_number(1), "805.5", "805.5", "成功", ""],
        ["6217000000000000002", "李四", id_number(2), "285", "0", "失败", "账户已销户"],
        ["6217000000000000003", "王小五", id_number(3), "402", "", "失败", "户名不符"],
    ]
    again = [
        ["账号", "户名", "证件号码", "金额", "失败原因"],
        ["6217000000000000002", "李四", id_number(2), "285", "账户已销户"],
    ]
    path = xlsx(tmp_path / "代发回盘202609.xlsx", ("明细", [head, *body]), ("失败清单", again))
    results = [facts(row, "pay_result")[0] for row in kept(path)]
    assert [(one.fen, one.code, one.text) for one in results] == [
        (80550, "success", ""), (28500, "failed", "账户已销户"), (40200, "failed", "户名不符")
    ]  # fmt: skip
    assert [name for name, _ in read(path).skipped_sheets] == ["失败清单"]


def test_a_firm_with_a_day_on_which_it_was_taken_off_is_closed(tmp_path: Path) -> None:
    head = ["法定代表人", "身份证号", "企业名称", "成立日期", "注销日期"]
    body = [
        ["张三丰", id_number(1), "东街小店", "2020-01-02", "2026-03-04"],
        ["李四", id_number(2), "西街小店", "2020-01-02", ""],
    ]
    gone, on = kept(text_file(tmp_path / "市场主体202609.csv", [head, *body]))
    assert (
        facts(gone, "business_closed")[0].day == "2026-03-04"
        and facts(gone, "business")[0].code == "cancelled"
    )
    assert facts(on, "business_closed") == [] and facts(on, "business")[0].code == ""
    assert TODAY.isoformat() > "2026-03-04"
