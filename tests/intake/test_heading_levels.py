"""Headers on one to four rows: parents over their columns, whose a column is, and which of two is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_files import codes, facts, id_number, kept, person, read, xlsx

from aidcli.errors import AidError
from aidcli.intake.formats.source import Merge, Row
from aidcli.intake.headers.headings import HeaderMatch, Vocabulary, find_header

WORDS = {
    "name": ["户主姓名"],
    "id": ["户主身份证号"],
    "covered": ["保障人数", "集中供养/人数"],
    "base": ["月保障金"],
    "total": ["发放合计（元）", "当月/资金"],
    "phone": ["联系电话"],
    "account": ["银行账号"],
}
PLAIN = Vocabulary.of(WORDS, ["name", "id"], {})


def _rows(*grid: list[str | None]) -> list[Row]:
    return [(number, tuple(cell or "" for cell in cells)) for number, cells in enumerate(grid, start=1)]


def _found(*grid: list[str | None], merges: tuple[Merge, ...] = ()) -> HeaderMatch:
    match = find_header(PLAIN, _rows(*grid), merges)
    assert match is not None
    return match


def _places(match: HeaderMatch) -> dict[str, int]:
    return {field: column.place for field, column in match.columns.items()}


DATA: list[str | None] = ["张三", "990101196001010012", "2", "500", "520", "5550001", "6217000000000000001"]


def test_parent_and_child_make_one_heading() -> None:
    match = _found(["户主", None, "保障人数"], ["姓名", "身份证号", None], DATA)
    assert (match.row, match.levels, _places(match)) == (2, 2, {"name": 0, "id": 1, "covered": 2})
    assert match.columns["id"].how == "level" and match.columns["id"].heading == "户主/身份证号"


def test_a_parent_that_ends_in_nothing_but_information_counts_as_the_person() -> None:
    match = _found(["户主基本信息", None, "其他"], ["姓名", "身份证号", "联系电话"], DATA)
    assert _places(match) == {"name": 0, "id": 1, "phone": 2}


def test_a_parent_may_hold_a_value_of_its_own() -> None:
    upper = ["户主姓名", "户主身份证号", "保障人数", None, None, "发放合计（元）", None]
    lower = [None, None, None, "重点保障人数", "残疾人数", None, "月保障金"]
    match = _found(upper, lower, ["张三", "990101196001010012", "2", "1", "0", "520", "500"])
    assert _places(match) == {"name": 0, "id": 1, "covered": 2, "total": 5, "base": 6}
    assert match.unmapped == ("重点保障人数", "残疾人数")


def test_a_heading_on_two_levels_may_be_named_in_the_template() -> None:
    match = _found(
        ["户主姓名", "户主身份证号", "集中供养", None, "分散供养", None],
        [None, None, "户数", "人数", "户数", "人数"],
        ["张三", "990101196001010012", "1", "2", "3", "4"],
    )
    assert _places(match) == {"name": 0, "id": 1, "covered": 3}
    assert match.rivals == () and match.columns["covered"].known == "集中供养/人数"


def test_of_this_month_and_all_months_this_month_is_taken() -> None:
    match = _found(
        ["户主姓名", "户主身份证号", "1-9月累计", None, "当月", None],
        [None, None, "月保障金", "资金", "月保障金", "资金"],
        ["张三", "990101196001010012", "4500", "4700", "500", "520"],
    )
    assert _places(match) == {"name": 0, "id": 1, "base": 4, "total": 5}
    assert [(column.place, column.unit) for column in match.refused] == [(2, "1-9月累计")]


def test_four_levels() -> None:
    match = _found(
        ["户主", None, "供养情况", None, None, None],
        ["姓名", "身份证号", "集中供养", None, "资金", None],
        [None, None, "户数", "人数", "护理补贴", None],
        [None, None, None, None, "一档", "二档"],
        ["张三", "990101196001010012", "1", "2", "3", "4"],
    )
    assert (match.row, match.levels) == (4, 4)
    assert _places(match) == {"name": 0, "id": 1, "covered": 3}


def test_merged_areas_bound_a_parent() -> None:
    grid = (["户主", None, None, "保障人数"], ["姓名", "身份证号", "联系电话", None], DATA)
    across = (Merge(1, 1, 0, 1), Merge(1, 2, 3, 3))
    for merges in ((), across):
        assert _places(_found(*grid, merges=merges)) == {"name": 0, "id": 1, "phone": 2, "covered": 3}
    strange = (
        ["监护人", None, None, "户主身份证号", "户主姓名"],
        ["姓名", "身份证号", "联系电话", None, None],
        DATA,
    )
    assert "phone" not in _places(_found(*strange))
    assert _places(_found(*strange, merges=across[:1]))["phone"] == 2


def test_titles_and_lines_of_the_office_are_no_parents() -> None:
    header: list[str | None] = ["户主姓名", "户主身份证号", "月保障金", "发放合计（元）"]
    for title in (
        ["示例区2026年度监护人花名册"],
        ["填报单位：民政办", None, None, "单位：元"],
        [None, "低保花名册"],
        ["某镇监护人名册", None, "2026年9月"],
    ):
        match = _found(list(title), header, DATA)
        assert (match.row, match.levels, set(match.columns)) == (2, 1, {"name", "id", "base", "total"}), title


def test_a_row_of_words_without_figures_below_the_header_is_no_further_level() -> None:
    match = _found(["户主姓名", "户主身份证号", "月保障金"], ["张三", "不详", None], ["李四", "不详", None])
    assert (match.row, set(match.columns)) == (1, {"name", "id", "base"})


DEAD = ["序号", "申报人", None, "死者", None, None]
DEAD_BELOW = [None, "姓名", "公民身份号码", "姓名", "公民身份号码", "死亡日期"]


@pytest.mark.parametrize("merges", [(), ("B1:C1", "D1:F1", "A1:A2")])
def test_the_parent_decides_whose_name_and_number_it_is(tmp_path: Path, merges: tuple[str, ...]) -> None:
    line = [1, "李四", id_number(1), "王五", id_number(2), "2026-07-01"]
    path = xlsx(tmp_path / "死亡注销名单2026年三季度.xlsx", ("S", [DEAD, DEAD_BELOW, line]), merges=merges)
    (row,) = kept(path)
    assert (person(row).identity.name, person(row).identity.id_value) == ("王五", id_number(2))
    assert read(path).sheets[0].columns["id"][1] == "死者/公民身份号码"
    assert codes(row) == {}


def test_only_the_informant_s_number_is_nobody_s(tmp_path: Path) -> None:
    table = [
        ["申报人", None, None],
        ["姓名", "公民身份号码", "死亡日期"],
        ["李四", id_number(1), "2026-07-01"],
    ]
    with pytest.raises(AidError) as caught:
        read(xlsx(tmp_path / "死亡注销名单2026年三季度.xlsx", ("S", table)), source="death_cancellation")
    assert caught.value.code in ("wrong_template", "no_header")


def test_the_same_child_under_two_parents_is_refused_with_both(tmp_path: Path) -> None:
    table = [
        ["户主姓名", "户主身份证号", "城市", None, "农村", None],
        [None, None, "保障人数", "月保障金", "保障人数", "月保障金"],
        ["张三", id_number(1), 2, 500, 3, 600],
    ]
    with pytest.raises(AidError) as caught:
        read(xlsx(tmp_path / "农村低保家庭_202610.xlsx", ("S", table)))
    assert caught.value.code == "duplicate_columns"
    assert "“城市/保障人数”" in caught.value.message and "“农村/保障人数”" in caught.value.message


def test_the_sum_of_a_group_is_not_the_sum_of_all(tmp_path: Path) -> None:
    table = [
        ["户主姓名", "户主身份证号", "保障人数", "低保金", None, "分类施保", None, "合计（元）"],
        [None, None, None, "月保障金", "补差金额", "残疾人", "合计", None],
        ["张三", id_number(1), 2, 500, 500, 60, 60, 560],
    ]
    (row,) = kept(xlsx(tmp_path / "农村低保家庭_202610.xlsx", ("S", table)))
    assert [fact.fen for fact in facts(row, "amount") if fact.code == "total"] == [56000]


@given(
    order=st.permutations(range(7)),
    titles=st.integers(0, 26),
    cuts=st.lists(st.sampled_from(["甲组", "乙组", "丙组", "丁组"]), min_size=7, max_size=7),
    levels=st.integers(1, 4),
)
def test_any_order_any_titles_any_levels_find_the_same_fields(
    order: list[int], titles: int, cuts: list[str], levels: int
) -> None:
    headings = [WORDS[field][0] for field in WORDS]
    chosen = [headings[place] for place in order]
    grid: list[list[str | None]] = [[f"第{number}行说明"] for number in range(titles)]
    for level in range(levels - 1):
        groups = [f"{cut}{level}" for cut in cuts]
        grid.append([None if place and groups[place - 1] == cut else cut for place, cut in enumerate(groups)])
    grid += [list(chosen), [DATA[place] for place in order]]
    match = _found(*grid)
    assert match.row == titles + levels
    assert {field: headings[order[place]] for field, place in _places(match).items()} == {
        field: WORDS[field][0] for field in WORDS
    }


def test_a_heading_that_begins_with_among_these_belongs_to_the_header(tmp_path: Path) -> None:
    upper = ["姓名", "证件号码", "其中：自费", "费用情况", None, "结算时间"]
    lower = [None, None, None, "医疗费总额", "个人负担总金额", None]
    line = ["李四", id_number(2), 5, 100, 20, "2026-09-01"]
    (row,) = kept(xlsx(tmp_path / "医保结算明细202609.xlsx", ("S", [upper, lower, line])))
    assert person(row).identity.id_value == id_number(2)
