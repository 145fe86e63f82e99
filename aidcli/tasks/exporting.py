"""`export`: alerts and runs as Excel worklists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ..errors import AidError, WrongUsage
from ..model import Payment
from ..monitoring import RULES
from ..store import Actor, Session, alerts, claims, events, people, runs
from ..terms import ID_KINDS, PRIORITIES, RESIDENCES, SHORT_PROGRAMMES, SUPPORT_MODES
from ..worklists import Layout, SheetData, Written, find_layout, group_rows, load_layouts, write_workbook
from .setup import profile_of, template_folders

OPEN = ("open", "assigned", "visited")
_SHOWN_PLACES = 6
_NO_TOWNSHIP = "未填乡镇"
_CATEGORIES = {
    "death": "死亡待核实",
    "exclusive": "互斥救助",
    "last_failed": "上次发放失败",
    "older_roster": "名册较旧",
    "no_account": "缺账号",
    "no_amount": "金额不明",
    "parts_differ": "分项与合计不符",
    "listed_twice": "重复列名",
    "amount_changed": "金额有变",
    "maybe_paid": "可能重复",
    "exclusive_paid": "已发互斥救助",
    "person_paid": "本人已随另一户发放",
    "no_household_list": "缺家庭名册",
    "fewer_members": "人数不符",
    "no_institution": "缺供养机构",
    "accounts_differ": "机构账号不一",
    "provisional_date": "日期暂定",
}

Row = Mapping[str, str | int | None]


class Exported(NamedTuple):
    """The workbook that was written."""

    worklist: str
    file: str
    sheets: tuple[str, ...]
    rows: int


def layouts(session: Session) -> dict[str, Layout]:
    """The worklists there are, the office's own layouts over the shipped ones."""
    return load_layouts(template_folders(session, "worklists"))


def export(
    session: Session,
    actor: Actor,
    worklist: str,
    out: Path,
    as_of: date,
    *,
    by: str | None = None,
    run: int | None = None,
    wait: float = 0.0,
) -> Exported:
    """Writes one worklist; who exported what is logged. Raises `AidError` or `WrongUsage`."""
    layout = find_layout(layouts(session), worklist)
    district = profile_of(session).name
    heading = {"district": district, "office": session.setting("office") or f"{district}民政局"}
    if layout.key == "alert_check":
        sheets = group_rows(layout, _alert_rows(session), by)
    elif layout.key == "payment_roster":
        row = _run(session, run)
        heading |= {"programme": SHORT_PROGRAMMES[row.programme], "period": _period(row.period)}
        sheets = _payment_sheets(session, layout, row, by)
    elif layout.key == "review":
        from .questioning import sheets_of  # which builds on this module

        sheets = sheets_of(session, layout, as_of, whole=True, by=by)
    else:
        raise WrongUsage("unknown_worklist", f"布局“{layout.label}”没有对应的数据")
    with session.transaction(actor, wait):
        # The log line comes with the file: whole numbers leave the database here.
        written = write_workbook(layout, sheets, out, heading=heading, as_of=as_of)
        detail = {"file": out.name, "rows": written.rows, "sheets": list(written.sheets)}
        events.record(
            session, actor, "export", layout.key, f"导出{layout.label}{written.rows}行，含完整号码", detail
        )
    return _exported(layout, written)


def _exported(layout: Layout, written: Written) -> Exported:
    return Exported(layout.key, str(written.file), written.sheets, written.rows)


def _alert_rows(session: Session) -> list[Row]:
    found = alerts.listing(session, OPEN)
    who = people.infos(session, {row.person for row in found if row.person})
    homes = people.households(session, {row.household for row in found if row.household})
    for row in found:
        if row.person and not row.household:
            homes |= people.households(session, people.households_of(session, row.subject)[:1])
    labels = {rule.key: rule.label for rule in RULES}
    rows: list[Row] = []
    for row in found:
        person = who.get(row.person)
        home = homes.get(row.household)
        if home is None and person is not None:
            listed = people.households_of(session, row.subject)[:1]
            home = homes.get(listed[0]) if listed else None
        rows.append(
            {
                "row_key": row.id,
                "alert": row.id[:10],
                "township": _first(home and home.township, person and person.township) or _NO_TOWNSHIP,
                "village": _first(home and home.village, person and person.village),
                "head": home.head_name if home else "",
                "name": person.name if person else "",
                "id_number": _number(person),
                "programme": _programme(home),
                "rule": labels.get(row.rule, row.rule),
                "reason": row.reason + "\n" + _places(row.body.get("evidence")),
                "priority": PRIORITIES[row.priority],
                "due": row.due or None,
                "citation": row.citation,
                "department": row.department,
            }
        )
    return sorted(rows, key=lambda row: str(row["township"]))


def _payment_sheets(session: Session, layout: Layout, run: runs.RunRow, by: str | None) -> list[SheetData]:
    payments = runs.payments(session, run.id)
    held = runs.held(session, run.id)
    who = people.infos(session, {item.person for payment in payments for item in payment.items})
    homes = people.households(session, {p.household for p in payments if p.household})
    covered = _covered(session, run.id)
    rows: list[Row] = []
    annexes: list[SheetData] = []
    for payment in payments:
        if payment.id in held or payment.kind == "reversal" or claims.is_reversed(session, payment.id):
            continue
        persons = list(dict.fromkeys(item.person for item in payment.items))
        months = sorted({item.month for item in payment.items})
        home = homes.get(payment.household)
        head = who.get(home.head) if home else None
        rows.append(
            {
                "row_key": payment.id,
                "township": payment.township or ("供养机构" if not payment.household else _NO_TOWNSHIP),
                "village": payment.village,
                "payee": payment.payee,
                "id_number": _number(head),
                "programme": _programme(home) or "集中供养",
                "covered": covered.get(payment.household) or len(persons),
                "months": _months(months),
                "amount": payment.fen,
                "bank": payment.bank,
                "account": payment.account,
                "household": payment.household or payment.id,
                "remark": "" if payment.household else f"附名单{len(persons)}人",
            }
        )
        if not payment.household:
            annexes.append(_annex(payment, persons, months, who))
    rows.sort(key=lambda row: (row["township"] == "供养机构", str(row["township"])))
    return [*group_rows(layout, rows, by), *annexes, _questions(session, run)]


def _covered(session: Session, run: int) -> dict[str, int]:
    """Household → the covered persons that the roster printed, where it did."""
    frozen = runs.input_of(session, run)
    rows = frozen.get("households", []) if isinstance(frozen, dict) else []
    return {row["household"]: row["covered"] for row in rows if row["covered"]}


def _number(person: people.PersonInfo | None) -> str:
    """The ID number; one that is not whole says so, lest a cut one pass for an old one of 15 digits."""
    if person is None or not person.id_number:
        return ""
    whole = person.id_kind in ("valid", "legacy15")
    return person.id_number if whole else f"{person.id_number}（{ID_KINDS[person.id_kind]}）"


def _annex(
    payment: Payment, persons: list[str], months: list[str], who: Mapping[str, people.PersonInfo]
) -> SheetData:
    amounts: dict[str, int] = defaultdict(int)
    for item in payment.items:
        amounts[item.person] += item.fen
    rows: list[Row] = [
        {
            "row_key": f"{payment.id}:{person}",
            "village": who[person].township + who[person].village if person in who else "",
            "name": who[person].name if person in who else "",
            "id_number": _number(who.get(person)),
            "programme": SUPPORT_MODES["institution"],
            "months": _months(months),
            "amount": amounts[person],
            "remark": "",
        }
        for person in persons
    ]
    return SheetData(payment.payee or "未写明机构", rows, {"amount": payment.fen}, table="annex")


def _questions(session: Session, run: runs.RunRow) -> SheetData:
    asked = runs.questions(session, run.id)
    who = people.infos(session, {q.person for q in asked if q.person})
    homes = people.households(session, {q.household for q in asked if q.household})
    rows: list[Row] = []
    for number, question in enumerate(asked, start=1):
        home = homes.get(question.household)
        person = who.get(question.person)
        rows.append(
            {
                "row_key": f"r{run.id}:{number}",
                "payment": question.payment[:10],
                "category": _CATEGORIES.get(question.code, question.code),
                "township": home.township if home else (person.township if person else ""),
                "head": home.head_name if home else "",
                "subject": person.name if person else "",
                "question": question.text,
                "evidence": _places(question.evidence),
            }
        )
    return SheetData("问题单", rows, table="questions")


def _run(session: Session, run: int | None) -> runs.RunRow:
    if run is not None:
        row = runs.get(session, run)
        if row is None:
            raise AidError("unknown_run", f"没有发放批次 r{run}", hint="用 aidcli pay list 查看现有批次")
        return row
    live = [row for row in runs.listing(session) if row.status != "rejected"]
    if not live:
        raise AidError("no_run", "还没有发放批次", hint="先运行 aidcli schedule --month 2026-10 排发放")
    if len(live) > 1:
        listed = "、".join(f"r{r.id}（{r.period}{SHORT_PROGRAMMES[r.programme]}）" for r in live)
        raise WrongUsage("which_run", f"有{len(live)}个发放批次：{listed}", hint="用 --run r1 指定一个")
    return live[0]


def _programme(home: people.HouseholdInfo | None) -> str:
    if home is None:
        return ""
    prefix = RESIDENCES.get(home.residence, "") if home.programme == "dibao" else ""
    return prefix + SHORT_PROGRAMMES[home.programme]


def _places(evidence: object) -> str:
    """``依据：火化名单.csv 第12行F列；…`` from frozen places."""
    if not isinstance(evidence, Iterable):
        return ""
    places = [place for place in evidence if isinstance(place, dict)]
    shown = [
        f"{place['file']}{'' if str(place['file']).endswith('.csv') else '/' + str(place['sheet'])}"
        f" 第{place['row']}行{place['column']}列"
        for place in places[:_SHOWN_PLACES]
    ]
    more = f"等{len(places)}处" if len(places) > _SHOWN_PLACES else ""
    return "证据：" + "；".join(shown) + more if shown else ""


def _months(months: list[str]) -> str:
    return months[0] if len(months) == 1 else f"{months[0]}至{months[-1]}" if months else ""


def _period(period: str) -> str:
    if "Q" in period:
        return f"{period[:4]}年第{'一二三四'[int(period[-1]) - 1]}季度"
    return f"{period[:4]}年{int(period[5:])}月"


def _first(*values: str | None) -> str:
    return next((value for value in values if value), "")
