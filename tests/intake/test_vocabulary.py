"""The words of source templates agree with one another: fields, facts, and what is said of the facts."""

from __future__ import annotations

import pytest
from intake_files import TEMPLATES

from aidcli import terms
from aidcli.intake.fields import FACT_KINDS, FACTS, FIELDS
from aidcli.intake.vocabulary.identity import OTHERS
from aidcli.intake.vocabulary.spec import FactSpec

_SLOTS = {
    "fen": {"money"},
    "num": {"count", "area", "grade", "yes_no"},
    "day": {"day", "term"},
    "month": {"month"},
    "code": {"choice", "text", "grade"},
    "text": {"text", "thing", "choice", "account", "name", "outcome", "paid_state", "month", "day"},
}


def test_every_fact_that_a_column_yields_is_explained() -> None:
    assert {spec.kind for spec in FACTS} - FACT_KINDS.keys() == set()


@pytest.mark.parametrize("spec", FACTS, ids=lambda spec: f"{spec.kind}-{spec.needs}")
def test_a_fact_takes_values_of_the_kind_its_slots_hold(spec: FactSpec) -> None:
    assert spec.needs in FIELDS
    for slot, types in _SLOTS.items():
        field = getattr(spec, slot)
        if field and not field.startswith("="):
            assert field in FIELDS, slot
            assert FIELDS[field].type in types or (slot, field) == ("code", "bank"), slot


def test_others_in_a_row_have_a_role_a_name_and_a_number() -> None:
    for role, name, number in OTHERS:
        assert role in terms.ROLES
        assert (FIELDS[name].type, FIELDS[number].type) == ("name", "id")
    roles = [role for role, _, _ in OTHERS]
    assert len(set(roles)) == len(roles), "two others of one role would be one sighting"


def test_no_other_person_has_the_role_of_the_row_s_own() -> None:
    fields = {name: role for role, name, _ in OTHERS}
    for template in TEMPLATES.values():
        assert template.role not in {fields[field] for field in template.fields if field in fields}, (
            template.key
        )


def test_no_word_of_one_choice_is_hidden_by_full_width_or_case() -> None:
    from aidcli.intake.coercion.cells import clean, without_blanks

    for field, spec in FIELDS.items():
        for written in spec.choices or {}:
            word = written.removeprefix("=")
            assert without_blanks(clean(word)).upper() == word, f"{field}: {written} is never met as written"
