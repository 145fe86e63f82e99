"""Cells of single fields that need more than their type: case and card numbers, townships, bank answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ... import idnumber
from ...terms import DISABILITY_CATEGORIES
from .cells import CellError, NumberText, clean, text, without_blanks
from .choices import choice

_OFFICE = re.compile(
    r"(?:人民政府|政府|办事处|党工委|党委|民政办公室|民政办|民政所|社会事务办公室|社会事务办|社会救助办|便民服务中心|(?<=街道)办)+\Z"
)
_PLACE = re.compile(r".+(?:镇|乡|街道|街|区|苏木|场)\Z")
_REVERSED = re.compile(r"冲正|冲回|冲销|[被已]退|退[票回款汇还]|\A退")
_NOT_DONE = re.compile(r"(?:未|没有|没|不|无法|未能).{0,6}成功")
_DOUBT = re.compile(r"[未没不无非拒异错误撤待退]|[理行]中|部分|可疑")


_CARD = re.compile(r"(\w{18})[-.]?([1-7])([1-4])([A-Z]\d)?\Z", re.ASCII)
_CATEGORIES = tuple(DISABILITY_CATEGORIES)  # in the order of the card's nineteenth digit


class DisabilityCard(NamedTuple):
    """残疾人证号: the holder's number, `category` (terms.DISABILITY_CATEGORIES), `grade` 1 to 4.

    `suffix` is that of a card issued again (B1), else ''.
    """

    id: idnumber.IdReading
    category: str
    grade: int
    suffix: str


def disability_card(raw: str, *, today: date | None = None) -> DisabilityCard | None:
    """The parts of a disability card's number; None where a cell holds no such number.

    The holder's number may be a wrong one (``bad_check``).
    """
    found = _CARD.match(idnumber.compact(raw))
    if found is None or type(raw) is NumberText:
        return None
    holder = idnumber.read(found.group(1), today=today)
    if not holder.whole and holder.kind != "bad_check":
        return None
    return DisabilityCard(
        holder, _CATEGORIES[int(found.group(2)) - 1], int(found.group(3)), found.group(4) or ""
    )


def case_number(raw: str) -> str | None:
    """A case number as text; a numeric cell beyond fifteen digits has lost its last ones: refused."""
    number = text(raw)
    if number is None:
        return None
    numeric = type(raw) is NumberText and len(number) > 15
    if numeric or re.fullmatch(r"\d(?:\.\d+)?[Ee]\+?\d+", number):
        raise CellError("case_cut", "按数字存放，15位之后已丢失，应改为文本格式后重新填写")
    return number


@lru_cache(maxsize=4096)
def township(raw: str) -> str | None:
    """The name of the township or street without the office that wrote the list: 青禾镇人民政府 is 青禾镇."""
    name = text(raw)
    short = _OFFICE.sub("", name) if name else ""
    return short if short and _PLACE.match(short) else name


def pay_code(raw: str, choices: Mapping[str, str]) -> str | None:
    """``success`` or ``failed``; success only where nothing in the cell speaks against it.

    未…成功 and what was reversed or returned after it (成功-已冲正) failed; an answer that is still open
    or says both is refused, brackets counted in.
    """
    value = without_blanks(clean(raw)).upper()
    if value in choices:
        return choice(raw, choices)
    if _REVERSED.search(value) or _NOT_DONE.search(value):
        return "failed"
    word = choice(raw, choices)
    if word == "success" and _DOUBT.search(value):
        raise CellError("bad_choice", "看不出是成功还是失败，可填：成功、失败")
    return word
