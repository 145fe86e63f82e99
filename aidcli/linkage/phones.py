"""Telephones as numbers, and texts of digits read many at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .hashing import letters_of

MOBILE, LANDLINE = 11, 7  # digits
_ALIKE, _RUN = 6, 7  # digits that nobody's telephone ends in, or has one after the other
_EXAMPLE = 13800138000  # of a company's service, known to everybody
_DIGITS = re.compile(r"\d+", re.ASCII)


def phones(texts: Sequence[str]) -> NDArray[np.int64]:
    """The number of each text, 0 for none and for what only fills the cell; those of eleven digits at once."""
    found = np.zeros(len(texts), np.int64)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    rows = np.flatnonzero(lengths == MOBILE)
    odd = lengths != 0
    if rows.size:
        digits = digits_of([texts[row] for row in rows.tolist()])
        fit = (digits <= 9).all(axis=0)
        found[rows] = np.where(fit & ~_is_filler(digits), number_of(digits), 0)
        odd[rows[fit]] = False
    rows = np.flatnonzero(odd)
    odd_ones = [texts[row] for row in rows.tolist()]
    known = {text: _phone(text) for text in dict.fromkeys(odd_ones)}
    found[rows] = [known[text] for text in odd_ones]
    return found


def _phone(text: str) -> int:
    digits = text if text.isascii() and text.isdigit() else "".join(_DIGITS.findall(text))
    if len(digits) < LANDLINE:
        return 0
    return 0 if _is_filler(digits_of([digits[-MOBILE:]]))[0] else int(digits[-MOBILE:])


def _is_filler(digits: NDArray[Any]) -> NDArray[np.bool_]:
    """Numbers typed to fill a cell: of one or two figures, the last six alike, or 1234567 somewhere. A row a place."""
    figures = np.minimum(digits, 9)
    seen = np.bitwise_or.reduce(np.uint16(1) << figures.astype(np.uint16), axis=0)
    steps = np.diff(figures.astype(np.int8), axis=0)
    filler: NDArray[np.bool_] = (np.bitwise_count(seen) <= 2) | (steps[1 - _ALIKE :] == 0).all(axis=0)
    if len(digits) == MOBILE:
        filler |= number_of(figures) == _EXAMPLE
    for step in (1, -1):
        run = steps == step
        for first in range(len(steps) - _RUN + 2):
            filler |= run[first : first + _RUN - 1].all(axis=0)
    return filler


def digits_of(texts: Sequence[str]) -> NDArray[Any]:
    """A row a place, a column a text of one and the same length; above 9 for what is no digit."""
    return np.ascontiguousarray(letters_of(texts).T) - np.uint8(ord("0"))


def number_of(digits: NDArray[Any]) -> NDArray[np.int64]:
    found = np.zeros(digits.shape[1], np.int64)
    for column in digits:
        found *= 10
        found += column
    return found
