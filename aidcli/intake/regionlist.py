"""The list of a district's townships and villages as a file: YAML that an office writes and keeps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from ..yamlfile import Fault, YamlFile, refuse
from .regions import KIND, How, Regions, folded, target


class _Named(BaseModel):
    """What townships and villages have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    code: str = ""
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    merged_into: str = ""

    @field_validator("code")
    @classmethod
    def _digits(cls, code: str) -> str:
        if code and not re.fullmatch(r"\d{9}|\d{12}", code, re.ASCII):
            raise ValueError(f"区划代码应为9位或12位数字，不能是“{code}”")
        return code

    def names(self) -> list[tuple[str, How]]:
        """Every name with how it counts; all names of what was merged are former ones."""
        found: list[tuple[str, How]] = [(self.name, "former" if self.merged_into else "exact")]
        found += [(alias, "former" if self.merged_into else "alias") for alias in self.aliases]
        return found + [(name, "former") for name in self.former]


class Village(_Named):
    """A village or an urban community, under its township."""


class Township(_Named):
    """`kind` is the ending that people leave out: 青禾 for 青禾镇; taken from the name where it is usual."""

    kind: str = ""
    villages: tuple[Village, ...] = ()

    def short(self) -> str:
        """The name without its kind, '' where too little is left."""
        bare = self.name.removesuffix(self.kind) if self.kind else KIND.sub("", self.name)
        return bare if 2 <= len(bare) < len(self.name) else ""


class RegionList(BaseModel):
    """One file. `region` is the code of the district, its names are those that may stand before a township."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: str
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    townships: tuple[Township, ...] = Field(min_length=1)


def load_regions(code: str, folders: Sequence[Path]) -> Regions:
    """The list ``<code>.yaml`` of the last folder that has one, as `Regions`; empty where none has.

    Raises `AidError` (``bad_region_list``) with every fault and its line.
    """
    path = next((path for folder in reversed(folders) if (path := folder / f"{code}.yaml").is_file()), None)
    if path is None or not re.fullmatch(r"\d{6}", code, re.ASCII):
        return Regions()
    source = YamlFile(path)
    found = source.model(RegionList, source.data) if source.data is not None else None
    if found is not None:
        if found.region != code:
            source.fault(("region",), f"地区代码写的是“{found.region}”，应与文件名 {path.name} 相同")
        _check(source, found.townships, ("townships",))
        for at, town in enumerate(found.townships):
            _check(source, town.villages, ("townships", at, "villages"))
    faults: list[Fault] = source.faults
    if faults or found is None:
        refuse(
            "bad_region_list", "区划名单", faults, "请逐条改正后再运行；写法可仿照随程序附带的 990101.yaml"
        )
    return Regions(found.townships, (found.name, *found.aliases, *found.former))


def _check(source: YamlFile, items: Sequence[_Named], place: tuple[str | int, ...]) -> None:
    """Names and codes that mean two places, and mergers that lead nowhere."""
    seen: dict[str, str] = {}
    by_name = {item.name: item for item in items}
    for at, item in enumerate(items):
        for word in [folded(name) for name, _ in item.names()] + ([item.code] if item.code else []):
            if word in seen:
                same = "写了两次" if seen[word] == item.name else f"与“{seen[word]}”的重复"
                source.fault((*place, at), f"“{item.name}”的名称或代码“{word}”{same}，分不清指哪一个")
            seen.setdefault(word, item.name)
        if item.merged_into and item.merged_into not in by_name:
            source.fault(
                (*place, at, "merged_into"), f"“{item.name}”并入的“{item.merged_into}”不在同一级名单里"
            )
        elif item.merged_into and target(item, by_name).merged_into:
            source.fault((*place, at, "merged_into"), f"“{item.name}”的并入关系绕成了一圈")
