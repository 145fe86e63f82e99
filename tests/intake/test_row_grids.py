"""Any layout of a list says what the plain one says: the persons and facts that are read are the same."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from cell_spellings import HABITS
from grid_people import FILES, fields_of, persons
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_files import TEMPLATES, read
from laws import examples
from row_grids import EXTRAS, Layout, plain_layout, write

from aidcli.intake import Reading

EVERYTHING = frozenset(EXTRAS)


@st.composite
def layouts(draw: st.DrawFn, source: str) -> Layout:
    every_field = fields_of(source)
    template = TEMPLATES[source]
    needed = [field for field in every_field if template.fields[field].required or field in ("name", "id")]
    others = [field for field in every_field if field not in needed]
    chosen = draw(st.sets(st.sampled_from(others))) if others else set()
    fields = tuple(field for field in every_field if field in needed or field in chosen)
    return Layout(
        source=source,
        people=draw(st.integers(1, 14)),
        fields=fields,
        order=tuple(draw(st.permutations(range(len(fields))))),
        titles=draw(st.integers(0, 25)),
        levels=draw(st.integers(1, 3)),
        extras=frozenset(draw(st.sets(st.sampled_from(EXTRAS)))),
        every=draw(st.integers(3, 7)),
        wan=draw(st.sampled_from(("", "", "heading", "row", "line"))),
        spread=draw(st.booleans()),
        fill=draw(st.sampled_from(("repeat", "merge", "blank"))),
        habits=frozenset(draw(st.sets(st.sampled_from(HABITS)))),
        heading_habits=frozenset(draw(st.sets(st.sampled_from(("blanks", "marks", "wide", "account"))))),
        seed=draw(st.integers(0, 2**16)),
        workbook=draw(st.booleans()),
    )


def _taken_amiss(reading: Reading) -> set[tuple[str, str]]:
    """What was set aside or left out, and printed totals that were found wrong: (code, value)."""
    return {
        (problem.code, problem.value)
        for sheet in range(len(reading.sheets))
        for row in reading.rows(sheet)
        for problem in row.problems
        if problem.severity != "note" or problem.code == "total_mismatch"
    }


@pytest.mark.law
@pytest.mark.parametrize("source", FILES)
def test_any_layout_says_what_the_plain_one_says(
    source: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp(source)

    @settings(max_examples=examples(6, 50), suppress_health_check=[HealthCheck.too_slow])
    @given(layout=layouts(source))
    def law(layout: Layout) -> None:
        plain = told_by_rows(read(write(plain_layout(layout), folder), source=source))
        true = persons(source, layout.fields, layout.people)
        found = [told.persons[0].identity for told in plain]
        assert [(who.name, who.id_value) for who in found] == [person.who for person in true]
        reading = read(write(layout, folder))
        assert reading.template.key == source
        assert _taken_amiss(reading) == set()
        alone = told_by_rows(reading)
        assert [told.content for told in alone] == [told.content for told in plain]
        assert told_by_blocks(reading) == alone

    law()


def test_the_plain_layout_says_all_that_is_true_of_a_household(tmp_path: Path) -> None:
    """So that the law compares with something: every column of the plain list comes through."""
    source = "dibao_rural_household"
    fields = fields_of(source)
    layout = Layout(
        source, 4, fields, tuple(range(len(fields))), 0, 1, frozenset(), 3, "", False, "repeat",
        frozenset(), frozenset(), 0, False,
    )  # fmt: skip
    true = persons(source, fields, 4)
    for told, person in zip(told_by_rows(read(write(layout, tmp_path))), true, strict=True):
        facts = {(fact.kind, fact.code): fact for fact in told.facts}
        assert facts["amount", "base"].fen == int(Decimal(person.values["base"]) * 100)
        assert facts["enrolled", "dibao"].num == int(person.values["covered"])
        assert facts["since", ""].month == person.values["since"]
        called = [one.identity.name for one in told.persons[1:]]
        numbers = [one.identity.id_value for one in told.persons[1:]]
        assert "；".join(called) == person.values["member_names"]
        assert "；".join(numbers) == person.values["member_ids"]
        assert told.persons[0].identity.township == person.values["township"]


def test_the_plain_reader_takes_part(tmp_path: Path) -> None:
    """Blocks are compared with rows; here to see that plain rows are among them."""
    source = "medical_settlement"
    fields = fields_of(source)[:6]
    layout = Layout(
        source, 12, fields, tuple(range(6)), 3, 2, EVERYTHING, 4, "row", False, "repeat",
        frozenset(HABITS), frozenset(("blanks", "marks")), 7, True,
    )  # fmt: skip
    reading = read(write(layout, tmp_path))
    blocks = list(reading.blocks(0))
    plain = sum(len(block.plain.rows) for block in blocks if block.plain)
    assert plain and sum(len(block.odd) for block in blocks) > 12 - plain
