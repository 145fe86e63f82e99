"""Sheets of a roster's workbook that tell what changed: who has left (本月减少), who is new (本月新增).

The roster stands on its own sheets, so who left is read beside it, with their reasons, and enrols nobody; who is new
is on the roster already, and is not read twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from ...errors import Problem
from ..formats.parts import PartSheet
from ..templates import Template
from .coverage import all_left, changes_told
from .headings import best_header
from .hints import names_programme, told_of
from .plan import Chosen, Preview, SheetPlanned
from .sections import compact, is_fewer, is_more, is_unsure, leavers_line
from .stacked import refuse_other_tables
from .wording import HeaderMatch, Vocabulary

_FEWER_IN_TITLE = re.compile(
    r"(?<!增加)(?<!增)减少(?:[（(]停[发保][）)])?(?:人员|对象|家庭|户)?(?:名单|名册|花名册|明细|清单|台账)"
)
NEW_ONES = "是新增的名单"

_NUMBER = re.compile(r"(?<!\d)\d{17}[\dX](?![\dA-Z])")

# Who somebody is: nothing else is read of who left. The head's own row names them as the head.
_WHO = ("sex", "birth", "phone", "township", "village", "address", "case_number")
_PERSON = {
    "name": ("姓名", "人员姓名", "成员姓名", "对象姓名", "家庭成员姓名"),
    "id": ("身份证号", "身份证号码", "公民身份号码", "成员身份证号", "家庭成员身份证号"),
}
_HEAD = {
    "name": ("户主姓名", "户主", "申请人姓名", "申请人"),
    "id": ("户主身份证号", "户主身份证号码", "申请人身份证号", "申请人身份证号码", "身份证号", "身份证号码"),
}


def with_changes(path: Path, lists: Sequence[Chosen], previews: Sequence[Preview]) -> list[Chosen]:
    """The lists of a file, the rosters among them with the sheets of who left; each sheet says by its own name or title.

    Of sheets that are not read the reason says of those who are new whether the roster has them. A file of one sheet,
    or whose sheets all tell changes, is left as it is.
    """
    rosters = [one for one in lists if one.template.kind == "roster" and one.template.unit != "entry"]
    fewer = [one for one in previews if _is_fewer(one)]
    more = [one for one in previews if one not in fewer and _is_more(one)]
    standing = [
        one for chosen in rosters for one in chosen.sheets if one.sheet.name not in _names([*fewer, *more])
    ]
    if not standing or not (fewer or more):
        return list(lists)
    found = list(lists)
    for one in fewer:
        found = _with_leavers(path, found, rosters, one)
    numbers = _numbers(_rows_below(standing))
    for one in more:
        found = _without_news(found, one, numbers)
    return [chosen for chosen in found if chosen.sheets]


def _is_fewer(one: Preview) -> bool:
    name, titles = _said(one)
    if any(map(is_unsure, (name, *titles))):
        return False
    if all_left("", [(name, titles)]) is not None or any(leavers_line([title]) for title in titles):
        return True
    return any(map(is_fewer, (name, *titles))) or any(map(_FEWER_IN_TITLE.search, titles))


def _is_more(one: Preview) -> bool:
    name, titles = _said(one)
    if any(map(is_unsure, (name, *titles))):
        return False
    told = {change.kind for change in changes_told("", [(name, titles)])} == {"added"}
    return told or any(map(is_more, (name, *titles)))


def _said(one: Preview) -> tuple[str, list[str]]:
    """The sheet's name and its lines above anything that has several cells."""
    titles: list[str] = []
    for _, cells in one.rows[:3]:
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) > 1:
            break
        titles += map(compact, filled)
    told = [compact(one.sheet.title.text)] if isinstance(one.sheet, PartSheet) else []
    return compact(one.sheet.name), [*told, *titles]


# ---------------------------------------------------------------- who has left


def _with_leavers(
    path: Path, lists: Sequence[Chosen], rosters: Sequence[Chosen], one: Preview
) -> list[Chosen]:
    """The lists with a sheet of leavers beside the roster that it is of; as they are where that cannot be told."""
    chosen = _roster_of(path, rosters, one)
    match = _header(chosen.template, one) if chosen is not None else None
    if chosen is None or match is None:
        return list(lists)
    refuse_other_tables(path, one.sheet.name, chosen.template, match, one.rows, leaving=True)
    header = next(cells for number, cells in one.rows if number == match.row)
    above = tuple(cells for number, cells in one.rows if number < match.row)
    message = (
        f"工作表“{one.sheet.name}”是减少（停发）的名单，按不在册收下：不发放，写明死亡的另记死亡；"
        "名册各表里仍列着的人，以名册为准"
    )
    note = Problem(one.sheet.name, match.row, "", one.sheet.name, "taken_as_leavers", message, "note")
    planned = SheetPlanned(one.sheet, match, header, above, (note,), None, (), one.place, leaving=True)
    found = []
    for listed in lists:
        sheets = [sheet for sheet in listed.sheets if sheet.sheet.name != one.sheet.name]
        skipped = [pair for pair in listed.skipped if pair[0] != one.sheet.name]
        sheets += [planned] if listed.template.key == chosen.template.key else []
        found.append(listed._replace(sheets=sheets, skipped=skipped))
    return found


def _roster_of(path: Path, rosters: Sequence[Chosen], one: Preview) -> Chosen | None:
    """The roster whose leavers a sheet lists: the one that its words name, else the only one; the lists of one
    programme are as good as each other, and the first is taken."""
    told = told_of("", one.sheet.name, one.rows, HeaderMatch(_first_wide(one), {}, (), (), ()))
    named = [chosen for chosen in rosters if names_programme(chosen.template, told)]
    several = named or list(rosters)
    kinds = {(chosen.template.programme, chosen.template.residence) for chosen in several}
    return several[0] if len(kinds) == 1 else None


def _first_wide(one: Preview) -> int:
    """The number of the first row with several cells; what stands above are titles."""
    return next((number for number, cells in one.rows if sum(bool(cell.strip()) for cell in cells) > 1), 1)


def _header(template: Template, one: Preview) -> HeaderMatch | None:
    """The header of a sheet of leavers: who they are. Where it lists heads only, these are the persons."""
    who = {field: template.fields[field].headings for field in _WHO if field in template.fields}
    for person in (_PERSON, _HEAD):
        vocabulary = Vocabulary.of({**person, **who}, ("name", "id"), {})
        match = best_header(vocabulary, one.top)
        if match is not None and not match.missing:
            columns = match.columns
            if "head_id" in template.fields:  # whoever is their own head belongs to nobody else's household
                columns = {**columns, "head_id": columns["id"]}
            return match._replace(columns=columns, rivals=(), doubts=(), groups=())
    return None


# ---------------------------------------------------------------- who is new


def _without_news(lists: Sequence[Chosen], one: Preview, numbers: set[str]) -> list[Chosen]:
    """The lists without a sheet of those who are new and on the roster already; the reason says so."""
    listed = _numbers(cells for _, cells in one.sheet.rows())
    missing = listed - numbers
    read = any(sheet.sheet.name == one.sheet.name for chosen in lists for sheet in chosen.sheets)
    if not listed or (missing and read):
        return list(lists)
    reason = f"{NEW_ONES}，上面的{len(listed)}人名册里都有，没有重复读取"
    if missing:
        rows = [number for number, cells in one.sheet.rows() if _numbers([cells]) & missing]
        where = "、".join(str(row) for row in rows[:5]) + ("等" if len(rows) > 5 else "")
        reason = (
            f"{NEW_ONES}，有{len(missing)}人名册里没有（第{where}行），没有读取；请把他们补进名册，再导入"
        )
    found = []
    for chosen in lists:
        sheets = [sheet for sheet in chosen.sheets if sheet.sheet.name != one.sheet.name]
        skipped = [pair for pair in chosen.skipped if pair[0] != one.sheet.name]
        found.append(chosen._replace(sheets=sheets, skipped=skipped))
    found[0].skipped.append((one.sheet.name, reason))
    return found


def _rows_below(planned: Iterable[SheetPlanned]) -> Iterable[Sequence[str]]:
    return (cells for one in planned for number, cells in one.sheet.rows() if number > one.match.row)


def _numbers(rows: Iterable[Sequence[str]]) -> set[str]:
    """The numbers of 18 characters in any cell of some rows."""
    return {
        number
        for cells in rows
        for number in _NUMBER.findall(unicodedata.normalize("NFKC", "|".join(cells)).upper())
    }


def _names(several: Iterable[Preview]) -> set[str]:
    return {one.sheet.name for one in several}
