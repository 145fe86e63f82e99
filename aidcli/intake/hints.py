"""What a file's name, titles, sheet name and columns hint at, where headings alone fit several templates."""

from __future__ import annotations

import contextlib
import fnmatch
import unicodedata
from collections.abc import Iterable, Sequence

from .cells import CellError, choice
from .headings import HeaderMatch
from .source import Row
from .templates import Template
from .vocabulary.household import RESIDENCE

_HINT_WEIGHT = 4
_PROGRAMME_WORDS = (
    ("dibao_margin", ("低保边缘", "低边", "边缘家庭", "生活保障边缘")),
    ("rigid_expenditure", ("刚性支出",)),
    ("tekun", ("特困", "五保")),
    ("dibao", ("低保", "最低生活保障", "城保", "农保")),
)
_RESIDENCE_WORDS = (
    ("rural", ("农村", "农保", "农低")),
    ("urban", ("城市", "城镇", "城保", "城低")),
)


def points_for(template: Template, stem: str, sheet: str, rows: Sequence[Row], match: HeaderMatch) -> int:
    """Points for and against a template; each hint weighs as much as four known headings.

    `stem` is the file's name without its ending, `rows` are the first ones of the sheet.
    """
    stem = unicodedata.normalize("NFKC", stem)
    points = 0
    if any(fnmatch.fnmatch(stem, unicodedata.normalize("NFKC", glob)) for glob in template.file_names):
        points += _HINT_WEIGHT
    titles = "".join("".join(cells) for number, cells in rows if number < match.row)
    told = unicodedata.normalize("NFKC", f"{stem} {sheet} {titles}")
    values = _column_values(rows, match)
    programme = _programme(told) or _programme(" ".join(values))
    if template.programme and programme:
        points += _HINT_WEIGHT if programme == template.programme else -_HINT_WEIGHT
    residences = _residences(told, values)
    if template.residence and len(residences) == 1:
        points += _HINT_WEIGHT if template.residence in residences else -_HINT_WEIGHT
    return points


def _programme(told: str) -> str:
    return next((key for key, words in _PROGRAMME_WORDS if any(word in told for word in words)), "")


def _residences(told: str, values: Iterable[str]) -> set[str]:
    """What names and titles say of 城 and 农, else what the residence column says in its first rows."""
    found = {key for key, words in _RESIDENCE_WORDS if any(word in told for word in words)}
    if len(found) == 1:
        return found
    written = set()
    for value in values:
        with contextlib.suppress(CellError):
            written.add(choice(value, RESIDENCE))
    return {word for word in written if word}


def _column_values(rows: Sequence[Row], match: HeaderMatch) -> list[str]:
    column = match.columns.get("residence")
    if column is None:
        return []
    index = column.place
    return [cells[index] for number, cells in rows if number > match.row and index < len(cells)]
