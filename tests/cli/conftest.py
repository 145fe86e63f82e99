"""A new database of an invented district, as `init` makes it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aidcli.cli.main import run


@pytest.fixture(scope="session")
def initialised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once and copied for each test: a copy takes no time."""
    folder = tmp_path_factory.mktemp("initialised")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("AIDCLI_OPERATOR", "李经办")
        patch.delenv("AIDCLI_DB", raising=False)
        assert run(["init", "--policy", "990101"]) == 0
    assert [path.name for path in folder.iterdir()] == ["aid.db"]
    return folder / "aid.db"


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, initialised: Path) -> Path:
    """The database, in the folder in which the test stands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AIDCLI_OPERATOR", "李经办")
    monkeypatch.delenv("AIDCLI_DB", raising=False)
    return shutil.copy(initialised, tmp_path / "aid.db")
