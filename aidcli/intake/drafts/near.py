"""The templates that a file comes nearest to, where none fits it or a new one is drafted for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..formats.source import Password, open_source
from ..headers.plan import preview
from ..headers.recognition import Fit, Preview, fits, nearness
from ..templates import Template


class Near(NamedTuple):
    """A template that a file nearly fits: `found` and `missing` are headings, `fields` what was found."""

    template: Template
    sheet: str
    header_row: int
    found: tuple[str, ...]
    missing: tuple[str, ...]
    unmapped: tuple[str, ...]
    fields: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        return {
            "source": self.template.key,
            "label": self.template.label,
            "sheet": self.sheet,
            "header_row": self.header_row,
            "found": list(self.found),
            "missing": list(self.missing),
            "unmapped": list(self.unmapped),
        }


def nearest(
    path: Path,
    templates: Mapping[str, Template],
    sheets: Sequence[str] = (),
    limit: int = 3,
    password: Password | None = None,
) -> list[Near]:
    """The templates that a file comes nearest to, each on its best sheet, the nearest first.

    The first is the one that the refusal of the file names. Raises `AidError` as opening a file does.
    """
    previews, _ = preview(path, open_source(path, password).sheets, sheets)
    return nearest_of(path, previews, templates)[:limit]


def nearest_of(path: Path, previews: Sequence[Preview], templates: Mapping[str, Template]) -> list[Near]:
    """The same of sheets that are open; every template that knows two of their headings."""
    every = [fit for one in previews for fit in fits(path, one, templates)]
    best: dict[str, Fit] = {}
    for fit in sorted(every, key=nearness, reverse=True):
        best.setdefault(fit.template.key, fit)
    return [
        Near(
            fit.template,
            fit.one.sheet.name,
            fit.match.row,
            tuple(column.heading.strip() for column in fit.match.columns.values()),
            tuple(fit.template.label_of(field) for field in fit.match.missing),
            fit.match.unmapped,
            tuple(fit.match.columns),
        )
        for fit in best.values()
    ]
