"""Text tables (.csv, .txt): the encoding is decided over the whole file, the separator over its first lines."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ..errors import AidError
from .source import Merge, Row, trimmed, unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = (",", "\t", ";", "|")
_SAMPLE = 64 * 1024
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|table|meta|\?xml|style|div)\b", re.IGNORECASE)
_CHUNK = 2**20


class DelimitedSheet:
    """A text file as one sheet; see `source.Sheet`."""

    hidden = False
    date1904 = False
    merges: tuple[Merge, ...] = ()

    def __init__(self, path: Path, content: bytes, encoding: str, separator: str) -> None:
        self.name = path.stem  # as spreadsheet programs call the one sheet of a text file
        self._path = path
        self._content = content
        self._encoding = encoding
        self._separator = separator
        self._wrapped = b'="' in content or b'=\x00"' in content

    def rows(self) -> Iterator[Row]:
        stream = io.TextIOWrapper(io.BytesIO(self._content), encoding=self._encoding, newline="")
        number = 0
        try:
            reader = csv.reader(stream, delimiter=self._separator)
            width = last_line = 0
            for number, cells in enumerate(reader, start=1):
                if reader.line_num - last_line > 1 and _swallowed(cells, self._separator, width):
                    raise self._broken_quotes(last_line + 1, reader.line_num)
                last_line, width = reader.line_num, max(width, len(cells))
                yield number, trimmed([_unwrapped(cell) for cell in cells] if self._wrapped else cells)
        except csv.Error as error:
            hint = "请用 Excel 或 WPS 打开检查该行附近多余的英文双引号，改好后另存"
            raise unreadable(self._path, f"第{number + 1}行之后分不出单元格", hint) from error

    def _broken_quotes(self, first: int, last: int) -> AidError:
        return AidError(
            "broken_quotes",
            f"文件“{self._path.name}”第{first}行到第{last}行被一个多余或不成对的英文双引号连成了一格，"
            "里面的行会读不到，整个文件没有导入",
            file=self._path.name,
            row=first,
            hint=f"请用记事本打开，删去第{first}行的英文双引号（或补成一对）后保存，再导入",
        )


def _swallowed(cells: list[str], separator: str, width: int) -> bool:
    """Whether a record over several lines holds other records: a quote that was opened by mistake.

    `width` is the number of cells of the widest record so far.
    """
    if width < 3:
        return False
    inside = max((cell.count(separator) for cell in cells if "\n" in cell or "\r" in cell), default=0)
    return inside >= width - 1 or len(cells) > width


def read_delimited(path: Path, content: bytes) -> DelimitedSheet:
    """The one sheet of a text file. Raises `AidError` (``unreadable_workbook``)."""
    encoding = _encoding(content)
    if encoding is None:
        raise unreadable(path, "看到的既不是这些格式，也不是文本（UTF-8 或 GB18030 编码）")
    sample = content[:_SAMPLE].decode(encoding, errors="ignore")
    if _MARKUP.match(sample):
        raise unreadable(path, "看到的是网页或 XML（有的系统把网页存成 .xls）")
    return DelimitedSheet(path, content, encoding, _separator(sample))


def _encoding(content: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return encoding if _decodes(content, encoding) else None
    if b"\x00" in content[:_SAMPLE]:
        return None
    # GB18030 takes UTF-8 for other characters, so UTF-8 is tried first
    return next((encoding for encoding in ("utf-8", "gb18030") if _decodes(content, encoding)), None)


def _decodes(content: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    view = memoryview(content)
    try:
        for start in range(0, len(content), _CHUNK):
            decoder.decode(bytes(view[start : start + _CHUNK]))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


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
