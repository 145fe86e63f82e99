"""Files that stop and say what they saw, the near misses beside them, and the way to take them all the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from care_world import take
from intake_files import BANK, HOUSEHOLD, UNEMPLOYED, household_row, id_number, text_file, xlsx

from aidcli.errors import AidError
from aidcli.store import Session, events

MANY = 24


def roster(folder: Path, month: str, persons: Sequence[int]) -> Path:
    rows = [HOUSEHOLD]
    rows += [
        household_row(**{"户主姓名": f"张{'甲乙丙丁戊己庚辛'[n % 8]}", "户主身份证号": id_number(n)})
        for n in persons
    ]
    return xlsx(folder / f"农村低保家庭查询_{month}.xlsx", ("Sheet1", rows))


def jobless(folder: Path, month: str, persons: Sequence[int]) -> Path:
    rows = [UNEMPLOYED]
    rows += [[f"张{'甲乙丙丁戊己庚辛'[n % 8]}", id_number(n), "2026-01-05", "", ""] for n in persons]
    return xlsx(folder / f"登记失业人员名单_{month}.xlsx", ("Sheet1", rows))


def refusal(session: Session, path: Path, **options: object) -> AidError:
    with pytest.raises(AidError) as refused:
        take(session, path, **options)
    return refused.value


def test_a_roster_on_which_nobody_is_known_stops(tmp_path: Path, session: Session) -> None:
    take(session, roster(tmp_path, "202609", range(1, 1 + MANY)))
    error = refusal(session, roster(tmp_path, "202610", range(101, 101 + MANY)))
    assert error.code == "suspicious_strangers"
    assert "没有一个号码能在以前的名册和名单里找到" in error.message and f"{MANY}人" in error.message


def test_a_roster_of_which_one_in_twenty_four_is_known_stops_and_two_are_enough(
    tmp_path: Path, session: Session
) -> None:
    take(session, roster(tmp_path, "202609", range(1, 1 + MANY)))
    error = refusal(session, roster(tmp_path, "202610", [1, *range(101, 100 + MANY)]))
    assert error.code == "suspicious_strangers" and "有23人（95%）" in error.message
    assert take(session, roster(tmp_path, "202610", [1, 2, *range(101, 99 + MANY)])).status == "kept"


def test_the_first_list_of_a_source_and_small_ones_are_not_held_against_others(
    tmp_path: Path, session: Session
) -> None:
    take(session, roster(tmp_path, "202609", range(1, 11)))
    assert take(session, roster(tmp_path, "202610", range(101, 111))).status == "kept"
    assert take(session, jobless(tmp_path, "202609", range(201, 201 + MANY))).status == "kept"


def test_a_list_of_the_general_population_may_name_nobody_on_the_rosters(
    tmp_path: Path, session: Session
) -> None:
    take(session, roster(tmp_path, "202609", range(1, 1 + MANY)))
    take(session, jobless(tmp_path, "202608", [1, *range(201, 201 + MANY)]))
    assert take(session, jobless(tmp_path, "202609", range(301, 301 + MANY))).status == "kept"


def test_a_department_list_that_always_named_ours_stops_when_it_names_none(
    tmp_path: Path, session: Session
) -> None:
    take(session, roster(tmp_path, "202609", range(1, 1 + MANY)))
    take(session, jobless(tmp_path, "202608", range(1, 1 + MANY)))
    error = refusal(session, jobless(tmp_path, "202609", range(301, 301 + MANY)))
    assert error.code == "suspicious_strangers" and "在册人员" in error.message


def test_a_full_list_of_less_than_half_the_rows_stops_and_half_does_not(
    tmp_path: Path, session: Session
) -> None:
    take(session, roster(tmp_path, "202609", range(1, 41)))
    error = refusal(session, roster(tmp_path, "202610", range(1, 20)))
    assert error.code == "suspicious_shrunk" and "19行" in error.message and "40行" in error.message
    assert take(session, roster(tmp_path, "202610", range(1, 21))).status == "kept"


def test_a_period_years_away_stops_even_when_it_was_told(tmp_path: Path, session: Session) -> None:
    path = roster(tmp_path, "202609", range(1, 9))
    for period in ("2046-09", "2006-09"):
        error = refusal(session, path, period=period)
        assert error.code == "suspicious_period" and period in error.message
    assert take(session, path, period="2024-09").status == "kept"


def test_a_fifth_of_the_rows_set_aside_stops(tmp_path: Path, session: Session) -> None:
    rows = [UNEMPLOYED, *([f"张{n}", id_number(n), "2026-01-05", "", ""] for n in range(1, 9))]
    rows += [["张丙", id_number(50 + n), "没写", "", ""] for n in range(3)]
    error = refusal(session, xlsx(tmp_path / "登记失业人员名单_202609.xlsx", ("Sheet1", rows)))
    assert error.code == "suspicious_rows" and "11行中有3行" in error.message


def test_a_column_of_numbers_that_lost_digits_stops(tmp_path: Path, session: Session) -> None:
    rows = [
        UNEMPLOYED,
        *(["张甲", float(id_number(n)[:17] + "0"), "2026-01-05", "", ""] for n in range(1, 8)),
    ]
    error = refusal(session, xlsx(tmp_path / "登记失业人员名单_202609.xlsx", ("Sheet1", rows)))
    assert error.code == "suspicious_ids"


def test_accepting_takes_it_and_is_logged_with_what_was_seen(tmp_path: Path, session: Session) -> None:
    take(session, roster(tmp_path, "202609", range(1, 61)))
    done = take(session, roster(tmp_path, "202610", range(101, 101 + MANY)), accept_suspicious=True)
    assert done.accepted == ("suspicious_strangers", "suspicious_shrunk")
    logged = [event for event in events.listing(session) if event.kind == "accept_suspicious"]
    assert [event.ref for event in logged] == [f"b{done.batch}"]


def test_the_banks_answer_needs_no_numbers(tmp_path: Path, session: Session) -> None:
    take(session, roster(tmp_path, "202609", range(1, 1 + MANY)))
    rows = [
        BANK,
        *(
            ["李" + "甲乙丙丁戊"[n % 5], f"62170000000{n:05d}", "100", "成功", "", "2026-09-10", n]
            for n in range(30)
        ),
    ]
    path = text_file(tmp_path / "低保代发回盘_202609.csv", rows)
    assert take(session, path).status == "kept"
