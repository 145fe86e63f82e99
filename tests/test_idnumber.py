"""Identity numbers: what one cell is taken for."""

from __future__ import annotations

import pytest

from aidcli import idnumber

FIRST = "99010119600101001" + idnumber.check_digit("99010119600101001")
SECOND = "99010119600101002" + idnumber.check_digit("99010119600101002")
WITH_X = "99010119600101012" + idnumber.check_digit("99010119600101012")
WRONG = FIRST[:17] + ("0" if FIRST[17] != "0" else "1")


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        (FIRST, "valid", FIRST),
        (FIRST + "43", "valid", FIRST),
        (FIRST + "43B1", "valid", FIRST),
        (FIRST + "43（正常）", "valid", FIRST),
        (FIRST + "（已故）", "valid", FIRST),
        ("身份证" + FIRST, "valid", FIRST),
        ("身份证号：" + FIRST, "valid", FIRST),
        (FIRST + "。", "valid", FIRST),
        (FIRST + "/残", "valid", FIRST),
        ("990101600101001", "legacy15", idnumber.from_15("990101600101001")),
        (WRONG, "bad_check", WRONG),
        (FIRST[:15] + "000", "cut", FIRST[:15]),
        ("9.90101E+17", "scientific", "990101"),
        ("990101********0021", "masked", "990101********0021"),
        ("无", "missing", ""),
        (FIRST + "83", "other", FIRST + "83"),
        (FIRST + "45", "other", FIRST + "45"),
        (FIRST + "43B12", "other", FIRST + "43B12"),
        (FIRST + "0101", "other", FIRST + "0101"),
        (FIRST + " " + SECOND, "other", FIRST + SECOND),
        (FIRST + "\n" + SECOND, "other", FIRST + SECOND),
        (FIRST + "/" + SECOND, "other", FIRST + "/" + SECOND),
        (FIRST + SECOND, "other", FIRST + SECOND),
        ("电话13900001234" + FIRST, "other", "电话13900001234" + FIRST),
        ("身份证" + WRONG, "other", "身份证" + WRONG),
        ("E12345678", "other", "E12345678"),
    ],
)
def test_what_a_cell_holds(written: str, kind: str, value: str) -> None:
    assert idnumber.read(written) == (kind, value)


@pytest.mark.parametrize(
    ("written", "several"),
    [
        (f"{FIRST} {SECOND}", True),
        (f"{FIRST}\n{SECOND}", True),
        (f"{FIRST}、{WRONG}", True),
        (FIRST + SECOND, True),
        (WITH_X + SECOND, True),
        (FIRST, False),
        (FIRST + "43B1", False),
        (f"{FIRST[:6]} {FIRST[6:14]} {FIRST[14:]}", False),
        ("无", False),
    ],
)
def test_two_numbers_in_one_cell_are_noticed(written: str, several: bool) -> None:
    assert idnumber.holds_several(written) is several


@pytest.mark.parametrize(
    ("written", "wrapped"), [("身份证" + FIRST, True), (FIRST + "/残", True), (FIRST, False)]
)
def test_words_around_a_number_are_noticed(written: str, wrapped: bool) -> None:
    assert idnumber.is_wrapped(written) is wrapped
    assert not idnumber.is_wrapped(FIRST + "43")
