"""Rows in which nothing is odd, read a block at a time and column by column.

What a row means is defined by `RowReader` and `RecordMaker`. Nine rows in ten of a large file hold a whole
number, a name and values that mean something; those are read here many times faster and yield the same
(tests hold it to that on every template). Every row with anything odd is left to the row reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress, zip_longest
from typing import Any, NamedTuple

from ...model import FactColumn, PlainRows
from ..fields import FACTS
from ..formats.source import Row
from ..templates import Template
from .columnwise import Columns, figures, needed_values, settle_numbers, settle_sums, without
from .fallbacks import INCLUDED, SUPPLEMENTS, counted, less, paid_by_standard
from .leavers.remarks import Remarks
from .leavers.watching import Watched, beyond
from .persons import childclass
from .persons.heads import is_head_relation
from .persons.lanes import NOTHING, ODD, Lane, Remembered, guard, lane, watch
from .persons.ownids import grade_by_card
from .sums.totals import Totals
from .twofold import BETWEEN, TWOFOLD
from .values import ValueReader

_PLACES = ("township", "village")


class PlainBlock(NamedTuple):
    """What was read of a block of rows: the plain ones, and the places of those that were not."""

    plain: PlainRows | None
    odd: list[int]
    money: Columns

    def add_to(self, totals: Totals, first: int, last: int) -> None:
        """Counts the plain rows from place `first` up to `last` into the running sums."""
        if last > first:
            sums = {field: sum(filter(None, column[first:last])) for field, column in self.money.items()}
            totals.add_rows(last - first, sums)


class _Aside(NamedTuple):
    """A column that no field is read from, looked at for the sake of what it may say of leaving."""

    field: str
    place: int
    column: Watched

    def values(self, raw: Sequence[str]) -> list[Any]:
        speaking = set(filter(self.column.may_speak, set(raw)))  # such columns say the same again and again
        if not speaking:
            return [NOTHING] * len(raw)
        return [ODD if cell in speaking else NOTHING for cell in raw]


class PlainReader:
    """Reads the plain rows of one sheet."""

    def __init__(
        self,
        template: Template,
        reader: ValueReader,
        period: str,
        township: str,
        assume_total: bool,
        remarks: Remarks,
    ) -> None:
        self._template = template
        self._period = period
        self._township = township
        self._assume_total = assume_total
        self._lanes = [lane(column, reader.programme) for column in reader.columns]
        self._guards = [guard(column) for slot in reader.groups for column in slot.values()]
        self._asides = [_Aside(f"remark@{one.place}", one.place, one) for one in remarks.columns]
        self._counted = counted(reader)
        self._beyond = remarks.beyond
        self._outside: dict[int, Lane] = {}
        self._constants = reader.constants
        self._places = reader.places
        self._death_day_unread = reader.death_day_unread
        self._mapped = set(reader.by_field)
        self._by_standard = paid_by_standard(reader)
        fields = self._mapped | {"account", "total"} | ({"benefit_fen"} if self._by_standard else set())
        self._specs = [spec for spec in FACTS if spec.needs in fields]
        self._heads = Remembered(lambda relation: relation is not ODD and is_head_relation(relation))
        self._settled: dict[tuple[str, str], tuple[str, ...]] = {}

    @staticmethod
    def suits(template: Template, reader: ValueReader) -> bool:
        """Whether rows of a sheet can be read without looking at their neighbours."""
        fields = reader.by_field
        by_head = template.kind == "roster" and template.unit == "person"
        return (
            not template.grouped
            and template.unit != "entry"
            and not reader.merged
            and not grade_by_card(template, fields)
            and not (TWOFOLD.keys() | BETWEEN) & fields.keys()
            and not childclass.is_other(reader.constants.get(childclass.FIELD), reader.programme)
            and {"name", "id"} <= fields.keys()
            and (not by_head or {"head_id", "relation"} <= fields.keys())
        )

    def read(self, rows: Sequence[Row], needed: Iterable[str], alone: Iterable[int] = ()) -> PlainBlock:
        """The plain rows among some rows that are not blank.

        `needed`: fields that must have a value; `alone`: places of rows that the row reader has to read.
        """
        by_place = list(zip_longest(*(cells for _, cells in rows), fillvalue=""))
        blank = ("",) * len(rows)
        columns: Columns = {}
        odd = set(alone)
        watched: list[Lane | _Aside] = [*self._lanes, *self._guards, *self._asides]
        for one in watched + self._without_heading(len(by_place)):
            found = one.values(by_place[one.place] if one.place < len(by_place) else blank)
            columns[one.field] = found
            if ODD in found:
                odd.update(place for place, value in enumerate(found) if value is ODD)
        money = {one.field: columns[one.field] for one in self._lanes if one.money}
        for field in ("name", "id", *needed):
            without(columns[field], odd)
        is_head = self._settle_heads(columns, odd)
        self._settle_cards(columns, odd)
        if self._template.kind == "roster":
            settle_sums(columns, odd)
        settle_numbers(columns, odd)
        for field, word in self._constants.items():
            columns[field] = [word] * len(rows)
        if self._places:
            self._settle_places(columns, odd)
        numbers: list[int] = [number for number, _ in rows]
        places = sorted(odd)
        if odd:
            chosen = [place not in odd for place in range(len(rows))]
            columns = {field: list(compress(column, chosen)) for field, column in columns.items()}
            numbers = list(compress(numbers, chosen))
            is_head = list(compress(is_head, chosen))
        if not numbers:
            return PlainBlock(None, places, money)
        return PlainBlock(self._plain(numbers, columns, is_head), places, money)

    def _without_heading(self, width: int) -> list[Lane | _Aside]:
        """Lanes for what stands to the right of the table."""
        if self._beyond is None:
            return []
        places = range(self._beyond, width)
        for place in places:
            if place not in self._outside:
                self._outside[place] = watch(beyond(place))
        return [self._outside[place] for place in places]

    # ------------------------------------------------------------ what looks at more than one column

    def _settle_heads(self, columns: Columns, odd: set[int]) -> list[bool]:
        """Whether each row is its household's head; rows whose head is not told are odd."""
        if self._template.unit == "household":
            return [True] * len(columns["id"])
        if self._template.kind != "roster":
            return [False] * len(columns["id"])
        own, heads, relations = columns["id"], columns["head_id"], columns["relation"]
        is_head = list(map(self._heads.__getitem__, relations))
        if NOTHING in relations:
            for place, relation in enumerate(relations):
                if relation is NOTHING or relation == NOTHING:
                    is_head[place] = (
                        bool(heads[place]) and bool(own[place]) and heads[place][0] == own[place][0]
                    )
        if NOTHING in heads:
            odd.update(place for place, head in enumerate(heads) if head == NOTHING and not is_head[place])
        return is_head

    def _settle_cards(self, columns: Columns, odd: set[int]) -> None:
        """Category and grade that a disability card tells; a card that says otherwise than its row is odd."""
        cards = columns.get("disability_card")
        if cards is None or not any(cards):
            return
        blank = [NOTHING] * len(cards)
        own = columns["id"]
        categories = columns.setdefault("disability_category", blank[:])
        grades = columns.setdefault("disability_grade", blank[:])
        for place, card in enumerate(cards):
            if not card or place in odd:
                continue
            number, category, grade, _ = card
            agrees = categories[place] in (NOTHING, category) and grades[place] in (NOTHING, grade)
            if number != own[place][0] or not agrees:
                odd.add(place)
            categories[place], grades[place] = category, grade
        columns["disability_card"] = [card[-1] if card else NOTHING for card in cards]

    def _settle_places(self, columns: Columns, odd: set[int]) -> None:
        """Townships and villages by the list of the district; the first row with one to be noted is odd."""
        blank = [NOTHING] * len(columns["id"])
        towns, villages = columns.get("township", blank), columns.get("village", blank)
        for place, pair in enumerate(zip(towns, villages, strict=True)):
            if pair in self._settled or place in odd or None in pair:
                continue
            words = {field: word for field, word in zip(_PLACES, pair, strict=True) if word}
            if self._places.would_note(words):
                odd.add(place)
            words |= self._places.named(words)
            self._settled[pair] = tuple(words.get(field, NOTHING) for field in _PLACES)
        settled = [self._settled.get(pair, pair) for pair in zip(towns, villages, strict=True)]
        for at, field in enumerate(_PLACES):
            if field in columns:
                columns[field] = [pair[at] for pair in settled]

    # ------------------------------------------------------------ persons and facts

    def _plain(self, rows: list[int], columns: Columns, is_head: list[bool]) -> PlainRows:
        template = self._template
        own = columns["id"]
        role: str | list[str] = template.role
        if template.kind == "roster" and template.unit == "person":
            role = ["head" if head else "member" for head in is_head]
        identity = (
            columns["name"],
            "valid",
            [number for number, _, _ in own],
            [birth for _, birth, _ in own],
            [sex for _, _, sex in own],
            [word or self._township for word in columns["township"]]
            if "township" in columns and self._township
            else columns.get("township", self._township),
            columns.get("village", ""),
            columns.get("phone", ""),
            columns.get("former_name", ""),
            columns.get(template.row_key, "") if template.row_key else "",
        )
        return PlainRows(rows, role, identity, self._facts(columns, is_head))

    def _facts(self, columns: Columns, is_head: list[bool]) -> list[FactColumn]:
        template, facts = self._template, []
        if template.kind == "roster":
            facts += self._roster_facts(columns, is_head)
        if template.residence:
            facts.append(self._fact("residence", code=template.residence))
        elif "residence" in columns:
            facts.append(self._fact("residence", code=columns["residence"], needs=columns["residence"]))
        self._fall_back(columns)
        for spec in self._specs:
            if spec.needs not in columns:
                continue
            code: Any = columns.get(spec.code, "")
            if spec.code.startswith("="):
                code = template.programme if spec.code == "=programme" else spec.code[1:]
            facts.append(
                self._fact(
                    spec.kind,
                    n=spec.n,
                    month=columns.get(spec.month, ""),
                    day=columns.get(spec.day, ""),
                    fen=columns.get(spec.fen),
                    num=columns.get(spec.num),
                    code=code,
                    text=columns.get(spec.text, ""),
                    needs=needed_values(spec, columns),
                )
            )
        return facts + self._disability(columns) + self._death(columns)

    def _roster_facts(self, columns: Columns, is_head: list[bool]) -> list[FactColumn]:
        template, own = self._template, [number for number, _, _ in columns["id"]]
        if template.unit == "household":
            mode, covered = columns.get("support_mode", ""), columns.get(self._counted)
            return [
                self._fact("enrolled", code=template.programme, text=mode, num=covered),
                self._fact("head", text=own, code="valid"),
            ]
        heads = [
            mine if head else written[0]
            for mine, head, written in zip(own, is_head, columns["head_id"], strict=True)
        ]
        return [
            self._fact("member", code=template.programme, text=columns["relation"]),
            self._fact("head", text=heads, code="valid"),
        ]

    def _fact(
        self,
        kind: str,
        *,
        n: int = 0,
        month: str | list[str] = "",
        day: str | list[str] = "",
        fen: list[Any] | None = None,
        num: list[Any] | None = None,
        code: str | list[str] = "",
        text: str | list[str] = "",
        needs: list[Any] | None = None,
    ) -> FactColumn:
        present = None
        if needs is not None and NOTHING in needs:
            present = [value != NOTHING for value in needs]
        if isinstance(month, list):
            months: str | list[str] = [word or self._period for word in month]
        else:
            months = month or self._period
        return FactColumn(kind, n, months, day, figures(fen), figures(num), code, text, present)

    def _fall_back(self, columns: Columns) -> None:
        """The second column where the first has nothing, as the record maker does it."""
        if "card_account" in columns:
            cards = columns["card_account"]
            first = columns.get("account", [NOTHING] * len(cards))
            columns["account"] = [one or two for one, two in zip(first, cards, strict=True)]
        if self._by_standard:
            columns["benefit_fen"] = columns.pop("benefit_standard")
        if "unemployed_day" in columns:
            days = columns["unemployed_day"]
            states = columns.get("unemployed_state", [NOTHING] * len(days))
            columns["unemployed_state"] = [
                state or ("registered" if day else NOTHING) for state, day in zip(states, days, strict=True)
            ]
        supplements = SUPPLEMENTS & self._mapped
        if self._assume_total and "total" not in self._mapped and "base" in columns and not supplements:
            columns["total"] = columns["base"]
            if INCLUDED in columns:
                columns["base"] = list(map(less, columns["base"], columns[INCLUDED]))

    def _disability(self, columns: Columns) -> list[FactColumn]:
        category, grade = columns.get("disability_category"), columns.get("disability_grade")
        disabled = columns.get("disabled")
        told = [column for column in (category, grade, disabled) if column is not None]
        if not told or not any(any(column) for column in told):
            return []
        needs = [True if any(values) else NOTHING for values in zip(*told, strict=True)]
        state = columns.get("card_state", "")
        return [self._fact("disability", code=category or "", num=grade, text=state, needs=needs)]

    def _death(self, columns: Columns) -> list[FactColumn]:
        if not self._template.fact_code or not {"death_day", "cremation_day"} & columns.keys():
            return []
        blank = [NOTHING] * len(columns["id"])
        died, cremated = columns.get("death_day", blank), columns.get("cremation_day", blank)
        registered = columns.get("registered_day", blank)
        days = [one or two for one, two in zip(died, cremated, strict=True)]
        told = [one or two for one, two in zip(cremated, registered, strict=True)]
        day: str | list[str] = "" if self._death_day_unread else days
        return [self._fact("death", day=day, code=self._template.fact_code, text=told, needs=days)]
