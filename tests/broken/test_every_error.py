"""Every error and every doubt that intake can come up with has a broken file, or a test that is named here."""

from __future__ import annotations

from pathlib import Path

import pytest
import test_broken_cells
import test_broken_files
import test_broken_imports
from codes_in_source import PACKAGE, codes_of

from aidcli.terms import DEATH_SOURCES

TESTS = Path(__file__).resolve().parents[1]
# The tasks that take files in, put rows right and take files out again.
TASKS = (
    "amending ahead asides comparing correcting expanding imported intake keeping loading patching "
    "refusing replacing supplementing suspicion taking undo"
)
# What it takes more than one file, a database with payments, or a template to bring about.
ELSEWHERE = {
    "back_pay": "intake/test_back_pay.py",
    "bad_region_list": "intake/test_regions.py",
    "bad_template": "intake/test_source_templates.py",
    "batch_paid": "core/test_corrected_and_paid.py",
    "child_of_other": "intake/test_child_classes.py",
    "choice_elsewhere": "intake/test_choices_elsewhere.py",
    "choice_unknown": "intake/test_choices_elsewhere.py",
    "carried_batch": "core/test_carrying.py",
    "coverage_unclear": "intake/test_change_lists.py",
    "day_carried": "intake/test_days_carried.py",
    "day_untold": "intake/test_part_days.py",
    "death_day_unread": "intake/test_unseen_lists.py",
    "death_told": "intake/test_deaths_beside.py",
    "draft_exists": "intake/test_drafting.py",
    "draft_unwritable": "intake/test_drafting.py",
    "empty_folder": "intake/test_reader_bundle.py",
    "file_changed": "core/test_reading_ahead.py",
    "head_ended": "intake/test_roster_standing.py",
    "head_from_title": "intake/test_block_titles.py",
    "head_in_title": "intake/test_block_titles.py",
    "hidden_columns": "intake/test_several_persons.py",
    "hidden_rows": "intake/test_several_persons.py",
    "left_but_paid": "intake/test_remarks.py",
    "months_side_by_side": "intake/test_office_headings.py",
    "no_person_column": "intake/test_drafting.py",
    "not_covered": "intake/test_not_covered.py",
    "period_of_column": "intake/test_unseen_lists.py",
    "period_of_writing": "intake/test_title_months.py",
    "quarter_sum": "intake/test_quarter_sums.py",
    "quarter_taken": "intake/test_unseen_lists.py",
    "reader_died": "core/test_reading_ahead.py",
    "row_ended": "intake/test_roster_standing.py",
    "row_paid": "core/test_corrected_and_paid.py",
    "state_unclear": "intake/test_roster_standing.py",
    "state_unread": "intake/test_remarks.py",
    "sum_zero": "intake/test_remarks.py",
    "suspicious_ids": "core/test_suspicion.py",
    "suspicious_leavers": "core/test_left_by_state.py",
    "suspicious_names": "core/test_suspicion.py",
    "suspicious_period": "core/test_suspicion.py",
    "suspicious_rows": "core/test_suspicion.py",
    "suspicious_shrunk": "core/test_suspicion.py",
    "suspicious_strangers": "core/test_suspicion.py",
    "taken_as_change": "intake/test_change_lists.py",
    "taken_as_leavers": "intake/test_lists_of_leavers.py",
    "template_by_name": "intake/test_ties_by_name.py",
    "told_above": "intake/test_told_above.py",
    "too_many_files": "intake/test_reader_bundle.py",
    "township_told": "intake/test_township_of_names.py",
    "unit_mixed": "intake/test_unseen_lists.py",
    "unpack_failed": "intake/test_scratch_folder.py",
    "unsupported_file": "intake/test_reader_bundle.py",
    "year_of_title": "intake/test_choices_elsewhere.py",
}
# Codes that are put together: what stands for the star.
TOGETHER = {"*_unknown": ("township_unknown", "village_unknown")}


def _raised() -> dict[str, list[str]]:
    tasks = PACKAGE / "tasks"
    missing = [name for name in TASKS.split() if not (tasks / f"{name}.py").exists()]
    assert missing == [], "modules that were moved: change TASKS"
    intake = [path for path in (PACKAGE / "intake").rglob("*.py") if path.parent.name != "vocabulary"]
    found = codes_of([*intake, *(tasks / f"{name}.py" for name in TASKS.split())])
    return {
        one: places
        for code, places in found.items()
        for one in TOGETHER.get(code, (code,))
        if one not in DEATH_SOURCES
    }


def _broken() -> set[str]:
    """The codes that the broken files of this folder bring about."""
    cells = {case.code for case in test_broken_cells.CASES}
    files = {code for _, code, _ in test_broken_files.CASES} | {"file_locked"}
    imports = {prepare.__name__ for prepare, _ in test_broken_imports.CASES}
    return cells | files | imports | {"no_row", "aside_row"}


def test_every_code_has_a_broken_file_or_a_test_that_is_named() -> None:
    untested = {
        code: places for code, places in _raised().items() if code not in _broken() | ELSEWHERE.keys()
    }
    assert untested == {}


def test_no_broken_file_is_for_an_error_that_is_gone() -> None:
    assert _broken() | ELSEWHERE.keys() <= _raised().keys()
    assert not _broken() & ELSEWHERE.keys()


@pytest.mark.parametrize("code", ELSEWHERE)
def test_the_test_that_is_named_names_the_code(code: str) -> None:
    assert f'"{code}"' in (TESTS / ELSEWHERE[code]).read_text(encoding="utf-8")


def test_codes_are_found_in_every_form_in_which_they_are_written(tmp_path: Path) -> None:
    module = PACKAGE / "made_up.py"
    source = """
raise AidError("one_error", "x")
raise AidError("two_a" if x else "two_b", "x")
problem(row, field, raw, "three_note", message)
Problem(sheet, 1, "A", "", f"{field}_four", message, "note")
NOTES = {"x": ("five_pair", "号码的末位已经丢失，请核对")}
return column, "six_triple", message
self._leave(shown, "seven_handed_on", f"“{shown}”里没有可以导入的文件", hint)
other("not_a_code")
("not_either", "低保")
"""
    assert set(codes_of([module], {module: source})) == {
        "one_error", "two_a", "two_b", "three_note", "*_four", "five_pair", "six_triple", "seven_handed_on",
    }  # fmt: skip
