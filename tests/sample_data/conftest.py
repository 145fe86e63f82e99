"""The sample district made twice: as shipped, and (slow) larger with every case planted twice."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# tests/ may stand in the path too, and has a folder of the same name
sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]

import rereading  # noqa: E402

LARGER = pytest.param((430, 7), id="larger", marks=pytest.mark.slow)


@pytest.fixture(scope="session", params=[pytest.param((200, 990101), id="shipped"), LARGER])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> rereading.Made:
    households, seed = request.param
    return rereading.make(tmp_path_factory.mktemp("district"), households, seed)
