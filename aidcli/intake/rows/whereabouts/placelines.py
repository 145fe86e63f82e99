"""Lines inside a list that name a village or a township, for the rows below them: 柳湾村（8人）, 【桥南社区】, 一、青禾镇.

They count where a list has no column of villages and the first of them stands over its first row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from ...formats.source import Merge
from ...headers.plan import SheetPlanned
from ...regions import Regions
from ...templates import Template
from ..persons.merged import Filled
from .carried import carried_places

_TOWN = r"(?:街道办事处|街道|民族乡|苏木|[镇乡])"
_VILLAGE = r"(?:村民委员会|居民委员会|村委会|居委会|社区|嘎查|村)"
_COUNT = r"共?\d+[户人](?:[,、/\s]*共?\d+[户人])?"
_LINE = re.compile(
    r"(?:第?[一二三四五六七八九十\d]{1,3}[、.)]|\([一二三四五六七八九十\d]{1,3}\))?"
    r"(?:所?[属在]?(?:行政村|村居|社区|乡镇|街道|村)(?:名称?)?:)?"
    rf"[【\[〖<]?(?P<name>[\u4e00-\u9fff]{{1,14}}?(?:{_VILLAGE}|{_TOWN}))[】\]〗>]?:?\(?(?:{_COUNT})?\)?:?\Z"
)
_BOTH = re.compile(
    rf"(?P<town>[\u4e00-\u9fff]{{1,7}}?{_TOWN})(?P<village>[\u4e00-\u9fff]{{1,10}}{_VILLAGE})\Z"
)
_NONE = re.compile(r"[全各本该]|其[他它余]|以[上下]|小计|合计|总计|共")
_COUNT_ALONE = re.compile(rf"{_COUNT}|\d+\Z")
_LOOKED_AT = 4  # rows below the header, among which its hints and units may stand as well
_MOST_CELLS = 3


def line_of(cells: Sequence[str]) -> str:
    """The place that a line names; '' for any other row."""
    filled = ["".join(unicodedata.normalize("NFKC", cell).split()) for cell in cells if cell.strip()]
    if not 0 < len(filled) <= _MOST_CELLS or not all(_COUNT_ALONE.match(cell) for cell in filled[1:]):
        return ""
    found = _LINE.match(filled[0])
    return found["name"] if found and not _NONE.match(found["name"]) else ""


class PlaceLines(Filled):
    """Merged cells from row to row, as `Filled`, and the place that the last line above a row names."""

    def __init__(
        self,
        merges: Iterable[Merge],
        persons: Iterable[int],
        template: Template,
        planned: SheetPlanned,
        regions: Regions,
    ) -> None:
        super().__init__(merges, persons)
        self._regions = regions
        self._words: dict[str, str] = {}
        self._fields = {"township", "village"} - planned.match.columns.keys()
        apart = template.unit != "entry" and "village" not in planned.match.columns
        self._active = apart and self._leads(planned)
        self._carried = dict.fromkeys(carried_places(template, planned), "")

    def __bool__(self) -> bool:
        return self._active or bool(self._carried) or super().__bool__()

    def row(self, row: int, cells: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
        """As `Filled.row`; of a line that names a place nothing is left: it is part of the rows below it."""
        if self.is_line(cells):
            self._words = self._told(line_of(cells))
            return ("",) * len(cells), True
        filled, named_above = super().row(row, cells)
        return (self._with_days(filled) if self._carried else filled), named_above

    def _with_days(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """The row of a person with the day that stands above it, where it has none."""
        if not any(place < len(cells) and cells[place].strip() for place in self._persons):
            return cells
        filled = list(cells)
        for place, day in self._carried.items():
            if place < len(cells) and cells[place].strip():
                self._carried[place] = cells[place]
            elif day:
                filled += [""] * (place + 1 - len(filled))
                filled[place] = day
        return tuple(filled)

    def is_line(self, cells: Sequence[str]) -> bool:
        """Whether a row is such a line of this sheet."""
        return self._active and line_of(cells) != ""

    def add_to(self, words: dict[str, str]) -> None:
        """Puts the place into the words of a person's row that does not tell it."""
        for field, place in self._words.items():
            words.setdefault(field, place)

    def _told(self, name: str) -> dict[str, str]:
        both = _BOTH.match(name)
        if both and (not self._regions or self._is_town(both["town"])):
            told = both.groupdict()
        elif self._is_town(name) or (re.search(rf"{_TOWN}\Z", name) and not self._is_village(name)):
            told = {"town": name}
        else:
            told = {"town": self._words.get("township", ""), "village": name}
        return {
            field: told[key]
            for field, key in (("township", "town"), ("village", "village"))
            if field in self._fields and told.get(key)
        }

    def _is_town(self, name: str) -> bool:
        return bool(self._regions) and self._regions.township(name).how not in ("unknown", "missing")

    def _is_village(self, name: str) -> bool:
        return bool(self._regions) and self._regions.village(name).how not in ("unknown", "missing")

    @staticmethod
    def _leads(planned: SheetPlanned) -> bool:
        """Whether one of the first rows below the header is such a line."""
        seen = 0
        for row, cells in planned.sheet.rows():
            if row <= planned.match.row or not any(cell.strip() for cell in cells):
                continue
            if line_of(cells):
                return True
            seen += 1
            if seen >= _LOOKED_AT:
                return False
        return False
