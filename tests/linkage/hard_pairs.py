"""The table of hard pairs (`hard_pairs.csv`): rows as mentions of a small register and a department.

The left record is on the register, in a household of its own, the right one comes from a department.
``背景`` says what else is known, parts divided by ``；``: ``同户：`` (of the left one's household), ``在册：``
(of another), ``部门：`` (not on the register), each with ``项 值`` divided by ``，``; or ``左不在册``,
``右在册``, ``右同户`` for the two records themselves.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np

from aidcli import idnumber, names
from aidcli.intake.coercion import dates
from aidcli.intake.coercion.cells import CellError
from aidcli.linkage.anchors import anchor, mention_key
from aidcli.linkage.candidates import find_candidates
from aidcli.linkage.evidence import Evidence, decode
from aidcli.linkage.features import lay_out
from aidcli.linkage.kernel import compare
from aidcli.linkage.resolve import resolve
from aidcli.linkage.scoring import Model
from aidcli.linkage.wording import sentence
from aidcli.model import Identity, Mention

TABLE = Path(__file__).with_name("hard_pairs.csv")
SIDE = ("姓名", "证件号", "出生日期", "性别", "乡镇", "村", "电话", "曾用名")
HEADINGS = (
    "编号",
    "情形",
    *("左" + one for one in SIDE),
    *("右" + one for one in SIDE),
    "背景",
    "应得",
    "依据",
    "理由",
)
TIERS = ("自动", "待确认", "不是")
FLAGS = ("左不在册", "右在册", "右同户")
HOMES = {"同户": "left", "在册": "other", "部门": ""}


class Outcome(NamedTuple):
    """What the matcher makes of a row; `tier` is one of `TIERS`, `found` says that the two were compared."""

    tier: str
    sentence: str
    found: bool
    points: int
    evidence: Evidence


def read_table() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def identity_of(cells: dict[str, str]) -> Identity:
    """A record as it is read from a spreadsheet's cells."""
    reading = idnumber.read(cells.get("证件号", ""))
    born = idnumber.birth_date(reading.value) if reading.whole else None
    raw = cells.get("姓名", "")
    return Identity(
        name=names.compact(raw),
        id_kind=reading.kind,
        id_value=reading.value,
        birth=_birth(cells.get("出生日期", "")) or (born.isoformat() if born else ""),
        sex={"男": "male", "女": "female", "": ""}[cells.get("性别", "")]
        or (idnumber.sex(reading.value) if reading.whole else ""),
        township=cells.get("乡镇", ""),
        village=cells.get("村", ""),
        phone=cells.get("电话", ""),
        former_name=names.compact(cells.get("曾用名", "")) or names.former(raw),
    )


def _birth(raw: str) -> str:
    """A day, or a month where no day is given."""
    if not raw:
        return ""
    try:
        return dates.day(raw) or ""
    except CellError:
        return dates.month(raw) or ""


def mention(identity: Identity, source: str, home: str, place: str = "") -> Mention:
    key = mention_key(source, identity, place)
    return Mention(key, source, identity, *anchor(key, identity, bool(home)), home)


def pool_of(row: dict[str, str]) -> list[Mention]:
    """The two records of a row first, then those of its background."""
    flags, others = background(row["背景"])
    left = identity_of({field: row["左" + field] for field in SIDE})
    right = identity_of({field: row["右" + field] for field in SIDE})
    right_home = "left" if "右同户" in flags else "right" if "右在册" in flags else ""
    pool = [
        mention(left, "left", "" if "左不在册" in flags else "left", "left"),
        mention(right, "right", right_home, "right"),
    ]
    for number, (home, cells) in enumerate(others):
        home = f"other{number}" if home == "other" else home
        pool.append(mention(identity_of(cells), "other", home, str(number)))
    return pool


def background(text: str) -> tuple[list[str], list[tuple[str, dict[str, str]]]]:
    """(flags, (home, cells) of each further record); raises `ValueError` for what it does not know."""
    flags, others = [], []
    for part in filter(None, text.split("；")):
        head, colon, rest = part.partition("：")
        if not colon and head in FLAGS:
            flags.append(head)
            continue
        cells = dict(item.split(" ", 1) for item in rest.split("，"))
        if head not in HOMES or not cells.keys() <= set(SIDE):
            raise ValueError(f"背景里不认识“{part}”")
        others.append((HOMES[head], cells))
    return flags, others


def outcome(pool: list[Mention], model: Model) -> Outcome:
    """What becomes of the first two mentions of a pool."""
    left, right = pool[0], pool[1]
    result = resolve(pool, [], model)
    person = {link.mention: link.person for link in result.links}
    asked = {frozenset((pair.left, pair.right)) for pair in result.pairs}
    tier = "待确认" if frozenset((left.key, right.key)) in asked else "不是"
    if person[left.key] == person[right.key]:
        tier = "自动"
    code, found = code_of(pool, model)
    return Outcome(
        tier, sentence(f"{code:010}", left.identity, right.identity), found, model.score(code), decode(code)
    )


def code_of(pool: list[Mention], model: Model) -> tuple[int, bool]:
    """The evidence code of the first two of a pool, and whether they meet by a key or a household."""
    features = lay_out([one.identity for one in pool], [one.home for one in pool], model.lore)
    found = find_candidates(features)
    here = np.flatnonzero((found.left == 0) & (found.right == 1))
    home = found.home[here] if here.size else np.zeros(1, np.int8)
    return int(compare(features, np.array([0]), np.array([1]), home)[0]), bool(here.size)
