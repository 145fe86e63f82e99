"""Whom a roster wakes: nobody while all are to be matched anyway, the neighbours once some rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from roster_world import ACTOR, take_in
from small_steps import listed, number, roster, someone

from aidcli.store import Session, blocks, create
from aidcli.tasks import matching

WHO = someone("刘建国", number("19750312", 13), village="西坡村")
SAME = someone("刘建国", village="西坡村", phone="13900000000")


def waiting(session: Session) -> set[str]:
    rows = session.conn.execute("SELECT m.source FROM dirty JOIN mention AS m ON m.id = dirty.mention_id")
    return {source for (source,) in rows}


def test_before_the_first_match_nobody_has_to_be_woken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = create(tmp_path / "aid.db", ACTOR)

    def unwanted(_: Session) -> None:
        raise AssertionError("the index was loaded though all are awake")

    monkeypatch.setattr(blocks, "Neighbours", unwanted)
    take_in(session, listed("visits", SAME))
    take_in(session, roster("2026-09", ("H1", WHO)))
    assert not blocks.somebody_rests(session)
    assert waiting(session) == {"visits", "dibao_rural_person"}


def test_who_rests_and_bears_the_number_of_somebody_who_moves_is_woken(tmp_path: Path) -> None:
    session = create(tmp_path / "aid.db", ACTOR)
    ward, other = someone("张海", WHO.id_value), someone("李四", number("19800101", 7), village="东塘村")
    take_in(session, listed("visits", ward, other))
    take_in(session, roster("2026-09", ("H1", WHO)))
    matching.match(session, ACTOR)
    assert waiting(session) == set() and blocks.somebody_rests(session)
    take_in(session, roster("2026-10", ("H2", WHO)))  # the same record, in another household now
    woken = session.conn.execute(
        "SELECT m.name FROM dirty JOIN mention AS m ON m.id = dirty.mention_id ORDER BY m.name"
    ).fetchall()
    assert woken == [("刘建国",), ("张海",)]
