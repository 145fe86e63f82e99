"""How a file would be read, without keeping anything: what ``sources try`` shows."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ... import idnumber
from ...errors import Problem
from ...model import RowRead, SheetPlan
from ...money import yuan
from ...terms import ID_KINDS
from ..coercion.cells import shown, split_list
from ..fields import FIELDS
from ..headers.plan import SheetPlanned
from ..letters import column_letter
from ..reading import Reading
from ..rows.leavers.deaths import RECORDED
from ..rows.skiprows import total_label
from ..rows.unread import UnreadColumns, told_in, unread_headings
from ..rows.values import Values

PLACES = 3  # rows named for each kind of problem


def describe(reading: Reading, limit: int = 10, coverage: str = "") -> dict[str, Any]:
    """The plan of a file, its first `limit` kept rows per sheet with IDs masked, and counts by outcome.

    All rows are read once. ``problems`` counts by severity and code, with the first message and the first
    places of each; ``totals`` the printed totals and how many of them disagree with the rows. `coverage`: what the list
    would be taken as, where that is settled otherwise than its template says. ``rows_ended`` are kept as those of who
    has left, ``deaths`` told beside what a list is about; ``unread``: headings of what holds something and is not read,
    ``read_in_part`` of those of which only ends and deaths are.
    """
    return {
        "file": reading.path.name,
        "source": reading.template.key,
        "label": reading.template.label,
        "kind": reading.template.kind,
        "coverage": coverage or ("change" if reading.leaving else reading.template.coverage),
        "period": reading.period,
        "period_from": reading.period_from,
        "sheets": [_sheet(reading, index, plan, limit) for index, plan in enumerate(reading.sheets)],
        "skipped_sheets": [{"sheet": name, "reason": reason} for name, reason in reading.skipped_sheets],
    }


def _sheet(reading: Reading, index: int, plan: SheetPlan, limit: int) -> dict[str, object]:
    planned = reading.planned[index]
    seen = _Seen(limit, UnreadColumns(planned))
    for row, values in reading.details(index):
        seen.add(row, values)
    unread, in_part = seen.left_out(planned)
    sheet = planned.sheet
    return {
        "sheet": plan.name,
        "header_row": plan.header_row,
        "header_levels": planned.match.levels,
        "columns": [_column(field, told, planned, seen) for field, told in plan.columns.items()],
        "unmapped": list(plan.unmapped),
        "unread": unread,
        "read_in_part": in_part,
        "hidden_rows": sorted(row for row in sheet.hidden_rows if row > plan.header_row),
        "hidden_columns": [column_letter(place + 1) for place in sorted(sheet.hidden_columns)],
        "rows": seen.first,
        "rows_read": seen.outcomes["kept"] + seen.outcomes["set_aside"],
        "rows_kept": seen.outcomes["kept"],
        "rows_ended": seen.ended,
        "deaths": seen.deaths,
        "rows_set_aside": seen.outcomes["set_aside"],
        "rows_skipped": seen.outcomes["skipped"],
        "townships": dict(seen.townships.most_common()),
        "totals": {"printed": seen.totals, "disagreeing": seen.disagreeing},
        "problems": seen.problems(),
    }


def _column(field: str, told: tuple[str, str, str], planned: SheetPlanned, seen: _Seen) -> dict[str, object]:
    """A mapped column; `how` it was recognised and how surely (of 100) as `wording.Column` says."""
    letter, heading, unit = told
    name, _, number = field.rstrip("]").partition("[")
    slots = planned.groups
    column = slots[int(number) - 1][name] if number else planned.match.columns[name]
    return {
        "field": field,
        "label": FIELDS[name].label + number,
        "column": letter,
        "heading": heading,
        "unit": unit,
        "how": column.how,
        "score": column.score,
        "example": seen.examples.get(field, ""),
        "filled": seen.filled[field],
    }


class _Seen:
    """What came up while the rows of a sheet went by."""

    def __init__(self, limit: int, unread: UnreadColumns) -> None:
        self.limit = limit
        self.ended = self.deaths = 0
        self._columns = unread
        self._unread: set[int] = set()
        self._told: set[str] = set()
        self.outcomes: Counter[str] = Counter()
        self.townships: Counter[str] = Counter()
        self.filled: Counter[str] = Counter()
        self.examples: dict[str, str] = {}
        self.first: list[dict[str, object]] = []
        self.totals = self.disagreeing = 0
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], list[Problem]] = {}

    def add(self, row: RowRead, values: Values | None) -> None:
        self.outcomes[row.outcome] += 1
        self._unread |= self._columns.filled([(row.row, row.cells)])
        self._told |= {letter for _, letter in told_in(row.problems)}
        for problem in row.problems:
            kind = problem.severity, problem.code
            self._counts[kind] += 1
            if len(places := self._first.setdefault(kind, [])) < PLACES:
                places.append(problem)
        if row.outcome == "skipped":
            self.totals += bool(total_label(row.cells))
            self.disagreeing += any(problem.code == "total_mismatch" for problem in row.problems)
        if row.outcome != "kept" or values is None or row.record is None:
            return
        kinds = {fact.kind for fact in row.record.facts}
        self.ended += "ended" in kinds
        self.deaths += any(RECORDED in problem.message for problem in row.problems)
        for township in {named.identity.township for named in row.record.persons[:1]}:
            self.townships[township] += 1
        self.filled.update({*values.words, *values.numbers, *values.ids})
        if len(self.first) < self.limit:
            masked = _masked(values)
            self.first.append({"row": row.row, "values": masked})
            for field, text in masked.items():
                self.examples.setdefault(field, text)

    def left_out(self, planned: SheetPlanned) -> tuple[list[str], list[str]]:
        """The headings of what holds something and is not read, and of those from which only ends and deaths are."""
        found: tuple[list[str], list[str]] = [], []
        for place, heading in unread_headings(planned):
            if place in self._unread:
                found[column_letter(place + 1) in self._told].append(heading)
        return found

    def problems(self) -> list[dict[str, object]]:
        """By severity and code, what sets rows aside first, then the most frequent."""
        order = {"row": 0, "cell": 1, "note": 2}
        return [
            {
                "severity": severity,
                "code": code,
                "count": count,
                "example": f"第{self._first[severity, code][0].row}行：{self._first[severity, code][0].message}",
                "places": [
                    {"row": problem.row, "column": problem.column} for problem in self._first[severity, code]
                ],
            }
            for (severity, code), count in sorted(
                self._counts.items(), key=lambda item: (order[item[0][0]], -item[1], item[0])
            )
        ]


def _masked(values: Values) -> dict[str, str]:
    """The values of a row as a screen may show them, in the order of the vocabulary."""
    texts: dict[str, str] = {}
    for field, spec in FIELDS.items():
        if field in values.ids:
            reading = values.ids[field]
            texts[field] = f"{idnumber.format(reading.value)}（{ID_KINDS[reading.kind]}）"
        elif field in values.numbers:
            number = values.numbers[field]
            yes_no = "是" if number else "否"
            texts[field] = (
                yuan(number) if spec.type == "money" else yes_no if spec.type == "yes_no" else str(number)
            )
        elif field in values.words:
            texts[field] = _shown(field, values.words[field])
    return texts


def _shown(field: str, word: str) -> str:
    spec = FIELDS[field]
    if field in ("member_ids", "disability_card"):
        return "；".join(idnumber.format(one) for one in split_list(word))
    if spec.type == "account":
        return "*" * max(len(word) - 4, 0) + word[-4:]
    if spec.choices:
        written = (written for written, meant in spec.choices.items() if meant == word)
        return next(written, word).removeprefix("=")
    return word if field in ("case_number", "serial") else shown(word, 60)
