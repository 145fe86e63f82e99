"""XML of other people, read as it streams: no document type, no entities of its own, no boundless names or depth."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from xml.parsers import expat

from .package import Malformed, Readable

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Words = Callable[[str], None]

MOST_TEXT = 2**20  # a cell of Excel holds 32,767 characters
_MOST_DEPTH = 200
_LONGEST_TAG = 8 * 2**20
_CHUNK = 2**17
_LONGEST_HEAD = 8 * 2**20
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)["']""")


class XmlFeed:
    """An expat parser to be fed with bytes; every fault is a `Malformed`."""

    def __init__(self, start: Start, end: End, words: Words, encoding: str | None = None) -> None:
        self._parser = expat.ParserCreate(encoding)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._down
        self._parser.EndElementHandler = self._up
        self._parser.CharacterDataHandler = words
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.EntityDeclHandler = _refuse
        self._start = start
        self._end = end
        self._fed = 0
        self._depth = 0

    def feed(self, chunk: bytes, last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise Malformed("内容不完整或不合规范") from error
        except (LookupError, UnicodeError) as error:
            raise Malformed("所用的文字编码不认识") from error
        self._fed += len(chunk)
        if self._fed - self._parser.CurrentByteIndex > _LONGEST_TAG:
            raise Malformed("有一段标记长得不合理")

    def _down(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise Malformed("标记一层套一层，深得不合理")
        self._start(name, attributes)

    def _up(self, name: str) -> None:
        self._depth -= 1
        self._end(name)


class CellText:
    """Collects the text of a cell; refuses one that no program could have shown."""

    __slots__ = ("_parts", "_size")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0

    def add(self, words: str) -> None:
        self._size += len(words)
        if self._size > MOST_TEXT:
            raise Malformed("有一格的文字长得不合理")
        self._parts.append(words)

    def take(self) -> str:
        """What was collected since the last time."""
        whole = "".join(self._parts)
        self._parts.clear()
        self._size = 0
        return whole


class Utf8Text:
    """A part in UTF-8 as text, piece by piece; where its elements bear one prefix, without it."""

    def __init__(self, stream: Readable, first: bytes, root: str, size: int) -> None:
        """`first` was read of the stream already, `root` is the outermost element."""
        prefix = re.search(rb"<(\w{1,20}):" + root.encode() + rb"\b", first)
        self._marks = (f"<{prefix.group(1).decode()}:", f"</{prefix.group(1).decode()}:") if prefix else None
        self._stream = stream
        self._first = first
        self._size = size
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._kept = ""

    def read(self) -> str:
        """The next piece, '' at the end."""
        while True:
            raw = self._first or self._stream.read(self._size)
            self._first = b""
            text = self._kept + self._decoder.decode(raw, final=not raw)
            self._kept = ""
            if self._marks and raw:
                text, mark, kept = text.rpartition("<")  # a mark may go on in the next piece
                text, self._kept = (text, mark + kept) if mark else (kept, "")
                if len(self._kept) > _LONGEST_TAG:
                    raise Malformed("有一段标记长得不合理")
            if self._marks:
                text = text.replace(self._marks[0], "<").replace(self._marks[1], "</")
            if text or not raw:
                return text

    def until(self, mark: str) -> str:
        """The text from here to a piece that has the mark in it, or to a reasonable length."""
        text = more = self.read()
        while more and mark not in text and len(text) < _LONGEST_HEAD:
            more = self.read()
            text += more
        return text


def is_utf8(first: bytes) -> bool:
    """Whether a part may be read as UTF-8, by its first bytes."""
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in first[:4]:
        return False
    declared = _DECLARED.match(first.removeprefix(codecs.BOM_UTF8))
    return declared is None or declared.group(1).lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii")


def local(name: str) -> str:
    """A name without its namespace prefix."""
    return name.rpartition(":")[2]


def plain(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes by their names without prefixes."""
    return {local(name): value for name, value in attributes.items()}


def parse(
    stream: Readable, start: Start, end: End, words: Words = lambda _: None, encoding: str | None = None
) -> None:
    """Runs the handlers over a whole stream. Raises `Malformed`."""
    feed = XmlFeed(start, end, words, encoding)
    while chunk := stream.read(_CHUNK):
        feed.feed(chunk)
    feed.feed(b"", last=True)


def _refuse(*_: object) -> None:
    raise Malformed("有文档类型或实体声明（DTD），正常的表格没有这些，为安全起见没有读取")
