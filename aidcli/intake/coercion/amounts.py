"""An amount of yuan as people write it → an exact `Decimal`: figures, units, capital figures.

What may be meant in two ways (约500, 500-600, 500元*3人) is refused, with the reason in Chinese.
"""

from __future__ import annotations

import re
from decimal import Decimal

_SIGNS = str.maketrans({**dict.fromkeys("−－﹣–—‒―‐‑", "-"), "￥": "¥", "圆": "元"})
_CURRENCY = re.compile(r"人民币|RMB|CNY|¥")
_FIGURES = re.compile(r"[+-]?(?:\d+(?:\.\d*)?(?:[eE][+-]?\d{1,2})?|\.\d+)\Z", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?\Z", re.ASCII)
_UNIT = re.compile(r"(万)?(?:元|块钱?)?(?:整|正)?\Z")
_SPOKEN = re.compile(r"(-?)(?:(\d+)(?:元|块))?(?:(\d)[角毛])?(?:零?(\d{1,2})分)?[整正]?\Z", re.ASCII)
_PER_MONTH = re.compile(r"(?<=元)(?:(?:/|每)月|/户)(?:/[月户])?\Z")

_CAPITAL = re.compile(
    r"(?:([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)元)?(?:零?([壹贰叁肆伍陆柒捌玖])角)?"
    r"(?:零?([壹贰叁肆伍陆柒捌玖])分|零分)?[整正]?\Z"
)
# What an authority answers where it has nothing of somebody.
_NO_SUM = re.compile(
    r"(?:经?(?:核查|查询|核对|查)[,后]?)?(?:[本名]人)?(?:名下)?(?:暂|均)?(?:"
    r"查无|(?:无|没有|未|未能)(?:查询?|检索|核对|核查|发现|比对|查找)?[到出得]?)"
    r"(?:此人|任何|相关|有关|符合条件的?|对应)*"
    r"(?:存款|账户|开户|银行|收入|申报|缴存|缴费|纳税|持有|持仓|资产|证券|余额|贷款|待遇)*(?:的)?(?:记录|信息|数据|结果|情况)"
    r"|查无(?:此人)?|未查询?到|未检索到|没有查到"
)
_DIGIT = "[壹贰叁肆伍陆柒捌玖]"
_SECTION = re.compile(rf"零*(?:({_DIGIT})仟)?零?(?:({_DIGIT})佰)?零?(?:({_DIGIT}?)拾)?零?({_DIGIT})?零*\Z")
_VALUES = {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}

# What stands in a money cell and is no amount, by what it looks like; the first that fits is said.
_REASONS = (
    (re.compile(r"\A\+?="), "应为金额，看到的是没有算出结果的公式"),
    (re.compile(r"约|左右|上下|余元|余\Z|多元|多\Z|近\d|将近|大概"), "应为确定的金额，看到的是约数"),
    (re.compile(r"[<>≤≥]|不足|不到|不超过|以上|以下|以内|超过"), "应为确定的金额，看到的是一个范围"),
    (
        re.compile(r"\d(?:元|万)*[-~至到]\d|\d[±]"),
        "应为确定的金额，看到的是一个范围",
    ),
    (re.compile(r"[*×xX+÷＊]|\d[^\d]*人\Z|\d元?/人"), "应为算好的金额，看到的是算式或标准"),
    (
        re.compile(r"\d(?:元|万元)?(?:/|每|一)(?:个?月|天|日|季|年|次|学期|学年|户)"),
        "应为金额，后面带有“每月”“每年”之类，分不清是哪个期间的",
    ),
    (re.compile(r"[$€£]|美元|美金|港[元币]|USD|HKD"), "应为人民币金额，看到的是外币"),
    (re.compile(r"\d{1,3}(?:[,.]\d+){2,}|,\d{1,2}\Z|,\d{4,}"), "应为金额，逗号或小数点的位置不对"),
    (
        re.compile(r"\A[一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟万]"),
        "应为数字金额，或写全的大写金额（如壹佰贰拾元整）",
    ),
    (re.compile(r"\d.*[（(【\[]"), "金额后面带有说明，请把说明写到备注里"),
)


def parse(text: str, *, monthly: bool = True) -> Decimal:
    """The exact yuan of a text without blanks; raises `ValueError` with the reason.

    521元/月 is an amount where the column is `monthly`; anything else with a period behind it is refused.
    """
    body = _CURRENCY.sub("", text.translate(_SIGNS))
    negative = len(body) > 2 and body[0] + body[-1] == "()"
    if negative:
        body = body[1:-1]
    elif body.startswith("负"):
        body = "-" + body[1:]
    if monthly:
        body = _PER_MONTH.sub("", body)
    amount = _figures(body)
    if amount is None or (negative and body.startswith(("-", "+"))):
        raise ValueError(_reason(text.translate(_SIGNS)))
    return -amount if negative else amount


def is_nothing(text: str) -> bool:
    """Whether a text without blanks says that nothing was found: 查无记录, 未查询到相关信息."""
    return _NO_SUM.fullmatch(text.rstrip("。.")) is not None


def _figures(body: str) -> Decimal | None:
    """Figures with at most a unit behind them, 5元3角, or capital figures."""
    found = re.search(r"[^\d.,]+\Z", body, re.ASCII)
    scale = 1
    number = body
    if found:
        unit = _UNIT.match(found.group())
        if unit is None:
            return _spoken(body) if body[:1].isdigit() or body[:1] == "-" else _capital(body)
        scale = 10000 if unit.group(1) else 1
        number = body[: found.start()]
    if _THOUSANDS.match(number):
        number = number.replace(",", "")
    return Decimal(number) * scale if _FIGURES.match(number) else None


def _spoken(body: str) -> Decimal | None:
    """5元3角, 5元3角2分, 3角."""
    found = _SPOKEN.match(body)
    if found is None or not any(found.groups()[1:]):
        return None
    sign, yuan, jiao, cents = found.groups()
    if cents and len(cents) == 2 and (jiao or yuan):
        return None
    amount = Decimal(yuan or 0) + Decimal(jiao or 0) / 10 + Decimal(cents or 0) / 100
    return -amount if sign else amount


def _capital(body: str) -> Decimal | None:
    """壹佰贰拾元整; None where places are out of order or a unit is missing."""
    negative, found = body.startswith("-"), _CAPITAL.match(body.removeprefix("-"))
    if found is None or not any(found.groups()):
        return None
    yuan = _whole(found.group(1)) if found.group(1) else 0
    if yuan is None:
        return None
    amount = (
        Decimal(yuan * 100 + _VALUES[found.group(2) or "零"] * 10 + _VALUES[found.group(3) or "零"]) / 100
    )
    return -amount if negative else amount


def _whole(text: str) -> int | None:
    """A whole number in capital figures, 亿 and 万 at most once."""
    total = 0
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        head, sign, rest = text.partition(unit)
        if sign:
            part = _section(head)
            if not part:
                return None
            total, text = total + part * size, rest
    part = _section(text)
    return None if part is None else total + part


def _section(text: str) -> int | None:
    """Up to four places; 拾 alone is ten."""
    found = _SECTION.match(text)
    if found is None:
        return None
    thousands, hundreds, tens, ones = found.groups()
    value = 10 * _VALUES[tens or "壹"] if tens is not None else 0
    return value + 1000 * _VALUES[thousands or "零"] + 100 * _VALUES[hundreds or "零"] + _VALUES[ones or "零"]


def _reason(text: str) -> str:
    return next((said for form, said in _REASONS if form.search(text)), "应为金额（数字，单位元）")
