"""Files as they come and go: several lists in one, folders and zips, workbooks that come back in odd ways."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import msoffcrypto
import pytest
from openpyxl import Workbook, load_workbook
from test_care import DAY, NAMES, call, jobless, roster

from aidcli.cli.main import run
from aidcli.errors import AidError, Busy
from aidcli.store import open_store
from aidcli.tasks import asides, intake

from intake_files import UNEMPLOYED, id_number, xlsx  # isort: skip

CREMATIONS = ["姓名", "身份证件号码", "年龄", "民族", "家庭住址", "火化时间", "火化单位"]
DEATHS = ["姓名", "公民身份号码", "死亡日期", "死亡注销类别", "受理单位", "受理时间"]
FILE = "登记失业人员名单_2026年9月.xlsx"


def deaths(path: Path) -> Path:
    return xlsx(
        path,
        ("火化", [CREMATIONS, ["张三丰", id_number(1), 66, "汉", "", "2026-09-02", ""]]),
        ("死亡注销", [DEATHS, ["张三丰", id_number(1), "2026-09-01", "死亡", "", "2026-09-05"]]),
        ("封面", [["内部资料"]]),
    )


def locked(path: Path, out: Path, password: str) -> Path:
    with path.open("rb") as plain, out.open("wb") as stream:
        msoffcrypto.OfficeFile(plain).encrypt(password, stream)
    return out


def filled(name: str, day: str = "2026-02-01") -> Path:
    """The set-aside workbook of `jobless` with its one wrong day put right."""
    book = load_workbook("搁置.xlsx")
    book["名单"]["E2"] = day
    book.save(name)
    return Path(name)


@pytest.fixture
def waiting(db: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A database with one list, of which a row stands aside; the workbook lies in the folder."""
    call(capsys, "import", str(jobless(db.parent / FILE)), "--set-aside", "搁置.xlsx")
    return db


# ------------------------------------------------------------ several lists


def test_each_list_of_a_file_has_its_line_and_its_batch(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deaths(db.parent / "202609死亡情况.xlsx")
    code, data, _ = call(capsys, "import", "202609死亡情况.xlsx")
    assert code == 0
    told = [(file["batch"], file["source"], file["sheets"]) for file in data["files"]]
    assert told == [("b1", "cremation", ["火化"]), ("b2", "death_cancellation", ["死亡注销"])]
    assert [one["sheet"] for file in data["files"] for one in file["skipped_sheets"]] == ["封面"]
    assert "months" not in data
    assert call(capsys, "undo", "b1")[0] == 0
    assert run(["import", "202609死亡情况.xlsx", *DAY]) == 0
    shown = capsys.readouterr().out
    assert "b3" in shown and "以前已导入" in shown and "封面" in shown


def test_a_trial_shows_every_list(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    deaths(db.parent / "202609死亡情况.xlsx")
    code, data, _ = call(capsys, "sources", "try", "202609死亡情况.xlsx")
    assert code == 0 and [one["source"] for one in data["lists"]] == ["cremation", "death_cancellation"]
    run(["sources", "try", "202609死亡情况.xlsx", *DAY])
    shown = capsys.readouterr().out
    assert "有2种表" in shown and "1. 来源：殡葬火化名单" in shown and "“死亡注销”各列读作什么" in shown


def test_lists_are_compared_with_their_like_and_the_others_named(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deaths(db.parent / "202609死亡情况.xlsx")
    xlsx(
        db.parent / "202608死亡注销.xlsx",
        ("死亡注销", [DEATHS, ["李四", id_number(2), "2026-08-01", "死亡", "", "2026-08-05"]]),
    )
    code, data, _ = call(capsys, "compare", "202608死亡注销.xlsx", "202609死亡情况.xlsx")
    assert code == 0 and data["new"]["source"] == "death_cancellation"
    assert data["new"]["other_lists"] == ["殡葬火化名单"]


# ------------------------------------------------------------ folders and zips


def test_files_of_folders_and_zips_are_named_by_where_they_lay(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(
            "人社/登记失业人员名单.xlsx", jobless(db.parent / "x.xlsx", broken=False).read_bytes()
        )
    with zipfile.ZipFile(db.parent / "2026年8月来文.zip", "w") as archive:
        archive.writestr("残联/名单.xlsx", b"PK\x03\x04 cut off")
        archive.writestr("附件.zip", inner.getvalue())
    code, data, error = call(capsys, "import", "2026年8月来文.zip")
    taken = "2026年8月来文.zip/附件.zip/人社/登记失业人员名单.xlsx"
    told = {file["file"]: (file["status"], file["period"]) for file in data["files"]}
    assert told == {taken: ("kept", "2026-08"), "2026年8月来文.zip/残联/名单.xlsx": ("refused", None)}
    assert code == 1 and "“2026年8月来文.zip/残联/名单.xlsx”" in error["message"]
    assert error["file"] == "2026年8月来文.zip/残联/名单.xlsx"
    assert taken in call(capsys, "explain", "b1")[1]["text"]


def test_months_in_folders_of_their_own_go_in_their_order(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for month in (11, 2, 9, 10):
        folder = db.parent / "历史" / f"2025年{month}月"
        folder.mkdir(parents=True)
        roster(folder / "农村低保家庭查询.xlsx", {1: 500 + month, 2: 600})
    code, data, _ = call(capsys, "import", "历史")
    assert code == 0
    assert [file["period"] for file in data["files"]] == ["2025-02", "2025-09", "2025-10", "2025-11"]


def test_the_order_of_protected_files_is_told_with_the_password(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = db.parent / "历史"
    folder.mkdir()
    for name, month in (("甲", 9), ("乙", 7)):
        rows = [
            [f"2026年{month}月登记失业人员名单"],
            UNEMPLOYED,
            [f"张{name}", id_number(month), "2026-01-05", "", ""],
        ]
        locked(xlsx(db.parent / "平.xlsx", ("名单", rows)), folder / f"{name}.xlsx", "一二三")
    Path("密码.txt").write_text("一二三\n", encoding="utf-8")
    code, data, _ = call(capsys, "import", "历史", "--password-file", "密码.txt")
    assert (code, [file["period"] for file in data["files"]]) == (0, ["2026-07", "2026-09"])
    Path("密码.txt").write_text("不对\n", encoding="utf-8")
    code, _, error = call(capsys, "import", "历史", "--password-file", "密码.txt")
    assert (code, error["code"]) == (1, "wrong_password")
    Path("密码.txt").write_text("\n", encoding="utf-8")
    code, _, error = call(capsys, "import", "历史", "--password-file", "密码.txt")
    assert (code, error["code"]) == (1, "password_file")


def test_known_content_is_known_under_a_name_that_tells_nothing(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = jobless(db.parent / FILE, broken=False)
    call(capsys, "import", str(path))
    Path("新建表格.xlsx").write_bytes(path.read_bytes())
    code, data, _ = call(capsys, "import", "新建表格.xlsx")
    assert (code, data["files"][0]["status"], data["files"][0]["batch"]) == (0, "already", "b1")
    call(capsys, "undo", "b1")
    code, _, error = call(capsys, "import", "新建表格.xlsx")
    assert (code, error["code"]) == (1, "period_unknown")


def test_what_came_in_before_the_database_was_busy_is_told(
    db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    jobless(db.parent / FILE, broken=False)
    jobless(db.parent / "登记失业人员名单_2026年8月.xlsx")
    own = intake.import_any

    def second_is_busy(session: object, actor: object, path: Path, *rest: object) -> list[intake.Imported]:
        if "8月" in path.name:
            raise Busy("database_busy", "数据库正被占用")
        return own(session, actor, path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(intake, "import_any", second_is_busy)
    code, data, error = call(capsys, "import", FILE, "登记失业人员名单_2026年8月.xlsx")
    assert (code, error["code"]) == (4, "database_busy")
    assert [file["status"] for file in data["files"]] == ["kept", "refused"]


# ------------------------------------------------------------ the workbook of set-aside rows


def test_a_filled_in_workbook_is_not_written_over(waiting: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, "import", FILE, "--set-aside", "搁置.xlsx")[0] == 0  # nobody has touched it
    filled("搁置.xlsx")
    before = Path("搁置.xlsx").read_bytes()
    code, _, error = call(capsys, "import", FILE, "--set-aside", "搁置.xlsx")
    assert (code, error["code"]) == (1, "output_exists") and Path("搁置.xlsx").read_bytes() == before
    Path("别的.xlsx").write_bytes(Path(FILE).read_bytes())
    other = jobless(waiting.parent / "登记失业人员名单_2026年8月.xlsx")
    code, _, error = call(capsys, "import", str(other), "--set-aside", "别的.xlsx")
    assert (code, error["code"]) == (1, "output_exists")
    code, _, error = call(capsys, "import", str(other), "--set-aside", "没有/搁置.xlsx")
    assert (code, error["code"]) == (1, "output_folder_missing")
    session = open_store(waiting)
    assert session.conn.execute("SELECT count(*) FROM batch").fetchone() == (1,)
    session.close()


def test_an_import_stands_where_the_workbook_cannot_be_written(
    db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise AidError("output_failed", "“搁置.xlsx”写不进去：磁盘已满")

    monkeypatch.setattr(asides, "write", full)
    code, data, error = call(capsys, "import", str(jobless(db.parent / FILE)), "--set-aside", "搁置.xlsx")
    assert (code, error["code"]) == (1, "output_failed")
    assert data["files"][0]["status"] == "kept" and data["set_aside"]["file"] is None


def test_a_workbook_that_is_protected_or_has_a_blank_row_above_still_supplements(
    waiting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("密码.txt").write_text("abc\n", encoding="utf-8")
    locked(filled("改好.xlsx"), Path("加密.xlsx"), "abc")
    (file,) = call(capsys, "import", "加密.xlsx", "--password-file", "密码.txt")[1]["files"]
    assert (file["status"], file["supplements"], file["rows_kept"]) == ("kept", "b1", 1)
    call(capsys, "undo", "b2")
    book = load_workbook("改好.xlsx")
    book["名单"].insert_rows(1)
    book.save("空行.xlsx")
    (file,) = call(capsys, "import", "空行.xlsx")[1]["files"]
    assert (file["status"], file["supplements"]) == ("kept", "b1")


def test_a_workbook_that_lost_its_sheet_names_or_its_mark_is_never_taken_for_a_list(
    waiting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled("改好.xlsx")
    book = load_workbook("改好.xlsx")
    book["名单"].title = "改好"
    book.save("改名.xlsx")
    code, _, error = call(capsys, "import", "改名.xlsx")
    assert (code, error["code"]) == (1, "sheet_renamed") and "“名单”" in error["message"]
    book = load_workbook("改好.xlsx")
    book.remove(book["_meta"])
    book.save("登记失业人员_2026年9月.xlsx")
    code, _, error = call(capsys, "import", "登记失业人员_2026年9月.xlsx")
    assert (code, error["code"]) == (1, "aside_meta_lost")
    lines = [["搁置原因", "原表行号", *UNEMPLOYED], ["", "4", "张丙", id_number(2), "2026-02-01", "", ""]]
    Path("登记失业人员_2026年9月.csv").write_text("\n".join(map(",".join, lines)), encoding="gb18030")
    code, _, error = call(capsys, "import", "登记失业人员_2026年9月.csv")
    assert (code, error["code"]) == (1, "aside_meta_lost")
    xlsx(waiting.parent / "登记失业_2026年9月.xlsx", ("表", [["关于改正的说明"], *lines]))
    code, _, error = call(capsys, "import", "登记失业_2026年9月.xlsx")
    assert (code, error["code"]) == (1, "aside_meta_lost")


def test_the_workbook_shows_all_of_a_long_reason_and_prints_across(
    waiting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = load_workbook("搁置.xlsx")["名单"]
    reason, height = sheet["A2"], sheet.row_dimensions[2].height
    letters = sum(2 if ord(sign) > 255 else 1 for sign in str(reason.value))
    assert reason.alignment.wrap_text and height >= 14 * -(-letters // 48)
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")


def test_rows_that_all_fail_say_why(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [UNEMPLOYED, *[[f"张{NAMES[n]}", id_number(n), "不详", "", ""] for n in range(3)]]
    xlsx(db.parent / FILE, ("名单", rows))
    code, _, error = call(capsys, "import", FILE)
    assert (code, error["code"]) == (1, "no_rows") and "例如：第2行" in error["message"]
    assert json.dumps(error, ensure_ascii=False).count("失业登记日期") >= 1


def test_a_damaged_workbook_is_no_returned_one_and_no_fault_of_the_program(tmp_path: Path) -> None:
    path = tmp_path / "坏了.xlsx"
    Workbook().save(path)
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/workbook.xml")
    content = bytearray(path.read_bytes())
    start = part.header_offset + 30 + len(part.filename)
    content[start : start + 40] = b"\xff" * 40
    path.write_bytes(content)
    assert not asides.is_returned(path)


def test_several_refusals_are_told_one_by_one_without_figures(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("甲.csv", "乙.csv"):
        (db.parent / name).write_text("a,b\n1,2\n", encoding="utf-8")
    assert run(["import", "甲.csv", "乙.csv", *DAY]) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith("未导入：文件“乙.csv”") and captured.out.count("乙.csv") == 2
    assert "建议：" in captured.out.splitlines()[0] and captured.err.startswith("错误：文件“甲.csv”")
    assert not any(line.rstrip().endswith("0") for line in captured.out.splitlines()[2:])


def test_rows_of_several_lists_go_out_on_sheets_that_say_which(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    jobless(db.parent / FILE)
    rows = [CREMATIONS, ["张三丰", id_number(1), 66, "", "", "没写清", ""]]
    rows += [[f"李{n}", id_number(n), 66, "", "", "2026-09-02", ""] for n in range(2, 9)]
    xlsx(db.parent / "殡葬火化_2026年9月.xlsx", ("Sheet1", rows))
    call(capsys, "import", FILE, "殡葬火化_2026年9月.xlsx", "--set-aside", "搁置.xlsx")
    book = load_workbook("搁置.xlsx")
    names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert names == ["登记失业人员名单 名单", "殡葬火化名单"]
    book["殡葬火化名单"]["H2"] = "2026-09-02"
    book.save("搁置.xlsx")
    done = call(capsys, "import", "搁置.xlsx")[1]["files"]
    assert [(one["supplements"], one["rows_kept"]) for one in done] == [("b1", 0), ("b2", 1)]


def test_a_row_is_explained_by_its_headings_and_with_what_was_noted(
    db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(capsys, "import", str(jobless(db.parent / FILE)))
    code, data, _ = call(capsys, "explain", "b1:4")
    assert code == 0 and data["text"].startswith("b1 工作表“名单”第4行：姓名 张丙｜身份证号 ")
    assert [(one["row"], one["column"]) for one in data["evidence"]] == [(4, "C")]
    assert call(capsys, "explain", "b1:5")[1]["evidence"] == []
    run(["explain", "b1"])
    assert "搁置、没有采用和存疑的格" in capsys.readouterr().out
