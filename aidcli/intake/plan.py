"""How a file is read: which template it fits, which sheets are taken, where their headers stand."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from ..errors import AidError, Problem
from ..model import SheetPlan
from .cells import shown
from .columns import settle, unknown_money
from .headings import HEADER_ROWS, Column, HeaderMatch, find_header, is_unit_row, with_unit_row
from .hints import points_for
from .source import Row, Sheet
from .templates import Template

PREVIEW_ROWS = 80


class Preview(NamedTuple):
    """The first rows of a sheet that may be read."""

    sheet: Sheet
    rows: tuple[Row, ...]


class SheetPlanned(NamedTuple):
    """A sheet with its header, as the reader needs it; `above` are the rows before the header.

    `notes` are doubts about its columns, `unknown_money` a column without a known heading that may hold money.
    """

    sheet: Sheet
    match: HeaderMatch
    header: tuple[str, ...]
    above: tuple[tuple[str, ...], ...]
    notes: tuple[Problem, ...]
    unknown_money: Column | None

    def public(self) -> SheetPlan:
        columns = {
            field: (get_column_letter(column.place + 1), column.heading.strip(), column.unit)
            for field, column in self.match.columns.items()
        }
        return SheetPlan(self.sheet.name, self.match.row, columns, self.match.unmapped)


class Chosen(NamedTuple):
    template: Template
    sheets: list[SheetPlanned]
    skipped: list[tuple[str, str]]


def preview(
    path: Path, sheets: Sequence[Sheet], wanted: Sequence[str]
) -> tuple[list[Preview], list[tuple[str, str]]]:
    """The sheets that may be read, and those that are not (name, reason).

    Named sheets are read even when hidden. Raises `AidError` (``bad_sheet``, ``empty_file``).
    """
    names = [sheet.name for sheet in sheets]
    unknown = [name for name in wanted if name not in names]
    if unknown:
        raise AidError(
            "bad_sheet",
            f"文件“{path.name}”里没有工作表“{'、'.join(unknown)}”，有的是：{'、'.join(names)}",
            file=path.name,
            sheet=unknown[0],
            hint="请照抄工作表名称，或者不写 --sheet，由程序自己找",
        )
    found: list[Preview] = []
    skipped: list[tuple[str, str]] = []
    for sheet in sheets:
        if wanted and sheet.name not in wanted:
            skipped.append((sheet.name, "没有选定"))
        elif sheet.hidden and not wanted:
            skipped.append((sheet.name, "隐藏的工作表，需要时用 --sheet 指明"))
        else:
            filled = ((number, cells) for number, cells in sheet.rows() if cells)
            rows = tuple(itertools.islice(filled, PREVIEW_ROWS))
            if rows:
                found.append(Preview(sheet, rows))
            else:
                skipped.append((sheet.name, "空白的工作表"))
    if not found:
        listed = "；".join(f"“{name}”是{reason}" for name, reason in skipped)
        raise AidError(
            "empty_file",
            f"文件“{path.name}”里没有可读的内容：{listed}",
            file=path.name,
            hint="请确认拿到的是填好的文件；隐藏的工作表可用 --sheet 指明",
        )
    return found, skipped


def choose(
    path: Path, previews: Sequence[Preview], templates: Mapping[str, Template], source: str | None
) -> Chosen:
    """The template a file fits and the sheets that are read with it.

    Raises `AidError`: ``template_unknown``, ``template_ambiguous``, ``wrong_template``, ``no_header``,
    ``duplicate_columns``.
    """
    template = _named(templates, source) if source else _recognised(path, previews, templates)
    planned: list[SheetPlanned] = []
    skipped: list[tuple[str, str]] = []
    misses: list[tuple[Preview, HeaderMatch | None]] = []
    for one in previews:
        match = _header(template, one.rows)
        if match is not None and not match.missing:
            planned.append(_planned(path, one, match))
            continue
        misses.append((one, match))
        skipped.append((one.sheet.name, _why_not(path, template, one, match, templates)))
    if not planned:
        raise _no_sheet(path, template, misses, templates)
    return Chosen(template, planned, skipped)


def _named(templates: Mapping[str, Template], source: str) -> Template:
    if source in templates:
        return templates[source]
    by_label = [template for template in templates.values() if template.label == source]
    if len(by_label) == 1:
        return by_label[0]
    raise AidError(
        "template_unknown",
        f"没有名为“{source}”的来源模板，可用：" + "、".join(_title(one) for one in templates.values()),
        hint="用 aidcli sources list 列出全部来源模板",
    )


def _header(template: Template, rows: Sequence[Row]) -> HeaderMatch | None:
    match = find_header(template.vocabulary, rows)
    if match is None:
        return None
    below = next((cells for number, cells in rows if number > match.row), ())
    return with_unit_row(template.vocabulary, match, below) if is_unit_row(below) else match


def _planned(path: Path, one: Preview, match: HeaderMatch) -> SheetPlanned:
    match, notes = settle(path, one.sheet.name, one.rows, match)
    header = next(cells for number, cells in one.rows if number == match.row)
    above = tuple(cells for number, cells in one.rows if number < match.row)
    return SheetPlanned(one.sheet, match, header, above, tuple(notes), unknown_money(match, one.rows))


def _recognised(path: Path, previews: Sequence[Preview], templates: Mapping[str, Template]) -> Template:
    """The template with the most known headings, hints from names, titles and columns counted in."""
    found = [_score(path, one, template) for template in templates.values() for one in previews]
    scores = [(score, template) for score, template in found if score]
    if not scores:
        raise _not_recognised(path, previews, templates)
    top = max(score for score, _ in scores)
    first = list({template.key: template for score, template in scores if score == top}.values())
    if len(first) > 1:
        listed = "、".join(_title(template) for template in first)
        raise AidError(
            "template_ambiguous",
            f"文件“{path.name}”的表头与{len(first)}个来源模板同样相符：{listed}",
            file=path.name,
            hint=f"请用 --source 指明是哪一种，例如 --source {first[0].key}",
        )
    return first[0]


def _title(template: Template) -> str:
    return f"{template.label}（{template.key}）"


def _labels(template: Template, fields: Iterable[str]) -> str:
    return "、".join(f"“{template.label_of(field)}”" for field in fields)


def _why_not(
    path: Path,
    template: Template,
    one: Preview,
    match: HeaderMatch | None,
    templates: Mapping[str, Template],
) -> str:
    """Why a sheet is not read: another kind of list, no header, or columns missing."""
    others = [_score(path, one, other) for other in templates.values() if other.key != template.key]
    score, other = max(others, key=lambda scored: scored[0], default=(0, template))
    if score > (len(match.columns) if match else 0):
        return f"像是另一种表：{_title(other)}，请用 --source 和 --sheet 另行导入"
    if match is None:
        return f"前{HEADER_ROWS}行里没有找到表头"
    return f"表头缺少{_labels(template, match.missing)}"


def _score(path: Path, one: Preview, template: Template) -> tuple[int, Template]:
    """Known headings and hints for a template that fits a sheet, 1 at least; 0 for one that does not."""
    match = _header(template, one.rows)
    if match is None or match.missing:
        return 0, template
    hints = points_for(template, path.stem, one.sheet.name, one.rows, match)
    return max(len(match.columns) + hints, 1), template


def _first_rows(one: Preview) -> str:
    """What the first rows hold, short and masked, for a message."""
    lines = [
        f"第{number}行：" + " | ".join(shown(cell, 12) for cell in cells if cell.strip())
        for number, cells in one.rows[:3]
    ]
    return "；".join(line if len(line) <= 90 else line[:90] + "…" for line in lines)


def _refused_units(match: HeaderMatch) -> str:
    if not match.refused:
        return ""
    listed = "、".join(f"“{column.heading.strip()}”" for column in match.refused)
    units = "、".join(dict.fromkeys(column.unit for column in match.refused))
    return f"；列{listed}的单位（{units}）不是每月的元或万元，没有采用"


def _no_sheet(
    path: Path,
    template: Template,
    misses: Sequence[tuple[Preview, HeaderMatch | None]],
    templates: Mapping[str, Template],
) -> AidError:
    one, match = max(misses, key=lambda miss: len(miss[1].columns) if miss[1] else 0)
    score, other = max((_score(path, one, each) for each in templates.values()), key=lambda scored: scored[0])
    if match is None and score:
        return AidError(
            "wrong_template",
            f"文件“{path.name}”不符合来源模板“{template.label}”，像是{_title(other)}",
            file=path.name,
            sheet=one.sheet.name,
            hint=f"请用 --source {other.key}，或者不写 --source，由程序自己认",
        )
    required = template.vocabulary.required
    if match is None:
        return AidError(
            "no_header",
            f"文件“{path.name}”前{HEADER_ROWS}行里没有找到表头：按“{template.label}”应有列"
            f"{_labels(template, required)}，看到的是 {_first_rows(one)}",
            file=path.name,
            sheet=one.sheet.name,
            row=one.rows[0][0],
            hint="请补上列名所在的一行；或者选错了来源模板，可先用 aidcli sources try 查看",
        )
    return AidError(
        "wrong_template",
        f"文件“{path.name}”不符合来源模板“{template.label}”：第{match.row}行表头缺少列"
        f"{_labels(template, match.missing)}{_refused_units(match)}",
        file=path.name,
        sheet=one.sheet.name,
        row=match.row,
        hint="请换一个 --source；或把模板抄到数据库旁的 templates/sources 文件夹，补上这份表所用的列名",
    )


def _not_recognised(
    path: Path,
    previews: Sequence[Preview],
    templates: Mapping[str, Template],
) -> AidError:
    near = [
        (len(match.columns), template, match)
        for template in templates.values()
        for one in previews
        if (match := _header(template, one.rows)) is not None
    ]
    if not near:
        one = previews[0]
        return AidError(
            "no_header",
            f"文件“{path.name}”前{HEADER_ROWS}行里没有找到表头：找过“姓名”“身份证号”等各来源模板的列名，"
            f"看到的是 {_first_rows(one)}",
            file=path.name,
            sheet=one.sheet.name,
            row=one.rows[0][0],
            hint="请补上列名所在的一行；没有表头的银行文本请先加上表头",
        )
    _, template, match = max(near, key=lambda item: (item[0] - 3 * len(item[2].missing), item[0]))
    unknown = "、".join(f"“{shown(heading, 16)}”" for heading in match.unmapped[:8])
    return AidError(
        "template_unknown",
        f"认不出文件“{path.name}”是哪一种表：最接近的是{_title(template)}，但第{match.row}行表头缺少列"
        f"{_labels(template, match.missing)}{_refused_units(match)}"
        + (f"；不认识的列有{unknown}" if unknown else ""),
        file=path.name,
        row=match.row,
        hint="现有的模板用 aidcli sources list 查看；"
        "要读新的表，可在数据库旁的 templates/sources 文件夹里仿照现有模板写一个",
    )
