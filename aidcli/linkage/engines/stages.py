"""What Spark's Python workers do with Arrow batches: lay records out, compare pairs. Needs nothing but the model.

The functions are sent to the workers as closures over the model's canonical JSON; the workers import this
package, so it must be installed there, and be the same: one that compares otherwise would spoil the links unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from ...model import Identity
from ..features import Features, lay_out_columns
from ..kernel import compare
from ..scoring import Model, parse_model
from .emitted import HASHES, hash_columns, keys_by_row

NOT_THE_SAME = "aidcli on a worker is not the aidcli that started the job"

COMPARED = Identity._fields[:-1]  # the row key says nothing of the person
CARRIED = ("home", *COMPARED)

Batches = Iterator[Any]
Stage = Callable[[Batches], Batches]


class Frozen(NamedTuple):
    """What goes to the workers: the model as canonical JSON, and the `fingerprint` of the program."""

    model: str
    program: str

    @classmethod
    def of(cls, model: Model) -> Frozen:
        return cls(model.json, fingerprint())


def laying_out(frozen: Frozen) -> Stage:
    """Records (place, side, joins, home, identity) → the same with `HASHES` and their keys in a list."""

    def stage(batches: Batches) -> Batches:
        import pyarrow as pa

        for batch in batches:
            features = _laid({name: batch.column(name).to_pylist() for name in CARRIED}, frozen)
            keys, ends = keys_by_row(features)
            told = [pa.array(column) for column in hash_columns(features).values()]
            blocks = pa.ListArray.from_arrays(pa.array(ends, pa.int32()), pa.array(keys))
            yield pa.RecordBatch.from_arrays(
                [*batch.columns, *told, blocks], [*batch.schema.names, *HASHES, "blocks"]
            )

    return stage


def comparing(frozen: Frozen) -> Stage:
    """Pairs (one, other, home, ``l_…``, ``r_…``) → (one, other, code, score) of those that have a say."""

    def stage(batches: Batches) -> Batches:
        import pyarrow as pa

        known = model_of(frozen)
        for batch in batches:
            if not batch.num_rows:
                continue
            codes = _codes(batch, frozen)
            scores = known.scores(codes)
            keep = np.flatnonzero(scores >= known.least)
            if keep.size:
                kept = pa.array(keep)
                ends = [batch.column(name).take(kept) for name in ("one", "other")]
                yield pa.RecordBatch.from_arrays(
                    [*ends, pa.array(codes[keep]), pa.array(scores[keep])], ["one", "other", "code", "score"]
                )

    return stage


def _codes(batch: Any, frozen: Frozen) -> Any:
    """A record stands in many pairs of a batch; it is laid out once."""
    import pyarrow as pa

    ends = [batch.column(name).to_numpy() for name in ("one", "other")]
    _, first, where = np.unique(np.concatenate(ends), return_index=True, return_inverse=True)
    rows = pa.array(first)
    columns = {
        name: pa.chunked_array([batch.column(f"l_{name}"), batch.column(f"r_{name}")]).take(rows).to_pylist()
        for name in CARRIED
    }
    where = where.astype(np.int64)
    count = batch.num_rows
    home = batch.column("home").to_numpy().astype(np.int8)
    return compare(_laid(columns, frozen), where[:count], where[count:], home)


def _laid(columns: dict[str, list[str]], frozen: Frozen) -> Features:
    homes = columns["home"]
    told = Identity(*(columns.get(name, [""] * len(homes)) for name in Identity._fields))  # type: ignore[arg-type]
    return lay_out_columns(told, homes, model_of(frozen).lore)


@lru_cache(maxsize=2)
def model_of(frozen: Frozen) -> Model:
    """The model; a worker serves one batch after the other. Raises `RuntimeError` in another program."""
    if frozen.program != fingerprint():
        raise RuntimeError(NOT_THE_SAME)
    return parse_model(frozen.model)


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A hash over the sources that decide what a comparison says."""
    package = files("aidcli")
    sources = [package / f"{name}.py" for name in ("idnumber", "names")]
    sources += [one for one in (package / "linkage").iterdir() if one.name.endswith(".py")]
    told = sha256()
    for source in sorted(sources, key=lambda one: one.name):
        told.update(source.read_bytes().replace(b"\r\n", b"\n"))
    return told.hexdigest()
