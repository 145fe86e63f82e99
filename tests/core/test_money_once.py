"""Sequences that once paid somebody twice, or nobody: each was found by trying, and stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from answers_for_core import judge
from roster_world import ACTOR, FileOfRecords, take_in

from aidcli import idnumber
from aidcli.errors import AidError
from aidcli.linkage import keys_of
from aidcli.model import Block, Fact, Identity, Named, Record, RowRead, SheetPlan
from aidcli.store import Session, batches, events, open_store, rosters
from aidcli.store.batches import BatchHead
from aidcli.store.runs import RunRow
from aidcli.store.writing import BatchWriter
from aidcli.tasks import matching, merging, paying, scheduling, setup, taking, undo
from aidcli.tasks.ahead import packed

DAY = date(2026, 11, 5)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    setup.init(tmp_path / "aid.db", ACTOR, "990101")
    return open_store(tmp_path / "aid.db")


def who(n: int, name: str = "", **changes: str) -> Identity:
    body = f"99010119600{1 + n % 9}{10 + n % 18}{n:03d}"
    number = body + idnumber.check_digit(body)
    given = Identity(name or f"王{'甲乙丙丁戊己庚'[n]}", "valid", number, township="青禾镇")
    return given._replace(**changes)


def misspelt(n: int) -> Identity:
    """The same person with one digit of the number wrong."""
    right = who(n)
    digit = str((int(right.id_value[16]) + 1) % 10)
    return right._replace(id_kind="bad_check", id_value=right.id_value[:16] + digit + right.id_value[17])


def home(
    case: str, head: Identity, fen: int, account: str, month: str, programme: str = "dibao", **more: str
) -> Record:
    facts = [
        Fact(0, "enrolled", month=month, code=programme, num=1, text=more.get("mode", "")),
        Fact(0, "head", code=head.id_kind, text=head.id_value),
        Fact(0, "amount", code="total", fen=fen),
        Fact(0, "account", text=account),
    ]
    if case:
        facts.append(Fact(0, "case", code=programme, text=case))
    if more.get("base"):
        facts.append(Fact(0, "amount", 1, code="base", fen=int(more["base"])))
    if more.get("institution"):
        facts.append(Fact(0, "institution", text=more["institution"]))
    return Record((Named("head", 0, head),), tuple(facts))


def roster(month: str, *homes: Record, source: str = "dibao_rural_household") -> FileOfRecords:
    return FileOfRecords(source, "roster", month, homes)


def changes(session: Session, month: str, *homes: Record) -> int:
    """A list of changes, taken in as `import --coverage change` does."""
    with session.transaction(ACTOR):
        seq = events.record(session, ACTOR, "import", month, "")
        key = f"change/{month}/{seq}"
        head = BatchHead("dibao_rural_household", "", "roster", "dibao", key, key, "", month, "change")
        keys = keys_of(head.source, True)
        writer = BatchWriter(session, head, ACTOR.at, ACTOR.operator, seq, keys)
        writer.sheet(0, SheetPlan("Sheet1", 1, {}, ()))
        for row, record in enumerate(homes, start=2):
            keyed = taking.keyed(record, head.source, f"{key}:{row}", True)
            read = RowRead(row, (), "kept", record, ())
            writer.block(0, packed(Block([(row, ())], None, [(0, read)])), [keyed])
        writer.finish(writer.townships)
        rosters.project(session, rosters.months_of_batch(session, writer.id))
    matching.match(session, ACTOR)
    return writer.id


def schedule(session: Session, month: str = "2026-10", programme: str = "dibao") -> scheduling.Scheduled:
    matching.match(session, ACTOR)
    return scheduling.schedule(session, ACTOR, month, DAY, [programme])


def approve(session: Session, done: scheduling.Scheduled) -> RunRow:
    (run,) = done.runs
    return paying.approve(session, ACTOR, run.id).run


def asked(session: Session) -> set[str]:
    return {row[0] for row in session.conn.execute("SELECT code FROM question")}


def department(*people: Identity) -> FileOfRecords:
    rows = tuple(
        Record((Named("subject", 0, p),), (Fact(0, "unemployed", day="2026-09-01"),)) for p in people
    )
    return FileOfRecords("registered_unemployed", "department", "2026-09", rows)


@pytest.mark.parametrize("name", ["王错", "王另", "王别", "王误"])
def test_a_department_file_that_comes_and_goes_pays_nobody_again(session: Session, name: str) -> None:
    take_in(session, roster("2026-10", home("C1", who(0), 50000, "1", "2026-10")))
    other = take_in(session, department(who(0, name)))
    matching.match(session, ACTOR)
    (left, right) = session.conn.execute("SELECT left_key, right_key FROM pair").fetchone()
    judge(session, ACTOR, left, right, "same")
    approve(session, schedule(session))
    undo.undo(session, ACTOR, other)
    assert schedule(session).runs == []
    judge(session, ACTOR, left, right, "withdrawn")
    assert schedule(session).runs == []


def test_a_corrected_head_of_a_numbered_household_is_not_paid_again(session: Session) -> None:
    take_in(session, roster("2026-10", home("C1", misspelt(0), 50000, "1", "2026-10")))
    approve(session, schedule(session))
    changes(session, "2026-10", home("C1", who(0), 50000, "1", "2026-10"))
    assert schedule(session).runs == []


def test_without_a_case_number_the_same_account_is_held_and_asked_about(session: Session) -> None:
    take_in(session, roster("2026-10", home("", misspelt(0), 50000, "6217", "2026-10")))
    approve(session, schedule(session))
    changes(session, "2026-10", home("", who(0), 50000, "6217", "2026-10"))
    (run,) = schedule(session).runs
    assert (run.payments, run.amount_fen) == (0, 0)
    assert "maybe_paid" in asked(session)
    with pytest.raises(AidError, match="没有可发放"):
        paying.approve(session, ACTOR, run.id)
    (payment,) = session.conn.execute("SELECT payment_id FROM hold").fetchone()
    paying.resume(session, ACTOR, payment, "核实是另一户")
    (run,) = schedule(session).runs
    assert run.amount_fen == 50000, "what a person released stays released"


def test_corrected_parts_are_no_second_payment_but_a_new_total_is_asked_about(session: Session) -> None:
    take_in(session, roster("2026-10", home("C1", who(0), 60000, "1", "2026-10", base="50000")))
    approve(session, schedule(session))
    changes(session, "2026-10", home("C1", who(0), 60000, "1", "2026-10", base="60000"))
    assert schedule(session).runs == []
    changes(session, "2026-10", home("C1", who(0), 45000, "1", "2026-10"))
    done = schedule(session)
    assert done.runs == [] and "差额-150.00元" in done.nothing["dibao"]


def test_who_comes_in_during_a_quarter_is_paid_for_the_rest_of_it(session: Session) -> None:
    source = "tekun_household"
    old, new = who(0), who(1)
    take_in(session, roster("2026-10", home("T1", old, 90000, "1", "2026-10", "tekun"), source=source))
    early = schedule(session, "2026-11", "tekun")
    assert early.runs == [] and "2026-10" in early.nothing["tekun"]
    assert approve(session, schedule(session, "2026-10", "tekun")).amount_fen == 270000
    both = [home("T1", old, 90000, "1", "2026-11", "tekun"), home("T2", new, 80000, "2", "2026-11", "tekun")]
    take_in(session, roster("2026-11", *both, source=source))
    done = approve(session, schedule(session, "2026-11", "tekun"))
    assert (done.period, done.payments, done.amount_fen, done.due_date) == (
        "2026-Q4",
        1,
        160000,
        "2026-11-10",
    )
    assert schedule(session, "2026-12", "tekun").runs == []


def test_a_resident_under_two_numbers_does_not_stop_the_others(session: Session) -> None:
    month, more = "2026-10", {"mode": "institution", "institution": "示例敬老院"}
    rows = [home(f"T{n}", who(n), 90000, "9", month, "tekun", **more) for n in range(3)]
    rows.append(home("T9", who(0), 90000, "9", month, "tekun", **more))
    take_in(session, roster(month, *rows, source="tekun_household"))
    done = approve(session, schedule(session, month, "tekun"))
    assert (done.persons, done.amount_fen) == (2, 2 * 270000)
    assert "listed_twice" in asked(session)


def test_a_household_only_on_the_roster_of_persons_is_asked_about(session: Session) -> None:
    member = Fact(0, "member", month="2026-10", code="dibao", text="本人")
    alone = Record((Named("head", 0, who(1)),), (member, Fact(0, "case", code="dibao", text="C2")))
    take_in(session, FileOfRecords("dibao_rural_person", "roster", "2026-10", (alone,)))
    take_in(session, roster("2026-10", home("C1", who(0), 50000, "1", "2026-10")))
    (run,) = schedule(session).runs
    assert run.payments == 1 and "no_household_list" in asked(session)


def test_one_number_judged_to_be_two_people_is_two_people(session: Session) -> None:
    take_in(session, department(who(0)))
    take_in(session, FileOfRecords("disabled_persons", "department", "2026-09", department(who(0)).records))
    matching.match(session, ACTOR)
    keys = [row[0] for row in session.conn.execute("SELECT key FROM mention ORDER BY key")]
    judge(session, ACTOR, *keys, "different")
    rows = session.conn.execute("SELECT person_id, status FROM link").fetchall()
    assert len({person for person, _ in rows}) == 2 and {status for _, status in rows} == {"own"}


def test_a_list_of_changes_ends_nobodys_membership(session: Session) -> None:
    homes = [home(f"C{n}", who(n), 50000, str(n), "2026-09") for n in range(2)]
    take_in(session, roster("2026-09", *homes))
    changes(session, "2026-10", home("C5", who(5), 50000, "5", "2026-10"))
    for view in ("members", "enrolments", "entitlements"):
        ends = session.conn.execute(f"SELECT DISTINCT to_month FROM {view}").fetchall()
        assert ends == [(None,)], view
    take_in(session, roster("2026-11", home("C0", who(0), 50000, "0", "2026-11")))
    matching.match(session, ACTOR)
    rows = session.conn.execute(
        "SELECT h.case_number, m.to_month FROM members AS m JOIN household AS h ON h.id = m.household_id "
        "ORDER BY 1"
    ).fetchall()
    assert rows == [("C0", None), ("C1", "2026-09"), ("C5", "2026-10")]


def test_a_merged_person_who_was_gone_for_a_while_is_still_redirected(session: Session) -> None:
    take_in(session, roster("2026-10", home("C1", who(0), 50000, "1", "2026-10")))
    approve(session, schedule(session))
    person = session.conn.execute("SELECT id FROM person").fetchone()[0]
    file = department(who(0, "王别名"))
    batch = take_in(session, file)
    matching.match(session, ACTOR)
    (left, right) = session.conn.execute("SELECT left_key, right_key FROM pair").fetchone()
    judge(session, ACTOR, left, right, "same")
    undo.undo(session, ACTOR, batch)
    take_in(session, file)
    matching.match(session, ACTOR)
    assert session.conn.execute("SELECT count(*) FROM person WHERE live = 1").fetchone()[0] == 1
    now = session.conn.execute(
        "SELECT coalesce(redirect_to, id) FROM person WHERE id = ?", (person,)
    ).fetchone()
    assert session.conn.execute("SELECT live FROM person WHERE id = ?", now).fetchone()[0] == 1


def test_the_log_refuses_insert_or_replace_from_any_tool(session: Session) -> None:
    import sqlite3

    outside = sqlite3.connect(session.path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        outside.execute("INSERT OR REPLACE INTO event SELECT * FROM event")


def test_the_same_township_missing_from_a_full_list_needs_a_word(session: Session) -> None:
    other = who(1, township="白塘镇")
    homes = [home("C0", who(0), 1, "0", "2026-09"), home("C1", other, 1, "1", "2026-09")]
    take_in(session, roster("2026-09", *homes))
    assert batches.covered_before(session, "dibao_rural_household", "2026-10") == {"青禾镇", "白塘镇"}
    assert batches.covered_before(session, "dibao_rural_household", "2026-09") == set()


def test_a_change_without_a_township_does_not_outlive_the_next_full_list(session: Session) -> None:
    nowhere = who(5, township="")
    take_in(session, roster("2026-09", home("C0", who(0), 50000, "0", "2026-09")))
    changes(session, "2026-09", home("C5", nowhere, 50000, "5", "2026-09"))
    (run,) = schedule(session, "2026-09").runs
    assert run.payments == 2
    take_in(session, roster("2026-10", home("C0", who(0), 50000, "0", "2026-10")))
    (run,) = schedule(session, "2026-10").runs
    assert run.payments == 1


def test_who_changes_programme_in_a_prepaid_quarter_still_gets_the_month_that_is_due(
    session: Session,
) -> None:
    person, month = who(0), "2026-10"
    take_in(session, roster(month, home("T1", person, 90000, "1", month, "tekun"), source="tekun_household"))
    quarter = approve(session, schedule(session, month, "tekun"))
    take_in(session, roster("2026-11", home("C1", person, 50000, "1", "2026-11")))
    shut_out = schedule(session, "2026-11")
    assert shut_out.runs == [] and "已审批特困" in shut_out.nothing["dibao"]
    (payment,) = session.conn.execute(
        "SELECT payment_id FROM payments WHERE run_id = ?", (quarter.id,)
    ).fetchone()
    paying.correct(session, ACTOR, payment, "11月起转低保")
    assert approve(session, schedule(session, "2026-11")).amount_fen == 50000
    rest = approve(session, schedule(session, month, "tekun"))
    months = session.conn.execute(
        "SELECT DISTINCT i.month FROM pay_item AS i JOIN payment AS p ON p.id = i.payment_id "
        "WHERE p.run_id = ? ORDER BY 1",
        (rest.id,),
    ).fetchall()
    assert months == [("2026-10",), ("2026-12",)]
    assert rest.amount_fen == 180000 and "exclusive_paid" in asked(session)


@pytest.mark.parametrize("corrected", [0, 1])
def test_a_payment_reversed_because_two_are_one_is_not_drafted_again(
    session: Session, corrected: int
) -> None:
    month = "2026-10"
    twice = [home(f"C{n}", who(n, "吴老根"), 40000, str(n), month) for n in (3, 4)]
    take_in(session, roster(month, *twice))
    approve(session, schedule(session, month))
    people = [one for (one,) in session.conn.execute("SELECT person_id FROM people ORDER BY id_number")]
    merging.merge(session, ACTOR, *people, "户口簿", date(2026, 10, 9), sure=True)
    paid = [one for (one,) in session.conn.execute("SELECT payment_id FROM payments ORDER BY payment_id")]
    paying.correct(session, ACTOR, paid[corrected], "重复")
    again = schedule(session, month)
    assert again.runs == [] and "随另一户" in again.nothing["dibao"]
    paying.correct(session, ACTOR, paid[1 - corrected], "也退回")
    (run,) = schedule(session, month).runs
    assert run.payments == 2  # nobody has the month now: which of the two it is, approval asks
