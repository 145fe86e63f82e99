"""The parts of a profile file, each checked on its own so that one fault does not hide the others."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _day(raw: object) -> object:
    if not isinstance(raw, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw, re.ASCII):
        raise ValueError(f"“{raw}”不是日期，应写成 2026-01-01")
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise ValueError(f"“{raw}”不是真实的日期") from None


def _region(raw: object) -> object:
    if not isinstance(raw, str) or not re.fullmatch(r"\d{6}", raw, re.ASCII):
        raise ValueError(f'“{raw}”不是地区代码，应是6位数字并加引号，如 "990101"')
    return raw


Day = Annotated[date, BeforeValidator(_day)]
Region = Annotated[str, BeforeValidator(_region)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Header(Part):
    """The top of the file; `parent`, `documents` and `values` are looked into one by one."""

    region: Region
    name: Text
    parent: Any = None
    documents: Any = None
    values: Any = None


class Document(Part):
    """A document that values may cite.

    `force` says whether it holds; `seen` whether its text was read in full or only as an excerpt.
    """

    title: Text
    number: Text | None = None
    issued: Day | None = None
    in_force_from: Day | None = None
    force: Literal["in_force", "repealed", "draft"]
    seen: Literal["full", "excerpt"]

    @model_validator(mode="after")
    def _dated(self) -> Document:
        if self.issued is None and self.in_force_from is None:
            raise ValueError("“issued”（印发日期）和“in_force_from”（施行日期）至少写一个")
        return self

    def cite(self, article: str) -> str:
        """``《…办法》（民发〔2021〕57号）第八条``, marked when only an excerpt was seen."""
        number = f"（{self.number}）" if self.number else ""
        return f"《{self.title}》{number}{article}" + (
            "（仅见摘录，待核原文）" if self.seen == "excerpt" else ""
        )


class Citation(Part):
    document: Text
    article: Text


class Grounded(Part):
    """Something that says what it rests on: a citation, a product default or an invented sample."""

    citation: Citation | None = None
    product_default: Literal["true"] | None = None
    sample: Literal["true"] | None = None
    reason: Text | None = None

    @property
    def grounded(self) -> bool:
        return any(item is not None for item in (self.citation, self.product_default, self.sample))

    @model_validator(mode="after")
    def _one_ground(self) -> Grounded:
        given = [item for item in (self.citation, self.product_default, self.sample) if item is not None]
        if len(given) > 1:
            raise ValueError("“citation”“product_default”“sample”三者只能写一个")
        if given and self.citation is None and self.reason is None:
            raise ValueError("产品默认值和样例值要用“reason”写明理由")
        if self.reason is not None and self.citation is not None:
            raise ValueError("有文件依据的不写“reason”，请把条款写在“citation”里")
        return self


class Entry(Grounded):
    """A value from a day on, to a day (included) where it ends."""

    from_: Day = Field(alias="from")
    to: Day | None = None
    value: Any

    @model_validator(mode="after")
    def _in_order(self) -> Entry:
        if self.to is not None and self.to < self.from_:
            raise ValueError(f"“to”（{self.to}）早于“from”（{self.from_}）")
        return self


class Key(Part):
    """What stands under one key of the vocabulary."""

    label: Text
    unit: str = ""
    entries: Annotated[list[Any], Field(min_length=1)]
