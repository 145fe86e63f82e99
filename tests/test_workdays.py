from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidcli.errors import AidError
from aidcli.workdays import WorkCalendar, load_tables

PLAIN = WorkCalendar()
UNKNOWN_2027 = "2027年放假安排尚未公布，按周末推算，暂定"


def test_a_saturday_worked_in_exchange_is_a_workday() -> None:
    assert date(2026, 10, 10).weekday() == 5
    assert PLAIN.is_workday(date(2026, 10, 10))
    assert PLAIN.on_or_before(date(2026, 10, 10)) == (date(2026, 10, 10), False, "")


def test_a_pay_day_on_a_weekend_comes_earlier() -> None:
    assert PLAIN.on_or_before(date(2026, 1, 10)).day == date(2026, 1, 9)


def test_a_pay_day_in_a_long_holiday_comes_before_it() -> None:
    assert PLAIN.on_or_before(date(2026, 10, 5)).day == date(2026, 9, 30)


def test_twenty_working_days_skip_weekends() -> None:
    assert PLAIN.add_workdays(date(2024, 7, 26), 20) == (date(2024, 8, 23), False, "")


def test_no_working_days_later_is_the_same_day() -> None:
    assert PLAIN.add_workdays(date(2026, 10, 4), 0) == (date(2026, 10, 4), False, "")


def test_counting_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        PLAIN.add_workdays(date(2026, 1, 5), -1)


def test_an_unpublished_year_is_provisional() -> None:
    assert not PLAIN.knows(2027)
    assert PLAIN.knows(2026)
    assert PLAIN.on_or_before(date(2027, 1, 10)) == (date(2027, 1, 8), True, UNKNOWN_2027)
    assert PLAIN.is_workday(date(2027, 10, 1))


def test_a_count_that_crosses_into_an_unpublished_year_is_provisional() -> None:
    found = PLAIN.add_workdays(date(2026, 12, 20), 20)
    assert (found.provisional, found.reason) == (True, UNKNOWN_2027)
    assert not PLAIN.add_workdays(date(2026, 12, 20), 5).provisional


def test_a_walk_back_out_of_an_unpublished_year_stays_provisional() -> None:
    tables = {2028: {"holidays": {"2028-01-01", "2028-01-02", "2028-01-03"}, "workdays": set[str]()}}
    found = WorkCalendar(tables).on_or_before(date(2028, 1, 3))  # type: ignore[arg-type]
    assert found == (date(2027, 12, 31), True, UNKNOWN_2027)


def test_two_unpublished_years_are_both_named() -> None:
    found = PLAIN.add_workdays(date(2027, 12, 30), 5)
    assert found.reason == "2027年、2028年放假安排尚未公布，按周末推算，暂定"


def test_a_table_makes_a_year_known(tmp_path: Path) -> None:
    path = tmp_path / "holidays.toml"
    path.write_text('[2027]\nholidays = ["2027-01-01"]\nworkdays = [2027-01-09]\n', encoding="utf-8")
    calendar = WorkCalendar(load_tables(path))
    assert calendar.knows(2027)
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.on_or_before(date(2027, 1, 9)) == (date(2027, 1, 9), False, "")


def test_a_table_overrides_single_days_of_a_published_year() -> None:
    calendar = WorkCalendar({2026: {"holidays": {"2026-10-10"}, "workdays": {"2026-10-03"}}})
    assert not calendar.is_workday(date(2026, 10, 10))
    assert calendar.is_workday(date(2026, 10, 3))
    assert not calendar.is_workday(date(2026, 10, 1))


@given(st.dates(date(2005, 1, 1), date(2028, 1, 1)), st.integers(1, 60))
def test_n_working_days_lie_between_start_and_result(start: date, n: int) -> None:
    end = PLAIN.add_workdays(start, n).day
    days = (start + timedelta(days=i) for i in range(1, (end - start).days + 1))
    assert sum(map(PLAIN.is_workday, days)) == n
    assert PLAIN.is_workday(end)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[2027", "TOML"),
        ("year = 2027", "“year”不是年份"),
        ("[明年]", "TOML"),
        ("[27]\nholidays = []", "“27”不是年份"),
        ("[2027]\nholiday = []", "不认识“holiday”"),
        ('[2027]\nholidays = "2027-01-01"', "应为日期的列表"),
        ('[2027]\nholidays = ["1月1日"]', "“1月1日”不是日期"),
        ('[2027]\nworkdays = ["2026-12-31"]', "不在2027年"),
        ('[2027]\nholidays = ["2027-01-01"]\nworkdays = ["2027-01-01"]', "既写成放假又写成上班"),
    ],
)
def test_a_wrong_table_says_file_and_fault(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "holidays.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AidError) as caught:
        load_tables(path)
    assert said in caught.value.message
    assert caught.value.code == "bad_calendar"
    assert caught.value.file == str(path)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "holidays.toml"
    path.write_text('[2027]\nholidays = ["x"]\nworkdays = ["y"]', encoding="utf-8")
    with pytest.raises(AidError, match="2 处错误"):
        load_tables(path)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(AidError) as caught:
        load_tables(tmp_path / "none.toml")
    assert caught.value.code == "calendar_missing"


def test_the_holiday_package_is_loaded_only_when_asked() -> None:
    code = "import sys, aidcli.workdays; sys.exit('chinese_calendar' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
