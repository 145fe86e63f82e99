"""Headings that a roster and a list of payments have alike: the name decides, and that is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import TEMPLATES, id_number, read, rows, xlsx

from aidcli.errors import AidError
from aidcli.intake.headers.ties import broken_by_name

PAID = ["序号", "姓名", "身份证号", "享受人数", "补差金额", "发放金额", "账号"]
ROW = [1, "张三", id_number(1), 2, 480, 500, "6217000000000000001"]


def _file(path: Path, title: str = "", sheet: str = "Sheet1") -> Path:
    return xlsx(path, (sheet, [*([[title]] if title else []), PAID, ROW]))


def test_a_list_of_payments_is_taken_for_one_and_told(tmp_path: Path) -> None:
    path = _file(tmp_path / "2026年9月城市低保发放表.xlsx")
    assert read(path).template.key == "paid_dibao"
    (note,) = (one for row in rows(path) for one in row.problems if one.code == "template_by_name")
    assert note.severity == "note" and "文件名里的“发放表”" in note.message
    assert "城市低保家庭（dibao_urban_household）" in note.message and "--source" in note.message


@pytest.mark.parametrize(
    ("stem", "sheet", "title", "said"),
    [
        ("9月低保", "打卡", "", "工作表名称里的“打卡”"),
        ("9月低保", "Sheet1", "河东镇低保金 发放花名册", "标题里的“发放花名册”"),
        ("9月低保在册名单", "Sheet1", "", "文件名里的“在册”"),
        ("9月低保", "Sheet1", "", None),
        ("9月低保在保家庭", "发放表", "", None),
    ],
)
def test_what_breaks_a_tie(stem: str, sheet: str, title: str, said: str | None) -> None:
    candidates = [TEMPLATES["paid_dibao"], TEMPLATES["dibao_urban_household"]]
    found = broken_by_name(Path(f"{stem}.xlsx"), [(sheet, title)], candidates)
    assert (found.note(sheet, 1).message.partition("按")[2].split("认作")[0] if found else None) == said
    assert (
        broken_by_name(Path("9月发放表.xlsx"), [], [TEMPLATES["paid_dibao"], TEMPLATES["paid_tekun"]]) is None
    )


def test_a_name_that_says_both_or_neither_decides_nothing(tmp_path: Path) -> None:
    for name in ("2026年9月城市低保", "2026年9月城市低保在保家庭信息发放表"):
        try:
            found = read(_file(tmp_path / f"{name}.xlsx")).template.key
        except AidError as error:
            assert error.code == "template_ambiguous"
        else:
            assert found == "dibao_urban_household"


def test_of_two_programmes_a_name_that_tells_none_is_asked_about(tmp_path: Path) -> None:
    table = [["姓名", "身份证号", "发放金额", "银行账号"], ["张三", id_number(1), 500, "6217000000000000001"]]
    with pytest.raises(AidError) as refused:
        read(xlsx(tmp_path / "2026年9月发放表.xlsx", ("Sheet1", table)))
    assert refused.value.code == "template_ambiguous"


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("企业退休人员养老金情况表2026年9月", "养老金水平"),
        ("2026年9月企业退休人员退休金", "退休金"),
        ("2026年9月企业退休人员养老金花名册", "月退休金"),
        ("企业退休人员养老金发放花名册202609", "实发合计"),
        ("2026年9月企业退休人员养老金调整明细", "调整后养老金"),
    ],
)
def test_pensions_of_firms_are_known(tmp_path: Path, name: str, heading: str) -> None:
    table = [["姓名", "身份证号", "企业名称", heading], ["张三", id_number(1), "示例厂", "2500"]]
    (row,) = rows(xlsx(tmp_path / f"{name}.xlsx", ("S", table)))
    assert row.record is not None
    assert [fact.fen for fact in row.record.facts if fact.kind == "pension"] == [250000]
