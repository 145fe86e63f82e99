"""Text tables (.csv, .txt): the encoding is decided over the whole file, the separator over its first lines."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ...errors import AidError
from .source import Merge, Row, trimmed, unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = (",", "\t", ";", "|")
_SAMPLE = 64 * 1024
_CHUNK = 2**16
_INVISIBLE = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a"))
_FEWEST = 3  # cells of a record, below which nothing can be said of its quotes
_AHEAD = 50
_MARK = "\ufeff"  # where files were put together, it stands in the middle too


class Decoding(NamedTuple):
    """How a text is read; `marked` where a byte-order mark stands in the middle of it."""

    encoding: str
    marked: bool


class DelimitedSheet:
    """A text file as one sheet; see `source.Sheet`."""

    hidden = False
    date1904 = False
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def __init__(self, path: Path, content: bytes, decoding: Decoding, separator: str) -> None:
        self.name = path.stem  # as spreadsheet programs call the one sheet of a text file
        self._path = path
        self._content = content
        self._encoding = decoding.encoding
        self._separator = separator
        self._quoted = b'"' in content
        self._wrapped = self._quoted and any(sign in content for sign in (b'="', b'=\x00"', b'\x00=\x00"'))
        self._marked = decoding.marked

    def rows(self) -> Iterator[Row]:
        reader = self._reader()
        try:
            yield from self._checked(reader) if self._quoted or self._marked else self._plain(reader)
        except csv.Error as error:
            hint = "请用 Excel 或 WPS 打开检查该行附近多余的英文双引号，改好后另存"
            too_long = "field limit" in str(error)
            said = f"有一格超过{csv.field_size_limit() // 10000}万字" if too_long else "分不出单元格"
            raise unreadable(self._path, f"第{reader.line_num}行附近{said}", hint) from error

    def _reader(self) -> Any:
        stream = io.TextIOWrapper(io.BytesIO(self._content), encoding=self._encoding, newline="")
        return csv.reader(stream, delimiter=self._separator)

    @staticmethod
    def _plain(reader: Iterator[list[str]]) -> Iterator[Row]:
        """Rows of a text without quotes, where a line is a row."""
        for number, cells in enumerate(reader, start=1):
            if cells and cells[-1] and not cells[-1].isspace():
                yield number, tuple(cells)
            else:
                yield number, trimmed(cells)

    def _checked(self, reader: Any) -> Iterator[Row]:
        odd = self._wrapped or self._marked
        width = more_lines = 0  # lines beyond one a record, so far
        for number, cells in enumerate(reader, start=1):
            if reader.line_num - number != more_lines:
                first = number + more_lines
                more_lines = reader.line_num - number
                if width >= _FEWEST and (
                    _holds_records(cells, self._separator, width)
                    or (len(cells) > width and not self._as_wide_below(number, len(cells)))
                ):
                    raise self._broken_quotes(first, reader.line_num)
            if len(cells) > width:
                width = len(cells)
            if odd:
                cells = [_unwrapped(cell.replace(_MARK, "")) for cell in cells]
            if cells and cells[-1] and not cells[-1].isspace():
                yield number, tuple(cells)
            else:
                yield number, trimmed(cells)

    def _as_wide_below(self, number: int, width: int) -> bool:
        """Whether a record soon after a wide one over several lines is as wide: then it is a header below titles."""
        below = itertools.islice(self._reader(), number, number + _AHEAD)
        return any(len(cells) >= width for cells in below)

    def _broken_quotes(self, first: int, last: int) -> AidError:
        return AidError(
            "broken_quotes",
            f"文件“{self._path.name}”第{first}行到第{last}行被一个多余或不成对的英文双引号连成了一格，"
            "里面的行会读不到，整个文件没有导入",
            file=self._path.name,
            row=first,
            hint=f"请用记事本打开，删去第{first}行的英文双引号（或补成一对）后保存，再导入",
        )


def _holds_records(cells: list[str], separator: str, width: int) -> bool:
    """Whether a cell over several lines holds other records: a quote that was opened by mistake.

    `width` is the number of cells of the widest record so far.
    """
    inside = max((cell.count(separator) for cell in cells if "\n" in cell or "\r" in cell), default=0)
    return inside >= width - 1


def read_delimited(path: Path, content: bytes) -> DelimitedSheet:
    """The one sheet of a text file. Raises `AidError` (``unreadable_workbook``)."""
    if content.endswith(b"\x1a"):  # the end-of-file sign of old programs
        content = content[:-1]
    decoding = _decoding(content)
    if decoding is None and b"\x00" in content:  # stray ones, as some exports pad their fields with
        content = content.replace(b"\x00", b"")
        decoding = _decoding(content)
    if decoding is None or _is_binary(content, decoding.encoding):
        raise unreadable(path, "看到的既不是这些格式，也不是文本（UTF-8、GB18030 或 UTF-16 编码）")
    sample = content[:_SAMPLE].decode(decoding.encoding, errors="ignore")
    return DelimitedSheet(path, content, decoding, _separator(sample))


def _decoding(content: bytes) -> Decoding | None:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decoded(content, encoding)
    sample = content[:_SAMPLE]
    if b"\x00" in content:
        # signs and digits have their zero byte second in little-endian text, first in big-endian
        first, second = sample[::2].count(0), sample[1::2].count(0)
        wide = "utf-16-le" if second > first else "utf-16-be"
        usual = max(first, second) > 10 * min(first, second) and max(first, second) * 50 > len(sample)
        return _decoded(content, wide) if usual and len(content) % 2 == 0 else None
    # GB18030 takes UTF-8 for other characters, so UTF-8 is tried first
    return _decoded(content, "utf-8") or _decoded(content, "gb18030")


def _is_binary(content: bytes, encoding: str) -> bool:
    """Whether there are more invisible signs than a text ever has."""
    sample = content[:_SAMPLE].decode(encoding, errors="ignore").encode("utf-8", "ignore")
    return len(sample) - len(sample.translate(None, _INVISIBLE)) > len(sample) // 50


def _decoded(content: bytes, encoding: str) -> Decoding | None:
    """None where the content is not in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    view = memoryview(content)
    marked = False
    try:
        for start in range(0, len(content), _CHUNK):
            text = decoder.decode(view[start : start + _CHUNK])
            marked = marked or _MARK in text
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return Decoding(encoding, marked)


def _separator(sample: str) -> str:
    """The separator that cuts most lines into the same number of cells; the more cells, the better."""
    lines = [line for line in sample.splitlines()[:60] if line.strip()]

    def agreement(separator: str) -> tuple[int, int]:
        try:
            widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=separator))
        except csv.Error:
            return (0, 0)
        return max(((lines_, width) for width, lines_ in widths.items() if width > 1), default=(0, 0))

    return max(_SEPARATORS, key=agreement)


def _unwrapped(cell: str) -> str:
    """``="9901…"``, the way some systems keep numbers as text, without its wrapping."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell
