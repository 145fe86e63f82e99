"""The number of the person a row is about: its own column's, or the one with which a disability card begins."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from .... import idnumber
from ....errors import Problem
from ....idnumber import IdReading
from ...coercion import answers
from ...coercion.cells import NumberText, is_empty, shown
from ...templates import Template
from ..values import ValueReader, Values
from .members import MISSING, id_note

_CARD = "disability_card"
_GRADE = "disability_grade"
_HOLDER = 18  # letters of a card's number that are its holder's


def grade_by_card(template: Template, fields: Container[str]) -> bool:
    """Whether a list that is about grades has no column of them: the cards' numbers have to tell them."""
    needed = template.fields.get(_GRADE)
    return needed is not None and needed.required and _CARD in fields and _GRADE not in fields


def grade_untold(
    template: Template, reader: ValueReader, row: int, cells: tuple[str, ...], today: date
) -> list[Problem]:
    """The note on a row whose card does not tell the grade that no column tells."""
    raw = reader.raw(_CARD, cells)
    if not grade_by_card(template, reader.by_field) or answers.disability_card(raw, today=today):
        return []
    said = "没有填写" if is_empty(raw) else f"写的是“{shown(raw)}”，不是完整的20位残疾证号"
    text = (
        f"没有残疾等级一列，列“{reader.heading(_CARD)}”{said}，残疾等级没有记下；请补上证号或等级后重新导入"
    )
    return [reader.problem(row, _CARD, raw, "grade_untold", text)]


def own_id(
    reader: ValueReader, row: int, cells: tuple[str, ...], values: Values, today: date
) -> tuple[IdReading, list[Problem]]:
    """The number, and the notes on it where it is not whole or the card says otherwise.

    What is written of a card's number is kept as any number is: with a wrong check digit, masked, in part.
    """
    own = values.ids.get("id", MISSING)
    raw = reader.raw(_CARD, cells)
    card = _holder(values.words.get(_CARD, ""), raw, today)
    if card.kind == "valid" and not own.whole and _completes(card.value, own):
        return card, _taken(reader, row, cells)
    if own.kind == "missing" and card.kind == "cut":
        text = "没有号码，残疾证号又按数字存放，15位之后已丢失，只按前15位保留；请改为文本格式后重填"
        return card, [reader.problem(row, _CARD, raw, "card_cut", text)]
    if own.kind == "missing" and card.kind in ("bad_check", "masked", "scientific"):
        return card, id_note(reader, row, _CARD, card, raw)
    problems: list[Problem] = []
    if card.kind == "valid" and own.value and own.value != card.value:
        text = f"列“{reader.heading(_CARD)}”前18位与本人身份证号不同，请核对"
        problems.append(reader.problem(row, _CARD, raw, "card_id_mismatch", text))
    if "id" in reader.by_field and "id" not in values.refused:
        problems += id_note(reader, row, "id", own, reader.raw("id", cells))
    return own, problems


def _holder(written: str, raw: str, today: date) -> IdReading:
    """What a card's number says of its holder's."""
    if not written:
        return MISSING
    card = idnumber.read(written, type(raw) is NumberText, today)
    return IdReading(card.kind, card.value[:_HOLDER]) if card.kind == "masked" else card


def _taken(reader: ValueReader, row: int, cells: tuple[str, ...]) -> list[Problem]:
    """The note where the sheet has a column of its own for numbers; a sheet without one is told of once."""
    if "id" not in reader.by_field:
        return []
    text = f"列“{reader.heading('id')}”没有完整的号码，已取残疾证号的前18位"
    return [reader.problem(row, "id", reader.raw("id", cells), "id_from_card", text)]


def _completes(whole: str, own: IdReading) -> bool:
    """Whether a whole number is the one of which a cell shows a part, or nothing."""
    if own.kind == "masked":
        return len(own.value) == len(whole) and all(
            seen in ("*", digit) for seen, digit in zip(own.value, whole, strict=True)
        )
    return own.kind == "missing" or (own.kind in ("cut", "scientific") and whole.startswith(own.value))
