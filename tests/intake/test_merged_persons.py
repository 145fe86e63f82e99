"""Name and number merged over several rows: one person of whom the list tells several things."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from both_ways import in_order
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_files import HOUSEHOLD as HOUSEHOLD_HEADINGS
from intake_files import TEMPLATES, TODAY, facts, household_row, id_number, person, xlsx
from laws import examples

from aidcli.intake import open_file
from aidcli.model import RowRead

CARS = ["所有人", "身份证号", "号牌号码", "车辆类型", "初次登记日期", "状态"]
BILLS = ["姓名", "证件号码", "结算时间", "医疗费总额", "个人负担总金额"]


def _read(
    folder: Path, source: str, table: Sequence[Sequence[object]], merges: Sequence[str]
) -> list[RowRead]:
    path = xlsx(folder / "名单2026年9月.xlsx", ("S", table), merges=merges)
    return list(open_file(path, TEMPLATES, source=source, period="2026-09", today=TODAY).rows(0))


def _car(plate: str, *who: object) -> list[object]:
    return [*(who or (None, None)), plate, "小型轿车", "2019-05-06", "正常"]


def test_the_second_car_of_a_merged_owner_is_theirs(tmp_path: Path) -> None:
    table = [
        CARS,
        _car("鲁A11111", "张三丰", id_number(1)),
        _car("鲁A22222"),
        _car("鲁A33333", "李四海", id_number(2)),
    ]
    reads = _read(tmp_path, "vehicles", table, ["A2:A3", "B2:B3"])
    assert [read.outcome for read in reads] == ["kept"] * 3
    assert [person(read).identity.id_value for read in reads] == [id_number(1), id_number(1), id_number(2)]
    assert [facts(read, "vehicle_kind")[0].text for read in reads] == ["鲁A11111", "鲁A22222", "鲁A33333"]
    assert reads[1].cells[:3] == ("", "", "鲁A22222")  # the original row is kept as it came


def test_nothing_is_filled_in_where_nothing_is_merged(tmp_path: Path) -> None:
    table = [CARS, _car("鲁A11111", "张三丰", id_number(1)), _car("鲁A22222")]
    for merges in ([], ["A2:A3"], ["B2:B3"], ["D2:D3"]):
        second = _read(tmp_path, "vehicles", table, merges)[1]
        assert (second.outcome, second.problems[0].code) == ("set_aside", "no_person"), merges


def test_only_the_rows_over_which_both_are_merged_are_theirs(tmp_path: Path) -> None:
    table = [CARS, _car("鲁A11111", "张三丰", id_number(1)), _car("鲁A22222"), _car("鲁A33333")]
    reads = _read(tmp_path, "vehicles", table, ["A2:A4", "B2:B3"])
    assert [read.outcome for read in reads] == ["kept", "kept", "set_aside"]


def test_a_row_of_figures_alone_is_no_total_where_its_person_is_merged(tmp_path: Path) -> None:
    """Two stays in hospital; before, the second passed for a total without its word and was dropped."""
    table = [BILLS, ["张三丰", id_number(1), "2026-09-01", 100, 10], [None, None, "2026-09-20", 200, 20]]
    table += [["合计", None, None, 300, 30]]
    reads = _read(tmp_path, "medical_settlement", table, ["A2:A3", "B2:B3"])
    assert [read.outcome for read in reads] == ["kept", "kept", "skipped"]
    assert not reads[2].problems
    told = [(fact.day, fact.fen) for read in reads[:2] for fact in facts(read, "medical_total")]
    assert told == [("2026-09-01", 10000), ("2026-09-20", 20000)]


def test_a_subtotal_inside_a_merged_person_is_no_stay_in_hospital(tmp_path: Path) -> None:
    table: list[list[object]] = [BILLS, ["张三丰", id_number(1), "2026-09-01", 100, 10]]
    table += [[None, None, "2026-09-20", 200, 20], [None, None, "小计", 300, 30]]
    table += [["李四海", id_number(2), "2026-09-02", 50, 5]]
    reads = _read(tmp_path, "medical_settlement", table, ["A2:A4", "B2:B4"])
    assert [read.outcome for read in reads] == ["kept", "kept", "skipped", "kept"]
    assert not [problem for read in reads for problem in read.problems]


def test_a_tall_row_counts_once(tmp_path: Path) -> None:
    """All that is read is merged; only the column of signatures has two lines."""
    headings = [*CARS, "签字"]
    table = [headings, [*_car("鲁A11111", "张三丰", id_number(1)), "车主"], [*[None] * 6, "经办"]]
    merges = [f"{letter}2:{letter}3" for letter in "ABCDEF"]
    reads = _read(tmp_path, "vehicles", table, merges)
    assert [read.outcome for read in reads] == ["kept", "skipped"]


def test_co_owners_merged_over_two_houses_own_both(tmp_path: Path) -> None:
    headings = ["权利人", "权利人证件号", "坐落", "建筑面积（平方米）", "登记时间"]
    owners = ["张三丰、李四海", f"{id_number(1)}、{id_number(2)}"]
    table = [
        headings,
        [*owners, "幸福路1号", 80.5, "2020-01-02"],
        [None, None, "幸福路2号", 60, "2021-01-02"],
    ]
    reads = _read(tmp_path, "real_estate_register", table, ["A2:A3", "B2:B3"])
    assert [len(read.record.persons) for read in reads if read.record] == [2, 2]
    assert facts(reads[1], "real_estate", 1)[0].text == "幸福路2号"


def test_two_subsidies_of_a_merged_person_are_both_read(tmp_path: Path) -> None:
    headings = ["姓名", "身份证号", "补贴类型", "残疾等级", "补贴金额（元）"]
    table = [
        headings,
        ["张三丰", id_number(1), "生活补贴", "一级", 100],
        [None, None, "护理补贴", "一级", 120],
    ]
    reads = _read(tmp_path, "disability_subsidy", table, ["A2:A3", "B2:B3"])
    told = [(fact.code, fact.fen) for read in reads for fact in facts(read, "subsidy_kind")]
    assert told == [("living", 10000), ("care", 12000)]


def test_a_household_of_approved_money_is_not_written_twice(tmp_path: Path) -> None:
    first, second = household_row(), household_row(**{"户主姓名": None, "户主身份证号": None})
    reads = _read(tmp_path, "dibao_rural_household", [HOUSEHOLD_HEADINGS, first, second], ["A2:A3", "B2:B3"])
    assert [read.outcome for read in reads] == ["kept", "set_aside"]


@settings(max_examples=examples(12, 60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    runs=st.lists(st.integers(1, 4), min_size=1, max_size=6),
    swapped=st.booleans(),
    number=st.sampled_from(
        (id_number(7), id_number(7)[:-1], id_number(7).lower(), f"{id_number(7)}（已故）")
    ),
)
def test_merged_rows_say_what_the_same_rows_say_written_out(
    runs: list[int], swapped: bool, number: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    headings = ["身份证号", "所有人", *CARS[2:]] if swapped else CARS
    whole, holed, merges = [headings], [headings], []
    for at, length in enumerate(runs):
        who: list[object] = ["张三丰", number if at == 0 else id_number(at + 10)]
        who = who[::-1] if swapped else who
        first = len(whole) + 1
        for line in range(length):
            whole.append(_car(f"鲁A{at}000{line}", *who))
            holed.append(_car(f"鲁A{at}000{line}", *(who if not line else [None, None])))
        if length > 1:
            merges += [f"{letter}{first}:{letter}{first + length - 1}" for letter in "AB"]
    folder = tmp_path_factory.mktemp("merged")
    plain, merged = (
        _read(folder, "vehicles", table, areas) for table, areas in ((whole, []), (holed, merges))
    )
    assert [(read.outcome, read.problems) for read in plain] == [
        (read.outcome, read.problems) for read in merged
    ]
    for one, two in zip(plain, merged, strict=True):
        assert one.record is not None and two.record is not None
        assert one.record.persons == two.record.persons
        assert in_order(one.record.facts) == in_order(two.record.facts)
