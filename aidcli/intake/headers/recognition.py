"""Which template a sheet fits: headings that few templates know count most, then names and titles."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ... import idnumber
from ...errors import AidError
from ..coercion.cells import shown
from ..formats.source import Row, Sheet
from ..templates import Template
from .above import told_above
from .evidence import WHY_LEFT, Doubt, doubt_of, lists_leavers
from .headings import FEWEST, Top, best_header
from .hints import HINT, names_programme, points_for, points_for_rows, told_of
from .refusals import by_member, doubts_told, first_rows, hint_for, labels, title, units_told
from .ties import Broken, broken_by_name, of_both_classes
from .wording import HEADER_ROWS, HeaderMatch, bare_key, heading_key

_LEAVERS_HINT = "停保（退出）名单不用导入：每月导入全部在册的名册，不在上面的人就是已经退出"

LEAD = 5  # points by which one template must be ahead of the next
_RAREST, _COMMONEST = 10, 2  # points of a heading that one template knows, that all know


class Preview(NamedTuple):
    """The first rows of a sheet that may be read; `place` counts the sheets of the file from 0.

    `stem` is the file's name without its ending.
    """

    sheet: Sheet
    top: Top
    place: int = 0
    stem: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.top.rows


class Fit(NamedTuple):
    """A sheet read with a template; `points` say how well it fits, whether or not columns are missing.

    `doubt`: why the file is not taken for this kind of list unless the template is named.
    """

    template: Template
    one: Preview
    match: HeaderMatch
    points: int
    doubt: Doubt = ""

    @property
    def whole(self) -> bool:
        return not self.match.missing and not self.doubt


def header_of(template: Template, one: Preview) -> HeaderMatch | None:
    """The header of a sheet in a template's words."""
    needs_unit = [field for field, column in template.fields.items() if column.needs_unit]
    match = best_header(template.vocabulary, one.top, needs_unit)
    if match is None or not match.missing:
        return match
    titles = [cells for number, cells in one.rows if number < match.row]
    told = told_above(template, match.missing, one.stem, one.sheet.name, titles)
    missing = tuple(field for field in match.missing if field not in told)
    return match._replace(missing=missing, told=tuple(told.items()))


def fits(path: Path, one: Preview, templates: Mapping[str, Template]) -> list[Fit]:
    """How a sheet reads with each template that knows two of its headings, the best first."""
    known = [
        template
        for template in templates.values()
        if any(len(block.keys & template.vocabulary.words) >= FEWEST for block in one.top.blocks)
    ]
    weights = _weights(tuple(tuple(template.vocabulary.bare) for template in templates.values()))
    found = []
    for template in known:
        match = header_of(template, one)
        if match is not None:
            points = sum(
                weights.get(bare_key(column.known), _COMMONEST) * column.score // 100
                for column in match.columns.values()
            )
            hints = points_for(template, path.stem, one.sheet.name, one.rows, match)
            hints += points_for_rows(template, one.rows, match)
            doubt = doubt_of(template, path.stem, one.sheet.name, one.rows, match, weights)
            points += _COMMONEST * sum(map(len, match.groups[:1])) + len(match.groups)
            points -= 2 * LEAD if _names_twice(match) else 0
            found.append(Fit(template, one, match, max(points + hints, 1), doubt))
    return sorted(_one_of_each_kind(found), key=lambda fit: (-fit.points, fit.template.key))


def _names_twice(match: HeaderMatch) -> bool:
    """Whether another column says 姓名 in the same words: read so, nobody could tell whose row it is."""
    own = match.columns.get("name")
    return own is not None and any(
        field == "name" and heading_key(other.heading) == heading_key(own.heading)
        for field, other in match.rivals
    )


def _one_of_each_kind(found: Sequence[Fit]) -> list[Fit]:
    """The fits, those behind by whom a template of the same kind goes that reads the same columns and more.

    Where two of a kind read a sheet alike nothing depends on which is taken: it need not be asked.
    """
    kinds: dict[tuple[object, ...], list[Fit]] = {}
    for fit in found:
        kinds.setdefault(_kind(fit.template), []).append(fit)
    kept = []
    for fit in found:
        alike = kinds[_kind(fit.template)]
        better = [other.points for other in alike if other is not fit and _goes_before(other, fit)]
        kept.append(fit._replace(points=max(1, min([fit.points, *(points - LEAD for points in better)]))))
    return kept


def _goes_before(one: Fit, two: Fit) -> bool:
    """Of two of a kind that are as near, whether the first reads what the second does and more, or needs more of it."""
    if not (one.whole and two.whole):
        return False
    if abs(one.points - two.points) >= LEAD:
        return False
    mine, theirs = _reading(one), _reading(two)
    if mine != theirs:
        return mine > theirs
    needed = [len(fit.template.vocabulary.required) for fit in (one, two)]
    return (-needed[0], one.template.key) < (-needed[1], two.template.key)


def _kind(template: Template) -> tuple[object, ...]:
    told = template.kind, template.department, template.programme, template.residence, template.role
    return *told, template.unit, template.grouped, template.coverage, template.cycle


def _reading(fit: Fit) -> set[tuple[str, int]]:
    """Which field each column is read as."""
    return {(field, column.place) for field, column in fit.match.columns.items()}


@lru_cache(maxsize=8)
def _weights(vocabularies: tuple[tuple[str, ...], ...]) -> Mapping[str, int]:
    """Points of each heading by how few templates know it."""
    counts = Counter(key for keys in vocabularies for key in keys)
    most = math.log(max(len(vocabularies), 2))
    spread = _RAREST - _COMMONEST
    return {key: _COMMONEST + round(spread * (1 - math.log(count) / most)) for key, count in counts.items()}


def recognise(
    path: Path, previews: Sequence[Preview], templates: Mapping[str, Template]
) -> tuple[Template, Broken | None]:
    """The template that fits one of the sheets best, and the tie that a name had to break for it.

    Raises `AidError`: ``template_ambiguous`` where the next is too near, ``template_unknown`` where none fits
    or one fits far better but for a required column, ``no_header``.
    """
    sheets = [fits(path, one, templates) for one in previews]
    whole = [fit for sheet in sheets for fit in sheet if fit.whole]
    near = [fit for sheet in sheets for fit in sheet if not fit.whole]
    if not whole:
        raise _not_recognised(path, previews, near)
    top = max(fit.points for fit in whole)
    first = [fit for fit in whole if fit.points == top]
    read = {place for _, place in _reading(first[0])}
    more = (fit for fit in near if fit.one is first[0].one)
    more = (
        fit
        for fit in more
        if fit.doubt or {place for _, place in _reading(fit)} - read or _is_called(path, fit, first[0])
    )
    better = max(more, key=lambda fit: fit.points, default=None)
    if better is not None and better.points >= top + HINT:
        if better.match.missing:
            raise _incomplete(path, better, first)
        equals = [fit for fit in near if fit.one is better.one and _says_as(fit, better)]
        raise in_doubt(path, sorted(equals, key=lambda fit: (-fit.points, fit.template.key)))
    rivals = [
        fit
        for fit in whole
        if any(fit.one is best.one and best.points - fit.points < LEAD for best in first) or fit in first
    ]
    candidates = list({fit.template.key: fit.template for fit in [*first, *rivals]}.values())
    if len(candidates) > 1:
        titles = told_of("", "", first[0].one.rows, first[0].match)[2]
        broken = broken_by_name(path, [(first[0].one.sheet.name, titles)], candidates)
        if broken is not None:
            return broken.template, broken
        both = of_both_classes(candidates, first[0].match.columns)
        if both is not None and may_be_offered(path, first[0]):
            return both, None
        listed = "、".join(title(template) for template in candidates)
        raise AidError(
            "template_ambiguous",
            f"文件“{path.name}”的表头与{len(candidates)}个来源模板差不多同样相符：{listed}",
            file=path.name,
            hint=_example(path, [*first, *rivals]),
        )
    return first[0].template, None


def _is_called(path: Path, fit: Fit, other: Fit) -> bool:
    """Whether the file is called what one template is for and not what the other is: a list of cremations."""
    told = told_of(path.stem, fit.one.sheet.name, fit.one.rows, fit.match)
    return names_programme(fit.template, told) and not names_programme(other.template, told)


def _incomplete(path: Path, near: Fit, several: Sequence[Fit]) -> AidError:
    """The refusal of a file that lacks a column; another way to read it is named only where that can do no harm."""
    whole = next((fit for fit in several if may_be_offered(path, fit, near.template)), None)
    lacking = (
        f"文件“{path.name}”像是{title(near.template)}，但第{near.match.row}行表头缺少列"
        f"{labels(near.template, near.match.missing)}{units_told(near.match)}"
    )
    if whole is None:
        hint = "请补上缺少的列（每行都相同的，写在表头上方，如“学校：某某小学”），或用 aidcli sources new 文件 起草模板"
        return AidError("template_unknown", lacking, file=path.name, row=near.match.row, hint=hint)
    return AidError(
        "template_unknown",
        f"{lacking}；按{title(whole.template)}也能读，但会丢掉其余各列，没有自动采用",
        file=path.name,
        row=near.match.row,
        hint=f"请补上缺少的列；确实要按后一种读时用 --source {whole.template.key}",
    )


def may_be_offered(path: Path, fit: Fit, near: Template | None = None) -> bool:
    """Whether a clerk may be told to name this template for a file.

    Read as a roster of assistance, everybody on a list counts as enrolled: so only where name or title say that it is
    one, or where the list that it is more like is a roster too.
    """
    if fit.template.kind != "roster" or (near is not None and near.kind == "roster"):
        return True
    told = told_of(path.stem, fit.one.sheet.name, fit.one.rows, fit.match)
    return names_programme(fit.template, told)


def _example(path: Path, several: Sequence[Fit]) -> str:
    """What to do about a tie; a template by which people would be enrolled is named only where the file is called so."""
    fit = next((fit for fit in several if may_be_offered(path, fit)), None)
    if fit is not None:
        return f"请用 --source 指明是哪一种，例如 --source {fit.template.key}"
    return (
        "是在册名册的，用 --source 指明是哪一种，上面的人都会算作在册；别的部门的名单不要这样写，"
        "用 aidcli sources new 文件 起草模板"
    )


def _says_as(fit: Fit, better: Fit) -> bool:
    """Whether a template is as near as another and doubted for the same reason."""
    return fit.points > better.points - LEAD and fit.doubt == better.doubt and not fit.match.missing


def _not_recognised(path: Path, previews: Sequence[Preview], near: Iterable[Fit]) -> AidError:
    closest = max(near, key=nearness, default=None)
    if closest is None:
        one = previews[0]
        return AidError(
            "no_header",
            f"文件“{path.name}”前{HEADER_ROWS}行里没有找到表头：找过“姓名”“身份证号”等各来源模板的列名，"
            f"看到的是 {first_rows(one.rows)}",
            file=path.name,
            sheet=one.sheet.name,
            row=one.rows[0][0],
            hint="请补上列名所在的一行；没有表头的银行文本请先加上表头",
        )
    if not closest.match.missing:
        told = [fit for fit in near if fit.doubt == closest.doubt and not fit.match.missing]
        return in_doubt(path, sorted(told, key=lambda fit: (-fit.points, fit.template.key)))
    match = closest.match
    if any(idnumber.read(heading).whole for heading in match.unmapped):
        return _form(path, closest)
    unknown = "、".join(f"“{shown(heading, 16)}”" for heading in match.unmapped[:8])
    return AidError(
        "template_unknown",
        f"认不出文件“{path.name}”是哪一种表：最接近的是{title(closest.template)}，但第{match.row}行表头缺少列"
        f"{labels(closest.template, match.missing)}{units_told(match)}{doubts_told(closest.template, match)}"
        + (f"；不认识的列有{unknown}" if unknown else ""),
        file=path.name,
        row=match.row,
        hint=_LEAVERS_HINT
        if lists_leavers(path.stem, closest.one.sheet.name, closest.one.rows, match)
        else hint_for(closest.template, match),
    )


def _form(path: Path, closest: Fit) -> AidError:
    return AidError(
        "no_header",
        f"文件“{path.name}”工作表“{closest.one.sheet.name}”第{closest.match.row}行是列名和内容左右相间的表格（一页一户），不是名单",
        file=path.name,
        sheet=closest.one.sheet.name,
        row=closest.match.row,
        hint="请把要用的内容填成一人一行或一户一行的名单，上面写列名，再导入",
    )


def in_doubt(path: Path, several: Sequence[Fit]) -> AidError:
    """The refusal of a file whose columns are there, but that does not say enough, or says that they left."""
    fit = several[0]
    if fit.doubt == "leavers":
        why = next(
            heading for heading in fit.match.unmapped if WHY_LEFT.search(bare_key(heading_key(heading)))
        )
        message = (
            f"文件“{path.name}”像是停保（退出）人员的名单：有列“{shown(why, 16)}”；"
            f"按{title(fit.template)}导入会把这些人当作在册，没有自动采用"
        )
        hint = f"名单里的人确实都在册时用 --source {fit.template.key}"
    elif fit.doubt == "members":
        message, hint = by_member(path.name, fit.match.row, fit.template)
    else:
        has = "、".join(f"“{column.heading.strip()}”" for column in list(fit.match.columns.values())[:4])
        like = "、".join(title(one.template) for one in several if fit.points - one.points < LEAD)
        message = (
            f"看不出文件“{path.name}”是哪一种表：有{has}等列的名单很多种，文件名、标题和工作表名称里都没有写明；"
            f"像是{like}"
        )
        example = next((one for one in several if may_be_offered(path, one)), None)
        named = (
            f"，例如 --source {example.template.key}"
            if example
            else "（--source 来源），名册里的人都会算作在册"
        )
        hint = f"确是其中一种时写明{named}；都不是的，用 aidcli sources new 文件 起草模板"
    code = "template_ambiguous" if fit.doubt == "untold" else "template_unknown"
    return AidError(code, message, file=path.name, row=fit.match.row, hint=hint)


def nearness(fit: Fit) -> tuple[int, int]:
    """Points, those of headings in doubt too, less those for missing columns; then the share of own columns."""
    doubtful = _RAREST * len(fit.match.doubts)
    share = 100 * len(fit.match.columns) // len(fit.template.fields)
    return fit.points + doubtful - HINT // 2 * len(fit.match.missing), share
