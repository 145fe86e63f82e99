"""The only room that speaks SQL to the database file."""

from .session import Actor, Session, create, open_store

__all__ = ["Actor", "Session", "create", "open_store"]
