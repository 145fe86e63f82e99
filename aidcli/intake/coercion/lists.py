"""One cell that holds several entries → its pieces, whatever stands between them."""

from __future__ import annotations

import re

_EDGES = " \t\r\n\u3000\xa0•"
_OUTSIDE = r"(?![^(（]*[)）])"  # no closing bracket ahead without its opening one
_SEPARATOR = re.compile(r"(?:[；;、,，|｜\t]\s*[\r\n]+|\r\n?|[；;、,，\n|｜\t])" + _OUTSIDE)
_SLASH = re.compile(r"[/／\\](?!\d{1,14}(?!\d))" + _OUTSIDE)  # but for those of a date
_BULLET = re.compile(r"(?:^|(?<=[\s\dXx]))•|•(?=[\s\d]|$)")  # else it is the middle dot of a name
_NUMBERED = re.compile(
    r"(?<!\d)(?:[(（](\d{1,2})[)）]|(\d{1,2})[.．、:：)）])\s*(?=\D|\d{15})|([①-⑳])[.．、]?\s*"
)
_CIRCLED = 0x245F  # ① is one more


def pieces(raw: str) -> list[str]:
    """The pieces as written, without the blanks round them; some may be ''.

    Separators inside brackets do not count; slashes do where there is no other; 1.张三 2.李四 is taken
    apart at its numbers.
    """
    found = _numbered(raw)
    if not found:
        found = _SEPARATOR.split(raw)
        found = _SLASH.split(raw) if len(found) == 1 else found
        if "•" in raw:
            found = [
                piece for part in found for piece in _BULLET.split(part) if piece.strip() or not part.strip()
            ]
    return [piece.strip(_EDGES) for piece in found]


def _numbered(raw: str) -> list[str]:
    """The pieces of a list numbered from 1 on; none where the numbers do not run on."""
    marks = list(_NUMBERED.finditer(raw))
    numbers = [
        ord(mark.group(3)) - _CIRCLED if mark.group(3) else int(mark.group(1) or mark.group(2))
        for mark in marks
    ]
    if not marks or raw[: marks[0].start()].strip() or numbers != list(range(1, len(marks) + 1)):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(raw)]
    return [raw[mark.end() : end].strip(_EDGES + "；;、,，|/") for mark, end in zip(marks, ends, strict=True)]
