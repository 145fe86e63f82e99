"""The columns of a sheet as plain rows are read: one lane each, a cell at a time without looking aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from .... import idnumber, names
from ...coercion import answers, quantities
from ...coercion.cells import CellError, NumberText, all_money
from ...fields import FIELDS
from ..leavers import standing
from ..leavers.watching import Watched
from ..values import Column, name_of, value_of
from . import childclass
from .members import OTHER_FIELDS

# What a cell is read as: a value, NOTHING, or ODD where the row reader has to look at the row.
NOTHING = ""
ODD = None
_REMEMBERED = 400_000
_BRACKETS = "（([【〔"
_SEX = ("female", "male")  # by the last but one digit of a number
# Columns whose mere presence in a row names further persons.
_SEVERAL = frozenset(("member_names", "member_ids")) | OTHER_FIELDS

Read = Callable[[str], Any]


class Remembered(dict[str, Any]):
    """What each text of a column is read as; forgets everything when it grows too large."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, raw: str) -> Any:
        if len(self) > _REMEMBERED:
            self.clear()
        found = self[raw] = self._read(raw)
        return found


class Lane(NamedTuple):
    """One column: where it stands, and what was made of its texts, by the type that the reader gave them."""

    field: str
    place: int
    money: bool
    yuan: bool
    figures: Read | None
    read: Read
    remembered: dict[type, Remembered]

    def values(self, raw: Sequence[str]) -> list[Any]:
        if self.figures is not None:  # hardly a sum comes twice: remembering would cost more than it saves
            if self.yuan and (cents := all_money(raw)) is not None:
                return cents
            try:
                found = list(map(self.figures, raw))
            except CellError:
                return list(map(self.read, raw))
            return [NOTHING if value is None else value for value in found] if None in found else found
        kinds = set(map(type, raw))
        if len(kinds) == 1:
            return list(map(self._of(kinds.pop()).__getitem__, raw))
        by_kind = {kind: self._of(kind) for kind in kinds}
        return [by_kind[type(cell)][cell] for cell in raw]

    def _of(self, kind: type) -> Remembered:
        found = self.remembered.get(kind)
        if found is None:
            found = self.remembered[kind] = Remembered(self.read)
        return found


def lane(column: Column, programme: str) -> Lane:
    """The lane of a mapped column of a roster of `programme`, or of another list."""
    field = column.field
    kind = FIELDS[field].type
    if field in _SEVERAL:
        read: Read = _nothing_else
    elif field == "name":
        read = _name
    elif kind == "id":
        read = _id_of(column) if field == "id" else _head_of(column)
    elif field == "disability_card":
        read = _card
    elif field == "vehicle_plate":
        read = _plate_of(column)
    elif field in standing.FIELDS_TOLD:
        read = _state_of(column)
    elif field == standing.REMOVED_IN:
        read = _nothing_else
    elif field == childclass.FIELD:
        read = _class_of(column, programme)
    else:
        read = _value_of(column)
    figures = column.numbers if kind == "money" else None
    yuan = isinstance(figures, partial) and figures.keywords.get("factor") == 1
    return Lane(field, column.place, kind == "money", yuan, figures, read, {})


def guard(column: Column) -> Lane:
    """The lane of a column that names further persons: a row is plain where it is blank."""
    return Lane(f"{column.field}@{column.place}", column.place, False, False, None, _nothing_else, {})


def watch(column: Watched) -> Lane:
    """The lane of a column that is not read: a row is plain where it does not speak of leaving."""

    def read(raw: str) -> Any:
        return ODD if column.may_speak(raw) else NOTHING

    return Lane(f"remark@{column.place}", column.place, False, False, None, read, {})


def _nothing_else(raw: str) -> Any:
    return NOTHING if not raw.strip() else ODD


def _name(raw: str) -> Any:
    name = names.compact(raw)
    plain = names.is_plausible(name) and not any(bracket in raw for bracket in _BRACKETS)
    if not plain or names.is_masked(raw) or names.has_private_use(raw):
        return ODD
    return name if name_of(raw) == name else ODD


def _id_of(column: Column) -> Read:
    """(number, birth date, sex) where nothing has to be noted of it."""
    ids = column.ids
    assert ids is not None

    def read(raw: str) -> Any:
        kind, value = ids(raw)
        if kind != "valid" or (value != raw and _is_noted(raw)):
            return ODD
        return value, _iso(value[6:14]), _SEX[int(value[16]) % 2]

    return read


def _is_noted(raw: str) -> bool:
    """Whether something would be noted of a whole number as it is written."""
    return bool(idnumber.is_wrapped(raw) or idnumber.is_repaired(raw) or idnumber.note(raw))


@lru_cache(maxsize=65536)
def _iso(digits: str) -> str:
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _head_of(column: Column) -> Read:
    own = _id_of(column)
    return lambda raw: own(raw) if raw else NOTHING


def _card(raw: str) -> Any:
    """(number, category, grade, as written) of a card in its plain form of twenty characters."""
    if not raw:
        return NOTHING
    card = answers.disability_card(raw) if len(raw) == 20 and not isinstance(raw, NumberText) else None
    if card is None or card.id.kind != "valid" or card.id.value != raw[:18]:
        return ODD
    return card.id.value, card.category, card.grade, raw


def _plate_of(column: Column) -> Read:
    one = _value_of(column)
    return lambda raw: ODD if quantities.plates(raw) else one(raw)


def _state_of(column: Column) -> Read:
    """A column of the state on a roster: whoever has left, or may have, is looked at."""
    one = _value_of(column)

    def read(raw: str) -> Any:
        value = one(raw)
        return ODD if value is not ODD and standing.is_over(value, column.field) else value

    return read


def _class_of(column: Column, programme: str) -> Read:
    """A column of the class of a child: one of the other programme is looked at."""
    one = _value_of(column)

    def read(raw: str) -> Any:
        value = one(raw)
        return ODD if value is not ODD and childclass.is_other(value, programme) else value

    return read


def _value_of(column: Column) -> Read:
    def read(raw: str) -> Any:
        if not raw:
            return NOTHING
        try:
            value = value_of(column, raw)
        except CellError:
            return ODD
        return NOTHING if value is None else value

    return read
