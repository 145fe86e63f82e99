"""Which records are compared at all: keys of the inverted index, and households that a number points to."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from dirty_people import NAMES, NUMBERS, PEOPLE, Person, birth_of, identities, identity, number
from hypothesis import given, settings
from hypothesis import strategies as st

from aidcli.linkage.candidates import Candidates, find_candidates
from aidcli.linkage.evidence import HomeLevel
from aidcli.linkage.features import lay_out
from aidcli.linkage.keys import INDEX_FORM, block_keys
from aidcli.linkage.scoring import load_model
from aidcli.model import KEY_CAP, Identity

LORE = load_model().lore


def keys_of(one: Identity) -> set[int]:
    return set(block_keys(lay_out([one], [""], LORE)).keys.tolist())


def listed(person: Person) -> Identity:
    return identity(person.name, person.id, "", person.village, person.phone, person.former)


# ---------------------------------------------------------------- every error leaves a key

READABLE = [how for how in NUMBERS if how not in ("short", "passport", "missing", "two wrong")]
KEPT_NAME = [
    how for how in NAMES if how not in ("missing", "child", "surname", "masked", "part", "short", "sibling")
]


@pytest.mark.parametrize("how", READABLE)
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.id[-4:])
def test_a_damaged_number_with_the_name_is_enough_to_meet(person: Person, how: str) -> None:
    assert keys_of(listed(person)) & keys_of(identity(person.name, NUMBERS[how](person.id)))


@pytest.mark.parametrize("how", list(NUMBERS))
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.id[-4:])
def test_any_number_at_all_with_name_and_village_is_enough_to_meet(person: Person, how: str) -> None:
    assert keys_of(listed(person)) & keys_of(
        identity(person.name, NUMBERS[how](person.id), "", person.village[:2])
    )


@pytest.mark.parametrize("how", KEPT_NAME)
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.id[-4:])
def test_a_name_as_it_is_spoken_meets_by_village_or_by_the_birth_date(person: Person, how: str) -> None:
    called = NAMES[how](person.name)
    assert keys_of(listed(person)) & keys_of(identity(called, "", "", person.village))
    assert keys_of(listed(person)) & keys_of(identity(called, "", birth_of(person)))


@pytest.mark.parametrize("how", list(NAMES))
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.id[-4:])
def test_whatever_the_name_number_or_birth_date_with_village_or_phone_is_enough(
    person: Person, how: str
) -> None:
    called = NAMES[how](person.name)
    ours = keys_of(listed(person))
    assert ours & keys_of(identity(called, person.id))
    assert ours & keys_of(identity(called, "", birth_of(person), person.village))
    assert ours & keys_of(identity(called, "", "", "", person.phone))
    assert ours & keys_of(identity(called, NUMBERS["old"](person.id)))


@given(identities())
@settings(deadline=None)
def test_a_former_name_meets_the_village_or_the_year(one: Identity) -> None:
    renamed = identity("李雅婷", "", "1993-03-03", "北山村", former="李招娣")
    assert keys_of(renamed) & keys_of(identity("李招娣", "", "", "北山村"))
    assert keys_of(renamed) & keys_of(identity("李招娣", "", "1993-03-03"))
    assert keys_of(one) == keys_of(one._replace(sex="male"))  # no key asks for the sex


def test_a_child_meets_the_parent_whom_it_names() -> None:
    assert keys_of(identity("王芳", "", "", "北山村")) & keys_of(identity("王芳之子", "", "", "北山村"))


def test_the_same_passport_meets_whatever_the_name() -> None:
    assert keys_of(identity("林国栋", "E12345678")) & keys_of(identity("陈守义", "e12345678"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (identity("张三", ""), identity("张三", "")),
        (identity("张**", "", "", "北山村"), identity("张**", "", "", "北山村")),
        (identity("", "", "", "北山村"), identity("", "", "", "北山村")),
        (identity("张三", "9.90101E+17"), identity("李四", "9.90101E+17")),
        (identity("张三", "无"), identity("李四", "无")),
    ],
)
def test_what_brings_everybody_together_is_no_key(one: Identity, other: Identity) -> None:
    assert not keys_of(one) & keys_of(other)


@settings(deadline=None)
@given(st.lists(identities(), min_size=1, max_size=6))
def test_keys_of_a_record_do_not_depend_on_the_others(records: list[Identity]) -> None:
    keys = block_keys(lay_out(records, [""] * len(records), LORE))
    for row, record in enumerate(records):
        assert set(keys.keys[keys.rows == row].tolist()) == keys_of(record)


def test_an_index_of_other_keys_has_another_form() -> None:
    """Whoever changes this digest changes `INDEX_FORM` too: a district's index holds the keys of before."""
    records = [
        *map(listed, PEOPLE),
        *(identity(name, "", "1962-03", "北山村") for name in sorted(NAMES)),
        identity("王芳之子", PEOPLE[0].id, "", "北山村"),
        identity("张*三", "990101********1234", "", "", "13900000001"),
        identity("欧阳立三", "9.90101196203E+17", "", "", "", "单立三"),
    ]
    keys = np.sort(block_keys(lay_out(records, [""] * len(records), LORE)).keys)
    digest = hashlib.sha256(keys.astype("<u8").tobytes()).hexdigest()[:12]
    assert (INDEX_FORM, digest) == ("4", "cb6d33802916")


# ---------------------------------------------------------------- candidates


def candidates(
    records: list[Identity], homes: list[str] | None = None, side: list[bool] | None = None
) -> dict[tuple[int, int], HomeLevel]:
    features = lay_out(records, homes or [""] * len(records), LORE)
    found = find_candidates(features, side=None if side is None else np.array(side))
    return as_dict(found)


def as_dict(found: Candidates) -> dict[tuple[int, int], HomeLevel]:
    pairs = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert len(set(pairs)) == len(pairs) and all(one < other for one, other in pairs)
    return dict(zip(pairs, map(HomeLevel, found.home.tolist()), strict=True))


FATHER, CHILD = listed(PEOPLE[0]), listed(PEOPLE[1])
ROW = identity("周小宝", PEOPLE[0].id)  # the child's row with the father's number


def test_a_number_points_to_the_household_of_its_owner() -> None:
    found = candidates([FATHER, CHILD, ROW], ["家", "家", ""])
    assert found[0, 2] == HomeLevel.NONE  # its owner, found by the number
    assert found[1, 2] == HomeLevel.OWNER
    assert found[0, 1] == HomeLevel.SAME


def test_nobody_is_found_through_a_number_that_is_his_own() -> None:
    assert candidates([FATHER, CHILD, identity("周建平", PEOPLE[0].id)], ["家", "家", ""]).get((1, 2)) is None


def test_a_number_of_nobody_on_the_register_points_nowhere() -> None:
    stranger = identity("陈守义", number("19700606", 263))
    assert candidates([FATHER, CHILD, stranger, ROW], ["家", "家", "", ""])[1, 3] == HomeLevel.OWNER
    assert (1, 2) not in candidates(
        [stranger, CHILD, identity("周强", number("19700606", 263))], ["", "家", ""]
    )


def test_a_parent_s_name_points_to_the_household_in_the_same_village_only() -> None:
    mother = identity("王芳", number("19950707", 222), "", "北山村")
    baby = identity("李安安", number("20250801", 135), "", "北山村")
    found = candidates([mother, baby, identity("王芳之子", "", "", "北山村")], ["家", "家", ""])
    assert found[1, 2] == HomeLevel.PARENT
    assert (1, 2) not in candidates([mother, baby, identity("王芳之子", "", "", "下河村")], ["家", "家", ""])


def test_a_child_with_the_mother_s_number_is_found_by_what_is_said_of_the_parent() -> None:
    mother = identity("王芳", number("19950707", 222), "", "北山村")
    baby = identity("李安安", number("20250801", 135), "", "北山村")
    row = identity("王芳之子", number("19950707", 222), "2025-08-01", "北山村")
    assert candidates([mother, baby, row], ["家", "家", ""])[1, 2] == HomeLevel.PARENT


def test_a_child_is_not_compared_with_the_parent_whom_it_names() -> None:
    mother = identity("王芳", number("19950707", 222), "", "北山村")
    row = identity("王芳之子", number("19950707", 222), "2025-08-01", "北山村")
    assert keys_of(mother) & keys_of(row)
    assert candidates([mother, row], ["家", ""]) == candidates([row, mother], ["", "家"]) == {}
    assert candidates([mother, row._replace(name="王芬之子")], ["家", ""]) != {}


def test_two_sides_are_compared_with_each_other_only() -> None:
    records = [FATHER, FATHER, ROW, ROW]
    found = candidates(records, ["家", "户", "", ""], [False, False, True, True])
    assert set(found) == {(0, 2), (0, 3), (1, 2), (1, 3)}


def test_a_key_that_too_many_share_brings_nobody_together() -> None:
    crowd = [identity("", "", "", "", "13900000001")] * KEY_CAP
    assert len(candidates(crowd[:4])) == 6
    assert len(candidates(crowd)) == KEY_CAP * (KEY_CAP - 1) // 2
    assert candidates([*crowd, crowd[0]]) == {}


def test_a_key_known_to_be_shared_by_too_many_elsewhere_brings_nobody_together() -> None:
    pair = [identity("", "", "", "", "13900000001")] * 2
    features = lay_out(pair, ["", ""], LORE)
    keys = block_keys(features)
    assert len(find_candidates(features).left) == 1
    assert len(find_candidates(features, capped=np.unique(keys.keys)).left) == 0


@settings(deadline=None)
@given(st.lists(identities(), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_change_who_is_compared(records: list[Identity], random) -> None:
    homes = [f"家{row // 2}" if row < 3 else "" for row in range(len(records))]
    order = list(range(len(records)))
    random.shuffle(order)
    found = candidates(records, homes)
    moved = candidates([records[row] for row in order], [homes[row] for row in order])
    assert {tuple(sorted((order[a], order[b]))): home for (a, b), home in moved.items()} == found


def test_nothing_to_compare() -> None:
    assert candidates([]) == {} and candidates([FATHER]) == {}
