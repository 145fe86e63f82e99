"""A sum that was granted once and the parts of it that stand beside: 现金 and 实物, or 口粮, 衣被 and 取暖.

Where a list has the parts alone, they are the sum together. A bare 合计 without a unit and without parts may count
pieces as well as yuan: nobody guesses which.
"""

from __future__ import annotations

import contextlib

from ....errors import Problem
from ....money import yuan
from ...coercion.cells import CellError, money
from ...headers.plan import SheetPlanned
from ...headers.wording import bare_key, heading_key
from ...templates import Template
from ..values import ValueReader, Values, value_of
from .backpay import FIELDS_BESIDE, taken_apart

_BY_FORM = ("cash_part", "goods_part")
_BY_USE = ("food_part", "clothes_part", "heating_part")
PARTS = (*_BY_FORM, *_BY_USE)
SUMS = ("winter_aid", "benefit_fen")
_GOODS = "help_goods"  # 实物 without a unit: what it is worth where it is a number that makes up the sum
_OF_MONTH = ("total", "benefit_fen")
_WEAK = frozenset(("口粮", "衣被", "取暖"))
_BARE = frozenset(("合计", "总计", "共计", "总合计"))


class SumParts:
    """The sum of a sheet's rows and its parts; false where the sheet has nothing of the kind to look at."""

    def __init__(self, template: Template, planned: SheetPlanned, reader: ValueReader) -> None:
        self._reader = reader
        self.sum = next((field for field in SUMS if field in template.fields), "")
        self.parts = [field for field in PARTS if field in reader.by_field]
        columns = planned.match.columns
        without_unit = {field for field, column in columns.items() if not column.unit}
        named = {field: bare_key(heading_key(column.heading)) for field, column in columns.items()}
        bare = self.sum in without_unit and named[self.sum] in _BARE and template.kind != "money"
        self._unsure = bare and not self.parts and self.sum == "winter_aid"
        # 口粮, 衣被: may be weighed or counted; they are money where they make up the sum.
        self._weak = {field for field in self.parts if field in without_unit and named[field] in _WEAK}
        self._bare = bare
        self._beside = [field for field in FIELDS_BESIDE if field in reader.by_field]
        self._called = {field: reader.heading(field) for field in _OF_MONTH if field in reader.by_field}

    def __bool__(self) -> bool:
        return bool(self.sum and self.parts) or self._unsure or bool(self._beside)

    def settle(
        self, row: int, cells: tuple[str, ...], values: Values, problems: list[Problem]
    ) -> list[Problem]:
        """Holds the sum of a row against its parts, or makes it of them; the problems of the row with what is told."""
        if self._beside:
            problems = problems + self._without_back_pay(row, cells, values)
        if self._unsure:
            return problems + self._unit_asked(row, cells, values)
        letters = {self._reader.by_field[field].letter for field in self._weak}
        rest = [one for one in problems if one.column not in letters]
        differs = self._checked(row, cells, values)
        if differs is None:
            return rest
        weak = [field for field in self._weak if values.numbers.pop(field, None) is not None]
        if not weak:
            return [*rest, differs]
        if self._bare and not any(field in values.numbers for field in self.parts):
            return rest + self._unit_asked(row, cells, values)
        again = self._checked(row, cells, values)
        return rest if again is None else [*rest, again]

    def _without_back_pay(self, row: int, cells: tuple[str, ...], values: Values) -> list[Problem]:
        """Reads 补发 and 扣发, and takes them out of the sum of the row that holds them; what is told of it."""
        for field in self._beside:
            raw = self._reader.raw(field, cells)
            with contextlib.suppress(CellError):
                fen = value_of(self._reader.by_field[field], raw) if raw.strip() else None
                if fen is not None:
                    values.numbers[field] = int(fen)
        found = taken_apart(values.numbers, self._called)
        if found is None:
            return []
        values.numbers[found.field] = found.month
        raw = self._reader.raw(found.field, cells)
        note = found.note(self._reader.heading(found.field))
        return [self._reader.problem(row, found.field, raw, "back_pay", note)]

    def _checked(self, row: int, cells: tuple[str, ...], values: Values) -> Problem | None:
        """What is told where the sum of a row is not that of its parts; a sum that has no column is made of them."""
        numbers = values.numbers
        by_form = {field: numbers[field] for field in _BY_FORM if field in numbers}
        by_use = {field: numbers[field] for field in _BY_USE if field in numbers}
        groups = [group for group in (by_form, by_use) if group]
        if not groups or (values.refused - self._weak) & {self.sum, *self.parts}:
            return None
        sums = {sum(group.values()) for group in groups}
        if self.sum not in numbers:
            if self.sum not in self._reader.by_field and len(sums) == 1:
                numbers[self.sum] = sums.pop()
            return None
        whole = numbers[self.sum]
        sums.add(sum(sum(group.values()) for group in groups))
        if whole in sums or ("goods_part" not in by_form and self._goods_make_up(whole, sums, values)):
            return None
        return self._differs(row, cells, whole, {**by_form, **by_use})

    def _goods_make_up(self, whole: int, sums: set[int], values: Values) -> bool:
        """Whether goods may be what is missing in the parts: worth just that, or nobody says what."""
        written = values.words.get(_GOODS, "")
        with contextlib.suppress(CellError):
            worth = money(written)
            return worth is not None and whole - worth in sums
        return whole > max(sums)

    def _differs(self, row: int, cells: tuple[str, ...], whole: int, parts: dict[str, int]) -> Problem:
        added = "，".join(f"“{self._reader.heading(field)}”是{yuan(fen)}元" for field, fen in parts.items())
        added += f"，相加是{yuan(sum(parts.values()))}元" if len(parts) > 1 else ""
        message = (
            f"列“{self._reader.heading(self.sum)}”是{yuan(whole)}元，旁边的{added}，对不上；"
            "按前一列收下，请核对后更正"
        )
        raw = self._reader.raw(self.sum, cells)
        return self._reader.problem(row, self.sum, raw, "total_mismatch", message)

    def _unit_asked(self, row: int, cells: tuple[str, ...], values: Values) -> list[Problem]:
        if values.numbers.pop(self.sum, None) is None:
            return []
        values.refused.add(self.sum)
        heading = self._reader.heading(self.sum)
        message = (
            f"列“{heading}”没有写单位，旁边也没有加得起来的现金、物资折款等列，不知道是钱数还是件数，整行未导入；"
            f"是钱数的，请把列名改为“{heading}（元）”后重新导入"
        )
        raw = self._reader.raw(self.sum, cells)
        return [self._reader.problem(row, self.sum, raw, "value_missing", message, "row")]
