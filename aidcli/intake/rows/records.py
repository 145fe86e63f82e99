"""The values of one row → the persons it names and the facts it tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ... import names
from ...errors import Problem
from ...idnumber import IdReading
from ...model import Fact, Identity, Named, Record
from ..coercion import answers
from ..fields import FACTS, FIELDS
from ..templates import Template
from ..vocabulary.property import VEHICLE_KINDS
from ..vocabulary.spec import FactSpec
from . import fallbacks
from .leavers import partdays, standing
from .persons import childclass
from .persons.heads import Household, is_head_relation
from .persons.members import MISSING, against_number, birth_and_sex, id_note, members_of, others_of
from .persons.ownids import grade_untold, own_id
from .sums.spans import Spanning
from .sums.sumparts import PARTS, SUMS
from .twofold import TWOFOLD
from .values import ValueReader, Values


class RecordMaker:
    """Makes the records of one sheet, row by row.

    With `assume_total` the monthly sum stands for the total where the sheet has no other money; sums of a `span` are
    no month's.
    """

    def __init__(
        self,
        template: Template,
        reader: ValueReader,
        period: str,
        today: date,
        township: str,
        assume_total: bool = True,
        span: Spanning | None = None,
    ) -> None:
        self._template = template
        self._reader = reader
        self._period = period
        self._today = today
        self._township = township
        self._assume_total = assume_total
        self._span = span
        self._counted = fallbacks.counted(reader)
        self._household: Household | None = None
        fields = set(reader.by_field) | {"account", "total"}  # those two have a second column
        fields |= {"benefit_fen"} if span or fallbacks.paid_by_standard(reader) else set()
        fields |= {one for field in fields & TWOFOLD.keys() for one in TWOFOLD[field]}
        fields |= set(SUMS) if fields & set(PARTS) else set()
        self._facts = [spec for spec in FACTS if spec.needs in fields]

    def forget_household(self) -> None:
        """The head's row could not be kept: the members below it belong to nobody known."""
        self._household = None

    def end_household(self, whole: bool) -> None:
        """The head's row turned out to be over; where the household's money is, for all of them (`whole`)."""
        if self._household is not None and whole:
            self._household.words["benefit_state"] = "ended"
        elif self._household is not None:
            self._household.headless = True

    def make(self, row: int, cells: tuple[str, ...], values: Values) -> tuple[Record, list[Problem]]:
        """The record of a row that names somebody, and its notes."""
        problems: list[Problem] = []
        own, notes = own_id(self._reader, row, cells, values, self._today)
        notes += grade_untold(self._template, self._reader, row, cells, self._today)
        problems += notes
        is_head = self._is_head(values, own)
        if self._template.grouped:
            self._join_household(row, values, own, is_head, problems)
        opens = self._template.unit == "household" or (self._template.grouped and is_head)
        persons = [self._main(values, own, is_head, self._reader.raw("name", cells))]
        if note := childclass.other_note(self._reader, row, cells, values):
            problems.append(note)
        problems += against_number(self._reader, row, cells, values, own)
        facts = self._main_facts(row, values, own, is_head, opens, problems)
        if opens:
            identity = persons[0].identity
            found, relations, notes = members_of(self._reader, row, cells, values, identity, own, self._today)
            problems += notes
            persons += found
            facts += self._member_facts(values, own, relations)
        found, notes = others_of(self._reader, row, cells, values)
        persons += found
        problems += notes
        if self._template.kind == "roster":
            facts = self._as_it_stands(row, cells, values, facts, len(persons) - len(found), problems)
        return Record(tuple(persons), tuple(facts)), problems

    def _as_it_stands(
        self,
        row: int,
        cells: tuple[str, ...],
        values: Values,
        facts: list[Fact],
        persons: int,
        problems: list[Problem],
    ) -> list[Fact]:
        """The facts of a row of a roster, less what does not hold of those who have left it."""
        programme = self._programme(values)
        above = self._household
        household = above.words if above is not None else {}
        if standing.standing_of(values, programme) == "ended":
            problems.append(standing.ended_note(self._reader, row, cells))
            told = standing.told_by(self._reader, cells)[1] or household.get("benefit_state", "")
            return standing.left(facts, persons, programme, self._period, told)
        over = standing.is_household_over(household, programme)
        if over or (above is not None and above.headless):
            text = "户主一行写的是已停，这一行却在册：这一户没有户主在册，不会发放，请核对"
            problems.append(self._reader.problem(row, "benefit_state", "", "head_ended", text))
        problems += standing.undated(self._reader, row, cells, values)
        return facts

    def make_several(
        self,
        row: int,
        cells: tuple[str, ...],
        values: Values,
        persons: Sequence[tuple[str, IdReading]],
    ) -> tuple[Record, list[Problem]]:
        """The record of a row that says the same of several persons (name, number): co-owners."""
        named: list[Named] = []
        facts: list[Fact] = []
        for ordinal, (name, number) in enumerate(persons):
            words = {**values.words, "name": name}
            own = Values(words, dict(values.numbers), {**values.ids, "id": number}, values.refused)
            record, _ = self.make(row, cells, own)
            facts += [fact._replace(person=len(named)) for fact in record.facts if fact.person == 0]
            named.append(record.persons[0]._replace(ordinal=ordinal))
        problems: list[Problem] = []
        for _, number in persons:
            problems += id_note(self._reader, row, "id", number, number.value)
        return Record(tuple(named), tuple(facts)), problems

    def of_another(self, values: Values, number: int) -> tuple[Fact, ...]:
        """The facts of a further vehicle of the row's person; `number` becomes their `n`."""
        facts = [
            self._column_fact(spec, values)._replace(n=number)
            for spec in self._facts
            if spec.kind in VEHICLE_KINDS and spec.needs in values.words
        ]
        return tuple(facts)

    # ------------------------------------------------------------ the person the row is about

    def _is_head(self, values: Values, own: IdReading) -> bool:
        relation = values.words.get("relation", "")
        if self._template.unit == "household" or is_head_relation(relation):
            return True
        head = values.ids.get("head_id", MISSING)
        return not relation and head.whole and own.whole and head.value == own.value

    def _main(self, values: Values, own: IdReading, is_head: bool, called: str) -> Named:
        role = self._template.role
        if self._template.kind == "roster" and self._template.unit == "person":
            role = "head" if is_head else "member"
        words = values.words
        born, sex = birth_and_sex(own)
        identity = Identity(
            name=words.get("name", ""),
            id_kind=own.kind,
            id_value=own.value,
            birth=words.get("birth") or born,
            sex=words.get("sex") or sex,
            township=words.get("township", self._township),
            village=words.get("village", ""),
            phone=words.get("phone", ""),
            former_name=words.get("former_name", "") or names.former(called),
            row_key=words.get(self._template.row_key, "") if self._template.row_key else "",
        )
        return Named(role, 0, identity)

    def _join_household(
        self, row: int, values: Values, own: IdReading, is_head: bool, problems: list[Problem]
    ) -> None:
        if is_head:
            self._household = Household(own, values.words)
            return
        if self._household is not None and not self._household.holds(values):
            self._household = None
        if self._household is None:
            text = "这一行是家庭成员，但上方没有它的户主行，无法归户"
            problems.append(self._reader.problem(row, "relation", "", "head_missing", text))
            return
        for field, word in self._household.words.items():
            if field not in values.refused:
                values.words.setdefault(field, word)

    # ------------------------------------------------------------ facts

    def _main_facts(
        self,
        row: int,
        values: Values,
        own: IdReading,
        is_head: bool,
        opens: bool,
        problems: list[Problem],
    ) -> list[Fact]:
        template, words, facts = self._template, values.words, []
        programme = self._programme(values)
        if template.kind == "roster" and opens:
            covered = values.numbers.get(self._counted)
            mode = words.get("support_mode", "")
            facts.append(self._fact("enrolled", code=programme, text=mode, num=covered))
        if template.kind == "roster" and template.unit == "person":
            facts.append(self._fact("member", code=programme, text=words.get("relation", "")))
        facts += self._head_fact(self._head_of(row, values, own, is_head, problems))
        residence = template.residence or words.get("residence", "")
        if residence:
            facts.append(self._fact("residence", code=residence))
        facts += self._column_facts(values, opens)
        facts += self._disability(row, values, problems)
        facts += self._death(words)
        return facts

    def _programme(self, values: Values) -> str:
        """The programme of a row: its list's, but for a child who is of another class than the list."""
        return childclass.programme_of(values.words.get(childclass.FIELD), self._template.programme)

    def _fact(
        self,
        kind: str,
        *,
        person: int = 0,
        n: int = 0,
        month: str = "",
        day: str = "",
        fen: int | None = None,
        num: int | None = None,
        code: str = "",
        text: str = "",
    ) -> Fact:
        return Fact(person, kind, n, month or self._period, day, fen, num, code, text)

    def _head_of(
        self, row: int, values: Values, own: IdReading, is_head: bool, problems: list[Problem]
    ) -> IdReading:
        """The head's ID as far as the row, or the head's row above it, tells it."""
        if self._template.kind != "roster":
            return MISSING
        if is_head:
            return own
        written = values.ids.get("head_id", MISSING)
        if written.kind == "missing" and self._household is not None:
            return self._household.head
        if not self._template.grouped and "head_id" not in values.refused:
            if written.kind == "missing":
                text = f"列“{self._reader.heading('head_id')}”没有填写，无法归户"
                problems.append(self._reader.problem(row, "head_id", "", "head_missing", text))
            else:
                problems += id_note(self._reader, row, "head_id", written, written.value)
        return written

    def _head_fact(self, head: IdReading, person: int = 0) -> list[Fact]:
        if head.kind == "missing":
            return []
        return [self._fact("head", person=person, text=head.value, code=head.kind)]

    def _member_facts(self, values: Values, head: IdReading, relations: Sequence[str]) -> list[Fact]:
        """What the head's row says of each of the members named in it, whose `relations` it may tell."""
        facts, programme = [], self._programme(values)
        if self._template.kind != "roster":  # nobody is enrolled by a department's list
            return [
                self._fact("household_member", person=person, text=relation)
                for person, relation in enumerate(relations, start=1)
            ]
        case = values.words.get("case_number", "")
        for person, relation in enumerate(relations, start=1):
            facts.append(self._fact("member", person=person, code=programme, text=relation))
            if case:
                facts.append(self._fact("case", person=person, code=programme, text=case))
            facts += self._head_fact(head, person)
        return facts

    def _column_facts(self, values: Values, opens: bool) -> list[Fact]:
        if self._span is not None:
            values = values._replace(numbers=self._span.settled(values.numbers))
        values = fallbacks.applied(self._reader, values, self._assume_total)
        facts = []
        for spec in self._facts:
            if spec.needs not in values.words and spec.needs not in values.numbers:
                continue
            if self._template.grouped and not opens and FIELDS[spec.needs].household:
                continue
            if spec.unless_zero and not values.numbers.get(spec.fen):
                continue
            if spec.is_denied(values.words.get(spec.denied_by, ""), values.words.get(spec.month, "")):
                continue
            facts.append(self._column_fact(spec, values))
        return facts

    def _column_fact(self, spec: FactSpec, values: Values) -> Fact:
        words, numbers = values.words, values.numbers
        if spec.code == "=programme":
            code = self._programme(values)
        else:
            code = spec.code[1:] if spec.code.startswith("=") else words.get(spec.code, "")
        day, month = partdays.time_of(spec, words)
        return self._fact(
            spec.kind,
            n=spec.n,
            month=month,
            day=day,
            fen=numbers.get(spec.fen),
            num=numbers.get(spec.num),
            code=code,
            text=words.get(spec.text, ""),
        )

    def _disability(self, row: int, values: Values, problems: list[Problem]) -> list[Fact]:
        """Category and grade from their columns, else from the last two digits of the card's number."""
        category = values.words.get("disability_category", "")
        grade = values.numbers.get("disability_grade")
        written = values.words.get("disability_card", "")
        card = answers.disability_card(written, today=self._today) if written else None
        if card is not None:
            told, told_grade = card.category, card.grade
            if (category and category != told) or (grade and grade != told_grade):
                text = f"列“{self._reader.heading('disability_card')}”末两位表示的类别等级与所填的不同，已按所填保留"
                problems.append(
                    self._reader.problem(row, "disability_card", written, "disability_mismatch", text)
                )
            category, grade = category or told, grade or told_grade
        if not (category or grade or values.numbers.get("disabled")):
            return []
        state = values.words.get("card_state", "")
        return [self._fact("disability", code=category, num=grade, text=state)]

    def _death(self, words: dict[str, str]) -> list[Fact]:
        cremated = words.get("cremation_day", "")
        died = words.get("death_day", "") or cremated
        if not died or not self._template.fact_code:
            return []
        if self._reader.death_day_unread:
            died = ""
        told = cremated or words.get("registered_day", "")
        day, month = partdays.parted(died)
        return [self._fact("death", month=month, day=day, code=self._template.fact_code, text=told or month)]
