"""Records to people: which mentions are one person, with the evidence.

What an import needs stands here; what matches loads numpy, and is taken from its module.
"""

from .anchors import anchor, keys_of, mention_key, own_anchor

__all__ = ["anchor", "keys_of", "mention_key", "own_anchor"]
