"""A short list of any source, as a system exports it: first headings, one header row, invented people."""

from __future__ import annotations

from pathlib import Path

from cell_spellings import spelt
from grid_people import persons
from intake_files import TEMPLATES, text_file

from aidcli.intake import Template
from aidcli.intake.fields import FIELDS

PERIOD = "2026-09"
NOBODY = frozenset[str]()


def plain_list(source: str, folder: Path, people: int = 5) -> Path:
    """The list as text; a row is a person, or an entry where the source lists no persons."""
    template = TEMPLATES[source]
    fields = [field for field in template.fields if not FIELDS[field].repeats]
    lines = [[_heading(template, field) for field in fields]]
    for person in persons(source, fields, people):
        values = [spelt(field, template, person.values[field], NOBODY, None, typed=False) for field in fields]  # type: ignore[arg-type]
        lines.append([str(value) for value in values])
    return text_file(folder / f"{template.label}202609.csv", lines)


def _heading(template: Template, field: str) -> str:
    column = template.fields[field]
    heading = column.headings[0].replace("/", "")
    return f"{heading}（万元）" if column.needs_unit else heading
