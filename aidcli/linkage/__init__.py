"""Records to people: which mentions are one person, with the evidence."""

from .blocking import anchor, block_keys, keys_of, mention_key, own_anchor
from .compare import Model, compare, load_model, parse_model
from .resolve import Resolution, pair_id, resolve, sentence

__all__ = [
    "Model",
    "Resolution",
    "anchor",
    "block_keys",
    "compare",
    "keys_of",
    "load_model",
    "mention_key",
    "own_anchor",
    "pair_id",
    "parse_model",
    "resolve",
    "sentence",
]
