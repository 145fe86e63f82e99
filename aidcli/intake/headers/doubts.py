"""What is told about a header that is read: headings guessed or left in doubt, units that are missing."""

from __future__ import annotations

from ...errors import Problem
from ..fields import FIELDS
from ..letters import column_letter
from ..templates import Template
from .wording import Column, HeaderMatch


def header_notes(sheet: str, match: HeaderMatch, template: Template) -> list[Problem]:
    """Notes on a sheet's header, in the order of its columns."""
    notes = [
        *(
            _guessed(field, column)
            for field, column in match.columns.items()
            if column.how in ("parts", "fuzzy")
        ),
        *(_in_doubt(template, column, fields) for column, fields in match.doubts),
        *(_without_unit(template, column) for column in match.unitless),
    ]
    return [
        Problem(sheet, match.row, letter(column), "".join(column.heading.split()), code, message, "note")
        for column, code, message in sorted(notes, key=lambda note: note[0].place)
    ]


def _guessed(field: str, column: Column) -> tuple[Column, str, str]:
    like, how = ("意思一致", "写法不同") if column.how == "parts" else ("相近", f"相似度{column.score}%")
    message = (
        f"列名“{''.join(column.heading.split())}”（{letter(column)}列）不在模板中，按{like}的“{column.known}”读作"
        f"“{FIELDS[field].label}”（{how}）；请核对，不对时改写列名或在模板中写明"
    )
    return column, "heading_guessed", message


def _in_doubt(template: Template, column: Column, fields: tuple[str, ...]) -> tuple[Column, str, str]:
    where = f"{titled(column)}（{letter(column)}列）"
    if any(FIELDS[field].repeats for field in fields):
        message = (
            f"{where}像是家庭成员的一列，但各成员的列排列不一，分不清是哪一个成员的，没有采用；"
            "请写成“成员1姓名”“成员1身份证号”“成员2姓名”……"
        )
        return column, "members_unclear", message
    labels = "、".join(f"“{template.label_of(field)}”" for field in fields)
    if len(fields) > 1:
        message = f"{where}与{labels}都相近，分不清是哪一项，整列没有采用；请照其中一个改写列名"
    else:
        message = f"不止一列与{labels}相近，{where}是其中之一，都没有采用；请照它改写正确的那一列的列名"
    return column, "heading_ambiguous", message


def _without_unit(template: Template, column: Column) -> tuple[Column, str, str]:
    heading = "".join(column.heading.split())
    message = (
        f"列“{heading}”没有写明单位，分不清是元还是万元，整列没有采用；"
        f"请把单位写进列名（如“{heading}（元）”），或在自己的模板中写明 unit"
    )
    return column, "unit_missing", message


def letter(column: Column) -> str:
    """The letter of a column, as Excel names it."""
    return column_letter(column.place + 1)


def titled(column: Column) -> str:
    """A column's heading as a message quotes it."""
    heading = "".join(column.heading.split())
    return f"“{heading}”" if heading else "没有列名的一列"
