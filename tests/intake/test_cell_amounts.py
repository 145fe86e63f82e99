"""Amounts of money: spellings that mean one sum, and those that are refused with their reason."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidcli.intake.coercion import cells
from aidcli.intake.coercion.cells import CellError
from aidcli.money import daxie


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("¥-521", -52100),
        ("-￥521.00", -52100),
        ("负521", -52100),
        ("—521", -52100),
        ("–521", -52100),
        ("﹣521", -52100),
        ("（521.00）", -52100),
        ("+521", 52100),
        ("人民币521元整", 52100),
        ("RMB 521", 52100),
        ("521圆", 52100),
        ("521块钱", 52100),
        ("5元3角", 530),
        ("5元3角2分", 532),
        ("5元零2分", 502),
        ("3角", 30),
        ("30分", 30),
        ("-5元3角", -530),
        ("壹佰贰拾元整", 12000),
        ("人民币壹万贰仟元整", 1200000),
        ("壹拾万柒仟元零伍角叁分", 10700053),
        ("拾元", 1000),
        ("零元整", 0),
        ("1.2万", 1200000),
        ("521元/月", 52100),
        ("521元/户", 52100),
        (".5", 50),
        ("521.", 52100),
        ("——", None),
        ("不详", None),
        ("查无记录", None),
        ("未查询到相关信息", None),
        ("本人名下无存款记录", None),
    ],
)
def test_spellings_of_a_sum(written: str, fen: int | None) -> None:
    assert cells.money(written) == fen


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("约500", "约数"),
        ("500左右", "约数"),
        ("500余元", "约数"),
        ("500-600", "范围"),
        ("500元以上", "范围"),
        ("≥500", "范围"),
        ("500/月", "哪个期间"),
        ("500元/年", "哪个期间"),
        ("500元*3人", "算式"),
        ("500元/人", "算式"),
        ("$500", "外币"),
        ("12,34", "逗号"),
        ("1.234.56", "逗号"),
        ("500（补发）", "说明"),
        ("=A1+B1", "公式"),
        ("贰佰壹佰元", "大写"),
        ("壹佰贰拾", "大写"),
        ("一百元", "大写"),
        ("(-80)", "金额"),
        ("80-", "金额"),
        ("1万2千", "金额"),
        ("521.005", "零头"),
    ],
)
def test_what_may_be_meant_in_two_ways_is_refused_with_the_reason(written: str, word: str) -> None:
    with pytest.raises(CellError, match=word) as caught:
        cells.money(written)
    assert caught.value.code == "bad_money"


@pytest.mark.parametrize("written", ["未发放", "名下无", "无法核对", "未缴存", "查无500元"])
def test_what_only_sounds_like_nothing_found_is_refused(written: str) -> None:
    with pytest.raises(CellError):
        cells.money(written)


def test_a_sum_a_month_is_refused_where_the_column_is_not_monthly() -> None:
    with pytest.raises(CellError, match="哪个期间"):
        cells.money("521元/月", monthly=False)
    assert cells.money("521元", monthly=False) == 52100


@given(st.integers(0, 10**11))
def test_capital_figures_are_read_as_they_are_written(fen: int) -> None:
    assert cells.money(daxie(fen)) == fen
    assert cells.money("人民币" + daxie(fen).replace("元", "圆")) == fen


@given(st.integers(-(10**9), 10**9), st.sampled_from("-−－﹣–—"))
def test_every_minus_sign_means_the_same(fen: int, minus: str) -> None:
    assert cells.money(f"{Decimal(fen) / 100:.2f}".replace("-", minus)) == fen


@given(st.text("0123456789.,-+ 元角分万¥￥（）()", max_size=14) | st.from_regex(r"\A\d{1,12}(\.\d{0,3})?\Z"))
def test_the_fast_way_to_a_sum_gives_the_same(written: str) -> None:
    def fen(read: object, *more: object) -> object:
        assert callable(read)
        try:
            return read(written, *more)
        except CellError as error:
            return error.message

    assert fen(cells.money) == fen(cells._money, 1, True)


@given(
    st.lists(
        st.sampled_from(
            ("100", "100.5", "100.05", "1,200.50", "￥1", "", "0.00", "-5.00", "1\x1f2.00", "12.345")
        )
        | st.decimals("0", "99999", places=2).map(str),
        min_size=1,
        max_size=6,
    )
)
def test_sums_read_together_are_the_sums_read_one_by_one(column: list[str]) -> None:
    together = cells.all_money(column)
    if together is not None:
        assert together == [cells.money(cell) for cell in column]


def test_plain_sums_are_read_together_and_others_are_not() -> None:
    assert cells.all_money(["100.05", "0.50"]) == [10005, 50]
    assert cells.all_money(["100", "2.5"]) == [10000, 250]
    assert cells.all_money(["1,200.50"]) is None
    assert cells.all_money(["5", ""]) is None
