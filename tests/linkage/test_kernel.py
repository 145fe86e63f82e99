"""The comparison of two records: numbers, dates, places, phones, sexes; one by one and many at once."""

from __future__ import annotations

import numpy as np
import pytest
from dirty_people import NUMBERS, PEOPLE, identities, identity, number, slipped
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aidcli.linkage.evidence import (
    BirthLevel,
    Evidence,
    HomeLevel,
    IdLevel,
    PhoneLevel,
    PlaceLevel,
    SexLevel,
    decode,
)
from aidcli.linkage.features import lay_out, town_form, village_form
from aidcli.linkage.kernel import compare
from aidcli.linkage.namelevels import NameLevel
from aidcli.linkage.scoring import load_model
from aidcli.model import Identity

LORE = load_model().lore
WHOLE = number("19620304", 101)
NO_HOME = np.zeros(1, np.int8)


def evidence(one: Identity, other: Identity, homes: tuple[str, str] = ("", "")) -> Evidence:
    features = lay_out([one, other], homes, LORE)
    return decode(int(compare(features, np.array([0]), np.array([1]), NO_HOME)[0]))


def numbers(one: str, other: str) -> IdLevel:
    return evidence(identity("张三", one), identity("张三", other)).id


# ---------------------------------------------------------------- numbers

OTHER = number("19880808", 138)
NEAR = next(
    number("19620304", sequence)
    for sequence in range(103, 199, 2)
    if sum(a != b for a, b in zip(number("19620304", sequence), WHOLE, strict=True)) == 2
)
LEVELS = {
    IdLevel.MISSING: [
        (WHOLE, ""), ("", ""), (WHOLE, "9.90101E+17"), (WHOLE, "E12345678"), ("1234", "1234"),
        ("身份证正在办理中", "身份证正在办理中"), ("1111111111", "1111111111"), ("E12345678", "E12345687"),
        (WHOLE, "9****************2"), ("9.90101E+17", "9.90101E+17"), (WHOLE, "9.901011E+17"),
        (WHOLE, "9.901011962E+17"), ("19520203", "19520203"), ("195302", "195302"), ("1952-02-03", "1952-02-03"),
        ("2026年1月补办", "2026年1月补办"), ("13900000001", "13900000001"),
    ],
    IdLevel.SAME: [(WHOLE, WHOLE), (WHOLE, WHOLE + "43"), (slipped(WHOLE, 15), slipped(WHOLE, 15))],
    IdLevel.SAME_OLD: [(WHOLE, NUMBERS["old"](WHOLE)), (NUMBERS["old"](WHOLE), NUMBERS["old"](WHOLE))],
    IdLevel.SLIP: [
        (WHOLE, slipped(WHOLE, 15)), (WHOLE, NUMBERS["swapped"](WHOLE)), (WHOLE, WHOLE[:8] + WHOLE[9:]),
        (WHOLE, WHOLE[:9] + WHOLE[8:]), (WHOLE, WHOLE[1:]), (WHOLE, WHOLE[:17]), (WHOLE, WHOLE[:8] + WHOLE[9:] + "43"),
        (WHOLE, slipped(WHOLE, 11)),
    ],
    IdLevel.SLIPS: [(WHOLE, NUMBERS["two wrong"](WHOLE))],
    IdLevel.CUT: [
        (WHOLE, WHOLE[:15] + "000"), (WHOLE[:15] + "000", WHOLE[:15] + "000"), (WHOLE, "9.90101196203041E+17"),
        (WHOLE[:15] + "000", slipped(WHOLE, 17)), (WHOLE, "9.901011962030410e+17"), (WHOLE, WHOLE[:15]),
        (WHOLE, WHOLE[:16]),
    ],
    IdLevel.MASKED: [(WHOLE, WHOLE[:14] + "*" + WHOLE[15:]), (WHOLE[:14] + "*" + WHOLE[15:], WHOLE[:14] + "*" + WHOLE[15:])],
    IdLevel.MASKED_HEAD: [(WHOLE, WHOLE[:14] + "****"), (WHOLE[:14] + "****", WHOLE[:15] + "***")],
    IdLevel.MASKED_MONTH: [(WHOLE, WHOLE[:12] + "******"), (WHOLE[:14] + "****", WHOLE[:12] + "******")],
    IdLevel.MASKED_YEAR: [(WHOLE, WHOLE[:10] + "********"), (WHOLE[:11] + "*******", WHOLE[:10] + "********")],
    IdLevel.MASKED_TAIL: [
        (WHOLE, WHOLE[:6] + "********" + WHOLE[14:]), (WHOLE, WHOLE[:6] + "●●●●●●●●" + WHOLE[14:]),
        (WHOLE, WHOLE[:6] + "****" + WHOLE[14:]), (WHOLE, WHOLE[:6] + "XXXXXXXX" + WHOLE[14:]),
    ],
    IdLevel.SCIENTIFIC: [(WHOLE, "9.9010119620E+17"), (WHOLE, "9.90101196203E+17")],
    IdLevel.SCIENTIFIC_LONG: [(WHOLE, "9.901011962030E+17"), ("9.901011962030E+17", "9.901011962030E+17")],
    IdLevel.SCIENTIFIC_DAY: [
        (WHOLE, "9.9010119620304E+17"), (number("19620303", 601), "9.9010119620304E+17"),  # rounded up
        ("9.90101196203036E+17", "9.9010119620304E+17"),
    ],
    IdLevel.OTHER_SAME: [("E12345678", "e12345678"), ("军字第1234567号", "军字第1234567号")],
    IdLevel.NEAR_VALID: [(WHOLE, NEAR), (NUMBERS["old"](WHOLE), NEAR)],
    IdLevel.DIFFERENT_VALID: [(WHOLE, OTHER), (NUMBERS["old"](WHOLE), OTHER)],
    IdLevel.DIFFERENT: [("E12345678", "E87654321")],
    IdLevel.CONTRADICTED: [
        (WHOLE, slipped(OTHER, 15)), (WHOLE, OTHER[:15] + "000"), (WHOLE, OTHER[:14] + "****"),
        (WHOLE, "9.9010119880808E+17"), (WHOLE, "9.9010119620305E+17"), (WHOLE, "9.90102E+17"), (WHOLE, "9.9011E+17"),
        (number("19620302", 401), "9.9010119620303E+17"),
        (WHOLE, OTHER[:6] + "********" + OTHER[14:]), (OTHER[:15] + "000", WHOLE[:15] + "000"),
    ],
    IdLevel.OTHER_SERIAL: [
        (WHOLE, WHOLE[:14] + "5000"), (WHOLE[:15] + "000", WHOLE[:14] + "5000"), (WHOLE, slipped(number("19620304", 555), 17)),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "one", "other"), [(level, *pair) for level in LEVELS for pair in LEVELS[level]]
)
def test_the_level_of_two_numbers(expected: IdLevel, one: str, other: str) -> None:
    assert numbers(one, other) == expected
    assert numbers(other, one) == expected


def test_the_examples_reach_every_level() -> None:
    assert set(LEVELS) == set(IdLevel)


ANY_NUMBER = st.one_of(
    st.builds(
        lambda dirt, person: NUMBERS[dirt](person.id), st.sampled_from(list(NUMBERS)), st.sampled_from(PEOPLE)
    ),
    st.text("0123456789X*E.+号 ", max_size=21),
    st.builds(
        lambda text, place: slipped(text, place), st.sampled_from([p.id for p in PEOPLE]), st.integers(0, 16)
    ),
)


@settings(deadline=None)
@given(ANY_NUMBER, ANY_NUMBER)
@example("99010119620304**", "990101196203041*")
def test_who_stands_first_does_not_matter_for_numbers(one: str, other: str) -> None:
    assert numbers(one, other) == numbers(other, one)


@settings(deadline=None)
@given(ANY_NUMBER)
def test_a_number_never_speaks_against_itself(text: str) -> None:
    assert numbers(text, text) not in (IdLevel.DIFFERENT, IdLevel.DIFFERENT_VALID, IdLevel.NEAR_VALID)


# ---------------------------------------------------------------- birth dates


def births(one: Identity, other: Identity, homes: tuple[str, str] = ("", "")) -> BirthLevel:
    return evidence(one, other, homes).birth


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("1962-03-04", "1962-03-04", BirthLevel.SAME),
        ("1962-03-04", "1962-04-03", BirthLevel.NEAR),
        ("1962-03-04", "1962-03-14", BirthLevel.NEAR),
        ("1962-03-04", "1968-03-04", BirthLevel.NEAR),
        ("1962-03-21", "1962-03-12", BirthLevel.NEAR),
        ("1959-12-31", "1960-12-31", BirthLevel.NEAR),
        ("1962-03-04", "1962-03", BirthLevel.MONTH),
        ("1962-03", "1962-03", BirthLevel.MONTH),
        ("1962-03-04", "1962-03-15", BirthLevel.YEAR),
        ("2012-08-23", "2020-08-23", BirthLevel.DIFFERENT),
        ("1962-03-04", "1962-08-21", BirthLevel.YEAR),
        ("1962-03-04", "1962", BirthLevel.YEAR),
        ("1962", "1962", BirthLevel.YEAR),
        ("1962-03-04", "1971-10-30", BirthLevel.DIFFERENT),
        ("1962-03-04", "", BirthLevel.MISSING),
        ("", "", BirthLevel.MISSING),
    ],
)
def test_two_birth_dates(one: str, other: str, level: BirthLevel) -> None:
    left, right = identity("张三", "", one), identity("张三", "", other)
    assert births(left, right) == births(right, left) == level


def test_a_number_tells_the_birth_date_where_the_row_does_not() -> None:
    assert births(identity("张三", WHOLE), identity("张三", "", "1962-03-04")) == BirthLevel.SAME
    assert births(identity("张三", WHOLE[:15] + "000"), identity("张三", "", "1962-03-04")) == BirthLevel.SAME
    assert (
        births(identity("张三", WHOLE[:14] + "****"), identity("张三", "", "1962-03-04")) == BirthLevel.SAME
    )
    assert (
        births(identity("张三", "9.901011962030E+17"), identity("张三", "", "1962-03-04")) == BirthLevel.MONTH
    )
    for hidden, told in ((10, BirthLevel.YEAR), (12, BirthLevel.MONTH), (14, BirthLevel.SAME)):
        masked = WHOLE[:hidden].ljust(18, "*")
        assert births(identity("张三", masked), identity("张三", "", "1962-03-04")) == told


def test_a_day_that_is_told_says_more_than_a_number_that_breaks_off_before_it() -> None:
    for text in ("9.90101196203E+17", "9.901011962030E+17", WHOLE[:10].ljust(18, "*")):
        found = evidence(identity("张三", WHOLE), identity("张三", text, "1962-03-04"))
        assert (found.id, found.birth) == (IdLevel.MISSING, BirthLevel.SAME)
    found = evidence(identity("张三", WHOLE), identity("张三", "9.9010119620304E+17", "1962-03-04"))
    assert (found.id, found.birth) == (IdLevel.SCIENTIFIC_DAY, BirthLevel.IMPLIED)


def test_dates_in_equal_numbers_are_not_counted_twice() -> None:
    assert births(identity("张三", WHOLE), identity("张三", WHOLE, "1962-03-04")) == BirthLevel.IMPLIED
    assert (
        births(identity("张三", WHOLE), identity("张三", WHOLE[:15] + "000", "1962-03-04"))
        == BirthLevel.IMPLIED
    )


def test_a_date_that_contradicts_the_equal_number_is_told() -> None:
    assert births(identity("张三", WHOLE), identity("张三", WHOLE, "1999-09-09")) == BirthLevel.DIFFERENT


def test_a_number_that_may_be_somebody_else_s_says_nothing_of_this_person_s_birth() -> None:
    child = identity("张三", number("20160510", 153))
    guardian = number("19850210", 335)
    homes = ("家", "")
    assert births(child, identity("张三", guardian), homes) == BirthLevel.IMPLIED
    assert births(child, identity("张三", guardian, "2016-05-10"), homes) == BirthLevel.SAME
    assert births(child, identity("张三", guardian, "2001-01-01"), homes) == BirthLevel.DIFFERENT


def test_a_whole_number_that_contradicts_its_own_row_is_not_this_person_s() -> None:
    child = identity("张三", number("20160510", 153))
    guardian = number("19850210", 335)
    assert evidence(child, identity("张三", guardian)).id == IdLevel.DIFFERENT_VALID
    assert evidence(child, identity("张三", guardian, "2016-05-10")).id == IdLevel.DIFFERENT
    assert evidence(child, identity("张三", guardian, "2016-05")).id == IdLevel.DIFFERENT
    woman = identity("张三", guardian)._replace(sex="female")  # 335 is a man's
    assert evidence(child, woman).id == IdLevel.DIFFERENT


def child_of_fang(named: str, text: str, other: Identity, home: HomeLevel) -> Evidence:
    features = lay_out([identity(named, text), other], ["", "家"], LORE)
    return decode(int(compare(features, np.array([0]), np.array([1]), np.full(1, home, np.int8))[0]))


@pytest.mark.parametrize("home", [HomeLevel.OWNER, HomeLevel.PARENT])
def test_a_mother_s_number_beside_her_newborn_tells_nothing_of_the_child_s_own(home: HomeLevel) -> None:
    mother = number("19950707", 222)
    newborn, father = identity("李安安", number("20250801", 135)), identity("李强", number("19930303", 313))
    found = child_of_fang("王芳之婴", mother, newborn, home)
    assert (found.id, found.name) == (IdLevel.MISSING, NameLevel.INFANT)
    assert child_of_fang("王芳之子", mother, newborn, home).id == IdLevel.DIFFERENT  # a woman's number
    assert child_of_fang("王芳之子", mother, father, home).name == NameLevel.DIFFERENT
    assert child_of_fang("王芳之子", newborn.id_value, newborn, home).id == IdLevel.SAME
    brother = identity("李小龙", number("20120202", 217))
    found = child_of_fang("王芳之子", newborn.id_value, brother, home)
    assert (found.id, found.name) == (IdLevel.DIFFERENT_VALID, NameLevel.DIFFERENT)


# ---------------------------------------------------------------- places, phones, sexes


def place(one: tuple[str, str], other: tuple[str, str]) -> PlaceLevel:
    left, right = (
        Identity("张三", "missing", "", township=town, village=village) for town, village in (one, other)
    )
    return evidence(left, right).place


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (("青石镇", "北山村"), ("青石镇", "北山村"), PlaceLevel.VILLAGE),
        (("青石镇", "北山村"), ("青石", "北山"), PlaceLevel.VILLAGE),
        (("青石镇", "北山村"), ("", "北山村委会"), PlaceLevel.VILLAGE),
        (("青石镇", "北山村"), ("青石镇", "北山村三组"), PlaceLevel.VILLAGE),
        (("青石镇", "北山村"), ("", "青石镇北山村"), PlaceLevel.VILLAGE),
        (("柳河乡", "石桥村"), ("柳河鄉", "石橋村民委员会"), PlaceLevel.VILLAGE),
        (("城关街道", "东关社区"), ("城关街道办事处", "东关社区居委会"), PlaceLevel.VILLAGE),
        (("青石镇", "北山村"), ("青石镇", ""), PlaceLevel.TOWNSHIP),
        (("青石镇", ""), ("青石", ""), PlaceLevel.TOWNSHIP),
        (("青石镇", "北山村"), ("青石镇", "石桥村"), PlaceLevel.OTHER_VILLAGE),
        (("", "北山村"), ("", "石桥村"), PlaceLevel.OTHER_VILLAGE),
        (("青石镇", "北山村"), ("柳河乡", "北山村"), PlaceLevel.OTHER_TOWNSHIP),
        (("青石镇", ""), ("柳河乡", ""), PlaceLevel.OTHER_TOWNSHIP),
        (("青石镇", ""), ("", "北山村"), PlaceLevel.MISSING),
        (("", ""), ("青石镇", "北山村"), PlaceLevel.MISSING),
    ],
)
def test_two_places(one: tuple[str, str], other: tuple[str, str], level: PlaceLevel) -> None:
    assert place(one, other) == place(other, one) == level


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("北山村", "北山"), ("北山行政村", "北山"), ("北山村村民委员会", "北山村"), ("王村", "王村"), ("东村", "东村"),
        ("北山村第3村民小组", "北山"), ("红旗二队", "红旗二队"), ("东关街道社区", "东关街道"), ("南镇村", "南镇"),
        ("高桥镇村", "高桥镇"), ("", ""),
    ],
)  # fmt: skip
def test_a_village_without_the_words_around_its_name(written: str, form: str) -> None:
    assert village_form(written) == form


@pytest.mark.parametrize(
    ("written", "form"),
    [("青石镇", "青石"), ("马镇", "马镇"), ("城关街道办事处", "城关"), ("白马民族乡", "白马"), ("", "")],
)
def test_a_township_without_the_word_for_what_it_is(written: str, form: str) -> None:
    assert town_form(written) == form


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("13900000001", "139 0000 0001", PhoneLevel.SAME),
        ("13900000001", "+86-139-0000-0001", PhoneLevel.SAME),
        ("13900000001", "13900000002", PhoneLevel.DIFFERENT),
        ("13900000001", "", PhoneLevel.MISSING),
        ("0000000", "0000000", PhoneLevel.MISSING),
        ("无", "无", PhoneLevel.MISSING),
    ],
)
def test_two_phones(one: str, other: str, level: PhoneLevel) -> None:
    assert evidence(identity("张三", "", phone=one), identity("张三", "", phone=other)).phone == level


def sexes(one: Identity, other: Identity) -> SexLevel:
    return evidence(one, other).sex


def test_sex_comes_from_the_column_or_the_number_but_not_from_a_number_in_dispute() -> None:
    man, woman = identity("张三", WHOLE), identity("张三", "")._replace(sex="female")
    assert sexes(man, woman) == sexes(woman, man) == SexLevel.DIFFERENT
    assert sexes(man, identity("张三", "")._replace(sex="male")) == SexLevel.SAME
    assert sexes(man, identity("张三", number("19880808", 124))) == SexLevel.MISSING
    assert sexes(man, identity("张三", WHOLE)) == SexLevel.MISSING
    assert sexes(identity("李安安", "")._replace(sex="male"), identity("王芳之女", "")) == SexLevel.DIFFERENT


# ---------------------------------------------------------------- names in the light of former ones


def test_a_former_name_is_another_name_of_the_same_person() -> None:
    renamed = identity("李雅婷", "", former="李招娣")
    for other in (
        identity("李招娣", ""),
        identity("李招弟（曾用名李招娣）", ""),
        identity("李婷", "", former="李招娣"),
    ):
        assert evidence(renamed, other).name == evidence(other, renamed).name == NameLevel.FORMER
    assert evidence(renamed, identity("李雅婷", "", former="李招娣")).name == NameLevel.SAME
    assert evidence(renamed, identity("李来弟", "")).name != NameLevel.FORMER


# ---------------------------------------------------------------- many at once


@settings(deadline=None)
@given(st.lists(identities(), min_size=2, max_size=4))
def test_a_batch_is_compared_as_its_pairs_alone(records: list[Identity]) -> None:
    pairs = [(one, other) for one in range(len(records)) for other in range(len(records))]
    left, right = (np.array(column) for column in zip(*pairs, strict=True))
    home = np.full(len(pairs), HomeLevel.OWNER, np.int8)
    codes = compare(lay_out(records, [""] * len(records), LORE), left, right, home)
    for (one, other), code in zip(pairs, codes.tolist(), strict=True):
        alone = lay_out([records[one], records[other]], ["", ""], LORE)
        assert compare(alone, np.array([0]), np.array([1]), home[:1])[0] == code


@settings(deadline=None)
@given(st.lists(identities(), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_of_the_two_changes_a_code(records: list[Identity], random) -> None:
    order = list(range(len(records)))
    random.shuffle(order)
    place_of = {row: place for place, row in enumerate(order)}
    left, right = (np.array(column) for column in zip(*[(a, b) for a in order for b in order], strict=True))
    homes = ["家" if row % 2 else "" for row in range(len(records))]
    none = np.zeros(len(left), np.int8)
    codes = compare(lay_out(records, homes, LORE), left, right, none)
    shuffled = lay_out([records[row] for row in order], [homes[row] for row in order], LORE)
    moved = [np.array([place_of[row] for row in column.tolist()]) for column in (right, left)]
    assert codes.tolist() == compare(shuffled, moved[0], moved[1], none).tolist()


def test_no_pairs_no_codes() -> None:
    none = np.zeros(0, np.int64)
    assert compare(lay_out([], [], LORE), none, none, np.zeros(0, np.int8)).tolist() == []
