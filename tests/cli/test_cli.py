"""The face: options, exit codes, the JSON envelope, Chinese messages; the database as before when refused."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import Workbook

from aidcli import idnumber
from aidcli.cli.main import end_like_an_interrupt, run
from aidcli.store import Actor, open_store

DAY = ("--as-of", "2026-10-08")


def number(n: int) -> str:
    body = f"990101{1950 + n % 50}{1 + n % 12:02d}{1 + n % 28:02d}{n % 1000:03d}"
    return body + idnumber.check_digit(body)


def cremations(path: Path, rows: int = 6, first: int = 0) -> Path:
    lines = ["逝者姓名,身份证件号码,死亡日期,火化时间"]
    lines += [
        f"王{'甲乙丙丁戊己庚辛'[n % 8]},{number(n)},2026-08-0{1 + n % 9},2026-08-12"
        for n in range(first, first + rows)
    ]
    path.write_text("\n".join(lines), encoding="gb18030")
    return path


def call(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, dict[str, object]]:
    code = run([*argv, "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


def content(db: Path) -> str:
    """Everything in the file but recorded times."""
    with sqlite3.connect(db) as conn:
        return "\n".join(conn.iterdump())


def test_init_does_not_touch_an_existing_file(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = content(db)
    code, told = call(capsys, "init", "--policy", "990101")
    assert (code, told["ok"], told["error"]["code"]) == (1, False, "database_exists")
    assert content(db) == before


def test_init_with_an_unknown_region_leaves_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new.db"
    code, told = call(capsys, "init", "--policy", "123456", "--db", str(path))
    assert code == 1 and told["error"]["code"] == "unknown_region"
    assert not path.exists()


def test_import_says_what_it_kept(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = cremations(db.parent / "殡葬火化名单_2026年8月.csv")
    code, told = call(capsys, "import", str(path), *DAY)
    assert code == 0
    assert set(told) == {"schema", "command", "ok", "as_of", "data", "error"}
    assert (told["schema"], told["command"], told["as_of"]) == (1, "import", "2026-10-08")
    (file,) = told["data"]["files"]
    assert file["status"] == "kept" and file["batch"] == "b1" and file["source"] == "cremation"
    assert (file["period"], file["rows_read"], file["rows_kept"], file["rows_set_aside"]) == (
        "2026-08",
        6,
        6,
        0,
    )


def test_the_same_content_under_another_name_is_already_there(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = cremations(db.parent / "殡葬火化名单_2026年8月.csv")
    copy = cremations(db.parent / "火化（再发）2026年8月.csv")
    assert run(["import", str(first), *DAY]) == 0
    before = content(db)
    capsys.readouterr()
    code, told = call(capsys, "import", str(copy), *DAY)
    assert code == 0 and told["data"]["files"][0]["status"] == "already"
    assert told["data"]["files"][0]["batch"] == "b1"
    assert content(db) == before


def test_a_dry_run_keeps_nothing(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = cremations(db.parent / "殡葬火化名单_2026年8月.csv")
    before = content(db)
    code, told = call(capsys, "import", str(path), "--dry-run", *DAY)
    assert code == 0 and told["data"]["files"][0]["rows_kept"] == 6
    assert told["data"]["files"][0]["batch"] is None
    assert content(db) == before


def test_one_bad_file_among_good_ones_fails_alone(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = cremations(db.parent / "殡葬火化名单_2026年8月.csv")
    bad = db.parent / "空.xlsx"
    bad.write_bytes(b"")
    code, told = call(capsys, "import", str(bad), str(good), *DAY)
    assert code == 1 and told["ok"] is False
    assert [f["status"] for f in told["data"]["files"]] == ["refused", "kept"]
    assert told["error"]["code"] == "empty_file" and "空.xlsx" in told["error"]["message"]


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("make", "code", "word"),
    [
        (lambda d: d / "没有.xlsx", "file_missing", "没有.xlsx"),
        (lambda d: d, "empty_folder", "文件夹"),
        (lambda d: _bytes(d / "空.csv", b""), "empty_file", "空.csv"),
        (lambda d: _bytes(d / "坏.xlsx", b"PK\x03\x04" + b"\0" * 200), "unreadable_workbook", "坏.xlsx"),
        (lambda d: workbook(d / "无表头.xlsx", [["随便", "写写"], [1, 2]]), "no_header", "无表头.xlsx"),
    ],
)
def test_bad_input_is_refused_and_nothing_changes(
    db: Path, capsys: pytest.CaptureFixture[str], make: object, code: str, word: str
) -> None:
    before = content(db)
    rc, told = call(capsys, "import", str(make(db.parent)), *DAY)
    assert (rc, told["error"]["code"]) == (1, code)
    assert word in told["error"]["message"] and told["error"]["hint"]
    assert content(db) == before


def _bytes(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_wrong_template_is_refused(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = cremations(db.parent / "殡葬火化名单_2026年8月.csv")
    code, told = call(capsys, "import", str(path), "--source", "disabled_persons", *DAY)
    assert (code, told["error"]["code"]) == (1, "wrong_template")


def test_numbers_that_excel_cut_throughout_stop_the_import(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[list[object]] = [["姓名", "身份证号码", "死亡日期"]]
    rows += [[f"赵{'甲乙丙丁戊己'[n]}", int(number(n)[:17] + "0"), "2026-08-01"] for n in range(6)]
    path = workbook(db.parent / "公安死亡注销_2026年8月.xlsx", rows)
    before = content(db)
    code, told = call(capsys, "import", str(path), "--source", "death_cancellation", *DAY)
    assert (code, told["error"]["code"]) == (1, "suspicious_ids")
    assert content(db) == before
    code, told = call(
        capsys, "import", str(path), "--source", "death_cancellation", "--accept-suspicious", *DAY
    )
    assert code == 0 and told["data"]["files"][0]["rows_kept"] == 6


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["schedule", "--month", "2026-13"], "bad_month"),
        (["schedule", "--month", "十月"], "bad_month"),
        (["import", "x.csv", "--period", "10月"], "bad_period"),
        (["find", "王", "--as-of", "昨天"], "bad_date"),
        (["undo", "第一批"], "bad_reference"),
        (["flag", "--rule", "没有这条"], "unknown_rule"),
        (["schedule", "--month", "2026-10", "--programme", "五保"], "unknown_programme"),
        (["export", "花名册", "x.xlsx"], "unknown_worklist"),
        (["match", "--no-such-option"], "usage"),
        (["nonsense"], "usage"),
        (["import"], "usage"),
    ],
)
def test_wrong_usage_is_exit_2_in_chinese(
    db: Path, capsys: pytest.CaptureFixture[str], argv: list[str], code: str
) -> None:
    rc, told = call(capsys, *argv)
    assert (rc, told["ok"], told["error"]["code"]) == (2, False, code)
    assert any("一" <= sign <= "鿿" for sign in told["error"]["message"])
    assert run(argv) == 2
    said = capsys.readouterr()
    assert said.err.startswith("错误：") and "Traceback" not in said.err and said.out == ""


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["imprt"], "没有命令“imprt”，是不是 import"),
        (["pay", "aprove"], "没有命令“aprove”，是不是 approve"),
        (["import", "--sourc", "x"], "没有选项 --sourc，是不是 --source"),
        (["correct", "b1", "--row", "三"], "--row 后面应是一个整数"),
        (["match", "--wait", "久"], "--wait 后面应是一个数"),
        (["undo", "b1", "b2"], "多出“b2”"),
        (["sources", "try", "名单", "9月.xlsx"], "文件名里有空格的，要用引号括起来"),
        (["undo"], "缺少参数 批次"),
        (["schedule"], "缺少选项 --month"),
        (["undo", "b1", "--db"], "选项 --db 后面要有值"),
        (["match", "--rebuild=1"], "选项 --rebuild 后面不能有值"),
    ],
)
def test_a_slip_of_typing_is_told_in_chinese(
    db: Path, capsys: pytest.CaptureFixture[str], argv: list[str], said: str
) -> None:
    assert run(argv) == 2
    text = capsys.readouterr().err
    assert said in text and "用法不对：" in text
    assert not any(word in text for word in ("Got", "Did you", "Possible", "Input", "Invalid", "such"))


def test_strict_leaves_with_3_when_somebody_has_to_look(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = db.parent / "殡葬火化名单_2026年8月.csv"
    cremations(path)
    with path.open("a", encoding="gb18030") as file:
        file.write("\n,,2026-08-01,2026-08-02")
    assert run(["import", str(path), *DAY]) == 0
    assert run(["undo", "b1"]) == 0
    assert run(["import", str(path), "--strict", *DAY]) == 3


def test_an_import_is_undone_once(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(cremations(db.parent / "火化2026年8月.csv")), *DAY]) == 0
    capsys.readouterr()
    code, told = call(capsys, "undo", "b1")
    assert code == 0 and told["data"] == {
        "batch": "b1",
        "rows_removed": 6,
        "drafts": [],
        "with_it": [],
        "supplemented": None,
        "replaced": None,
    }
    code, told = call(capsys, "undo", "b1")
    assert (code, told["error"]["code"]) == (1, "already_undone")
    code, told = call(capsys, "undo", "b9")
    assert (code, told["error"]["code"]) == (1, "unknown_batch")


def test_rules_and_money_wait_for_matching(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(cremations(db.parent / "火化2026年8月.csv")), *DAY]) == 0
    capsys.readouterr()
    for argv in (["flag", *DAY], ["schedule", "--month", "2026-10", *DAY]):
        code, told = call(capsys, *argv)
        assert (code, told["error"]["code"]) == (1, "not_matched")


def test_another_run_holding_the_database_is_exit_4(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    session = open_store(db)
    holder = Actor("张会计", "zhang", "pc", "import", "2026-10-08T09:00:00+08:00")
    with session.transaction(holder):
        code, told = call(capsys, "match", "--wait", "0")
    assert code == 4
    assert "张会计" in told["error"]["message"] and "aidcli import" in told["error"]["message"]
    assert run(["match"]) == 0


def test_numbers_are_masked_unless_asked_and_asking_is_logged(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", str(cremations(db.parent / "火化2026年8月.csv")), *DAY]) == 0
    assert run(["match"]) == 0
    capsys.readouterr()
    _, told = call(capsys, "find", "王甲")
    assert told["data"]["people"][0]["id_number"] == idnumber.format(number(0))
    _, told = call(capsys, "find", "王甲", "--unmask", "--operator", "赵主任")
    assert told["data"]["people"][0]["id_number"] == number(0)
    _, told = call(capsys, "log")
    newest = told["data"]["events"][0]
    assert (newest["kind"], newest["operator"]) == ("unmask", "赵主任")
    assert all(number(n) not in json.dumps(told, ensure_ascii=False) for n in range(6))


def test_a_whole_number_is_read_from_a_file(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import", str(cremations(db.parent / "火化2026年8月.csv")), *DAY]) == 0
    assert run(["match"]) == 0
    (db.parent / "id.txt").write_text(number(3) + "\n", encoding="utf-8")
    capsys.readouterr()
    _, told = call(capsys, "find", "--id-file", "id.txt")
    assert [p["name"] for p in told["data"]["people"]] == ["王丁"]
    (db.parent / "id.txt").write_text(number(3)[:-1] + "?", encoding="utf-8")
    code, told = call(capsys, "find", "--id-file", "id.txt")
    assert code == 1 and told["error"]["code"] == "bad_id"


def test_csv_output_has_no_formulas(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from aidcli.cli.outcome import Outcome, Table, render

    text = render(Outcome({}, tables=[Table("", ("a",), [("=1+1",), ("+86",), ("好",)])]), "csv")
    assert text.splitlines() == ["a", "'=1+1", "'+86", "好"]


def test_a_fault_of_ours_shows_no_traceback_and_no_number(
    db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from aidcli.tasks import matching

    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError(f"broken at {number(1)}")

    monkeypatch.setattr(matching, "match", broken)
    assert run(["match"]) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said and number(1) not in said and "RuntimeError" in said


def test_the_log_can_be_verified(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = call(capsys, "log", "--verify")
    assert (code, told["data"]) == (0, {"verified": True, "faults": []})
    with sqlite3.connect(db) as conn:
        conn.execute("DROP TRIGGER event_body_is_final")
        conn.execute("UPDATE event_body SET json = '{}'")
    code, told = call(capsys, "log", "--verify")
    assert (code, told["error"]["code"]) == (1, "log_tampered")
    assert told["data"]["faults"] == ["第1条的内容被改动"]


def test_help_is_chinese_throughout(capsys: pytest.CaptureFixture[str]) -> None:
    for argv in (["--help"], ["import", "--help"], ["pay", "--help"], ["pay", "hold", "--help"]):
        assert run(argv) == 0
        text = capsys.readouterr().out
        for word in ("Usage", "Options", "Commands", "Arguments", "Show this", "required", "default"):
            assert word not in text, (argv, word)


def test_killed_in_the_middle_of_an_import_the_database_is_as_before(db: Path) -> None:
    path = cremations(db.parent / "火化2026年8月.csv", rows=60_000)
    before = content(db)
    child = subprocess.Popen(
        [sys.executable, "-m", "aidcli", "import", str(path), *DAY],
        cwd=db.parent,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    lock = db.with_name("aid.db.lock")
    deadline = time.monotonic() + 60
    while not lock.exists() and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert child.poll() is None, "the import was over before it could be killed"
    time.sleep(0.2)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert content(db) == before
    assert run(["import", str(cremations(db.parent / "火化2026年8月b.csv")), *DAY]) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_stopped_run_ends_as_an_interrupted_one(number: signal.Signals) -> None:
    before = signal.signal(number, signal.SIG_DFL)
    try:
        end_like_an_interrupt()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), number)
        signal.signal(number, signal.SIG_IGN)
        end_like_an_interrupt()
        assert signal.getsignal(number) == signal.SIG_IGN, "what nohup ignores stays ignored"
    finally:
        signal.signal(number, before)
