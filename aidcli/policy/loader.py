"""From `<region>.yaml` and its parents to a `Profile`; every fault of every file at once, with its line."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..errors import AidError
from ..yamlfile import Fault, Place, YamlFile, refuse
from . import kinds
from .profile import Basis, Dated, Level, Profile
from .schema import Document, Entry, Grounded, Header, Key
from .vocabulary import VOCABULARY, Term

NATION = "100000"


def load_profile(region: str, folders: Sequence[Path]) -> Profile:
    """The profile of a region; `folders` are searched in order, the first that has a file wins.

    Raises `AidError`: ``unknown_region`` lists the regions there are, ``bad_profile`` every fault found.
    """
    path = _find(region, folders)
    if path is None:
        known = "、".join(f"{code} {name}".rstrip() for code, name in regions(folders).items()) or "（没有）"
        raise AidError(
            "unknown_region",
            f"没有地区“{region}”的政策文件，现有：{known}",
            hint="请核对地区代码，或参照上级地区的文件新建一个",
        )
    readings: list[_Reading] = []
    faults: list[Fault] = []
    while path is not None:
        reading = _Reading(YamlFile(path), path.stem)
        readings.append(reading)
        path = _parent(reading, folders)
    documents: dict[str, Document] = {}
    levels: list[Level] = []
    for reading in reversed(readings):
        documents |= reading.documents
        levels.insert(0, reading.level(documents))
        faults.extend(reading.source.faults)
    if faults:
        refuse("bad_profile", "地区政策文件", faults, "请逐条改正后再运行")
    return Profile(levels, [reading.source.data for reading in readings])


def regions(folders: Sequence[Path]) -> dict[str, str]:
    """Code → name of every profile in the folders, by code; the name is '' where the file cannot be read."""
    found: dict[str, str] = {}
    for path in sorted((path for folder in folders for path in folder.glob("*.yaml")), key=lambda p: p.name):
        if re.fullmatch(r"\d{6}", path.stem, re.ASCII) and path.stem not in found:
            name = (YamlFile(path).data or {}).get("name")
            found[path.stem] = name if isinstance(name, str) else ""
    return found


def _find(region: str, folders: Sequence[Path]) -> Path | None:
    if not re.fullmatch(r"\d{6}", region, re.ASCII):
        return None
    return next((path for folder in folders if (path := folder / f"{region}.yaml").is_file()), None)


def _parent(reading: _Reading, folders: Sequence[Path]) -> Path | None:
    """The file above, when the text names one that may stand above; so a circle cannot happen."""
    region, source = reading.region, reading.source
    codes = dict.fromkeys((region[:4] + "00", region[:2] + "0000", NATION))
    above = [code for code in codes if code != region]
    if source.data is None:
        return None
    parent = source.data.get("parent")
    if region == NATION:
        if parent is not None:
            source.fault(("parent",), "全国文件没有上级，请删去“parent”")
        return None
    if parent is None:
        source.fault((), f"缺少“parent”（上级地区代码），应是 {'、'.join(above)} 之一")
        return None
    if parent not in above:
        source.fault(("parent",), f"“{parent}”不能是 {region} 的上级，应是 {'、'.join(above)} 之一")
        return None
    path = _find(str(parent), folders)
    if path is None:
        source.fault(("parent",), f"找不到上级地区的文件 {parent}.yaml")
    return path


def _weakest(grounds: list[tuple[Basis, str]]) -> Basis:
    """What a list as a whole rests on: no more than its weakest item."""
    bases = {basis for basis, _ in grounds}
    if "sample" in bases:
        return "sample"
    return "product_default" if "product_default" in bases else "cited"


class _Reading:
    """One file on its way from text to a level; its faults go to its source."""

    def __init__(self, source: YamlFile, region: str) -> None:
        self.source = source
        self.region = region
        self.name = ""
        self.documents: dict[str, Document] = {}
        self._values: dict[str, Any] = {}
        if source.data is None:
            return
        header = source.model(Header, source.data)
        if header is not None:
            self.name = header.name
            if header.region != region:
                source.fault(("region",), f"“region”是 {header.region}，与文件名 {region}.yaml 不一致")
        for key, raw in self._section("documents").items():
            document = source.model(Document, raw, ("documents", key))
            if document is not None:
                self.documents[key] = document
        self._values = self._section("values")

    def level(self, documents: dict[str, Document]) -> Level:
        """The typed values; `documents` are those of this file and of all above it."""
        values: dict[str, list[Dated]] = {}
        for key, raw in self._values.items():
            place: Place = ("values", key)
            term = VOCABULARY.get(key)
            if term is None:
                self.source.fault(place, f"不认识参数“{key}”，可用的有：{'、'.join(VOCABULARY)}")
                continue
            block = self.source.model(Key, raw, place)
            if block is None:
                continue
            self._same((*place, "label"), block.label, term.label)
            self._same((*place, "unit"), block.unit, term.unit)
            values[key] = self._entries(term, block.entries, (*place, "entries"), documents)
        return Level(self.region, self.name, values)

    def _entries(
        self, term: Term, raws: list[Any], place: Place, documents: dict[str, Document]
    ) -> list[Dated]:
        found: list[tuple[Place, Dated]] = []
        for index, raw in enumerate(raws):
            here = (*place, index)
            entry = self.source.model(Entry, raw, here)
            if entry is None:
                continue
            dated = self._dated(term, entry, here, documents)
            if dated is not None:
                found.append((here, dated))
        found.sort(key=lambda item: item[1].first)
        for (_, before), (here, after) in itertools.pairwise(found):
            if before.last is None or before.last >= after.first:
                until = before.last or "以后一直"
                self.source.fault(
                    here,
                    f"自{after.first}起的这条与自{before.first}起（至{until}）的另一条日期重叠，请给前一条写“to”",
                )
        return [dated for _, dated in found]

    def _dated(self, term: Term, entry: Entry, place: Place, documents: dict[str, Document]) -> Dated | None:
        try:
            value = term.read(entry.value)
        except ValidationError as error:
            self.source.explain(error, (*place, "value"))
            return None
        except ValueError as error:
            self.source.fault((*place, "value"), str(error))
            return None
        grounds = [self._ground(entry, place, entry, documents)] if entry.grounded else []
        if term.read is kinds.read_exclusive_pairs:
            value, grounds = self._pairs(value, entry, place, documents)
        elif not grounds:
            self.source.fault(place, "没有写依据：“citation”“product_default”“sample”须写一个")
            return None
        texts = list(dict.fromkeys(text for _, text in grounds))
        return Dated(entry.from_, entry.to, value, _weakest(grounds), "；".join(texts))

    def _pairs(
        self,
        pairs: tuple[kinds.ExclusivePair, ...],
        entry: Entry,
        place: Place,
        documents: dict[str, Document],
    ) -> tuple[tuple[kinds.ExclusivePair, ...], list[tuple[Basis, str]]]:
        """Each pair with its own ground, or with that of the entry it stands in."""
        grounded, grounds = [], []
        for index, (pair, item) in enumerate(zip(pairs, kinds.read_pair_items(entry.value), strict=True)):
            owner: Grounded = item if item.grounded else entry
            here = (*place, "value", index)
            if not owner.grounded:
                self.source.fault(here, f"“{pair.text}”没有写依据：“citation”“product_default”须写一个")
                continue
            basis, text = self._ground(owner, here if owner is item else place, entry, documents)
            grounds.append((basis, text))
            grounded.append(dataclasses.replace(pair, basis=basis, ground=text))
        return tuple(grounded), grounds

    def _ground(
        self, owner: Grounded, place: Place, entry: Entry, documents: dict[str, Document]
    ) -> tuple[Basis, str]:
        if owner.product_default:
            return "product_default", f"产品默认值：{owner.reason}"
        if owner.sample:
            if not self.region.startswith("99"):
                self.source.fault((*place, "sample"), "样例值只能写在虚构的示例地区（代码以99开头）")
            return "sample", f"{self.name}样例值：{owner.reason}"
        assert owner.citation is not None
        key, here = owner.citation.document, (*place, "citation", "document")
        document = documents.get(key)
        if document is None:
            self.source.fault(here, f"引用的文件“{key}”没有列在本文件或上级文件的“documents”里")
            return "cited", ""
        if document.force == "draft":
            self.source.fault(here, f"《{document.title}》是征求意见稿或送审稿，没有效力，不能作依据")
        if document.force == "repealed" and entry.to is None:
            self.source.fault(here, f"《{document.title}》已废止，引用它的这条须用“to”写明截止日期")
        return "cited", document.cite(owner.citation.article)

    def _section(self, name: str) -> dict[str, Any]:
        raw = (self.source.data or {}).get(name)
        if raw is None or raw == "":
            return {}
        if not isinstance(raw, dict):
            self.source.fault((name,), f"“{name}”下面应是若干“项: 值”")
            return {}
        return raw

    def _same(self, place: Place, given: str, expected: str) -> None:
        if given != expected:
            wanted = f"“{expected}”" if expected else "空（不写）"
            self.source.fault(place, f"“{place[-1]}”写的是“{given}”，应是{wanted}")
