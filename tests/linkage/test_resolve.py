"""Who is who among a closed set of records: laws that hold for every pool, and what answers do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import combinations
from operator import attrgetter

import pytest
from dirty_people import PEOPLE, STRANGERS, Person, birth_of, identity, mention, number, pools
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from laws import examples

from aidcli.linkage.anchors import LESS
from aidcli.linkage.edges import Pool, edges_among
from aidcli.linkage.namelevels import NameLevel
from aidcli.linkage.resolve import JUDGED, Resolution, argued_among, resolve
from aidcli.linkage.scoring import Model, load_model
from aidcli.model import Judgement, Mention, MentionColumns

MODEL: Model = load_model()
LAWS = settings(deadline=None)


def judged(one: Mention, other: Mention, verdict: str, seq: int = 1) -> Judgement:
    return Judgement(*sorted((one.key, other.key)), verdict, seq)


def people(result: Resolution) -> dict[str, str]:
    return {link.mention: link.person for link in result.links}


def together(result: Resolution, *mentions: Mention) -> bool:
    return len({people(result)[one.key] for one in mentions}) == 1


def asked(result: Resolution) -> set[frozenset[str]]:
    return {frozenset((pair.left, pair.right)) for pair in result.pairs}


@st.composite
def answers(draw: st.DrawFn, pool: list[Mention]) -> list[Judgement]:
    """Answers to some pairs of the pool, each pair once."""
    pairs = (
        draw(st.lists(st.sampled_from(list(combinations(pool, 2))), max_size=3, unique=True))
        if len(pool) > 1
        else []
    )
    verdicts = ("same", "different", "unsure")
    return [judged(*pair, draw(st.sampled_from(verdicts)), seq) for seq, pair in enumerate(pairs)]


@st.composite
def judged_pools(draw: st.DrawFn) -> tuple[list[Mention], list[Judgement]]:
    pool = draw(pools())
    return pool, draw(answers(pool))


# ---------------------------------------------------------------- laws


@LAWS
@given(judged_pools(), st.randoms(use_true_random=False))
def test_the_order_of_records_and_answers_changes_nothing(
    case: tuple[list[Mention], list[Judgement]], random
) -> None:
    pool, judgements = case
    result = resolve(pool, judgements, MODEL)
    shuffled, answered = pool.copy(), judgements.copy()
    random.shuffle(shuffled)
    random.shuffle(answered)
    assert resolve(shuffled, answered, MODEL) == result
    assert resolve(iter(pool), iter(judgements), MODEL) == result


@LAWS
@given(judged_pools())
def test_everybody_is_one_person_and_every_person_is_named_by_one_of_its_records(
    case: tuple[list[Mention], list[Judgement]],
) -> None:
    pool, judgements = case
    result = resolve(pool, judgements, MODEL)
    assert sorted(link.mention for link in result.links) == sorted(one.key for one in pool)
    own = [link.person for link in result.links if link.status == "own"]
    assert sorted(own) == sorted(set(people(result).values()))
    for link in result.links:
        assert (link.status == "own") == (link.code == "own")
        assert link.status != "auto" or link.score >= MODEL.auto
        assert link.status != "confirmed" or judgements


@LAWS
@given(judged_pools())
def test_questions_are_about_two_people_and_none_that_is_answered(
    case: tuple[list[Mention], list[Judgement]],
) -> None:
    pool, judgements = case
    result = resolve(pool, judgements, MODEL)
    person = people(result)
    assert all(pair.left < pair.right and pair.score >= MODEL.review for pair in result.pairs)
    both = [frozenset((person[pair.left], person[pair.right])) for pair in result.pairs]
    assert all(len(two) == 2 for two in both) and len(set(both)) == len(both)
    assert not asked(result) & {frozenset((one.left, one.right)) for one in judgements}


@LAWS
@given(pools())
def test_two_people_of_the_register_are_never_joined_silently(pool: list[Mention]) -> None:
    result = resolve(pool, [], MODEL)
    members = defaultdict(list)
    for one in pool:
        if one.home:
            members[people(result)[one.key]].append(one)
    for group in members.values():
        for one, other in combinations(group, 2):
            same_number_and_name = one.rank != LESS and one.anchor == other.anchor
            assert same_number_and_name or (
                one.home == other.home and one.identity.name == other.identity.name
            )


@LAWS
@given(judged_pools())
def test_who_was_judged_to_be_the_same_is_the_same_unless_that_contradicts_another_answer(
    case: tuple[list[Mention], list[Judgement]],
) -> None:
    pool, judgements = case
    result = resolve(pool, judgements, MODEL)
    person = people(result)
    listed = {person[one.key] for one in pool if one.home}
    if all(one.verdict != "different" for one in judgements):
        for one in judgements:
            if one.verdict == "same":
                both = {
                    person[one.left],
                    person[one.right],
                }  # two of the register only where both are of the register
                assert len(both) == 1 or both <= listed


@LAWS
@given(judged_pools())
def test_who_was_judged_to_be_different_is_never_one(case: tuple[list[Mention], list[Judgement]]) -> None:
    pool, judgements = case
    person = people(resolve(pool, judgements, MODEL))
    assert all(person[one.left] != person[one.right] for one in judgements if one.verdict == "different")


@LAWS
@given(pools(), st.data())
def test_a_doubt_joins_nobody_and_is_not_asked_again(pool: list[Mention], data: st.DataObject) -> None:
    assume(len(pool) > 1)
    one, other = data.draw(st.sampled_from(list(combinations(pool, 2))))
    result = resolve(pool, [judged(one, other, "unsure")], MODEL)
    assert not together(result, one, other)
    assert frozenset((one.key, other.key)) not in asked(result)


@LAWS
@given(pools(), st.data())
def test_a_is_not_b_and_b_is_c_settles_a_and_c(pool: list[Mention], data: st.DataObject) -> None:
    assume(len(pool) > 2)
    a, b, c = data.draw(st.permutations(pool))[:3]
    result = resolve(pool, [judged(a, b, "different", 1), judged(b, c, "same", 2)], MODEL)
    assert together(result, b, c) and not together(result, a, c)
    person = people(result)
    settled = frozenset((person[a.key], person[b.key]))
    assert settled not in {frozenset((person[pair.left], person[pair.right])) for pair in result.pairs}


@LAWS
@given(judged_pools())
def test_answers_about_absent_records_are_ignored(case: tuple[list[Mention], list[Judgement]]) -> None:
    pool, judgements = case
    stranger = mention(identity("陈守义", ""), "不在")
    absent = [judged(one, stranger, "different", 9) for one in pool]
    assert resolve(pool, [*judgements, *absent], MODEL) == resolve(pool, judgements, MODEL)


@LAWS
@given(pools(most=5), pools(most=4, people=STRANGERS))
def test_people_who_share_nothing_do_not_change_each_other(
    ours: list[Mention], theirs: list[Mention]
) -> None:
    alone, others = resolve(ours, [], MODEL), resolve(theirs, [], MODEL)
    both = resolve([*ours, *theirs], [], MODEL)
    assert sorted(both.links) == sorted(alone.links + others.links)
    assert both.pairs == sorted(alone.pairs + others.pairs)


@settings(max_examples=examples(60, 1000), deadline=None)
@given(judged_pools())
def test_evidence_leads_from_the_own_record_outwards_over_the_strongest_there_is(
    case: tuple[list[Mention], list[Judgement]],
) -> None:
    """Who is reached next is reached by the strongest edge from those reached to the others: no circles."""
    pool, judgements = case
    strength = _strength(pool, judgements)
    anchors = {one.key: one.anchor for one in pool if one.rank != LESS}
    links = defaultdict(list)
    for link in resolve(pool, judgements, MODEL).links:
        links[link.person].append(link)
    for theirs in links.values():
        (own,) = [link.mention for link in theirs if link.status == "own"]
        reached = {own} | {one.mention for one in theirs if anchors.get(one.mention, "") == anchors.get(own)}
        waiting = {one.mention: one for one in theirs if one.mention not in reached}
        while waiting:
            crossing = {(far, near): strength(far, near) for far in waiting for near in reached}
            most, _ = max(crossing.values())
            told = {
                far: (10_000 if one.status == "confirmed" else one.score, one.code)
                for far, one in waiting.items()
            }
            found = [far for (far, _), edge in crossing.items() if edge[0] == most and told[far] == edge]
            assert found
            reached.add(found[0])
            del waiting[found[0]]


def _strength(pool: list[Mention], judgements: list[Judgement]) -> Callable[[str, str], tuple[int, str]]:
    """Points and code of the edge between two records; an answer is stronger than any evidence."""
    ordered = MentionColumns.of(sorted(pool, key=attrgetter("key")))
    edges = edges_among(Pool(ordered, MODEL), MODEL, argued=argued_among(ordered, judgements))
    found = {
        frozenset((ordered.key[left], ordered.key[right])): (score, f"{code:010}")
        for left, right, score, code in edges.rows()
    }
    for one in judgements:
        if one.verdict == "same":
            both = frozenset((one.left, one.right))
            found[both] = (10_000, found[both][1] if both in found else JUDGED)
    return lambda one, other: found.get(frozenset((one, other)), (0, ""))


def test_two_records_that_agree_in_a_wrong_number_do_not_stand_for_each_other() -> None:
    one = listed(PEOPLE[3]._replace(former="", phone=""))
    wrong = PEOPLE[3].id[:15] + "000"
    rows = [mention(identity("王秀英", wrong, "", "北山村", "13900000009"), place) for place in range(2)]
    strength = _strength([one, *rows], [])
    assert strength(rows[0].key, rows[1].key) > strength(rows[0].key, one.key), "nearer to each other"
    links = [link for link in resolve([one, *rows], [], MODEL).links if link.status != "own"]
    assert {link.person for link in links} == {one.anchor}
    told = [strength(rows[0].key, rows[1].key), strength(rows[0].key, one.key)]
    assert sorted((link.score, link.code) for link in links) == sorted(told)


# ---------------------------------------------------------------- the margin


def listed(person: Person, home: str = "") -> Mention:
    return mention(
        identity(person.name, person.id, "", person.village, person.phone, person.former),
        person.id,
        home or person.home,
        "低保",
    )


TWINS_IN_NAME = [listed(PEOPLE[3]._replace(phone="", former="")), listed(PEOPLE[4]._replace(phone=""))]


@pytest.mark.parametrize(
    "row",
    [
        identity("王秀英", "", birth_of(PEOPLE[3]), "北山村"),
        identity("王秀英", PEOPLE[3].id[:14] + "****", "", "北山村"),
        identity("王秀英", "9.9010119550601E+17", "", "北山村"),
    ],
)
def test_between_two_equal_candidates_nobody_is_chosen_and_both_are_asked(row) -> None:
    row = mention(row)
    result = resolve([*TWINS_IN_NAME, row], [], MODEL)
    assert len(set(people(result).values())) == 3
    assert {frozenset((row.key, one.key)) for one in TWINS_IN_NAME} <= asked(result)


def test_what_one_candidate_alone_would_get_without_the_other() -> None:
    row = mention(identity("王秀英", "", birth_of(PEOPLE[3]), "北山村"))
    assert together(resolve([TWINS_IN_NAME[0], row], [], MODEL), TWINS_IN_NAME[0], row)


def test_an_answer_settles_between_two_equal_candidates() -> None:
    row = mention(identity("王秀英", "", birth_of(PEOPLE[3]), "北山村"))
    one, other = TWINS_IN_NAME
    same = resolve([one, other, row], [judged(one, row, "same")], MODEL)
    assert together(same, one, row) and not together(same, other, row)
    different = resolve([one, other, row], [judged(one, row, "different")], MODEL)
    assert not together(different, one, row)
    assert frozenset((one.key, row.key)) not in asked(different)


def test_two_records_of_nobody_are_one_person_by_the_same_rules() -> None:
    one = mention(identity("郗砚秋", "", "1978-09-12", "北山村"), 1, source="残联")
    other = mention(identity("郗砚秋", "", "1978-09-12", "北山村"), 2, source="医保")
    result = resolve([one, other], [], MODEL)
    assert together(result, one, other)
    assert not together(resolve([one, other], [judged(one, other, "different")], MODEL), one, other)


def test_one_number_and_name_is_one_person_also_in_two_households() -> None:
    one, other = listed(PEOPLE[3]), listed(PEOPLE[3]._replace(village="下河村"), "别家")
    assert together(resolve([one, other], [], MODEL), one, other)
    assert not together(resolve([one, other], [judged(one, other, "different")], MODEL), one, other)


def test_two_of_the_register_who_look_alike_are_proposed() -> None:
    one = listed(PEOPLE[3]._replace(former="", phone=""))
    other = mention(identity("王秀英", PEOPLE[3].id[:15] + "000", "", "北山村"), 1, "别家", "特困")
    result = resolve([one, other], [], MODEL)
    assert not together(result, one, other)
    assert asked(result) == {frozenset((one.key, other.key))}
    assert together(resolve([one, other], [judged(one, other, "same")], MODEL), one, other)


def test_one_household_listed_twice_is_one_person_where_the_name_is_the_same() -> None:
    one = listed(PEOPLE[3]._replace(former="", phone=""))
    other = mention(identity("王秀英", PEOPLE[3].id[:15] + "000", "", "北山村"), 1, PEOPLE[3].home, "特困")
    assert together(resolve([one, other], [], MODEL), one, other)


def test_a_link_tells_points_and_evidence_and_by_whom() -> None:
    one = listed(PEOPLE[3]._replace(former="", phone=""))
    row = mention(identity("王秀英", PEOPLE[3].id[:15] + "000", "", "北山村"))
    link = next(link for link in resolve([one, row], [], MODEL).links if link.mention == row.key)
    assert (link.status, link.tier) == ("auto", "auto") and link.score == MODEL.score(int(link.code))
    assert int(link.code[2:4]) == NameLevel.SAME
    by_hand = resolve([one, row], [judged(one, row, "same")], MODEL)
    link = next(link for link in by_hand.links if link.mention == row.key)
    assert link.status == "confirmed" and link.person == one.anchor


def test_the_person_is_named_by_the_register() -> None:
    one = listed(PEOPLE[3])
    rows = [mention(identity("王秀英", PEOPLE[3].id), place) for place in range(3)]
    other = mention(identity("王秀英", number("19880808", 138)), 4)
    result = resolve([one, *rows, other], [], MODEL)
    assert people(result)[rows[0].key] == one.anchor
    assert people(result)[other.key] == other.anchor != one.anchor
