"""Pairs that two experienced clerks judged at a table: the tier and the reason that the matcher must give.

The table is `hard_pairs.csv`, to be read and added to in a spreadsheet program; `hard_pairs.py` says how its
columns are meant.
"""

from __future__ import annotations

import pytest
from hard_pairs import HEADINGS, TABLE, TIERS, background, outcome, pool_of, read_table

from aidcli import idnumber
from aidcli.linkage.scoring import Model, load_model

ROWS = read_table()


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


@pytest.mark.parametrize("row", ROWS, ids=[row["编号"] for row in ROWS])
def test_the_pair_is_judged_as_clerks_would(row: dict[str, str], model: Model) -> None:
    got = outcome(pool_of(row), model)
    assert got.tier == row["应得"], f"{got.points}分 {got.sentence}"
    assert row["依据"] in got.sentence
    assert got.found or row["应得"] == "不是", "两条记录没有共同的键，不会拿来比较"


def test_the_table_is_whole_and_opens_in_a_spreadsheet_program() -> None:
    assert TABLE.read_bytes().startswith(b"\xef\xbb\xbf")
    assert tuple(ROWS[0]) == HEADINGS
    assert len(ROWS) >= 150 and len({row["编号"] for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row["应得"] in TIERS and row["依据"] and row["理由"] and row["情形"], row["编号"]
        assert None not in row and None not in row.values(), row["编号"]


def test_every_tier_and_every_kind_of_number_is_there_many_times() -> None:
    tiers = [row["应得"] for row in ROWS]
    assert min(map(tiers.count, TIERS)) >= 50
    kinds = [idnumber.read(row[column]).kind for row in ROWS for column in ("左证件号", "右证件号")]
    assert min(kinds.count(kind) for kind in set(kinds)) >= 5
    assert set(kinds) == {
        "valid", "legacy15", "bad_check", "cut", "scientific", "masked", "missing", "other",
    }  # fmt: skip


def test_only_invented_people() -> None:
    for row in ROWS:
        numbers = [
            row["左证件号"],
            row["右证件号"],
            *(cells.get("证件号", "") for _, cells in background(row["背景"])[1]),
        ]
        for number in numbers:
            reading = idnumber.read(number)
            if reading.whole:
                assert reading.value.startswith("990101"), row["编号"]


def test_an_unknown_background_is_refused() -> None:
    with pytest.raises(ValueError, match="背景里不认识"):
        background("邻居：姓名 王芳")
    with pytest.raises(ValueError, match="背景里不认识"):
        background("同户：姓名 王芳，身高 160")
