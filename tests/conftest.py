"""Shared by all tests."""

from __future__ import annotations

import gc
import sys
from functools import partial
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test, settings
from laws import LIGHT, THOROUGH
from msoffcrypto.method.ecma376_agile import ECMA376Agile

from aidcli.store import Actor, Session, create

# Behind everything else, so that an installed aidcli goes before the checkout's.
sys.path.append(str(Path(__file__).resolve().parents[1]))


# A workbook that a test locks says so of itself: each turn of the key costs as much again when it is opened.
ECMA376Agile.encrypt = staticmethod(partial(ECMA376Agile.encrypt, spin_count=1000))


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
    return Actor("测试员", "tester", "host", "test", "2026-01-01T00:00:00")


@pytest.fixture
def session(tmp_path: Path, actor: Actor) -> Session:
    return create(tmp_path / "aid.db", actor)
