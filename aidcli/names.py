"""Names as people write them and the form in which two of them are compared.

The comparison form is frozen: content keys are made from it. A change needs a new `FORM_VERSION`.
"""

from __future__ import annotations

import re
import unicodedata

FORM_VERSION = "n1"

_DOTS = dict.fromkeys(map(ord, "·•‧∙⋅・･．.。｡˙●"), "·")
_NOTE = re.compile(r"[（(\[【〔][^）)\]】〕]*[）)\]】〕]?")
_BLANK = re.compile(r"[\s​﻿ᅟ]+")


def compact(raw: str) -> str:
    """The comparison form: full-width folded, blanks and notes in brackets gone, one kind of middle dot."""
    text = unicodedata.normalize("NFKC", raw.translate(_DOTS))
    text = _BLANK.sub("", _NOTE.sub("", text)).translate(_DOTS)
    return text.strip("·'’\"").upper()


def note(raw: str) -> str:
    """What stands in brackets behind a name (``（已故）``), without the brackets; '' if nothing does."""
    found = _NOTE.search(unicodedata.normalize("NFKC", raw))
    return found.group().strip("（()）[]【】〔〕 ") if found else ""


def is_plausible(name: str) -> bool:
    """Whether a compacted name looks like one: two letters or more, no digits."""
    return len(name) >= 2 and not any(letter.isdigit() for letter in name)
