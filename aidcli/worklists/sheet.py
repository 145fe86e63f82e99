"""One table on one worksheet: title, headings, rows, totals, notes, signatures.

Column A is hidden and holds each row's key. It lies inside the filter's range, so that sorting in Excel
moves the keys together with their rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from aidcli.errors import AidError
from aidcli.money import daxie, decimal_yuan, yuan

from . import text
from .content import Marked, Row, SheetData
from .layout import ROW_KEY, Column, Table
from .styles import LINE_POINTS, MOST_POINTS, ROW_POINTS, Styles, marked_runs, room

KEY_COLUMN, FIRST_COLUMN = 1, 2
SIGNATURE = 12  # letters of room to sign a name
MOST_FEN = 10**15  # Excel keeps fifteen digits: larger sums would lose their cents


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where a table ended up: rows from 1, columns by key → letter; `keys` from `first_row` on."""

    sheet: str
    table: str
    header_row: int
    last_row: int
    columns: Mapping[str, str]
    keys: tuple[str, ...]

    @property
    def first_row(self) -> int:
        return self.header_row + 1


class Sheet:
    """Draws from the top down; `row` is the last row written."""

    def __init__(self, ws: Worksheet, table: Table, styles: Styles) -> None:
        self.ws, self.table, self.styles = ws, table, styles
        self.row = 0
        self.last_column = FIRST_COLUMN + len(table.columns) - 1
        self.letters = {
            column.key: get_column_letter(FIRST_COLUMN + index) for index, column in enumerate(table.columns)
        }
        self._full_width = sum(column.width for column in table.columns)
        ws.column_dimensions["A"].hidden = True
        for column in table.columns:
            ws.column_dimensions[self.letters[column.key]].width = column.width

    def draw(self, data: SheetData, fields: Mapping[str, str]) -> Drawn:
        """The whole sheet; `fields` fill the patterns. Raises `AidError` where data and layout disagree."""
        fields = {**fields, "group": data.name, "rows": str(len(data.rows))}
        self._band(_filled(self.table.title, fields), self.styles.title(), points=20)
        if self.table.subtitle:
            self._band(_filled(self.table.subtitle, fields), self.styles.line())
        header_row = self._header()
        keys = self._rows(data)
        last_row = self.row
        self._totals(data)
        for note in (*self.table.notes, *data.notes):
            self._band(note, self.styles.line())
        self._signatures()
        return Drawn(self.ws.title, data.table, header_row, last_row, self.letters, keys)

    def put(self, row: int, column: int, value: str | int | None, style: str) -> None:
        """Text always as text, whatever it begins with; '' and None leave an empty, formatted cell."""
        cell = self.ws.cell(row, column)
        cell.style = style
        if isinstance(value, str):
            shown = text.clean(value)
            if isinstance(value, Marked) and value.spans and shown == value:
                cell.value = marked_runs(value)
            elif shown:
                cell.value = shown
                cell.data_type = "s"
        elif value is not None:
            cell.value = value

    def _band(self, value: str, style: str, *, points: float = LINE_POINTS) -> None:
        """A line across the table, as high as its wrapped text needs."""
        self.row += 1
        for column in range(FIRST_COLUMN, self.last_column + 1):
            self.put(self.row, column, None, style)
        self.put(self.row, FIRST_COLUMN, value, style)
        self._merge(FIRST_COLUMN, self.last_column)
        letters = self._full_width * LINE_POINTS / points
        lines = text.line_count(text.clean(value), int(letters) - 1)
        self.ws.row_dimensions[self.row].height = min(lines * points + 10, MOST_POINTS)

    def _merge(self, first: int, last: int) -> None:
        if last > first:
            self.ws.merge_cells(start_row=self.row, end_row=self.row, start_column=first, end_column=last)

    def _header(self) -> int:
        self.row += 1
        self.put(self.row, KEY_COLUMN, ROW_KEY, self.styles.heading())
        lines = 1
        for index, column in enumerate(self.table.columns, FIRST_COLUMN):
            self.put(self.row, index, column.heading, self.styles.heading())
            lines = max(lines, text.line_count(column.heading, column.width - 1))
        self.ws.row_dimensions[self.row].height = max(lines * LINE_POINTS + 6, ROW_POINTS)
        return self.row

    def _rows(self, data: SheetData) -> tuple[str, ...]:
        if not data.rows:
            self._band(self.table.empty, self.styles.empty())
            self.ws.row_dimensions[self.row].height = ROW_POINTS * 1.5
            return ()
        keys = [_key(row, data.name) for row in data.rows]
        if len(set(keys)) != len(keys):
            raise ValueError(f"a {ROW_KEY} stands twice on sheet {data.name}")
        styles = [self.styles.cell(column) for column in self.table.columns]
        for number, row in enumerate(data.rows, 1):
            self.row += 1
            self.put(self.row, KEY_COLUMN, keys[number - 1], self.styles.line())
            lines = 1
            for index, column in enumerate(self.table.columns):
                value = _value(column, row, number)
                lines = max(lines, self._cell(FIRST_COLUMN + index, column, value, styles[index]))
            height = max(lines * LINE_POINTS + 6, ROW_POINTS)
            self.ws.row_dimensions[self.row].height = min(height, MOST_POINTS)
        return tuple(keys)

    def _cell(self, index: int, column: Column, value: str | int | None, style: str) -> int:
        """Writes one data cell; returns the lines that its text needs."""
        if column.kind == "money" and isinstance(value, int):
            self._money(index, value, style)
        elif column.kind == "date" and isinstance(value, str) and (day := _iso_date(value)):
            cell = self.ws.cell(self.row, index)
            cell.style = style
            cell.value = day
        elif column.kind in ("serial", "count"):
            self.put(self.row, index, value, style)
        else:
            written = "" if value is None else value if isinstance(value, str) else str(value)
            self.put(self.row, index, written, style)
            if written:
                self.ws.cell(self.row, index).number_format = "@"
            return text.line_count(text.clean(written), room(column)) if column.wrap else 1
        return 1

    def _money(self, index: int, fen: int, style: str) -> None:
        if abs(fen) >= MOST_FEN:
            raise ValueError(f"{yuan(fen)} yuan do not fit into a cell")
        cell = self.ws.cell(self.row, index)
        cell.style = style
        cell.value = decimal_yuan(fen)

    def _totals(self, data: SheetData) -> None:
        """The row 合计 and the sum in capital figures; refused when the control sums say otherwise."""
        summed = [column for column in self.table.columns if column.total]
        total = {column.key: sum(int(row[column.key] or 0) for row in data.rows) for column in summed}
        for key, expected in (data.total or {}).items():
            if total.get(key) != expected:
                raise AidError(
                    "total_differs",
                    f"“{data.name}”的“{key}”各行相加为 {total.get(key)}，应为 {expected}，没有写出文件",
                    sheet=data.name,
                    hint="请重新生成后再导出；仍不一致请报告程序错误",
                )
        if not summed or not data.rows:
            return
        self.row += 1
        for index, column in enumerate(self.table.columns, FIRST_COLUMN):
            style = self.styles.cell(column, strong=True)
            if column.kind == "money" and column.total:
                self._money(index, total[column.key], style)
            else:
                self.put(self.row, index, total.get(column.key), style)
        self._sum_label()
        self.ws.row_dimensions[self.row].height = ROW_POINTS
        if self.table.capital:
            self._band(f"合计（大写）：{daxie(total[self.table.capital])}", self.styles.boxed_line())
            self.ws.row_dimensions[self.row].height = ROW_POINTS

    def _sum_label(self) -> None:
        """合计 stands in the cells left of the first sum."""
        first = next(index for index, column in enumerate(self.table.columns) if column.total)
        if first:
            self.put(self.row, FIRST_COLUMN, "合计", self.styles.cell(_LABEL, strong=True))
            self._merge(FIRST_COLUMN, FIRST_COLUMN + first - 1)

    def _signatures(self) -> None:
        labels = self.table.signatures
        if not labels:
            return
        spans = _spans([column.width for column in self.table.columns], labels)
        if spans is None:
            share = self._full_width // len(labels)
            blanks = ("　" * ((share - text.width(label)) // 2) for label in labels)
            self._band("".join(map("".join, zip(labels, blanks, strict=True))), self.styles.line())
        else:
            self.row += 1
            for label, (first, last) in zip(labels, spans, strict=True):
                self.put(self.row, FIRST_COLUMN + first, label, self.styles.line())
                self._merge(FIRST_COLUMN + first, FIRST_COLUMN + last)
        self.ws.row_dimensions[self.row].height = ROW_POINTS * 1.5


_LABEL = Column(key="label", heading="合计", width=10)


def _filled(pattern: str, fields: Mapping[str, str]) -> str:
    try:
        return pattern.format_map(fields)
    except KeyError as error:
        raise AidError(
            "unknown_field",
            f"布局的标题“{pattern}”用到“{{{error.args[0]}}}”，可用的只有：{'、'.join(sorted(fields))}",
            hint="请改正 templates/worklists 中这份布局的 title 或 subtitle",
        ) from None


def _key(row: Row, name: str) -> str:
    key = row.get(ROW_KEY)
    if not isinstance(key, str) or not key:
        raise ValueError(f"a row on sheet {name} has no {ROW_KEY}")
    return key


def _value(column: Column, row: Row, number: int) -> str | int | None:
    if column.kind == "serial":
        return number
    if column.key not in row:
        if column.to_fill:
            return None
        raise AidError(
            "unknown_column",
            f"布局的列“{column.heading}”（{column.key}）没有数据可填，可用的有：{'、'.join(sorted(row))}",
            hint="请改正 templates/worklists 中这份布局的 columns",
        )
    value = row[column.key]
    if column.kind in ("money", "count") and value is not None and type(value) is not int:
        raise TypeError(f"column {column.key} takes int, not {type(value).__name__}")
    if value is not None and not isinstance(value, str | int):
        raise TypeError(f"column {column.key} takes text or int, not {type(value).__name__}")
    return value


def _iso_date(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _spans(widths: Sequence[int], labels: Sequence[str]) -> list[tuple[int, int]] | None:
    """Neighbouring columns in groups of about equal width; None when a group leaves no room to sign."""
    parts = len(labels)
    if len(widths) < parts:
        return None
    spans, first, passed = [], 0, 0
    for part in range(parts):
        last, goal = first, sum(widths) * (part + 1) / parts
        passed += widths[first]
        while last + 1 < len(widths) - (parts - part - 1) and (
            part == parts - 1 or passed + widths[last + 1] / 2 <= goal
        ):
            last += 1
            passed += widths[last]
        spans.append((first, last))
        first = last + 1
    for label, (left, right) in zip(labels, spans, strict=True):
        if sum(widths[left : right + 1]) < text.width(label) + SIGNATURE:
            return None
    return spans
