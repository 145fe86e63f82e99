"""Excel worklists: layouts as data, one general writer."""

from .content import Marked, Row, SheetData, Written, group_rows
from .layout import MAIN, ROW_KEY, Column, Layout, Overview, Table
from .library import find_layout, load_layouts
from .workbook import write_workbook

__all__ = [
    "MAIN",
    "ROW_KEY",
    "Column",
    "Layout",
    "Marked",
    "Overview",
    "Row",
    "SheetData",
    "Table",
    "Written",
    "find_layout",
    "group_rows",
    "load_layouts",
    "write_workbook",
]
