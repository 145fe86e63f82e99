"""What a file's name, titles, sheet name and columns hint at, where headings alone fit several templates."""

from __future__ import annotations

import contextlib
import fnmatch
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ... import terms
from ..coercion.cells import CellError
from ..coercion.choices import choice
from ..formats.source import Row
from ..templates import Template
from ..vocabulary.household import RESIDENCE
from .wording import HeaderMatch

HINT = 30  # as much as three or four telling headings
_CLOSENESS = 2  # for each character of a file name's pattern, so that 死亡注销 goes before 公安
_PROGRAMME_WORDS = {
    "dibao_margin": ("最低生活保障边缘", "生活保障边缘", "低保边缘", "低边", "边缘家庭"),
    "rigid_expenditure": ("刚性支出",),
    "tekun": ("特困", "五保"),
    "dibao": ("低保", "最低生活保障", "城保", "农保"),
    "relapse_watch": ("防返贫", "返贫监测", "监测对象", "监测户"),
    "unattended_child": ("事实无人抚养", "无人抚养"),
    "orphan": ("孤儿",),
    "disability_subsidy": ("两项补贴", "两补", "残疾人补贴", "护理补贴", "残疾人生活补贴"),
    "old_age_allowance": ("高龄", "老龄津贴", "长寿", "尊老金"),
    "unemployment_benefit": ("失业保险金", "失业金"),
    "veteran_care": ("优抚", "抚恤"),
    "temporary_aid": ("临时救助", "急难救助", "小金额救助"),
}
# Help with learning names whom it is for (孤儿助学, 低保家庭学生名单): nobody is enrolled in 孤儿 or 低保 by it.
_OF_PUPILS = re.compile(
    r"教育局|教体局|小学|中学|学校|幼儿园|助学|学费|升学|圆梦|(?:学生|大学生|新生|学子)(?:名单|花名册|名册|信息|资助|补助|帮扶|台账|明细|登记|情况|表)"
)
_PUPIL = re.compile(r"学生姓名|学籍号|学籍编号")
_RESIDENCE_WORDS = (
    ("rural", ("农村", "农保", "农低")),
    ("urban", ("城市", "城镇", "城保", "城低")),
)
_KIND_OF_LIST = re.compile(r"(?:花名册|名册|名单|台账|清单|清册|明细|记录|登记表|表)\Z")


def points_for(template: Template, stem: str, sheet: str, rows: Sequence[Row], match: HeaderMatch) -> int:
    """Points for and against a template.

    `stem` is the file's name without its ending, `rows` are the first ones of the sheet.
    """
    told = told_of(stem, sheet, rows, match)
    values = _column_values(rows, match)
    whole = " ".join(told)
    own = _programmes(" ".join(told[1:]))
    elsewhere = bool(template.programme) and len(own) == 1 and template.programme not in own
    # 低保边缘、刚性支出家庭名册 names the lists of both its sheets: each sheet says which one it is.
    points = max(_named(template, text) for text in (told[1:] if elsewhere else told))
    programmes = own if len(own) == 1 else _programmes(whole) or _programmes(" ".join(values))
    if template.programme and len(programmes) > 1:
        points = min(points, HINT)  # 孤儿和事实无人抚养儿童: the longer word says no more than the other
    if template.programme and programmes:
        points += HINT if template.programme in programmes else -HINT
    if template.programme and (_OF_PUPILS.search(whole) or any(map(_PUPIL.search, match.headings))):
        points -= 3 * HINT
    residences = _residences(whole, values)
    if template.residence and len(residences) == 1:
        points += HINT if template.residence in residences else -HINT
    return points


def points_for_rows(template: Template, rows: Sequence[Row], match: HeaderMatch) -> int:
    """Points for and against a template by how households stand in the rows of a roster.

    Where the columns of the head (户主/姓名) are filled once a household and those of members (家庭成员/姓名) in
    every row below it, the head first, it is a list of persons; read as one of households the members are lost,
    and read row by row the money of the household.
    """
    if template.kind != "roster":
        return 0
    columns = match.columns
    if template.unit == "household":
        places = _places(match, ("name", "id")), _places(match, ("member_names", "member_ids"))
        return -2 * HINT if _members_stand_below(rows, match, *places) else 0
    places = _places(match, ("head_name", "head_id")), _places(match, ("name", "id"))
    if {"base", "total"} & columns.keys() and len(places[0]) > 1:  # the head's cells, and the sums, once more
        repeated = template.grouped and _members_stand_below(rows, match, *places)
        return HINT if repeated else 0
    if _members_stand_below(rows, match, *places, blank=True):
        return HINT if template.grouped else -HINT
    return 0


def _places(match: HeaderMatch, fields: Iterable[str]) -> list[int]:
    return [match.columns[field].place for field in fields if field in match.columns]


def _members_stand_below(
    rows: Sequence[Row], match: HeaderMatch, heads: Sequence[int], members: Sequence[int], blank: bool = False
) -> bool:
    """Whether members stand in rows below those in which the head is one of them.

    The head's cells are `blank` there, or may be repeated.
    """
    again = below = False
    last: list[str] = []
    for number, cells in rows if heads and members else ():
        if number > match.row:
            mine, theirs = ([_at(place, cells) for place in places] for places in (heads, members))
            again |= bool(any(mine) and set(mine) & set(theirs) - {""})
            below |= bool(any(theirs) and (not any(mine) or (mine == last and not blank)))
            last = mine
    return again and below


def _at(place: int, cells: Sequence[str]) -> str:
    return cells[place].strip() if place < len(cells) else ""


def is_named(template: Template, stem: str, sheet: str, rows: Sequence[Row], match: HeaderMatch) -> bool:
    """Whether a name, a title or a column's values say that this is the template's kind of list."""
    told = told_of(stem, sheet, rows, match)
    programmes = _programmes(" ".join(told)) or _programmes(" ".join(_column_values(rows, match)))
    return template.programme in programmes or any(_named(template, text) for text in told)


def names_programme(template: Template, told: Iterable[str]) -> bool:
    """Whether names or titles name a roster's programme or the roster itself; a column's values do not count."""
    told = list(told)
    if template.programme and _OF_PUPILS.search(" ".join(told)):
        return False
    named = template.programme and template.programme in _programmes(" ".join(told))
    return bool(named) or any(_named(template, text) for text in told)


def told_of(stem: str, sheet: str, rows: Sequence[Row], match: HeaderMatch) -> list[str]:
    """The file's name, the sheet's and the titles above the header, full-width folded."""
    first = match.row - match.levels + 1
    titles = " ".join("".join(cells) for number, cells in rows if number < first)
    return [unicodedata.normalize("NFKC", text) for text in (stem, sheet, titles)]


def _named(template: Template, text: str) -> int:
    """Points where a name or title fits one of the template's patterns, or names the template."""
    return _points_of_name(template.file_names, template.label, text) if text else 0


@lru_cache(maxsize=2048)
def _points_of_name(globs: tuple[str, ...], label: str, text: str) -> int:
    found = [
        HINT + _CLOSENESS * len(pattern.strip("*"))
        for pattern in _patterns(globs)
        if fnmatch.fnmatch(text, pattern)
    ]
    label = _KIND_OF_LIST.sub("", unicodedata.normalize("NFKC", label))
    if len(label) > 2 and label in text:
        found.append(HINT + _CLOSENESS * len(label))
    return max(found, default=0)


@lru_cache(maxsize=512)
def _patterns(globs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFKC", glob) for glob in globs)


@lru_cache(maxsize=512)
def _programmes(told: str) -> frozenset[str]:
    """The programmes that a text names; 低保边缘 does not name 低保 too."""
    words = {**_PROGRAMME_WORDS}
    for key, label in terms.PROGRAMMES.items():
        words.setdefault(key, (label, terms.SHORT_PROGRAMMES.get(key, label)))
    found = set()
    for key, several in words.items():
        for word in several:
            if word in told:
                found.add(key)
                told = told.replace(word, "|")
    return frozenset(found)


def _residences(told: str, values: Iterable[str]) -> set[str]:
    """What names and titles say of 城 and 农, else what the residence column says in its first rows."""
    found = {key for key, words in _RESIDENCE_WORDS if any(word in told for word in words)}
    if len(found) == 1:
        return found
    written = set()
    for value in values:
        with contextlib.suppress(CellError):
            written.add(choice(value, RESIDENCE))
    return {word for word in written if word}


def _column_values(rows: Sequence[Row], match: HeaderMatch) -> list[str]:
    column = match.columns.get("residence")
    if column is None:
        return []
    index = column.place
    return [cells[index] for number, cells in rows if number > match.row and index < len(cells)]
