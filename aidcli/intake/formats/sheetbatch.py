"""Rows of an .xlsx sheet turned into text a column at a time, which is several times faster than cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from operator import itemgetter
from typing import NamedTuple

from ..coercion.cells import UNCOMPUTED
from .sheetcells import DAY, NUMBER, SHARED, TEXT, CellTexts, Kinds, Places, unescaped

WIDEST = 512  # beyond that a row is taken by itself, so that one far cell does not widen its neighbours

_REMEMBERED = 4096  # patterns of filled cells

Raw = str | None
Spread = Callable[[Sequence[Raw]], tuple[Raw, ...]]


class Cut(NamedTuple):
    """The cells of a row as they were cut from the text; `formulas` and `inline` are empty where none has any."""

    letters: list[Raw]
    written: Sequence[Raw]
    values: Sequence[Raw]
    formulas: Sequence[Raw] = ()
    inline: Sequence[Raw] = ()


class RowBatch:
    """Rows as they were cut from the text of the sheet, waiting to be converted together."""

    def __init__(self, texts: CellTexts, places: Places) -> None:
        self._texts = texts
        self._places = places
        self._kinds = Kinds(texts)
        self._letters = [_letters(place) for place in range(WIDEST)]
        self._spreads = _Spreads(places)
        self._clear()

    def _clear(self) -> None:
        self._numbers: list[int] = []
        self._values: list[Sequence[Raw]] = []
        self._written: list[Sequence[Raw]] = []
        self._inline: list[Sequence[Raw]] = []
        self._uncomputed: list[tuple[int, int]] = []

    def add(self, number: int, cut: Cut) -> bool:
        """Takes one row. False where it is too wide."""
        letters, written, values, formulas, inline = cut
        if letters != self._letters[: len(letters)]:
            spread = self._spreads[tuple(letters)]
            if spread is None:
                return False
            written, values = spread((*written, "")), spread((*values, None))
            formulas, inline = formulas and spread((*formulas, None)), inline and spread((*inline, None))
        row = len(self._numbers)
        if any(formulas):
            self._uncomputed += [
                (row, place)
                for place, formula in enumerate(formulas)
                if formula and self._is_uncomputed(values[place], inline[place], written[place])
            ]
        if any(inline):
            self._inline += [()] * (row - len(self._inline))
            self._inline.append(inline)
        self._numbers.append(number)
        self._values.append(values)
        self._written.append(written)
        return True

    def wide(self, cut: Cut) -> list[str]:
        """One row with cells far to the right."""
        found: dict[int, str] = {}
        for cell, letter in enumerate(cut.letters):
            value, word = cut.values[cell], cut.written[cell]
            inline = cut.inline[cell] if cut.inline else None
            said = self._one(self._kinds[word or ""], value, inline)
            if cut.formulas and cut.formulas[cell] and self._is_uncomputed(value, inline, word):
                said = UNCOMPUTED
            found[self._places[letter or ""]] = said
        cells = [""] * (max(found) + 1)
        for place, said in found.items():
            cells[place] = said
        return cells

    def taken(self) -> Iterator[tuple[int, Sequence[str]]]:
        """(number, cells) of every row that waits."""
        if not self._numbers:
            return
        values, written = zip_longest(*self._values), zip_longest(*self._written, fillvalue="")
        if self._inline:
            self._inline += [()] * (len(self._numbers) - len(self._inline))
            columns = [
                self._mixed(kinds, column, inline)
                for kinds, column, inline in zip_longest(written, values, zip_longest(*self._inline))
            ]
        else:
            columns = [self._column(kinds, column) for kinds, column in zip(written, values, strict=True)]
        for row, place in self._uncomputed:
            columns[place][row] = UNCOMPUTED
        yield from zip(self._numbers, zip(*columns, strict=True), strict=True)
        self._clear()

    def _column(self, written: Iterable[Raw], values: Sequence[Raw]) -> list[str]:
        """The texts of one column, all at once where its cells are of one kind."""
        written = list(written)
        kinds = {self._kinds[word or ""] for word in set(written)}
        kind = kinds.pop()
        if kinds:
            return self._mixed(written, values, None)
        if kind == NUMBER:
            return list(map(self._texts.numbers.__getitem__, values))
        if kind == DAY:
            return list(map(self._texts.serials.__getitem__, values))
        if kind == SHARED and all(values):
            return list(map(self._texts.strings.__getitem__, map(int, values)))  # type: ignore[arg-type]
        return [self._one(kind, value, None) for value in values]

    def _mixed(
        self, written: Iterable[Raw], values: Sequence[Raw], inline: Sequence[Raw] | None
    ) -> list[str]:
        """The texts of a column with cells of several kinds, or with texts of their own."""
        strings = self._texts.strings
        kinds = map(self._kinds.__getitem__, written)  # type: ignore[arg-type]
        if inline is None:
            inline = (None,) * len(values)
        elif not any(values):
            return [
                (text or "") if not text or text.isalnum() else self._one(TEXT, None, text) for text in inline
            ]
        return [
            (strings[int(value)] if kind == SHARED else self._one(kind, value, None))
            if value
            else self._one(TEXT, None, text)
            for kind, value, text in zip(kinds, values, inline, strict=True)
        ]

    def _one(self, kind: int, value: Raw, inline: Raw) -> str:
        if value:
            return self._texts.text(kind, unescaped(value))
        return self._texts.text(TEXT, unescaped(inline)) if inline else ""

    def _is_uncomputed(self, value: Raw, inline: Raw, written: Raw) -> bool:
        """Whether a formula has no result; an empty text is one."""
        return not inline and (value is None or (not value and self._kinds[written or ""] != TEXT))


class _Spreads(dict[tuple[Raw, ...], Spread | None]):
    """Puts the cells of a row in their places, by the letters of the columns that it has; None: too wide.

    What is spread has the blank one as its last.
    """

    def __init__(self, places: Places) -> None:
        super().__init__()
        self._places = places

    def __missing__(self, letters: tuple[Raw, ...]) -> Spread | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = {self._places[letter or ""]: cell for cell, letter in enumerate(letters)}
        width = max(found) + 1
        spread = None
        if width <= WIDEST:
            cells = [found.get(place, len(letters)) for place in range(width)]
            spread = itemgetter(*cells) if width > 1 else _alone
        self[letters] = spread
        return spread


def _alone(cells: Sequence[Raw]) -> tuple[Raw, ...]:
    return (cells[-2],)  # of several cells in the first column the last one counts


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
