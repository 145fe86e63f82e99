"""People whom nobody could name, as shelters and mortuaries list them: 无名氏, 无名氏1, 无名男2号."""

from __future__ import annotations

import re

_NUMBERED = re.compile(
    r"(?:无名(?:氏|者|[男女](?:子|性|婴|尸)?)?|不知名|佚名|未知名)[-_#第]?\d{1,6}号?\Z", re.ASCII
)


def is_unnamed(name: str) -> bool:
    """Whether a compacted name says that there is none, with the number by which the list tells such people apart."""
    return _NUMBERED.match(name) is not None
