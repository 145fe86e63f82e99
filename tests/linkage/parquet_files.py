"""Invented registers and claims as Parquet files, for the engines. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from dirty_people import PEOPLE, Person, identity

from aidcli.model import Identity


def table(rows: Iterable[Mapping[str, Any]]) -> Any:
    """A table from rows; a column that only some rows have is null in the others."""
    import pyarrow as pa

    known = list(rows)
    names = list(dict.fromkeys(name for row in known for name in row))
    columns = {name: [row.get(name) for row in known] for name in names}
    kinds = {name: pa.int64() if name in ("fen", "num") else pa.string() for name in names}
    return pa.table({name: pa.array(columns[name], kinds[name]) for name in names})


def write(rows: Any, path: Path) -> str:
    import pyarrow.parquet as pq

    pq.write_table(rows, path)
    return str(path)


def told(one: Identity, **beside: Any) -> dict[str, Any]:
    return {**beside, **one._asdict()}


def listed(people: Sequence[Person] = PEOPLE, region: str = "990101") -> list[dict[str, Any]]:
    """The register's rows of some people."""
    return [
        told(
            identity(one.name, one.id, "", one.village, one.phone, one.former),
            mention=f"m-r{number}",
            region=region,
            home=one.home,
            person=f"p-{number}",
        )
        for number, one in enumerate(people)
    ]


def links(folder: Path) -> list[dict[str, Any]]:
    """All rows below a folder, in the order of claim and record."""
    import pyarrow.dataset as ds

    rows = ds.dataset(folder, partitioning=None, format="parquet").to_table().to_pylist()
    return sorted(rows, key=lambda row: (row["claim"], row["register"]))
