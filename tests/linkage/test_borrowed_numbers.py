"""A number is its row's own only with a whole name and nothing against it; what contradicts is asked about."""

from __future__ import annotations

from operator import attrgetter

import pytest
from dirty_people import identity, number, pools
from hypothesis import given, settings
from laws import examples

from aidcli.linkage.anchors import LESS, WHOLE, anchor, keys_of
from aidcli.linkage.features import lay_out
from aidcli.linkage.resolve import Resolution, resolve
from aidcli.linkage.scoring import load_model
from aidcli.model import Identity, Judgement, Mention

MODEL = load_model()
MOTHER = number("19920303", 28)
FATHER = number("19500606", 15)
SON = number("19791123", 35)


def people(result: Resolution) -> dict[str, str]:
    return {link.mention: link.person for link in result.links}


def asked(result: Resolution) -> set[frozenset[str]]:
    return {frozenset((pair.left, pair.right)) for pair in result.pairs}


def row(key: str, who: Identity, home: str = "") -> Mention:
    return Mention(key, "部门", who, *anchor(key, who, bool(home)), home)


@pytest.mark.parametrize(
    ("name", "said", "own"),
    [
        ("李芳", "", True),
        ("李芳", "1992-03-04", True),
        ("李芳", "1992-05", True),
        ("李芳之子", "", False),
        ("李芳双胞胎之一", "", False),
        ("李*", "", False),
        ("李芳", "2015-06-01", False),
        ("李芳", "1972-03-03", False),
        ("李芳", "1983", True),
        ("李芳", "1972", False),
    ],
)
def test_a_number_names_a_person_with_a_whole_name_and_nothing_against_it(
    name: str, said: str, own: bool
) -> None:
    who = identity(name, MOTHER, said)
    assert (anchor("m-1", who)[0] != LESS) == own
    ((_, rank, person),) = keys_of("x", False)([who])
    assert (rank != LESS) == own and (not own or person == anchor("m-1", who)[1])


def test_another_sex_than_the_number_s_speaks_against_it() -> None:
    who = identity("李芳", MOTHER)._replace(sex="male")
    assert anchor("m-1", who)[0] == LESS == keys_of("x", False)([who])[0][1]


@settings(max_examples=examples(60, 600), deadline=None)
@given(pools())
def test_one_rule_tells_the_key_and_the_comparison_that_a_number_is_borrowed(pool: list[Mention]) -> None:
    for one in pool:
        who = one.identity
        borrowed = bool(lay_out([who], [""], MODEL.lore).borrowed[0])
        if who.id_kind in WHOLE and borrowed:
            assert anchor(one.key, who)[0] == LESS


def test_two_children_with_the_mother_s_number_are_not_one() -> None:
    baby = number("20260115", 35)
    pool = [
        row("m-1", identity("李芳", MOTHER, "", "东塘村"), "h1"),
        row("m-2", identity("赵小宝", baby, "", "东塘村"), "h1"),
        row("m-3", identity("李芳之子", MOTHER, "2019-06-01", "东塘村")),
        row("m-4", identity("李芳之子", MOTHER, "2026-01-15", "东塘村")),
    ]
    found = people(resolve(pool, [], MODEL))
    assert found["m-4"] == found["m-2"] and found["m-3"] not in (found["m-1"], found["m-2"])


@pytest.mark.parametrize(
    "partial",
    [
        FATHER[:15] + "000",
        FATHER[:6] + "********" + FATHER[14:],
        FATHER[:14] + "****",
        FATHER[:16],
        "9.90101195006E+17",
    ],
)
def test_a_partial_number_of_the_father_does_not_lead_to_the_son_of_his_name(partial: str) -> None:
    son = row("m-1", identity("李大山", SON, "", "东塘村", "13900000001"), "h1")
    father = row("m-2", identity("李大山", partial, "", "东塘村", "13900000001"))
    result = resolve([son, father], [], MODEL)
    assert people(result)["m-1"] != people(result)["m-2"]


def test_ten_years_are_no_slip_of_a_birth_date() -> None:
    son = row("m-1", identity("李大山", SON, "", "东塘村", "13900000001"), "h1")
    for said, one in (("1949-11-23", False), ("1979-11-28", True)):
        other = row("m-2", identity("李大山", "", said, "东塘村", "13900000001"))
        found = people(resolve([son, other], [], MODEL))
        assert (found["m-1"] == found["m-2"]) == one


def test_two_answers_about_one_row_do_not_join_two_registered_people() -> None:
    pool = [
        row("m-1", identity("孙玉珍", number("19550515", 102), "", "西坡村"), "h1"),
        row("m-2", identity("孙玉珍", number("19550515", 106), "", "南岭村"), "h2"),
        row("m-3", identity("孙玉珍", number("19550515", 102)[:15] + "000")),
    ]
    first = [Judgement("m-1", "m-3", "same", 1)]
    assert frozenset(("m-2", "m-3")) not in asked(resolve(pool, first, MODEL))
    both = people(resolve(pool, [*first, Judgement("m-2", "m-3", "same", 2)], MODEL))
    assert both["m-1"] != both["m-2"]
    direct = people(resolve(pool, [Judgement("m-1", "m-2", "same", 1)], MODEL))
    assert direct["m-1"] == direct["m-2"]


def test_somebody_unknown_who_fits_as_well_is_a_rival() -> None:
    son = row("m-1", identity("王建民", SON, "", "东塘村", "13900000001"), "h1")
    father = row("m-2", identity("王建民", "", "1950-06-06", "东塘村", "13900000001"))
    either = row("m-3", identity("王建民", "", "", "东塘村", "13900000001"))
    alone = people(resolve([son, either], [], MODEL))
    assert alone["m-1"] == alone["m-3"]
    found = people(resolve([son, father, either], [], MODEL))
    assert found["m-3"] not in (found["m-1"], found["m-2"])


def test_what_two_unknown_records_have_in_common_keeps_no_question_to_the_register_waiting() -> None:
    listed = row("m-1", identity("钱守义", "", "1960-10-12", "北山村"), "h1")
    twice = [row(key, identity("钱守义", "", "1960-11-21", "北山村")) for key in ("m-2", "m-3")]
    alone = asked(resolve([listed, twice[0]], [], MODEL))
    both = resolve([listed, *twice], [], MODEL)
    assert people(both)["m-2"] == people(both)["m-3"]
    assert alone and any("m-1" in pair for pair in asked(both))


@pytest.mark.parametrize("filler", ["123456789012345678", "12345678", "0123456789", "990101190001010000"])
def test_a_filler_brings_nobody_together(filler: str) -> None:
    pool = [
        row("m-1", identity("陈小竹", filler, "", "甲村")),
        row("m-2", identity("陈小竹", filler, "", "乙村")),
    ]
    found = people(resolve(sorted(pool, key=attrgetter("key")), [], MODEL))
    assert found["m-1"] != found["m-2"]
