"""Shared by all tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aidcli.store import Actor, Session, create

# Behind everything else, so that an installed aidcli goes before the checkout's.
sys.path.append(str(Path(__file__).resolve().parents[1]))


@pytest.fixture
def actor() -> Actor:
    return Actor("测试员", "tester", "host", "test", "2026-01-01T00:00:00")


@pytest.fixture
def session(tmp_path: Path, actor: Actor) -> Session:
    return create(tmp_path / "aid.db", actor)
