"""Arrow tables of the local engine and of Spark's workers: read, checked, judged, written. Needs pyarrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from ...errors import AidError
from ...model import Identity
from ..scoring import Model
from ..tables import chosen
from ..wording import sentence
from .layouts import CHECKED, INTEGER, LINKS, REGION, TEXT, Layout, bad_value, twice, wrong_value


def read(path: Path, layout: Layout) -> Any:
    """The columns of a layout as a table in the order of `mention`; '' and null are one.

    Raises `AidError`: ``parquet_unreadable``, ``parquet_columns``, ``parquet_value``.
    """
    table = _plain(_opened(path, layout), layout)
    _check_values(table, str(path), layout)
    return table.sort_by("mention")


def read_links(path: Path, layout: Layout) -> Any:
    """The rows of a partition that `judged` made; raises like `read`, but judges no value."""
    return _plain(_opened(path, layout), layout)


def texts(column: Any) -> list[str]:
    """The texts of a column; what stands there often is one object."""
    encoded = column.combine_chunks().dictionary_encode()
    if hasattr(encoded, "combine_chunks"):
        encoded = encoded.combine_chunks()
    values = np.array([*encoded.dictionary.to_pylist(), ""], dtype=object)[:-1]
    found: list[str] = values[encoded.indices.to_numpy(zero_copy_only=False)].tolist()
    return found


def identities(table: Any, prefix: str = "") -> Identity:
    """The slots of `Identity`, each a column."""
    columns = (texts(table.column(prefix + name)) for name in Identity._fields)
    return Identity(*columns)  # type: ignore[arg-type]


def homes(register: Any) -> list[str]:
    """The household of each record, told from those of other districts: case numbers are given out by each."""
    return _of_district(texts(register.column("region")), texts(register.column("home")))


def _of_district(regions: list[str], names: list[str]) -> list[str]:
    return [f"{region}/{name}" if name else "" for region, name in zip(regions, names, strict=True)]


def judged(hits: Any, model: Model) -> Any:
    """Claims with their candidates (``c_…``, ``r_…``, code, score) → the rows of `LINKS` and the region.

    All candidates of a claim must be there; the rows come in the order of claim and record.
    """
    import pyarrow as pa

    claims, persons = texts(hits.column("c_mention")), texts(hits.column("r_person"))
    records = texts(hits.column("r_mention"))
    people = _of_district(
        texts(hits.column("r_region")), persons
    )  # in two districts: to be asked about in both
    who = _numbered([person or record for person, record in zip(people, records, strict=True)])
    scores = hits.column("score").to_numpy().astype(np.int64)
    told = hits.column("code").to_numpy().astype(np.int64)
    found = list(chosen(_numbered(claims), np.arange(len(claims)), who, scores, told, model))
    kept = hits.take(pa.array([row for row, _ in found], pa.int64()))
    codes = [f"{code:010}" for code in kept.column("code").to_pylist()]
    regions = texts(kept.column("r_region"))
    columns = {
        "claim": kept.column("c_mention"),
        "district": kept.column("r_region"),
        "register": kept.column("r_mention"),
        "person": kept.column("r_person"),
        "tier": pa.array([tier for _, tier in found], pa.string()),
        "score": kept.column("score"),
        "evidence": pa.array(codes, pa.string()),
        "sentence": pa.array(_sentences(kept, codes), pa.string()),
        "elsewhere": pa.array(_elsewhere(texts(kept.column("c_mention")), regions), pa.int64()),
        "epoch": pa.array([model.hash] * len(found), pa.string()),
    }
    columns |= {name: kept.column(f"c_{name}") for name in LINKS if name not in columns}
    columns[REGION] = kept.column("r_region")
    return pa.table(columns).cast(links_schema())


def links_schema() -> Any:
    """The columns of `LINKS` and the region."""
    import pyarrow as pa

    kinds = {TEXT: pa.string(), INTEGER: pa.int64()}
    return pa.schema([*((name, kinds[kind]) for name, kind in LINKS.items()), (REGION, pa.string())])


def write_partitions(links: Any, folder: Path) -> None:
    """One folder a region, one file in each, in the order of claim and record."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    for region in sorted(set(texts(links.column(REGION)))):
        target = folder / f"{REGION}={region}"
        target.mkdir(parents=True)
        rows = links.filter(pc.equal(links.column(REGION), region)).drop_columns([REGION])
        pq.write_table(
            rows.sort_by([("claim", "ascending"), ("register", "ascending")]), target / "part-0.parquet"
        )


def _numbered(names: list[str]) -> Any:
    """Equal names, equal numbers; in the order in which they come."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names], np.int64)


def _sentences(rows: Any, codes: list[str]) -> list[str]:
    ours, theirs = zip(*identities(rows, "r_"), strict=True), zip(*identities(rows, "c_"), strict=True)
    return [
        sentence(code, Identity(*left), Identity(*right))
        for code, left, right in zip(codes, ours, theirs, strict=True)
    ]


def _elsewhere(claims: list[str], regions: list[str]) -> list[int]:
    """For each row in how many other districts the claim has a candidate as well."""
    seen: dict[str, set[str]] = {}
    for claim, region in zip(claims, regions, strict=True):
        seen.setdefault(claim, set()).add(region)
    return [len(seen[claim]) - 1 for claim in claims]


# ---------------------------------------------------------------- reading


def _opened(path: Path, layout: Layout) -> Any:
    import pyarrow as pa
    import pyarrow.dataset as ds

    if not path.exists():
        raise AidError("file_missing", f"没有{layout.label}“{path}”", file=str(path))
    try:
        found = ds.dataset(path, format="parquet", exclude_invalid_files=False)
        layout.check({field.name: _kind(field.type) for field in found.schema}, str(path))
        return found.to_table(columns=[name for name in layout.columns if name in found.schema.names])
    except (pa.ArrowException, OSError) as error:
        raise AidError(
            "parquet_unreadable",
            f"“{path}”不是可读的 Parquet 文件",
            file=str(path),
            hint="请确认文件完整；应是 Parquet 文件，或只装着 Parquet 文件的文件夹",
        ) from error


def _kind(kind: Any) -> str:
    from pyarrow import types

    inner = kind.value_type if types.is_dictionary(kind) else kind
    if types.is_string(inner) or types.is_large_string(inner) or types.is_string_view(inner):
        return TEXT
    return INTEGER if types.is_integer(inner) else str(kind)


def _plain(table: Any, layout: Layout) -> Any:
    """Every column of the layout there, texts as strings without null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = {}
    for name, kind in layout.columns.items():
        there = name in table.schema.names
        if kind == TEXT:
            column = table.column(name).cast(pa.string()) if there else pa.chunked_array([[""] * len(table)])
            columns[name] = pc.fill_null(column.cast(pa.string()), "")
        else:
            nothing = pa.chunked_array([pa.nulls(len(table), pa.int64())])
            columns[name] = table.column(name).cast(pa.int64()) if there else nothing
    return pa.table(columns)


def _check_values(table: Any, file: str, layout: Layout) -> None:
    mentions = texts(table.column("mention"))
    for name in CHECKED:
        if name in layout.columns:
            values = texts(table.column(name))
            faults = {value for value in set(values) if wrong_value(name, value)}
            if faults:
                row = next(row for row, value in enumerate(values) if value in faults)
                raise bad_value(file, mentions[row], name, values[row])
    if len(set(mentions)) != len(mentions):
        seen: set[str] = set()
        raise twice(file, next(one for one in mentions if one in seen or seen.add(one)))  # type: ignore[func-returns-value]
