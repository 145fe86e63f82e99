"""The front sheet: one line for each main sheet, with a link to it."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.styles import Font
from openpyxl.worksheet.hyperlink import Hyperlink

from aidcli.errors import AidError

from .content import Row, SheetData
from .layout import ROW_KEY, Column, Kind, Layout, Overview, OverviewColumn, Table
from .sheet import Drawn, Sheet
from .styles import BODY


def wanted(layout: Layout, main_sheets: int) -> bool:
    """Whether the layout has a front sheet for so many main sheets."""
    return layout.overview is not None and (layout.overview.when == "always" or main_sheets > 1)


def table_of(layout: Layout, overview: Overview) -> Table:
    """The front sheet as a table like any other."""
    kinds = {column.key: column.kind for column in layout.main.columns}
    return Table(
        title=overview.title,
        subtitle=overview.subtitle,
        signatures=overview.signatures,
        notes=overview.notes,
        capital=overview.capital,
        columns=tuple(_column(column, kinds.get(column.of, "count")) for column in overview.columns),
    )


def _column(column: OverviewColumn, summed: Kind) -> Column:
    kind: Kind = {"serial": "serial", "group": "text", "sum": summed}.get(column.take, "count")  # type: ignore[assignment]
    return Column(
        key=column.key,
        heading=column.heading,
        width=column.width,
        kind=kind,
        total=column.take in ("rows", "sum", "distinct"),
    )


def rows_of(overview: Overview, parts: Sequence[tuple[SheetData, Drawn]]) -> list[Row]:
    """A row for each main sheet; its key is the name of the sheet's tab."""
    return [
        {ROW_KEY: drawn.sheet, **{column.key: _take(column, data, drawn) for column in overview.columns}}
        for data, drawn in parts
    ]


def _take(column: OverviewColumn, data: SheetData, drawn: Drawn) -> str | int | None:
    match column.take:
        case "group":
            return data.name
        case "rows":
            return len(data.rows)
        case "sum":
            return sum(int(row[column.of] or 0) for row in data.rows)
        case "distinct":
            return len({_field(row, column) for row in data.rows})
        case _:
            return None


def _field(row: Row, column: OverviewColumn) -> str | int | None:
    if column.of not in row:
        raise AidError(
            "unknown_column",
            f"布局的总表列“{column.heading}”要数“{column.of}”，可用的有：{'、'.join(sorted(row))}",
            hint="请改正 templates/worklists 中这份布局的 overview",
        )
    return row[column.of]


def link(sheet: Sheet, drawn: Drawn, overview: Overview) -> None:
    """Makes each name a link into the same workbook, without a formula."""
    names = [column.key for column in overview.columns if column.take == "group"]
    for offset, target in enumerate(drawn.keys):
        for key in names:
            cell = sheet.ws[f"{sheet.letters[key]}{drawn.first_row + offset}"]
            quoted = target.replace("'", "''")
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!A1")
            cell.font = Font(name=BODY, size=10, underline="single", color="FF0000C0")
