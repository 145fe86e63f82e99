"""`review` and `apply` as a clerk meets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from openpyxl import load_workbook

import aidcli
from aidcli import idnumber
from aidcli.cli.main import run
from aidcli.tasks import matching

sys.path.append(str(Path(__file__).resolve().parents[1] / "core"))

from review_world import PERIOD, a_database, a_district, home, one_row_of_two, paid_under_two_numbers, who
from roster_world import FileOfRecords

DAY = ("--as-of", "2026-10-08")


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AIDCLI_DB", raising=False)
    monkeypatch.setenv("AIDCLI_OPERATOR", "李经办")
    a_district(tmp_path / "aid.db").close()
    return tmp_path


def call(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, dict[str, object], dict[str, object]]:
    code = run([*argv, *DAY, "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    return code, told["data"], told["error"]


def shown(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = run([*argv, *DAY])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def pairs(capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, object]]:
    return call(capsys, "review", "list", *more)[1]["pairs"]


class Typed:
    """Standard input that is no terminal, with these lines."""

    def __init__(self, *lines: str) -> None:
        self._lines = [line + "\n" for line in lines]

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        return self._lines.pop(0) if self._lines else ""


def ask(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *lines: str,
    more: tuple[str, ...] = (),
) -> tuple[dict[str, object], str]:
    monkeypatch.setattr(sys, "stdin", Typed(*lines))
    assert run(["review", "ask", *DAY, "--format", "json", *more]) == 0
    captured = capsys.readouterr()
    return json.loads(captured.out)["data"], captured.err


# ------------------------------------------------------------ list, decide, undo


def test_the_list_says_why_a_question_stands_where_it_stands(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = shown(capsys, "review", "list")
    assert code == 0 and "aidcli review export" in err
    first = next(line for line in out.splitlines() if line.startswith("q-"))
    assert "在册低保每月620.00元" in first and who(0).id_value not in out
    told = pairs(capsys)
    assert [one["rank"] for one in told] == [1, 2, 3, 4]
    assert set(told[0]) >= {"pair", "tier", "score", "evidence", "left", "right", "hangs", "check"}
    sides = [told[0][side] for side in ("left", "right")]
    assert {side["name"] for side in sides} == {"李错", "王甲"}
    assert {side["row"] for side in sides} == {2} and all(side["file"] for side in sides)
    assert {side["village"] for side in sides} == {"东塘村"}


def test_a_limit_says_how_many_there_are(district: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = shown(capsys, "review", "list", "--limit", "1")
    assert "共4题，列出前1题" in out
    assert call(capsys, "review", "list", "--limit", "1")[1]["total"] == 4
    assert shown(capsys, "review", "list", "--limit", "0")[0] == 2


def test_strict_says_that_somebody_must_answer(district: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "review", "list", "--strict")[0] == 3
    assert shown(capsys, "review", "list", "--answered", "--strict")[0] == 0


@pytest.mark.parametrize("option", ["--reason", "--why"])
def test_an_answer_is_kept_with_its_reason_and_taken_back(
    district: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    number = pairs(capsys)[0]["pair"]
    code, data, _ = call(capsys, "review", "decide", number[:12], "否", option, "看了户口簿")
    assert (code, data["pair"], data["verdict"], data["paid_twice"]) == (0, number, "different", [])
    assert number not in [one["pair"] for one in pairs(capsys)]
    (told,) = pairs(capsys, "--answered")
    assert told["note"].endswith("李经办答“不是同一人”：看了户口簿")
    assert call(capsys, "review", "undo", number[:12])[1]["pairs"] == [number]
    assert pairs(capsys, "--answered") == [] and len(pairs(capsys)) == 4
    code, _, error = call(capsys, "review", "undo", number)
    assert (code, error["code"]) == (1, "not_answered")


def test_an_answer_over_another_says_what_stood_before(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = pairs(capsys)[0]["pair"]
    assert call(capsys, "review", "decide", number, "否", "--reason", "看了户口簿")[1]["before"] is None
    assert call(capsys, "review", "decide", number, "否")[1]["before"] is None, (
        "the same again changes nothing"
    )
    code, out, _ = shown(capsys, "review", "decide", number, "存疑")
    assert code == 0 and "原来的回答改掉了：" in out and "李经办答“不是同一人”" in out
    before = call(capsys, "review", "decide", number, "否")[1]["before"]
    assert (before["verdict"], before["operator"]) == ("unsure", "李经办")


def test_who_is_split_is_told_by_name_and_row_also_where_the_id_goes_along(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = next(
        one["pair"]
        for one in pairs(capsys)
        if {one[side]["name"] for side in ("left", "right")} == {"李错", "王甲"}
    )
    assert call(capsys, "review", "decide", number, "是")[0] == 0
    (person,) = call(capsys, "find", "王甲")[1]["people"]
    evidence = call(capsys, "explain", person["person"])[1]["evidence"]
    own = next(one["mention"] for one in evidence if one["file"].startswith("dibao"))
    short = person["person"][:12]
    code, out, _ = shown(capsys, "review", "split", short, own, "--reason", "弄错了")
    assert code == 0
    left, stayed = out.splitlines()[1:3]
    assert (
        left
        == f"分出去的：王甲，dibao_rural_household第2行，{own[:10]}。仍用原来的编号 {person['person'][:10]}"
    )
    assert stayed.startswith("留下的：李错，registered_unemployed第2行，m-") and "。现在的编号是 p-" in stayed


def test_a_word_that_is_no_answer_is_refused(district: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = pairs(capsys)[0]["pair"]
    code, _, error = call(capsys, "review", "decide", number, "也许")
    assert (code, error["code"]) == (2, "bad_verdict") and "是、否、存疑" in error["message"]


# ------------------------------------------------------------ one at a time


def test_each_answer_is_kept_at_once_so_that_quitting_loses_nothing(
    district: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, err = ask(capsys, monkeypatch, "n", "s", "存疑", "q")
    assert data == {"answered": 2, "same": 0, "different": 1, "unsure": 1, "skip": 1, "left": 2}
    assert "第1题，共4题" in err and "第4题，共4题" in err and "\x1b" not in err
    assert {one["status"] for one in pairs(capsys, "--answered")} == {"different", "unsure"}
    data, _ = ask(capsys, monkeypatch)  # no more input: as quitting
    assert (data["answered"], data["left"]) == (0, 2)
    data, _ = ask(capsys, monkeypatch, "是", "否")
    assert (data["answered"], data["left"]) == (2, 0)
    code, out, _ = shown(capsys, "review", "ask")
    assert (code, out.strip()) == (0, "没有待确认的记录")


def test_what_is_typed_wrongly_is_asked_again(
    district: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, err = ask(capsys, monkeypatch, "也许", "", "Y", "q")
    assert data["same"] == 1 and err.count("请按 y、n、u、s 或 q") == 2


def test_numbers_are_masked_unless_asked_for(
    district: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert who(0).id_value not in ask(capsys, monkeypatch, "q")[1]
    assert who(0).id_value in ask(capsys, monkeypatch, "q", more=("--unmask",))[1]


def test_ctrl_c_ends_like_quitting(
    district: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(Typed):
        def readline(self) -> str:
            line = super().readline()
            if not line:
                raise KeyboardInterrupt
            return line

    monkeypatch.setattr(sys, "stdin", Broken("n"))
    assert run(["review", "ask", *DAY]) == 0
    assert "答了1题（不是同一人1题），还有3题" in capsys.readouterr().out


def test_review_alone_explains_itself_where_there_is_no_terminal(
    district: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Typed())
    assert run(["review"]) == 2
    assert "两条记录是不是同一个人" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX")
def test_on_a_terminal_one_key_is_an_answer_and_what_differs_is_marked(district: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "PYTHONPATH": str(Path(aidcli.__file__).parents[1])}
    env.pop("NO_COLOR", None)
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), theirs)
    child = subprocess.Popen([sys.executable, "-m", "aidcli", "review"], cwd=district, env=env, **streams)
    os.close(theirs)
    text = _typed(ours, ["\x1b[A", "否\n", "存疑\r", "q"])
    assert child.wait() == 0
    assert "答了2题（不是同一人1题，存疑1题），还有2题" in text
    assert "\x1b[1;7m" in text and text.count("请按 y、n、u、s 或 q") == 1


def _typed(terminal: int, keys: list[str]) -> str:
    """What a program shows that is given one of these keys each time it asks."""
    told, asked = b"", 0
    with suppress(OSError):  # closed by the program's end
        while piece := os.read(terminal, 4096):
            told += piece
            while told.count("q 退出 ".encode()) > asked and keys:
                asked += 1
                os.write(terminal, keys.pop(0).encode())
    return told.decode()


# ------------------------------------------------------------ the workbook, out and back


def exported(capsys: pytest.CaptureFixture[str], out: str = "核对.xlsx", *more: str) -> Path:
    code, data, _ = call(capsys, "review", "export", out, *more)
    assert (code, data["rows"], data["sheets"]) == (0, 4, ["待确认"])
    return Path(out)


def fill(path: Path, **cells: str) -> Path:
    book = load_workbook(path)
    for place, value in cells.items():
        book["待确认"][place] = value
    book.save(path)
    return path


def applied(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, object]:
    code, data, _ = call(capsys, "apply", *argv)
    assert code == 0
    (file,) = data["files"]
    return file


def test_the_workbook_hides_numbers_unless_asked_for(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def text(path: Path) -> str:
        return "".join(str(c.value) for row in load_workbook(path)["待确认"].iter_rows() for c in row)

    assert who(0).id_value not in text(exported(capsys))
    assert who(0).id_value in text(exported(capsys, "全.xlsx", "--unmask"))
    log = call(capsys, "log")[1]["events"]
    assert [event["summary"] for event in log if event["kind"] == "export"] == [
        "导出认人核对表4行，含完整号码",
        "导出认人核对表4行，号码已遮盖",
    ]


def test_filled_in_it_comes_back_and_twice_is_once(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = fill(exported(capsys), G4="否", H4="电话核实", G5=" 存疑 ", G6="")
    trial = applied(capsys, str(path), "--dry-run")
    assert (trial["status"], trial["changed"]) == ("tried", 2) and len(pairs(capsys)) == 4
    done = applied(capsys, str(path))
    assert (done["worklist"], done["rows_read"], done["changed"], done["unchanged"]) == ("review", 4, 2, 2)
    assert (done["conflicts"], done["problems"]) == ([], [])
    told = {one["status"]: one["note"] for one in pairs(capsys, "--answered")}
    assert told["different"].endswith("：电话核实") and told["unsure"].endswith("答“存疑”")
    again = applied(capsys, str(path))
    assert (again["changed"], again["unchanged"]) == (0, 4)


def test_what_was_answered_otherwise_meanwhile_is_not_changed(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = fill(exported(capsys), G4="是", G5="否")
    first = load_workbook(path)["待确认"]["A4"].value
    call(capsys, "review", "decide", first, "否")
    done = applied(capsys, str(path))
    ((conflict,), changed) = done["conflicts"], done["changed"]
    assert changed == 1 and (conflict["sheet"], conflict["row"], conflict["column"]) == ("待确认", 4, "G")
    assert conflict["code"] == "answered_otherwise" and "已答“不是同一人”" in conflict["message"]
    assert {one["status"] for one in pairs(capsys, "--answered")} == {"different"}


def test_one_row_answered_to_be_two_of_the_register_is_a_conflict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AIDCLI_DB", raising=False)
    one_row_of_two(tmp_path / "aid.db").close()
    assert call(capsys, "review", "export", "核对.xlsx")[1]["rows"] == 2
    path = fill(Path("核对.xlsx"), G4="是", G5="是")
    for dry, said in (("--dry-run", "第4行答了“是”"), ("--quiet", "第4行答了“是”"), ("--quiet", "答过“是”")):
        done = applied(capsys, str(path), dry)
        (conflict,) = done["conflicts"]
        assert (conflict["code"], conflict["row"], conflict["column"]) == ("joins_two_registered", 5, "G")
        assert said in conflict["message"] and "aidcli review merge p-" in conflict["message"]
    assert (done["changed"], done["unchanged"]) == (0, 1)
    assert [one["status"] for one in pairs(capsys, "--answered")] == ["same"]


def test_a_question_that_is_gone_is_a_conflict(district: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = fill(exported(capsys), G7="是")
    assert call(capsys, "undo", "b4")[0] == 0
    (conflict,) = applied(capsys, str(path))["conflicts"]
    assert (conflict["code"], conflict["row"]) == ("question_gone", 7)


def test_what_cannot_be_meant_is_listed_with_its_place_and_the_rest_is_taken(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = exported(capsys)
    keys = [load_workbook(path)["待确认"][f"A{row}"].value for row in (4, 5)]
    fill(path, G4="大概是", G5="否", G6="是", A6=keys[1], G7="是", A7="")
    done = applied(capsys, str(path))
    assert done["changed"] == 1
    told = [(one["row"], one["column"], one["code"]) for one in done["problems"]]
    assert told == [(4, "G", "bad_answer"), (6, "G", "two_answers"), (7, "G", "no_row_key")]
    assert "是、否、存疑" in done["problems"][0]["message"]
    assert shown(capsys, "apply", str(path), "--strict")[0] == 3


def test_answers_are_not_written_over(district: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = fill(exported(capsys), G4="是")
    code, _, error = call(capsys, "review", "export", str(path))
    assert (code, error["code"]) == (1, "output_exists")
    assert load_workbook(path)["待确认"]["G4"].value == "是"
    exported(capsys, "空.xlsx")
    exported(capsys, "空.xlsx")


def test_other_files_are_refused_and_do_not_stop_the_rest(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = fill(exported(capsys), G4="否")
    assert call(capsys, "export", "疑点核查表", "疑点.xlsx")[0] == 0
    book = load_workbook(path)
    del book["_meta"]
    book.save("来文.xlsx")
    code, data, error = call(capsys, "apply", "疑点.xlsx", "来文.xlsx", str(path))
    assert code == 1 and error["code"] == "not_returnable" and "疑点核查表，还不能读回来" in error["message"]
    assert [file["status"] for file in data["files"]] == ["refused", "refused", "applied"]
    assert data["files"][1]["error"]["code"] == "not_a_worklist"
    assert call(capsys, "apply", "没有.xlsx")[0] == 1


def test_the_general_export_has_it_too(district: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, data, _ = call(capsys, "export", "认人核对表", "分镇.xlsx", "--by", "township")
    assert code == 0 and data["rows"] == 4 and "青禾镇" in data["sheets"]
    book = load_workbook("分镇.xlsx")
    book["青禾镇"]["G4"] = "否"
    book.save("分镇.xlsx")
    assert applied(capsys, "分镇.xlsx")["changed"] == 1


def test_where_nothing_waits_no_file_is_written(
    district: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(capsys, monkeypatch, "n", "n", "n", "n")
    code, data, _ = call(capsys, "review", "export", "空.xlsx")
    assert (code, data["rows"]) == (0, 0) and not Path("空.xlsx").exists()


# ------------------------------------------------------------ merge, split


def test_merging_and_splitting_need_a_reason_and_can_be_taken_back(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {
        one["name"]: one["person"]
        for name in ("王甲", "赵五")
        for one in call(capsys, "find", name)[1]["people"]
    }
    assert call(capsys, "review", "merge", found["王甲"], found["赵五"])[0] == 2
    merge = ("review", "merge", found["王甲"], found["赵五"], "--reason", "户口簿")
    code, _, error = call(capsys, *merge)
    assert (code, error["code"]) == (1, "two_numbers") and "--yes" in error["hint"]
    assert "王甲 990101********" in error["message"] and who(0).id_value not in error["message"]
    code, out, err = shown(capsys, *merge, "--yes")
    assert code == 0 and f"{found['赵五'][:10]} 并入 {found['王甲'][:10]}" in out
    undo = err.split("aidcli review undo ")[1].split()[0]
    log = call(capsys, "log")[1]["events"]
    assert [event["operator"] for event in log if event["kind"] == "judge"] == ["李经办"]
    evidence = call(capsys, "explain", found["王甲"])[1]["evidence"]
    assert len(evidence) == 2
    foreign = next(one["mention"] for one in evidence if one["file"].startswith("department"))
    code, data, _ = call(capsys, "review", "split", found["王甲"], foreign, "--reason", "弄错了")
    assert code == 0 and data["named"] == data["person"] == found["王甲"] and data["pairs"] == [undo]
    assert call(capsys, "review", "undo", undo)[0] == 0


def test_every_answer_stays_to_be_read_with_who_gave_it_and_why(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = pairs(capsys)[0]["pair"]
    assert "历次回答" not in call(capsys, "explain", number)[1]["text"], "nobody has answered"
    assert call(capsys, "review", "decide", number, "存疑", "--reason", "找不到本人")[0] == 0
    assert call(capsys, "review", "decide", number, "否", "--reason", f"{who(0).id_value}是他哥哥")[0] == 0
    assert call(capsys, "review", "undo", number)[0] == 0
    assert call(capsys, "review", "decide", number, "是", "--operator", "王复核")[0] == 0
    code, out, _ = shown(capsys, "explain", number)
    told = [line[17:] for line in out.split("历次回答：\n")[1].split("\n\n")[0].splitlines()]
    assert code == 0 and told == [
        "李经办答“存疑”：找不到本人（后来又答了）",
        "李经办答“不是同一人”：990101********0002是他哥哥（后来收回）",
        "李经办收回了回答",
        "王复核答“是同一人”（现行）",
    ]
    log = [event["reason"] for event in call(capsys, "log")[1]["events"] if event["kind"] == "judge"]
    assert log == ["", "", "990101********0002是他哥哥", "找不到本人"]
    assert "找不到本人" in shown(capsys, "log")[1]


def test_a_merge_that_was_taken_back_can_still_be_explained(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The two have nothing in common, so that nothing is asked about them afterwards."""
    ids = [call(capsys, "find", name)[1]["people"][0]["person"] for name in ("王甲", "赵五")]
    merged = call(capsys, "review", "merge", *ids, "--reason", "户口簿", "--yes")[1]
    assert call(capsys, "review", "undo", merged["pair"])[0] == 0
    code, data, _ = call(capsys, "explain", merged["pair"][:14])
    assert (code, data["ref"], data["kind"]) == (0, merged["pair"], "pair")
    assert "（回答已收回，现在不用再问）" in data["text"]
    assert "李经办答“是同一人”：户口簿（后来收回）" in data["text"]
    code, _, error = call(capsys, "explain", "q-0000000000")
    assert (code, error["code"]) == (1, "unknown_reference")


def test_a_person_of_two_records_is_shown_with_the_number_and_the_village_of_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AIDCLI_DB", raising=False)
    here, there = who(0, "吴老根", village="东塘村"), who(1, "吴老根", village="西坡村")
    homes = (home("C1", here, 40000), home("C2", there, 40000))
    a_database(tmp_path / "aid.db", FileOfRecords("dibao_rural_household", "roster", PERIOD, homes)).close()
    both = call(capsys, "find", "吴老根", "--unmask")[1]["people"]
    merge = ("review", "merge", *(one["person"] for one in both), "--reason", "两个号码", "--yes")
    merged = call(capsys, *merge)[1]["person"]
    (one,) = call(capsys, "find", "吴老根", "--unmask")[1]["people"]
    assert (one["id_number"], one["village"]) in {(i.id_value, i.village) for i in (here, there)}
    other = there if one["village"] == here.village else here
    _, out, _ = shown(capsys, "find", "吴老根")
    assert f"低保（青禾镇{here.village}吴老根户）" in out and f"低保（青禾镇{there.village}吴老根户）" in out
    text = call(capsys, "explain", merged)[1]["text"].splitlines()
    assert text[0].endswith(one["village"])
    assert f"吴老根（{idnumber.format(other.id_value)}，青禾镇{other.village}），经人工确认，" in text[-1]
    assert "身份证号不同，两个都是正确的号码" in text[-1]


def test_a_merge_of_two_who_were_paid_warns_with_payments_and_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AIDCLI_DB", raising=False)
    paid_under_two_numbers(tmp_path / "aid.db").close()
    assert call(capsys, "schedule", "--month", "2026-10", "--programme", "低保")[0] == 0
    assert call(capsys, "pay", "approve", "r1", "--operator", "李四")[0] == 0
    (one,) = pairs(capsys)
    people = [one[side]["person"] for side in ("left", "right")]
    code, out, _ = shown(capsys, "review", "merge", *people, "--reason", "户口簿")
    assert code == 0 and "注意：这一个人同一个月已经发了两份" in out
    assert out.count("（r1，付给王甲") == 2 and "y-" in out
    (alert,) = call(capsys, "alerts", "list")[1]["alerts"]
    assert alert["rule"] == "paid_twice_same_person" and "发放批次r1" in alert["reason"]


# ------------------------------------------------------------ the model


def test_the_model_is_printed_without_a_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, _ = shown(capsys, "match", "--explain-model", "--db", "没有.db")
    assert code == 0 and "程序自带的，第一次认人时启用" in out
    for said in ("身份证号  一致", "待人工确认", "条件"):
        assert said in out
    _, data, _ = call(capsys, "match", "--explain-model")
    assert {line["part"] for line in data["evidence"]} == {
        "id",
        "name",
        "birth",
        "place",
        "phone",
        "sex",
        "home",
    }
    assert data["in_force"] is False and not Path("没有.db").exists()


def test_the_model_of_a_database_is_the_one_it_uses(
    district: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, data, _ = call(capsys, "match", "--explain-model")
    assert data["in_force"] is True
    _, done, _ = call(capsys, "match", "--rebuild")
    assert (done["epoch"], done["moved"]) == (data["epoch"], [])


def test_a_newer_model_is_told_until_it_is_in_force(
    district: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> tuple[bool, bool]:
        assert run(["match", "--format", "json"]) == 0
        newer = json.loads(capsys.readouterr().out)["data"]["newer_model"]
        assert run(["match"]) == 0
        return newer, "更新的匹配模型" in capsys.readouterr().err

    assert told() == (False, False)
    monkeypatch.setattr(matching, "shipped_files", lambda: "another")
    assert told() == (True, True)
    assert run(["match", "--rebuild"]) == 0
    capsys.readouterr()
    assert told() == (False, False)
