"""`schedule`: draft runs of the programmes that fall due in a month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from .. import __version__
from ..errors import AidError
from ..model import Question, RosterHousehold, RosterPerson
from ..monitoring import run_rules
from ..months import months_of, quarter_of
from ..payments import Draft, Hit, PayTerms, due_day, months_due, plan
from ..policy import Profile
from ..store import Actor, Session, alerts, blobs, claims, current, drafts, events, places, runs
from ..terms import ASSISTANCE, SHORT_PROGRAMMES
from ..workdays import Shifted, WorkCalendar
from .flagging import refuse_unmatched
from .setup import calendar_of, profile_of
from .view import StoreView

PAID = ("dibao", "tekun")
_HITS = {"roster_after_death": "death", "exclusive_programmes": "exclusive"}
_ANSWERED = ("decided", "closed")
_EVIDENCE = {"death": "death", "last_failed": "pay_result", "no_account": "account", "no_amount": "enrolled"}


class Scheduled(NamedTuple):
    """Drafts made, and why a programme has none (Chinese)."""

    runs: list[runs.RunRow]
    nothing: dict[str, str]


def schedule(
    session: Session,
    actor: Actor,
    month: str,
    as_of: date,
    only: Collection[str] = (),
    wait: float = 0.0,
) -> Scheduled:
    """Drafts the runs due in `month` in one transaction, replacing earlier drafts of the same period.

    Where a run of the period was approved already, only what it did not pay is drafted, as a supplement.
    Raises `AidError` when a rhythm is not configured or records wait for matching.
    """
    profile = profile_of(session)
    with session.transaction(actor, wait):
        refuse_unmatched(session)
        claims.set_exclusive(session, _exclusive(profile, as_of))
        made: list[int] = []
        nothing: dict[str, str] = {}
        view = StoreView(session, month)
        households = list(view.households())
        members = _members(view)
        hits = _hits(session, view, profile, as_of)
        for programme in only or PAID:
            if programme not in PAID:
                label = SHORT_PROGRAMMES[programme]
                nothing[programme] = (
                    f"{label}不按期发放资金"
                    if programme in ASSISTANCE
                    else f"{label}的资金由主管部门发放，不在这里排"
                )
                continue
            terms = _terms(profile, programme, as_of)
            rows = [row for row in households if row.programme == programme]
            reason = _nothing_due(session, terms, rows, month)
            if reason:
                nothing[programme] = reason
                continue
            run = _draft(session, actor, profile, terms, month, as_of, rows, members, hits)
            if isinstance(run, str):
                nothing[programme] = run
            else:
                made.append(run)
        rows_made = [row for row in runs.listing(session) if row.id in made]
        summary = "，".join(f"{SHORT_PROGRAMMES[row.programme]}{row.payments}笔" for row in rows_made) or "无"
        events.record(session, actor, "schedule", month, f"排{month}发放：{summary}", {"runs": made})
    return Scheduled(rows_made, nothing)


def _nothing_due(session: Session, terms: PayTerms, rows: Sequence[RosterHousehold], month: str) -> str:
    label = SHORT_PROGRAMMES[terms.programme]
    quarter = months_of(quarter_of(month))
    if terms.cycle == "quarter" and month != quarter[0]:
        period = _period(terms, month)
        if not runs.approved(session, terms.programme, period):
            return f"{label}按季发放，{period}还没有审批过的批次：先排 --month {quarter[0]}"
    return "" if rows else f"没有{label}名册，先导入名册"


def _draft(
    session: Session,
    actor: Actor,
    profile: Profile,
    terms: PayTerms,
    month: str,
    as_of: date,
    rows: Sequence[RosterHousehold],
    members: dict[str, list[RosterPerson]],
    hits: Sequence[Hit],
) -> int | str:
    """The number of the run, or why there is nothing to pay."""
    paid = claims.paid_households(session, terms.programme, months_due(terms, month))
    draft = plan(
        terms,
        month,
        rows,
        {home: {row.person: row.mention for row in persons} for home, persons in members.items()},
        hits=hits,
        failed=current.failed_accounts(session, month),
        paid=paid,
        unlisted=_unlisted(terms.programme, rows, members),
        paid_accounts=claims.paid_accounts(session, terms.programme, _period(terms, month)),
        shut=claims.shut_out(session, terms.programme, months_due(terms, month)),
        supplement=runs.settled_count(session, terms.programme, _period(terms, month)),
    )
    if not draft.payments:
        drafts.drop_draft(session, terms.programme, draft.period)
        return _why_nothing(draft)
    pay = _pay_day(calendar_of(session), profile, terms, month, as_of)
    head = drafts.RunHead(
        programme=terms.programme,
        period=draft.period,
        month=month,
        due_date=due_day(terms, month).isoformat(),
        pay_date=pay.day.isoformat(),
        provisional=pay.reason,
        input_hash=blobs.keep(session, _frozen(rows, members, hits)),
        profile_hash=blobs.keep(session, profile.content),
        engine_version=__version__,
        prepared_by=actor.operator,
    )
    if pay.provisional:
        draft.ask("provisional_date", "", f"发放日{pay.day.isoformat()}为暂定：{pay.reason}")
    asked = _asked(session, draft.questions)
    homes = {row.household for row in rows}
    batches = {row.batch for row in rows} | {p.batch for home in homes for p in members.get(home, ())}
    holds_seq = events.last(session)
    return drafts.save_draft(session, head, draft.payments, asked, batches, draft.holds, holds_seq)


def _period(terms: PayTerms, month: str) -> str:
    return plan(terms, month, (), {}).period


def _why_nothing(draft: Draft) -> str:
    """Nothing to pay: all was approved before, or nothing that stands on the roster can be paid."""
    if not draft.questions:
        return "本期已全部审批，没有需要补发的"
    said = "；".join(question.text for question in draft.questions[:5])
    more = f"；等{len(draft.questions)}条" if len(draft.questions) > 5 else ""
    return f"没有可以列入发放的：{said}{more}"


def _terms(profile: Profile, programme: str, as_of: date) -> PayTerms:
    cycle = profile.get(f"pay.{programme}.cycle", as_of)
    day = profile.get(f"pay.{programme}.day", as_of)
    if cycle is None or day is None:
        raise AidError(
            "not_configured",
            f"{profile.name}没有配置{SHORT_PROGRAMMES[programme]}的发放周期或发放日（未配置）",
            hint="在本地政策配置里写明后再排发放",
        )
    return PayTerms(programme, str(cycle.value), int(day.value))


def _pay_day(calendar: WorkCalendar, profile: Profile, terms: PayTerms, month: str, as_of: date) -> Shifted:
    day = due_day(terms, month)
    shift = profile.get("pay.shift", as_of)
    if shift is None:
        return Shifted(day, True, "遇休息日是否提前没有配置，按原定日")
    if shift.value == "earlier":
        return calendar.on_or_before(day)
    if shift.value == "later":
        return calendar.add_workdays(date.fromordinal(day.toordinal() - 1), 1)
    return Shifted(day, False, "")


def _exclusive(profile: Profile, as_of: date) -> list[tuple[str, str]]:
    """Pairs of different paid programmes; within one programme the claim itself is enough."""
    value = profile.get("programme.exclusive", as_of)
    pairs = value.value if value else ()
    sides = [(pair.one.programme, pair.other.programme) for pair in pairs]
    return [(a, b) for a, b in sides if a != b and a in PAID and b in PAID]


def _members(view: StoreView) -> dict[str, list[RosterPerson]]:
    found: dict[str, list[RosterPerson]] = defaultdict(list)
    for row in view.roster():
        found[row.household].append(row)
    return found


def _unlisted(
    programme: str, rows: Sequence[RosterHousehold], members: dict[str, list[RosterPerson]]
) -> Counter[tuple[str, str]]:
    """(residence, roster month) → households that only a roster of persons knows."""
    listed = {row.household for row in rows}
    return Counter(
        (persons[0].residence, persons[0].month)
        for home, persons in members.items()
        if home not in listed and persons[0].programme == programme
    )


def _hits(session: Session, view: StoreView, profile: Profile, as_of: date) -> list[Hit]:
    """Death and double enrolment as the rules see them now, less what a person has answered."""
    result = run_rules(view, profile, as_of, tuple(_HITS))
    answered = {
        (row.rule, row.about, row.subject, row.threshold)
        for row in alerts.listing(session, _ANSWERED, tuple(_HITS))
    }
    return [
        Hit(_HITS[a.rule], a.person, a.household, a.reason, a.evidence)
        for a in result.alerts
        if (a.rule, a.household, a.person, a.threshold) not in answered
    ]


def _frozen(
    rows: Sequence[RosterHousehold], members: dict[str, list[RosterPerson]], hits: Sequence[Hit]
) -> dict[str, object]:
    homes = {row.household for row in rows}
    return {
        "households": [row._asdict() for row in rows],
        "members": {home: [row._asdict() for row in members.get(home, ())] for home in sorted(homes)},
        "hits": [hit._asdict() for hit in hits if not hit.household or hit.household in homes],
    }


def _asked(session: Session, questions: Sequence[Question]) -> list[runs.Asked]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for question in questions:
        wanted[_EVIDENCE.get(question.code, "")].update(question.evidence)
    stands = {kind: places.of_sightings(session, sorted(n), kind) for kind, n in wanted.items()}
    asked = []
    for q in questions:
        found = stands[_EVIDENCE.get(q.code, "")]
        evidence = tuple(places.in_order(found[number] for number in q.evidence if number in found))
        asked.append(runs.Asked(q.code, q.household, q.person, q.payment, q.text, evidence))
    return asked
