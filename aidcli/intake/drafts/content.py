"""What the cells of a column look like: numbers of persons, names, days, money, places, codes.

Evidence for guesses about unknown files, never for reading. What is handed on names nobody: values are
given only where they are a few repeated words, everything else as a shape (``18位数字``).
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from ... import idnumber
from ..coercion.cells import DateText, NumberText, clean, is_empty, split_list, without_blanks
from .discretion import FEW_VALUES, looks_like_name, mostly_known, quotable, shape

# Kinds in the order in which they are tried, with the words for a clerk.
KINDS = {
    "card": "残疾人证号（20位）",
    "id_list": "一格几个身份证号",
    "id": "身份证号",
    "credit_code": "统一社会信用代码",
    "phone": "电话号码",
    "bank_card": "银行卡号",
    "account": "长数字（12至21位，可能是账号）",
    "day": "日期",
    "month": "年月",
    "sex": "性别",
    "grade": "等级",
    "yes_no": "是或否",
    "relation": "家庭关系",
    "nation": "民族",
    "township": "乡镇（街道）名",
    "village": "村（社区）名",
    "address": "地址",
    "name_list": "一格几个姓名",
    "name": "姓名",
    "serial": "顺序号",
    "money": "金额（带小数）",
    "count": "不大的整数",
    "number": "数字",
    "code": "几种固定写法",
    "text": "文字",
    "blank": "空白",
}
SHARE = 0.7  # of the filled cells must look alike

_CARD = re.compile(r"\d{17}[\dX][1-7][1-4](?:B\d)?\Z", re.ASCII)
_CREDIT = re.compile(r"(?=.*[A-Z])[0-9A-Z]{18}\Z", re.ASCII)
_MOBILE = re.compile(r"1[2-9]\d{9}\Z|0\d{2,3}-\d{7,8}\Z", re.ASCII)
_ACCOUNT = re.compile(r"\d{12,21}\Z", re.ASCII)
_DAY = re.compile(
    r"(?:19|20)\d{2}(?:[-/.年]\d{1,2}[-/.月]\d{1,2}日?|[01]\d[0-3]\d)(?:[T ]?\d{1,2}:.*)?\Z", re.ASCII
)
_MONTH = re.compile(r"(?:19|20)\d{2}(?:[-/.年](?:0?[1-9]|1[0-2])月?份?|0[1-9]|1[0-2])\Z", re.ASCII)
_GRADE = re.compile(r"(?:残疾)?(?:[一二三四壹贰叁肆1-4]|I{1,3}|IV)级(?:[(（].*)?\Z")
_MONEY = re.compile(r"[-+]?[¥￥]?\d[\d,]*(?:\.\d{1,2}0*)?(?:万?元)?\Z", re.ASCII)
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?\Z", re.ASCII)
_TOWNSHIP = re.compile(r".{1,10}(?:镇|乡|街道|街道办事处|街道办|苏木|开发区)\Z")
_VILLAGE = re.compile(r".{1,12}(?:村|社区|居委会|村委会|居|屯|嘎查|村民委员会|居民委员会)\Z")
_ADDRESS = re.compile(r".{3,}(?:\d+[组号室栋幢单元队]|[省市区县].*[镇乡村街路])")
_RELATION = re.compile(
    r"户主|本人|配偶|妻|夫|子|女|儿子|女儿|[长次三四五]?[子女]|父亲?|母亲?|父母|祖父母?|祖母|孙子?女?|[外]?孙[子女]?|"
    r"儿媳|女婿|媳妇?|婿|兄|弟|姐|妹|兄弟|姐妹|妻子|丈夫|之[子女夫妻父母]|公公|婆婆|岳[父母]|其他|[侄甥][子女儿]?"
)
_QUOTED = ("code", "yes_no", "sex", "grade", "relation", "nation")
_WORD_SEX = frozenset(("男", "女", "男性", "女性"))
_WORD_YES_NO = frozenset(("是", "否", "有", "无", "√", "×", "Y", "N", "已", "未", "有效", "无效"))


class Content(NamedTuple):
    """What a column holds. `share` of its filled cells look like `kind`; `distinct` counts different ones.

    `values` are its words, most frequent first, where they are few, repeated and name nobody; `shapes`
    describe two of its cells without quoting them.
    """

    kind: str
    share: float
    filled: int
    distinct: int
    values: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return KINDS[self.kind]


def look(cells: Sequence[str], today: date, heading: str = "") -> Content:
    """What a column looks like from its cells below the header; blank ones may be among them."""
    filled = [cell for cell in cells if not is_empty(cell)]
    if not filled:
        return Content("blank", 1.0, 0, 0)
    written = Counter(without_blanks(clean(cell)) for cell in filled)
    shapes = tuple(dict.fromkeys(map(shape, filled)))[:2]
    for kind, test in _TESTS.items():
        share = _share(kind, test, filled, today)
        if share >= SHARE and not (kind == "name" and mostly_known(written)):
            shown = quotable(written, heading if kind == "code" else "") if kind in _QUOTED else ()
            return Content(kind, round(share, 2), len(filled), len(written), shown, shapes)
    if _counts_up(filled):
        return Content("serial", 1.0, len(filled), len(written), (), shapes)
    for kind, form in (("money", _has_cents), ("count", _is_small), ("number", _is_number)):
        share = sum(form(cell) for cell in filled) / len(filled)
        numbers = all(_is_number(cell) for cell in filled) if kind == "money" else True
        if (share >= SHARE or (kind == "money" and share > 0)) and numbers:
            return Content(kind, round(share, 2), len(filled), len(written), (), shapes)
    values = quotable(written, heading) if _is_code(written, len(filled)) else ()
    return Content("code" if values else "text", 1.0, len(filled), len(written), values, shapes)


def _share(kind: str, test: Callable[[str, date], bool], filled: Sequence[str], today: date) -> float:
    """The share of cells that pass, 0 as soon as it stays below `SHARE`.

    A column of lists may also have cells with one entry, but not only such.
    """
    single = {"id_list": _id, "name_list": _name}.get(kind)
    share, failed, passed = 1.0, 0, False
    for cell in filled:
        if test(cell, today):
            passed = True
        elif single is None or not single(cell, today):
            failed += 1
            share = (len(filled) - failed) / len(filled)
            if share < SHARE:
                return 0.0
    return share if passed else 0.0


def births_agree(days: Sequence[str], ids: Sequence[str], today: date) -> bool:
    """Whether the days of one column are the birth dates in the ID numbers of another, row by row."""
    from ..coercion import dates

    seen = same = 0
    for day, number in zip(days, ids, strict=False):
        reading = idnumber.read(number, was_number=type(number) is NumberText, today=today)
        if is_empty(day) or not reading.whole:
            continue
        try:
            written = dates.month(day, was_number=type(day) is NumberText, today=today) or ""
        except ValueError:
            continue
        born = idnumber.birth_date(reading.value)
        seen += 1
        same += born is not None and written == born.isoformat()[:7]
    return seen >= 2 and same >= 0.8 * seen


def _id(cell: str, today: date) -> bool:
    reading = idnumber.read(cell, was_number=type(cell) is NumberText, today=today)
    if reading.whole or reading.kind == "bad_check":
        return not _CREDIT.match(reading.value) or reading.value[:-1].isdigit()
    if reading.kind == "masked":
        return 15 <= len(reading.value) <= 20
    if reading.kind == "scientific":
        return bool(re.search(r"E\+?1[47]\Z", idnumber.compact(cell)))
    digits = reading.value
    return digits[:14].isdigit() and 15 <= len(digits) <= 18 and _born(digits, today)


def _born(digits: str, today: date) -> bool:
    born = idnumber.birth_date(digits)
    return born is not None and born.year >= 1900 and born <= today and digits[0] in "123456789"


def _id_list(cell: str, today: date) -> bool:
    parts = [part for part in split_list(cell) if part]
    return len(parts) > 1 and all(_id(part, today) for part in parts)


def _name_list(cell: str, _: date) -> bool:
    parts = [part for part in split_list(cell) if part]
    return len(parts) > 1 and all(looks_like_name(part) for part in parts)


def _name(cell: str, _: date) -> bool:
    return looks_like_name(cell)


def _plain(form: re.Pattern[str]) -> Callable[[str, date], bool]:
    return lambda cell, _: form.fullmatch(without_blanks(clean(cell)).upper()) is not None


def _day(cell: str, _: date) -> bool:
    return type(cell) is DateText or _DAY.match(clean(cell)) is not None


def _one_of(words: frozenset[str]) -> Callable[[str, date], bool]:
    return lambda cell, _: without_blanks(clean(cell)).upper() in words


def _account(cell: str, _: date) -> bool:
    return _ACCOUNT.match(re.sub(r"[\s-]", "", clean(cell))) is not None


def _bank_card(cell: str, _: date) -> bool:
    """Sixteen to nineteen digits whose last one is the check digit of bank cards (Luhn)."""
    digits = re.sub(r"[\s-]", "", clean(cell))
    if not re.fullmatch(r"\d{16,19}", digits, re.ASCII):
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _address(cell: str, _: date) -> bool:
    word = without_blanks(clean(cell))
    return len(word) >= 6 and _ADDRESS.match(word) is not None


_TESTS: dict[str, Callable[[str, date], bool]] = {
    "card": _plain(_CARD),
    "id_list": _id_list,
    "id": _id,
    "credit_code": _plain(_CREDIT),
    "phone": _plain(_MOBILE),
    "day": _day,
    "month": _plain(_MONTH),
    "bank_card": _bank_card,
    "account": _account,
    "sex": _one_of(_WORD_SEX),
    "grade": _plain(_GRADE),
    "yes_no": _one_of(_WORD_YES_NO),
    "relation": _plain(_RELATION),
    "nation": _plain(re.compile(r"[㐀-鿿]{1,5}族")),
    "township": _plain(_TOWNSHIP),
    "village": _plain(_VILLAGE),
    "address": _address,
    "name_list": _name_list,
    "name": _name,
}


def _is_number(cell: str) -> bool:
    return _MONEY.match(without_blanks(clean(cell))) is not None or _NUMBER.match(clean(cell)) is not None


def _has_cents(cell: str) -> bool:
    word = without_blanks(clean(cell))
    return _MONEY.match(word) is not None and ("." in word or "元" in word or "¥" in word or "," in word)


def _is_small(cell: str) -> bool:
    return re.fullmatch(r"\d{1,2}(?:\.0)?[人户个次]?", without_blanks(clean(cell)), re.ASCII) is not None


def _counts_up(filled: Sequence[str]) -> bool:
    """1, 2, 3 … with at most a few gaps where rows are missing."""
    numbers = [int(clean(cell)) for cell in filled if re.fullmatch(r"\d{1,6}", clean(cell), re.ASCII)]
    if len(set(numbers)) < 0.9 * len(filled) or numbers[:1] not in ([0], [1]):
        return False
    steps = [after - before for before, after in itertools.pairwise(numbers)]
    return bool(steps) and sum(step == 1 for step in steps) >= 0.8 * len(steps)


def _is_code(written: Counter[str], filled: int) -> bool:
    few = len(written) <= min(FEW_VALUES, max(2, filled // 2))
    return few and all(len(word) <= 16 for word in written)
