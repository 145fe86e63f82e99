"""The sample district's files are recognised and read as its ledger says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from intake_files import codes, read

from sample_data.generate import generate

KEYS = {
    "低保代发回盘": "bank_return",
    "低保边缘家庭花名册": "dibao_margin",
    "公安死亡注销名单": "death_cancellation",
    "农村低保人员查询": "dibao_rural_person",
    "农村低保家庭查询": "dibao_rural_household",
    "医保住院结算明细": "medical_settlement",
    "城市低保人员查询": "dibao_urban_person",
    "城市低保家庭查询": "dibao_urban_household",
    "持证残疾人名单": "disabled_persons",
    "殡葬火化名单": "cremation",
    "特困人员人员查询": "tekun_person",
    "特困人员家庭查询": "tekun_household",
    "登记失业人员名单": "registered_unemployed",
}


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("district")
    generate(folder)
    return folder


def _files(district: Path) -> list[Path]:
    return sorted((district / "inputs").iterdir())


def _expected(district: Path) -> Any:
    return json.loads((district / "expected" / "expected.json").read_text(encoding="utf-8"))


def test_every_file_is_recognised(district: Path) -> None:
    for path in _files(district):
        (key,) = [key for start, key in KEYS.items() if path.name.startswith(start)]
        assert read(path).template.key == key, path.name


def test_as_many_rows_are_read_and_set_aside_as_were_written(district: Path) -> None:
    expected = _expected(district)["files"]
    for path in _files(district):
        reading = read(path)
        outcomes = [row.outcome for index in range(len(reading.sheets)) for row in reading.rows(index)]
        read_, aside = len(outcomes) - outcomes.count("skipped"), outcomes.count("set_aside")
        assert {"rows": read_, "set_aside": aside} == expected[path.name], path.name


def test_nothing_is_left_out_of_a_kept_row(district: Path) -> None:
    for path in _files(district):
        reading = read(path)
        for index in range(len(reading.sheets)):
            for row in reading.rows(index):
                if row.outcome == "kept":
                    assert "cell" not in codes(row).values(), (path.name, row)


def test_every_person_of_the_ledger_stands_where_it_says(district: Path) -> None:
    found = set()
    for path in _files(district):
        reading = read(path)
        for index, plan in enumerate(reading.sheets):
            for row in reading.rows(index):
                for named in row.record.persons if row.record else ():
                    found.add((path.name, plan.name, row.row, named.ordinal, named.role))
    places = [place for people in _expected(district)["people"] for place in people]
    missing = [
        place
        for place in places
        if (place["file"], place["sheet"], place["row"], place["ordinal"], place["role"]) not in found
    ]
    assert len(places) > 500 and missing == []


def test_the_people_of_one_group_bear_one_number(district: Path) -> None:
    numbers: dict[tuple[object, ...], str] = {}
    for path in _files(district):
        reading = read(path)
        for index, plan in enumerate(reading.sheets):
            for row in reading.rows(index):
                for named in row.record.persons if row.record else ():
                    key = (path.name, plan.name, row.row, named.ordinal, named.role)
                    numbers[key] = named.identity.id_value
    expected = _expected(district)
    for people in expected["people"]:
        keys = [(p["file"], p["sheet"], p["row"], p["ordinal"], p["role"]) for p in people]
        assert len({numbers[key] for key in keys}) == 1, people
    for one in expected["by_card"]:
        place = one["place"]
        key = (place["file"], place["sheet"], place["row"], place["ordinal"], place["role"])
        assert numbers[key] == one["id_number"]
