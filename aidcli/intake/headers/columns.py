"""Columns that could be taken for one another: two for one field, money or ID numbers under no known heading."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from pathlib import Path

from ... import idnumber
from ...errors import AidError, Problem
from ..coercion.cells import UNCOMPUTED, CellError, clean, is_empty, money
from ..fields import FIELDS
from ..formats.source import Row
from ..rows.skiprows import is_column_numbers, total_label
from ..templates import Template
from .asked import refuse_mixed_units, unread_deaths
from .choosing import settle_choices
from .doubts import header_notes, letter, titled
from .duesums import sum_beside_back_pay
from .slots import is_of_one
from .wording import Column, HeaderMatch, bare_key, heading_key, is_of_another, level_keys

# Fields of which a second column in other words must not be dropped unless it says the same.
_STRICT_TYPES = frozenset(("name", "id", "money", "account"))
_LOOSE_TYPES = frozenset(("text", "phone"))
_STRICT_TEXTS = frozenset(("case_number", "relation", "serial"))
_PERSON = re.compile(r"逝者|死者|死亡|亡者|亡故|已故|本人|残疾人|对象|近亲属|享受人|受益人")
_SUM_OF_PARTS = re.compile(r"合计分类施保")
_MONEY = re.compile(r"施保|救助|补|合计|金额|领取")
_MONEY_ASIDE = re.compile(r"人均|方式|类型|类别|原因|证|日期|时间|月份|对象|签字|签名|签章|盖章|手印")
_NO_MONEY = re.compile(
    r"人均|序号|编号|编码|年龄|周岁|人数|人口|户数|数量|收入|面积|套数|资产|存款|财产|电话|手机|证|账号|卡号|号码|"
    r"日期|时间|年月|月份|邮编|月数|年度|电表|类型|类别|方式|原因|级别|等级|对象|备案|名称|机构|是否"
)
_MARK = re.compile(r"[√✓✔☑■●○◎☆★×xXvV]|是|否")
_FEWEST_IDS = 3


def settle(
    path: Path, sheet: str, rows: Sequence[Row], match: HeaderMatch, template: Template
) -> tuple[HeaderMatch, list[Problem]]:
    """The header with one column for each field, and notes on columns that are in doubt.

    `rows` are the first of the sheet. Where one of two columns names the person (逝者证件号 beside 身份证号),
    that one is taken. Raises `AidError` (``duplicate_columns``) where two columns claim one field.
    """
    below = [cells for number, cells in rows if number > match.row]
    columns = dict(match.columns)
    notes: list[Problem] = []
    for field, other in match.rivals:
        mine = columns[field]
        if field in ("name", "id") and _names_person(other) != _names_person(mine):
            if _names_person(other):
                columns[field], mine, other = other, other, mine
            if field == "id" and _whole_ids(other.place, below) >= _FEWEST_IDS:
                notes.append(_other_id(sheet, match.row, mine, other))
        elif (figures := _with_figures(field, mine, other, below)) is not None:
            columns[field] = figures
        elif template.kind == "department" and (paid := _paid_of(mine, other)):
            columns[field] = paid
        elif (sum_of := sum_beside_back_pay(template, field, mine, other, match, below)) is not None:
            columns[field] = sum_of
        elif _conflict(field, mine, other, below):
            raise _duplicate(path, sheet, match.row, field, mine, other)
    columns, more = _person_ids(sheet, match, columns, below)
    columns, of_choices = settle_choices(sheet, rows, match, columns, template)
    more += of_choices
    settled = match._replace(columns=columns)
    refuse_mixed_units(path, sheet, settled)
    unmapped = tuple(column.heading.strip() for column in _unmapped(settled, 0) if column.heading.strip())
    notes += [*more, *unread_deaths(sheet, settled, template), *header_notes(sheet, settled, template)]
    return settled._replace(unmapped=unmapped), notes


def unknown_money(match: HeaderMatch, rows: Sequence[Row]) -> Column | None:
    """A column under no known heading that may hold money, so that no other sum can pass for the total."""
    below = [cells for number, cells in rows if number > match.row and not is_column_numbers(cells)]
    if match.refused or match.unitless:
        return (*match.refused, *match.unitless)[0]
    width = max((len(cells) for cells in below), default=0)
    for column in _unmapped(match, width):
        key = heading_key(column.heading)
        if _MONEY.search(bare_key(key)) and not _MONEY_ASIDE.search(key):
            return column
        if not _NO_MONEY.search(key) and _holds_money(column.place, below):
            return column
    return None


def _unmapped(match: HeaderMatch, width: int) -> list[Column]:
    taken = {column.place for column in match.columns.values()}
    taken |= {column.place for slot in match.groups for column in slot.values()}
    headings = list(match.headings) + [""] * (width - len(match.headings))
    return [Column(place, heading, "") for place, heading in enumerate(headings) if place not in taken]


def _cell(place: int, cells: Sequence[str]) -> str:
    return cells[place] if place < len(cells) else ""


def _holds_money(place: int, below: Sequence[Sequence[str]]) -> bool:
    """Whether numbers stand in the column that are no mere numbering of the rows."""
    found: list[int] = []
    for cells in below:
        raw = _cell(place, cells)
        if raw == UNCOMPUTED:
            return True
        try:
            fen = money(raw) if re.search(r"\d", raw) else None
        except CellError:
            continue
        if fen:
            found.append(fen)
    numbering = all(after - before == 100 for before, after in itertools.pairwise(found))
    return bool(found) and not (numbering and (len(found) > 1 or found[0] == 100))


def _names_person(column: Column) -> bool:
    return _PERSON.search(heading_key(column.heading)) is not None


def _paid_of(one: Column, two: Column) -> Column | None:
    """Of two sums that differ in 应发 and 实发 only what was paid; None for any other two."""
    keys = [heading_key(column.heading) for column in (one, two)]
    if keys[0] == keys[1] or len({key.replace("应发", "实发").replace("应付", "实付") for key in keys}) > 1:
        return None
    return one if re.search("实[发付]", keys[0]) else two


def _with_figures(field: str, one: Column, two: Column, below: Sequence[Sequence[str]]) -> Column | None:
    """Of two columns of money the one that holds figures, where the other holds but marks: 现金 √ beside 现金（元）."""
    if FIELDS[field].type != "money":
        return None
    marked = [_is_marked(column.place, below) for column in (one, two)]
    return None if marked[0] == marked[1] else (two if marked[0] else one)


def _is_marked(place: int, below: Sequence[Sequence[str]]) -> bool:
    """Whether a column holds ticks, and figures nowhere but in the lines of sums that count them."""
    said = [clean(_cell(place, cells)) for cells in below if not total_label(cells)]
    said = [cell for cell in said if cell and not is_empty(cell)]
    return bool(said) and all(_MARK.fullmatch(cell) for cell in said)


def _conflict(field: str, mine: Column, other: Column, below: Sequence[Sequence[str]]) -> bool:
    """Whether the second column of a field may say something else than the first."""
    kind = FIELDS[field].type
    if heading_key(mine.heading) == heading_key(other.heading):
        return kind not in _LOOSE_TYPES or field in _STRICT_TEXTS
    if _lowest(mine) == _lowest(other) and kind != "phone":
        return _differ(mine, other, below)
    if kind not in _STRICT_TYPES or _SUM_OF_PARTS.search(heading_key(other.heading)):
        return False
    return _differ(mine, other, below)


def _differ(mine: Column, other: Column, below: Sequence[Sequence[str]]) -> bool:
    """Whether the second column says something else than the first in any row."""
    said = [(clean(_cell(mine.place, cells)), clean(_cell(other.place, cells))) for cells in below]
    return any(two and not is_empty(two) and one != two for one, two in said)


def _lowest(column: Column) -> str:
    """The key of a heading without those above it."""
    return level_keys(column.heading)[-1]


def _whole_ids(place: int, below: Sequence[Sequence[str]]) -> int:
    """How many whole numbers of eighteen characters stand in a column."""
    readings = (idnumber.read(_cell(place, cells)) for cells in below if len(_cell(place, cells)) >= 18)
    return sum(reading.kind == "valid" for reading in readings)


def _person_ids(
    sheet: str, match: HeaderMatch, columns: dict[str, Column], below: Sequence[Sequence[str]]
) -> tuple[dict[str, Column], list[Problem]]:
    """The ID column, exchanged for an unknown one that names the person; else a note on the unknown one."""
    mine = columns.get("id")
    if mine is None:
        return columns, []
    rivals = {column.place for _, column in match.rivals}
    notes: list[Problem] = []
    for other in _unmapped(match._replace(columns=columns), len(match.headings)):
        if other.place in rivals or is_of_another(heading_key(other.heading)) or is_of_one(other.heading):
            continue
        if "残疾" in other.heading or _whole_ids(other.place, below) < _FEWEST_IDS:
            continue
        if _names_person(other) and not _names_person(mine):
            columns, mine, other = {**columns, "id": other}, other, mine
        notes.append(_other_id(sheet, match.row, mine, other))
    return columns, notes


def _other_id(sheet: str, row: int, mine: Column, other: Column) -> Problem:
    message = (
        f"除“{mine.heading.strip()}”（{letter(mine)}列）外，{titled(other)}（{letter(other)}列）也填有身份证号；"
        f"已按“{mine.heading.strip()}”一列导入，请核对这一列是不是本人的号码"
    )
    return Problem(sheet, row, letter(other), other.heading.strip(), "other_id_column", message, "note")


def _duplicate(path: Path, sheet: str, row: int, field: str, one: Column, two: Column) -> AidError:
    one, two = sorted((one, two), key=lambda column: column.place)
    return AidError(
        "duplicate_columns",
        f"文件“{path.name}”工作表“{sheet}”第{row}行表头有两列都像是“{FIELDS[field].label}”："
        f"{letter(one)}列“{one.heading.strip()}”和{letter(two)}列“{two.heading.strip()}”，不知道用哪一列，整个文件没有导入",
        file=path.name,
        sheet=sheet,
        row=row,
        column=letter(two),
        hint="左右并排的表请改成上下接着的一张；两种人各有一列时请写明是谁的，例如“逝者姓名”“家属姓名”；多余的列请删去",
    )
