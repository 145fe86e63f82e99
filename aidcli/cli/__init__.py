"""The face: parse, ask, print. No SQL, no rules."""

from .main import main

__all__ = ["main"]
