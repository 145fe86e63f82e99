"""`points.yaml` before it becomes an epoch: every code that `compare` yields, each with tier, score, words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticKnownError

from ..yamlfile import YamlFile, refuse
from .compare import CODES, Tier

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _digits(raw: object) -> object:
    """Pydantic alone takes 1000.0 and 1_000 for whole numbers too."""
    if isinstance(raw, str) and not re.fullmatch(r"0|-?[1-9]\d{0,8}", raw, re.ASCII):
        raise PydanticKnownError("int_parsing")
    return raw


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Points(_Part):
    """The top of the file; the lines under `codes` are looked into one by one."""

    version: Text
    codes: dict[str, Any]


class _Line(_Part):
    tier: Tier
    score: Annotated[int, BeforeValidator(_digits), Field(ge=1)]
    sentence: Text
    reason: Text


def read_points(path: Path) -> dict[str, Any]:
    """The content of the file as text data, checked.

    Raises `AidError` (``bad_model``) with every fault and its line, codes without a line among them.
    """
    source = YamlFile(path)
    data = source.data or {}
    if source.data is not None:
        source.model(_Points, data)
        codes = data.get("codes")
        if isinstance(codes, dict):
            _check_codes(source, codes)
    if source.faults:
        refuse(
            "bad_model",
            "匹配模型",
            source.faults,
            "请改正文件，或重新安装：pip install --force-reinstall aidcli",
        )
    return data


def _check_codes(source: YamlFile, codes: dict[str, Any]) -> None:
    for code, raw in codes.items():
        if code in CODES:
            source.model(_Line, raw, ("codes", code))
        else:
            source.fault(("codes", code), f"比较时不会得出“{code}”，可用的有：{'、'.join(CODES)}")
    for code in CODES:
        if code not in codes:
            source.fault(("codes",), f"缺少“{code}”：比较时会得出它，须写明分级、分值和说明")
