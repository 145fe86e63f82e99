"""Every shipped source: the same content counts once, and undo gives back what was there before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from care_world import ACTOR, content, everything, take
from plain_lists import PERIOD, TEMPLATES, plain_list

from aidcli.store import Session, create
from aidcli.tasks import matching, undo

GROUND = {"dibao_rural_household": "2026-07", "dibao_rural_person": "2026-07", "cremation": "2026-Q2"}


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, dict[str, list[str]]]]:
    """A roster of some of the people whom the lists name, and a list of deaths, matched."""
    folder = tmp_path_factory.mktemp("ground")
    session = create(folder / "aid.db", ACTOR)
    for source, period in GROUND.items():
        take(session, plain_list(source, folder, people=3), source=source, period=period)
    matching.match(session, ACTOR)
    yield session, everything(session)
    session.close()


@pytest.mark.parametrize("source", sorted(TEMPLATES))
def test_twice_is_once_and_undo_restores(
    source: str, tmp_path: Path, ground: tuple[Session, dict[str, list[str]]]
) -> None:
    session, before = ground
    path = plain_list(source, tmp_path)
    options = {"source": source, "period": PERIOD, "accept_suspicious": True}

    first = take(session, path, **options)
    assert (first.status, first.rows_kept) == ("kept", first.rows_read)
    assert first.rows_read >= 3 and first.batch is not None
    matching.match(session, ACTOR)
    taken = everything(session)
    what = "entries" if TEMPLATES[source].unit == "entry" else "facts"
    assert len(taken[what]) > len(before[what])

    again = take(session, path, **options)
    renamed = take(session, Path(shutil.copy(path, tmp_path / "改了名.csv")), **options)
    assert (again.status, again.batch) == (renamed.status, renamed.batch) == ("already", first.batch)
    assert everything(session) == taken

    undo.undo(session, ACTOR, first.batch)
    after = everything(session)
    for name in before:
        assert after[name] == before[name], name

    once_more = take(session, path, **options)
    matching.match(session, ACTOR)
    assert once_more.status == "kept"
    assert content(session) == {name: taken[name] for name in content(session)}
    undo.undo(session, ACTOR, once_more.batch or 0)
    assert everything(session) == before
