"""Who may be two people is not made one: by an answer, by two numbers, by a masked row between, by a filler."""

from __future__ import annotations

import pytest
from dirty_people import identity, number

from aidcli import names
from aidcli.linkage.anchors import anchor
from aidcli.linkage.namelevels import NameLevel, odd_level
from aidcli.linkage.resolve import Resolution, resolve
from aidcli.linkage.scoring import load_model
from aidcli.model import Identity, Judgement, Mention

MODEL = load_model()
WHOLE = number("19500415", 119)
CUT = WHOLE[:15] + "000"
OTHER = next(
    number("19500415", 110 + n) for n in range(1, 10) if number("19500415", 110 + n)[:15] == WHOLE[:15]
)
BY_PHONE = "13900000001"


def row(key: str, who: Identity, home: str = "", source: str = "部门") -> Mention:
    return Mention(key, source, who, *anchor(key, who, bool(home)), home)


def person(result: Resolution, key: str) -> str:
    return next(link.person for link in result.links if link.mention == key)


def asked(result: Resolution) -> set[frozenset[str]]:
    return {frozenset((pair.left, pair.right)) for pair in result.pairs}


@pytest.mark.parametrize(
    "said",
    [
        identity("吴老根", CUT, "", "东塘村"),
        identity("吴老根", "", "1950-04-15", "东塘村"),
        identity("吴老根", WHOLE, "", "东塘村"),
        identity("吴老根", WHOLE[:6] + "********" + WHOLE[14:], "", "东塘村"),
    ],
)
def test_what_was_said_to_be_another_is_asked_when_it_comes_again_in_other_words(said: Identity) -> None:
    """The answer 否 about a row of September; in October the same row has a telephone."""
    listed, september = row("m-3", identity("吴老根", WHOLE, "", "东塘村"), "h1"), row("m-1", said)
    october = row("m-2", said._replace(phone=BY_PHONE))
    result = resolve([listed, september, october], [Judgement("m-1", "m-3", "different", 1)], MODEL)
    assert person(result, "m-2") not in (person(result, "m-1"), person(result, "m-3"))
    assert asked(result) == {frozenset(("m-2", "m-1")), frozenset(("m-2", "m-3"))}
    before = resolve([listed, october], [], MODEL)
    assert person(before, "m-2") == person(before, "m-3")


@pytest.mark.parametrize(
    "told", [identity("周玉珍", CUT, "", "西坡村"), identity("周玉珍", "", "1950-04-15", "西坡村")]
)
def test_of_two_whole_numbers_that_fit_somebody_without_one_both_are_asked(told: Identity) -> None:
    listed = row("m-1", told, "h1")
    one, other = (
        row(f"m-{n}", identity("周玉珍", whole, "", "西坡村")) for n, whole in ((2, WHOLE), (3, OTHER))
    )
    both = resolve([listed, one, other], [], MODEL)
    assert len({person(both, mention.key) for mention in (listed, one, other)}) == 3
    assert asked(both) == {frozenset(("m-1", "m-2")), frozenset(("m-1", "m-3"))}
    alone = resolve([listed, one], [], MODEL)
    assert person(alone, "m-1") == person(alone, "m-2")


def test_a_masked_row_brings_no_two_names_together() -> None:
    """Father 周大成 and son 周小成; the son's row has the father's number with a wrong digit, so has 周*成."""
    father, wrong = number("19800101", 155), number("19800101", 155)[:16] + "9" + number("19800101", 155)[17:]
    assert wrong != father
    pool = [
        row("m-1", identity("周大成", father, "", "东塘村"), "h1"),
        row("m-2", identity("周小成", number("20100901", 133), "", "东塘村"), "h1"),
        row("m-3", identity("周小成", wrong, "", "东塘村")),
        row("m-4", identity("周*成", wrong, "", "东塘村"), source="医保"),
    ]
    result = resolve(pool, [], MODEL)
    assert person(result, "m-3") != person(result, "m-1")


def test_rows_in_the_same_words_are_asked_about_once() -> None:
    """A year of visits that name 王秀英 of 东塘村 and nothing else."""
    visits = [row(f"m-{n:03}", identity("王秀英", "", "", "东塘村"), source="走访") for n in range(1, 40)]
    listed = row("m-999", identity("王秀英", number("19600101", 122), "", "东塘村"), "h1")
    result = resolve([listed, *visits], [], MODEL)
    assert 1 <= len(result.pairs) <= 2
    assert frozenset(("m-001", "m-999")) in asked(result)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("艾山·买买提", "玉山·买买提", NameLevel.SIBLING),
        ("古丽娜尔·买买提", "古丽努尔·买买提", NameLevel.SIBLING),
        ("艾山·买买提", "艾珊·买买提", NameLevel.SLIP),
        ("艾山·买买提江", "艾山·买提江", NameLevel.SLIP),
        ("买买提·吐尔逊", "买买提·吐逊尔", NameLevel.SLIP),
        ("NGUYENTHIHOA", "NGUYENTHILAN", NameLevel.DIFFERENT),
        ("NGUYENTHIHOA", "NGUYENTHIHOE", NameLevel.SLIP),
    ],
)
def test_one_letter_of_a_long_name_may_be_a_brother_s(one: str, other: str, level: NameLevel) -> None:
    assert odd_level(one, other) == odd_level(other, one) == level


@pytest.mark.parametrize(
    "raw",
    [
        "无",
        "否",
        "没有",
        "同上",
        "是",
        "有",
        "未改",
        "无曾用名",
        "N",
        "NO",
        "未变更",
        "本人",
        "不祥",
        "未改名",
        "同名",
        "暂无",
        "不详",
        "0",
        "李",
    ],
)
def test_a_word_that_fills_the_column_is_no_former_name(raw: str) -> None:
    assert names.former_told(raw) == ""


@pytest.mark.parametrize("raw", ["李招娣", "吴有", "没春花", "阿依古丽·买买提", "同英"])
def test_a_name_that_begins_like_one_is_kept(raw: str) -> None:
    assert names.former_told(raw)
