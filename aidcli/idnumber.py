"""Citizen identity numbers (公民身份号码, GB 11643) as department spreadsheets hold them.

Eighteen characters: area 6, birth date 8, sequence 3 (odd: male), check 1. Old numbers have fifteen;
residence permits (81, 82, 83) and foreigners' permanent residence cards (9) follow the same rule.
The same four functions as every identifier here (`compact`, `validate`, `is_valid`, `format`), plus
`read`, which says what a cell really holds. Nothing is ever completed: a number that a spreadsheet
program has cut stays a prefix.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

FORM_VERSION = "i1"

Kind = Literal["valid", "legacy15", "bad_check", "cut", "scientific", "masked", "missing", "other"]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# Blanks of every kind, the invisible marks that copying from a web page leaves, and quotes.
_BLANK = re.compile("[\\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff'’‘`\"]+")
_NOTE = re.compile(r"[（(\[【〔][^）)\]】〕]*[）)\]】〕]?")
_BRACKETS = "()（）[]【】〔〕"
_NO_BRACKETS = str.maketrans(dict.fromkeys(_BRACKETS, ""))
_EDGES = " \t\r\n\u3000\u00a0\ufeff'’‘`"
_SCIENTIFIC = re.compile(r"\d(?:\.(\d+))?E\+?1[479]\Z", re.ASCII)  # of 15, 18 and a card's 20 digits
_FLOAT = re.compile(r"(\d{15}|\d{18}|\d{20})\.0+\Z", re.ASCII)
_MASKS = str.maketrans(dict.fromkeys("#?•●■□◆▲※", "*"))
_SOFT_MASK = re.compile(r"([X○〇\-_.~])\1{2,}")
_OLD_RESIDENCE = re.compile(r"[A-Z]{3}\d{12}\Z", re.ASCII)
_CROSSES = str.maketrans({"×": "X", "Х": "X", "χ": "X", "✕": "X", "✗": "X", "＊": "*", "x": "X"})
_LOOKALIKE = str.maketrans({**dict.fromkeys("OОΟ〇○◯", "0"), **dict.fromkeys("IL|丨І", "1")})
_EIGHTEEN = re.compile(r"\d{17}[\dX]\Z", re.ASCII)
_SHAPE = re.compile(r"(?:\d{17}[\dX]|\d{15})\Z", re.ASCII)
_DIGIT = re.compile(r"\d", re.ASCII)
_MANY = re.compile(r"(?:\d\s*){15}", re.ASCII)  # room for another number
_WHOLE = re.compile(r"(?<![0-9A-Z])\d{17}[\dX](?![0-9A-Z])", re.ASCII)
_CARD = re.compile(r"(\d{17}[\dX])[1-7][1-4](?:[A-Z]\d)?\Z", re.ASCII)  # re-issued: B1
_CUT = re.compile(r"\d{15}000(?:00)?\Z", re.ASCII)  # a number, or a card's
_LABEL = re.compile(r"(?:ID|NO|SFZH?M?)[.:]*(?=\d)")
# 学籍号: G and the pupil's own number. What begins with L is given where that number is in doubt: it stays as it is.
_PUPIL = re.compile(r"G(?=\d{17}[\dX]\Z)", re.ASCII)
_SEPARATOR = re.compile(r"(?<=\d)[-._·—–](?=[\dX])")
_KEEPER = re.compile(r"监护|代管|代领|代办|代收|经办|联系人")
_WRAPPING = 8
_FIRST_CUT = date(1900, 1, 2)  # the day before stands for none
_AFTER_OLD = date(2001, 1, 1)  # since then nobody got a number of fifteen digits
_WORDS_FOR_NOTHING = (
    "- -- --- — —— / \\ 无 空 NULL NONE NAN 暂无 不详 未提供 没有 未填 未填写 "
    "无证 无身份证 未办 未办理 未知 待补 待补充 0 ? *"
)
_EMPTY = frozenset(("", *_WORDS_FOR_NOTHING.split()))


class IdReading(NamedTuple):
    """What one cell says: its kind, and the canonical value that belongs to the kind.

    `value` is the 18-character number for ``valid`` and ``legacy15`` (converted), the number as written
    for ``bad_check`` and ``other``, the digits that still stand there for ``cut`` and ``scientific`` (of
    fewer than fifteen the last may be rounded), the pattern with ``*`` for ``masked``, '' for ``missing``.
    Fifteen digits that a person's number of today begins with are ``cut``; `as_old` reads them the other way.
    """

    kind: Kind
    value: str

    @property
    def whole(self) -> bool:
        """Whether the value is a complete number whose check digit is right."""
        return self.kind in ("valid", "legacy15")


def compact(raw: str) -> str:
    """Full-width folded, blanks, apostrophes and notes gone, ``x`` and ``×`` as ``X``.

    A number that stands in brackets altogether, or after a name, is no note.
    """
    text = _folded(raw)
    bracket = _NOTE.search(text)
    if bracket is None:
        return _BLANK.sub("", text)
    before, after = _BLANK.sub("", text[: bracket.start()]), text[bracket.start() :]
    if not _MANY.search(after):
        return before
    bare = _BLANK.sub("", _NOTE.sub(_left_out, text))
    if (bare and bare in _EMPTY) or _DIGIT.search(bare):
        return bare
    return _BLANK.sub("", text).translate(_NO_BRACKETS)


def check_digit(first17: str) -> str:
    return _CHECKS[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def validate(raw: str) -> str:
    """The 18-character number; raises `ValueError` with the reason in Chinese."""
    number = compact(raw)
    if not _SHAPE.match(number):
        raise ValueError("应为18位（末位可为X）或15位数字")
    number = from_15(number) if len(number) == 15 else number
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


def as_old(number: str) -> str:
    """The whole number of fifteen digits that `read` takes for a child's, if they may be an old one; else ''."""
    whole = from_15(number) if len(number) == 15 and number.isdigit() else ""
    return whole if whole and birth_date(whole) else ""


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


def read(raw: str, was_number: bool = False, today: date | None = None) -> IdReading:
    """What a cell holds.

    `raw` is the text of the cell. `was_number` says that the cell was numeric: beyond fifteen digits its
    last ones are lost, whatever they look like. With `today`, a birth date after it is not valid. A letter
    O, I or l stands for 0 or 1 where the number is right with it; `is_repaired` tells.
    """
    if len(raw) == 18 and not was_number and _is_right(raw, today):
        return IdReading("valid", raw)
    if len(raw) == 15 and raw.isascii() and raw.isdigit():
        return _fifteen(raw, today)
    bare = raw.strip(_EDGES).upper()
    if len(bare) == 18 and not was_number and _is_right(bare, today):
        return IdReading("valid", bare)
    return _read(raw, was_number, today)


def is_repaired(raw: str) -> bool:
    """Whether `read` took letters that look like 0 or 1 for digits to make the number whole."""
    return _repaired(_plain(compact(raw))) is not None and read(raw).whole


def is_wrapped(raw: str) -> bool:
    """Whether a whole number stands between other words (``身份证…``, ``…/残``) that `read` left out."""
    number = compact(raw)
    return not _CARD.match(number) and _unwrapped(raw, number) != number


def note(raw: str) -> str:
    """The words in brackets beside a number (``990101196001010011（已故）`` says 已故), else ''."""
    found = _NOTE.search(_folded(raw))
    said = _BLANK.sub("", found.group()).strip(_BRACKETS) if found else ""
    return "" if _MANY.search(said) else said


def holds_several(raw: str) -> bool:
    """Whether a cell holds more than one number of eighteen characters, however they are separated.

    Two old numbers count too; the same person's number written twice, or old and new, does not.
    """
    text = _folded(raw)
    apart = re.findall(r"(?<!\d)(?:\d{17}[\dX]|\d{15})(?![\dX])", text, re.ASCII)
    old = {from_15(one) for one in apart if len(one) == 15}
    found = {one for one in apart if len(one) == 18} | {one for one in old if birth_date(one)}
    if len(found) > 1:
        return True
    joined = re.sub(r"[^0-9X]+", "", text)
    together = re.fullmatch(r"(?:\d{17}[\dX]){2,}", joined, re.ASCII) is not None
    parts = {joined[at : at + 18] for at in range(0, len(joined), 18)}
    return together and len(parts) > 1 and is_valid(joined[:18])


# ---------------------------------------------------------------- the cell that is not plain


def _read(raw: str, was_number: bool, today: date | None) -> IdReading:
    """`read` for any text."""
    number = compact(raw)
    if number in _EMPTY:
        return IdReading("missing", "")
    scientific = _SCIENTIFIC.match(number)
    if scientific:  # only the digits that stand there are known
        return IdReading("scientific", (number[0] + (scientific.group(1) or ""))[:15])
    was_float = _FLOAT.match(number)
    if was_float:
        number = was_float.group(1)
        # a float can hold only some numbers of this size; one that it cannot hold was written as text
        was_number = was_number or float(number) == int(number)
    if was_number and number.isdigit() and len(number) > 15:
        return IdReading("cut", number[:15])
    if _NOTE.search(raw) and (holds_several(raw) or _KEEPER.search(raw)):
        return IdReading("other", _BLANK.sub("", _folded(raw)))
    masked = None if _repaired(_plain(number)) else _masked(number)
    if masked:
        return IdReading("masked", masked)
    if _CUT.match(number) and (len(number) > 18 or check_digit(number[:17]) != number[17]):
        return IdReading("cut", number[:15])
    return _judged(_found_in(raw, number), number, today)


def _found_in(raw: str, number: str) -> str:
    """The number in a compacted text: in front of a card's digits, between words, with lookalikes put right."""
    if _SHAPE.match(number):
        return number
    half = number[: len(number) // 2]
    plain = _plain(half if number == half * 2 else number)
    found = _CARD.match(_repaired(plain) or plain)
    if found:
        return found.group(1)
    unwrapped = _unwrapped(raw, number)
    if unwrapped != number:
        return unwrapped
    return _repaired(plain) or (plain if _is_right(plain) else number)


def _judged(found: str, number: str, today: date | None) -> IdReading:
    """`found` by its check digit; where it has not the form of a number, the whole text as ``other``."""
    if not _SHAPE.match(found):
        return IdReading("other", number)
    if len(found) == 15:
        return _fifteen(found, today)
    if _is_right(found, today):
        return IdReading("valid", found)
    dated = len(found) == 18 and birth_date(found)
    return IdReading("bad_check", found) if dated else IdReading("other", number)


def _fifteen(digits: str, today: date | None) -> IdReading:
    """An old number, or what is left of a new one: of a child's born since 2001, or where no old one has such a date."""
    whole = from_15(digits)
    is_old = _is_right(whole, today)
    born = birth_date(digits) if digits[6:8] in ("19", "20") else None
    if born is None or born < _FIRST_CUT or (today is not None and born > today):
        return IdReading("legacy15", whole) if is_old else IdReading("other", digits)
    return IdReading("legacy15", whole) if is_old and born < _AFTER_OLD else IdReading("cut", digits)


def _folded(raw: str) -> str:
    return unicodedata.normalize("NFKC", raw.translate(_CROSSES)).translate(_CROSSES).upper()


def _left_out(found: re.Match[str]) -> str:
    """A note is left out, unless it holds digits in the midst of digits: then it is none."""
    parts = (found.string[: found.start()], found.group(), found.string[found.end() :])
    return found.group() if all(map(_DIGIT.search, parts)) else ""


def _plain(number: str) -> str:
    """Without a label in front (``ID:``) and without the signs that group its digits."""
    return _SEPARATOR.sub("", _LABEL.sub("", number))


def _repaired(number: str) -> str | None:
    """A number, or a card's, with the letters O, I and l as digits; None unless that makes it right."""
    first = number[:18].translate(_LOOKALIKE)
    if first == number[:18] or not _is_right(first):
        return None
    whole = first + number[18:]
    return whole if len(whole) == 18 or _CARD.match(whole) else None


def _masked(number: str) -> str | None:
    """The pattern with ``*`` for every hidden place; None where nothing is hidden.

    Runs of X, ○, dots or dashes hide as well. A whole number with a star behind it hides nothing.
    """
    if _OLD_RESIDENCE.match(number):
        return None
    text = _SOFT_MASK.sub(lambda found: "*" * len(found.group()), number.translate(_MASKS))
    if "*" not in text or not re.fullmatch(r"[\d*]+X?", text, re.ASCII):
        return None
    return None if _is_right(text.strip("*")) else text


def _unwrapped(raw: str, number: str) -> str:
    """The one whole number behind a pupil's G, or among a few words without letters or digits; else `number`."""
    text = _PUPIL.sub("", _LABEL.sub("", number))
    found = _WHOLE.findall(text)
    if len(set(found)) != 1 or holds_several(raw) or _KEEPER.search(number):
        return number
    rest = text.replace(found[0], "")
    plain = not re.search(r"[0-9A-Z]", rest) and len(rest) <= _WRAPPING
    return found[0] if plain and _is_right(found[0]) else number


# ---------------------------------------------------------------- the clean number


def _is_right(number: str, today: date | None = None) -> bool:
    """Whether these are eighteen characters with a real birth date and the right check digit.

    Every cell of an ID column comes here: three parts that repeat from row to row, each looked up.
    """
    try:
        born, sum_of_birth = _birth_part(number[6:14])
        total = _weighed(number[:6], 0) + sum_of_birth + _weighed(number[14:17], 14)
    except ValueError:
        return False
    return number[17:] == _CHECKS[total % 11] and (today is None or born <= today)


@lru_cache(maxsize=65536)
def _birth_part(digits: str) -> tuple[date, int]:
    weighed = _weighed(digits, 6)
    born = birth_date("000000" + digits)
    if born is None or len(digits) != 8:
        raise ValueError(digits)
    return born, weighed


@lru_cache(maxsize=65536)
def _weighed(digits: str, place: int) -> int:
    """The part of the weighted sum that some of the first seventeen digits make."""
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(digits)
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS[place:], strict=False))
