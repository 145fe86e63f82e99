"""Shared by all tests."""

from __future__ import annotations

import gc
import shutil
import sys
from functools import partial
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test, settings
from laws import LIGHT, THOROUGH
from msoffcrypto.method.ecma376_agile import ECMA376Agile

from aidcli.store import Actor, Session, create, open_store

# Behind everything else, so that an installed aidcli goes before the checkout's.
sys.path.append(str(Path(__file__).resolve().parents[1]))

# A workbook that a test locks says so of itself: each turn of the key costs as much again when it is opened.
ECMA376Agile.encrypt = staticmethod(partial(ECMA376Agile.encrypt, spin_count=1000))

ACTOR = Actor("测试员", "tester", "host", "test", "2026-01-01T00:00:00")


def _is_slow_run(config: pytest.Config) -> bool:
    return str(config.getoption("markexpr")).strip() == "slow"


def pytest_configure(config: pytest.Config) -> None:
    """Before any test module is read: how many examples a law takes."""
    settings.load_profile(THOROUGH if _is_slow_run(config) else LIGHT)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The laws belong to both runs: to the default one lightly, to the slow one thoroughly."""
    if _is_slow_run(config):
        for item in items:
            is_law = item.get_closest_marker("law") or is_hypothesis_test(getattr(item, "obj", None))
            if is_law and not item.get_closest_marker("spark"):
                item.add_marker("slow")


def pytest_collection_finish() -> None:
    """Thousands of tests and what they import stay to the end: no need to look through them for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture
def actor() -> Actor:
    return ACTOR


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database, to be copied: that takes a tenth of the time of making one."""
    path = tmp_path_factory.mktemp("empty") / "aid.db"
    create(path, ACTOR).close()
    return path


@pytest.fixture
def session(tmp_path: Path, empty: Path) -> Session:
    return open_store(shutil.copy(empty, tmp_path / "aid.db"))
