"""One file, or one order about a file, per error of importing: refused with its code, and nothing is left behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from care_world import ACTOR, FOLDERS, everything, fill_in, set_aside, take
from intake_files import HOUSEHOLD, UNEMPLOYED, household_row, id_number, xlsx
from openpyxl import Workbook, load_workbook

from aidcli.errors import AidError
from aidcli.store import Session
from aidcli.tasks import asides, comparing, correcting, undo

DAY = date(2026, 10, 8)
Order = Callable[[], object]
NAMES = "甲乙丙丁戊己庚辛"


def roster(folder: Path, name: str = "农村低保家庭_202609", **cells: object) -> Path:
    folder.mkdir(exist_ok=True)
    return xlsx(folder / f"{name}.xlsx", ("名单", [HOUSEHOLD, household_row(**cells)]))


def jobless(folder: Path, broken: str = "没写清", people: int = 8) -> Path:
    """Eight rows; in the second the day is none."""
    rows: list[list[object]] = [UNEMPLOYED]
    rows += [[f"张{NAMES[n]}", id_number(n + 1), "2026-01-05", "", ""] for n in range(people)]
    rows[2][2] = broken
    return xlsx(folder / "登记失业人员202609.xlsx", ("名单", rows))


def returned(session: Session, folder: Path) -> Path:
    """The workbook of the row that was set aside, put right."""
    workbook, path = folder / "搁置.xlsx", folder / "登记失业人员202609.xlsx"
    set_aside(
        session, path if path.exists() else jobless(folder), workbook
    )  # written anew it has other bytes
    return fill_in(workbook, folder / "改好.xlsx", {(3, "失业登记日期"): "2026-02-01"})


# ---------------------------------------------------------------- whole files


def no_rows(session: Session, folder: Path) -> Order:
    rows = [UNEMPLOYED, ["", "", "2026-01-05"], ["", "", "2026-01-06"]]
    return lambda: take(session, xlsx(folder / "登记失业人员202609.xlsx", ("名单", rows)))


def bad_period(session: Session, folder: Path) -> Order:
    return lambda: take(session, roster(folder), period="2026-Q3")


def other_period(session: Session, folder: Path) -> Order:
    path = roster(folder)
    take(session, path)
    return lambda: take(session, path, period="2026-08")


def outside_scope(session: Session, folder: Path) -> Order:
    return lambda: take(session, roster(folder), scope=("青禾镇",))


def scope_unclear(session: Session, folder: Path) -> Order:
    take(session, roster(folder / "八月", "农村低保家庭_202608"))
    return lambda: take(session, roster(folder, 所属街道="青禾镇", 户主身份证号=id_number(2)))


def roster_twice(session: Session, folder: Path) -> Order:
    take(session, roster(folder))
    return lambda: take(session, roster(folder / "更正", 保障人口数=3))


def same_content(session: Session, folder: Path) -> Order:
    path = roster(folder)
    take(session, path)
    return lambda: take(session, path, replaces=1)


def replaces_another(session: Session, folder: Path) -> Order:
    take(session, roster(folder))
    return lambda: take(session, roster(folder, "农村低保家庭_202608", 保障人口数=3), replaces=1)


def replaces_a_supplement(session: Session, folder: Path) -> Order:
    take(session, jobless(folder))
    take(session, returned(session, folder))
    return lambda: take(session, jobless(folder, "2026-02-02"), replaces=2)


# ---------------------------------------------------------------- set-aside rows that come back


def not_a_whole_list(session: Session, folder: Path) -> Order:
    workbook = returned(session, folder)
    return lambda: take(session, workbook, replaces=1)


def base_missing(session: Session, folder: Path) -> Order:
    workbook = returned(session, folder)
    undo.undo(session, ACTOR, 1)
    return lambda: take(session, workbook)


def columns_moved(session: Session, folder: Path) -> Order:
    workbook = returned(session, folder)
    book = load_workbook(workbook)
    book["名单"].insert_cols(4)
    book.save(workbook)
    return lambda: take(session, workbook)


def sheet_renamed(session: Session, folder: Path) -> Order:
    workbook = returned(session, folder)
    book = load_workbook(workbook)
    book["名单"].title = "改好的"
    book.save(workbook)
    return lambda: take(session, workbook)


def aside_meta_lost(session: Session, folder: Path) -> Order:
    sheet = load_workbook(returned(session, folder))["名单"]
    book = Workbook()
    for row in sheet.iter_rows(values_only=True):
        book.worksheets[0].append(row)
    book.save(folder / "抄出来的202609.xlsx")
    return lambda: take(session, folder / "抄出来的202609.xlsx")


def output_exists(session: Session, folder: Path) -> Order:
    workbook = returned(session, folder)
    return lambda: asides.check_target(workbook)


# ---------------------------------------------------------------- single cells, undo, comparing


def correct(session: Session, batch: int = 1, **order: object) -> object:
    given = {"sheet": None, "row": 2, "column": "失业原因", "value": "裁员", "reason": "来函", **order}
    return correcting.correct(session, ACTOR, batch, *given.values(), FOLDERS, DAY)  # type: ignore[arg-type]


def _kept(session: Session, folder: Path) -> None:
    take(session, jobless(folder))


def bad_sheet(session: Session, folder: Path) -> Order:
    _kept(session, folder)
    return lambda: correct(session, sheet="一月")


def bad_row(session: Session, folder: Path) -> Order:
    _kept(session, folder)
    return lambda: correct(session, row=99)


def bad_column(session: Session, folder: Path) -> Order:
    _kept(session, folder)
    return lambda: correct(session, column="爱好")


def no_reason(session: Session, folder: Path) -> Order:
    _kept(session, folder)
    return lambda: correct(session, reason=" ")


def same_value(session: Session, folder: Path) -> Order:
    _kept(session, folder)
    return lambda: correct(session, column="姓名", value="张甲")


def bad_value(session: Session, folder: Path) -> Order:
    take(session, roster(folder))
    return lambda: correct(session, column="户月保障金额（元）", value="约500")


def still_aside(session: Session, folder: Path) -> Order:
    _kept(session, folder)
    return lambda: correct(session, row=3, column="失业登记日期", value="还是没写清")


def unknown_batch(session: Session, folder: Path) -> Order:
    return lambda: undo.undo(session, ACTOR, 7)


def already_undone(session: Session, folder: Path) -> Order:
    _kept(session, folder)
    undo.undo(session, ACTOR, 1)
    return lambda: undo.undo(session, ACTOR, 1)


def corrected_later(session: Session, folder: Path) -> Order:
    _kept(session, folder)
    correct(session)
    correct(session, batch=1, value="辞职")
    return lambda: undo.undo(session, ACTOR, 2)


def no_database(session: Session, folder: Path) -> Order:
    return lambda: comparing.compare(None, "b1", str(roster(folder)), FOLDERS, None, DAY)


CASES: list[tuple[Callable[[Session, Path], Order], str]] = [
    (no_rows, "没有一行能够导入（读到2行，搁置2行）"),
    (bad_period, "名册的期间应为月份"),
    (other_period, "已作为2026-09的农村低保家庭导入（批次 b1"),
    (outside_scope, "--scope 没有写到的乡镇：河东镇"),
    (scope_unclear, "以前的农村低保家庭包括河东镇"),
    (roster_twice, "同一期间不能有两份全量名册"),
    (same_content, "没有什么可替换的"),
    (replaces_another, "是2026-09的农村低保家庭"),
    (replaces_a_supplement, "批次 b2 是 b1 的补入或更正"),
    (not_a_whole_list, "不能用来替换整份文件"),
    (base_missing, "不知道补到哪里"),
    (columns_moved, "工作表“名单”第1行的列名和导出时不一样"),
    (sheet_renamed, "没有导出时的工作表“名单”"),
    (aside_meta_lost, "已看不出是哪份文件、哪些行的"),
    (output_exists, "“改好.xlsx”已经存在"),
    (bad_sheet, "“一月”"),
    (bad_row, "99"),
    (bad_column, "“爱好”"),
    (no_reason, "更正要写明理由"),
    (same_value, "第2行“姓名”原来就是这个内容"),
    (bad_value, "看到的是约数"),
    (still_aside, "失业登记日期"),
    (unknown_batch, "b7"),
    (already_undone, "b1"),
    (corrected_later, "b3"),
    (no_database, "b1"),
]


# Their sentence says all there is to say: what there is, what is expected, or that nothing is left to do.
COMPLETE = ("bad_sheet", "same_value", "still_aside", "no_database")


@pytest.mark.parametrize(("prepare", "said"), CASES, ids=[prepare.__name__ for prepare, _ in CASES])
def test_what_cannot_be_done_is_refused_with_its_code_and_leaves_nothing(
    prepare: Callable[[Session, Path], Order], said: str, session: Session, tmp_path: Path
) -> None:
    order = prepare(session, tmp_path)
    before = everything(session)
    with pytest.raises(AidError) as caught:
        order()
    error = caught.value
    assert error.code == prepare.__name__
    assert said in error.message
    assert error.hint or error.code in COMPLETE
    assert not any(id_number(n) in f"{error.message}{error.hint}" for n in range(1, 9))
    assert everything(session) == before


def test_a_returned_row_that_reads_as_a_total_is_told_and_not_taken(session: Session, tmp_path: Path) -> None:
    set_aside(session, jobless(tmp_path), tmp_path / "搁置.xlsx")
    cells = {(3, "姓名"): "合计", (3, "身份证号"): "", (3, "失业登记日期"): ""}
    done = take(session, fill_in(tmp_path / "搁置.xlsx", tmp_path / "改好.xlsx", cells))
    assert [(one.sheet, one.row, one.code) for one in done.problems] == [("名单", 2, "no_row")]
    assert (done.status, done.rows_kept) == ("already", 0)


def test_a_returned_row_with_another_number_is_told_and_not_taken(session: Session, tmp_path: Path) -> None:
    workbook = returned(session, tmp_path)
    book = load_workbook(workbook)
    book["名单"]["B2"] = "99"
    book.save(workbook)
    done = take(session, workbook)
    assert [(one.sheet, one.row, one.column, one.code) for one in done.problems] == [
        ("名单", 2, "B", "aside_row")
    ]
    assert (done.status, done.rows_kept) == ("already", 0)
