"""Lines over the members of a household that name its head: 户主：张三　身份证号：….

Mostly the head stands again in the first row below. Where that is a member's row, the line is all there is of the
head: where it has their number, it is taken for the head's row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from .... import idnumber, names
from ....errors import Problem
from ....idnumber import IdReading
from ....model import Record
from ...fields import FIELDS
from ..persons.members import MISSING
from ..values import ValueReader, Values

_TITLE = re.compile(
    r"\A(?:第?[\d一二三四五六七八九十百]+户?[、:.\s]*)?户主(?:姓名)?[:\s]+(?P<name>[^\d:;,()\s]{2,15})(?P<rest>.*)\Z"
)
_NO_NAME = re.compile(r"签[字名章]|盖章|姓名|号码|确认|关系|身份证|手印|联系")
_NUMBER = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)")
_MOST_CELLS = 8


class Title(NamedTuple):
    """A head as the line names them, with the number where it has one."""

    name: str
    id: IdReading


def title_of(cells: Iterable[str], today: date) -> Title | None:
    """The head whom a line names; None for any other row."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not 0 < len(filled) <= _MOST_CELLS:
        return None
    text = unicodedata.normalize("NFKC", " ".join(filled))
    found = _TITLE.match(text)
    if found is None or _NO_NAME.search(found["name"]) or not names.is_plausible(found["name"]):
        return None
    number = _NUMBER.search(found["rest"])
    reading = idnumber.read(number.group(), False, today) if number else MISSING
    return Title(names.compact(found["name"]), reading)


def last_title(rows: Sequence[Sequence[str]], today: date) -> Title | None:
    """The head whom a line above a header names, the nearest first."""
    return next((title for cells in reversed(rows) if (title := title_of(cells, today))), None)


def values_of(title: Title, values: Values) -> Values:
    """What the first row below the line says of the household, as the values of its head."""
    words = {
        field: word for field, word in values.words.items() if FIELDS[field].fills and not FIELDS[field].own
    }
    words |= {"name": title.name, "relation": "户主"}
    numbers = {field: number for field, number in values.numbers.items() if FIELDS[field].household}
    return Values(words, numbers, {"id": title.id}, set())


def with_head(head: Record, member: Record) -> Record:
    """One record of both: the head first."""
    shift = len(head.persons)
    facts = (fact._replace(person=fact.person + shift) for fact in member.facts)
    return Record((*head.persons, *member.persons), (*head.facts, *facts))


def taken_note(reader: ValueReader, row: int, title: Title) -> Problem:
    message = (
        f"户主“{title.name}”只写在这一户上方，下面没有户主自己的一行：按上方的一行收作户主，这一行所列的户金额算作这一户的；"
        "请核对，最好补上户主一行后重新导入"
    )
    return reader.problem(row, "relation", title.name, "head_from_title", message)


def lost_note(reader: ValueReader, row: int, title: Title) -> Problem:
    message = (
        f"户主“{title.name}”只写在这一户上方，没有身份证号，下面也没有户主自己的一行：这一户没有收作在册，不会发放；"
        "请补上户主一行（与户主关系写“户主”）后重新导入"
    )
    return reader.problem(row, "relation", title.name, "head_in_title", message)
