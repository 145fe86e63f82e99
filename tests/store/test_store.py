"""The file: schema, append-only histories, the event chain, one writer at a time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from aidcli.errors import AidError, Busy
from aidcli.store import Actor, Session, blobs, create, events, open_store

# Contract with outside scripts: view → columns, in this order.
VIEWS = {
    "batches": "batch_id source file sha256 period coverage scope imported_at operator rows_read rows_kept "
    "rows_set_aside status",
    "records": "mention_id batch_id source file sheet row ordinal role name id_number id_state birth_date sex "
    "township village person_id",
    "set_aside": "batch_id file sheet row column value code message",
    "people": "person_id name id_number birth_date sex township village",
    "links": "mention_id person_id tier score status evidence",
    "pairs": "pair_id left_mention right_mention tier score status evidence code",
    "households": "household_id head_person_id hukou township village",
    "members": "household_id person_id relation counted from_month to_month",
    "enrolments": "household_id person_id programme mode from_month to_month ground",
    "alerts": "alert_id rule household_id person_id priority route department status first_seen last_seen due "
    "reason citation result decided_by decided_at",
    "decisions": "decision_id kind household_id person_id programme ground number decided_on effective_month "
    "operator",
    "entitlements": "household_id person_id programme item amount_fen from_month to_month ground",
    "runs": "run_id programme period due_date pay_date status payments amount_fen prepared_by approved_by",
    "payments": "payment_id run_id programme period household_id payee_name payee_account amount_fen kind status "
    "corrects",
    "payment_items": "payment_id person_id programme item month amount_fen",
    "events": "seq at operator kind ref summary",
}


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_every_view_exists_from_the_start_with_its_columns(session: Session, view: str) -> None:
    columns = [row[0] for row in session.conn.execute(f"SELECT * FROM {view}").description]
    assert columns == VIEWS[view].split()


def test_views_with_numbers_have_a_full_twin(session: Session) -> None:
    names = {row[0] for row in session.conn.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert names == set(VIEWS) | {"records_full", "set_aside_full", "people_full", "payments_full"}


def test_every_table_is_strict(session: Session) -> None:
    loose = session.conn.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite_%'"
    ).fetchall()
    assert loose == []


@pytest.mark.parametrize("verb", ["UPDATE event SET summary = 'x'", "DELETE FROM event"])
def test_the_log_cannot_be_rewritten(session: Session, actor: Actor, verb: str) -> None:
    with session.transaction(actor):
        events.record(session, actor, "test", "", "一条")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        session.conn.execute(verb)


@pytest.mark.parametrize("table", ["judgement", "decision", "alert_event", "run_event", "event"])
def test_histories_have_both_triggers(session: Session, table: str) -> None:
    rows = session.conn.execute(
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    ).fetchone()
    assert rows[0] >= 2


def test_the_chain_finds_what_was_touched(session: Session, actor: Actor) -> None:
    with session.transaction(actor):
        for n in range(4):
            events.record(session, actor, "test", str(n), "一条", {"n": n})
    assert list(events.verify(session)) == []
    session.conn.execute("DROP TRIGGER event_no_update")
    session.conn.execute("UPDATE event SET operator = '别人' WHERE seq = 2")
    assert list(events.verify(session)) == ["第2条记录被改动"]


def test_the_chain_finds_a_changed_body_but_allows_a_forgotten_one(session: Session, actor: Actor) -> None:
    with session.transaction(actor):
        for n in range(3):
            events.record(session, actor, "test", str(n), "一条", {"n": n})
    session.conn.execute("DELETE FROM event_body WHERE seq = 1")
    assert list(events.verify(session)) == []
    session.conn.execute("DROP TRIGGER event_body_is_final")
    session.conn.execute("UPDATE event_body SET json = '{}' WHERE seq = 3")
    assert list(events.verify(session)) == ["第3条的内容被改动"]


def test_the_chain_finds_a_missing_line(session: Session, actor: Actor) -> None:
    with session.transaction(actor):
        for n in range(3):
            events.record(session, actor, "test", str(n), "一条")
    session.conn.execute("PRAGMA foreign_keys = OFF")
    session.conn.execute("DROP TRIGGER event_no_delete")
    session.conn.execute("DELETE FROM event WHERE seq = 2")
    assert list(events.verify(session)) == ["第2条至第2条记录缺失", "第3条与前一条不衔接"]


def test_a_failed_command_leaves_nothing(session: Session, actor: Actor) -> None:
    with pytest.raises(RuntimeError), session.transaction(actor):
        events.record(session, actor, "test", "", "不该留下")
        raise RuntimeError
    assert session.conn.execute("SELECT count(*) FROM event").fetchone()[0] == 0
    assert not session.path.with_name("aid.db.lock").exists()


def test_the_second_writer_is_told_who_is_first(session: Session, actor: Actor) -> None:
    first = actor._replace(operator="张会计", command="import", at="2026-10-08T09:00:00+08:00")
    other = open_store(session.path)
    with session.transaction(first):
        with pytest.raises(Busy) as busy, other.transaction(actor):
            raise AssertionError("two writers")
        assert busy.value.exit_code == 4
        for word in ("张会计", "aidcli import", "2026-10-08 09:00:00"):
            assert word in busy.value.message
    with other.transaction(actor):
        events.record(other, actor, "test", "", "轮到我")


def test_money_and_text_are_typed(session: Session) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        session.conn.execute("INSERT INTO blob VALUES ('x', 'text')")


def test_blobs_are_kept_once_and_refuse_floats(session: Session, actor: Actor) -> None:
    with session.transaction(actor):
        one = blobs.keep(session, {"b": 1, "a": ["示例"]})
        assert blobs.keep(session, {"a": ["示例"], "b": 1}) == one
        with pytest.raises(TypeError):
            blobs.keep(session, {"amount": 1.5})
    assert blobs.load(session, one) == {"a": ["示例"], "b": 1}
    with pytest.raises(KeyError):
        blobs.load(session, "none")


def test_create_refuses_an_existing_file_and_a_missing_folder(tmp_path: Path, actor: Actor) -> None:
    (tmp_path / "here.db").write_bytes(b"mine")
    with pytest.raises(AidError) as refused:
        create(tmp_path / "here.db", actor)
    assert refused.value.code == "database_exists"
    assert (tmp_path / "here.db").read_bytes() == b"mine"
    with pytest.raises(AidError) as refused:
        create(tmp_path / "nowhere" / "aid.db", actor)
    assert refused.value.code == "folder_missing"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "not_a_database"), (b"PK\x03\x04 not a database at all, surely" * 50, "not_a_database")],
)
def test_opening_something_else_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "aid.db"
    path.write_bytes(content)
    with pytest.raises(AidError) as refused:
        open_store(path)
    assert refused.value.code == code
    assert path.read_bytes() == content


def test_a_newer_or_foreign_database_is_not_touched(tmp_path: Path, session: Session) -> None:
    session.conn.execute("PRAGMA user_version = 99")
    with pytest.raises(AidError, match="更新版本"):
        open_store(session.path)
    foreign = sqlite3.connect(tmp_path / "other.db")
    foreign.execute("CREATE TABLE t (x)")
    foreign.commit()
    with pytest.raises(AidError, match="不是由 aidcli 建立"):
        open_store(tmp_path / "other.db")


def test_opening_twice_keeps_the_schema(session: Session) -> None:
    before = session.conn.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    open_store(session.path).close()
    after = session.conn.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    assert after == before


def test_the_masked_view_of_what_was_set_aside_hides_numbers_and_shows_the_rest(
    session: Session, actor: Actor
) -> None:
    whole = "990101196001011234"
    values = {"bad_day": "2026年7月约10日，病故", "id_bad_check": whole, "bad_money": f"560.00 {whole}"}
    with session.transaction(actor):
        seq = events.record(session, actor, "import", "", "")
        session.conn.execute(
            "INSERT INTO batch (source, source_label, kind, programme, file, sha256, template_hash, period, "
            "coverage, imported_at, operator, imported_seq, rows_read, rows_kept, rows_set_aside, status) "
            "VALUES ('s', '', 'roster', '', 'f', 'x', '', '2026-10', 'full', '', '', ?, 0, 0, 0, 'kept')",
            (seq,),
        )
        session.conn.execute("INSERT INTO batch_sheet VALUES (1, 0, 'S', 1, '{}')")
        for code, value in values.items():
            session.conn.execute(
                "INSERT INTO aside VALUES (1, 0, 2, 'A', ?, ?, '', 'cell', NULL)", (code, value)
            )
    shown = dict(session.conn.execute("SELECT code, value FROM set_aside"))
    assert shown["bad_day"] == values["bad_day"]
    assert whole not in shown["id_bad_check"] and whole not in shown["bad_money"]
    assert dict(session.conn.execute("SELECT code, value FROM set_aside_full")) == values


def test_a_full_disk_is_told_and_leaves_nothing(session: Session, actor: Actor) -> None:
    pages = session.conn.execute("PRAGMA page_count").fetchone()[0]
    session.conn.execute(f"PRAGMA max_page_count = {pages + 20}")
    before = session.conn.execute("SELECT count(*) FROM blob").fetchone()
    with pytest.raises(AidError) as refused, session.transaction(actor):
        for number in range(200):
            session.conn.execute("INSERT INTO blob VALUES (?, ?)", (f"b{number}", b"x" * 4000))
    assert refused.value.code == "disk_full" and "没有改动" in refused.value.message
    assert session.conn.execute("SELECT count(*) FROM blob").fetchone() == before
    session.conn.execute("PRAGMA max_page_count = 1000000")
    with session.transaction(actor):
        session.conn.execute("INSERT INTO blob VALUES ('b', x'00')")


def test_a_database_that_cannot_be_written_is_told(session: Session, actor: Actor) -> None:
    session.conn.execute("PRAGMA query_only = ON")
    with pytest.raises(AidError) as refused, session.transaction(actor):
        session.conn.execute("INSERT INTO blob VALUES ('b', x'00')")
    assert refused.value.code == "database_unwritable" and "只读" in refused.value.message
