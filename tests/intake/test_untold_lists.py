"""Files that have the columns of a list and do not say that they are one; and those of which two templates read the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from intake_files import TEMPLATES, facts, id_number, kept, read, text_file, xlsx

from aidcli.errors import AidError

PERSONS = ["姓名", "身份证号", "与户主关系", "联系电话"]
LINE = ["张三", id_number(1), "户主", "13800000001"]
STOPPED = ["户主姓名", "户主身份证号", "保障人数", "月保障金", "停保原因", "停保时间"]


def _refused(path: Path) -> AidError:
    with pytest.raises(AidError) as caught:
        read(path)
    return caught.value


def _file(path: Path, headings: Sequence[str], row: Sequence[object], title: str = "") -> Path:
    return xlsx(path, ("Sheet1", [*([[title]] if title else []), headings, row]))


def test_columns_that_any_list_has_make_no_roster(tmp_path: Path) -> None:
    error = _refused(_file(tmp_path / "青禾镇人员名单2026年9月.xlsx", PERSONS, LINE))
    assert error.code == "template_ambiguous"
    assert "低保边缘家庭（dibao_margin）" in error.message and "没有写明" in error.message
    assert "--source" in (error.hint or "") and "sources new" in (error.hint or "")


@pytest.mark.parametrize(
    ("name", "title"),
    [("低保边缘家庭名册202609", ""), ("名册202609", "2026年9月低边家庭花名册")],
)
def test_a_name_or_a_title_tells(tmp_path: Path, name: str, title: str) -> None:
    path = _file(tmp_path / f"{name}.xlsx", PERSONS, LINE, title)
    assert read(path).template.key == "dibao_margin"


def test_a_source_that_is_named_needs_no_telling(tmp_path: Path) -> None:
    path = _file(tmp_path / "青禾镇人员名单2026年9月.xlsx", PERSONS, LINE)
    (row,) = kept(path, source="dibao_margin")
    assert [fact.code for fact in facts(row, "enrolled")] == ["dibao_margin"]


def test_staff_of_a_firm_are_not_its_owners(tmp_path: Path) -> None:
    headings, row = ["姓名", "身份证号", "单位名称", "职务"], ["张三", id_number(1), "示例厂", "工人"]
    assert _refused(_file(tmp_path / "职工名单202609.xlsx", headings, row)).code == "template_ambiguous"
    own = ["经营者", "身份证号", "企业名称", "经营状态"]
    path = _file(tmp_path / "名单202609.xlsx", own, ["张三", id_number(1), "示例小吃店", "存续"])
    assert read(path).template.key == "business_register"


def test_a_rare_heading_tells_although_it_is_that_of_a_name(tmp_path: Path) -> None:
    headings, row = ["高龄老人姓名", "身份证号码", "发放金额"], ["张三", id_number(1, "19400101"), 100]
    assert read(_file(tmp_path / "名单202609.xlsx", headings, row)).template.key == "old_age_allowance"
    headings[0] = "姓名"
    assert _refused(_file(tmp_path / "发放202609.xlsx", headings, row)).code in (
        "template_ambiguous",
        "template_unknown",
    )


@pytest.mark.parametrize("name", ["农村低保停保名单2026年9月", "2026年9月农村低保退出家庭"])
def test_who_left_is_read_as_having_left(tmp_path: Path, name: str) -> None:
    row = ["张三", id_number(1), 2, 500, "人员死亡", "2026-08"]
    path = _file(tmp_path / f"{name}.xlsx", STOPPED, row)
    assert "不在册" in read(path).leaving
    (only,) = kept(path)
    assert facts(only, "ended") and not facts(only, "enrolled") and not facts(only, "amount")


@pytest.mark.parametrize(
    "name", ["农村低保拟停保名单2026年9月", "2026年9月农村低保退出公示", "2026年1-9月农村低保停保"]
)
def test_who_may_leave_or_left_at_some_time_is_not_read_as_a_roster(tmp_path: Path, name: str) -> None:
    row = ["张三", id_number(1), 2, 500, "人员死亡", "2026-08"]
    path = _file(tmp_path / f"{name}.xlsx", STOPPED, row)
    error = _refused(path)
    assert error.code == "template_unknown" and "停保原因" in error.message and "当作在册" in error.message
    assert read(path, source="dibao_rural_household").template.key == "dibao_rural_household"


def test_a_roster_that_also_tells_when_aid_ended_is_one(tmp_path: Path) -> None:
    row = ["张三", id_number(1), 2, 500, "", ""]
    path = _file(tmp_path / "农村低保家庭名册2026年9月.xlsx", STOPPED, row)
    assert read(path).template.key == "dibao_rural_household"


def test_a_list_of_leavers_that_no_template_reads_is_told_what_to_do(tmp_path: Path) -> None:
    headings = ["户主姓名", "身份证号", "停保人数", "停保原因"]
    error = _refused(
        _file(tmp_path / "停保汇总表2026年9月.xlsx", headings, ["张三", id_number(1), 2, "死亡"])
    )
    assert error.code == "template_unknown" and "不用导入" in (error.hint or "")


def test_a_form_is_told_from_a_list(tmp_path: Path) -> None:
    form = [["入户核查表"], ["户主姓名", "张三", "身份证号", id_number(1)], ["家庭人口", 3, "保障人口", 2]]
    error = _refused(xlsx(tmp_path / "核查表2026年9月.xlsx", ("S", form)))
    assert error.code == "no_header" and "不是名单" in error.message and "张三" not in error.message


def test_two_templates_of_a_kind_that_read_the_same_need_no_question(tmp_path: Path) -> None:
    headings = ["户主姓名", "户主身份证号", "低保证号", "保障人数", "家庭补差", "合计"]
    row = ["张三", id_number(1), "A1", 2, 500, 560]
    path = _file(tmp_path / "名册202609.xlsx", headings, row, "2026年9月农村低保金花名册")
    (only,) = kept(path)
    assert read(path).template.residence == "rural"
    assert {fact.code: fact.fen for fact in facts(only, "amount")} == {"base": 50000, "total": 56000}


def test_two_programmes_in_a_name_decide_nothing(tmp_path: Path) -> None:
    headings = ["姓名", "身份证号", "监护人", "发放金额"]
    row = ["张小三", id_number(1, "20150101"), "张三", 1200]
    error = _refused(_file(tmp_path / "孤儿和事实无人抚养儿童2026年9月.xlsx", headings, row))
    assert error.code == "template_ambiguous"
    assert "orphans" in error.message and "unattended_children" in error.message


def test_an_unknown_list_is_sent_to_the_drafts(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "监控名单202609.csv", [["姓名", "身份证号", "摄像头"], ["张三", id_number(1), "1"]]
    )
    assert "aidcli sources new 文件" in (_refused(path).hint or "")


def test_no_shipped_template_is_out_of_reach() -> None:
    """What says least of all, a list of payments apart, still has a name by which files tell it."""
    assert all(template.file_names or template.kind == "money" for template in TEMPLATES.values())
