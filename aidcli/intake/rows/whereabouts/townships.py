"""The township of rows that do not tell it: the sheet's name, its titles or the file's name do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from ....errors import Problem
from ...coercion.answers import township
from ...headers.plan import SheetPlanned
from ...regions import Regions
from ...templates import Template

_NAMED = re.compile(r"[^\d\s]{1,12}(?:镇|乡|街道|街道办事处|开发区|街|[镇乡]人民政府)\Z")
_MONTH = re.compile(r"[（(].*|\d+年?\d*月?(?:份)?")
_KINDS = re.compile(r"民族乡|街道|苏木|经济开发区|开发区|农场|林场|[镇乡街]")
# 青禾镇卫生院 lists people of other townships too; 青禾镇敬老院 is run, and paid, by its own.
_INSTITUTION = re.compile(
    r"中?心?(?:卫生院|医院|学校|小学|中学|中心校|派出所|福利院|养老|殡仪|支行|分理处|信用社)"
)
_LONGEST = 12
_KNOWN = ("exact", "alias", "former")


class Told(NamedTuple):
    """The township that is told, '' for none, and what is to be said of it."""

    name: str
    notes: tuple[Problem, ...] = ()


def township_told(template: Template, planned: SheetPlanned, file_name: str, regions: Regions) -> Told:
    """The township of the rows of a sheet that do not tell theirs.

    A sheet without such a column always tells it by its own name. The name, the titles and the file's name do as
    well, where they name one township of the district's list and no other; that is noted. A bank's file or a list of
    payments is for accounts, wherever their holders live.
    """
    column = planned.match.columns.get("township")
    name = _MONTH.sub("", planned.sheet.name).strip()
    own = (township(name) or "") if _NAMED.match(name) and column is None else ""
    if not regions or template.kind == "money" or "township" not in template.fields:
        return Told(regions.township(own).name if own else "")
    titles = [cell for cells in planned.titles for cell in cells]
    for place, texts in (("工作表名称", [planned.sheet.name]), ("标题", titles), ("文件名", [file_name])):
        found = {one for text in texts for one in townships_in(text, regions)}
        if place == "工作表名称" and regions.township(name).how in _KNOWN:
            found.add(regions.township(name).name)
        if own and template.kind != "roster" and found == {regions.township(own).name}:
            return Told(found.pop())
        if len(found) == 1:
            return _noted(planned, found.pop(), place)
        if found:
            break
    return Told(own)


def _noted(planned: SheetPlanned, name: str, place: str) -> Told:
    column = planned.match.columns.get("township")
    without = "没有乡镇一列" if column is None else f"列“{column.heading.strip()}”没有填"
    message = f"{without}，按{place}里的“{name}”读入（没有填的行都是）；不是的话，请填上乡镇后重新导入"
    note = Problem(planned.sheet.name, planned.match.row, "", name, "township_told", message, "note")
    return Told(name, (note,))


def townships_in(text: str, regions: Regions) -> set[str]:
    """The townships of the list that a title or name names in full: 示例区青禾镇2026年9月低保花名册."""
    compact = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return {name for end in _ends(compact) if (name := _ending_at(compact, end, regions))}


def _ends(text: str) -> Iterator[int]:
    for found in _KINDS.finditer(text):
        if not _INSTITUTION.match(text, found.end()):
            yield found.end()


def _ending_at(text: str, end: int, regions: Regions) -> str:
    """The longest name of the list that ends there; '' for none."""
    for start in range(max(0, end - _LONGEST), end - 1):
        word = text[start:end]
        if word.isalpha() and (place := regions.township(word)).how in _KNOWN:
            return place.name
    return ""
