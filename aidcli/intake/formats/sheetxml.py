"""The sheet part of an .xlsx as rows of text cells, while it streams.

Two lanes over one text. Rows written the way nearly every program writes them are cut by a regular expression
that must account for each character of the row; any other row goes to an XML parser, together with all that
stands around the rows. Both lanes share the row counter, so they may take turns row by row.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Generator, Iterator, Sequence

from ..coercion.cells import UNCOMPUTED
from .cutcells import CutCells
from .package import Malformed, Readable
from .safexml import CellText, Utf8Text, XmlFeed, is_utf8, local
from .sheetcells import LAST_COLUMN, NUMBER, TEXT, CellTexts, Places

LAST_ROW = 1_048_576
MOST_PLACES = 2**28  # of all rows together, blank ones before a filled one included

_CHUNK = 2**15
_LONGEST_ROW = 8 * 2**20
_MOST_HELD = 2**20
_ROW_END = "</row>"
_ROW = re.compile(r'\s*<row((?: [\w:]+="[^"<>&]*")*) ?(/?)>')
_BETWEEN_ROWS = re.compile(r'\s*<row r="(\d{1,7})"(?: [\w:]+="[^"<>&]*")* ?></row>', re.ASCII)
_ROW_NUMBER = re.compile(r' r="(\d{1,7})"', re.ASCII)
_PLAIN_CELL = re.compile(r'<c r="([A-Z]++)[0-9]++"([^<>/&]*+)(?:><v>([^<&]*+)</v></c>|/>|></c>)')
_CELL = re.compile(
    r'<c r="([A-Z]++)[0-9]++"([^<>/&]*+)(?:>'
    r"(<f(?:>| [^<>]*[^<>/]>)[^<]*+</f>|<f(?: [^<>]*)?/>)?"
    r'(?:<v>([^<&]*+)</v>|<is><t(?: xml:space="preserve")?>([^<]*+)</t></is>)?</c>|/>)'
)

Row = tuple[int, tuple[str, ...]]


class SheetRows:
    """The rows of one sheet part; to be used once."""

    def __init__(self, texts: CellTexts) -> None:
        self._texts = texts
        self._places = Places()
        self._cut = CutCells(texts, self._places)
        self._row = 0
        self._padding = 0
        self._held = 0
        self._found: list[Row] = []
        self._slow = _SlowLane(self, texts)

    def place(self, letters: str) -> int:
        """The column from 0."""
        return self._places[letters]

    def read(self, stream: Readable) -> Iterator[Row]:
        """Rows that hold something, in order. Raises `Malformed`; IndexError and ValueError mean the same."""
        feed = self._slow.feed.feed
        first = stream.read(_CHUNK)
        if is_utf8(first):
            source = Utf8Text(stream, first, "worksheet", _CHUNK)
            text = yield from self._quick(source)
            while text:
                feed(text.encode())
                yield from self._taken()
                text = source.read()
        else:
            while first:
                feed(first)
                yield from self._taken()
                first = stream.read(_CHUNK)
        feed(b"", True)
        yield from self._taken()

    def _quick(self, source: Utf8Text) -> Generator[Row, None, str]:
        """Both lanes by turns while the rows last; what is left for the parser comes back."""
        text = source.until("<sheetData>")
        head, mark, text = text.partition("<sheetData>")
        self._slow.feed.feed((head + mark).encode())
        while self._slow.ready:
            # a comment or a literal section could hide the end of a row: those belong to the parser
            if "<!" in text or "<?" in text:
                break
            plain = "<f" not in text and "<is" not in text
            whole, mark, text = text.rpartition(_ROW_END)
            pieces = whole.split(_ROW_END) if mark and not self._quick_rows(whole + mark, plain) else []
            for place, piece in enumerate(pieces):
                if not self._quick_row(piece, plain):
                    self._slow.feed.feed((piece + _ROW_END).encode())
                    if not self._slow.ready:
                        return _ROW_END.join([*pieces[place + 1 :], text])
                if self._held > _MOST_HELD:
                    yield from self._taken()
            yield from self._taken()
            if "</sheetData" in text or len(text) > _LONGEST_ROW:
                break
            more = source.read()
            if not more:
                break
            text += more
        return text

    def _quick_rows(self, text: str, plain: bool) -> bool:
        """Takes the rows that are the whole text; False, and none taken, unless each is numbered and not wide.

        `plain` says that there is neither a formula nor a text of its own in any cell.
        """
        gaps, letters, texts = self._cells(text, plain)
        starts = list(itertools.compress(range(len(gaps)), gaps))
        tags = _BETWEEN_ROWS.split("".join(gaps))
        numbers = list(map(int, tags[1::2]))
        if len(tags) != 2 * len(starts) - 1 or any(tags[::2]) or not _go_up(self._row, numbers):
            return False
        row = self._cut.row
        rows = [row(letters[start:end], texts[start:end]) for start, end in itertools.pairwise(starts)]
        if None in rows:
            return False
        for number, cells in zip(numbers, rows, strict=True):
            self._keep(number, cells or ())
        self._row = numbers[-1]
        return True

    def _quick_row(self, piece: str, plain: bool) -> bool:
        """Takes the text of a row, without its end, with empty rows before it; False if the parser must."""
        before, start = self._row, 0
        tag = None
        while tag is None:
            tag = _ROW.match(piece, start)
            if tag is None:
                self._row = before
                return False
            number = _ROW_NUMBER.search(tag.group(1))
            self.begin_row(int(number.group(1)) if number else 0)
            start = tag.end()
            if tag.group(2):
                tag = None
        if piece.find("</", start) < 0:
            return True  # cells that hold a format and nothing else
        gaps, letters, texts = self._cells(piece[start:], plain)
        if not letters or "".join(gaps).strip():
            self._row = before
            return False
        self.end_row(self._cut.row(letters, texts) or self._cut.wide(letters, texts))
        return True

    def _cells(self, text: str, plain: bool) -> tuple[list[str], list[str], list[str]]:
        """What stands between the cells of a text, and of each cell its letters and its own text."""
        parts = (_PLAIN_CELL if plain else _CELL).split(text)
        if plain:
            return parts[::4], parts[1::4], self._cut.plain(parts[2::4], parts[3::4])
        texts = self._cut.mixed(parts[2::6], parts[3::6], parts[4::6], parts[5::6])
        return parts[::6], parts[1::6], texts

    def begin_row(self, number: int) -> None:
        """A row with its own number, 0 where it has none; one that does not go on counts as the next."""
        self._row = number if number > self._row else self._row + 1
        if self._row > LAST_ROW:
            raise Malformed(f"有一行的行号超出了表格的最后一行（第{LAST_ROW}行）")

    def end_row(self, cells: Sequence[str]) -> None:
        self._keep(self._row, cells)

    def _keep(self, number: int, cells: Sequence[str]) -> None:
        end = len(cells)
        while end and not cells[end - 1].strip():
            end -= 1
        if end:
            self._padding += end
            self._held += end
            self._found.append((number, tuple(cells[:end] if end < len(cells) else cells)))
            if self._padding > MOST_PLACES:
                raise Malformed("许多行在很靠右的列里还有内容，大得不合理")

    def _taken(self) -> list[Row]:
        found, self._found, self._held = self._found, [], 0
        return found


def _go_up(before: int, numbers: Sequence[int]) -> bool:
    return (
        bool(numbers)
        and before < numbers[0]
        and numbers[-1] <= LAST_ROW
        and all(map(operator.lt, numbers, numbers[1:]))
    )


class _SlowLane:
    """The handlers of the XML parser; what they find goes the same way as the quick lane's."""

    def __init__(self, rows: SheetRows, texts: CellTexts) -> None:
        self.ready = False  # between two rows of a sheet whose names bear no prefix
        self.feed = XmlFeed(self._start, self._end, self._words)
        self._rows = rows
        self._texts = texts
        self._inside = False
        self._cells: dict[int, str] = {}
        self._place = -1
        self._kind = NUMBER
        self._formula = False
        self._value: str | None = None
        self._inline: str | None = None
        self._phonetic = 0
        self._keeping = False
        self._text = CellText()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name) if ":" in name else name
        if not self._inside:
            self._inside = tag == "sheetData"
            self.ready = self._inside and tag == name
        elif tag == "c":
            self._start_cell(attributes)
        elif tag in ("v", "t"):
            self._keeping = not self._phonetic
        elif tag == "row":
            self.ready = False
            number = attributes.get("r", "")
            self._rows.begin_row(int(float(number)) if number else 0)
            self._cells.clear()
            self._place = -1
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._phonetic += 1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        letters = attributes.get("r", "").rstrip("0123456789")
        self._place = self._rows.place(letters) if letters else self._place + 1
        if self._place >= LAST_COLUMN:
            raise Malformed("有一行的格子超出了表格的最后一列（XFD）")
        self._kind = self._texts.kind(attributes.get("t", ""), attributes.get("s", ""))
        self._formula = False
        self._value = self._inline = None

    def _words(self, words: str) -> None:
        if self._keeping:
            self._text.add(words)

    def _end(self, name: str) -> None:
        tag = local(name) if ":" in name else name
        if tag == "v":
            self._value, self._keeping = self._text.take(), False
        elif tag == "t":
            self._inline, self._keeping = (self._inline or "") + self._text.take(), False
        elif tag == "c":
            self._end_cell()
        elif tag == "row":
            cells = [""] * (max(self._cells, default=-1) + 1)
            for place, cell in self._cells.items():
                cells[place] = cell
            self._rows.end_row(cells)
            self.ready = self._inside and tag == name
        elif tag == "rPh":
            self._phonetic -= 1
        elif tag == "sheetData":
            self._inside = self.ready = False

    def _end_cell(self) -> None:
        if self._value:
            self._cells[self._place] = self._texts.text(self._kind, self._value)
        elif self._inline is not None:
            self._cells[self._place] = self._texts.text(TEXT, self._inline)
        elif self._formula and (self._value is None or self._kind != TEXT):
            self._cells[self._place] = UNCOMPUTED
