"""The sentences in which a file or sheet is refused for its header."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

from ...errors import AidError
from ..coercion.cells import shown
from ..formats.source import Row
from ..letters import column_letter
from ..templates import Template
from .slots import is_of_one
from .wording import HEADER_ROWS, Column, HeaderMatch

_OTHER_WORDS = (
    "列名叫法不同的，或者是没有模板的表，用 aidcli sources new 文件 起草模板，核对后再导入；"
    "缺的列确实没有的，请来文单位补上"
)
_BESIDE = (
    "这种名册按一人一行读取，家庭成员不能横着排：请改成户主一行、成员各一行，加上“与户主关系”一列；"
    "列名叫法不同的，用 aidcli sources new 文件 起草模板"
)


def title(template: Template) -> str:
    return f"{template.label}（{template.key}）"


def labels(template: Template, fields: Iterable[str]) -> str:
    """Fields by the first heading that the template knows for each."""
    return "、".join(f"“{template.label_of(field)}”" for field in fields)


def hint_for(template: Template, match: HeaderMatch) -> str:
    """What to do about a header that lacks columns: as the template says of them; members side by side need a template
    of households.
    """
    told = [template.fields[field].why for field in match.missing if field in template.fields]
    if any(told):
        return "".join(dict.fromkeys(told))
    beside = template.unit == "person" and any(map(is_of_one, match.unmapped))
    return _BESIDE if beside else _OTHER_WORDS


def units_told(match: HeaderMatch) -> str:
    """Which money columns were not taken for their unit, as a part of a sentence; '' for none."""
    told = ""
    if match.refused:
        listed = "、".join(f"“{column.heading.strip()}”" for column in match.refused)
        units = "、".join(dict.fromkeys(column.unit for column in match.refused))
        told += f"；列{listed}的单位（{units}）不是每月的元或万元，没有采用"
    if match.unitless:
        listed = "、".join(f"“{column.heading.strip()}”" for column in match.unitless)
        told += f"；列{listed}没有写明单位，分不清是元还是万元，没有采用，请写成“{match.unitless[0].heading.strip()}（元）”"
    return told


def doubts_told(template: Template, match: HeaderMatch) -> str:
    """Which headings are too near to several fields, or to one with others, as a part of a sentence."""
    told = ""
    for fields, several in itertools.groupby(match.doubts, key=lambda doubt: doubt[1]):
        listed = "".join(f"“{column.heading.strip()}”" for column, _ in several)
        told += f"；列{listed}与{labels(template, fields)}相近，分不清，没有采用"
    return told


def first_rows(rows: Sequence[Row]) -> str:
    """What the first rows hold, short and masked, for a message."""
    lines = [
        f"第{number}行：" + " | ".join(shown(cell, 12) for cell in cells if cell.strip())
        for number, cells in rows[:3]
    ]
    return "；".join(line if len(line) <= 90 else line[:90] + "…" for line in lines)


def unknown_source(templates: Iterable[Template], source: str) -> AidError:
    near = [title(one) for one in templates if source in one.label or source in one.key]
    like = f"；名称里有“{source}”的：{'、'.join(near)}" if near else ""
    return AidError(
        "template_unknown",
        f"没有名为“{source}”的来源模板{like}",
        hint="用 aidcli sources list 列出全部来源模板",
    )


def unknown_sheets(path: Path, unknown: Sequence[str], names: Iterable[str]) -> AidError:
    return AidError(
        "bad_sheet",
        f"文件“{path.name}”里没有工作表“{'、'.join(unknown)}”，有的是：{'、'.join(names)}",
        file=path.name,
        sheet=unknown[0],
        hint="请照抄工作表名称，或者不写 --sheet，由程序自己找",
    )


def nothing_to_read(path: Path, skipped: Iterable[tuple[str, str]]) -> AidError:
    listed = "；".join(f"“{name}”是{reason}" for name, reason in skipped)
    return AidError(
        "empty_file",
        f"文件“{path.name}”里没有可读的内容：{listed}",
        file=path.name,
        hint="请确认拿到的是填好的文件；隐藏的工作表可用 --sheet 指明",
    )


def other_kind(path: Path, sheet: str, template: Template, other: Template) -> AidError:
    return AidError(
        "wrong_template",
        f"文件“{path.name}”不符合来源模板“{template.label}”，像是{title(other)}",
        file=path.name,
        sheet=sheet,
        hint=f"请用 --source {other.key}，或者不写 --source，由程序自己认",
    )


def no_header(path: Path, sheet: str, template: Template, rows: Sequence[Row]) -> AidError:
    return AidError(
        "no_header",
        f"文件“{path.name}”前{HEADER_ROWS}行里没有找到表头：按“{template.label}”应有列"
        f"{labels(template, template.vocabulary.required)}，看到的是 {first_rows(rows)}",
        file=path.name,
        sheet=sheet,
        row=rows[0][0],
        hint="请补上列名所在的一行；或者选错了来源模板，可先用 aidcli sources try 查看",
    )


def columns_missing(path: Path, sheet: str, template: Template, match: HeaderMatch) -> AidError:
    return AidError(
        "wrong_template",
        f"文件“{path.name}”不符合来源模板“{template.label}”：第{match.row}行表头缺少列"
        f"{labels(template, match.missing)}{units_told(match)}{doubts_told(template, match)}",
        file=path.name,
        sheet=sheet,
        row=match.row,
        hint="请换一个 --source；或把模板抄到数据库旁的 templates/sources 文件夹，补上这份表所用的列名",
    )


def by_member(file_name: str, row: int, template: Template) -> tuple[str, str]:
    """What is said, and what to do, of a list by member that only a template of households could read."""
    message = (
        f"文件“{file_name}”第{row}行表头有“与户主关系”一列，填的不都是户主：名单是一人一行的；"
        f"按{title(template)}（一户一行）导入，每个家庭成员都会当作户主，没有自动采用"
    )
    hint = "请用 --source 写明按人员（一人一行）的来源；没有这样的来源时，用 aidcli sources new 文件 起草模板"
    return message, hint


def months_side_by_side(
    path: Path, sheet: str, match: HeaderMatch, months: Sequence[int], total: Column
) -> AidError:
    """The error for a list of payments with a column a month: its sum is no one month's payment."""
    first, last = (match.headings[place].strip() for place in (months[0], months[-1]))
    return AidError(
        "months_side_by_side",
        f"文件“{path.name}”工作表“{sheet}”第{match.row}行的表头里各月分列（“{first}”至“{last}”，共{len(months)}列），"
        f"“{total.heading.strip()}”是几个月合计的钱，不能当作一个月发放的，整个文件没有导入",
        file=path.name,
        sheet=sheet,
        row=match.row,
        column=column_letter(total.place + 1),
        hint="请改成一行一个月：一列写发放年月，一列写发放金额；或者每个月一张表，分别导入",
    )
