"""Writes what the other departments send: disability cards, the unemployed, the bank's answer, and the rest."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from . import words
from .cases import CardEntry, Planted
from .deaths import write_deaths
from .dirt import id_cell, name_cell, pick_id
from .district import District
from .ledger import Ledger, Material
from .people import Person, is_dead_outsider
from .settlements import write_settlements
from .tables import Book, Cell, Table, headings, yuan

CARDS_FILE = "持证残疾人名单2026年三季度.xlsx"
JOBLESS_FILE = "登记失业人员名单_2026年9月.xlsx"
RETURN_FILE = "低保代发回盘_202609.xlsx"

CARDS = headings("姓名 身份证号码 残疾人证号 残疾类别 残疾等级 状态 乡镇 村 联系电话 初次领证日期 备注")
JOBLESS = headings("序号 姓名 身份证号 失业登记日期 失业原因 就业困难人员类别 状态")
RETURN = headings("序号 户名 账号 金额 开户行 用途 处理结果 失败原因 处理日期 流水号")


def write_departments(folder: Path, district: District, planted: Planted, ledger: Ledger, seed: int) -> None:
    """All department files; each has its own random numbers, so that one can change alone."""
    living = [person for person in district.outsiders if not is_dead_outsider(person)]
    material = Material(folder, district, planted, ledger, [*district.rostered(), *living])
    for write in (_cards, write_deaths, write_settlements, _jobless, _bank_return):
        write(material, random.Random(f"{seed}/{write.__name__}"))


# ---------------------------------------------------------------- 残联


def _cards(material: Material, rng: random.Random) -> None:
    """Cover sheet, then title, blank row, header; one number in eight typed as a number."""
    book, sheet = Book(material.folder / CARDS_FILE), "持证名单"
    for line in (
        "持证残疾人名单说明",
        "一、本名单由示例区残联提供，统计截至2026年9月30日。",
        "二、数据在第二张表“持证名单”。",
        "三、残疾人证号为公民身份号码加残疾类别1位、残疾等级1位。",
    ):
        book.append("说明", [line])
    book.append(sheet, ["示例区持证残疾人名单（2026年三季度）"])
    book.append(sheet, [])
    book.append(sheet, CARDS)
    cuts = 0
    listed = sorted(
        filter(lambda person: person.disability, material.known), key=lambda person: person.township
    )
    for number, person in enumerate(listed):
        if number == len(listed) // 2:
            place = book.append(
                sheet, [None, None, None, "肢体", "三级", "正常", *material.district.place_name(person)]
            )
            material.ledger.row(place, empty=True)
        entry = material.planted.cards.get(person.key)
        dirt = entry.id_kind if entry else pick_id(person, rng, _CARD_DIRT)
        cut = dirt == "number"
        cuts += cut and not person.planted
        shown = cuts % 6 == 1 and not person.planted if cut else rng.random() < 0.45
        card = person.card_number if shown else None
        cells = _card_cells(material.district, person, rng, id_cell(person, dirt), card)
        if entry:
            _write_as(entry, cells)
        place = book.append(sheet, cells)
        if cut and card:
            material.ledger.row(place)
            material.ledger.mention_by_card(person, place)
        else:
            material.note(person, place, entry.kind if entry else dirt, entry.about if entry else None)
    book.close()


def _write_as(entry: CardEntry, cells: list[Cell]) -> None:
    """Puts a planted row's own writing into the cells; nothing else may tell who it is."""
    cells[0] = entry.name or cells[0]
    if entry.number_of:
        cells[1] = entry.number_of.id_number
    cells[2] = cells[8] = None
    if not entry.with_place:
        cells[6] = cells[7] = None


_CARD_DIRT = {"number": 0.14, "lower": 0.35, "wide": 0.03, "quote": 0.03, "old15": 0.04, "wrong": 0.012}


def _card_cells(
    district: District, person: Person, rng: random.Random, number: Cell, card: Cell
) -> list[Cell]:
    assert person.disability is not None
    category, grade = person.disability
    first = date(2009, 1, 1) + timedelta(days=rng.randrange(6000))
    return [
        name_cell(person, rng, 0.12, dots="•．."),
        *(number, card, words.CATEGORIES[category - 1] + rng.choice(("", "", "残疾"))),
        rng.choice(
            (f"{words.GRADES[grade - 1]}级", f"{words.GRADES[grade - 1]}级", f"{grade}级", str(grade))
        ),
        *(person.card, *district.place_name(person), person.phone if rng.random() < 0.6 else None),
        rng.choice((f"{first:%Y-%m-%d}", f"{first:%Y%m%d}", f"{first.year}.{first.month}.{first.day}")),
        None,
    ]


# ---------------------------------------------------------------- 人社


def _jobless(material: Material, rng: random.Random) -> None:
    """One sheet a township; one township masks the numbers, some rows lack theirs or bear another's."""
    book = Book(material.folder / JOBLESS_FILE)
    heads = {home.head.key for home in material.district.households["rural"]}
    able = [who for who in material.known if 1967 <= who.birth.year <= 2007 and rng.random() < 0.3]
    for number, (town, _, _) in enumerate(material.district.towns):
        book.append(town, [f"示例区2026年9月登记失业人员名单（{town}）"])
        book.append(town, JOBLESS)
        here = [person for person in able if person.township == number]
        for index, person in enumerate(here):
            keeper = here[index - 1]
            dirt = "masked" if number == _MASKED_TOWN else pick_id(person, rng, _JOBLESS_DIRT)
            other = keeper.key in heads and keeper.name != person.name
            shown = keeper if dirt == "plain" and other and rng.random() < 0.05 else person
            cells = [
                index + 1,
                name_cell(person, rng, 0.12, dots="•．."),
                id_cell(shown, dirt),
                *_jobless_cells(rng),
            ]
            kind = dirt if shown is person else "others_number"
            material.note(person, book.append(town, cells), kind, shown)
    book.close()


_MASKED_TOWN = 2
_OTHER_DIRT = {"lower": 0.35, "wide": 0.04, "quote": 0.05, "spaced": 0.04, "old15": 0.04}
_JOBLESS_DIRT = {**_OTHER_DIRT, "wrong": 0.02, "none": 0.02}


def _jobless_cells(rng: random.Random) -> list[Cell]:
    day = date(2024, 1, 5) + timedelta(days=rng.randrange(985))
    return [
        rng.choice((f"{day:%Y-%m-%d}", f"{day.year}/{day.month}/{day.day}")),
        rng.choice(words.JOBLESS_REASONS),
        rng.choice(words.HARD_TO_PLACE) or None,
        rng.choice(("登记失业", "登记失业", "登记失业", "已注销")),
    ]


# ---------------------------------------------------------------- 代发银行


def _bank_return(material: Material, rng: random.Random) -> None:
    """September as the bank answered it: without October's newcomers, with some who have left since."""
    table = Table(material.folder, RETURN_FILE, RETURN)
    failed = {
        home.case: words.FAIL_REASONS[n % len(words.FAIL_REASONS)]
        for n, home in enumerate(material.planted.failed)
    }
    lines = []
    for kind, label in (("rural", "农村"), ("urban", "城市")):
        homes = material.district.households[kind]
        for home in homes:
            if home.since < "202610":
                fen = home.total - 2_000 * (kind == "rural" and rng.random() < 0.04)
                lines.append((home.holder, home.account, fen, label, failed.get(home.case)))
        for person in rng.sample(material.district.outsiders, max(1, len(homes) // 80)):
            lines.append((person.name, material.district.new_account(), 38_000, label, None))
    for number, (holder, account, fen, label, reason) in enumerate(lines, start=1):
        place = table.append(
            [
                *(number, holder, account, yuan(fen), words.BANK, f"2026年9月{label}低保金"),
                *("失败" if reason else "成功", reason, "2026-09-10", f"20260910{number:08d}"),
            ]
        )
        material.ledger.row(place)
    table.close()
