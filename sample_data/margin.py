"""Writes the district's own 低保边缘 list, kept by hand: merged cells, subtotals, signatures, dirt."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from .cases import Planted
from .dirt import id_cell, name_cell, pick_id
from .district import District, Household, in_order
from .ledger import Ledger
from .people import Person
from .tables import Book, Cell, Place, headings, yuan

FILE = "低保边缘家庭花名册_2026年10月.xlsx"
HEADER = headings("序号 乡镇 村 姓名 身份证号 与户主关系 家庭人口 人均月收入（元） 纳入月份 联系电话 备注")
_SHEET = "边缘家庭"
_DIRT = {"lower": 0.35, "wide": 0.03, "quote": 0.03, "spaced": 0.02, "wrong": 0.02}


class MarginList:
    """The district's own list: title, merged places, the head's row then the members', subtotals, signatures."""

    def __init__(self, folder: Path, district: District, planted: Planted, ledger: Ledger, seed: int) -> None:
        self._book = Book(folder / FILE)
        self._twice = planted.twice
        self._district, self._ledger, self._rng = district, ledger, random.Random(f"{seed}/margin")
        self._number = 0

    def write(self) -> None:
        self._line(["示例区2026年10月最低生活保障边缘家庭花名册"])
        self._line(["填报单位（盖章）：示例区民政局    单位：元、人"])
        self._line(HEADER)
        for title in ("A1:K1", "A2:K2"):
            self._book.merge(_SHEET, title)
        total = 0
        for _, township in groupby(
            in_order(self._district.households["margin"]), key=lambda home: home.township
        ):
            villages = groupby(township, key=lambda home: (home.urban, home.village))
            persons = sum(self._village(list(homes)) for _, homes in villages)
            self._line(["小计", None, None, None, None, None, persons])
            total += persons
        self._line(["合计", None, None, None, None, None, total])
        self._line([])
        self._line(["制表人：　　审核人：　　分管领导："])
        self._book.close()

    def _line(self, cells: Sequence[Cell]) -> Place:
        return self._book.append(_SHEET, cells)

    def _village(self, homes: list[Household]) -> int:
        """The rows of a village, township and village merged over them; gives the number of persons."""
        rows: list[int] = []
        for home in homes:
            for person, relation in home.covered():
                rows.append(self._person(home, person, relation, first=not rows))
        if len(rows) > 1:
            for column in "BC":
                self._book.merge(_SHEET, f"{column}{rows[0]}:{column}{rows[-1]}")
        return len(rows)

    def _person(self, home: Household, person: Person, relation: str, *, first: bool) -> int:
        """One row; a merged cell holds its value in the village's first row only."""
        head, dirt = person is home.head, pick_id(person, self._rng, _DIRT)
        kind = "twice" if person.key in self._twice else dirt
        number = id_cell(person, "slip" if kind == "twice" else dirt)
        town, village = self._district.place_name(home) if first else (None, None)
        self._number += 1
        place = self._line(
            [
                *(self._number, town, village, name_cell(person, self._rng, 0.15, dots="•．.")),
                number,
                *(relation, home.size if head else None, yuan(home.income)),
                *(f"{home.since[:4]}年{int(home.since[4:])}月", home.head.phone if head else None, None),
            ]
        )
        self._ledger.row(place)
        self._ledger.mention(person, place, "head" if head else "member", dirt=kind)
        return place.row
