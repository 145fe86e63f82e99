"""What is noted of a sheet as a whole: sums that are not taken, rows and columns that nobody sees."""

from __future__ import annotations

from ...errors import Problem
from ..coercion.cells import shown
from ..headers.plan import SheetPlanned
from ..headers.units import QUARTERLY, is_for_quarter
from ..letters import column_letter
from ..templates import Template
from .whereabouts.carried import carried_notes


def sheet_notes(template: Template, planned: SheetPlanned) -> list[Problem]:
    """The notes that come with the first row of a sheet."""
    return [
        *planned.notes,
        *_told_notes(template, planned),
        *_unit_notes(planned),
        *_quarter_notes(planned),
        *_total_notes(template, planned),
        *_hidden_notes(planned),
        *_card_notes(planned),
        *carried_notes(template, planned),
    ]


def _told_notes(template: Template, planned: SheetPlanned) -> list[Problem]:
    """A note for each required field that has no column and is told above the header for all rows."""
    notes = []
    for field, told in planned.match.told:
        message = (
            f"没有“{template.label_of(field)}”一列，按{told.place}里的“{shown(told.raw, 30)}”读入，每行都是；"
            "不是的话，请补上这一列后重新导入"
        )
        notes.append(
            Problem(planned.sheet.name, planned.match.row, "", told.raw, "told_above", message, "note")
        )
    return notes


def _total_notes(template: Template, planned: SheetPlanned) -> list[Problem]:
    """A note where the monthly sum could have stood for the total, but other money stands beside it."""
    columns, other = planned.match.columns, planned.unknown_money
    if other is None or other in planned.match.refused or template.kind != "roster":
        return []
    if "base" not in columns or "total" in columns:
        return []
    heading, base = other.heading.strip(), columns["base"].heading.strip()
    titled = f"“{heading}”" if heading else "没有列名的一列"
    letter = column_letter(other.place + 1)
    message = (
        f"没有合计列，{titled}（{letter}列）又像是另一笔金额，没有把“{base}”当作合计；"
        "请补上合计列（如“合计（元）”“发放合计（元）”），或在模板中写明这一列"
    )
    return [Problem(planned.sheet.name, planned.match.row, letter, heading, "total_unknown", message, "note")]


def _quarter_notes(planned: SheetPlanned) -> list[Problem]:
    """A note where a benefit's sum is that of three months: it is kept as it is."""
    paid = planned.match.columns.get(QUARTERLY)
    if paid is None or not is_for_quarter(paid.heading):
        return []
    heading, letter = "".join(paid.heading.split()), column_letter(paid.place + 1)
    message = f"列“{heading}”（{letter}列）是一个季度的钱，按三个月的合计收下，没有折成每月"
    return [Problem(planned.sheet.name, planned.match.row, letter, heading, "quarter_sum", message, "note")]


def _card_notes(planned: SheetPlanned) -> list[Problem]:
    """A note where the numbers of the persons stand in no column but that of their disability cards."""
    columns = planned.match.columns
    card = columns.get("disability_card")
    if card is None or "id" in columns:
        return []
    heading, letter = "".join(card.heading.split()), column_letter(card.place + 1)
    message = f"没有身份证号一列，各行本人的号码都取自列“{heading}”（{letter}列）的前18位"
    return [Problem(planned.sheet.name, planned.match.row, letter, heading, "id_from_card", message, "note")]


def _hidden_notes(planned: SheetPlanned) -> list[Problem]:
    """What a reader of the sheet does not see, but is read: hidden rows, hidden columns that mean something."""
    sheet, header = planned.sheet, planned.match.row
    rows = sorted(row for row in sheet.hidden_rows if row > header)
    columns = sorted({c.place for c in planned.match.columns.values()} & sheet.hidden_columns)
    notes = []
    if rows:
        shown = "、".join(str(row) for row in rows[:6]) + ("等" if len(rows) > 6 else "")
        message = (
            f"有{len(rows)}行是隐藏的（第{shown}行，可能是筛选掉的），也照样读入；不该算的请删去后重新导入"
        )
        notes.append(Problem(sheet.name, header, "", str(len(rows)), "hidden_rows", message, "note"))
    if columns:
        letters = "、".join(column_letter(place + 1) for place in columns)
        message = f"{letters}列是隐藏的，也照样采用，请留意"
        notes.append(Problem(sheet.name, header, "", letters, "hidden_columns", message, "note"))
    return notes


def _unit_notes(planned: SheetPlanned) -> list[Problem]:
    """A note for each money column that is not read because of its unit."""
    return [
        Problem(
            planned.sheet.name,
            planned.match.row,
            column_letter(column.place + 1),
            column.heading.strip(),
            "unit_refused",
            f"列“{column.heading.strip()}”的单位“{column.unit}”不是每月的元或万元，整列没有采用；请改写列名或在模板中写明",
            "note",
        )
        for column in planned.match.refused
    ]
