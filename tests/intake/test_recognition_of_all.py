"""Every shipped template knows its own files by their headings alone; those that are twins are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from intake_files import TEMPLATES, read, text_file

from aidcli.errors import AidError

# The same columns, told apart by names, titles or a column's values only.
TWINS = (
    {"dibao_rural_household", "dibao_urban_household"},
    {"dibao_rural_person", "dibao_urban_person"},
    {"dibao_rural_village", "dibao_urban_village"},
    {"dibao_margin_household", "rigid_expenditure_household"},
    {"dibao_margin_person", "rigid_expenditure_person"},
    {"orphans", "unattended_children"},
    {"paid_dibao", "paid_tekun"},
)


@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_a_file_with_a_template_s_first_headings_is_that_template_s(key: str, tmp_path: Path) -> None:
    headings = [column.headings[0] for column in TEMPLATES[key].fields.values()]
    path = text_file(tmp_path / "202609.csv", [headings, ["1"] * len(headings)])
    twins = next((pair for pair in TWINS if key in pair), None)
    if twins is None:
        assert read(path).template.key == key
        return
    with pytest.raises(AidError) as caught:
        read(path)
    assert caught.value.code == "template_ambiguous"
    assert all(f"（{twin}）" in caught.value.message for twin in twins)
    assert read(path, source=key).template.key == key
