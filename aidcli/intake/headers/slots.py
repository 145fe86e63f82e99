"""Households spread over columns: 成员1姓名, 成员1身份证号, 成员2姓名 … read as one set of columns a member."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .levels import Block
from .lookup import look_up
from .wording import Column, Known, Slot, Vocabulary, bare_key, heading_key, is_of_another

_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)}
_NUMBER = (
    r"(?:NO\.?|[-_])?\(?(\d{1,2}(?![\d类档级人口])|十?[一二三四五六七八九十](?![览般共样类档级人口]))\)?"
)
_PERSON = r"(?:成员|家庭人[员口]|家属|亲属|保障[对人][象员]|共同生活人员?|共同申请人|共同居住人|同住人)"
_FORMS = (
    re.compile(rf"(?P<stem>.*?{_PERSON}){_NUMBER}[号位]?[:._/-]?(?P<rest>.*)\Z"),
    re.compile(rf"(?P<stem>)第{_NUMBER}[位个名](?P<rest>[^\d]*?{_PERSON}.*)\Z"),
    re.compile(rf"(?P<stem>.+?){_NUMBER}(?P<rest>)\Z"),
)
# One of several persons beside the one of the row: what stands below is told of that person alone.
_ONE_OF_SEVERAL = re.compile(
    rf"(?:{_PERSON}|共有人|子女|[赡抚扶]养人){_NUMBER}|第{_NUMBER}[位个名][^\d]*?{_PERSON}"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")
_MEMBER = re.compile(r"成员|共同生活|家庭人员|保障[对人][象员]|共同[申居]|同住人")
_MEMBER_WORDS = re.compile(
    r"(?:其他)?(?:共同生活)?(?:的)?(?:家庭)?(?:成员|人员?|保障对象|保障人员|共同申请人|共同居住人|同住人)(?:信息|情况)?"
)


class Slots(NamedTuple):
    """The columns of each member, all their places, and the head's own columns where their headings are bare.

    `unclear`: columns of members that cannot be told apart, each with its field. `others`: further columns that
    tell something of one of several persons (家庭成员1/年龄), never of the one whom the row is about.
    """

    groups: tuple[Slot, ...]
    places: frozenset[int]
    own: Mapping[int, Known]
    unclear: tuple[tuple[str, Column], ...]
    others: frozenset[int] = frozenset()


def find_slots(vocabulary: Vocabulary, block: Block, headings: Sequence[str]) -> Slots:
    """Numbered headings go by their number; bare ones (姓名, 身份证号, 姓名, 身份证号 …) from left to right.

    Bare ones count where the same headings come again and again in one order. Nothing is found in templates
    without fields that repeat.
    """
    others = frozenset(place for place, path in enumerate(block.paths) if _is_of_one(vocabulary, path))
    if not vocabulary.slots:
        return Slots((), frozenset(), {}, (), others)
    numbered: dict[int, dict[str, Column]] = {}
    bare: list[tuple[str, Column]] = []
    unclear: list[tuple[str, Column]] = []
    for place, path in enumerate(block.paths):
        found = _slot(vocabulary, path)
        if found is None:
            continue
        number, field, key = found
        column = Column(place, headings[place], "", "level" if len(path) > 1 else "exact", 100, key)
        if number is None:
            bare.append((field, column))
        elif field in numbered.setdefault(number, {}):
            unclear.append((field, column))
        else:
            numbered[number][field] = column
    own = _own(vocabulary, block, bare, others)
    bare = [(field, column) for field, column in bare if column.place not in own]
    slots = _with_followers([numbered[number] for number in sorted(numbered)], bare)
    if not slots:
        slots = _periodic(bare)
        for several in _kinds(bare) if not slots else ():
            found_slots = _periodic(several)
            slots += found_slots
            if not found_slots and any(
                count > 1 for count in Counter(field for field, _ in several).values()
            ):
                unclear += several
    slots = [slot for slot in slots if {"member_name", "member_id"} & slot.keys()]
    places = frozenset(column.place for slot in slots for column in slot.values())
    every = places | {column.place for _, column in unclear}
    return Slots(tuple(slots), every, own, tuple(unclear), others - every)


def _with_followers(
    slots: list[dict[str, Column]], bare: Sequence[tuple[str, Column]]
) -> list[dict[str, Column]]:
    """Numbered names with the bare columns right of each (家庭成员1, 身份证号, 家庭成员2, 身份证号), where all have the same."""
    whole = [dict(slot) for slot in slots]
    for field, column in bare:
        mine = [slot for slot in whole if "member_name" in slot and slot["member_name"].place < column.place]
        nearest = max(mine, key=lambda slot: slot["member_name"].place, default=None)
        if nearest is None or field in nearest:
            return slots
        nearest[field] = column
    return whole if len({frozenset(slot) for slot in whole}) == 1 else slots


def _is_of_one(vocabulary: Vocabulary, path: Sequence[str]) -> bool:
    """Whether a column is that of one of several persons, unless the template lists it with the number."""
    if not any(_ONE_OF_SEVERAL.search(heading_key(one)) for one in path):
        return False
    found = look_up(vocabulary, path)
    return found is None or not _ONE_OF_SEVERAL.search(found.known)


def is_of_one(heading: str) -> bool:
    """Whether a heading, levels joined, names one of several persons: 家庭成员2/身份证号, 共同申请人1姓名."""
    return _ONE_OF_SEVERAL.search(heading_key(heading)) is not None


def _slot(vocabulary: Vocabulary, path: Sequence[str]) -> tuple[int | None, str, str] | None:
    """Number (None where there is none), field and key of a member's column."""
    if not path:
        return None
    *above, lowest = (heading_key(one) for one in path)
    if any(is_of_another(parent) and not _MEMBER.search(parent) for parent in above):
        return None
    if any(is_of_another(note) for note in _BRACKETS.findall(lowest)):
        return None
    joined = [f"{parent}{lowest}" for parent in reversed(above) if _MEMBER.search(parent)]
    for key in (lowest, *joined):
        for form in _FORMS:
            found = form.match(key)
            if found and (field := _field(vocabulary, found["stem"] + found["rest"], "姓名")):
                return _number(found.group(2)), field, key
    key = joined[0] if joined else lowest
    field = _field(vocabulary, key)
    return (None, field, key) if field else None


def _field(vocabulary: Vocabulary, key: str, alone: str = "") -> str:
    """The field that repeats, for 家庭成员姓名, 成员姓名 or 姓名; 家庭成员 by itself is read as `alone`."""
    key = bare_key(key)
    if key in vocabulary.slots:
        return vocabulary.slots[key]
    if not _MEMBER.search(key):
        return ""
    return vocabulary.slots.get(_MEMBER_WORDS.sub("", key, count=1) or alone, "")


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return 10 + _DIGITS[word[1]] if len(word) == 2 else _DIGITS[word]


def _own(
    vocabulary: Vocabulary, block: Block, bare: Sequence[tuple[str, Column]], others: frozenset[int]
) -> dict[int, Known]:
    """The first bare columns, where they are the head's: no other column is, and no member's relation comes before.

    A number right of 户主姓名 with no other name before it, be it that of 家庭成员姓名; or the first name and
    number of a sheet that has none of 户主 at all and says nobody's relation to them. Where columns of members
    are numbered (`others`) those without a number are the head's.
    """
    of_others = [column.place for field, column in bare if field != "member_id"]
    found = [(place, look_up(vocabulary, path)) for place, path in enumerate(block.paths) if path]
    in_doubt = others | {column.place for _, column in bare}  # 身份证号 may be listed as the head's too
    known = {one.field: place for place, one in reversed(found) if one and place not in in_doubt}
    bare = _kinds(bare)[0]
    fields = [field for field, _ in bare]
    if not bare or "id" in known or "id" not in vocabulary.periods:
        return {}
    first = bare[0][1]
    if "name" in known:
        between = any(known["name"] < place < first.place for place in of_others)
        mine = fields[0] == "member_id" and first.place > known["name"] and not between
        return {first.place: Known("id", 900, "bare", first.known)} if mine else {}
    if others:
        bare = [one for one in bare if one[0] != "member_relation"]
        fields = [field for field, _ in bare]
        if sorted(fields) != ["member_id", "member_name"]:
            return {}
    elif fields[:2] != ["member_name", "member_id"] or fields.count("member_relation") == 1:
        return {}
    return {
        column.place: Known(field.removeprefix("member_"), 900, "bare", column.known)
        for field, column in bare[:2]
    }


def _kinds(bare: Sequence[tuple[str, Column]]) -> tuple[list[tuple[str, Column]], list[tuple[str, Column]]]:
    """Columns that only say 姓名, and those that say 成员姓名."""
    worded = {column.place for _, column in bare if _MEMBER.search(column.known)}
    if worded:  # a bare 关系 goes with them
        worded |= {column.place for field, column in bare if field == "member_relation"}
    return [one for one in bare if one[1].place not in worded], [
        one for one in bare if one[1].place in worded
    ]


def _periodic(bare: Sequence[tuple[str, Column]]) -> list[dict[str, Column]]:
    """Columns as members where the same headings come again and again, each with a name; none otherwise.

    Numbers alone may be one a member as well.
    """
    slots: list[dict[str, Column]] = []
    for field, column in bare:
        if not slots or field in slots[-1]:
            slots.append({})
        slots[-1][field] = column
    regular = len({tuple(slot) for slot in slots}) == 1
    return slots if len(slots) > 1 and regular else []
