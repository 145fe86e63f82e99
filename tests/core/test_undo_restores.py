"""Undo gives back the content of the database as it was before, for the files of the sample district.

A small list of every source is undone by `test_every_source`: here go those of the shapes that these lists have
not, and all the others with the slow tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from care_world import ACTOR, everything, take

from aidcli.resources import data_dir
from aidcli.store import Session, create
from aidcli.tasks import matching, undo

FILES = sorted(path for path in data_dir("sample_data/inputs").iterdir() if path.is_file())
GROUND = (
    "农村低保家庭查询_20261008.xlsx",
    "农村低保人员查询_20261008.xlsx",
    "殡葬火化名单_2026年第三季度.csv",
)


SHAPES = (
    "农村低保家庭查询_20261008.xlsx",  # members in one cell
    "低保边缘家庭花名册_2026年10月.xlsx",  # members under their heads
    "特困人员人员查询_20261008.xls",
    "低保代发回盘_202609.xlsx",
    "登记失业人员名单_2026年9月.xlsx",  # masked and missing numbers
)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, dict[str, list[str]]]]:
    """Two rosters and a list of deaths, matched."""
    session = create(tmp_path_factory.mktemp("undo") / "aid.db", ACTOR)
    for path in FILES:
        if path.name in GROUND:
            take(session, path)
    matching.match(session, ACTOR)
    yield session, everything(session)
    session.close()


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=() if path.name in SHAPES else pytest.mark.slow) for path in FILES],
    ids=[path.stem for path in FILES],
)
def test_undo_restores_the_content(
    path: Path, tmp_path: Path, grown: tuple[Session, dict[str, list[str]]]
) -> None:
    session, before = grown
    if path.name in GROUND:  # it is part of the ground: into an empty database instead
        session = create(tmp_path / "empty.db", ACTOR)
        matching.match(session, ACTOR)
        before = everything(session)
    done = take(session, path)
    matching.match(session, ACTOR)
    assert done.batch is not None and everything(session) != before
    undo.undo(session, ACTOR, done.batch)
    after = everything(session)
    for name in before:
        assert after[name] == before[name], name
