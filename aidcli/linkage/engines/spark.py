"""The engine of a cluster: the keys, the SQL text and the kernel, on Spark.

1. Each record is laid out by itself: what it is compared with goes into numbers, its keys into a list.
2. One SQL text makes the pairs and brings both records' columns along.
3. Each pair is compared by itself.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...model import Identity
from ..scoring import Model
from .emitted import HASHES
from .records import Records, Scored
from .session import LOCAL, spark_session
from .sql import CLAIMS, EACH_WITH_EACH, REGISTER, candidates_sql
from .stages import CARRIED, Frozen, comparing, laying_out

PLACED = ("place", "side", "joins", *CARRIED)
_RECORD = "place bigint, side int, joins int, " + ", ".join(f"{name} string" for name in CARRIED)
_LAID = _RECORD + "".join(f", {name} bigint" for name in HASHES) + ", blocks array<bigint>"
_SCORED = "one bigint, other bigint, code bigint, score bigint"


class SparkEngine:
    """Opens a session for each question; `master` as Spark writes it."""

    def __init__(self, master: str = LOCAL) -> None:
        self._master = master

    def pairs(self, records: Records, model: Model) -> Scored:
        """All pairs of records that have a say, brought together on this machine."""
        with spark_session(self._master) as spark:
            placed = spark.createDataFrame(_table(records))
            found = scored(spark, placed, model).toArrow()
        left, right, code, score = (
            found.column(name).to_numpy().astype(np.int64) for name in ("one", "other", "code", "score")
        )
        order = np.lexsort((right, left))
        return Scored(left[order], right[order], code[order], score[order])


def scored(spark: Any, placed: Any, model: Model) -> Any:
    """(one, other, code, score) of the pairs among `placed` (its columns: `PLACED`) that have a say."""
    from pyspark import StorageLevel

    frozen = Frozen.of(model)
    laid = placed.select(*PLACED).mapInArrow(laying_out(frozen), _LAID)
    laid = laid.persist(StorageLevel.MEMORY_AND_DISK)
    laid.drop("blocks").createOrReplaceTempView("record")
    laid.selectExpr("explode(blocks) AS block", "place", "side", "joins").createOrReplaceTempView("block_key")
    pairs = spark.sql(candidates_sql(CARRIED))
    return pairs.mapInArrow(comparing(frozen), _SCORED)


def _table(records: Records) -> Any:
    import pyarrow as pa

    count = len(records)
    known = count if records.known is None else records.known
    first = EACH_WITH_EACH if records.known is None else REGISTER
    sides = np.array([first] * known + [CLAIMS] * (count - known), np.int32).reshape(count, 2)
    texts: Identity = records.columns
    return pa.table(
        {
            "place": pa.array(np.arange(count, dtype=np.int64)),
            "side": pa.array(sides[:, 0]),
            "joins": pa.array(sides[:, 1]),
            "home": pa.array(list(records.homes), pa.string()),
            **{name: pa.array(list(getattr(texts, name)), pa.string()) for name in CARRIED[1:]},
        }
    )
