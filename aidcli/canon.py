"""Canonical bytes and content keys: the same content has the same key on every machine, in every order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

KEY_LENGTH = 20


def canonical_json(value: object) -> str:
    """JSON with sorted keys and no spaces, for hashing and for blobs. Floats are refused: money is fen."""
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_key(prefix: str, parts: Iterable[str]) -> str:
    """`prefix`-20 hex digits over the parts, each ended so that no two lists of parts collide."""
    text = "".join(map(sized, parts))
    return f"{prefix}-{hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]}"


def sized(part: str) -> str:
    """A part of a content key as it is hashed: its length in bytes, then itself."""
    return f"{len(part) if part.isascii() else len(part.encode())}:{part}"


def sha256_text(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError(f"a float has no canonical form: {value!r}")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a canonical key is text, not {key!r}")
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
