"""The measuring side of linkage: the invented world is as its mixes say, and the scorer counts rightly."""

from __future__ import annotations

from collections import Counter
from itertools import islice, pairwise
from pathlib import Path
from random import Random

import pytest
from laws import examples

from aidcli import idnumber
from aidcli.intake.coercion.answers import disability_card
from benchmarks.linking import contest, faults, heldout, mixes, peers, people, preparing, scoring, world
from benchmarks.linking.faults import Row
from benchmarks.linking.naming import MEN
from benchmarks.linking.people import Person, Population, Village
from benchmarks.linking.scoring import AUTO, REVIEW, Answer, Truth
from benchmarks.linking.world import World

pytestmark = pytest.mark.law

ROWS = examples(3000, 6000)
HOUSEHOLDS = examples(1500, 5000)
ALL_MIXES = {**mixes.VISIBLE, **heldout.HELD_OUT}
NUMBER_CLASSES = frozenset(mixes.USUAL.numbers) | {"name_infant"}


@pytest.fixture(scope="module")
def usual() -> World:
    return world.generate(ROWS, mixes.USUAL)


def classes_of(made: World, row: int) -> set[str]:
    return set(made.classes[row].split(";")) - {""}


def person(**told: object) -> Person:
    born = people.date(1960, 1, 2)
    where = Village("东塘村", "青山镇", "990101", "", "han", 0)
    known = {"relation": "本人", "name": "王小明", "id": "990101196001021232", "birth": born, "sex": "男"}
    return Person(1, 1, **{**known, "village": where, **told})  # type: ignore[arg-type]


def row(name: str = "王小明", number: str = "990101196001021232", **told: object) -> Row:
    who = person(**told)
    made = Row(who, [who], Population(Random(1), 2000), Random(3))
    made.name, made.id_number = name, number
    return made


# ---------------------------------------------------------------- the population


def test_nobody_shares_an_identity_number_and_all_are_right_and_invented() -> None:
    population = Population(Random(5), 20_000)
    members = [one for household in islice(population.households(), HOUSEHOLDS) for one in household]
    numbers = Counter(one.id for one in members)
    assert max(numbers.values()) == 1
    for one in members:
        assert idnumber.validate(one.id) == one.id
        assert one.id.startswith("9901")
        assert idnumber.birth_date(one.id) == one.birth <= people.TODAY
        assert idnumber.sex(one.id) == ("male" if one.sex == MEN else "female")


def test_households_share_a_telephone_and_hold_twins_namesakes_and_children_with_guardians() -> None:
    households = list(islice(Population(Random(6), 20_000).households(), 5000))
    members = [one for household in households for one in household]
    phones = Counter(one.phone for one in members)
    assert sum(count for count in phones.values() if count > 1) > len(members) / 2
    siblings = [(a, b) for home in households for a, b in pairwise(home) if a.birth == b.birth]
    assert siblings
    assert all(
        a.id != b.id and a.id[:14] == b.id[:14] for a, b in siblings if a.mother and a.mother is b.mother
    )
    assert any(one.guardian and one.guardian.relation == "本人" and not one.father for one in members)
    same = Counter((one.name, one.birth, one.village.name, one.village.township) for one in members)
    assert any(count > 1 for count in same.values())
    assert any(one.father and one.father.name == one.name for one in members)


def test_one_surname_rules_a_clan_village_and_the_generation_a_sign() -> None:
    population = Population(Random(7), 20_000)
    members = [one for household in islice(population.households(), HOUSEHOLDS) for one in household]
    clans = {one.village.clan for one in members if one.village.clan}
    assert clans
    heads = [one for one in members if one.village.clan and one.relation == "本人" and one.sex == MEN]
    of_the_clan = [one for one in heads if one.name.startswith(one.village.clan)]
    assert 0.55 < len(of_the_clan) / len(heads) < 0.9


# ---------------------------------------------------------------- the tables


def test_the_same_seed_gives_the_same_world_and_another_seed_another() -> None:
    first = world.generate(400, mixes.USUAL, seed=3)
    assert world.generate(400, mixes.USUAL, seed=3) == first
    assert world.generate(400, mixes.USUAL, seed=4).claims != first.claims


@pytest.mark.parametrize("mix", ALL_MIXES.values(), ids=ALL_MIXES)
def test_half_of_the_claims_are_about_people_on_the_register(mix: mixes.Mix) -> None:
    made = world.generate(1200, mix)
    assert len(set(made.people)) == len(made.register["record"]) == 1200
    registered = set(made.people)
    for person_, standing in zip(made.claimed, made.standing, strict=True):
        assert (person_ in registered) == (standing == "registered")
    assert Counter(made.standing) == {"registered": 600, "member": 200, "outsider": 400}


def test_some_people_who_are_not_registered_occur_in_several_departments(usual: World) -> None:
    sources: dict[int, set[str]] = {}
    for person_, standing, source in zip(usual.claimed, usual.standing, usual.claims["source"], strict=True):
        if standing != "registered":
            sources.setdefault(person_, set()).add(source)
    assert sum(len(found) > 1 for found in sources.values()) > ROWS / 20


def test_each_department_has_only_its_own_columns(usual: World) -> None:
    for department in world.DEPARTMENTS:
        rows = [at for at, name in enumerate(usual.claims["source"]) if name == department.name]
        assert rows
        for column in ("birth", "township", "village", "phone", "former_name"):
            told = any(usual.claims[column][at] for at in rows)
            assert told <= (column in department.columns)
        assert any(usual.claims["guardian_id"][at] for at in rows) == ("guardian" in department.columns)


@pytest.mark.parametrize("mix", ALL_MIXES.values(), ids=ALL_MIXES)
def test_classes_occur_with_the_shares_of_the_mix(mix: mixes.Mix) -> None:
    made = world.generate(ROWS, mix)
    seen = Counter(one for at in range(ROWS) for one in classes_of(made, at))
    rates = {**mix.numbers, **mix.names, **mix.beside}
    assert set(seen) <= set(rates) | {"id_card", "id_missing"}
    for name, rate in rates.items():
        chance = 3 * (rate * ROWS) ** 0.5
        if name != "id_missing":
            assert seen[name] <= rate * ROWS + chance, name
    careless = sum(one.weight * one.careless for one in world.DEPARTMENTS)
    for name in {"id_digit", "id_lost"} & set(mix.numbers):
        expected = mix.numbers[name] * ROWS * careless * 0.9
        assert seen[name] > expected - 3 * expected**0.5, name
    for name in {"name_note"} & set(mix.names):
        expected = mix.names[name] * ROWS
        assert seen[name] > expected - 3 * expected**0.5, name


def test_numbers_are_right_or_broken_as_their_class_says(usual: World) -> None:
    kinds = {
        "id_cut": {"cut", "valid"},  # a number of zeros at the end is right one time in eleven
        "id_scientific": {"scientific"},
        "id_scientific_long": {"scientific"},
        "id_digit": {"bad_check", "other", "cut"},
        "id_swapped": {"bad_check", "other"},
        "id_15": {"legacy15"},
        "id_lost": {"other", "bad_check", "legacy15"},
        "id_masked": {"masked"},
        "id_masked_tail": {"masked"},
        "id_missing": {"missing"},
        "id_member": {"valid"},
        "id_guardian": {"valid"},
    }
    checked: Counter[str] = Counter()
    for at, number in enumerate(usual.claims["id_number"]):
        classes = classes_of(usual, at)
        struck = classes & NUMBER_CLASSES
        if "id_card" in classes:
            if not struck:
                card = disability_card(number)
                assert card is not None and card.id.kind == "valid" and len(number) == 20
            continue
        if not struck:
            assert idnumber.read(number).kind == "valid"
        for name in struck & set(kinds):
            assert idnumber.read(number).kind in kinds[name], (name, number)
            checked[name] += 1
    assert set(checked) == set(kinds)


def test_another_persons_number_belongs_to_another_person(usual: World) -> None:
    owner = dict(zip(usual.register["id_number"], usual.people, strict=True))
    borrowed = 0
    for at, number in enumerate(usual.claims["id_number"]):
        if {"id_member", "id_guardian"} & classes_of(usual, at) and number in owner:
            assert owner[number] != usual.claimed[at]
            borrowed += 1
    assert borrowed > 20


def test_a_row_without_a_number_says_more_than_a_name(usual: World) -> None:
    for at in range(ROWS):
        if "id_missing" in classes_of(usual, at):
            assert usual.claims["birth"][at] or usual.claims["village"][at] or usual.claims["phone"][at]


# ---------------------------------------------------------------- single faults


def test_excel_cuts_and_rounds_numbers_as_excel_does() -> None:
    cut, narrow, wide = row(), row(), row()
    narrow.phone = "19900000001"
    assert faults.id_cut(cut) and cut.id_number == "990101196001021000"
    assert faults.id_scientific(narrow) and narrow.id_number == "9.90101E+17"
    assert faults.id_scientific_long(wide)
    assert wide.id_number in ("9.9010119600102E+17", "9.90101196001021E+17")
    ending_in_x = row(number="99010119600102123X")
    assert not faults.id_cut(ending_in_x)
    assert ending_in_x.id_number == "99010119600102123X"


def test_only_those_born_before_2000_have_an_old_number() -> None:
    old, young = row(), row(number="990101200501021238")
    assert faults.id_15(old) and old.id_number == "990101600102123"
    assert not faults.id_15(young)


def test_a_newborn_is_called_after_the_mother() -> None:
    child = row(birth=people.date(2026, 5, 1), mother=person(name="李秀英"), sex="女")
    assert faults.name_infant(child)
    assert child.name == "李秀英之女"
    assert not faults.name_infant(row(mother=person(name="李秀英")))


def test_a_middle_dot_is_written_in_many_ways_but_only_where_there_is_one() -> None:
    name = row(name="阿依古丽·买买提")
    assert faults.name_dotted(name)
    assert name.name != "阿依古丽·买买提" and name.name.startswith("阿依古丽")
    assert not faults.name_dotted(row())


@pytest.mark.parametrize("fault", [faults.name_homophone, faults.name_look_alike, faults.name_short])
def test_a_miswritten_name_keeps_most_of_its_signs(fault: faults.Fault) -> None:
    written = row(name="王建伟")
    assert fault(written)
    assert written.name != "王建伟"
    assert len(set(written.name) & set("王建伟")) == 2


def test_held_out_mixes_hold_classes_that_no_visible_mix_has() -> None:
    visible = {name for mix in mixes.VISIBLE.values() for name in (*mix.numbers, *mix.names, *mix.beside)}
    assert len(heldout.HELD_OUT) >= 2
    for mix in heldout.HELD_OUT.values():
        assert len({*mix.numbers, *mix.names, *mix.beside} - visible) >= 5


# ---------------------------------------------------------------- preparing


def test_preparing_brings_every_spelling_of_a_place_a_name_and_a_day_together() -> None:
    spellings = ["东塘村", "东塘村委会", "东塘", "东塘村3组", "青山镇东塘村三组12号", "东塘村民委员会"]
    count = len(spellings)
    raw = {column: [""] * count for column in world.SHARED}
    raw["village"], raw["township"] = spellings, ["青山镇"] * 4 + ["", "示例县青山镇"]
    raw["name"] = ["張偉", "张 伟", "张伟（已故）", "张伟", "张伟", "张伟之子"]
    raw["birth"] = ["1960-01-02", "1960/1/2", "19600102", "1960.01.02", "1960年01月02日", "1960-01"]
    raw["id_number"] = ["99010119600102123242", "990101600102123", "无", "9.90101E+17", "", ""]
    ready = preparing.prepared(raw, frozenset({"青山镇"}))
    assert set(ready["village"]) == {"东塘村"}
    assert set(ready["township"]) == {"青山镇"}
    assert set(ready["name"][:5]) == {"张伟"}
    assert (ready["name"][5], ready["parent"][5]) == ("", "张伟")
    assert set(ready["birth"][:5]) == {"1960-01-02"}
    assert ready["birth"][5] == "1960-01"
    assert ready["id_kind"][:4] == ["valid", "legacy15", "missing", "scientific"]
    assert ready["id_value"][0] == "990101196001021232"


# ---------------------------------------------------------------- the peers without an engine


def test_vlookup_finds_the_first_row_with_exactly_the_same_text() -> None:
    register = {"id_number": ["990101196001021232", "990101196001021232", "", "无"]}
    claims = {"id_number": ["990101196001021232", " 990101196001021232", "", "无", "990101600102123"]}
    assert list(peers.vlookup(register, claims)) == [Answer(0, 0, 1.0, AUTO)]


def test_normalised_keys_link_by_number_and_name_then_by_an_unambiguous_name_and_birth() -> None:
    def table(*rows: tuple[str, str, str, str]) -> dict[str, list[str]]:
        return dict(
            zip(("name", "id_kind", "id_value", "birth"), map(list, zip(*rows, strict=True)), strict=True)
        )

    register = table(
        ("王小明", "valid", "990101196001021232", "1960-01-02"),
        ("李红", "valid", "990101197001021237", "1970-01-02"),
        ("李红", "valid", "990101197001021253", "1970-01-02"),
    )
    claims = table(
        ("王小明", "legacy15", "990101196001021232", ""),
        ("王小明", "missing", "", "1960-01-02"),
        ("王大明", "valid", "990101196001021232", ""),
        ("李红", "missing", "", "1970-01-02"),
        ("李红", "valid", "990101197001021253", ""),
        ("王小明", "missing", "", ""),
    )
    found = {(answer.right, answer.left) for answer in peers.normalised(register, claims)}
    assert found == {(0, 0), (1, 0), (4, 2)}


# ---------------------------------------------------------------- the scorer

TRUTH = Truth(
    ["a", "b", "c", "d"], ["a", "b", "c", "d", "x", "y"], ["", "id_cut", "", "id_cut;name_note", "", ""]
)


def test_the_wilson_interval_is_the_one_in_the_books() -> None:
    found = scoring.share(95, 100)
    assert (round(found.low, 4), round(found.high, 4)) == (0.8882, 0.9785)
    assert scoring.share(0, 0).share == 0.0
    assert scoring.share(50, 50).high == pytest.approx(1.0)
    assert scoring.share(50, 50).low < 0.95


def test_f1_and_recall_are_those_of_the_best_threshold() -> None:
    answers = [Answer(0, 0, 9, AUTO), Answer(1, 1, 8, AUTO), Answer(2, 1, 7, AUTO), Answer(3, 3, 6, AUTO)]
    found = scoring.report(answers, TRUTH)
    assert found.precise_recall == 2 / 4  # above the first wrong link
    assert found.best_f1 == pytest.approx(2 * 3 / (4 + 4))  # all of them
    assert (found.precision.hits, found.precision.of) == (3, 4)
    assert found.recall.share == 3 / 4
    assert found.wrong == [Answer(2, 1, 7, AUTO)]


def test_equal_scores_stand_or_fall_together() -> None:
    answers = [Answer(0, 0, 5, AUTO), Answer(1, 0, 5, AUTO)]
    assert scoring.report(answers, TRUTH).precise_recall == 0.0


def test_a_question_counts_once_and_by_what_it_offers() -> None:
    answers = [
        Answer(0, 0, 9, AUTO),
        Answer(0, 1, 8, REVIEW),  # the row is settled
        Answer(1, 0, 5, REVIEW),
        Answer(1, 1, 4, REVIEW),  # the second candidate is the one
        Answer(2, 0, 5, REVIEW),  # c is on the register, but not offered
        Answer(4, 0, 5, REVIEW),  # x is nobody's
        Answer(5, 0, 1, "none"),
    ]
    found = scoring.report(answers, TRUTH)
    assert (found.review.hits, found.review.of) == (3, 6)
    assert (found.review_right, found.review_other, found.review_nobody) == (1, 1, 1)
    assert found.with_review.share == 2 / 4


def test_every_class_of_a_row_counts_it() -> None:
    answers = [Answer(0, 0, 9, AUTO), Answer(1, 2, 9, AUTO), Answer(3, 3, 5, REVIEW)]
    found = scoring.report(answers, TRUTH).classes
    assert (found["clean"].rows, found["clean"].linkable, found["clean"].auto_right) == (4, 2, 1)
    cut = found["id_cut"]
    assert (cut.rows, cut.auto_right, cut.auto_wrong, cut.review_right) == (2, 0, 1, 1)
    assert found["name_note"].review_right == 1


def test_pairs_of_sightings_are_counted_among_people_outside_the_register() -> None:
    truth = Truth(["a"], ["a", "x", "x", "x", "y"], [""] * 5)
    precision, recall = scoring.sightings({1: "p", 2: "p", 3: "q", 4: "q"}, truth)
    assert (precision.hits, precision.of) == (1, 2)
    assert (recall.hits, recall.of) == (1, 3)


# ---------------------------------------------------------------- one contestant, files in and out


def test_a_contestant_reads_the_tables_and_leaves_its_answers(tmp_path: Path) -> None:
    made = world.generate(300, mixes.USUAL)
    world.save(made, tmp_path)
    assert world.columns_of(tmp_path / "claims.csv") == made.claims
    for name in ("vlookup", "normalised"):
        contest.run(name, tmp_path)
    truth = Truth(list(map(str, made.people)), list(map(str, made.claimed)), made.classes)
    simple = scoring.report(contest.answers_of("vlookup", tmp_path), truth)
    better = scoring.report(contest.answers_of("normalised", tmp_path), truth)
    assert 0 < simple.recall.share < better.recall.share
