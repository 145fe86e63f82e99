"""What stands around the rows of an .xlsx sheet: merged areas, hidden rows and columns.

The rows themselves are only looked over for hidden ones, which costs little more than unpacking them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .package import Malformed, Part, Readable
from .safexml import XmlFeed, is_utf8, local
from .sheetcells import LAST_COLUMN, Places
from .sheetxml import LAST_ROW
from .source import Merge

_CHUNK = 2**18
_LONGEST = 8 * 2**20
_MOST_MERGES = 1_000_000
_TRUE = ("1", "true", "on")
_ROOT = re.compile(rb"<(\w{1,20}:)?worksheet\b")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^<>]*? hidden="(?:1|true|on)"[^<>]*>')
_ROW_NUMBER = re.compile(rb' r="(\d{1,7})"')
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})\Z", re.ASCII)


class SheetFacts(NamedTuple):
    merges: tuple[Merge, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]


class FactFinder:
    """Looks over one sheet part; to be used once."""

    def __init__(self) -> None:
        self._feed = XmlFeed(self._start, lambda _: None, lambda _: None)
        self._places = Places()
        self._merges: set[Merge] = set()
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._row = 0

    def read(self, stream: Part | Readable) -> SheetFacts:
        """Raises `Malformed`."""
        text = stream.read(_CHUNK)
        if is_utf8(text):
            text = self._quick(stream, text)
        while text:
            self._feed.feed(text)
            text = stream.read(_CHUNK)
        self._feed.feed(b"", True)
        return SheetFacts(
            tuple(sorted(self._merges)), frozenset(self._hidden_rows), frozenset(self._hidden_columns)
        )

    def _quick(self, stream: Part | Readable, text: bytes) -> bytes:
        """Leaves out the rows between the head and the tail, which come to the parser as one."""
        found = _ROOT.search(text)
        prefix = (found.group(1) if found else None) or b""
        begin, finish, row = b"<%ssheetData>" % prefix, b"</%ssheetData>" % prefix, b"<%srow" % prefix
        while begin not in text and len(text) < _LONGEST:
            chunk = stream.read(_CHUNK)
            if not chunk:
                return text
            text += chunk
        head, mark, text = text.partition(begin)
        self._feed.feed(head + mark)
        while mark:
            end = text.find(finish)
            if b"<!" in (text if end < 0 else text[:end]):
                return text
            if end >= 0:
                self._note_hidden(text[:end])
                return text[end:]
            chunk = stream.read(_CHUNK)
            cut = text.rfind(row)
            if not chunk or (cut < 0 and len(text) > _LONGEST):
                return text + chunk
            if cut > 0:
                self._note_hidden(text[:cut])
                text = text[cut:]
            text += chunk
        return text

    def _note_hidden(self, text: bytes) -> None:
        if b' hidden="' not in text:
            return
        for tag in _HIDDEN_ROW.findall(text):
            number = _ROW_NUMBER.search(tag)
            if number:
                self._hidden_rows.add(int(number.group(1)))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() else self._row + 1
            if attributes.get("hidden") in _TRUE and self._row <= LAST_ROW:
                self._hidden_rows.add(self._row)
        elif tag == "col" and attributes.get("hidden") in _TRUE:
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self._hidden_columns.update(range(max(int(first), 1) - 1, min(int(last), LAST_COLUMN)))

    def _merge(self, reference: str) -> None:
        found = _AREA.match(reference)
        if found is None:
            return
        left, top, right, bottom = found.groups()
        if int(bottom) > int(top):
            self._merges.add(Merge(int(top), int(bottom), self._places[left], self._places[right]))
            if len(self._merges) > _MOST_MERGES:
                raise Malformed("合并的单元格多得不合理")
