"""One cell → one value: money, counts, grades, yes/no, accounts; dates stand in `dates`, words in `choices`.

Readers hand every cell on as text; `NumberText` and `DateText` remember that it was a number or a date.
Each function here returns the value, None where the cell says "nothing", and raises `CellError` where it
says something that cannot be meant. Money is integer fen. What is called for every row of a file looks for
the plain spelling first: that changes the time it takes, never the answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from ... import idnumber
from . import amounts, lists


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
_WORDS_FOR_NOTHING = "/ // \\ . … 无 空 (空) 空白 暂无 不详 未知 未填 未填写 NULL (NULL) <NULL> \\N NONE NAN NAT <NA> N/A NA NIL"
_DASHES = [dash * times for dash in "-—–―─−_" for times in range(1, 9)]
EMPTY = frozenset(("", *_WORDS_FOR_NOTHING.split(), *_DASHES))
_BLANK = re.compile(r"[\s​﻿ ]+")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SIMPLE = re.compile(r"[0-9A-Za-z一-鿿]+\Z")
_EMPTY_WORDS = frozenset(word for word in EMPTY if _SIMPLE.match(word))
_LONGEST_EMPTY = max(map(len, _EMPTY_WORDS))
_NOISE = Decimal("0.000001")
_MOST_FEN = 10**12
_NUMERALS = {
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_NUMERALS |= {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
_TENS = re.compile(
    r"([一二三四五六七八九壹贰叁肆伍陆柒捌玖])?([十拾])?([一二两三四五六七八九壹贰叁肆伍陆柒捌玖零])?\Z"
)
_COUNTED = re.compile(r"(?:共|计|共计)?(.+?)(?:[人户口个名位]|口人|个人)?\Z")
_GRADE = {"一": 1, "二": 2, "三": 3, "四": 4, "壹": 1, "贰": 2, "叁": 3, "肆": 4}
_GRADE |= {"1": 1, "2": 2, "3": 3, "4": 4, "I": 1, "II": 2, "III": 3, "IV": 4}
_GRADED = re.compile(
    r"\D*?(?:残疾|视力|听力|言语|肢体|智力|精神|多重)+(?:等级|级别)?[:为]?([一二三四壹贰叁肆1-4I].*)\Z"
)
_BETWEEN = "\x1f"
_ALL_FIGURES = re.compile(r"\d{1,10}(?:\.\d\d?)?(?:\x1f\d{1,10}(?:\.\d\d?)?)*", re.ASCII)
_ALL_CENTS = re.compile(r"\d{1,10}\.\d\d(?:\x1f\d{1,10}\.\d\d)*", re.ASCII)
_NOTE = re.compile(r"[(\[【〔].*\Z", re.DOTALL)
_WORDS_FOR_YES = "是 √ ✓ ✔ ☑ ✅ 有 1 1.0 Y YES T TRUE V 已 对 是的 享受 已享受 正在享受 在享"
_WORDS_FOR_NO = "否 × ✕ ✗ ✘ ❌ ☐ X 无 0 0.0 N NO F FALSE 未 没有 不是 非 错 不 没 未享受 不享受"
_YES = frozenset(_WORDS_FOR_YES.split())
_NO = frozenset(_WORDS_FOR_NO.split())
_BOX_BEFORE = re.compile(r"([☑√✓✔✅■])?[□☐○]?(是|有|否|无)([☑√✓✔✅■])?[□☐○]?(是|有|否|无)\Z")
_BOX_BEHIND = re.compile(r"(是|有|否|无)([☑√✓✔✅■])?[□☐○]?(是|有|否|无)([☑√✓✔✅■])?[□☐○]?\Z")
_MOBILE = re.compile(r"(?<!\d)(?:\+?86|0086)?[- ]?(1[3-9]\d(?:[- ]?\d{4}){2})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)\(?(0\d{2,3})\)?[- ]{0,3}(\d{7,8})(?!\d)")


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


def clean(raw: str) -> str:
    """Full-width folded, outer blanks and a leading apostrophe gone, inner blanks single."""
    return raw if type(raw) is str and _SIMPLE.match(raw) else _cleaned(raw)


@lru_cache(maxsize=65536)
def _cleaned(raw: str) -> str:
    """`clean` for any text."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", raw))
    return _BLANK.sub(" ", text).strip().lstrip("'’‘`").strip()


def is_plain(raw: str) -> bool:
    """Whether a cell is letters and digits and nothing else, and says something."""
    return _SIMPLE.match(raw) is not None and raw not in _EMPTY_WORDS


def without_blanks(raw: str) -> str:
    return _BLANK.sub("", raw)


def is_empty(raw: str) -> bool:
    """Whether a cell says nothing: blank, a dash, 无, NULL, …"""
    return clean(raw).upper() in EMPTY


def text(raw: str) -> str | None:
    """Trimmed text without inner blanks; None where the cell says nothing."""
    if type(raw) is str and _SIMPLE.match(raw):
        return None if len(raw) <= _LONGEST_EMPTY and raw.upper() in _EMPTY_WORDS else raw
    return _text(raw)


@lru_cache(maxsize=65536)
def _text(raw: str) -> str | None:
    """`text` for any text."""
    value = _BLANK.sub("", clean(raw))
    return None if value.upper() in EMPTY else value


def money(raw: str, factor: int = 1, *, monthly: bool = True) -> int | None:
    """Integer fen. `factor` is the column's unit in yuan (10000 for 万元).

    Figures, 5元3角 and exact capital figures are read; 约500, ranges and sums are refused with the reason,
    and 521元/月 where the column is not `monthly`. Noise of floating numbers is dropped within a millionth
    of a fen; a real part of a fen is refused.
    """
    if factor == 1 and len(raw) <= 13 and raw.isascii():
        if raw.isdigit() and len(raw) <= 10:
            return int(raw) * 100
        if raw[-3:-2] == "." and (figures := raw[:-3] + raw[-2:]).isdigit():
            return int(figures)
        if raw[-2:-1] == "." and (figures := raw[:-2] + raw[-1:]).isdigit():
            return int(figures) * 10
    if type(raw) is DateText:
        raise CellError("bad_money", "应为金额，看到的是日期")
    return _money(raw, factor, monthly)


def all_money(column: Sequence[str]) -> list[int] | None:
    """What `money` makes of each of many cells, where all are plain figures; else None."""
    joined = _BETWEEN.join(column)
    if joined.count(_BETWEEN) != len(column) - 1:
        return None
    if _ALL_CENTS.fullmatch(joined):
        return list(map(int, joined.replace(".", "").split(_BETWEEN)))
    if not _ALL_FIGURES.fullmatch(joined):
        return None
    return [int(whole + (part + "00")[:2]) for whole, _, part in [cell.partition(".") for cell in column]]


@lru_cache(maxsize=65536)
def _money(raw: str, factor: int, monthly: bool) -> int | None:
    """`money` for any text."""
    value = _BLANK.sub("", clean(raw))
    if value.upper() in EMPTY:
        return None
    try:
        fen = amounts.parse(value, monthly=monthly) * factor * 100
    except ValueError as error:
        if amounts.is_nothing(value):
            return None
        raise CellError("bad_money", str(error)) from error
    if abs(fen) > _MOST_FEN:
        raise CellError("bad_money", "金额大得不合理，可能填错了列")
    nearest = fen.to_integral_value()
    if abs(fen - nearest) > _NOISE:
        raise CellError("bad_money", "金额有不足一分的零头，应精确到分")
    return int(nearest)


def count(raw: str) -> int | None:
    """A whole number of persons or things, 0 to 9999; 3人 and 三人 as well."""
    if len(raw) <= 4 and raw.isascii() and raw.isdigit():
        return int(raw)
    value = _BLANK.sub("", clean(raw))
    if value.upper() in EMPTY:
        return None
    found = _COUNTED.match(value)
    number = found.group(1) if found else ""
    if re.fullmatch(r"\d{1,4}(?:\.0*)?", number, re.ASCII):
        return int(number.partition(".")[0])
    spoken = _spoken(number)
    if spoken is None:
        raise CellError("bad_count", "应为人数（整数）")
    return spoken


def _spoken(number: str) -> int | None:
    """三, 叁, 十二, 二十; None for anything else."""
    found = _TENS.match(number)
    if not number or found is None:
        return None
    tens, ten, ones = found.groups()
    if ten is None:
        return _NUMERALS[number] if len(number) == 1 else None
    return 10 * _NUMERALS[tens or "一"] + _NUMERALS[ones or "零"]


@lru_cache(maxsize=4096)
def yes_no(raw: str) -> bool | None:
    """是/否 in the usual spellings, ticks, ticked boxes and digits; 无 means no here."""
    whole = _BLANK.sub("", clean(raw)).upper()
    value = _NOTE.sub("", whole) or whole
    if value in _YES:
        return True
    if value in _NO:
        return False
    if value in EMPTY:
        return None
    ticked = _ticked(whole)
    if ticked:
        return ticked in "是有"
    raise CellError("bad_yes_no", "应为“是”或“否”")


def _ticked(value: str) -> str:
    """The one word that is ticked in ☑是☐否 or 是☑否☐; '' where none is, or both are, or it may be either."""
    before, behind = _BOX_BEFORE.match(value), _BOX_BEHIND.match(value)
    if before and not behind:
        first, word, second, other = before.groups()
    elif behind and not before:
        word, first, other, second = behind.groups()
    else:
        return ""
    if bool(first) == bool(second):
        return ""
    return str(word if first else other)


@lru_cache(maxsize=4096)
def grade(raw: str) -> int | None:
    """A disability grade 1 to 4: 一级, 1级, 壹级, 一级（极重度）, 肢体残疾一级."""
    value = _NOTE.sub("", _BLANK.sub("", clean(raw))).upper()
    found = _GRADED.match(value)
    value = (found.group(1) if found else value).removesuffix("残疾").removesuffix("级").removesuffix(".0")
    if value in EMPTY or value in ("未评", "未定", "未定级", "0"):
        return None
    number = _GRADE.get(value)
    if number is None:
        raise CellError("bad_grade", "应为一级至四级")
    return number


def account(raw: str, *, was_number: bool = False) -> str | None:
    """The account number as text. A numeric cell beyond fifteen digits has lost its last ones: refused."""
    if not was_number and 6 <= len(raw) <= 34 and raw.isascii() and raw.isdigit() and raw.strip("0"):
        return str(raw)
    value = re.sub(r"[\s​﻿'’‘`-]+", "", unicodedata.normalize("NFKC", _INVISIBLE.sub("", raw))).upper()
    value = re.sub(r"(?<=\d)[(\[【〔][^\d]*\Z", "", value)
    if value in EMPTY or not value.strip("0"):
        return None
    was_float = re.fullmatch(r"(\d+)\.0+", value, re.ASCII)
    if was_float:
        value, was_number = was_float.group(1), True
    if was_number and len(value) > 15:
        raise CellError("account_cut", "账号按数字存放，15位之后已丢失，应改为文本格式后重新填写")
    if re.fullmatch(r"\d(?:\.\d+)?E\+?\d+", value):
        raise CellError("account_cut", "账号显示为科学计数法，末尾已丢失，应改为文本格式后重新填写")
    if len(re.findall(r"\d{12,}", value)) > 1:
        raise CellError("bad_account", "一格里有不止一个账号，分不清用哪一个，应只填一个")
    if not re.fullmatch(r"[0-9A-Z*]{6,34}", value):
        raise CellError("bad_account", "不像银行账号，应为6位以上的数字")
    return value


def phone(raw: str) -> str | None:
    """The digits of the first telephone number in the cell; None where there is none."""
    if len(raw) == 11 and raw.isascii() and raw.isdigit():
        return str(raw)
    return _phone(raw)


@lru_cache(maxsize=65536)
def _phone(raw: str) -> str | None:
    """`phone` for any text."""
    value = _BLANK.sub(" ", unicodedata.normalize("NFKC", raw))
    found = [form for form in (_MOBILE.search(value), _LANDLINE.search(value)) if form]
    if found:
        first = min(found, key=lambda form: form.start())
        return re.sub(r"\D", "", "".join(first.groups()))
    value = re.sub(r"[ ()-]+", "", value).removeprefix("+86")
    other = re.search(r"(?<!\d)\d{7,12}(?!\d)", value, re.ASCII)
    return other.group() if other else None


def split_list(raw: str) -> list[str]:
    """The entries of a cell that holds several, blanks at the ends dropped, empty ones in between kept."""
    parts = ["" if is_empty(part) else part for part in lists.pieces(raw)]
    while parts and not parts[-1]:
        parts.pop()
    while parts and not parts[0]:
        parts.pop(0)
    return parts
