"""How hard a law is tried: lightly each time, thoroughly where the slow tests are run."""

from __future__ import annotations

from hypothesis import settings

LIGHT, THOROUGH = "light", "thorough"

settings.register_profile(LIGHT, max_examples=20, deadline=None)
settings.register_profile(THOROUGH, max_examples=100, deadline=None)


def examples(light: int, thorough: int) -> int:
    """How many examples a law takes that is too costly for the profiles' own number."""
    return thorough if settings.get_current_profile_name() == THOROUGH else light
