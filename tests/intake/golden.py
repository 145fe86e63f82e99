"""What a file is read as, on a few short lines: the source, then persons and facts of each row that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from intake_files import read, text_file, xlsx

from aidcli.model import Fact, Named, RowRead

_DATED = ("since", "benefit_until", "employed_until", "card_expires", "watch_ended")
Table = Sequence[Sequence[object]]


def told(tmp_path: Path, name: str, table: Table, **options: object) -> list[str]:
    """``source period`` and then, for each row: its persons, its facts, its problems.

    A person is ``role name`` with the kind of the number where it is not whole; a fact
    ``kind slot=value …``, with ``@1`` before it where it is not about the first person. Months that are the
    file's own period, and facts that only repeat the head's number, are left out.
    """
    path = tmp_path / name
    path = text_file(path, table, "gb18030") if name.endswith((".csv", ".txt")) else xlsx(path, ("S", table))
    reading = read(path, **options)
    lines = [f"{reading.template.key} {reading.period}"]
    for index in range(len(reading.sheets)):
        for row in reading.rows(index):
            lines += _row(row, reading.period)
    return lines


def _row(row: RowRead, period: str) -> list[str]:
    said = " ".join(f"{problem.code}:{problem.column}" for problem in row.problems)
    if row.record is None:
        return [f"{row.outcome} {said}".strip()] if row.outcome == "set_aside" else []
    persons = ", ".join(_person(named) for named in row.record.persons)
    facts = [_fact(fact, period) for fact in row.record.facts if fact.kind != "head"]
    return [persons + (f" !{said}" if said else ""), *(f"  {fact}" for fact in facts)]


def _person(named: Named) -> str:
    one = named.identity
    whole = "" if one.id_kind == "valid" else f"({one.id_kind})"
    place = f"@{one.township}{one.village}" if one.township or one.village else ""
    return f"{named.role} {one.name}{whole}{place}"


def _fact(fact: Fact, period: str) -> str:
    who = f"@{fact.person} " if fact.person else ""
    month = "" if fact.month == period and fact.kind not in _DATED else fact.month
    slots = {"code": fact.code, "fen": fact.fen, "num": fact.num, "month": month, "day": fact.day}
    slots["text"] = fact.text
    filled = [f"{slot}={value}" for slot, value in slots.items() if value not in ("", None)]
    return " ".join([who + fact.kind, *filled])
