"""Text as a worksheet can hold and show it: no control characters, full-width letters counted twice."""

from __future__ import annotations

import re
import unicodedata

TITLE_LIMIT = 31  # UTF-16 units in a sheet's name: Excel refuses more

_TOKEN = re.compile(r"[!-~]+|.", re.DOTALL)
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_FORBIDDEN = str.maketrans("[]:*?/\\", "［］：＊？／＼")
_RESERVED = {"history", "_meta", "_lists"}


def clean(raw: str) -> str:
    """`raw` without what a workbook cannot store; line ends as ``\\n``, tabs as blanks."""
    text = _LINE_ENDS.sub("\n", raw).replace("\t", " ")
    if text.isprintable():
        return text
    return "".join(letter for letter in text if letter == "\n" or _storable(letter))


def _storable(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs") and letter not in "\ufffe\uffff"


def width(text: str) -> int:
    """Columns the text takes up: Chinese letters and punctuation two, combining marks none."""
    total = 0
    for letter in text:
        if unicodedata.combining(letter):
            continue
        total += 2 if unicodedata.east_asian_width(letter) in "WFA" else 1
    return total


def line_count(text: str, columns: int) -> int:
    """Lines that the text fills when wrapped at `columns`; Latin words and numbers stay whole."""
    return sum(_paragraph_lines(paragraph, max(columns, 2)) for paragraph in text.split("\n"))


def _paragraph_lines(paragraph: str, columns: int) -> int:
    lines, used = 1, 0
    for token in _TOKEN.findall(paragraph):
        size = width(token)
        if used + size <= columns:
            used += size
            continue
        lines += 1 if used else 0
        lines += (size - 1) // columns
        used = (size - 1) % columns + 1
    return lines


def sheet_title(name: str, taken: set[str]) -> str:
    """A sheet name that Excel accepts and that is not in `taken` yet; it is added there (case folded)."""
    base = clean(name).replace("\n", " ").translate(_FORBIDDEN).strip(" '") or "未填"
    title, number = _cut(base, TITLE_LIMIT), 1
    while title.casefold() in taken or title.casefold() in _RESERVED:
        number += 1
        ending = f"（{number}）"
        title = _cut(base, TITLE_LIMIT - len(ending)) + ending
    taken.add(title.casefold())
    return title


def _cut(text: str, units: int) -> str:
    while len(text.encode("utf-16-le")) // 2 > units:
        text = text[:-1]
    return text.rstrip(" '")
