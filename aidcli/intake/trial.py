"""How a file would be read, without keeping anything: what ``sources try`` shows."""

from __future__ import annotations

from collections import Counter

from .. import idnumber
from ..model import SheetPlan
from ..money import yuan
from ..terms import ID_KINDS
from .cells import shown, split_list
from .fields import FIELDS
from .reading import Reading
from .values import Values


def describe(reading: Reading, limit: int = 10) -> dict[str, object]:
    """The plan of a file, its first `limit` kept rows per sheet with IDs masked, and counts by outcome.

    All rows are read once. ``problems`` counts by severity and code, with the first message of each.
    """
    return {
        "file": reading.path.name,
        "source": reading.template.key,
        "label": reading.template.label,
        "period": reading.period,
        "period_from": reading.period_from,
        "sheets": [_sheet(reading, index, plan, limit) for index, plan in enumerate(reading.sheets)],
        "skipped_sheets": [{"sheet": name, "reason": reason} for name, reason in reading.skipped_sheets],
    }


def _sheet(reading: Reading, index: int, plan: SheetPlan, limit: int) -> dict[str, object]:
    outcomes: Counter[str] = Counter()
    counts: Counter[tuple[str, str]] = Counter()
    messages: dict[tuple[str, str], str] = {}
    first: list[dict[str, object]] = []
    for row, values in reading.details(index):
        outcomes[row.outcome] += 1
        for problem in row.problems:
            counts[problem.severity, problem.code] += 1
            messages.setdefault((problem.severity, problem.code), f"第{problem.row}行：{problem.message}")
        if row.outcome == "kept" and values is not None and len(first) < limit:
            first.append({"row": row.row, "values": _masked(values)})
    return {
        "sheet": plan.name,
        "header_row": plan.header_row,
        "columns": [
            {"field": field, "label": FIELDS[field].label, "column": letter, "heading": heading, "unit": unit}
            for field, (letter, heading, unit) in plan.columns.items()
        ],
        "unmapped": list(plan.unmapped),
        "rows": first,
        "rows_read": outcomes["kept"] + outcomes["set_aside"],
        "rows_kept": outcomes["kept"],
        "rows_set_aside": outcomes["set_aside"],
        "rows_skipped": outcomes["skipped"],
        "problems": [
            {"severity": severity, "code": code, "count": count, "example": messages[severity, code]}
            for (severity, code), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ],
    }


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
        return next((written for written, meant in spec.choices.items() if meant == word), word)
    return word if field in ("case_number", "serial") else shown(word, 60)
