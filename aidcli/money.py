"""Money as integer fen (分): reading, writing, capital figures and splitting.

No float ever stands for money: one is refused wherever it turns up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

MAX_YUAN_DIGITS = 16  # 万亿 is the largest unit that people read; more is a slip of the keyboard

_NUMBER = re.compile(r"([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?\Z", re.ASCII)
_SIGNS = str.maketrans("−－—", "---")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = (("仟", 1000), ("佰", 100), ("拾", 10), ("", 1))


def parse_yuan(value: str | Decimal | int) -> int:
    """Yuan as text, `Decimal` or whole number → fen.

    Text may carry a thousands separator, ``¥`` in front and ``元`` behind. Raises `TypeError` for a float
    or a bool, `ValueError` (in Chinese) for what is no amount or is finer than one fen.
    """
    if isinstance(value, bool) or not isinstance(value, str | Decimal | int):
        raise TypeError(f"money is text, Decimal or int, not {type(value).__name__}")
    if isinstance(value, int):
        return value * 100
    return _from_decimal(_decimal_of(value) if isinstance(value, str) else value, str(value))


def _decimal_of(text: str) -> Decimal:
    folded = unicodedata.normalize("NFKC", text.translate(_SIGNS)).strip()
    folded = folded.removeprefix("¥").removesuffix("元").replace(" ", "")
    found = _NUMBER.match(folded)
    if not found:
        raise ValueError(f"“{text}”不是金额，应写成 1234.50 这样的元数")
    sign, whole, cents = found.groups()
    return Decimal(f"{sign}{whole.replace(',', '')}.{cents or '0'}")


def _from_decimal(value: Decimal, shown: str) -> int:
    """Exact, without the decimal context, which would round long numbers."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError(f"“{shown}”不是金额")
    if value.adjusted() >= MAX_YUAN_DIGITS:
        raise ValueError(f"“{shown}”超出金额范围，请核对位数")
    number, shift = int("".join(map(str, digits))), exponent + 2
    if shift >= 0:
        fen = number * int(10**shift)
    elif number and -shift > len(digits):
        raise _too_fine(shown)
    else:
        fen, finer = divmod(number, 10**-shift) if number else (0, 0)
        if finer:
            raise _too_fine(shown)
    return -fen if sign else fen


def _too_fine(shown: str) -> ValueError:
    return ValueError(f"“{shown}”的小数超过两位，金额最小到分")


def decimal_yuan(fen: int) -> Decimal:
    """Fen as exact yuan with two places, for the cells of a workbook."""
    _whole_fen(fen)
    return Decimal(f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}")


def yuan(fen: int) -> str:
    """Fen as yuan for people: ``1,234.50``."""
    _whole_fen(fen)
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def daxie(fen: int) -> str:
    """Fen in capital figures (大写金额): 壹仟零壹拾元零伍分.

    Where the rules for filling in vouchers (支付结算办法 附一) leave a choice, the form that they name first
    is written: 壹拾万柒仟元零伍角叁分. 整 stands behind 元 and behind 角. Raises `ValueError` beyond 万亿.
    """
    _whole_fen(fen)
    whole, (jiao, cents) = abs(fen) // 100, divmod(abs(fen) % 100, 10)
    if whole >= 10**MAX_YUAN_DIGITS:
        raise ValueError(f"金额 {yuan(fen)} 元太大，写不成大写")
    if not fen:
        return "零元整"
    text = "负" if fen < 0 else ""
    if whole:
        text += _read(whole) + "元"
    if jiao:
        # A zero in the place of 元 is read out before 角: 壹仟陆佰捌拾元零叁角贰分.
        text += ("零" if whole and whole % 10 == 0 else "") + _DIGITS[jiao] + "角"
    elif cents and whole:
        text += "零"
    return text + (_DIGITS[cents] + "分" if cents else "整")


def _read(number: int) -> str:
    """A whole number from 1 on; 亿 and 万 are read as a number of them and a rest."""
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if number >= size:
            rest = number % size
            text = _read(number // size) + unit
            if rest:
                text += ("零" if rest < size // 10 else "") + _read(rest)
            return text
    text, gap = "", False
    for unit, size in _PLACES:
        digit = number // size % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + unit
        gap = not digit
    return text


def split(total_fen: int, weights: Sequence[int], remainder_to: int) -> list[int]:
    """`total_fen` in shares of `weights` that add up exactly; raises `ValueError`.

    Every share is cut to whole fen towards zero; the share at `remainder_to` takes what is left over.
    """
    _whole_fen(total_fen)
    whole = sum(weights)
    if any(weight < 0 for weight in weights) or whole <= 0:
        raise ValueError("负担比例必须是不小于零的整数，且不能全为零")
    if not 0 <= remainder_to < len(weights):
        raise ValueError(f"尾差归属第 {remainder_to + 1} 方，但只有 {len(weights)} 方")
    sign = -1 if total_fen < 0 else 1
    shares = [sign * (abs(total_fen) * weight // whole) for weight in weights]
    shares[remainder_to] += total_fen - sum(shares)
    return shares


def _whole_fen(fen: int) -> None:
    if isinstance(fen, bool) or not isinstance(fen, int):
        raise TypeError(f"fen are int, not {type(fen).__name__}")
