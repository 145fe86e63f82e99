"""Any layout of a list says what the plain one says: the persons and facts that are read are the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from both_ways import told_by_blocks, told_by_rows
from cell_spellings import HABITS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_files import TEMPLATES, read
from row_grids import EXTRAS, FILES, Layout, fields_of, persons, plain_layout, write

from aidcli.intake import Reading


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


def _severities(reading: Reading) -> set[tuple[str, str]]:
    """What was set aside or left out, in rows or cells."""
    return {
        (problem.code, problem.value)
        for sheet in range(len(reading.sheets))
        for row in reading.rows(sheet)
        for problem in row.problems
        if problem.severity != "note" or problem.code == "total_mismatch"
    }


@pytest.mark.parametrize("source", FILES)
def test_any_layout_says_what_the_plain_one_says(
    source: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp(source)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(layout=layouts(source))
    def law(layout: Layout) -> None:
        plain = told_by_rows(read(write(plain_layout(layout), folder), source=source))
        true = persons(source, layout.fields, layout.people)
        assert [
            (told.persons[0].identity.name, told.persons[0].identity.id_value) for told in plain
        ] == [person.who for person in true]
        reading = read(write(layout, folder), source=source)
        assert _severities(reading) == set()
        alone = told_by_rows(reading)
        assert [told.content for told in alone] == [told.content for told in plain]
        assert told_by_blocks(reading) == alone

    law()
