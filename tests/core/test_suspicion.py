"""Files that stop and say what they saw, the near misses beside them, and the way to take them all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from care_world import fill_in, set_aside, take
from intake_files import BANK, HOUSEHOLD, UNEMPLOYED, household_row, id_number, text_file, xlsx
from openpyxl import load_workbook

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


def test_one_content_for_two_months_stops_unless_it_is_said_twice(tmp_path: Path, session: Session) -> None:
    first = roster(tmp_path, "202609", range(1, 9))
    take(session, first)
    copy = tmp_path / "农村低保家庭查询_202610.xlsx"
    copy.write_bytes(first.read_bytes())
    known = take(session, copy)
    assert (known.status, known.batch, known.told_period) == ("already", 1, "2026-10")
    error = refusal(session, copy, period="2026-10")
    assert error.code == "other_period"
    assert "已作为2026-09的农村低保家庭导入（批次 b1" in error.message
    assert "--period 2026-10 再加 --accept-suspicious" in (error.hint or "")
    done = take(session, copy, period="2026-10", accept_suspicious=True)
    assert (done.status, done.period, done.accepted) == ("kept", "2026-10", ("other_period",))
    assert events.listing(session)[0].kind == "accept_suspicious"
    again = take(session, copy)
    assert (again.status, again.batch, again.told_period) == ("already", done.batch, "")
    assert take(session, first).batch == 1
    assert take(session, copy, period="2026-10", accept_suspicious=True).status == "already"


def test_taking_a_suspicious_file_does_not_take_a_month_twice_by_the_way(
    tmp_path: Path, session: Session
) -> None:
    first = roster(tmp_path, "202609", range(1, 9))
    take(session, first)
    copy = tmp_path / "农村低保家庭查询_202610.xlsx"
    copy.write_bytes(first.read_bytes())
    assert take(session, copy, accept_suspicious=True).status == "already"


def test_rows_set_aside_of_one_of_two_equal_months_go_back_to_it(tmp_path: Path, session: Session) -> None:
    first = jobless(tmp_path, "202609", range(1, 9))
    book = load_workbook(first)
    book.worksheets[0]["C3"] = "没写清"
    book.save(first)
    take(session, first)
    copy = tmp_path / "登记失业人员名单_202610.xlsx"
    copy.write_bytes(first.read_bytes())
    second = take(session, copy, period="2026-10", accept_suspicious=True)
    workbook = tmp_path / "搁置.xlsx"
    set_aside(session, copy, workbook)
    done = take(session, fill_in(workbook, tmp_path / "改好.xlsx", {(3, "失业登记日期"): "2026-02-01"}))
    assert (done.status, done.supplements, done.period) == ("kept", second.batch, "2026-10")
    still = take(session, first, set_aside=True)
    assert (still.batch, len(still.asides)) == (1, 1)


def test_a_period_other_than_the_file_name_tells_is_told(tmp_path: Path, session: Session) -> None:
    path = jobless(tmp_path, "202609", range(1, 9))
    done = take(session, path, period="2026-10")
    assert (done.status, done.period, done.told_period) == ("kept", "2026-10", "2026-09")
    assert take(session, jobless(tmp_path, "202611", range(11, 19)), period="2026-11").told_period == ""
    assert take(session, jobless(tmp_path, "202608", range(21, 29))).told_period == ""


def people(count: int) -> list[list[str]]:
    """Names that are not near each other, with their numbers."""
    return [
        ["赵钱孙李周吴郑王"[n % 8] + "建秀国兰文武"[n // 8] + "芳强梅军"[n % 4], id_number(n + 1)]
        for n in range(count)
    ]


def known_people(folder: Path, count: int = MANY) -> Path:
    rows = [household_row(**{"户主姓名": name, "户主身份证号": number}) for name, number in people(count)]
    return xlsx(folder / "农村低保家庭查询_202609.xlsx", ("Sheet1", [HOUSEHOLD, *rows]))


def disabled(folder: Path, called: Sequence[str], numbers: Sequence[str]) -> Path:
    rows = [[name, number, "肢体", "二级"] for name, number in zip(called, numbers, strict=True)]
    head = ["姓名", "身份证号", "残疾类别", "残疾等级"]
    return xlsx(folder / "持证残疾人名单_202609.xlsx", ("Sheet1", [head, *rows]))


@pytest.mark.parametrize(("by", "where"), [(1, "下"), (-1, "上")])
def test_a_list_whose_names_slid_by_a_row_stops(
    by: int, where: str, tmp_path: Path, session: Session
) -> None:
    take(session, known_people(tmp_path))
    called, numbers = zip(*people(MANY), strict=True)
    slid = [called[(n + by) % MANY] for n in range(MANY)]
    error = refusal(session, disabled(tmp_path, slid, numbers))
    assert error.code == "suspicious_names"
    assert f"{MANY}个写的却是别的姓名，其中{MANY - 1}行的姓名正是{where}一行那个号码的人" in error.message
    taken = take(session, disabled(tmp_path, slid, numbers), accept_suspicious=True)
    assert "suspicious_names" in taken.accepted


def test_names_that_were_sorted_apart_from_the_numbers_stop(tmp_path: Path, session: Session) -> None:
    take(session, known_people(tmp_path))
    called, numbers = zip(*people(MANY), strict=True)
    error = refusal(session, disabled(tmp_path, sorted(called), numbers))
    assert error.code == "suspicious_names" and "分别排过序" in error.message


def test_a_list_with_some_other_names_goes_through(tmp_path: Path, session: Session) -> None:
    take(session, known_people(tmp_path))
    called, numbers = zip(*people(MANY), strict=True)
    half = [*reversed(called[: MANY // 2]), *called[MANY // 2 :]]
    assert take(session, disabled(tmp_path, half, numbers)).status == "kept"


@pytest.mark.parametrize("told", ["*".join, lambda pair: pair[0] + "某" + pair[1:]])
def test_names_that_an_earlier_list_hid_or_misspelt_are_not_held_against_a_list(
    told: Callable[[str], str], tmp_path: Path, session: Session
) -> None:
    called, numbers = zip(*people(MANY), strict=True)
    hidden = disabled(tmp_path, [told(name) for name in called], numbers)
    take(session, hidden, period="2026-08")
    assert take(session, known_people(tmp_path)).status == "kept"


def test_a_letter_that_differs_is_no_other_name(tmp_path: Path, session: Session) -> None:
    take(session, known_people(tmp_path))
    called, numbers = zip(*people(MANY), strict=True)
    assert take(session, disabled(tmp_path, [name[:-1] + "鑫" for name in called], numbers)).status == "kept"
