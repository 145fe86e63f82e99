"""Dated, cited parameters: one file per region, inherited from the nation down to the district."""

from __future__ import annotations

from .kinds import DisabilityGroup, ExclusivePair, Side
from .loader import load_profile, regions
from .profile import Basis, Profile, Value
from .vocabulary import VOCABULARY, Term

__all__ = [
    "VOCABULARY",
    "Basis",
    "DisabilityGroup",
    "ExclusivePair",
    "Profile",
    "Side",
    "Term",
    "Value",
    "load_profile",
    "regions",
]
