"""The reader of a cell for each type of field: text → a word, a number or the reading of an ID."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache, partial

from ... import idnumber, names
from ...idnumber import IdReading
from ..coercion import answers, dates, quantities, twofold
from ..coercion import cells as coerce
from ..coercion.cells import EMPTY, NumberText
from ..coercion.choices import choice
from ..headers.headings import money_factor
from ..vocabulary.money import MONTHLY, PAY_CODE
from ..vocabulary.spec import FieldSpec
from ..vocabulary.vehicles import VEHICLE_GRAVITY, VEHICLE_STATE

Words = Callable[[str], str | None]
Numbers = Callable[[str], int | None]

_FIELD_WORDS: dict[str, Words] = {
    "case_number": answers.case_number,
    "township": answers.township,
    "former_name": lambda raw: names.former_told(raw) or None,
}


def words_of(
    field: str, spec: FieldSpec, values: Mapping[str, str], date1904: bool, today: date
) -> Words | None:
    """Reads a cell as a word, a day or a month; None for fields that hold something else.

    `values`: the template's own spellings of a choice.
    """
    return _FIELD_WORDS.get(field) or _by_type(spec, values, date1904, today)


def _by_type(spec: FieldSpec, values: Mapping[str, str], date1904: bool, today: date) -> Words | None:
    kind = spec.type
    if kind == "name":
        return name_of
    if kind == "text":
        return coerce.text
    if kind == "phone":
        return coerce.phone
    if kind == "list":
        return str
    if kind == "account":
        return lambda raw: coerce.account(raw, was_number=type(raw) is NumberText)
    if kind == "day":
        return lambda raw: dates.day(raw, today=today, date1904=date1904)
    if kind == "month":
        return lambda raw: dates.month(
            raw, was_number=type(raw) is NumberText, today=today, date1904=date1904
        )
    if kind == "term":
        return lambda raw: quantities.term(raw, date1904=date1904)
    if kind == "months":
        return lambda raw: twofold.months(raw, today=today)
    if kind == "days":
        return lambda raw: twofold.days(raw, date1904=date1904)
    if kind == "kind_grade":
        return lambda raw: twofold.kind_and_grade(raw, (spec.choices or {}) | upper(values))
    if kind == "outcome":
        return quantities.outcome
    if kind == "thing":
        return quantities.thing
    if kind == "paid_state":
        states = (spec.choices or {}) | upper(values)
        return lambda raw: quantities.paid_state(raw, states)
    if spec.choices is PAY_CODE:
        return lambda raw: answers.pay_code(raw, {**PAY_CODE, **upper(values)})
    if spec.choices is VEHICLE_STATE:
        states = {**VEHICLE_STATE, **upper(values)}
        return lambda raw: quantities.gravest(raw, states, VEHICLE_GRAVITY)
    if kind == "choice":
        choices = (spec.choices or {}) | upper(values)
        return lambda raw: choice(raw, choices)
    return None


def upper(values: Mapping[str, str]) -> dict[str, str]:
    """A template's own spellings in the form in which cells are compared with them."""
    return {coerce.clean(written).upper(): word for written, word in values.items()}


def numbers_of(field: str, spec: FieldSpec, unit: str) -> Numbers | None:
    """Reads a cell as a number: fen, a count, a grade …; None for fields that hold none."""
    kind = spec.type
    if kind == "money":
        factor = money_factor(unit) or 1
        return partial(coerce.money, factor=factor, monthly=field in MONTHLY)
    if kind == "area":
        return quantities.area
    if kind == "count":
        return coerce.count
    if kind == "grade":
        return coerce.grade
    if kind == "yes_no":
        return coerce.yes_no
    return None


@lru_cache(maxsize=16384)
def name_of(raw: str) -> str | None:
    """The comparison form of a name, None where the cell says nothing."""
    name = names.compact(raw)
    return None if name in EMPTY else name


def id_reader(today: date) -> Callable[[str], IdReading]:
    """Reads a cell as a citizen identity number."""

    def read(raw: str) -> IdReading:
        if type(raw) is str:  # the usual case, without the cost of keywords
            return idnumber.read(raw, False, today)
        return idnumber.read(raw, type(raw) is NumberText, today)

    return read
