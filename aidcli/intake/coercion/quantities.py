"""One cell → a value, for what department files hold beside money and days: areas, terms, answers."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from . import dates
from .cells import EMPTY, CellError, DateText, clean, is_empty, text, without_blanks
from .choices import choice
from .lists import pieces

_AREA = re.compile(r"(\d{1,7}(?:,\d{3})*(?:\.\d+)?)(.*)\Z", re.ASCII)
_SQUARE_METRES = frozenset(("", "平方米", "平方", "平米", "平", "㎡", "M2", "M²", "平方公尺", "M^2"))
_MU = frozenset(("亩",))
_HUNDREDTHS_A_MU = Decimal(200_000) / 3  # a 亩 is two thirds of 1,000 square metres
_MOST_HUNDREDTHS = 10**9

_TO = re.compile(r"--|[-~—–－]|至|到")
_BY_THE_END = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月|年)(?:底|末)(?:之?前|以前|止)?", re.ASCII)

_UNANSWERED = re.compile(
    r"(?:未|没有|没|无|待|等待|尚未)(?:反馈|返回|回复|应答|结果)|反馈中|核对中|查询中|查询失败|查询超时|"
    r"超时|(?:无法|不能|未能|不支持|没有|未)(?:查询|核对|比对)(?!到|出|有)|接口|系统异常|未授权|无授权"
)
_NONE = re.compile(
    r"(?:[本名]人)?(?:名下)?(?:均|暂|经查|查询|经核对)?(?:"
    r"(?:未|没有|没|未能)(?:查询?|核查|比对|检索|发现|登记|命中|享受|缴纳|参保|领取|拥有|持有)[到得出有过]?.{0,12}"
    r"|查无.{0,12}|无(?![锡为棣极]).{0,12}|没有.{0,12}|不存在.{0,8}|否|正常|0|未命中|未超限?|不超限?|空|N|NO|×)\Z"
)
_NOTHING = re.compile(
    r"(?:[本名]人)?(?:名下)?(?:暂|均|经查)?(?:无|查无|没有|没查到|未查到|未查询到|未查找到|未检索到|未发现|未登记|未命中|不存在)"
    r"(?:此人)?(?:任何)?(?:相关|有关|符合条件的?|对应)?(?:不动产|房产|住房|房屋|房|机动车|车辆|车|企业|市场主体|工商|单位|业务)?"
    r"(?:[、,和及]?[无没]?有?(?:房产|住房|房|车辆|车))?(?:登记|查询)?(?:数据|信息|记录|结果|登记|情况)?\Z"
)
_FOUND = re.compile(r"(?:有|是|存在|命中|查到|有记录|有信息|异常|超限|已?超标|1|Y|YES|√|匹配|比中)\Z")

_TWO_PLATES = 13
_AND = re.compile(r"[和及与]")
_PLATE_SIGNS = re.compile(r"[\s·•・.-]")
# 鲁A12345, 鲁AD12345, 鲁0112345 (farm machines), without its province A12345; a note in brackets may follow.
_PLATE = re.compile(
    r"(?:[\u4e00-\u9fff](?:[A-Z]|\d\d)|[A-Z])(?=[A-Z]{0,3}\d)[A-Z0-9]{4,6}[\u4e00-\u9fff]?(?:[(\[【].*)?\Z"
)

_REVERSED = re.compile(r"冲正|冲回|冲销|[被已后]退|\A退")
_NOT_DONE = re.compile(r"(?:未|没有|没|不|无法|未能).{0,6}(?:成功|到账|入账)")
_DOUBT = re.compile(r"[未没不无非拒异错误撤待]|[付放拨理行]中|部分|可疑")


def area(raw: str) -> int | None:
    """Hundredths of a square metre; 平方米 and ㎡ may stand behind the number, 亩 is converted.

    What is finer than a hundredth is rounded half up.
    """
    if isinstance(raw, DateText):
        raise CellError("bad_area", "应为面积，看到的是日期")
    value = without_blanks(clean(raw)).upper()
    if is_empty(value):
        return None
    found = _AREA.match(value)
    unit = found.group(2).strip("()") if found else "?"
    if found is None or unit not in _SQUARE_METRES | _MU:
        raise CellError("bad_area", "应为面积（数字，单位平方米）")
    scale = _HUNDREDTHS_A_MU if unit in _MU else Decimal(100)
    hundredths = int(Decimal(found.group(1).replace(",", "")) * scale + Decimal("0.5"))
    if hundredths > _MOST_HUNDREDTHS:
        raise CellError("bad_area", "面积大得不合理，可能填错了列")
    return hundredths


def term(raw: str, *, date1904: bool = False) -> str | None:
    """The ISO day by which something ends or is due; it may lie ahead, so two-digit years are refused.

    Of 2025-06-03至2028-06-02 it is the second, 2026年9月底前 is the last day of that month; 长期 and 至今 say nothing.
    """
    try:
        return dates.day(raw, date1904=date1904)
    except CellError:
        value = without_blanks(clean(raw))
        if (last := _last_day(value)) is not None:
            return last
        for cut in _TO.finditer(value):
            first, end = value[: cut.start()], value[cut.end() :]
            if (ends := _ends(first, end, date1904)) is not None:
                return ends[1] or None
        raise


def _ends(first: str, end: str, date1904: bool) -> tuple[str, str] | None:
    """Both days of a span, '' for an open end; None where they are no two days in order."""
    try:
        begin, until = dates.day(first, date1904=date1904), dates.day(end, date1904=date1904)
    except CellError:
        return None
    if not begin or (until is None and not dates.is_open(end)):
        return None
    return None if until and until < begin else (begin, until or "")


def _last_day(value: str) -> str | None:
    """The last day of the month or the year by whose end something is due; None for anything else."""
    found = _BY_THE_END.fullmatch(value)
    if found is None:
        return None
    year, number = int(found.group(1)), int(found.group(2) or 12)
    if not (dates.FIRST_YEAR <= year <= dates.LAST_YEAR and 1 <= number <= 12):
        return None
    return date(year, number, monthrange(year, number)[1]).isoformat()


@lru_cache(maxsize=4096)
def outcome(raw: str) -> str | None:
    """What was answered: ``none`` (无, 查无, 未查询到 …), ``unanswered`` (未反馈, 查询失败 …), ``found`` (有,
    是, 命中 …), else the words as written. 无 is an answer, a blank cell or a dash is none.
    """
    value = without_blanks(clean(raw)).strip("。.;；").upper()
    if not re.search(r"\w|[√×]", value) or value in ("NULL", "NAN"):
        return None
    if _UNANSWERED.search(value):
        return "unanswered"
    if _FOUND.match(value):
        return "found"
    if _NONE.match(value):
        return "none"
    return text(raw)


_SOUND = frozenset(("正常", "在用", "有效", "A"))
_GOES_ON = frozenset(("in_use", "overdue", "seized"))
_STATES = re.compile(r"[、,;；，/|+和及\s]+")


def gravest(raw: str, choices: Mapping[str, str], order: Sequence[str]) -> str | None:
    """The gravest of the states that a cell names, by `order`: 逾期未检验,违法未处理; QG in letters of a code.

    Raises `CellError` where one of them cannot be meant, or where the last of `order`, written out as 正常, stands
    beside a state that ends it: then the cell is about more than one thing.
    """
    value = without_blanks(clean(raw)).upper()
    if value in choices or value in EMPTY:
        return choice(raw, choices)
    words = [word for word in _STATES.split(clean(raw).upper()) if word]
    if all(re.fullmatch(r"[A-Z]+", word) for word in words):
        words = [letter for word in words for letter in word]
    if len(words) < 2:
        return choice(raw, choices)
    told = [found for word in words if (found := choice(word, choices))]
    if set(words) & _SOUND and not set(told) <= _GOES_ON:
        raise CellError("bad_choice", "写了互相矛盾的几种状态，应只写一辆车的状态")
    return min(told, key=order.index, default=None)


@lru_cache(maxsize=16384)
def thing(raw: str) -> str | None:
    """What somebody owns, as text; None where the cell says that nothing was found or nobody answered."""
    value = without_blanks(clean(raw)).strip("。.;；")
    if _NOTHING.match(value) or (len(value) < 12 and _UNANSWERED.search(value)):
        return None
    return text(raw)


def plates(raw: str) -> list[str]:
    """The number plates of a cell that holds several and nothing else, each once; else none."""
    if len(raw) < _TWO_PLATES:
        return []
    lines = pieces(unicodedata.normalize("NFKC", raw).upper())  # blanks as they are: a line break parts two
    words = [word.strip() for part in lines for word in _AND.split(part) if word.strip()]
    found = [clean(word) for part in words for word in (part.split() if _apart(part) else [part])]
    if len(found) < 2 or not all(_PLATE.match(_PLATE_SIGNS.sub("", one)) for one in found):
        return []
    return list({_PLATE_SIGNS.sub("", one): one for one in found}.values())


def _apart(part: str) -> bool:
    """Whether every word between blanks is a plate by itself: 鲁A12345 鲁B54321, but not 鲁A 12345."""
    return all(_PLATE.match(_PLATE_SIGNS.sub("", word)) for word in part.split())


def paid_state(raw: str, choices: Mapping[str, str]) -> str | None:
    """How a payment stands, by `choices`; ``paid`` only where nothing in the cell speaks against it.

    未…成功 failed and what was reversed afterwards (成功后退票) was returned; an answer that says both is
    refused.
    """
    value = without_blanks(clean(raw)).upper()
    if value in choices:
        return choices[value]
    if _NOT_DONE.search(value):
        return "failed"
    if _REVERSED.search(value):
        return "returned"
    word = choice(raw, choices)
    if word == "paid" and _DOUBT.search(value):
        raise CellError("bad_choice", "看不出钱是否已经付出，可填：成功、失败、退票、待支付")
    return word
