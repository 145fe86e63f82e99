"""Sums of a roster that are those of several months: names say 三季度 or 7-9月, and the heading says no month.

What is paid by the month must not be read from them, or three months' money would be paid every month. They are kept
as what they are: the sum of so many months.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from .... import terms
from ....errors import Problem
from ...fields import FIELDS
from ...headers.plan import SheetPlanned
from ...headers.wording import Column, level_keys, period_of
from ...letters import column_letter
from ...templates import Template
from ...vocabulary.money import MONTHLY

_FROM_TO = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月?份?[-—–~、至到](1[0-2]|0?[1-9])月(?!\d)")
_SPANS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"第?[一二三四1-4]季度|第[一二三四1-4]季|20\d{2}年?[-_.]?Q[1-4](?!\d)|按季"), 3),
    (re.compile(r"[上下]半年"), 6),
    (re.compile(r"全年"), 12),
)
_ONE_MONTH = re.compile(
    r"(?<![-—–~、至到\d])(?:1[0-2]|0?[1-9])月(?:份)?(?![-—–~、至到日\d])|20\d{2}(?:0[1-9]|1[0-2])(?!\d)"
)
_A_MONTH = re.compile(r"(?<!个)月(?!数|份数)|标准")


class Span(NamedTuple):
    """What a name says of the time that money is for: as written, and how many months."""

    said: str
    months: int


class Spanning(NamedTuple):
    """The columns whose sums are for a longer time than a month; `whole` is the one that adds up the others."""

    span: Span
    fields: tuple[str, ...]
    whole: str

    def settled(self, numbers: dict[str, int]) -> dict[str, int]:
        """The sums of a row, those of a longer time taken out of a month's and kept as that of all months together."""
        sums = {field: numbers[field] for field in self.fields if field in numbers}
        numbers = {field: fen for field, fen in numbers.items() if field not in sums}
        fen = sums.get(self.whole) if self.whole else (sum(sums.values()) if sums else None)
        if fen is not None and "benefit_fen" not in numbers:
            numbers["benefit_fen"] = fen
            numbers.setdefault("benefit_months", self.span.months)
        return numbers

    def note(self, planned: SheetPlanned) -> Problem:
        """What is told of them, once a sheet."""
        columns = [planned.match.columns[field] for field in self.fields]
        listed = "、".join(
            f"“{''.join(one.heading.split())}”（{column_letter(one.place + 1)}列）" for one in columns
        )
        message = (
            f"名称写的是“{self.span.said}”，列{listed}没有写明是每月的钱：按{self.span.months}个月的合计收下，不当作每月的"
            "保障金，也没有折成每月，不能据此排发放；确是每月的，请把列名写明（如“月合计（元/月）”）后重新导入"
        )
        first = columns[0]
        return Problem(
            planned.sheet.name,
            planned.match.row,
            column_letter(first.place + 1),
            first.heading,
            "quarter_sum",
            message,
            "note",
        )


def spanning(template: Template, planned: SheetPlanned, file_name: str) -> Spanning | None:
    """The sums of a roster of assistance that are for several months; None where they are a month's."""
    if template.kind != "roster" or template.programme not in terms.ASSISTANCE:
        return None
    titles = [cell for line in planned.titles for cell in line]
    span = span_in([planned.sheet.name, *titles]) or (
        None if _tells_month([planned.sheet.name, *titles]) else span_in([file_name])
    )
    if span is None:
        return None
    columns = planned.match.columns
    fields = tuple(field for field, column in columns.items() if field in MONTHLY and not _says_month(column))
    if not fields or not any(FIELDS[field].type == "money" for field in fields):
        return None
    return Spanning(span, fields, "total" if "total" in fields else "")


def span_in(texts: Iterable[str]) -> Span | None:
    """The time of several months that one of some texts names; None where any names one month."""
    plain = [re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper() for text in texts]
    if _tells_month(plain):
        return None
    for text in plain:
        for found in _FROM_TO.finditer(text):
            months = int(found.group(2)) - int(found.group(1)) + 1
            if months > 1:
                return Span(found.group(), months)
        for words, months in _SPANS:
            if told := words.search(text):
                return Span(told.group(), months)
    return None


def _tells_month(texts: Iterable[str]) -> bool:
    plain = (re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)) for text in texts)
    return any(_ONE_MONTH.search(_FROM_TO.sub("#", text)) for text in plain)


def _says_month(column: Column) -> bool:
    """Whether a heading, one above it or its unit says that a sum is a month's."""
    keys = level_keys(column.heading)
    return (
        any(period_of(key) == "month" for key in keys)
        or _A_MONTH.search("".join(keys) + "/" + column.unit) is not None
    )
