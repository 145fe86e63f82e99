"""Which bank account receives the money of several households."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from ...canon import sha256_text
from ...model import Alert, MonitoringView, RosterHousehold
from ...policy import Profile
from ..rosters import programme_text
from ..rule import Rule

_LISTED = 20


def find(view: MonitoringView, profile: Profile, as_of: date) -> Iterator[Alert]:
    """One alert per account that `account.shared_households` or more households use; 集中供养 is left out."""
    limit = profile.get("account.shared_households", as_of)
    assert limit is not None
    first: dict[str, str] = {}
    shared: dict[str, dict[str, RosterHousehold]] = {}
    for row in view.households():
        account = _account(row)
        if account and first.setdefault(account, row.household) != row.household:
            shared[account] = {}
    for row in view.households():
        users = shared.get(_account(row))
        if users is not None:
            users.setdefault(row.household, row)
    ground = profile.get("account.custody_filing", as_of)
    citation = f"{ground.citation}（{ground.label}：{ground.text}）" if ground else limit.citation
    for account, users in shared.items():
        if len(users) >= limit.value:
            yield _alert(account, [users[key] for key in sorted(users)], citation)


def _account(row: RosterHousehold) -> str:
    """The digits of the account, '' where the row has none or belongs to an institution."""
    if row.mode == "institution":
        return ""
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", row.account))


def masked(account: str) -> str:
    """``****1234``; nothing but stars where four digits would be most of the number."""
    return "****" + (account[-4:] if len(account) > 8 else "")


def _alert(account: str, users: Sequence[RosterHousehold], citation: str) -> Alert:
    listed = "；".join(_user(row) for row in users[:_LISTED])
    more = f"；另有{len(users) - _LISTED}户" if len(users) > _LISTED else ""
    holders = sorted({row.account_holder for row in users if row.account_holder})
    holder = f"，开户人{'、'.join(holders[:_LISTED])}" if holders else ""
    return Alert(
        rule=RULE.key,
        household="",  # who shares it may change without being news: the account is what it is about
        person="",
        period="",
        threshold=sha256_text(account)[:16],
        priority=RULE.priority,
        route=RULE.route,
        department=RULE.department,
        due="",
        reason=f"账号{masked(account)}{holder}由{len(users)}户共用：{listed}{more}。"
        "请核实账号是否填错、是否由他人代管；代管的查有无协议和备案",
        citation=citation,
        evidence=tuple(sorted({row.sighting for row in users})),
        detail={
            "account_tail": masked(account),
            "households": [row.household for row in users],
            "account_holders": holders,
        },
    )


def _user(row: RosterHousehold) -> str:
    place = f"，{row.township}{row.village}" if row.township or row.village else ""
    return f"{row.head_name or '户主不详'}户（{programme_text(row.programme, row.residence)}{place}）"


RULE = Rule(
    key="account_shared",
    label="多户共用账号",
    family="发放安全",
    question="哪些银行账号被两户及以上共用，是否有人代管、填错或冒领？",
    needs=("enrolled", "account"),
    parameters=("account.shared_households",),
    grounds=("account.custody_filing",),
    priority=3,
    route="watch",
    department="civil_affairs",
    find=find,
)
