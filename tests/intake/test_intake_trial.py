"""`sources try`: how a file would be read."""

from __future__ import annotations

import json
from pathlib import Path

from intake_files import UNEMPLOYED, id_number, read, text_file

from aidcli.intake.trial import describe


def test_a_trial_shows_the_plan_and_the_first_rows_masked(tmp_path: Path) -> None:
    lines = [["李四", id_number(number), "2026-09-01", "裁员", "登记失业", "x"] for number in range(30)]
    path = text_file(tmp_path / "失业202609.csv", [[*UNEMPLOYED, "备注"], *lines, ["", "", "2026-09-01"]])
    told = describe(read(path), limit=10)
    (sheet,) = told["sheets"]  # type: ignore[misc]
    assert (told["source"], told["period"], told["period_from"]) == (
        "registered_unemployed",
        "2026-09",
        "file",
    )
    assert (sheet["header_row"], sheet["rows_kept"], sheet["rows_set_aside"]) == (1, 30, 1)
    assert sheet["columns"][1] == {
        "field": "id", "label": "身份证号", "column": "B", "heading": "身份证号", "unit": ""
    }  # fmt: skip
    assert sheet["unmapped"] == ["备注"]
    assert len(sheet["rows"]) == 10 and sheet["rows"][0]["row"] == 2
    assert sheet["rows"][0]["values"]["id"] == f"990101********{id_number(0)[-4:]}（有效）"
    (problem,) = sheet["problems"]
    assert (problem["severity"], problem["code"], problem["count"]) == ("row", "no_person", 1)
    whole = json.dumps(told, ensure_ascii=False)
    assert not any(id_number(number) in whole for number in range(30))
