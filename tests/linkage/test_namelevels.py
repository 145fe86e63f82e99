"""Two names: how near they are to each other."""

from __future__ import annotations

import numpy as np
import pytest
from dirty_people import NAMES, PEOPLE
from hypothesis import given, settings
from hypothesis import strategies as st

from aidcli import names
from aidcli.linkage.letters import readings
from aidcli.linkage.namebook import Lore, NameBook, parent_named
from aidcli.linkage.namelevels import NameLevel, compare_names
from aidcli.linkage.scoring import load_model

LORE: Lore = load_model().lore


def level(one: str, other: str) -> NameLevel:
    book = NameBook(["", names.compact(one), names.compact(other)], LORE)
    return NameLevel(int(compare_names(book, np.array([1]), np.array([2]))[0]))


EXAMPLES = {
    NameLevel.MISSING: [("", "张三"), ("", ""), ("**", "张三"), ("***", "张立三")],
    NameLevel.SAME: [
        ("张三", "張三"), ("张三（已故）", "张 三"), ("张立三同志", "张立三"), ("王䶮", "王\ue863"), ("高德", "髙徳"),
        ("阿依古丽·买买提", "阿依古丽.买买提"), ("阿依古丽·买买提", "阿依古丽买买提"), ("吉克·阿木", "吉克阿木"),
        ("王芳老师", "王芳"),
    ],
    NameLevel.SLIP: [
        ("张晓明", "张小明"), ("陈己", "陈已"), ("杨玲", "杨铃"), ("王国强", "王强国"), ("萧志远", "肖志远"),
        ("单玉兰", "善玉兰"), ("仇志强", "邱志强"), ("曾桂兰", "增桂兰"), ("王单", "王丹"), ("刘喆", "刘哲"),
        ("阿依古丽·买买提", "阿衣古丽·买买提"), ("欧阳小明", "欧阳晓明"),
    ],
    NameLevel.SOUND: [("阿卜都拉", "阿不读拉"), ("张晓明", "张小鸣"), ("尉迟敬", "玉池敬")],
    NameLevel.SHORT: [("王国强", "王强"), ("欧阳小明", "欧阳明"), ("扎西顿珠", "扎西")],
    NameLevel.PART: [("阿依古丽·买买提", "阿依古丽"), ("阿依古丽·买买提", "买买提·阿依古丽")],
    NameLevel.MASKED: [("张立三", "张*三"), ("张立三", "*立三"), ("张*三", "张*三"), ("欧阳小明", "欧阳*明")],
    NameLevel.MASKED_LAST: [("张子涵", "张子*"), ("张子*", "张子*"), ("欧阳小明", "欧阳小*")],
    NameLevel.SURNAME_MASKED: [
        ("张立三", "张**"), ("张立三", "张某某"), ("张三", "张某"), ("张三", "张*"), ("张**", "张**"),
        ("欧阳明", "欧阳*"), ("张䶮", "张\ue123"), ("张䶮", "张□"), ("张䶮", "张�"), ("张䶮", "张〓"),
    ],
    NameLevel.SIBLING: [("王国强", "王国富"), ("张子涵", "张子轩"), ("欧阳小明", "欧阳小军")],
    NameLevel.GIVEN: [("刘海生", "张海生"), ("单玉兰", "丹玉兰"), ("仇志强", "绸志强")],
    NameLevel.SURNAME: [("王芬", "王芳"), ("刘海生", "刘桂香"), ("王芳", "王秀英"), ("欧阳明", "欧阳军")],
    NameLevel.DIFFERENT: [
        ("张三", "李四"), ("张立三", "李*三"), ("欧阳明", "欧小明"), ("张伟", "张\ue123某军"),
        ("阿依古丽·买买提", "阿依古丽·吐尔逊"), ("LIU HAI", "刘海"), ("王芳", "刘芳"),
        ("王芳之长子", "王芳之次子"), ("王芳之子", "李芳之子"),
    ],
    NameLevel.INFANT: [("王芳之子", "李安安"), ("王芳的女儿", "王芳"), ("王芳婴儿", "李安安"), ("王芳之子", "王芳之儿")],
    NameLevel.INFANT_ONE_OF: [
        ("王芳之长子", "李安安"), ("王芳之大双", "李安安"), ("王芳双胞胎之一", "李安安"), ("王芳之双女1", "王芳之女"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "one", "other"), [(level, *pair) for level, pairs in EXAMPLES.items() for pair in pairs]
)
def test_the_level_of_two_names(expected: NameLevel, one: str, other: str) -> None:
    assert level(one, other) == expected
    assert level(other, one) == expected


def test_the_examples_reach_every_level_that_names_alone_can_give() -> None:
    assert set(EXAMPLES) == set(NameLevel) - {NameLevel.FORMER}


def test_the_same_words_for_a_child_may_mean_two_children() -> None:
    assert level("王芳之子", "王芳之子") == NameLevel.INFANT
    assert level("王芳之长子", "王芳之长子") == NameLevel.INFANT_ONE_OF


LETTERS = st.sampled_from("王张李欧阳单小晓明鸣国强富玉兰英*某·之子女買买\ue123𠮷A ")
ANY_NAME = st.one_of(
    st.text(LETTERS, max_size=9),
    st.builds(
        lambda dirt, person: NAMES[dirt](person.name), st.sampled_from(list(NAMES)), st.sampled_from(PEOPLE)
    ),
)


@settings(deadline=None)
@given(ANY_NAME, ANY_NAME)
def test_who_stands_first_does_not_matter(one: str, other: str) -> None:
    assert level(one, other) == level(other, one)


@settings(deadline=None)
@given(st.lists(ANY_NAME, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_many_names_at_once_are_compared_as_two_alone(texts: list[str], random) -> None:
    forms = ["", *(names.compact(text) for text in texts)]
    book = NameBook(forms, LORE)
    left = np.array([random.randrange(len(forms)) for _ in range(12)])
    right = np.array([random.randrange(len(forms)) for _ in range(12)])
    found = compare_names(book, left, right)
    for one, other, got in zip(left.tolist(), right.tolist(), found.tolist(), strict=True):
        pair = NameBook(["", forms[one], forms[other]], LORE)
        assert got == compare_names(pair, np.array([1]), np.array([2]))[0]


@settings(deadline=None)
@given(ANY_NAME)
def test_a_name_is_never_different_from_itself(text: str) -> None:
    same = {
        NameLevel.SAME,
        NameLevel.MISSING,
        NameLevel.MASKED,
        NameLevel.SURNAME_MASKED,
        NameLevel.MASKED_LAST,
        NameLevel.INFANT,
        NameLevel.INFANT_ONE_OF,
    }
    assert level(text, text) in same


def bands(*texts: str) -> list[int]:
    return NameBook(["", *texts], LORE).band[1:].tolist()


def test_frequent_names_say_less_than_rare_ones() -> None:
    assert bands("王伟", "郗砚秋") == sorted(bands("王伟", "郗砚秋"))
    assert bands("王伟")[0] == 0 and bands("郗砚秋")[0] == 4
    assert bands("张伟") == bands("張偉")


def test_names_that_head_the_national_lists_are_frequent_whatever_their_letters_say() -> None:
    assert bands("王秀英", "王梓涵") == [0, 0] and min(bands("汪秀英", "汪梓涵")) > 0


def test_brothers_and_sisters_are_never_taken_for_one_another() -> None:
    told_apart = sorted(LORE.given_share)
    names_of = ["", *("王国" + letter for letter in told_apart)]
    book = NameBook(names_of, LORE)
    left, right = np.triu_indices(len(told_apart), 1)
    found = compare_names(book, left + 1, right + 1)
    alike = [
        (told_apart[left[at]], told_apart[right[at]]) for at in np.flatnonzero(found != NameLevel.SIBLING)
    ]
    for one, other in alike:
        assert set(alive(one)) & set(alive(other)), f"{one}、{other}不同音"
    assert (
        level("王春梅", "王春海")
        == level("王国胜", "王国庆")
        == level("李建英", "李建阳")
        == NameLevel.SIBLING
    )


def alive(letter: str) -> tuple[str, ...]:
    return LORE.readings.get(letter) or readings(letter)[:1]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("王海生", "王悔生", NameLevel.SLIP), ("王祎", "王袆", NameLevel.SLIP), ("徐志强", "涂志强", NameLevel.SLIP),
        ("王国国", "王国圆", NameLevel.SLIP), ("沈玉兰", "陈玉兰", NameLevel.GIVEN), ("王玉兰", "于玉兰", NameLevel.GIVEN),
        ("谌玉兰", "陈玉兰", NameLevel.SLIP), ("谌玉兰", "沈玉兰", NameLevel.SLIP), ("黑玉兰", "贺玉兰", NameLevel.SLIP),
        ("张海梅", "张悔悔", NameLevel.SURNAME),
    ],
)  # fmt: skip
def test_letters_that_look_or_sound_alike(one: str, other: str, expected: NameLevel) -> None:
    assert level(one, other) == level(other, one) == expected


def test_no_letter_stands_in_two_groups_for_the_same_pair() -> None:
    groups = list(LORE.look_alike.values())
    assert all(len(set(numbers)) == len(numbers) for numbers in groups)


@pytest.mark.parametrize(
    ("text", "parent"),
    [
        ("王芳之子", "王芳"), ("王芳之女", "王芳"), ("王芳的女儿", "王芳"), ("王芳之长子", "王芳"), ("王芳之双女1", "王芳"),
        ("王芳婴儿", "王芳"), ("王芳之大双", "王芳"), ("王芳双胞胎之二", "王芳"), ("欧阳之宝", ""),
        ("欧阳明之子", "欧阳明"), ("王之子", ""), ("王芳", ""), ("", ""), ("王之涣", ""),
    ],
)  # fmt: skip
def test_whose_child_a_name_says(text: str, parent: str) -> None:
    assert parent_named(text) == parent


def test_sons_and_daughters_are_told_apart() -> None:
    texts = ["王芳之子", "王芳之长子", "王芳之女", "王芳的女儿", "王芳之次女", "王芳之婴", "王芳"]
    assert NameBook(texts, LORE).sex.tolist() == [1, 1, 2, 2, 2, 0, 0]
