"""The sample district's files are recognised and read as its ledger says."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, NamedTuple

from intake_files import codes, read

from aidcli.model import Named, RowRead
from aidcli.resources import data_dir

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


EXPECTED = json.loads((data_dir("sample_data") / "expected" / "expected.json").read_text(encoding="utf-8"))


class Listed(NamedTuple):
    """A file of the district as it is read: (sheet, row) in order."""

    template: str
    rows: list[tuple[str, RowRead]]


@cache
def district() -> dict[str, Listed]:
    """Every file by its name, read once."""
    found = {}
    for path in sorted((data_dir("sample_data") / "inputs").iterdir()):
        reading = read(path)
        rows = [(plan.name, row) for n, plan in enumerate(reading.sheets) for row in reading.rows(n)]
        found[path.name] = Listed(reading.template.key, rows)
    return found


def _persons() -> dict[tuple[object, ...], Named]:
    """Everybody by where they stand."""
    return {
        (name, sheet, row.row, named.ordinal, named.role): named
        for name, listed in district().items()
        for sheet, row in listed.rows
        for named in (row.record.persons if row.record else ())
    }


def _place(entry: dict[str, Any]) -> tuple[object, ...]:
    return entry["file"], entry["sheet"], entry["row"], entry["ordinal"], entry["role"]


def test_every_file_is_recognised() -> None:
    for name, listed in district().items():
        (key,) = [key for start, key in KEYS.items() if name.startswith(start)]
        assert listed.template == key, name


def test_as_many_rows_are_read_and_set_aside_as_were_written() -> None:
    for name, listed in district().items():
        outcomes = [row.outcome for _, row in listed.rows]
        read_, aside = len(outcomes) - outcomes.count("skipped"), outcomes.count("set_aside")
        assert {"rows": read_, "set_aside": aside} == EXPECTED["files"][name], name


def test_nothing_is_left_out_of_a_kept_row() -> None:
    for name, listed in district().items():
        for _, row in listed.rows:
            if row.outcome == "kept":
                assert "cell" not in codes(row).values(), (name, row)


def test_every_person_of_the_ledger_stands_where_it_says() -> None:
    found = _persons().keys()
    places = [place for people in EXPECTED["people"] for place in people]
    assert len(places) > 500 and [place for place in places if _place(place) not in found] == []


def test_the_people_of_one_group_bear_one_number() -> None:
    numbers = {place: named.identity.id_value for place, named in _persons().items()}
    for people in EXPECTED["people"]:
        assert len({numbers[_place(place)] for place in people}) == 1, people
    for one in EXPECTED["by_card"]:
        assert numbers[_place(one["place"])] == one["id_number"]
