"""Tables on Spark: a register and claims from Parquet, the links to one folder a district."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

from ...errors import AidError
from ..features import KINDS
from ..scoring import Model
from .layouts import CHECKED, CLAIMS, INTEGER, LINKS, REGION, REGISTER, TEXT, Layout, bad_value, twice
from .spark import PLACED, scored
from .sql import CLAIMS as CLAIM_SIDE
from .sql import REGISTER as REGISTER_SIDE
from .stages import Batches, Frozen, Stage, model_of

_ABOVE = 1 << 62  # places of claims are behind all of the register's
_GLOB = re.compile(r"([\[\]{}*?])")
_KINDS = {TEXT: "string", INTEGER: "bigint"}
_LINK_ROW = ", ".join(f"`{name}` {_KINDS[kind]}" for name, kind in {**LINKS, REGION: TEXT}.items())


class District(NamedTuple):
    """How many claims were linked to a district's register, and how many are to be asked about."""

    region: str
    linked: int
    pending: int


class Matched(NamedTuple):
    """What went in and what came out; a claim that several districts are asked about counts once in `pending`."""

    register: int
    claims: int
    linked: int
    pending: int
    districts: list[District]


def match_files(spark: Any, left: str, right: str, out: str, model: Model) -> Matched:
    """Reads both files, writes the links into the new folder `out`, whole or not at all. Raises `AidError`."""
    target = _Folder(spark, out)
    target.refuse_filled()
    register, registered = _read(spark, left, REGISTER)
    claims, claimed = _read(spark, right, CLAIMS)
    links = _links(spark, register, claims, model).persist()
    told = _counted(links)
    try:
        made = links.repartition(REGION).sortWithinPartitions(REGION, "claim", "register")
        made.write.partitionBy(REGION).parquet(target.beside)
        target.become()
    finally:
        target.clear()
        spark.catalog.clearCache()
    return Matched(registered, claimed, *told)


def _links(spark: Any, register: Any, claims: Any, model: Model) -> Any:
    """The rows of `LINKS` and their region."""
    from pyspark.sql import functions as F

    register = _placed(register, REGISTER_SIDE, 0)
    claims = _placed(claims, CLAIM_SIDE, _ABOVE)
    home = F.when(F.col("home") != "", F.concat_ws("/", "region", "home")).otherwise("")  # see `arrow.homes`
    both = (
        register.withColumn("home", home)
        .select(*PLACED)
        .unionByName(claims.withColumn("home", F.lit("")).select(*PLACED))
    )
    found = scored(spark, both, model)
    ours = register.select(F.col("place").alias("one"), *_prefixed("r_", REGISTER, F))
    theirs = claims.select(F.col("place").alias("other"), *_prefixed("c_", CLAIMS, F))
    hits = found.join(ours, "one").join(theirs, "other").drop("one", "other")
    hits = hits.repartition("c_mention").sortWithinPartitions("c_mention", "r_mention")
    return hits.mapInArrow(_judging(Frozen.of(model)), _LINK_ROW)


def _prefixed(prefix: str, layout: Layout, functions: Any) -> list[Any]:
    return [functions.col(name).alias(prefix + name) for name in layout.columns]


def _placed(table: Any, side: tuple[int, int], above: int) -> Any:
    """With a number of its own for each row; kept, for it must not change."""
    from pyspark import StorageLevel
    from pyspark.sql import functions as F

    placed = table.withColumn("place", F.monotonically_increasing_id() + F.lit(above))
    placed = placed.withColumn("side", F.lit(side[0])).withColumn("joins", F.lit(side[1]))
    return placed.persist(StorageLevel.MEMORY_AND_DISK)


def _judging(frozen: Frozen) -> Stage:
    """Sorted candidates → links; the last claim of a batch waits for the next batch."""

    def stage(batches: Batches) -> Batches:
        import pyarrow as pa

        from .arrow import judged

        for rows in _whole_claims(batches):
            links = judged(pa.table(rows), model_of(frozen))
            yield from links.to_batches()

    return stage


def _whole_claims(batches: Batches) -> Iterator[Any]:
    """Tables in which each claim has all its candidates."""
    import pyarrow as pa

    held: Any = None
    for batch in batches:
        rows = pa.Table.from_batches([batch])
        rows = rows if held is None else pa.concat_tables([held, rows])
        claims = rows.column("c_mention")
        last = claims[len(claims) - 1] if len(claims) else None
        cut = len(claims)
        while cut and claims[cut - 1] == last:
            cut -= 1
        if cut:
            yield rows.slice(0, cut)
        held = rows.slice(cut)
    if held is not None and len(held):
        yield held


def _counted(links: Any) -> tuple[int, int, list[District]]:
    from pyspark.sql import functions as F

    rows = links.groupBy("district", "tier").agg(F.countDistinct("claim").alias("claims")).collect()
    found = {(row["district"], row["tier"]): int(row["claims"]) for row in rows}
    pending = links.where(F.col("tier") == "review").select("claim").distinct().count()
    districts = [
        District(name, found.get((name, "auto"), 0), found.get((name, "review"), 0))
        for name in sorted({district for district, _ in found})
    ]
    return sum(one.linked for one in districts), pending, districts


# ---------------------------------------------------------------- reading


def _read(spark: Any, path: str, layout: Layout) -> tuple[Any, int]:
    """The columns of a layout, null as '', and how many rows there are. Raises `AidError` as `arrow.read` does."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import functions as F

    try:
        table = spark.read.parquet(_GLOB.sub(r"\\\1", path))
    except (PySparkException, Py4JError) as error:
        if "PATH_NOT_FOUND" in str(error):
            raise AidError("file_missing", f"没有{layout.label}“{path}”", file=path) from error
        raise AidError(
            "parquet_unreadable",
            f"“{path}”不是可读的 Parquet 文件",
            file=path,
            hint="请确认文件完整；应是 Parquet 文件，或只装着 Parquet 文件的文件夹",
        ) from error
    types = {field.name: _kind(field.dataType) for field in table.schema.fields}
    layout.check(types, path)
    columns = []
    for name, kind in layout.columns.items():
        told = F.col(f"`{name}`") if name in types else F.lit(None)
        column = told.cast(_KINDS[kind])
        columns.append((F.coalesce(column, F.lit("")) if kind == TEXT else column).alias(name))
    found = table.select(*columns)
    return found, _check_values(found, path, layout)


def _kind(kind: Any) -> str:
    from pyspark.sql import types as T

    if isinstance(kind, T.StringType):
        return TEXT
    whole = isinstance(kind, T.ByteType | T.ShortType | T.IntegerType | T.LongType)
    return INTEGER if whole else str(kind.simpleString())


def _check_values(table: Any, path: str, layout: Layout) -> int:
    """How many rows there are, counted while everything is looked at once."""
    from pyspark.sql import functions as F

    key = F.col("mention")
    wrong = {name: _is_wrong(name) for name in CHECKED if name in layout.columns}
    sums = [F.sum(F.when(fault, 1).otherwise(0)).alias(name) for name, fault in wrong.items()]
    counted = table.agg(F.count(key).alias("rows"), F.countDistinct(key).alias("keys"), *sums).head()
    for name, fault in wrong.items():
        if counted[name]:
            row = table.where(fault).orderBy(key).head()
            raise bad_value(path, row["mention"], name, row[name])
    if counted["keys"] != counted["rows"]:
        again = table.groupBy(key).count().where("count > 1").orderBy(key).head()
        raise twice(path, again["mention"])
    return int(counted["rows"])


def _is_wrong(name: str) -> Any:
    """`layouts.wrong_value` as a condition on a column."""
    from pyspark.sql import functions as F

    column = F.col(name)
    if name == "id_kind":
        return ~column.isin(*KINDS)
    return ~column.rlike("^[0-9]{6}$") if name == "region" else column == ""


# ---------------------------------------------------------------- writing


class _Folder:
    """A folder that is written beside itself and comes to be in one step, wherever Hadoop can write."""

    def __init__(self, spark: Any, path: str) -> None:
        jvm = spark._jvm
        self._make = jvm.org.apache.hadoop.fs.Path
        self._path = self._make(path.rstrip("/"))
        self._files = self._path.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())
        self._shown = path
        self._owner_only = jvm.org.apache.hadoop.fs.permission.FsPermission("700")
        self._path = self._files.makeQualified(self._path)
        self._beside = self._make(self._path.getParent(), f".{self._path.getName()}.{uuid.uuid4().hex[:8]}")

    @property
    def beside(self) -> str:
        """Where to write meanwhile."""
        return str(self._beside.toString())

    def refuse_filled(self) -> None:
        if self._files.exists(self._path) and (
            not self._files.getFileStatus(self._path).isDirectory() or len(self._files.listStatus(self._path))
        ):
            raise not_empty(self._shown)

    def become(self) -> None:
        self.refuse_filled()
        if self._files.exists(self._path):
            self._files.delete(self._path, False)
        self._files.setPermission(self._beside, self._owner_only)  # numbers are whole
        if not self._files.rename(self._beside, self._path):
            raise AidError(
                "out_failed",
                f"结果没有写到“{self._shown}”：那里不能改名或没有权限",
                file=self._shown,
                hint="请换一个可写的文件夹",
            )

    def clear(self) -> None:
        if self._files.exists(self._beside):
            self._files.delete(self._beside, True)


def not_empty(path: str) -> AidError:
    """What to raise where links were written before."""
    return AidError(
        "out_not_empty",
        f"“{path}”已经有内容，不会覆盖",
        file=path,
        hint="请换一个新的文件夹，或先把旧的移走",
    )
