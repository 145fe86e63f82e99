"""Identity numbers: what one cell is taken for."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidcli import idnumber

FIRST = "99010119600101001" + idnumber.check_digit("99010119600101001")
SECOND = "99010119600101002" + idnumber.check_digit("99010119600101002")
WITH_X = "99010119600101012" + idnumber.check_digit("99010119600101012")
WRONG = FIRST[:17] + ("0" if FIRST[17] != "0" else "1")


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        (FIRST, "valid", FIRST),
        (FIRST + "43", "valid", FIRST),
        (FIRST + "43B1", "valid", FIRST),
        (FIRST + "43（正常）", "valid", FIRST),
        (FIRST + "（已故）", "valid", FIRST),
        ("身份证" + FIRST, "valid", FIRST),
        ("身份证号：" + FIRST, "valid", FIRST),
        (FIRST + "。", "valid", FIRST),
        (FIRST + "/残", "valid", FIRST),
        ("990101600101001", "legacy15", idnumber.from_15("990101600101001")),
        (WRONG, "bad_check", WRONG),
        (FIRST[:15] + "000", "cut", FIRST[:15]),
        (
            "99010119511102800000",
            "cut",
            "990101195111028",
        ),  # a card's number, though 000 fits the check digit
        ("9.90101E+17", "scientific", "990101"),
        ("990101********0021", "masked", "990101********0021"),
        ("无", "missing", ""),
        (FIRST + "83", "other", FIRST + "83"),
        (FIRST + "45", "other", FIRST + "45"),
        (FIRST + "43B12", "other", FIRST + "43B12"),
        (FIRST + "0101", "other", FIRST + "0101"),
        (FIRST + " " + SECOND, "other", FIRST + SECOND),
        (FIRST + "\n" + SECOND, "other", FIRST + SECOND),
        (FIRST + "/" + SECOND, "other", FIRST + "/" + SECOND),
        (FIRST + SECOND, "other", FIRST + SECOND),
        ("电话13900001234" + FIRST, "other", "电话13900001234" + FIRST),
        ("身份证" + WRONG, "other", "身份证" + WRONG),
        ("E12345678", "other", "E12345678"),
        (FIRST[:17], "other", FIRST[:17]),
        (FIRST + ".0", "valid", FIRST),
        ("990101600101001.0", "legacy15", idnumber.from_15("990101600101001")),
        (f"{FIRST[:6]}-{FIRST[6:14]}-{FIRST[14:]}", "valid", FIRST),
        (f"（{FIRST}）", "valid", FIRST),
        (f"张三（{FIRST}）", "valid", FIRST),
        (FIRST + "（已故）2024.3", "valid", FIRST),
        (FIRST + "*", "valid", FIRST),
        ("ID：" + FIRST, "valid", FIRST),
        (FIRST + " " + FIRST, "valid", FIRST),
        (f"990101600101001（{FIRST}）", "legacy15", idnumber.from_15("990101600101001")),
        (WRONG + "43", "bad_check", WRONG),
        (f"{FIRST}(本人) {SECOND}(配偶)", "other", f"{FIRST}(本人){SECOND}(配偶)"),
        (FIRST + "（监护人）", "other", FIRST + "(监护人)"),
        ("代领人" + FIRST, "other", "代领人" + FIRST),
        ("未办理", "missing", ""),
        ("0", "missing", ""),
        ("99010119601301001X", "other", "99010119601301001X"),
        ("9(90)101200001010006", "other", "9(90)101200001010006"),
        (f"(1){FIRST}", "valid", FIRST),
    ],
)
def test_what_a_cell_holds(written: str, kind: str, value: str) -> None:
    assert idnumber.read(written) == (kind, value)


@pytest.mark.parametrize(
    ("written", "several"),
    [
        (f"{FIRST} {SECOND}", True),
        (f"{FIRST}\n{SECOND}", True),
        (f"{FIRST}、{WRONG}", True),
        (FIRST + SECOND, True),
        (WITH_X + SECOND, True),
        (FIRST, False),
        (FIRST + "43B1", False),
        ("990101600101001、990101600101002", True),
        (f"{FIRST}(本人) {SECOND}(配偶)", True),
        (f"{FIRST} {FIRST}", False),
        (f"{FIRST[:6]} {FIRST[6:14]} {FIRST[14:]}", False),
        ("无", False),
    ],
)
def test_two_numbers_in_one_cell_are_noticed(written: str, several: bool) -> None:
    assert idnumber.holds_several(written) is several


@pytest.mark.parametrize(
    ("written", "wrapped"), [("身份证" + FIRST, True), (FIRST + "/残", True), (FIRST, False)]
)
def test_words_around_a_number_are_noticed(written: str, wrapped: bool) -> None:
    assert idnumber.is_wrapped(written) is wrapped
    assert not idnumber.is_wrapped(FIRST + "43")


@pytest.mark.parametrize("area", ["810000", "820000", "830000", "911156"])
def test_residence_permits_have_a_check_digit_too(area: str) -> None:
    number = area + "19800101001" + idnumber.check_digit(area + "19800101001")
    assert idnumber.read(number) == ("valid", number)
    assert idnumber.read(number[:17] + ("0" if number[17] != "0" else "1")).kind == "bad_check"


@pytest.mark.parametrize(
    "written",
    (
        "E12345678",
        "G12345678",
        "H0123456789",
        "CHN110101800101",
        "XXX990101800101",
        "军字第1234567号",
        "P110123456",
        "12345678",
        "E****5678",
        "6217000000000001234",
    ),
)
def test_other_documents_are_never_taken_for_a_part_of_a_citizen_number(written: str) -> None:
    assert idnumber.read(written) == ("other", written)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("990101********1234", "990101********1234"),
        ("9901**********1234", "9901**********1234"),
        ("****1234", "****1234"),
        ("990101＊＊＊＊＊＊＊＊1234", "990101********1234"),
        ("990101••••••••1234", "990101********1234"),
        ("990101XXXXXXXX1234", "990101********1234"),
        ("990101xxxxxxxx123x", "990101********123X"),
        ("990101××××××××123×", "990101********123X"),
        ("990101########1234", "990101********1234"),
        ("990101○○○○○○○○1234", "990101********1234"),
        ("990101--------1234", "990101********1234"),
        ("99010119600101****", "99010119600101****"),
        (FIRST[:17] + "*", FIRST[:17] + "*"),
    ],
)
def test_masks_of_every_style_are_one_pattern(written: str, value: str) -> None:
    assert idnumber.read(written) == ("masked", value)


@pytest.mark.parametrize(
    "written",
    (
        FIRST.replace("0", "O"),
        FIRST.replace("0", "o"),
        FIRST.replace("1", "l"),
        FIRST.replace("1", "I"),
        FIRST.replace("0", "Ｏ"),
        FIRST.replace("0", "〇"),
        FIRST.replace("0", "O") + "43",
        "'" + FIRST.replace("1", "l"),
    ),
)
def test_letters_that_look_like_digits_are_put_right_where_the_check_digit_agrees(written: str) -> None:
    assert idnumber.read(written) == ("valid", FIRST)
    assert idnumber.is_repaired(written)


@pytest.mark.parametrize(
    "written",
    [WRONG.replace("0", "O"), "99O101600101001", FIRST[:14] + "O1", "O" * 18, FIRST, WITH_X.lower()],
)
def test_nothing_else_is_put_right(written: str) -> None:
    assert not idnumber.is_repaired(written)
    assert idnumber.read(written).kind == ("valid" if written in (FIRST, WITH_X.lower()) else "other")


def test_a_numeric_cell_beyond_fifteen_digits_is_a_prefix() -> None:
    assert idnumber.read(FIRST[:15] + "000", was_number=True) == ("cut", FIRST[:15])
    assert idnumber.read(FIRST, was_number=True) == ("cut", FIRST[:15])
    assert idnumber.read("990101600101001", was_number=True).kind == "legacy15"
    assert idnumber.read(FIRST[:15] + "000.0") == ("cut", FIRST[:15])


@pytest.mark.parametrize("power", ["9.90101196001010E+17", "9.90101196001010e17", "9.9010119600101068e+17"])
def test_a_number_in_scientific_notation_keeps_what_it_shows(power: str) -> None:
    assert idnumber.read(power) == ("scientific", "990101196001010")


def test_a_birth_date_to_come_is_not_valid() -> None:
    body = "99010120301001001"
    number = body + idnumber.check_digit(body)
    assert idnumber.read(number).kind == "valid"
    assert idnumber.read(number, today=date(2026, 10, 8)) == ("bad_check", number)


def test_notes_beside_a_number_can_be_told() -> None:
    assert idnumber.note(FIRST + "（已故）") == "已故"
    assert idnumber.note(FIRST) == idnumber.note(f"（{FIRST}）") == ""


# ---------------------------------------------------------------- laws


@st.composite
def numbers(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1910, 1, 1), date(2026, 1, 1)))
    body = f"9901{draw(st.integers(1, 30)):02d}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + idnumber.check_digit(body)


def old_numbers() -> st.SearchStrategy[str]:
    return numbers().map(lambda number: number[:6] + number[8:17])


DECORATIONS = (
    lambda n: n.lower(),
    lambda n: n.replace("X", "×"),
    lambda n: n.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")),
    lambda n: "'" + n,
    lambda n: "’" + n + " ",
    lambda n: f"\t{n}\r\n",
    lambda n: f"{n[:6]} {n[6:14]} {n[14:]}",
    lambda n: f"{n[:6]}\u3000{n[6:14]}\xa0{n[14:]}",
    lambda n: f"{n[:6]}-{n[6:14]}-{n[14:]}",
    lambda n: "\ufeff\u200b" + n + "\u200e",
    lambda n: n + "（已故）",
    lambda n: n + "(2024年去世)",
    lambda n: n + "【迁出】",
    lambda n: f"（{n}）",
    lambda n: "身份证号：" + n,
    lambda n: n + "，已核实",
    lambda n: n + "42",
    lambda n: n + "42B1",
    lambda n: f"{n}\n{n}",
)


@given(numbers(), st.sampled_from(DECORATIONS))
def test_every_decoration_of_a_number_reads_the_same(number: str, decorate: object) -> None:
    assert callable(decorate)
    assert idnumber.read(decorate(number), today=date(2026, 10, 8)) == ("valid", number)


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """A number with a few characters changed, lost or added."""
    text = draw(numbers())
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        put = draw(st.text("0123456789XxOoIl*×-. E+（）()张已", max_size=3))
        text = text[:at] + put + text[at + draw(st.integers(0, 2)) :]
    return text


@given(
    spoiled() | st.text(max_size=24) | st.text("0123456789X*.E+", max_size=24) | old_numbers(), st.booleans()
)
def test_the_fast_way_says_what_the_long_way_says(written: str, was_number: bool) -> None:
    today = date(2026, 10, 8)
    read = idnumber.read(written, was_number=was_number, today=today)
    assert read == idnumber._read(written, was_number, today)


@given(spoiled() | st.text("0123456789X*.E+-（）", max_size=40), st.booleans())
def test_no_digit_is_ever_made_up(written: str, was_number: bool) -> None:
    kind, value = idnumber.read(written, was_number=was_number)
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", written) if sign in "0123456789")
    told = "".join(sign for sign in value if sign in "0123456789")
    if kind == "legacy15":
        assert value[:6] + value[8:17] in digits
    elif kind in ("cut", "scientific"):
        assert told in digits and len(told) <= 15
    elif kind == "valid" and idnumber.is_repaired(written):
        signs = unicodedata.normalize("NFKC", written).upper().translate(str.maketrans("OILo", "0110"))
        assert told in "".join(sign for sign in signs if sign in "0123456789")
    else:
        assert told in digits


@given(numbers(), st.integers(0, 16))
def test_a_number_with_one_digit_lost_is_not_completed(number: str, at: int) -> None:
    reading = idnumber.read(number[:at] + number[at + 1 :])
    assert not reading.whole
