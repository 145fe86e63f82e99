"""Half of a number is no whole one: what contradicts is asked about, what was only begun is nobody's document."""

from __future__ import annotations

import pytest
from dirty_people import identity, mention, number

from aidcli import idnumber
from aidcli.linkage.anchors import anchor
from aidcli.linkage.evidence import IdLevel
from aidcli.linkage.features import OTHER, VALID
from aidcli.linkage.namelevels import NameLevel, odd_level
from aidcli.linkage.oddnumbers import odd_ids
from aidcli.linkage.resolve import Resolution, resolve
from aidcli.linkage.scoring import load_model
from aidcli.linkage.wording import sentence
from aidcli.model import Identity, Judgement, Mention

MODEL = load_model()
WHOLE = number("19550307", 122)
OF_ANOTHER = number("19550307", 344).replace("990101", "990202", 1)
CHILD = number("20100304", 21)
OLD = number("19201003", 40)  # whose old number begins the child's


def row(key: str, who: Identity, home: str = "") -> Mention:
    return Mention(key, "部门", who, *anchor(key, who, bool(home)), home)


def two(listed: Identity, told: Identity) -> Resolution:
    return resolve([row("m-1", listed, "h1"), row("m-2", told)], [], MODEL)


def joined(result: Resolution) -> bool:
    return len({link.person for link in result.links}) == 1


# ---------------------------------------------------------------- numbers that contradict


@pytest.mark.parametrize(
    "partial",
    [
        OF_ANOTHER[:6] + "********" + OF_ANOTHER[14:],
        OF_ANOTHER[:15] + "000",
        "*" * 14 + OF_ANOTHER[14:],
        OF_ANOTHER[:15],
    ],
)
@pytest.mark.parametrize("name", ["王秀英", "万俟春晖"])
def test_a_partial_number_that_contradicts_is_asked_about_though_all_else_agrees(
    name: str, partial: str
) -> None:
    told = identity(name, partial, "1955-03-07", "西坡村")
    result = two(identity(name, WHOLE, "", "西坡村"), told)
    assert not joined(result) and len(result.pairs) == 1
    assert "要问" in sentence(result.pairs[0].code, identity(name, WHOLE), told, asked=True)


@pytest.mark.parametrize("keepers", [number("19800202", 25), number("19800202", 25)[:15] + "000"])
def test_the_keeper_s_number_beside_the_own_birth_date_keeps_nobody_away(keepers: str) -> None:
    told = identity("王秀英", keepers, "1955-03-07", "西坡村")
    assert joined(two(identity("王秀英", WHOLE, "", "西坡村"), told))


def test_a_year_of_birth_that_is_a_generation_off_makes_a_number_somebody_else_s() -> None:
    son = number("19780708", 17)
    for year, one in (("1952", False), ("1977", True)):
        result = two(identity("王建国", son, "", "西坡村"), identity("王建国", son, year, "西坡村"))
        assert joined(result) == one
        assert one or len(result.pairs) == 1


# ---------------------------------------------------------------- numbers that were only begun


@pytest.mark.parametrize(
    "begun",
    [
        *("990101", "330100", "9901011955", "990101195503", "99010119550307", "0000012", "00000012"),
        *("NO.12345", "残疾证12345", "医保号000123", "户号99010112345", "低保990101001", "990101-001-02"),
        "99010119550307X",
    ],
)
def test_what_was_only_begun_or_names_a_card_brings_two_villages_together_no_more(begun: str) -> None:
    result = two(identity("王玉珍", begun, "", "西坡村"), identity("王玉珍", begun, "", "东塘村"))
    assert not joined(result)
    reading = idnumber.read(begun)
    assert reading.kind == "other"
    assert odd_ids(OTHER, reading.value, OTHER, reading.value) != IdLevel.OTHER_SAME


@pytest.mark.parametrize("document", ["E12345678", "02345678", "12345670", "H1234567801", "军字第1234567号"])
def test_a_document_is_one_still(document: str) -> None:
    assert odd_ids(OTHER, document, OTHER, document) == IdLevel.OTHER_SAME


def test_a_number_that_ends_in_the_middle_of_its_serial_is_matched() -> None:
    """It once ended the whole command."""
    result = two(identity("王秀英", WHOLE, "", "西坡村"), identity("李桂兰", "99010119550307X", "", "西坡村"))
    assert not joined(result)


@pytest.mark.parametrize(
    ("written", "level"),
    [
        (WHOLE[:14], IdLevel.MASKED_HEAD),
        (WHOLE[:16], IdLevel.CUT),
        (WHOLE[:17], IdLevel.SLIP),
        (WHOLE[:13] + "9", IdLevel.DIFFERENT),
    ],
)
def test_the_beginning_of_a_number_agrees_with_the_whole_one(written: str, level: IdLevel) -> None:
    assert odd_ids(VALID, WHOLE, OTHER, written) == level


def test_a_number_that_was_written_to_the_day_is_not_said_to_be_hidden() -> None:
    one, other = identity("陈兰凤", WHOLE), identity("陈兰凤", WHOLE[:14])
    code = f"{IdLevel.MASKED_HEAD:02}{NameLevel.SAME:02}110000"
    assert sentence(code, one, other).startswith("身份证号只写到出生日期，地区和出生日期一致；")
    code = f"{IdLevel.CUT:02}{NameLevel.SAME:02}110000"
    assert sentence(code, one, identity("陈兰凤", WHOLE[:16])).startswith("身份证号没有写全，前15位一致；")


def test_fifteen_digits_of_a_new_number_are_what_a_spreadsheet_leaves_of_it() -> None:
    assert idnumber.read(WHOLE[:15]) == ("cut", WHOLE[:15])
    assert joined(two(identity("陈兰凤", WHOLE, "", "西坡村"), identity("陈兰凤", WHOLE[:15], "", "西坡村")))


def test_the_same_digits_with_and_without_000_are_no_rivals() -> None:
    pool = [
        row("m-1", identity("陈兰凤", WHOLE, "", "西坡村"), "h1"),
        row("m-2", identity("陈兰凤", WHOLE[:15], "", "西坡村")),
        row("m-3", identity("陈兰凤", WHOLE[:15] + "000", "", "西坡村")),
    ]
    assert joined(resolve(pool, [], MODEL))


# ---------------------------------------------------------------- a child's number, or an old one


@pytest.mark.parametrize("born", ["20010304", "20050304", "20100304", "20120304"])
def test_fifteen_digits_of_a_child_are_no_old_number(born: str) -> None:
    whole = number(born, 21)
    assert idnumber.read(whole[:15]).kind == "cut"
    assert joined(two(identity("李子豪", whole, "", "西坡村"), identity("李子豪", whole[:15], "", "西坡村")))


def test_an_old_number_of_a_hundred_years_is_still_one_where_the_whole_number_says_so() -> None:
    assert OLD[:6] + OLD[8:17] == CHILD[:13] + "40" == "990101201003040"
    digits = CHILD[:15]
    for said in ("", "1920-10-03"):
        old, child = (
            two(identity("李子豪", whole, "", "西坡村"), identity("李子豪", digits, said, "西坡村"))
            for whole in (OLD, CHILD)
        )
        assert joined(old) and joined(child) != bool(said)


# ---------------------------------------------------------------- twins


@pytest.mark.parametrize(
    ("name", "told"),
    [("张子涵", "张子*"), ("郑佳佳", "郑佳"), ("何佳仪", "何佳怡"), ("LI LIN", "LI LING")],
)
def test_a_twin_s_published_row_is_asked_about(name: str, told: str) -> None:
    whole, twin = number("20100911", 21), number("20100911", 41)
    result = two(
        identity(name, whole, "", "西坡村"), identity(told, twin[:14] + "****", "", "西坡村", "13900000001")
    )
    assert not joined(result) and len(result.pairs) == 1


@pytest.mark.parametrize(
    ("name", "told", "one"),
    [
        ("张淼", "张森", False),
        ("吕思思", "吕思", False),
        ("LI LIN", "LI LING", False),
        ("阿卜杜拉·买买提", "阿卜杜·买买提", False),
        ("陈哲", "陈喆", True),
    ],
)
def test_a_twin_s_cut_number_is_asked_about(name: str, told: str, one: bool) -> None:
    whole, twin = number("20080606", 21), number("20080606", 23)
    result = two(identity(name, whole, "", "西坡村"), identity(told, twin[:15] + "000", "", "西坡村"))
    assert joined(result) == one and len(result.pairs) == (not one)


def test_of_latin_names_a_letter_more_is_another_name() -> None:
    assert odd_level("ZHANGMIN", "ZHANGMING") == odd_level("ZHANGMING", "ZHANGMIN") == NameLevel.SHORT
    assert odd_level("NGUYENTHIHOA", "NGUYENTHIHOAN") == NameLevel.SHORT
    assert odd_level("买买提·吐尔逊", "买提·吐尔逊") == NameLevel.SLIP
    whole = number("20010909", 34)
    told = identity("ZHANG MING", "", "2001-09-09", "西坡村")
    assert not joined(two(identity("ZHANG MIN", whole, "", "西坡村"), told))


def test_two_surnames_are_no_rare_name() -> None:
    whole = number("19300909", 34)
    told = identity("张王氏", whole[:10] + "*" * 8, "", "西坡村")
    result = two(identity("张王氏", whole, "", "西坡村"), told)
    assert not joined(result) and len(result.pairs) == 1
    assert joined(
        two(identity("张王氏", whole, "", "西坡村"), identity("张王氏", whole[:15] + "000", "", "西坡村"))
    )


# ---------------------------------------------------------------- whose the id is


@pytest.mark.parametrize("first", ["m-1", "m-3"])
def test_after_a_split_the_register_keeps_the_id(first: str) -> None:
    """Whichever of the two keys is the smaller."""
    who = identity("李建军", number("19710708", 19))
    listed, other = row("m-2", who, "h1"), row(first, who)
    assert listed.anchor == other.anchor
    left, right = sorted((first, "m-2"))
    verdict = Judgement(left, right, "different", 1)
    found = {link.mention: link.person for link in resolve([listed, other], [verdict], MODEL).links}
    assert found["m-2"] == listed.anchor != found[first]


def test_digits_that_were_not_swapped_are_not_said_to_be() -> None:
    one, other = identity("王芳", "990101195503070726"), identity("王芳", "990101195503070742")
    swapped = identity("王芳", "990101195503070762")
    code = mention_code(one, other)
    assert "对调" not in sentence(code, one, other) and "对调" in sentence(code, one, swapped)


def mention_code(one: Identity, other: Identity) -> str:
    """A code with two places wrong."""
    assert mention(one).identity == one != other
    return f"{IdLevel.SLIPS:02}{NameLevel.SAME:02}110000"
