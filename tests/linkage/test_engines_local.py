"""The engine of one machine, the options of `match`, and what is said where an engine is not installed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from dirty_people import PEOPLE, Person, identity, mention, pools
from hypothesis import given, settings

from aidcli.cli.main import run
from aidcli.linkage.edges import Pool, edges_among
from aidcli.linkage.engines import LocalEngine, Records, session
from aidcli.linkage.engines.stages import Frozen, model_of
from aidcli.linkage.scoring import load_model
from aidcli.linkage.tables import match_tables
from aidcli.model import Identity, Mention


@settings(deadline=None)
@given(pools(most=9))
def test_another_engine_gives_the_edges_that_this_process_finds(pool: list[Mention]) -> None:
    model = load_model()
    laid = Pool(sorted(pool, key=lambda one: one.key), model)
    for argued in (frozenset[str](), frozenset([pool[0].key])):
        here = edges_among(laid, model, argued=argued)
        elsewhere = edges_among(laid, model, argued=argued, engine=LocalEngine())
        assert here.rows() == elsewhere.rows()


def test_only_claims_are_compared_with_the_register() -> None:
    told = [identity(one.name, one.id, "", one.village) for one in (PEOPLE[0], PEOPLE[0], PEOPLE[0])]
    records = Records(Identity(*zip(*told, strict=True)), ["h1", "h2", ""], 2)  # type: ignore[arg-type]
    found = LocalEngine().pairs(records, load_model())
    assert list(zip(found.left.tolist(), found.right.tolist(), strict=True)) == [(0, 2), (1, 2)]
    assert np.all(found.score >= load_model().auto)


def test_records_of_one_person_are_no_rivals_and_those_of_two_are() -> None:
    one = PEOPLE[0]
    register, claims = _columns([one, one]), _columns([one])
    model = load_model()
    same = list(match_tables(register, ["h1", "h2"], claims, model, people=["p1", "p1"]))
    assert [(link.record, link.tier) for link in same] == [(0, "auto")]
    two = list(match_tables(register, ["h1", "h2"], claims, model, people=["p1", "p2"]))
    assert [(link.record, link.tier) for link in two] == [(0, "review"), (1, "review")]
    three = list(
        match_tables(_columns([one] * 3), ["h1", "h2", "h3"], claims, model, people=["p1", "p2", "p1"])
    )
    assert [(link.record, link.tier) for link in three] == [(0, "review"), (1, "review")]


def _columns(people: list[Person]) -> Identity:
    told = [identity(one.name, one.id, "", one.village) for one in people]
    return Identity(*zip(*told, strict=True))  # type: ignore[arg-type]


def test_a_worker_with_another_program_is_refused() -> None:
    frozen = Frozen.of(load_model())
    assert model_of(frozen).hash == load_model().hash
    with pytest.raises(RuntimeError, match="not the aidcli that started the job"):
        model_of(frozen._replace(program="another"))


@pytest.mark.parametrize(
    ("missing", "code", "hint"),
    [
        ("pyspark", "pyspark_missing", 'pip install "aidcli[spark]"'),
        ("pyarrow", "pyarrow_missing", 'pip install "aidcli[spark]"'),
        ("java", "java_missing", "Java 17"),
    ],
)
def test_what_is_not_installed_is_named(
    missing: str,
    code: str,
    hint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(session, "find_spec", lambda name: None if name == missing else True)
    monkeypatch.setattr(session.shutil, "which", lambda name: None if name == missing else "/usr/bin/java")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    assert run(["init", "--db", "aid.db"]) == 0
    capsys.readouterr()
    assert run(["match", "--engine", "spark", "--db", "aid.db", "--format", "json"]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == code
    assert hint in error["hint"]


def test_files_without_pyarrow_are_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(session, "find_spec", lambda name: None)
    assert run(["match", "--left", "a", "--right", "b", "--out", "c"]) == 1
    assert "pip install pyarrow" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--engine", "flink"], "bad_engine"),
        (["--master", "local[4]"], "master_without_spark"),
        (["--left", "a.parquet"], "files_incomplete"),
        (["--right", "a.parquet", "--out", "b"], "files_incomplete"),
    ],
)
def test_options_that_do_not_go_together(
    options: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["match", *options, "--format", "json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code


def test_a_mention_keeps_its_place_in_what_an_engine_is_given() -> None:
    one = mention(identity("王芳", PEOPLE[0].id), 1, "h1")
    records = Pool([one], load_model()).records
    assert (records.columns.name, list(records.homes), len(records)) == (("王芳",), ["h1"], 1)
    assert len(Pool([], load_model()).records) == 0
