"""The table of shared texts of an .xlsx, read as it streams: the usual entries by pattern, the others as XML."""

from __future__ import annotations

import re

from .package import Readable
from .safexml import CellText, Utf8Text, XmlFeed, is_utf8, local
from .sheetcells import NO_XML, unescaped

MOST_BYTES = 512 * 2**20
_CHUNK = 2**18
_LONGEST = 8 * 2**20
_END = "</si>"
_ENTRY = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*+)</t>(?:<phoneticPr [^<>]*/>)?</si>')


class SharedStrings:
    """Reads one table; `strings` grows as it goes."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._feed = XmlFeed(self._start, self._end, self._words)
        self._ready = False
        self._entry = False
        self._phonetic = 0
        self._keeping = False
        self._text = CellText()

    def read(self, stream: Readable) -> list[str]:
        """Raises `Malformed`."""
        first = stream.read(_CHUNK)
        if is_utf8(first):
            source = Utf8Text(stream, first, "sst", _CHUNK)
            text = self._quick(source)
            while text:
                self._feed.feed(text.encode())
                text = source.read()
        else:
            while first:
                self._feed.feed(first)
                first = stream.read(_CHUNK)
        self._feed.feed(b"", True)
        return self.strings

    def _quick(self, source: Utf8Text) -> str:
        """Takes entries by pattern where it can; what is left for the parser comes back."""
        head, mark, rest = source.until("<si>").partition("<si>")
        self._feed.feed(head.encode())
        text = mark + rest
        while self._ready and "<!" not in text and "<?" not in text and not NO_XML.search(text):
            block, mark, text = text.rpartition(_END)
            parts = _ENTRY.split(block + mark)
            if "".join(parts[::2]).strip():
                self._by_turns(parts)
            else:
                self._take(parts[1::2], block)
            more = source.read()
            text += more
            if not more or len(text) > _LONGEST:
                break
        return text

    def _by_turns(self, parts: list[str]) -> None:
        """Entries that the pattern knows at odd places, anything else between them."""
        for place, part in enumerate(parts):
            if place % 2 == 0:
                self._feed.feed(part.encode())
            elif self._ready:
                self._take([part], part)
            else:
                self._feed.feed(f'<si><t xml:space="preserve">{part}</t></si>'.encode())

    def _take(self, entries: list[str], whole: str) -> None:
        if "&" in whole or "_" in whole or "\r" in whole:
            entries = [_plain(unescaped(entry)) for entry in entries]
        self.strings += entries

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        self._ready = name == "sst"
        if tag == "si":
            self._entry = True
        elif tag == "rPh":
            self._phonetic += 1
        elif tag == "t":
            self._keeping = self._entry and not self._phonetic

    def _words(self, words: str) -> None:
        if self._keeping:
            self._text.add(words)

    def _end(self, name: str) -> None:
        tag = local(name)
        if tag == "t":
            self._keeping = False
        elif tag == "rPh":
            self._phonetic -= 1
        elif tag == "si":
            self.strings.append(_plain(self._text.take()))
            self._entry = False
            self._ready = tag == name


def _plain(text: str) -> str:
    """Without the marks of carriage returns, and of literal underscores before such a mark."""
    return text.replace("x005F_", "").replace("_x000D_", "") if "_" in text else text
