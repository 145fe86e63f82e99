"""What a word of the vocabulary says of itself: how a column is read, and which fact follows from it."""

from __future__ import annotations

from typing import Literal, NamedTuple

FieldType = Literal[
    "name",  # a person's name
    "id",  # a citizen identity number, in whatever state
    "text",
    "phone",
    "day",  # ISO day
    "month",  # YYYY-MM
    "money",  # integer fen
    "count",
    "yes_no",
    "grade",  # 1..4
    "account",
    "choice",  # one of `choices`
    "list",  # several values in one cell
    "area",  # hundredths of a square metre
    "term",  # ISO day that may lie ahead: the end of a contract, the day by which to answer
    "outcome",  # found|none|unanswered, or what an authority answered as written
    "thing",  # text; nothing where the cell says that nothing was found
    "months",  # from which month to which, in one cell
    "days",  # from which day to which, in one cell
    "kind_grade",  # kind and grade of a disability in one cell; `choices` are the kinds
    "paid_state",  # one of `choices`; never "paid" where something in the cell speaks against it
]


class FieldSpec(NamedTuple):
    """One word of the vocabulary.

    `fills`: a vertically merged cell speaks for all its rows, and members listed under their head inherit
    it. `household`: belongs to the household, so it is read from the head's row only where members stand
    under it. `choices`: what may be written → canonical word, as `choices.choice` reads it. `repeats`: may
    stand in several columns of one row, once for each member of the household. `own`: though merged cells
    fill, members do not inherit it from their head. `once`: a sum that is not told by the month, so that 元/学期 and
    元/年 are plain 元.
    """

    type: FieldType
    label: str
    fills: bool = False
    household: bool = False
    choices: dict[str, str] | None = None
    repeats: bool = False
    own: bool = False
    once: bool = False


class FactSpec(NamedTuple):
    """A fact that follows from columns alone: emitted when `needs` has a value.

    The slots name the field whose value goes there. `code` may also be a constant written ``=word``, and
    ``=programme`` stands for the template's programme. `n` keeps facts of one kind and person apart.
    `unless_zero`: a sum that people get; where a list of several kinds of it says 0, they do not get this one.
    `denied_by`: a field of which some words (`denied`) say that it is not so; others (`stale`) that it is not so
    now, and then it is told only of the month that the row itself names.
    """

    kind: str
    needs: str
    n: int = 0
    fen: str = ""
    num: str = ""
    day: str = ""
    month: str = ""
    code: str = ""
    text: str = ""
    unless_zero: bool = False
    denied_by: str = ""
    denied: frozenset[str] = frozenset()
    stale: frozenset[str] = frozenset()

    def is_denied(self, word: str, month: str) -> bool:
        """Whether the word in the field `denied_by` speaks against the fact; `month` is the row's own."""
        return word in self.denied or (word in self.stale and not month)
