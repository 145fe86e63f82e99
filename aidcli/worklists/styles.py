"""How cells look: black borders that show on a copier, type that a printed page keeps readable."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Color, Font, NamedStyle, PatternFill, Side

from .content import Marked
from .layout import Column

BODY, HEAD = "宋体", "黑体"
LINE_POINTS = 14.0  # one line of 10-point type with its leading
PROSE = 16  # letters: wrapped columns from this width on hold sentences and are set flush left
ROW_POINTS = 24.0  # the least height of a row: room for handwriting
MOST_POINTS = 409.0  # Excel's limit

_BLACK = Side(style="thin", color="FF000000")
_BOX = Border(left=_BLACK, right=_BLACK, top=_BLACK, bottom=_BLACK)
_FORMATS = {"serial": "0", "count": "0", "money": "#,##0.00", "date": "yyyy-mm-dd"}
_TO_FILL = PatternFill("solid", fgColor="FFFFF8E1")
_GREY = PatternFill("solid", fgColor="FFE0E0E0")


def is_prose(column: Column) -> bool:
    """Whether the column holds sentences."""
    return column.wrap and column.width >= PROSE


def room(column: Column) -> int:
    """Letters that a wrapped line of the column holds, its padding taken off."""
    return column.width - (3 if is_prose(column) else 1)


def marked_runs(text: Marked) -> CellRichText:
    """The text in pieces; what is marked is red, bold and underlined, so that it shows on a copier too."""
    runs, last = CellRichText(), 0
    for first, end in text.spans:
        if first > last:
            runs.append(TextBlock(InlineFont(rFont=BODY, sz=10), text[last:first]))
        loud = InlineFont(rFont=BODY, sz=10, b=True, u="single", color=Color(rgb="FFC00000"))
        runs.append(TextBlock(loud, text[first:end]))
        last = end
    if last < len(text):
        runs.append(TextBlock(InlineFont(rFont=BODY, sz=10), text[last:]))
    return runs


class Styles:
    """The named styles of one workbook, made when first asked for."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: set[str] = set()

    def cell(self, column: Column, *, strong: bool = False) -> str:
        """The style of a data cell; `strong` for the row of totals."""
        across = "right" if column.kind == "money" else "left" if is_prose(column) else "center"
        marks = ("wrap" * column.wrap, "top" * column.top, "fill" * column.to_fill, "sum" * strong)
        return self._style(
            "_".join(("aid", column.kind, across, *marks)),
            font=Font(name=BODY, size=10, bold=strong),
            # Typed into an empty cell, an ID number stays what it is only where the cell is text already.
            number_format=_FORMATS.get(column.kind, "@"),
            alignment=Alignment(
                across,
                "top" if column.top else "center",
                wrap_text=column.wrap,
                shrink_to_fit=not column.wrap,
                indent=int(across != "center"),
            ),
            fill=_TO_FILL if column.to_fill and not strong else PatternFill(),
            border=_BOX,
        )

    def heading(self) -> str:
        return self._style(
            "aid_heading",
            font=Font(name=HEAD, size=10),
            alignment=Alignment("center", "center", wrap_text=True),
            fill=_GREY,
            border=_BOX,
        )

    def title(self) -> str:
        return self._style(
            "aid_title",
            font=Font(name=HEAD, size=16),
            alignment=Alignment("center", "center", wrap_text=True),
        )

    def line(self) -> str:
        """Lines above and below the table: subtitle, notes, signatures."""
        return self._style(
            "aid_line", font=Font(name=BODY, size=10), alignment=Alignment("left", "center", wrap_text=True)
        )

    def boxed_line(self) -> str:
        """A line that belongs to the table: the sum in capital figures."""
        return self._style(
            "aid_boxed_line",
            font=Font(name=BODY, size=10, bold=True),
            alignment=Alignment("left", "center", wrap_text=True),
            border=_BOX,
        )

    def empty(self) -> str:
        return self._style(
            "aid_empty", font=Font(name=BODY, size=12), alignment=Alignment("center", "center"), border=_BOX
        )

    def _style(
        self,
        name: str,
        *,
        font: Font,
        alignment: Alignment,
        number_format: str = "@",
        fill: PatternFill | None = None,
        border: Border | None = None,
    ) -> str:
        if name not in self._made:
            self._made.add(name)
            self._workbook.add_named_style(
                NamedStyle(
                    name=name,
                    font=font,
                    alignment=alignment,
                    number_format=number_format,
                    fill=fill or PatternFill(),
                    border=border or Border(),
                )
            )
        return name
