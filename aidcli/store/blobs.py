"""Frozen inputs: canonical JSON, compressed, under its hash."""

from __future__ import annotations

import json
import zlib

from ..canon import canonical_json, sha256_text
from .session import Session


def keep(session: Session, value: object) -> str:
    """Stores a value once and returns the hash of its canonical JSON."""
    text = canonical_json(value)
    digest = sha256_text(text)
    session.conn.execute(
        "INSERT OR IGNORE INTO blob VALUES (?, ?)", (digest, zlib.compress(text.encode("utf-8"), 6))
    )
    return digest


def load(session: Session, digest: str) -> object:
    """The value under a hash; `KeyError` when there is none."""
    row = session.conn.execute("SELECT data FROM blob WHERE hash = ?", (digest,)).fetchone()
    if row is None:
        raise KeyError(digest)
    return json.loads(zlib.decompress(row[0]))
