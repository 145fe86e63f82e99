"""A template drafted from an unknown file: its header, a guess for every column, and how sure each is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ... import idnumber
from ...errors import AidError
from ..coercion.cells import NumberText
from ..fields import FACTS, FIELDS
from ..formats.source import Password, open_source
from ..headers.plan import choose, preview
from ..headers.recognition import Preview
from ..headers.wording import HEADER_ROWS, bare_key, heading_key
from ..letters import column_letter
from ..templates import Template
from .content import Content, births_agree, look
from .guessing import GUESS, LIKELY, SURE, Guess, guess, same_heading
from .heading_row import HeadingRow, column, find_heading_row
from .known import Known
from .near import Near, nearest_of
from .settings import Setting, kind_of, settings_for

ROWS_SEEN = 300
_SHOWN = 8
_APPROVED = "amount"  # the kind of fact from which payments are drafted
# A field that says of which kind of list a row is; those of any list of people tell nothing.
_COMMON = frozenset(
    (
        "name",
        "id",
        "sex",
        "birth",
        "phone",
        "township",
        "village",
        "address",
        "serial",
        "former_name",
        "head_name",
        "head_id",
    )
)


class Draft(NamedTuple):
    """What is proposed for a file. `columns` has a guess for every column of the header, left to right.

    `base` is the template by which the file can be read already (None where none fits); then key and settings
    are its own. `near` is the one it comes nearest to otherwise. `settings` are the lines above the fields,
    `required` the fields that must be there. `like`: `base` was named by whoever asked, though it does not read the
    file; `lacking` are the fields that it must have and that no column was found for.
    """

    file: str
    sheet: str
    header_row: int
    base: Template | None
    settings: Mapping[str, Setting]
    columns: tuple[Guess, ...]
    required: tuple[str, ...]
    near: Near | None = None
    like: bool = False

    @property
    def lacking(self) -> tuple[str, ...]:
        found = {one.field for one in self.columns}
        own = self.base.fields if self.base and self.like else {}
        return tuple(
            field for field in self.required if field in own and not found & {field, *own[field].or_else}
        )

    @property
    def key(self) -> str:
        return self.settings["key"].value

    @property
    def label(self) -> str:
        return self.settings["label"].value

    @property
    def mapped(self) -> tuple[Guess, ...]:
        return tuple(one for one in self.columns if one.field)

    def as_dict(self, path: Path) -> dict[str, Any]:
        """The draft as a script sees it; a column that nothing is known of has an empty field."""
        return {
            "file": self.file,
            "key": self.key,
            "path": str(path),
            "sheet": self.sheet,
            "header_row": self.header_row,
            "columns": [
                {
                    "column": column_letter(one.place + 1),
                    "heading": one.heading,
                    "field": one.field,
                    "label": FIELDS[one.field].label if one.field else "",
                    "confidence": one.confidence,
                    "score": one.score,
                    "reason": one.reason,
                }
                for one in self.columns
            ],
            "unmapped": [one.heading for one in self.columns if not one.field],
            "nearest": self.near.as_dict() if self.near else None,
        }


def draft(
    path: Path,
    templates: Mapping[str, Template],
    *,
    key: str = "",
    label: str = "",
    sheet: str = "",
    like: Template | None = None,
    today: date,
    password: Password | None = None,
) -> Draft:
    """Drafts a template for a file; `templates` are those there are, whose headings help.

    `like`: the template that the file is one of in other words; the draft takes its place.
    Raises `AidError`: what opening a file raises, ``no_header`` where no row looks like headings, and
    ``no_person_column`` where neither names nor ID numbers are found.
    """
    opened = open_source(path, password)
    previews, _ = preview(path, opened.sheets, [sheet] if sheet else [])
    known = frozenset(
        form
        for template in templates.values()
        for one in template.fields.values()
        for heading in one.headings
        for form in (heading_key(heading), bare_key(heading_key(heading)))
    )
    base = like or _base(path, previews, templates)
    one, found = _best_sheet(path, previews, known, today)
    columns = [
        (place, _flat(heading), look(column(found.below, place), today, heading))
        for place, heading in _headings(found)
    ]
    titles = " ".join(cell for number, cells in one.rows if number < found.row for cell in cells)
    told = f"{path.stem} {one.sheet.name} {titles}"
    kind = base.kind if base else kind_of(told, [heading for _, heading, _ in columns])
    allowed = _allowed(kind, templates)
    near = Known.of([base] if base else templates.values(), [heading for _, heading, _ in columns])
    births = _births(columns, found, today)
    guesses = _usable(guess(columns, near, allowed, births))
    if _nobody(guesses, found, today):  # 户名 alone is who the row is about
        others = {field for field, spec in FIELDS.items() if spec.type in ("name", "id")} - {"name", "id"}
        guesses = _usable(guess(columns, near, allowed - others, births))
    _check_person(path, one, found, guesses)
    settings = settings_for(path.stem, told, kind, guesses, base, key, label)
    required = _required(guesses, base)
    nearest = None if base else _near(path, one, templates)
    of_file = path.name, one.sheet.name, found.row
    return Draft(*of_file, base, settings, tuple(guesses), required, nearest, like is not None)


def _near(path: Path, one: Preview, templates: Mapping[str, Template]) -> Near | None:
    """The template that knows most of a sheet, where it knows more than what any list of people has."""
    nearest = nearest_of(path, [one], templates)
    return nearest[0] if nearest and set(nearest[0].fields) - _COMMON else None


def _nobody(guesses: Sequence[Guess], found: HeadingRow, today: date) -> bool:
    """Whether the columns found so far tell nobody: no name but a holder's without account, no whole ID number."""
    fields = {one.field: one for one in guesses}
    if "name" in fields:
        return False
    if "account_holder" in fields and not {"account", "card_account"} & fields.keys():
        return True
    return "id" not in fields or not any(
        idnumber.read(cell, was_number=type(cell) is NumberText, today=today).whole
        for cell in column(found.below, fields["id"].place)
    )


def _base(path: Path, previews: Sequence[Preview], templates: Mapping[str, Template]) -> Template | None:
    """The template by which the file is read without any draft."""
    try:
        return choose(path, previews, templates, None).template
    except AidError:
        return None


def _best_sheet(
    path: Path, previews: Sequence[Preview], known: frozenset[str], today: date
) -> tuple[Preview, HeadingRow]:
    found = [
        (one, header)
        for one in previews
        if (header := find_heading_row(one.top, known, today)) is not None and header.below
    ]
    if not found:
        first = previews[0]
        raise AidError(
            "no_header",
            f"文件“{path.name}”前{HEADER_ROWS}行里看不出哪一行是列名：应有一行写着“姓名”“身份证号”这样的列名，下面是数据",
            file=path.name,
            sheet=first.sheet.name,
            row=first.rows[0][0],
            hint="请在数据上面加一行列名再起草；一页一户的调查表不是名单，不能导入",
        )
    return max(found, key=lambda pair: (pair[1].known, len(pair[1].below)))


def _headings(found: HeadingRow) -> list[tuple[int, str]]:
    width = max([len(found.headings), *(len(cells) for cells in found.below[:50])])
    padded = [*found.headings, *[""] * (width - len(found.headings))]
    return [
        (place, heading)
        for place, heading in enumerate(padded)
        if heading.strip() or any(cell.strip() for cell in column(found.below, place))
    ]


def _flat(heading: str) -> str:
    return "".join(heading.split())


def _allowed(kind: str, templates: Mapping[str, Template]) -> frozenset[str]:
    """All fields but those of approved sums, outside rosters: nobody is paid by a department's list."""
    if kind == "roster":
        return frozenset(FIELDS)
    used = {
        field for template in templates.values() if template.kind != "roster" for field in template.fields
    }
    sums = {spec.needs for spec in FACTS if spec.kind == _APPROVED}
    return frozenset(field for field in FIELDS if field in used or field not in sums)


def _births(columns: Sequence[tuple[int, str, Content]], found: HeadingRow, today: date) -> frozenset[int]:
    """The places of columns whose days are the births in an ID column."""
    ids = [column(found.below, place) for place, _, content in columns if content.kind == "id"][:2]
    return frozenset(
        place
        for place, _, content in columns
        if content.kind in ("day", "month")
        and any(births_agree(column(found.below, place), numbers, today) for numbers in ids)
    )


def _usable(guesses: Sequence[Guess]) -> list[Guess]:
    """The guesses that a template can say: every heading once, none without words."""
    seen: dict[str, Guess] = {}
    kept: list[Guess] = []
    for one in guesses:
        key = heading_key(one.heading)
        if one.field and not key:
            reason = f"内容像{one.content.label}，但没有列名：请先在表里补上列名"
            one = Guess(one.place, one.heading, one.content, reason=reason)
        elif one.field and key in seen:
            one = Guess(one.place, one.heading, one.content, reason=same_heading(seen[key].place))
        elif key:
            seen.setdefault(key, one)
        kept.append(one)
    return kept


def _check_person(path: Path, one: Preview, found: HeadingRow, guesses: Sequence[Guess]) -> None:
    fields = {guess.field for guess in guesses}
    if fields & {"name", "id"}:
        return
    listed = "、".join(f"“{guess.heading}”" for guess in guesses[:_SHOWN] if guess.heading)
    more = "等" if len(guesses) > _SHOWN else ""
    raise AidError(
        "no_person_column",
        f"文件“{path.name}”第{found.row}行的列名是{listed}{more}，里面既没有姓名，也没有身份证号，不知道每一行是谁",
        file=path.name,
        sheet=one.sheet.name,
        row=found.row,
        hint="汇总表、统计表不能导入，请向来文单位要逐人的名单；名单在另一张工作表里时用 --sheet 指明",
    )


def _required(guesses: Sequence[Guess], base: Template | None) -> tuple[str, ...]:
    """The fields without which a sheet is no such list: who, and the one column that tells what it is.

    A missing day or sum sets a row aside outside rosters, so only one that every row has is asked for.
    """
    mapped = {one.field: one for one in guesses if one.field}
    if base is not None:
        return tuple(field for field, item in base.fields.items() if item.required)
    needed = [field for field in ("name", "id") if field in mapped and mapped[field].confidence != GUESS]
    needed = needed or [field for field in ("id", "name") if field in mapped][:1]
    telling = [
        one
        for one in mapped.values()
        if one.field not in _COMMON
        and one.confidence in (SURE, LIKELY)
        and FIELDS[one.field].type in ("day", "month", "money", "text", "choice", "yes_no")
        and one.content.filled >= max((each.content.filled for each in guesses), default=0)
        and one.content.filled
    ]
    order = ("day", "month", "money", "choice", "text", "yes_no")
    telling.sort(key=lambda one: (-one.score, order.index(FIELDS[one.field].type), one.place))
    return tuple(needed + [one.field for one in telling[:1]])
