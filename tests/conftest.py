"""Shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidcli.store import Actor, Session, create


@pytest.fixture
def actor() -> Actor:
    return Actor("测试员", "tester", "host", "test", "2026-01-01T00:00:00")


@pytest.fixture
def session(tmp_path: Path, actor: Actor) -> Session:
    return create(tmp_path / "aid.db", actor)
