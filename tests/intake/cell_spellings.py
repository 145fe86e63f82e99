"""How the same cell is written by other hands: spellings that change nothing of what it says."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from aidcli.intake import Template
from aidcli.intake.fields import FIELDS
from aidcli.intake.rows.leavers.leaving import says_death

# What may be asked for, one habit of careless typing each.
HABITS = (
    "blanks",  # inside and outside, of every width
    "wide",  # full-width figures and letters
    "apostrophe",  # as Excel marks text
    "letter_x",  # x, ×, Ｘ at the end of an ID number
    "dates",  # every spelling of a day and a month
    "sums",  # thousands separators, ￥, 元
    "words",  # another word for the same: √, 壹级, 3人
    "notes",  # （已故） behind a name or a number
    "nothing",  # — or 无 where there is nothing to say
    "typed",  # numbers and dates as such, in workbooks
)
_BLANKS = (" ", "　", "\u00a0", "\t", "\u200b", "  ")
_GRADES = {
    "1": ("一级", "1级", "1", "壹级", "一级（极重度）", "Ⅰ级"),
    "2": ("二级", "2级", "2", "贰级", "二级(重度)", "Ⅱ级"),
    "3": ("三级", "3级", "3", "叁级", "Ⅲ级"),
    "4": ("四级", "4级", "4", "肆级", "Ⅳ级"),
}
_ANSWERS = {"是": ("是", "√", "有", "1", "Y", "✔"), "否": ("否", "×", "无", "0", "N", "没有")}
_NOTHING = ("—", "无", "/", "--", "暂无", "　")
_DOTS = "·•．・"
_DASHED = "-/."


def wide(text: str) -> str:
    """Figures, letters and signs in full width."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def spelt(
    field: str, template: Template, value: str, habits: frozenset[str], chance: random.Random, *, typed: bool
) -> object:
    """The plain value of a field as somebody with these habits writes it.

    `value` is in the plain form: days ISO, months ``YYYY-MM``, money in yuan, grades 1 to 4, 是 or 否,
    choices in their canonical word. With `typed` numbers and dates may be cells of their own kind.
    """
    kind = FIELDS[field].type
    if not value:
        said = "nothing" in habits and kind != "yes_no" and chance.random() < 0.5
        return chance.choice(_NOTHING) if said else ""
    if typed and "typed" in habits and chance.random() < 0.5:
        cell = _cell_of(kind, value, chance)
        if cell is not None:
            return cell
    text = _in_words(field, template, kind, value, habits, chance)
    if "wide" in habits and chance.random() < 0.3:
        text = wide(text)
    if "blanks" in habits and chance.random() < 0.5:
        text = _blanks(field, kind, text, chance)
    if "apostrophe" in habits and chance.random() < 0.3:
        text = "'" + text
    return text


def words_of(field: str, template: Template) -> dict[str, list[str]]:
    """Canonical word → the ways to write it, of a field with choices as a template has it.

    死亡 says more than 终止: such a spelling is taken only where all the others say it too.
    """
    spellings: dict[str, list[str]] = {}
    for written, word in {**(FIELDS[field].choices or {}), **template.fields[field].values}.items():
        if word:
            spellings.setdefault(word, []).append(written.removeprefix("="))
    return {word: [one for one in ways if not says_death(one)] or ways for word, ways in spellings.items()}


def _cell_of(kind: str, value: str, chance: random.Random) -> object | None:
    if kind == "money":
        return chance.choice((float(value), int(float(value)) if float(value).is_integer() else float(value)))
    if kind in ("count", "grade"):
        return int(value)
    if kind == "day":
        day = date.fromisoformat(value)
        return chance.choice((day, datetime(day.year, day.month, day.day, 8, 30)))
    if kind == "month":
        return date.fromisoformat(value + "-01")
    return None


def _in_words(
    field: str, template: Template, kind: str, value: str, habits: frozenset[str], chance: random.Random
) -> str:
    if FIELDS[field].choices:
        spellings = words_of(field, template)[value]
        return chance.choice(spellings) if "words" in habits else spellings[0]
    write = _WRITERS.get(kind)
    return write(value, habits, chance) if write else value


def _name(value: str, habits: frozenset[str], chance: random.Random) -> str:
    if "words" in habits:
        value = value.replace("·", chance.choice(_DOTS))
    if "notes" in habits and chance.random() < 0.3:
        value += chance.choice(("（已故）", "(户主)", "【外出】"))
    return value


def _id(value: str, habits: frozenset[str], chance: random.Random) -> str:
    if "letter_x" in habits and value.endswith("X"):
        value = value[:-1] + chance.choice("xX×ｘ")
    if "notes" in habits and chance.random() < 0.2:
        value += chance.choice(("（已故）", "(死亡)"))
    return value


def _day(value: str, habits: frozenset[str], chance: random.Random) -> str:
    if "dates" not in habits:
        return value
    day = date.fromisoformat(value)
    year, month, number = day.year, day.month, day.day
    spellings = [f"{year}{sign}{month}{sign}{number}" for sign in _DASHED]
    spellings += [f"{year}{sign}{month:02d}{sign}{number:02d}" for sign in _DASHED]
    spellings += [
        f"{year}{month:02d}{number:02d}",
        f"{year}年{month}月{number}日",
        f"{year}年{month:02d}月{number:02d}日",
        f"{value} 08:30:00",
        f"{year}/{month}/{number} 0:00",
        str((day - date(1899, 12, 30)).days),
    ]
    return chance.choice(spellings)


def _month(value: str, habits: frozenset[str], chance: random.Random) -> str:
    if "dates" not in habits:
        return value
    year, month = int(value[:4]), int(value[5:])
    return chance.choice(
        (
            f"{year}{month:02d}",
            f"{year}/{month}",
            f"{year}.{month:02d}",
            f"{year}-{month}",
            f"{year}年{month}月",
            f"{year}年{month:02d}月",
            f"{year}年{month}月份",
            f"{value}-01",
        )
    )


def _money(value: str, habits: frozenset[str], chance: random.Random) -> str:
    if "sums" not in habits:
        return value
    amount = Decimal(value)
    return chance.choice(
        (
            f"{amount:,}",
            f"￥{amount}",
            f"¥{amount:,}",
            f"{amount}元",
            f"{amount:,}元",
            f"{amount}0".rstrip("0"),
        )
        if "." in value
        else (f"{amount:,}", f"￥{amount}", f"{amount}元", f"{amount}.00", f"{amount:,}.00元")
    )


def _count(value: str, habits: frozenset[str], chance: random.Random) -> str:
    return chance.choice((value, f"{value}人", f"{value}.0")) if "words" in habits else value


def _grade(value: str, habits: frozenset[str], chance: random.Random) -> str:
    return chance.choice(_GRADES[value]) if "words" in habits else _GRADES[value][0]


def _yes_no(value: str, habits: frozenset[str], chance: random.Random) -> str:
    return chance.choice(_ANSWERS[value]) if "words" in habits else value


def _phone(value: str, habits: frozenset[str], chance: random.Random) -> str:
    spellings = (value, f"{value[:3]}-{value[3:7]}-{value[7:]}", f"+86 {value}")
    return chance.choice(spellings) if "words" in habits else value


def _account(value: str, habits: frozenset[str], chance: random.Random) -> str:
    grouped = " ".join(value[at : at + 4] for at in range(0, len(value), 4))
    return chance.choice((value, grouped)) if "blanks" in habits else value


_WRITERS: Mapping[str, Callable[[str, frozenset[str], random.Random], str]] = {
    "name": _name,
    "id": _id,
    "day": _day,
    "month": _month,
    "money": _money,
    "count": _count,
    "grade": _grade,
    "yes_no": _yes_no,
    "phone": _phone,
    "account": _account,
}


def _blanks(field: str, kind: str, text: str, chance: random.Random) -> str:
    """Blanks round the text; inside it where people put them: between two letters of a name, in long numbers."""
    if kind in ("name", "id") and len(text) > 1 and chance.random() < 0.5:
        place = chance.randrange(1, len(text))
        text = text[:place] + chance.choice((" ", "　", "\u00a0")) + text[place:]
    return chance.choice(_BLANKS) * chance.randrange(2) + text + chance.choice(_BLANKS)
