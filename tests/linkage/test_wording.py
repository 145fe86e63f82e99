"""Evidence in a clerk's words, with the signs that differ, and never with a whole number."""

from __future__ import annotations

import re

import numpy as np
import pytest
from dirty_people import identities, identity, number, slipped
from hypothesis import given, settings

from aidcli.linkage.evidence import BirthLevel, Evidence, HomeLevel, IdLevel, PhoneLevel, PlaceLevel, SexLevel
from aidcli.linkage.features import lay_out
from aidcli.linkage.kernel import compare
from aidcli.linkage.namelevels import NameLevel
from aidcli.linkage.scoring import load_model
from aidcli.linkage.wording import phrase, sentence
from aidcli.model import Identity

LORE = load_model().lore
WHOLE = number("19620304", 101)
SWAPPED = WHOLE[:14] + WHOLE[15] + WHOLE[14] + WHOLE[16:]


def said(one: Identity, other: Identity) -> str:
    code = compare(lay_out([one, other], ["", ""], LORE), np.array([0]), np.array([1]), np.zeros(1, np.int8))[
        0
    ]
    return sentence(f"{code:010}", one, other)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("赵德山", WHOLE[:15] + "000", "身份证号末三位被Excel截断，前15位一致；姓名一致；同村（社区）"),
        ("赵德山", WHOLE, "身份证号一致；姓名一致；同村（社区）"),
        ("赵德山", WHOLE[:6] + WHOLE[8:17], "15位旧号换算后与18位身份证号一致；姓名一致；同村（社区）"),
        ("赵德善", WHOLE, "身份证号一致；姓名只差一字：山与善同音；同村（社区）"),
        ("趙德山", WHOLE, "身份证号一致；姓名一致（赵德山、趙德山写法不同）；同村（社区）"),
        ("赵德山", slipped(WHOLE, 15), "身份证号只有一处不同（第16位0与3）；姓名一致；同村（社区）"),
        ("赵德山", SWAPPED, "身份证号只有一处不同（第15、16位对调）；姓名一致；同村（社区）"),
        ("赵德山", WHOLE[:8] + WHOLE[9:], "身份证号只有一处不同（一个18位，一个17位）；姓名一致；同村（社区）"),
        ("赵德山", "", "一方没有身份证号；姓名一致；同村（社区）；要问：只凭姓名和住处，有没有同名的人"),
        (
            "赵德山", "9.90101E+17",
            "一方身份证号成了科学计数法，只剩前几位；姓名一致；同村（社区）；要问：只凭姓名和住处，有没有同名的人",
        ),
        ("赵德山", "E12345678", "一方填的不是身份证号；姓名一致；同村（社区）；要问：只凭姓名和住处，有没有同名的人"),
        ("钱玉梅", WHOLE, "身份证号一致；姓名不同（赵德山、钱玉梅）；同村（社区）；要问：是改名、写错名，还是填了别人的号码"),
        ("赵德海", "", "一方没有身份证号；名字有一字不同：山与海；同村（社区）；要问：只凭姓名和住处，有没有同名的人"),
    ],
)  # fmt: skip
def test_what_a_clerk_reads(name: str, text: str, sentence: str) -> None:
    assert said(identity("赵德山", WHOLE, "", "北山村"), identity(name, text, "", "北山村")) == sentence


def test_an_old_number_that_is_another_s_is_told_in_its_own_words() -> None:
    old = WHOLE[:6] + WHOLE[8:14] + "555"
    text = said(identity("赵德山", WHOLE), identity("赵德山", old))
    assert text.startswith("15位旧号换算后与另一个身份证号不同；姓名一致")
    near = said(identity("赵德山", WHOLE), identity("赵德山", WHOLE[:6] + WHOLE[8:14] + "107"))
    assert near.startswith("15位旧号换算后，身份证号只差一两处（第17位1与7、第18位2与1）")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (slipped(number("19880808", 138), 15), "有一个校验位不符"),
        ("990101198808081000", "末几位丢失，前15位就不同"),
        ("9.90102E+17", "变成科学计数法后剩下的前几位就不同"),
        ("990101198808******", "没有遮盖的数字就不同"),
    ],
)
def test_why_numbers_do_not_fit(text: str, words: str) -> None:
    assert f"身份证号对不上，{words}；" in said(identity("赵德山", WHOLE), identity("赵德山", text))


def test_what_both_lack() -> None:
    assert said(identity("赵德山", ""), identity("赵德山", "")).startswith("双方都没有身份证号；")
    assert said(identity("赵德山", "办理中"), identity("赵德山", "12345")).startswith(
        "双方都填的不是身份证号；"
    )
    assert said(identity("赵德山", "E12345678"), identity("赵德山", "")).startswith("一方没有身份证号；")


def test_two_documents_are_told_apart() -> None:
    told = said(identity("赵德山", "E12345678"), identity("赵德山", "E87654321"))
    assert told.startswith("身份证号对不上，两个都不是身份证号，换发证件也会换号；")


def test_a_number_wrong_in_both_is_told() -> None:
    wrong = slipped(WHOLE, 15)
    assert "两处写的一样，但校验位不符" in said(identity("赵德山", wrong), identity("赵德山", wrong))


@settings(deadline=None)
@given(identities(), identities())
def test_no_sentence_shows_a_number_or_who_stands_first(one: Identity, other: Identity) -> None:
    text = said(one, other)
    assert not re.search(r"\d{6}", text)
    assert text and "None" not in text and "；；" not in text


PLAIN = Evidence(
    IdLevel.SAME, NameLevel.SAME, BirthLevel.MISSING, PlaceLevel.MISSING, PhoneLevel.MISSING, SexLevel.MISSING, HomeLevel.NONE, 0
)  # fmt: skip


def test_every_level_has_words_of_its_own() -> None:
    for part, levels in (
        ("id", IdLevel),
        ("name", NameLevel),
        ("birth", BirthLevel),
        ("place", PlaceLevel),
        ("home", HomeLevel),
    ):
        phrases = [phrase(f"{PLAIN._replace(**{part: level}).code:010}") for level in levels]
        silent = {"birth": 2, "name": 1}.get(part, 1)  # what is missing or implied adds no words
        assert len(set(phrases)) >= len(levels) - silent + 1, part


def test_a_phrase_says_the_same_without_the_persons() -> None:
    evidence = PLAIN._replace(
        id=IdLevel.CUT, place=PlaceLevel.VILLAGE, phone=PhoneLevel.SAME, sex=SexLevel.DIFFERENT
    )
    assert (
        phrase(f"{evidence.code:010}")
        == "身份证号末几位丢失，前15位一致；姓名一致；同村（社区）；电话一致；性别不同"
    )


def test_a_number_that_is_not_the_child_s_is_told_in_one_way() -> None:
    lent = PLAIN._replace(id=IdLevel.DIFFERENT, name=NameLevel.INFANT, birth=BirthLevel.SAME)
    code = f"{lent.code:010}"
    said = sentence(code, identity("李芳之子", WHOLE), identity("赵小宝", number("20190101", 35)))
    assert said.startswith("所填身份证号不是孩子本人的；") and phrase(code).startswith(said.split("；")[0])
    assert "对不上" not in phrase(code)


def test_what_waits_says_what_is_asked_also_where_it_could_link() -> None:
    masked = PLAIN._replace(name=NameLevel.SURNAME_MASKED)
    code = f"{masked.code:010}"
    both = identity("刘建国", WHOLE), identity("刘*", WHOLE)
    assert "要问" not in sentence(code, *both)
    assert sentence(code, *both, asked=True).endswith("要问：是号码的主人，还是填了号码的家里别人")


@pytest.mark.parametrize(
    ("code", "words"), [("judged_same", "经人工确认为同一人"), ("own", "本人记录"), ("old_code", "")]
)
def test_codes_that_are_no_evidence(code: str, words: str) -> None:
    assert phrase(code) == words
    assert sentence(code, identity("张三", ""), identity("李四", "")) == words
