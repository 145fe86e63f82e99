"""Which questions come first: what hangs on the answer, then how surely a person can give it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ..linkage.anchors import WHOLE
from ..linkage.evidence import HomeLevel, IdLevel, decode
from ..linkage.namelevels import NameLevel
from ..money import yuan
from ..months import month_of
from ..store import Session, pairs
from ..store.pairs import AskedRow, PaidRow, SideRow
from ..terms import SHORT_PROGRAMMES
from .view import StoreView

# What a clerk can hold against a document, best first; partial numbers next, nothing last.
_WHOLE = {
    IdLevel.SAME,
    IdLevel.SAME_OLD,
    IdLevel.SLIP,
    IdLevel.SLIPS,
    IdLevel.OTHER_SAME,
    IdLevel.NEAR_VALID,
    IdLevel.DIFFERENT_VALID,
}
_CHECKS = (
    "两边号码都完整，可与证件核对",
    "两边是同一个号码：看证件上是谁，再问填的是不是本人",
    "有一边号码不全，可向来文单位要完整号码",
    "有一边填的像是别人的号码，要看本人的证件或户口簿",
    "没有可比的号码，须问本人或村里",
)
_BY_CARD, _ONE_NUMBER, _PARTLY, _LENT, _NOTHING = range(len(_CHECKS))
_SAME_NUMBER = {IdLevel.SAME, IdLevel.SAME_OLD, IdLevel.OTHER_SAME}
_OF_OTHERS = {HomeLevel.OWNER, HomeLevel.LENT}
_CHILD = {NameLevel.INFANT, NameLevel.INFANT_ONE_OF}


class Stake(NamedTuple):
    """What hangs on a question: open alerts, money a month in fen, and both in words."""

    alerts: int
    fen: int
    registered: bool
    text: str


NO_STAKE = Stake(0, 0, False, "")


class Ranked(NamedTuple):
    """A question with its place in the order (from 1), what hangs on it, and how it can be settled."""

    row: AskedRow
    rank: int
    stake: Stake = NO_STAKE
    check: str = ""


class _Standing(NamedTuple):
    household: str
    programme: str
    fen: int


def ranked(
    session: Session, asked: Iterable[AskedRow], sides: dict[str, SideRow], as_of: date
) -> list[Ranked]:
    """Questions in the order in which they are best answered.

    Open alerts first, then money, then who is merely listed, last two persons on nobody's register; among
    these more money, then what can be settled, then the strongest evidence.
    """
    rows = list(asked)
    persons = {side.person for side in sides.values() if side.person}
    alerts = pairs.alerts_of(session, persons)
    standing = _standing(session, persons, as_of)
    paid: dict[str, list[PaidRow]] = {}
    for payment in pairs.money_of(session, persons):
        paid.setdefault(payment.person, []).append(payment)
    found = []
    for row in rows:
        both = dict.fromkeys(p for p in (sides[row.left].person, sides[row.right].person) if p)
        stake = _stake(
            sum(alerts.get(p, 0) for p in both),
            {s.household: s for p in both for s in standing.get(p, ())},
            [one for p in both for one in paid.get(p, ())],
        )
        level = _settled_by(row.code, (sides[row.left], sides[row.right]))
        key = (_class(stake), -stake.fen, level, -row.score, row.pair)
        found.append((key, row, stake, _CHECKS[level]))
    found.sort(key=lambda one: one[0])
    return [Ranked(row, rank, stake, check) for rank, (_, row, stake, check) in enumerate(found, start=1)]


def _class(stake: Stake) -> int:
    if stake.alerts:
        return 0
    return 1 if stake.fen else 2 if stake.registered else 3


def _settled_by(code: str, sides: Sequence[SideRow]) -> int:
    """The place in `_CHECKS` of how a question can be settled."""
    if not code.isdigit():
        return _NOTHING
    evidence = decode(int(code))
    both = all(side.id_kind in WHOLE for side in sides)
    if evidence.home in _OF_OTHERS or (both and evidence.id in (IdLevel.DIFFERENT, IdLevel.MISSING)):
        return _LENT
    if evidence.id in _SAME_NUMBER and evidence.name != NameLevel.SAME:
        return _LENT if evidence.name in _CHILD else _ONE_NUMBER
    if evidence.id in _WHOLE:
        return _BY_CARD
    return _NOTHING if evidence.id == IdLevel.MISSING else _PARTLY


def _standing(session: Session, persons: set[str], as_of: date) -> dict[str, list[_Standing]]:
    """Person → the households of assistance that list them now, with their money a month."""
    view = StoreView(session, month_of(as_of))
    amounts = {
        row.household: row.total_fen if row.total_fen is not None else sum(row.amounts.values())
        for row in view.households()
    }
    found: dict[str, list[_Standing]] = {}
    for row in view.roster():
        if row.person in persons:
            standing = _Standing(row.household, row.programme, amounts.get(row.household, 0))
            found.setdefault(row.person, []).append(standing)
    return found


def _stake(alerts: int, homes: dict[str, _Standing], paid: Sequence[PaidRow]) -> Stake:
    monthly = sum(home.fen for home in homes.values())
    said = [f"疑点{alerts}条"] if alerts else []
    listed: dict[str, list[int]] = {}
    for home in sorted(homes.values(), key=lambda home: (-home.fen, home.household)):
        listed.setdefault(home.programme, []).append(home.fen)
    for programme, amounts in listed.items():
        sums = "、".join(f"{yuan(fen)}元" for fen in amounts if fen)
        said.append(f"在册{SHORT_PROGRAMMES.get(programme, programme)}" + (f"每月{sums}" if sums else ""))
    said += _paid_text(paid)
    largest = max((row.fen for row in paid), default=0)
    return Stake(alerts, monthly or largest, bool(homes), "；".join(said) or "两边都不在册")


def _paid_text(paid: Sequence[PaidRow]) -> list[str]:
    """``低保已发到2026-09``, ``低保2026-10在草稿r1里``: the last month of each."""
    done: dict[str, str] = {}
    drafts: dict[tuple[str, int], str] = {}
    for row in paid:
        if row.status == "draft":
            drafts[row.programme, row.run] = max(row.month, drafts.get((row.programme, row.run), ""))
        else:
            done[row.programme] = max(row.month, done.get(row.programme, ""))
    said = [f"{SHORT_PROGRAMMES.get(p, p)}已发到{month}" for p, month in sorted(done.items())]
    return said + [
        f"{SHORT_PROGRAMMES.get(p, p)}{month}在草稿r{run}里" for (p, run), month in sorted(drafts.items())
    ]
