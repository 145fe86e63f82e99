"""What a column looks like, and that nothing of it that is handed on names anybody."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_files import TODAY, id_number

from aidcli.intake.coercion.cells import NumberText
from aidcli.intake.drafts.content import births_agree, look
from aidcli.intake.drafts.discretion import looks_like_name, shape

IDS = [id_number(number) for number in range(1, 7)]
NAMES = ["张三", "李小四", "欧阳海", "王 五", "赵六（已故）", "扎西·次仁"]


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("id", IDS),
        ("id", [*IDS[:3], "990101196001", "", "无", IDS[4][:6] + "********" + IDS[4][-4:]]),
        ("id", [NumberText(one[:15] + "000") for one in IDS]),
        ("id", ["9.90101E+17", "9.90102E+17"]),
        ("id", [one[:6] + one[8:17] for one in IDS]),  # fifteen digits of old
        ("card", [one + "44" for one in IDS]),
        ("id_list", [f"{IDS[0]};{IDS[1]}", IDS[2], f"{IDS[3]}、{IDS[4]}"]),
        ("credit_code", ["91990101MA0X00001A", "92990101MA0X00002B"]),
        ("bank_card", ["6217000010000000003", "6217000010000000011"]),
        ("account", ["9901000002375700033", "9901000003167600041"]),
        ("phone", ["13900000001", "13800000002", "13700000003"]),
        ("day", ["2026-09-01", "2026/9/2", "2026.9.3", "2026年9月4日", "20260905"]),
        ("month", ["202609", "2026-10", "2026年9月"]),
        ("sex", ["男", "女", "男性"]),
        ("grade", ["一级", "2级", "三级（中度）"]),
        ("yes_no", ["是", "否", "√"]),
        ("relation", ["户主", "配偶", "长子", "孙女"]),
        ("nation", ["汉族", "藏族"]),
        ("township", ["青禾镇", "白塘乡", "石桥街道"]),
        ("village", ["东塘村", "光明社区", "和平居委会"]),
        ("address", ["示例区青禾镇东塘村3组12号", "示例区白塘镇后塘村1组2号"]),
        ("name", NAMES),
        ("name", ["张*三", "李某"]),
        ("name_list", ["张三；李四", "王五"]),
        ("serial", [str(number) for number in range(1, 9)]),
        ("serial", ["1", "2", "3", "5", "6", "7", "8", "9", "10", "11"]),
        ("money", ["12.50", "30", "1,200.00", "¥8.5"]),
        ("count", ["3", "2", "4", "3", "1"]),
        ("number", ["380", "1200", "95"]),
        ("code", ["居民生活", "农业生产", "居民生活", "居民生活"]),
        ("text", ["屋顶漏水，无人照看", "去年住院三次", "外出务工未归", "孩子在外地读书"]),
        ("blank", ["", "无", "—"]),
    ],
)
def test_a_column_is_known_by_its_cells(kind: str, cells: list[str]) -> None:
    assert look(cells, TODAY).kind == kind


@given(
    st.lists(st.integers(1, 999), min_size=3, max_size=20, unique=True),
    st.dates(date(1930, 1, 1), date(2020, 1, 1)),
)
def test_any_id_numbers_are_seen_as_such_and_never_quoted(sequence: list[int], born: date) -> None:
    cells = [id_number(number, f"{born:%Y%m%d}") for number in sequence]
    content = look(cells, TODAY)
    assert content.kind == "id" and content.values == ()
    assert not any(cell in part for cell in cells for part in content.shapes)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("网格员", ["张三", "李四", "张三", "张三", "李四", "李四"]),  # few words, but persons
        ("填报人", ["小组一", "小组一", "小组一", "小组二"]),  # a heading that speaks of persons
        ("备用", IDS * 2),
        ("电话", ["13900000001"] * 4),
    ],
)
def test_what_may_be_a_person_is_not_quoted(heading: str, cells: list[str]) -> None:
    assert look(cells, TODAY, heading).values == ()


def test_words_of_a_code_are_quoted_the_most_frequent_first() -> None:
    content = look(["失败", "成功", "成功", "成功", "失败", "待处理"], TODAY, "处理结果")
    assert content.values == ("成功", "失败", "待处理")
    assert content.distinct == 3


def test_a_name_among_the_words_of_a_code_is_left_out() -> None:
    assert look(["在册", "在册", "退出", "张三", "退出", "在册"], TODAY, "情况").values == ("在册", "退出")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("张三", "2个汉字"),
        (id_number(1), "18位数字" if id_number(1).isdigit() else "17位数字+1个字母"),
        ("东村3组", "2个汉字+1位数字+1个汉字"),
        ("  ", "空白"),
    ],
)
def test_a_shape_tells_lengths_only(cell: str, said: str) -> None:
    assert shape(cell) == said


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("张三", True),
        ("欧阳小海", True),
        ("高一(1)班", False),
        ("青禾镇", False),
        ("居民生活", False),
        ("王", False),
    ],
)
def test_a_name_begins_with_a_surname_and_is_short(word: str, name: bool) -> None:
    assert looks_like_name(word) is name


def test_births_are_told_by_the_id_numbers_beside_them() -> None:
    ids = [id_number(1, "19600101"), id_number(2, "19700305"), id_number(3, "19801210")]
    assert births_agree(["1960-01-01", "1970.3.5", "1980年12月10日"], ids, TODAY)
    assert births_agree(["196001", "197003", ""], ids, TODAY)
    assert not births_agree(["2026-01-01", "2026-03-05", "2026-09-01"], ids, TODAY)
    assert not births_agree(["1960-01-01"], ids[:1], TODAY), "one row proves nothing"
