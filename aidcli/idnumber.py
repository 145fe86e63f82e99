"""Citizen identity numbers (公民身份号码, GB 11643) as department spreadsheets hold them.

Eighteen characters: area 6, birth date 8, sequence 3 (odd: male), check 1. Old numbers have fifteen.
The same four functions as every identifier here (`compact`, `validate`, `is_valid`, `format`), plus
`read`, which says what a cell really holds. Nothing is ever completed: a number that a spreadsheet
program has cut stays a prefix.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Literal, NamedTuple

FORM_VERSION = "i1"

Kind = Literal["valid", "legacy15", "bad_check", "cut", "scientific", "masked", "missing", "other"]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_BLANK = re.compile(r"[\s​﻿'’‘`\"]+")
_NOTE = re.compile(r"[（(\[【].*$")
_SCIENTIFIC = re.compile(r"\d(?:\.(\d+))?E\+?(\d{2})\Z")
_MASK = re.compile(r"[\dX]*[*#?•●]+[\dX*#?•●]*\Z")
_CROSSES = str.maketrans({"×": "X", "Х": "X", "χ": "X", "✕": "X", "✗": "X", "＊": "*", "x": "X"})
_WHOLE = re.compile(r"(?<![0-9A-Z])\d{17}[\dX](?![0-9A-Z])", re.ASCII)
_CARD = re.compile(r"(\d{17}[\dX])[1-7][1-4](?:[A-Z]\d)?\Z", re.ASCII)  # disability card, re-issued: B1
_WRAPPING = 8
_EMPTY = {"", "-", "--", "—", "——", "/", "无", "NULL", "NONE", "NAN", "暂无", "不详", "未提供"}


class IdReading(NamedTuple):
    """What one cell says: its kind, and the canonical value that belongs to the kind.

    `value` is the 18-character number for ``valid`` and ``legacy15`` (converted), the number as written
    for ``bad_check`` and ``other``, the digits that can be trusted for ``cut`` and ``scientific``, the
    pattern with ``*`` for ``masked``, '' for ``missing``.
    """

    kind: Kind
    value: str

    @property
    def whole(self) -> bool:
        """Whether the value is a complete number whose check digit is right."""
        return self.kind in ("valid", "legacy15")


def compact(raw: str) -> str:
    """Full-width folded, blanks, apostrophes and notes gone, ``x`` and ``×`` as ``X``."""
    text = unicodedata.normalize("NFKC", raw.translate(_CROSSES)).translate(_CROSSES)
    return _BLANK.sub("", _NOTE.sub("", text)).upper()


def check_digit(first17: str) -> str:
    return _CHECKS[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def validate(raw: str) -> str:
    """The 18-character number; raises `ValueError` with the reason in Chinese."""
    number = compact(raw)
    if len(number) == 15 and number.isascii() and number.isdigit():
        number = from_15(number)
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        raise ValueError("应为18位（末位可为X）或15位数字")
    if birth_date(number) is None:
        raise ValueError("第7至14位不是真实的出生日期")
    if check_digit(number[:17]) != number[17]:
        raise ValueError("校验位不符")
    return number


def is_valid(raw: str) -> bool:
    try:
        validate(raw)
    except ValueError:
        return False
    return True


def format(raw: str) -> str:
    """Masked for screens and logs: 990101********1234."""
    number = compact(raw)
    if len(number) < 11:
        return "*" * len(number)
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


def from_15(number: str) -> str:
    """The 18-character form of a 15-digit number (19 inserted, check digit added)."""
    body = number[:6] + "19" + number[6:]
    return body + check_digit(body)


def birth_date(number: str) -> date | None:
    """The birth date inside a compacted 18-character number, or None where that is no date from 1850 on."""
    try:
        day = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return day if day.year >= 1850 else None


def sex(number: str) -> str:
    """``male`` or ``female`` from an 18-character number."""
    return "male" if int(number[16]) % 2 else "female"


def read(raw: str, *, was_number: bool = False, today: date | None = None) -> IdReading:
    """What a cell holds.

    `raw` is the text of the cell. `was_number` says that the cell was numeric: beyond fifteen digits its
    last ones are lost, whatever they look like. With `today`, a birth date after it is not valid.
    """
    number = compact(raw)
    if number in _EMPTY:
        return IdReading("missing", "")
    scientific = _SCIENTIFIC.match(number)
    if scientific:
        return _from_scientific(number, scientific)
    if was_number and number.isdigit() and len(number) > 15:
        return IdReading("cut", number[:15])
    if _MASK.match(number):
        return IdReading("masked", re.sub(r"[#?•●]", "*", number))
    if len(number) == 18 and number.isdigit() and number.endswith("000") and check_digit(number[:17]) != "0":
        return IdReading("cut", number[:15])
    card = _CARD.match(number)
    wrapped = card.group(1) if card else _unwrapped(raw, number)
    try:
        whole = validate(wrapped)
    except ValueError:
        wrong = re.fullmatch(r"\d{17}[\dX]", number, re.ASCII) and birth_date(number)
        return IdReading("bad_check" if wrong else "other", number)
    born = birth_date(whole)
    if today is not None and born is not None and born > today:
        return IdReading("bad_check", whole)
    return IdReading("legacy15" if len(number) == 15 else "valid", whole)


def is_wrapped(raw: str) -> bool:
    """Whether a whole number stands between other words (``身份证…``, ``…/残``) that `read` left out."""
    number = compact(raw)
    return not _CARD.match(number) and _unwrapped(raw, number) != number


def holds_several(raw: str) -> bool:
    """Whether a cell holds more than one number of eighteen characters, however they are separated."""
    text = unicodedata.normalize("NFKC", raw.translate(_CROSSES)).translate(_CROSSES).upper()
    joined = re.sub(r"[^0-9X]+", "", text)
    apart = re.findall(r"(?<!\d)\d{17}[\dX](?![\dX])", text, re.ASCII)
    together = re.fullmatch(r"(?:\d{17}[\dX]){2,}", joined, re.ASCII) is not None
    return len(apart) > 1 or (together and is_valid(joined[:18]))


def _unwrapped(raw: str, number: str) -> str:
    """The one whole number among a few words without letters or digits of their own; else `number`."""
    found = _WHOLE.findall(number)
    if len(found) != 1 or holds_several(raw):
        return number
    rest = number.replace(found[0], "")
    plain = not re.search(r"[0-9A-Z*#?]", rest) and len(rest) <= _WRAPPING
    return found[0] if plain and is_valid(found[0]) else number


def _from_scientific(number: str, found: re.Match[str]) -> IdReading:
    """``9.90101E+17``: only the digits that stand there are known."""
    if int(found.group(2)) not in (14, 17):
        return IdReading("other", number)
    digits = number[0] + (found.group(1) or "")
    return IdReading("scientific", digits[:15])
