"""A roster that says it lists changes only is never taken for a whole one; nor is a list that lacks a list."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import HOUSEHOLD, TODAY, household_row, id_number, xlsx

from aidcli.errors import AidError
from aidcli.intake.headers.coverage import changes_told
from aidcli.resources import data_dir
from aidcli.store import Actor, Session, create
from aidcli.tasks import intake
from aidcli.terms import PROGRAMMES

ACTOR = Actor("测试", "test", "host", "import", "2026-10-08T08:00:00+08:00")
PERSON = ["姓名", "身份证号", "户主身份证号", "与户主关系", "所属街道", "所属社区"]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return create(tmp_path / "aid.db", ACTOR)


def _take(session: Session, path: Path, **options: object) -> list[intake.Imported]:
    asked = intake.Options(**options)  # type: ignore[arg-type]
    return intake.import_any(session, ACTOR, path, [data_dir("templates/sources")], asked, TODAY)


def _households(path: Path, *titles: str, sheet: str = "Sheet1", numbers: range = range(1, 4)) -> Path:
    rows = [household_row(**{"户主姓名": f"张{n}三", "户主身份证号": id_number(n)}) for n in numbers]
    return xlsx(path, (sheet, [*([title] for title in titles), HOUSEHOLD, *rows]))


def _kinds(stem: str, *sheets: tuple[str, list[str]]) -> list[str]:
    return [one.kind for one in changes_told(stem, sheets or [("Sheet1", [])])]


@pytest.mark.parametrize(
    ("stem", "kinds"),
    [
        ("农村低保家庭新增202610", ["added"]),
        ("2026年10月新纳入低保家庭", ["added"]),
        ("事实无人抚养儿童新增名单", ["added"]),
        ("调入农村低保家庭_202610", ["added"]),
        ("农村低保家庭补发2026年10月", ["altered"]),
        ("10月农村低保变动名单", ["altered"]),
        ("农村低保停发名单202610", ["left"]),
        ("农村低保新增及停发202610", ["added", "left"]),
        ("农村低保家庭_202610", []),
        ("农村低保家庭（含新增）202610", []),
        ("农村低保家庭剔除停发后202610", []),
        ("农村低保无变动202610", []),
        ("农村低保新增后家庭", []),
        ("本月新增5户、停发2户", []),
        ("新增户数：5", []),
        ("低保渐退期家庭", []),
    ],
)
def test_what_a_name_says_of_changes(stem: str, kinds: list[str]) -> None:
    assert _kinds(stem) == kinds


@pytest.mark.parametrize("label", sorted(PROGRAMMES.values()))
def test_no_programme_is_called_a_change(label: str) -> None:
    assert _kinds(f"{label}花名册202610") == []
    assert _kinds(f"{label}新增花名册202610") == ["added"]


def test_sheets_speak_only_together() -> None:
    assert _kinds("低保", ("在册", []), ("新增", [])) == []
    assert _kinds("低保", ("新增", []), ("河东", ["10月新批低保家庭"])) == ["added"]


@pytest.mark.parametrize(
    ("name", "titles", "sheet"),
    [
        ("农村低保家庭新增_202610.xlsx", (), "Sheet1"),
        ("农村低保家庭_202610.xlsx", ("河东镇10月新批农村低保家庭",), "Sheet1"),
        ("农村低保家庭_202610.xlsx", (), "新增"),
    ],
)
def test_new_households_are_taken_as_changes_and_told(
    session: Session, tmp_path: Path, name: str, titles: tuple[str, ...], sheet: str
) -> None:
    (done,) = _take(session, _households(tmp_path / name, *titles, sheet=sheet))
    assert (done.coverage, done.rows_kept) == ("change", 3)
    assert "变动名单" in done.changes_told and "--coverage full" in done.changes_told
    noted = [problem for problem in done.problems if problem.code == "taken_as_change"]
    assert [problem.severity for problem in noted] == ["note"] and noted[0].message == done.changes_told


@pytest.mark.parametrize("asked", ["full", "change"])
def test_what_is_asked_for_goes_first(session: Session, tmp_path: Path, asked: str) -> None:
    (done,) = _take(session, _households(tmp_path / "农村低保家庭补发_202610.xlsx"), coverage=asked)
    assert (done.coverage, done.changes_told) == (asked, "")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("农村低保家庭补发_202610.xlsx", "“补发”"),
        ("农村低保家庭变动_202610.xlsx", "“变动”"),
        ("农村低保家庭拟停发_202610.xlsx", "停发（退出）人员的名单"),
        ("农村低保家庭新增和停发_202610.xlsx", "停发（退出）人员的名单"),
    ],
)
def test_other_changes_are_asked_about(session: Session, tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(AidError, match=said) as refused:
        _take(session, _households(tmp_path / name))
    assert (refused.value.code, refused.value.file) == ("coverage_unclear", name)
    assert refused.value.hint is not None and "--coverage full" in refused.value.hint
    assert session.conn.execute("SELECT count(*) FROM batch").fetchone() == (0,)


def test_who_left_is_taken_as_having_left_and_told(session: Session, tmp_path: Path) -> None:
    path = _households(tmp_path / "农村低保家庭停发_202610.xlsx")
    (done,) = _take(session, path, dry_run=True)
    assert done.coverage == "change" and "自2026-10起不在册" in done.changes_told
    (asked,) = _take(session, path, coverage="change", dry_run=True)
    assert asked.changes_told == done.changes_told
    (whole,) = _take(session, path, coverage="full")
    assert (whole.coverage, whole.changes_told) == ("full", "")
    assert session.conn.execute("SELECT count(*) FROM roster_household").fetchone() == (3,)


def test_new_members_are_asked_about_for_the_household_must_be_whole(
    session: Session, tmp_path: Path
) -> None:
    rows = [PERSON, ["张三丰", id_number(1), id_number(1), "本人", "河东镇", "东村"]]
    path = xlsx(tmp_path / "农村低保人员新增_202610.xlsx", ("Sheet1", rows))
    with pytest.raises(AidError, match="“新增”") as refused:
        _take(session, path)
    assert refused.value.code == "coverage_unclear" and "一户的人都写全" in str(refused.value.hint)


def test_a_quarter_of_a_roster_is_answered_with_a_month_of_it(session: Session, tmp_path: Path) -> None:
    with pytest.raises(AidError, match="2026-Q3") as refused:
        _take(session, _households(tmp_path / "农村低保家庭2026年第三季度.xlsx"))
    assert refused.value.code == "bad_period" and "--period 2026-07" in str(refused.value.hint)


def _pair(path: Path, total: object, with_persons: bool) -> Path:
    rows = [HOUSEHOLD, household_row(**{"合计（元）": total})]
    persons = [PERSON, ["张三丰", id_number(1), id_number(1), "本人", "河东镇", "东村"]]
    sheets = [("家庭", rows), *([("人员", persons)] if with_persons else [])]
    path.parent.mkdir(exist_ok=True)
    return xlsx(path, *sheets)


def test_a_list_that_the_corrected_file_lacks_is_told(session: Session, tmp_path: Path) -> None:
    name = "农村低保_202610.xlsx"
    assert len(_take(session, _pair(tmp_path / "旧" / name, 521, True))) == 2
    (done,) = _take(session, _pair(tmp_path / "新" / name, 621, False), replaces=1)
    assert (done.status, done.replaces) == ("kept", 1)
    ((sheet, reason),) = done.skipped_sheets
    assert sheet == "人员" and "b2 仍然有效" in reason and "aidcli undo b2" in reason


@pytest.mark.parametrize("options", [{}, {"source": "dibao_rural_household"}])
def test_nothing_is_said_where_nothing_lacks(
    session: Session, tmp_path: Path, options: dict[str, str]
) -> None:
    name = "农村低保_202610.xlsx"
    _take(session, _pair(tmp_path / "旧" / name, 521, True))
    done = _take(session, _pair(tmp_path / "新" / name, 621, True), replaces=1, **options)
    assert not [reason for one in done for _, reason in one.skipped_sheets if "仍然有效" in reason]
