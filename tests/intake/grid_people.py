"""Invented people as rows of the lists of several sources: what is true of them, before anybody lays it out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from cell_spellings import words_of
from intake_files import TEMPLATES, id_number

from aidcli.intake import Template
from aidcli.intake.fields import FIELDS
from aidcli.intake.rows.sums.sumparts import PARTS

# Sources whose lists are laid out; between them every type of cell, rosters and departments, members in one
# cell, in columns of their own, and under their head.
FILES = {
    "dibao_rural_household": "农村低保家庭查询202609",
    "dibao_rural_person": "农村低保人员查询202609",
    "dibao_register": "低保大排榜202609",
    "tekun_person": "特困人员人员查询202609",
    "old_age_allowance": "高龄津贴对象202609",
    "disabled_persons": "残联持证残疾人202609",
    "registered_unemployed": "登记失业人员202609",
    "cremation": "火化名单202609",
    "medical_settlement": "医保结算明细202609",
    "pension": "养老金发放202609",
    "hardship_students": "家庭经济困难学生202609",
    "temporary_aid": "临时救助台账202609",
    "hukou": "公安户籍202609",
    "dangerous_houses": "农村危房改造202609",
}
_NAMES = ("张三丰", "李四", "欧阳建国", "阿依古丽·买买提", "王五", "赵小六", "孙七", "周一八")
_MEMBERS = ("member_name", "member_id", "member_relation")
_NOT_LAID_OUT = frozenset(
    ("outcome", "thing", "paid_state", "area", "term", "months", "days", "kind_grade")
)  # spelt in ways of their own


class Person(NamedTuple):
    """What a row of the list truly says: the plain value of each field."""

    values: dict[str, str]
    is_head: bool = True

    @property
    def who(self) -> tuple[str, str]:
        return self.values["name"], self.values["id"]


def fields_of(source: str) -> tuple[str, ...]:
    """The fields that are laid out, those without which the file is none first."""
    template = TEMPLATES[source]
    known = [
        field
        for field in template.fields
        if field not in _MEMBERS and FIELDS[field].type not in _NOT_LAID_OUT
    ]
    return tuple(sorted(known, key=lambda field: not template.fields[field].required))


def persons(source: str, fields: Sequence[str], count: int) -> list[Person]:
    """The true content: invented persons, the same for the same count."""
    chance = random.Random(count)
    template = TEMPLATES[source]
    found: list[Person] = []
    household: dict[str, str] = {}
    for number in range(count):
        values = {field: _value(field, template, number, chance) for field in fields}
        if "sex" in values:
            values["sex"] = "male" if int(values["id"][16]) % 2 else "female"
        if "child_class" in values:  # of the other class nobody is taken in
            values["child_class"] = template.programme
        values |= {field: "" for field in PARTS if field in values}  # they would have to add up
        if "birth" in values:
            born = values["id"][6:14]
            values["birth"] = f"{born[:4]}-{born[4:6]}-{born[6:]}"
        is_head = True
        if template.grouped:
            is_head = number % 3 == 0
            values["relation"] = "户主" if is_head else ("配偶", "长子")[number % 3 - 1]
            household = values if is_head else household
            values |= {field: word for field, word in household.items() if is_shared(field)}
            if "head_id" in values:
                values["head_id"] = household["id"]
        elif "relation" in values and "head_id" in values:
            is_head = number % 3 == 0
            values["relation"] = "户主" if is_head else "长子"
            household = values if is_head else household
            values["head_id"] = household["id"]
            if "head_name" in values:
                values["head_name"] = household["name"]
        found.append(Person(values, is_head))
    return found


def is_shared(field: str) -> bool:
    """Whether a field says something of the whole household."""
    return FIELDS[field].fills or FIELDS[field].household


def _value(field: str, template: Template, number: int, chance: random.Random) -> str:
    kind = FIELDS[field].type
    spare = not template.fields[field].required and field not in ("id", "relation", "sex", "birth", "total")
    if spare and not is_shared(field) and chance.random() < 0.2:
        return ""
    if field == "township":
        return ("青禾镇", "河东镇", "白塘街道")[number // 3 % 3]
    if field == "village":
        return ("东村", "西村", "北村委会")[number // 3 % 3]
    if field == "case_number":
        return f"D9901{number // 3:05d}"
    if field == "disability_card":
        return ""
    if field in ("benefit_state", "change_kind", "said_on", "said_ended", "said_dead"):
        return ""  # who has left, or may have, is another matter
    if FIELDS[field].choices:
        return chance.choice(sorted(words_of(field, template)))
    if kind == "name":
        return _NAMES[number % len(_NAMES)] if field == "name" else chance.choice(("", "吴老大"))
    if kind == "id":
        return id_number(number + 1) if field == "id" else chance.choice(("", id_number(500 + number)))
    if kind == "list":
        ids = [id_number(600 + 2 * number), id_number(601 + 2 * number)]
        return "；".join(("小明", "小红") if field == "member_names" else ids)
    if kind == "text":
        return chance.choice(("", f"内容{number % 4}号", "某某"))
    plain = {
        "phone": f"139000{number:05d}",
        "account": f"62170000123{number:05d}",
        "day": f"2026-{1 + number % 8:02d}-{1 + number % 28:02d}",
        "month": f"202{number % 6}-{1 + number % 12:02d}",
        "count": str(1 + number % 5),
        "yes_no": "是" if number % 2 else "否",
        "grade": str(1 + number % 4),
        "area": f"{60 + number}.5",
        "term": f"2027-{1 + number % 12:02d}-15",
        "months": f"202{number % 6}-{1 + number % 12:02d}至2027-{1 + number % 12:02d}",
        "days": f"202{number % 6}-{1 + number % 12:02d}-02至2027-{1 + number % 12:02d}-15",
        "outcome": "有" if number % 2 else "无",
        "thing": f"幸福路{number}号",
        "money": f"{1200 + 37 * number}.50" if number % 2 else f"{500 + number}",
    }
    return plain[kind]
