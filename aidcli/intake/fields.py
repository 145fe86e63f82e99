"""The closed vocabulary of source templates: what a column may mean, how it is read, which fact it yields.

A template maps headings to these fields and nothing else, so that a new department file needs no code.
"""

from __future__ import annotations

from .vocabulary import (
    aid,
    benefits,
    health,
    household,
    identity,
    income,
    money,
    office,
    payment,
    property,
    service,
    standing,
    status,
    work,
)
from .vocabulary.spec import FactSpec, FieldSpec

_SUBJECTS = (
    identity,
    household,
    money,
    health,
    work,
    benefits,
    status,
    property,
    income,
    aid,
    standing,
    office,
    service,
    payment,
)

FIELDS: dict[str, FieldSpec] = {}
_facts: list[FactSpec] = []
FACT_KINDS: dict[str, str] = {}
for _subject in _SUBJECTS:
    assert not FIELDS.keys() & _subject.FIELDS.keys(), "one field under two subjects"
    FIELDS.update(_subject.FIELDS)
    _facts += _subject.FACTS
    _kinds: dict[str, str] = getattr(_subject, "KINDS", {})
    assert not FACT_KINDS.keys() & _kinds.keys(), "one kind of fact under two subjects"
    FACT_KINDS.update(_kinds)

# A row tells a kind of fact of one person once for each `n`; what the record maker finds itself has 0.
_BY_ROW = ("enrolled", "member", "head", "residence", "disability", "death")
_taken = {(kind, 0) for kind in _BY_ROW}
FACTS: tuple[FactSpec, ...] = ()
for _fact in _facts:
    while (_fact.kind, _fact.n) in _taken:
        _fact = _fact._replace(n=_fact.n + 1)
    _taken.add((_fact.kind, _fact.n))
    FACTS += (_fact,)
