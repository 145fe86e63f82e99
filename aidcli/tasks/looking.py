"""`find` and `explain`: who is this, and why, down to file, sheet, row, column and article."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import NamedTuple

from .. import idnumber
from ..errors import AidError
from ..money import yuan
from ..store import Session, alerts, batches, claims, current, lookups, pairs, people, places, runs
from ..terms import (
    ALERT_STATUSES,
    PAY_ITEMS,
    PAYMENT_KINDS,
    RUN_STATUSES,
    SHORT_PROGRAMMES,
)
from . import amending
from .answering import VERDICTS
from .reviewing import evidence_sentence, lines_of_records
from .undo import unknown


class Found(NamedTuple):
    """A person with the households that list them."""

    person: people.PersonInfo
    households: tuple[people.HouseholdInfo, ...]


class Explained(NamedTuple):
    """Why: a text of lines, and the cells it rests on."""

    ref: str
    kind: str
    text: str
    evidence: list[dict[str, object]]


def find(session: Session, text: str) -> list[Found]:
    """People by part of a name, tail of a number, phone or village."""
    with session.snapshot():
        return _with_households(session, people.find(session, text.strip()))


def find_number(session: Session, number: str) -> list[Found]:
    """People by a whole ID number; raises `AidError` when it is none."""
    try:
        whole = idnumber.validate(number)
    except ValueError as error:
        raise AidError("bad_id", f"给出的身份证号不对：{error}") from error
    with session.snapshot():
        return _with_households(session, people.by_number(session, whole))


def explain(session: Session, ref: str) -> Explained:
    """The story of a batch, run, alert, payment, person, household, mention or pair."""
    with session.snapshot():
        stands = re.fullmatch(r"b(\d+):(?:(.+):)?(\d+)", ref)
        if stands:
            if batches.get(session, int(stands[1])) is None:
                raise unknown(session, int(stands[1]))
            batch, sheet, row = int(stands[1]), stands[2] or "", int(stands[3])
            told = amending.lines_of_row(session, batch, sheet, row)
            doubts = (one for one in lookups.aside(session, batch) if one.row == row)
            noted = [dict(one._asdict()) for one in doubts if sheet in ("", one.sheet)]
            return Explained(ref, "row", "\n".join(told), noted)
        if ref[:1] == "b" and ref[1:].isdigit():
            return _batch(session, int(ref[1:]))
        if ref[:1] == "r" and ref[1:].isdigit():
            return _run(session, int(ref[1:]))
        try:
            kind, whole = people.expand(session, ref)
        except AidError as error:
            taken_back = error.code == "unknown_reference" and pairs.withdrawn(session, ref)
            if not taken_back:
                raise
            number, left, right = taken_back
            code = pairs.last_code(session, left, right)
            return _pair(session, number, lookups.PairRow(left, right, "withdrawn", code))
        return _EXPLAIN[kind](session, whole)


def _with_households(session: Session, found: list[people.PersonInfo]) -> list[Found]:
    result = []
    for person in found:
        listed = people.households(session, people.households_of(session, person.id))
        result.append(Found(person, tuple(listed.values())))
    return result


def _alert(session: Session, number: str) -> Explained:
    row = next(row for row in alerts.listing(session) if row.id == number)
    lines = [
        row.reason,
        f"状态：{ALERT_STATUSES[row.status]}；首次发现 {row.first_seen}，最近 {row.last_seen}"
        + (f"；核查期限 {row.due}" if row.due else ""),
        f"依据：{row.citation}",
    ]
    for _, kind, day, detail in alerts.story(session, number):
        said = "，".join(
            str(detail[key]) for key in ("result", "reason") if detail.get(key) and kind != "opened"
        )
        lines.append(f"{day} {_STORY.get(kind, kind)}" + (f"：{said}" if said else ""))
    evidence = row.body.get("evidence")
    lines += amending.gone_batches(session, evidence)
    return Explained(number, "alert", "\n".join(lines), list(evidence) if isinstance(evidence, list) else [])


def _payment(session: Session, number: str) -> Explained:
    found = runs.payment(session, number)
    assert found is not None
    run, payment = found
    row = runs.get(session, run)
    assert row is not None
    who = people.infos(session, {item.person for item in payment.items})
    lines = [
        f"{SHORT_PROGRAMMES[payment.programme]}{payment.period}{PAYMENT_KINDS[payment.kind]}："
        f"付给{payment.payee}{yuan(payment.fen)}元，发放批次 r{run}（{RUN_STATUSES[row.status]}）"
    ]
    for item in payment.items:
        name = who[item.person].name if item.person in who else item.person
        lines.append(f"{item.month} {name} {PAY_ITEMS[item.item]} {yuan(item.fen)}元")
    reason = runs.held(session, run).get(number)
    lines += [f"缓发：{reason}"] if reason else []
    lines += ["已冲销"] if claims.is_reversed(session, number) else []
    lines += [q.text for q in runs.questions(session, run) if q.payment == number]
    sightings = runs.roster_rows(session, run, payment.household, {i.person for i in payment.items})
    stands = places.of_sightings(session, sightings, "enrolled")
    return Explained(
        number, "payment", "\n".join(lines), [stands[s].as_dict() for s in sightings if s in stands]
    )


def _person(session: Session, number: str) -> Explained:
    info = people.infos(session, [number]).get(number)
    if info is None:
        raise AidError("no_records", f"{number}已没有记录（依据的导入已撤销）")
    mentions = people.mentions_of(session, info.id)
    stands = places.of_sightings(session, [m.sighting for m in mentions])
    told = (info.name, idnumber.format(info.id_number), info.township + info.village)
    lines = ["，".join(part for part in told if part)]
    if info.id != number:
        lines.append(f"{number}与{info.id}是同一人，以后者为准")
    for home in people.households(session, people.households_of(session, info.id)).values():
        standing = "家庭成员（不享受）" if info.id in current.not_covered(session, home.id) else "在册"
        lines.append(
            f"{standing}：{SHORT_PROGRAMMES[home.programme]} {home.township}{home.village}{home.head_name}户 {home.id}"
        )
    lines += lines_of_records(session, mentions)
    evidence = [{"mention": m.key, **stands[m.sighting].as_dict()} for m in mentions if m.sighting in stands]
    return Explained(number, "person", "\n".join(lines), evidence)


def _household(session: Session, number: str) -> Explained:
    info = people.households(session, [number])[number]
    spans = lookups.members(session, number)
    who = people.infos(session, {span.person for span in spans})
    case = info.case_number or "未填"
    lines = [
        f"{SHORT_PROGRAMMES[info.programme]} {info.township}{info.village}{info.head_name}户，证号 {case}"
    ]
    aside = current.not_covered(session, number)
    for span in spans:
        name = who[span.person].name if span.person in who else span.person
        until = f"至{span.to_month}" if span.to_month else ""
        said = (span.relation or "户主") + ("，不享受" if span.person in aside else "")
        lines.append(f"{name}（{said}）{span.from_month}起{until}")
    sightings = runs.roster_rows(session, None, number, set())
    stands = places.of_sightings(session, sightings, "enrolled")
    return Explained(
        number, "household", "\n".join(lines), [stands[s].as_dict() for s in sightings if s in stands]
    )


def _mention(session: Session, number: str) -> Explained:
    row = lookups.mention(session, number)
    if row is None:
        gone = "；".join(amending.gone_with(session, [number])) or amending.GONE
        return Explained(number, "mention", f"{number[:10]}：所在的导入已撤销（{gone}）", [])
    sightings = lookups.sightings(session, number)
    linked = "还没有匹配"
    if row.person:
        lines = lines_of_records(session, people.mentions_of(session, row.person), [number])
        linked = f"属于 {row.person}：{lines[0]}"
    stands = places.of_sightings(session, sightings)
    text = f"{row.name}，{idnumber.format(row.id_value)}\n{linked}"
    return Explained(number, "mention", text, [stands[s].as_dict() for s in sightings])


def _pair(session: Session, number: str, row: lookups.PairRow | None = None) -> Explained:
    row = row or lookups.pair(session, number)
    left, right = _mention(session, row.left), _mention(session, row.right)
    said = evidence_sentence(session, row.code, row.left, row.right, asked=row.status == "pending")
    lines = [f"{said}（{_VERDICTS[row.status]}）", f"左：{left.text}", f"右：{right.text}"]
    lines += _answers(session, row.left, row.right)
    return Explained(number, "pair", "\n".join(lines), left.evidence + right.evidence)


def _answers(session: Session, left: str, right: str) -> list[str]:
    """Every answer about two records, the oldest first: when, who, what and why, and what became of it."""
    told = pairs.story(session, left, right)
    lines = []
    for row, after in zip_longest(told, told[1:]):
        when = row.at[:16].replace("T", " ")
        if row.status == "withdrawn":
            lines.append(f"{when} {row.operator}收回了回答")
            continue
        why = f"：{row.why}" if row.why else ""
        fate = "现行"
        if after:
            fate = "后来收回" if after.status == "withdrawn" else "后来又答了"
        lines.append(f"{when} {row.operator}答“{VERDICTS[row.status]}”{why}（{fate}）")
    return ["历次回答：", *lines] if lines else []


def _decision(session: Session, number: str) -> Explained:
    row = lookups.decision(session, number)
    text = f"{row.kind}：{row.ground}，文号{row.number}，{row.decided_on}作出，{row.effective_month}起执行"
    if lookups.is_orphan(session, number):
        text += f"\n{amending.GONE}：所据的人员、家庭现在没有任何导入的记录"
    return Explained(number, "decision", text, [])


def _batch(session: Session, number: int) -> Explained:
    row = batches.get(session, number)
    if row is None:
        raise unknown(session, number)
    scope = "、".join(name or "没有填写乡镇的行" for name in batches.scope(session, number)) or "无"
    state = "已撤销" if row.status == "undone" else "在用"
    text = (
        f"{row.source_label} {row.period}（{'全量' if row.coverage == 'full' else '变动'}，{state}）\n"
        f"文件：{row.file}\n范围：{scope}\n读{row.rows_read}行，收{row.rows_kept}行，搁置{row.rows_set_aside}行"
    )
    text = "\n".join([text, *amending.lines_of_batch(session, number)])
    aside = [dict(row._asdict()) for row in lookups.aside(session, number)]
    return Explained(f"b{number}", "batch", text, aside)


def _run(session: Session, number: int) -> Explained:
    row = runs.get(session, number)
    if row is None:
        raise AidError("unknown_run", f"没有发放批次 r{number}", hint="用 aidcli pay list 查看现有批次")
    provisional = f"（暂定：{row.provisional}）" if row.provisional else ""
    lines = [
        f"{SHORT_PROGRAMMES[row.programme]}{row.period}（{RUN_STATUSES[row.status]}）：{row.payments}笔"
        f"{yuan(row.amount_fen)}元，应于{row.due_date}前发放，发放日{row.pay_date}{provisional}",
        f"编制：{row.prepared_by}　审批：{row.approved_by or '未审批'}",
    ]
    lines += [(f"{q.payment[:10]} " if q.payment else "") + q.text for q in runs.questions(session, number)]
    evidence = [
        {"batch": b.id, "file": b.file, "period": b.period, "source": b.source}
        for b in runs.stands_on(session, number)
    ]
    return Explained(f"r{number}", "run", "\n".join(lines), evidence)


_STORY = {**ALERT_STATUSES, "opened": "提出", "open": "重新提出"}
_VERDICTS = {
    "pending": "待人工确认",
    "same": "已确认是同一人",
    "different": "已确认不是同一人",
    "unsure": "存疑",
    "withdrawn": "回答已收回，现在不用再问",
}
_EXPLAIN = {
    "a": _alert,
    "y": _payment,
    "p": _person,
    "h": _household,
    "m": _mention,
    "q": _pair,
    "d": _decision,
}
