"""`match --left --right --out`: claims of departments against a register, without a database."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import AidError, disk_says
from ..linkage.engines import Engine, LocalEngine, Records
from ..linkage.scoring import Model, load_model
from ..memory import without_collector
from ..model import Identity

if TYPE_CHECKING:
    from ..linkage.engines.sparktables import District, Matched


class Partitioned(NamedTuple):
    """What a comparison of two tables found and where it stands."""

    matched: Matched
    out: str
    epoch: str
    version: str
    seconds: float


def match_files(
    left: str, right: str, out: str, engine: str = "local", master: str = "local[2]"
) -> Partitioned:
    """Reads a register and claims from Parquet and writes the links, one folder a district, with the shipped model.

    `out` must not exist, or be empty; it is written whole or not at all. Raises `AidError`.
    """
    started = time.perf_counter()
    model = load_model()
    found = (
        _on_spark(left, right, out, master, model) if engine == "spark" else _here(left, right, out, model)
    )
    return Partitioned(found, out, model.hash, model.version, round(time.perf_counter() - started, 3))


def spark_engine(master: str) -> Engine:
    """The engine that asks Spark; raises `AidError` where it is not installed."""
    from ..linkage.engines.session import require_spark
    from ..linkage.engines.spark import SparkEngine

    require_spark()
    return SparkEngine(master)


def _on_spark(left: str, right: str, out: str, master: str, model: Model) -> Matched:
    from ..linkage.engines import sparktables
    from ..linkage.engines.session import is_local, spark_session

    if is_local(master):
        left, right, out = (
            path if "://" in path else str(Path(path).resolve()) for path in (left, right, out)
        )
    with spark_session(master) as spark:
        return sparktables.match_files(spark, left, right, out, model)


def _here(left: str, right: str, out: str, model: Model) -> Matched:
    from ..linkage.engines.session import require_arrow

    require_arrow()
    from ..linkage.engines import arrow
    from ..linkage.engines.layouts import CLAIMS, REGISTER
    from ..linkage.engines.sparktables import Matched

    target = Path(out)
    _refuse_filled(target)
    register, claims = arrow.read(Path(left), REGISTER), arrow.read(Path(right), CLAIMS)
    links = arrow.judged(_hits(register, claims, model), model)
    _write(links, target)
    counts = _counted(links)
    return Matched(len(register), len(claims), *counts)


def _hits(register: Any, claims: Any, model: Model) -> Any:
    """Each claim with its candidates, in the order of claim and record."""
    import numpy as np
    import pyarrow as pa

    from ..linkage.engines import arrow

    known = len(register)
    ours, theirs = arrow.identities(register), arrow.identities(claims)
    columns = Identity(*(one + other for one, other in zip(ours, theirs, strict=True)))
    homes = [*arrow.homes(register), *[""] * len(claims)]
    with without_collector():
        found = LocalEngine().pairs(Records(columns, homes, known), model)
    order = np.lexsort((found.left, found.right))
    left, right = (
        register.take(pa.array(found.left[order])),
        claims.take(pa.array(found.right[order] - known)),
    )
    named = {f"r_{name}": left.column(name) for name in left.schema.names}
    named |= {f"c_{name}": right.column(name) for name in right.schema.names}
    return pa.table({**named, "code": pa.array(found.code[order]), "score": pa.array(found.score[order])})


def _counted(links: Any) -> tuple[int, int, list[District]]:
    from ..linkage.engines.arrow import texts
    from ..linkage.engines.sparktables import District

    tiers: dict[str, Counter[str]] = defaultdict(Counter)
    asked = set()
    rows = zip(*(texts(links.column(name)) for name in ("claim", "district", "tier")), strict=True)
    for claim, district, tier in dict.fromkeys(rows):
        tiers[district][tier] += 1
        if tier == "review":
            asked.add(claim)
    districts = [District(name, tiers[name]["auto"], tiers[name]["review"]) for name in sorted(tiers)]
    return sum(one.linked for one in districts), len(asked), districts


def _refuse_filled(target: Path) -> None:
    from ..linkage.engines.sparktables import not_empty

    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise not_empty(str(target))


def _write(links: Any, target: Path) -> None:
    """Beside the folder first, so that it comes to be in one step; nobody else may look in: numbers are whole."""
    from ..linkage.engines import arrow

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            arrow.write_partitions(links, beside)
            if target.exists():
                target.rmdir()
            beside.replace(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise AidError(
            "out_failed",
            f"结果没有写到“{target}”：{disk_says(error)}",
            file=str(target),
            hint="请换一个可写的文件夹",
        ) from error
