"""What stands above the header for all rows: 学校（公章）：实验小学, 洪涝灾害 in a title, the school as a sheet's name."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..coercion.cells import CellError, clean, is_empty
from ..coercion.choices import choice, choices_in
from ..fields import FIELDS
from .wording import Told, heading_key

if TYPE_CHECKING:
    from ..templates import Template

# 学校（公章）：实验小学      填报日期：2026年9月18日
_LABELLED = re.compile(r"([^\s:]{2,16}):\s*((?:[^\s:]|(?<=[^\s:])\s(?=[^\s:]+(?:\s|\Z)))*)")
_LABEL_ALONE = re.compile(r"[^\s:]{2,16}:\s*\Z")
_CALLED = {
    "school": re.compile(
        r"[\u4e00-\u9fff（）()·\d]{2,20}(?:小学|中学|学校|学院|大学|幼儿园|高中|初中|职中|[一二三四五六七八九十]中)\Z"
    )
}
# 示例区第一中学2026-2027学年困难学生名单; 示例区中小学 and 示例区小学 are no one school.
_SCHOOL_FIRST = re.compile(
    r"\s*([\u4e00-\u9fff]{2,16}?(?:小学|中学|学校|学院|大学|幼儿园|高中|职中|职校|[一二三四五六七八九十]中))"
    r"(?=[\d（(《]|家庭|困难|贫困|学生|资助|受助|国家|高一|高二|高三|[春秋]季)"
)
_NO_ONE_SCHOOL = re.compile(
    r"中小学|阶段|教育|各|所有|全[区县市省]|(?:[区县市省]|公办|民办|普通|农村|寄宿制)(?:小学|中学|学校|大学|幼儿园|高中|职中|职校)\Z"
)
_TYPES = ("text", "choice")  # what a person or a household has of its own is never told once for all


def told_above(
    template: Template, missing: Sequence[str], stem: str, sheet: str, titles: Sequence[Sequence[str]]
) -> dict[str, Told]:
    """What name and titles say of required fields that have no column; nothing where they say two things.

    A line 词：值 whose word is a heading of the field goes first, then what its kind of value is called in title,
    sheet name and the file's name.
    """
    fields = [field for field in missing if FIELDS[field].type in _TYPES]
    labelled = list(_labelled(titles)) if fields else []
    found: dict[str, Told] = {}
    for field in fields:
        values = {
            value
            for label, value in labelled
            if _field(template, label) == field and _reads(template, field, value)
        }
        if len(values) == 1:
            found[field] = Told(values.pop(), "标题")
        elif not values and (told := _called(template, field, stem, sheet, titles)):
            found[field] = told
    return found


def _field(template: Template, label: str) -> str:
    known = template.vocabulary.known(heading_key(label))
    return known.field if known else ""


def _labelled(titles: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Each 词：值 of the lines above the header; the value may stand in the next cell."""
    for cells in titles:
        filled = [unicodedata.normalize("NFKC", cell).strip() for cell in cells if cell.strip()]
        for place, cell in enumerate(filled):
            if _LABEL_ALONE.fullmatch(cell) and place + 1 < len(filled) and ":" not in filled[place + 1]:
                yield cell.rstrip(": "), filled[place + 1]
            for found in _LABELLED.finditer(cell):
                if found.group(2).strip():
                    yield found.group(1), found.group(2).strip()


def _reads(template: Template, field: str, value: str) -> bool:
    if is_empty(clean(value)):
        return False
    if FIELDS[field].type == "text":
        return True
    with contextlib.suppress(CellError):
        return choice(value, choices_of(template, field)) is not None
    return False


def _called(
    template: Template, field: str, stem: str, sheet: str, titles: Sequence[Sequence[str]]
) -> Told | None:
    lines = [cell for cells in titles for cell in cells if cell.strip()]
    if template.fields[field].from_name:
        choices = choices_of(template, field)
        for place, text in (("标题", " ".join(lines)), ("工作表名称", sheet), ("文件名", stem)):
            meant = {word: written for written in [text] for word in choices_in(written, choices)}
            if len(meant) == 1:
                return Told(_written(text, choices, next(iter(meant))), place)
            if meant:
                return None
    if field in _CALLED and _CALLED[field].fullmatch(sheet.strip()):
        return Told(sheet.strip(), "工作表名称")
    if field == "school":
        for place, texts in (("标题", lines), ("文件名", [stem])):
            schools = {found.group(1) for text in texts if (found := _SCHOOL_FIRST.match(text))}
            if schools:
                school = schools.pop()
                return None if schools or _NO_ONE_SCHOOL.search(school) else Told(school, place)
    return None


def _written(text: str, choices: Mapping[str, str], word: str) -> str:
    """The longest known word of a text that means something."""
    value = "".join(clean(text).split()).upper()
    said = [
        written
        for written, meant in choices.items()
        if meant == word and len(written) > 1 and written in value
    ]
    return max(said, key=len)


def choices_of(template: Template, field: str) -> dict[str, str]:
    """What may be written for a field of this template, in upper case as cells are compared."""
    own = {clean(written).upper(): word for written, word in template.fields[field].values.items()}
    return (FIELDS[field].choices or {}) | own
