"""What is written in the cells of an .xlsx, by kind and style, as the text that the rest of the program reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from ..coercion.cells import NumberText
from .package import Malformed
from .serials import iso_text, numeral_text, serial_text, span_text

LAST_COLUMN = 16_384
NUMBER, SHARED, DAY, SPAN, TEXT, TRUTH, ERROR, MOMENT = range(8)
_TYPES = {"s": SHARED, "b": TRUTH, "e": ERROR, "d": MOMENT}

_KEPT = 2**16
_ALL_KEPT = 2**20
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
        self._strings = strings
        self._days = days
        self._spans = spans
        self._date1904 = date1904
        self._as_written = [Texts(partial(self._written, kind)) for kind in range(len(_MAKERS))]
        self._as_written[SHARED] = _Shared(strings)

    def kind(self, type_: str, style: str) -> int:
        if type_ not in ("n", ""):
            return _TYPES.get(type_, TEXT)
        number = int(style) if style.isdecimal() else 0
        return SPAN if number in self._spans else DAY if number in self._days else NUMBER

    def text(self, kind: int, value: str) -> str:
        """The text of a cell of any kind, its value without entities."""
        return _MAKERS[kind](self, value)

    def as_written(self, kind: int) -> Texts:
        """The texts of cells of a kind by their values as they are written, entities and all."""
        return self._as_written[kind]

    def _written(self, kind: int, value: str) -> str:
        return self.text(kind, unescaped(value))

    def _number(self, value: str) -> str:
        return numeral_text(value.strip())

    def _shared(self, value: str) -> str:
        return self._strings[int(value)]

    def _day(self, value: str) -> str:
        return self._serial(value, DAY)

    def _span(self, value: str) -> str:
        return self._serial(value, SPAN)

    def _truth(self, value: str) -> str:
        return "TRUE" if value.strip().lower() in ("1", "true") else "FALSE"

    def _moment(self, value: str) -> str:
        return iso_text(value)

    def _said(self, value: str) -> str:
        if not value.isprintable() and NO_XML.search(value):
            raise Malformed("有一格里有不可见的控制字符")
        return value.replace("_x000D_", "") if "_x" in value else value

    def _serial(self, value: str, kind: int) -> str:
        number = numeral_text(value.strip())
        if not isinstance(number, NumberText):
            return number
        return span_text(float(value)) if kind == SPAN else serial_text(float(value), self._date1904)


_MAKERS: dict[int, Callable[[CellTexts, str], str]] = {
    NUMBER: CellTexts._number,
    SHARED: CellTexts._shared,
    DAY: CellTexts._day,
    SPAN: CellTexts._span,
    TEXT: CellTexts._said,
    TRUTH: CellTexts._truth,
    ERROR: CellTexts._said,
    MOMENT: CellTexts._moment,
}


class Texts(dict[str | None, str]):
    """Texts by the value they were made of, the last few ten thousand; nothing becomes an empty text."""

    def __init__(self, convert: Callable[[str], str]) -> None:
        self._convert = convert

    def __missing__(self, value: str | None) -> str:
        if len(self) > _KEPT:
            self.clear()
        text = self[value] = self._convert(value) if value else ""
        return text


class _Shared(Texts):
    """The shared texts by their numbers as they are written; once many were asked for, all of them."""

    def __init__(self, strings: Sequence[str]) -> None:
        super().__init__(lambda value: strings[int(value)])
        self._strings = strings
        self._is_whole = False

    def __missing__(self, value: str | None) -> str:
        if len(self) < _KEPT // 16:
            return super().__missing__(value)
        if value in self._every():
            return self[value]
        return self._convert(value) if value else ""

    def _every(self) -> Texts:
        if not self._is_whole and len(self._strings) <= _ALL_KEPT:
            self.update(zip(map(str, range(len(self._strings))), self._strings, strict=True))
        self._is_whole = True
        return self


class TextsOf(dict[str, Texts]):
    """The texts of the kind of a cell, by its attributes as they are written."""

    def __init__(self, texts: CellTexts) -> None:
        self._texts = texts

    def __missing__(self, written: str) -> Texts:
        if len(self) > _KEPT:
            self.clear()
        attributes = dict(_ATTRIBUTE.findall(written))
        kind = self._texts.kind(attributes.get("t", ""), attributes.get("s", ""))
        found = self[written] = self._texts.as_written(kind)
        return found


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
