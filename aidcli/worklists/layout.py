"""The layout of a worklist as data: what its tables are called, which columns they have, who signs.

A layout is a YAML file that an office may copy and change (`templates/worklists`); the writer knows no
worklist by name. Patterns (`title`, `subtitle`) hold ``{group}``, ``{rows}``, ``{as_of}`` and whatever the
caller gives as heading.
"""

from __future__ import annotations

from string import Formatter
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from aidcli import terms

MAIN = "main"
ROW_KEY = "row_key"  # every row carries its stable reference under this name

Kind = Literal["serial", "text", "money", "count", "date", "choice", "fill"]
Take = Literal["serial", "group", "rows", "sum", "distinct"]

_KEY = r"^[a-z][a-z0-9_]*$"
_WORD_LISTS: dict[str, tuple[str, ...]] = {
    "routes": tuple(terms.ROUTES.values()),
    "departments": tuple(terms.DEPARTMENTS.values()),
    "programmes": tuple(terms.SHORT_PROGRAMMES.values()),
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """One column. `width` in letters of half width; `fill` marks what the reader writes in.

    Kinds: ``serial`` counts the rows, ``money`` is fen, ``count`` a whole number, ``date`` an ISO date,
    ``choice`` a drop-down list, ``fill`` an empty text cell. What does not wrap is shrunk to fit. `top` sets
    the text at the top of its cell, so that the lines of neighbours stand beside each other.
    """

    key: str = Field(pattern=_KEY)
    heading: str = Field(min_length=1)
    width: int = Field(ge=3, le=120)
    kind: Kind = "text"
    values: tuple[str, ...] = ()
    values_from: Literal["routes", "departments", "programmes"] | None = None
    wrap: bool = False
    top: bool = False
    total: bool = False
    fill: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Column:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("kind 为 choice 的列要有 values 或 values_from，其他列不能有")
        if len(set(self.choices)) != len(self.choices):
            raise ValueError("下拉选项重复")
        if self.total and self.kind not in ("money", "count"):
            raise ValueError("只有 money 和 count 列可以合计（total）")
        if self.fill and self.kind not in ("date", "choice", "fill"):
            raise ValueError("只有 date、choice 和 fill 列可以留空待填（fill）")
        if self.key == ROW_KEY:
            raise ValueError(f"列不能叫 {ROW_KEY}，这是行的标识")
        return self

    @property
    def choices(self) -> tuple[str, ...]:
        """The words of the drop-down list: a closed list of the terms first, then the column's own."""
        return (_WORD_LISTS[self.values_from] if self.values_from else ()) + self.values

    @property
    def to_fill(self) -> bool:
        """Whether the reader of the sheet writes here; rows need not bring a value."""
        return self.fill or self.kind in ("choice", "fill")


class _Page(_Strict):
    """What every sheet has round its table."""

    title: str
    subtitle: str = ""
    signatures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    capital: str | None = None  # the money column whose total is also written in capital figures

    @field_validator("title", "subtitle")
    @classmethod
    def _simple_pattern(cls, pattern: str) -> str:
        try:
            parts = list(Formatter().parse(pattern))
        except ValueError:
            raise ValueError("花括号不成对") from None
        for _, name, spec, conversion in parts:
            if name is not None and (not name.isidentifier() or spec or conversion):
                raise ValueError(f"花括号里只能是名称，不能是“{name}”")
        return pattern


class Table(_Page):
    """A kind of sheet: its columns, and what stands there when it has no rows."""

    columns: tuple[Column, ...] = Field(min_length=1)
    empty: str = "本期无数据"
    freeze_to: str | None = None  # this column and those left of it stay in view

    @model_validator(mode="after")
    def _names_exist(self) -> Table:
        keys = [column.key for column in self.columns]
        if len(set(keys)) != len(keys):
            raise ValueError("列的 key 重复")
        if self.freeze_to is not None and self.freeze_to not in keys:
            raise ValueError(f"freeze_to 指的列“{self.freeze_to}”不存在")
        totals = {column.key for column in self.columns if column.kind == "money" and column.total}
        if self.capital is not None and self.capital not in totals:
            raise ValueError(f"capital 指的“{self.capital}”不是合计的金额列")
        return self


class OverviewColumn(_Strict):
    """A column of the front sheet, one row a main sheet.

    `take`: ``serial``, ``group`` (name and link), ``rows`` (how many), ``sum`` of the main column `of`,
    ``distinct`` values of the row field `of`.
    """

    key: str = Field(pattern=_KEY)
    heading: str = Field(min_length=1)
    width: int = Field(ge=3, le=120)
    take: Take
    of: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> OverviewColumn:
        if (self.take in ("sum", "distinct")) != bool(self.of):
            raise ValueError("take 为 sum 或 distinct 时要写 of，其他情况不写")
        return self


class Overview(_Page):
    """The front sheet: an index (`when: several`) or a summary (`when: always`)."""

    name: str = Field(min_length=1)
    when: Literal["always", "several"]
    columns: tuple[OverviewColumn, ...] = Field(min_length=1)


class Layout(_Strict):
    """A worklist: the main table (one sheet a group), further tables by key, the front sheet."""

    key: str = Field(pattern=_KEY)
    label: str = Field(min_length=1)
    version: int = Field(ge=1)
    group_by: str = Field(pattern=_KEY)
    paper: Literal["landscape", "portrait"] = "landscape"
    overview: Overview | None = None
    tables: dict[str, Table]

    @model_validator(mode="after")
    def _complete(self) -> Layout:
        if MAIN not in self.tables:
            raise ValueError(f"tables 里缺少主表 {MAIN}")
        kinds = {column.key: column.kind for column in self.tables[MAIN].columns}
        for column in self.overview.columns if self.overview else ():
            if column.take == "sum" and kinds.get(column.of) not in ("money", "count"):
                raise ValueError(f"overview 的“{column.heading}”要合计的“{column.of}”不是主表的金额或数量列")
        return self

    @property
    def main(self) -> Table:
        return self.tables[MAIN]
