"""Candidate pairs by three joins of one machine: numpy, and the SQL text in SQLite and in DuckDB, in one run.

    python benchmarks/engines.py --rows 100000

A register and as many claims are laid out once; each way then finds the pairs in a process of its own. Only
from keys to pairs is measured; wall and processor seconds and the growth of peak memory above what the keys
take. Quote the ratios, not the seconds. The pairs must be the same, or the run fails.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from linking import mixes, ours, preparing, world

from aidcli.linkage.candidates import find_candidates
from aidcli.linkage.engines.emitted import HASHES, hash_columns, keys_by_row
from aidcli.linkage.engines.sql import CLAIMS, REGISTER, candidates_sql
from aidcli.linkage.features import Features, lay_out_columns
from aidcli.linkage.scoring import load_model
from aidcli.model import Identity

Pairs = np.ndarray[Any, Any]  # (one, other, home) a row
RECORD = ("place", "side", "joins", *HASHES)
BLOCK_KEY = ("block", "place", "side", "joins")


def laid_out(rows: int, seed: int) -> Features:
    made = world.generate(rows, mixes.USUAL, seed)
    townships = frozenset(made.register["township"]) - {""}
    sides = [ours._columns(preparing.prepared(one, townships)) for one in (made.register, made.claims)]
    columns = Identity(*([*one, *other] for one, other in zip(*sides, strict=True)))
    return lay_out_columns(columns, [*made.register["household"], *[""] * rows], load_model().lore)


def tables(features: Features, known: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns of `record` and of `block_key`."""
    count = len(features)
    places = np.arange(count)
    sides = np.where((places < known)[:, None], REGISTER, CLAIMS)
    keys, ends = keys_by_row(features)
    at = np.repeat(places, np.diff(ends))
    record = {"place": places, "side": sides[:, 0], "joins": sides[:, 1], **hash_columns(features)}
    return record, {"block": keys, "place": at, "side": sides[at, 0], "joins": sides[at, 1]}


def by_numpy(features: Features, known: int) -> Pairs:
    found = find_candidates(features, side=np.arange(len(features)) >= known)
    return np.column_stack([column.astype(np.int64) for column in found])


def by_sqlite(features: Features, known: int) -> Pairs:
    con = sqlite3.connect("")  # a temporary file, as a temporary table is
    for name, columns in zip(("record", "block_key"), tables(features, known), strict=True):
        con.execute(f"CREATE TABLE {name} ({', '.join(f'{column} INTEGER' for column in columns)})")
        marks = ", ".join("?" * len(columns))
        rows = zip(*(column.tolist() for column in columns.values()), strict=True)
        con.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    con.execute("CREATE INDEX key_block ON block_key (block, side, place)")
    con.execute("CREATE UNIQUE INDEX record_place ON record (place)")
    for column in ("number", "home_hash", "called", "child_of"):
        con.execute(f"CREATE INDEX record_{column} ON record ({column})")
    con.execute("ANALYZE")
    return np.array(con.execute(candidates_sql()).fetchall(), np.int64)


def by_duckdb(features: Features, known: int) -> Pairs:
    import duckdb
    import pyarrow as pa

    con = duckdb.connect()
    for name, columns in zip(("record", "block_key"), tables(features, known), strict=True):
        con.register(name, pa.table({column: pa.array(values) for column, values in columns.items()}))
    found = con.sql(candidates_sql()).fetchnumpy()
    return np.column_stack([found[name].astype(np.int64) for name in ("one", "other", "home")])


WAYS: dict[str, Callable[[Features, int], Pairs]] = {
    "numpy": by_numpy,
    "sqlite": by_sqlite,
    "duckdb": by_duckdb,
}


def missing(name: str) -> str:
    there = name != "duckdb" or (find_spec("duckdb") and find_spec("pyarrow"))
    return "" if there else "duckdb and pyarrow are not installed"


def measured(name: str, features: Features, known: int) -> tuple[dict[str, float], Pairs]:
    """One way in a child of this process, which has the keys already."""
    receiver, sender = multiprocessing.get_context("fork").Pipe(duplex=False)

    def work() -> None:
        before = resource.getrusage(resource.RUSAGE_SELF)
        start = time.monotonic()
        pairs = WAYS[name](features, known)
        wall = time.monotonic() - start
        after = resource.getrusage(resource.RUSAGE_SELF)
        cost = {
            "wall": wall,
            "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
            "peak_mb": (after.ru_maxrss - before.ru_maxrss) / 1024,
        }
        sender.send((cost, pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]))

    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    found: tuple[dict[str, float], Pairs] = receiver.recv()
    child.join()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    features = laid_out(asked.rows, asked.seed)
    first: tuple[dict[str, float], Pairs] | None = None
    print(f"{'':8} {'wall':>7} {'cpu':>7} {'MB':>7} | as a multiple of numpy")
    for name in WAYS:
        if missing(name):
            print(f"{name}: left out, {missing(name)}")
            continue
        cost, pairs = measured(name, features, asked.rows)
        if first is None:
            first = cost, pairs
        if not np.array_equal(pairs, first[1]):
            raise SystemExit(f"{name} found other pairs than numpy")
        ratios = "  ".join(f"{part} {cost[part] / max(first[0][part], 0.01):.1f}" for part in cost)
        print(
            f"{name:8} {cost['wall']:7.2f} {cost['cpu']:7.2f} {cost['peak_mb']:7.0f} | {ratios}", flush=True
        )
    assert first is not None
    print(f"{len(first[1]):,} pairs, the same from all")


if __name__ == "__main__":
    main()
