"""Names: the form in which they are compared, and what else their cells tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidcli import names


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张三", "张三"),
        ("张 三", "张三"),
        ("张　三", "张三"),
        (" 张三\t", "张三"),
        ("张三（已故）", "张三"),
        ("张三【户主】", "张三"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("張三", "張三"),
        ("张三之子", "张三之子"),
        ("张三同志", "张三同志"),
        ("𠮷小妹", "𠮷小妹"),
        ("张\ue123", "张\ue123"),
        ("John Smith", "JOHNSMITH"),
    ],
)
def test_the_comparison_form(written: str, name: str) -> None:
    assert names.compact(written) == name


@pytest.mark.parametrize(
    ("written", "former"),
    [
        ("张三（曾用名张小三）", "张小三"),
        ("张三(曾用名：张小三，已改)", "张小三"),
        ("张三（原名 张小三）", "张小三"),
        ("张三【又名张小三】", "张小三"),
        ("张三 曾用名:张小三", "张小三"),
        ("张三（曾用名：无）", ""),
        ("张三（曾用名）", ""),
        ("张三（已故）", ""),
        ("张三", ""),
    ],
)
def test_former_names_in_the_cell(written: str, former: str) -> None:
    assert names.former(written) == former


@pytest.mark.parametrize(
    "written", ["张*三", "张＊三", "张×三", "张××", "张某", "李某某", "李某明", "张X三", "张●三", "*三"]
)
def test_masked_names_are_noticed(written: str) -> None:
    assert names.is_masked(written)


@pytest.mark.parametrize(
    "written", ["张三", "阿依古丽·买买提", "阿依古丽●买买提", "张三（某村）", "XU LI", "张三之子", "欧阳小明"]
)
def test_whole_names_are_not(written: str) -> None:
    assert not names.is_masked(written)


def test_private_letters_are_noticed_and_rare_ones_are_not() -> None:
    assert names.has_private_use("张\ue123") and names.has_private_use("张\U000f0001")
    assert not names.has_private_use("𠮷小妹") and not names.has_private_use("㛃䶮")


def test_a_form_of_address_is_told_and_left() -> None:
    assert names.title("王小明同志") == "同志"
    assert names.title("王小明 女士（已故）") == "女士"
    assert names.title("王先生") == names.title("王小明") == ""


@pytest.mark.parametrize(
    ("name", "plausible"), [("张三", True), ("张", False), ("张三1", False), ("张*三", True)]
)
def test_what_looks_like_a_name(name: str, plausible: bool) -> None:
    assert names.is_plausible(name) is plausible


@given(st.text("张三李四王·•.（）()*1 a\u3000", max_size=8) | st.text(max_size=6))
def test_the_fast_way_to_the_comparison_form_gives_the_same(written: str) -> None:
    assert names.compact(written) == names._compacted(written)
