"""A month without its year, and a school term, in names and titles of files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from intake_files import TEMPLATES, UNEMPLOYED, id_number, xlsx

from aidcli.errors import AidError
from aidcli.intake import Reading
from aidcli.intake.lists import open_lists

TODAY = date(2026, 11, 22)


def _opened(
    folder: Path, stem: str, *titles: str, day: date = TODAY, folders: tuple[str, ...] = ()
) -> Reading:
    table = [*([title] for title in titles), UNEMPLOYED, ["李四", id_number(2), "2025-09-01", "其他", "登记"]]
    path = xlsx(folder / f"{stem}.xlsx", ("名单", table))
    (reading,) = open_lists(path, TEMPLATES, today=day, folders=folders)
    return reading


def _notes(reading: Reading) -> list[str]:
    return [p.message for row in reading.rows(0) for p in row.problems if p.code == "period_of_column"]


@pytest.mark.parametrize(
    ("stem", "period"),
    [("登记失业（9月）", "2026-09"), ("登记失业11月份", "2026-11"), ("登记失业1月", "2026-01")],
)
def test_a_month_without_its_year_is_the_latest_that_has_begun(
    stem: str, period: str, tmp_path: Path
) -> None:
    reading = _opened(tmp_path, stem)
    assert (reading.period, reading.period_from) == (period, "month")
    (told,) = _notes(reading)
    assert "没有写年份" in told and period in told and "--period" in told


def test_in_january_the_months_before_are_last_year_s(tmp_path: Path) -> None:
    assert _opened(tmp_path, "登记失业12月", day=date(2027, 1, 5)).period == "2026-12"


@pytest.mark.parametrize(
    ("titles", "folders", "period"),
    [
        (["2025年度登记失业名单"], (), "2025-09"),
        (["登记失业名单", "填报日期：2025年10月8日"], (), "2025-09"),
        (["登记失业名单", "查询时间：2025-08-30"], (), "2025-09"),
        (["2025年9月登记失业名单"], (), "2025-09"),
        (["登记失业名单"], ("2025年9月",), "2025-09"),
    ],
)
def test_the_year_that_another_place_names_goes_first(
    titles: list[str], folders: tuple[str, ...], period: str, tmp_path: Path
) -> None:
    assert _opened(tmp_path, "登记失业9月", *titles, folders=folders).period == period


@pytest.mark.parametrize(
    ("stem", "titles"),
    [
        ("登记失业9-10月", []),
        ("登记失业9月", ["8月登记失业名单"]),
        ("登记失业12月", []),  # begins next: it may be meant as well as last year's
        ("登记失业9月", ["2025年度、2026年度登记失业名单"]),
        ("登记失业9月", ["2027年度登记失业名单"]),
        ("登记失业三季度", []),
    ],
)
def test_what_may_be_meant_otherwise_is_asked(stem: str, titles: list[str], tmp_path: Path) -> None:
    with pytest.raises(AidError) as refused:
        _opened(tmp_path, stem, *titles)
    assert refused.value.code == "period_unknown" and "--period" in (refused.value.hint or "")


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("2026年秋季学期", "2026-09"),
        ("2026年春季学期", "2026-03"),
        ("2025-2026学年第二学期", "2026-03"),
        ("2026-2027学年度上学期", "2026-09"),
    ],
)
def test_a_school_term_is_taken_for_its_first_month(said: str, period: str, tmp_path: Path) -> None:
    reading = _opened(tmp_path, f"{said}登记失业名单")
    assert (reading.period, reading.period_from) == (period, "term")
    (told,) = _notes(reading)
    assert said in told and "学期" in told and "--period" in told
