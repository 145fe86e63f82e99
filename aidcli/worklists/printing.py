"""What Excel and the printer make of a drawn sheet: paper, repeated headings, filter, drop-down lists."""

from __future__ import annotations

from datetime import date
from typing import Literal

from openpyxl import Workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from .layout import Column, Layout
from .sheet import FIRST_COLUMN, Drawn, Sheet

_EPOCH = date(1899, 12, 30)
LISTS = "_lists"
A4 = 9
INLINE_LIMIT = 255  # letters; a longer list is dropped by Excel without a word


def finish(sheet: Sheet, drawn: Drawn, layout: Layout) -> None:
    """Page set-up, frozen panes and the filter; the print area ends with the signatures."""
    ws = sheet.ws
    ws.page_setup.paperSize = A4
    ws.page_setup.orientation = layout.paper
    ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    ws.page_setup.fitToWidth = 1
    ws.page_setup.fitToHeight = 0
    ws.print_title_rows = f"1:{drawn.header_row}"
    last = get_column_letter(sheet.last_column)
    ws.print_area = f"{get_column_letter(FIRST_COLUMN)}1:{last}{sheet.row}"
    ws.print_options.horizontalCentered = True
    margins = ws.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    ws.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="第 &P 页 共 &N 页"))
    ws.freeze_panes = f"{_first_moving(sheet)}{drawn.first_row}"
    if drawn.keys:
        ws.auto_filter.ref = f"A{drawn.header_row}:{last}{drawn.last_row}"


def _first_moving(sheet: Sheet) -> str:
    """The letter of the first column that scrolls."""
    if sheet.table.freeze_to is None:
        return "A"
    return get_column_letter(column_index_from_string(sheet.letters[sheet.table.freeze_to]) + 1)


class Choices:
    """The validations of a workbook; long lists stand on a hidden sheet, each once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._places: dict[tuple[str, ...], str] = {}

    def attach(self, sheet: Sheet, drawn: Drawn, as_of: date) -> None:
        """A drop-down list on every choice column, a plausible date on every date to be filled in."""
        if not drawn.keys:
            return
        for column in sheet.table.columns:
            rule = self._rule(column, as_of)
            if rule is not None:
                letter = sheet.letters[column.key]
                rule.add(f"{letter}{drawn.first_row}:{letter}{drawn.last_row}")
                sheet.ws.add_data_validation(rule)

    def _rule(self, column: Column, as_of: date) -> DataValidation | None:
        if column.kind == "choice":
            said = "请从下拉列表中选择：" + "、".join(column.choices)
            return _validation("list", self._source(column.choices), None, column.heading, said)
        if column.kind == "date" and column.to_fill:
            first, last = date(as_of.year - 1, 1, 1), date(as_of.year + 1, 12, 31)
            said = f"请填写 {first} 至 {last} 之间的日期，如 {as_of}"
            return _validation("date", _serial(first), _serial(last), column.heading, said)
        return None

    def _source(self, words: tuple[str, ...]) -> str:
        inline = ",".join(words)
        if len(inline) <= INLINE_LIMIT and not any(mark in word for word in words for mark in ',"'):
            return f'"{inline}"'
        if words not in self._places:
            ws = self._list_sheet()
            column = len(self._places) + 1
            for row, word in enumerate(words, 1):
                cell = ws.cell(row, column, word)
                cell.data_type = "s"
                cell.number_format = "@"
            letter = get_column_letter(column)
            self._places[words] = f"'{LISTS}'!${letter}$1:${letter}${len(words)}"
        return self._places[words]

    def _list_sheet(self) -> Worksheet:
        if LISTS not in self._workbook.sheetnames:
            ws = self._workbook.create_sheet(LISTS)
            ws.sheet_state = "hidden"
        found: Worksheet = self._workbook[LISTS]
        return found


def _serial(day: date) -> str:
    """The number by which Excel knows the day."""
    return str((day - _EPOCH).days)


def _validation(
    kind: Literal["list", "date"], first: str, last: str | None, heading: str, said: str
) -> DataValidation:
    rule = DataValidation(
        type=kind,
        operator="between" if last else None,
        formula1=first,
        formula2=last,
        allow_blank=True,
        showErrorMessage=True,
    )
    rule.errorTitle = f"“{heading[:20]}”填写有误"
    rule.error = said[:250]
    return rule
