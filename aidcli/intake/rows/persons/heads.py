"""Heads of households: whether a row is the head's, and the household that it opens for the rows below."""

from __future__ import annotations

import re
import unicodedata

from ....idnumber import IdReading
from ...fields import FIELDS
from ..values import Values

HEAD_RELATIONS = frozenset(
    (
        "户主",
        "本人",
        "本人/户主",
        "户主/本人",
        "户主本人",
        "本人或户主",
        "户主(本人)",
        "申请人",
        "0",
        "01",
        "00",
    )
)

_BRACKET = re.compile(r"[(\[【〔]([^)\]】〕]*)[)\]】〕]?")
_KIN = re.compile(r"[妻夫媳婿孙侄甥父母爸妈兄弟姐妹嫂]|配偶|爱人|儿|之|长子|次子|子女|长女|次女")


def is_head_relation(relation: str) -> bool:
    """Whether a relation as written says 户主, notes in brackets aside: 户主（已故）, 本人（户主）.

    户主（妻） is not: the bracket may as well say whose wife.
    """
    relation = unicodedata.normalize("NFKC", relation)
    if relation in HEAD_RELATIONS:
        return True
    notes = "".join(_BRACKET.findall(relation))
    return _BRACKET.sub("", relation) in HEAD_RELATIONS and not _KIN.search(notes)


class Household:
    """The household whose head's row came last, for rosters that list members under their head."""

    def __init__(self, head: IdReading, words: dict[str, str]) -> None:
        self.head = head
        self.headless = False  # the head has left, and nobody says that of the others
        self.words = {
            field: word for field, word in words.items() if FIELDS[field].fills and not FIELDS[field].own
        }

    def holds(self, values: Values) -> bool:
        """Whether a member's row does not speak against it."""
        case, head = values.words.get("case_number"), values.ids.get("head_id")
        other_case = case is not None and case != self.words.get("case_number", case)
        other_head = head is not None and head.whole and self.head.whole and head.value != self.head.value
        return not (other_case or other_head)
