"""Letters of names: what they are compared as, and how they are read."""

from __future__ import annotations

import pytest

from aidcli.linkage.letters import readings, simplified


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("張", "张"), ("麗", "丽"), ("華", "华"), ("峯", "峰"), ("於", "于"),  # traditional, and variants
        ("髙", "高"), ("徳", "德"), ("𠮷", "吉"), ("囯", "国"), ("靑", "青"),  # forms that no table of those has
        ("三", "三"), ("䶮", "䶮"), ("·", "·"), ("A", "A"), ("*", "*"),
    ],
)  # fmt: skip
def test_the_letter_in_which_names_are_compared(written: str, compared: str) -> None:
    assert simplified(written) == compared
    assert simplified(compared) == compared


@pytest.mark.parametrize(
    ("private", "public"),
    [
        ("\ue863", "䶮"), ("\ue816", "\U00020087"), ("\ue81a", simplified("㑳")), ("\ue864", "\u9fbb"), ("\ue854", "\u9fba"),
    ],
)  # fmt: skip
def test_letters_that_old_systems_kept_in_the_private_area_get_their_public_code(
    private: str, public: str
) -> None:
    assert simplified(private) == public


def test_every_code_of_that_area_has_a_public_letter() -> None:
    found = {simplified(chr(code)) for code in range(0xE815, 0xE865)}
    assert not any("\ue000" <= letter <= "\uf8ff" or letter == "\ufffd" for letter in found)


def test_letters_of_an_office_s_own_making_stay_what_they_are() -> None:
    assert simplified("\ue123") == "\ue123"


@pytest.mark.parametrize(
    ("letter", "said"),
    [
        ("单", {"dan", "shan", "chan"}), ("仇", {"chou", "qiu"}), ("曾", {"zeng", "ceng"}),
        ("女", {"nu", "ru"}), ("吕", {"lu"}), ("㛃", {"jie"}),
    ],
)  # fmt: skip
def test_all_readings_are_known_without_tones(letter: str, said: set[str]) -> None:
    assert said & set(readings(letter)) == said
    assert all(one.isascii() and one.isalpha() for one in readings(letter))


def test_what_is_no_character_has_no_reading() -> None:
    assert readings("A") == readings("·") == readings("*") == ()


def test_the_usual_reading_comes_first() -> None:
    assert [readings(letter)[0] for letter in "王小明英"] == ["wang", "xiao", "ming", "ying"]
