"""The records that pass between rooms.

What streams in bulk is a `NamedTuple` (cheap to make, gone at once); objects are for households,
alerts and payments, one at a time. Money is integer fen, days are ISO text, months ``YYYY-MM``.
"""

from .care import (
    Alert,
    MonitoringView,
    PayItem,
    Payment,
    PersonFact,
    PersonPaid,
    Question,
    RosterHousehold,
    RosterPerson,
)
from .people import KEY_CAP, Judgement, Link, Mention, MentionColumns, Pair
from .records import Block, Entry, Fact, FactColumn, Identity, Named, PlainRows, Record, RowRead, SheetPlan

__all__ = [
    "KEY_CAP",
    "Alert",
    "Block",
    "Entry",
    "Fact",
    "FactColumn",
    "Identity",
    "Judgement",
    "Link",
    "Mention",
    "MentionColumns",
    "MonitoringView",
    "Named",
    "Pair",
    "PayItem",
    "Payment",
    "PersonFact",
    "PersonPaid",
    "PlainRows",
    "Question",
    "Record",
    "RosterHousehold",
    "RosterPerson",
    "RowRead",
    "SheetPlan",
]
