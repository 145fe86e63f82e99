from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidcli import money

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read_whole(text: str) -> int:
    """The number that capital figures spell: the largest unit splits the text in two."""
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if unit in text:
            high, low = text.rsplit(unit, 1)
            return read_whole(high) * size + read_whole(low)
    number = digit = 0
    for letter in text:
        if letter in UNITS:
            number, digit = number + digit * UNITS[letter], 0
        else:
            digit = DIGITS.index(letter)
    return number + digit


def read_daxie(text: str) -> int:
    sign = -1 if text.startswith("负") else 1
    rest = text.removeprefix("负").removesuffix("整")
    whole, rest = rest.split("元") if "元" in rest else ("", rest)
    fen = read_whole(whole) * 100
    for unit, size in (("角", 10), ("分", 1)):
        if unit in rest:
            part, rest = rest.split(unit)
            fen += DIGITS.index(part[-1]) * size
    return sign * fen


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("0", 0),
        ("1234.5", 123450),
        ("1,234.50", 123450),
        ("１２３４．５", 123450),
        (" ¥1,234.50元 ", 123450),
        ("￥12", 1200),
        ("-0.05", -5),
        ("－3", -300),
        ("450.000", 45000),
        (12, 1200),
        (Decimal("0.01"), 1),
        (Decimal("1E+3"), 100000),
        (Decimal("1234567890123.45"), 123456789012345),
        (Decimal("-0.00"), 0),
        (Decimal("0E-400"), 0),
    ],
)
def test_yuan_are_read_as_fen(written: str | Decimal | int, fen: int) -> None:
    assert money.parse_yuan(written) == fen


@pytest.mark.parametrize("value", [1.0, 0.1, True, None])
def test_floats_and_booleans_are_refused(value: object) -> None:
    with pytest.raises(TypeError):
        money.parse_yuan(value)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        money.yuan(value)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        money.daxie(value)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        money.split(value, [1], 0)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["1.005", "0.001", Decimal("0.001"), Decimal("1E-400"), Decimal("12.3456")])
def test_finer_than_a_fen_is_refused(value: str | Decimal) -> None:
    with pytest.raises(ValueError, match="小数超过两位"):
        money.parse_yuan(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "元",
        "12,34",
        "1,23",
        "1e3",
        "一百",
        "12 元/月",
        "1.2.3",
        "--1",
        "1.",
        Decimal("NaN"),
        Decimal("Infinity"),
    ],
)
def test_what_is_no_amount_is_refused(value: str | Decimal) -> None:
    with pytest.raises(ValueError, match="不是金额"):
        money.parse_yuan(value)


def test_a_number_with_too_many_digits_is_refused_without_being_built() -> None:
    with pytest.raises(ValueError, match="超出金额范围"):
        money.parse_yuan(Decimal("1E+999999"))


@pytest.mark.parametrize(
    ("fen", "text"),
    [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (123450, "1,234.50"), (-100000000, "-1,000,000.00")],
)
def test_fen_are_shown_with_separators(fen: int, text: str) -> None:
    assert money.yuan(fen) == text


@given(st.integers(-(10**17), 10**17))
def test_shown_and_read_again_is_the_same(fen: int) -> None:
    assert money.parse_yuan(money.yuan(fen)) == fen
    assert money.parse_yuan(money.decimal_yuan(fen)) == fen


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.55", "伍角伍分"),
        ("10", "壹拾元整"),
        ("123", "壹佰贰拾叁元整"),
        ("1010.05", "壹仟零壹拾元零伍分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("100500", "壹拾万零伍佰元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("100010000", "壹亿零壹万元整"),
        ("110000000", "壹亿壹仟万元整"),
        ("10000000000.01", "壹佰亿元零壹分"),
        ("1000000000001", "壹万亿零壹元整"),
        ("1000100010001", "壹万零壹亿零壹万零壹元整"),
        ("9999999999999999.99", "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("-123.40", "负壹佰贰拾叁元肆角整"),
    ],
)
def test_capital_figures_follow_the_rules(amount: str, text: str) -> None:
    assert money.daxie(money.parse_yuan(amount)) == text


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_capital_figures_read_back_to_the_amount(fen: int) -> None:
    text = money.daxie(fen)
    assert read_daxie(text) == fen
    assert "零零" not in text


def test_capital_figures_end_at_wan_yi() -> None:
    with pytest.raises(ValueError, match="太大"):
        money.daxie(10**18)


def test_the_named_side_takes_the_remainder() -> None:
    assert money.split(101, [6, 4], 0) == [61, 40]
    assert money.split(101, [6, 4], 1) == [60, 41]
    assert money.split(-101, [6, 4], 1) == [-60, -41]
    assert money.split(100, [1, 0], 1) == [100, 0]


@given(
    st.integers(-(10**15), 10**15),
    st.lists(st.integers(0, 1000), min_size=1, max_size=6).filter(any),
    st.data(),
)
def test_a_split_adds_up(total: int, weights: list[int], data: st.DataObject) -> None:
    side = data.draw(st.integers(0, len(weights) - 1))
    shares = money.split(total, weights, side)
    assert sum(shares) == total
    assert money.split(-total, weights, side) == [-share for share in shares]
    for index, share in enumerate(shares):
        exact = abs(total) * weights[index]
        if index != side:
            assert abs(share) * sum(weights) <= exact < (abs(share) + 1) * sum(weights)


@pytest.mark.parametrize(("weights", "side"), [([], 0), ([0, 0], 0), ([6, -4], 0), ([6, 4], 2), ([6, 4], -1)])
def test_a_split_without_sense_is_refused(weights: list[int], side: int) -> None:
    with pytest.raises(ValueError, match=r"方|比例"):
        money.split(100, weights, side)
