"""Whether the relation of a row says that it is the head's."""

from __future__ import annotations

import re
import unicodedata

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
