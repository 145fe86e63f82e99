"""The lists of a file: sheets that fit different templates, each with the sheets that belong to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..templates import Template
from .hints import HINT
from .plan import Chosen, choose
from .recognition import LEAD, Fit, Preview, fits
from .refusals import labels, title
from .wording import HEADER_ROWS

_KINDS = ("roster", "department", "money")


class _Sheet(NamedTuple):
    """A sheet with every template that reads it, the best first. `near` knows more of it but lacks columns."""

    one: Preview
    whole: list[Fit]
    near: Fit | None

    @property
    def candidates(self) -> list[str]:
        """The templates between which its headings do not decide."""
        if self.near is not None:
            return []
        return [fit.template.key for fit in self.whole if self.whole[0].points - fit.points < LEAD]


def choose_lists(
    path: Path, previews: Sequence[Preview], templates: Mapping[str, Template], source: str | None
) -> list[Chosen]:
    """The lists of a file: rosters first, of these those of households first, else as the sheets stand.

    A sheet is read by the template by which it would be read if it were a file of its own; what is not read
    stands with its reason among the skipped of the first list. Raises `AidError` as `plan.choose` does.
    """
    if source is not None or len(previews) == 1:
        return [choose(path, previews, templates, source)]
    sheets = [_looked_at(path, one, templates) for one in previews]
    groups = _groups(sheets, templates)
    if not groups:
        return [choose(path, previews, templates, None)]
    taken = {id(sheet.one) for listed in groups.values() for sheet in listed}
    skipped = [
        (sheet.one.sheet.name, _why_not(sheet, templates)) for sheet in sheets if id(sheet.one) not in taken
    ]
    found = [
        choose(path, [sheet.one for sheet in groups[key]], templates, key)
        for key in sorted(groups, key=lambda key: _order(templates[key]))
    ]
    found[0].skipped.extend(skipped)
    return found


def _looked_at(path: Path, one: Preview, templates: Mapping[str, Template]) -> _Sheet:
    found = fits(path, one, templates)
    whole = [fit for fit in found if fit.whole]
    enough = whole[0].points + HINT if whole else 0
    near = next((fit for fit in found if not fit.whole and fit.points >= enough), None)
    return _Sheet(one, whole, near)


def _groups(sheets: Sequence[_Sheet], templates: Mapping[str, Template]) -> dict[str, list[_Sheet]]:
    """Template → its sheets. What several templates read alike goes to the one of them that is in the file."""
    sure: dict[str, list[_Sheet]] = {}
    for sheet in sheets:
        if len(sheet.candidates) == 1:
            sure.setdefault(sheet.candidates[0], []).append(sheet)
    for sheet in sheets:
        if sheet.near is not None and (twin := _twin(sheet, sure)):
            sure[twin].append(sheet)
    largest = sorted(sure, key=lambda key: (-len(sure[key]), -sure[key][0].whole[0].points, key))
    found: dict[str, list[_Sheet]] = {}
    for sheet in sheets:
        here = [key for key in largest if key in sheet.candidates]
        if len(sheet.candidates) == 1:
            here = [_of_one_kind(sheet, largest, templates)]
        if sheet.near is not None:
            here = [twin] if (twin := _twin(sheet, sure)) else []
        if len(here) == 1:
            found.setdefault(here[0], []).append(sheet)
    return found


def _twin(sheet: _Sheet, sure: Mapping[str, Sequence[_Sheet]]) -> str:
    """The template of another sheet that has the same headings and is read by one that reads this sheet too; '' for none."""
    for fit in sheet.whole:
        others = (other for other in sure.get(fit.template.key, ()) if other is not sheet)
        headings = fit.match.headings
        if any(one.match.headings == headings for other in others for one in other.whole[:1]):
            return fit.template.key
    return ""


def _of_one_kind(sheet: _Sheet, largest: Sequence[str], templates: Mapping[str, Template]) -> str:
    """The template of a sheet; where another of the same kind reads more sheets of the file, that one.

    One list over several sheets stays one, though some of them lack a column or have one more.
    """
    own = sheet.whole[0]
    points = {fit.template.key: fit.points for fit in sheet.whole}
    for key in largest[: largest.index(own.template.key)]:
        if (
            _kind(templates[key]) == _kind(own.template)
            and own.points - points.get(key, own.points - HINT) < HINT
        ):
            return key
    return own.template.key


def _kind(template: Template) -> tuple[str, ...]:
    return template.kind, template.department, template.programme, template.residence, template.unit


def _order(template: Template) -> tuple[int, bool]:
    return _KINDS.index(template.kind), template.unit != "household"


def _why_not(sheet: _Sheet, templates: Mapping[str, Template]) -> str:
    if sheet.candidates:
        listed = "、".join(title(templates[key]) for key in sheet.candidates[:3])
        return f"像是{listed}，分不清是哪一种，没有读取；请用 --source 和 --sheet 另行导入"
    near = sheet.near
    if near is not None and near.points >= HINT:
        return f"最接近的是{title(near.template)}，但表头缺少{labels(near.template, near.match.missing)}"
    return f"前{HEADER_ROWS}行里没有找到能认的表头"
