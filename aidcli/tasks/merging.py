"""`review merge` and `review split`: two people who are one, and a record that is somebody else's."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from .. import idnumber
from ..errors import AidError
from ..linkage.anchors import WHOLE
from ..linkage.resolve import pair_id
from ..model import PersonPaid
from ..store import Actor, Session, pairs, people, places
from .answering import Answer, alert_paid_twice, record


class Merged(NamedTuple):
    """`person` is who remains, `gone` who now leads there; `pair` takes it back with `review undo`."""

    person: str
    gone: str
    pair: str
    paid_twice: list[PersonPaid]


class Split(NamedTuple):
    """`person` keeps its other records, `other` is who the records are now; `pairs` take it back.

    `named` is who they were before: the id may go along with the records, and the others have another.
    `parts`: who each of the records is now, those that left before those that stayed. `asked`: how many
    questions wait among them, where it is not clear any more whose they are.
    """

    named: str
    person: str
    other: str
    pairs: tuple[str, ...]
    parts: tuple[Part, ...]
    asked: int


class Part(NamedTuple):
    """Records that were taken from a person together, or left to them, and who they are now."""

    stays: bool
    person: str
    records: tuple[Standing, ...]


class Standing(NamedTuple):
    """A record, and where it first stands; `row` is None where that is not known."""

    mention: str
    name: str
    source: str
    row: int | None


def merge(
    session: Session,
    actor: Actor,
    one: str,
    other: str,
    why: str,
    as_of: date,
    *,
    sure: bool = False,
    wait: float = 0.0,
) -> Merged:
    """Records that two people are one, as an answer about their own records.

    Raises `AidError` where they are one already, where answers say that records of theirs differ, or where
    each has a whole number of its own, unless `sure`.
    """
    with session.transaction(actor, wait):
        first, second = _person(session, one), _person(session, other)
        if first == second:
            raise AidError("same_person", f"{one} 和 {other} 已经是同一个人（{first[:10]}）")
        left, right = _own(session, first), _own(session, second)
        _refuse_contrary(session, first, second)
        if not sure:
            _refuse_two_numbers(session, first, second)
        record(session, actor, [Answer(left, right, "same", why)])
        now = pairs.people_of(session, (left, right))
        if now[left] != now[right]:
            raise AidError(
                "merge_refused",
                f"{first[:10]} 和 {second[:10]} 合不到一起：有人答过他们的记录不是同一人",
                hint="用 aidcli review list --answered 查看，需要的先 aidcli review undo",
            )
    remains = now[left]
    found = alert_paid_twice(session, actor, (left, right), as_of, wait)
    return Merged(remains, second if remains == first else first, pair_id(*sorted((left, right))), found)


def split(
    session: Session, actor: Actor, person: str, mentions: Sequence[str], why: str, wait: float = 0.0
) -> Split:
    """Records that some records of a person are somebody else's, as answers about each of the others.

    Several records stay together. Raises `AidError` where a record is not that person's, or none is left.
    """
    with session.transaction(actor, wait):
        number = _person(session, person)
        rows = people.mentions_of(session, number)
        kept = [row.key for row in rows]
        named = {_mention(session, ref): ref for ref in mentions}
        leaving = list(named)
        for key, ref in named.items():
            if key not in kept:
                raise AidError(
                    "not_of_person",
                    f"记录 {ref} 不是 {number[:10]} 的",
                    hint=f"用 aidcli explain {number[:10]} 查看这个人有哪些记录",
                )
        staying = [key for key in kept if key not in leaving]
        if not staying:
            raise AidError(
                "nothing_left", f"{number[:10]} 只有这{len(leaving)}条记录，没有可分开的", hint="不用分开"
            )
        answers = [Answer(key, other, "different", why) for key in leaving for other in staying]
        told = record(session, actor, answers)
        now = pairs.people_of(session, kept)
        parts = _parts(session, sorted(rows, key=lambda row: row.key in staying), set(staying), now)
        asked = sum({row.left, row.right} <= set(kept) for row in pairs.waiting(session))
    taken_back_by = tuple(pair_id(*both) for both in told)
    return Split(number, now[staying[0]], now[leaving[0]], taken_back_by, parts, asked)


def _parts(
    session: Session, rows: Sequence[people.MentionInfo], staying: Container[str], now: Mapping[str, str]
) -> tuple[Part, ...]:
    stands = places.of_sightings(session, [row.sighting for row in rows])
    found: dict[tuple[bool, str], list[Standing]] = {}
    for row in rows:
        at = stands[row.sighting].row if row.sighting in stands else None
        told = Standing(row.key, row.name, row.source_label, at)
        found.setdefault((row.key in staying, now[row.key]), []).append(told)
    return tuple(Part(*which, tuple(records)) for which, records in found.items())


def _person(session: Session, ref: str) -> str:
    """The person of a reference, as they are now."""
    kind, number = people.expand(session, ref)
    if kind != "p":
        raise AidError(
            "not_a_person", f"“{ref}”不是人员编号，应以 p- 开头", hint="用 aidcli find 姓名 查编号"
        )
    info = people.infos(session, [number]).get(number)
    if info is None:
        raise AidError("no_records", f"{ref} 已没有记录（依据的导入已撤销）")
    return info.id


def _mention(session: Session, ref: str) -> str:
    kind, number = people.expand(session, ref)
    if kind != "m":
        raise AidError(
            "not_a_record",
            f"“{ref}”不是记录编号，应以 m- 开头",
            hint="用 aidcli explain p-编号 查看有哪些记录",
        )
    return number


def _own(session: Session, person: str) -> str:
    """The record that a person is known by."""
    return people.mentions_of(session, person)[0].key


def _refuse_contrary(session: Session, one: str, other: str) -> None:
    """Names the answers that stand against two people being one."""
    belongs = _of_people(session, (one, other))
    against = [
        row.pair
        for row in pairs.answered(session)
        if row.status == "different" and {belongs.get(row.left), belongs.get(row.right)} == {one, other}
    ]
    if against:
        listed = "、".join(pair[:10] for pair in against[:5]) + ("等" if len(against) > 5 else "")
        raise AidError(
            "merge_refused",
            f"{one[:10]} 和 {other[:10]} 不能合并：有人答过他们的记录不是同一人（{listed}）",
            hint=f"核实后先收回：aidcli review undo {against[0]}",
        )


def _refuse_two_numbers(session: Session, one: str, other: str) -> None:
    """Two right numbers are two people, but for the few who were given a second one."""
    named = people.infos(session, (one, other))
    first, second = named[one], named[other]
    if first.id_kind not in WHOLE or second.id_kind not in WHOLE or first.id_number == second.id_number:
        return
    both = "，".join(f"{who.name} {idnumber.format(who.id_number)}" for who in (first, second))
    raise AidError(
        "two_numbers",
        f"没有合并：两人各有一个完整、正确而不同的身份证号（{both}），多半是两个人",
        hint="核对过证件、确是一个人有两个号码的，加 --yes 再合并，理由写明核对了什么",
    )


def _of_people(session: Session, persons: Iterable[str]) -> dict[str, str]:
    return {row.key: person for person in persons for row in people.mentions_of(session, person)}
