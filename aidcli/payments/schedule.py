"""From the rosters that hold to a draft: 低保 by month to the household, 特困 by quarter to person or institution.

What is paid is what was approved: the printed total of the roster. Where a total cannot be read nothing is
paid and the question sheet says so; where the parts do not add up to it, the total is paid and asked about.
Rhythm and day come from the profile; 晋民发〔2022〕38号 第四条 (低保每月10日前, 特困按季) is what the shape follows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from .. import months
from ..canon import content_key
from ..model import PayItem, Payment, RosterHousehold
from ..money import yuan
from ..terms import PAY_ITEMS
from .questions import (
    Draft,
    Hit,
    ask_hits,
    ask_older,
    ask_unlisted,
    hold_doubtful,
    named,
    open_months,
    payable,
    unpaid,
)

_PART_ITEMS = {"dibao": ("base", "category_supplement"), "tekun": ("living", "care", "category_supplement")}


class PayTerms(NamedTuple):
    """Rhythm of one programme, from the profile: cycle ``month`` or ``quarter``, day of the month."""

    programme: str
    cycle: str
    day: int


def months_due(terms: PayTerms, month: str) -> tuple[str, ...]:
    """The months paid for in `month`: itself, or from it to the end of its quarter.

    In the first month of a quarter that is the whole quarter; later it serves those who came in since.
    """
    if terms.cycle == "month":
        return (month,)
    return tuple(each for each in months.months_of(months.quarter_of(month)) if each >= month)


def due_day(terms: PayTerms, month: str) -> date:
    return date(int(month[:4]), int(month[5:7]), terms.day)


def payment_id(programme: str, period: str, subject: str, kind: str, supplement: int) -> str:
    """The same schedule gives the same ids; a supplementary run (1, 2, …) gives others."""
    return content_key("y", (programme, period, subject, kind, str(supplement)))


def plan(
    terms: PayTerms,
    month: str,
    households: Iterable[RosterHousehold],
    members: Mapping[str, Mapping[str, str]],
    *,
    hits: Iterable[Hit] = (),
    failed: Mapping[str, tuple[str, int]] | None = None,
    paid: Mapping[tuple[str, str], int] | None = None,
    unlisted: Mapping[tuple[str, str], int] | None = None,
    paid_accounts: Mapping[str, str] | None = None,
    shut: Mapping[tuple[str, str], str] | None = None,
    supplement: int = 0,
) -> Draft:
    """The draft of one programme for the months due in `month`.

    `members` maps a household to its persons and the roster records that name them; `failed` an account to
    the bank's reason for not paying it last time and the sighting that says so; `paid` (household, month) to
    the fen approved before: such months are left out, and a sum that differs now is asked about.
    `unlisted` counts, by residence and roster month, households that stand on a roster of persons only.
    `paid_accounts` maps the accounts that approved runs of the period paid to what they paid: another
    household on such an account may be the same one corrected, so it is put on hold and asked about.
    `shut` maps (person, month) to a programme approved for them that shuts this one out, or to this one itself:
    such months of a head are left out and asked about, unless the household is the one that was paid.
    """
    due = months_due(terms, month)
    draft = Draft(months.quarter_of(month) if terms.cycle == "quarter" else month)
    rows = list(households)
    listed = Counter(row.household for row in rows)
    residents = Counter(row.head for row in rows if row.mode == "institution")
    institutions: dict[str, list[tuple[RosterHousehold, tuple[str, ...]]]] = defaultdict(list)
    for row in rows:
        if listed[row.household] > 1:
            draft.ask(
                "listed_twice",
                row.household,
                f"{named(row)}（证号{row.case_number or '未填'}）在名册中出现{listed[row.household]}次，"
                "未列入发放：请核对是重复列名，还是不同的户用了同一个证号",
            )
            continue
        if row.mode == "institution" and residents[row.head] > 1:
            draft.ask(
                "listed_twice",
                row.household,
                f"{named(row)}在集中供养名册中有{residents[row.head]}个证号，未列入发放，请先核对名册",
                person=row.head,
            )
            continue
        left = open_months(row, unpaid(row, due, paid or {}, draft), shut or {}, draft)
        if not left or not payable(row, draft):
            continue
        if row.mode == "institution":
            institutions[row.institution or row.account_holder].append((row, left))
        else:
            persons = members.get(row.household, {})
            draft.payments.append(_own(terms, draft, row, persons, left, supplement))
    for name in sorted(institutions):
        draft.payments.append(_institution(terms, draft, name, institutions[name], supplement))
    hold_doubtful(draft, paid_accounts or {})
    ask_older(draft, rows, month)
    ask_unlisted(draft, unlisted)
    ask_hits(draft, hits, failed or {})
    return draft


def _parts(row: RosterHousehold, draft: Draft, payment: str) -> dict[str, int]:
    """The pay items of one month; the total alone where the parts do not make it up."""
    assert row.total_fen is not None
    parts = {item: fen for item in _PART_ITEMS[row.programme] if (fen := row.amounts.get(item))}
    if parts and sum(parts.values()) == row.total_fen:
        return parts
    if parts:
        written = "+".join(f"{PAY_ITEMS[item]}{yuan(fen)}" for item, fen in parts.items())
        draft.ask(
            "parts_differ",
            row.household,
            f"{named(row)}的分项之和与合计不符：{written}={yuan(sum(parts.values()))}元，合计{yuan(row.total_fen)}元，按合计发放",
            payment,
            evidence=(row.sighting,),
        )
    return {"base" if row.programme == "dibao" else "living": row.total_fen}


def _own(
    terms: PayTerms,
    draft: Draft,
    row: RosterHousehold,
    members: Mapping[str, str],
    due: tuple[str, ...],
    supplement: int,
) -> Payment:
    number = payment_id(terms.programme, draft.period, row.household, "regular", supplement)
    parts = _parts(row, draft, number)
    main = "base" if row.programme == "dibao" else "living"
    if main not in parts:
        parts = {main: 0, **parts}
    items = [_item(row, item, month, fen) for month in due for item, fen in parts.items()]
    # Covered members get nothing of their own, but nobody may be covered twice: each takes a claim.
    items += [
        replace(_item(row, main, month, 0), person=person, mention=mention)
        for person, mention in members.items()
        if person != row.head
        for month in due
    ]
    if row.covered is not None and members and len(set(members) | {row.head}) < row.covered:
        draft.ask(
            "fewer_members",
            row.household,
            f"{named(row)}保障{row.covered}人，导入的名册上只找到{len(set(members) | {row.head})}人（缺人员名册，或名册缺人）",
            number,
        )
    if not row.account:
        draft.ask(
            "no_account",
            row.household,
            f"{named(row)}没有账号，无法发放到户",
            number,
            evidence=(row.sighting,),
        )
    return Payment(
        id=number,
        programme=terms.programme,
        period=draft.period,
        household=row.household,
        payee=row.account_holder or row.head_name,
        account=row.account,
        bank=row.bank,
        fen=sum(item.fen for item in items),
        kind="regular",
        items=tuple(items),
        township=row.township,
        village=row.village,
    )


def _item(row: RosterHousehold, item: str, month: str, fen: int) -> PayItem:
    return PayItem(row.head, row.programme, item, month, fen, row.household, row.mention)


def _institution(
    terms: PayTerms,
    draft: Draft,
    name: str,
    residents: Sequence[tuple[RosterHousehold, tuple[str, ...]]],
    supplement: int,
) -> Payment:
    number = payment_id(terms.programme, draft.period, "institution:" + name, "regular", supplement)
    rows = [row for row, _ in residents]
    items = [
        _item(row, item, month, fen)
        for row, due in residents
        for item, fen in _parts(row, draft, number).items()
        for month in due
    ]
    accounts = {(row.account, row.bank) for row in rows}
    account, bank = min(accounts)
    if not name:
        draft.ask(
            "no_institution", "", f"集中供养的{len(rows)}人没有写明供养机构，合并为一笔，请核对", number
        )
    if len(accounts) > 1:
        draft.ask(
            "accounts_differ",
            "",
            f"{name}的{len(rows)}人填了{len(accounts)}个不同账号，请核对收款账号",
            number,
        )
    if not account:
        draft.ask("no_account", "", f"{name}没有账号，无法发放", number)
    return Payment(
        id=number,
        programme=terms.programme,
        period=draft.period,
        household="",
        payee=name,
        account=account,
        bank=bank,
        fen=sum(item.fen for item in items),
        kind="regular",
        items=tuple(items),
    )
