"""A name that is only near gives way to whoever at hand is called just so; what fills a cell says nothing."""

from __future__ import annotations

import pytest
from dirty_people import identity, number
from hypothesis import given
from hypothesis import strategies as st

from aidcli.linkage.anchors import anchor
from aidcli.linkage.phones import phones
from aidcli.linkage.resolve import Resolution, resolve
from aidcli.linkage.scoring import load_model
from aidcli.linkage.tables import match_tables
from aidcli.model import Identity, Mention

MODEL = load_model()
FATHER, SON = number("19600306", 131), number("19900308", 133)
NEAR = [
    ("李明", "李明月"),
    ("李英", "李颖"),
    ("张建", "张建国"),
    ("赵晓燕", "赵小艳"),
    ("买买提", "买买提江"),
    ("孙志国", "孙国志"),
]


def row(key: str, who: Identity, home: str = "", source: str = "部门") -> Mention:
    return Mention(key, source, who, *anchor(key, who, bool(home)), home)


def person(result: Resolution, key: str) -> str:
    return next(link.person for link in result.links if link.mention == key)


def asked(result: Resolution, key: str) -> set[str]:
    return {
        end for pair in result.pairs for end in (pair.left, pair.right) if key in (pair.left, pair.right)
    } - {key}


@pytest.mark.parametrize("written", [FATHER, FATHER[:6] + FATHER[8:17]])
@pytest.mark.parametrize(("father", "son"), [*NEAR, *(pair[::-1] for pair in NEAR)])
def test_with_the_number_of_one_and_the_name_of_another_of_the_household_nobody_is_linked(
    father: str, son: str, written: str
) -> None:
    listed = [identity(father, FATHER, "", "西坡村"), identity(son, SON, "", "西坡村")]
    told = identity(son, written, "", "西坡村")
    pool = [row("m-1", listed[0], "h1"), row("m-2", listed[1], "h1"), row("m-3", told)]
    result = resolve(pool, [], MODEL)
    assert person(result, "m-3") != person(result, "m-1")
    assert asked(result, "m-3") or person(result, "m-3") == person(result, "m-2")
    columns = [Identity(*(list(slot) for slot in zip(*some, strict=True))) for some in (listed, [told])]
    links = list(match_tables(columns[0], ["h1", "h1"], columns[1], MODEL))
    assert [link.record for link in links if link.tier == "auto"] in ([], [1])
    assert links


def test_where_nobody_at_hand_is_called_so_a_near_name_is_enough() -> None:
    pool = [
        row("m-1", identity("李英", FATHER, "", "西坡村"), "h1"),
        row("m-2", identity("李颖", SON, "", "东塘村"), "h2"),
        row("m-3", identity("李颖", FATHER, "", "西坡村")),
    ]
    result = resolve(pool, [], MODEL)
    assert person(result, "m-3") == person(result, "m-1")


def test_the_telephone_of_the_namesake_counts_too() -> None:
    pool = [
        row("m-1", identity("牛国", FATHER, "", "西坡村"), "h1"),
        row("m-2", identity("牛国强", SON, "", "西坡村", "13912340987"), "h2"),
        row("m-3", identity("牛国强", FATHER, "", "", "13912340987")),
    ]
    assert person(resolve(pool, [], MODEL), "m-3") != person(resolve(pool, [], MODEL), "m-1")


@pytest.mark.parametrize(
    "text",
    [
        "13800000000",
        "13888888888",
        "13800138000",
        "12345678901",
        "13912345678",
        "13987654321",
        "8888888",
        "无",
        "",
        "123",
    ],
)
def test_a_telephone_that_only_fills_the_cell_is_none(text: str) -> None:
    assert phones([text]).tolist() == phones([text, "13912340987"])[:1].tolist() == [0]


@pytest.mark.parametrize(
    ("text", "told"),
    [("13912340987", 13912340987), ("139 1234 0987", 13912340987), ("0991-2635671", 9912635671)],
)
def test_a_telephone_is_its_digits(text: str, told: int) -> None:
    assert phones([text]).tolist() == [told]


@given(st.lists(st.text("0123456789-+ 无", max_size=14), max_size=6))
def test_a_telephone_says_the_same_whatever_stands_beside_it(texts: list[str]) -> None:
    assert phones(texts).tolist() == [phones([text]).tolist()[0] for text in texts]


def test_a_telephone_that_fills_the_cell_links_nobody() -> None:
    pool = [
        row("m-1", identity("刘秀英", FATHER, "", "西坡村", "13800000000"), "h1"),
        row("m-2", identity("刘秀英", "", "", "西坡村", "13800000000")),
    ]
    result = resolve(pool, [], MODEL)
    assert person(result, "m-1") != person(result, "m-2") and asked(result, "m-2") == {"m-1"}


@pytest.mark.parametrize("word", ["无名氏", "未取名", "弃婴", "流浪人员", "男婴"])
def test_words_that_are_no_name_make_nobody_one(word: str) -> None:
    told = identity(word, "", "2026-03-01", "西坡村")
    twins = [row("m-1", told, "h1"), row("m-2", told._replace(row_key="2"), "h1")]
    others = [row("m-3", told, source="残联"), row("m-4", told, source="死亡")]
    result = resolve([*twins, *others], [], MODEL)
    assert len({person(result, f"m-{n}") for n in range(1, 5)}) == 4


@pytest.mark.parametrize("kin", ["妻", "父", "母", "媳", "妈", "子", "女", "弟", "妹", "儿"])
def test_a_name_with_a_word_for_a_relative_is_not_the_one_who_is_named(kin: str) -> None:
    told = identity(f"施建国{kin}", FATHER, "", "西坡村")
    pool = [row("m-1", identity("施建国", FATHER, "", "西坡村"), "h1"), row("m-2", told)]
    result = resolve(pool, [], MODEL)
    assert person(result, "m-2") != person(result, "m-1") and asked(result, "m-2") == {"m-1"}


@pytest.mark.parametrize(("name", "longer"), [("王小", "王小妹"), ("李婉", "李婉儿"), ("张建", "张建国")])
def test_a_letter_that_ends_many_names_is_no_relative_of_two_letters(name: str, longer: str) -> None:
    pool = [
        row("m-1", identity(longer, FATHER, "", "西坡村"), "h1"),
        row("m-2", identity(name, FATHER, "", "西坡村")),
    ]
    result = resolve(pool, [], MODEL)
    assert person(result, "m-2") == person(result, "m-1")
