"""The rules, one module each, in the order in which they run and are shown."""

from __future__ import annotations

from ..rule import Rule
from . import (
    account_shared,
    exclusive_programmes,
    handed_down,
    medical_self_paid,
    paid_twice_same_person,
    roster_after_death,
    severe_disability,
)

RULES: tuple[Rule, ...] = (
    roster_after_death.RULE,
    exclusive_programmes.RULE,
    severe_disability.RULE,
    medical_self_paid.RULE,
    account_shared.RULE,
    paid_twice_same_person.RULE,
    handed_down.RULE,
)

__all__ = ["RULES"]
