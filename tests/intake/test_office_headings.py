"""Headings as offices write them: an empty word before a document, several kinds of staff over one group."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from intake_files import TEMPLATES, facts, id_number, kept, xlsx

from aidcli.errors import AidError
from aidcli.intake.headers.lookup import look_up
from aidcli.intake.reading import open_file


@pytest.mark.parametrize("heading", ["有效身份证件号码", "有效身份证号", "合法证件号码", "现用身份证号码"])
@pytest.mark.parametrize("source", ["death_certificate", "prisoners", "disabled_persons"])
def test_an_empty_word_before_a_document_says_nothing(heading: str, source: str) -> None:
    found = look_up(TEMPLATES[source].vocabulary, [heading])
    assert found is not None and found.field == "id"


@pytest.mark.parametrize(
    "staff",
    [
        "经办人员、村（社区）干部信息",
        "经办人员和村（居）干部",
        "社会救助经办人员及村干部情况",
        "经办人员/工作人员信息",
    ],
)
def test_several_kinds_of_staff_over_one_group_are_the_staff(staff: str, tmp_path: Path) -> None:
    kin = "享受救助近亲属信息"
    upper = ["序号", staff, None, None, kin, None, None, None]
    lower = [None, "姓名", "身份证号", "职务", "姓名", "身份证号", "与干部关系", "救助类别"]
    row = [1, "吴启明", id_number(1), "妇女主任", "余彩霞", id_number(2), "母亲", "农村低保"]
    path = xlsx(
        tmp_path / "近亲属备案登记表202609.xlsx",
        ("备案", [upper, lower, row]),
        merges=["A1:A2", "B1:D1", "E1:H1"],
    )
    (read,) = kept(path)
    assert read.record is not None
    named = {person.role: person.identity.name for person in read.record.persons}
    assert named == {"subject": "余彩霞", "staff": "吴启明"}
    assert facts(read, "kin_filed")


def test_two_persons_of_whom_one_is_no_staff_are_not_taken_for_the_staff() -> None:
    found = look_up(TEMPLATES["kin_filings"].vocabulary, ["户主、配偶", "姓名"])
    assert found is None or found.field != "staff_name"


def test_a_payment_is_of_whom_it_benefits_and_not_of_who_holds_the_account(tmp_path: Path) -> None:
    head = [
        "享受人姓名",
        "享受人身份证号",
        "收款人姓名",
        "收款人身份证号",
        "收款账号",
        "补贴金额（元）",
        "拨付日期",
        "项目名称",
    ]
    rows = [
        ["余玉珍", id_number(1), "余玉珍", id_number(1), "62289001", 700, "2026-09-09", "特困供养金"],
        ["余玉宝", id_number(3), "穆仁义", id_number(5), "62289002", 700, "2026-09-09", "特困供养金"],
    ]
    for row, read in zip(
        rows, kept(xlsx(tmp_path / "资金内控平台拨付明细202609.xlsx", ("S", [head, *rows]))), strict=True
    ):
        assert read.record is not None
        (who,) = [one.identity for one in read.record.persons]
        assert (who.name, who.id_value) == (row[0], row[1])


@pytest.mark.parametrize("grouped", [False, True])
@pytest.mark.parametrize("month", ["{}月", "{}月份", "2025年{}月"])
def test_the_sum_of_months_side_by_side_is_no_payment_of_one(
    month: str, grouped: bool, tmp_path: Path
) -> None:
    months = [month.format(n) for n in range(1, 13)]
    head = ["户主姓名", "身份证号", "银行账号", *months, "发放合计"]
    row = ["张三", id_number(1), "62280001", *[386] * 12, 386 * 12]
    over = [None, None, None, "各月发放金额", *[None] * 11, None]
    rows = [over, head, row] if grouped else [head, row]
    path = xlsx(tmp_path / "农村低保金发放明细202512.xlsx", ("S", rows), merges=["D1:O1"] if grouped else [])
    with pytest.raises(AidError) as refused:
        open_file(path, TEMPLATES, today=date(2026, 2, 1))
    assert (refused.value.code, refused.value.column) == ("months_side_by_side", "P")


def test_the_sum_of_this_month_beside_those_of_others_is_read(tmp_path: Path) -> None:
    head = ["户主姓名", "身份证号", "银行账号", "6月", "7月", "8月", "本月发放金额"]
    path = xlsx(
        tmp_path / "农村低保金发放明细202609.xlsx",
        ("S", [head, ["张三", id_number(1), "62280001", 386, 386, 386, 400]]),
    )
    (row,) = kept(path)
    assert [fact.fen for fact in facts(row, "paid")] == [40000]
