"""One cell → one value: money, counts, grades, yes/no, accounts, choices; dates stand in `dates`.

Readers hand every cell on as text; `NumberText` and `DateText` remember that it was a number or a date.
Each function here returns the value, None where the cell says "nothing", and raises `CellError` where it
says something that cannot be meant. Money is integer fen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from .. import idnumber


class NumberText(str):
    """The text of a numeric cell: beyond fifteen digits the last ones are zeros, as Excel shows them."""

    __slots__ = ()


class DateText(str):
    """The text of a cell with a date format, ISO."""

    __slots__ = ()


class CellError(ValueError):
    """A value that cannot be meant; `code` for the table of problems, the message in Chinese."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


UNCOMPUTED = "#未计算"  # a formula that no program has worked out yet
ERRORS = frozenset(("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA"))
EMPTY = frozenset(
    ("", "-", "--", "---", "—", "——", "–", "/", "\\", "无", "空", "暂无", "不详", "NULL", "NONE", "NAN")
)
_BLANK = re.compile(r"[\s​﻿ ]+")
_MINUS = str.maketrans({"−": "-", "－": "-", "﹣": "-", "￥": "¥"})
_PLAIN = re.compile(r"-?\d{1,10}(?:\.\d{1,2})?\Z", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d{1,2})?\Z|[+-]?\.\d+\Z", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?\Z", re.ASCII)
_MONEY_UNIT = re.compile(r"(万)?元?(?:整|/月|/户|每月)?\Z")
_NOISE = Decimal("0.000001")
_MOST_FEN = 10**12
_GRADE = {"一": 1, "二": 2, "三": 3, "四": 4, "壹": 1, "贰": 2, "叁": 3, "肆": 4}
_GRADE |= {"1": 1, "2": 2, "3": 3, "4": 4, "I": 1, "II": 2, "III": 3, "IV": 4}
_NOTE = re.compile(r"[(\[【〔].*\Z")
_YES = frozenset(("是", "√", "✓", "✔", "有", "1", "Y", "YES", "TRUE", "已", "对", "是的"))
_NO = frozenset(("否", "×", "✕", "✗", "X", "无", "0", "N", "NO", "FALSE", "未", "没有", "不是", "非"))
_LIST = re.compile(r"[；;、,，\n\r|]")


def number_text(value: int | float) -> NumberText:
    """The text of a numeric cell. Whole numbers below 10^15 keep their digits, beyond that fifteen do."""
    if isinstance(value, float) and not value.is_integer():
        return NumberText(repr(value))
    if abs(value) < 10**15:
        return NumberText(int(value))
    if isinstance(value, int):
        digits = str(abs(value))
        head = digits[:15] + "0" * (len(digits) - 15)
        return NumberText(("-" if value < 0 else "") + head)
    if value in (float("inf"), float("-inf")):
        return NumberText(repr(value))
    return NumberText(int(Decimal(f"{value:.14e}")))


def shown(value: str, limit: int = 24) -> str:
    """A cell as a message may quote it: short, with long numbers masked."""
    text = _BLANK.sub(" ", value).strip()
    text = re.sub(r"[0-9０-９]{15,}[XxＸｘ]?", lambda found: idnumber.format(found.group()), text)
    return text if len(text) <= limit else text[:limit] + "…"


@lru_cache(maxsize=65536)
def clean(raw: str) -> str:
    """Full-width folded, outer blanks and a leading apostrophe gone, inner blanks single."""
    text = unicodedata.normalize("NFKC", raw)
    return _BLANK.sub(" ", text).strip().lstrip("'’‘`").strip()


def without_blanks(raw: str) -> str:
    return _BLANK.sub("", raw)


def is_empty(raw: str) -> bool:
    """Whether a cell says nothing: blank, a dash, 无, NULL, …"""
    return clean(raw).upper() in EMPTY


@lru_cache(maxsize=65536)
def text(raw: str) -> str | None:
    """Trimmed text without inner blanks; None where the cell says nothing."""
    value = _BLANK.sub("", clean(raw))
    return None if value.upper() in EMPTY else value


def money(raw: str, factor: int = 1) -> int | None:
    """Integer fen. `factor` is the column's unit in yuan (10000 for 万元).

    Noise of floating numbers is dropped within a millionth of a fen; a real part of a fen is refused.
    """
    if isinstance(raw, DateText):
        raise CellError("bad_money", "应为金额，看到的是日期")
    if factor == 1 and _PLAIN.match(raw):
        whole, _, part = raw.partition(".")
        cents = abs(int(whole)) * 100 + int((part + "00")[:2])
        return -cents if raw[0] == "-" else cents
    amount = _decimal(_BLANK.sub("", clean(raw)).translate(_MINUS))
    if amount is None:
        return None
    fen = amount * factor * 100
    if abs(fen) > _MOST_FEN:
        raise CellError("bad_money", "金额大得不合理，可能填错了列")
    nearest = fen.to_integral_value()
    if abs(fen - nearest) > _NOISE:
        raise CellError("bad_money", "金额有不足一分的零头，应精确到分")
    return int(nearest)


def _decimal(value: str) -> Decimal | None:
    if value.upper() in EMPTY:
        return None
    if value.startswith(("=", "+=")):
        raise CellError("bad_money", "应为金额，看到的是没有算出结果的公式")
    negative = value.startswith("(") and value.endswith(")")
    body = (value[1:-1] if negative else value).replace("人民币", "").replace("RMB", "").replace("¥", "")
    scale = 1
    found = re.search(r"[^\d.,]+\Z", body)
    if found:
        unit = _MONEY_UNIT.match(found.group())
        if unit is None:
            raise CellError("bad_money", "应为金额（数字，单位元）")
        scale = 10000 if unit.group(1) else 1
        body = body[: found.start()]
    if _THOUSANDS.match(body):
        body = body.replace(",", "")
    if not _DECIMAL.match(body):
        raise CellError("bad_money", "应为金额（数字，单位元）")
    amount = Decimal(body) * scale
    return -amount if negative else amount


def count(raw: str) -> int | None:
    """A whole number of persons or things, 0 to 9999."""
    value = re.sub(r"[人户口个名]\Z", "", _BLANK.sub("", clean(raw)))
    if value.upper() in EMPTY:
        return None
    if not re.fullmatch(r"\d{1,4}(?:\.0*)?", value, re.ASCII):
        raise CellError("bad_count", "应为人数（整数）")
    return int(value.partition(".")[0])


def yes_no(raw: str) -> bool | None:
    """是/否 in the usual spellings, ticks and digits; 无 means no here."""
    value = _BLANK.sub("", clean(raw)).upper()
    if value in _YES:
        return True
    if value in _NO:
        return False
    if value in EMPTY:
        return None
    raise CellError("bad_yes_no", "应为“是”或“否”")


def grade(raw: str) -> int | None:
    """A disability grade 1 to 4: 一级, 1级, 壹级, 一级（极重度）."""
    value = _NOTE.sub("", _BLANK.sub("", clean(raw))).upper()
    value = value.removeprefix("残疾").removesuffix("级").removesuffix(".0")
    if value in EMPTY or value in ("未评", "未定", "0"):
        return None
    found = _GRADE.get(value)
    if found is None:
        raise CellError("bad_grade", "应为一级至四级")
    return found


def account(raw: str, *, was_number: bool = False) -> str | None:
    """The account number as text. A numeric cell beyond fifteen digits has lost its last ones: refused."""
    value = re.sub(r"[\s​﻿'’‘`-]+", "", unicodedata.normalize("NFKC", raw)).upper()
    if value in EMPTY:
        return None
    if was_number and len(value) > 15:
        raise CellError("account_cut", "账号按数字存放，15位之后已丢失，应改为文本格式后重新填写")
    if re.fullmatch(r"\d(?:\.\d+)?E\+?\d+", value):
        raise CellError("account_cut", "账号显示为科学计数法，末尾已丢失，应改为文本格式后重新填写")
    if not re.fullmatch(r"[0-9A-Z*]{6,34}", value):
        raise CellError("bad_account", "不像银行账号，应为6位以上的数字")
    return value


@lru_cache(maxsize=65536)
def phone(raw: str) -> str | None:
    """The digits of the first telephone number in the cell; None where there is none."""
    value = re.sub(r"[\s()-]+", "", unicodedata.normalize("NFKC", raw)).removeprefix("+86")
    found = re.search(r"(?<!\d)\d{7,12}(?!\d)", value)
    return found.group() if found else None


def choice(raw: str, choices: Mapping[str, str]) -> str | None:
    """The canonical word for what is written: the whole cell, else the longest known word inside it.

    A key of `choices` that begins with ``=`` counts as a whole cell only; an empty canonical word refuses.
    Two words of the same length that mean different things are refused too.
    """
    value = _BLANK.sub("", clean(raw)).upper()
    if value in EMPTY:
        return None
    word = choices.get(value, choices.get("=" + value))
    if word is None:
        outside = _NOTE.sub("", value) or value
        parts = [written for written in choices if len(written) > 1 and written in outside]
        longest = max(map(len, parts), default=0)
        meant = {choices[written] for written in parts if len(written) == longest}
        word = meant.pop() if len(meant) == 1 else ""
    if not word:
        raise CellError("bad_choice", "看不出是哪一种，可填：" + "、".join(_examples(choices)))
    return word


def _examples(choices: Mapping[str, str]) -> list[str]:
    first: dict[str, str] = {}
    for written, word in choices.items():
        if word:
            first.setdefault(word, written.removeprefix("="))
    return list(first.values())


def split_list(raw: str) -> list[str]:
    """The entries of a cell that holds several, blanks at the ends dropped, empty ones in between kept."""
    parts = [part.strip() for part in _LIST.split(raw)]
    parts = ["" if is_empty(part) else part for part in parts]
    while parts and not parts[-1]:
        parts.pop()
    while parts and not parts[0]:
        parts.pop(0)
    return parts
