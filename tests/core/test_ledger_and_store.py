"""The law of claims stands twice, as pure functions and as SQL with triggers: both must say the same."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laws import examples
from roster_world import ACTOR, FileOfRecords, take_in

from aidcli import idnumber
from aidcli.model import Fact, Identity, Named, PayItem, Payment, Record
from aidcli.payments import Ledger, reversal_of
from aidcli.store import Session, blobs, claims, create, drafts
from aidcli.tasks import matching

EXCLUSIVE = [("dibao", "tekun")]
PAIRS = frozenset({("dibao", "tekun"), ("tekun", "dibao")})


def open_world(path: Path) -> tuple[Session, list[tuple[str, str]]]:
    """A database with four people on a roster, and (person, mention) of each."""
    session = create(path, ACTOR)
    rows = []
    for n in range(4):
        body = f"99010119700101{n:03d}"
        who = Identity(f"王{'甲乙丙丁'[n]}", "valid", body + idnumber.check_digit(body), township="青禾镇")
        rows.append(Record((Named("head", 0, who),), (Fact(0, "member", month="2026-10", code="dibao"),)))
    take_in(session, FileOfRecords("dibao_rural_person", "roster", "2026-10", tuple(rows)))
    matching.match(session, ACTOR)
    people = session.conn.execute(
        "SELECT l.person_id, m.key FROM link AS l JOIN mention AS m ON m.id = l.mention_id ORDER BY m.name"
    ).fetchall()
    with session.transaction(ACTOR):
        claims.set_exclusive(session, EXCLUSIVE)
    return session, people


@st.composite
def runs_of_payments(draw: st.DrawFn) -> list[tuple[str, list[tuple[str, list[int]]]]]:
    """Runs of one programme each: payments as (household, persons)."""
    payment = st.tuples(
        st.sampled_from(["h-1", "h-2", "h-3"]),
        st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True),
    )
    run = st.tuples(st.sampled_from(["dibao", "tekun"]), st.lists(payment, min_size=1, max_size=3))
    return draw(st.lists(run, min_size=1, max_size=4))


def draft(session: Session, programme: str, period: str, payments: list[Payment]) -> int:
    with session.transaction(ACTOR):
        blob = blobs.keep(session, [])
        head = drafts.RunHead(programme, period, "2026-10", "", "", "", blob, blob, "", "甲")
        return drafts.save_draft(session, head, payments, [], [], {}, 0)


@settings(max_examples=examples(12, 60), suppress_health_check=[HealthCheck.too_slow])
@given(runs_of_payments(), st.data())
def test_the_store_refuses_exactly_what_the_ledger_refuses(
    wanted: list[tuple[str, list[tuple[str, list[int]]]]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        session, people = open_world(Path(folder) / "aid.db")
        ledger = Ledger(PAIRS)
        for number, (programme, homes) in enumerate(wanted):
            payments = []
            for place, (household, persons) in enumerate(homes):
                items = tuple(
                    PayItem(people[n][0], programme, "base", "2026-10", 100 + n, household, people[n][1])
                    for n in persons
                )
                payments.append(
                    Payment(
                        f"y-{number}-{place}",
                        programme,
                        str(number),
                        household,
                        "",
                        "",
                        "",
                        0,
                        "regular",
                        items,
                    )
                )
            run = draft(session, programme, str(number), payments)
            expected = ledger.conflicts(payments)
            found = claims.conflicts(session, run)
            assert bool(found) == bool(expected)
            assert {c.why for c in found} == {c.why for c in expected}
            if expected:
                with pytest.raises(sqlite3.IntegrityError), session.transaction(ACTOR):
                    claims.approve(session, run, "乙")
                continue
            with session.transaction(ACTOR):
                claims.approve(session, run, "乙")
            ledger = ledger.approve(payments)
            if data.draw(st.booleans()):
                chosen = data.draw(st.sampled_from(payments))
                with session.transaction(ACTOR):
                    claims.reverse(session, run, reversal_of(chosen))
                ledger = ledger.reverse(chosen.id)
        stored = session.conn.execute("SELECT count(*) FROM claim").fetchone()[0]
        homes_stored = session.conn.execute("SELECT count(*) FROM household_claim").fetchone()[0]
        assert stored + homes_stored == len(ledger.claims)
        session.close()
