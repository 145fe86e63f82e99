"""Writes the two lists of the dead: the crematories' (GBK csv) and the police's."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from . import words
from .cases import Death
from .dirt import id_cell, name_cell, pick_id
from .ledger import Material
from .people import Person, is_dead_outsider
from .tables import Cell, Table, headings

CREMATIONS_FILE = "殡葬火化名单_2026年第三季度.csv"
POLICE_FILE = "公安死亡注销名单_2026年第三季度.xlsx"
CREMATIONS = headings("逝者姓名 身份证件号码 年龄 民族 家庭住址 死亡日期 火化时间 火化单位")
POLICE = headings("公民身份号码 姓名 死亡日期 死亡注销类别 受理单位 受理时间 备注")


def write_deaths(material: Material, rng: random.Random) -> None:
    """The planted deaths and those of outsiders; the two lists overlap and differ by days."""
    deaths = list(material.planted.deaths)
    for person in filter(is_dead_outsider, material.district.outsiders):
        died = date(2026, 6, 28) + timedelta(days=rng.randrange(88))
        police = died + timedelta(days=rng.choice((0, 0, 0, 1, -1, 2))) if rng.random() < 0.75 else None
        burned = police is None or rng.random() < 0.7
        deaths.append(Death(person, died, burned, police, 2 if burned and rng.random() < 0.12 else 1))
    deaths.sort(key=lambda death: (death.died, death.person.key))
    _cremations(material, [death for death in deaths if death.cremation], rng)
    _police(material, [death for death in deaths if death.police], rng)


_DEATH_DIRT = {"lower": 0.35, "wide": 0.03, "quote": 0.02, "old15": 0.12, "cut": 0.03, "wrong": 0.015}


def _cremations(material: Material, deaths: Sequence[Death], rng: random.Random) -> None:
    """GBK; some of the dead twice, the second time as the repeated report came in."""
    table = Table(material.folder, CREMATIONS_FILE, CREMATIONS, encoding="gbk")
    repeats: list[list[Cell]] = []
    again: list[tuple[Person, str, Person | None]] = []
    for death in deaths:
        person = death.person
        dirt = death.id_kind or ("plain" if death.shown else pick_id(person, rng, _DEATH_DIRT))
        town, village = material.district.place_name(person)
        if death.id_kind == "cut":  # nothing beside the name may tell who it is
            town = village = ""
        burned = death.died + timedelta(days=rng.choice((1, 2, 2, 3)))
        name = person.name + death.note if death.note else name_cell(person, rng, 0.1, "（已故）")
        cells: list[Cell] = [
            *(name, id_cell(death.shown or person, dirt), person.age_on(death.died)),
            *("维吾尔族" if "·" in person.name else "汉族", f"{words.DISTRICT}{town}{village}"),
            *(death.died.isoformat(), f"{burned:%Y-%m-%d} {rng.randint(6, 11):02d}:{rng.randrange(60):02d}"),
            rng.choice(words.CREMATORIES),
        ]
        kind, about = death.kind or dirt, death.shown or death.about
        material.note(person, table.append(cells), kind, about)
        if death.rows > 1:
            repeats.append([person.name, *cells[1:]])
            again.append((person, kind, about))
    for cells, (person, kind, about) in zip(repeats, again, strict=True):
        material.note(person, table.append(cells), kind, about)
    table.close()


def _police(material: Material, deaths: Sequence[Death], rng: random.Random) -> None:
    table = Table(material.folder, POLICE_FILE, POLICE)
    for death in deaths:
        assert death.police is not None
        dirt = death.id_kind if death.id_kind == "wide" else "plain"
        seen = death.police + timedelta(days=rng.randint(1, 6))
        cells: list[Cell] = [
            *(id_cell(death.person, dirt), name_cell(death.person, rng, 0.06), f"{death.police:%Y%m%d}"),
            *(rng.choice(("正常死亡", "正常死亡", "正常死亡", "非正常死亡")), rng.choice(words.POLICE)),
            *(f"{seen:%Y-%m-%d} {rng.randint(9, 16):02d}:{rng.randrange(60):02d}:00", None),
        ]
        material.note(death.person, table.append(cells), dirt)
    table.close()
