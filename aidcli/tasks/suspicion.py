"""What stops a file that is probably the wrong one, or read wrongly; each says what it saw.

A file is only held against what the same kind of file normally shows: lists of the whole population, which
rarely name anybody on the rosters, are not stopped for naming nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from .. import names
from ..errors import AidError
from ..months import add_months, month_of, months_of
from ..store import Actor, Session, batches, events, knowing
from .taking import Counts

if TYPE_CHECKING:
    from ..intake import Reading

FEW_ROWS = 5
SUSPICIOUS_SHARE = 0.2  # of the rows set aside
FEW_PERSONS = 20
UNMATCHED = 0.05  # fewer known than this share …
NORMALLY = 0.5  # … where the last file of the source had this share at least
MONTHS_AHEAD, MONTHS_BACK = 12, 60
_ACCEPT = "确要导入请加 --accept-suspicious"


class Suspicious(AidError):
    """A file that somebody has to look at before it is taken; ``--accept-suspicious`` takes it."""


def refuse_suspicious(
    session: Session,
    actor: Actor,
    reading: Reading,
    batch: int,
    counts: Counts,
    scope: set[str],
    today: date,
    accept: bool,
) -> tuple[str, ...]:
    """Codes of what is suspicious and taken all the same, which is logged; else the first is raised."""
    found = []
    for one in suspicions(session, reading, batch, counts, scope, today):
        if not accept:
            raise one
        found.append(one)
    if found:
        said = {one.code: one.message for one in found}
        summary = f"收下可疑的文件（{len(said)}处可疑）"
        events.record(session, actor, "accept_suspicious", f"b{batch}", summary, said)
    return tuple(one.code for one in found)


def suspicions(
    session: Session, reading: Reading, batch: int, counts: Counts, scope: set[str], today: date
) -> Iterator[Suspicious]:
    """Everything that is odd about a file whose rows are written, the surest sign first.

    `scope`: the townships that a full list covers.
    """
    found = batches.get(session, batch)
    assert found is not None
    known = batches.of_content(session, reading.sha256, reading.template.key)
    yield from (same_as(one, reading.path.name, reading.period) for one in known if one.id != batch)
    yield from _as_read(reading, found, counts)
    yield from _leavers(reading, found, counts)
    yield from _period(reading, today)
    yield from _strangers(session, reading, batch)
    yield from _misnamed(session, reading, batch)
    yield from _shrunk(session, reading, found, scope)


def same_as(found: batches.BatchRow, name: str, period: str) -> Suspicious:
    """What to say of a file for `period` whose content is here as the list of another one."""
    return Suspicious(
        "other_period",
        f"“{name}”的内容已作为{found.period}的{found.source_label}导入（批次 b{found.id}，文件 {found.file}），"
        f"一字不差，{period}的名单不大会和它完全相同",
        file=name,
        hint=f"请核对是不是发错了文件。原来的期间写错了，先运行 aidcli undo b{found.id}；"
        f"两个期间的名单确实完全相同，写明 --period {period} 再加 --accept-suspicious（会记入日志）",
    )


def _as_read(reading: Reading, found: batches.BatchRow, counts: Counts) -> Iterator[Suspicious]:
    name = reading.path.name
    if counts.ids >= FEW_ROWS and counts.lost == counts.ids:
        yield Suspicious(
            "suspicious_ids",
            f"“{name}”的身份证号列全部只有前15位（多半是按数字存放），{counts.lost}个号码的末位都已丢失",
            file=name,
            hint=f"请原单位把该列设为文本后重新导出；{_ACCEPT}",
        )
    if found.rows_read >= FEW_ROWS and found.rows_set_aside > SUSPICIOUS_SHARE * found.rows_read:
        yield Suspicious(
            "suspicious_rows",
            f"“{name}”的{found.rows_read}行中有{found.rows_set_aside}行读不出来，可能认错了列。例如：{counts.example()}",
            file=name,
            hint=f"用 aidcli sources try 核对列的对应关系；{_ACCEPT}",
        )


def rows_ended(counts: Counts) -> int:
    """How many rows of a roster say themselves that they are over."""
    return sum(problem.code == "row_ended" for problem in counts.problems)


def _leavers(reading: Reading, found: batches.BatchRow, counts: Counts) -> Iterator[Suspicious]:
    """A whole roster, most rows of which say that they are over: the list of those who left."""
    over = rows_ended(counts)
    if found.coverage == "full" and 2 * over > found.rows_kept:
        yield Suspicious(
            "suspicious_leavers",
            f"“{reading.path.name}”收下的{found.rows_kept}行中有{over}行写明已停保（退出、死亡等），像是停保人员的名单，"
            "按全部在册人员导入会把不在上面的人当作已经退出",
            file=reading.path.name,
            hint=f"停保（退出）名单不用导入：每月导入全部在册的名册，不在上面的人就是已经退出；{_ACCEPT}",
        )


def _period(reading: Reading, today: date) -> Iterator[Suspicious]:
    month, now = months_of(reading.period)[0], month_of(today)
    if add_months(now, -MONTHS_BACK) <= month <= add_months(now, MONTHS_AHEAD):
        return
    said = "还早得很" if month > now else "已是五年以前"
    yield Suspicious(
        "suspicious_period",
        f"“{reading.path.name}”的期间是{reading.period}，以{today.isoformat()}来看{said}，可能写错了年份",
        file=reading.path.name,
        hint=f"请核对年份，用 --period 写明正确的期间；{_ACCEPT}",
    )


def _strangers(session: Session, reading: Reading, batch: int) -> Iterator[Suspicious]:
    """Persons whom nobody knows, where files of this kind normally name known ones."""
    template = reading.template
    if not knowing.has_register(session, batch):
        return
    roster = template.kind == "roster"
    earlier = knowing.before(session, template.key, batch)
    if roster and not earlier:
        return  # the first list of a programme names others than the lists of the other programmes
    share = _sampled(session, batch, not roster)
    if share is None or share >= UNMATCHED:
        return
    if not roster and template.kind != "money":
        usual = _sampled(session, earlier[0], True) if earlier else None
        if usual is None or usual < NORMALLY:
            return
    whole = knowing.hits(session, batch, on_rosters=not roster)
    if whole.known >= UNMATCHED * whole.persons:
        return
    against = "以前的名册和名单" if roster else "在册人员"
    if whole.known:
        missed = whole.persons - whole.known
        seen = f"有{missed}人（{100 * missed // whole.persons}%）在{against}里找不到"
    else:
        seen = f"没有一个号码能在{against}里找到"
    yield Suspicious(
        "suspicious_strangers",
        f"“{reading.path.name}”里有完整身份证号的{whole.persons}人，{seen}，可能是别处的文件或认错了列",
        file=reading.path.name,
        hint=f"用 aidcli sources try 核对列的对应关系，并核对文件是不是本地的；{_ACCEPT}",
    )


def _misnamed(session: Session, reading: Reading, batch: int) -> Iterator[Suspicious]:
    """Known numbers, most of which bear another name than ever: columns that were sorted apart, or slid by a row."""
    known = ((one, frozenset(filter(names.is_own, one.others))) for one in knowing.named(session, batch))
    rows = [one._replace(others=others) for one, others in known if others and names.is_own(one.name)]
    wrong = [one for one in rows if all(_far(one.name, other) for other in one.others)]
    if len(rows) < FEW_PERSONS or 2 * len(wrong) <= len(rows):
        return
    apart = set(wrong)
    above = sum(one in apart and one.name in before.others for before, one in pairwise(rows))
    below = sum(one in apart and one.name in after.others for one, after in pairwise(rows))
    slid = max(above, below)
    said = "可能是姓名和号码分别排过序，或者号码列填的是别人的"
    if 2 * slid > len(wrong):
        said = f"其中{slid}行的姓名正是{'上' if above >= below else '下'}一行那个号码的人，姓名与号码像是错开了一行"
    yield Suspicious(
        "suspicious_names",
        f"“{reading.path.name}”里有{len(rows)}个号码是以前见过的，{len(wrong)}个写的却是别的姓名，{said}",
        file=reading.path.name,
        hint=f"请原单位核对姓名和身份证号是不是同一行的；{_ACCEPT}",
    )


def _far(one: str, other: str) -> bool:
    """Whether more than one letter lies between two names."""
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=1) > 1


def _sampled(session: Session, batch: int, on_rosters: bool) -> float | None:
    """The share of known persons in a batch; None where it names too few with a whole number."""
    seen = knowing.sampled_hits(session, batch, on_rosters=on_rosters)
    return None if seen.persons < FEW_PERSONS else seen.known / seen.persons


def _shrunk(
    session: Session, reading: Reading, found: batches.BatchRow, scope: set[str]
) -> Iterator[Suspicious]:
    if found.coverage != "full":
        return
    last = knowing.last_full(session, found.source, found.period, scope)
    if last is None or last[1] < FEW_PERSONS or 2 * found.rows_kept >= last[1]:
        return
    yield Suspicious(
        "suspicious_shrunk",
        f"“{reading.path.name}”只有{found.rows_kept}行，{last[0]}的{found.source_label}有{last[1]}行，少了一半以上，"
        "可能不是全部",
        file=reading.path.name,
        hint=f"请核对是不是漏了乡镇或筛选后导出的；只含部分乡镇用 --scope 写明，只含变动用 --coverage change；{_ACCEPT}",
    )
