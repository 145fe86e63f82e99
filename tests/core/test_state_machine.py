"""Import, undo, re-import, match, judge, schedule, hold, approve and reverse against a plain dictionary.

The oracle keeps lists of rows and of payments and recomputes everything from nothing at each step.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from answers_for_core import judge
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from laws import examples
from roster_world import ACTOR, FileOfRecords, take_back, take_in

from aidcli import idnumber
from aidcli.errors import AidError
from aidcli.linkage import mention_key
from aidcli.model import Fact, Identity, Named, Record
from aidcli.store import open_store
from aidcli.tasks import matching, paying, scheduling, setup

DAY = date(2026, 11, 5)
MONTHS = ("2026-10", "2026-11")


def _identity(n: int) -> Identity:
    body = f"9901011960{1 + n % 12:02d}{10 + n}00{n % 10}"
    return Identity(
        f"王{'甲乙丙丁戊己庚辛壬癸'[n]}", "valid", body + idnumber.check_digit(body), township="青禾镇"
    )


WHO = [_identity(n) for n in range(8)]
# Person 5 is a member of two households: approving both would cover one person twice.
HOMES = {"C1": (0, 1), "C2": (2, 3), "C3": (4, 5), "C4": (6, 5, 7)}
AMOUNTS = {
    "2026-10": {"C1": 100, "C2": 200, "C3": 300, "C4": 400},
    "2026-11": {"C1": 110, "C2": 210, "C4": 410},
}


def _households(month: str) -> FileOfRecords:
    rows = []
    for case, fen in AMOUNTS[month].items():
        head = WHO[HOMES[case][0]]
        facts = (
            Fact(0, "enrolled", month=month, code="dibao", num=len(HOMES[case])),
            Fact(0, "case", code="dibao", text=case),
            Fact(0, "head", code="valid", text=head.id_value),
            Fact(0, "amount", code="total", fen=fen),
            Fact(0, "account", text="6200" + case),
        )
        rows.append(Record((Named("head", 0, head),), facts))
    return FileOfRecords("dibao_rural_household", "roster", month, tuple(rows))


def _members(month: str) -> FileOfRecords:
    rows = []
    for case in AMOUNTS[month]:
        for place, n in enumerate(HOMES[case]):
            facts = (
                Fact(0, "member", month=month, code="dibao", text="本人" if place == 0 else "子"),
                Fact(0, "case", code="dibao", text=case),
            )
            rows.append(Record((Named("member" if place else "head", 0, WHO[n]),), facts))
    return FileOfRecords("dibao_rural_person", "roster", month, tuple(rows))


def _department() -> FileOfRecords:
    rows = []
    for n in (1, 3, 5):
        whole = WHO[n]._replace(township="")
        cut = whole._replace(id_kind="cut", id_value=whole.id_value[:15])
        for who in (whole, cut):
            rows.append(Record((Named("subject", 0, who),), (Fact(0, "unemployed", day="2026-09-01"),)))
    return FileOfRecords("registered_unemployed", "department", "2026-09", tuple(rows))


FILES = {
    **{f"h{month}": _households(month) for month in MONTHS},
    **{f"p{month}": _members(month) for month in MONTHS},
    "d": _department(),
}


def _key(source: str, who: Identity) -> str:
    return mention_key(source, who)


def _cut_pairs() -> list[tuple[str, str]]:
    """Pairs that a person may judge: the cut number against the whole one of the same list."""
    pairs = []
    for n in (1, 3, 5):
        whole = WHO[n]._replace(township="")
        cut = whole._replace(id_kind="cut", id_value=whole.id_value[:15])
        keys = _key("registered_unemployed", whole), _key("registered_unemployed", cut)
        pairs.append((min(keys), max(keys)))
    return pairs


PAIRS = _cut_pairs()


class Oracle:
    """What must be true, in dictionaries."""

    def __init__(self) -> None:
        self.kept: dict[str, int] = {}
        self.verdicts: dict[tuple[str, str], str] = {}
        self.drafts: dict[str, dict[str, tuple[int, frozenset[int]]]] = {}
        self.draft_files: dict[str, set[str]] = {}
        self.held: dict[str, set[str]] = {}  # of the newest run of the month, also once it is approved
        self.held_approved: dict[str, set[str]] = {}
        self.paid_homes: dict[tuple[str, str], str] = {}
        self.claims: dict[tuple[int, str], str] = {}
        self.approved: dict[str, tuple[str, int, set[tuple[int, str]], frozenset[int]]] = {}
        self.paid = 0

    def roster(self, month: str) -> tuple[dict[str, int], dict[str, tuple[int, ...]], set[str]]:
        """(case → fen, case → persons, files stood on) that hold in a month."""
        lists = [m for m in MONTHS if m <= month and f"h{m}" in self.kept]
        members = [m for m in MONTHS if m <= month and f"p{m}" in self.kept]
        if not lists:
            return {}, {}, set()
        amounts = AMOUNTS[lists[-1]]
        listed = AMOUNTS[members[-1]] if members else {}
        persons = {case: HOMES[case] if case in listed else HOMES[case][:1] for case in amounts}
        used = {f"h{lists[-1]}"} | ({f"p{members[-1]}"} if set(listed) & set(amounts) else set())
        return amounts, persons, used

    def plan(self, month: str) -> dict[str, tuple[int, frozenset[int]]]:
        """case → (fen, persons claimed) of what is not paid yet."""
        amounts, persons, _ = self.roster(month)
        return {
            case: (fen, frozenset(persons[case]))
            for case, fen in amounts.items()
            if (case, month) not in self.paid_homes
        }


class MonthlyWork(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        setup.init(self.folder / "aid.db", ACTOR, "990101")
        self.session = open_store(self.folder / "aid.db")
        self.oracle = Oracle()

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()
            shutil.rmtree(self.folder)

    @rule(name=st.sampled_from(sorted(FILES)))
    def import_or_reimport(self, name: str) -> None:
        if name not in self.oracle.kept:
            self.oracle.kept[name] = take_in(self.session, FILES[name])

    @precondition(lambda self: self.oracle.kept)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.oracle.kept)))
        batch = self.oracle.kept[name]
        standing = {month for month, used in self._stands_on().items() if batch in used}
        if standing:
            with pytest.raises(AidError) as refused:
                take_back(self.session, batch)
            assert refused.value.code == "batch_paid"
            return
        take_back(self.session, batch)
        del self.oracle.kept[name]
        for month, used in list(self.oracle.draft_files.items()):
            if name in used:
                del self.oracle.drafts[month], self.oracle.draft_files[month]
                self.oracle.held[month] = self.oracle.held_approved.get(month, set())

    def _stands_on(self) -> dict[str, set[int]]:
        """Approved run → batches, for runs that still hold a claim."""
        return {
            str(run): set(batches)
            for run, (_, _, claims, batches) in self._runs().items()
            if claims & set(self.oracle.claims)
        }

    def _runs(self) -> dict[str, tuple[str, int, set[tuple[int, str]], frozenset[int]]]:
        return self.oracle.approved

    @rule()
    def match(self) -> None:
        matching.match(self.session, ACTOR)

    @rule(pair=st.sampled_from(PAIRS), verdict=st.sampled_from(["same", "different", "unsure", "withdrawn"]))
    def judge(self, pair: tuple[str, str], verdict: str) -> None:
        judge(self.session, ACTOR, *pair, verdict)
        self.oracle.verdicts[pair] = verdict

    @rule(month=st.sampled_from(MONTHS))
    def schedule(self, month: str) -> None:
        matching.match(self.session, ACTOR)
        done = scheduling.schedule(self.session, ACTOR, month, DAY, ["dibao"])
        draft = self.oracle.plan(month)
        if not draft:
            assert done.runs == [] and "dibao" in done.nothing
            if month in self.oracle.drafts:
                del self.oracle.drafts[month], self.oracle.draft_files[month]
                self.oracle.held[month] = self.oracle.held_approved.get(month, set())
            return
        kept = self.oracle.held.get(month, set()) & set(draft)
        self.oracle.drafts[month] = draft
        self.oracle.draft_files[month] = self.oracle.roster(month)[2]
        self.oracle.held[month] = kept
        (run,) = done.runs
        free = {case: value for case, value in draft.items() if case not in kept}
        assert (run.payments, run.amount_fen) == (len(free), sum(fen for fen, _ in free.values()))

    def _draft_of(self, month: str) -> tuple[int, dict[str, str]]:
        """(run, case → payment id) of the draft in the database."""
        run = self.session.conn.execute(
            "SELECT run_id FROM runs WHERE status = 'draft' AND period = ?", (month,)
        ).fetchone()[0]
        rows = self.session.conn.execute(
            "SELECT h.case_number, p.payment_id FROM payments AS p JOIN household AS h "
            "ON h.id = p.household_id WHERE p.run_id = ?",
            (run,),
        )
        return int(run), dict(rows.fetchall())

    @precondition(lambda self: self.oracle.drafts)
    @rule(data=st.data())
    def hold(self, data: st.DataObject) -> None:
        month = data.draw(st.sampled_from(sorted(self.oracle.drafts)))
        case = data.draw(st.sampled_from(sorted(self.oracle.drafts[month])))
        _, payments = self._draft_of(month)
        paying.hold(self.session, ACTOR, payments[case], "待核实")
        self.oracle.held[month].add(case)

    @precondition(lambda self: self.oracle.drafts)
    @rule(data=st.data())
    def approve(self, data: st.DataObject) -> None:
        month = data.draw(st.sampled_from(sorted(self.oracle.drafts)))
        run, payments = self._draft_of(month)
        free = {
            case: value
            for case, value in self.oracle.drafts[month].items()
            if case not in self.oracle.held[month]
        }
        wanted = Counter(n for _, persons in free.values() for n in persons)
        taken = any((n, month) in self.oracle.claims for n in wanted)
        if not free or taken or max(wanted.values()) > 1:
            with pytest.raises(AidError) as refused:
                paying.approve(self.session, ACTOR, run)
            assert refused.value.code == ("claims_conflict" if free else "empty_run")
            return
        done = paying.approve(self.session, ACTOR, run)
        total = sum(fen for fen, _ in free.values())
        assert done.run.amount_fen == total
        claims = {(n, month) for _, persons in free.values() for n in persons}
        for case, (_, persons) in free.items():
            self.oracle.claims.update({(n, month): payments[case] for n in persons})
            self.oracle.paid_homes[case, month] = payments[case]
        batches = frozenset(self.oracle.kept[name] for name in self.oracle.draft_files[month])
        self.oracle.approved[str(run)] = (month, total, claims, batches)
        self.oracle.paid += total
        del self.oracle.drafts[month], self.oracle.draft_files[month]
        self.oracle.held_approved[month] = self.oracle.held[month]
        with pytest.raises(AidError):
            paying.approve(self.session, ACTOR, run)

    @precondition(lambda self: self.oracle.claims)
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        payment = data.draw(st.sampled_from(sorted(set(self.oracle.claims.values()))))
        fen = self.session.conn.execute(
            "SELECT amount_fen FROM payments WHERE payment_id = ?", (payment,)
        ).fetchone()[0]
        paying.correct(self.session, ACTOR, payment, "核实后冲销")
        with pytest.raises(AidError):
            paying.correct(self.session, ACTOR, payment, "再冲销")
        self.oracle.claims = {claim: by for claim, by in self.oracle.claims.items() if by != payment}
        self.oracle.paid_homes = {h: by for h, by in self.oracle.paid_homes.items() if by != payment}
        self.oracle.paid -= fen

    @invariant()
    def money_is_the_oracles(self) -> None:
        if not hasattr(self, "oracle"):
            return
        conn = self.session.conn
        names = {who.id_value: n for n, who in enumerate(WHO)}
        rows = conn.execute(
            "SELECT m.name, m.id_value, c.month, c.payment_id FROM claim AS c "
            "JOIN mention AS m ON m.id = c.mention_id WHERE c.item = 'base'"
        )
        assert {(names[number], m): y for _, number, m, y in rows} == self.oracle.claims
        homes = conn.execute(
            "SELECT h.case_number, c.month, c.payment_id FROM household_claim AS c "
            "JOIN household AS h ON h.id = c.household_id"
        )
        assert {(case, m): y for case, m, y in homes} == self.oracle.paid_homes
        paid = conn.execute(
            "SELECT coalesce(sum(p.fen), 0) FROM payment AS p JOIN run AS r ON r.id = p.run_id "
            "WHERE r.status = 'approved' AND p.id NOT IN (SELECT payment_id FROM hold)"
        ).fetchone()[0]
        assert paid == self.oracle.paid
        drafts = {row[0] for row in conn.execute("SELECT period FROM runs WHERE status = 'draft'")}
        assert drafts == set(self.oracle.drafts)

    def _person_id(self, who: Identity) -> str:
        from aidcli.linkage import anchor

        return anchor("", who)[1]

    @invariant()
    def judgements_are_never_lost(self) -> None:
        if not hasattr(self, "oracle"):
            return
        rows = self.session.conn.execute(
            "SELECT left_key, right_key, verdict, max(seq) FROM judgement GROUP BY left_key, right_key"
        )
        assert {(a, b): v for a, b, v, _ in rows} == self.oracle.verdicts

    @invariant()
    def people_are_the_oracles_once_matched(self) -> None:
        if not hasattr(self, "oracle"):
            return
        conn = self.session.conn
        if conn.execute("SELECT 1 FROM dirty").fetchone():
            return
        expected = set()
        for name in self.oracle.kept:
            file = FILES[name]
            for record in file.records:
                who = record.persons[0].identity
                key = _key(file.source, who)
                whole = who
                if who.id_kind == "cut":
                    pair = next(pair for pair in PAIRS if key in pair)
                    if self.oracle.verdicts.get(pair) in ("different", "unsure"):
                        expected.add((key, f"alone {key}"))
                        continue
                    whole = next(w for w in WHO if w.name == who.name)
                expected.add((key, self._person_id(whole)))
        rows = conn.execute(
            "SELECT m.key, l.person_id FROM link AS l JOIN mention AS m ON m.id = l.mention_id"
        ).fetchall()
        sizes = Counter(person for _, person in rows)
        whole_ids = {self._person_id(who) for who in WHO}
        got = {(k, p if p in whole_ids else f"alone {k}") for k, p in rows}
        assert got == expected
        assert all(sizes[p] == 1 for _, p in rows if p not in whole_ids)


MonthlyWork.TestCase.settings = settings(
    max_examples=examples(10, 60),
    stateful_step_count=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestMonthlyWork = MonthlyWork.TestCase
