"""The contract of the engines: Spark finds the same pairs, persons, points and codes as this machine.

One session for all tests, with little warming up; what is compared does not depend on its settings.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from dirty_people import PEOPLE, identity
from parquet_files import links, listed, table, told, write

from aidcli.cli.main import run
from aidcli.errors import AidError
from aidcli.linkage.engines import LocalEngine, Records, session
from aidcli.linkage.engines.spark import SparkEngine
from aidcli.linkage.scoring import load_model
from aidcli.model import Identity
from aidcli.store import open_store
from aidcli.tasks.partition import match_files
from benchmarks.linking import mixes, ours, preparing, world

pytestmark = pytest.mark.spark

ROWS = 20_000
QUICK = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "4",
}


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "_ON_ONE_MACHINE", session._ON_ONE_MACHINE | QUICK)
        with session.spark_session() as opened:
            yield opened


@pytest.fixture(scope="module")
def made() -> world.World:
    return world.generate(ROWS, mixes.DIRTIER)


def prepared(made: world.World) -> tuple[Identity, Identity]:
    townships = frozenset(made.register["township"]) - {""}
    return tuple(  # type: ignore[return-value]
        ours._columns(preparing.prepared(one, townships)) for one in (made.register, made.claims)
    )


def test_the_sample_district_is_linked_alike(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["demo", "here", "--quiet"]) == 0
    shutil.copytree("here", "there")
    assert run(["match", "--rebuild", "--db", "here/aid.db"]) == 0
    assert run(["match", "--rebuild", "--engine", "spark", "--db", "there/aid.db"]) == 0
    found = [_links(Path(folder) / "aid.db") for folder in ("here", "there")]
    assert len(found[0][0]) > 500 and len(found[0][1]) > 0
    assert found[0] == found[1]


def _links(db: Path) -> tuple[list[Any], ...]:
    opened = open_store(db)
    try:
        return tuple(opened.conn.execute(f"SELECT * FROM {view} ORDER BY 1, 2").fetchall() for view in _VIEWS)
    finally:
        opened.close()


_VIEWS = ("links", "pairs", "person")


def test_twenty_thousand_against_as_many_give_the_same_pairs(spark: Any, made: world.World) -> None:
    register, claims = prepared(made)
    columns = Identity(*([*one, *other] for one, other in zip(register, claims, strict=True)))
    records = Records(columns, [*made.register["household"], *[""] * ROWS], ROWS)
    model = load_model()
    here, there = LocalEngine().pairs(records, model), SparkEngine().pairs(records, model)
    assert len(here.left) > ROWS / 2
    for one, other in zip(here, there, strict=True):
        assert np.array_equal(one, other)


def test_twenty_thousand_from_parquet_give_the_same_partitions(
    spark: Any, made: world.World, tmp_path: Path
) -> None:
    register, claims = prepared(made)
    townships = sorted(set(made.register["township"]))
    regions = [f"9901{townships.index(one) % 5:02}" for one in made.register["township"]]
    left = {"mention": made.register["record"], "region": regions, "home": made.register["household"]}
    right = {"mention": made.claims["record"], "source": made.claims["source"]}
    files = [
        write(_columns({**keys, **said._asdict()}), tmp_path / name)
        for keys, said, name in ((left, register, "l.parquet"), (right, claims, "r.parquet"))
    ]
    here = match_files(*files, str(tmp_path / "here"))
    there = match_files(*files, str(tmp_path / "there"), "spark")
    assert here.matched == there.matched and here.epoch == there.epoch
    assert len(here.matched.districts) == 5 and here.matched.linked > ROWS / 3
    assert links(tmp_path / "here") == links(tmp_path / "there")
    for district in here.matched.districts:
        folder = f"region={district.region}"
        assert links(tmp_path / "here" / folder) == links(tmp_path / "there" / folder)


def _columns(columns: dict[str, Any]) -> Any:
    import pyarrow as pa

    return pa.table({name: pa.array(list(column), pa.large_string()) for name, column in columns.items()})


@pytest.mark.parametrize("fault", ["missing", "number", "region", "twice", "text", "gone", "filled"])
def test_both_engines_refuse_alike(spark: Any, tmp_path: Path, fault: str) -> None:
    rows = table(listed())
    names = rows.schema.names
    if fault == "missing":
        rows = rows.drop_columns(["phone"])
    elif fault == "number":
        rows = rows.set_column(names.index("id_value"), "id_value", [[1] * len(rows)])
    elif fault in ("region", "twice"):
        name = {"region": "region", "twice": "mention"}[fault]
        rows = rows.set_column(names.index(name), name, [["99"] * len(rows)])
    left = write(rows, tmp_path / "l [1].parquet")
    right = write(table([told(identity("王芳", ""), mention="c1", source="x")]), tmp_path / "r.parquet")
    if fault == "text":
        Path(right).write_text("姓名", encoding="utf-8")
    if fault == "gone":
        left = str(tmp_path / "nowhere")
    if fault == "filled":
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "alt").touch()
    said = []
    for engine in ("local", "spark"):
        with pytest.raises(AidError) as caught:
            match_files(left, right, str(tmp_path / "out"), engine)
        said.append(caught.value.as_dict())
    assert said[0] == said[1]
    assert len(list(tmp_path.iterdir())) == (3 if fault == "filled" else 2)


def test_nobody_linked_is_an_empty_folder(spark: Any, tmp_path: Path) -> None:
    left = write(table(listed()), tmp_path / "l.parquet")
    right = write(table([told(identity("欧阳不在", ""), mention="c1", source="x")]), tmp_path / "r.parquet")
    done = match_files(left, right, str(tmp_path / "out"), "spark")
    assert (done.matched.linked, done.matched.pending, done.matched.districts) == (0, 0, [])
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "out").iterdir() if path.name.startswith("region")] == []


def test_a_run_of_its_own_says_nothing_but_its_result_and_leaves_nothing_behind(tmp_path: Path) -> None:
    left = write(table(listed()), tmp_path / "登记.parquet")
    row = told(identity(PEOPLE[3].name, PEOPLE[3].id), mention="c1", source="cremation")
    right = write(table([row]), tmp_path / "部门.parquet")
    (tmp_path / "tmp").mkdir()
    asked = [
        "match",
        "--engine",
        "spark",
        "--left",
        left,
        "--right",
        right,
        "--out",
        "结果",
        "--format",
        "json",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "aidcli", *asked],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["data"]["linked"] == 1
    assert [row["name"] for row in links(tmp_path / "结果")] == [PEOPLE[3].name]
    assert list((tmp_path / "tmp").iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tmp", "登记.parquet", "结果", "部门.parquet"]


def test_a_master_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    asked = ["-m", "aidcli", "match", "--engine", "spark", "--master", "nonsense://x", "--format", "json"]
    files = ["--left", "a", "--right", "b", "--out", "c"]
    done = subprocess.run(
        [sys.executable, *asked, *files],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["code"]) == (1, "spark_failed")
    assert "nonsense://x" in error["message"]
