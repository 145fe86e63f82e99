"""What is asked of whole columns of plain rows: which rows have a value, contradict themselves or pay nothing."""

from __future__ import annotations

from typing import Any

from ..vocabulary.spec import FactSpec
from .leavers.remarks import MAIN_SUMS, SUMS, pays_nothing
from .persons.lanes import NOTHING, ODD

Columns = dict[str, list[Any]]


def without(column: list[Any], odd: set[int]) -> None:
    """Rows without a value in a column that needs one are odd."""
    if NOTHING in column:
        odd.update(place for place, value in enumerate(column) if value == NOTHING)


def settle_numbers(columns: Columns, odd: set[int]) -> None:
    """A row that contradicts its own number is odd."""
    for at, field in enumerate(("birth", "sex"), start=1):
        for place, (own, said) in enumerate(zip(columns["id"], columns.get(field, ()), strict=False)):
            if said and own and own is not ODD and said != own[at]:
                odd.add(place)


def settle_sums(columns: Columns, odd: set[int]) -> None:
    """A row of a roster that pays 0 is odd."""
    for field in MAIN_SUMS:
        column = columns.get(field, ())
        if 0 in column:
            odd.update(
                place for place, value in enumerate(column) if value == 0 and _pays_nothing(columns, place)
            )


def _pays_nothing(columns: Columns, place: int) -> bool:
    figures = {field: column[place] for field, column in columns.items() if field in SUMS}
    return pays_nothing({field: value for field, value in figures.items() if isinstance(value, int)})


def needed_values(spec: FactSpec, columns: Columns) -> list[Any]:
    """The column that a fact needs, with nothing where another column speaks against it."""
    column = columns[spec.needs]
    if spec.unless_zero:
        column = _sums_got(column)
    if spec.denied_by:
        blank = [NOTHING] * len(column)
        told = zip(column, columns.get(spec.denied_by, blank), columns.get(spec.month, blank), strict=True)
        column = [NOTHING if spec.is_denied(word, month) else value for value, word, month in told]
    return column


def _sums_got(column: list[Any]) -> list[Any]:
    """A column of sums in which 0 says nothing."""
    return [value or NOTHING for value in column] if 0 in column else column


def figures(column: list[Any] | None) -> list[Any] | None:
    """A column of figures as the database takes it: None where the cell says nothing."""
    if column is None or NOTHING not in column:
        return column
    return [None if value == NOTHING else value for value in column]
