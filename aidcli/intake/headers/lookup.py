"""What a column means by its heading and those above it, in the words of one template."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..fields import FIELDS
from ..vocabulary.identity import OTHERS
from .wording import SUM_WORDS, Known, Vocabulary, bare_key, heading_key, persons_in

# Under 申报人 or 监护人 these are not the person's own.
_WHOSE = frozenset(("name", "id", "phone", "account", "choice", "day", "grade", "yes_no", "text", "list"))
_AND = re.compile("[、,，/和及与]")
_STAFF = re.compile("(?:人员|干部|职工|工作者)$")
_FILLING = re.compile(r"(?:基本|主要|相关|个人)?(?:信息|情况|资料|数据)\Z")


def look_up(vocabulary: Vocabulary, path: Sequence[str]) -> Known | None:
    """What a column means by its heading and those above it, nearest first.

    A heading of several levels as the template writes it; parent and child in one word (死者 + 姓名); the child
    alone, unless a parent names somebody else.
    """
    *above, lowest = (heading_key(one) for one in path)
    leaf = bare_key(lowest) or lowest
    for parents, field, rank in (*vocabulary.paths.get(lowest, ()), *vocabulary.paths.get(leaf, ())):
        if _in_order(parents, above):
            return Known(field, rank, "level", "/".join((*parents, leaf)))
    for parent in reversed(above):
        for key in joined(parent, lowest):
            found = vocabulary.known(key)
            if found:
                return found._replace(how="level")
    found = vocabulary.known(lowest)
    if found is None and leaf in SUM_WORDS:  # 领取金额 over 家庭补差, 重点救助, 小计
        return _sum_of(vocabulary, above)
    if found is None or not above:
        return found
    whose = _persons_of(vocabulary, found.field)
    strangers = any(
        vocabulary.is_of_another(parent) and not persons_in(parent) <= whose for parent in above
    ) and not persons_in(lowest)
    return None if strangers and FIELDS[found.field].type in _WHOSE else found


def _sum_of(vocabulary: Vocabulary, above: Sequence[str]) -> Known | None:
    """The sum of money that the nearest known parent names: its 小计 is that sum."""
    found = next((known for parent in reversed(above) if (known := vocabulary.known(parent))), None)
    return found._replace(how="level") if found and FIELDS[found.field].type == "money" else None


def sum_of_group(
    vocabulary: Vocabulary, paths: Sequence[Sequence[str]], place: int, found: Known | None
) -> Known | None:
    """What a column means beside its neighbours: 小计 under one heading with the parts is what is paid in all."""
    path = paths[place]
    if (
        found is None
        or found.field != "base"
        or len(path) < 2
        or bare_key(heading_key(path[-1])) not in SUM_WORDS
    ):
        return found
    group = [other for other in paths if len(other) == len(path) and tuple(other[:-1]) == tuple(path[:-1])]
    has_total = any(field == "total" for field, _ in vocabulary.exact.values())
    return found._replace(field="total") if has_total and len(group) > 2 else found


def _persons_of(vocabulary: Vocabulary, field: str) -> frozenset[str]:
    """Whom the headings of a second person name, where a field tells something of that one: 经办 for staff_post."""
    pair = next((pair for _, *pair in OTHERS if field.startswith(pair[0].removesuffix("name"))), None)
    if pair is None:
        return frozenset()
    return frozenset(
        word for key, (known, _) in vocabulary.exact.items() if known in pair for word in persons_in(key)
    )


def _in_order(parents: Sequence[str], above: Sequence[str]) -> bool:
    """Whether the parents that a template names stand above a heading, in their order."""
    rest = iter(above)
    return all(
        any(parent in (one, bare_key(one), _stem(bare_key(one))) for one in rest) for parent in parents
    )


def _stem(parent: str) -> str:
    return _FILLING.sub("", parent) or parent


def joined(parent: str, child: str) -> list[str]:
    """Parent and child as one heading; an end of the parent that begins the child stands once."""
    words = []
    parent = bare_key(parent)
    for one in dict.fromkeys((parent, _stem(parent))):
        shared = next((n for n in range(min(len(one), len(child)), 0, -1) if one.endswith(child[:n])), 0)
        words.append(one + child)
        if shared >= 2:
            words.append(one + child[shared:])
    several = [part for part in _AND.split(_stem(parent)) if part]
    if len(several) > 1 and all(map(_STAFF.search, several)):  # 经办人员、村干部信息 over 姓名
        words += [part + child for part in several]
    return words
