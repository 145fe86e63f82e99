"""A draft and its question sheet: what the approver must look at before the money goes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..model import Payment, Question, RosterHousehold
from ..money import yuan
from ..terms import SHORT_PROGRAMMES


class Hit(NamedTuple):
    """Something known of a person that the approver must look at; it takes nobody off the run."""

    code: str
    person: str
    household: str
    text: str
    evidence: tuple[int, ...]


@dataclass
class Draft:
    """Payments of one run with its question sheet."""

    period: str
    payments: list[Payment] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    holds: dict[str, str] = field(default_factory=dict)  # payment → why it is on hold from the start

    def ask(
        self,
        code: str,
        household: str,
        text: str,
        payment: str = "",
        person: str = "",
        evidence: tuple[int, ...] = (),
    ) -> None:
        self.questions.append(Question(code, household, person, payment, text, evidence))


def hold_doubtful(draft: Draft, paid_accounts: Mapping[str, str]) -> None:
    """Holds what may be a household paid already under another number: same account, or account and payee."""
    first: dict[tuple[str, str], str] = {}
    for payment in draft.payments:
        if not payment.account or not payment.household:
            continue
        before = paid_accounts.get(payment.account)
        twin = first.setdefault((payment.account, payment.payee), payment.id)
        if before is not None:
            why = f"账号与本期已审批的{before}相同，可能是同一户更正了号码，已先缓发"
        elif twin != payment.id:
            why = f"账号和收款人与本批次{twin[:10]}相同，可能是同一户列了两次，已先缓发"
        else:
            continue
        draft.holds[payment.id] = why
        text = f"{payment.township}{payment.village}{payment.payee}：{why}；核实后用 aidcli pay resume 恢复"
        draft.ask("maybe_paid", payment.household, text, payment.id)


def unpaid(
    row: RosterHousehold, due: tuple[str, ...], paid: Mapping[tuple[str, str], int], draft: Draft
) -> tuple[str, ...]:
    """The months not approved before; asks where the roster now says another sum for one that was."""
    for month in due:
        before = paid.get((row.household, month))
        if before is not None and row.total_fen is not None and before != row.total_fen:
            draft.ask(
                "amount_changed",
                row.household,
                f"{named(row)}{month}已审批{yuan(before)}元，现名册为{yuan(row.total_fen)}元，"
                f"差额{yuan(row.total_fen - before)}元没有列入",
                evidence=(row.sighting,),
            )
    return tuple(month for month in due if (row.household, month) not in paid)


def open_months(
    row: RosterHousehold, due: tuple[str, ...], shut: Mapping[tuple[str, str], str], draft: Draft
) -> tuple[str, ...]:
    """The months in which the head has nothing that shuts this programme out; asks about the others.

    Of a household that has nothing for a month, the head may have this very programme with another one.
    """
    closed = [month for month in due if (row.head, month) in shut]
    if closed:
        other = shut[row.head, closed[0]]
        said = f"{named(row)}{'、'.join(closed)}已审批{SHORT_PROGRAMMES[other]}，"
        if other == row.programme:
            code = "person_paid"
            said += "是随另一户发的，同一人不能发两次，这些月份未列入；这一户该不该发请核实后更正"
        else:
            code = "exclusive_paid"
            said += "不能同时享受，这些月份未列入；应发哪一种请核实后更正"
        draft.ask(code, row.household, said, person=row.head, evidence=(row.sighting,))
    return tuple(month for month in due if month not in closed)


def payable(row: RosterHousehold, draft: Draft) -> bool:
    """Whether the roster says a sum that can be paid; asks where it does not."""
    if row.total_fen is None:
        draft.ask(
            "no_amount",
            row.household,
            f"{named(row)}的金额未填或无法识别，未列入发放",
            evidence=(row.sighting,),
        )
    elif row.total_fen <= 0:
        draft.ask(
            "no_amount",
            row.household,
            f"{named(row)}的金额为{yuan(row.total_fen)}元，未列入发放",
            evidence=(row.sighting,),
        )
    else:
        return True
    return False


def ask_older(draft: Draft, rows: Iterable[RosterHousehold], month: str) -> None:
    """Asks once about all households that stand on an older month's roster."""
    older: dict[tuple[str, str], int] = Counter((r.month, r.residence) for r in rows if r.month < month)
    for (roster_month, residence), count in sorted(older.items()):
        kind = {"urban": "城市", "rural": "农村"}.get(residence, "")
        draft.ask(
            "older_roster",
            "",
            f"{kind}{count}户以{roster_month}名册为依据：没有收到{month}名册，或{month}名册没有包括他们所在的乡镇，"
            "其间的变动没有反映",
        )


def ask_unlisted(draft: Draft, unlisted: Mapping[tuple[str, str], int] | None) -> None:
    """Asks about households that only a roster of persons knows; (residence, month) → how many."""
    for (residence, month), count in sorted((unlisted or {}).items()):
        kind = {"urban": "城市", "rural": "农村"}.get(residence, "")
        draft.ask(
            "no_household_list",
            "",
            f"{kind}{count}户只在{month}人员名册上，没有对应的家庭名册，不知道金额，未列入发放",
        )


def ask_hits(draft: Draft, hits: Iterable[Hit], failed: Mapping[str, tuple[str, int]]) -> None:
    """Asks about every payment that covers somebody with a hit, or goes to an account that failed."""
    of_person: dict[str, list[Payment]] = defaultdict(list)
    for payment in draft.payments:
        for person in dict.fromkeys(item.person for item in payment.items):
            of_person[person].append(payment)
    for hit in hits:
        for payment in of_person.get(hit.person, ()):
            draft.ask(
                hit.code, payment.household or hit.household, hit.text, payment.id, hit.person, hit.evidence
            )
    for payment in draft.payments:
        if payment.account and payment.account in failed:
            reason, where = failed[payment.account]
            text = f"{payment.payee}上次发放失败：{reason}，账号没有更换"
            draft.ask("last_failed", payment.household, text, payment.id, evidence=(where,))


def named(row: RosterHousehold) -> str:
    """The household as a sentence names it."""
    return f"{row.township}{row.village}{row.head_name}户"
