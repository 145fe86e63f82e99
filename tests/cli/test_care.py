"""Care for the data as a clerk meets it: set-aside rows, corrections, replacement, comparison, a year in one folder."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from aidcli.cli.main import run

sys.path.append(str(Path(__file__).resolve().parents[1] / "intake"))

from intake_files import HOUSEHOLD, UNEMPLOYED, household_row, id_number, xlsx

DAY = ("--as-of", "2026-10-08")
NAMES = "甲乙丙丁戊己庚辛"


def call(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, dict[str, object], dict[str, object]]:
    code = run([*argv, *DAY, "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    return code, told["data"], told["error"]


def jobless(path: Path, broken: bool = True) -> Path:
    """Eight rows; broken: one has a day that is none."""
    rows: list[list[object]] = [UNEMPLOYED]
    rows += [[f"张{NAMES[n]}", id_number(n), "2026-01-05", "", ""] for n in range(8)]
    if broken:
        rows[3][2] = "没写清"
    return xlsx(path, ("名单", rows))


def roster(path: Path, totals: dict[int, int]) -> Path:
    rows = [HOUSEHOLD]
    for n, total in totals.items():
        cells: dict[str, object] = {
            "户主姓名": f"张{NAMES[n]}",
            "户主身份证号": id_number(n),
            "合计（元）": total,
        }
        rows.append(household_row(**cells))
    return xlsx(path, ("Sheet1", rows))


def test_set_aside_rows_go_out_in_the_departments_own_columns(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = jobless(db.parent / "登记失业人员名单_2026年9月.xlsx")
    code, data, _ = call(capsys, "import", str(path), "--set-aside", "搁置.xlsx")
    assert code == 0 and data["set_aside"] == {"file": "搁置.xlsx", "rows": 1}
    book = load_workbook("搁置.xlsx")
    sheet = book["名单"]
    assert [cell.value for cell in sheet[1]] == ["搁置原因", "原表行号", *UNEMPLOYED]
    reason, row, name, number, day, remark, state = sheet[2]
    assert "列“失业登记日期”" in reason.value and row.value == "4"
    assert (name.value, number.value, day.value, state.value) == ("张丙", id_number(2), "没写清", None)
    assert {cell.number_format for cell in sheet[2]} == {"@"}
    assert (day.fill.fill_type, name.fill.fill_type) == ("solid", None)
    assert "失业登记日期" in day.comment.text and name.comment is None
    assert book["_meta"].sheet_state == "veryHidden"
    assert "formula" not in {cell.data_type for cell in sheet[2]} and remark.data_type in ("s", "n")
    code, data, _ = call(capsys, "log")
    (logged,) = [event for event in data["events"] if event["kind"] == "export"]
    assert logged["ref"] == "b1" and "搁置行1行" in logged["summary"]


def test_cells_that_look_like_formulas_stay_text(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = db.parent / "登记失业人员名单_2026年9月.csv"
    lines = [",".join(UNEMPLOYED), *(f"张{NAMES[n]},{id_number(n)},2026-01-05,," for n in range(6))]
    lines.append(f"张庚,{id_number(6)},没写清,=1+1,@now")
    path.write_text("\n".join(lines), encoding="utf-8")
    assert call(capsys, "import", str(path), "--set-aside", "搁置.xlsx")[0] == 0
    cells = load_workbook("搁置.xlsx").worksheets[0][2]
    assert [(cell.value, cell.data_type) for cell in cells[5:7]] == [("=1+1", "s"), ("@now", "s")]


def test_the_workbook_comes_back_and_twice_is_once(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = jobless(db.parent / "登记失业人员名单_2026年9月.xlsx")
    call(capsys, "import", str(path), "--set-aside", "搁置.xlsx")
    code, data, _ = call(capsys, "import", "搁置.xlsx")
    (file,) = data["files"]
    assert (code, file["status"], file["rows_kept"], file["rows_set_aside"]) == (0, "already", 0, 1)
    book = load_workbook("搁置.xlsx")
    book["名单"]["E2"] = "2026-02-01"
    book.save("改好.xlsx")
    code, data, _ = call(capsys, "import", "改好.xlsx")
    (file,) = data["files"]
    assert (file["status"], file["batch"], file["supplements"]) == ("kept", "b2", "b1")
    assert (file["period"], file["source"], file["rows_kept"]) == ("2026-09", "registered_unemployed", 1)
    for name in ("改好.xlsx", "搁置.xlsx"):
        (file,) = call(capsys, "import", name)[1]["files"]
        assert (file["status"], file["batch"]) == ("already", "b2")
    assert call(capsys, "import", str(path), "--set-aside", "再看.xlsx")[1]["set_aside"]["rows"] == 0
    assert not Path("再看.xlsx").exists()
    code, data, _ = call(capsys, "explain", "b1:4")
    assert "没写清 → 2026-02-01" in data["text"]


def test_a_trial_writes_the_workbook_which_waits_for_its_file(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = jobless(db.parent / "登记失业人员名单_2026年9月.xlsx")
    assert call(capsys, "import", str(path), "--dry-run", "--set-aside", "搁置.xlsx")[0] == 0
    code, _, error = call(capsys, "import", "搁置.xlsx")
    assert (code, error["code"]) == (1, "base_missing") and "请先导入" in error["hint"]
    call(capsys, "import", str(path))
    book = load_workbook("搁置.xlsx")
    book["名单"]["E2"] = "2026-02-01"
    book.save("搁置.xlsx")
    assert call(capsys, "import", "搁置.xlsx")[1]["files"][0]["supplements"] == "b1"


def test_moved_columns_and_changed_row_numbers_are_not_guessed_at(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(
        capsys,
        "import",
        str(jobless(db.parent / "登记失业人员名单_2026年9月.xlsx")),
        "--set-aside",
        "搁置.xlsx",
    )
    book = load_workbook("搁置.xlsx")
    book["名单"].insert_cols(4)
    book.save("移动.xlsx")
    code, _, error = call(capsys, "import", "移动.xlsx")
    assert (code, error["code"], error["sheet"]) == (1, "columns_moved", "名单")
    book = load_workbook("搁置.xlsx")
    book["名单"]["B2"], book["名单"]["E2"] = "99", "2026-02-01"
    book.save("错行.xlsx")
    (file,) = call(capsys, "import", "错行.xlsx")[1]["files"]
    assert file["status"] == "already"
    assert [(p["row"], p["code"]) for p in file["problems"]] == [(2, "aside_row")]


def test_one_cell_is_corrected_with_a_reason_and_both_are_shown(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(capsys, "import", str(roster(db.parent / "农村低保家庭查询_202610.xlsx", {1: 500, 2: 600})))
    assert call(capsys, "match")[0] == 0
    argv = ("correct", "b1", "--row", "3", "--column", "合计（元）", "--value", "650", "--reason", "乡镇来函")
    code, data, _ = call(capsys, *argv)
    assert code == 0 and (data["batch"], data["corrects"], data["old"], data["new"]) == (
        "b2",
        "b1",
        "600",
        "650",
    )
    assert data["column"] == "G"
    text = call(capsys, "explain", "b1")[1]["text"]
    assert "600 → 650" in text and "理由：乡镇来函" in text and "李经办" in text
    code, _, error = call(capsys, *argv)
    assert (code, error["code"]) == (1, "same_value")
    assert call(capsys, "undo", "b2")[1]["rows_removed"] == 1
    assert "650" not in call(capsys, "explain", "b1")[1]["text"]


def test_a_correction_needs_a_reason_a_row_and_a_column_that_exist(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(capsys, "import", str(roster(db.parent / "农村低保家庭查询_202610.xlsx", {1: 500, 2: 600})))
    for change, expected in (
        (("--row", "3", "--column", "G", "--reason", " "), "no_reason"),
        (("--row", "1", "--column", "G", "--reason", "函"), "bad_row"),
        (("--row", "9", "--column", "G", "--reason", "函"), "bad_row"),
        (("--row", "3", "--column", "ZZ", "--reason", "函"), "bad_column"),
        (("--row", "3", "--column", "G", "--reason", "函", "--sheet", "别的"), "bad_sheet"),
    ):
        code, _, error = call(capsys, "correct", "b1", "--value", "1", *change)
        assert (code, error["code"]) == (1, expected)
    blank = ("--row", "3", "--column", "A", "--value", "", "--reason", "函")
    call(capsys, "correct", "b1", "--row", "3", "--column", "B", "--value", "不知道", "--reason", "函")
    code, _, error = call(capsys, "correct", "b1", *blank)
    assert (code, error["code"]) == (1, "still_aside") and "看不出是谁" in error["message"]


def test_a_number_comes_from_a_file_and_is_masked_on_the_screen(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(capsys, "import", str(roster(db.parent / "农村低保家庭查询_202610.xlsx", {1: 500, 2: 600})))
    Path("号码.txt").write_text(id_number(7) + "\n", encoding="utf-8")
    argv = ("correct", "b1", "--row", "3", "--column", "B", "--value-file", "号码.txt", "--reason", "函")
    _, data, _ = call(capsys, *argv)
    assert data["new"] == id_number(7)[:6] + "********" + id_number(7)[14:]
    code, _, error = call(capsys, *argv, "--value", "x")
    assert (code, error["code"]) == (2, "one_value")


def test_a_corrected_file_replaces_and_says_what_changed(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (db.parent / "更正").mkdir()
    call(capsys, "import", str(roster(db.parent / "农村低保家庭查询_202610.xlsx", {1: 500, 2: 600, 3: 700})))
    new = roster(db.parent / "更正" / "农村低保家庭查询_202610.xlsx", {1: 500, 2: 650, 4: 400})
    code, data, error = call(capsys, "import", str(new))
    assert (code, error["code"]) == (1, "roster_twice") and "--replaces b1" in error["hint"]
    code, data, _ = call(capsys, "import", str(new), "--replaces", "b1")
    (file,) = data["files"]
    assert (code, file["batch"], file["replaces"]) == (0, "b2", "b1")
    changes = file["changes"]
    assert [p["name"] for p in changes["added"]] == ["张戊"] and [p["name"] for p in changes["missing"]] == [
        "张丁"
    ]
    assert changes["changed"][0]["changes"] == [
        {"field": "amount:total", "label": "合计金额（元）", "old": 60000, "new": 65000}
    ]
    assert "替换了 b1" in call(capsys, "explain", "b2")[1]["text"]
    assert "已由 b2 替换" in call(capsys, "explain", "b1")[1]["text"]


def test_compare_prints_numbers_masked_and_money_in_fen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    old = roster(tmp_path / "农村低保家庭查询_202609.xlsx", {1: 500, 2: 600})
    new = roster(tmp_path / "农村低保家庭查询_202610.xlsx", {2: 650, 3: 700})
    code, data, _ = call(capsys, "compare", str(old), str(new))
    assert code == 0 and not (tmp_path / "aid.db").exists()
    assert set(data) >= {"added", "missing", "changed"}
    assert data["missing"][0]["id_number"] == id_number(1)[:6] + "********" + id_number(1)[14:]
    assert (data["old"]["amount_fen"], data["new"]["amount_fen"]) == (110000, 135000)
    assert run(["compare", str(old), str(new), *DAY]) == 0
    shown = capsys.readouterr().out
    assert "减少的人" in shown and "600.00" in shown and id_number(1) not in shown


def test_a_year_in_a_folder_goes_in_the_oldest_first_and_gaps_are_named(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = db.parent / "历史"
    folder.mkdir()
    for place, month in enumerate((12, 1, 7, 3, 9, 2, 5)):
        roster(
            folder / f"{'甲乙丙丁戊己庚'[place]}_农村低保家庭查询_2025{month:02d}.xlsx",
            {1: 500 + month, 2: 600},
        )
    (folder / "说明.docx").write_bytes(b"x")
    code, data, _ = call(capsys, "import", str(folder))
    assert code == 0
    assert [file["period"] for file in data["files"]] == [f"2025-{m:02d}" for m in (1, 2, 3, 5, 7, 9, 12)]
    (months,) = data["months"]
    assert months["missing"] == ["2025-04", "2025-06", "2025-08", "2025-10", "2025-11"]
    late = roster(db.parent / "农村低保家庭查询_202504.xlsx", {1: 504, 2: 600})
    assert call(capsys, "import", str(late))[0] == 0
    assert run(["import", str(folder), *DAY]) == 0
    shown = capsys.readouterr().out
    assert "缺：2025-06 农村低保家庭" in shown and "缺：2025-04" not in shown and "说明.docx" in shown


def test_an_answer_outlives_undo_and_says_that_its_ground_is_gone(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(capsys, "import", str(roster(db.parent / "农村低保家庭查询_202610.xlsx", {1: 500, 2: 600})))
    rows = [UNEMPLOYED, ["李某", id_number(1), "2026-01-05", "", ""]]
    call(capsys, "import", str(xlsx(db.parent / "登记失业人员名单_2026年9月.xlsx", ("名单", rows))))
    call(capsys, "match")
    ((pair,),) = [[p["pair"] for p in call(capsys, "review", "list")[1]["pairs"]]]
    call(capsys, "review", "decide", pair, "否", "--why", "已核实")
    call(capsys, "undo", "b2")
    (one,) = call(capsys, "review", "list", "--answered")[1]["pairs"]
    assert one["status"] == "different" and one["gone"] and "依据已撤销：b2" in one["gone"][0]
    assert "依据已撤销" in call(capsys, "explain", pair)[1]["text"]
    call(capsys, "import", str(db.parent / "登记失业人员名单_2026年9月.xlsx"))
    call(capsys, "match")
    (one,) = call(capsys, "review", "list", "--answered")[1]["pairs"]
    assert one["gone"] == []


def test_the_password_file_answers_for_a_protected_file(tmp_path: Path) -> None:
    from aidcli.cli.intake import passwords
    from aidcli.errors import AidError

    Path(tmp_path / "密码.txt").write_bytes("﻿甲乙 12\r\n第二行".encode())
    ask = passwords(tmp_path / "密码.txt")
    assert ask is not None and ask("a.xlsx") == "甲乙 12"
    with pytest.raises(AidError) as refused:
        passwords(tmp_path / "没有.txt")
    assert refused.value.code == "password_file"


def test_a_zip_is_taken_like_a_folder(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile(db.parent / "来文.zip", "w") as archive:
        for month in (3, 1, 2):
            path = roster(db.parent / f"农村低保家庭查询_2026{month:02d}.xlsx", {1: 500 + month, 2: 600})
            archive.write(path, f"{'丙甲乙'[month - 1]}/{path.name}")
    code, data, _ = call(capsys, "import", "来文.zip")
    assert code == 0
    assert [file["period"] for file in data["files"]] == ["2026-01", "2026-02", "2026-03"]
    assert data["months"][0]["missing"] == []


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert run([*argv, *DAY]) in (0, 1)
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_undoing_says_what_is_back_and_what_is_not(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = roster(db.parent / "农村低保家庭查询_202610.xlsx", {1: 500, 2: 600})
    call(capsys, "import", str(first))
    correction = ("correct", "b1", "--row", "3", "--column", "合计（元）", "--reason", "乡镇来函", "--value")
    call(capsys, *correction, "650")
    call(capsys, *correction, "700")
    text = said(capsys, "undo", "b3")
    assert text.strip() == "已撤销更正 b3：b1 第3行G列“合计（元）”恢复为650（更正时改成了700）"
    text = said(capsys, "undo", "b2")
    assert "b1 第3行G列“合计（元）”恢复为600（更正时改成了650）" in text
    second = roster(db.parent / "农村低保家庭查询_202610更正.xlsx", {1: 500, 2: 610})
    call(capsys, "import", str(second), "--replaces", "b1")
    text = said(capsys, "undo", "b1")
    assert "已经由 b4 替换" in text and "再导入一次，加 --replaces b4" in text
    text = said(capsys, "undo", "b4")
    assert "已撤销批次 b4，去掉2行" in text and "b1 不会自己回来" in text
    assert f"把“{first.name}”再导入一次" in text
    assert call(capsys, "import", str(first))[1]["files"][0]["batch"] == "b5"
    assert f"把“{second.name}”再导入一次" in said(capsys, "undo", "b4")


def test_undoing_a_supplement_says_that_its_rows_wait_again(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = jobless(db.parent / "登记失业人员名单_2026年9月.xlsx")
    call(capsys, "import", str(path), "--set-aside", "搁置.xlsx")
    book = load_workbook("搁置.xlsx")
    book["名单"]["E2"] = "2026-02-01"
    book.save("搁置.xlsx")
    call(capsys, "import", "搁置.xlsx")
    code, data, _ = call(capsys, "undo", "b2")
    assert (code, data["supplemented"], data["replaced"]) == (0, "b1", None)
    call(capsys, "import", "搁置.xlsx")
    text = said(capsys, "undo", "b3")
    assert "补入 b1 的1行拿掉了" in text and "恢复为补入前的样子" in text
    assert call(capsys, "import", str(path), "--set-aside", "再来.xlsx")[1]["set_aside"]["rows"] == 1


def test_every_batch_is_listed_with_its_file_and_what_became_of_it(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "还没有导入过文件" in said(capsys, "log", "--batches")
    call(capsys, "import", str(roster(db.parent / "农村低保家庭查询_202610.xlsx", {1: 500, 2: 600})))
    call(capsys, "correct", "b1", "--row", "3", "--column", "G", "--value", "650", "--reason", "函")
    call(capsys, "undo", "b2")
    call(
        capsys,
        "import",
        str(roster(db.parent / "农村低保家庭查询_202610b.xlsx", {1: 510})),
        "--replaces",
        "b1",
    )
    _, data, _ = call(capsys, "log", "--batches")
    assert [(one["id"], one["status"], one["supplements"], one["replaces"]) for one in data["batches"]] == [
        ("b3", "kept", None, "b1"),
        ("b2", "undone", "b1", None),
        ("b1", "undone", None, None),
    ]
    assert len(call(capsys, "log", "--batches", "--limit", "1")[1]["batches"]) == 1
    told = {one["kind"]: one["batch"] for one in reversed(call(capsys, "log")[1]["events"])}
    assert (told["init"], told["correct_row"], told["undo"], told["import"]) == (None, "b2", None, "b3")
    text = said(capsys, "log", "--batches")
    assert "农村低保家庭查询_202610b.xlsx" in text and "在用，替换 b1" in text


@pytest.mark.parametrize("ref", ["b99", "b99:3", "b99:Sheet1:3"])
def test_a_batch_that_there_is_not_is_told_with_those_there_are(
    db: Path, capsys: pytest.CaptureFixture[str], ref: str
) -> None:
    _, _, error = call(capsys, "explain", ref)
    assert (error["code"], error["message"]) == ("unknown_batch", "没有批次 b99，还没有导入过文件")
    call(capsys, "import", str(roster(db.parent / "农村低保家庭查询_202610.xlsx", {1: 500, 2: 600})))
    code, _, error = call(capsys, "explain", ref)
    assert (code, error["message"]) == (1, "没有批次 b99，现有 b1 至 b1")
    assert "aidcli log --batches" in error["hint"]
