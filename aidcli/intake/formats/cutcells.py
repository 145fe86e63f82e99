"""Cells as they were cut from the text of an .xlsx sheet, turned into text, many rows at once, and put in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import getitem, itemgetter

from ..coercion.cells import UNCOMPUTED
from .sheetcells import TEXT, CellTexts, Places, TextsOf

WIDEST = 512  # beyond that a row is taken by itself

_REMEMBERED = 4096  # patterns of filled cells

Raw = str | None
Spread = Callable[[Sequence[str]], tuple[str, ...]]


class CutCells:
    """Turns cells into text by the words of their attributes, and puts them where their letters say."""

    def __init__(self, texts: CellTexts, places: Places) -> None:
        self._texts = TextsOf(texts)
        self._own = texts.as_written(TEXT)
        self._places = places
        letters = [_letters(place) for place in range(WIDEST)]
        self._unbroken = [letters[:width] for width in range(WIDEST + 1)]
        self._spreads = _Spreads(places)

    def plain(self, written: Sequence[str], values: Sequence[Raw]) -> list[str]:
        """The texts of cells of which none has a formula or a text of its own."""
        return list(map(getitem, map(self._texts.__getitem__, written), values))

    def mixed(
        self, written: Sequence[str], formulas: Sequence[Raw], values: Sequence[Raw], own: Sequence[Raw]
    ) -> list[str]:
        """The texts of any cells; `own` are the texts that stand in the cells themselves."""
        cells = zip(map(self._texts.__getitem__, written), formulas, values, own, strict=True)
        return [
            texts[value]
            if value
            else (text if text.isalnum() else self._own[text])
            if text
            else UNCOMPUTED
            if formula and (value is None or texts is not self._own)  # an empty text is a result
            else ""
            for texts, formula, value, text in cells
        ]

    def row(self, letters: list[str], texts: list[str]) -> Sequence[str] | None:
        """The cells of a row in their places, with blanks between; None where the last is far to the right."""
        if len(letters) <= WIDEST and letters == self._unbroken[len(letters)]:
            return texts
        spread = self._spreads[tuple(letters)]
        return spread and spread((*texts, ""))

    def wide(self, letters: list[str], texts: list[str]) -> list[str]:
        """The cells of one row with some far to the right."""
        found = {self._places[letter]: text for letter, text in zip(letters, texts, strict=True)}
        cells = [""] * (max(found) + 1)
        for place, text in found.items():
            cells[place] = text
        return cells


class _Spreads(dict[tuple[str, ...], Spread | None]):
    """Puts the cells of a row in their places, by the letters of the columns that it has; None: too wide.

    What is spread has the blank one as its last.
    """

    def __init__(self, places: Places) -> None:
        super().__init__()
        self._places = places

    def __missing__(self, letters: tuple[str, ...]) -> Spread | None:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = {self._places[letter]: cell for cell, letter in enumerate(letters)}
        width = max(found) + 1
        spread = None
        if width <= WIDEST:
            cells = [found.get(place, len(letters)) for place in range(width)]
            spread = itemgetter(*cells) if width > 1 else _alone
        self[letters] = spread
        return spread


def _alone(cells: Sequence[str]) -> tuple[str, ...]:
    return (cells[-2],)  # of several cells in the first column the last one counts


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
