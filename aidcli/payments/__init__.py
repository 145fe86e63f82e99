"""Money: who is paid what, for which month, once."""

from .ledger import Claim, Conflict, Ledger, claims_of, reversal_of
from .questions import Draft, Hit
from .schedule import PayTerms, due_day, months_due, payment_id, plan

__all__ = [
    "Claim",
    "Conflict",
    "Draft",
    "Hit",
    "Ledger",
    "PayTerms",
    "claims_of",
    "due_day",
    "months_due",
    "payment_id",
    "plan",
    "reversal_of",
]
