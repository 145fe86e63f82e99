"""The closed vocabulary of source templates: what a column may mean, how it is read, which fact it yields.

A template maps headings to these fields and nothing else, so that a new department file needs no code.
"""

from __future__ import annotations

from .vocabulary import health, household, identity, money, work
from .vocabulary.spec import FactSpec, FieldSpec

_SUBJECTS = (identity, household, money, health, work)

FIELDS: dict[str, FieldSpec] = {}
FACTS: tuple[FactSpec, ...] = ()
for _subject in _SUBJECTS:
    assert not FIELDS.keys() & _subject.FIELDS.keys(), "one field under two subjects"
    FIELDS.update(_subject.FIELDS)
    FACTS += _subject.FACTS
