"""What is written in the cells of an .xlsx, by kind and style, as the text that the rest of the program reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..coercion.cells import NumberText
from .package import Malformed
from .serials import iso_text, numeral_text, serial_text, span_text

LAST_COLUMN = 16_384
NUMBER, SHARED, DAY, SPAN, TEXT, TRUTH, ERROR, MOMENT = range(8)
_TYPES = {"s": SHARED, "b": TRUTH, "e": ERROR, "d": MOMENT}

_KEPT = 2**16
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ATTRIBUTE = re.compile(r' (\w+)="([^"]*)"')
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));|&")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class CellTexts:
    """What is written in a cell, by its kind, as the text that the rest of the program reads."""

    def __init__(
        self, strings: Sequence[str], days: frozenset[int], spans: frozenset[int], date1904: bool
    ) -> None:
        """`days` and `spans` are the numbers of the styles that show a day, or a length of time."""
        self.strings = strings
        self._days = days
        self._spans = spans
        self._date1904 = date1904
        self.numbers = _Converted(self._number)
        self.serials = _Converted(self._day)

    def kind(self, type_: str, style: str) -> int:
        if type_ not in ("n", ""):
            return _TYPES.get(type_, TEXT)
        number = int(style) if style.isdecimal() else 0
        return SPAN if number in self._spans else DAY if number in self._days else NUMBER

    def _number(self, value: str) -> str:
        return numeral_text(value.strip())

    def _day(self, value: str) -> str:
        return self._serial(value, DAY)

    def text(self, kind: int, value: str) -> str:
        """The text of a cell of any kind, its value without entities."""
        if kind == NUMBER:
            return self.numbers[value]
        if kind == DAY:
            return self.serials[value]
        if kind == SHARED:
            return self.strings[int(value)]
        if kind == SPAN:
            return self._serial(value, SPAN)
        if kind == TRUTH:
            return "TRUE" if value.strip().lower() in ("1", "true") else "FALSE"
        if kind == MOMENT:
            return iso_text(value)
        if not value.isprintable() and NO_XML.search(value):
            raise Malformed("有一格里有不可见的控制字符")
        return value.replace("_x000D_", "") if "_x" in value else value

    def _serial(self, value: str, kind: int) -> str:
        number = numeral_text(value.strip())
        if not isinstance(number, NumberText):
            return number
        return span_text(float(value)) if kind == SPAN else serial_text(float(value), self._date1904)


class _Converted(dict[str | None, str]):
    """Texts by the value they were made of, the last few ten thousand; nothing becomes an empty text."""

    def __init__(self, convert: Callable[[str], str]) -> None:
        self._convert = convert

    def __missing__(self, value: str | None) -> str:
        if len(self) > _KEPT:
            self.clear()
        text = self[value] = self._convert(value) if value else ""
        return text


class Kinds(dict[str, int]):
    """The kind of a cell by its attributes as they are written, worked out once for each wording."""

    def __init__(self, texts: CellTexts) -> None:
        self._texts = texts

    def __missing__(self, written: str) -> int:
        if len(self) > _KEPT:
            self.clear()
        attributes = dict(_ATTRIBUTE.findall(written))
        kind = self[written] = self._texts.kind(attributes.get("t", ""), attributes.get("s", ""))
        return kind


class Places(dict[str, int]):
    """Columns from 0 by their letters."""

    def __missing__(self, letters: str) -> int:
        place = 0
        for letter in letters[:4]:
            place = place * 26 + ord(letter) - 64
        if not 0 < place <= LAST_COLUMN:
            raise Malformed(f"有一格在第{letters}列，超出了表格的最后一列（XFD）")
        self[letters] = place - 1
        return place - 1


def unescaped(value: str) -> str:
    """Text of an XML part with its entities and line ends as they are meant."""
    if "\r" in value:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    return _ENTITY.sub(_entity, value) if "&" in value else value


def _entity(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _ENTITIES[name]
    number = int(decimal) if decimal else int(hexadecimal, 16) if hexadecimal else 0
    if not 0 < number < 0x110000 or 0xD800 <= number < 0xE000:
        raise Malformed("有不认识的字符写法（&…;）")
    return chr(number)
