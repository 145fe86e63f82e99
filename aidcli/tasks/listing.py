"""The persons of a list, each once, with what the list says of them: the form in which lists are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..model import Fact, Identity
from ..store.rows import Stand
from ..terms import PAY_ITEMS

WHOLE = ("valid", "legacy15")
# Who is only named on the way: not a person of the list.
_ASIDE_ROLES = frozenset(("guardian", "carer", "account_holder"))
LABELS = {
    "name": "姓名",
    "id": "身份证号",
    "township": "乡镇",
    "village": "村（社区）",
    "phone": "电话",
    "birth": "出生日期",
    "case": "证号",
    "head": "户主身份证号",
    "relation": "与户主关系",
    "residence": "城乡",
    "covered": "保障人口",
    "mode": "供养方式",
    "household_size": "家庭人口",
    "account": "账号",
    "bank": "开户行",
    "account_holder": "开户人",
    "institution": "供养机构",
    "care_grade": "自理能力",
    "since": "起始月份",
    "disability": "残疾",
    "death": "死亡",
    "unemployed": "失业登记",
    "pay_result": "发放结果",
    "medical_total": "医疗费总额（元）",
    "medical_self": "个人负担（元）",
    "medical_excluded": "全自费（元）",
}

Told = tuple[str | int, ...]


class Spot(NamedTuple):
    """Where a person stands in the list."""

    sheet: str
    row: int


@dataclass
class Entry:
    """One person of a list. `told`: what is said of them, by field; money is integer fen."""

    identity: Identity
    role: str
    spots: list[Spot] = field(default_factory=list)
    told: dict[str, Told] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        return self.identity.id_kind in WHOLE


class Listed(NamedTuple):
    """A list: its persons, those who stand in one sheet more than once, and its sums.

    `households` counts rows that open one, `fen` adds their totals (their items, where no total stands).
    """

    entries: list[Entry]
    twice: list[Entry]
    households: int
    fen: int


def label(name: str) -> str:
    """A field as a clerk reads it."""
    if name.startswith("amount:"):
        return PAY_ITEMS.get(name[7:], name[7:]) + "（元）"
    return LABELS.get(name, name)


def listed(stands: Iterable[Stand]) -> Listed:
    """The persons of the rows. Who has a whole number counts once, in whatever rows and sheets they stand."""
    by_number: dict[str, Entry] = {}
    entries: list[Entry] = []
    households = fen = 0
    for stand in stands:
        facts: dict[int, list[Fact]] = defaultdict(list)
        for fact in stand.record.facts:
            facts[fact.person].append(fact)
        opened, sum_ = _household(facts[0])
        households, fen = households + opened, fen + sum_
        for index, named in enumerate(stand.record.persons):
            if named.role in _ASIDE_ROLES:
                continue
            identity = named.identity
            entry = by_number.get(identity.id_value) if identity.id_kind in WHOLE else None
            if entry is None:
                entry = Entry(identity, named.role)
                entries.append(entry)
                if entry.whole:
                    by_number[identity.id_value] = entry
            entry.spots.append(Spot(stand.sheet, stand.row))
            for name, told in _told(identity, facts[index]).items():
                entry.told.setdefault(name, told)
    return Listed(entries, _twice(entries), households, fen)


def _household(facts: Iterable[Fact]) -> tuple[int, int]:
    amounts: dict[str, int] = {}
    opened = 0
    for fact in facts:
        opened = opened or int(fact.kind == "enrolled")
        if fact.kind == "amount" and fact.fen is not None:
            amounts[fact.code] = amounts.get(fact.code, 0) + fact.fen
    total = amounts.pop("total", None)
    return opened, (sum(amounts.values()) if total is None else total) if opened else 0


def _told(identity: Identity, facts: Iterable[Fact]) -> dict[str, Told]:
    found: dict[str, list[str | int]] = defaultdict(list)
    for name in ("name", "township", "village", "phone"):
        said = getattr(identity, name)
        if said:
            found[name].append(said)
    for fact in facts:
        for name, value in _of_fact(fact).items():
            found[name].append(value)
    return {name: tuple(sorted(values, key=str)) for name, values in found.items()}


def _of_fact(fact: Fact) -> Mapping[str, str | int]:
    """Field → value of one fact, months of the list left out."""
    kind = fact.kind
    if kind == "amount":
        return {f"amount:{fact.code}": fact.fen} if fact.fen is not None else {}
    if kind == "enrolled":
        told = {"covered": fact.num, "mode": fact.text}
    elif kind == "member":
        told = {"relation": fact.text}
    elif kind == "account":
        told = {"account": fact.text, "bank": fact.code}
    elif kind in ("case", "head", "account_holder", "institution"):
        told = {kind: fact.text}
    elif kind in ("residence", "care_grade"):
        told = {kind: fact.code}
    elif kind == "household_size":
        told = {kind: fact.num}
    elif kind == "since":
        told = {kind: fact.month}
    elif kind.startswith("medical_"):
        told = {kind: fact.fen}
    else:
        parts = (fact.day, fact.code, fact.num, fact.text, None if fact.fen is None else f"{fact.fen}分")
        told = {kind: " ".join(str(part) for part in parts if part not in (None, ""))}
    return {name: value for name, value in told.items() if value not in (None, "")}


def _twice(entries: Iterable[Entry]) -> list[Entry]:
    """Persons who stand in one sheet more than once, by their number, whole or not, and name."""
    alike: dict[tuple[str, str, str], Entry] = {}
    found: list[Entry] = []
    for entry in entries:
        if entry.whole:
            sheets = [spot.sheet for spot in entry.spots]
            if len(set(sheets)) < len(sheets):
                found.append(entry)
        elif entry.identity.id_value:
            key = (entry.identity.name, entry.identity.id_value, entry.spots[0].sheet)
            first = alike.setdefault(key, Entry(entry.identity, entry.role, [], entry.told))
            first.spots += entry.spots
    return found + [entry for entry in alike.values() if len(entry.spots) > 1]
