"""Workbooks of Excel 2007 and later (.xlsx, .xlsm, new .et): the package, its sheets, styles and shared texts."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from .package import Malformed, Package
from .safexml import local, parse, plain
from .serials import BUILTIN_DATES, BUILTIN_SPANS, is_date_format, is_span_format
from .sharedstrings import MOST_BYTES, SharedStrings
from .sheetcells import CellTexts
from .sheetfacts import FactFinder, SheetFacts
from .sheetxml import SheetRows
from .source import Merge, Row, unreadable, with_gaps

_ARCHIVE_HINT = "如果是压缩包，请先解压，再导入里面的表格"
_MOST_SHEETS = 2000


class Tab(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    part: str


class Workbook:
    """What the sheets of a workbook share."""

    def __init__(self, path: Path, package: Package) -> None:
        self.path = path
        self.package = package
        self.date1904 = False
        self.tabs: list[Tab] = []
        self._styles = ""
        self._strings = ""
        self._read(_main_part(package))

    @cached_property
    def texts(self) -> CellTexts:
        days, spans = _date_styles(self.package, self._styles)
        strings: list[str] = []
        if self.package.has(self._strings):
            strings = SharedStrings().read(self.package.open(self._strings, MOST_BYTES))
        return CellTexts(strings, days, spans, self.date1904)

    def _read(self, part: str) -> None:
        listed: list[tuple[str, str, str]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            tag, given = local(name), plain(attributes)
            if tag == "sheet":
                listed.append((given.get("name", ""), given.get("state", "visible"), given.get("id", "")))
            elif tag == "workbookPr":
                self.date1904 = given.get("date1904", "0") in ("1", "true", "on")

        parse(self.package.open(part), start, _nothing)
        relations = _relations(self.package, part)
        for name, state, reference in listed[:_MOST_SHEETS]:
            kind, target = relations.get(reference, ("", ""))
            if kind == "worksheet" and self.package.has(target):
                self.tabs.append(Tab(name, state != "visible", target))
        folder = posixpath.dirname(part)
        parts = dict(relations.values())
        self._styles = parts.get("styles", f"{folder}/styles.xml")
        self._strings = parts.get("sharedStrings", f"{folder}/sharedStrings.xml")


class XlsxSheet:
    """One sheet of an open workbook; see `source.Sheet`."""

    def __init__(self, book: Workbook, tab: Tab) -> None:
        self.name = tab.name
        self.hidden = tab.hidden
        self.date1904 = book.date1904
        self._book = book
        self._part = tab.part

    def rows(self) -> Iterator[Row]:
        try:
            yield from with_gaps(SheetRows(self._book.texts).read(self._book.package.open(self._part)))
        except (ValueError, IndexError) as error:
            raise self._damaged(error) from error

    @property
    def merges(self) -> tuple[Merge, ...]:
        return self._facts.merges

    @property
    def hidden_rows(self) -> frozenset[int]:
        return self._facts.hidden_rows

    @property
    def hidden_columns(self) -> frozenset[int]:
        return self._facts.hidden_columns

    @cached_property
    def _facts(self) -> SheetFacts:
        try:
            return FactFinder().read(self._book.package.open(self._part))
        except (ValueError, IndexError) as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> Exception:
        found = str(error) if isinstance(error, Malformed) else "内容已损坏"
        return unreadable(self._book.path, f"工作表“{self.name}”里{found}")


def read_xlsx(path: Path, package: Package) -> list[XlsxSheet]:
    """The worksheets of a workbook. Raises `AidError` (``zip_bomb``, ``unreadable_workbook``)."""
    try:
        book = Workbook(path, package)
    except Malformed as error:
        said = str(error)
        hint = _ARCHIVE_HINT if "压缩包或" in said else None
        raise unreadable(path, said if said.startswith("看到") else f"看到的工作簿里{said}", hint) from error
    except (ValueError, IndexError) as error:
        raise unreadable(path, "看到的是损坏的或其他程序写得不规范的工作簿") from error
    if not book.tabs:
        raise unreadable(path, "看到的工作簿里没有工作表")
    return [XlsxSheet(book, tab) for tab in book.tabs]


def _main_part(package: Package) -> str:
    """The part that lists the sheets. Raises `Malformed` where this is another kind of package."""
    main = ""
    if package.has("_rels/.rels"):
        found = [target for kind, target in _relations(package, "").values() if kind == "officeDocument"]
        main = found[0] if found else ""
    if not package.has(main):
        names = [name for name in package.names() if name.endswith("workbook.xml")]
        main = "xl/workbook.xml" if package.has("xl/workbook.xml") else names[0] if names else main
    if main.endswith("workbook.bin") or package.has("xl/workbook.bin"):
        raise Malformed("看到的是二进制工作簿（.xlsb）")
    if not package.has(main) or not main.lower().endswith(".xml") or "workbook" not in main.lower():
        raise Malformed("看到的是压缩包或其他文档")
    return main


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Reference → (kind, part) of what a part refers to; '' for the package itself."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            whole = target if target.startswith("/") else posixpath.join(folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = (kind, posixpath.normpath(whole).lstrip("/"))

    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if package.has(relations):
        parse(package.open(relations), start, _nothing)
    return found


def _date_styles(package: Package, part: str) -> tuple[frozenset[int], frozenset[int]]:
    """The styles that show a day or time, and those that show a length of time, by their numbers."""
    formats: dict[int, str] = {}
    used: list[int] = []
    inside = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        tag = local(name)
        if tag in ("numFmts", "cellXfs"):
            inside = tag
        elif tag == "numFmt" and inside == "numFmts":
            formats[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif tag == "xf" and inside == "cellXfs":
            used.append(_number(attributes.get("numFmtId")))

    def end(name: str) -> None:
        nonlocal inside
        if local(name) == inside:
            inside = ""

    if package.has(part):
        parse(package.open(part), start, end)
    days, spans = set(BUILTIN_DATES), set(BUILTIN_SPANS)
    for number, code in formats.items():
        (days.add if is_date_format(code) else days.discard)(number)
        (spans.add if is_span_format(code) else spans.discard)(number)
    return (
        frozenset(style for style, number in enumerate(used) if number in days),
        frozenset(style for style, number in enumerate(used) if number in days & spans),
    )


def _number(word: str | None) -> int:
    return int(word) if word and word.isdecimal() else 0


def _nothing(_: str) -> None:
    """What ends needs no notice."""
