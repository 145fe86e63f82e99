"""Mixes that whoever tunes the matcher does not look at: other rates, and errors that occur nowhere else.

They are there to be measured once, when a set of points is done. Reading this file, or its classes of error
one by one, while choosing points makes its figures worthless; the total figures may be looked at.
"""

from __future__ import annotations

from datetime import date, timedelta

from aidcli.idnumber import check_digit

from . import frequencies as words
from .faults import FAULTS, Fault, Row, replaced
from .mixes import Mix
from .naming import WOMEN

_SCANNED_DIGITS = {"0": "O8", "1": "l7", "2": "Z", "3": "8", "5": "6S", "6": "8b", "8": "30", "9": "4"}
_SCANNED_PAIRS = (
    "日目 自白 田由 干王 未朱 杰木 军车 玉五 文又 海侮 华毕 秀禿 兰三 英央 永水 平乎 金全 云去 林杯 明胡 志恙 伟佛 "
    "东车 建律 国固 凤风 春舂 荣宋 梅悔 红江 芳劳 丽而 涛祷 强弦 辉浑 桂佳 莲蓬 静靜 宇字 轩轨 梓辛 涵涌"
)
_VARIANTS = {
    "峰": "峯",
    "升": "昇",
    "群": "羣",
    "国": "囯",
    "珍": "珎",
    "德": "徳",
    "秀": "琇",
    "凤": "鳯",
    "兰": "藍",
}
_PREFIXES = ("身份证:", "身份证号：", "ID:", "'", "证件号 ")

_SCANNED: dict[str, str] = {}
for _pair in _SCANNED_PAIRS.split():
    for _one, _other in (_pair, _pair[::-1]):
        _SCANNED[_one] = _SCANNED.get(_one, "") + _other


def id_scanned(row: Row) -> bool:
    """One or two digits read wrongly off paper, some as letters."""
    for _ in range(row.random.choice((1, 1, 2))):
        places = [at for at, sign in enumerate(row.id_number) if sign in _SCANNED_DIGITS]
        if not places:
            return False
        at = row.random.choice(places)
        wrong = row.random.choice(_SCANNED_DIGITS[row.id_number[at]])
        row.id_number = row.id_number[:at] + wrong + row.id_number[at + 1 :]
    return True


def id_doubled(row: Row) -> bool:
    """One digit typed twice."""
    at = row.random.randrange(len(row.id_number))
    row.id_number = row.id_number[:at] + row.id_number[at] + row.id_number[at:]
    return True


def id_two_digits(row: Row) -> bool:
    return FAULTS["id_digit"](row) and FAULTS["id_digit"](row)


def id_other_area(row: Row) -> bool:
    """The area of another district in front, as a form had it printed."""
    row.id_number = f"9901{row.random.randrange(40, 79)}" + row.id_number[6:]
    return True


def id_without_x(row: Row) -> bool:
    """The X at the end left out, or a star in its place."""
    if not row.id_number.endswith("X"):
        return False
    row.id_number = row.id_number[:-1] + row.random.choice(("", "*", "x", "×"))
    return True


def id_labelled(row: Row) -> bool:
    row.id_number = row.random.choice(_PREFIXES) + row.id_number
    return True


def id_dead_relative(row: Row) -> bool:
    """The number of a parent who died long ago: right, of the same area, and on no register."""
    born = row.person.birth
    day = date(
        born.year - row.random.randrange(20, 36), row.random.randrange(1, 13), row.random.randrange(1, 29)
    )
    first = f"{row.person.id[:6]}{day:%Y%m%d}{row.random.randrange(1, 1000):03d}"
    row.id_number = first + check_digit(first)
    return True


def id_next_row(row: Row) -> bool:
    """One column sorted, the others not: the number of somebody else altogether."""
    heads = row.random.choice(row.population.villages).heads
    if not heads:
        return False
    other = row.random.choice(heads)
    row.id_number = other.id
    return other is not row.person


def columns_exchanged(row: Row) -> bool:
    """The name where the number belongs and the other way round."""
    row.name, row.id_number = row.id_number, row.name
    return True


def name_scanned(row: Row) -> bool:
    return replaced(row, _SCANNED)


def name_variant(row: Row) -> bool:
    """The rare form of a sign, as it stands in the household's book."""
    return replaced(row, _VARIANTS)


def name_wife(row: Row) -> bool:
    """An old woman called after her husband's family and her own: 张王氏."""
    husbands = [one for one in row.others() if one.sex != WOMEN]
    if row.person.sex != WOMEN or row.person.birth.year > 1955 or not husbands:
        return False
    row.name = words.surname_of(husbands[0].name) + words.surname_of(row.name) + "氏"
    return True


def name_pet(row: Row) -> bool:
    """What the village calls a person: 小军, 军军."""
    if words.DOT in row.name:
        return False
    first, last = words.surname_of(row.name), row.name[-1]
    row.name = first + row.random.choice(("小" + last, last + last))
    return True


def name_latin(row: Row) -> bool:
    """In letters, as a card machine prints it."""
    if any(sign not in words.READING for sign in row.name):
        return False
    row.name = " ".join(words.READING[sign] for sign in row.name).upper()
    return True


def name_with_head(row: Row) -> bool:
    """The head of the household in the same cell."""
    head = row.household[0]
    if head is row.person:
        return False
    row.name = (
        f"{row.name}/{head.name}"
        if row.random.random() < 0.5
        else f"{head.name}之{row.person.relation[:1]}{row.name}"
    )
    return True


def name_reversed(row: Row) -> bool:
    """The father's name first."""
    if words.DOT not in row.name:
        return False
    first, second = row.name.split(words.DOT, 1)
    row.name = second + words.DOT + first
    return True


def birth_lunar(row: Row) -> bool:
    """The day after the old calendar, three to seven weeks earlier."""
    if not row.birth:
        return False
    shifted = row.person.birth - timedelta(days=row.random.randrange(19, 51))
    row.birth = shifted.strftime(row.random.choice(row.day_forms))
    return True


def birth_year_off(row: Row) -> bool:
    """The year of the counted age, or of an army or school record."""
    if not row.birth:
        return False
    born = row.person.birth
    other = born.replace(year=born.year + row.random.choice((-10, -2, -1, 1, 1, 2)), day=min(born.day, 28))
    row.birth = other.strftime(row.random.choice(row.day_forms))
    return True


def village_merged(row: Row) -> bool:
    """The village's new name after a merger, which the register does not have."""
    if not row.village:
        return False
    row.village = "新" + row.village[:1] + row.person.village.township[:1] + "村"
    return True


def phone_of_cadre(row: Row) -> bool:
    """Half a village with the telephone of the one who filled in the form."""
    if not row.phone or not row.person.village.heads:
        return False
    row.phone = row.person.village.heads[0].phone
    return True


_OWN: dict[str, Fault] = {
    fault.__name__: fault
    for fault in (
        *(id_scanned, id_doubled, id_two_digits, id_other_area, id_without_x, id_labelled),
        *(id_dead_relative, id_next_row, columns_exchanged),
        *(name_scanned, name_variant, name_wife, name_pet, name_latin, name_with_head, name_reversed),
        *(birth_lunar, birth_year_off, village_merged, phone_of_cadre),
    )
}
_ALL = {**FAULTS, **_OWN}

UNSEEN_1 = Mix(
    name="unseen-1",
    numbers={
        **{"id_scanned": 0.06, "id_doubled": 0.008, "id_two_digits": 0.008, "id_without_x": 0.05},
        **{"id_cut": 0.02, "id_digit": 0.02, "id_lost": 0.03, "id_15": 0.08, "id_masked": 0.06},
        **{"id_missing": 0.04, "id_member": 0.015, "id_guardian": 0.06, "id_dead_relative": 0.003},
        "columns_exchanged": 0.004,
    },
    names={
        **{"name_scanned": 0.05, "name_variant": 0.02, "name_latin": 0.003, "name_wife": 0.2},
        **{"name_homophone": 0.01, "name_spaced": 0.05, "name_traditional": 0.03, "name_short": 0.01},
        **{"name_note": 0.03, "name_dotted": 0.3, "name_infant": 0.2},
    },
    beside={
        **{"birth_lunar": 0.05, "birth_year_off": 0.02, "birth_other": 0.01, "village_merged": 0.05},
        **{"village_other": 0.03, "phone_other": 0.12, "phone_of_cadre": 0.03, "sex_other": 0.003},
    },
    blank={"birth": 0.15, "sex": 0.05, "township": 0.08, "village": 0.1, "phone": 0.35, "guardian": 0.2},
    no_number=0.8,
    rewritten=0.4,
    register={"id_15": 0.01, "id_digit": 0.002, "id_missing": 0.001},
    faults=_ALL,
)

UNSEEN_2 = Mix(
    name="unseen-2",
    numbers={
        **{"id_cut": 0.09, "id_scientific_long": 0.04, "id_scientific": 0.01, "id_digit": 0.05},
        **{"id_swapped": 0.04, "id_lost": 0.02, "id_15": 0.02, "id_masked_tail": 0.06, "id_masked": 0.02},
        **{"id_missing": 0.06, "id_member": 0.03, "id_guardian": 0.12, "id_dead_relative": 0.008},
        **{"id_next_row": 0.006, "id_other_area": 0.01, "id_labelled": 0.04, "id_doubled": 0.01},
    },
    names={
        **{"name_pet": 0.012, "name_with_head": 0.015, "name_reversed": 0.3, "name_wife": 0.15},
        **{"name_homophone": 0.07, "name_look_alike": 0.02, "name_spaced": 0.02, "name_masked": 0.04},
        **{"name_renamed": 0.015, "name_note": 0.03, "name_short": 0.015, "name_infant": 0.25},
    },
    beside={
        **{"birth_lunar": 0.08, "birth_year_off": 0.03, "village_merged": 0.03, "village_other": 0.05},
        **{"phone_of_cadre": 0.08, "phone_other": 0.1, "sex_other": 0.005},
    },
    blank={"birth": 0.2, "sex": 0.08, "township": 0.05, "village": 0.2, "phone": 0.3, "guardian": 0.3},
    no_number=1.2,
    rewritten=0.45,
    register={"id_15": 0.002, "id_digit": 0.002, "id_missing": 0.002, "id_cut": 0.001, "id_member": 0.0},
    faults=_ALL,
)

HELD_OUT = {mix.name: mix for mix in (UNSEEN_1, UNSEEN_2)}
