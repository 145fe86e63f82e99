"""Reads the sample files with the plain readers and judges them anew, knowing nothing of the generator."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import xlrd

from aidcli import idnumber, names
from sample_data import generate

RURAL, URBAN = "农村低保家庭查询", "城市低保家庭查询"
TEKUN, MARGIN = "特困人员家庭查询", "低保边缘家庭花名册"
CARDS, BILLS, JOBLESS, RETURN = "持证残疾人名单", "医保住院结算明细", "登记失业人员名单", "低保代发回盘"
CREMATED, CANCELLED = "殡葬火化名单", "公安死亡注销名单"
_HEADER_ROWS = {MARGIN: 3, CARDS: 3, JOBLESS: 2}
_ID_COLUMNS = ("户主身份证号", "身份证号", "身份证号码", "身份证件号码", "公民身份号码", "证件号码")
_NAME_COLUMNS = ("户主姓名", "姓名", "逝者姓名", "人员姓名")

Place = tuple[str, str, int, int, str]


class Row(NamedTuple):
    file: str
    sheet: str
    number: int
    cells: dict[str, Any]

    def fen(self, column: str) -> int:
        value = Decimal(str(self.cells[column])) * 100
        assert value == int(value)
        return int(value)


class Mention(NamedTuple):
    place: Place
    name: str
    reading: idnumber.IdReading


class Made(NamedTuple):
    """What one run of the generator left: the files, the answers, how often each case was planted."""

    inputs: Path
    expected: dict[str, Any]
    sets: int

    def alerts(self, rule: str) -> list[dict[str, Any]]:
        return [alert for alert in self.expected["alerts"] if alert["rule"] == rule]

    def near_misses(self, kind: str) -> list[dict[str, Any]]:
        return [miss for miss in self.expected["near_misses"] if miss["kind"] == kind]

    def flagged(self) -> set[tuple[str, str | None, str | None]]:
        """(rule, ID number, account) of the expected alerts."""
        return {(a["rule"], a["id_number"], a["account"]) for a in self.expected["alerts"]}

    def file(self, kind: str) -> Path:
        return next(path for path in self.inputs.iterdir() if kind_of(path.name) == kind)


class Standing(NamedTuple):
    """A person in a household of a roster."""

    kind: str
    household: str
    size: int
    case: str | None


def make(out: Path, households: int, seed: int) -> Made:
    generate.generate(out, households=households, seed=seed)
    expected = json.loads((out / "expected/expected.json").read_text("utf-8"))
    return Made(out / "inputs", expected, households // 200)


def kind_of(file: str) -> str:
    return file.split("_")[0].split("2026")[0]


def sheets(path: Path) -> Iterator[tuple[str, list[list[Any]]]]:
    """Every sheet as rows of cells, by the reader that fits the file."""
    if path.suffix == ".xlsx":
        for sheet in openpyxl.load_workbook(path):
            yield sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]
    elif path.suffix == ".xls":
        for sheet in xlrd.open_workbook(str(path)).sheets():
            yield sheet.name, [[cell or None for cell in sheet.row_values(n)] for n in range(sheet.nrows)]
    else:
        encoding = "utf-8-sig" if path.read_bytes().startswith(b"\xef\xbb\xbf") else "gbk"
        with path.open(encoding=encoding, newline="") as stream:
            yield path.stem, [[cell or None for cell in row] for row in csv.reader(stream)]


@cache
def rows(folder: Path, kind: str = "") -> list[Row]:
    """Data rows: no titles, totals, signatures, blank lines or cover sheets. Kept: nobody rewrites them."""
    found = []
    for path in sorted(folder.iterdir()):
        if kind and kind_of(path.name) != kind:
            continue
        header = _HEADER_ROWS.get(kind_of(path.name), 1)
        for sheet, lines in sheets(path):
            if sheet == "说明":
                continue
            for number, line in enumerate(lines[header:], start=header + 1):
                if any(line) and not str(line[0]).startswith(("小计", "合计", "制表人")):
                    found.append(
                        Row(path.name, sheet, number, dict(zip(lines[header - 1], line, strict=False)))
                    )
    return found


def _mention(row: Row, role: str, ordinal: int, name: Any, number: Any) -> Mention:
    # 15 digits are all that a numeric cell holds; the float itself would show others behind them
    text = f"{Decimal(repr(number)):f}" if isinstance(number, float) else str(number or "")
    reading = idnumber.read(text, was_number=isinstance(number, float))
    return Mention((row.file, row.sheet, row.number, ordinal, role), names.compact(name), reading)


def mentions(row: Row) -> Iterator[Mention]:
    """Everybody a row names together with a number."""
    name = next((row.cells[key] for key in _NAME_COLUMNS if row.cells.get(key)), None)
    keys = ("身份证号",) if "姓名" in row.cells and "身份证号" in row.cells else _ID_COLUMNS
    number = next((row.cells[key] for key in keys if row.cells.get(key)), None)
    if name is None:
        return
    relation = row.cells.get("与户主关系")
    role = "head" if "户主姓名" in row.cells or relation == "户主" else "member" if relation else "subject"
    main = _mention(row, role, 0, name, number)
    card = row.cells.get("残疾人证号")
    if main.reading.kind == "cut" and card:
        main = main._replace(reading=idnumber.read(card))
    yield main
    listed = (
        (row.cells.get("家庭成员姓名") or "").split("；"),
        (row.cells.get("家庭成员身份证号") or "").split("；"),
    )
    others = [pair for pair in zip(*listed, strict=True) if pair[1] and pair[1] != number]
    for ordinal, (member, member_number) in enumerate(others):
        yield _mention(row, "member", ordinal, member, member_number)
    if row.cells.get("照料人姓名"):
        yield _mention(row, "carer", 0, row.cells["照料人姓名"], row.cells["照料人身份证号"])


def strict_groups(found: list[Row]) -> set[frozenset[Place]]:
    """Places with the same whole number and the same name, where they lie in two files or more."""
    groups: dict[tuple[str, str], set[Place]] = defaultdict(set)
    for row in found:
        for mention in mentions(row):
            if mention.reading.whole:
                groups[mention.reading.value, mention.name].add(mention.place)
    return {frozenset(group) for group in groups.values() if len({place[0] for place in group}) > 1}


def people(found: list[Row]) -> dict[tuple[str, str], list[Row]]:
    """Rows by whole number and name of the person they are about."""
    by_person: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in found:
        main = next(mentions(row), None)
        if main and main.reading.whole:
            by_person[main.reading.value, main.name].append(row)
    return by_person


def recognised(folder: Path, kind: str) -> dict[tuple[str, str], list[Row]]:
    """The same, with the rows that two clerks would put right: what is left of a number together with the
    name fits one person on the rosters; or the number is that of the household's other member.
    """
    roster = standings(folder)
    found = people(rows(folder, kind))
    for row in rows(folder, kind):
        main = next(mentions(row), None)
        if main is None or (main.reading.whole and (main.reading.value, main.name) in roster):
            continue
        homes = {
            place.household
            for (number, _), places in roster.items()
            for place in places
            if main.reading.whole and number == main.reading.value
        }
        fitting = [
            who
            for who, places in roster.items()
            if who[1] == main.name
            and (
                (main.reading.kind == "cut" and who[0].startswith(main.reading.value))
                or homes & {place.household for place in places}
            )
        ]
        if len(fitting) == 1:
            found[fitting[0]].append(row)
    return found


@cache
def standings(folder: Path) -> dict[tuple[str, str], list[Standing]]:
    """Who is on which roster, in which household. Kept: nobody changes it."""
    found: dict[tuple[str, str], list[Standing]] = defaultdict(list)
    for kind in (RURAL, URBAN, TEKUN):
        for row in rows(folder, kind):
            case = row.cells["低保（特困）证号"]
            for mention in mentions(row):
                if mention.reading.whole:
                    standing = Standing(kind, case, int(row.cells["家庭人口数"]), case)
                    found[mention.reading.value, mention.name].append(standing)
    household, size = "", 0
    for row in rows(folder, MARGIN):
        if row.cells["与户主关系"] == "户主":
            household, size = f"margin {row.number}", row.cells["家庭人口"]
        for mention in mentions(row):
            if mention.reading.whole:
                found[mention.reading.value, mention.name].append(Standing(MARGIN, household, size, None))
    return found


def judge(folder: Path) -> set[tuple[str, str | None, str | None]]:
    """(rule, ID number, account) of everything the five rules find in the files."""
    roster = standings(folder)
    dead = recognised(folder, CREMATED).keys() | recognised(folder, CANCELLED).keys()
    found: set[tuple[str, str | None, str | None]] = set()
    for person in dead & roster.keys():
        found.add(("roster_after_death", person[0], None))
    for person, places in roster.items():
        kinds = {place.kind for place in places}
        alone = all(place.size == 1 for place in places if place.kind in (RURAL, URBAN))
        if len(kinds - {MARGIN}) > 1 or (kinds & {RURAL, URBAN} and MARGIN in kinds and not alone):
            found.add(("exclusive_programmes", person[0], None))
    for person, cards in recognised(folder, CARDS).items():
        if {place.kind for place in roster.get(person, ())} == {MARGIN} and any(map(_severe, cards)):
            found.add(("severe_disability_not_in_dibao", person[0], None))
    for person, bills in recognised(folder, BILLS).items():
        inside = [bill for bill in bills if "2025-10-09" <= bill.cells["结算时间"][:10] <= "2026-10-08"]
        if sum(bill.fen("个人负担总金额") - bill.fen("全自费金额") for bill in inside) >= 2_000_000:
            found.add(("medical_self_paid_12m", person[0], None))
    return found | {("account_shared", None, account) for account in shared_accounts(folder)}


def _severe(row: Row) -> bool:
    grade = {"一": 1, "二": 2, "三": 3, "四": 4}.get(row.cells["残疾等级"][0]) or int(
        row.cells["残疾等级"][0]
    )
    slight = row.cells["残疾类别"].removesuffix("残疾") not in ("智力", "精神")
    return row.cells["状态"] == "正常" and (grade <= 2 or (grade == 3 and not slight))


def shared_accounts(folder: Path) -> dict[str, set[str]]:
    """Accounts of two households or more, with the case numbers; institutions' own are left out."""
    users: dict[str, set[str]] = defaultdict(set)
    for kind in (RURAL, URBAN, TEKUN):
        for row in rows(folder, kind):
            if row.cells.get("供养方式") != "集中供养":
                users[row.cells["银行帐号"]].add(row.cells["低保（特困）证号"])
    return {account: cases for account, cases in users.items() if len(cases) > 1}
