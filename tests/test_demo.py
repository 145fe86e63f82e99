"""The demo against the answers that the generator knew: person by person, fen by fen, every workbook opened."""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from aidcli.money import daxie
from aidcli.resources import data_dir
from aidcli.store import Actor, Session, open_store
from aidcli.tasks import demo as demo_task

ACTOR = Actor("演示员", "tester", "host", "demo", "2026-10-08T09:00:00")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> demo_task.Shown:
    return demo_task.demo(tmp_path_factory.mktemp("demo") / "aidcli-demo", ACTOR, lambda text: None)


@pytest.fixture(scope="module")
def store(shown: demo_task.Shown) -> Session:
    return open_store(shown.db)


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    path = data_dir("sample_data") / "expected" / "expected.json"
    return json.loads(path.read_text(encoding="utf-8"))


Place = tuple[str, str, int, str, int]


@pytest.fixture(scope="module")
def persons(store: Session) -> dict[Place, str]:
    """Where everybody stands → who they are."""
    rows = store.conn.execute("SELECT file, sheet, row, role, ordinal, person_id FROM records")
    return {(f, _sheet(f, s), r, role, n): person for f, s, r, role, n, person in rows}


def place(entry: dict[str, Any]) -> Place:
    sheet = _sheet(entry["file"], entry["sheet"])
    return entry["file"], sheet, entry["row"], entry["role"], entry["ordinal"]


def _sheet(file: str, sheet: str) -> str:
    return "" if file.endswith(".csv") else sheet  # a text file has no sheets


def test_every_file_is_read_to_the_last_row(shown: demo_task.Shown, expected: dict[str, Any]) -> None:
    got = {f.file: {"rows": f.rows_read, "set_aside": f.rows_set_aside} for f in shown.files}
    assert got == expected["files"]
    assert {f.status for f in shown.files} == {"kept"}


@pytest.fixture(scope="module")
def clean(persons: dict[Place, str], expected: dict[str, Any]) -> dict[str, set[str]]:
    """True ID number → whom the rows became in which number and name are whole."""
    found: dict[str, set[str]] = defaultdict(set)
    for number, group in zip(expected["people_numbers"], expected["people"], strict=True):
        found[number] |= {persons[place(entry)] for entry in group}
    for one in expected["alone"]:
        found[one["id_number"]].add(persons[place(one["place"])])
    return found


def test_people_are_those_the_generator_knows(clean: dict[str, set[str]], expected: dict[str, Any]) -> None:
    assert len(expected["people"]) > 300 and len(clean) > 500
    assert {number: found for number, found in clean.items() if len(found) > 1} == {}


def test_nobody_is_taken_for_another(
    persons: dict[Place, str], clean: dict[str, set[str]], expected: dict[str, Any]
) -> None:
    """Rows with damaged, hidden, borrowed or missing numbers among them: twins, namesakes, parents."""
    truth: dict[str, set[str]] = defaultdict(set)
    for number, found in clean.items():
        for person in found:
            truth[person].add(number)
    for row in expected["dirty"]:
        truth[persons[place(row["place"])]].add(row["id_number"])
    assert len(expected["dirty"]) > 50
    assert [numbers for numbers in truth.values() if len(numbers) > 1] == []


LINKED = {
    *("number", "cut", "wrong", "slip", "masked_in_village", "no_dots", "part_of_name", "traditional"),
    *("former_name", "guardians_number"),
}


def test_damage_that_two_clerks_see_through_is_seen_through(
    persons: dict[Place, str], clean: dict[str, set[str]], expected: dict[str, Any]
) -> None:
    rows = [row for row in expected["dirty"] if row["expected"] == "link"]
    assert len(rows) > 20 and {row["dirt"] for row in rows} == LINKED
    missed = [row for row in rows if persons[place(row["place"])] not in clean[row["id_number"]]]
    assert missed == []


ASKED = {"none_in_village", "cut_of_two", "renamed", "twins_number", "others_number", "twice"}


@pytest.fixture(scope="module")
def asked(store: Session) -> dict[frozenset[str], str]:
    """Two people about whom somebody is asked → the pair's number."""
    rows = store.conn.execute(
        "SELECT DISTINCT q.pair_id, one.person_id, other.person_id FROM pairs AS q "
        "JOIN records AS one ON one.mention_id = q.left_mention "
        "JOIN records AS other ON other.mention_id = q.right_mention WHERE q.status = 'pending'"
    )
    return {frozenset((one, other)): pair for pair, one, other in rows}


def test_what_stays_doubtful_is_asked(
    persons: dict[Place, str],
    clean: dict[str, set[str]],
    asked: dict[frozenset[str], str],
    expected: dict[str, Any],
) -> None:
    rows = [row for row in expected["dirty"] if row["expected"] == "ask"]
    assert {row["dirt"] for row in rows} == ASKED and len(asked) >= 8
    for row in rows:
        person = persons[place(row["place"])]
        if person not in clean[row["id_number"]]:
            assert any(frozenset((person, other)) in asked for other in clean[row["about"]]), row


def test_one_who_may_be_on_two_rosters_is_proposed_and_flagged_once_it_is_confirmed(
    shown: demo_task.Shown,
    store: Session,
    persons: dict[Place, str],
    clean: dict[str, set[str]],
    asked: dict[frozenset[str], str],
    expected: dict[str, Any],
    tmp_path: Path,
) -> None:
    from aidcli.tasks import flagging, reviewing

    (row,) = (row for row in expected["dirty"] if row["dirt"] == "twice")
    (registered,) = clean[row["id_number"]]
    again = persons[place(row["place"])]
    on_rosters = {
        one for (one,) in store.conn.execute("SELECT person_id FROM members WHERE to_month IS NULL")
    }
    assert again != registered and {again, registered} <= on_rosters
    shutil.copyfile(shown.db, tmp_path / "aid.db")
    copy = open_store(tmp_path / "aid.db")
    pair = asked[frozenset((again, registered))]
    reviewing.decide(copy, ACTOR, pair, "same", "已核对户口簿", demo_task.DAY)
    flagging.flag(copy, ACTOR, demo_task.DAY)
    wanted = ("exclusive_programmes", row["id_number"])
    assert wanted in {(rule, number) for rule, number, _ in alerts_of(copy)}
    assert wanted not in {(rule, number) for rule, number, _ in alerts_of(store)}


def alerts_of(store: Session) -> list[tuple[str, str | None, str | None]]:
    """(rule, ID number, case number) of every alert."""
    rows = store.conn.execute(
        "SELECT a.rule, p.id_number, h.case_number FROM alerts AS a "
        "LEFT JOIN people_full AS p ON p.person_id = a.person_id "
        "LEFT JOIN household AS h ON h.id = a.household_id"
    )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize(
    "rule",
    ["roster_after_death", "severe_disability_not_in_dibao", "medical_self_paid_12m", "exclusive_programmes"],
)
def test_alerts_about_persons(store: Session, expected: dict[str, Any], rule: str) -> None:
    wanted = Counter(a["id_number"] for a in expected["alerts"] if a["rule"] == rule)
    assert Counter(number for found, number, _ in alerts_of(store) if found == rule) == wanted
    assert len(wanted) >= 4


def test_alerts_after_death_name_the_household(store: Session, expected: dict[str, Any]) -> None:
    wanted = {
        (a["id_number"], a["case_number"]) for a in expected["alerts"] if a["rule"] == "roster_after_death"
    }
    assert {(n, c) for rule, n, c in alerts_of(store) if rule == "roster_after_death"} == wanted


def test_alerts_about_shared_accounts(store: Session, expected: dict[str, Any]) -> None:
    wanted = {a["account"]: a["households"] for a in expected["alerts"] if a["rule"] == "account_shared"}
    bodies = store.conn.execute(
        "SELECT s.body FROM alert AS a JOIN alert_state AS s ON s.alert_id = a.id WHERE rule = 'account_shared'"
    )
    got = {}
    for (body,) in bodies:
        evidence = json.loads(body)["evidence"]
        accounts = {place["value"] for place in evidence}
        assert len(accounts) == 1
        got[accounts.pop()] = len(evidence)
    assert got == wanted


def test_no_near_miss_is_flagged(store: Session, expected: dict[str, Any]) -> None:
    flagged = {(rule, number) for rule, number, _ in alerts_of(store)}
    misses = expected["near_misses"]
    assert len(misses) >= 20
    for miss in misses:
        if miss.get("id_number"):
            assert (miss["rule"], miss["id_number"]) not in flagged, miss


def test_every_alert_says_why_with_rows_and_ground(store: Session) -> None:
    rows = store.conn.execute("SELECT reason, citation, body FROM alert_state").fetchall()
    assert len(rows) == 25
    for reason, citation, body in rows:
        assert reason and citation
        for found in json.loads(body)["evidence"]:
            assert found["file"] and found["row"] > 1 and found["column"]


def test_payments_to_the_fen(store: Session, expected: dict[str, Any]) -> None:
    rows = store.conn.execute(
        "SELECT p.programme, p.period, nullif(h.case_number, ''), p.payee_name, p.payee_account, p.amount_fen "
        "FROM payments_full AS p LEFT JOIN household AS h ON h.id = p.household_id"
    )
    keys = ("programme", "period", "case_number", "payee", "account", "amount_fen")
    wanted = Counter(tuple(p[key] for key in keys) for p in expected["payments"])
    assert Counter(map(tuple, rows)) == wanted
    assert len(wanted) == 174


def test_items_add_up_to_payments_and_nobody_is_forgotten(store: Session) -> None:
    wrong = store.conn.execute(
        "SELECT p.payment_id FROM payments AS p JOIN payment_items AS i USING (payment_id) "
        "GROUP BY p.payment_id HAVING sum(i.amount_fen) <> p.amount_fen"
    ).fetchall()
    assert wrong == []
    covered = store.conn.execute("SELECT count(DISTINCT person_id) FROM payment_items").fetchone()[0]
    members = store.conn.execute(
        "SELECT count(DISTINCT m.person_id) FROM members AS m JOIN household AS h ON h.id = m.household_id "
        "WHERE h.programme IN ('dibao', 'tekun') AND m.to_month IS NULL"
    ).fetchone()[0]
    assert covered == members > 350


def test_questions_stand_on_the_sheet_and_take_nobody_off(store: Session, expected: dict[str, Any]) -> None:
    rows = store.conn.execute(
        "SELECT q.code, p.id_number, h.case_number, q.text FROM question AS q "
        "LEFT JOIN people_full AS p ON p.person_id = q.person_id "
        "LEFT JOIN household AS h ON h.id = q.household_id"
    ).fetchall()
    asked = defaultdict(set)
    for code, number, case, text in rows:
        asked[code].add((number, case, text))
    wanted = expected["questions"]
    assert {n for n, _, _ in asked["death"]} == set(wanted["death"])
    assert {c for _, c, _ in asked["last_failed"]} == set(wanted["last_failed"])
    assert {n for n, _, _ in asked["exclusive"]} == set(wanted["exclusive"])
    assert len(asked["older_roster"]) == 1 and "2026-09" in next(iter(asked["older_roster"]))[2]


def test_pay_day_is_the_working_saturday(store: Session) -> None:
    rows = store.conn.execute("SELECT programme, due_date, pay_date, status FROM runs ORDER BY 1").fetchall()
    assert rows == [
        ("dibao", "2026-10-10", "2026-10-10", "draft"),
        ("tekun", "2026-10-10", "2026-10-10", "draft"),
    ]


def test_alert_workbook_has_every_alert_once(shown: demo_task.Shown, store: Session) -> None:
    book = load_workbook(shown.folder / "outbox" / "疑点核查表.xlsx")
    assert book.sheetnames[0] == "目录"
    shorts = Counter()
    for sheet in book.worksheets[1:]:
        if sheet.sheet_state != "visible":
            continue
        assert sheet.page_setup.orientation == "landscape" and str(sheet.page_setup.paperSize) == "9"
        assert sheet.print_title_rows
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type != "f"
                if isinstance(cell.value, str) and cell.value.startswith("a-") and len(cell.value) == 10:
                    shorts[cell.value] += 1
    wanted = Counter(row[0][:10] for row in store.conn.execute("SELECT alert_id FROM alerts"))
    assert shorts == wanted


def test_roster_workbooks_show_totals_in_figures_and_capitals(shown: demo_task.Shown, store: Session) -> None:
    totals = dict(store.conn.execute("SELECT programme, amount_fen FROM runs"))
    for name, fen in (
        ("发放花名册_低保_2026-10.xlsx", totals["dibao"]),
        ("发放花名册_特困_2026-Q4.xlsx", totals["tekun"]),
    ):
        book = load_workbook(shown.folder / "outbox" / name)
        front = book.worksheets[0]
        figures = [c.value for row in front.iter_rows() for c in row if c.data_type == "n"]
        texts = [str(c.value) for row in front.iter_rows() for c in row if c.value is not None]
        assert any(daxie(fen) in text for text in texts), name
        assert any(Decimal(str(figure)) * 100 == fen for figure in figures if figure is not None), name


def test_accounts_and_numbers_are_text(shown: demo_task.Shown, expected: dict[str, Any]) -> None:
    book = load_workbook(shown.folder / "outbox" / "发放花名册_低保_2026-10.xlsx")
    accounts = {p["account"] for p in expected["payments"] if p["programme"] == "dibao"}
    cells = [c for ws in book.worksheets for row in ws.iter_rows() for c in row if c.value in accounts]
    visible = [c for c in cells if c.parent.sheet_state == "visible"]
    assert {c.value for c in visible} == accounts
    assert all(c.data_type == "s" and c.number_format == "@" for c in visible)


def test_doing_it_again_changes_nothing(shown: demo_task.Shown, store: Session) -> None:
    from aidcli.tasks import flagging, intake, matching, scheduling, setup

    before = store.conn.execute("SELECT * FROM payments_full ORDER BY 1").fetchall()
    folders = setup.template_folders(store, "sources")
    for path in demo_task.sample_files()[::4]:  # of each source it is held by test_every_source
        again = intake.import_file(store, ACTOR, path, folders, intake.Options(), demo_task.DAY)
        assert again.status == "already"
    assert matching.match(store, ACTOR).changed == 0
    flagged = flagging.flag(store, ACTOR, demo_task.DAY)
    assert sum(rule.opened + rule.close_proposed for rule in flagged.rules) == 0
    scheduling.schedule(store, ACTOR, demo_task.MONTH, demo_task.DAY)
    assert store.conn.execute("SELECT * FROM payments_full ORDER BY 1").fetchall() == before


def test_the_demo_may_be_run_again_in_its_own_folder(shown: demo_task.Shown, tmp_path: Path) -> None:
    from aidcli.errors import AidError

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "重要.xlsx").write_bytes(b"x")
    with pytest.raises(AidError, match="不是空的"):
        demo_task.demo(tmp_path / "mine", ACTOR, lambda text: None)
    book = (shown.folder / "outbox" / "疑点核查表.xlsx").read_bytes()
    shutil.copytree(shown.folder, tmp_path / "demo")
    again = demo_task.demo(tmp_path / "demo", ACTOR, lambda text: None)
    assert (again.folder / "outbox" / "疑点核查表.xlsx").read_bytes() == book


def test_a_cut_number_is_marked_and_the_printed_count_of_persons_stands(tmp_path: Path) -> None:
    from openpyxl import Workbook

    from aidcli.tasks import exporting, intake, matching, scheduling, setup

    book = Workbook()
    book.active.append(
        [
            "户主姓名",
            "户主身份证号",
            "保障人口数",
            "户月保障金额（元）",
            "合计（元）",
            "所属街道",
            "银行帐号",
            "低保（特困）证号",
        ]
    )
    numbers = ["990101195501151012", 990101195502151030, "990101195503151047"]
    for n, number in enumerate(numbers):
        case = f"99010110000000{n}"
        book.active.append([f"王{'甲乙丙'[n]}", number, 3, 900, 900, "青禾镇", f"62170099010000{n}", case])
    book.save(tmp_path / "农村低保家庭查询_202610.xlsx")
    setup.init(tmp_path / "aid.db", ACTOR, "990101")
    session = open_store(tmp_path / "aid.db")
    folders = setup.template_folders(session, "sources")
    day = demo_task.DAY
    intake.import_file(
        session, ACTOR, tmp_path / "农村低保家庭查询_202610.xlsx", folders, intake.Options(), day
    )
    matching.match(session, ACTOR)
    scheduling.schedule(session, ACTOR, "2026-10", day, ["dibao"])
    exporting.export(session, ACTOR, "payment_roster", tmp_path / "o.xlsx", day)
    sheet = load_workbook(tmp_path / "o.xlsx")["青禾镇"]
    cells = {str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None}
    assert "990101195502151（末位丢失）" in cells
    assert "9" in cells, "three households of three persons each"
