"""Indexes that are left out while many rows go in stand again after, and hold all."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidcli.store import Actor, Session, create, deferred

ACTOR = Actor("测试", "test", "host", "import", "2026-10-08T08:00:00+08:00")
_INDEX = "roster_member_household"


def _names(session: Session) -> set[str]:
    return {
        str(row[0]) for row in session.conn.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
    }


@pytest.mark.parametrize(("coming", "left_out"), [(4, False), (5, True), (50, True)])
def test_an_index_rests_only_for_more_rows_than_there_are(
    coming: int, left_out: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deferred, "_FROM", 5)
    session = create(tmp_path / "a.db", ACTOR)
    before = _names(session)
    with deferred.rested(session, "roster_member", _INDEX, coming):
        assert (_INDEX not in _names(session)) == left_out
    assert _names(session) == before


def test_an_index_stays_where_the_table_holds_as_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deferred, "_FROM", 1)
    session = create(tmp_path / "a.db", ACTOR)
    session.conn.executemany("INSERT INTO blob VALUES (?, ?)", [("a", b"1"), ("b", b"2")])
    session.conn.execute("CREATE INDEX blob_some ON blob (hash)")
    with deferred.rested(session, "blob", "blob_some", 2):
        assert "blob_some" in _names(session)
    with deferred.rested(session, "blob", "blob_some", 3):
        assert "blob_some" not in _names(session)
