"""`points.yaml` and `names.yaml` before they become an epoch: every line there, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticKnownError

from ..yamlfile import YamlFile, refuse
from .evidence import BirthLevel, HomeLevel, IdLevel, PhoneLevel, PlaceLevel, SexLevel
from .namebook import GROUPS, VARIANTS
from .namelevels import NameLevel

BANDS = 5
LEVELS: dict[str, type[IntEnum]] = {
    "id": IdLevel,
    "name": NameLevel,
    "birth": BirthLevel,
    "place": PlaceLevel,
    "phone": PhoneLevel,
    "sex": SexLevel,
    "home": HomeLevel,
}

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _digits(raw: object) -> object:
    """Pydantic alone takes 1000.0 and 1_000 for whole numbers too."""
    if isinstance(raw, str) and not re.fullmatch(r"0|-?[1-9]\d{0,3}", raw, re.ASCII):
        raise PydanticKnownError("int_parsing")
    return raw


Points = Annotated[int, BeforeValidator(_digits), Field(ge=-999, le=999)]
Line = tuple[Points, Text]
Share = Annotated[int, BeforeValidator(_digits), Field(ge=1, le=9999)]


def _all_levels(part: str) -> Callable[[Any], Any]:
    """A check that each level of a part has its line, and nothing else."""

    def check(lines: dict[str, Any]) -> dict[str, Any]:
        names = {level.name for level in LEVELS[part]}
        if wrong := sorted(set(lines) - names):
            raise ValueError(f"没有“{wrong[0]}”这一级，可用的有：{'、'.join(sorted(names))}")
        if missing := sorted(names - set(lines)):
            raise ValueError(f"缺少“{missing[0]}”：比较时会得出它，须写明分值和理由")
        return lines

    return check


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Cap(_Part):
    """`when`: part → levels; where all parts fit, the sum is `at_most` that."""

    when: dict[Text, list[Text]]
    at_most: Points
    reason: Text

    @field_validator("when")
    @classmethod
    def _known(cls, when: dict[str, list[str]]) -> dict[str, list[str]]:
        if not when or not all(when.values()):
            raise ValueError("应写明哪一项的哪几级")
        for part, levels in when.items():
            if part not in LEVELS:
                raise ValueError(f"没有“{part}”这一项，可用的有：{'、'.join(LEVELS)}")
            for level in levels:
                if level not in LEVELS[part].__members__:
                    raise ValueError(f"“{part}”里没有“{level}”这一级")
        return when


class _Points(_Part):
    """The whole of ``points.yaml``."""

    version: Text
    auto: Points
    review: Points
    margin: Points
    reasons: dict[str, Text]
    id: dict[str, Line]
    name: dict[str, list[Points]]
    name_reasons: dict[str, Text]
    birth: dict[str, Line]
    place: dict[str, Line]
    phone: dict[str, Line]
    sex: dict[str, Line]
    home: dict[str, Line]
    caps: list[Cap]

    @field_validator("review")
    @classmethod
    def _asks_before_it_links(cls, review: int, info: ValidationInfo) -> int:
        if review > info.data.get("auto", review):
            raise ValueError("“review”不能高于“auto”")
        return review

    @field_validator("margin")
    @classmethod
    def _is_a_distance(cls, margin: int) -> int:
        if margin < 0:
            raise ValueError("“margin”不能是负数")
        return margin

    _id = field_validator("id")(_all_levels("id"))
    _name = field_validator("name", "name_reasons")(_all_levels("name"))
    _birth = field_validator("birth")(_all_levels("birth"))
    _place = field_validator("place")(_all_levels("place"))
    _phone = field_validator("phone")(_all_levels("phone"))
    _sex = field_validator("sex")(_all_levels("sex"))
    _home = field_validator("home")(_all_levels("home"))

    @field_validator("name")
    @classmethod
    def _bands(cls, lines: dict[str, list[int]]) -> dict[str, list[int]]:
        for level, points in lines.items():
            if len(points) != BANDS:
                raise ValueError(f"“{level}”应有{BANDS}个分值，从最常见的姓名到最少见的")
        return lines

    @field_validator("reasons")
    @classmethod
    def _bounds(cls, reasons: dict[str, str]) -> dict[str, str]:
        for bound in ("auto", "review", "margin"):
            if bound not in reasons:
                raise ValueError(f"缺少“{bound}”的理由")
        return reasons


class _Names(_Part):
    """The whole of ``names.yaml``."""

    version: Text
    surname_readings: dict[Text, Text]
    readings: dict[Text, Text]
    compound_surnames: list[Text]
    surnames: dict[Share, list[Text]]
    rare_surname: Share
    given: dict[Share, list[Text]]
    rare_given: Share
    look_alike: dict[Text, Text]
    bands: list[Share]
    frequent: Text

    @field_validator("surname_readings")
    @classmethod
    def _a_syllable_a_letter(cls, readings: dict[str, str]) -> dict[str, str]:
        for surname, said in readings.items():
            if len(surname) > 2 or len(said.split()) != len(surname):
                raise ValueError(f"“{surname}”应是一两个字，每字一个读音，读音之间空一格")
            if any(len(each.split("/")) > VARIANTS for each in said.split()):
                raise ValueError(f"“{surname}”的读音太多，一个字至多{VARIANTS}个，用/隔开")
        return readings

    @field_validator("readings")
    @classmethod
    def _several_of_a_letter(cls, readings: dict[str, str]) -> dict[str, str]:
        for letter, said in readings.items():
            if len(letter) != 1 or not 2 <= len(said.split()) <= VARIANTS:
                raise ValueError(f"“{letter}”应是一个字，有两三个读音，读音之间空一格；只有一个读音的不必写")
        return readings

    @field_validator("look_alike")
    @classmethod
    def _few_groups_a_letter(cls, kinds: dict[str, str]) -> dict[str, str]:
        groups = [set(group) for text in kinds.values() for group in text.split()]
        for letter in {letter for group in groups for letter in group}:
            if sum(letter in group for group in groups) > GROUPS:
                raise ValueError(f"“{letter}”写进了{GROUPS}组以上，后面的不起作用，请并成一组")
        if alone := [group for group in groups if len(group) < 2]:
            raise ValueError(f"“{''.join(alone[0])}”只有一个字，一组至少两个字")
        return kinds

    @field_validator("bands")
    @classmethod
    def _from_frequent_to_rare(cls, bands: list[int]) -> list[int]:
        if len(bands) != BANDS - 1 or bands != sorted(set(bands), reverse=True):
            raise ValueError(f"应是{BANDS - 1}个由大到小的数")
        return bands


def read_points(points: Path, names: Path) -> dict[str, Any]:
    """The content of both files as text data, checked: ``{points, names}``.

    Raises `AidError` (``bad_model``) with every fault and its line.
    """
    found: dict[str, Any] = {}
    for key, path, model in (("points", points, _Points), ("names", names, _Names)):
        source = YamlFile(path)
        checked = source.model(model, source.data) if source.data is not None else None
        if source.faults or checked is None:
            refuse(
                "bad_model",
                "匹配模型",
                source.faults,
                "请改正文件，或重新安装：pip install --force-reinstall aidcli",
            )
        found[key] = checked.model_dump(mode="json")
    return found
