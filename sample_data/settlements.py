"""Writes the health insurance's settlements, several rows a person."""

from __future__ import annotations

import random
from datetime import date, timedelta

from . import words
from .cases import Bill
from .dirt import id_cell, pick_id
from .ledger import Material
from .people import Person
from .tables import Cell, Table, headings, yuan_text

FILE = "医保住院结算明细_202510-202609.csv"
HEADER = headings("""
    人员编号 人员姓名 证件号码 险种类型 人员类别 结算时间 医疗类别 病种名称 医疗费总额 全自费金额
    基本医疗保险统筹基金支出 居民大病保险资金支出 医疗救助基金支出 基金支付总额
    个人负担总金额 个人账户支出 现金支付金额
""")


def write_settlements(material: Material, rng: random.Random) -> None:
    """Every person's settlements together; nobody reaches the threshold but those planted."""
    table = Table(material.folder, FILE, HEADER, encoding="utf-8-sig")
    insured = list(material.known)
    rng.shuffle(insured)
    for person in insured:
        bills = material.planted.bills.get(person.key) or _background_bills(person, rng)
        for bill in bills:
            place = table.append(_bill_cells(person, bill, rng))
            material.note(person, place, bill.kind or bill.id_kind, bill.shown)
    table.close()


_BILL_DIRT = {"lower": 0.35, "wide": 0.02, "old15": 0.05}


def _background_bills(person: Person, rng: random.Random) -> list[Bill]:
    """None to six small bills: at most 13,200 yuan together."""
    if person.planted or rng.random() > 0.36:
        return []
    dirt = pick_id(person, rng, _BILL_DIRT)
    days = sorted(
        date(2025, 10, 1) + timedelta(days=rng.randrange(365)) for _ in range(rng.choice((1, 1, 2, 3, 4, 6)))
    )
    if len(days) == 1 and rng.random() < 0.06:
        dirt = "wrong"
    bills = []
    for day in days:
        borne = rng.randrange(8_000, 220_000)
        bills.append(Bill(day, borne, rng.randrange(borne // 3) if rng.random() < 0.5 else 0, dirt))
    return bills


def _bill_cells(person: Person, bill: Bill, rng: random.Random) -> list[Cell]:
    """医疗费总额 = 基金支付总额 + 个人负担总金额; the latter = 个人账户支出 + 现金支付金额, 全自费 included."""
    pooled = bill.borne * rng.randint(60, 180) // 100
    serious = bill.borne // 4 if bill.borne > 500_000 else 0
    aid = bill.borne // 6 if rng.random() < 0.4 else 0
    funds = pooled + serious + aid
    account = min(bill.borne, rng.randrange(0, 30_000)) if rng.random() < 0.2 else 0
    return [
        *(f"9901{person.key:012d}", bill.name or person.name, id_cell(bill.shown or person, bill.id_kind)),
        *("城乡居民基本医疗保险", rng.choice(("普通居民", "困难居民"))),
        f"{bill.day:%Y-%m-%d} {rng.randint(8, 17):02d}:{rng.randrange(60):02d}:{rng.randrange(60):02d}",
        *("普通住院", rng.choice(words.ILLNESSES)),
        *map(yuan_text, (funds + bill.borne, bill.excluded, pooled, serious, aid, funds)),
        *map(yuan_text, (bill.borne, account, bill.borne - account)),
    ]
