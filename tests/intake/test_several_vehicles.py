"""Two plates in one cell of the vehicle register are two vehicles."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import TEMPLATES, TODAY, codes, facts, id_number, person, text_file

from aidcli.intake import Reading, open_file
from aidcli.intake.coercion.quantities import plates
from aidcli.intake.fields import FACTS
from aidcli.intake.vocabulary.property import VEHICLE_KINDS

CARS = ["所有人", "身份证号", "号牌号码", "车辆类型", "品牌型号", "初次登记日期", "状态"]


def _reading(folder: Path, *rows: list[str]) -> Reading:
    path = text_file(folder / "机动车.csv", [CARS, *rows])
    return open_file(path, TEMPLATES, source="vehicles", period="2026-09", today=TODAY)


@pytest.mark.parametrize(
    "written",
    [
        "鲁A12345、鲁B54321",
        "鲁A12345,鲁B54321",
        "鲁A12345；鲁B54321",
        "鲁A12345/鲁B54321",
        "鲁A12345\n鲁B54321",
        "鲁A12345 鲁B54321",
        "鲁A12345和鲁B54321",
        "1.鲁A12345 2.鲁B54321",
        "鲁Ａ12345、鲁B54321、鲁A12345",
        " 鲁A12345\r\n 鲁B54321 ",
    ],
)
def test_plates_in_one_cell_are_told_apart(written: str) -> None:
    assert plates(written) == ["鲁A12345", "鲁B54321"]


def test_a_blank_inside_a_plate_parts_no_two() -> None:
    assert plates("鲁A 12345\n鲁B·54321") == ["鲁A 12345", "鲁B·54321"]


@pytest.mark.parametrize(
    "written",
    [
        "鲁A12345",
        "鲁A 12345",
        "鲁A·12345",
        "无",
        "鲁A12345、未查到",
        "小型轿车、鲁A12345",
        "无、无",
        "鲁A12345（轿车、抵押）",
    ],
)
def test_a_cell_of_one_plate_or_of_other_words_is_left_whole(written: str) -> None:
    assert plates(written) == []


def test_two_plates_are_two_vehicles_of_one_person(tmp_path: Path) -> None:
    row = ["张三丰", id_number(1), "鲁A12345、鲁AD12345、鲁C1234挂", "小型轿车", "大众", "2019-05-06", "正常"]
    (read,) = _reading(tmp_path, row).rows(0)
    assert read.record is not None and len(read.record.persons) == 1
    told = [(fact.n, fact.day, fact.code, fact.text) for fact in facts(read, "vehicle")]
    assert told == [(n, "2019-05-06", "in_use", "大众") for n in range(3)]
    plates_told = [(fact.n, fact.code, fact.text) for fact in facts(read, "vehicle_kind")]
    assert plates_told == [(0, "car", "鲁A12345"), (1, "car", "鲁AD12345"), (2, "car", "鲁C1234挂")]


def test_what_stands_beside_them_in_as_many_parts_is_told_in_their_order(tmp_path: Path) -> None:
    beside = ["小型轿车、摩托车", "大众；豪爵", "2019-05-06、2020年13月1日", "正常/注销"]
    row = ["张三丰", id_number(1), "鲁A12345、鲁B54321", *beside]
    (read,) = _reading(tmp_path, row).rows(0)
    told = [(fact.day, fact.code, fact.text) for fact in facts(read, "vehicle")]
    assert told == [("2019-05-06", "in_use", "大众"), ("", "cancelled", "豪爵")]
    assert [fact.code for fact in facts(read, "vehicle_kind")] == ["car", "motorcycle"]
    assert list(codes(read).items()) == [("bad_day", "cell")]
    assert read.cells[2] == "鲁A12345、鲁B54321"


def test_a_doubt_about_all_of_them_is_told_once(tmp_path: Path) -> None:
    row = ["张三丰", id_number(1), "鲁A12345、鲁B54321", "飞毯", "大众", "2019-05-06", "正常"]
    (read,) = _reading(tmp_path, row).rows(0)
    assert [problem.code for problem in read.problems] == ["bad_choice"]


def test_a_row_without_a_person_yields_no_vehicle(tmp_path: Path) -> None:
    (read,) = _reading(tmp_path, ["", "", "鲁A12345、鲁B54321", "小型轿车", "", "", ""]).rows(0)
    assert (read.outcome, read.record) == ("set_aside", None)


def test_rows_read_by_columns_leave_several_plates_to_the_row_reader(tmp_path: Path) -> None:
    rows = [["张三丰", id_number(n), f"鲁A1234{n}", "小型轿车", "", "", ""] for n in range(1, 6)]
    rows[2][2] = "鲁A12345、鲁B54321"
    (block,) = _reading(tmp_path, *rows).blocks(0)
    assert block.plain is not None and block.plain.rows == [2, 3, 5, 6]
    several = next(read for place, read in block.odd if place == 2)
    assert person(several).identity.id_value == id_number(3)
    assert len(facts(several, "vehicle")) == 2


def test_no_other_column_tells_a_kind_that_is_counted_by_plates() -> None:
    assert sorted(spec.kind for spec in FACTS if spec.kind in VEHICLE_KINDS) == sorted(VEHICLE_KINDS)
